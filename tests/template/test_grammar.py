"""The tree of a tag is the one that Jinja reads, though most tags take a shorter way to it."""

from __future__ import annotations

import pytest
from jinja2 import Environment, TemplateSyntaxError

from govpack.template.language.grammar import tree_of
from govpack.template.language.tags import Kind

_JINJA = Environment(autoescape=True, extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"])


@pytest.mark.parametrize(
    "expression",
    [
        "contract.term",
        "-x.y | abs",
        "a not in b and c is not none or not d",
        "not a in -b",
        "a + b * c ** 2 // d ~ e % f - -1",
        "(a, b)[0], {c: [d, 'not', \"or\"]}",
        "a | default(b if c else d, true) | join(', ')",
        "x if y",
        "x if not y else z == 1 != 2",
        "rows[1:2][i].name(a, *b, c=d, **e)",
        "f((a or b) and (c, not d))",
    ],
)
def test_an_expression_has_jinjas_tree(expression: str) -> None:
    assert tree_of(Kind.VALUE, expression) == _JINJA.parse("{{ " + expression + " }}")


@pytest.mark.parametrize(
    ("statement", "whole"),
    [
        ("for k, v in x.items() if not v recursive", "{% S %}{% endfor %}"),
        ("if a not in b", "{% S %}{% endif %}"),
        ("elif a or b", "{% if 1 %}{% S %}{% endif %}"),
        ("set a = b, -c", "{% S %}"),
        ("set a | upper", "{% S %}{% endset %}"),
        ("with a=1, b=not c", "{% S %}{% endwith %}"),
        ("call(x) f(a, b=c or d)", "{% S %}{% endcall %}"),
        ("do a.append(b)", "{% S %}"),
    ],
)
def test_a_statement_has_the_tree_of_its_whole_block(statement: str, whole: str) -> None:
    assert tree_of(Kind.BLOCK, statement) == _JINJA.parse(whole.replace("S", statement))


@pytest.mark.parametrize("expression", ["a not b", "a or", "not", "a b", "f(a b)", "a and or b"])
def test_what_jinja_refuses_is_refused_in_its_words(expression: str) -> None:
    with pytest.raises(TemplateSyntaxError) as jinjas:
        _JINJA.parse("{{ " + expression + " }}")
    with pytest.raises(TemplateSyntaxError) as ours:
        tree_of(Kind.VALUE, expression)
    assert ours.value.message == jinjas.value.message
