"""Messages for the wire: headers, encodings, one message a subscriber."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import replace
from email.message import EmailMessage
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.errors import RenderError
from briefing.model import Edition
from briefing.proof import check_message
from briefing.render.mail import ADDRESS, UNSUBSCRIBE, mail
from briefing.render.message import Mailing, mailbox, message, personal, prepare

from .editions import SITE, edition

SENDER = "Bản tin sáng <news@news.example.org>"
LINK = "https://news.example.org/u/"


@cache
def mailing(language: str = "en") -> Mailing:
    """Give the mailing of twelve storylines in a language."""
    made = edition(12, language)
    return prepare(made, *mail(made, SITE), SENDER, unsubscribe=LINK)


def parsed(raw: bytes) -> EmailMessage:
    """Give a message as the standard library reads it."""
    made = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(made, EmailMessage)
    assert not made.defects
    return made


def body(made: EmailMessage, subtype: str) -> str:
    """Give a part's text with plain line ends."""
    part = made.get_body((subtype,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


@pytest.mark.parametrize("language", ["en", "vi", "th", "fa"])
def test_the_wire_format_is_sound(language: str) -> None:
    """CRLF, ASCII headers folded at 78, lines far below 998, text first, both parts in UTF-8."""
    raw = mailing(language).to("anna@example.com").message
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert raw.isascii()
    head = raw.partition(b"\r\n\r\n")[0]
    assert max(map(len, head.split(b"\r\n"))) <= 78
    assert max(map(len, raw.split(b"\r\n"))) <= 76
    made = parsed(raw)
    assert [part.get_content_type() for part in made.iter_parts()] == ["text/plain", "text/html"]
    assert {part.get_content_charset() for part in made.iter_parts()} == {"utf-8"}


@pytest.mark.parametrize(("language", "encoding"), [("en", "quoted-printable"), ("th", "base64")])
def test_each_script_gets_the_shorter_encoding(language: str, encoding: str) -> None:
    """Quoted-printable where most is Latin, base64 where it would cost more."""
    part = parsed(mailing(language).to("anna@example.com").message).get_body(("html",))
    assert part is not None
    assert part["Content-Transfer-Encoding"] == encoding


def test_every_header_that_bulk_mail_needs_is_there_once() -> None:
    """RFC 5322, 2369, 2919 and 8058, and what large receivers ask for."""
    made = parsed(mailing("vi").to("Anna Đỗ <anna@example.com>").message)
    for name in ("From", "To", "Date", "Subject", "Message-ID", "MIME-Version", "List-Unsubscribe", "List-Id"):
        assert len(made.get_all(name) or []) == 1, name
    assert made["From"].addresses[0].display_name == "Bản tin sáng"
    assert made["To"].addresses[0].addr_spec == "anna@example.com"
    assert made["To"].addresses[0].display_name == "Anna Đỗ"
    assert made["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    first, second = re.findall(r"<([^<>]+)>", made["List-Unsubscribe"])
    assert first.startswith(LINK)
    assert second == "mailto:news@news.example.org?subject=unsubscribe"
    assert str(made["List-Id"]).endswith("<morning.news.example.org>")
    assert made["Feedback-ID"].count(":") == 3
    assert made["Precedence"] == "bulk"
    assert made["Date"].datetime == edition(1).made_at
    assert "8 thg 11, 2024" in made["Subject"]


def test_a_message_made_again_is_the_same_message() -> None:
    """A retry after a crash carries the same Message-ID and the same bytes; another address another id."""
    one, again = mailing().to("anna@example.com"), mailing().to("anna@example.com")
    assert one == again
    assert mailing().to("bo@example.com").message_id != one.message_id
    assert mailing().to("ANNA@example.com").message_id == one.message_id
    assert re.fullmatch(r"<[0-9a-f]{32}@news\.example\.org>", one.message_id)
    assert one.message_id.encode() in one.message


@pytest.mark.parametrize("language", ["en", "vi", "th", "fa"])
@pytest.mark.parametrize("address", ["a@example.com", "ab@example.com", "abc@example.com", "o'b&c=d+e@example.com"])
def test_each_subscriber_gets_their_own_link_and_address(language: str, address: str) -> None:
    """Whatever its length, an address and a link fill their gaps in both parts, escaped where it is HTML."""
    made = edition(12, language)
    html, text = mail(made, SITE)
    link = f"{LINK}{'k' * len(address)}?a=1&b=2"
    raw = mailing(language).to(address, link).message
    assert body(parsed(raw), "html") == personal(html, link, address).rstrip("\n") + "\n"
    assert body(parsed(raw), "plain") == personal(text, link, address)
    assert ADDRESS not in body(parsed(raw), "plain")
    assert UNSUBSCRIBE not in body(parsed(raw), "html")
    assert parsed(raw)["List-Unsubscribe"].strip().startswith(f"<{link}>")


@given(
    stretches=st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=90), min_size=1, max_size=6),
    gap=st.sampled_from([ADDRESS, UNSUBSCRIBE]),
    local=st.text("abcdefghij", min_size=1, max_size=40),
)
@settings(max_examples=150, deadline=None)
def test_gaps_anywhere_are_filled_in_either_encoding(stretches: list[str], gap: str, local: str) -> None:
    """However texts and gaps fall on the three bytes of base64, or on a soft line break, the text comes out whole."""
    text = gap.join(part.replace("\x85", "").replace("\u2028", "").replace("\u2029", "") for part in stretches)
    made = prepare(edition(0, "en"), "<!doctype html>" + text, text, SENDER, unsubscribe=LINK)
    raw = made.to(f"{local}@example.com", LINK + local).message
    assert max(map(len, raw.split(b"\r\n"))) <= 76
    expected = personal(text, LINK + local, f"{local}@example.com")
    assert body(parsed(raw), "plain") == expected.rstrip("\n") + "\n"


def test_one_message_can_be_made_at_once() -> None:
    """The short way gives the same bytes as the long one."""
    made = edition(1, "en")
    html, text = mail(made, SITE)
    raw = message(made, html, text, SENDER, "anna@example.com", LINK + "x", reply_to="desk@news.example.org")
    assert parsed(raw)["Reply-To"].addresses[0].addr_spec == "desk@news.example.org"
    prepared = prepare(made, html, text, SENDER, unsubscribe=LINK, reply_to="desk@news.example.org")
    assert raw == prepared.to("anna@example.com", LINK + "x").message


@pytest.mark.parametrize(
    ("given_text", "made"),
    [
        ("news@example.org", ("", "news@example.org")),
        ("Morning <news@example.org>", ("Morning", "news@example.org")),
        ('"A, B" <news@example.org>', ("A, B", "news@example.org")),
        ("Tin <tin@báo.vn>", ("Tin", "tin@xn--bo-mia.vn")),
        ("a@b.example <news@example.org>", None),
        ("news", None),
        ("news@localhost", None),
        ("a@example.org, b@example.org", None),
        ("x\r\nBcc: b@example.org <a@example.org>", None),
        ("năm@example.org", None),
        ("<>", None),
        ("", None),
    ],
)
def test_mailboxes_are_read_strictly(given_text: str, made: tuple[str, str] | None) -> None:
    """A sender or subscriber that cannot be mailed is an error naming it; nothing can add a header."""
    if made is not None:
        assert mailbox(given_text) == made
        return
    try:
        name, address = mailbox(given_text)
    except RenderError:
        return
    assert "\r" not in name + address
    assert "\n" not in name + address
    assert "@" not in name


def test_a_title_cannot_smuggle_a_header() -> None:
    """Line ends and quotation marks in a newsletter's title stay in its header."""
    made = replace(edition(0, "en"), title='Evil"\r\nBcc: all@example.com\r\n\r\n<b>@x')
    raw = prepare(made, "h", "t", "news@news.example.org", unsubscribe=LINK).to("anna@example.com").message
    found = parsed(raw)
    assert found["Bcc"] is None
    assert len(found["From"].addresses) == 1
    assert found["From"].addresses[0].addr_spec == "news@news.example.org"
    assert "@" not in found["From"].addresses[0].display_name


def test_long_titles_and_headlines_fold() -> None:
    """Names of hundreds of letters in any script stay within 78 columns a line."""
    for name in ("x" * 300, "word " * 60, "สรุปข่าวเช้า" * 20, "Đ" * 200):
        made = replace(edition(1, "th"), title=name)
        raw = prepare(made, "h", "t", f"{name} <news@news.example.org>", unsubscribe=LINK).to("a@example.com").message
        head = raw.partition(b"\r\n\r\n")[0]
        assert head.isascii()
        assert max(map(len, head.split(b"\r\n"))) <= 78
        parsed(raw)


@pytest.mark.parametrize(
    "link", ["http://news.example.org/u/", "https://x.example/a b", 'https://x.example/"', "javascript:1"]
)
def test_an_unsubscribe_link_must_be_one_that_mail_can_carry(link: str) -> None:
    """Anything but a plain https link is refused before it is sent."""
    with pytest.raises(RenderError, match="is not an https link"):
        mailing().to("anna@example.com", link)


PHOTO = "https://news.example.org/editions/2024-11-08/morning/picture-1.jpg"
OTHER = "https://news.example.org/editions/2024-11-08/morning/picture-2.jpg"
BYTES = bytes(range(256)) * 40


def pictured(made: Edition) -> tuple[Mailing, Mailing]:
    """Give the mailing of an edition whose HTML shows a picture: with it, and with the picture left where it is."""
    html, text = mail(made, SITE)
    html = html.replace("</h1>", f'</h1><img src="{PHOTO}" alt="" width="5" height="5" />', 1)
    given = {PHOTO: BYTES, OTHER: b"not shown"}
    return (
        prepare(made, html, text, SENDER, unsubscribe=LINK, pictures=given),
        prepare(made, html, text, SENDER, unsubscribe=LINK),
    )


@pytest.mark.parametrize("languages", [("en",), ("vi",), ("th", "fa")])
def test_pictures_travel_with_the_html_that_shows_them(languages: tuple[str, ...]) -> None:
    """The text part comes first and says the same; what the HTML shows is beside it by Content-ID, and nothing else."""
    along, apart = pictured(edition(3, *languages))
    whole = parsed(along.to("anna@example.com").message)
    plain, related = whole.iter_parts()
    assert (plain.get_content_type(), related.get_content_type()) == ("text/plain", "multipart/related")
    assert related.get_param("type") == "text/html"
    html, picture = related.iter_parts()
    identity = picture["Content-ID"].strip("<>")
    assert identity.endswith("@news.example.org")
    assert (picture.get_content_type(), picture.get_content_disposition()) == ("image/jpeg", "inline")
    assert picture.get_content() == BYTES
    before = parsed(apart.to("anna@example.com").message)
    assert plain.get_content() == before.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    shown = before.get_body(("html",)).get_content()  # type: ignore[union-attr]
    assert html.get_content() == shown.replace(PHOTO, f"cid:{identity}")
    assert check_message(along.to("anna@example.com").message) == ()


def test_a_message_with_pictures_is_made_the_same_again() -> None:
    """The same edition to the same address is the same message, byte for byte; to another only his own differs."""
    one, again = (pictured(edition(2, "en"))[0].to("anna@example.com").message for _ in range(2))
    assert one == again
    assert max(map(len, one.split(b"\r\n"))) <= 998
    assert b"\n" not in one.replace(b"\r\n", b"")
    other = parsed(pictured(edition(2, "en"))[0].to("bo@example.com").message)
    assert [part.get_content_type() for part in other.walk()] == [
        part.get_content_type() for part in parsed(one).walk()
    ]
