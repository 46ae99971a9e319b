"""Jinja, made quick at what an edition does thousands of times: putting text out, calling macros, calling functions.

Templates mean what Jinja's documentation says. Each shortcut is for the usual case, and leaves every other to Jinja.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from hashlib import blake2b
from pathlib import Path
from types import BuiltinFunctionType, CodeType, FunctionType, MethodType
from typing import Any

import markupsafe
from jinja2 import Environment, Template, nodes, pass_context, pass_eval_context
from jinja2.compiler import CodeGenerator, Frame, find_undeclared
from jinja2.filters import FILTERS as DEFAULT_FILTERS
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

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802
        """Write a template, whose own macros its calls know."""
        self._macros = _own_macros(node)
        self._put_out: nodes.Node | None = None
        super().visit_Template(node, frame)

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        """Write a call: of a macro of this template as one of its function, of a plain message as a look at it."""
        macro = None if forward_caller else self._own(node, frame)
        if macro is not None:
            marked = frame.eval_ctx.autoescape and node is not self._put_out
            self.write("mark(Markup, " if marked else "(")
            self._call(node, macro, frame)
        elif not forward_caller and self._is_message(node, frame):
            table = "said" if frame.eval_ctx.autoescape else "bare"
            self.write(f"({table}[{node.args[0].value!r}] if ")  # type: ignore[attr-defined]
            self.visit(node.node, frame)
            self.write(" is catalogue else ")
            super().visit_Call(node, frame)
        else:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.write(")")

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:  # noqa: N802
        """Write what is put out; in one piece, where each would be handed on by itself through all that is above."""
        node.nodes = [_whole(child, nodes.TemplateData("")) for child in node.nodes]
        if frame.buffer is not None or frame.require_output_check or len(node.nodes) == 1:
            super().visit_Output(node, frame)
            return
        finalize = self._make_finalize()
        self.writeline("yield concat((", node)
        self.indent()
        for child in node.nodes:
            self.newline(child)
            if isinstance(child, nodes.TemplateData):
                self.write(repr(str(child.as_const(frame.eval_ctx))))
            else:
                self._output_child_pre(child, frame, finalize)
                self.visit(child, frame)
                self._output_child_post(child, frame, finalize)
            self.write(",")
        self.outdent()
        self.writeline("))")

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802
        """Write ``~``."""
        node.nodes = [_whole(child, nodes.Const("")) for child in node.nodes]
        super().visit_Concat(node, frame)

    def _own(self, node: nodes.Expr, frame: Frame) -> nodes.Macro | None:
        """Give the macro of this template that a call is of, where each of its arguments has a place there."""
        if not isinstance(node, nodes.Call) or not isinstance(node.node, nodes.Name) or node.dyn_args:
            return None
        macro = self._macros.get(node.node.name)
        if macro is None or node.dyn_kwargs or frame.block or frame.eval_ctx.volatile:
            return None
        left = [arg.name for arg in macro.args][len(node.args) :]
        fits = len(node.args) <= len(macro.args) and {item.key for item in node.kwargs} <= set(left)
        return macro if fits else None

    def _call(self, node: nodes.Call, macro: nodes.Macro, frame: Frame) -> None:
        self.visit(node.node, frame)
        self.write("._func(")
        named = {item.key: item.value for item in node.kwargs}
        for arg in (*node.args, *[named.get(arg.name) for arg in macro.args[len(node.args) :]]):
            if arg is None:
                self.write("missing")
            else:
                self.visit(arg, frame)
            self.write(", ")
        self.write(")")

    def _is_message(self, node: nodes.Call, frame: Frame) -> bool:
        """Say whether a call asks for nothing but a message of the catalogue."""
        bare = len(node.args) == 1 and not (node.kwargs or node.dyn_args or node.dyn_kwargs or frame.eval_ctx.volatile)
        return bare and isinstance(node.node, nodes.Name) and node.node.name == "_" and _is_text(node.args[0])

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if finalize.src is not None or frame.eval_ctx.volatile:
            super()._output_child_pre(node, frame, finalize)
        elif self._own(node, frame):
            self._put_out = node  # a macro's text needs no look
        else:
            self.write("(put if (put := ")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if finalize.src is not None or frame.eval_ctx.volatile:
            super()._output_child_post(node, frame, finalize)
        elif node is self._put_out:
            self._put_out = None
        elif frame.eval_ctx.autoescape:
            self.write(").__class__ is Markup else inner(put) if put.__class__ is str else escape(put))")
        else:
            self.write(").__class__ is str else str(put))")


def _own_macros(template: nodes.Template) -> dict[str, nodes.Macro]:
    """Give the macros of a template whose names mean nothing else in it, and that take no more than they name."""
    made = [one for one in template.body if isinstance(one, nodes.Macro)]
    other = Counter(one.name for one in template.find_all(nodes.Macro))
    other.update(one.name for one in template.find_all(nodes.Name) if one.ctx != "load")
    other.update(one.target for one in template.find_all(nodes.Import))
    for imported in template.find_all(nodes.FromImport):
        other.update(name if isinstance(name, str) else name[1] for name in imported.names)
    more = ("caller", "kwargs", "varargs")
    return {
        one.name: one
        for one in made
        if other[one.name] == 1
        and not find_undeclared(one.body, more)
        and not any(arg.name in more for arg in one.args)
    }


def _whole(node: nodes.Expr, nothing: nodes.Expr) -> nodes.Expr:
    """Give ``x if y`` with what it says where ``y`` does not hold: Jinja makes an object for it that says nothing."""
    if isinstance(node, nodes.CondExpr) and node.expr2 is None:
        return nodes.CondExpr(node.test, node.expr1, nothing, lineno=node.lineno)
    return node


def _is_text(node: nodes.Expr) -> bool:
    return isinstance(node, nodes.Const) and isinstance(node.value, str)


class _Messages(dict[str, str]):
    """What a catalogue says, by message, as it is put out where markup is, or where it is not."""

    def __init__(self, catalogue: Callable[..., str], evaluation: EvalContext) -> None:
        self._catalogue = catalogue
        self._evaluation = evaluation

    def __missing__(self, message: str) -> str:
        made = self[message] = self._catalogue(self._evaluation, message)
        return made


def _messages(environment: Environment, *, marked: bool) -> _Messages:
    evaluation = EvalContext(environment)
    evaluation.autoescape = marked
    return _Messages(environment.globals.get("_", str), evaluation)  # type: ignore[arg-type]


_select = DEFAULT_FILTERS["select"].__wrapped__


@pass_context
def selected(context: Context, values: Iterable[Any], *test: Any, **named: Any) -> Iterable[Any]:
    """Give what Jinja's ``select`` does; without a test what is not empty, at once."""
    return _select(context, values, *test, **named) if test or named else filter(None, values)


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


