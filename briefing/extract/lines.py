"""The lines of a page: what each most likely is, by points."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Literal

from briefing.extract.address import known_outlet
from briefing.extract.phrases import fold, phrases
from briefing.text.language import detect, script, scripts

Kind = Literal[
    "prose", "short", "crumbs", "meta", "caption", "byline", "source", "also", "related", "comments", "reply", "share",
    "tags", "legal", "service", "promo", "consent", "empty", "rating", "advert", "foreign",
]  # fmt: skip
"""What a line is; ``short`` is undecided (a title, a heading, a menu entry) until its place is known."""

_TERMINAL = re.compile(r"[.!?…。！？؟۔।॥]\s?['\"”“’‘»›）)\]】」』]*$")
_INNER = re.compile(r"[.!?…؟۔।]['\"”’»)]*\s+\S|[。！？]\S?")
_ADDRESS = re.compile(
    r"https?://|www\.|\w@\w|\b[\w-]+\.(?:com|net|org|vn|ru|ir|th|cn|jp|kr|de|fr|es|it|br|id|in|tr|pl)\b|"
    r"\+?\d[\d ().-]{8,}\d"
)
_SEPARATOR = re.compile(r"\s[|>»›→/·•]\s|[>→]|\s{3,}|\t")
CRUMBS = re.compile(r"\s*[>→]\s*|\s+[»›/]\s+")
"""What stands between breadcrumbs; quotation marks of many languages look alike but touch their words."""

_LONG = 3_000  # characters of a line that is either a paragraph or no text at all
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_UNMARKED = frozenset({"Thai", "Laoo", "Khmr", "Mymr", "Tibt"})
_CREDIT_AT_END = re.compile(r"[(（\[【]\s*([^()（）\[\]【】]{2,80}?)\s*[)）\]】]\s*[.。]?\s*$")
_PHOTO_AT_END = re.compile(
    r"(?:^|[.。!?]\s+|\s[-–—|]\s|\s|/)([^\s.。!?:：/=][^.。!?:：|=]{0,30}?)\s*[:：=]\s*([^.。!?:：=]{2,60})\.?$"
)
_EQUALS = re.compile(r"＝[^。＝]{1,25}$")
_ABBREVIATED = re.compile(r"^([^\W\d_]{2,6})\.\s?(?=[^\W\d_])")
_AFTER_MARK = re.compile(r"(?:[/|©]|\s[-–—]\s)\s*([^/|©]{2,40})$")
_KIN = tuple(
    frozenset(group.split())
    for group in (
        "ru uk be bg sr mk", "id ms", "no nb nn da sv", "cs sk", "es pt gl ca", "hr sr bs sl", "hi mr ne",
        "ar fa ur ckb ps", "fa tg", "az tr", "zh ja",
    )
)  # fmt: skip
"""Languages that a detector may take for one another in a single line."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page. ``units`` is its length in letters (a CJK letter counts as two and a half)."""

    text: str
    kind: Kind
    units: int
    folded: str


def letters(text: str) -> int:
    """Count letters so that a sentence counts about the same in any script."""
    wide = len(_WIDE.findall(text))
    return round(sum(1 for char in text if char.isalpha()) + 1.5 * wide)


def ends_sentence(text: str) -> bool:
    """Whether the text ends with a sentence mark, closing quotes and brackets apart."""
    return bool(_TERMINAL.search(text))


def unmarked(text: str) -> bool:
    """Whether the text is in a script that writes no sentence marks (Thai, Lao, Khmer, Burmese, Tibetan)."""
    found = scripts(text)
    return bool(found) and found.most_common(1)[0][0] in _UNMARKED


def read_line(text: str) -> Line:
    """Say what one line most likely is: each sign gives points to a kind, the kind with most points wins."""
    folded = fold(text)
    units = letters(text)
    if len(text) > _LONG:
        return Line(text, "prose" if units * 2 > len(text) else "empty", units, folded)
    points: dict[Kind, float] = defaultdict(float)
    points["prose"] = prose_points(text, units)
    points["short"] = 1.3
    _phrase_points(text, folded, units, points)
    _shape_points(text, folded, units, points)
    kind = max(points, key=lambda name: points[name])
    return Line(text, kind, units, folded)


