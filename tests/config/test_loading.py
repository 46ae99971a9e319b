"""config.yaml read with every way to get it wrong."""

from __future__ import annotations

import contextlib
import json
import time
import traceback
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing import shipped
from briefing.config import Config, CorpusSource, CustomSource, FeedSource, load, schema
from briefing.errors import ConfigError

SOURCES = "sources:\n  - feed: https://p.example/rss\n"
SECRET = "".join(("hunter", "2"))  # so that no line of source in a traceback holds it
LETTERS = "newsletters:\n  - title: Daily\n"
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def into(text: str | bytes) -> Path:
        path = tmp_path / "config.yaml"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    return into


def read(path: Path, **environ: str) -> Config:
    return load(path, environ)


def problems(path: Path, **environ: str) -> list[str]:
    """The problems of a file, each without the path in front."""
    with pytest.raises(ConfigError) as caught:
        load(path, environ)
    lines = str(caught.value).split("\n")
    assert all(line.startswith(f"{path}") for line in lines)
    return [line.removeprefix(f"{path}:").strip() for line in lines]


def problem(path: Path, **environ: str) -> str:
    (one,) = problems(path, **environ)
    return one


# ---------------------------------------------------------------- what is right


def test_a_message_is_one_line(write: Write):
    """A value of several lines is shown on one."""
    assert problem(write('title: "a\\nb"\n' + SOURCES + LETTERS)) == '1:8: title: expected one line of text, got "a b"'


def test_two_keys_are_enough(write: Write, tmp_path: Path):
    """Sources and newsletters suffice; everything else has a default, and newsletters inherit from the top."""
    config = read(write("languages: [vi, en]\ntime_zone: Asia/Ho_Chi_Minh\n" + SOURCES + LETTERS))
    letter = config.newsletters[0]
    assert (letter.slug, letter.language, letter.languages) == ("daily", "vi", ("vi", "en"))
    assert (letter.time_zone, letter.schedule, letter.minutes) == ("Asia/Ho_Chi_Minh", "30 6 * * *", 5)
    assert config.output == tmp_path / "out"
    assert config.templates == tmp_path / "templates"
    assert config.store == f"sqlite:///{tmp_path}/data/briefing.db"
    assert letter.delivery.folder == tmp_path / "data/outbox"


