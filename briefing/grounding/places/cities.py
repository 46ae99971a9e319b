"""Towns and regions in which a claim sets something, and which no cited text names in any script."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from briefing.grounding.atoms import CASED, Name
from briefing.grounding.evidence import Evidence
from briefing.grounding.places.locating import located, scripts_of
from briefing.text.language import script, spaced
from briefing.text.names import name_key
from briefing.text.towns import country_of, longest, names_of, plain, script_of, stem, towns
from briefing.text.words import stopwords


def astray(text: str, language: str, sources: Sequence[Evidence]) -> Iterator[Name]:
    """Give the towns and regions in which a claim sets something, and of which no source has a name.

    A source of another script is asked for its own script's names, as `briefing.text.towns` knows them, and for what
    sounds nearly like one. What no name in a source's script is known of cannot be told, and is not given.
    """
    for place in located(text, language):
        if all(names_town(place.text, source) is False for source in sources):
            yield place


def names_town(written: str, source: Evidence) -> bool | None:
    """Whether a text names a town in a script of its own; None where no name of it in that script is known.

    Of several places of one name those are meant that have a name in the text's script.
    """
    told = [_names(row, written, source) for row in towns(written)]
    return True if True in told else False if False in told else None


@lru_cache(maxsize=256)
def countries_of_towns(source: Evidence) -> frozenset[str]:
    """Give the countries (ISO 3166-1 alpha-2) of the towns and regions that a text names, each name's largest bearer.

    Where names have capitals, only what stands alone between other words, so that no part of a person's name counts.
    """
    text = source.text[:_READ]
    if not spaced(source.language):
        least = 2 if source.language in ("zh", "yue") else 4
        found = [longest(text[at : at + _LONGEST]) for at in range(len(text))]
        names = {name for name in found if len(name) >= least}
    elif script(source.language) in CASED:
        runs = [match[0] for match in _RUN.finditer(text)]
        names = {
            run if run.split(" ")[0].lower() not in stopwords(source.language) else run.partition(" ")[2]
            for run in runs
        }
    else:
        words = re.findall(r"[^\W\d_]{4,}", text)
        names = {*words, *map(" ".join, pairwise(words))}
    rows = (towns(name)[:1] for name in names)
    return frozenset(country_of(row[0]) for row in rows if row)


_READ = 6_000  # characters of a text that are read for its towns
_LONGEST = 16
_RUN = re.compile(r"(?<![\w-])[^\W\d_a-z][^\W\d_]+(?:[ -][^\W\d_a-z][^\W\d_]+)*(?![\w-])")


def _names(row: int, written: str, source: Evidence) -> bool | None:
    text = _flat(source)
    known = [name for one in scripts_of(source.language) for name in names_of(row, one)]
    if any(_stands(name, text, source.language) for name in (*known, plain(written))):
        return True
    own = [name for name in known if _own(name, row, source.language)]
    if not source.latin and any(_sounds(name, source) for name in own):
        return True
    return False if own else None


def _own(name: str, row: int, language: str) -> bool:
    """Whether a name is surely in a language of its script: Japanese and Korean write foreign towns by their sound.

    Of two words in Cyrillic it may be Russian alone: Западная Виргиния is Західна Вірджинія.
    """
    if language == "uk" and " " in name:
        return False
    return language not in ("ja", "ko") or script_of(name) != "Hani" or (language, country_of(row)) == ("ja", "JP")


def _sounds(name: str, source: Evidence) -> bool:
    """Whether a text has another spelling of a name: what true ones keep to, and others of that length do not."""
    key = name_key([name.replace(" ", "")])
    least, limit = _ALIKE.get(source.language, _ALIKE_ELSEWHERE)
    return len(key) >= least and source.heard.together(key) <= limit


# From how many sounds on, and up to which distance, a text's word is another spelling of a name in its own script.
_ALIKE = {"th": (8, 0.17), "ja": (7, 0.22), "zh": (99, 0.0), "yue": (99, 0.0)}
_ALIKE_ELSEWHERE = (5, 0.12)


def _stands(name: str, text: str, language: str) -> bool:
    if not spaced(language) or language == "ko":
        return name in text
    if script(language) in ("Arab", "Hebr", "Deva"):
        return re.search(rf"(?<!\w)(?:[وبلفك]?(?:ال)?|[והבלמש]{{0,2}}){re.escape(name)}", text) is not None
    bare = stem(name) if script(language) == "Cyrl" else name[:-1] if len(name) > 5 and " " not in name else name
    soft = _SOFTENED.get(bare[-1:], "") if language in ("uk", "be") else ""  # Прага, у Празі
    return re.search(rf"(?<!\w){re.escape(bare[:-1])}[{re.escape(bare[-1:])}{soft}]", text) is not None


_SOFTENED = {"г": "з", "к": "ц", "х": "с"}
_APOSTROPHE = re.compile("['’]")


@lru_cache(maxsize=256)
def _flat(source: Evidence) -> str:
    return f"{plain(source.text)}\n{plain(_APOSTROPHE.sub(' ', source.text))}"  # Xi'an, and l'Arizona
