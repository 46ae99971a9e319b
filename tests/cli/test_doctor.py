"""doctor: each kind of wrong thing is named with its mend, and what is right is not called wrong."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from .conftest import CONFIG, NOON, Run, desk


def _found(briefing: Run, code: int) -> dict[str, list[tuple[str, str]]]:
    """Give what the doctor found, by part."""
    found: dict[str, list[tuple[str, str]]] = {}
    for one in briefing("doctor", "--json").must(code).json:
        found.setdefault(one["part"], []).append((one["state"], one["finding"]))
    return found


def test_a_sound_installation_has_nothing_wrong(briefing: Run, built: Path) -> None:
    """All parts are looked at, each is ok, and the lines say the same as the data."""
    found = _found(briefing, 0)
    assert {"config", "clock", "output", "engine", "store", "templates", "mail of morning"} <= set(found)
    assert {state for findings in found.values() for state, _ in findings} <= {"ok", "note"}
    lines = briefing("doctor").must(0).out.splitlines()
    assert sum(map(len, found.values())) == len(lines)


def test_the_shipped_examples_are_pointed_out(briefing: Run, tmp_path: Path) -> None:
    """Contact and address of the example configuration are notes; an example sender over SMTP is wrong."""
    given = CONFIG.replace("desk@briefing-tests.net", "https://example.org/briefing")
    desk(tmp_path, given.replace("news.example.net", "www.example.com"))
    found = _found(briefing, 0)
    assert [state for state, _ in found["contact"] + found["base_url"]] == ["note", "note"]
    smtp = 'via: smtp, host: 127.0.0.1, security: none, sender: "Morning <morning@example.org>"'
    desk(tmp_path, CONFIG.replace('sender: "Morning <morning@briefing-tests.net>"', smtp))
    wrong = [text for state, text in _found(briefing, 1)["mail of morning"] if state == "wrong"]
    assert wrong
    assert "example" in wrong[0]


@pytest.mark.parametrize("kind", ["no database", "newer", "folder"])
def test_a_store_that_cannot_be_used_is_named(briefing: Run, built: Path, kind: str) -> None:
    """Doctor, build and every look at the store say which file and what to do, with exit code 1."""
    file = built / "data" / "briefing.db"
    if kind == "newer":
        with sqlite3.connect(file) as connection:
            connection.execute("INSERT INTO schema_version (version) VALUES (999)")
            changed = connection.total_changes
        connection.close()
        assert changed == 1
    else:
        for path in file.parent.glob("briefing.db*"):
            path.unlink()
        if kind == "folder":
            file.mkdir()
        else:
            file.write_bytes(b"this is a letter and not a database\n" * 200)
    [(state, text)] = _found(briefing, 1)["store"]
    assert state == "wrong"
    assert "briefing.db" in text
    for command in ("build", "storylines list", "sources list", "send"):
        assert "briefing.db" in briefing(*command.split()).must(1).err


def test_an_output_that_is_no_folder_is_named(briefing: Run, built: Path) -> None:
    """A file where the output should be: doctor and build name it, and once it is gone all is well."""
    (built / "config.yaml").write_text(CONFIG + "output: public\n")
    (built / "public").write_text("in the way")
    assert _found(briefing, 1)["output"][0][0] == "wrong"
    done = briefing("build", "--now", NOON).must(1)
    assert "public" in done.out
    (built / "public").unlink()
    briefing("build", "--now", NOON).must(0)
    assert (built / "public" / "index.html").is_file()
    assert _found(briefing, 0)["output"][0][0] == "ok"


def test_a_broken_template_is_named_and_the_edition_made(briefing: Run, built: Path) -> None:
    """A user's template with an error is named by file and line; the shipped one is used until it is mended."""
    folder = built / "templates" / "mail"
    folder.mkdir(parents=True)
    shipped = Path(__file__).parents[2] / "templates" / "mail"
    name = sorted(path.name for path in shipped.iterdir() if path.is_file())[0]
    (folder / name).write_text("{% if %}")
    assert any(name in text for state, text in _found(briefing, 1)["templates"] if state == "wrong")
    assert name in briefing("build", "--now", NOON).must(1).out
    (folder / name).unlink()
    briefing("build", "--now", NOON).must(0)
    assert "wrong" not in briefing("doctor").must(0).out


def test_failing_sources_and_documents_are_named_until_they_are_mended(briefing: Run, built: Path) -> None:
    """A missing corpus and a document of junk are named; mended, removed or dropped they are named no more."""
    (built / "config.yaml").write_text(CONFIG.replace("sources:", "sources:\n  - {corpus: none, slug: none}"))
    junk = built / "corpus" / "junk.txt"
    broken = built / "corpus" / "broken.json"
    junk.write_bytes(bytes(range(256)) * 40)
    broken.write_text("{")
    briefing("build", "--now", NOON).must(0)
    text = " ".join(text for _, text in _found(briefing, 1)["collect"])
    assert all(part in text for part in ("none: ", "junk.txt", "broken.json"))
    junk.unlink()
    broken.write_text(
        '{"title": "A bridge opens in Da Nang", "text": "The bridge over the Han river opened on Monday."}'
    )
    (built / "config.yaml").write_text(CONFIG)
    briefing("build", "--now", NOON).must(0)
    assert "collect" not in _found(briefing, 0)


def test_an_engine_that_cannot_be_had_is_named(briefing: Run, tmp_path: Path) -> None:
    """An engine whose package is missing, or whose address is not given, is one clear error with its mend."""
    desk(tmp_path, CONFIG.replace("{embedding: lexical}", "{embedding: 'no.such.package:Engine'}"))
    assert "is its package installed" in briefing("build").must(2).err
    desk(tmp_path, CONFIG.replace("{embedding: lexical}", "{embedding: {use: openai}}"))
    assert briefing("build").must(2).err
    assert "wrong" in briefing("doctor").must(1).out


def test_a_translator_that_does_not_answer_is_named(briefing: Run, tmp_path: Path) -> None:
    """The server that the configuration names is asked for its languages; where none answers, the finding says so."""
    engine = "{embedding: lexical, translation: {use: libretranslate, url: 'http://127.0.0.1:9'}}"
    desk(tmp_path, CONFIG.replace("{embedding: lexical}", engine))
    [(state, text)] = _found(briefing, 1)["translator"]
    assert state == "wrong"
    assert "http://127.0.0.1:9 does not answer" in text
