"""What pages are dressed in: the style sheet of a theme, the icon, and the script of the search page."""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup

from briefing.render.environment import environment
from briefing.render.keeping import digest, kept, stamp
from briefing.render.theme import SIZES, Theme
from briefing.shipped import TEMPLATES

_FACES = (
    "en",
    "vi",
    "th",
    "fa",
    "ar",
    "ur",
    "he",
    "hi",
    "bn",
    "ta",
    "zh",
    "zh-Hant",
    "ja",
    "ko",
    "ru",
    "uk",
    "el",
    "lo",
    "km",
    "my",
)
_ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="5" fill="{paper}"/>'
    '<path d="M6 8h20M6 12h20" stroke="{ink}" stroke-width="2.4"/><path d="M6 17h12M6 21h12M6 25h8" stroke="{muted}" '
    'stroke-width="2"/><rect x="21" y="16" width="5" height="10" fill="{accent}"/></svg>\n'
)


def asset_files(look: Theme, folders: tuple[Path, ...]) -> dict[str, bytes]:
    """Give the files that pages share, by path, made now or when they were last the same."""
    key = digest("assets", look, folders, stamp(folders, "pages"))
    return dict(kept(key, lambda: _made(look, folders)))


def _made(look: Theme, folders: tuple[Path, ...]) -> dict[str, bytes]:
    palette = look.light
    css = environment("en", folders).get_template("pages/style.css")
    faces = [
        {
            "language": language,
            "body": Markup(look.stack(look.body, (language,))),  # noqa: S704 - checked when the theme was read
            "heading": Markup(look.stack(look.heading, (language,))),  # noqa: S704
            "label": Markup(look.stack(look.label, (language,))),  # noqa: S704
            "leading": look.face(language).leading,
            "tight": _tight(look.face(language).leading),
        }
        for language in _FACES
    ]
    icon = _ICON.format(paper=palette.paper, ink=palette.ink, muted=palette.muted, accent=palette.accent)
    script = next(path for folder in (*folders, TEMPLATES) if (path := folder / "pages" / "search.js").is_file())
    return {
        "assets/style.css": css.render(look=look, sizes=SIZES, faces=faces).encode(),
        "assets/icon.svg": icon.encode(),
        "assets/search.js": script.read_bytes(),
    }


def _tight(leading: float) -> float:
    """Give the line height of a heading from that of the text: a quarter of an em less."""
    return round(leading - 0.25, 2)
