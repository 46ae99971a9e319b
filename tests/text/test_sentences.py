"""Sentences of every script: where they begin and end, and which are whole."""

# ruff: noqa: E501  (a sample sentence is easier to read on one line)

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.sentences import is_whole, sentences

# One list a case: the sentences, joined by the separator, must come out again.
CASES = [
    ("es", ["MARVO, 12 mar (EFE).- El Sr. Gómez viajó a EE.UU. el martes.", "Habló en la Av. del Río, nº 3."]),
    ("pl", ["PKB wzrósł o 0,3 proc. w I kw. 2025 r., do 1250,5 mld zł.", "Prezydent był przy ul. Długiej 3."]),
    ("hi", ["सरकार ने रु. 1,25,000 करोड़ का बजट पेश किया।", "डॉ. शर्मा ने नई समिति बनाई।"]),
    ("zh", ["“我们准备好了。我们明天走。”将军王伟在北京对记者说。", "双方同意4月4日再次会面。"]),
    (
        "en",
        [
            'Mr. J. D. Vance said "It is over."',
            "He left at 3.5 minutes past.",
            "The U.S. Senate voted on Jan. 5.",
            "Was it close?",
        ],
    ),
    (
        "en",
        [
            "The bill cost $3.5 million, about 2.4 percent.",
            "No. 5 was late.",
            '"Stop!" he cried.',
            "They went on… and on.",
        ],
    ),
    (
        "en",
        ["Three deputies voted no.", "Officials sat.", "“Then we sat in the sun.", "No. 7 came on Sat. Smith said.”"],
    ),
    ("es", ["El partido dijo que no.", "¿Volverá?", "«Claro que no.", "Espere», respondió."]),
    ("it", ["Il Senato ha detto di no.", "Il ministro lo lamenta."]),
    ("en", ["Washington, D.C. is cold.", "Dr. Smith vs. Prof. Lee ended 3-1.", "“We agree.”", "She nodded."]),
    (
        "vi",
        [
            'Ông nói: "Chúng tôi không sợ."',
            "Ngày 19.6.2024, khoảng 10.000 binh sĩ đã tới... một số về.",
            "TP. Hồ Chí Minh mưa lớn.",
            "TS. Nguyễn Văn A đồng ý.",
        ],
    ),
    (
        "de",
        [
            "Am 3. Mai kam Dr. Müller.",
            "Er sagte: „Das ist gut.“",
            "Dann ging er z. B. nach Hause.",
            "Die 10. Sitzung war am 19.6.2024 zu Ende.",
        ],
    ),
    (
        "ru",
        [
            "В 2024 г. президент В. В. Орлов сказал: «Мы готовы».",
            "Он уехал в 10.30.",
            "Это т. е. конец.",
            "Цена — 3,5 млн руб. за штуку.",
        ],
    ),
    ("uk", ["У 2024 р. голова А. Б. Коваль заявив: «Ми готові».", "Потім поїхав."]),
    ("fr", ["M. Dupont a dit : « C'est fini. »", "Il est parti à 10 h 30.", "Le prix ? 3,5 millions d'euros !"]),
    ("es", ["El Sr. López dijo: «Se acabó».", "¿Quién lo sabe?", "¡Nadie lo sabe!"]),
    ("it", ["Il sig. Rossi ha detto: «È finita».", "L'art. 5 resta valido."]),
    ("pl", ["Dr Nowak powiedział: „To koniec”.", "W 2024 r. wzrost wyniósł 3,5 proc. rocznie."]),
    ("tr", ['Dr. Yılmaz "Bitti." dedi.', "Toplantı 10.30'da başladı.", "19. yüzyılda böyleydi."]),
    ("id", ['Dr. Budi berkata, "Sudah selesai."', "Harganya Rp 10.000 per kg."]),
    ("fa", ["او گفت: «ما آماده‌ایم.»", "سپس رفت.", "آیا او آمد؟", "بله!", "رشد ۳٫۵ درصد بود."]),
    ("ar", ['قال: "نحن مستعدون".', "ثم غادر.", "هل جاء؟", "نعم!", "بلغ النمو 3.5 في المئة."]),
    ("ur", ["وہ آ گیا۔", "کیا یہ سچ ہے؟", "جی ہاں۔"]),
    ("he", ['הוא אמר: "אנחנו מוכנים."', "אחר כך הלך.", "האם בא?"]),
    ("hi", ['उन्होंने कहा, "हम तैयार हैं।"', "फिर वे चले गए।", "डॉ. सिंह आए।", "क्या यह सही है?"]),
    ("ko", ['그는 "준비됐다"고 말했다.', "성장률은 3.5%였다.", "왜 그랬을까?"]),
]
UNSPACED = [
    ("zh", ["他说：“我们准备好了。”", "然后离开。", "今天下雨了！", "有3.5%的人？", "是的。"]),
    ("ja", ["彼は「準備ができた。」と述べた。", "今日は雨だ！", "「はい。」", "そして帰った。"]),
]  # fmt: skip


