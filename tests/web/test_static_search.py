"""The search of a site that nobody serves: in a real browser, from files, with nothing asked of anyone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from briefing.render.pages import site_files
from briefing.render.records import Listed, Records

from ..render.editions import edition
from ..render.sites import FOLDER, site_of
from ..text.test_seeking import CASES
from ..text.test_seeking import shown as wanted

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

MORE = [
    ("QUỐC HỘI", "Quốc hội"),
    ("Straße", "STRASSE strasse"),
    ("إيران", "ایران و ايران"),
    ("โลก ๒๕๖๗", "ข่าวโลก 2567"),
    ("הסכם", "הֶסְכֵּם"),
    ("ГДП ещё", "гдп еще"),
    ("हिन्दी", "हिन्दी समाचार"),
    ("대통령", "대통령이 말했다"),
    ("ＧＤＰ", "GDP gdp"),
    ("đảng", "Dang đảng đang"),
    ("Αθήνα", "ΑΘΗΝΑ Αθηνα"),
    ("a-b", "a b ab"),
    ("「条約」", "条約 包括的条約"),
    ("\x00 *", "nothing"),
]

SHOW = """([query, text]) => {
  const found = briefing.seek(briefing.queryOf(query), "", [text], false);
  return found ? briefing.pieces(text, found.inText).map(([part, hit]) => hit ? `[${part}]` : part).join("") : "";
}"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site on a disk."""
    made = tmp_path_factory.mktemp("a site") / "out"
    for path, body in site_of([edition(12, "vi", "th", "fa", "en")]).items():
        (made / path).parent.mkdir(parents=True, exist_ok=True)
        (made / path).write_bytes(body)
    return made


@pytest.fixture
def page(chromium: Browser, folder: Path) -> Iterator[Page]:
    """A page that fails the test where anything is asked outside the folder, refused or complained of."""
    context = chromium.new_context(viewport={"width": 375, "height": 800})
    made, wrong = context.new_page(), []
    made.on("request", lambda asked: None if asked.url.startswith("file:") else wrong.append(asked.url))
    # An icon that was still on its way when the page was left is no loss.
    made.on("requestfailed", lambda asked: None if asked.url.endswith("icon.svg") else wrong.append(asked.url))
    made.on("console", lambda said: wrong.append(said.text) if said.type in ("error", "warning") else None)
    made.on("pageerror", lambda error: wrong.append(str(error)))
    yield made
    context.close()
    assert wrong == []


def test_every_page_reads_from_a_disk(page: Page, folder: Path) -> None:
    """No page asks for anything but the folder's own files, and every link within leads to one."""
    for path in sorted(folder.rglob("*.html")):
        if path.name == "404.html":  # it is shown at any depth of a host, and knows whole paths alone
            continue
        page.goto(path.as_uri())
        for link in page.eval_on_selector_all("a[href]", "all => all.map(one => one.href)"):
            if link.startswith("file:"):
                assert link.partition("#")[0].endswith((".html", ".xml", ".json", ".opml")), (path, link)


def test_the_script_finds_what_the_program_finds(page: Page, folder: Path) -> None:
    """Both fold, compare and mark alike: scripts with and without spaces, marks, variants, quotations, minuses."""
    page.goto((folder / "search" / "index.html").as_uri())
    for query, text, result in CASES:
        assert page.evaluate(SHOW, [query, text]) == result, query
    for query, text in MORE:
        assert page.evaluate(SHOW, [query, text]) == wanted(query, text), query


def test_a_storyline_is_found_and_reached(page: Page, folder: Path) -> None:
    """Typing shows results, says how many, marks what was asked for; the link leads to the storyline's page."""
    page.goto((folder / "search" / "index.html").as_uri())
    assert page.locator("#all li").count() == 12
    headline = page.locator("#all a").nth(3).inner_text()
    words = [word for word in headline.split() if len(word) > 3][:2]
    page.get_by_role("searchbox").fill(" ".join(words))
    page.locator("#found li").first.wait_for()
    assert page.locator("#found mark").count() >= 1
    assert page.locator("#all").is_hidden()
    assert "1" in page.get_by_role("status").inner_text()
    page.locator("#found a").first.click()
    page.wait_for_url("**/storylines/*/index.html")
    assert page.locator("h1").inner_text()


def test_the_search_works_by_keyboard_and_keeps_its_address(page: Page, folder: Path) -> None:
    """Enter searches; the address then names the search, so that it can be kept; nothing found is said."""
    page.goto((folder / "search" / "index.html").as_uri() + "?q=zzzz")
    page.get_by_text("Nothing was found.").wait_for()
    box = page.get_by_role("searchbox")
    assert box.input_value() == "zzzz"
    box.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("qqqq -x")
    page.keyboard.press("Enter")
    page.wait_for_function("location.search.includes('qqqq')")
    assert page.get_by_role("status").inner_text() == "Nothing was found."
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.locator("#all li").first.wait_for()


def test_strangers_markup_stays_text(chromium: Browser, tmp_path: Path) -> None:
    """A headline that is a script is shown as the words it is."""
    headline = '<img src=x onerror="alert(1)"> treaty </script>'
    evil = Listed("s1", "evil", headline, "en", "m", date(2026, 11, 2), ("<b>x",))
    files = site_files([], [], FOLDER, records=Records({"2026-11": (evil,)}, ("2026-11",)))
    seen = _searched(chromium, tmp_path, files, "treaty")
    assert seen.locator("#found img").count() == 0
    assert seen.locator("#found a").inner_text() == headline
    seen.context.close()


def test_months_are_loaded_as_they_are_needed(chromium: Browser, tmp_path: Path) -> None:
    """Of many months the newest few are looked through; a button looks further back and says from where."""
    one = Listed("s", "s", "Treaty", "en", "m", date(2026, 1, 2), ())
    months = [f"{year}-{month:02}" for year in (2026, 2025) for month in range(12, 0, -1)]
    listed = {}
    for month in months:
        day = date.fromisoformat(f"{month}-02")
        listed[month] = (replace(one, storyline=month, slug=month, headline=f"Treaty {month}", date=day),)
    files = site_files([], [], FOLDER, records=Records(listed, tuple(months)))
    seen = _searched(chromium, tmp_path, files, "treaty")
    assert seen.locator("#found li").count() == 4
    button = seen.get_by_role("button", name=re.compile("Look further back than Sept? 2026"))
    button.click()
    seen.wait_for_function("document.querySelectorAll('#found li').length === 8")
    assert seen.locator("#found a").first.inner_text() == "Treaty 2026-12"
    seen.context.close()


def _searched(chromium: Browser, folder: Path, files: dict[str, bytes], query: str) -> Page:
    for path, body in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(body)
    page = chromium.new_context().new_page()
    page.goto((folder / "search" / "index.html").as_uri() + f"?q={query}")
    page.locator("#found li").first.wait_for()
    return page
