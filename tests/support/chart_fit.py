"""Whether the charts of a workbook's sheets stand whole on a page of their own rights, and hold their texts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries
from tests.support.metrics import Fonts, Span, wrap
from tests.support.sheet_fit import column_widths, printed_scale

_EMU = 12_700  # to a point
_HIGH = 595.3  # points: A4 across
_GAP = 4.0  # points between a name and its bar


@dataclass(frozen=True)
class _Place:
    """A chart on its sheet, in points from its left upper corner; pages count from 0."""

    chart: Any
    left: float
    top: float
    right: float
    bottom: float
    pages: tuple[int, int]
    rows: tuple[int, int]

    def meets(self, other: _Place) -> bool:
        """Whether the two lie on each other."""
        aside = self.right <= other.left or other.right <= self.left
        return not (aside or self.bottom <= other.top or other.bottom <= self.top)


def misfits(book: bytes, fonts: Fonts) -> list[str]:
    """A line for each chart that is cut by the end of a page, lies on something, or holds a text that does not fit."""
    found = []
    for sheet in load_workbook(BytesIO(book), data_only=True).worksheets:
        places = [_place(sheet, chart) for chart in sheet._charts]
        for number, place in enumerate(places):
            name = f"{sheet.title}, chart {number + 1}"
            found += [f"{name}: {fault}" for fault in _faults(sheet, place, fonts)]
            found += [f"{name}: it lies on another" for other in places[:number] if place.meets(other)]
    return found


def _faults(sheet: Any, place: _Place, fonts: Fonts) -> Iterator[str]:
    if place.pages[0] != place.pages[1]:
        yield "a page ends within it"
    if place.pages[1] and sheet.print_title_rows:
        yield "a table's head is printed above it"
    if any(cell.value is not None for row in sheet.iter_rows(place.rows[0], place.rows[1]) for cell in row):
        yield "it lies on text"
    chart = place.chart
    title = "".join(run.t for each in chart.title.tx.rich.p for run in each.r or ())
    if fonts.bold.width(title, 12) > place.right - place.left - 12:
        yield f"its title {title!r} is wider than it"
    for axis in (chart.x_axis, chart.y_axis):
        turned = axis.txPr.bodyPr.rot if axis.txPr is not None else None
        if turned:
            yield "text at an axis is turned"
    if chart.tagname == "barChart":
        yield from _names(sheet, place, fonts)


def _names(sheet: Any, place: _Place, fonts: Fonts) -> Iterator[str]:
    """Names that find no room beside their bars, or between those above and below."""
    inner = place.chart.layout.manualLayout
    series = place.chart.series[0]
    first, top, _, bottom = range_boundaries(series.cat.strRef.f.rpartition("!")[2])
    board = sheet.parent["Dashboard"]
    names = [str(board.cell(row, first).value) for row in range(top, bottom + 1)]
    wide = inner.x * (place.right - place.left) - _GAP
    high = inner.h * (place.bottom - place.top) / len(names)
    for name in names:
        lines = wrap([Span(name, 9)], wide, fonts)
        if lines.too_wide or lines.height > high:
            yield f"{name!r} finds no room beside its bar"


def _place(sheet: Any, chart: Any) -> _Place:
    start, end = chart.anchor._from, chart.anchor.to
    widths = list(column_widths(sheet, 1, end.col + 1))
    heights = [sheet.row_dimensions[row].height or 15.0 for row in range(1, end.row + 2)]
    pages = _pages(sheet, heights)
    left, right = (sum(widths[: each.col]) + each.colOff / _EMU for each in (start, end))
    top, bottom = (sum(heights[: each.row]) + each.rowOff / _EMU for each in (start, end))
    return _Place(chart, left, top, right, bottom, (pages[start.row], pages[end.row]), (start.row + 1, end.row + 1))


def _pages(sheet: Any, heights: list[float]) -> list[int]:
    """The page on which each row is printed."""
    page = (_HIGH - 72 * (sheet.page_margins.top + sheet.page_margins.bottom)) / printed_scale(sheet)
    again = sheet.print_title_rows
    head = heights[int(again.split(":")[0].lstrip("$")) - 1] if again else 0.0
    breaks = {one.id for one in sheet.row_breaks.brk}
    found, number, used = [], 0, 0.0
    for row, height in enumerate(heights):
        if row in breaks or used + height > page:
            number, used = number + 1, head
        used += height
        found.append(number)
    return found
