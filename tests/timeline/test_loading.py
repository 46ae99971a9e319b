"""Processes read from YAML: the shipped ones, the user's own, and errors that name file, line and key."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.errors import ConfigError
from briefing.text.phrases import pattern
from briefing.timeline import load_processes
from briefing.timeline.loading import shared_words

SHIPPED = ["court_case", "disaster_response", "election", "legislation", "merger", "strike", "treaty"]
CORE = {
    "en", "vi", "th", "fa", "ru", "uk", "zh", "ja", "ko", "ar",
    "he", "hi", "id", "tr", "es", "fr", "de", "pt", "it", "pl",
}  # fmt: skip

OWN = """
key: festival
name: Festival
matter: [festival]
stages:
  - key: planned
    name: Planned
    description: The town decides to hold the festival.
    cues: [festival + approve_it]
  - key: held
    name: Held
    description: The festival takes place in the town.
words:
  festival:
    en: [festival]
  approve_it:
    en: [approved, ~approve]
"""


def problems(text: str) -> list[str]:
    """What is said to be wrong with a process file."""
    with pytest.raises(ConfigError) as caught:
        load_processes({"own.yaml": text})
    return str(caught.value).splitlines()


def test_seven_processes_are_shipped_in_order_of_key() -> None:
    """The shipped processes are there, each with at least five stages that a reader sees described."""
    processes = load_processes()
    assert [process.key for process in processes] == SHIPPED
    assert all(len(process.stages) >= 5 for process in processes)
    assert all(len(stage.description) > 30 for process in processes for stage in process.stages)


def test_every_shipped_word_is_a_word_and_every_pattern_compiles() -> None:
    """No entry was read by YAML as something else ("no", "on"), and each list makes a pattern in its language."""
    for words_of in (shared_words(), *(process.words for process in load_processes())):
        for group, languages in words_of.items():
            for language, words in languages.items():
                assert all(isinstance(word, str) and word == word.strip() for word in words), (group, language)
                assert pattern([word.removeprefix("~") for word in words], language) is not None, (group, language)


def test_what_a_matter_is_about_is_known_in_twenty_languages() -> None:
    """The groups that decide whether a storyline is of a kind have words in each of the twenty languages."""
    for process in load_processes():
        groups = process.groups()
        for group in process.matter:
            assert groups[group].keys() >= CORE, (process.key, group)
    assert all(languages.keys() >= CORE for group, languages in shared_words().items() if group in ("sign", "ratify"))


def test_a_users_process_is_added_and_one_of_the_same_key_replaces() -> None:
    """A new key adds a process; a shipped key replaces the shipped process."""
    added = load_processes({"own.yaml": OWN})
    assert [process.key for process in added] == sorted([*SHIPPED, "festival"])
    replaced = load_processes({"own.yaml": OWN.replace("key: festival", "key: treaty", 1)})
    assert [process.key for process in replaced] == SHIPPED
    assert [process.name for process in replaced if process.key == "treaty"] == ["Festival"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("name: Festival", "nane: Festival", "own.yaml, line 3: nane: unknown key; did you mean 'name'?"),
        ("    cues: [festival +", "    cuess: [festival, ", "line 9: stages.0.cuess: unknown key; did you mean"),
        ("festival + approve_it", "festivl + approve_it", "group of words is called 'festivl'; did you mean"),
        ("key: held", "key: planned", "own.yaml, line 10: stages.1.key: 'planned' is there already"),
        ("key: held", "key: held\n    implies: [later]", "stages.1.implies.0: 'later' is no earlier stage"),
        ("[approved, ~approve]", "['/(/']", "own.yaml, line 17: words.approve_it.en: a wrong regular expression"),
        ("[approved, ~approve]", "[no, approved]", "line 17: words.approve_it.en.0: Input should be a valid string"),
        ("key: festival", "key: Big Festival", "line 2: key: String should match pattern"),
        ("stages:", "stages: [", "own.yaml, line 6: not YAML"),
    ],
)  # fmt: skip
def test_each_mistake_names_file_line_key_and_mend(old: str, new: str, said: str) -> None:
    """The operator reads where to look and what was expected."""
    assert any(said in problem for problem in problems(OWN.replace(old, new, 1))), problems(OWN.replace(old, new, 1))


def test_all_mistakes_of_all_files_are_said_at_once() -> None:
    """One error holds the problems of every file, one a line."""
    with pytest.raises(ConfigError) as caught:
        load_processes({"a.yaml": "key: a", "b.yaml": "- no mapping", "c.yaml": OWN, "d.yaml": OWN})
    said = str(caught.value)
    assert "a.yaml, line 1: name: Field required" in said
    assert "b.yaml, line 1: a process must be a mapping" in said
    assert "d.yaml: key: 'festival' is also the key of c.yaml" in said


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=200) | st.sampled_from([OWN[:n] for n in range(0, len(OWN), 17)]))
def test_any_text_is_read_or_refused_with_a_clear_error(text: str) -> None:
    """Whatever the file holds, it is a process or a ConfigError that names the file."""
    try:
        load_processes({"own.yaml": text})
        said = []
    except ConfigError as error:
        said = str(error).splitlines()
    assert all(line.startswith("own.yaml") for line in said if ":" in line[:40])


def test_a_huge_file_is_refused() -> None:
    """A file far beyond a page is refused unread."""
    assert "longer than" in problems("key: " + "a" * 500_000)[0]


def test_the_example_in_the_guide_is_a_process() -> None:
    """What docs/processes.md shows can be copied into a folder as it is."""
    guide = (Path(__file__).parents[2] / "docs" / "processes.md").read_text("utf-8")
    example = guide.partition("```yaml\n")[2].partition("```")[0]
    (festival,) = (one for one in load_processes({"festival.yaml": example}) if one.key == "festival")
    assert [stage.key for stage in festival.stages] == ["planned", "held"]
