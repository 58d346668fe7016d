"""Filters for what must fit on a slide: lists in pages by the lines that they take, or what of them fits in a line.

How many letters stand in a line is the template's to say, since it knows its columns and their type: letters of
ordinary prose, of which the narrow ones count for less and capitals and digits for more. Rows are counted by wrapping
whole words, as an office program does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2 import Undefined, UndefinedError, pass_context
from jinja2.filters import make_attrgetter

from govpack.template.values.limits import BUDGET
from govpack.template.values.texts import text_of
from govpack.template.values.undefined import Blank, Blanks, NotGiven

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jinja2.runtime import Context

_BETWEEN = ", "
# How wide signs are against the mean of prose in a proportional face (Calibri, Helvetica and Arial differ little).
_WIDTHS = dict.fromkeys(" ijlI.,:;!|'’()[]/", 0.62)
_WIDTHS |= dict.fromkeys("frtcsz-–J", 0.88) | dict.fromkeys("mwMW@%", 1.9) | dict.fromkeys("0123456789", 1.24)
_CAPITAL, _LETTER, _OTHER = 1.37, 1.19, 1.4
_KEPT = 1_000  # signs, as many as texts of any one language have, however odd a text is


class _Known(dict[str, float]):
    """Widths by sign; one that is not there yet is worked out and kept, since texts are measured sign by sign."""

    def __missing__(self, sign: str) -> float:
        wide = _CAPITAL if sign.isupper() else _LETTER if sign.isalpha() else _OTHER
        if len(self) < _KEPT:
            self[sign] = wide
        return wide


_width = _Known(_WIDTHS).__getitem__
_SLOW = 10  # a text is measured sign by sign, which takes so many times as long as to write it


@pass_context
def pages(context: Context, value: Any, room: float, widths: int | Mapping[str, int], apart: float = 0) -> Any:
    """``risks | pages(14, {"title": 30, "owner.name": 16}, 0.5)``: the rows as lists of what fits on one page each.

    A page holds `room` lines. A row takes those of its longest cell, by the letters that stand in a line of it,
    and `apart` of a line for the space around it; texts take one width. A name may list several fields, parted by
    blanks, that stand in one cell. A row that is longer than a page has one for itself. There is always one page.
    """
    if isinstance(value, Blanks):
        return [value]
    columns = {"": widths} if isinstance(widths, int) else dict(widths)
    if not columns or min(columns.values()) < 1:
        raise ValueError("'pages' takes the letters in a line, 1 or more, for each column")
    readers = [(_reader(context, name), width) for name, width in columns.items()]
    made: list[list[Any]] = [[]]
    left = room
    for row in context.parent[BUDGET].steps(_rows(value)):
        lines = max(_lines(read(row), width) for read, width in readers) + apart
        if lines > left and made[-1]:
            made.append([])
            left = room
        made[-1].append(row)
        left -= lines
    return made


@pass_context
def fitting(context: Context, value: Any, characters: int) -> Any:
    """``names | fitting(40)``: as many of the texts as stand in so many characters with commas between.

    None is cut: where the first is longer by itself, none stands there.
    """
    if isinstance(value, Blanks):
        return value
    kept: list[str] = []
    left = characters
    for item in context.parent[BUDGET].steps(_rows(value)):
        text = text_of(item)
        if len(text) > left:
            break
        kept.append(text)
        left -= len(text) + len(_BETWEEN)
    return kept


@pass_context
def lines(context: Context, value: Any, width: int) -> Any:
    """``risk.title | lines(35)``: how many lines a text takes where 35 letters of prose stand in one; of none, 0."""
    if width < 1:
        raise ValueError("'lines' takes the letters in a line, 1 or more")
    if isinstance(value, Blank):
        return 1
    if value is None or isinstance(value, NotGiven):
        return 0
    if isinstance(value, Undefined):
        return value
    text = text_of(value)
    context.parent[BUDGET].markup(len(text) * _SLOW)
    return _lines(text, width)


def _rows(value: Any) -> Any:
    return () if value is None or isinstance(value, Undefined) else value


def _reader(context: Context, names: str) -> Callable[[Any], str]:
    """Reads the text of a cell from a row: of the fields that are named, or of the row itself where none is."""
    fields = [make_attrgetter(context.environment, name) for name in names.split()]

    def read(row: Any) -> str:
        values = [_value(field, row) for field in fields] if fields else [row]
        return " ".join(text_of(each) for each in values if each is not None and not isinstance(each, Undefined))

    return read


def _value(field: Callable[[Any], Any], row: Any) -> Any:
    try:
        return field(row)
    except UndefinedError:  # what it would be of is not there: no name of a fourth alternative
        return None


def _lines(text: str, width: int) -> int:
    """The lines that `text` takes where so many letters stand in one."""
    return sum(_wrapped(line.split(" "), width) for line in text.split("\n"))


def _wrapped(words: list[str], width: int) -> int:
    lines, left = 1, float(width)
    for word in words:
        taken = sum(map(_width, word))
        if taken > left and left < width:
            lines, left = lines + 1, float(width)
        while taken > left:  # longer than a line: it is broken
            lines, taken, left = lines + 1, taken - left, float(width)
        left -= taken + _WIDTHS[" "]
    return lines
