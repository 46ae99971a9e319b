"""DKIM: signatures that an independent verifier accepts, and that any change breaks."""

from __future__ import annotations

import warnings

import dkim as judge
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from briefing.errors import RenderError
from briefing.render.dkim import Key, read_key, record, sign
from briefing.render.mail import mail
from briefing.render.message import prepare

from .editions import SITE, edition


def pem(key: Key | ec.EllipticCurvePrivateKey) -> bytes:
    """Give a private key as a PEM text."""
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


@pytest.fixture(scope="module", params=["rsa", "ed25519"])
def key(request: pytest.FixtureRequest) -> Key:
    """A fresh key of each kind, as it is read from a file."""
    made = rsa.generate_private_key(65537, 2048) if request.param == "rsa" else ed25519.Ed25519PrivateKey.generate()
    return read_key(pem(made))


def accepted(message: bytes, key: Key) -> bool:
    """Ask the judge, with the record that we would publish."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return bool(judge.verify(message, dnsfunc=lambda name, timeout=5: record(key).encode()))


@pytest.mark.parametrize("language", ["en", "th"])
def test_a_signature_is_accepted(key: Key, language: str) -> None:
    """RSA and Ed25519, over quoted-printable and base64 bodies."""
    made = edition(3, language)
    mailing = prepare(
        made, *mail(made, SITE), "Tin sáng <news@news.example.org>", unsubscribe="https://news.example.org/u/",
        sign=lambda message: sign(message, key, "s2024", "news.example.org"),
    )  # fmt: skip
    signed = mailing.to("anna@example.com").message
    assert accepted(signed, key)
    head = signed.partition(b"\r\n\r\n")[0]
    assert max(map(len, head.split(b"\r\n"))) <= 78


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"Subject: a", b"Subject: b"),
        (b"hello", b"hallo"),
        (b"From: x@example.org", b"From: y@example.org"),
        (b"To: a@example.com", b"From: z@example.org\r\nTo: a@example.com"),
        (b"<https://example.org/u/1>", b"<https://example.org/u/2>"),
    ],
)
def test_any_change_breaks_it(key: Key, before: bytes, after: bytes) -> None:
    """Subject, body, sender, a second From, the unsubscribe link: all are covered."""
    raw = (
        b"From: x@example.org\r\nTo: a@example.com\r\nSubject: a\r\n"
        b"List-Unsubscribe: <https://example.org/u/1>\r\n\r\nhello  world \r\n\r\n\r\n"
    )
    signed = sign(raw, key, "s", "example.org")
    assert accepted(signed, key)
    assert not accepted(signed.replace(before, after, 1), key)


@pytest.mark.parametrize(
    "body", [b"", b"\r\n", b"\r\n\r\n", b" \t\r\n", b"a \t b\r\n \r\n\r\n", b"no line end", b"\t\tx\t\r\n"]
)
def test_bodies_are_canonicalised_as_the_rfc_says(key: Key, body: bytes) -> None:
    """RFC 6376, 3.4.4: white space runs, trailing white space, empty lines at the end."""
    assert accepted(sign(b"From: x@example.org\r\nSubject:  a  b \r\n\r\n" + body, key, "s", "example.org"), key)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"nonsense", "not an unencrypted private key"),
        (pem(rsa.generate_private_key(65537, 1024)), "has 1024 bits"),
        (pem(ec.generate_private_key(ec.SECP256R1())), "DKIM knows RSA and Ed25519"),
    ],
)
def test_a_key_that_cannot_sign_is_refused(text: bytes, said: str) -> None:
    """A wrong key is an error that says what is wrong, and never shows the key."""
    with pytest.raises(RenderError, match=said) as caught:
        read_key(text)
    assert "PRIVATE" not in str(caught.value)
