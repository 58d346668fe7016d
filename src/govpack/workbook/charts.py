"""The charts: native, drawn from the dashboard's own cells, each wide enough for names and short enough for a page."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from govpack.model.base import tidy
from govpack.model.metrics import CATEGORIES
from govpack.workbook.dashboard import score_history
from govpack.workbook.layout import DASHBOARD, HEAD, HISTORY_AT
from govpack.workbook.look import FONT, INK, MUTED, RULE, SERIES, in_words
from govpack.workbook.measure import text_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xlsxwriter import Workbook
    from xlsxwriter.chart import Chart
    from xlsxwriter.worksheet import Worksheet

    from govpack.workbook.layout import CardSheet, Layout

MOST_LINES = 8
"""So many partners have a line of the trend: more, and no reader could tell them apart."""
LABELLED = 5
"""Up to so many partners, each bar of the categories carries its number."""
NAMES = 0.42
"""What names take of a chart's width at most; longer ones are wrapped."""
_SMALL = {"name": FONT, "size": 9, "color": INK}
_PALE = {"name": FONT, "size": 9, "color": MUTED}
_GRID = {"visible": True, "line": {"color": RULE, "width": 0.5}}


@dataclass(frozen=True)
class Box:
    """Where a chart stands: the row at its top, and pixels from the left, wide and high."""

    row: int
    left: int
    width: int
    height: int


def draw_scores(book: Workbook, sheet: Worksheet, plan: Layout, box: Box, some: slice, part: str = "") -> None:
    """The weighted scores of `some` partners, as bars; `part` says which of several charts it is."""
    shown = plan.sheets[some]
    chart = book.add_chart({"type": "bar"})
    chart.add_series(_series(shown, 2, SERIES[0], labels=True) | {"gap": 50 if len(shown) > 3 else 150})
    chart.set_legend({"none": True})
    title = f"Weighted score by partner{part}"
    _finish(chart, title)
    _name_bars(chart, shown, box, below=20)
    chart.set_x_axis({"min": 0, "max": 100, "visible": False, "major_gridlines": {"visible": False}})
    _insert(sheet, chart, box, _told(title, plan))


def draw_categories(book: Workbook, sheet: Worksheet, plan: Layout, box: Box, some: slice, part: str = "") -> None:
    """The scores by category of `some` partners, as bars; `part` says which of several charts it is."""
    shown = plan.sheets[some]
    labels = len(shown) <= LABELLED
    chart = book.add_chart({"type": "bar"})
    for number, _ in enumerate(CATEGORIES):
        series = _series(shown, 4 + number, SERIES[number], labels=labels)
        chart.add_series(series | {"name": [DASHBOARD, HEAD, 4 + number], "gap": 40})
    chart.set_legend({"position": "bottom", "font": _SMALL})
    title = f"Scores by category{part}"
    _finish(chart, title)
    _name_bars(chart, shown, box, below=36 if labels else 60)
    axis: dict[str, Any] = {"min": 0, "max": 100, "major_unit": 20, "num_font": _PALE, "line": {"none": True}}
    # Numbers at the bars need no lines across them.
    axis |= {"visible": False, "major_gridlines": {"visible": False}} if labels else {"major_gridlines": _GRID}
    chart.set_x_axis(axis)
    _insert(sheet, chart, box, _told(title, plan))


def has_trend(plan: Layout) -> bool:
    """Whether the history of any partner is known."""
    return any(sheet.card.trend for sheet in plan.sheets)


