"""Every error that `briefing` raises on purpose.

    BriefingError
    ├── ConfigError        the operator must edit a file, an environment variable or an argument
    ├── StoreError         the store cannot be opened, read or written; nothing was lost
    └── StageError         one subject (an entry, a source, an address) failed; the run goes on
        ├── CollectError   a source gave nothing usable
        ├── ExtractError   an entry holds no readable article
        ├── EngineError    an embedding, summarising or translating engine failed
        ├── RenderError    a template or the mail compiler failed
        └── DeliveryError  a message could not be handed over

Adapters translate a vendor's exceptions into these once, with ``from``. Only `briefing.pipeline` catches
`StageError`; the edges catch `BriefingError` and print it without a traceback.
"""

from __future__ import annotations


class BriefingError(Exception):
    """The root: its text is one or more lines that a reader understands, naming the place and the mend."""


class ConfigError(BriefingError):
    """The operator must edit something; the text holds every problem found, one a line."""


class StoreError(BriefingError):
    """The store cannot be used as it is; the text says which file and what to do."""


class StageError(BriefingError):
    """One subject failed at one stage.

    ``subject`` names what failed (a source's slug, an entry's guid, an address, a template);
    ``transient`` says whether trying again later, unchanged, may succeed.
    """

    stage = "stage"

    def __init__(self, subject: str, message: str, *, transient: bool = False) -> None:
        super().__init__(f"{subject}: {message}")
        self.subject = subject
        self.message = message
        self.transient = transient


class CollectError(StageError):
    """A source gave nothing usable."""

    stage = "collect"


class ExtractError(StageError):
    """An entry holds no readable article."""

    stage = "extract"


class EngineError(StageError):
    """An embedding, summarising or translating engine failed."""

    stage = "engine"


class RenderError(StageError):
    """A template or the mail compiler failed."""

    stage = "render"


class DeliveryError(StageError):
    """A message could not be handed over.

    ``uncertain`` says that the connection broke after the message was given: it may have arrived, so whoever sends it
    again may send it twice.
    """

    stage = "deliver"

    def __init__(self, subject: str, message: str, *, transient: bool = False, uncertain: bool = False) -> None:
        super().__init__(subject, message, transient=transient)
        self.uncertain = uncertain
