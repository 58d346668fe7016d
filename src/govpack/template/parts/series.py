"""What a chart shows: read from a tag's values, and written into the holes of the template's series."""

from __future__ import annotations

import datetime
import math
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from govpack.ooxml.xml import escape as _escape
from govpack.template.parts.workbooks import column
from govpack.template.values.functions import is_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from govpack.template.parts.patterns import Pattern
    from govpack.template.values.values import Chart

_EPOCH, _EPOCH_1904 = datetime.date(1899, 12, 30), datetime.date(1904, 1, 1)


@dataclass(slots=True, eq=False)
class ChartData:
    """What one chart shows, as it is written: texts escaped, figures as plain numbers; None where there is no value.

    `numeric` says that the categories are figures (dates are, as Excel counts them). `sizes` are those of a bubble
    chart's points, by series; no other chart has any.
    """

    categories: list[str]
    numeric: bool
    names: list[str]
    values: list[list[str | None]]
    sizes: list[list[str | None]] = field(default_factory=list)

    @property
    def columns(self) -> list[tuple[str, list[str | None]]]:
        """The columns of the chart's workbook beside its categories: name and values, for bubbles with their sizes."""
        columns = list(zip(self.names, self.values, strict=True))
        if not self.sizes:
            return columns
        return [
            column
            for (name, values), sizes in zip(columns, self.sizes, strict=True)
            for column in ((name, values), (f"{name}, size", sizes))
        ]


def prepare_data(chart: Chart, escape: Callable[[str], str], *, figures: bool, from_1904: bool = False) -> ChartData:
    """`chart` as it is written. With `figures`, categories that are numbers or dates stay so. ValueError where a value
    is no number that a chart can show."""
    numeric = figures and all(is_number(c) or isinstance(c, datetime.date) for c in chart.categories)
    count = len(chart.categories)
    values = [_padded(row, count) for _, row in chart.series]
    return ChartData(
        [_figure(c, from_1904) if numeric else escape(str(c)) for c in chart.categories],
        numeric,
        [escape(name) for name, _ in chart.series],
        values,
        [_padded(row or (), count) for row in chart.sizes] if any(row is not None for row in chart.sizes) else [],
    )


def _padded(row: tuple[object, ...], count: int) -> list[str | None]:
    return [_plain(value) for value in row] + [None] * (count - len(row))


def _figure(value: Any, from_1904: bool) -> str:
    if isinstance(value, datetime.datetime):
        value = value.date()
    if isinstance(value, datetime.date):
        return str((value - (_EPOCH_1904 if from_1904 else _EPOCH)).days)
    return _plain(value) or "0"


def _plain(value: Any) -> str | None:
    if value is None:
        return None
    if not math.isfinite(value):
        raise ValueError(f"a chart can't show the value '{value}'")
    return format(value, "f") if isinstance(value, Decimal) else str(value)


class SeriesWriter:
    """Writes series: `prefix` is that of the chart's elements, `sheet` the name of the sheet as formulas write it."""

    def __init__(self, prefix: str, sheet: str) -> None:
        self._c = prefix
        self._sheet = sheet

    def write(self, pattern: Pattern, number: int, data: ChartData) -> str:
        """The series `number` of `data` as `pattern` has it."""
        count = len(data.categories)
        at = number * 2 + 1 if pattern.kind == "bubble" else number + 1
        name, values = (data.names[number], data.values[number]) if data.names else ("", [])
        sizes = data.sizes[number] if data.sizes else []
        held = {
            "number": str(number),
            "tx": self._texts(f"${column(at)}$1", [name]),
            "cat": self._figures("A", count, data.categories, pattern.axis or "General")
            if data.numeric or pattern.kind
            else self._texts(f"$A$2:$A${count + 1}", data.categories),
            "val": self._figures(column(at), count, values, pattern.form),
            "size": self._figures(column(at + 1), count, sizes, "General") if pattern.kind == "bubble" else "",
        }
        written = []
        for piece in pattern.pieces:
            if isinstance(piece, tuple):
                written.append(piece[1] if piece[0] < count else "")
            else:
                written.append(held.get(piece, piece))
        return "".join(written)

    def _texts(self, cells: str, texts: Iterable[str]) -> str:
        c = self._c
        return (
            f"<{c}strRef><{c}f>{self._sheet}!{cells}</{c}f><{c}strCache>{self._points(texts)}</{c}strCache></{c}strRef>"
        )

    def _figures(self, letter: str, count: int, figures: Iterable[str | None], form: str) -> str:
        c, cells = self._c, f"${letter}$2:${letter}${count + 1}"
        code = _escape(form)
        return (
            f"<{c}numRef><{c}f>{self._sheet}!{cells}</{c}f><{c}numCache><{c}formatCode>{code}</{c}formatCode>"
            f"{self._points(figures)}</{c}numCache></{c}numRef>"
        )

    def _points(self, points: Iterable[str | None]) -> str:
        c = self._c
        held = list(points)
        written = [
            f'<{c}pt idx="{index}"><{c}v>{point}</{c}v></{c}pt>'
            for index, point in enumerate(held)
            if point is not None
        ]
        return f'<{c}ptCount val="{len(held)}"/>{"".join(written)}'
