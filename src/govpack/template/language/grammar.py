"""The syntax tree of one tag, read with Jinja's own parser: alone, and a statement completed to a whole block."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.lexer import Token, TokenStream
from jinja2.parser import Parser

from govpack.template.language.lexing import read_tokens
from govpack.template.language.tags import Kind, Tag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2.ext import Extension

# Characters that XML 1.0 can't hold, so nothing in a tag can be taken for one of these marks. A blank beside them
# keeps a leading minus an operator; Jinja would take it for a wish to trim.
_VALUE_START, _VALUE_END = "\x02", "\x03"
_BLOCK_START, _BLOCK_END = "\x04", "\x05"
_VALUE, _BLOCK = f"{_VALUE_START} {{}} {_VALUE_END}", f"{_BLOCK_START} {{}} {_BLOCK_END}"
_TAG = re.compile(f"([{_VALUE_START}{_BLOCK_START}]) ([^\x02-\x05]*) [{_VALUE_END}{_BLOCK_END}]")
_MARKS = {
    _VALUE_START: (Token(1, "variable_begin", _VALUE_START), Token(1, "variable_end", _VALUE_END)),
    _BLOCK_START: (Token(1, "block_begin", _BLOCK_START), Token(1, "block_end", _BLOCK_END)),
}
_INCLUDE_MORE = re.compile(r"\s(ignore\s+missing|with\s+context|without\s+context)\s*$")
# What completes a statement to a whole block, before and after it.
_WHOLE = {
    "for": ("", "endfor"),
    "if": ("", "endif"),
    "elif": ("if 1", "endif"),
    "else": ("if 1", "endif"),
    "macro": ("", "endmacro"),
    "call": ("", "endcall"),
    "filter": ("", "endfilter"),
    "with": ("", "endwith"),
    "endfor": ("for x in y", ""),
    "endif": ("if 1", ""),
    "endmacro": ("macro x()", ""),
    "endcall": ("call x()", ""),
    "endfilter": ("filter upper", ""),
    "endwith": ("with", ""),
    "endset": ("set x", ""),
}
# Tokens behind which no operator follows.
_ENDS = frozenset(("variable_end", "block_end", "rparen", "rbracket", "rbrace", "comma", "colon"))
# The tree of a longer tag is not kept; it may be large.
_LONG = 500


def tree_of(kind: Kind, source: str) -> nodes.Template:
    """The tree of a tag, which all that say the same share: it must be left as it is. TemplateSyntaxError as Jinja's.

    ValueError where it holds a whole number of more digits than Python reads.
    """
    return (_read if len(source) <= _LONG else _parse)(Tag(0, 0, kind, source, source))


def _parse(tag: Tag) -> nodes.Template:
    if tag.kind is Kind.VALUE:
        if not tag.source:
            raise TemplateSyntaxError("the tag is empty", 1)
        return _parse_source(_VALUE.format(tag.source))
    if tag.kind is Kind.CELL:
        said = tag.source.removeprefix(tag.word).strip()
        if not said and tag.word in ("cellbg", "colspan"):
            raise TemplateSyntaxError(f"'{tag.word}' needs a value, such as {{% {tag.word} x %}}", 1)
        return _parse_source(_VALUE.format(said) if said else "")
    if tag.word == "include" and (more := _INCLUDE_MORE.search(tag.source)):
        raise TemplateSyntaxError(f"'include' takes the name of a fragment alone; leave out '{more[1]}'", 1)
    before, after = ("", "endset") if tag.word == "set" and tag.opens else _WHOLE.get(tag.word, ("", ""))
    return _parse_source("".join(_BLOCK.format(text) for text in (before, tag.source, after) if text))


_read = lru_cache(maxsize=8_192)(_parse)


def _parse_source(source: str) -> nodes.Template:
    # Jinja's own would tell each node its environment, which nothing asks it for.
    return nodes.Template(_Parser(_GRAMMAR, source).subparse(), lineno=1)


class _Parser(Parser):
    """Jinja's parser. Most expressions have no operators, so they need not go through all levels of these."""

    _first: nodes.Expr | None = None

    def parse_or(self) -> nodes.Expr:
        """An expression without conditions."""
        if self.stream.current.value == "not":
            return super().parse_or()
        first = self.parse_unary()
        if self.stream.current.type in _ENDS:
            return first
        self._first = first
        return super().parse_or()

    def parse_not(self) -> nodes.Expr:
        """A comparison, or its opposite; a ``not`` behind what was read already is that of ``not in``."""
        return super().parse_not() if self._first is None else self.parse_compare()

    def parse_unary(self, with_filter: bool = True) -> nodes.Expr:
        """What operators stand between; one that was read to find the operator is handed over."""
        if self._first is None:
            return super().parse_unary(with_filter)
        first, self._first = self._first, None
        return first


class _Grammar(Environment):
    """What the statements of templates are, and how a source of marked tags, with nothing between them, is read."""

    def iter_extensions(self) -> Iterator[Extension]:
        """Those of the statements: each has words of its own, so they need not be sorted for every tag."""
        return iter(self.extensions.values())

    def _tokenize(
        self, source: str, name: str | None, filename: str | None = None, state: str | None = None
    ) -> TokenStream:
        pieces = _TAG.split(source)
        tokens: list[Token] = []
        for mark, text in zip(pieces[1::3], pieces[2::3], strict=True):
            words = read_tokens(text)
            if words is None:
                break
            begin, end = _MARKS[mark]
            tokens += [begin, *words, end]
        else:
            if not any(pieces[::3]):
                return TokenStream(tokens, name, filename)
        return super()._tokenize(source, name, filename, state)  # Jinja says what is wrong with it


_GRAMMAR = _Grammar(
    variable_start_string=_VALUE_START,
    variable_end_string=_VALUE_END,
    block_start_string=_BLOCK_START,
    block_end_string=_BLOCK_END,
    comment_start_string="\x06",
    comment_end_string="\x07",
    autoescape=True,
    extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"],
)
