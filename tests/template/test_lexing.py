"""The words of a tag are those that Jinja reads."""

from __future__ import annotations

import pytest
from jinja2 import Environment, TemplateSyntaxError

from govpack.template.language.lexing import read_tokens


@pytest.mark.parametrize(
    "text",
    [
        "contract.term",
        "if x == 1_000 and 'a\\nb' in y[1:2]",
        "1.5 | round",
        "  a.b(c=[1, {'d': none}])\n ~ 'e'\n",
        '"it\'s }} and {% so on %}"',
        "x.1.2 // 0x1F ** 1e3 - .5 != 0b11",
        "{'a': {'b': (1, [2])}}",
        "größe·x ~ 'ü\\u00e9'",
        "a is not none and not-b",
        "",
    ],
)
def test_a_tag_has_the_tokens_that_jinja_reads(text: str) -> None:
    read = [(kind, value) for _, kind, value in Environment(autoescape=True).lexer.tokenize("{{ " + text + " }}")]
    for _ in range(2):  # read, and taken from what was kept
        tokens = read_tokens(text)
        assert tokens is not None
        assert [(token.type, token.value) for token in tokens] == read[1:-1]


@pytest.mark.parametrize("text", ["a ? b", "'a", "a]", "(a", "(a]", "'\\u12'", "x.١"])
def test_a_tag_that_jinja_refuses_is_left_to_it(text: str) -> None:
    assert read_tokens(text) is None
    with pytest.raises(TemplateSyntaxError):
        list(Environment(autoescape=True).lexer.tokenize("{{ " + text + " }}"))
