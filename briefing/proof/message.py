"""A whole message on its way: headers, parts and encodings, as RFCs and large receivers ask."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from email.errors import MessageError
from email.message import EmailMessage, MIMEPart
from typing import Any
from urllib.parse import unquote

from briefing.proof.document import Document, hidden, words
from briefing.proof.findings import Finding, Hit, gathered, shortened

LINE, FOLD = 998, 78
SUBJECT = (5, 78)

_ONCE = ("From", "To", "Date", "Subject", "Message-ID", "MIME-Version")
# Domains whose owners let nobody else send in their name (their DMARC policies).
_FREE = (
    "gmail.com",
    "googlemail.com",
    "yahoo.com",
    "outlook.com",
    "hotmail.com",
    "live.com",
    "aol.com",
    "icloud.com",
    "gmx.de",
)
_IDENTITY = re.compile(r"<[^<>@\s]+@([A-Za-z0-9.-]+\.[A-Za-z0-9-]{2,})>")
_LIST = re.compile(r"<[A-Za-z0-9.-]+\.[A-Za-z0-9-]+>\s*$")
_REPLY = re.compile(r"\s*(re|fwd?|aw|wg|tr|sv)\s*:", re.IGNORECASE)
_TAG = re.compile(r"</?(?:p|div|table|td|br|span|a|html|body)\b[^>]*>", re.IGNORECASE)
_SIGNED = ("from", "to", "subject", "date", "message-id", "mime-version", "content-type", "list-unsubscribe",
           "list-unsubscribe-post")  # fmt: skip
_WASTEFUL = 1.5
_THIN = 0.5


def check_message(raw: bytes) -> tuple[Finding, ...]:
    """Check a message's headers and parts and give what is not as it should be; its HTML has a check of its own.

    ``raw`` are the bytes that go over the wire. A signature is checked where there is one: many servers sign.
    """
    try:
        message = email.message_from_bytes(raw, EmailMessage, policy=email.policy.default)
        return gathered("message", _hits(raw, message))
    except (MessageError, LookupError, ValueError, AttributeError, IndexError) as error:
        # The standard library's reader stumbles over some malformed headers instead of marking them.
        return gathered("message", [Hit("unreadable", f"it cannot be read: {shortened(str(error))}")])


def _hits(raw: bytes, message: EmailMessage) -> Iterator[Hit]:
    yield from _wire(raw)
    yield from _headers(message)
    yield from _unsubscribing(message)
    for signature in message.get_all("DKIM-Signature") or ():
        yield from _signature(str(signature), _domain(message))
    yield from _parts(message)


def _wire(raw: bytes) -> Iterator[Hit]:
    if b"\n" in raw.replace(b"\r\n", b""):
        yield Hit("line-ends", "some lines end in a bare line feed")
    longest = max(map(len, raw.split(b"\n")))
    if longest > LINE + 1:
        yield Hit("line-length", f"a line has {longest - 1:,} bytes")
    head = re.split(rb"\r?\n\r?\n", raw, maxsplit=1)[0]
    widest = max(len(line.rstrip(b"\r")) for line in head.split(b"\n"))
    if widest > FOLD:
        yield Hit("header-fold", f"a header's line has {widest} characters")
    if any(byte > 126 for byte in head):
        yield Hit("header-encoding", "a header holds bytes that are not ASCII")


def _domain(message: EmailMessage) -> str:
    found = list(message["From"].addresses) if message["From"] else []
    return str(found[0].domain).lower() if len(found) == 1 else ""


def _headers(message: EmailMessage) -> Iterator[Hit]:
    for name in _ONCE:
        if (count := len(message.get_all(name) or ())) != 1:
            yield Hit("header-count", f"{name} is there {count} times")
    domain = _domain(message)
    if message["From"]:
        addresses = message["From"].addresses
        if len(addresses) != 1 or not domain or domain in _FREE:
            yield Hit("sender", f"From: {shortened(str(message['From']))}")
        elif not addresses[0].display_name or "@" in addresses[0].display_name:
            yield Hit("sender-name", f"From: {shortened(str(message['From']))}")
    identity = _IDENTITY.fullmatch(str(message["Message-ID"] or "").strip())
    if message["Message-ID"] and (identity is None or (domain and not _akin(identity[1].lower(), domain))):
        yield Hit("message-id", f"Message-ID: {shortened(str(message['Message-ID']))}")
    if message["Date"] and (message["Date"].datetime is None or message["Date"].datetime.tzinfo is None):
        yield Hit("date", f"Date: {shortened(str(message['Date']))}")
    if message["Subject"]:
        yield from _subject(str(message["Subject"]))


def _subject(subject: str) -> Iterator[Hit]:
    least, most = SUBJECT
    if not least <= len(subject) <= most:
        yield Hit("subject-length", f"the subject has {len(subject)} characters")
    if _REPLY.match(subject) or subject.isupper():
        yield Hit("subject-manner", f"Subject: {shortened(subject)}")


def _akin(one: str, other: str) -> bool:
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")


def _unsubscribing(message: EmailMessage) -> Iterator[Hit]:
    given = message.get_all("List-Unsubscribe") or []
    targets = re.findall(r"<([^<>]+)>", str(given[0])) if given else []
    secure = [target for target in targets if target.startswith("https://")]
    mails = [target for target in targets if target.startswith("mailto:")]
    if len(given) != 1 or len(secure) != 1 or not mails or targets[0] != secure[0]:
        yield Hit("unsubscribe-header", f"List-Unsubscribe: {shortened(str(given[0])) if given else 'is not there'}")
    if str(message["List-Unsubscribe-Post"] or "").strip() != "List-Unsubscribe=One-Click":
        yield Hit("one-click", f"List-Unsubscribe-Post: {message['List-Unsubscribe-Post'] or 'is not there'}")
    if not _LIST.search(str(message["List-Id"] or "")):
        yield Hit("list-id", f"List-Id: {message['List-Id'] or 'is not there'}")
    for name in ("Feedback-ID", "Precedence"):
        if not message[name]:
            yield Hit("bulk-headers", f"{name} is not there")
    html = message.get_body(("html",))
    if html is None or not secure:
        return
    shown = [link.get("href") for link in Document(_content(html)).all("a") if words(link) and not hidden(link)]
    if secure[0] not in shown:
        yield Hit("unsubscribe-link", f"no link leads to {shortened(secure[0])}")


def _signature(signature: str, domain: str) -> Iterator[Hit]:
    tags = dict(part.split("=", 1) for part in re.sub(r"\s", "", signature).split(";") if "=" in part)
    covered = tags.get("h", "").lower().split(":")
    missing = [name for name in _SIGNED if name not in covered]
    if missing:
        yield Hit("signature", f"it leaves out {', '.join(missing)}")
    if "l" in tags:
        yield Hit("signature", "it covers only a part of the body (l=)")
    if domain and not _akin(tags.get("d", "").lower(), domain):
        yield Hit("signature", f"it is of {tags.get('d', '')}, the sender of {domain}")
    if tags.get("a", "") not in ("rsa-sha256", "ed25519-sha256"):
        yield Hit("signature", f"it is made with {tags.get('a', '')}")


# ---------------------------------------------------------------- the parts


def _parts(message: EmailMessage) -> Iterator[Hit]:
    parts = list(message.iter_parts()) if message.is_multipart() else []
    kinds = [_told(part) for part in parts]
    if message.get_content_type() != "multipart/alternative" or kinds != ["text/plain", "text/html"]:
        yield Hit("parts", f"{message.get_content_type()} of {', '.join(kinds) or 'no parts'}")
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    if html is not None:
        yield from _enclosed(message, Document(_content(html)))
    for part in (plain, html):
        if part is not None:
            yield from _encoding(part)
    if html is None:
        yield Hit("html-part", "there is none")
    text = _content(plain) if plain is not None else ""
    if not text.strip():
        yield Hit("text-part", "there is none")
    elif html is not None:
        yield from _text(text, Document(_content(html)))


def _told(part: MIMEPart[Any, Any]) -> str:
    """Give the kind of a part; HTML with the pictures that it shows (RFC 2387) is HTML."""
    kind: str = part.get_content_type()
    if kind != "multipart/related":
        return kind
    inside = [one.get_content_type() for one in part.iter_parts()]
    pictured = inside[:1] == ["text/html"] and all(one.startswith("image/") for one in inside[1:])
    return "text/html" if pictured else f"{kind} ({', '.join(inside)})"


def _enclosed(message: EmailMessage, html: Document) -> Iterator[Hit]:
    """Check that pictures which travel with the message are there, and that it shows all that travel."""
    there = {str(part["Content-ID"]).strip(" <>") for part in message.walk() if part["Content-ID"]}
    sources = ((item.get("src") or "").strip() for item in html.all("img"))
    asked = {unquote(source[len("cid:") :]) for source in sources if source.startswith("cid:")}
    for identity in sorted(asked - there):
        yield Hit("picture-lost", f"no part has the Content-ID {shortened(identity)}")
    for identity in sorted(there - asked):
        yield Hit("picture-unused", f"the part {shortened(identity)} is shown nowhere")


def _encoding(part: MIMEPart[Any, Any]) -> Iterator[Hit]:
    kind, charset = part.get_content_type(), (part.get_content_charset() or "").lower()
    if charset not in ("utf-8", "us-ascii"):
        yield Hit("part-charset", f"{kind} is in {charset or 'no charset'}")
    encoding = (part["Content-Transfer-Encoding"] or "7bit").lower()
    wire = len(str(part.get_payload()).encode("utf-8", "surrogateescape"))
    decoded = part.get_payload(decode=True)
    bare = len(decoded) if isinstance(decoded, bytes) else 0
    if encoding == "8bit" or (bare > 4_000 and wire > _WASTEFUL * bare):
        yield Hit("part-encoding", f"{kind} is sent as {encoding}: {bare:,} bytes take {wire:,}")


def _text(text: str, html: Document) -> Iterator[Hit]:
    targets = {link.get("href") for link in html.all("a") if (link.get("href") or "").startswith("https://")}
    missing = sorted(target for target in targets if target and target not in text)
    if missing:
        yield Hit("text-part-links", f"{len(missing)} of {len(targets)} links are not in it: {shortened(missing[0])}")
    told = len(words(html.body))
    if len(text) < _THIN * told:
        yield Hit("text-part-thin", f"it has {len(text):,} characters, the HTML {told:,}")
    if found := _TAG.search(text):
        yield Hit("text-part-markup", f"it holds {shortened(found[0])}")


def _content(part: MIMEPart[Any, Any]) -> str:
    raw = part.get_payload(decode=True)
    return raw.decode("utf-8", "replace") if isinstance(raw, bytes) else ""
