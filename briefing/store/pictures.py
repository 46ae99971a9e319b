"""Copies of the pictures that editions show, by the address that they were taken from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from briefing.ports import Copy
from briefing.store.database import Database
from briefing.store.schema import digest, pictures


@dataclass(frozen=True, slots=True)
class Kept:
    """What is known of a picture: the name and the size in pixels of its copy, or why there is none (``refused``)."""

    file: str
    width: int = 0
    height: int = 0
    refused: str | None = None


class Pictures:
    """Copies by address and by whether they are large."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def known(self, url: str, *, large: bool) -> Kept | None:
        """Give what is known of a picture, None where nobody has asked for it."""
        columns = (pictures.c.file, pictures.c.width, pictures.c.height, pictures.c.refused)
        with self._database.reading() as connection:
            row = connection.execute(select(*columns).where(pictures.c.file == _file(url, large))).first()
        return Kept(row.file, row.width, row.height, row.refused) if row else None

    def keep(self, url: str, copy: Copy, now: datetime, *, large: bool) -> Kept:
        """Keep a copy, in place of an earlier one."""
        return self._save(Kept(_file(url, large), copy.width, copy.height), url, now, copy.body)

    def refuse(self, url: str, why: str, now: datetime, *, large: bool) -> Kept:
        """Keep that there is no copy, and why, so that it is not asked for again."""
        return self._save(Kept(_file(url, large), refused=why), url, now, b"")

    def body(self, file: str) -> bytes | None:
        """Give a copy by its name, None where there is none."""
        with self._database.reading() as connection:
            found = connection.scalar(select(pictures.c.body).where(pictures.c.file == file))
        return bytes(found) if found else None

    def _save(self, kept: Kept, url: str, now: datetime, body: bytes) -> Kept:
        row = {
            "file": kept.file,
            "url": url,
            "taken_at": now,
            "width": kept.width,
            "height": kept.height,
            "refused": kept.refused,
            "body": body,
        }
        with self._database.writing() as connection:
            self._database.upsert(connection, pictures, [row])
        return kept


def _file(url: str, large: bool) -> str:
    return f"{digest(url, 'large' if large else 'small')[:20]}.jpg"
