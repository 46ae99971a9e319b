"""What failed, told once for each cause."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from briefing.model import Failure
from briefing.render.failing import failed
from briefing.render.mail import mail

from .editions import SITE, edition

NOW = datetime(2026, 11, 21, 6, 0, tzinfo=UTC)


def unresolved(name: str) -> Failure:
    return Failure("collect", name, f"could not resolve {name}.example.org: no network", NOW, transient=True)


def test_one_cause_is_one_line_that_names_all_it_struck() -> None:
    """Sources that fail alike but for their host share a line; their hosts give way to an ellipsis."""
    (line,) = failed([unresolved("alpha"), unresolved("beta")])
    assert line.subjects == ("alpha", "beta")
    assert line.message == "could not resolve …: no network"
    assert line.transient


def test_a_failure_of_its_own_kind_keeps_its_whole_message() -> None:
    """Another message, stage or outlook is another line, in the order of the first of each."""
    lines = failed(
        [
            unresolved("alpha"),
            Failure("collect", "beta", "answered 404 Not Found", NOW),
            replace(unresolved("gamma"), transient=False),
            replace(unresolved("delta"), stage="deliver"),
        ]
    )
    assert [line.subjects for line in lines] == [("alpha",), ("beta",), ("gamma",), ("delta",)]
    assert lines[0].message == "could not resolve alpha.example.org: no network"


def test_hundreds_of_subjects_are_counted_not_listed() -> None:
    """A line names twenty subjects and says how many more there are."""
    (line,) = failed([unresolved(f"source-{n}") for n in range(500)])
    assert len(line.subjects) == 21
    assert line.subjects[-1] == "+480"


def test_mail_says_how_many_causes_it_leaves_to_the_page() -> None:
    """More causes than the mail has room for end in a count, in the mail and in its text part."""
    failures = tuple(Failure("collect", f"source-{n}", f"fault {chr(97 + n)}", NOW) for n in range(20))
    html, text = mail(replace(edition(1, "en"), failures=failures, left_out=()), SITE)
    assert "8 more are on the page." in html
    assert "8 more are on the page." in text
