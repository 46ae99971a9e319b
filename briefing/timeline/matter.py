"""Whether a sentence speaks of a storyline's own matter, or of another one of the same kind told beside it.

A report on one treaty tells in passing of others that were signed. What tells them apart is whom and what a sentence
names: the storyline's places and words, or places and names that nothing else in it names.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from briefing.text.dates import find_dates
from briefing.text.names import find_places
from briefing.text.relative import weekdays
from briefing.text.words import content_words
from briefing.timeline.lexicon import Lexicon
from briefing.timeline.reading import LEAD, Reading

_SHARE = 0.25  # of the articles that name a place or a word of the matter at their top
_FEW = 4  # articles of one language below which none of its words is known to recur
_UPPER = "[A-ZÀ-ÖØ-ÞĀ-ŽƠƯΑ-ΩА-ЯЁІЇЄҐĞİŞẠ-Ỹ]"
_CAPITALS = re.compile(rf"(?<![^\W_]){_UPPER}[\w’'-]*(?: {_UPPER}[\w’'-]*)*")
_OPENS = re.compile(r"(?:^|[.:!?…“”\"«»(–—-])\s*$")
_NOUNS = frozenset({"de", "lb"})  # where nouns have capitals, and a capital says nothing


class Matter:
    """The places and words that a storyline's articles share; ``lexicon`` holds the words of the kind of matter."""

    def __init__(self, reading: Reading, articles: Sequence[int], lexicon: Lexicon) -> None:
        self._reading, self._lexicon = reading, lexicon
        places: Counter[str] = Counter()
        words: defaultdict[str, Counter[str]] = defaultdict(Counter)
        read: Counter[str] = Counter()
        for index in articles:
            article = reading.articles[index]
            top = "\n".join([article.title, *(reading.text(reading.lines[at]) for at in reading.lead(index))])
            places.update({place.code for place in find_places(top, article.language)})
            words[article.language].update(set(content_words(top, article.language)))
            read[article.language] += 1
        enough = max(2 if len(articles) > 2 else 1, _SHARE * len(articles))
        self.places = frozenset(code for code, seen in places.items() if seen >= enough)
        self._known = frozenset(word for said in words.values() for word, seen in said.items() if seen > 1)
        self._words = {
            language: frozenset(
                word
                for word, seen in said.items()
                if seen >= _SHARE * read[language] and not lexicon.knows(word, language)
            )
            for language, said in words.items()
            if read[language] >= _FEW
        }

    def holds(self, at: int) -> bool:
        """Whether a line may be taken to speak of the matter: what begins an article always, else by what it names."""
        reading = self._reading
        line = reading.lines[at]
        if line.number == 0:
            return True
        article = reading.articles[line.article]
        text, language = reading.text(line), article.language
        head = f"{article.title}\n{reading.text(reading.lines[reading.first_line[line.article]])}"
        here = self.places | {place.code for place in find_places(head, language)}
        named = find_places(text, language)
        own = {place.code for place in named if place.code in here}
        strange = {place.code for place in named} - own
        if len(own) > len(strange):
            return True
        if not strange and not self._names_others(text, language, head):
            return True
        if line.number >= LEAD and strange and not own:
            return False
        bare = "".join(" " if any(p.start <= at < p.end for p in named) else char for at, char in enumerate(text))
        return not self._words.get(language, frozenset()).isdisjoint(content_words(bare, language))

    def _names_others(self, text: str, language: str, head: str) -> bool:
        """Whether a sentence has a proper name, or a bloc of states, that the storyline does not name elsewhere."""
        known = self._known | set(content_words(head, language)) | weekdays(language).keys()
        if any(text[a:b].lower() not in head.lower() for (a, b), _ in self._lexicon.find("bloc", text, language)):
            return True
        if language.partition("-")[0] in _NOUNS:
            return False
        dates = [(date.start, date.end) for date in find_dates(text, language)]
        offices = {end for _, end in self._lexicon.spans(text, language)}
        for run in _CAPITALS.finditer(text):
            start = run.start()
            if any(a <= start < b for a, b in dates) or offices & {start, start - 1}:
                continue  # who bears an office is named with it: "President Ana Ruiz"
            said = content_words(run[0], language)
            if not said or any(word in known or self._lexicon.knows(word, language) for word in said):
                continue
            if " " in run[0] or run[0].isupper() or not _OPENS.search(text[:start]):
                return True
        return False