class _Names(dict[str, Any]):
    """Names and what they stand for; one that there is not stands for ``missing``."""

    def __missing__(self, name: str) -> Any:
        return missing


class QuickContext(Context):
    """A context that calls what templates call most, macros and plain functions, without asking what else they are.

    Jinja looks each callable over five times at each call, and an edition makes thousands. Names are looked up in one
    mapping: what a template is given, and over it what the template sets.
    """

    def __init__(self, environment: Environment, parent: dict[str, Any], *more: Any, **named: Any) -> None:
        super().__init__(environment, parent, *more, **named)
        self.vars = _Names(parent)
        self.resolve_or_missing = self.vars.__getitem__  # type: ignore[assignment, method-assign]

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
        made.root_render_func.__globals__.update(
            escape=escaped,
            inner=_escape,
            mark=_markup,
            markup_join=joined,
            Macro=QuickMacro,
            catalogue=environment.globals.get("_"),
            said=_messages(environment, marked=True),
            bare=_messages(environment, marked=False),
        )
        return made


class QuickEnvironment(Environment):
    """An environment of templates that never change: another state of their files is another environment."""

    code_generator_class = QuickCode
    context_class = QuickContext
    template_class = QuickTemplate

    def __init__(self, **named: Any) -> None:
        super().__init__(auto_reload=False, **named)
        for name, one in self.filters.items():
            if hasattr(one, "jinja_async_variant"):
                self.filters[name] = one.__wrapped__  # nothing here is asynchronous, and its wrapper asks every time
        self.filters["select"] = selected
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
