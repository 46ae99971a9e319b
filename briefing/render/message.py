"""Messages for the wire: RFC 5322 bytes from an edition's mail, encoded once and personalised many times.

Headers follow RFC 5322, 2047, 2919 (List-Id), 2369 and 8058 (one-click unsubscribing), and what large receivers ask of
bulk senders. Everything is made of the edition and the address alone, so that a message made again is the same message.
"""

from __future__ import annotations

import binascii
import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from email.header import Header
from email.utils import format_datetime, formataddr, parseaddr
from html import escape
from types import MappingProxyType

from briefing.errors import RenderError
from briefing.model import Edition
from briefing.ports import Envelope
from briefing.render.mail import ADDRESS, UNSUBSCRIBE, subject
from briefing.render.views import clipped, plain

_LINE = 76
_ADDRESS = re.compile(
    r"[^\s<>\"(),:;@\\\x00-\x1f\x7f]+@[^\s<>\"(),:;@\\\x00-\x1f\x7f]+\.[^\s<>\"(),:;@\\.\x00-\x1f\x7f]+"
)
_UNFIT = re.compile(r"[^A-Za-z0-9.-]+")

Signer = Callable[[bytes], bytes]
"""A whole message to the same message with a signature header before it (`briefing.render.dkim`)."""


def mailbox(text: str, fallback: str = "") -> tuple[str, str]:
    """Give display name and address of ``Name <address>``; ``fallback`` is the name where there is none.

    A domain in any script comes back as IDNA. Raises RenderError where it is no mailbox that mail can be sent to.
    """
    if text.isascii() and _ADDRESS.fullmatch(text):
        return _display(fallback), text  # the usual case, by far the quickest
    name, address = parseaddr(plain(text))
    local, _, domain = address.rpartition("@")
    try:
        host = domain.encode("idna").decode("ascii") if domain else ""
    except UnicodeError:
        host = ""
    made = f"{local}@{host}"
    if not _ADDRESS.fullmatch(made) or parseaddr(made)[1] != made:
        raise RenderError(text[:80], "is not a mailbox; write Name <name@example.org>")
    if not local.isascii():
        raise RenderError(text[:80], "has letters beyond ASCII before the @, which most mail servers refuse")
    return _display(name or fallback), made


def _display(name: str) -> str:
    """Give a name that fits a header and cannot be taken for an address."""
    return clipped(name.replace("@", " at "), 60)


@dataclass(frozen=True, slots=True)
class Mailing:
    """An edition's mail, encoded, with gaps for what is a subscriber's own; made by `prepare`."""

    newsletter: str
    day: str
    sender: str
    unsubscribe: str
    head: bytes
    tail_headers: bytes
    parts: tuple[tuple[bytes, _Encoded], ...]
    closing: bytes
    sign: Signer | None = None

    def to(self, recipient: str, unsubscribe: str | None = None, mailto: str | None = None) -> Envelope:
        """Give the message to one address.

        ``unsubscribe`` is the https URL that takes this subscriber off by a POST; without it, the mailing's own with
        an opaque key. ``mailto`` takes requests by mail, the sender's address by default. Raises RenderError.
        """
        name, address = mailbox(recipient)
        key = self.key(address)
        link = unsubscribe or f"{self.unsubscribe}{key[:24]}"
        if not link.startswith("https://") or not link.isascii() or re.search(r"[\s<>\"]", link):
            raise RenderError(link[:80], "is not an https link that a mail can carry")
        ask = f"mailto:{mailto or self.sender}?subject=unsubscribe"
        identity = f"<{key}@{self.sender.rpartition('@')[2]}>"
        headers = b"".join(
            (
                self.head,
                _mailbox_header("To", name, address),
                _fold("Message-ID", [identity]),
                _fold("List-Unsubscribe", [f"<{link}>,", f"<{ask}>"]),
                self.tail_headers,
            )
        )
        filled = {UNSUBSCRIBE: link, ADDRESS: address}
        pieces = [headers, b"\r\n"]
        for opening, encoded in self.parts:
            pieces += (opening, *encoded.filled(filled), b"\r\n")
        pieces.append(self.closing)
        message = b"".join(pieces)
        return Envelope(self.sender, address, identity, self.sign(message) if self.sign else message)

    def key(self, address: str) -> str:
        """Give 32 digits that name this edition to this address, the same whenever they are asked for."""
        return hashlib.sha256(f"{self.newsletter}\n{self.day}\n{address.casefold()}".encode()).hexdigest()[:32]


