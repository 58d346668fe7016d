"""Tags in a piece of text, found by Jinja's own lexer: a ``}}`` inside a string is text, nested braces balance."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from jinja2 import Environment, TemplateSyntaxError

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPEN = re.compile(r"\{\{|\{%|\{#")
_WORD = re.compile(r"[+-]?\s*(\w+)")
# Word turns straight quotes into these as one types; inside a tag they can only be meant as delimiters.
_TYPED = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "\u00a0": " ", "\u202f": " "})
_LINES = str.maketrans("\n\r\t", "   ")
# A longer tag is not closed: the lexer need not read the rest of a long text to find that out.
_LONGEST = 20_000
_LEXER = Environment(autoescape=True).lexer

OPENERS = {"for": "endfor", "if": "endif"}
BRANCHES = {"elif": "if", "else": ""}
CLOSERS = {end: start for start, end in OPENERS.items()}
# Words that stand alone: an assignment, the inclusion of a named fragment.
SINGLE = {"set", "include"}
# Words that make up blocks of several tags.
PAIRED = frozenset((*OPENERS, *BRANCHES, *CLOSERS))
STATEMENTS = frozenset((*OPENERS, *BRANCHES, *CLOSERS, *SINGLE))


class Kind(Enum):
    """What a tag is: a value to print, a statement, or nothing that shows (comments, raw marks)."""

    VALUE = "value"
    BLOCK = "block"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag: where it stands in its text (`start`, `end`), as typed (`raw`), and what it says (`source`)."""

    start: int
    end: int
    kind: Kind
    raw: str
    source: str

    @property
    def word(self) -> str:
        """The first word of a statement: ``for``, ``endif``."""
        found = _WORD.match(self.source)
        return found[1] if found else ""


class TagError(Exception):
    """A tag that cannot be read: `tag` as typed, and why."""

    def __init__(self, tag: str, reason: str) -> None:
        super().__init__(reason)
        self.tag = tag
        self.reason = reason


def has_tag(text: str) -> bool:
    """Whether a tag begins anywhere in `text`."""
    return _OPEN.search(text) is not None


def find_tags(text: str) -> Iterator[Tag | TagError]:
    """The tags of `text` in order. A tag that can't be read comes as a TagError, and the search goes on behind it."""
    position = 0
    flat = text.translate(_LINES)
    while found := _OPEN.search(text, position):
        start = found.start()
        try:
            tags = _read_tag(flat, start)
        except TagError as error:
            yield error
            position = start + 2
            continue
        yield from tags
        position = tags[-1].end


def _read_tag(text: str, start: int) -> list[Tag]:
    try:
        return _lex(text, start)
    except TagError:
        typed = text.translate(_TYPED)
        if typed == text:
            raise
        return _lex(typed, start)


def _lex(text: str, start: int) -> list[Tag]:
    """The tag at `start`, or the two marks of a raw block."""
    position = start
    begun = ""
    marks: list[Tag] = []
    inner_start = start
    try:
        for _, token, value in _LEXER.tokeniter(text[start : start + _LONGEST], None):
            position += len(value)
            if not begun:
                begun, inner_start = token, position
            elif token in ("variable_end", "block_end", "comment_end"):
                # "{%-" and "-%}" take the blanks beside the tag along, as in Jinja.
                first = len(text[:start].rstrip()) if text[start + 2 : start + 3] == "-" else start
                end = position if value.startswith("-") else position - len(value) + len(value.rstrip())
                kind = {"variable_end": Kind.VALUE, "block_end": Kind.BLOCK, "comment_end": Kind.SILENT}[token]
                inner = text[inner_start : position - len(value)].strip()
                return [Tag(first, end, kind, text[start:end].strip(), inner)]
            elif token == "raw_end":  # noqa: S105 - a token of Jinja's lexer, not a secret
                end = position - len(value) + len(value.rstrip())
                marks.append(Tag(start, inner_start, Kind.SILENT, text[start:inner_start], ""))
                marks.append(Tag(position - len(value), end, Kind.SILENT, value.rstrip(), ""))
                return marks
    except TemplateSyntaxError as error:
        raise TagError(_excerpt(text, start), _reason(error.message or "it cannot be read")) from None
    raise TagError(_excerpt(text, start), "the tag is not closed in its paragraph")


def _reason(message: str) -> str:
    if "unexpected end of" in message or "Missing end of" in message:
        return "the tag is not closed in its paragraph"
    return message


def _excerpt(text: str, start: int) -> str:
    end = re.compile(r"[}%#]\}").search(text, start)
    stop = end.end() if end else len(text)
    return text[start : min(stop, start + 60)]
