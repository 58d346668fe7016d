"""Whether the text of a workbook fits its cells as they stand, and whether its pages print large enough to read."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from tests.support.metrics import Fonts, Lines, Span, wrap

_POINT = 0.75  # of a pixel
_MARGIN = 5 * _POINT  # what Excel leaves free on both sides of a cell's text together
_INDENT = 9 * _POINT  # of one step
_PAPER = {"landscape": 841.9, "portrait": 595.3}  # A4, in points
LEAST_SCALE = 0.6


def misfits(book: bytes, fonts: Fonts) -> list[str]:
    """A line for each cell whose text is cut off, and each sheet that prints smaller than `LEAST_SCALE`."""
    found = []
    for sheet in load_workbook(BytesIO(book), data_only=True).worksheets:
        merged = {span.min_row: span for span in sheet.merged_cells.ranges}
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value not in (None, ""):
                    room = _room(sheet, cell, merged.get(cell.row))
                    fault = _fault(sheet, cell, room, fonts)
                    found += [f"{sheet.title}!{cell.coordinate}: {fault}"] if fault else []
        scale = printed_scale(sheet)
        if scale < LEAST_SCALE:
            found.append(f"{sheet.title}: it prints at {scale:.0%}")
    return found


def printed_scale(sheet: Any) -> float:
    """How large a sheet is printed, 1 being as on the screen; where it is fitted to pages, what that comes to."""
    setup = sheet.page_setup
    wide = _PAPER[setup.orientation] - 72 * (sheet.page_margins.left + sheet.page_margins.right)
    if sheet.sheet_properties.pageSetUpPr is not None and sheet.sheet_properties.pageSetUpPr.fitToPage:
        return min(1.0, wide / sum(column_widths(sheet, 1, _last(sheet))))
    scale = (setup.scale or 100) / 100
    # Where a page is broken by hand between columns, each part must stand on one, the repeated columns with it.
    # LibreOffice's columns are wider, since it does not round the width of a digit (7.44 pixels) as Excel does (7).
    again = sheet.print_title_cols
    repeated = sum(column_widths(sheet, 1, sheet[again.split(":")[1].lstrip("$") + "1"].column)) if again else 0.0
    ends = [*(one.id for one in sheet.col_breaks.brk), _last(sheet)]
    start = 1
    for number, end in enumerate(ends):
        part = sum(column_widths(sheet, start, end)) + (repeated if number else 0.0)
        assert part * scale * 7.44 / 7 <= wide + 1, (
            f"{sheet.title}: columns {start} to {end} stand on more than one page"
        )
        start = end + 1
    return scale


def _last(sheet: Any) -> int:
    """The last column that prints."""
    if sheet.print_area:
        return int(sheet[sheet.print_area.split("!")[-1].split(":")[1].replace("$", "")].column)
    return int(sheet.max_column)


def column_widths(sheet: Any, first: int, last: int) -> Iterator[float]:
    """The widths of columns in points."""
    known = {
        column: each.width
        for each in sheet.column_dimensions.values()
        for column in range(each.min or 0, (each.max or 0) + 1)
    }
    for column in range(first, last + 1):
        # The width in the file holds the margin already, in digits of 7 pixels.
        yield int(known.get(column, 9.14) * 7 + 0.5) * _POINT


def _room(sheet: Any, cell: Any, merged: Any) -> float:
    """How wide the text of a cell may be: its column, those it is merged with, or the empty ones that it runs into."""
    last = cell.column
    end = _end(sheet, cell.column)
    if merged is not None and merged.min_col == cell.column:
        last = merged.max_col
    elif (
        not cell.alignment.wrap_text
        and isinstance(cell.value, str)
        and cell.alignment.horizontal in (None, "left", "general")
    ):
        while last < end and sheet.cell(cell.row, last + 1).value in (None, ""):
            last += 1
    indent = _INDENT * (cell.alignment.indent or 0)
    return sum(column_widths(sheet, cell.column, last)) - _MARGIN - indent


def _end(sheet: Any, column: int) -> int:
    """The column at which text from `column` is cut off: the last that pages repeat or that stays in sight, or prints.

    What stands in columns that each page repeats is cut off behind them, on all pages but the first.
    """
    again = sheet.print_title_cols
    held = sheet[again.split(":")[1].lstrip("$") + "1"].column if again else 0
    if column <= held:
        return int(held)
    # A sheet of text and charts prints as far as they go.
    return _last(sheet) if sheet.max_column > 1 else max(each.max or 1 for each in sheet.column_dimensions.values())


def _fault(sheet: Any, cell: Any, room: float, fonts: Fonts) -> str:
    size, bold = float(cell.font.sz), bool(cell.font.b)
    text = _shown(cell)
    if not cell.alignment.wrap_text:
        wide = fonts.face(bold=bold).width(text, size)
        return (
            ""
            if wide <= room + 0.5 or cell.alignment.shrink_to_fit
            else f"{text!r} needs {wide:.0f} points of {room:.0f}"
        )
    lines = _wrapped(text, size, room, fonts, bold=bold)
    tall = sum(each.height for each in lines)
    high = sheet.row_dimensions[cell.row].height or 15.0
    if any(each.too_wide for each in lines):
        return f"a word of {text[:50]!r} is wider than its column"
    return "" if tall <= high + 0.5 else f"{text[:50]!r} needs {tall:.0f} points of {high:.0f}"


def height_needed(sheet: Any, cell: Any, fonts: Fonts) -> float:
    """How high the text of a cell is as it is wrapped, in points."""
    size, room = float(cell.font.sz), _room(sheet, cell, None)
    text = _shown(cell) if cell.alignment.wrap_text else ""
    return sum(each.height for each in _wrapped(text, size, room, fonts, bold=bool(cell.font.b)))


def _wrapped(text: str, size: float, room: float, fonts: Fonts, *, bold: bool) -> list[Lines]:
    return [wrap([Span(line, size, bold)], room, fonts, empty=size) for line in text.split("\n")]


def _shown(cell: Any) -> str:
    """The value as its format shows it, as far as the workbook's formats go."""
    value, form = cell.value, cell.number_format
    if isinstance(value, (datetime.date, datetime.datetime)):
        return f"{value.day} {value:%b %Y}"
    if isinstance(value, int | float) and not isinstance(value, bool):
        # An underscore keeps as much free as the sign behind it takes.
        plain, free = re.subn(r"_(.)", "", form.split(";")[0])
        aside = ")" * free
        if plain == "General":
            return f"{value:.10g}{aside}"
        decimals = len(plain.partition(".")[2])
        return f"{'+' if plain.startswith('+') else ''}{value:.{decimals}f}{aside}"
    return str(value)
