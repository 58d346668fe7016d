"""The two sheets that are one table each: the improvement plan, and the data behind all scores."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_rowcol_to_cell as at

from govpack.workbook.cells import write_formula, write_head, write_text
from govpack.workbook.layout import HEAD, LATE, PLAN, absolute, quoted
from govpack.workbook.look import TITLE_HEIGHT, colour_scores, hold_head, set_up
from govpack.workbook.measure import height_of
from govpack.workbook.partner_sheet import NUMBERS, WORDS

if TYPE_CHECKING:
    from decimal import Decimal

    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from govpack.model.metrics import ImprovementAction, Metric
    from govpack.workbook.layout import CardSheet, Layout
    from govpack.workbook.look import Look

PLAN_COLUMNS = (
    "Ref", "Partner", "Metric", "Gap", "Score now", "Action", "Owner", "Due", "Status", "Expected effect",
    "Exit criterion",
)  # fmt: skip
_PLAN_WIDTHS = (7.5, 18, 21, 25, 8, 29, 16, 12, 11, 25, 25)
_SCORE, _DUE, _STATUS = 4, 7, 8
_SPARE = ("spare_text",) * 4 + ("spare_score", "spare_text", "spare_text", "spare_date") + ("spare_text",) * 3
DATA_COLUMNS = (
    "Partner", "Ref", "Metric", "Category", "Unit", "Weight", "Target", "Threshold", "Better", "Actual", "Score",
    "Trend", "Source", "Evidence by",
)  # fmt: skip
_DATA_WIDTHS = (24, 7.5, 40, 11, 10, 8, 8.5, 10.5, 8, 8.5, 8, 11, 34, 11.5)
STATUSES = ["open", "under way", "done", "late"]
_STYLE = "Table Style Light 1"


def write_plan(book: Workbook, sheet: Worksheet, plan: Layout, look: Look) -> None:
    """The improvement plan, with room for more actions."""
    _begin(sheet, plan, look, "Improvement plan", _PLAN_WIDTHS, columns=2)
    for column, (width, form) in enumerate(zip(_PLAN_WIDTHS, _SPARE, strict=True)):
        # Rows for actions to come look like those above already while they are empty.
        sheet.set_column(column, column, width, look[form])
    _write_plan_lead(sheet, plan, look)
    for row, (card, action) in enumerate(plan.actions, start=HEAD + 1):
        _write_action(sheet, row, card, action, plan, look)
    # A table needs a row, even where nothing is planned yet.
    _table(sheet, "ImprovementPlan", PLAN_COLUMNS, HEAD + max(len(plan.actions), 1), look)
    _validate_plan(sheet, plan, look)
    for column, name in ((1, "plan_partner"), (_DUE, "plan_due"), (_STATUS, "plan_status")):
        place = f"{absolute(HEAD + 1, column)}:{absolute(plan.plan_last, column)}"
        book.define_name(name, f"={quoted(PLAN)}!{place}")


def _write_plan_lead(sheet: Worksheet, plan: Layout, look: Look) -> None:
    status, due = (f"{absolute(HEAD + 1, column)}:{absolute(plan.plan_last, column)}" for column in (_STATUS, _DUE))
    late = f"SUMPRODUCT({LATE.format(status=status, due=due)})"
    formula = f'=COUNTA({status})&" actions, of which "&COUNTIF({status},"done")&" done and "&{late}&" late."'
    actions = [action for _, action in plan.actions]
    done = sum(action.status == "done" for action in actions)
    day = plan.pack.pack.as_of
    missed = sum(
        action.status == "late" or (action.status != "done" and action.due is not None and action.due < day)
        for action in actions
    )
    value = f"{len(actions)} actions, of which {done} done and {missed} late."
    write_formula(sheet, 1, 0, formula, look["lead"], value)


def _write_action(
    sheet: Worksheet, row: int, card: CardSheet, action: ImprovementAction, plan: Layout, look: Look
) -> None:
    person = plan.pack.person(action.owner)
    owner = person.name if person else None
    place = next((at for at, metric in enumerate(card.card.metrics) if metric.id == action.metric), None)
    metric = card.card.metrics[place] if place is not None else None
    moved = f"{metric.id} {metric.name}" if metric else "No single metric"
    write_text(sheet, row, 0, action.id, look["label"])
    for column, text in ((1, card.card.partner.name), (2, moved), (3, action.gap)):
        write_text(sheet, row, column, text, look["text"])
    if place is not None and metric is not None:
        score = f"={quoted(card.name)}!{absolute(card.first + place, card.score)}"
        write_formula(sheet, row, _SCORE, score, look["number"], metric.exact_score)
    else:
        write_text(sheet, row, _SCORE, None, look["number"])
    rest = (action.action, owner, None, action.status, action.effect, action.exit_criterion)
    for column, text in enumerate(rest, start=_SCORE + 1):
        write_text(sheet, row, column, text, look["entry_date" if column == _DUE else "entry_text"])
    if action.due is not None:
        sheet.write_datetime(row, _DUE, datetime.datetime.combine(action.due, datetime.time()), look["entry_date"])
    texts = (None, card.card.partner.name, moved, action.gap, None, *rest)
    height = height_of(*zip(texts, _PLAN_WIDTHS, strict=True))
    sheet.set_row(row, max(height, height_of((action.id, _PLAN_WIDTHS[0]), bold=True)))


def _validate_plan(sheet: Worksheet, plan: Layout, look: Look) -> None:
    first, last = HEAD + 1, plan.plan_last
    status = {
        "validate": "list",
        "source": STATUSES,
        "error_title": "Status",
        "error_message": f"One of {', '.join(STATUSES)}.",
    }
    sheet.data_validation(first, _STATUS, last, _STATUS, status)
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
    sheet.data_validation(first, _DUE, last, _DUE, due)
    cell, day = at(first, _STATUS, col_abs=True), at(first, _DUE, col_abs=True)
    for test, rating in (
        (f'{cell}="done"', "green"),
        (LATE.format(status=cell, due=day), "red"),
        (f'{cell}="under way"', "amber"),
    ):
        rule = {"type": "formula", "criteria": f"={test}", "format": look.ground(rating), "stop_if_true": True}
        sheet.conditional_format(first, _STATUS, last, _STATUS, rule)
    colour_scores(sheet, look, (first, last), (_SCORE, _SCORE), at(first, _SCORE))


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
    shown = (*texts[:2], None, metric.unit)
    height = height_of(*zip(shown, _DATA_WIDTHS[1:5], strict=True), (metric.source, _DATA_WIDTHS[12]))
    sheet.set_row(row, max(height, height_of((card.card.partner.name, _DATA_WIDTHS[0]), bold=True)))


def _begin(sheet: Worksheet, plan: Layout, look: Look, title: str, widths: tuple[float, ...], *, columns: int) -> None:
    set_up(sheet, plan.pack)
    hold_head(sheet, HEAD, columns)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.set_row(0, TITLE_HEIGHT)
    write_text(sheet, 0, 0, title, look["title"])


def _table(sheet: Worksheet, name: str, columns: tuple[str, ...], last: int, look: Look) -> None:
    heads = [{"header": column} for column in columns]
    options = {"name": name, "columns": heads, "style": _STYLE, "banded_rows": False}
    sheet.add_table(HEAD, 0, last, len(columns) - 1, options)
    write_head(sheet, HEAD, columns, look, numbers=NUMBERS, words=WORDS)
