"""Makes a tree ready for pydantic: splits the cells of tables into lists, and refuses what pydantic would misread.

pydantic is lenient with text: it takes '1_000' for a number, 'n' for false, '0' for a day in 1970 and true for 1.
The inputs are stricter wherever a person could be misled:

- a number may be given as text (JSON from other programs does so for exact decimals) only if it is one plainly,
  such as '12' or '12.50': no blanks, underscores, thousands separators or exponents; never true or false;
- true and false may be given as yes and no, and in a table also as 1 and 0; nothing else;
- a date is text such as 2027-02-01: no time of day, no number;
- a number may stand for text (a version, a registration) only where it says what was written: 012345 would become
  12345, and 12e4 become 120000.

In a table every cell is text. Where the model wants a list, the cell is split at `;`, and blanks around its items do
not count; each item has the cell's position.
"""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING, Any

from govpack.findings import Finding
from govpack.inputs.shapes import Items, Map, Record, Scalar, Shape
from govpack.inputs.words import expectation, found
from govpack.sources import MarkedDict, MarkedList, column_of, line_of
from govpack.sources.text import read_text

if TYPE_CHECKING:
    from decimal import Decimal

_NUMBER = re.compile(r"\s*[-+]?\d+(?:\.\d+)?\s*\Z", re.ASCII)
_DATE = re.compile(r"\s*\d{4}-\d{2}-\d{2}\s*\Z", re.ASCII)
_WORDS = {"true": True, "yes": True, "false": False, "no": False}
_CELLS = {**_WORDS, "1": True, "0": False}
_WRITTEN = re.compile(r"[^\s,\]}]*")


def prepare(tree: MarkedDict, shape: Record) -> list[Finding]:
    """Split cells and read words for true and false in `tree`, in place; findings for values that are refused."""
    preparation = _Preparation()
    preparation.record(tree, shape)
    return preparation.findings


class _Preparation:
    """A walk over a tree along its shape. What does not fit the shape is left for pydantic to refuse."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.lines: dict[str, list[str]] = {}

    def record(self, node: MarkedDict, shape: Record) -> None:
        """Walk a mapping of fields."""
        fields = shape.fields
        for key, value in node.items():
            expected = fields.get(key)
            if expected is None:
                continue
            if type(expected) is Scalar:
                if expected.type is not None:
                    node[key] = self.scalar(value, expected.type, key, node, key)
            elif type(value) is str and type(expected) is Items and _is_table(node):
                node[key] = _split(value, node, key)
                self.inner(node[key], expected, key)
            else:
                self.inner(value, expected, key)

    def inner(self, value: Any, shape: Shape, name: str) -> None:
        """Walk a list, a mapping or a record; `name` is that of the field it is the value of."""
        if type(value) is MarkedList and type(shape) is Items:
            item = shape.item
            if type(item) is Scalar:
                if item.type is not None:
                    value[:] = [self.scalar(one, item.type, name, value, at) for at, one in enumerate(value)]
            else:
                for one in value:
                    self.inner(one, item, name)
        elif type(value) is MarkedDict and type(shape) is Record:
            self.record(value, shape)
        elif type(value) is MarkedDict and type(shape) is Map:
            inner = shape.value
            for key, one in value.items():
                if type(inner) is Scalar:
                    if inner.type is not None:
                        value[key] = self.scalar(one, inner.type, key, value, key)
                else:
                    self.inner(one, inner, key)

    def scalar(self, value: Any, kind: type | None, name: str, holder: MarkedDict | MarkedList, step: Any) -> Any:
        """`value`, or what it stands for; a finding where pydantic would take it for something it does not say."""
        given = type(value)
        if given is kind or value is None or given is MarkedDict or given is MarkedList:
            return value
        if kind is str:
            if given is not bool:
                self.number_as_text(value, name, holder, step)
            return value
        if kind is bool and given is str:
            words = _CELLS if _is_table(holder) else _WORDS
            value = words.get(value.strip().lower(), value)
            if type(value) is bool:
                return value
        elif kind is datetime.date:
            if given is str and _DATE.match(value):
                return value
        elif kind is not bool and given is not bool and (given is not str or _NUMBER.match(value)):
            return value
        phrase, remedy = expectation(kind, value)
        self.refuse(f"{name} must be {phrase}; found {found(value)}", remedy, holder, step)
        return value

    def number_as_text(self, value: int | Decimal, name: str, holder: MarkedDict | MarkedList, step: Any) -> None:
        """A finding where a number stands for text, and does not say any more how it was written."""
        spelling = self.spelling(holder, step)
        if spelling != str(value):
            self.refuse(f"{name} must be text; found {spelling}", f'put it in quotes: "{spelling}"', holder, step)

    def refuse(self, message: str, remedy: str, holder: MarkedDict | MarkedList, step: Any) -> None:
        """Note what is wrong with the value that `holder` has under `step`."""
        self.findings.append(Finding(message, holder.location(step), remedy=remedy))

    def spelling(self, holder: MarkedDict | MarkedList, step: Any) -> str:
        """The number under `step` as it was written."""
        lines = self.lines.get(holder.file)
        if lines is None:
            lines = self.lines[holder.file] = re.split("\r\n|\n|\r", read_text(holder.file))
        mark = holder.marks[step]
        written = _WRITTEN.match(lines[line_of(mark) - 1], column_of(mark) - 1)
        return written[0] if written else ""


def _is_table(holder: MarkedDict | MarkedList) -> bool:
    return holder.file.lower().endswith(".csv")


def _split(cell: str, holder: MarkedDict, key: str) -> MarkedList:
    mark = holder.marks[key]
    items = MarkedList(holder.file, mark)
    for part in cell.split(";"):
        if text := part.strip():
            items.put(text, mark)
    return items