def draw_trend(book: Workbook, sheet: Worksheet, plan: Layout, box: Box) -> None:
    """The weighted scores by quarter as lines: of all partners, or of those with the lowest scores."""
    known: list[CardSheet] = [each for each in plan.sheets if each.card.trend]
    shown, title = known, "Weighted score by quarter"
    if len(plan.sheets) > MOST_LINES:
        lowest = sorted(known, key=_rank)[:MOST_LINES]
        shown = sorted(lowest, key=lambda each: each.line)
        about = plan.pack.pack
        title = f"{title}: the {MOST_LINES} lowest as of {in_words(about.as_of, about.locale)}"
    chart = book.add_chart({"type": "line"})
    for number, each in enumerate(shown):
        chart.add_series(_line(plan, each, number))
    chart.show_blanks_as("gap")
    # Each name in the legend has its line and its sign before it.
    below = sum(text_width(each.card.partner.name, 9) / 0.75 + 50 for each in shown) < box.width
    chart.set_legend({"position": "bottom" if below else "right", "font": _SMALL})
    _finish(chart, title)
    chart.set_x_axis({"num_font": _SMALL, "line": {"color": RULE}, "major_tick_mark": "none"})
    lowest_point = min((points for each in plan.sheets for points in each.card.trend), default=Decimal(0))
    # Lines may start above zero, bars may not; the room below is for worse quarters.
    base = max(0, int(lowest_point) // 10 * 10 - 10)
    axis = {"min": base, "max": 100, "major_unit": 10 if base >= 40 else 20, "num_font": _PALE, "line": {"none": True}}
    chart.set_y_axis(axis | {"major_gridlines": _GRID})
    _insert(sheet, chart, box, _told(title, plan))


def _line(plan: Layout, sheet: CardSheet, number: int) -> dict[str, Any]:
    colour, last = SERIES[number % len(SERIES)], HISTORY_AT + len(plan.quarters) - 1
    return {
        "name": [DASHBOARD, sheet.line, 0],
        "categories": [DASHBOARD, HEAD, HISTORY_AT, HEAD, last],
        "values": [DASHBOARD, sheet.line, HISTORY_AT, sheet.line, last],
        # What a viewer shows that does not calculate: XlsxWriter would store a nought for an empty cell.
        "values_data": [None if points is None else float(points) for points in score_history(plan, sheet.card)],
        "line": {"color": colour, "width": 2},
        "marker": {
            "type": ("circle", "square", "diamond", "triangle")[number % 4],
            "size": 5,
            "fill": {"color": colour},
            "border": {"color": colour},
        },
    }


def _series(shown: Sequence[CardSheet], column: int, colour: str, *, labels: bool) -> dict[str, Any]:
    first, last = shown[0].line, shown[-1].line
    series: dict[str, Any] = {
        "name": [DASHBOARD, HEAD, column],
        "categories": [DASHBOARD, first, 0, last, 0],
        "values": [DASHBOARD, first, column, last, column],
        "fill": {"color": colour},
        "border": {"none": True},
    }
    if labels:
        series["data_labels"] = {"value": True, "font": _SMALL, "num_format": "0.0" if column == 2 else "0"}
    return series


def _finish(chart: Chart, title: str) -> None:
    chart.set_title({"name": title, "name_font": {"name": FONT, "size": 12, "color": INK}, "overlay": False})
    chart.set_chartarea({"border": {"color": RULE}})


def _name_bars(chart: Chart, shown: Sequence[CardSheet], box: Box, *, below: int) -> None:
    """Names beside their bars, the first on top, with as much room as they need; `below` them pixels are kept free."""
    widest = max(text_width(each.card.partner.name, 9) for each in shown) / 0.75 + 16
    names = min(NAMES, widest / box.width)
    layout = {"x": names, "y": 44 / box.height, "width": 0.94 - names, "height": 1 - (44 + below) / box.height}
    chart.set_plotarea({"layout": layout})
    axis = {"num_font": _SMALL, "line": {"color": RULE}, "major_tick_mark": "none", "interval_unit": 1}
    chart.set_y_axis(axis | {"reverse": True, "crossing": "max", "major_gridlines": {"visible": False}})


def _insert(sheet: Worksheet, chart: Chart, box: Box, told: str) -> None:
    chart.set_size({"width": box.width, "height": box.height})
    options = {"x_offset": box.left, "y_offset": 4, "object_position": 3, "description": told}
    sheet.insert_chart(box.row, 0, chart, options)


def _rank(sheet: CardSheet) -> tuple[Decimal, int]:
    return sheet.card.weighted(), sheet.line


def _told(title: str, plan: Layout) -> str:
    """What a reader hears of a chart: all scores of a few partners; of many the extremes, and where the others are."""
    if len(plan.sheets) <= MOST_LINES:
        return f"{title}, in points of 100. Scores now: {_scores_of(plan.sheets)}."
    ranked = sorted(plan.sheets, key=_rank)
    return (
        f"{title}, in points of 100, of {len(plan.sheets)} partners. The lowest now: "
        f"{_scores_of(ranked[:MOST_LINES])}. The highest: {_scores_of(ranked[-1:])}. "
        "All scores stand in the dashboard’s table."
    )


def _scores_of(sheets: Iterable[CardSheet]) -> str:
    return "; ".join(f"{sheet.card.partner.name} {tidy(sheet.card.score):f}" for sheet in sheets)
