"""Arrivals like months of news, made up: what `bench/grouping.py` takes the cost of the hundred-thousandth article by.

Nothing is ever complete, as in real archives: four of ten articles begin a matter, the others go on with that of an
earlier article, of an hour or of months ago, so that a few matters become long and old ones move again. Words, names
and figures are drawn by Zipf's law without an end, so that every article brings new ones. There are as many as in the
labelled sets: 90 words in a text, the commonest in a third of a language's texts, 16 parts of names, 5 figures; the
thousandth article brings some 19 new words. Languages have no words in common, but names, figures, countries and dates.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from briefing.grouping import Arrival, Features
from briefing.grouping.centring import shipped_means

LANGUAGES = ("en", "vi", "th", "fa", "ru", "es")
DIMENSIONS = 384
A_DAY = 500
"""Articles that arrive in a day."""

BEGINS = 0.4
"""The share of articles that begin a matter."""

MOVES = 0.4
"""The share of others that tell of a new event of their matter."""

LONG_AGO = 0.25
"""The share of those that go on with a matter of any time, however long ago."""

FIRST_DAY = 20_000
_SPREAD = 0.8
"""Of Zipf's law: the greater, the fewer are new; .8 gives as many new words per article as the labelled sets."""


@dataclass(frozen=True, slots=True)
class _Told:
    """A matter and what happened in it last: what its vectors come from, words, names, countries, figures and date."""

    matter: int
    event: int
    words: NDArray[np.int64]
    people: NDArray[np.int64]
    places: NDArray[np.int64]
    figures: NDArray[np.int64]
    day: int
    marks: dict[str, str]


def news(count: int, seed: int = 7) -> Iterator[Arrival]:
    """Make arrivals in order of publication; another ``seed`` gives other news.

    A vector is for the most part its language's mean, as those of the default engine are; two reports of one event have
    a centred cosine of some .73, two of one matter of .63.
    """
    rng, means = np.random.default_rng(seed), shipped_means()
    told: list[_Told] = []
    for number in range(count):
        day = FIRST_DAY + number // A_DAY
        if not told or rng.random() < BEGINS:
            one = _begun(rng, day)
        else:
            one = told[_earlier(rng, number)]
            if rng.random() < MOVES:
                one = _moved(rng, one, day)
        told.append(one)
        language = LANGUAGES[int(rng.integers(len(LANGUAGES)))]
        centred = _meaning(one) + 0.65 * rng.normal(size=DIMENSIONS)
        vector = means[language] + 0.4 * centred / np.linalg.norm(centred)
        words = [*rng.choice(one.words, 25).tolist(), *_zipf(rng, 200, 75).tolist()]
        terms = {f"{language}{word}": "w" for word in words}
        people = {f"pers{name % 997} nam{name}": "n" for name in rng.choice(one.people, 4).tolist()}
        people |= {f"pers{name % 997} nam{name}": "n" for name in _zipf(rng, 300, 1).tolist()}
        yield Arrival(
            f"a{number:06}",
            f"Title {number}",
            Features(
                language=language,
                source=f"s{number % 40}",
                day=FIRST_DAY + number / A_DAY,
                titled=tuple(list(terms)[:8]),
                terms=terms,
                people=people,
                places={f"C{place}": "p" for place in rng.choice(one.places, 2).tolist()},
                numbers={f"{figure}": "1" for figure in [*one.figures.tolist(), *_zipf(rng, 15, 3).tolist()]},
                dates={(date(1970, 1, 1) + timedelta(days=one.day)).isoformat(): "d"} if rng.random() < 0.5 else {},
                marks=one.marks,
                signature=tuple(rng.integers(2**32, size=64).tolist()),
            ),
            (vector / np.linalg.norm(vector)).astype(np.float32),
        )


def _earlier(rng: np.random.Generator, number: int) -> int:
    return number - int(number ** rng.random()) if rng.random() > LONG_AGO else int(rng.integers(number))


def _begun(rng: np.random.Generator, day: int) -> _Told:
    return _Told(
        int(rng.integers(2**32)),
        int(rng.integers(2**32)),
        _zipf(rng, 1_500, 60),
        _zipf(rng, 300, 5),
        (250 * rng.random(3) ** 3).astype(int),
        _zipf(rng, 200, 2),
        day,
        {f"election@{2_000 + int(rng.integers(40))}": "election"} if rng.random() < 0.05 else {},
    )


def _meaning(one: _Told) -> NDArray[np.float64]:
    """Give a vector that is the same each time, so that none needs to be kept."""
    matter, event = (np.random.default_rng(seed).normal(size=DIMENSIONS) for seed in (one.matter, one.event))
    return np.asarray(matter + 0.4 * event)


def _moved(rng: np.random.Generator, one: _Told, day: int) -> _Told:
    """Give what happened next: some words, names and figures are new."""
    return _Told(
        one.matter,
        int(rng.integers(2**32)),
        np.concatenate([one.words[:45], _zipf(rng, 1_500, 15)]),
        np.concatenate([one.people[:4], _zipf(rng, 300, 1)]),
        one.places,
        _zipf(rng, 200, 2),
        day,
        one.marks,
    )


def _zipf(rng: np.random.Generator, common: int, count: int) -> NDArray[np.int64]:
    """Draw ranks by Zipf's law with Mandelbrot's shift: the first ``common`` are about equally common."""
    return (common * (rng.random(count) ** (-1 / _SPREAD) - 1)).astype(np.int64)
