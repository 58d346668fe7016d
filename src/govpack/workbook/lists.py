"""The two sheets that are one table each: the improvement plan, and the data behind all scores."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_rowcol_to_cell as at

from govpack.workbook.cells import height_of, write_formula, write_head, write_text
from govpack.workbook.layout import HEAD, PLAN, absolute, quoted
from govpack.workbook.look import set_up
from govpack.workbook.partner_sheet import NUMBERS

if TYPE_CHECKING:
    from decimal import Decimal

    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from govpack.model.metrics import ImprovementAction, Metric
    from govpack.workbook.layout import CardSheet, Layout
    from govpack.workbook.look import Look

PLAN_COLUMNS = (
    "Ref", "Partner", "Metric", "Gap", "Action", "Owner", "Due", "Status", "Expected effect", "Exit criterion",
)  # fmt: skip
_PLAN_WIDTHS = (7.5, 14, 22, 27, 30, 16, 12, 11, 26, 26)
DATA_COLUMNS = (
    "Partner", "Ref", "Metric", "Category", "Unit", "Weight", "Target", "Threshold", "Better", "Actual", "Score",
    "Trend", "Source", "Evidence by",
)  # fmt: skip
_DATA_WIDTHS = (18, 7.5, 40, 11, 10, 8, 8.5, 9.5, 7.5, 8.5, 7.5, 11, 34, 10)
STATUSES = ["open", "under way", "done", "late"]
_STYLE = "Table Style Light 1"


def write_plan(book: Workbook, sheet: Worksheet, plan: Layout, look: Look) -> None:
    """The improvement plan, with room for more actions."""
    _begin(sheet, plan, look, "Improvement plan", _PLAN_WIDTHS, columns=2)
    done = sum(action.status == "done" for _, action in plan.actions)
    rows = f"{absolute(HEAD + 1, 7)}:{absolute(plan.plan_last, 7)}"
    formula = (
        f'=COUNTA({rows})&" actions, of which "&COUNTIF({rows},"done")&" done and "&COUNTIF({rows},"late")&" late."'
    )
    late = sum(action.status == "late" for _, action in plan.actions)
    value = f"{len(plan.actions)} actions, of which {done} done and {late} late."
    write_formula(sheet, 1, 0, formula, look["lead"], value)
    for row, (card, action) in enumerate(plan.actions, start=HEAD + 1):
        _write_action(sheet, row, card, action, plan, look)
    # A table needs a row, even where nothing is planned yet.
    _table(sheet, "ImprovementPlan", PLAN_COLUMNS, HEAD + max(len(plan.actions), 1), look)
    _validate_plan(sheet, plan, look)
    for column, name in ((1, "plan_partner"), (7, "plan_status")):
        place = f"{absolute(HEAD + 1, column)}:{absolute(plan.plan_last, column)}"
        book.define_name(name, f"={quoted(PLAN)}!{place}")


def _write_action(
    sheet: Worksheet, row: int, card: CardSheet, action: ImprovementAction, plan: Layout, look: Look
) -> None:
    owner = plan.pack.person(action.owner)
    metric = next((each for each in card.card.metrics if each.id == action.metric), None)
    write_text(sheet, row, 0, action.id, look["label"])
    write_text(sheet, row, 1, card.card.partner.name, look["text"])
    moved = f"{metric.id} {metric.name}" if metric else "No single metric"
    write_text(sheet, row, 2, moved, look["text"])
    write_text(sheet, row, 3, action.gap, look["text"])
    write_text(sheet, row, 4, action.action, look["entry_text"])
    write_text(sheet, row, 5, owner.name if owner else None, look["entry_text"])
    if action.due is None:
        write_text(sheet, row, 6, None, look["entry_date"])
    else:
        sheet.write_datetime(row, 6, datetime.datetime.combine(action.due, datetime.time()), look["entry_date"])
    write_text(sheet, row, 7, action.status, look["entry_text"])
    write_text(sheet, row, 8, action.effect, look["entry_text"])
    write_text(sheet, row, 9, action.exit_criterion, look["entry_text"])
    texts = (
        action.id, card.card.partner.name, moved, action.gap, action.action, owner.name if owner else None, None,
        action.status, action.effect, action.exit_criterion,
    )  # fmt: skip
    sheet.set_row(row, height_of(*zip(texts, _PLAN_WIDTHS, strict=True)))


def _validate_plan(sheet: Worksheet, plan: Layout, look: Look) -> None:
    first, last = HEAD + 1, plan.plan_last
    status = {
        "validate": "list",
        "source": STATUSES,
        "error_title": "Status",
        "error_message": f"One of {', '.join(STATUSES)}.",
    }
    sheet.data_validation(first, 7, last, 7, status)
    partner = {
        "validate": "list",
        "source": "=partners",
        "error_title": "Partner",
        "error_message": "One of the partners on the dashboard, as it is written there.",
    }
    sheet.data_validation(first, 1, last, 1, partner)
    due = {
        "validate": "date",
        "criteria": "between",
        "minimum": datetime.date(1900, 1, 1),
        "maximum": datetime.date(2199, 12, 31),
        "error_title": "Due",
        "error_message": "A date.",
    }
    sheet.data_validation(first, 6, last, 6, due)
    cell, day = at(first, 7, col_abs=True), at(first, 6, col_abs=True)
    for test, rating in (
        (f'{cell}="done"', "green"),
        (f'OR({cell}="late",AND(ISNUMBER({day}),{day}<as_of,{cell}<>""))', "red"),
        (f'{cell}="under way"', "amber"),
    ):
        rule = {"type": "formula", "criteria": f"={test}", "format": look.ground(rating), "stop_if_true": True}
        sheet.conditional_format(first, 7, last, 7, rule)


def write_data(sheet: Worksheet, plan: Layout, look: Look) -> None:
    """Every metric of every partner in one table, each cell a link to the partner's sheet: for filters and pivots."""
    _begin(sheet, plan, look, "Data", _DATA_WIDTHS, columns=3)
    lead = "Every metric of every partner, linked to the partners’ sheets. Filter and count here; enter figures there."
    write_text(sheet, 1, 0, lead, look["lead"])
    row = HEAD
    for card in plan.sheets:
        for number, metric in enumerate(card.card.metrics):
            row += 1
            _write_linked(sheet, row, card, card.first + number, metric, look)
    _table(sheet, "Metrics", DATA_COLUMNS, max(row, HEAD + 1), look)


