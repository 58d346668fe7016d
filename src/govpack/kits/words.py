"""What our own lawyers are told may ask the contract, with ``{% if %}`` and no other tag, so that it is true of each.

A library has some sixty such notes, and a dozen conditions in them: each condition is compiled once, and no note is.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

from govpack.kits.conditions import ConditionError, compile_condition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govpack.kits.conditions import Asked

_TAG = re.compile(r"(\{%.*?%\}|\{\{)", re.DOTALL)
_SAID = re.compile(r"\{%-?\s*(?P<word>\w+)\s*(?P<condition>.*?)\s*-?%\}", re.DOTALL)
# Words, or what is said where the first condition holds that does; None stands for {% else %}.
_Part: TypeAlias = "str | tuple[tuple[str | None, _Parts], ...]"
_Parts: TypeAlias = "tuple[_Part, ...]"


def words_of(note: str, asked: Asked) -> str:
    """The words of `note` that are meant in the contract that is asked, on one line.

    ConditionError where that cannot be told.
    """
    return " ".join("".join(_said(read_note(note), asked)).split())


def _said(parts: _Parts, asked: Asked) -> Iterator[str]:
    for part in parts:
        if isinstance(part, str):
            yield part
            continue
        for condition, inner in part:
            if condition is None or asked.holds(condition):
                yield from _said(inner, asked)
                break


@cache
def read_note(note: str) -> _Parts:
    """The note in its parts. ConditionError where it holds another tag, or a condition that is no expression."""
    pieces = iter(_TAG.split(note))
    parts, end, _ = _read(pieces)
    if end:
        raise ConditionError(f"{{% {end} %}} belongs to no {{% if %}} of this note")
    return parts


def _read(pieces: Iterator[str]) -> tuple[_Parts, str, str]:
    """The parts up to the tag that ends them: its word and its condition, both empty at the end of the note."""
    parts: list[_Part] = []
    for piece in pieces:
        if piece == "{{":
            raise ConditionError("a note prints no values: it may hold {% if %}, and no other tag")
        tag = _SAID.fullmatch(piece)
        if tag is None and not piece.startswith("{%"):
            parts.append(piece)
            continue
        word = tag["word"] if tag else ""
        if tag is None or word not in ("if", "elif", "else", "endif"):
            raise ConditionError("a note may hold {% if %}, and no other tag")
        if word != "if":
            return tuple(parts), word, tag["condition"]
        parts.append(tuple(_read_branches(pieces, tag["condition"])))
    return tuple(parts), "", ""


def _read_branches(pieces: Iterator[str], first: str) -> Iterator[tuple[str | None, _Parts]]:
    word, condition = "if", first
    while word != "endif":
        if word != "else":
            compile_condition(condition)
        inner, ends, following = _read(pieces)
        if not ends or (word == "else" and ends != "endif"):
            raise ConditionError("an {% if %} of this note has no {% endif %}")
        yield condition if word != "else" else None, inner
        word, condition = ends, following