def prose_points(text: str, units: int) -> float:
    """Points for being a paragraph of news: length, a sentence mark at the end, several sentences; no menu."""
    points = min(units / 70, 2.0)
    if unmarked(text):
        points += 0.6
    else:
        points += 0.8 if ends_sentence(text) else -0.6
    if _INNER.search(text, 10):
        points += 0.6
    if units < 150:
        points -= 0.7 * len(_ADDRESS.findall(text[:400])) + 0.75 * len(_SEPARATOR.findall(text))
    if sum(char.isdigit() for char in text) > 0.3 * max(len(text), 1):
        points -= 1.0
    return points


_WHOLE: tuple[Kind, ...] = (
    "comments", "related", "share", "tags", "rating", "empty", "advert", "reply", "service", "also",
)  # fmt: skip
_HEADS: tuple[Kind, ...] = ("comments", "related", "share", "tags", "rating", "service", "also")
_LABELS: tuple[Kind, ...] = ("source", "byline", "also", "tags", "service", "related", "share")
_INSIDE: tuple[Kind, ...] = ("legal", "promo", "consent")


def _phrase_points(text: str, folded: str, units: int, points: dict[Kind, float]) -> None:
    """Add what the phrase classes say; a phrase that is the whole line weighs most, one inside a sentence least."""
    open_end = not ends_sentence(text)
    if units <= 120:
        for kind in _WHOLE:
            if phrases(kind).whole(folded):
                points[kind] += 3.0
            elif open_end and units <= 60 and kind in _HEADS and phrases(kind).head(folded):
                points[kind] += 1.7
    for kind in _LABELS:
        if phrases(kind).label(text) is not None:
            # "Related: a title" stands between paragraphs, as "Read also: a title" does; "Related" alone heads a list.
            points["also" if kind == "related" else kind] += 2.6 if units <= 220 else 1.5
    if open_end and units <= 40 and credited(text) is not None:
        points["source"] += 3.0
    if open_end and units <= 40 and 1 < len(folded.split()) <= 4 and folded.split()[-1] in phrases("byline").phrases:
        points["byline"] += 2.0
    if phrases("photo").label(text) is not None and units <= 250:
        points["caption"] += 2.6
    if units <= 400:
        for kind in _INSIDE:
            points[kind] += 1.6 * phrases(kind).hits(folded)
    if phrases("home").whole(folded) or phrases("here").whole(folded):
        points["crumbs"] += 3.0
    for name in ("published", "updated", "views"):
        rest = phrases(name).label(text)
        if rest is not None and units <= 120 and any(char.isdigit() for char in rest[:40]):
            points["meta"] += 2.6


def _shape_points(text: str, folded: str, units: int, points: dict[Kind, float]) -> None:
    """Add what the shape says: breadcrumbs, counters, captions, lines of buttons."""
    here = phrases("here").label(text)
    parts = [part for part in CRUMBS.split(text) if part]
    if (
        here is not None
        or (len(parts) > 1 and phrases("home").whole(fold(parts[0])))
        or (len(parts) > 2 and units < 250)
    ):
        points["crumbs"] += 2.7
    if (
        units <= 80
        and any(char.isdigit() for char in text)
        and phrases("views").hits(folded)
        and not ends_sentence(text)
    ):
        points["meta"] += 1.9
    if is_caption(text, units):
        points["caption"] += 3.2
    buttons = [fold(part) for part in re.split(r"[|,·•/]|\s{2,}", text)]
    if len(buttons) > 1 and all(not part or phrases("share").whole(part) for part in buttons):
        points["share"] += 3.0
    words = folded.split()
    if len(words) > 1 and all(word in phrases("share").phrases for word in words):
        points["share"] += 3.0
    if units == 0 or not folded:
        points["empty"] += 3.0


