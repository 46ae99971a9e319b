"""Titles: the page's own without its site's name, or one made from the lead."""

from __future__ import annotations

import re

from briefing.extract.address import known_outlet, names_domain
from briefing.extract.body import Regions, is_date
from briefing.extract.lines import CRUMBS
from briefing.extract.phrases import fold
from briefing.text.cleaning import fold_spaces
from briefing.text.sentences import sentences
from briefing.text.words import content_words, display_width

_LONGEST = 300  # characters of a title given; longer ones are cut at a word
_MADE = 140  # cells of a title made
_AFFIX = re.compile(r"\s+[|–—\-»›·•]+\s+|\s*[|｜]\s*|\s*_\s*(?=[^_]*$)")
_CLAUSE = re.compile(r"[,;:،؛，；：、–—]\s*")


def clean_title(title: str, outlet: str | None, url: str | None) -> str:
    """Give the title on one line, without the outlet's name at its ends, cut at 300 characters."""
    title = fold_spaces(re.sub(r"^#{1,6}\s+", "", title)).strip()
    for _ in range(2):
        cuts, colon = list(_AFFIX.finditer(title)), re.search(r":\s+", title)
        if cuts and _is_site(title[cuts[-1].end() :], outlet, url) and title[: cuts[-1].start()].strip():
            title = title[: cuts[-1].start()].strip()
        elif colon and _is_site(title[: colon.start()], outlet, url) and title[colon.end() :].strip():
            title = title[colon.end() :].strip()
        elif cuts and _is_site(title[: cuts[0].start()], outlet, url) and title[cuts[0].end() :].strip():
            title = title[cuts[0].end() :].strip()
    return title if len(title) <= _LONGEST else _cut(title, _LONGEST)


def _is_site(part: str, outlet: str | None, url: str | None) -> bool:
    part = part.strip()
    if not part or len(part) > 40:
        return False
    if outlet and fold(part) == fold(outlet):
        return True
    return known_outlet(part) is not None or bool(url and names_domain(part, url))


def made_title(lead: str, language: str) -> str:
    """Give a title made of the lead's first sentence without its full stop, cut at a clause or word near 140 cells."""
    told = (lead[span.start : span.end] for span in sentences(lead[:2_000], language))
    first = fold_spaces(next((line for line in told if any(map(str.isalnum, line))), lead[:400]))
    first = re.sub(r"(?<![.…])[.。۔।]\s*$", "", first).strip()
    return first if display_width(first) <= _MADE + 20 else _cut(first, _MADE)


def _cut(text: str, cells: int) -> str:
    """Cut at the last clause mark in the second half of the room, else at the last space, else anywhere; end with …."""
    room = 0
    for at, char in enumerate(text):
        room += display_width(char)
        if room > cells:
            head = text[:at]
            break
    else:
        return text
    marks = [found.start() for found in _CLAUSE.finditer(head) if found.start() > len(head) // 2]
    if marks:
        return head[: marks[-1]].rstrip() + "…"
    space = head.rfind(" ")
    return (head[:space] if space > len(head) // 2 else head).rstrip(" ,;:،؛") + "…"


def find_title(regions: Regions, language: str) -> str | None:
    """Give the line before the article that is its title, or None.

    Signs: it shares words with the article, it comes again (as the last of the breadcrumbs), it is of a title's length
    and near the article's beginning, or no other line is there.
    """
    body = _stems("\n".join(line.text for line in regions.body[:30] if line.kind == "prose"), language)
    last_crumbs = {fold(CRUMBS.split(line.text)[-1]) for line in regions.head if line.kind == "crumbs"}
    best, most = None, 0.9
    likely = (line for line in regions.head if line.kind in ("short", "prose") and 8 <= line.units <= 220)
    candidates = [line for line in likely if not is_date(line, language)]
    for place, line in enumerate(reversed(candidates)):
        stems = _stems(line.text, language)
        points = 2.0 * len(stems & body) / max(len(stems), 1) + min(line.units, 50) / 50 - 0.15 * place
        points += 1.5 if line.folded in last_crumbs else 0.0
        points += 1.0 if line.text.startswith("# ") else 0.0
        points += 0.5 if len(candidates) == 1 and line.units >= 20 else 0.0
        if points > most:
            best, most = line, points
    return clean_title(best.text, None, None) if best else None


def _stems(text: str, language: str) -> frozenset[str]:
    """Give the first five letters of each word that carries meaning: endings differ between a title and its article."""
    return frozenset(word[:5] for word in content_words(text, language))
