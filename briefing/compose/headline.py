"""The best source headline of a storyline, cleaned of what clings to it; never a made-up one."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from functools import cache
from urllib.parse import urlsplit

from briefing.compose.similarity import alike, bags
from briefing.compose.tables import table
from briefing.model import Article
from briefing.text.cleaning import fold_spaces

_BAR = re.compile(r"\s*[|│｜]\s*|\s+(?:::|»|›|·)\s+")
_DASH = re.compile(r"\s+[-–—―]\s+|\s*＿\s*|\s+_\s*")
_ENDS = re.compile(
    r"\s*(?:\[[^\]]{1,20}\]|\((?:video|photos?|ảnh|clip|фото|видео|vidéo|foto|updated?)\))\s*$", re.IGNORECASE
)
_LONGEST = 160
_STEPS = (7, 30, 90, 365)  # days


@cache
def _marks() -> re.Pattern[str]:
    joined = "|".join(table("headlines")["marks"])
    return re.compile(rf"^\s*(?:[\[(【［]\s*(?:{joined})\s*[\])】］]|(?:{joined})\s*[:：|•!！\-–—]+)\s*", re.IGNORECASE)


@cache
def _clickbait() -> re.Pattern[str]:
    return re.compile("|".join(table("headlines")["clickbait"]), re.IGNORECASE)


def clean(title: str, names: Sequence[str] = ()) -> str:
    """Give a headline without the site's name, section, format mark ("VIDEO:") and trailing brackets.

    ``names`` are what the site calls itself; a part after a dash goes only when it is one of them, a part after a bar
    when something that can be a headline is left. Never empty where the title is not.
    """
    text = fold_spaces(title).strip()
    for _ in range(3):
        shorter = _ENDS.sub("", _marks().sub("", text)).strip()
        if len(shorter) < 8 or shorter == text:
            break
        text = shorter
    parts = [part for part in _BAR.split(text) if part]
    if len(parts) > 1:
        longest = max(parts, key=len)
        text = longest if len(longest) >= 15 or len(longest) * 2 >= len(text) else text
    known = {re.sub(r"\W+", "", name).casefold() for name in names if name}
    while True:
        dashes = list(_DASH.finditer(text))
        if not dashes:
            return text
        tail = re.sub(r"\W+", "", text[dashes[-1].end() :]).casefold()
        head = re.sub(r"\W+", "", text[: dashes[0].start()]).casefold()
        if tail and _is_name(tail, known) and dashes[-1].start() >= 8:
            text = text[: dashes[-1].start()].rstrip()
        elif head and _is_name(head, known) and len(text) - dashes[0].end() >= 8:
            text = text[dashes[0].end() :].lstrip()
        else:
            return text


def _is_name(part: str, known: set[str]) -> bool:
    return any(part == name or (len(name) >= 4 and (name in part or part in name) and len(part) < 30) for name in known)


def names_of(article: Article) -> tuple[str, ...]:
    """Give what an article's site may call itself: outlet, source, and the labels of its host."""
    host = (urlsplit(article.url).hostname or "") if article.url else ""
    labels = [label for label in host.split(".")[:-1] if len(label) > 3]
    return tuple(name for name in (article.outlet, article.credit, article.source, host, *labels) if name)


def headline(articles: Sequence[Article], languages: Sequence[str], newest: Sequence[str] = ()) -> tuple[str, str, str]:
    """Choose the headline of a storyline: (cleaned text, its language, the id of its article).

    Preference: a source's own headline over one made from a lead; a language that the reader reads; what is near the
    newest development (``newest`` ids) in time, so that a matter of years is not headed by its first week; then the
    reader's languages in order, and the one that says most of what the others say. Questions, clickbait, live blogs
    and over-long lines rank last.
    Raises ValueError for no article.
    """
    if not articles:
        raise ValueError("a headline needs at least one article")
    cleaned = [clean(article.title, names_of(article)) for article in articles]
    wanted = [language.split("-")[0] for language in languages]
    central = alike(bags([f"{title}. {article.text[:400]}" for title, article in zip(cleaned, articles, strict=True)],
                         [article.language for article in articles])).mean(axis=1)  # fmt: skip
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
        return (-float(article.title_made), -float(flaws >= 3), float(order < len(wanted)), -float(behind),
                -float(order), -flaws, float(article.id in recent), round(float(central[index]), 6))  # fmt: skip

    best = max(range(len(articles)), key=lambda index: (*merit(index), -index))
    return cleaned[best], articles[best].language, articles[best].id


def _behind(article: Article, latest: date | None) -> int:
    """Give how far an article lies behind the latest, in steps that widen: within a week, a month, a season, a year."""
    if latest is None or article.published is None:
        return len(_STEPS)
    return bisect_left(_STEPS, (latest - article.published.day).days)
