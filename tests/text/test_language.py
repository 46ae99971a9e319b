"""Language: told from a text, a headline and a short line, in every script."""

# ruff: noqa: E501  (a sample sentence is easier to read on one line)

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.language import detect, direction, script, scripts, spaced

LINES = [
    ("en", "Parliament approves the treaty after a long debate"),
    ("en", "Oil prices fall"),
    ("vi", "Quốc hội phê chuẩn hiệp ước sau cuộc tranh luận dài"),
    ("vi", "Giá dầu giảm"),
    ("vi", "Thủ tướng gặp Donald Trump ở Washington"),
    ("th", "รัฐสภาให้สัตยาบันสนธิสัญญา"),
    ("th", "Apple เปิดตัว iPhone 17 Pro ในไทย"),
    ("fa", "مجلس پیمان را تصویب کرد"),
    ("fa", "رئیس جمهور ایران وارد مسکو شد"),
    ("ar", "البرلمان يوافق على المعاهدة"),
    ("ar", "وزير الدفاع يصل إلى القاهرة"),
    ("ur", "پارلیمنٹ نے معاہدے کی منظوری دے دی ہے"),
    ("ckb", "پەرلەمان ڕێککەوتننامەکەی پەسەند کرد"),
    ("ru", "Парламент одобрил договор после долгих споров"),
    ("ru", "Цены на нефть снизились"),
    ("uk", "Парламент схвалив договір після довгих суперечок"),
    ("zh", "议会批准了条约"),
    ("zh", "國會批准條約 總統將簽署"),
    ("ja", "国会が条約を承認、大統領が署名へ"),
    ("ja", "株価上昇、円安が進む"),
    ("ko", "의회, 조약 비준안 가결"),
    ("he", "הפרלמנט אישר את ההסכם"),
    ("hi", "संसद ने संधि को मंज़ूरी दी"),
    ("id", "Parlemen menyetujui perjanjian setelah perdebatan panjang"),
    ("id", "Presiden bertemu menteri luar negeri di Jakarta"),
    ("tr", "Meclis uzun tartışmaların ardından anlaşmayı onayladı"),
    ("es", "El parlamento aprueba el tratado tras un largo debate"),
    ("fr", "Le parlement approuve le traité après un long débat"),
    ("de", "Das Parlament billigt den Vertrag nach langer Debatte"),
    ("pt", "O parlamento aprova o tratado após um longo debate"),
    ("it", "Il parlamento approva il trattato dopo un lungo dibattito"),
    ("pl", "Parlament zatwierdził traktat po długiej debacie"),
    ("nl", "Het parlement keurt het verdrag goed na een lang debat"),
    ("el", "Το κοινοβούλιο ενέκρινε τη συνθήκη"),
    ("bn", "সংসদ চুক্তি অনুমোদন করেছে"),
    ("ta", "பாராளுமன்றம் ஒப்பந்தத்தை அங்கீகரித்தது"),
    ("km", "សភាបានអនុម័តសន្ធិសញ្ញា"),
    ("ka", "პარლამენტმა ხელშეკრულება დაამტკიცა"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "line"), LINES)
def test_a_headline_tells_its_language(language: str, line: str) -> None:
    """A headline is enough, even with foreign names in it."""
    assert detect(line) == language


@pytest.mark.parametrize("text", ["", "   ", "12,5 % — 2024", "!!!", "😀😀"])
def test_no_letters_no_language(text: str) -> None:
    """Without letters nothing tells, and the hint is all there is."""
    assert detect(text) == "und"
    assert detect(text, "fa_IR") == "fa"


def test_a_hint_decides_only_what_is_open() -> None:
    """Norwegian or Danish, Malay or Indonesian may follow the page's claim; a plain text does not."""
    assert detect("Kerajaan akan mengumumkan bantuan", "ms") == "ms"
    assert detect("The parliament approved the treaty after a long debate on Tuesday.", "de") == "en"
    assert detect("Парламент одобрил договор", "en") == "ru"


def test_scripts_and_directions() -> None:
    """What the renderer needs: the script and direction of a language, and how many letters of which script there are."""
    assert (script("fa"), script("th"), script("zh-Hant"), script("sr"), script("vi")) == (
        "Arab",
        "Thai",
        "Hani",
        "Cyrl",
        "Latn",
    )
    assert [direction(language) for language in ("fa", "ar-EG", "he", "ur", "en", "th")] == ["rtl"] * 4 + ["ltr"] * 2
    assert scripts("Putin ปูติน 5") == Counter({"Thai": 4, "Latn": 5}) or scripts("Putin ปูติน 5")["Latn"] == 5
    assert not spaced("ja")
    assert spaced("ko")


@given(st.text(), st.sampled_from([None, "", "en", "xx-YY", "ar"]))
def test_any_text_has_an_answer(text: str, hint: str | None) -> None:
    """Whatever comes in, a code of two or three letters comes out."""
    found = detect(text, hint)
    assert 2 <= len(found) <= 3
    assert direction(found) in ("ltr", "rtl")


def test_accuracy_on_parallel_news(shared: Path) -> None:
    """On news in 16 languages: 98 of 100 headlines, 99 of 100 lines and every text are told right."""
    rows = [json.loads(line) for line in (shared / "data" / "ntrex_dev.jsonl").read_text("utf-8").splitlines()]
    titles = [detect(row["title"]) == row["language"] for row in rows]
    lines = [detect(line) == row["language"] for row in rows for line in row["text"].split("\n")[:3] if line]
    texts = [detect(row["text"]) == row["language"] for row in rows[::3]]
    assert sum(titles) / len(titles) >= 0.98
    assert sum(lines) / len(lines) >= 0.99
    assert all(texts)
