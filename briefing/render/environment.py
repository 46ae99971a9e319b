"""Jinja environments: templates from the user's folders first, from the shipped folder after.

A template of the user's that fails never costs an edition: `with_fallback` names template, line and variable in a
RenderError, and makes the same thing again from the shipped templates.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from contextvars import ContextVar
from difflib import get_close_matches
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, TypeVar

from jinja2 import (
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    pass_eval_context,
)
from jinja2.bccache import Bucket
from jinja2.nodes import EvalContext
from markupsafe import Markup, escape

from briefing.errors import RenderError
from briefing.render.interface import Interface, interface
from briefing.render.jinja import FORM, QuickEnvironment, escaped, safe
from briefing.render.keeping import stamp
from briefing.render.wrapping import unsure
from briefing.shipped import TEMPLATES
from briefing.text.language import direction

Made = TypeVar("Made")

Setting = Callable[[str], Environment]
"""From an interface language to its environment."""

PARTS = ("mail", "pages", "feeds")
"""The folders that templates lie in."""

page_addresses: ContextVar[Callable[[str], str]] = ContextVar("page_addresses", default=lambda url: url)
"""How the page that is being set writes an address of its site; feeds and mail keep them whole."""

_UNDEFINED = re.compile(r"'([\w.]+)' is undefined|has no attribute '(\w+)'")


class _Compiled(FileSystemBytecodeCache):
    """What templates compile to, shared by all languages and kept from run to run in the user's own temporary folder.

    Compiling takes 50 times a rendering. Where nothing can be written nothing is kept, and nothing else is lost.
    """

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().dump_bytecode(bucket)


@lru_cache(maxsize=1)
def _compiled() -> _Compiled | None:
    try:
        return _Compiled(pattern=f"briefing-{FORM}-%s.cache")
    except (RuntimeError, OSError):
        return None


def environment(language: str, folders: Sequence[Path] = ()) -> Environment:
    """Give the environment for an interface language: ``_``, ``ngettext``, filters, autoescape, strict names.

    Filters: ``day``, ``short``, ``number``, ``language_name``, ``listing`` (see `Interface`), ``bdi``, ``direction``
    and ``whole``. Text templates (``.txt``) are not escaped. Templates are as they are now, see `environments`.
    """
    return environments(folders)(language)


def environments(folders: Sequence[Path] = ()) -> Setting:
    """Give what gives the environment for each interface language, all with the templates as they are now.

    For many pages: files are looked at once, and not again for every template that a page is made of.
    """
    chosen = tuple(folders)
    stamped = stamp(chosen, *PARTS)
    return cache(lambda language: _environment(interface(language).language, chosen, stamped))


@lru_cache(maxsize=64)
def _environment(language: str, folders: tuple[Path, ...], stamped: object) -> Environment:
    words = interface(language)
    made = QuickEnvironment(
        loader=FileSystemLoader([str(folder) for folder in (*folders, TEMPLATES)]),
        autoescape=_escapes,  # everything but the text part is escaped
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        extensions=["jinja2.ext.i18n"],
        bytecode_cache=_compiled(),
    )
    made.globals.update(
        _=_gettext(words), gettext=_gettext(words), ngettext=_ngettext(words), interface=words, local=_local
    )
    made.filters.update(
        day=words.day,
        short=words.short,
        number=words.number,
        language_name=words.language_name,
        listing=words.listing,
        direction=direction,
        bdi=bdi,
        whole=whole,
    )
    return made


def _local(url: str) -> str:
    """Give an address as the page that is being set writes it; pieces are imported once for all pages."""
    return page_addresses.get()(url)


def _gettext(words: Interface) -> Callable[..., str]:
    """Give Jinja's own ``gettext``, with what stands in the templates looked up once."""
    known: dict[str, str] = {}
    bare: dict[tuple[str, bool], str] = {}

    @pass_eval_context
    def gettext(evaluation: EvalContext, message: str, /, **values: Any) -> str:
        if not values and (made := bare.get((message, evaluation.autoescape))) is not None:
            return made
        text = known.get(message)
        if text is None:
            text = known[message] = str(words.translations.ugettext(message))
        made = _filled(text, values, evaluation)
        if not values:
            bare[message, evaluation.autoescape] = made
        return made

    return gettext


