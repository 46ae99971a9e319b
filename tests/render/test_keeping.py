"""What is kept from run to run: never anything that would read differently now."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from briefing.render import pages
from briefing.render.keeping import digest, kept, stamp
from briefing.shipped import TEMPLATES

from .editions import SITE, edition


def test_a_result_is_made_once_and_an_error_is_made_again() -> None:
    """The same digest gives the same object; what raised is tried anew."""
    key = digest("a page", 1, ("b",))
    made = kept(key, lambda: ["made"])
    assert kept(key, lambda: ["made again"]) is made
    assert kept(digest("a page", 1, ("c",)), lambda: ["another"]) == ["another"]
    with pytest.raises(ZeroDivisionError):
        kept(digest("broken"), lambda: 1 / 0)
    assert kept(digest("broken"), lambda: "mended") == "mended"


def test_a_changed_storyline_changes_its_pages_alone() -> None:
    """After a run, an edition with one other sentence gives exactly the files that a fresh start gives."""
    first = edition(6, "en", "fa")
    before = pages.site_files([first], [], SITE)
    told = first.storylines[2]
    other = replace(told.sentences[0], text="The bridge at Old Ford is open again.")
    changed = replace(
        first,
        storylines=(
            *first.storylines[:2],
            replace(told, sentences=(other, *told.sentences[1:])),
            *first.storylines[3:],
        ),
    )
    after = pages.site_files([changed], [], SITE)
    moved = {path for path, body in after.items() if before[path] != body}
    assert f"storylines/{told.slug}/index.html" in moved
    assert not any(
        path.endswith(".html") and path.startswith("storylines/") and told.slug not in path for path in moved
    )
    assert pages.site_files([first], [], SITE) == before


def test_another_site_or_a_later_edition_is_not_taken_for_this_one() -> None:
    """Pages hold the site's title and address, and the list of the editions that tell their storyline."""
    made = edition(3, "en")
    page = f"storylines/{made.storylines[0].slug}/index.html"
    here = pages.site_files([made], [], SITE)[page]
    assert b"Another title" in pages.site_files([made], [], replace(SITE, title="Another title"))[page]
    later = replace(made, date=made.date.replace(day=9))
    assert pages.site_files([later, made], [], SITE)[page].count(b"/morning/") > here.count(b"/morning/")


def test_an_edited_template_or_theme_is_seen(tmp_path: Path) -> None:
    """A page kept from before a template of the user's, or a theme, was written or edited is set again."""
    made = edition(3, "en")
    page = f"storylines/{made.storylines[0].slug}/index.html"
    plain = pages.site_files([made], [], SITE, [tmp_path])
    path = tmp_path / "pages" / "storyline.html"
    path.parent.mkdir()
    shipped = (TEMPLATES / "pages" / "storyline.html").read_text(encoding="utf-8")
    for mark in ("<hr>", "<br>"):
        path.write_text(shipped.replace("{% block main %}", "{% block main %}" + mark), encoding="utf-8")
        os.utime(path, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns + 1_000_000))
        written = pages.site_files([made], [], SITE, [tmp_path])
        assert mark.encode() in written[page]
    path.unlink()
    assert pages.site_files([made], [], SITE, [tmp_path]) == plain
    theme = tmp_path / "themes" / "morning.yaml"
    theme.parent.mkdir()
    theme.write_text(
        (TEMPLATES / "themes" / "morning.yaml")
        .read_text(encoding="utf-8")
        .replace('paper: "#fdfbf7"', 'paper: "#fefefe"')
    )
    assert b"#fefefe" in pages.site_files([made], [], SITE, [tmp_path])[page]


def test_the_stamp_names_every_template_of_its_parts(tmp_path: Path) -> None:
    """Each file of the user's and of the shipped folder is in it, with its time and size."""
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "mine.html").write_text("x")
    found = {Path(path) for path, _, _ in stamp([tmp_path], "pages")}
    assert tmp_path / "pages" / "mine.html" in found
    assert TEMPLATES / "pages" / "base.html" in found
    assert TEMPLATES / "feeds" / "entry.html" not in found
