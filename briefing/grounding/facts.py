"""Whether a figure, a date or a country of a claim stands in the cited texts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache, lru_cache

from babel.core import get_global

from briefing.grounding.atoms import Name, Place
from briefing.grounding.dates.days import Day, days_of
from briefing.grounding.dates.durations import spans_of
from briefing.grounding.dates.months import months_named
from briefing.grounding.dates.timing import days_beside, months_beside, years_beside
from briefing.grounding.evidence import IDEOGRAPHIC, Evidence, unaccented
from briefing.grounding.names.naming import missing_name
from briefing.grounding.numbers.figures import Number
from briefing.grounding.numbers.spelt import figures_in_words
from briefing.grounding.places.cities import countries_of_towns, names_town
from briefing.grounding.tables import data
from briefing.text.language import spaced
from briefing.text.names import name_key
from briefing.text.numbers import digits
from briefing.text.places import is_city, territory_name
from briefing.text.sounds import coarse
from briefing.text.towns import country_of, is_capital, plain, towns

# ---------------------------------------------------------------- numbers

_HAN = dict(enumerate("零一二三四五六七八九十"))
_SHARES = ("%", "share")


def has_number(number: Number, language: str, sources: Sequence[Evidence]) -> bool:
    """Whether a source holds the figure: the same value, or one that is rounded to it.

    A small number is looked for only in its own language: others may write a word, "half a dozen" or a dual.
    """
    small = number.kind != "%" and number.value <= (12 if number.worded else 3) and (2 * number.value).is_integer()
    if small and not any(source.language == language for source in sources):
        return True
    for source in sources:
        for other in source.atoms.numbers:
            if "~" not in (number.kind, other.kind) and (number.kind in _SHARES) != (other.kind in _SHARES):
                continue
            if number.bound * other.bound >= 0 and (_same(number, other) or _either(number, other)):
                return True
        if number.value <= 2 and number.value in _smallest(source):
            return True
        if _otherwise(number, source):
            return True
        if source.language in IDEOGRAPHIC and number.value in _HAN and _HAN[int(number.value)] in source.text:
            return True
        if number.kind in ("", "~") and 1000 <= number.value <= 2999 and _has_year(int(number.value), source):
            return True
    return False


@lru_cache(maxsize=256)
def _smallest(source: Evidence) -> frozenset[float]:
    """One and two, which a text may have in words."""
    return frozenset(value for _, _, value in figures_in_words(source.text, source.language) if value <= 2)


def _either(claimed: Number, given: Number) -> bool:
    """Whether two figures are one where one of them is read otherwise."""
    return given.value == claimed.other or claimed.value == given.other


def _same(claimed: Number, given: Number) -> bool:
    """Whether two figures are one; a share in words is a rounded one, a year is not."""
    if "share" in (claimed.kind, given.kind):
        return abs(claimed.value - given.value) <= _ROUNDED_SHARE
    if _rounded(claimed, given.value):
        return True
    year = claimed.end - claimed.start == 4 and 1900 <= claimed.value <= 2100 and claimed.kind == ""
    return claimed.value == given.value if year else same_value(claimed.value, given.value)


def _rounded(claimed: Number, given: float) -> bool:
    """Whether a claim rounds a figure and says so: "nearly 2,000" for 1,900, "more than 210" for 217."""
    if claimed.value < _ROUNDED_FROM or _leading(claimed.value) > 2 or _leading(claimed.value) >= _leading(given):
        return False
    off = (given - claimed.value) / claimed.value
    if claimed.bound:
        return 0 <= off * claimed.bound <= _PASSED
    return claimed.about and abs(off) <= _ABOUT


def _leading(value: float) -> int:
    """The digits of a figure before its noughts."""
    return len(f"{value:.12g}".replace(".", "").split("e")[0].strip("0"))


_ROUNDED_FROM = 20  # below which figures are not rounded
_ABOUT = 0.055  # of a figure by which "nearly" and "about" may differ from it
_PASSED = 0.1  # the same of "more than" and "fewer than"
_ROUNDED_SHARE = 3.0  # percentage points: "nearly two thirds" for 64 per cent

_DECADE = re.compile(
    r"decade|décenn|década|decenn|jahrzehnt|dekad|dasawarsa|десятил|десятир|thập (?:kỷ|niên)|ทศวรรษ|دهه|عقد|عقود|दशक"
    r"|on yıl|\d{2}['’]l[ae]r|年代|十年|년대|십 ?년|עשור",
    re.IGNORECASE,
)
_OF_A_DECADE = r"(?:s\b|er\b|-?(?:х|ті|тих|ых|е|і)\b|['’]?l[ae]r|\s?年代|\s?년대)"
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def _otherwise(number: Number, source: Evidence) -> bool:
    """Whether a source puts the figure in another form: "the 1930s" and "the 30s", two decades, a Roman numeral."""
    value = number.value
    if number.kind == "" and value < _HOURS and _timed(value, source):
        return True
    if value != int(value) or number.kind not in ("", "~"):
        return False
    if 12 < value < 24 and _afternoon(int(value) - 12).search(digits(source.text)):
        return True
    if _in_words_of_time(int(value), source.language).search(source.text) or _beside_letters(int(value), source):
        return True
    if value % 10 == 0 and (10 <= value <= 90 or 1500 <= value <= 2090):
        others = {other.value for other in source.atoms.numbers if 0 < other.value < 100}
        if value < 100 and re.search(rf"(?<!\d)(?:1[89]|20){int(value):02d}{_OF_A_DECADE}", digits(source.text)):
            return True  # the eighties: 1980s, 1980-х, 1980er
        if (value < 100 or value % 100) and (_DECADE.search(source.text) or (value > 90 and value % 100 in others)):
            return True
    if 3 < value <= 30:
        rest, roman = int(value), ""
        for step, letters in _ROMAN:
            roman, rest = roman + letters * (rest // step), rest % step
        return re.search(rf"(?<![A-Za-z]){roman}(?![A-Za-z])", source.text) is not None
    return False


@cache
def _in_words_of_time(value: int, language: str) -> re.Pattern[str]:
    """What says a figure without one: a quarter of an hour, half a century, a dozen."""
    return re.compile(data("spans").get(language, {}).get(value, "(?!)"), re.IGNORECASE)


def _beside_letters(value: int, source: Evidence) -> bool:
    """Whether a figure stands right behind letters, iPhone16, or is a day that may be a span: 8日."""
    if any(day.bare and day.day == value for day in source.atoms.days):
        return True
    return re.search(rf"[^\W\d_]{value}(?![\d.,]?\d)", digits(source.text)) is not None


@cache
def _afternoon(hour: int) -> re.Pattern[str]:
    """An hour with what says that it is one after noon: 2 p.m., 下午2时, ۲ بعدازظهر."""
    later = (
        r"p\.?\s?m\b|(?:in the |this )?(?:afternoon|evening)|giờ (?:chiều|tối)|บ่าย|ทุ่ม"
        r"|بعد ?از ?ظهر|عصر|شب|مساءً?|بعد الظهر"
        r"|час\w* (?:дня|вечера)|годин\w* (?:дня|вечора)|下午|晚上|傍晚|午後|夜|오후|저녁|밤"
        r"|אחר הצהריים|בערב|दोपहर|शाम|रात"
        r"|sore|malam|öğleden sonra|akşam|de la (?:tarde|noche)|de l['’]après-midi|du soir|(?:nach)?mittags?|abends?"
        r"|del pomeriggio|di sera|da (?:tarde|noite)|po południu|wieczorem"
    )
    between = r"\s?(?:[hg時时点點시]|giờ|น\.|नाल|बजे|час\w*|Uhr)?\s?"
    return re.compile(
        rf"(?<![\d.,:]){hour}(?:[:.]\d\d)?(?:{between})(?:{later})|(?:{later})\W{{0,2}}(?:\w{{1,5}}\s)?{hour}(?![\d.,]\d|\d)",
        re.IGNORECASE,
    )


_HOURS = 60  # above which a figure is no part of a time of day
_NEARLY = 50  # minutes from which on the next hour is told
_TIME = re.compile(r"(?<![\d.,:/])([01]?\d|2[0-4])[:.hH]([0-5]\d)(?![\d:/]|[.,]\d|\s?%)")


def _timed(value: float, source: Evidence) -> bool:
    """Whether a figure is a time of day in a source, its hour or its minutes: 55 in "7.55 giờ", 7 in "19h55"."""
    whole, rest = int(value), round(100 * (value - int(value)))
    for hour, minute in _times(source):
        if not rest and minute >= _NEARLY and whole % 12 == (hour + 1) % 12:
            return True  # "shortly before eight"
        if (not rest and whole == minute) or (whole in (hour, hour - 12, hour + 12) and rest in (0, minute)):
            return True
    return False


@lru_cache(maxsize=256)
def _times(source: Evidence) -> frozenset[tuple[int, int]]:
    return frozenset((int(match[1]), int(match[2])) for match in _TIME.finditer(digits(source.text)))


def same_value(claimed: float, given: float) -> bool:
    """Whether a figure is another one, exactly or rounded to its own leading digits (at least two, from 1,000 on)."""
    if abs(claimed - given) <= 1e-9 * max(1.0, abs(given)):
        return True
    if claimed < 1000 or abs(claimed - given) > 0.05 * given:
        return False
    digits = len(f"{claimed:.12g}".replace(".", "").split("e")[0].rstrip("0"))
    return digits >= 2 and float(f"{given:.{digits}g}") == claimed


def _has_year(year: int, source: Evidence) -> bool:
    years = {day.year for day in source.atoms.days} | {int(n.value) for n in source.atoms.numbers if n.value < 3000}
    if source.passage.day:
        ago = {source.passage.day.year - int(n) for n in spans_of(source, "year")}
        years |= {source.passage.day.year} | years_beside(source) | ago
    return bool({year, year + 543, year - 543, year - 621, year - 622} & years)  # Buddhist and Persian years


# ---------------------------------------------------------------- dates


def has_day(day: Day, language: str, sources: Sequence[Evidence]) -> bool:
    """Whether a source names the date, or was published on it or tells of it by a weekday or "yesterday"."""
    if day.weekday is not None:
        return any(_has_weekday(day.weekday, source, source.language == language) for source in sources)
    return any(_names_day(day, source) for source in sources)


def _has_weekday(weekday: int, source: Evidence, own: bool) -> bool:
    """Whether a source tells of the weekday; a text of another language that names no day cannot be asked."""
    named = {day.weekday for day in source.atoms.days if day.weekday is not None}
    for day in source.atoms.days:
        if day.year and day.month and day.day:
            named |= {one.weekday() for one in (date(day.year, day.month, day.day), *day.others)}
    if named or (own and not source.passage.day):
        return weekday in named
    anchor = source.passage.day
    return anchor is None or weekday in (anchor.weekday(), (anchor - timedelta(days=1)).weekday())


def _names_day(day: Day, source: Evidence) -> bool:
    for other in source.atoms.days:
        if other.weekday is None and same_day(day, other):
            return True
    if day.day is None and day.month in months_named(source) and (not day.year or _has_year(day.year, source)):
        return True
    anchor = source.passage.day
    if anchor is None:
        return False
    if day.day is None and day.month in months_beside(source):
        return day.year is None or day.guessed or abs(day.year - anchor.year) <= 1
    meant = [anchor, *days_beside(source)]
    meant += [one for other in source.atoms.days if other.weekday is not None for one in days_of(other.weekday, anchor)]
    return any(same_day(day, Day(0, 0, one.year, one.month, one.day)) for one in meant)


def same_day(claimed: Day, given: Day) -> bool:
    """Whether two dates may be the same day, or the first a month in which the second is."""
    meant = (given,) if given.bare and claimed.day is None else _readings(given)  # a month is that of the likeliest day
    return any(_one_day(one, other) for one in _readings(claimed) for other in meant)


def _readings(day: Day) -> tuple[Day, ...]:
    return (day, *(Day(day.start, day.end, one.year, one.month, one.day) for one in day.others))


def _one_day(claimed: Day, given: Day) -> bool:
    if claimed.month != given.month:
        return False
    if claimed.year and given.year and claimed.year != given.year and not claimed.guessed:
        return False
    return claimed.day is None or claimed.day == given.day


def has_place(place: Place, text: str, language: str, sources: Sequence[Evidence]) -> bool:
    """Whether a source names the country, or the place in the claim's own spelling or by its sound."""
    written = text[place.start : place.end]
    whole = unaccented(written) == unaccented(territory_name(place.code, language))
    city = is_city(written, language) and not whole  # Guatemala is a city, too
    if any(place.code == other.code for source in sources for other in source.atoms.places):
        return not city or not all(_other_cities(written, place.code, language, source) for source in sources)
    if (not city or is_capital(written)) and any(_names_people(place.code, source) for source in sources):
        return True  # Helsinki doubts what the Finnish prosecutor says
    foreign = [source for source in sources if source.language != language]
    own = [source for source in sources if source.language == language]
    if any(_begins_alike(written, place.code, source, _OWN_HEAD) for source in own):
        return True  # Schotten, where the claim has Schottland
    if any(names_town(written, source) for source in foreign):
        return True
    if not city and any(_at_home(place.code, source) for source in own):
        return True
    if any(_at_home(place.code, source) for source in foreign):
        return True
    if not city and any(place.code in countries_of_towns(source) for source in sources):
        return True
    union = replace(place, code="EU") if place.code == "BE" and is_capital(written) else place
    if any(is_europe(union, source) for source in sources):
        return True
    if any(_begins_alike(written, place.code, source) for source in foreign):
        return True
    if not city and any(
        _begins_alike(territory_name(place.code, source.language), place.code, source, _OWN_HEAD) for source in sources
    ):
        return True  # guatemalteca, where the claim is in Chinese
    if any(_spelt_otherwise(place.code, source) for source in foreign):
        return True
    if whole or (not city and all(source.language in _NO_ADJECTIVES for source in foreign)):
        return False  # every language has a name for a country: only what is made of it is looked for by its sound
    return bool(foreign) and not missing_name(Name(0, len(written), written), language, foreign)


