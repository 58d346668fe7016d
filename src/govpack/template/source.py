"""The Jinja source that a part or fragment becomes: its markup as text, its tags as statements, a line for each tag."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from govpack.template.environment import (
    BLOCK_END,
    BLOCK_START,
    COMMENT_END,
    COMMENT_START,
    VALUE_END,
    VALUE_START,
)
from govpack.template.references import MARK_END, MARK_START

if TYPE_CHECKING:
    from collections.abc import Sequence

_MARK = re.compile(f"{MARK_START}(\\d+){MARK_END}")


class Statement(NamedTuple):
    """What a mark in the markup stands for: an expression to print or a statement, and the slot it reports to."""

    slot: int
    text: str
    is_value: bool


class Marks:
    """The statements of one template, by the number that their marks carry in the markup."""

    def __init__(self) -> None:
        self.statements: list[Statement] = []

    def value(self, slot: int, expression: str) -> str:
        """A mark that prints `expression`."""
        return self._mark(Statement(slot, expression, is_value=True))

    def block(self, slot: int, statement: str) -> str:
        """A mark for a statement such as ``for x in y``."""
        return self._mark(Statement(slot, statement, is_value=False))

    def _mark(self, statement: Statement) -> str:
        self.statements.append(statement)
        return f"{MARK_START}{len(self.statements) - 1}{MARK_END}"


class Source(NamedTuple):
    """Jinja source, and which slot's tag begins on which line of it."""

    text: str
    slots: dict[int, int]


def build_source(markup: str, statements: Sequence[Statement]) -> Source:
    """The source of `markup`, whose marks become Jinja tags. No two tags share a line, so a line tells its tag."""
    pieces: list[str] = []
    slots: dict[int, int] = {}
    line = 1
    literal = True
    for piece in _MARK.split(markup):
        if literal:
            # Jinja takes any line end for a line feed; a carriage return that is meant stays a reference.
            text = piece.replace("\r\n", "\n").replace("\r", "&#13;")
            pieces.append(text)
            line += text.count("\n")
        else:
            statement = statements[int(piece)]
            start, end = (VALUE_START, VALUE_END) if statement.is_value else (BLOCK_START, BLOCK_END)
            # The blank keeps a leading minus an operator; beside the mark Jinja would take it for a wish to trim.
            # Jinja gives a comparison the line on which its tag ends, so no other tag may begin there: a comment with
            # a line feed comes between.
            pieces.append(f"{start} {statement.text}\n{end}{COMMENT_START}\n{COMMENT_END}")
            slots[line] = slots[line + 1] = statement.slot
            line += 2
        literal = not literal
    return Source("".join(pieces), slots)
