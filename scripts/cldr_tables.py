"""Write the CLDR tables that `briefing.text` ships: month, weekday and territory names of each language.

Babel reads a locale in 10 to 40 ms; a day's articles come in twenty languages, so the few columns that are needed are
kept as JSON. Run after Babel is updated: ``python scripts/cldr_tables.py``.
"""

from __future__ import annotations

import json
from pathlib import Path

from babel import Locale, localedata
from babel.core import get_global

DATA = Path(__file__).parent.parent / "briefing" / "text" / "data"
LANGUAGES = [
    "en",
    "vi",
    "th",
    "fa",
    "ar",
    "ru",
    "uk",
    "zh",
    "zh_Hant",
    "ja",
    "ko",
    "he",
    "hi",
    "ur",
    "id",
    "tr",
    "es",
    "fr",
    "de",
    "pt",
    "it",
    "pl",
    "nl",
    "sv",
    "da",
    "no",
    "fi",
    "cs",
    "sk",
    "sl",
    "hr",
    "sr",
    "ro",
    "hu",
    "et",
    "lv",
    "lt",
    "sq",
    "az",
    "ms",
    "sw",
    "fil",
    "el",
    "bg",
    "be",
    "mk",
    "ka",
    "hy",
    "kk",
    "ky",
    "uz",
    "mn",
    "bn",
    "ta",
    "te",
    "mr",
    "ne",
    "gu",
    "pa",
    "kn",
    "ml",
    "si",
    "lo",
    "km",
    "my",
    "ckb",
    "ps",
    "ca",
    "eu",
    "gl",
    "is",
    "ga",
    "cy",
    "af",
    "am",
]


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
    return {
        code: name
        for code, name in locale.territories.items()
        if len(code) == 2 and code not in ("ZZ", "EZ", "QO", "XA", "XB")
    }


# Capitals and metropolises that have a time zone, whose names CLDR therefore has in every language.
CITIES = [
    "Europe/Amsterdam",
    "Europe/Athens",
    "Europe/Belgrade",
    "Europe/Berlin",
    "Europe/Bratislava",
    "Europe/Brussels",
    "Europe/Bucharest",
    "Europe/Budapest",
    "Europe/Chisinau",
    "Europe/Copenhagen",
    "Europe/Dublin",
    "Europe/Helsinki",
    "Europe/Istanbul",
    "Europe/Kaliningrad",
    "Europe/Kyiv",
    "Europe/Lisbon",
    "Europe/Ljubljana",
    "Europe/London",
    "Europe/Madrid",
    "Europe/Minsk",
    "Europe/Moscow",
    "Europe/Oslo",
    "Europe/Paris",
    "Europe/Podgorica",
    "Europe/Prague",
    "Europe/Riga",
    "Europe/Rome",
    "Europe/Samara",
    "Europe/Sarajevo",
    "Europe/Simferopol",
    "Europe/Skopje",
    "Europe/Sofia",
    "Europe/Stockholm",
    "Europe/Tallinn",
    "Europe/Tirane",
    "Europe/Vienna",
    "Europe/Vilnius",
    "Europe/Volgograd",
    "Europe/Warsaw",
    "Europe/Zagreb",
    "Europe/Zurich",
    "Asia/Aden",
    "Asia/Almaty",
    "Asia/Amman",
    "Asia/Ashgabat",
    "Asia/Baghdad",
    "Asia/Baku",
    "Asia/Bangkok",
    "Asia/Beirut",
    "Asia/Bishkek",
    "Asia/Colombo",
    "Asia/Damascus",
    "Asia/Dhaka",
    "Asia/Dubai",
    "Asia/Dushanbe",
    "Asia/Gaza",
    "Asia/Hebron",
    "Asia/Ho_Chi_Minh",
    "Asia/Saigon",
    "Asia/Jakarta",
    "Asia/Jerusalem",
    "Asia/Kabul",
    "Asia/Karachi",
    "Asia/Kathmandu",
    "Asia/Katmandu",
    "Asia/Kolkata",
    "Asia/Calcutta",
    "Asia/Kuala_Lumpur",
    "Asia/Manila",
    "Asia/Muscat",
    "Asia/Nicosia",
    "Asia/Novosibirsk",
    "Asia/Phnom_Penh",
    "Asia/Pyongyang",
    "Asia/Riyadh",
    "Asia/Seoul",
    "Asia/Shanghai",
    "Asia/Taipei",
    "Asia/Tashkent",
    "Asia/Tbilisi",
    "Asia/Tehran",
    "Asia/Thimphu",
    "Asia/Tokyo",
    "Asia/Ulaanbaatar",
    "Asia/Vientiane",
    "Asia/Vladivostok",
    "Asia/Yakutsk",
    "Asia/Yangon",
    "Asia/Rangoon",
    "Asia/Yekaterinburg",
    "Asia/Yerevan",
    "Africa/Abidjan",
    "Africa/Accra",
    "Africa/Addis_Ababa",
    "Africa/Algiers",
    "Africa/Bamako",
    "Africa/Bangui",
    "Africa/Brazzaville",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Africa/Conakry",
    "Africa/Dakar",
    "Africa/Dar_es_Salaam",
    "Africa/Freetown",
    "Africa/Harare",
    "Africa/Johannesburg",
    "Africa/Juba",
    "Africa/Kampala",
    "Africa/Khartoum",
    "Africa/Kigali",
    "Africa/Kinshasa",
    "Africa/Lagos",
    "Africa/Libreville",
    "Africa/Luanda",
    "Africa/Lusaka",
    "Africa/Maputo",
    "Africa/Mogadishu",
    "Africa/Monrovia",
    "Africa/Nairobi",
    "Africa/Ndjamena",
    "Africa/Niamey",
    "Africa/Nouakchott",
    "Africa/Ouagadougou",
    "Africa/Tripoli",
    "Africa/Tunis",
    "Africa/Windhoek",
    "America/Argentina/Buenos_Aires",
    "America/Buenos_Aires",
    "America/Asuncion",
    "America/Bogota",
    "America/Caracas",
    "America/Chicago",
    "America/Denver",
    "America/Detroit",
    "America/El_Salvador",
    "America/Guatemala",
    "America/Havana",
    "America/La_Paz",
    "America/Lima",
    "America/Los_Angeles",
    "America/Managua",
    "America/Mexico_City",
    "America/Montevideo",
    "America/New_York",
    "America/Port-au-Prince",
    "America/Santo_Domingo",
    "America/Sao_Paulo",
    "America/Tegucigalpa",
    "America/Toronto",
    "America/Vancouver",
    "America/Montreal",
    "Australia/Adelaide",
    "Australia/Brisbane",
    "Australia/Melbourne",
    "Australia/Perth",
    "Australia/Sydney",
    "Pacific/Auckland",
    "Pacific/Honolulu",
    "Pacific/Port_Moresby",
]
ZONES = {**get_global("zone_territories"), "Asia/Saigon": "VN", "Asia/Katmandu": "NP", "Asia/Calcutta": "IN",
         "Asia/Rangoon": "MM", "America/Buenos_Aires": "AR", "Europe/Kiev": "UA", "America/Montreal": "CA",
         "Asia/Ho_Chi_Minh": "VN",
         "Asia/Kolkata": "IN"}  # fmt: skip


