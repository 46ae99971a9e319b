"""Shares of a whole, figures in words and years."""

from __future__ import annotations

import pytest

from briefing.grounding import Passage, check


def supported(claim: str, language: str, source: str, spoken: str) -> bool:
    """Whether a claim is borne out by one text."""
    return check(claim, language, [Passage("a", source, spoken, "2025-06-01")]).supported


@pytest.mark.parametrize(
    ("source", "language", "right", "wrong"),
    [
        ("本年渔船比去年减少两成。", "zh", "The fleet shrank by 20 per cent.", "The fleet shrank by a third."),
        ("وسيموّل البنك ثلث المشروع.", "ar", "The bank pays a third of it.", "The bank pays half of it."),
        (
            "México pagará dos tercios de la obra.",
            "es",
            "Mexico pays two thirds of it.",
            "Mexico pays a quarter of it.",
        ),
        ("参加者の3分の1が反対した。", "ja", "33 per cent were against it.", "Two thirds were against it."),
        (
            "สมาชิกหนึ่งในสี่ลงชื่อ",
            "th",
            "A quarter of the members put their names to it.",
            "A third of the members put their names to it.",
        ),
        ("یک‌پنجم کارگران اعتصاب کردند.", "fa", "A fifth of the workers walked out.", "Half of the workers walked out."),
        (
            "Треть рабочих бастует.",
            "ru",
            "33 per cent of workers are on strike.",
            "20 per cent of workers are on strike.",
        ),
    ],
)
def test_a_share_in_words_is_a_percentage(source: str, language: str, right: str, wrong: str) -> None:
    """A third is 33 per cent in every language, and no other share."""
    assert supported(right, "en", source, language)
    assert not supported(wrong, "en", source, language)


def test_a_share_may_be_reckoned_from_two_counts() -> None:
    """410 of 640 are about two thirds, not a third."""
    source = "410 der 640 Arbeitsplätze bleiben erhalten."
    assert supported("Fast zwei Drittel der Arbeitsplätze bleiben erhalten.", "de", source, "de")
    assert not supported("Ein Drittel der Arbeitsplätze bleibt erhalten.", "de", source, "de")


def test_figures_in_words_bend() -> None:
    """Russian puts eleven in six cases; a figure of another language finds each."""
    source = "Стороны обменялись одиннадцатью заключёнными."
    assert supported("They exchanged 11 prisoners.", "en", source, "ru")
    assert not supported("They exchanged 17 prisoners.", "en", source, "ru")


def test_a_year_is_not_rounded() -> None:
    """2030 is no rounded 2028, though 2,000 people may be."""
    source = "The line enters service in 2028. It employs 2,028 people."
    assert not supported("The line enters service in 2030.", "en", source[:36], "en")
    assert supported("It employs 2,030 people.", "en", source, "en")


@pytest.mark.parametrize(
    ("claim", "language", "source", "spoken"),
    [
        ("About 1,000 boats were moored.", "en", "Près d'un millier de bateaux étaient amarrés.", "fr"),
        ("Some 30 boats were moored.", "en", "Una treintena de barcos estaban amarrados.", "es"),
        ("Khoảng 130.000 người đã ký.", "vi", "وقّع مئة وثلاثون ألفاً من السكان.", "ar"),
        ("The dam cost 1.6 billion riyals.", "en", "هزینه سد یک میلیارد و ششصد میلیون ریال بود.", "fa"),
        ("ชาวประมงเก้าพันคนลงชื่อ", "th", "Ngư dân gồm 9.000 người đã ký tên.", "vi"),
        ("Half a million people signed.", "en", "Il y a eu 500 000 signatures.", "fr"),
        ("Nearly 2,000 people signed.", "en", "Rund 1.900 Menschen unterschrieben.", "de"),
        ("More than 210 people signed.", "en", "Unterschrieben haben 217 Menschen.", "de"),
    ],
)
def test_figures_in_words_and_rounded_ones(claim: str, language: str, source: str, spoken: str) -> None:
    """A figure in words is one in digits, "and" and all; a rounded one passes where the claim says so."""
    assert supported(claim, language, source, spoken)


@pytest.mark.parametrize(
    ("claim", "language", "source", "spoken"),
    [
        ("About 3,000 boats were moored.", "en", "Près d'un millier de bateaux étaient amarrés.", "fr"),
        ("Khoảng 310.000 người đã ký.", "vi", "وقّع مئة وثلاثون ألفاً من السكان.", "ar"),
        ("ชาวประมงเก้าพันคนลงชื่อ", "th", "Ngư dân gồm 2.000 người đã ký tên.", "vi"),
        ("Nearly 2,000 people signed.", "en", "Rund 1.400 Menschen unterschrieben.", "de"),
        ("More than 250 people signed.", "en", "Unterschrieben haben 217 Menschen.", "de"),
        ("Fewer than 210 people signed.", "en", "Unterschrieben haben 217 Menschen.", "de"),
    ],
)
def test_other_figures_are_no_rounded_ones(claim: str, language: str, source: str, spoken: str) -> None:
    """What is farther off than rounding goes, or on the wrong side of "more than", is another figure."""
    assert not supported(claim, language, source, spoken)


