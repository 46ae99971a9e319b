"""What matters more: the weight that orders an edition, and the size at which a storyline is told."""

from __future__ import annotations

import math
from datetime import datetime

from briefing.compose.material import Material
from briefing.model import Article, Size

_HALF_LIFE_DAYS = 3.0
_UNDATED_DAYS = 6.0
"""The age that reports without any date count as: neither today's news nor an archive's."""
_FOLLOWED = 2.5
_TEASER = 0.15
_FLOOR = 0.25  # of recency: an old corpus collected today is new today, and must still be ordered by what matters


def weight(material: Material, newest: datetime) -> float:
    """Give a storyline's weight, above 0: (outlets + languages + size + what is new) by recency, doubled if followed.

    ``newest`` is the instant of the newest dated article of the whole edition, so that an archive read today is
    ordered as the day's news is. Outlets and articles count by their logarithm: the tenth adds less than the second.
    Copies of one wire report count once. A storyline of nothing but a teaser found on another page weighs a seventh.
    """
    copies = {member.article for member in material.memberships if member.duplicate_of}
    own = [article for article in material.articles if article.id not in copies] or list(material.articles)
    outlets = {(article.outlet or article.source).casefold() for article in material.articles}
    languages = {article.language.split("-")[0] for article in own}
    developments = {member.development for member in material.memberships}
    fresh = sum(article.id in material.new for article in own)
    size = sum(min(len(article.text), 3000) for article in own) / 3000
    value = (
        2.0 * math.log1p(len(outlets))
        + math.log1p(len(languages))
        + math.log1p(len(developments))
        + math.log1p(fresh)
        + 0.5 * math.log1p(size)
    )
    dated = [article.published.instant for article in own if article.published]
    age = max(0.0, (newest - max(dated)).total_seconds() / 86_400) if dated else _UNDATED_DAYS
    value *= _FLOOR + (1 - _FLOOR) * 0.5 ** (age / _HALF_LIFE_DAYS)
    if all(is_teaser(article) for article in own):
        value *= _TEASER
    return round(float(value) * (_FOLLOWED if material.followed else 1.0), 6)


def instant(article: Article) -> datetime:
    """Give when an article was published, or collected where that is unknown."""
    return article.published.instant if article.published else article.collected_at


def is_teaser(article: Article) -> bool:
    """Whether an article is only a line found on another article's page."""
    return article.related_to is not None and len(article.text) < 400


def size(order: int, material: Material) -> Size:
    """Give the size for the place ``order`` (0 is first): one lead, five medium, the rest brief; teasers are brief."""
    if all(is_teaser(article) for article in material.articles):
        return "brief"
    if order == 0:
        return "lead"
    return "medium" if order < 6 else "brief"


SENTENCES: dict[Size, int] = {"lead": 6, "medium": 3, "brief": 1}
"""The most sentences at each size; a storyline that is worth fewer is told in fewer."""
