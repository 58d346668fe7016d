"""The words of one tag, as Jinja's lexer has them: its own patterns, tried all at once and not one after the other.

A template says the same few hundred tags in thousands of places; what each is made of is read once. Whatever is not
laid out as it should be is left to Jinja, which says what is wrong with it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from jinja2 import Environment, TemplateSyntaxError

if TYPE_CHECKING:
    from jinja2.lexer import Lexer, Token

# Jinja's lexer for tags as people type them.
LEXER: Lexer = Environment(autoescape=True).lexer
_OPENING = {"(": ")", "[": "]", "{": "}"}
_CLOSING = frozenset(_OPENING.values())
_FLAGS = {re.IGNORECASE: "i", re.DOTALL: "s", re.VERBOSE: "x"}


def _one_pattern() -> re.Pattern[str]:
    """What may stand in a tag, by the name that Jinja gives it; as in its lexer, the first that fits counts."""
    rules = LEXER.rules["variable_begin"][1:]
    flags = ["".join(sign for flag, sign in _FLAGS.items() if rule.pattern.flags & flag) for rule in rules]
    groups = (
        f"(?P<{rule.tokens}>(?{set_}:{rule.pattern.pattern}))" if set_ else f"(?P<{rule.tokens}>{rule.pattern.pattern})"
        for rule, set_ in zip(rules, flags, strict=True)
    )
    return re.compile("|".join(groups))


_WORD = _one_pattern()


@lru_cache(maxsize=8_192)
def read_words(text: str) -> tuple[tuple[int, str, str], ...] | None:
    """The words of a tag without its marks, each with its kind, on one line; None where it is no tag as a whole."""
    words: list[tuple[int, str, str]] = []
    closing: list[str] = []
    position = 0
    for found in _WORD.finditer(text):
        if found.start() != position:
            return None
        position = found.end()
        kind, word = str(found.lastgroup), found[0]
        if kind == "whitespace":
            continue
        if kind == "operator":
            if word in _OPENING:
                closing.append(_OPENING[word])
            elif word in _CLOSING and (not closing or closing.pop() != word):
                return None
        words.append((1, kind, word))
    return None if closing or position != len(text) else tuple(words)


def read_tokens(text: str) -> list[Token] | None:
    """The tokens of a tag without its marks, all on one line; None where it must be left to Jinja.

    ValueError where a whole number has more digits than Python reads.
    """
    words = read_words(text)
    try:
        return None if words is None else list(LEXER.wrap(words))
    except TemplateSyntaxError:  # a name or text that Jinja does not take
        return None