@pytest.mark.parametrize(
    ("source", "language", "right", "wrong"),
    [
        (
            "中央银行把利率下调五十个基点。",
            "zh",
            "The central bank cut its rate by half a percentage point.",
            "The central bank cut its rate by a quarter of a percentage point.",
        ),
        (
            "Ngân hàng trung ương hạ lãi suất 0,25 điểm phần trăm.",
            "vi",
            "The central bank cut its rate by a quarter point.",
            "The central bank cut its rate by half a point.",
        ),
        (
            "The central bank cut its rate by 50 basis points.",
            "en",
            "La banque centrale a baissé son taux d'un demi-point.",
            "La banque centrale a baissé son taux d'un quart de point.",
        ),
    ],
)
def test_points_and_their_hundredths(source: str, language: str, right: str, wrong: str) -> None:
    """A basis point is a hundredth of a percentage point, whose parts are told in words."""
    spoken = "fr" if right.startswith("La ") else "en"
    assert supported(right, spoken, source, language)
    assert not supported(wrong, spoken, source, language)


@pytest.mark.parametrize(
    ("claim", "language", "source", "spoken"),
    [
        ("Khoảng 18,400 người đã được sơ tán.", "vi", "Some 18,400 people were moved away.", "en"),
        ("Some 18,400 people were moved away.", "en", "Около 18.400 человек покинули город.", "ru"),
        ("その車は6位となった。", "ja", "Chiếc xe về đích ở vị trí thứ sáu.", "vi"),
        ("다섯 가구 중 7명이 답했다.", "ko", "Ответил каждый седьмой из пяти семей.", "ru"),
        ("경찰은 오전 6시 47분에 도착했다.", "ko", "Cảnh sát đến lúc 6.47 giờ sáng.", "vi"),
        ("The train left at 9:40 pm.", "en", "Le train est parti à 21h40.", "fr"),
        ("Las elecciones de mitad de mandato son en noviembre.", "es", "Midterm elections are held in November.", "en"),
        ("В первой половине года открыли порт.", "ru", "The port was opened early in the year.", "en"),
        ("Gece yarısında liman kapandı.", "tr", "The harbour was shut at midnight.", "en"),
    ],
)
def test_a_figure_written_otherwise_is_found(claim: str, language: str, source: str, spoken: str) -> None:
    """The marks of another country, ranks, times of day, and the half that is none of a whole."""
    assert supported(claim, language, source, spoken)


@pytest.mark.parametrize(
    ("claim", "language", "source", "spoken"),
    [
        ("Khoảng 19,400 người đã được sơ tán.", "vi", "Some 18,400 people were moved away.", "en"),
        ("その車は9位となった。", "ja", "Chiếc xe về đích ở vị trí thứ sáu.", "vi"),
        ("경찰은 오전 6시 52분에 도착했다.", "ko", "Cảnh sát đến lúc 6.47 giờ sáng.", "vi"),
    ],
)
def test_another_figure_written_otherwise_is_not(claim: str, language: str, source: str, spoken: str) -> None:
    """A figure that the text has in no form is missed."""
    assert not supported(claim, language, source, spoken)


@pytest.mark.parametrize(
    ("source", "language", "right", "wrong"),
    [
        ("El rescate duró un cuarto de hora.", "es", "The rescue took 15 minutes.", "The rescue took 14 minutes."),
        ("救出には四半世紀を要した。", "ja", "The rescue took 25 years.", "The rescue took 21 years."),
        ("Rettungskräfte brauchten eine halbe Stunde.", "de", "They needed 30 minutes.", "They needed 34 minutes."),
        ("ترکیب تازه دو درصد نمک دارد.", "fa", "The mix holds 2% salt.", "The mix holds 4% salt."),
        ("Karışımın yüzde üçü tuzdur.", "tr", "The mix holds 3% salt.", "The mix holds 2% salt."),
        ("混合物中盐占百分之二。", "zh", "The mix holds 2% salt.", "The mix holds 3% salt."),
        ("أصيب واحد وثلاثون بحارا بعد اثنتي عشرة ساعة.", "ar", "31 sailors were hurt.", "36 sailors were hurt."),
        ("שלושים וחמישה מלחים נפצעו.", "he", "35 sailors were hurt.", "34 sailors were hurt."),
        ("اكتفى البنك بربع نقطة.", "ar", "The bank moved by 0.25 points.", "The bank moved by 0.75 points."),
        ("新機種Nova17を発表した。", "ja", "It unveiled the Nova 17.", "It unveiled the Nova 18."),
        ("Tàu rời cảng lúc 7.55 giờ.", "vi", "It left port shortly before 8.", "It left port shortly before 6."),
    ],
)
def test_figures_that_others_write_otherwise(source: str, language: str, right: str, wrong: str) -> None:
    """Spans in words, small percentages, units before tens, glued model numbers and times are the figures they are."""
    cited = [Passage("a", source, language, "2025-03-12")]
    assert check(right, "en", cited).supported
    assert not check(wrong, "en", cited).supported


