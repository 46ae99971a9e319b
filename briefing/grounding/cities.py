"""Cities by their names in every language: CLDR's cities of the time zones, which are capitals and the largest ones."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache

from babel import Locale, UnknownLocaleError

from briefing.grounding.evidence import IDEOGRAPHIC, Evidence, unaccented
from briefing.text.language import spaced
from briefing.text.names import name_key, territory_name
from briefing.text.sounds import coarse

# What says that something happened in a city, right before its name or, in Japanese and Korean, right after it.
# Elsewhere a capital may stand for its government.
_BEFORE = {
    "en": "in|near", "de": "in|bei", "fr": "à", "es": "en", "it": "a", "pt": "em", "vi": "tại|ở", "ru": "в|во",
    "uk": "в|у|во", "id": "di", "pl": "w|we", "th": "ที่|ใน|กรุง", "zh": "在|于|於", "fa": "در", "ar": "في", "nl": "in",
}  # fmt: skip
# The cities that are no capitals, so that none stands for a government.
_NO_CAPITALS = frozenset(
    f"{region}/{city}"
    for region, cities in {
        "America": "New_York Los_Angeles Chicago Detroit Denver Phoenix Toronto Vancouver Montreal Halifax Winnipeg"
        " Sao_Paulo Manaus Guayaquil Tijuana Cancun Monterrey",
        "Asia": "Shanghai Hong_Kong Saigon Calcutta Karachi Dubai Almaty Vladivostok Yekaterinburg Novosibirsk Irkutsk",
        "Australia": "Sydney Melbourne Brisbane Perth Adelaide Darwin Hobart",
        "Africa": "Lagos Casablanca Johannesburg Abidjan",
        "Europe": "Istanbul Zurich Samara Volgograd Kaliningrad",
        "Pacific": "Auckland Honolulu",
    }.items()
    for city in cities.split()
)
_AFTER = {"ja": "で", "ko": "에서"}


def elsewhere(start: int, end: int, code: str, text: str, language: str, sources: Sequence[Evidence]) -> bool:
    """Whether a claim says that something happened in a city that no source names, each in its own language's name.

    A city that CLDR has no name of is looked for by its spelling and its sound. False where that cannot be told, and
    where a capital may stand for its government.
    """
    written = text[start:end]
    zone = _zones(language).get(_bare(written))
    if zone not in _NO_CAPITALS and not _within(start, end, text, language):
        return False
    if zone is not None:
        return not any(_names(zone, source) for source in sources)
    own = {_bare(territory_name(code, language)), _bare(territory_name(code, "en"))}
    spellings = (written, *_ALSO.get(_bare(written), ()))
    return _bare(written) not in own and not any(
        _may_name(spelling, source) for spelling in spellings for source in sources
    )


# Cities whose other names are not heard in the one of the claim.
_ALSO = {
    "beijing": ("Peking",), "bắc kinh": ("Peking",), "pekin": ("Beijing",), "mumbai": ("Bombay",),
    "kolkata": ("Calcutta",), "yangon": ("Rangoon",), "chennai": ("Madras",), "guangzhou": ("Canton",),
    "the hague": ("Den Haag", "La Haye"), "vienna": ("Wien",), "munich": ("München",), "cologne": ("Köln",),
    "florence": ("Firenze",), "venice": ("Venezia",), "lviv": ("Lemberg", "Lvov"), "gdansk": ("Danzig",),
    "wroclaw": ("Breslau",), "bratislava": ("Pressburg",), "tbilisi": ("Tiflis",), "aleppo": ("Halab",),
    "damascus": ("Dimashq",), "jerusalem": ("Quds",), "cairo": ("Qahira",), "algiers": ("Jazair",),
    "athens": ("Athina",), "moscow": ("Moskva",), "warsaw": ("Warszawa",), "prague": ("Praha",),
}  # fmt: skip


def names_city(written: str, language: str, source: Evidence) -> bool:
    """Whether a text has the name that CLDR gives a city in the text's language."""
    zone = _zones(language).get(_bare(written))
    return zone is not None and len(_cities(source.language).get(zone, "")) > 1 and _names(zone, source)


def _within(start: int, end: int, text: str, language: str) -> bool:
    after = _AFTER.get(language)
    if after:
        return text.startswith(after, end)
    before = _BEFORE.get(language)
    if before is None:
        return False
    edge, gap = (r"(?<!\w)", r"\s") if spaced(language) else ("", r"\s?(?:กรุง|นคร)?")
    return re.search(f"{edge}(?:{before}){gap}$", text[max(0, start - 12) : start], re.IGNORECASE) is not None


def _bare(name: str) -> str:
    folded = unicodedata.normalize("NFD", name.casefold())
    return "".join(char for char in folded if unicodedata.category(char) != "Mn" or "\u0e00" <= char <= "\u0e7f")


@cache
def _cities(language: str) -> dict[str, str]:
    """The name of each zone's city in a language, folded; Latin languages without one of their own use the English."""
    try:
        own = Locale.parse(language).time_zones
    except (UnknownLocaleError, ValueError):
        return {}
    return {
        zone: _bare(str(own.get(zone, {}).get("city") or zone.rsplit("/", 1)[-1].replace("_", " ")))
        for zone in map(str, Locale.parse("ja").time_zones)
        if "/" in zone
    }


@cache
def _zones(language: str) -> dict[str, str]:
    return {name: zone for zone, name in _cities(language).items()}


def _may_name(written: str, source: Evidence) -> bool:
    """Whether a text has a place as a claim writes it, or as it sounds, which names in characters do not tell."""
    if source.language in IDEOGRAPHIC or not written.isascii():
        return True
    if re.sub(r"\W", "", _bare(written)) in _neighbours(source):
        return True
    heard, key = source.heard, name_key([re.sub(r"\W", "", written)])
    if max(map(len, coarse(key)), default=0) < 2:
        return not source.latin  # Hanoi has hardly a sound of its own
    limit = _RUNNING_TEXT if source.language == "th" else _ONE_PLACE
    return min(heard.nearest(name_key([written])), heard.together(key)) <= limit


@lru_cache(maxsize=256)
def _neighbours(source: Evidence) -> frozenset[str]:
    """The words of a text and its neighbouring ones as one: Hà Nội, Hanoi."""
    row = re.findall(r"\w+", unaccented(source.text))
    return frozenset("".join(row[at : at + count]) for at in range(len(row)) for count in (1, 2, 3))


_ONE_PLACE = 0.2  # the sound distance up to which two spellings may name one place
_RUNNING_TEXT = 0.15  # the same in a text without spaces


def _names(zone: str, source: Evidence) -> bool:
    name = _cities(source.language).get(zone, "")
    if len(name) < 2 or (not source.latin and name.isascii()):
        return True  # it has no name there, so nothing can be told
    stem = name[:-1] if len(name) > 4 and spaced(source.language) else name
    return stem in _bare(source.text)
