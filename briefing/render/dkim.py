"""DKIM signatures (RFC 6376, relaxed/relaxed; RFC 8463 for Ed25519) over finished messages.

The key comes from a file or the environment, as PEM; the matching public key stands in DNS at
``SELECTOR._domainkey.DOMAIN``, as `record` prints it.
"""

from __future__ import annotations

import base64
import hashlib
import re

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

from briefing.errors import RenderError

SIGNED = (
    "from", "to", "reply-to", "subject", "date", "message-id", "mime-version", "content-type", "content-language",
    "list-id", "list-unsubscribe", "list-unsubscribe-post", "feedback-id", "precedence",
)  # fmt: skip
"""Headers that a signature covers, where a message has them; From twice, so that nobody can add another."""

Key = RSAPrivateKey | Ed25519PrivateKey

_SPACES = re.compile(rb"[ \t]+")
_FOLDS = re.compile(rb"\r\n(?=[ \t])")


def read_key(pem: bytes) -> Key:
    """Give the private key of a PEM text: RSA of at least 2048 bits, or Ed25519. Raises RenderError."""
    try:
        key = load_pem_private_key(pem, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise RenderError("DKIM key", "is not an unencrypted private key in PEM") from error
    if isinstance(key, RSAPrivateKey):
        if key.key_size < 2048:
            raise RenderError("DKIM key", f"has {key.key_size} bits; receivers want 2048")
        return key
    if isinstance(key, Ed25519PrivateKey):
        return key
    raise RenderError("DKIM key", f"is of kind {type(key).__name__}; DKIM knows RSA and Ed25519")


def record(key: Key) -> str:
    """Give the TXT record that publishes a key's public half."""
    public = key.public_key()
    if isinstance(key, RSAPrivateKey):
        data, kind = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo), "rsa"
    else:
        data, kind = public.public_bytes(Encoding.Raw, PublicFormat.Raw), "ed25519"
    return f"v=DKIM1; k={kind}; p={base64.b64encode(data).decode()}"


def sign(message: bytes, key: Key, selector: str, domain: str) -> bytes:
    """Give the message with a DKIM-Signature before it; ``message`` has CRLF line ends and is not signed yet."""
    head, _, body = message.partition(b"\r\n\r\n")
    headers = [_relaxed(line) for line in re.split(rb"\r\n(?![ \t])", head)]
    names = [header.partition(b":")[0] for header in headers]
    chosen = [header for name in SIGNED for header, own in zip(headers, names, strict=True) if own == name.encode()]
    covered = ":".join(["from", *(header.partition(b":")[0].decode() for header in chosen)])
    kind = "rsa-sha256" if isinstance(key, RSAPrivateKey) else "ed25519-sha256"
    lines = [
        f"DKIM-Signature: v=1; a={kind}; c=relaxed/relaxed;",
        f" d={domain}; s={selector};",
        *(f" {line}" for line in _broken(f"h={covered};", ":")),
        f" bh={base64.b64encode(hashlib.sha256(_relaxed_body(body)).digest()).decode()};",
        " b=",
    ]
    unsigned = "\r\n".join(lines).encode("ascii")
    data = b"\r\n".join([*chosen, _relaxed(unsigned)])
    if isinstance(key, RSAPrivateKey):
        signature = key.sign(data, PKCS1v15(), SHA256())
    else:
        signature = key.sign(hashlib.sha256(data).digest())
    encoded = base64.b64encode(signature).decode()
    folded = "\r\n ".join(encoded[start : start + 72] for start in range(0, len(encoded), 72))
    return unsigned + folded.encode("ascii") + b"\r\n" + message


def _relaxed(header: bytes) -> bytes:
    """Give a header in relaxed form (RFC 6376, 3.4.2)."""
    name, _, value = header.partition(b":")
    return name.strip().lower() + b":" + _SPACES.sub(b" ", _FOLDS.sub(b"", value)).strip()


def _relaxed_body(body: bytes) -> bytes:
    """Give a body in relaxed form (RFC 6376, 3.4.4)."""
    # Replacing is many times faster than matching, and a body is most of what signing costs.
    body = body.replace(b"\t", b" ")
    while b"  " in body:
        body = body.replace(b"  ", b" ")
    body = body.replace(b" \r\n", b"\r\n")
    stripped = body.rstrip(b"\r\n")
    return stripped + b"\r\n" if stripped else b""


def _broken(text: str, after: str) -> list[str]:
    """Break a text after a character into lines of at most 74."""
    lines, line = [], ""
    for piece in re.findall(f"[^{after}]*{after}?", text):
        if len(line) + len(piece) > 74:
            lines.append(line)
            line = ""
        line += piece
    return [*lines, line]