def prepare(
    edition: Edition,
    html: str,
    text: str,
    sender: str,
    *,
    unsubscribe: str,
    reply_to: str | None = None,
    sign: Signer | None = None,
    pictures: Mapping[str, bytes] = MappingProxyType({}),
) -> Mailing:
    """Encode an edition's mail once, for any number of subscribers.

    ``html`` and ``text`` hold the placeholders of `briefing.render.mail`; ``sender`` is ``Name <address>`` in a domain
    of one's own; ``unsubscribe`` the https URL that an opaque key is appended to. ``pictures`` are JPEGs by their
    address in ``html``, which travel with it (RFC 2387, 2392) instead of being asked for. Raises RenderError.
    """
    name, address = mailbox(sender, fallback=plain(edition.title))
    domain = address.rpartition("@")[2]
    html, enclosed = _enclosed(html, pictures, domain)
    digest = hashlib.sha256(f"{html}\n{text}".encode()).hexdigest()
    boundary, within = f"=_{digest[:32]}", f"=_{digest[32:]}"
    slug = _UNFIT.sub("-", edition.newsletter).strip("-.") or "newsletter"
    day = edition.date.isoformat()
    replies = [_mailbox_header("Reply-To", *mailbox(reply_to))] if reply_to else []
    dated = _fold("Date", format_datetime(edition.made_at).split(" "))
    head = [_mailbox_header("From", name, address), *replies, _unstructured("Subject", subject(edition)), dated]
    tail = [
        _fold("List-Unsubscribe-Post", ["List-Unsubscribe=One-Click"]),
        _list_id(plain(edition.title), f"{slug}.{domain}"),
        _fold("Feedback-ID", [f"{day}:{slug}:briefing:{_UNFIT.sub('-', domain)[:15]}"]),
        _fold("Precedence", ["bulk"]),
        _fold("MIME-Version", ["1.0"]),
        _fold("Content-Type", ["multipart/alternative;", f'boundary="{boundary}"']),
        _fold("Content-Language", [edition.language]),
    ]
    return Mailing(
        newsletter=edition.newsletter,
        day=day,
        sender=address,
        unsubscribe=unsubscribe,
        head=b"".join(head),
        tail_headers=b"".join(tail),
        parts=(
            _opened(boundary, "", _part(text, "plain")),
            _opened(boundary, within if enclosed else "", _part(html, "html")),
        ),
        closing=_closing(boundary, within, enclosed),
        sign=sign,
    )


def message(
    edition: Edition,
    html: str,
    text: str,
    sender: str,
    recipient: str,
    unsubscribe: str,
    *,
    reply_to: str | None = None,
) -> bytes:
    """Give one message as RFC 5322 bytes; ``unsubscribe`` is this recipient's own https URL. Raises RenderError."""
    mailing = prepare(edition, html, text, sender, unsubscribe=unsubscribe, reply_to=reply_to)
    return mailing.to(recipient, unsubscribe).message


def personal(document: str, unsubscribe: str, address: str) -> str:
    """Give HTML or text with its placeholders filled, for a copy that is looked at rather than sent."""
    fit_in = escape if document.startswith("<!doctype html>") else str
    return document.replace(UNSUBSCRIBE, fit_in(unsubscribe)).replace(ADDRESS, fit_in(address))


