"""Decoding: every encoding that news comes in, declared or guessed, and what is no text."""

# ruff: noqa: E501  (a sample sentence is easier to read on one line)

from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.cleaning import normalise
from briefing.text.decoding import decode

VI = "Hai nước đã ký hiệp ước về đối tác chiến lược toàn diện, và các bên sẽ giúp nhau khi bị tấn công. Quốc hội của cả hai nước còn phải phê chuẩn."
TH = "สภาล่างลงมติให้สัตยาบันสนธิสัญญาความร่วมมือ และจะส่งให้สภาสูงพิจารณาในเดือนหน้า โดยประธานาธิบดีต้องลงนามก่อนที่จะมีผลบังคับใช้"
FA = "مجلس پیمان شراکت راهبردی میان دو کشور را تصویب کرد و این پیمان پس از امضای رئیس‌جمهور اجرا می‌شود."
AR = "صادق البرلمان على معاهدة الشراكة بين البلدين، ومن المقرر أن يوقع عليها الرئيس في وقت لاحق من هذا الشهر."
RU = (
    "Нижняя палата ратифицировала договор о партнёрстве, и теперь его должны одобрить в верхней палате до конца месяца."
)
UK = "Нижня палата ратифікувала договір про партнерство, і тепер його має схвалити верхня палата до кінця місяця."
JA = "下院は両国の条約を承認しました。上院は来月に採決する予定です。大統領が署名すれば発効します。"
KO = "하원은 두 나라의 조약을 비준했다. 상원은 다음 달에 표결할 것으로 보인다고 말했다."
ZH = "下院批准了两国的条约，上院将在下个月表决。总统签署之后，条约就会生效，双方都表示满意。"
TW = "下院批准了兩國的條約，上院將在下個月表決。總統簽署之後，條約就會生效，雙方都表示滿意。"
FR = "La chambre basse a ratifié le traité de partenariat, qui doit encore être signé par le président après l'été."
PL = "Izba niższa ratyfikowała traktat o partnerstwie, który musi jeszcze podpisać prezydent, żeby wszedł w życie."
TR = "Alt meclis iki ülke arasındaki ortaklık anlaşmasını onayladı ve anlaşma için şimdi üst meclisin de oy vermesi gerekiyor."
HE = "הבית התחתון אישר את ההסכם בין שתי המדינות, וכעת על הבית העליון להצביע עליו לפני סוף החודש."


def _windows_1258(text: str) -> bytes:
    """Vietnamese as Windows writes it: letters of the code page, tone marks as combining characters."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    out = b""
    for char in text:
        try:
            out += char.encode("cp1258")
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", char)
            letter = unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones))
            out += (letter + "".join(part for part in parts if part in tones)).encode("cp1258")
    return out


LEGACY = [
    ("cp1258", VI), ("cp874", TH), ("tis-620", TH), ("cp1256", AR), ("cp1251", RU), ("koi8-r", RU.replace("ё", "е")), ("cp1251", UK),
    ("koi8-u", UK), ("shift_jis", JA), ("euc_jp", JA), ("euc_kr", KO), ("gb18030", ZH), ("big5", TW), ("latin-1", FR), ("cp1250", PL),
    ("iso8859_2", PL), ("cp1254", TR), ("cp1255", HE),
]  # fmt: skip
UNICODE = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]


@pytest.mark.parametrize(("encoding", "text"), LEGACY)
def test_a_paragraph_in_a_legacy_encoding_is_read_without_being_told(encoding: str, text: str) -> None:
    """One paragraph is enough to tell each legacy encoding; Vietnamese comes out composed (NFC)."""
    data = _windows_1258(text) if encoding == "cp1258" else text.encode(encoding)
    assert decode(data).text == text


@pytest.mark.parametrize("encoding", UNICODE)
@pytest.mark.parametrize("text", [VI, TH, FA, RU, JA, ZH, KO, FR, HE])
def test_every_unicode_form_is_read_with_or_without_a_mark(encoding: str, text: str) -> None:
    """UTF-8, UTF-16 and UTF-32 are told apart by their marks, or by where the zero bytes stand and what is said."""
    assert decode(text.encode(encoding)).text == text


def test_persian_in_windows_1256() -> None:
    """Windows-1256 holds the Persian letters that Persian news used it with, and the zero-width non-joiner."""
    text = FA.replace("ی", "ي")
    assert decode(text.encode("cp1256")).text == text


def test_a_declared_charset_is_believed_where_it_fits() -> None:
    """Two words are too short to guess: the charset of the head, or of HTTP, decides; ISO-8859-1 means windows-1252."""
    page = '<html><head><meta charset="windows-1251"></head><body>Договор</body></html>'
    assert decode(page.encode("cp1251")).text == page
    assert decode("prix : 5 €".encode("cp1252"), declared="ISO-8859-1").text == "prix : 5 €"
    assert decode("<?xml version='1.0' encoding='euc-kr'?><a>조약</a>".encode("euc-kr")).text.endswith("<a>조약</a>")


def test_a_wrong_declaration_does_not_harm() -> None:
    """UTF-8 that claims to be something else is read as UTF-8; an unknown charset is no reason to fail."""
    assert decode(VI.encode(), declared="windows-1252").text == VI
    assert decode(VI.encode(), declared="x-no-such-charset").text == VI
    assert decode(VI.encode(), declared="base64").text == VI


def test_a_damaged_utf8_file_is_still_read() -> None:
    """A byte lost in the middle, or a file cut off within a letter, costs that letter only."""
    data = (VI * 5).encode()
    assert decode(data[:-1]).text.startswith(VI)
    assert decode(data[:200] + b"\xff" + data[200:]).text.count("�") == 1


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
        b"\x7fELF" + bytes(2_000) + bytes(range(255, 0, -1)) * 9,
        random.Random(5).randbytes(5_000),
        b"PK\x03\x04" + random.Random(6).randbytes(3_000),
        bytes(500),
        b"%PDF-1.7\n" + random.Random(7).randbytes(4_000),
    ],
)
def test_binary_junk_is_refused(data: bytes) -> None:
    """Pictures, programs, archives and noise raise ValueError, whatever their name says."""
    with pytest.raises(ValueError, match="text"):
        decode(data)


def test_fifty_megabytes_are_read() -> None:
    """A huge file is judged by a sample; the whole of it is decoded once."""
    data = (RU + "\n").encode("cp1251") * 300_000
    decoded = decode(data[: 50 * 1024 * 1024])
    assert decoded.encoding == "cp1251"
    assert len(decoded.text) > 30_000_000


def test_empty_input_is_empty_text() -> None:
    """No bytes are no junk."""
    assert decode(b"").text == ""


@given(
    st.binary(max_size=400),
    st.sampled_from([None, "utf-8", "shift_jis", "", "\x00", "hex", "utf-7", "idna", "unicode_escape"]),
)
def test_decoding_raises_nothing_but_value_error(data: bytes, declared: str | None) -> None:
    """Whatever the bytes and whatever they are said to be: clean text, or ValueError."""
    try:
        text = decode(data, declared).text
    except ValueError:
        return
    assert normalise(text) == text


@pytest.mark.parametrize("declared", ["unicode_escape", "raw_unicode_escape", "punycode", "utf-7"])
def test_a_declared_notation_of_code_is_no_charset(declared: str) -> None:
    """A page that declares an escape notation as its charset is read as if it had declared none."""
    assert decode(b"Plain words with a \\n mark.", declared).text == "Plain words with a \\n mark."
