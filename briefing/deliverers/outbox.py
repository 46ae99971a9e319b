"""The outbox: a folder of .eml files, for looking at, and for handing over by other means."""

from __future__ import annotations

import asyncio
import errno
import hashlib
import os
import re
import tempfile
from contextlib import suppress
from pathlib import Path

from briefing.errors import DeliveryError
from briefing.ports import Envelope

_UNSAFE = re.compile(r"[^A-Za-z0-9@+_.-]+|\.{2,}")
_MENDS = {
    errno.ENOSPC: "the disk is full; free some space and send again",
    errno.EDQUOT: "this user's share of the disk is used up; free some space and send again",
    errno.EROFS: "it is on a read-only disk; name another `folder`",
    errno.EACCES: "this user may not write there; give it the right (chmod u+rwx, chown) or name another `folder`",
    errno.EPERM: "this user may not write there; give it the right (chmod u+rwx, chown) or name another `folder`",
    errno.ENOTDIR: "a file is in the way; move it, or name another `folder`",
    errno.EEXIST: "a file is in the way; move it, or name another `folder`",
}
_PASSING = {errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EMFILE, errno.ENFILE}


class Outbox:
    """Writes each message to a file of its own; the same message again writes the same file."""

    name = "outbox"

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def deliver(self, envelope: Envelope) -> str:
        """Write the message whole or not at all, and give the file's path. Raises DeliveryError."""
        return str(await asyncio.to_thread(self._write, envelope))

    async def close(self) -> None:
        """Nothing is kept open."""

    def _write(self, envelope: Envelope) -> Path:
        file = self.folder / file_name(envelope)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            descriptor, draft = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=self.folder)
            try:
                with os.fdopen(descriptor, "wb") as out:
                    out.write(envelope.message)
                    out.flush()
                    os.fsync(out.fileno())
                Path(draft).replace(file)
            except BaseException:
                with suppress(OSError):
                    Path(draft).unlink()
                raise
        except OSError as error:
            mend = _MENDS.get(error.errno or 0, f"the folder cannot be written ({error.strerror})")
            raise DeliveryError(
                envelope.recipient, f"outbox {self.folder}: {mend}", transient=error.errno in _PASSING
            ) from error
        return file


def file_name(envelope: Envelope) -> str:
    """Give a message's file name: the address as far as every file system takes it, and 12 digits to tell it apart."""
    words = _UNSAFE.sub("_", envelope.recipient)[:80].strip("._") or "message"
    key = hashlib.sha256(f"{envelope.recipient}\n{envelope.message_id}".encode("utf-8", "replace")).hexdigest()[:12]
    return f"{words}-{key}.eml"