def _spelt_otherwise(code: str, source: Evidence) -> bool:
    """Whether a text has a country's name in another spelling than CLDR's: แม็กซิโก, جمهوری دومینیک."""
    name = territory_name(code, source.language)
    if spaced(source.language) and re.search(rf"(?<!\w){re.escape(plain(name))}(?!\w)", plain(source.text)):
        return True
    key = name_key([_PARTED.sub("", name)])
    firm = max(map(len, coarse(key)))
    return not source.latin and firm >= _TELLING and source.heard.together(key) <= _SAME_NAME[firm >= _LONG]


_PARTED = re.compile(r"[\W_]")
_TELLING, _LONG = 3, 6  # firm consonants of a country's name that tells something, and of a long one
_SAME_NAME = (0.1, 0.14)  # the sound distance of another spelling of a country's name, and of a long one


def is_europe(place: Place, source: Evidence) -> bool:
    """Whether a place is the European Union, of which a text speaks: "the European Commission", "Brussels", Châu Âu."""
    return place.code == "EU" and _EUROPE.search(source.text) is not None


def _names_people(code: str, source: Evidence) -> bool:
    """Whether a text has a word for the people of a country, or for what is theirs."""
    listed = data("peoples").get(source.language, {}).get(code)
    return listed is not None and _beginning(listed, source.language).search(source.text) is not None


