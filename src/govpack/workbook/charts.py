"""The dashboard's charts: native, drawn from its own cells, and placed so that none is cut by the end of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govpack.model.base import tidy
from govpack.model.metrics import CATEGORIES
from govpack.workbook.dashboard import QUARTER_WIDTH, WIDTHS
from govpack.workbook.layout import DASHBOARD, HEAD, HISTORY_AT
from govpack.workbook.look import FONT, INK, MUTED, ROW, RULE, SERIES

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.chart import Chart
    from xlsxwriter.worksheet import Worksheet

    from govpack.workbook.layout import CardSheet, Layout

FEW = 8
"""Up to so many partners: two charts stand side by side, and each partner has its own line of the trend."""
_HEIGHT, _TALL, _GAP = 300, 400, 16  # pixels
_PAGE = 0.61  # a page's height by its width, A4 across, less margins and the repeated head
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
    wide = sum(7 * width + 5 for width in (*WIDTHS, *(QUARTER_WIDTH for _ in plan.quarters)))
    few = len(plan.sheets) <= FEW
    height = _HEIGHT if few else _TALL
    half = (wide - _GAP) // 2
    column = _Column(sheet, plan.setting(8) + 1, int(wide * _PAGE))
    scores, trend, categories = _scores(book, plan), _trend(book, plan), _categories(book, plan)
    if few:
        top = column.take(height)
        column.insert(scores, top, (0, half, height), _told("Weighted score by partner", plan))
        if trend:
            column.insert(trend, top, (half + _GAP, half, height), _told("Weighted score by quarter", plan))
        else:
            column.insert(categories, top, (half + _GAP, half, height), _told("Scores by category", plan))
            return
    else:
        column.insert(scores, column.take(height), (0, wide, height), _told("Weighted score by partner", plan))
        if trend:
            words = f"Weighted score by quarter of the {FEW} partners with the lowest scores"
            column.insert(trend, column.take(height), (0, wide, height), _told(words, plan))
    column.insert(categories, column.take(height), (0, wide, height), _told("Scores by category", plan))


class _Column:
    """Charts one below the other: where the next one goes, in whole rows, past the end of a page if it must."""

    def __init__(self, sheet: Worksheet, row: int, page: int) -> None:
        self._sheet, self._row, self._page = sheet, row, page

    def take(self, height: int) -> int:
        """The row at which a chart of `height` pixels goes."""
        # The rows above are all of the ordinary height, but for title and heads.
        above = self._row * ROW + 40
        if above % self._page + height > self._page:
            self._row += -(-(self._page - above % self._page) // ROW)
        row = self._row
        self._row += -(-(height + _GAP) // ROW)
        return row

    def insert(self, chart: Chart, row: int, box: tuple[int, int, int], told: str) -> None:
        """Put `chart` at `row`; `box` is its distance from the left, width and height in pixels."""
        left, width, height = box
        chart.set_size({"width": width, "height": height})
        place = {"x_offset": left, "y_offset": 0, "object_position": 3, "description": told}
        self._sheet.insert_chart(row, 0, chart, place)


def _scores(book: Workbook, plan: Layout) -> Chart:
    chart = book.add_chart({"type": "column"})
    series = _series(plan, 2, SERIES[0], labels=True) | {"name": [DASHBOARD, HEAD, 2], "gap": 60}
    chart.add_series(series)
    chart.set_legend({"none": True})
    return _finish(chart, "Weighted score by partner", plan)


def _categories(book: Workbook, plan: Layout) -> Chart:
    chart = book.add_chart({"type": "column"})
    for number, _ in enumerate(CATEGORIES):
        series = _series(plan, 4 + number, SERIES[number], labels=len(plan.sheets) <= FEW)
        chart.add_series(series | {"name": [DASHBOARD, HEAD, 4 + number], "gap": 60, "overlap": -5})
    chart.set_legend({"position": "bottom", "font": _SMALL})
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
    return _finish(chart, title if len(plan.sheets) <= FEW else f"{title}: the {FEW} lowest at the start", plan)


def _series(plan: Layout, column: int, colour: str, *, labels: bool) -> dict[str, Any]:
    series: dict[str, Any] = {
        "categories": [DASHBOARD, plan.first, 0, plan.last, 0],
        "values": [DASHBOARD, plan.first, column, plan.last, column],
        "fill": {"color": colour},
        "border": {"none": True},
    }
    if labels:
        series["data_labels"] = {"value": True, "font": _SMALL, "num_format": "0.#" if column == 2 else "0"}
    return series


def _finish(chart: Chart, title: str, plan: Layout) -> Chart:
    chart.set_title({"name": title, "name_font": {"name": FONT, "size": 12, "color": INK}, "overlay": False})
    font: dict[str, Any] = dict(_SMALL)
    if len(plan.sheets) > FEW and not title.startswith("Weighted score by quarter"):
        font["rotation"] = -90
    chart.set_x_axis({"num_font": font, "line": {"color": RULE}, "major_tick_mark": "none"})
    chart.set_y_axis(_AXIS)
    chart.set_chartarea({"border": {"color": RULE}})
    return chart


def _told(title: str, plan: Layout) -> str:
    """What a reader hears of a chart."""
    scores = "; ".join(f"{sheet.card.partner.name} {tidy(sheet.card.score):f}" for sheet in plan.sheets[:FEW])
    more = f"; and {len(plan.sheets) - FEW} more" if len(plan.sheets) > FEW else ""
    return f"{title}, in points of 100. Scores now: {scores}{more}."
