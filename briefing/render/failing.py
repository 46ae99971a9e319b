"""Failures as an edition shows them: one line for one cause, however many subjects it struck."""

from __future__ import annotations

import re
from collections.abc import Iterable

from briefing.model import Failure
from briefing.render.views import Failed, clipped, plain

_HOST = re.compile(r"\b(?:[a-z0-9-]+\.)+[a-z][a-z0-9-]+\b", re.IGNORECASE)
_MESSAGE = 300  # characters of one message
_SUBJECT = 120
_SUBJECTS = 20  # that one line names


def failed(failures: Iterable[Failure]) -> tuple[Failed, ...]:
    """Give the failures, folded where only the subject and the host's name differ, in the order of their first.

    With no network every source fails alike: sixteen lines would say one thing. A failure of its own kind keeps its
    whole message; folded ones show ``…`` where their hosts stood.
    """
    causes: dict[tuple[str, str, bool], list[Failure]] = {}
    for failure in failures:
        causes.setdefault((failure.stage, _HOST.sub("…", failure.message), failure.transient), []).append(failure)
    return tuple(
        Failed(
            stage=plain(stage),
            subjects=_subjects(alike),
            message=clipped(plain(cause if len(alike) > 1 else alike[0].message), _MESSAGE),
            transient=transient,
        )
        for (stage, cause, transient), alike in causes.items()
    )


def _subjects(alike: list[Failure]) -> tuple[str, ...]:
    named = tuple(dict.fromkeys(clipped(plain(failure.subject), _SUBJECT) for failure in alike))
    return named if len(named) <= _SUBJECTS else (*named[:_SUBJECTS], f"+{len(named) - _SUBJECTS}")
