"""The mail of an edition: HTML through MJML, and a text part that is a newsletter of its own.

Both are made once for an edition. What differs from subscriber to subscriber are two placeholders, `UNSUBSCRIBE` and
`ADDRESS`, that `briefing.render.message` fills while it writes each message. Hosts under ``.invalid`` (RFC 2606) belong
to nobody, and a stranger's text or link cannot carry one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from briefing.errors import RenderError
from briefing.model import Edition
from briefing.render.environment import environment, with_fallback
from briefing.render.interface import interface
from briefing.render.mjml import compile_mjml
from briefing.render.site import Site, secure
from briefing.render.theme import SIZES, SPACES, Theme, theme, writing
from briefing.render.viewing import languages, view
from briefing.render.views import Cite, Sheet, Story, clipped, plain
from briefing.render.wrapping import WIDTH, wrap
from briefing.text.language import direction

UNSUBSCRIBE = "https://unsubscribe.invalid/"
ADDRESS = "subscriber@address.invalid"

BUDGET = 95_000
"""Bytes of HTML that a mail may have: Gmail clips near 102 KB."""

PERSONAL = 600
"""Bytes of these kept for what is a subscriber's own: an address of up to 254, a link longer than its placeholder."""

PREHEADER = (40, 140)
SUBJECT_LIMIT = 76
LEFT_OUT_LIMIT = 12

_BLANK = re.compile(r"\n(?:[ \t]*\n){2,}")
_REPLY = re.compile(r"^(?:\s*(?:re|fwd?|aw|wg|tr|sv)\s*:)+", re.IGNORECASE)


def mail(
    edition: Edition, site: Site, folders: Sequence[Path] = (), problems: list[RenderError] | None = None
) -> tuple[str, str]:
    """Give HTML and text part of an edition's mail, with placeholders for what is a subscriber's own.

    ``folders`` are the user's template folders, searched before the shipped one. What is wrong with a template of the
    user's is appended to ``problems`` and the shipped one used; without that list it is raised. Raises RenderError.
    """
    return with_fallback(lambda where: _both(edition, site, where), folders, problems)


def mail_html(
    edition: Edition, site: Site, folders: Sequence[Path] = (), problems: list[RenderError] | None = None
) -> str:
    """Give the HTML alone; see `mail`."""
    return with_fallback(
        lambda where: _html(edition, environment(edition.language, where), _context(edition, site, where)),
        folders,
        problems,
    )


def mail_text(
    edition: Edition,
    site: Site,
    folders: Sequence[Path] = (),
    problems: list[RenderError] | None = None,
    beside: str = "",
) -> str:
    """Give the text part alone: every sentence and every link of the HTML, wrapped for reading; see `mail`.

    ``beside`` is the HTML that it goes out with.
    """
    return with_fallback(
        lambda where: _text(environment(edition.language, where), _context(edition, site, where), beside),
        folders,
        problems,
    )


def _both(edition: Edition, site: Site, folders: tuple[Path, ...]) -> tuple[str, str]:
    context, setting = _context(edition, site, folders), environment(edition.language, folders)
    html = _html(edition, setting, context)
    return html, _text(setting, context, html)


def _html(edition: Edition, setting: Environment, context: dict[str, Any]) -> str:
    source = setting.get_template("mail/edition.mjml")
    return compile_mjml(source.render(context), f"mail of {edition.newsletter}")


def _text(setting: Environment, context: dict[str, Any], html: str) -> str:
    source = setting.get_template("mail/edition.txt")

    told: dict[int, str] = {}

    def once(macro: Callable[[Story], str], story: Story) -> str:
        if id(story) not in told:
            told[id(story)] = macro(story)
        return told[id(story)]

    def text(linked_above: bool) -> str:
        made = source.render(context, wrap=wrap, width=WIDTH, numbering=_Marks, once=once, linked_above=linked_above)
        return _BLANK.sub("\n\n", made).strip() + "\n"

    made = text(False)
    # Filters take an odd number of links over both parts for a link that one of them hides (rspamd's URI_COUNT_ODD);
    # pictures that are asked for count as links do.
    odd = html and (html.count('href="https://') + html.count(' src="https://') + made.count("https://")) % 2
    return text(True) if odd else made


def _context(edition: Edition, site: Site, folders: Sequence[Path]) -> dict[str, Any]:
    """Give what mail templates see; documented in the user guide, so a name here is a promise."""
    sheet = view(edition, site)
    look = theme(site.theme, folders)
    shown = languages(edition)
    return {
        "sheet": sheet,
        "theme": look,
        "light": look.light,
        "dark": look.dark,
        "sizes": SIZES,
        "spaces": SPACES,
        "start": "right" if sheet.direction == "rtl" else "left",
        "leading": look.face(sheet.language).leading,
        "faces": _faces(look, shown),
        "voices": _Voices(sheet.language),
        "sides": _Sides(sheet.direction),
        "body_stack": _stack(look, look.body, shown),
        "heading_stack": _stack(look, look.heading, shown),
        "label_stack": _stack(look, look.label, shown),
        "subject": subject(edition),
        "preheader": preheader(sheet),
        "colophon": colophon(edition),
        "stages": stage_names(edition.language),
        "left_out_limit": LEFT_OUT_LIMIT,
        "unsubscribe": UNSUBSCRIBE,
        "address": ADDRESS,
        "archive": site.url(site.archive_path()),
        "contact": secure(site.contact) or secure(f"mailto:{site.contact}"),
    }


def _stack(look: Theme, kind: str, shown: Sequence[str]) -> Markup:
    return Markup(look.stack(kind, shown))  # noqa: S704 - a stack's characters are checked when its file is read


