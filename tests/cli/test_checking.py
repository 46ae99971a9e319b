"""check: what is wrong with an edition, before it is sent, for people and for continuous integration."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import CONFIG, Run, desk


def test_a_sound_edition_has_nothing_to_find(briefing: Run, built: Path) -> None:
    """The newest edition of each newsletter is checked, in any theme, and nothing is found even when strict."""
    done = briefing("check", "--strict").must(0)
    assert done.out == "ok    2026-11-21/morning: nothing to find\n"
    assert briefing("check", "morning", "2026-11-21/morning", "--theme", "slate", "--json").must(0).json == []


def test_a_broken_template_is_wrong_and_named(briefing: Run, built: Path) -> None:
    """A template with an error, and one whose mail breaks a rule, end with exit code 1, place and mend."""
    own = built / "templates" / "mail"
    own.mkdir(parents=True)
    (own / "closing.mjml").write_text("<mj-section><mj-column><mj-text>{{ shet }}</mj-text></mj-column></mj-section>")
    done = briefing("check").must(1)
    assert "closing.mjml, line 1" in done.out
    assert "did you mean 'sheet'?" in done.out
    text = '<mj-section><mj-column><mj-text><p><a href="http://x.example.org/">here</a></p></mj-text></mj-column></mj-section>'
    (own / "closing.mjml").write_text(text)
    rows = briefing("check", "--json").must(1).json
    found = {(row["edition"], row["rule"], row["weight"]) for row in rows}
    assert ("2026-11-21/morning", "link-scheme", "wrong") in found
    assert ("2026-11-21/morning", "link-generic", "note") in found
    assert ("2026-11-21/morning", "unsubscribe-link", "wrong") in found
    assert all(row["mend"] for row in rows)


def test_notes_fail_where_strict(briefing: Run, built: Path) -> None:
    """A file with nothing but notes passes, and fails with --strict."""
    mail = (built / "out/editions/2026-11-21/morning/email.html").read_text("utf-8")
    (built / "mail.html").write_text(mail.replace("<h1 ", "<h2 ").replace("</h1>", "</h2>"), "utf-8")
    done = briefing("check", "mail.html").must(0)
    assert done.out.startswith("note  mail.html: mail: first-heading: ")
    briefing("check", "mail.html", "--strict").must(1)


def test_files_are_checked_without_a_configuration(briefing: Run, built: Path) -> None:
    """A message in a file is checked whole, headers and HTML, wherever it came from."""
    (built / "config.yaml").unlink()
    message = built / "out/editions/2026-11-21/morning/email.eml"
    briefing("check", message, "--strict").must(0)
    message.write_bytes(message.read_bytes().replace(b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n", b""))
    assert "one-click" in briefing("check", message).must(1).out
    (built / "junk.eml").write_bytes(b"\x00\xff\r\n" * 100)
    briefing("check", "junk.eml").must(1)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["morni"], "there is no newsletter 'morni': expected one of morning"),
        (["2026-11-20/morning"], "there is no edition 2026-11-20/morning"),
        (["yesterday/morning"], "'yesterday' is no date"),
        (["nothing.eml"], "nothing.eml cannot be read: No such file"),
        (["--theme", "slat"], "there is no theme 'slat': expected one of gazette, morning, slate"),
    ],
)
def test_what_is_not_there_is_wrong_use(briefing: Run, built: Path, arguments: list[str], said: str) -> None:
    """An edition, newsletter, file or theme that is not there is named, with what there is, and exit code 2."""
    assert said in briefing("check", *arguments).must(2).err


def test_without_an_edition_it_says_what_makes_one(briefing: Run, tmp_path: Path) -> None:
    """Before the first build there is nothing to check, and that is said."""
    desk(tmp_path, CONFIG)
    assert "`briefing build` makes one" in briefing("check").must(2).err
