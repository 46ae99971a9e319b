"""A claim that says the opposite of its source, told by rows of opposites and by denials."""

from __future__ import annotations

import pytest

from briefing.grounding import Passage, check
from briefing.grounding.denials.affirming import affirmed
from briefing.grounding.denials.clause import read_clause


def turned(claim: str, language: str, source: str, other: str) -> bool:
    """Whether a claim is told to say the opposite of one cited text."""
    found = check(claim, language, [Passage("a", source, other)])
    return any(one.kind == "negation" for one in found.missing)


@pytest.mark.parametrize(
    ("language", "denial", "plain"),
    [
        ("en", "They did not find it", "They find it"),
        ("fr", "La ville n'a pas payé", "La ville a payé"),
        ("tr", "En iyi oyuncu seçilmedi", "En iyi oyuncu seçildi"),
        ("ko", "여섯 달 넘게 머물지 않겠다", "여섯 달 넘게 머물겠다"),
        ("fa", "هنوز پولی نگرفته‌اند", "پولی گرفته‌اند"),
        ("ja", "落札できなかった", "落札できた"),
        ("ru", "партия в парламент не прошла", "партия в парламент прошла"),
        ("th", "ไม่ได้เข้าร่วม", "เข้าร่วม"),
        ("xx", "not known", "not known"),
    ],
)
def test_a_denial_is_told_without_its_not(language: str, denial: str, plain: str) -> None:
    """What negates is taken out of a text, within a word, too; an unknown language leaves it as it is."""
    assert affirmed(denial, language) == plain


@pytest.mark.parametrize(
    ("claim", "language", "source", "other"),
    [
        ("The council's vote will go ahead on Friday as planned.", "en", "Die Abstimmung wurde vertagt.", "de"),
        ("The judge granted the request of the port.", "en", "ورفض القاضي طلب الميناء.", "ar"),
        ("The harbour lies in the northern part of the lake.", "en", "Le port est au sud du lac.", "fr"),
        ("Four states voted against the text.", "en", "Четыре государства воздержались при голосовании.", "ru"),
        (
            "The court let the building of the dam go on.",
            "en",
            "Le tribunal a suspendu la construction du barrage.",
            "fr",
        ),
        ("The city imposed a curfew.", "en", "Die Stadt hat die Ausgangssperre aufgehoben.", "de"),
    ],
)
def test_the_other_side_of_a_row_is_refused(claim: str, language: str, source: str, other: str) -> None:
    """Calling off, granting, directions and measures are told by rows of one meaning in every language."""
    assert turned(claim, language, source, other)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Pyongyang sent soldiers on a joint exercise", "en"),
        ("รัฐมนตรีเปิดเผยข้อตกลงนี้", "th"),
        ("他负责通过视频讲话", "zh"),
        ("قبل الصيف", "ar"),
        ("Соглашение вступило в силу", "ru"),
        ("mahkemede açıklamada bulundu", "tr"),
    ],
)
def test_words_that_only_begin_alike_are_no_opposites(text: str, language: str) -> None:
    """Soldiers are not sold, revealing is not opening, and a Turkish "in the statement" is no negation."""
    clause = read_clause(text, language)
    assert not clause.sides
    assert not clause.negations


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The chamber declined to ratify the pact", "en"),
        ("議会は条約の署名を拒否した", "ja"),
        ("Парламент отказался подписать договор", "ru"),
        ("Meclis anlaşmayı imzalamayı reddetti", "tr"),
    ],
)
def test_what_is_refused_is_not_done(text: str, language: str) -> None:
    """A verb of refusing turns the word it governs: before it, and behind it where verbs are last."""
    assert read_clause(text, language).side("agree") == 1


def test_what_is_to_come_is_not_done_though_the_verb_stands_far_behind() -> None:
    """The cue of the future and its verb may have a recipient between them; a Russian perfective is a future."""
    treaty = "Sau đó, hiệp ước này sẽ được chuyển đến Tổng thống Orlan Tikve để ký lần cuối."
    assert turned("President Orlan Tikve has put his signature to the treaty.", "en", treaty, "vi")
    assert turned("The bridge was closed for repairs.", "en", "Мост закроют на ремонт.", "ru")


def test_ruling_out_a_possibility_is_ruling_out() -> None:
    """Of a row whose second side is said of the first, the second holds, unless it is denied."""
    assert read_clause("The minister ruled out the possibility of a strike", "en").side("exclude") == 1
    assert read_clause("The minister did not rule out a strike", "en").side("exclude") == 0


