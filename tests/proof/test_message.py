from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.proof import Finding, check_message
from briefing.render.mail import mail
from briefing.render.message import prepare

from ..render.editions import SITE, edition
from .mails import HEAD, MAIL, PART, SIGNATURE, TEXT, message

FREE = "From: Morning briefing <morning@gmail.com>\nTo: reader@example.com\nMessage-ID: <1f2e@gmail.com>\n"
SHORT = "\n".join(line for line in TEXT.splitlines() if "https" in line)
LONG = MAIL.replace("<p>The", "<p>" + "words and " * 40 + "The")
LIST = HEAD[HEAD.index("List-Unsubscribe:") : HEAD.index("List-Unsubscribe-Post")]


def related(source: str, kind: str = "image/jpeg") -> bytes:
    """Give the message whose HTML brings a picture along, and shows what is at this address."""
    html = MAIL.replace("https://example.org/a.png", source)
    attached = (
        f"Content-Type: {kind}\r\nContent-ID: <map@news.example.org>\r\nContent-Transfer-Encoding: base64\r\n\r\n/9g="
    )
    hyper = message(html=html).partition(b"--b\r\nContent-Type: text/html")
    whole = b'--b\r\nContent-Type: multipart/related; boundary="c"\r\n\r\n--c\r\nContent-Type: text/html'
    body = hyper[2].removesuffix(b"--b--\r\n")
    return hyper[0] + whole + body + f"\r\n--c\r\n{attached}\r\n--c--\r\n--b--\r\n".encode()


# rule: a message that breaks it alone
BROKEN = {
    "line-ends": message().replace(b"Precedence: bulk\r\n", b"Precedence: bulk\n"),
    "line-length": message(text=TEXT + "x" * 1_200),
    "header-fold": message(head=HEAD.replace("Feedback-ID: 1", "Feedback-ID: " + "1" * 70)),
    "header-encoding": message(head=HEAD.replace("Subject: Upper", "Subject: Đại")),
    "header-count": message(head=HEAD.replace("To: reader@example.com\n", "")),
    "sender": message(head=FREE + HEAD[HEAD.index(LIST) :]),
    "sender-name": message(head=HEAD.replace("Morning briefing <morning@", "<morning@")),
    "message-id": message(head=HEAD.replace("<1f2e@news.example.org>", "<1f2e@elsewhere.example>")),
    "date": message(head=HEAD.replace("+0000", "-0000")),
    "subject-length": message(head=HEAD.replace("Upper house sets a date", "News")),
    "subject-manner": message(head=HEAD.replace("Upper house", "Re: Upper house")),
    "unsubscribe-header": message(head=HEAD.replace(LIST, "List-Unsubscribe: <https://example.org/u/1>\n")),
    "one-click": message(head=HEAD.replace("List-Unsubscribe=One-Click", "yes")),
    "list-id": message(head=HEAD.replace("List-Id: Morning briefing <morning.news.example.org>", "List-Id: morning")),
    "bulk-headers": message(head=HEAD.replace("Precedence: bulk\n", "")),
    "signature": message(head=SIGNATURE.replace("subject:", "") + HEAD),
    "picture-lost": message(html=MAIL.replace("https://example.org/a.png", "cid:map@news.example.org")),
    "picture-unused": related("https://example.org/a.png"),
    "parts": message(head=HEAD.replace("multipart/alternative", "multipart/mixed")),
    "part-charset": message(part=PART.replace("utf-8", "windows-1258")),
    "part-encoding": message(part=PART.replace("7bit", "8bit")),
    "text-part": message(text=" "),
    "text-part-links": message(text=TEXT.replace("/treaty", "/other")),
    "text-part-thin": message(text=SHORT, html=LONG),
    "text-part-markup": message(text=TEXT + "<br>"),
    "unsubscribe-link": message(html=MAIL.replace("https://example.org/u/1", "https://example.org/treaty")),
    "html-part": message().replace(b"Content-Type: text/html", b"Content-Type: text/calendar"),
    "unreadable": message().replace(b"From: Morning briefing", b"From: =?utf-8?q?" + b"=00" + b"?= "),
}  # fmt: skip


def found(raw: bytes) -> set[str]:
    return {finding.rule for finding in check_message(raw)}


def test_a_good_message_has_nothing_to_find() -> None:
    """The message that every test below breaks in one place has no finding, signed or not."""
    assert check_message(message()) == ()
    assert check_message(message(head=SIGNATURE + HEAD)) == ()


def test_pictures_may_travel_with_the_html() -> None:
    """HTML with the pictures that it shows is one part; anything but pictures beside it is not."""
    assert check_message(related("cid:map@news.example.org")) == ()
    assert found(related("cid:map@news.example.org", "application/pdf")) == {"parts"}


@pytest.mark.parametrize("rule", [rule for rule in BROKEN if rule not in ("html-part", "unreadable")])
def test_each_rule_finds_what_breaks_it_and_only_that(rule: str) -> None:
    """A message that is broken in one place has one finding, of that rule."""
    assert found(BROKEN[rule]) == {rule}


def test_a_message_without_html_is_found() -> None:
    """A message whose second part is no HTML has no HTML part, and is not made of what it should be."""
    assert found(BROKEN["html-part"]) == {"html-part", "parts"}


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("d=example.org", "d=example.com"),
        ("a=rsa-sha256", "a=rsa-sha1"),
        ("v=1; a", "l=1; a"),
    ],
)
def test_a_signature_covers_all_and_is_the_senders(good: str, bad: str) -> None:
    """A signature of another domain, by an old method, or of a part of the body is found."""
    assert good in SIGNATURE
    assert found(message(head=SIGNATURE.replace(good, bad) + HEAD)) == {"signature"}


@pytest.mark.parametrize("language", ["en", "vi", "th", "fa"])
def test_our_own_messages_have_nothing_to_find(language: str) -> None:
    """A message as it is made for a subscriber has no finding."""
    made = edition(12, language)
    mailing = prepare(
        made, *mail(made, SITE), "News <news@news.example.org>", unsubscribe="https://news.example.org/u/"
    )
    assert check_message(mailing.to("reader@example.com").message) == ()


@given(st.binary(max_size=300))
def test_anything_can_be_checked(junk: bytes) -> None:
    """Whatever bytes a message is of, the check ends with findings and never with an error."""
    assert all(isinstance(one, Finding) for one in check_message(junk))
    assert all(isinstance(one, Finding) for one in check_message(junk + b"\r\n" + message()))
    assert all(isinstance(one, Finding) for one in check_message(message().replace(b"Morning", junk)))
