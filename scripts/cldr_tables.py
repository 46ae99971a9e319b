"""Write the CLDR tables that `briefing.text` ships: month, weekday and territory names of each language.

Babel reads a locale in 10 to 40 ms; a day's articles come in twenty languages, so the few columns that are needed are
kept as JSON. Run after Babel is updated: ``python scripts/cldr_tables.py``.
"""

from __future__ import annotations

import json
from pathlib import Path

from babel import Locale, localedata

DATA = Path(__file__).parent.parent / "briefing" / "text" / "data"
LANGUAGES = (
    "en vi th fa ar ru uk zh zh_Hant ja ko he hi ur id tr es fr de pt it pl nl sv da no fi cs sk sl hr sr ro hu et lv lt sq az ms sw "
    "fil el bg be mk ka hy kk ky uz mn bn ta te mr ne gu pa kn ml si lo km my ckb ps ca eu gl is ga cy af am"
).split()


def months(locale: Locale) -> dict[str, int]:
    """Give every written form of the twelve months: wide and abbreviated, in a date and standing alone."""
    names: dict[str, int] = {}
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in locale.months[context][width].items():
                names.setdefault(name.rstrip(".").casefold(), number)
    return {name: number for name, number in names.items() if not name.isdigit() and not name[0].isdigit()}


def weekdays(locale: Locale) -> dict[str, int]:
    """Give every wide form of the seven weekdays; Monday is 0."""
    return {
        name.casefold(): number
        for context in ("format", "stand-alone")
        for number, name in locale.days[context]["wide"].items()
    }


def territories(locale: Locale) -> dict[str, str]:
    """Give the name of every country and territory (two-letter codes)."""
    return {code: name for code, name in locale.territories.items() if len(code) == 2 and code not in ("ZZ", "EZ", "QO", "XA", "XB")}


def main() -> None:
    """Write dates.json and territories.json."""
    calendar, places = {}, {}
    for language in LANGUAGES:
        localedata._cache.clear()  # Babel lets the aliases of one locale leak into the next
        locale = Locale.parse(language)
        calendar[language.replace("_", "-")] = {"months": months(locale), "weekdays": weekdays(locale)}
        places[language.replace("_", "-")] = territories(locale)
    for name, rows in (("calendar", calendar), ("territories", places)):
        body = ",\n".join(f"{json.dumps(key)}: {json.dumps(row, ensure_ascii=False)}" for key, row in rows.items())
        (DATA / f"{name}.json").write_text("{\n" + body + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