@pytest.mark.parametrize(
    ("claim", "language", "source", "other"),
    [
        ("She is the first mayor of the port to lose a vote of trust.", "en", "从未有港口市长输掉信任投票。", "zh"),
        (
            "L'équipe a chuté à la neuvième place.",
            "fr",
            "Команда опустилась на девятое место, соперник поднялся.",
            "ru",
        ),
        ("Phi hành gia đã có mặt tại lễ khai mạc.", "vi", "The astronaut attended the opening ceremony.", "en"),
    ],
)
def test_the_first_and_none_before_say_the_same(claim: str, language: str, source: str, other: str) -> None:
    """Who is the first to lose is whom "none lost before" tells of; what a neighbour does is not what a team does."""
    assert not turned(claim, language, source, other)


@pytest.mark.parametrize(
    ("text", "language", "row", "side"),
    [
        ("The minister refused to resign.", "en", "appoint", 0),
        ("총리는 사임을 거부했다.", "ko", "appoint", 0),
        ("The minister resigned.", "en", "appoint", 1),
        ("The council refused to say how many died.", "en", "survive", 1),
        ("The decree brought back a tax on salt.", "en", "support", None),
        ("Die Rebellen lehnten das Abkommen ab.", "de", "agree", 1),
    ],
)
def test_a_refusal_turns_what_it_refuses(text: str, language: str, row: str, side: int | None) -> None:
    """Refusing to go is staying; deaths are not refused, and what is brought back is not backed."""
    assert read_clause(text, language).side(row) == side


@pytest.mark.parametrize(
    ("claim", "language", "source", "other"),
    [
        ("La convention sur la pêche a été prolongée.", "fr", "Das Fischereiabkommen ist im Juni abgelaufen.", "de"),
        ("消防隊は間に合った。", "ja", "The fire brigade came too late.", "en"),
        ("Зарплат учителів достатньо.", "uk", "Учителям платят недостаточно.", "ru"),
        ("The swimmer broke the world record.", "en", "La nageuse est restée loin du record du monde.", "fr"),
        ("Ngân hàng giữ nguyên lãi suất.", "vi", "The bank cut its key rate.", "en"),
        ("The governor resigned on Monday.", "en", "El gobernador seguirá en el cargo.", "es"),
        ("A companhia aérea teve lucro.", "pt", "The airline made a loss.", "en"),
        ("เรือทุกลำต้องติดตั้งเครื่องส่งสัญญาณภาคบังคับ", "th", "A beacon is voluntary for all ships.", "en"),
        (
            "The council approved the plan unanimously.",
            "en",
            "Der Rat war gespalten und billigte den Plan nur knapp.",
            "de",
        ),
        ("Компанія продала шахту.", "uk", "The company bought the mine.", "en"),
        ("Sąd uznał ustawę za niezgodną z konstytucją.", "pl", "The court held the law to be constitutional.", "en"),
        ("Il comitato ha nominato Rossi direttore.", "it", "Der Ausschuss hat Direktor Rossi entlassen.", "de"),
        ("Pemerintah memperketat aturan visa.", "id", "The government relaxed the visa rules.", "en"),
        ("Die Ministerin trat nach der Affäre zurück.", "de", "La ministre restera en poste malgré l'affaire.", "fr"),
        ("Relations have worsened.", "en", "Las relaciones mejoraron tras la visita.", "es"),
    ],
)
def test_more_rows_have_two_sides(claim: str, language: str, source: str, other: str) -> None:
    """Renewed or lapsed, in time or late, enough or not, record or short of it, held or cut, going or staying."""
    assert turned(claim, language, source, other)


@pytest.mark.parametrize(
    ("claim", "language", "source", "other"),
    [
        ("The bank left its key rate unchanged.", "en", "銀行は金利を据え置いた。", "ja"),
        ("Los bomberos no llegaron a tiempo.", "es", "The fire brigade came too late.", "en"),
        ("Schools stay closed on Friday.", "en", "Szkoły w piątek nie zostaną otwarte.", "pl"),
        (
            "She stepped down on Friday, having refused to resign in May.",
            "en",
            "استقالت يوم الجمعة بعد أن رفضت ذلك.",
            "ar",
        ),
        ("Their stay fell short of the record.", "en", "滞在は記録に及ばない。", "ja"),
        ("Presiden menolak mundur.", "id", "The president ruled out stepping down.", "en"),
    ],
)
def test_the_same_side_in_other_words_is_no_opposite(claim: str, language: str, source: str, other: str) -> None:
    """What "not" turns on one side agrees with the plain word of the other, in whatever language."""
    assert not turned(claim, language, source, other)
