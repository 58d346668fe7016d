"""Where the charts stand: below a short dashboard while the page holds them, else on a sheet of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govpack.workbook.cells import write_text
from govpack.workbook.charts import (
    LABELLED,
    NAMES,
    Box,
    draw_categories,
    draw_scores,
    draw_trend,
    has_trend,
)
from govpack.workbook.dashboard import heights_of, width_of
from govpack.workbook.look import ROW, TITLE_HEIGHT, set_up
from govpack.workbook.measure import line_count, pixels
from govpack.workbook.pages import height_at, scale_for, width_at

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from govpack.workbook.layout import Layout
    from govpack.workbook.look import Look

_BESIDE, _GAP = 340, 8  # pixels: the height of charts beside each other, and what is free around each
# On their own sheet: how large it is printed, and pixels around the bars, of a trend below some, and of one alone.
_SCALE, _AROUND, _TREND, _TREND_ALONE = 85, 104, 264, 480
# Pixels that a partner takes there: with a number at each bar, at least, for each line of its name, and around those.
_NUMBERED, _LEAST, _LINE, _BETWEEN = 48, 27, 15, 4
_COLUMN = 8.43  # signs: the width of each column there
_START = 3
"""The row (from 0) of the first chart on their own sheet; title and lead stand above it."""


def charts_fit_dashboard(plan: Layout) -> bool:
    """Whether the charts stand on the dashboard's page, below its settings."""
    high = sum(heights_of(plan)) + (_BESIDE + ROW + _GAP) * 0.75
    return len(plan.sheets) <= LABELLED and high <= height_at(scale_for(width_of(plan)))


def add_charts(book: Workbook, sheet: Worksheet, plan: Layout) -> None:
    """Put the charts beside each other below the dashboard's settings."""
    room = width_of(plan) - 2 * _GAP
    # The trend names a quarter at each of its points: it takes more of the width than names of partners do.
    bars = int(room * (0.3 if has_trend(plan) else 0.5))
    row = plan.setting(8) + 1
    draw_scores(book, sheet, plan, Box(row, 0, bars, _BESIDE), slice(None))
    if has_trend(plan):
        draw_trend(book, sheet, plan, Box(row, bars + _GAP, room - 2 * bars, _BESIDE))
    draw_categories(book, sheet, plan, Box(row, room + 2 * _GAP - bars, bars, _BESIDE), slice(None))


def write_charts(book: Workbook, sheet: Worksheet, plan: Layout, look: Look) -> None:
    """Write the sheet of charts, as many pages as the partners take; none is cut by the end of a page."""
    columns = width_at(_SCALE) // pixels(_COLUMN)
    wide = columns * pixels(_COLUMN) - _GAP
    set_up(sheet, plan.pack, parts=[width_at(_SCALE)])
    sheet.set_column(0, columns - 1, _COLUMN)
    sheet.set_row(0, TITLE_HEIGHT)
    write_text(sheet, 0, 0, "Charts", look["title"])
    write_text(sheet, 1, 0, "Drawn from the dashboard: they follow what is entered.", look["lead"])
    half = (wide - _GAP) // 2
    page = int(height_at(_SCALE) / 0.75 / ROW)
    first = page - _START - 1  # the title is higher than a row
    each = _each(plan, half)
    parts = _parts(len(plan.sheets), (first * ROW - _AROUND - _GAP) // each)
    row, left, breaks = _START, first, []
    for number, some in enumerate([*parts, None] if has_trend(plan) else parts, start=1):
        height = _TREND if some is None else each * (some.stop - some.start) + _AROUND
        if height + _GAP > left * ROW:
            height = _TREND_ALONE if some is None else height
            breaks.append(row)
            left = page
        rows = -(-(height + _GAP) // ROW)
        if some is None:
            draw_trend(book, sheet, plan, Box(row, 0, wide, height))
        else:
            part = f" ({number} of {len(parts)})" if len(parts) > 1 else ""
            draw_scores(book, sheet, plan, Box(row, 0, half, height), some, part)
            draw_categories(book, sheet, plan, Box(row, half + _GAP, half, height), some, part)
        row, left = row + rows, left - rows
    sheet.set_h_pagebreaks(breaks)
    sheet.print_area(0, 0, row, columns - 1)


def _each(plan: Layout, width: int) -> int:
    """Pixels that a partner takes in charts of that width, so that no name is left out for want of room."""
    least = _NUMBERED if len(plan.sheets) <= LABELLED else _LEAST
    lines = max(line_count(sheet.card.partner.name, int(NAMES * width), 9) for sheet in plan.sheets)
    return max(least, lines * _LINE + _BETWEEN)


def _parts(count: int, most: int) -> list[slice]:
    """The partners in as few charts as hold `most` each, and about as many in each."""
    parts = -(-count // most)
    return [slice(number * count // parts, (number + 1) * count // parts) for number in range(parts)]
