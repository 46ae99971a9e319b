"""One clause read: the negations in it and which side of each pair of opposites it holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from briefing.grounding.alignment import Told
from briefing.grounding.tables import data
from briefing.text.language import spaced
from briefing.text.modality import Cue, clauses, cues

_CLOSE = 12  # characters between a negation and the word it turns
_AGAINST = ("negated", "denied", "cancelled")
_WITHOUT = "without"  # the row of words that deny without a "not"
REFUSING = frozenset(("agree", "confirm", "succeed"))
"""Rows whose second side says that something is not so."""
_EITHER = frozenset(
    "rise survive buy more fast tighten arrest advance north east vote resign soften better profit binding".split()  # noqa: SIM905
)
UNTIL = re.compile(
    r"until|till |bis |jusqu|hasta|fino a|até |до |đến|cho tới|จนถึง|تا |حتى|kadar|까지|まで|直到|तक|sampai|hingga"
)
"""Says how long something lasts."""
_OVERRULING = frozenset(("exclude",))  # rows whose second side is often said of the first: "ruled out the possibility"


@dataclass(frozen=True, slots=True)
class Clause:
    """What of a clause may turn it: the negations that nothing cancels, and the sides of each row of opposites.

    ``off`` where it says that something was put off or called off; ``negated`` where it has a "not", whatever that
    turns, and ``bare`` are the sides that its words have without one.
    """

    text: str
    language: str
    negations: tuple[str, ...]
    sides: tuple[tuple[str, int, str], ...]
    veiled: bool
    off: bool
    negated: bool = False
    bare: tuple[tuple[str, int], ...] = ()

    @property
    def denies(self) -> bool:
        """Whether anything in it may deny what another text puts with a "not"."""
        return bool(self.negations) or self.veiled or any(side and row not in _EITHER for row, side, _ in self.sides)

    @property
    def refuses(self) -> tuple[str, ...]:
        """The words by which it says that something was not done or is not so."""
        return self.negations or tuple(word for row, side, word in self.sides if side and row in REFUSING)

    def side(self, row: str) -> int | None:
        """The side of a row that it holds, 0 or 1; None for neither or both."""
        found = {side for name, side, _ in self.sides if name == row}
        if len(found) == 2 and row in _OVERRULING:
            return 1
        return found.pop() if len(found) == 1 else None

    def agrees(self, other: Clause, row: str) -> bool:
        """Whether both have a "not" and, apart from it, the same side of a row: which word it turns is less sure."""
        ours, theirs = ({side for name, side in one.bare if name == row} for one in (self, other))
        return self.negated and other.negated and len(ours) == 1 and ours == theirs


# Words that look like a negation: Chinese 不到 (less than), 非常 (very).
_NO_NEGATION = re.compile(r"不[到久断斷仅僅少同足时時过過但论論管料满滿安]|非[常法洲凡]|[无無][数數论論线線]")


# Votes that are counted: "53 phiếu chống" says nothing of who is against what is told.
_VOTES = re.compile(
    r"(?<=\d )phiếu (?:thuận|chống|trắng)|(?:(?<=\d )vote|votes) (?:for|against|in favou?r)|voix (?:pour|contre)"
    r"|votos (?:a favor|en contra)"
    r"|голос\w* (?:за|против)|\d\s?เสียง(?:เห็นด้วย|คัดค้าน|ไม่เห็นด้วย)|رأی (?:موافق|مخالف)|صوت\w? (?:مؤيد|معارض)"
    r"|(?<!投)[赞贊]成票|(?<!投)反[对對]票|票(?:[赞贊]成|反[对對])|(?:賛成|反対)\s?\d+\s?票|(?:찬성|반대)\s?\d+\s?표"
    r"|stimmen (?:dafür|dagegen)",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def read_clause(text: str, language: str) -> Clause:
    """Read a clause of a language."""
    text = _VOTES.sub(lambda match: " " * len(match[0]), text)
    found = [cue for cue in cues(text, language) if cue.kind in _AGAINST]
    against = [(c.start, c.end) for c in found if not _NO_NEGATION.match(text, c.start)]
    words = _longest(
        (row, side, match.start(), match.end())
        for row, pair in _pairs(language).items()
        for side, pattern in enumerate(pair)
        for match in pattern.finditer(text)
    )
    # A word that denies by itself is no negation of itself, and "not rejected" is no rejection.
    plain = _apart(
        (a, b)
        for a, b in against
        if not any(side and _touch((a, b), (c, d)) and not _inner(text[d:b], language) for _, side, c, d in words)
    )
    turned = {span: _turned(span, [(c, d) for _, _, c, d in words], text, language) for span in plain}
    plain = _uncancelled(plain, found)
    turning = [span for span in plain if not any(side and _touch((c, d), turned[span]) for _, side, c, d in words)]
    sides = tuple(
        (row, side ^ any(_touch((a, b), word) for word in turned.values()), text[a:b]) for row, side, a, b in words
    )
    sides = _governed(sides, words, text, language)
    veiled = _veiled(language)
    return Clause(
        text,
        language,
        tuple(text[a:b] for a, b in turning),
        sides,
        veiled is not None and veiled.search(text) is not None,
        any(cue.kind == "cancelled" for cue in found),
        bool(plain),
        tuple((row, side) for row, side, _, _ in words),
    )


_GOVERNS = frozenset(("agree", "succeed", "exclude"))  # "refused to", "failed to", "ruled out"
_FATES = frozenset(("survive", "hurt"))  # rows that nobody refuses


def _governed(
    sides: tuple[tuple[str, int, str], ...], words: Sequence[tuple[str, int, int, int]], text: str, language: str
) -> tuple[tuple[str, int, str], ...]:
    """Turn what is refused or fails: "refused to sign", "failed to agree", 署名を拒否.

    Of rows of which neither side denies the other only the first is turned: who rejects a sale has not bought.
    """
    turned = list(sides)
    for n, (_, _, start, end) in enumerate(words):
        if not (sides[n][0] in _GOVERNS and sides[n][1]):
            continue
        for m, (_, _, first, last) in enumerate(words):
            gap = start - last if language in _NEGATED_BEHIND and language != "de" else first - end
            between = text[last:start] if first < start else text[end:first]
            both = sides[m][0] not in _GOVERNS | _FATES | _EITHER
            if m != n and (both or sides[m][1] == 0) and 0 <= gap < _CLOSE and not _PARTED.search(between):
                turned[m] = (sides[m][0], 1 - sides[m][1], sides[m][2])
    return tuple(turned)


_PARTED = re.compile("[,;:،؛、，；。]")


_SHARING = frozenset(("vote", "steady"))  # rows whose words hold those of others: 投赞成票, "erhöht"


def _longest(found: Iterable[tuple[str, int, int, int]]) -> list[tuple[str, int, int, int]]:
    """Words of rows without those that are but a part of others: "deten" of "detenido", "ban" of "lift the ban"."""
    words = list(found)
    whole = {(start, end) for row, _, start, end in words if row not in _SHARING}
    return [one for one in words if not any(a <= one[2] and one[3] <= b and b - a > one[3] - one[2] for a, b in whole)]


def _uncancelled(spans: Sequence[tuple[int, int]], found: Sequence[Cue]) -> list[tuple[int, int]]:
    """Negations without those that undo a calling off, and what they undo: "did not cancel"."""
    off = [(cue.start, cue.end) for cue in found if cue.kind == "cancelled"]
    plain = [span for span in spans if not any(_touch(span, one) for one in off)]
    paired = {(one, span) for one in off for span in plain if _gap(one, span) < _CLOSE}
    gone = [span for pair in paired for span in pair]
    return [span for span in spans if not any(_touch(span, one) for one in gone)]


def _gap(one: tuple[int, int], two: tuple[int, int]) -> int:
    return max(two[0] - one[1], one[0] - two[1], 0)


def _apart(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for span in sorted(spans):
        if kept and _touch(kept[-1], span):
            kept[-1] = (kept[-1][0], max(kept[-1][1], span[1]))
        else:
            kept.append(span)
    return kept


def _touch(one: tuple[int, int], two: tuple[int, int]) -> bool:
    return one[0] < two[1] and two[0] < one[1]


_NOBODY = re.compile(
    r"no(?:body|thing|ne| one)|niemand|nichts|kein|personne|rien|aucun|nadie|nada|ning|ness?un|niente|ник|нич|ни ",
    re.IGNORECASE,
)
_ENDING = frozenset(("ja", "ko", "tr"))  # where it ends a verb and turns nothing behind it
_BEFORE = re.compile("[안못] |hiç|ne ", re.IGNORECASE)
_NEGATED_BEHIND = frozenset(("ja", "ko", "fa", "tr", "hi", "de"))  # where "not" may stand behind its verb


def _turned(negation: tuple[int, int], words: Sequence[tuple[int, int]], text: str, language: str) -> tuple[int, int]:
    """Give the one word that a negation turns, the nearest: "did not ratify", "تصویب نکرد"; an empty span for none."""
    near = [
        (max(a - negation[1], negation[0] - b, 0), a < negation[0], (a, b))
        for a, b in words
        if (negation[0] < b or language in _NEGATED_BEHIND or _NOBODY.match(text, negation[0]))
        and not (a >= negation[1] and language in _ENDING and not _BEFORE.match(text, negation[0]))
    ]
    gap, _, word = min(near, default=(_CLOSE, False, (0, 0)))
    return word if gap < _CLOSE else (0, 0)


_INNER = re.compile("m[ae]d|m[ae]m[ıi]ş|m[ıiuü]yor|m[ae]y[ae]c|m[ae]z")


def _inner(rest: str, language: str) -> bool:
    """Whether the end of a word negates it, as in Turkish: yasakla|madı."""
    return language == "tr" and _INNER.search(rest) is not None


def parts_of(told: Told) -> list[Clause]:
    """Give the clauses of a told sentence, each read."""
    return [read_clause(told.text[a:b], told.language) for a, b in clauses(told.text, told.language)] or [
        read_clause(told.text, told.language)
    ]


# ---------------------------------------------------------------- opposites


@cache
def _pairs(language: str) -> dict[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    pairs = {}
    for row, languages in data("opposites").items():
        if row != _WITHOUT and language in languages:
            one, other = languages[language].split(" | ")
            pairs[row] = (_side(one, language), _side(other, language))
    return pairs


@cache
def _veiled(language: str) -> re.Pattern[str] | None:
    listed = data("opposites")[_WITHOUT].get(language)
    return _side(listed, language) if listed else None


def _side(listed: str, language: str) -> re.Pattern[str]:
    stems = sorted((stem.strip() for stem in listed.split(",")), key=len, reverse=True)
    before = r"(?<!\w)(?:[וובהול]|ال|و)?" if language in ("ar", "he") else r"(?<!\w)" if spaced(language) else ""
    after = r"(?!\w)" if language == "vi" else ""
    joined = "|".join(stem.replace("$", r"(?!\w)") for stem in stems)
    return re.compile(f"{before}(?:{joined}){after}", re.IGNORECASE)
