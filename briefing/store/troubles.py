"""What a database's driver complains of, as StoreError: the place, what is wrong, and the mend."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from briefing.errors import StoreError

VendorError = sqlite3.Error
"""What SQLite raises past SQLAlchemy, while a connection is being made."""

_SQLITE: dict[str, str] = {
    "SQLITE_NOTADB": "is not a database; nothing in it was changed. Give `store` another file, or move this one away",
    "SQLITE_CORRUPT": "is damaged; restore it from a backup, or rescue it with `sqlite3 FILE .recover`",
    "SQLITE_READONLY": "is read-only; give this user the right to write it and its folder (chmod u+w, chown)",
    "SQLITE_CANTOPEN": "cannot be opened; check that its folder exists and that this user may write there",
    "SQLITE_PERM": "cannot be opened; give this user the right to read and write it (chmod u+rw, chown)",
    "SQLITE_FULL": "has no room left: the disk is full. Free some space; what was stored before is unharmed",
    "SQLITE_IOERR": "cannot be read or written: the disk or file system fails or is full. What was stored before is "
    "unharmed once it works again",
    "SQLITE_TOOBIG": "was given a text of more than a thousand million bytes",
    "SQLITE_NOLFS": "has grown beyond what its file system can hold; move it to another disk",
}


def store_error(error: Exception, engine: Engine, place: str) -> StoreError:
    """Translate one error of SQLAlchemy, sqlite3 or psycopg."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    if isinstance(cause, sqlite3.Error):
        return StoreError(_sqlite(cause, engine, place))
    if engine.dialect.name == "postgresql":
        return StoreError(_postgresql(cause, place))
    return StoreError(f"{place}: {_line(cause)}")


def _sqlite(cause: sqlite3.Error, engine: Engine, place: str) -> str:
    name = getattr(cause, "sqlite_errorname", "") or ""
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        who = _holder(engine) or "another process"
        return f"{place} is locked by {who}; wait until it has finished, or stop it. Nothing was changed"
    for prefix, message in _SQLITE.items():
        if name.startswith(prefix):
            return f"{place} {message}"
    return f"{place}: {_line(cause)}"


def _postgresql(cause: BaseException, place: str) -> str:
    state = getattr(cause, "sqlstate", None) or ""
    line = _line(cause)
    mends = {
        "42501": "give this user the right to create tables (GRANT CREATE ON SCHEMA public TO …)",
        "25006": "the server takes no writing; connect to the primary",
        "53100": "the server's disk is full; free some space",
        "53": "the server has too few resources (connections, memory); raise its limits",
        "55P03": "another process holds a lock; wait until it has finished, or stop it",
        "57": "the server is stopping or starting; try again when it is up",
    }
    for prefix, mend in mends.items():
        if state.startswith(prefix):
            return f"{place}: {line}; {mend}. Nothing was lost"
    if not state and "FATAL:" in line:  # refused at the door, where libpq passes on no SQLSTATE
        said = line.rpartition("FATAL:")[2].strip()
        return f"{place} refuses: {said}; check user, password and database (createdb) in `store`. Nothing was lost"
    if not state:
        return f"{place} cannot be reached ({line}); check host, port and that PostgreSQL is running. Nothing was lost"
    return f"{place}: {line} (SQLSTATE {state})"


def _line(cause: BaseException) -> str:
    lines = str(cause).strip().splitlines()
    return lines[0].strip() if lines else type(cause).__name__


def _holder(engine: Engine) -> str | None:
    """Say which process holds SQLite's file lock, as far as the system tells (Linux)."""
    file = Path(engine.url.database or "")
    inodes = set()
    for path in (file, file.with_name(file.name + "-shm")):
        with suppress(OSError):
            inodes.add(str(path.stat().st_ino))
    with suppress(OSError):
        for lock in Path("/proc/locks").read_text(encoding="ascii").splitlines():
            fields = lock.split()
            if "WRITE" in fields and fields[-3].rpartition(":")[2] in inodes:
                pid = fields[fields.index("WRITE") + 1]
                with suppress(OSError):
                    return f"process {pid} ({Path('/proc', pid, 'comm').read_text(encoding='utf-8').strip()})"
    return None
