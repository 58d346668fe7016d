"""What a part or fragment is compiled from: its markup as text, and what its tags say in their places."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from govpack.template.language.tags import first_word
from govpack.template.markup.references import MARK_END, MARK_START

if TYPE_CHECKING:
    from collections.abc import Sequence

_MARK = re.compile(f"{MARK_START}(\\d+){MARK_END}")


class Statement(NamedTuple):
    """What a mark in the markup stands for: an expression to print or a statement, and the slot it reports to."""

    slot: int
    text: str
    is_value: bool

    @property
    def word(self) -> str:
        """The first word of a statement: ``for``, ``endif``."""
        return first_word(self.text)


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


# The source of a part or fragment: its markup, and its statements where they stand in it.
Source = tuple["str | Statement", ...]


def build_source(markup: str, statements: Sequence[Statement]) -> Source:
    """The source of `markup`, whose marks stand for `statements` by their numbers."""
    pieces: list[str | Statement] = []
    for index, piece in enumerate(_MARK.split(markup)):
        if index % 2:
            pieces.append(statements[int(piece)])
        elif piece:
            # Whatever reads XML takes any line end for a line feed; a carriage return that is meant stays a reference.
            pieces.append(piece.replace("\r\n", "\n").replace("\r", "&#13;"))
    return tuple(pieces)
