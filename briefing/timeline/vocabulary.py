"""What a storyline is about: how rare its words are, which recur from article to article, and who is named."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from briefing.text.names import find_names, same_name
from briefing.text.words import content_words
from briefing.timeline.reading import Reading

Bag = dict[str, float]
_TOPIC = 400  # articles whose leads make up the matter
_NAMING = 50  # articles whose names make up who the matter is about
_TOP = 600  # characters of an article that say what it is about
_KEYWORDS = 12  # words of one language that stand for the matter
_COMMON = 0.15  # share of the articles that such a word must recur in
_FEW = 4  # articles of one language below which none of its words is known to recur


class Vocabulary:
    """Inverse document frequencies of one storyline, and the matter it is about as one bag of words."""

    def __init__(self, reading: Reading) -> None:
        chosen = range(0, len(reading.articles), max(1, len(reading.articles) // _TOPIC))
        by_language: defaultdict[str, Counter[str]] = defaultdict(Counter)
        articles = Counter(reading.articles[index].language for index in chosen)
        for index in chosen:
            article = reading.articles[index]
            said = set(content_words(f"{article.title}\n{article.text[:_TOP]}", article.language))
            by_language[article.language].update(said)
        frequency = sum(by_language.values(), Counter())
        self._count = len(chosen)
        self._frequency = frequency
        common = {term: float(seen) for term, seen in frequency.items() if seen >= max(2, _COMMON * self._count)}
        self.topic = _unit(common)
        self._keywords = {
            language: frozenset(_recurring(said, articles[language]))
            for language, said in by_language.items()
            if articles[language] >= _FEW
        }
        self.names = self._names(reading, chosen) if len({one.language for one in reading.articles}) > 1 else {}

    @staticmethod
    def _names(reading: Reading, chosen: Sequence[int]) -> Bag:
        """The places and people that at least two articles name at their top, by how many do: known in any language."""
        counts: Counter[str] = Counter()
        chosen = chosen[:: max(1, len(chosen) // _NAMING)]
        for index in chosen:
            article = reading.articles[index]
            counts.update(names_in(f"{article.title}\n{article.text[:_TOP]}", article.language, counts))
        return {name: seen / len(chosen) for name, seen in counts.items() if seen > 1}

    def speaks_of_it(self, text: str, language: str) -> bool:
        """Whether a text holds one of the words that stand for the matter in its language; True where none is known."""
        keywords = self._keywords.get(language)
        if not keywords:
            return True
        folded = text.casefold()
        # Most texts without a keyword do not hold its letters either, and are not cut into words.
        held = [word for word in keywords if word in folded]
        return bool(held) and not keywords.isdisjoint(content_words(text, language))

    def bag(self, text: str, language: str) -> Bag:
        """The TF-IDF row of a text, of length 1."""
        counts = Counter(content_words(text, language))
        return _unit(
            {
                term: (1.0 + math.log(count)) * (math.log((1.0 + self._count) / (1.0 + self._frequency[term])) + 1.0)
                for term, count in counts.items()
            }
        )


def _recurring(said: Mapping[str, int], articles: int) -> Iterable[str]:
    """The words that recur in most articles, most first."""
    common = [word for word, seen in said.items() if seen >= max(2, _COMMON * articles)]
    return sorted(common, key=lambda word: (-said[word], word))[:_KEYWORDS]


def names_in(text: str, language: str, known: Iterable[str] = ()) -> frozenset[str]:
    """The places (codes) and people (keys) of a text; who sounds like one already known takes that key."""
    names = find_names(text, language)
    known = tuple(known)
    people = {next((key for key in known if same_name(key, person.key)), person.key) for person in names.people}
    return frozenset(people | {place.code for place in names.places})


def _unit(bag: Bag) -> Bag:
    norm = math.sqrt(sum(weight * weight for weight in bag.values()))
    return {term: weight / norm for term, weight in bag.items()} if norm else {}


def cosine(left: Bag, right: Bag) -> float:
    """The cosine of two bags of length 1."""
    if len(left) > len(right):
        left, right = right, left
    return sum(weight * right[term] for term, weight in left.items() if term in right)
