"""The best source headline of a storyline, cleaned of what clings to it; never a made-up one."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from functools import cache
from urllib.parse import urlsplit

from briefing.compose.similarity import alike, bags
from briefing.compose.tables import table
from briefing.model import Article
from briefing.text.cleaning import fold_spaces

_BAR = re.compile(r"\s*[|│｜]\s*|\s+::\s+|\s+[»›·]\s+")
_DASH = re.compile(r"\s+[-–—―•~«/]\s+|\s*＿\s*|\s+_\s*|(?<=[\u3040-\u30ff\u4e00-\u9fff])[_-](?=\S)")
_ENDS = re.compile(
    r"\s*(?:\[[^\]]{1,20}\]|\((?:video|photos?|ảnh|clip|фото|видео|vidéo|foto|updated?|aktualisiert|mis à jour|"
    r"actualizado|atualizado|aggiornato|обновлено|cập nhật|更新)\)|(?:\s#\w+)+)\s*$",
    re.IGNORECASE,
)
_LONGEST = 160
_STEPS = (7, 30, 90, 365)  # days
_WEIGHED = 300  # articles whose headlines are compared with what the others say
_ORNAMENT = frozenset(("So", "Sk", "Cf", "Zs"))  # emoji with their modifiers and joiners


@cache
def _marks() -> re.Pattern[str]:
    joined = "|".join(table("headlines")["marks"])
    return re.compile(
        rf"^\s*(?:[\[(【［]\s*(?:{joined})\s*[\])】］]|#(?:{joined})\b|(?:{joined})\s*[:：|•!！+\-–—]+)\s*",
        re.IGNORECASE,
    )


@cache
def _shouted() -> re.Pattern[str]:
    """A mark before a comma ("EN DIRECT, ..."), which is one only where it is in capitals."""
    return re.compile(rf"^(?:{'|'.join(table('headlines')['marks'])}),\s+", re.IGNORECASE)


@cache
def _afterwards() -> re.Pattern[str]:
    joined = "|".join(table("headlines")["marks"])
    return re.compile(rf"\s+[-–—|:]\s*(?:{joined})\s*[!:]*$", re.IGNORECASE)


@cache
def _clickbait() -> re.Pattern[str]:
    return re.compile("|".join(table("headlines")["clickbait"]), re.IGNORECASE)


def clean(title: str, names: Sequence[str] = ()) -> str:
    """Give a headline without the site's name, section, format mark ("VIDEO:") and trailing brackets.

    ``names`` are what the site calls itself; a part after a dash goes only when it is one of them, a part after a bar
    when something that can be a headline is left. Never empty where the title is not.
    """
    text = _bare(fold_spaces(title))
    for _ in range(4):
        shorter = _unmarked(text)
        if len(shorter) < 8 or shorter == text:
            break
        text = shorter
    known = {re.sub(r"\W+", "", name).casefold() for name in names if name}
    return _unmarked_or(_unnamed(_unbarred(text, known), known))


def _unmarked(text: str) -> str:
    shouted = _shouted().match(text)
    if shouted and text[: shouted.end()].isupper():
        text = text[shouted.end() :]
    return _bare(_ENDS.sub("", _afterwards().sub("", _marks().sub("", text))))


def _unmarked_or(text: str) -> str:
    """Take off a mark that stood behind the site's name ("Marvo Times: LIVE: ...")."""
    shorter = _unmarked(text)
    return shorter if len(shorter) >= 8 else text


def _bare(text: str) -> str:
    """Take emoji, bars, pluses and spaces off both ends; nothing where nothing else is there."""
    start, end = 0, len(text)
    while start < end and _is_ornament(text[start]):
        start += 1
    while end > start and _is_ornament(text[end - 1]):
        end -= 1
    return text[start:end] or text.strip()


def _is_ornament(char: str) -> bool:
    return char.isspace() or (char != "°" and (char in "|+•►▶*=~_\ufe0f" or unicodedata.category(char) in _ORNAMENT))


def _unbarred(text: str, known: set[str]) -> str:
    """Keep the longest part between bars that does not hold the site's name, if a headline can be so short."""
    parts = [part for part in _BAR.split(text) if part]
    if len(parts) < 2:
        return text
    own = [part for part in parts if not any(name in _folded(part) for name in known if len(name) >= 4)]
    for kept in (own, parts):
        longest = max(kept, key=len, default="")
        if len(longest) >= 15 or len(longest) * 2 >= len(text) or (_cjk(longest) and len(longest) >= 6):
            return longest
    return text


