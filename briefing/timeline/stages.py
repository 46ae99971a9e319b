"""Where a storyline stands in a kind of process: the process it is an instance of, and the stages its sources tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from briefing.model import Article, Citation, Milestone, ProcessState, Sentence, Stage
from briefing.ports import Embed
from briefing.timeline.evidence import Centre, Evidence, alike, evidence
from briefing.timeline.lexicon import Lexicon
from briefing.timeline.loading import Process, StageKind
from briefing.timeline.reading import LEAD, Reading, read

_MATTER = 0.5  # share of the articles that must be about the kind of matter
_TOLD = 0.34  # share of the articles that must tell of a stage
_MOST = 240  # articles looked at


def process(
    articles: Sequence[Article],
    milestones: Sequence[Milestone],
    processes: Sequence[Process],
    embed: Embed | None = None,
    *,
    centre: Centre | None = None,
    languages: Sequence[str] = (),
) -> ProcessState | None:
    """Give the process that the storyline is an instance of and where it stands, or None where there is none.

    A stage is done only with a sentence that says so, of a deed of the parties concerned; what is planned is
    ``announced``; a vote lost or put off leaves its stage open with the sentence that says so. ``milestones`` are the
    storyline's own (a stage prefers to cite the same sentence), ``languages`` the reader's, best first. Stages are told
    by words (`Process.words`); those without cues by meaning, with ``embed`` and ``centre``, which takes a language's
    own direction out of its vectors: at most 24 sentences for each process that the storyline may be about.
    """
    reading = read(articles)
    step = max(1, len(reading.articles) // _MOST)
    looked_at = range(0, len(reading.articles), step)
    best: tuple[float, str] = (0.0, "")
    found: dict[str, tuple[Process, list[Evidence]]] = {}
    for kind in processes:
        lexicon = Lexicon(kind)
        about = _about(kind, lexicon, reading, looked_at)
        if about < _MATTER:
            continue
        told = evidence(kind, lexicon, reading, looked_at)
        if embed and centre:
            told += alike(kind, lexicon, told, reading, looked_at, embed, centre)
        score = _score(told, about, len(looked_at))
        found[kind.key] = (kind, told)
        if score > best[0]:
            best = (score, kind.key)
    if not best[1]:
        return None
    kind, told = found[best[1]]
    return _state(kind, told, reading, milestones, languages)


def mark(milestones: Sequence[Milestone], state: ProcessState | None) -> tuple[Milestone, ...]:
    """Give the milestones with the stage that each one shows: the one that cites the same sentence or has its date."""
    if state is None:
        return tuple(milestones)
    by_quote = {c.quote: stage.key for stage in state.stages if stage.sentence for c in stage.sentence.citations}
    by_date = {stage.date: stage.key for stage in state.stages if stage.date and stage.state != "open"}
    marked = []
    for milestone in milestones:
        keys = [by_quote[c.quote] for c in milestone.sentence.citations if c.quote in by_quote]
        key = keys[0] if keys else by_date.get(milestone.date)
        marked.append(replace(milestone, stage=key) if key else milestone)
    return tuple(marked)


def _about(kind: Process, lexicon: Lexicon, reading: Reading, looked_at: Sequence[int]) -> float:
    """The share of articles that name the matter in their title or at their top."""
    if not kind.matter:
        return 1.0
    hits = 0
    for index in looked_at:
        article = reading.articles[index]
        hits += lexicon.has(kind.matter, f"{article.title}\n{article.text[:500]}", article.language)
    return hits / max(1, len(looked_at))


def _score(told: Sequence[Evidence], about: float, articles: int) -> float:
    """How well the process fits; 0 where too few articles tell of a stage or none says that one was reached."""
    leads = {one.line.article for one in told if one.line.number < LEAD}
    all_telling = {one.line.article for one in told}
    done = {one.stage for one in told if one.kind == "done"}
    share = (len(leads) + 0.5 * (len(all_telling) - len(leads))) / max(1, articles)
    if share < _TOLD or not done:
        return 0.0
    return share * about * (1 + 0.25 * len(done))


# ---------------------------------------------------------------- from evidence to stages


def _state(
    kind: Process,
    told: Sequence[Evidence],
    reading: Reading,
    milestones: Sequence[Milestone],
    languages: Sequence[str],
) -> ProcessState | None:
    told = _plausible(kind, told, reading)
    cited = {c.quote for milestone in milestones for c in milestone.sentence.citations}
    stages = {
        one.key: _stage(one, [e for e in told if e.stage == one.key], reading, cited, languages) for one in kind.stages
    }
    for one in reversed(kind.stages):
        reached = stages[one.key]
        if reached.state == "done":
            for key in one.implies:
                if stages[key].state != "done" and not _missed(told, key):
                    stages[key] = replace(stages[key], state="done", date=None, sentence=reached.sentence)
    ordered = tuple(stages[one.key] for one in kind.stages)
    last = max((at for at, stage in enumerate(ordered) if stage.state == "done"), default=0)
    ordered = tuple(
        Stage(stage.key, stage.name) if at < last and stage.state == "announced" else stage
        for at, stage in enumerate(ordered)
    )
    done = [at for at, stage in enumerate(ordered) if stage.state == "done"]
    if not done:
        return None
    after = [at for at in range(done[-1] + 1, len(ordered)) if ordered[at].state != "done"]
    due = [at for at in after if ordered[at].state == "announced" or not kind.stages[at].optional]
    coming = due or after
    return ProcessState(kind.key, kind.name, ordered, ordered[done[-1]].key, ordered[coming[0]].key if coming else None)


def _plausible(kind: Process, told: Sequence[Evidence], reading: Reading) -> list[Evidence]:
    """Without what is said to be done in passing by one article only, or again after a later stage."""
    kept = list(told)
    for at, stage in enumerate(kind.stages):
        mine = [one for one in kept if one.stage == stage.key and one.kind == "done"]
        weight = sum(
            max(1.0 if one.line.number < LEAD and one.by_words else 0.5 for one in mine if one.line.article == article)
            for article in {one.line.article for one in mine}
        )
        later = {other.key for other in kind.stages[at + 1 :]}
        first = min((one.date for one in kept if one.stage in later and one.kind == "done" and one.date), default="9")
        kept = [
            one
            for one in kept
            if one not in mine or (weight >= 1 and not (stage.once and one.date and one.date > first))
        ]
    return kept


def _missed(told: Sequence[Evidence], stage: str) -> bool:
    return any(one.stage == stage and one.kind == "setback" for one in told)


def _stage(
    kind: StageKind, told: Sequence[Evidence], reading: Reading, cited: set[str], languages: Sequence[str]
) -> Stage:
    done = [one for one in told if one.kind == "done"]
    setbacks = [one for one in told if one.kind == "setback"]
    plans = [one for one in told if one.kind == "announced"]
    last_done = max((_when(one, reading) for one in done), default="")
    last_setback = max((_when(one, reading) for one in setbacks), default="")
    if done and last_done >= last_setback:
        best = _best(done, reading, cited, languages)
        return Stage(kind.key, kind.name, "done", best.date, _sentence(best, reading))
    if setbacks:
        best = max(setbacks, key=lambda one: _when(one, reading))
        return Stage(kind.key, kind.name, "open", None, _sentence(best, reading))
    if plans:
        best = _best(plans, reading, cited, languages)
        return Stage(kind.key, kind.name, "announced", best.date, _sentence(best, reading))
    return Stage(kind.key, kind.name)


def _when(one: Evidence, reading: Reading) -> str:
    """When the sources say so: the day of publication, else the date told."""
    published = reading.published[one.line.article]
    return published.isoformat() if published else one.date or ""


def _best(told: Sequence[Evidence], reading: Reading, cited: set[str], languages: Sequence[str]) -> Evidence:
    """The line to cite: exactly dated, of the date that most articles give it, near the top, in a language read."""
    votes = Counter(date for date, _ in {(one.date, one.line.article) for one in told if one.date})
    wanted = [language.partition("-")[0] for language in languages]

    def worth(one: Evidence) -> tuple[float, ...]:
        language = reading.articles[one.line.article].language.partition("-")[0]
        place = wanted.index(language) if language in wanted else len(wanted)
        return (
            float(len(one.date or "")),
            float(votes[one.date]) if one.date else 0.0,
            float(reading.text(one.line) in cited),
            float(one.line.number < LEAD),
            -float(place),
            -float(one.line.number),
            -float(one.line.end - one.line.start),
            -float(one.line.article),
        )

    return max(told, key=worth)


def _sentence(one: Evidence, reading: Reading) -> Sentence:
    article = reading.articles[one.line.article]
    quote = reading.text(one.line)
    citation = Citation(article.id, quote, one.line.start, one.line.end)
    return Sentence(" ".join(quote.split()), article.language, (citation,), article.published)
