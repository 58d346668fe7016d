"""The dashboard's charts: native, drawn from its own cells, and placed so that none is cut by the end of a page."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from govpack.model.base import tidy
from govpack.model.metrics import CATEGORIES
from govpack.workbook.cells import height_of
from govpack.workbook.dashboard import QUARTER_WIDTH, WIDTHS, score_history
from govpack.workbook.layout import DASHBOARD, HEAD, HISTORY_AT
from govpack.workbook.look import FONT, INK, MUTED, ROW, RULE, SERIES, pixels

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xlsxwriter import Workbook
    from xlsxwriter.chart import Chart
    from xlsxwriter.worksheet import Worksheet

    from govpack.workbook.layout import CardSheet, Layout

_LABELLED = 5
"""Up to so many partners, each bar of the categories carries its number."""
FEW = 8
"""Up to so many partners: the charts stand side by side, and each partner has its own line of the trend."""
_HEIGHT, _LOW, _GAP = 260, 224, 8  # pixels; low: three of them stand on a page
# Pixels that title and heads are higher than other rows, that a head repeated on the next page takes, and to spare.
_HEADS, _HEAD_AGAIN, _SLACK = 60, 44, 40
_PAGE = 0.632  # a page's height by its width: A4 across, less margins
_SMALL = {"name": FONT, "size": 9, "color": INK}
_AXIS = {
    "min": 0,
    "max": 100,
    "major_unit": 20,
    "num_font": {"name": FONT, "size": 9, "color": MUTED},
    "major_gridlines": {"visible": True, "line": {"color": RULE, "width": 0.5}},
    "line": {"none": True},
}


def draw_charts(book: Workbook, sheet: Worksheet, plan: Layout) -> None:
    """Score by partner, trend by quarter and categories, below the settings."""
    few = len(plan.sheets) <= FEW
    told = [_told("Weighted score by partner", plan), _told("Scores by category", plan)]
    charts = [_scores(book, plan), _categories(book, plan)]
    trend = _trend(book, plan)
    if trend is not None:
        charts.insert(1, trend)
        told.insert(1, _told("Weighted score by quarter", plan))
    wide = pixels((*WIDTHS, *(QUARTER_WIDTH for _ in plan.quarters)))
    row = plan.setting(8) + 1
    if few:
        width = (wide - _GAP * (len(charts) - 1)) // len(charts)
        for number, (chart, words) in enumerate(zip(charts, told, strict=True)):
            _insert(sheet, chart, row, (number * (width + _GAP), width, _HEIGHT), words)
        return
    start = _next_page(plan, row, wide, len(charts) * (_LOW + _GAP))
    if start > row:
        # Programs differ in how much they put on a page: some break here, and Excel, which fits to the width, passes
        # this over and comes to its own end just above.
        sheet.set_h_pagebreaks([start])
    row = start
    for chart, words in zip(charts, told, strict=True):
        _insert(sheet, chart, row, (0, wide, _LOW), words)
        row += -(-(_LOW + _GAP) // ROW)


def _next_page(plan: Layout, row: int, wide: int, height: int) -> int:
    """`row`, or the first of the next page where charts of `height` pixels would be cut by the end of this one."""
    names = sum(height_of((sheet.card.partner.name, WIDTHS[0])) for sheet in plan.sheets) / 0.75
    above = int(names) + (row - len(plan.sheets)) * ROW + _HEADS
    page = int(wide * _PAGE)
    end = page
    while end <= above:
        end += page - _HEAD_AGAIN
    left = end - above
    return row if height + _SLACK <= left else row + -(-left // ROW) + 1


def _insert(sheet: Worksheet, chart: Chart, row: int, box: tuple[int, int, int], told: str) -> None:
    """Put `chart` at `row`; `box` is its distance from the left, width and height in pixels."""
    left, width, height = box
    chart.set_size({"width": width, "height": height})
    sheet.insert_chart(row, 0, chart, {"x_offset": left, "y_offset": 4, "object_position": 3, "description": told})


def _scores(book: Workbook, plan: Layout) -> Chart:
    chart = book.add_chart({"type": "column"})
    series = _series(plan, 2, SERIES[0], labels=True) | {"name": [DASHBOARD, HEAD, 2], "gap": 60}
    chart.add_series(series)
    chart.set_legend({"none": True})
    return _finish(chart, "Weighted score by partner", plan)


def _categories(book: Workbook, plan: Layout) -> Chart:
    chart = book.add_chart({"type": "column"})
    for number, _ in enumerate(CATEGORIES):
        series = _series(plan, 4 + number, SERIES[number], labels=len(plan.sheets) <= _LABELLED)
        chart.add_series(series | {"name": [DASHBOARD, HEAD, 4 + number], "gap": 60, "overlap": -5})
    # Long names that stand upright would run into a legend below them.
    chart.set_legend({"position": "bottom" if len(plan.sheets) <= FEW else "right", "font": _SMALL})
    return _finish(chart, "Scores by category", plan)


def _trend(book: Workbook, plan: Layout) -> Chart | None:
    """The lines of all partners, or of those with the lowest scores; None where no history is known."""
    known: list[CardSheet] = [sheet for sheet in plan.sheets if sheet.card.trend]
    if not known:
        return None
    shown = known
    if len(plan.sheets) > FEW:
        lowest = sorted(known, key=lambda sheet: (sheet.card.weighted(), sheet.line))[:FEW]
        shown = sorted(lowest, key=lambda sheet: sheet.line)
    chart = book.add_chart({"type": "line"})
    last = HISTORY_AT + len(plan.quarters) - 1
    for number, sheet in enumerate(shown):
        colour = SERIES[number % len(SERIES)]
        chart.add_series(
            {
                "name": [DASHBOARD, sheet.line, 0],
                "categories": [DASHBOARD, HEAD, HISTORY_AT, HEAD, last],
                "values": [DASHBOARD, sheet.line, HISTORY_AT, sheet.line, last],
                # What a viewer shows that does not calculate: XlsxWriter would store a nought for an empty cell.
                "values_data": [
                    None if points is None else float(points) for points in score_history(plan, sheet.card)
                ],
                "line": {"color": colour, "width": 2},
                "marker": {
                    "type": ("circle", "square", "diamond", "triangle")[number % 4],
                    "size": 5,
                    "fill": {"color": colour},
                    "border": {"color": colour},
                },
            }
        )
    chart.show_blanks_as("gap")
    chart.set_legend({"position": "right" if len(plan.sheets) > FEW else "bottom", "font": _SMALL})
    title = "Weighted score by quarter"
    if len(plan.sheets) > FEW:
        title = f"{title}: the {FEW} lowest as of {plan.pack.pack.as_of:%Y-%m-%d}"
    return _finish(chart, title, plan, quarterly=True)


def _series(plan: Layout, column: int, colour: str, *, labels: bool) -> dict[str, Any]:
    series: dict[str, Any] = {
        "categories": [DASHBOARD, plan.first, 0, plan.last, 0],
        "values": [DASHBOARD, plan.first, column, plan.last, column],
        "fill": {"color": colour},
        "border": {"none": True},
    }
    if labels:
        series["data_labels"] = {"value": True, "font": _SMALL, "num_format": "0.0" if column == 2 else "0"}
    return series


def _finish(chart: Chart, title: str, plan: Layout, *, quarterly: bool = False) -> Chart:
    chart.set_title({"name": title, "name_font": {"name": FONT, "size": 12, "color": INK}, "overlay": False})
    font: dict[str, Any] = dict(_SMALL)
    if len(plan.sheets) > FEW and not quarterly:
        font["rotation"] = -90
        chart.set_plotarea({"layout": {"x": 0.04, "y": 0.17, "width": 0.86, "height": 0.42}})
    chart.set_x_axis({"num_font": font, "line": {"color": RULE}, "major_tick_mark": "none"})
    lowest = min((points for sheet in plan.sheets for points in sheet.card.trend), default=Decimal(0))
    # Lines may start above zero, bars may not; the room below is for worse quarters.
    base = max(0, int(lowest) // 10 * 10 - 10) if quarterly else 0
    chart.set_y_axis(_AXIS | {"min": base, "major_unit": 10 if base >= 40 else 20})
    chart.set_chartarea({"border": {"color": RULE}})
    return chart


def _told(title: str, plan: Layout) -> str:
    """What a reader hears of a chart: all scores of a few partners; of many the extremes, and where the others are."""
    if len(plan.sheets) <= FEW:
        return f"{title}, in points of 100. Scores now: {_scores_of(plan.sheets)}."
    ranked = sorted(plan.sheets, key=lambda sheet: (sheet.card.weighted(), sheet.line))
    return (
        f"{title}, in points of 100, of {len(plan.sheets)} partners. The lowest now: {_scores_of(ranked[:FEW])}. "
        f"The highest: {_scores_of(ranked[-1:])}. All scores stand in the table above."
    )


def _scores_of(sheets: Iterable[CardSheet]) -> str:
    return "; ".join(f"{sheet.card.partner.name} {tidy(sheet.card.score):f}" for sheet in sheets)
