from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, Environment, StrictUndefined, pass_context, pass_eval_context
from jinja2.exceptions import UndefinedError
from jinja2.nodes import EvalContext
from markupsafe import Markup, escape

from briefing.render.environment import environment
from briefing.render.jinja import QuickEnvironment, escaped, safe


class Marked:
    def __html__(self) -> str:
        return "<i>made</i>"


def quick() -> Environment:
    return QuickEnvironment(autoescape=True, undefined=StrictUndefined)


def plain() -> Environment:
    return Environment(autoescape=True, undefined=StrictUndefined)


@given(st.text() | st.integers() | st.floats(allow_nan=False) | st.none() | st.lists(st.text(), max_size=3))
def test_what_is_put_out_is_escaped_as_ever(value: object) -> None:
    """Any value comes out as MarkupSafe would write it."""
    assert escaped(value) == str(escape(value))


def test_markup_is_not_escaped_twice() -> None:
    """Markup, and what says itself how it is written, stays as it is."""
    assert escaped(Markup("<b>&amp;</b>")) == "<b>&amp;</b>"
    assert escaped(Marked()) == "<i>made</i>"
    assert safe("<b>") == Markup("<b>")
    assert isinstance(safe("<b>") + "<", Markup)


@pytest.mark.parametrize(
    "source",
    [
        "{% macro m(a, b='<') %}{{ a }}{{ b }}{% endmacro %}{{ m('&') }}{{ m(b=2, a=3) }}{{ m(1, b=x) }}",
        "{% macro m() %}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1, 2, c='<') }}",
        "{% macro m(a) %}<{{ a }}>{{ caller('<') }}{% endmacro %}{% call(t) m('&') %}{{ t }}!{% endcall %}",
        "{% macro m(a) %}{{ a }}{% endmacro %}{{ [1, '<'] | map('string') | join(m('<br>')) }}",
        "{% macro outer(n) %}{% if n %}{{ n }}{{ outer(n - 1) }}{% endif %}{% endmacro %}{{ outer(5) }}",
        "{% for i in range(3) %}{% macro m(a) %}{{ i }}{{ a }}{% endmacro %}{{ m(loop.index) }}{% endfor %}",
        "{% set s %}<b>{{ x }}</b>{% endset %}{{ s }}{{ s ~ x }}{{ x.join(['<', s]) }}",
        "{{ d.key }}{{ d.items() | list }}{{ d.get('key') }}{{ d.items is defined }}{{ d.none is defined }}",
        "{{ d.none | default('<') }}{{ d.deep.key }}{{ d['deep'].key.upper() }}{{ x.none is defined }}",
        "{{ (d if x else x).key }}{{ [d, d][1].deep.key }}{{ d.deep.get('key').lower() }}",
        "{{ 1 }}{{ 1.5 }}{{ true }}{{ none }}{{ 12 * 3 }}{{ x.split('&') }}{{ d.count }}",
        "{% for i in [d, d] if i.key %}{{ i.key }}{{ loop.index }}{{ x.find(i.key) }}{% endfor %}",
        "{% macro m(a, b='<', c=3) %}{{ a }}{{ b }}{{ c }}{% endmacro %}{{ m(1, c=x) }}{{ m(c=1, a=x) ~ m(x)|upper }}",
        "{% macro m(m) %}{{ m }}{% endmacro %}{% macro n(m) %}{{ m.key }}{% endmacro %}{{ m(x) }}{{ n(d) }}",
        "{% macro m(a) %}{{n(a)}}{% endmacro %}{% macro n(a) %}<{{ a }}{% endmacro %}{{ m(x) }}{% set p=n(x) %}{{ p }}",
        "{% macro m(a) %}{{ a }}{% endmacro %}{% for m in [d.get] %}{{ m('key') }}{% endfor %}{{ m(x) }}",
        "{% macro m(a) %}{{ a }}{% endmacro %}{% set m = d.get %}{{ m('key') }}",
        "{% macro m(a) %}{{ a }}{% endmacro %}{% block one %}{{ m(x) }}{{ x }}{% endblock %}{{ self.one() }}",
        "{% macro m(a, b) %}{{ a }}{% if b is defined %}{{ b }}{% endif %}{% endmacro %}{{ m(1) }}{{ m(1, x) }}",
        "{{ x if d.key }}{{ x if d.none is defined }}{{ '<' ~ (x if false) ~ x }}",
        "{{ ('<' ~ (x if false)) | length }}{{ (x if false) is defined }}{% set s = x if false %}{{ s }}",
        "{{ _('<b>') }}{{ _('<b>') ~ x }}{% set _ = d.get %}{{ _('key') }}",
        "{% autoescape false %}{{ x }}{{ x if false }}{{ 1 if x }}{{ _('<b>') }}{{ _('<b>') ~ x }}{% endautoescape %}",
        "{{ [x, '', 0, 1] | select | list }}{{ [1, 2] | select('odd') | list }}{{ '' | select | join }}",
        "{{ ['b', '', 'a'] | select | sort | join('<') }}{{ [d] | map(attribute='key') | list | first }}{{ [1]|max }}",
        "{% autoescape false %}{{ x }}{% macro m(a) %}{{ a }}{% endmacro %}{{ m(x) }}{% endautoescape %}{{ x }}",
    ],
)
def test_templates_mean_what_they_meant(source: str) -> None:
    """Arguments, callers, recursion, blocks, and what a dot leads to in a mapping give what Jinja's own give."""
    names: dict[str, Any] = {
        "x": "<&'\">",
        "d": {"key": "<k>", "deep": {"key": "&K"}, "items": 3, "count": 7},
        "_": str.upper,
    }
    assert quick().from_string(source).render(names) == plain().from_string(source).render(names)


