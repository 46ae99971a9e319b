"""A process that has the whole program loaded and forks once for each command it is told, to save the loading."""

from __future__ import annotations

import json
import os
import signal
import sys
import traceback
from datetime import UTC, datetime
from typing import Any, NoReturn

import briefing.app
import briefing.cli.contracts
import briefing.cli.doctor
import briefing.cli.records
import briefing.cli.reports
import briefing.collectors.corpus
import briefing.collectors.fetch
import briefing.collectors.parsing
import briefing.config
import briefing.desk
import briefing.engines.embedding
import briefing.grounding
import briefing.pipeline.proofing
import briefing.web.live
import briefing.web.server  # noqa: F401
from briefing.cli import main
from briefing.compose import digest
from briefing.engines.embedding import LexicalEmbedder
from briefing.extract import extract
from briefing.grouping import features
from briefing.model import Dating, Entry
from briefing.timeline import load_processes, milestones, process

LONGEST = 100
"""Seconds after which a command that does not end is ended: it should fail its own test and no other."""

TOLD = (
    "Parliament ratifies the harbour treaty\n\n24 October 2024\n\nParliament ratified the harbour treaty with Norway "
    "on 24 October 2024. Anna Berg said that 120 members had voted for it.",
    "Members vote for the treaty on the harbour\n\n25 October 2024\n\nThe treaty that Anna Berg signed in Oslo on 19 "
    "June 2024 was ratified by 120 votes on Thursday. It will enter into force in May.",
)


def warm() -> None:
    """Read the tables and compile the patterns that most commands use, which a fork then finds as they are.

    With the lexical engine: the default one would leave threads behind that no fork has.
    """
    now = datetime(2026, 11, 21, 5, tzinfo=UTC)
    entries = (Entry("s", str(number), text, now, published=Dating("2024-10-25")) for number, text in enumerate(TOLD))
    articles = [extract(entry).article for entry in entries]
    for article in articles:
        features(article)
    embed = LexicalEmbedder().embed
    dated = milestones(articles, ("en",))
    digest(articles, ("en",), embed, milestones=dated, process=process(articles, dated, load_processes(), embed))


def command(wanted: dict[str, Any]) -> NoReturn:
    """Be the command, and end as it ends."""
    code: object = 0
    signal.alarm(LONGEST)
    try:
        os.chdir(wanted["cwd"])
        os.environ.update(wanted["env"])
        modes = (os.O_RDONLY, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        for stream, (path, mode) in enumerate(zip(wanted["streams"], modes, strict=True)):
            os.dup2(os.open(path, mode), stream)
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
        sys.argv = ["briefing", *wanted["arguments"]]
        main()
    except SystemExit as ended:
        code = ended.code
    except BaseException:  # noqa: BLE001  # the interpreter's own last word
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else 0 if code is None else 1)


warm()
for line in sys.stdin:
    child = os.fork()
    if child == 0:
        command(json.loads(line))
    _, status = os.waitpid(child, 0)
    print(os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201