# ---------------------------------------------------------------- headers


def _fold(name: str, pieces: Sequence[str]) -> bytes:
    """Give a header of ASCII pieces, folded between them where the next would pass 76 characters."""
    lines, line = [], f"{name}:"
    for piece in pieces:
        if len(line) + 1 + len(piece) > _LINE and line.strip():
            lines.append(line)
            line = ""
        line += f" {piece}"
    return "\r\n".join([*lines, line]).encode("ascii") + b"\r\n"


def _unstructured(name: str, text: str) -> bytes:
    charset = "us-ascii" if text.isascii() else "utf-8"
    value = Header(text, charset, maxlinelen=_LINE, header_name=name).encode(linesep="\r\n")
    return f"{name}: {value}\r\n".encode("ascii")


def _mailbox_header(name: str, display: str, address: str) -> bytes:
    if not display:
        return _fold(name, [address])
    if display.isascii():
        return _fold(name, [formataddr((display, "")).removesuffix(" <>"), f"<{address}>"])
    value = Header(display, "utf-8", maxlinelen=_LINE, header_name=name).encode(linesep="\r\n")
    last = value.rpartition("\r\n")[2]
    gap = "\r\n " if len(last) + len(name) + len(address) + 5 > _LINE else " "
    return f"{name}: {value}{gap}<{address}>\r\n".encode("ascii")


def _list_id(title: str, identity: str) -> bytes:
    name = clipped(title.replace("<", " ").replace(">", " "), 60).strip()
    return _mailbox_header("List-Id", name, identity) if name else _fold("List-Id", [f"<{identity}>"])


# ---------------------------------------------------------------- bodies


@dataclass(frozen=True, slots=True)
class _Encoded:
    """A body in its transfer encoding: fixed stretches, and the placeholders between them."""

    base64: bool
    html: bool
    fixed: tuple[tuple[bytes, bytes, bytes], ...]
    raw: tuple[bytes, ...]
    gaps: tuple[str, ...]

    def filled(self, values: dict[str, str]) -> Iterable[bytes]:
        """Give the encoded body with its gaps filled, in pieces."""
        texts = [escape(values[gap]) if self.html else values[gap] for gap in self.gaps]
        if self.base64:
            return self._base64([text.encode() for text in texts])
        pieces: list[bytes] = []
        for index, stretch in enumerate(self.fixed):
            pieces.append(stretch[0])
            if index < len(texts):
                pieces.append(_quoted(texts[index]))
        return pieces

    def _base64(self, texts: Sequence[bytes]) -> list[bytes]:
        """Join stretches whose encoding is known for each of the three places in a triple that they can start at."""
        pieces: list[bytes] = []
        held = b""  # fewer than three bytes, waiting to make a triple with what follows
        for index, raw in enumerate(self.raw):
            skip = min(-len(held) % 3, len(raw))
            held += raw[:skip]
            if len(held) == 3:
                pieces.append(_lines(held))
                held = b""
            if not held:
                pieces.append(self.fixed[index][skip])
                held = raw[len(raw) - (len(raw) - skip) % 3 :]
            if index < len(texts):
                whole = held + texts[index]
                cut = len(whole) // 3 * 3
                pieces.append(_lines(whole[:cut]))
                held = whole[cut:]
        return [*pieces, _lines(held)]


def _enclosed(html: str, pictures: Mapping[str, bytes], domain: str) -> tuple[str, tuple[tuple[str, bytes], ...]]:
    """Give HTML that names its pictures by Content-ID, and each of them that it shows with that."""
    enclosed = []
    for url, body in pictures.items():
        source = f'src="{escape(url)}"'
        if source in html:
            identity = f"{hashlib.sha256(body).hexdigest()[:20]}@{domain}"
            html = html.replace(source, f'src="cid:{identity}"')
            enclosed.append((identity, body))
    return html, tuple(dict(enclosed).items())


