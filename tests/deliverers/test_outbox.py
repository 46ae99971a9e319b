"""The folder of .eml files."""

from __future__ import annotations

import asyncio
import ctypes
import errno
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.deliverers.outbox import Outbox, file_name
from briefing.errors import DeliveryError
from briefing.ports import Envelope

MESSAGE = b"Subject: Morning\r\n\r\nH\xc3\xa9llo.\r\n"


def letter(recipient: str = "a@example.org", message_id: str = "<1@example.org>", message: bytes = MESSAGE) -> Envelope:
    """Make an envelope."""
    return Envelope("briefing@example.org", recipient, message_id, message)


def test_a_message_is_written_byte_for_byte(tmp_path: Path) -> None:
    """The file holds the message's bytes, in a folder made on the way, and nothing else is left there."""
    folder = tmp_path / "data" / "outbox"
    receipt = asyncio.run(Outbox(folder).deliver(letter()))
    assert Path(receipt).read_bytes() == MESSAGE
    assert [path.name for path in folder.iterdir()] == [file_name(letter())]


def test_the_same_message_again_is_the_same_file(tmp_path: Path) -> None:
    """A repeated delivery replaces its file; another message or address gets its own."""
    outbox = Outbox(tmp_path)
    for envelope in (letter(), letter(message=b"new"), letter("b@example.org"), letter(message_id="<2@example.org>")):
        asyncio.run(outbox.deliver(envelope))
    assert len(list(tmp_path.iterdir())) == 3
    assert (tmp_path / file_name(letter())).read_bytes() == b"new"


@given(recipient=st.text(max_size=300), message_id=st.text(max_size=50))
def test_file_names_are_safe(recipient: str, message_id: str) -> None:
    """Whatever the address, the name is short, of safe characters, hidden nowhere and leads out of no folder."""
    name = file_name(letter(recipient, message_id))
    assert name.endswith(".eml")
    assert len(name) < 120
    assert not name.startswith(".")
    assert not set(name) - set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789@+_.-")
    assert ".." not in name
    assert name == file_name(letter(recipient, message_id))


def test_a_plain_address_stays_readable() -> None:
    """A usual address is the beginning of its file's name."""
    assert file_name(letter("first.last+news@mail.example.org")).startswith("first.last+news@mail.example.org-")


def test_a_file_in_the_way(tmp_path: Path) -> None:
    """A file where the folder should be is named, with the mend, and is not touched."""
    (tmp_path / "outbox").write_text("mine")
    for folder in (tmp_path / "outbox", tmp_path / "outbox" / "deeper"):
        with pytest.raises(DeliveryError, match=r"outbox.*a file is in the way") as caught:
            asyncio.run(Outbox(folder).deliver(letter()))
        assert not caught.value.transient
    assert (tmp_path / "outbox").read_text() == "mine"


def _in_child(work: object) -> str:
    """Run a function in a forked process and give what it reports, so that its rights and mounts end with it."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(writing, str(work()).encode())  # type: ignore[operator]
        except BaseException as error:  # noqa: BLE001  # a forked test reports all and never returns
            os.write(writing, f"unexpected {error!r}".encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as report:
        text = report.read()
    os.waitpid(child, 0)
    return text


def _outcome(folder: Path, message: bytes = MESSAGE) -> str:
    try:
        return "wrote " + asyncio.run(Outbox(folder).deliver(letter(message=message)))
    except DeliveryError as error:
        return f"transient={error.transient} {error}"


def test_a_folder_without_rights(tmp_path: Path) -> None:
    """A folder that this user may not write is named, with the mend."""
    folder = tmp_path / "outbox"
    folder.mkdir(mode=0o555)

    def work() -> str:
        if os.geteuid() == 0:  # root may write anything
            for parent in (tmp_path, *tmp_path.parents):
                if "pytest" in str(parent):
                    parent.chmod(0o755)
            os.setuid(65534)
        return _outcome(folder)

    report = _in_child(work)
    assert report.startswith("transient=False a@example.org: outbox")
    assert "this user may not write there" in report
    assert list(folder.iterdir()) == []


@pytest.mark.skipif(
    not sys.platform.startswith("linux") or os.geteuid() != 0, reason="needs root to mount a small disk"
)
@pytest.mark.parametrize(("options", "mend"), [(b"size=16k", "the disk is full"), (b"size=16k,ro", "read-only disk")])
def test_a_full_and_a_read_only_disk(tmp_path: Path, options: bytes, mend: str) -> None:
    """A real disk that is full, or read-only, is named with the mend, and no half message is left."""
    folder = tmp_path / "disk"
    folder.mkdir()

    def work() -> str:
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.unshare(0x00020000) or libc.mount(None, b"/", None, 0x4000 | 0x40000, None):  # own, private mounts
            return f"no mounts here: {errno.errorcode[ctypes.get_errno()]}"
        flags = 1 if b",ro" in options else 0
        if libc.mount(b"tmpfs", str(folder).encode(), b"tmpfs", flags, options.removesuffix(b",ro")):
            return f"no mounts here: {errno.errorcode[ctypes.get_errno()]}"
        return f"{_outcome(folder, b'x' * 100_000)} left={list(folder.iterdir())}"

    report = _in_child(work)
    if report.startswith("no mounts here"):
        pytest.skip(report)
    assert mend in report
    assert report.startswith(f"transient={mend == 'the disk is full'} ")
    assert report.endswith("left=[]")