@cache
def _beginning(listed: str, language: str) -> re.Pattern[str]:
    glued = {"ar": "[وفبلك]{0,2}(?:ال)?", "he": "[והבלמשכ]{0,3}"}.get(language, "")
    return re.compile(rf"(?<!\w){glued}(?:{listed})", re.IGNORECASE)


_EUROPE = re.compile(
    r"europ|avrupa|eropa|châu âu|европ|європ|اروپ|أوروب|یورپ|यूरोप|ยุโรป|欧|歐|유럽|אירופ|brussels|bruxelles|brüssel",
    re.IGNORECASE,
)
_NO_ADJECTIVES = frozenset(("zh", "ja", "yue", "ko", "vi", "th", "id"))  # where German is "of Germany"
_ABROAD = frozenset(("en", "ar", "pt", "zh"))  # languages of many countries' news


def _at_home(code: str, source: Evidence) -> bool:
    """Whether a text is of the country whose language it is in (CLDR's likely one), and opens with no other.

    News does not name its own country; a reader abroad is told it.
    """
    opening = sum(map(len, source.sentences[:_OPENING])) + _OPENING
    return own_country(code, source) and not any(
        other.code != code and other.start < opening for other in source.atoms.places
    )


def own_country(code: str, source: Evidence) -> bool:
    """Whether a country is the likely one of the language of a text, and hardly any other writes in it."""
    return source.language not in _ABROAD and get_global("likely_subtags").get(source.language, "").endswith(f"_{code}")