def _cut(text: str, language: str) -> list[str]:
    return [text[span.start : span.end] for span in sentences(text, language)]


@pytest.mark.parametrize(("language", "wanted"), CASES, ids=lambda value: value if isinstance(value, str) else "")
def test_sentences_of_spaced_scripts(language: str, wanted: list[str]) -> None:
    """Abbreviations, initials, ordinals, decimals and quotations do not end a sentence; marks of every script do."""
    assert _cut(" ".join(wanted), language) == wanted


@pytest.mark.parametrize(("language", "wanted"), UNSPACED, ids=["zh", "ja"])
def test_sentences_of_unspaced_scripts(language: str, wanted: list[str]) -> None:
    """Full-width marks end a sentence, but not inside a quotation that the sentence goes on after."""
    assert _cut("".join(wanted), language) == wanted


def test_a_sentence_may_end_in_may() -> None:
    """ "5 May." ends a sentence before a capital, as every other day does."""
    text = "It opened on 5 May. Crowds came. “We won,” she said on 6 May. “So did we.” May. rains help."
    ends = [text[span.start : span.end] for span in sentences(text, "en")]
    assert ends[:2] == ["It opened on 5 May.", "Crowds came."]
    assert "“We won,” she said on 6 May." in ends


def test_a_short_thai_paragraph_stays_whole() -> None:
    """Thai has no marks: a paragraph of a few clauses is one sentence rather than fragments."""
    text = "สภาล่างลงมติรับรองสนธิสัญญา ด้วยคะแนนเสียง 397 เสียง และจะส่งให้สภาสูงพิจารณาต่อไป"
    assert _cut(text, "th") == [text]


def test_a_thai_title_does_not_end_a_sentence() -> None:
    """The point of a shortened title (มร., ดร.) stands inside a sentence, however long; that of a word ends one."""
    one = "แต่กลุ่มผู้อนุรักษ์เมืองเก่ากล่าวถึงข้อเสนอเรื่องสะพานไม้ของมร. คริกในที่ประชุมสภาเมืองว่าเป็นความคิดที่ไม่รอบคอบเลย."
    two = "สภาเมืองจะลงมติเรื่องการซ่อมสะพานไม้ริมแม่น้ำอีกครั้งในเดือนหน้าตามข้อเสนอของดร. สมศรี"
    assert _cut(f"{one} {two}", "th") == [one, two]


def test_a_long_thai_paragraph_is_cut_only_where_a_sentence_begins() -> None:
    """A long Thai paragraph is cut at spaces before words that open sentences, and nothing is lost."""
    one = "เมื่อวันที่ 24 ตุลาคม สภาล่างของประเทศหนึ่งลงมติเป็นเอกฉันท์ให้สัตยาบันสนธิสัญญาความร่วมมือทางทหาร ซึ่งกำหนดให้ทั้งสองฝ่ายช่วยเหลือกันเมื่อถูกโจมตี"
    two = "ทั้งนี้ สนธิสัญญาดังกล่าวต้องผ่านความเห็นชอบของสภาสูงก่อนที่ประธานาธิบดีจะลงนามและมีผลบังคับใช้ตามกฎหมาย โดยคาดว่าจะพิจารณาในต้นเดือนหน้า"
    assert _cut(f"{one} {two}", "th") == [one, two]