def _opened(boundary: str, within: str, part: tuple[bytes, _Encoded]) -> tuple[bytes, _Encoded]:
    """Give a part with the boundaries before it; with ``within`` it is the first of several that belong together."""
    headers, encoded = part
    opening = f"--{boundary}\r\n".encode()
    if within:
        kind = _fold("Content-Type", ["multipart/related;", 'type="text/html";', f'boundary="{within}"'])
        opening += kind + f"\r\n--{within}\r\n".encode()
    return opening + headers + b"\r\n", encoded


def _closing(boundary: str, within: str, enclosed: Sequence[tuple[str, bytes]]) -> bytes:
    """Give what follows the last text: the pictures that belong to it, and the boundaries that end all."""
    pieces = []
    for identity, body in enclosed:
        name = f"{identity.partition('@')[0]}.jpg"
        pieces += [
            f"--{within}\r\n".encode(),
            _fold("Content-Type", ["image/jpeg;", f'name="{name}"']),
            _fold("Content-Disposition", ["inline;", f'filename="{name}"']),
            _fold("Content-ID", [f"<{identity}>"]),
            b"Content-Transfer-Encoding: base64\r\n\r\n",
            _lines(body),
            b"\r\n",
        ]
    ending = f"--{within}--\r\n\r\n" if enclosed else ""
    return b"".join((*pieces, f"{ending}--{boundary}--\r\n".encode()))


def _part(text: str, subtype: str) -> tuple[bytes, _Encoded]:
    """Give a part's headers and its encoded body: quoted-printable for Latin scripts, base64 for all others."""
    crlf = text.rstrip("\n").replace("\n", "\r\n") + "\r\n"
    gaps = tuple(re.findall(f"{re.escape(UNSUBSCRIBE)}|{re.escape(ADDRESS)}", crlf))
    raws = [piece.encode() for piece in re.split(f"{re.escape(UNSUBSCRIBE)}|{re.escape(ADDRESS)}", crlf)]
    size = len(crlf.encode())
    # Quoted-printable costs three characters for a byte beyond ASCII, base64 four for three of any kind.
    base64 = sum(map(_foreign, raws)) * 2 > size // 3
    encoding = "base64" if base64 else "quoted-printable"
    fixed: list[tuple[bytes, bytes, bytes]] = []
    for raw in raws:
        if base64:
            shifted = [raw[skip:] for skip in range(3)]
            a, b, c = (_lines(body[: len(body) // 3 * 3]) for body in shifted)
            fixed.append((a, b, c))
        else:
            fixed.append((_quoted(raw.decode(), last=raw is raws[-1]), b"", b""))
    headers = f'Content-Type: text/{subtype}; charset="utf-8"\r\nContent-Transfer-Encoding: {encoding}\r\n'.encode()
    return headers, _Encoded(base64, subtype == "html", tuple(fixed), tuple(raws), gaps)


def _foreign(raw: bytes) -> int:
    return len(raw) - len(raw.decode().encode("ascii", "ignore"))


def _lines(data: bytes) -> bytes:
    """Give base64 in lines of 76; only what is no multiple of three ends in padding."""
    whole = binascii.b2a_base64(data, newline=False)
    return b"".join(whole[start : start + _LINE] + b"\r\n" for start in range(0, len(whole), _LINE))


def _quoted(text: str, last: bool = False) -> bytes:
    """Give quoted-printable that ends in a soft line break, so that anything may follow it."""
    encoded = binascii.b2a_qp(text.replace("\r\n", "\n").encode(), istext=True).replace(b"\n", b"\r\n")
    if last:
        return encoded
    start = encoded.rfind(b"\n") + 1
    if len(encoded) - start >= _LINE:
        cut = start + 70
        cut -= next((back for back in (1, 2) if encoded[cut - back] == ord("=")), 0)
        encoded = encoded[:cut] + b"=\r\n" + encoded[cut:]
    return encoded + b"=\r\n"