def is_caption(text: str, units: int) -> bool:
    """Whether a line is a photo's caption: one sentence that ends in a credit, ``(Photo: Reuters)`` or ``/ AFP``."""
    if units > 260:
        return False
    found = _CREDIT_AT_END.search(text)
    if found and is_photo_credit(found[1]) and not _INNER.search(text[: found.start()], 10):
        return True
    if _INNER.search(text, 10) is None or units <= 160:
        label = _PHOTO_AT_END.search(text)
        if label and _ends_in_photo(label[1]):
            return True
    short = _ABBREVIATED.match(text)
    if short and units <= 60 and fold(short[1]) in phrases("photo").phrases and not ends_sentence(text):
        return True
    if _EQUALS.search(text) and units <= 120:
        return True
    tail = _AFTER_MARK.search(text)
    return bool(tail and not ends_sentence(text[: tail.start()]) and fold(tail[1]) in phrases("photo_agency").phrases)


def _ends_in_photo(label: str) -> bool:
    """Whether the words before a colon are a photo label, or end in one after other words."""
    folded = fold(label)
    words = folded.split()
    return any(" ".join(words[at:]) in phrases("photo").phrases for at in range(max(0, len(words) - 3), len(words)))


def credited(text: str) -> str | None:
    """Give the agency or outlet of a line such as ``(According to Reuters)``, or None for any other line."""
    bare = text.strip(" ()（）[].*")
    for phrase in phrases("credit").by_length:
        if len(bare) > len(phrase) and fold(bare[: len(phrase) + 1]) == phrase:
            rest = bare[len(phrase) :].strip(" :：")
            name = known_outlet(rest)
            return name or (rest if fold(rest) in phrases("photo_agency").phrases else None)
    return None


def is_photo_credit(inside: str) -> bool:
    """Whether the inside of a parenthesis credits a picture: ``Photo: X``, ``Source: X``, ``photo by X``, ``X/AFP``."""
    if phrases("photo").label(inside) is not None:
        return True
    rest = phrases("source").label(inside)
    if rest is not None and "://" not in rest:
        return True
    folded = fold(inside)
    if phrases("photo").whole(folded) or phrases("photo").head(folded, spare=5):
        return True
    names = [fold(part) for part in re.split(r"[/,|]", inside)]
    return len(names) > 1 and names[-1] in phrases("photo_agency").phrases


def language_of(lines: list[Line], hint: str | None) -> str:
    """Give the language that most of the page's paragraphs are in (of its short lines, where there is no paragraph)."""
    prose = [line for line in lines if line.kind == "prose"]
    chosen = (prose or [line for line in lines if line.kind == "short"] or lines)[:60]
    guessed = [(line, detect(line.text[:300], hint)) for line in chosen]
    weights: Counter[str] = Counter()
    for line, language in guessed:
        weights[language] += min(line.units, 400)
    if len(weights) > 1:
        del weights["und"]
    if not weights:
        return hint or "und"
    best = weights.most_common(1)[0][0]
    # Short paragraphs are guessed badly one by one: let the whole text decide between languages of one script.
    sample = "\n".join(line.text for line, language in guessed if script(language) == script(best))
    whole = detect(sample[:1_000], hint)
    return best if whole == "und" or weights[whole] * 2 < weights[best] else whole


def is_foreign(line: Line, language: str) -> bool:
    """Whether a line of text is in another language than the article: another script, or a sentence in the same."""
    if line.kind not in ("prose", "short"):
        return False
    found = scripts(line.text)
    total = sum(found.values())
    if language == "und" or total < 12:
        return False
    own = {"Jpan": ("Hani", "Kana"), "Kore": ("Hang", "Hani")}.get(script(language), (script(language),))
    share = sum(found[name] for name in own) / total
    if share < 0.3:
        return True
    if line.units < 60 or share < 0.9:
        return False
    other = detect(line.text, language)
    return other not in ("und", language.split("-")[0], language) and not any(
        {other.split("-")[0], language.split("-")[0]} <= group for group in _KIN
    )
