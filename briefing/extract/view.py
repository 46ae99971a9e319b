"""The extraction as `briefing extract FILE --json` prints it."""

from __future__ import annotations

from typing import Any

from briefing.extract.article import Extraction


def as_json(extraction: Extraction) -> dict[str, Any]:
    """Give one object; ``published`` is ISO 8601 with its basis and whether it was inferred, ``source`` the outlet."""
    article = extraction.article
    return {
        "title": article.title,
        "language": article.language,
        "published": article.published.iso if article.published else None,
        "published_basis": article.published.basis if article.published else None,
        "published_inferred": bool(article.published and article.published.inferred),
        "source": article.outlet,
        "url": article.url,
        "credit": article.credit,
        "credit_date": article.credit_date,
        "text": article.text,
        "title_made": article.title_made,
        "related": [
            {
                "title": teaser.title,
                "text": teaser.text,
                "published": teaser.published.iso if teaser.published else None,
            }
            for teaser in extraction.related
        ],
    }
