"""Link texts: each says where it leads, and no two that lead to different places read the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(slots=True)
class LinkTexts:
    """The link texts of one document, in the order in which they are asked for; ``number`` writes numbers."""

    number: Callable[[float], str] = str
    taken: dict[str, str] = field(default_factory=dict)
    given: dict[tuple[str, str], str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def suffix(self, text: str, url: str) -> str:
        """Give what must follow a text so that it leads to this URL alone: nothing, or `` (2)``, `` (3)`` …

        Its space does not break, so that no line begins with a number in brackets.
        """
        folded = " ".join(text.split())
        suffix = self.given.get((folded, url))
        if suffix is None:
            suffix = self.given[folded, url] = self._free(folded, url).replace(" ", "\u00a0")
        return suffix

    def _free(self, folded: str, url: str) -> str:
        count = self.counts.get(folded, 1)  # what is below was taken by other addresses
        while True:
            suffix = "" if count == 1 else f" ({self.number(count)})"
            if self.taken.setdefault(folded + suffix, url) == url:
                self.counts[folded] = count
                return suffix
            count += 1
