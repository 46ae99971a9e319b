"""Pictures of articles, fetched once for all readers through the polite client."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from datetime import datetime
from typing import TYPE_CHECKING

from briefing.collectors.answers import explain, shown
from briefing.errors import CollectError
from briefing.ports import Copy

if TYPE_CHECKING:
    from briefing.collectors.fetch import Client

_ACCEPT = "image/jpeg, image/png;q=0.9, image/webp;q=0.8, image/gif;q=0.5"


class PictureCopier:
    """Gives small copies of pictures; ``client`` gives the one HTTP client, and is called when a picture is asked for.

    ``private`` are the slugs of the sources that may be asked outside the public internet, and so may their pictures.
    """

    def __init__(self, client: Callable[[], Client], private: Collection[str] = ()) -> None:
        self._client = client
        self._private = frozenset(private)

    async def copy(self, source: str, url: str, now: datetime, *, large: bool) -> Copy:
        """Fetch the picture of a source's article, as a JPEG of the size that is shown. Raises CollectError."""
        from briefing.collectors.scaling import (
            NotAPictureError,
            scaled,
        )  # slow to import: only where pictures are shown

        answer = await self._client().get(source, url, now, private=source in self._private, accept=_ACCEPT)
        if answer.status != 200:
            transient = answer.status >= 500 or answer.status in {408, 425, 429}
            raise CollectError(source, f"the picture {shown(url)} {explain(answer.status)}", transient=transient)
        try:
            return await asyncio.to_thread(scaled, answer.body, large=large)
        except NotAPictureError as error:
            raise CollectError(source, f"the picture {shown(url)} {error}") from error