def _faces(look: Theme, shown: Sequence[str]) -> list[dict[str, Any]]:
    """Give class, stacks and line height of each script that is not the interface's own."""
    foreign = {writing(language): language for language in reversed(shown) if writing(language) != writing(shown[0])}
    return [
        {
            "name": script.lower(),
            "body": _stack(look, look.body, (language,)),
            "heading": _stack(look, look.heading, (language,)),
            "leading": look.face(language).leading,
            "size": look.face(language).size,
        }
        for script, language in sorted(foreign.items())
    ]


class _Voices(dict[Any, Markup]):
    """By language, or by language and class: the attributes of an element in it, as far as they are not inherited."""

    def __init__(self, own: str) -> None:
        self._own = own

    def __missing__(self, key: str | tuple[str, str]) -> Markup:
        language, name = (key, "") if isinstance(key, str) else key
        made = Markup()
        if language not in (self._own, "und", ""):
            made += Markup(' lang="{}" dir="{}"').format(language, direction(language))
            if writing(language) != writing(self._own):
                name = f"{name} {writing(language).lower()}".strip()
        if name:
            made += Markup(' class="{}"').format(name)
        self[key] = made
        return made


class _Sides(dict[str, str]):
    """By language: where its text starts, where that is not where the interface's does."""

    def __init__(self, own: str) -> None:
        self._own = own

    def __missing__(self, language: str) -> str:
        run = self._own if language in ("und", "") else direction(language)
        self[language] = "" if run == self._own else f";text-align:{'right' if run == 'rtl' else 'left'}"
        return self[language]


class _Marks(dict[str, tuple[int, str]]):
    """The numbers of a storyline's links in the text part, by URL, in the order in which they are cited."""

    def __call__(self, cites: Sequence[Cite]) -> str:
        return "".join(f" [{self.setdefault(cite.url, (len(self) + 1, cite.label))[0]}]" for cite in cites)


def subject(edition: Edition) -> str:
    """Give the subject line: the first headline and the date, at most 76 characters, never like a reply or a shout."""
    words = interface(edition.language)
    day = words.dateline(edition.date)
    lead = edition.storylines[0] if edition.storylines else None
    headline = _REPLY.sub("", plain(lead.headline) if lead else "").strip() or words.gettext("Nothing new")
    if lead and direction(lead.headline_language) != words.direction:
        # Inboxes set a subject in its first letter's direction, which would take a date of the other one apart.
        day = ("\u200f" if words.direction == "rtl" else "\u200e") + day
    text = f"{clipped(headline, SUBJECT_LIMIT - len(day) - 3)} · {day}"
    return text.capitalize() if text.isupper() else text


def preheader(sheet: Sheet) -> str:
    """Give the hidden line that inboxes show beside the subject: what else is in the edition, 40 to 140 characters."""
    least, most = PREHEADER
    heads = [story.headline.text for story in (sheet.stories[1:4] or sheet.stories)]
    told = " · ".join(heads)
    if len(told) < least:
        told = " · ".join([*heads, sheet.title, sheet.day, sheet.url])
    return clipped(told, most)


def colophon(edition: Edition) -> str:
    """Give the line that says what an edition rests on, in numbers and in words."""
    words, counts = interface(edition.language), edition.counts
    parts = [
        words.ngettext("%(n)s new article", "%(n)s new articles", counts.articles_new),
        words.ngettext("%(n)s source", "%(n)s sources", counts.sources),
        words.ngettext("%(n)s language", "%(n)s languages", len(counts.languages)),
        words.ngettext("%(n)s storyline", "%(n)s storylines", counts.storylines),
    ]
    if counts.sources_failed:
        parts.insert(2, words.ngettext("%(n)s source failed", "%(n)s sources failed", counts.sources_failed))
    if not edition.storylines:
        return f"{' · '.join(parts)}."
    told = [s for telling in edition.storylines for s in (*telling.sentences, *telling.new)]
    origins = {sentence.origin for sentence in told}
    made = []
    if "model" in origins:
        made.append(words.gettext("Sentences marked so were written by a model and checked against their sources."))
    if "translation" in origins or any(telling.headline_original for telling in edition.storylines):
        made.append(words.gettext("What is marked so was translated by a machine and checked against its original."))
    if not made:
        made.append(words.gettext("Every sentence is a source's own; the source stands behind it."))
    return " ".join((f"{' · '.join(parts)}.", *made))


def stage_names(language: str) -> dict[str, str]:
    """Give the names of the stages at which something can fail (`briefing.errors`), in the interface's language."""
    words = interface(language)
    return {
        "collect": words.gettext("Collecting"),
        "extract": words.gettext("Reading"),
        "engine": words.gettext("Summarising"),
        "render": words.gettext("Setting"),
        "deliver": words.gettext("Sending"),
    }


def fit(
    edition: Edition,
    render: Callable[[Edition], str],
    shorten: Callable[[Edition, int], Edition],
    budget: int = BUDGET,
) -> tuple[Edition, str]:
    """Give the edition, re-planned until its mail has at most ``budget`` bytes for any subscriber, and that mail.

    ``shorten`` gets an edition and the bytes that are too many, and gives a shorter one. Raises RenderError where it
    gives the same edition back and the mail is still too long: a client would cut it.
    """
    html = render(edition)
    stretch = 1.0
    while (size := len(html.encode()) + PERSONAL) > budget:
        asked = int((size - budget) * stretch) + 1
        shorter = shorten(edition, asked)
        if shorter == edition:
            raise RenderError(f"mail of {edition.newsletter}", f"has {size} bytes and cannot be made shorter")
        edition, html = shorter, render(shorter)
        # What shortening saves is an estimate; the next one is asked for by how far this one fell short.
        stretch = min(4.0, max(1.0, asked / max(size - PERSONAL - len(html.encode()), 1)))
    return edition, html