def _ngettext(words: Interface) -> Callable[..., str]:
    """Give Jinja's own ``ngettext``, likewise."""

    @pass_eval_context
    def ngettext(evaluation: EvalContext, one: str, many: str, number: int, /, **values: Any) -> str:
        return _filled(str(words.translations.ungettext(one, many, number)), {"num": number} | values, evaluation)

    return ngettext


def _filled(text: str, values: Mapping[str, object], evaluation: EvalContext) -> str:
    """Fill a catalogue's own words, which are markup where markup is put out."""
    if not evaluation.autoescape:
        return text % values
    return safe(text % {name: escaped(value) for name, value in values.items()})


def _escapes(name: str | None) -> bool:
    return name is None or not name.endswith(".txt")


def bdi(text: str, language: str | None = None) -> Markup:
    """Give a foreign name or phrase that keeps its own direction inside a line: ``<bdi lang dir>``."""
    if language is None or language == "und":
        return Markup("<bdi>{}</bdi>").format(text)
    return Markup('<bdi lang="{}" dir="{}">{}</bdi>').format(language, direction(language), escape(text))


def whole(text: str, language: str, style: str = "") -> str:
    """Give a text whose words a browser parts only between them: what it would tear stays on a line, see `unsure`.

    A page says so by the class ``unparted``, a mail, which may lose its classes, by a style of its own.
    """
    parts = unsure(text, language)
    if not any(torn for _, torn in parts):
        return text
    opened = Markup('<span style="{}">').format(style) if style else Markup('<span class="unparted">')
    return Markup("").join(opened + part + Markup("</span>") if torn else escape(part) for part, torn in parts)


def with_fallback(
    make: Callable[[tuple[Path, ...]], Made], folders: Sequence[Path], problems: list[RenderError] | None
) -> Made:
    """Make something from the user's templates, or from the shipped ones where the user's fail.

    ``make`` is called with the folders to look in before the shipped one. What was wrong with the user's templates is
    appended to ``problems``; without a list to report to, it is raised. Raises RenderError.
    """
    try:
        return _made(make, tuple(folders))
    except RenderError as error:
        if not folders or problems is None:
            raise
        problems.append(error)
    return _made(make, ())


def _made(make: Callable[[tuple[Path, ...]], Made], folders: tuple[Path, ...]) -> Made:
    try:
        return make(folders)
    except RenderError:
        raise
    except TemplateError as error:
        raise _explained(error, folders) from error
    except Exception as error:
        # A template can raise anything: it calls methods and filters on whatever it is given.
        if _frame(error) is None:
            raise
        raise _explained(error, folders) from error


def _frame(error: BaseException) -> tuple[str, int] | None:
    """Give file and line of the innermost template frame of a traceback, which Jinja rewrites to the template's own."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if not frame.filename.endswith((".py", ">")):
            return frame.filename, frame.lineno or 0
    return None


def _explained(error: BaseException, folders: tuple[Path, ...]) -> RenderError:
    message = str(error)
    if isinstance(error, TemplateSyntaxError):
        place = f"{error.filename or error.name or 'template'}, line {error.lineno}"
        message = error.message or message
    elif isinstance(error, TemplateNotFound):
        return RenderError(f"template {error.name}", f"not found in {', '.join(map(str, (*folders, TEMPLATES)))}")
    else:
        frame = _frame(error)
        place = f"{frame[0]}, line {frame[1]}" if frame else "template"
    return RenderError(place, message + _suggestion(message, error))


def _suggestion(message: str, error: BaseException) -> str:
    """Say which name was perhaps meant: among the template's own variables, or among the attributes of the thing."""
    match = _UNDEFINED.search(message)
    if not match:
        return ""
    known: set[str] = set()
    for frame, _ in traceback.walk_tb(error.__traceback__):
        if match[1] and "__jinja_exception__" in frame.f_globals:  # Jinja's stand-in for a template's own frame
            known.update(frame.f_locals)
    if match[2]:
        known.update(_attributes(message))
    near = get_close_matches(match[1] or match[2], sorted(known), 1)
    return f" (did you mean '{near[0]}'?)" if near else ""


def _attributes(message: str) -> set[str]:
    """Give the public attributes of the view that an error message names (``'briefing.render.views.Story object'``)."""
    from briefing.render import views

    found = re.search(r"'(?:[\w.]*\.)?(\w+) object'", message)
    kind: Any = getattr(views, found[1], None) if found else None
    return set(getattr(kind, "__dataclass_fields__", ()))