def test_line_breaks_end_sentences() -> None:
    """A heading without a full stop is not glued to the paragraph after it."""
    assert _cut("A heading\nThe text begins.\n\nIt ends.", "en") == ["A heading", "The text begins.", "It ends."]


@pytest.mark.parametrize("language", ["en", "vi", "th", "fa", "zh", "ja", "hi", "und", "xx"])
def test_a_huge_sentence_is_bounded(language: str) -> None:
    """Twenty thousand characters without a mark come out in pieces that lose nothing."""
    text = "word " * 4_000 if language not in ("th", "zh", "ja") else "กขค" * 7_000
    assert "".join(_cut(text, language)).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize("text", ["." * 20_000, '!" ' * 5_000, "。" * 20_000, "“" * 20_000])
def test_runs_of_marks_take_no_quadratic_time(text: str) -> None:
    """Twenty thousand marks in a row are cut in a moment (they once took a minute)."""
    assert "".join(_cut(text, "en")).replace(" ", "") == text.replace(" ", "")


@given(st.text(), st.sampled_from(["en", "vi", "th", "fa", "zh", "ja", "ko", "ar", "hi", "de", "und"]))
def test_spans_are_ordered_trimmed_and_lose_only_space(text: str, language: str) -> None:
    """Spans lie in order within the text, are trimmed, and between them there is nothing but white space."""
    end = 0
    for span in sentences(text, language):
        assert end <= span.start < span.end <= len(text)
        assert not text[end : span.start].strip()
        piece = text[span.start : span.end]
        assert piece == piece.strip()
        end = span.end
    assert not text[end:].strip()


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("The treaty was signed on Tuesday.", "en"),
        ('"We are ready," he said.', "en"),
        ("Hai bên đã ký hiệp ước (ngày 19/6).", "vi"),
        ("สภาล่างลงมติรับรองสนธิสัญญาด้วยคะแนนเสียง 397 เสียง", "th"),
        ("مجلس دوما پیمان را تصویب کرد.", "fa"),
        ("议会批准了该条约。", "zh"),
        ("「準備ができた。」", "ja"),
        ("संसद ने संधि को मंज़ूरी दी।", "hi"),
    ],
)
def test_whole_sentences(sentence: str, language: str) -> None:
    """A sentence with its beginning and its mark is whole; Thai needs no mark."""
    assert is_whole(sentence, language)


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("The treaty was signed on", "en"),
        ("The treaty was signed on Tuesday and…", "en"),
        ("and then it was signed.", "en"),
        ("The president said [...]", "en"),
        ("Read more:", "en"),
        ("Photo: Reuters", "en"),
        ("Yes.", "en"),
        ("The minister (who had left.", "en"),
        ("Xem thêm: Hai bên ký hiệp ước", "vi"),
        ("Hai bên đã ký hiệp ước...", "vi"),
        ("อ่านต่อ", "th"),
        ("ประธานาธิบดีกล่าวว่า จะมีการลงนามในสนธิสัญญา...", "th"),
        ("议会批准了……", "zh"),
        ("", "en"),
    ],
)
def test_what_is_no_whole_sentence(sentence: str, language: str) -> None:
    """Fragments, labels, cut teasers and unbalanced brackets are not whole."""
    assert not is_whole(sentence, language)


def test_a_figure_opens_a_sentence_in_japanese_and_chinese() -> None:
    """A full stop before a figure ends the sentence, but not inside a quotation that goes on."""
    for text, language, wanted in (
        ("会議は終わった。1年後に再開する。", "ja", ["会議は終わった。", "1年後に再開する。"]),
        ("工厂已经关闭。300名工人失业。", "zh", ["工厂已经关闭。", "300名工人失业。"]),
        ("彼は「終わった。1年後に戻る」と述べた。", "ja", ["彼は「終わった。1年後に戻る」と述べた。"]),
    ):
        assert [text[span.start : span.end] for span in sentences(text, language)] == wanted
