"""The tokens of Jinja sources as the engine writes them: each tag's are read once, however often it is used.

A template says the same few hundred tags in thousands of places, and each is parsed alone, to be judged, before it is
parsed in its part. Jinja's own lexer reads every tag anew. Here it is given the tags one by one, and its tokens are
kept; the markup between them needs no lexer. A source that is laid out in any other way is left to Jinja.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from jinja2 import TemplateSyntaxError
from jinja2.lexer import Token, TokenStream

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2.lexer import Lexer

# A value, a statement or the comment behind one, by the characters that `environment` takes for marks. One that begins
# or ends with a sign may trim the markup beside it.
_TAG = re.compile(
    r"(\x02(?![-+])[^\x02-\x07\r]*(?<![-+])\x03|\x04(?![-+])[^\x02-\x07\r]*(?<![-+])\x05|\x06[^\x02-\x07\r]*\x07)"
)
_STRANGE = re.compile(r"[\x02-\x07\r]")
_COMMENT_START = "\x06"


def read_tokens(lexer: Lexer, source: str, name: str | None, filename: str | None) -> TokenStream | None:
    """The tokens of `source`; None where it must be left to Jinja, which says what is wrong with it."""
    pieces = _TAG.split(source)
    if any(_STRANGE.search(markup) for markup in pieces[::2]):
        return None
    try:
        return TokenStream(list(_tokens(lexer, pieces)), name, filename)
    except TemplateSyntaxError:
        return None


def _tokens(lexer: Lexer, pieces: list[str]) -> Iterator[Token]:
    line = 1
    literal = True
    for piece in pieces:
        if literal:
            if piece:
                yield Token(line, "data", piece)
        elif piece[0] != _COMMENT_START:
            inner = piece[1:-1]
            tokens = _tokens_of(lexer, piece[0], inner.strip(), piece[-1])
            yield Token(line, *tokens[0][1:])
            first = line + inner.count("\n", 0, len(inner) - len(inner.lstrip())) - 1
            for number, kind, value in tokens[1:-1]:
                yield Token(first + number, kind, value)
            yield Token(line + inner.count("\n"), *tokens[-1][1:])
        line += piece.count("\n")
        literal = not literal


@lru_cache(maxsize=8_192)
def _tokens_of(lexer: Lexer, start: str, inner: str, end: str) -> tuple[Token, ...]:
    """The tokens of one tag, from its line 1. TemplateSyntaxError where there is something that is no token."""
    return tuple(lexer.wrap(lexer.tokeniter(f"{start} {inner} {end}", None)))