def test_an_age_counts_no_victims() -> None:
    """An age beside "killed" and "arrested" counts neither; votes against stand with their own figure."""
    cited = [Passage("a", "Un homme de 32 ans a été arrêté ; la victime, 44 ans, est morte.", "fr", "2025-03-12")]
    claim = "A 44-year-old woman was found killed and a 32-year-old man arrested."
    assert check(claim, "en", cited).supported
    cited = [Passage("a", "Le texte a été adopté par 61 voix contre 40.", "fr", "2025-03-12")]
    assert check("Das Parlament stimmte mit 61 gegen 40 Stimmen zu.", "de", cited).supported
    assert not check("Das Parlament stimmte mit 40 gegen 61 Stimmen zu.", "de", cited).supported


@pytest.mark.parametrize(
    ("source", "language", "claim", "right", "wrong", "spoken"),
    [
        ("The bank cut by a quarter point.", "en", "El banco bajó {} puntos básicos.", "25", "50", "es"),
        ("It pledged 1.71 trillion rupiah.", "en", "Dana itu sebesar {} triliun.", "Rp1,71", "Rp1,61", "id"),
        ("Costs rose from 2.2 to 3.1 billion.", "en", "Zuvor waren es {} Milliarden.", "2,2", "2,3", "de"),
        ("شارك في المسيرة بمئة وثلاثين ألفا.", "ar", "כ-{} אלף איש צעדו.", "130", "140", "he"),
        ("Sau bão, hai cầu phà mở lại.", "vi", "Sau bão, {} cầu phà mở lại.", "2", "5", "vi"),
        ("Growth of 3% may lose 0.2 points.", "en", "У {} росте 3% i менше на 0,2.", "2025", "2021", "uk"),
        ("The rate is 4.5-4.75%.", "en", "อัตราร้อยละ 4.5–{}", "4.75", "4.85", "th"),
    ],
)
def test_figures_with_what_is_glued_or_left_out(
    source: str, language: str, claim: str, right: str, wrong: str, spoken: str
) -> None:
    """Letters of money, a shared multiplier, the per cent of a range and basis points are read as what they are."""
    cited = [Passage("a", source, language, "2025-03-12")]
    assert check(claim.format(right), spoken, cited).supported
    assert not check(claim.format(wrong), spoken, cited).supported


@pytest.mark.parametrize(
    ("source", "language", "right", "wrong"),
    [
        ("ค่าปรับสูงสุดคือร้อยละเจ็ดของรายได้", "th", "The fine is at most 7 per cent of revenue.", "at most 9 per cent"),
        ("ราคาข้าวขึ้นยี่สิบสามเปอร์เซ็นต์", "th", "Rice prices rose 23%.", "rose 32%"),
        ("أصيب واحداً وثلاثين بحاراً في المرفأ.", "ar", "31 sailors were hurt in the port.", "41 sailors"),
        ("بقي العمال ثمانٍ وأربعين ساعة في المنجم.", "ar", "The miners stayed below for 48 hours.", "38 hours"),
    ],
)
def test_figures_in_words_with_a_case_or_a_share(source: str, language: str, right: str, wrong: str) -> None:
    """Arabic figures whose first word shows its case, and Thai ones behind and before "per cent", are read whole."""
    cited = [Passage("a", source, language, "2025-03-12")]
    assert check(right, "en", cited).supported
    assert not check(wrong, "en", cited).supported


def test_a_figure_may_be_drawn_from_another_sentence() -> None:
    """A claim that joins two sentences has the figure of the second beside the words of the first."""
    text = (
        "Port chief Ana Duarte took office on Monday with a budget of 40 million. She thanked the crews. "
        "Nobody spoke of the storm. Two dockers and 6 sailors joined her council."
    )
    cited = [Passage("a", text, "en", "2025-03-12")]
    claim = "Port chief Ana Duarte took office with a budget, and 6 sailors joined her council."
    assert check(claim, "en", cited).supported
