"""Jinja, made quick at what an edition does thousands of times: putting text out, calling macros, calling functions.

Templates mean what Jinja's documentation says. Each shortcut is for the usual case, and leaves every other to Jinja.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, MutableMapping
from hashlib import blake2b
from pathlib import Path
from types import BuiltinFunctionType, CodeType, FunctionType, MethodType
from typing import Any

import markupsafe
from jinja2 import Environment, Template, nodes, pass_eval_context
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import EvalContext
from jinja2.runtime import BlockReference, Context, Macro
from jinja2.utils import missing
from markupsafe import Markup, escape

_PLAIN = (FunctionType, MethodType, BuiltinFunctionType)
_EVALUATION = pass_eval_context(lambda evaluation: evaluation).jinja_pass_arg  # type: ignore[attr-defined]

_escape: Callable[[str], str] = getattr(markupsafe, "_escape_inner", escape)
"""``escape`` for what is surely plain text; MarkupSafe's own inner one, where it has it, takes a tenth of the time."""


_markup: Callable[[type[Markup], str], Markup] = str.__new__
"""Marks text as markup; ``Markup`` itself looks first whether it has another form."""


def escaped(value: object) -> str:
    """Give what ``markupsafe.escape`` does, as plain text where it was plain: what is put out is only joined."""
    kind = type(value)
    if kind is str:
        return _escape(value)  # type: ignore[arg-type]
    if kind is int:
        return str(value)
    return value if kind is Markup else escape(value)  # type: ignore[return-value]


def joined(parts: Iterable[Any]) -> str:
    """Give what ``~`` makes of its sides: markup, the rest escaped, as soon as one of them is."""
    held = tuple(parts)
    if any(type(part) is Markup or hasattr(part, "__html__") for part in held):
        return safe("".join([escaped(part) for part in held]))
    return "".join([str(part) for part in held])


def safe(text: str) -> Markup:
    """Give text that is markup already as such."""
    return _markup(Markup, text)


class QuickCode(CodeGenerator):
    """Code that asks in Python's own C for what Jinja asks one of its functions for, at every name and every text.

    Each form ends in Jinja's, for whatever is not the usual case. What a call would have to know of the loops and
    blocks around it is left out: only functions that are given the context look at it, and templates have none.
    """

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - as Jinja names it
        """Write an attribute: of an object itself, or however Jinja finds one (a key of a mapping, nothing)."""
        self.write("(got if (got := getattr((held := ")
        self.visit(node.node, frame)
        self.write(f"), {node.attr!r}, missing)) is not missing else environment.getattr(held, {node.attr!r}))")

    def signature(
        self,
        node: nodes.Call | nodes.Filter | nodes.Test,
        frame: Frame,
        extra_kwargs: Mapping[str, Any] | None = None,
    ) -> None:
        """Write the arguments of a call."""
        super().signature(node, frame, {key: more for key, more in (extra_kwargs or {}).items() if key == "caller"})

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if self._marked(frame, finalize):
            self.write("(put if (put := ")
        else:
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if self._marked(frame, finalize):
            self.write(").__class__ is Markup else inner(put) if put.__class__ is str else escape(put))")
        else:
            super()._output_child_post(node, frame, finalize)

    def _marked(self, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> bool:
        """Say whether markup is put out, whatever stands around the template."""
        return bool(frame.eval_ctx.autoescape) and not frame.eval_ctx.volatile and finalize.src is None


FORM = blake2b(Path(__file__).read_bytes(), digest_size=6).hexdigest()
"""What marks code that was written by this generator: another one's may ask for names that a template lacks here."""


class QuickMacro(Macro):
    """A macro that takes its arguments as they come, where it has no use for more than it names."""

    def __init__(self, *held: Any, **named: Any) -> None:
        super().__init__(*held, **named)
        more = self.catch_kwargs or self.catch_varargs or self.caller
        self.exact = -1 if more else self._argument_count
        """How many arguments, by place, are all that it takes; none are where it takes more than it names."""

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
            if not kwargs and len(args) == __obj.exact:
                made = __obj._func(*args)
                return _markup(Markup, made) if __self.eval_ctx.autoescape else made
            return __obj.called(__self.eval_ctx, args, kwargs)
        if kind is BlockReference:
            return __obj()
        if kind not in _PLAIN:
            return super().call(__obj, *args, **kwargs)
        wanted = getattr(__obj, "jinja_pass_arg", None)
        if wanted is not None and wanted is not _EVALUATION:
            return super().call(__obj, *args, **kwargs)
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
        made.root_render_func.__globals__.update(escape=escaped, inner=_escape, markup_join=joined, Macro=QuickMacro)
        return made


class QuickEnvironment(Environment):
    """An environment of templates that never change: another state of their files is another environment."""

    code_generator_class = QuickCode
    context_class = QuickContext
    template_class = QuickTemplate

    def __init__(self, **named: Any) -> None:
        super().__init__(auto_reload=False, **named)
        self._loaded: dict[Any, Template] = {}

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 - as Jinja names it
    ) -> Template:
        """Give a template, looked for once."""
        if globals is not None:
            return super().get_template(name, parent, globals)
        made = self._loaded.get(name)
        if made is None:
            made = self._loaded[name] = super().get_template(name, parent)
        return made

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Give what a dot leads to: of a plain mapping, which has few attributes, without raising and catching."""
        if obj.__class__ is dict and attribute in obj and not hasattr(dict, attribute):
            return obj[attribute]
        return super().getattr(obj, attribute)