def test_paths_start_from_the_file(write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Relative paths belong to the file's folder, wherever the program is started."""
    write("output: ../public\nstore: sqlite:///x.db\n" + SOURCES + LETTERS)
    monkeypatch.chdir(tmp_path)
    config = read(Path("config.yaml"))
    assert config.output == tmp_path / "../public"
    assert config.store == f"sqlite:///{tmp_path}/x.db"


def test_sources_are_of_three_kinds(write: Write, tmp_path: Path):
    """A feed, a corpus, and a collector of one's own, with names and slugs made from what there is."""
    config = read(
        write(
            "sources:\n"
            "  - feed: https://www.p.example/rss\n"
            "  - {corpus: news, language: pt_br, every: 1h30m}\n"
            "  - {collector: 'mine.telegram:Channel', name: 'Kênh của tôi', options: {id: 5}}\n" + LETTERS
        )
    )
    feed, corpus, custom = config.sources
    assert isinstance(feed, FeedSource)
    assert isinstance(corpus, CorpusSource)
    assert isinstance(custom, CustomSource)
    assert (feed.name, feed.slug, feed.every, feed.allow_private) == ("p.example", "p-example", None, False)
    assert (corpus.corpus, corpus.slug, corpus.language) == (tmp_path / "news", "news", "pt-BR")
    assert corpus.every == timedelta(minutes=90)
    assert (custom.slug, custom.options) == ("kenh-cua-toi", {"id": 5})


@pytest.mark.parametrize(
    ("name", "slug"), [("มติชน", "mtichn"), ("Tuổi Trẻ", "tuoi-tre"), ("BBC — World!", "bbc-world"), ("!!!", "source")]
)
def test_slugs_are_ascii_and_stable(write: Write, name: str, slug: str):
    """A slug is the name in plain letters; it must not change, as the store's keys rest on it."""
    made = read(write(f"sources: [{{feed: 'https://p.example/', name: '{name}'}}]\n{LETTERS}")).sources[0].slug
    assert made == slug


def test_the_environment_fills_in_values(write: Write, tmp_path: Path):
    """${NAME}, ${NAME:-default}, ${file:PATH} and $$ are understood inside any value, numbers too."""
    (tmp_path / "secret").write_text("p$w\n")
    config = read(
        write(
            "title: ${A} costs $$5 ${B:-and ${C}\n" + SOURCES + "newsletters:\n  - title: ${E:-Daily}\n    delivery:\n"
            "      {via: smtp, host: h, sender: a@b.org, port: '${PORT}', password: '${file:secret}'}\n"
        ),
        A="It",
        PORT="2525",
    )
    delivery = config.newsletters[0].delivery
    assert config.title == "It costs $5 and ${C"
    assert config.newsletters[0].title == "Daily"
    assert delivery.effective_port == 2525
    assert delivery.password is not None
    assert delivery.password.get_secret_value() == "p$w"


@pytest.mark.parametrize(("security", "port"), [("starttls", 587), ("tls", 465), ("none", 25)])
def test_the_port_follows_the_security(write: Write, security: str, port: int):
    """Without a port the usual one of the kind of connection is taken."""
    text = f"newsletters: [{{title: D, delivery: {{via: smtp, host: h, sender: a@b.org, security: {security}}}}}]\n"
    assert read(write(SOURCES + text)).newsletters[0].delivery.effective_port == port


def test_yaml_reads_as_people_mean_it(write: Write):
    """`no` is Norwegian, a cron time needs no care, a date is a text; booleans are true and false."""
    config = read(write("languages: [no]\ntitle: 2024-10-24\n" + SOURCES + LETTERS))
    assert config.languages == ("no",)
    assert config.title == "2024-10-24"


@pytest.mark.parametrize(
    ("text", "seconds"), [("90s", 90), ("30m", 1800), ("1h", 3600), ("1d", 86400), ("1w", 604800), ("1h 30m", 5400)]
)
def test_durations_are_short_texts(write: Write, text: str, seconds: int):
    """Numbers with s, m, h, d or w, also several."""
    source = read(write(f"sources: [{{feed: 'https://p.example/', every: {text}}}]\n{LETTERS}")).sources[0]
    assert isinstance(source, FeedSource)
    assert source.every == timedelta(seconds=seconds)


def test_engines_may_be_named_shortly(write: Write):
    """`embedding: lexical` is `embedding: {use: lexical}`."""
    config = read(write("engine: {embedding: lexical, summary: {use: openai, model: m}}\n" + SOURCES + LETTERS))
    assert (config.engine.embedding.use, config.engine.summary.model) == ("lexical", "m")


def test_a_translator_is_off_until_it_is_named(write: Write):
    """By default nothing is translated; a folder of models starts from the file's own folder."""
    path = write("engine: {translation: {use: ctranslate2, folder: models, listed: true}}\n" + SOURCES + LETTERS)
    chosen = read(path).engine.translation
    assert (chosen.use, chosen.folder, chosen.listed) == ("ctranslate2", path.parent / "models", True)
    assert read(write(SOURCES + LETTERS)).engine.translation.use == "none"
    assert read(write("engine: {translation: argos}\n" + SOURCES + LETTERS)).engine.translation.use == "argos"


# ---------------------------------------------------------------- what is wrong


CASES = {
    "unknown key": ("titel: x\n", '1:1: titel: unknown key; did you mean "title"?'),
    "unknown nested key": (
        "http: {time_out: 5s}\n",
        '1:8: http.time_out: unknown key; did you mean "timeout"?',
    ),
    "number for text": ("title: 5\n", '1:8: title: expected a text, got 5; did you mean "5"?'),
    "text for list": ("languages: en\n", '1:12: languages: expected a list such as [a, b], got "en"'),
    "list for mapping": ("http: [1]\n", "1:7: http: expected keys and values (a mapping), got a list"),
    "mapping for text": ("title: {a: b}\n", "1:8: title: expected a text, got a mapping"),
    "empty list": ("languages: []\n", "1:12: languages: expected at least one, got a list"),
    "unknown zone": (
        "time_zone: Asia/Saigo\n",
        '1:12: time_zone: expected an IANA time zone such as Europe/Paris, got "Asia/Saigo"; '
        'did you mean "Asia/Saigon"?',
    ),
    "city for zone": (
        "time_zone: bangkok\n",
        '1:12: time_zone: expected an IANA time zone such as Europe/Paris, got "bangkok"; did you mean "Asia/Bangkok"?',
    ),
    "country for language": (
        "languages: [vn]\n",
        '1:13: languages[0]: expected a language code such as en, vi or pt-BR, got "vn"; did you mean "vi"?',
    ),
    "name for language": (
        "languages: [persian]\n",
        '1:13: languages[0]: expected a language code such as en, vi or pt-BR, got "persian"; did you mean "fa"?',
    ),
    "bad base": (
        "base_url: example.org\n",
        '1:11: base_url: expected an http:// or https:// address, got "example.org"; did you mean "https://example.org"?',
    ),
    "wrong store": (
        "store: briefing.db\n",
        "1:8: store: expected a store such as sqlite:///data/briefing.db or postgresql://user@host/briefing, "
        'got "briefing.db"; did you mean "sqlite:///briefing.db"?',
    ),
    "wrong choice": (
        "missed: latr\n",
        "1:9: missed: expected 'late', 'skip' or 'merge', got \"latr\"; did you mean \"late\"?",
    ),
    "negative size": (
        "http: {max_size: -5}\n",
        "1:18: http.max_size: expected a size such as 500KB or 10MB, above zero and at most 1GB, got -5",
    ),
    "number for duration": (
        "http: {timeout: 20}\n",
        '1:17: http.timeout: expected a duration such as 30m, 1h or 1d (units s m h d w), got 20; did you mean "20m"?',
    ),
    "unset variable": (
        "title: ${TITLE}\n",
        "1:8: title: ${TITLE} is not set in the environment; set it, or write ${TITLE:-default}",
    ),
    "misspelt variable": (
        "title: ${BRIEFING_TITEL}\n",
        "1:8: title: ${BRIEFING_TITEL} is not set in the environment; set it, or write ${BRIEFING_TITEL:-default}; "
        "did you mean ${BRIEFING_TITLE}?",
    ),
    "odd variable": ("title: ${a b}\n", "1:8: title: expected ${NAME}, ${NAME:-default} or ${file:PATH}, got ${a b}"),
    "missing secret file": (
        "title: ${file:nowhere}\n",
        "1:8: title: ${file:nowhere} cannot be read (No such file or directory)",
    ),
    "key twice": ("title: a\ntitle: b\n", "2:1: title: given twice, first in line 1; keep one"),
    "tag": (
        "title: !!python/object:os.system x\n",
        "1:8: title: the tag !python/object:os.system is not understood here; write a plain value",
    ),
    "list as key": ("? [a]\n: b\n", "1:3: expected a plain key, got a list or mapping"),
    "translator without its server": (
        "engine: {translation: libretranslate}\n",
        '1:23: engine.translation: expected also url, the address of the LibreTranslate server, got "libretranslate"',
    ),
    "translator without its model": (
        "engine: {translation: {use: openai, url: 'http://localhost:1234/v1'}}\n",
        "1:23: engine.translation: expected also model, the name of the model, got a mapping",
    ),
    "contact": (
        "contact: 'Jo (me)'\n",
        '1:10: contact: expected a web or e-mail address in plain ASCII, got "Jo (me)"',
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_mistake_is_named_with_place_and_mend(write: Write, case: str):
    """One mistake is one line: line, column, key, what was expected and given, and what may have been meant."""
    text, expected = CASES[case]
    assert problem(write(text + SOURCES + LETTERS), BRIEFING_TITLE="x") == expected


SOURCE_CASES = {
    "kind misspelt": (
        "fed: https://p.example/",
        'expected either feed: ADDRESS or corpus: FOLDER, got a mapping; did you mean "feed:"?',
    ),
    "two kinds": (
        "{feed: 'https://p.example/', corpus: x}",
        "expected either feed: ADDRESS or corpus: FOLDER, got a mapping",
    ),
    "bare address": ("https://p.example/", 'expected either feed: ADDRESS or corpus: FOLDER, got "https://p.example/"'),
    "other scheme": ("feed: ftp://p.example/", 'feed: expected an http:// or https:// address, got "ftp://p.example/"'),
    "file": ("feed: file:///etc/passwd", 'feed: expected an http:// or https:// address, got "file:///etc/passwd"'),
    "no host": ("feed: 'http://'", 'feed: expected an http:// or https:// address, got "http://"'),
    "bad port": (
        "feed: http://p.example:x/",
        'feed: expected an http:// or https:// address, got "http://p.example:x/"',
    ),
    "too often": (
        "{feed: 'https://p.example/', every: 5s}",
        'every: expected an interval of at least a minute (1m), got "5s"',
    ),
    "too rarely": (
        "{feed: 'https://p.example/', every: 900d}",
        'every: expected a duration above zero and at most a year, got "900d"',
    ),
    "bad slug": (
        "{feed: 'https://p.example/', slug: My Slug}",
        'slug: expected small letters, digits and single hyphens, at most 60, got "My Slug"; did you mean "my-slug"?',
    ),
    "key of another kind": ("{corpus: x, allow_private: true}", "allow_private: unknown key"),
    "not a boolean": (
        "{feed: 'https://p.example/', allow_private: maybe}",
        'allow_private: expected true or false, got "maybe"',
    ),
    "not a factory": (
        "{collector: nothing, name: x}",
        'collector: expected a factory such as package.module:Factory, got "nothing"',
    ),
    "no path": ("corpus: ' '", 'corpus: expected a path, got " "'),
}


@pytest.mark.parametrize("case", SOURCE_CASES)
def test_a_wrong_source_is_named(write: Write, case: str):
    """Mistakes in a source say which of them it is."""
    text, expected = SOURCE_CASES[case]
    found = problem(write(f"sources:\n  - {text}\n{LETTERS}"))
    assert found.endswith(expected)
    assert ": sources[0]" in found


LETTER_CASES = {
    "cron": ('schedule: "61 6 * * *"', "schedule: expected a cron expression such as"),
    "cron fields": ('schedule: "6:30"', "five fields"),
    "never": ('schedule: "0 0 30 2 *"', "at some time; this one never does"),
    "macro": ('schedule: "@daily"', "five fields"),
    "minutes": ("minutes: five", 'minutes: expected a whole number, got "five"'),
    "too many": ("minutes: 1000", "minutes: expected a number of at most 120, got 1000"),
    "none": ("storylines: 0", "storylines: expected a number of at least 1, got 0"),
    "filter": (
        "filter: {sources: [pexample]}",
        'expected the slug of a source, got "pexample"; did you mean "p-example"?',
    ),
    "filter far": ("filter: {sources: [zzz]}", 'got "zzz"; there are p-example'),
    "via": ("delivery: {via: pigeon}", "delivery.via: expected 'outbox' or 'smtp', got \"pigeon\""),
    "address": ("delivery: {to: [nobody]}", "delivery.to[0]: expected an e-mail address such as reader@example.org"),
    "addresses": ("delivery: {to: a@b.org}", 'delivery.to: expected a list such as [a, b], got "a@b.org"'),
    "sender": ("delivery: {sender: Me}", "delivery.sender: expected an e-mail address"),
    "port": ("delivery: {port: 70000}", "delivery.port: expected a number of at most 65535, got 70000"),
    "unsubscribe": ("delivery: {unsubscribe: 'https://x.org/?a'}", "an address without ? and #"),
    "host": ("delivery: {host: 'https://mail.x.org'}", "the bare name of a mail server"),
    "password": ("delivery: {password: hunter2}", "expected a reference such as ${PASSWORD} to the environment"),
    "theme": ("theme: ../../etc", "theme: expected letters, digits, _ and -"),
    "images": ("images: leed", "images: expected 'none', 'lead' or 'storylines', got \"leed\"; did you mean \"lead\"?"),
}


@pytest.mark.parametrize("case", LETTER_CASES)
def test_a_wrong_newsletter_is_named(write: Write, case: str):
    """Mistakes in a newsletter say which of them it is, and where in it."""
    text, expected = LETTER_CASES[case]
    found = problem(write(f"{SOURCES}{LETTERS}    {text}\n"))
    assert expected in found
    assert found.startswith("5:")
    assert "newsletters[0]." in found


def test_smtp_needs_a_server_and_a_sender(write: Write):
    """A mail server cannot be guessed, and mail from nobody is refused everywhere."""
    found = problems(write(SOURCES + LETTERS + "    delivery: {via: smtp}\n"))
    assert [line.split(" ")[1] for line in found] == [
        "newsletters[0].delivery.host:",
        "newsletters[0].delivery.sender:",
    ]


def test_slugs_are_given_once(write: Write):
    """Two sources, or newsletters, whose slugs are the same, made or given, are told apart by line."""
    text = "sources:\n  - {feed: 'https://p.example/', name: A B}\n  - {corpus: x, slug: a-b}\n"
    text += "newsletters:\n  - title: Daily\n  - title: daily\n"
    assert problems(write(text)) == [
        '3:23: sources[1].slug: "a-b" is already that of line 2; give this one a slug of its own',
        '6:5: newsletters[1].slug: "daily" is already that of line 5; give this one a slug of its own',
    ]


def test_all_mistakes_come_at_once(write: Write):
    """Mistakes of every kind are listed together, in the order of the file."""
    found = problems(
        write(
            "titel: x\ntime_zone: Mars\nstore: ${DB}\nstore: y\nsources:\n  - feed: gopher://x\n  - corpus: a\n"
            "  - corpus: a\nnewsletters:\n  - title: D\n    minutes: x\n    filter: {sources: [nothing]}\n"
        )
    )
    assert [line.split(":")[0] for line in found] == ["1", "2", "3", "4", "6", "8", "11", "12"]


def test_missing_sections_are_named(write: Write):
    """Without sources or newsletters there is nothing to do, and both are said."""
    assert problems(write("title: x\n")) == [
        "1:1: newsletters: this key is missing",
        "1:1: sources: this key is missing",
    ]


# ---------------------------------------------------------------- files that are no configuration


def test_a_missing_file_says_how_to_make_one(tmp_path: Path):
    """`briefing init` is the mend."""
    assert problem(tmp_path / "config.yaml") == "no such file; `briefing init` writes a commented one"


def test_a_folder_is_not_read(tmp_path: Path):
    """A path to a folder is an error, not a crash."""
    assert "cannot be read" in problem(tmp_path)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "the file is empty; `briefing init` writes a commented one"),
        (b"# only a comment\n", "the file is empty; `briefing init` writes a commented one"),
        (b"- a\n- b\n", "1:1: expected keys such as `title:` and `sources:`, got a list"),
        (b"just words\n", '1:1: expected keys such as `title:` and `sources:`, got "just words"'),
        (b"title: x\n\tlanguages: [en]\n", "2:1: a tab; YAML indents with spaces"),
        (
            b"title: a: b\n",
            "1:9: mapping values are not allowed here; put a text that holds a colon and a space in quotes",
        ),
        (b"title: [a\n", "2:1: expected ',' or ']', but got '<stream end>' (while parsing a flow sequence at line 1)"),
        ("title: Tu\u1ed5i".encode("utf-16"), "1: not UTF-8 text; save the file with the encoding UTF-8"),
        (b"title: x\nlanguages: [\xff]\n", "2: not UTF-8 text; save the file with the encoding UTF-8"),
        (b"a: b\ntitle: \x07\n", "2: a character that YAML does not allow (U+0007)"),
        (b"a: 1\n---\nb: 2\n", "2:1: but found another document (expected a single document in the stream at line 1)"),
        (b"a: *nothing\n", "1:4: found undefined alias 'nothing'"),
        (b"a: &x [*x]\n", "nested too deeply, or an alias that holds itself"),
        (b"[" * 5000, "nested too deeply, or an alias that holds itself"),
        (b"x" * 300_001, "larger than 300 KB; is this the configuration?"),
    ],
    ids=lambda value: value[:20] if isinstance(value, bytes) else None,
)
def test_what_is_no_configuration_is_said_in_one_line(write: Write, data: bytes, expected: str):
    """Each names the place, as far as there is one, and what is the matter."""
    assert problem(write(data)) == expected


