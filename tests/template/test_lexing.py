"""Tokens that are kept are those that Jinja reads."""

from __future__ import annotations

import pytest

from govpack.template.environment import TemplateEnvironment
from govpack.template.lexing import read_tokens

V, W, B, C = "\x02", "\x03", "\x04", "\x05"
COMMENT = "\x06\n\x07"


@pytest.mark.parametrize(
    "source",
    [
        "",
        "<w:p>\n</w:p>\n",
        f"{V} contract.term\n{W}{COMMENT}<w:t>{V} contract.term\n{W}{COMMENT}",
        f"a\n{B} if x == 1_000 and 'a\\nb' in y[1:2]\n{C}{COMMENT}b\n\n{V}1.5 | round{W}{B} endif\n{C}{COMMENT}",
        f"{V}\n\n  a.b(c=[1, {{'d': none}}])\n ~ 'e'\n{W}f{V} g{W}",
        f"{B}for x in y{C}{B}endfor{C}",
        f"{V}{W}{V} {W}",
    ],
)
def test_a_source_has_the_tokens_and_lines_that_jinja_reads(source: str) -> None:
    lexer = TemplateEnvironment().lexer
    for _ in range(2):  # read, and taken from what was kept
        stream = read_tokens(lexer, source, "part", None)
        assert stream is not None
        assert list(stream) == list(lexer.tokenize(source, "part"))


@pytest.mark.parametrize(
    "source",
    [
        f"a {V}-b{W}",
        f"{B} if a -{C} b",
        f"{V} a ? b {W}",
        f"{V} 'a {W}",
        f"{V} a {B} b {C}",
        "a\r\nb",
        f"a {W}",
    ],
)
def test_a_source_that_trims_or_is_wrong_is_left_to_jinja(source: str) -> None:
    assert read_tokens(TemplateEnvironment().lexer, source, None, None) is None