def test_a_message_is_looked_up_once_and_marked_where_markup_is_put_out() -> None:
    """A plain message is the catalogue's markup in a page and its text in a text; one's own ``_`` stands above it."""
    asked: list[str] = []

    @pass_eval_context
    def catalogue(evaluation: EvalContext, message: str) -> str:
        asked.append(message)
        return safe(f"<b>{message}") if evaluation.autoescape else f"[{message}]"

    made = QuickEnvironment(autoescape=True)
    made.globals["_"] = catalogue
    page = made.from_string("{{ _('one') }}{{ _('one') ~ x }}{% autoescape false %}{{ _('one') }}{% endautoescape %}")
    assert page.render(x="<") == "<b>one<b>one&lt;[one]"
    assert page.render(x="<") == "<b>one<b>one&lt;[one]"
    assert asked == ["one", "one"]
    assert page.render(x="<", _=str.upper) == "ONEONE&lt;ONE"


@pytest.mark.parametrize("wrong", ["m(1, 2)", "m(1, a=2)", "m(c=1)", "m(1, caller=2)"])
def test_wrong_arguments_are_told(wrong: str) -> None:
    """Too many arguments, and ones the macro does not have, are the same error as Jinja's own."""
    source = f"{{% macro m(a) %}}{{{{ a }}}}{{% endmacro %}}{{{{ {wrong} }}}}"
    with pytest.raises(TypeError) as theirs:
        plain().from_string(source).render()
    with pytest.raises(TypeError) as ours:
        quick().from_string(source).render()
    assert str(ours.value) == str(theirs.value)


def test_a_missing_argument_is_told_where_it_is_used() -> None:
    """An argument that is not given is undefined, not empty."""
    with pytest.raises(UndefinedError, match="parameter 'a' was not provided"):
        quick().from_string("{% macro m(a) %}{{ a }}{% endmacro %}{{ m() }}").render()


@pytest.mark.parametrize("wrong", ["d.kex", "x.kex", "nobody.key", "d.kex.deep", "x.upper().kex"])
def test_what_is_not_there_is_told_as_ever(wrong: str) -> None:
    """A name, an attribute or a key that there is not is the same error as Jinja's own."""
    names: dict[str, Any] = {"x": "text", "d": {"key": 1}}
    with pytest.raises(UndefinedError) as theirs:
        plain().from_string(f"{{{{ {wrong} }}}}").render(names)
    with pytest.raises(UndefinedError) as ours:
        quick().from_string(f"{{{{ {wrong} }}}}").render(names)
    assert str(ours.value) == str(theirs.value)


def test_a_template_is_looked_for_once() -> None:
    """Whoever wants it gets the same one; with globals of its own it is Jinja's to give."""
    made = QuickEnvironment(loader=DictLoader({"a": "{{ b }}"}))
    assert made.get_template("a") is made.get_template("a", "parent")
    assert made.get_template("a", globals={"b": "c"}).render() == "c"


def test_no_function_of_templates_asks_for_the_context() -> None:
    """Calls do not carry the loops and blocks around them, which only such a function would look at."""
    context = pass_context(lambda context: context).jinja_pass_arg  # type: ignore[attr-defined]
    given = environment("en").globals
    assert not [name for name, one in given.items() if getattr(one, "jinja_pass_arg", None) is context]