_OPENING = 2  # sentences, the headline among them, that say where something happened


def stands_for(name: str, source: Evidence) -> bool:
    """Whether a name is the capital of a country that a text names, or is of: Canberra, for Australia's ministry."""
    if not is_capital(name):
        return False
    code = country_of(towns(name)[0])
    named = any(place.code == code for place in source.atoms.places)
    return named or own_country(code, source) or _names_people(code, source)


def _other_cities(city: str, code: str, language: str, source: Evidence) -> bool:
    """Whether a text names cities of a country, or nothing of it, and not this one in any spelling that can be told."""
    if unaccented(city) in unaccented(source.text) or names_town(city, source):
        return False
    named = [source.text[p.start : p.end] for p in source.atoms.places if p.code == code]
    others = [name for name in named if is_city(name, source.language)]
    if named and not others:
        return False
    if source.language != language and IDEOGRAPHIC & {source.language, language}:
        return False
    if source.language == language:
        return missing_name(Name(0, len(city), city), language, [source])
    head = unaccented(city)[:3]
    if any(word.startswith(head) and abs(len(word) - len(city)) <= 3 for word in source.plain):
        return False  # München, Munich
    return unaccented(city) not in source.plain and source.heard.nearest(name_key([city])) > _ONE_CITY


_ONE_CITY = 0.25  # the sound distance up to which two spellings name one city: Geneva and Genf


_OWN_HEAD = 6  # letters with which a country and its people begin in one language


def _begins_alike(written: str, code: str, source: Evidence, head_length: int = 4) -> bool:
    """Whether a Latin text holds a word that begins as the place does (Mexican, mexikanisch), and no like country."""
    head = unaccented(written)[:head_length]
    if not head.isascii() or len(head) < head_length:
        return False
    others = (source.text[other.start : other.end] for other in source.atoms.places if other.code != code)
    return any(word.startswith(head) for word in source.plain) and not any(
        unaccented(other).startswith(head) for other in others
    )