def _unnamed(text: str, known: set[str]) -> str:
    """Take the site's name off, before a colon or at either end beside a dash."""
    said_by = re.match(r"([^:：]{2,30})[:：]\s+", text)
    if said_by and _folded(said_by[1]) in known and len(text) - said_by.end() >= 8:
        text = text[said_by.end() :]
    while True:
        dashes = list(_DASH.finditer(text))
        if not dashes:
            return text
        tail, head = _folded(text[dashes[-1].end() :]), _folded(text[: dashes[0].start()])
        if tail and _is_name(tail, known) and dashes[-1].start() >= 8:
            text = text[: dashes[-1].start()].rstrip()
        elif _cjk(text) and text[dashes[-1].start()] == "_" and dashes[-1].start() >= 6:
            text = text[: dashes[-1].start()].rstrip()  # 标题_栏目_网站
        elif head and _is_name(head, known) and len(text) - dashes[0].end() >= 8:
            text = text[dashes[0].end() :].lstrip()
        else:
            return text


def _folded(part: str) -> str:
    return re.sub(r"\W+", "", part).casefold()


def _cjk(text: str) -> bool:
    return any("\u3040" <= char <= "\u9fff" for char in text)


def _is_name(part: str, known: set[str]) -> bool:
    """Whether a part is one of the site's names, or holds one, or is held by one."""
    return any(
        part == name or ((len(name) >= 4 or _cjk(name)) and (name in part or part in name) and len(part) < 30)
        for name in known
    )


def names_of(article: Article) -> tuple[str, ...]:
    """Give what an article's site may call itself: outlet, source, and the labels of its host."""
    host = (urlsplit(article.url).hostname or "") if article.url else ""
    labels = [label for label in host.split(".")[:-1] if len(label) > 3]
    return tuple(name for name in (article.outlet, article.credit, article.source, host, *labels) if name)


def headline(articles: Sequence[Article], languages: Sequence[str], newest: Sequence[str] = ()) -> tuple[str, str, str]:
    """Choose the headline of a storyline: (cleaned text, its language, the id of its article).

    Preference: a language that the reader reads; a source's own headline over one made from a lead, which is in its
    words as well; what is near the newest development (``newest`` ids) in time, so that a matter of years is not headed
    by its first week; then the reader's languages in order, and the one that says most of what the others say.
    Questions, clickbait, live blogs and over-long lines rank last.

    Raises ValueError for no article.
    """
    if not articles:
        raise ValueError("a headline needs at least one article")
    cleaned = [clean(article.title, names_of(article)) for article in articles]
    wanted = [language.split("-")[0] for language in languages]
    recent = set(newest)
    latest = max((article.published.day for article in articles if article.published), default=None)

    def merit(index: int) -> tuple[float, ...]:
        article, text = articles[index], cleaned[index]
        base = article.language.split("-")[0]
        order = wanted.index(base) if base in wanted else len(wanted)
        flaws = (
            2.0 * bool(_clickbait().search(text))
            + 1.5 * text.rstrip('"”»').endswith(("?", "؟", "？", "...", "…"))
            + 1.0 * bool(_marks().match(article.title))
            + 1.0 * (len(text) > _LONGEST or len(text) < (6 if base in ("zh", "ja", "ko") else 15))
            + 0.5 * text.isupper()
            + 3.0 * (not any(map(str.isalpha, text)))
        )
        behind = 0 if article.id in recent else _behind(article, latest)
        return (-float(flaws >= 3), float(order < len(wanted)), -float(article.title_made), -float(behind),
                -float(order), -flaws, float(article.id in recent))  # fmt: skip

    ranked = sorted(range(len(articles)), key=merit, reverse=True)[:_WEIGHED]
    central = _central([articles[index] for index in ranked], [cleaned[index] for index in ranked])
    said = dict(zip(ranked, central, strict=True))
    best = max(ranked, key=lambda index: (*merit(index), said[index], -index))
    return cleaned[best], articles[best].language, articles[best].id


def _central(articles: Sequence[Article], titles: Sequence[str]) -> list[float]:
    """Give how much of what the others say each article's title and opening say."""
    openings = [f"{title}. {article.text[:400]}" for title, article in zip(titles, articles, strict=True)]
    likeness = alike(bags(openings, [article.language for article in articles]))
    return [round(float(value), 6) for value in likeness.mean(axis=1)]


def _behind(article: Article, latest: date | None) -> int:
    """Give how far an article lies behind the latest, in steps that widen: within a week, a month, a season, a year."""
    if latest is None or article.published is None:
        return len(_STEPS)
    return bisect_left(_STEPS, (latest - article.published.day).days)