def _write_linked(sheet: Worksheet, row: int, card: CardSheet, line: int, metric: Metric, look: Look) -> None:
    there = quoted(card.name)

    def link(column: int, source: int, value: Decimal | str | None, form: str, place: int = line) -> None:
        cell = f"{there}!{absolute(place, source)}"
        # A link to an empty cell would give 0.
        formula = f"={cell}" if value is not None else f'=IF({cell}="","",{cell})'
        write_formula(sheet, row, column, formula, look[form], value)

    link(0, 0, card.card.partner.name, "label", place=0)
    texts = (metric.id, metric.name, metric.category.capitalize(), metric.unit)
    for number, text in enumerate(texts):
        link(1 + number, number, text, "text")
    for number, figure in enumerate((metric.weight, metric.target, metric.threshold)):
        link(5 + number, 4 + number, figure, "plain")
    link(8, 7, metric.better, "word")
    link(9, card.actual, metric.actual, "plain")
    link(10, card.score, metric.exact_score, "number")
    link(11, card.trend, metric.trend_label, "word")
    link(12, card.source, metric.source, "text")
    link(13, card.source + 2, metric.provided_by, "word")
    shown = (card.card.partner.name, *texts[:2], None, metric.unit)
    height = height_of(*zip(shown, _DATA_WIDTHS[:5], strict=True), (metric.source, _DATA_WIDTHS[12]))
    sheet.set_row(row, height)


def _begin(sheet: Worksheet, plan: Layout, look: Look, title: str, widths: tuple[float, ...], *, columns: int) -> None:
    set_up(sheet, plan.pack, head=HEAD, columns=columns)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.set_row_pixels(0, 32)
    write_text(sheet, 0, 0, title, look["title"])


def _table(sheet: Worksheet, name: str, columns: tuple[str, ...], last: int, look: Look) -> None:
    heads = [
        {"header": column, "header_format": look["head_number" if column in NUMBERS else "head"]} for column in columns
    ]
    options = {"name": name, "columns": heads, "style": _STYLE, "banded_rows": False}
    sheet.add_table(HEAD, 0, last, len(columns) - 1, options)
    write_head(sheet, HEAD, columns, look, numbers=NUMBERS)