def test_laughs_stay_few(write: Write):
    """Aliases that multiply are stopped by count, at once."""
    text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in range(1, 12):
        text += f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]\n"
    before = time.monotonic()
    assert problem(write(text)) == "expands to more than 50,000 values; use fewer aliases"
    assert time.monotonic() - before < 5


# ---------------------------------------------------------------- secrets


@pytest.mark.parametrize(
    "text",
    [
        "store: mysql://me:${SECRET}@h/d\n",
        "store: mysql://me:hunter2@h/d\n",
        "base_url: ftp://me:${SECRET}@x.org/\n",
        "time_zone: ${SECRET}\n",
        "languages: ${SECRET}\n",
        "missed: ${SECRET}\n",
        "pasword: ${SECRET}\n",
        "engine: {summary: {use: openai, api_key: [hunter2]}}\n",
        "engine: {summary: {use: openai, api_key: hunter2}}\n",
        "engine: {translation: {use: openai, api_key: '${SECRET}'}}\n",
    ],
)
def test_no_message_repeats_a_secret(write: Write, text: str):
    """Values from the environment, keys, and logins in addresses are in no error, nor in its traceback."""
    with pytest.raises(ConfigError) as caught:
        load(write(text + SOURCES + LETTERS), {"SECRET": SECRET})
    assert SECRET not in "".join(traceback.format_exception(caught.value, chain=True))


