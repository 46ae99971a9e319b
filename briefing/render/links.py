"""Link texts: each says where it leads, and no two that lead to different places read the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(slots=True)
class LinkTexts:
    """The link texts of one document, in the order in which they are asked for; ``number`` writes numbers."""

    number: Callable[[float], str] = str
    taken: dict[str, str] = field(default_factory=dict)

    def suffix(self, text: str, url: str) -> str:
        """Give what must follow a text so that it leads to this URL alone: nothing, or `` (2)``, `` (3)`` …"""
        folded = " ".join(text.split())
        count = 1
        while True:
            suffix = "" if count == 1 else f" ({self.number(count)})"
            if self.taken.setdefault(folded + suffix, url) == url:
                return suffix
            count += 1
