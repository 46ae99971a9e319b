"""Jinja, made quick at what an edition does thousands of times: putting text out, calling macros, calling functions.

Templates mean what Jinja's documentation says. Each shortcut is for the usual case, and leaves every other to Jinja.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, MutableMapping
from types import BuiltinFunctionType, CodeType, FunctionType, MethodType
from typing import Any

import markupsafe
from jinja2 import Environment, Template, pass_eval_context
from jinja2.nodes import EvalContext
from jinja2.runtime import BlockReference, Context, Macro
from jinja2.utils import missing
from markupsafe import Markup, escape

_PLAIN = (FunctionType, MethodType, BuiltinFunctionType)
_EVALUATION = pass_eval_context(lambda evaluation: evaluation).jinja_pass_arg  # type: ignore[attr-defined]

_escape: Callable[[str], str] = getattr(markupsafe, "_escape_inner", escape)
"""``escape`` for what is surely plain text; MarkupSafe's own inner one, where it has it, takes a tenth of the time."""


def escaped(value: object) -> str:
    """Give what ``markupsafe.escape`` does, as plain text where it was plain: what is put out is only joined."""
    kind = type(value)
    if kind is str:
        return _escape(value)  # type: ignore[arg-type]
    return value if kind is Markup else escape(value)  # type: ignore[return-value]


def joined(parts: Iterable[Any]) -> str:
    """Give what ``~`` makes of its sides: markup, the rest escaped, as soon as one of them is."""
    held = tuple(parts)
    if any(type(part) is Markup or hasattr(part, "__html__") for part in held):
        return safe("".join([escaped(part) for part in held]))
    return "".join([str(part) for part in held])


def safe(text: str) -> Markup:
    """Give text that is markup already as such; ``Markup`` itself looks first whether it has another form."""
    return str.__new__(Markup, text)


class QuickMacro(Macro):
    """A macro that takes its arguments as they come, where it has no use for more than it names."""

    def called(self, evaluation: EvalContext, args: tuple[Any, ...], named: dict[str, Any]) -> str:
        """Give what the macro makes of these arguments."""
        left = self._argument_count - len(args)
        more = self.catch_kwargs or self.catch_varargs or self.caller
        if more or left < 0 or (named and not named.keys() <= set(self.arguments[len(args) :])):
            return super().__call__(evaluation, *args, **named)
        if left:
            args = (*args, *[named.get(name, missing) for name in self.arguments[-left:]])
        made = self._func(*args)
        return safe(made) if evaluation.autoescape else made


class QuickContext(Context):
    """A context that calls what templates call most, macros and plain functions, without asking what else they are.

    Jinja looks each callable over five times at each call, and an edition makes thousands.
    """

    def call(__self, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805 - as Jinja's own, or kwargs may collide
        """Call a callable of a template."""
        kind = __obj.__class__
        if kind is QuickMacro:
            if kwargs:
                kwargs.pop("_block_vars", None)
                kwargs.pop("_loop_vars", None)
            return __obj.called(__self.eval_ctx, args, kwargs)
        if kind is BlockReference:
            return __obj()
        if kind not in _PLAIN:
            return super().call(__obj, *args, **kwargs)
        wanted = getattr(__obj, "jinja_pass_arg", None)
        if wanted is not None and wanted is not _EVALUATION:
            return super().call(__obj, *args, **kwargs)
        if kwargs:
            kwargs.pop("_block_vars", None)
            kwargs.pop("_loop_vars", None)
        return __obj(*args, **kwargs) if wanted is None else __obj(__self.eval_ctx, *args, **kwargs)


class QuickTemplate(Template):
    """A template whose code finds the quick ones under the names by which it knows Jinja's own."""

    @classmethod
    def from_code(
        cls,
        environment: Environment,
        code: CodeType,
        globals: MutableMapping[str, Any],  # noqa: A002 - as Jinja names it
        uptodate: Callable[[], bool] | None = None,
    ) -> Template:
        """Give the template of a piece of compiled code."""
        # Jinja's chain of mappings is asked in Python, name by name, for every context that is made.
        made = super().from_code(environment, code, dict(globals), uptodate)
        made.root_render_func.__globals__.update(escape=escaped, markup_join=joined, Macro=QuickMacro)
        return made