def test_no_printed_configuration_holds_a_secret(write: Write):
    """Passwords, keys and the store's login do not appear when the settings are printed."""
    text = (
        "store: postgresql://me:${SECRET}@h/d\nengine: {summary: {use: openai, api_key: '${SECRET}'}}\n"
        + SOURCES
        + LETTERS
    ) + "    delivery: {via: smtp, host: h, sender: a@b.org, password: '${SECRET}'}\n"
    config = load(write(text), {"SECRET": SECRET})
    assert SECRET in config.store
    assert SECRET not in repr(config)
    assert SECRET not in str(config)


# ---------------------------------------------------------------- anything


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
def test_any_bytes_are_a_configuration_or_an_error(write: Write, data: bytes):
    """No file leads to anything but settings or ConfigError."""
    with contextlib.suppress(ConfigError):
        load(write(data), {})


_LINES = shipped.CONFIG.read_text().splitlines()
_PIECES = ["", "x", "[", "]", "{", "- ", ": ", "null", "5", "true", "${X}", "&a ", "*a", "!!int ", '"', "\t", "|", "-1"]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_slip_in_the_shipped_file_is_read_or_named(write: Write, data: st.DataObject):
    """The shipped file with a few characters changed is right still, or says where it is wrong."""
    lines = [line for line in _LINES if line.split("#")[0].strip()]
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(lines) - 1))
        start = data.draw(st.integers(0, len(lines[at])))
        piece = data.draw(st.sampled_from(_PIECES))
        lines[at] = lines[at][:start] + piece + lines[at][start + data.draw(st.integers(0, 5)) :]
    path = write("\n".join(lines))
    said = [str(path)]
    try:
        load(path, {})
    except ConfigError as error:
        said = str(error).split("\n")
    assert all(line.startswith(str(path)) for line in said)


def outline(whole: dict[str, Any]) -> dict[str, dict[str, tuple[object, ...]]]:
    """The keys of each section with what an editor shows of them; how pydantic spells the rest varies by release."""
    parts = {"Config": whole} | whole["$defs"]
    shown = ("description", "default", "enum", "pattern", "examples")
    return {
        part: {key: tuple(about.get(each) for each in shown) for key, about in parts[part]["properties"].items()}
        for part in parts
        if "properties" in parts[part]
    }


def test_the_schema_is_in_step():
    """docs/config.schema.json is what the settings say; write it anew with `python scripts/config_schema.py`."""
    written = Path(__file__).parents[2] / "docs" / "config.schema.json"
    assert outline(json.loads(written.read_text())) == outline(schema())


def test_the_shipped_file_fits_the_schema():
    """An editor that checks config.yaml against the schema finds nothing wrong with the shipped one."""
    jsonschema.validate(yaml.safe_load(shipped.CONFIG.read_text()), schema())
