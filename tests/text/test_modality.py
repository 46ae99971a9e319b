# ruff: noqa: E501 - one row a language reads best on its lines
"""Modality cues: what tells a fact from a plan, a wish, a denial, in 20 languages."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.modality import Modality, clauses, cues, known, modality

# (language, done, to come, negated, conditional, denied, called off): one council, one vote, told six ways.
SIX_WAYS = [
    ("en", "The council approved the plan on Monday.", "The council will vote on Monday.",
     "The council did not approve the plan.", "If the council agrees, work may start.",
     "The mayor denied the report.", "The vote was postponed on Monday."),
    ("vi", "Hội đồng đã thông qua kế hoạch hôm thứ Hai.", "Hội đồng sẽ bỏ phiếu vào thứ Hai.",
     "Hội đồng không thông qua đề án.", "Nếu hội đồng đồng ý, công việc có thể bắt đầu.",
     "Thị trưởng phủ nhận tin này.", "Cuộc bỏ phiếu bị hoãn hôm thứ Hai."),
    ("th", "สภาเมืองอนุมัติแผนเมื่อวันจันทร์", "สภาเมืองจะลงมติวันจันทร์", "สภาเมืองไม่อนุมัติแผน",
     "หากสภาเห็นชอบ งานอาจเริ่มได้", "นายกเทศมนตรีปฏิเสธข่าวนี้", "การลงมติถูกเลื่อนเมื่อวันจันทร์"),
    ("fa", "شورا دوشنبه طرح را تصویب کرد.", "شورا دوشنبه رأی خواهد داد.", "شورا طرح را تصویب نکرد.",
     "اگر شورا موافقت کند، کار شروع شده است.", "شهردار این خبر را تکذیب کرد.", "رأی‌گیری به تعویق افتاد."),
    ("ru", "Совет одобрил план в понедельник.", "Совет проголосует в понедельник.", "Совет не одобрил план.",
     "Если совет согласен, работы могут начаться.", "Мэр опроверг сообщение.", "Голосование отложено."),
    ("uk", "Рада схвалила план у понеділок.", "Рада голосуватиме в понеділок.", "Рада не схвалила план.",
     "Якщо рада згодна, роботи можуть початися.", "Мер спростував повідомлення.", "Голосування скасовано."),
    ("zh", "市议会周一通过了方案。", "市议会将于周一表决。", "市议会没有通过方案。", "如果市议会同意，工程可能动工。",
     "市长否认了这一消息。", "表决被推迟。"),
    ("ja", "市議会は月曜日に計画を可決した。", "市議会は月曜日に採決する予定だ。", "市議会は計画を可決しなかった。",
     "市議会が同意すれば工事が始まる可能性がある。", "市長は報道を否定した。", "採決は延期された。"),
    ("ko", "시의회는 월요일 안을 통과시켰다.", "시의회는 월요일 표결할 예정이다.", "시의회는 안을 통과시키지 않았다.",
     "시의회가 동의하면 공사가 시작될 수 있다.", "시장은 보도를 부인했다.", "표결은 연기됐다."),
    ("ar", "وافق المجلس على الخطة يوم الاثنين.", "سيصوت المجلس يوم الاثنين.", "لم يوافق المجلس على الخطة.",
     "إذا وافق المجلس فقد بدأ العمل.", "نفى رئيس البلدية الخبر.", "جرى تأجيل التصويت."),
    ("he", "המועצה אישרה את התוכנית ביום שני.", "המועצה צפויה להצביע ביום שני.", "המועצה לא אישרה את התוכנית.",
     "אם המועצה מסכימה, העבודה עשויה להתחיל.", "ראש העיר הכחיש את הידיעה.", "ההצבעה נדחתה."),
    ("hi", "परिषद ने सोमवार को योजना को मंजूरी दी।", "परिषद सोमवार को मतदान करेगी।", "परिषद ने मंजूरी नहीं दी।",
     "अगर परिषद मानती है तो काम शुरू हो सकता है।", "महापौर ने खबर का खंडन किया।", "मतदान स्थगित हुआ।"),
    ("id", "Dewan menyetujui rancangan itu pada Senin.", "Dewan akan memilih pada Senin.", "Dewan tidak menyetujuinya.",
     "Jika dewan setuju, pekerjaan mungkin dimulai.", "Wali kota membantah kabar itu.", "Pemungutan suara ditunda."),
    ("tr", "Meclis pazartesi günü planı onayladı.", "Meclis pazartesi günü oylama yapacak.", "Meclis planı onaylamadı.",
     "Eğer meclis onaylarsa iş başlayabilir.", "Başkan haberi yalanladı.", "Oylama ertelendi."),
    ("es", "El concejo aprobó el plan el lunes.", "El concejo votará el lunes.", "El concejo no aprobó el plan.",
     "Si el concejo acepta, la obra podría empezar.", "El alcalde desmintió la noticia.", "La votación fue aplazada."),
    ("fr", "Le conseil a adopté le plan lundi.", "Le conseil votera lundi.", "Le conseil n'a pas adopté le plan.",
     "Si le conseil accepte, les travaux pourraient commencer.", "Le maire a démenti la nouvelle.", "Le vote est reporté."),
    ("de", "Der Rat hat den Plan am Montag angenommen.", "Der Rat wird am Montag abstimmen.", "Der Rat hat den Plan nicht angenommen.",
     "Falls der Rat zustimmt, könnte der Bau beginnen.", "Der Bürgermeister bestritt den Bericht.", "Die Abstimmung wurde verschoben."),
    ("pt", "A câmara aprovou o plano na segunda-feira.", "A câmara votará na segunda-feira.", "A câmara não aprovou o plano.",
     "Caso a câmara concorde, a obra pode começar.", "O prefeito desmentiu a notícia.", "A votação foi adiada."),
    ("it", "Il consiglio ha approvato il piano lunedì.", "Il consiglio voterà lunedì.", "Il consiglio non ha approvato il piano.",
     "Se il consiglio accetta, i lavori potrebbero cominciare.", "Il sindaco ha smentito la notizia.", "Il voto è stato rinviato."),
    ("pl", "Rada przyjęła plan w poniedziałek.", "Rada zagłosuje w poniedziałek.", "Rada nie przyjęła planu.",
     "Jeśli rada się zgodzi, prace mogą ruszyć.", "Burmistrz zaprzeczył doniesieniom.", "Głosowanie odroczono."),
]  # fmt: skip


@pytest.mark.parametrize("row", SIX_WAYS, ids=[row[0] for row in SIX_WAYS])
def test_each_language_tells_a_fact_from_five_kinds_of_not_yet(row: tuple[str, ...]) -> None:
    """A done deed carries no mark against it, and each of the other five sentences carries its own mark."""
    language, done, future, negated, conditional, denied, cancelled = row
    assert modality(done, language).factual, cues(done, language)
    assert modality(future, language).future
    assert modality(negated, language).negated
    assert modality(conditional, language).conditional
    assert modality(denied, language).denied
    assert modality(cancelled, language).cancelled


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "In May 2024 not only ministers but also mayors signed."),
        ("vi", "Máy bay không người lái của không quân đã bay qua thành phố."),
        ("zh", "委员会不仅批准了预算，并将报告交给市长。"),
        ("de", "Die Frist ist abgelaufen und der Vertrag unterschrieben worden ist."),
        ("es", "Irán y Corea firmaron el acuerdo en Teherán."),
        ("hi", "निर्णय लोगों के आगे पढ़ा गया और गंगा का जल लगा।"),
        ("ar", "سافرت سيارة السفير إلى سيناء في سنة واحدة."),
        ("ko", "국회는 안전 법안을 통과시켰다."),
        ("ar", "وقع كلا البلدين الاتفاق في المرفأ."),
        ("fa", "ماهیگیران هنوز در بندر هستند."),
    ],
)
def test_look_alikes_of_cues_mark_nothing(language: str, sentence: str) -> None:
    """Words that merely hold or resemble a cue ("air force" in Vietnamese, the object marker in Chinese) do not count."""
    assert modality(sentence, language).factual, cues(sentence, language)


def test_a_cue_holds_for_its_clause_only() -> None:
    """Asked about one span, a plan told in another clause does not make the deed uncertain, nor the deed the plan done."""
    sentence = "The council approved the plan on 3 March, and the mayor will sign it on 9 April."
    at = sentence.index("3 March")
    assert modality(sentence, "en", (at, at + 7)).factual
    at = sentence.index("9 April")
    assert modality(sentence, "en", (at, at + 7)).future


def test_an_adverbial_before_a_comma_belongs_to_its_clause() -> None:
    """A date set off by a comma shares the verb that follows it."""
    sentence = "On 6 November, the upper house will vote on it."
    assert modality(sentence, "en", (3, 13)).future


def test_an_unknown_language_gives_no_mark_and_says_so() -> None:
    """No table is told apart from "no cue found"."""
    assert not known("tlh")
    assert modality("nuqneH", "tlh") == Modality()
    assert known("pt-BR")


@given(st.text(max_size=300), st.sampled_from([row[0] for row in SIX_WAYS]))
def test_clauses_cover_any_text_and_cues_lie_inside(text: str, language: str) -> None:
    """Clauses tile the sentence from end to end, and every cue is a non-empty span of it."""
    pieces = clauses(text, language)
    assert (pieces[0][0], pieces[-1][1]) == (0, len(text)) if text else pieces == ()
    assert all(left[1] == right[0] for left, right in itertools.pairwise(pieces))
    assert all(0 <= cue.start < cue.end <= len(text) for cue in cues(text, language))


def test_a_denial_reaches_what_follows_it_and_a_proper_name_is_no_plan() -> None:
    """ "denied that X" leaves X no fact; Will and May with a capital inside a sentence are names."""
    sentence = "The minister denied that the council approved the plan on Monday."
    at = sentence.index("approved")
    assert modality(sentence, "en", (at, at + 8)).denied
    assert modality("On Monday Mayor Will Okoye met Theresa May in Oslo.", "en").factual


@pytest.mark.parametrize("language", [row[0] for row in SIX_WAYS])
def test_a_long_sentence_is_read_in_bounded_time(language: str) -> None:
    """A text of 100,000 characters without an end costs no more than its length."""
    cues("a " * 50_000, language)
    cues("x" * 100_000, language)


@pytest.mark.parametrize(
    ("sentence", "language", "date"),
    [
        ("Ngày 6/11/2024, Hội đồng Liên bang, tức Thượng viện Nga, sẽ đưa hiệp ước ra bỏ phiếu.", "vi", "6/11/2024"),
        ("On 6 November, the Federation Council, the upper house, will vote on the treaty.", "en", "6 November"),
        ("Le 6 novembre, le Conseil de la Fédération, la chambre haute, devra se prononcer.", "fr", "6 novembre"),
    ],
)
def test_a_plan_reaches_its_date_over_an_aside(sentence: str, language: str, date: str) -> None:
    """A date before the subject belongs to the verb after it, whatever stands between commas beside the subject."""
    at = sentence.index(date)
    assert modality(sentence, language, (at, at + len(date))).future


def test_the_next_clause_with_a_subject_of_its_own_stays_apart() -> None:
    """What another subject will do does not put off what was done on the date."""
    sentence = "On 3 March, the council of Oslo approved the plan, and the mayor of the town will sign it on 9 April."
    assert not modality(sentence, "en", (3, 10)).future


@pytest.mark.parametrize(
    ("sentence", "negated"),
    [
        ("Le traité a été signé avant que le sommet ne commence.", False),
        ("Il craint que la guerre ne reprenne.", False),
        ("L'accord est plus fragile qu'il ne semble.", False),
        ("Le parti ne compte que trois députés.", False),
        ("Le parti n'a que trois députés.", False),
        ("Le traité n'a pas été signé.", True),
        ("Le conseil ne votera jamais ce texte.", True),
        ("Personne ne l'a vu.", True),
        ("Nul ne connaît la date du vote.", True),
        ("Le ministre ne peut voter.", True),
        ("Il craint que le texte ne soit pas voté.", True),
    ],
)
def test_french_ne_alone_is_no_negation(sentence: str, negated: bool) -> None:
    """The expletive ne and ne … que deny nothing; ne with pas, jamais, personne or nul does."""
    assert modality(sentence, "fr").negated is negated


def test_an_ordinal_number_ends_no_clause() -> None:
    """ "am 9. März" stays in one clause, so that the verb before it holds for what follows."""
    sentence = "Der Rat soll am 9. März über den Plan abstimmen."
    at = sentence.index("abstimmen")
    assert modality(sentence, "de", (at, at + 9)).future


def test_a_comma_before_a_figure_ends_a_clause_and_one_inside_does_not() -> None:
    """ "通信,3月" is two clauses, "2,5" one: a comma stands inside a figure only between two digits."""
    text = "由于山谷里没有信号,3月发射的卫星将传送数据。"
    assert [text[a:b] for a, b in clauses(text, "zh")] == ["由于山谷里没有信号,", "3月发射的卫星将传送数据。"]
    assert len(clauses("La tasa subió 2,5 puntos en junio", "es")) == 1


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "The river rose to a level not seen before in the valley."),
        ("en", "Prices stand at a height never recorded since the war."),
        ("vi", "Mực nước dâng cao theo cách chưa từng thấy trước đây."),
        ("th", "น้ำท่วมครั้งนี้รุนแรงอย่างที่ไม่เคยมีมาก่อน"),
        ("fa", "سیلی آمد که تاکنون دیده نشده است."),
        ("ru", "Вода поднялась на ранее не виданную высоту."),
        ("zh", "河水上涨到前所未有的高度。"),
        ("ja", "川はかつてない高さに達した。"),
        ("ko", "강물이 전례 없는 높이로 불어났다."),
        ("ar", "ارتفع النهر بشكل لم يسبق له مثيل."),
        ("tr", "Nehir daha önce görülmemiş bir düzeye çıktı."),
        ("de", "Der Fluss stieg auf eine nie dagewesene Höhe."),
        ("es", "El río alcanzó un nivel nunca antes visto."),
        ("fr", "La rivière a atteint un niveau jamais vu."),
        ("pl", "Rzeka osiągnęła nigdy wcześniej niewidziany poziom."),
        ("hi", "नदी इतनी ऊँची पहले कभी नहीं देखी गई।"),
    ],
)
def test_what_was_never_seen_before_happened(language: str, sentence: str) -> None:
    """ "Not seen before" says how great a thing was, not that it was not."""
    assert not modality(sentence, language).negated, cues(sentence, language)


def test_an_idiom_is_not_cut_at_a_joint_within_it() -> None:
    """ "Before" begins a clause, in "not seen before" it does not; "has not been seen since" denies as it did."""
    text = "The clans help each other in ways not seen before, with the port lending its cranes to the mill."
    assert [text[a:b] for a, b in clauses(text, "en")] == [text[:50], text[50:]]
    assert modality("The pilot has not been seen since March.", "en").negated


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("de", "Kein Wunder, dass die Fähre voll war."),
        ("fr", "Rien d’étonnant à ce que le bac soit plein."),
        ("es", "No es de extrañar que el ferri fuera lleno."),
        ("ru", "Неудивительно, что паром был полон."),
        ("ar", "ولا عجب أن تمتلئ العبارة بالركاب."),
        ("vi", "Không có gì lạ khi phà chật kín khách."),
        ("zh", "渡轮满员不足为奇。"),
        ("id", "Tidak heran feri itu penuh."),
    ],
)
def test_no_wonder_denies_nothing(language: str, sentence: str) -> None:
    """ "No wonder" says that something is so."""
    assert not modality(sentence, language).negated, cues(sentence, language)


def test_what_is_fake_is_denied_and_fake_accounts_are_not() -> None:
    """A report called a fake is denied; an account that is fake exists."""
    assert modality("В министерстве сказали, что это фейк.", "ru").denied
    assert not modality("У школьников больше фейковых страниц.", "ru").denied