def cities(locale: Locale) -> dict[str, str]:
    """Give the chosen cities in a language, with the code of their country; English ones are named by their zone."""
    found = {}
    for zone in [*CITIES, "Europe/Kiev"]:
        name = locale.time_zones.get(zone, {}).get("city")
        if name is None and locale.script is None and locale.language in LATIN and zone not in ("Asia/Rangoon",):
            name = zone.split("/")[-1].replace("_", " ")
        if name and zone in ZONES:
            found[name] = ZONES[zone]
    return found


LATIN = frozenset(
    [
        "en",
        "vi",
        "id",
        "tr",
        "es",
        "fr",
        "de",
        "pt",
        "it",
        "pl",
        "nl",
        "sv",
        "da",
        "no",
        "fi",
        "cs",
        "sk",
        "sl",
        "hr",
        "ro",
        "hu",
        "et",
        "lv",
        "lt",
        "sq",
        "az",
        "ms",
        "sw",
        "fil",
        "ca",
        "eu",
        "gl",
        "is",
        "ga",
        "cy",
        "af",
    ]
)


def main() -> None:
    """Write calendar.json, territories.json and cities.json."""
    calendar, places, towns = {}, {}, {}
    for language in LANGUAGES:
        localedata._cache.clear()  # Babel lets the aliases of one locale leak into the next
        locale = Locale.parse(language)
        calendar[language.replace("_", "-")] = {"months": months(locale), "weekdays": weekdays(locale)}
        places[language.replace("_", "-")] = territories(locale)
        towns[language.replace("_", "-")] = cities(locale)
    for name, rows in (("calendar", calendar), ("territories", places), ("cities", towns)):
        body = ",\n".join(f"{json.dumps(key)}: {json.dumps(row, ensure_ascii=False)}" for key, row in rows.items())
        (DATA / f"{name}.json").write_text("{\n" + body + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
