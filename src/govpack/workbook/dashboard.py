"""The dashboard: a row a partner with score, rating and history, the settings that scores follow, and the charts."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_rowcol_to_cell as at

from govpack.model.base import HUNDRED
from govpack.model.metrics import CATEGORIES
from govpack.workbook.cells import HEAD_HEIGHT, write_formula, write_head, write_number, write_text
from govpack.workbook.layout import DASHBOARD, HEAD, HISTORY_AT, LATE, CardSheet, Layout, absolute, quoted
from govpack.workbook.look import ROW, TITLE_HEIGHT, Look, colour_ratings, colour_scores, hold_head, set_up
from govpack.workbook.measure import height_of, pixels
from govpack.workbook.pages import ends_below, height_at, scale_for

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from govpack.model.scorecards import Scorecard

COLUMNS = ("Partner", "Rating", "Score", "Change", "Technical", "Financial", "Innovation", "Open actions", "Sheet")
_WORDS = ("Partner", "Rating", "Sheet")
_WIDTHS = (30, 12, 9, 9, 10.5, 10.5, 10.5, 9, 8)
_QUARTER_WIDTH = 8.5
_PLAIN_ROW, _SETTING_ROW = ROW * 0.75, 17.0  # points
_LEAST_WIDE = 1_300  # pixels
_SETTINGS = 8
_TOGETHER = 3
"""So many partners at least stand above the settings on a page: the head of their table is printed on it."""
_NOTES = (
    "Cells with blue figures or words are for entry; everything else follows from them.",
    "Each quarter: enter its figures on the partners’ sheets, and choose it as the reporting quarter here;",
    "then enter the scores that result under that quarter above, where the trend keeps them. The check says when all "
    "are there.",
    "A metric earns 100 points at its target, none at its threshold, and in proportion between.",
    "A category’s score is its metrics’ points in whole points, by weight; the score is the categories’ by weight.",
    "Ratings follow the limits on the left. What is red is bold, too, for prints without colours.",
    "Open actions are red where one is late or past its date. A new one goes in the next free row of the improvement "
    "plan.",
)


def width_of(plan: Layout) -> int:
    """How wide the dashboard is with its charts, in pixels; one of few quarters is printed as large as others are."""
    return max(_LEAST_WIDE, sum(map(pixels, (*_WIDTHS, *(_QUARTER_WIDTH for _ in plan.quarters)))))


def heights_of(plan: Layout) -> list[float]:
    """The heights in points of the dashboard's rows, from the title to the last setting."""
    partners = [height_of((sheet.card.partner.name, _WIDTHS[0]), bold=True) for sheet in plan.sheets]
    above = [TITLE_HEIGHT, *[_PLAIN_ROW] * (HEAD - 1), HEAD_HEIGHT]
    return [*above, *partners, _PLAIN_ROW, *[_SETTING_ROW] * (2 + _SETTINGS)]


def write_dashboard(book: Workbook, sheet: Worksheet, plan: Layout, look: Look) -> None:
    """Write all but the charts, and define the names that formulas use."""
    pack = plan.pack
    set_up(sheet, pack, parts=[width_of(plan)])
    hold_head(sheet, HEAD, columns=1)
    for column, width in enumerate((*_WIDTHS, *(_QUARTER_WIDTH for _ in plan.quarters))):
        sheet.set_column(column, column, width)
    for row, height in enumerate(heights_of(plan)):
        sheet.set_row(row, height)
    _keep_together(sheet, plan)
    write_text(sheet, 0, 0, f"Vendor scorecard: {pack.pack.programme or pack.pack.title}", look["title"])
    _write_lead(sheet, plan, look)
    names = (*COLUMNS, *plan.quarters)
    write_head(sheet, HEAD, names, look, numbers={*names} - {*_WORDS}, words=_WORDS[1:])
    for card in plan.sheets:
        _write_card(sheet, plan, card, look)
    rows = (plan.first, plan.last)
    colour_ratings(sheet, look, rows, 1)
    colour_scores(sheet, look, rows, (4, 6), at(plan.first, 4))
    _watch_actions(sheet, plan, look)
    _watch_history(sheet, plan, look)
    _write_settings(sheet, plan, look)
    _define_names(book, plan)


def _keep_together(sheet: Worksheet, plan: Layout) -> None:
    """Break the page above the last partners where the settings would come to stand alone below their head."""
    heights, page = heights_of(plan), height_at(scale_for(width_of(plan)))
    start = max(plan.first, plan.last + 1 - _TOGETHER)
    if ends_below(heights[:start], page, HEAD_HEIGHT) + sum(heights[start:]) > page:
        sheet.set_h_pagebreaks([start])


def _write_lead(sheet: Worksheet, plan: Layout, look: Look) -> None:
    about, weights = plan.pack.pack, plan.pack.scorecards.weights
    total = weights.technical + weights.financial + weights.innovation
    words = f"{plan.pack.organisation.name}. {about.status_label}, version {about.version}. Reporting quarter: "
    good, bad = ". Category weights total 100.", ". The category weights do not total 100."
    formula = (
        f'="{_in_formula(words)}"&reporting_quarter&'
        f'IF(ROUND(weight_technical+weight_financial+weight_innovation,6)=100,"{good}","{bad}")'
    )
    value = f"{words}{plan.reporting}{good if total == HUNDRED else bad}"
    write_formula(sheet, 1, 0, formula, look["lead"], value)


def _in_formula(text: str) -> str:
    # A formula holds texts of at most 255 signs.
    return text[:240].replace('"', '""')


def _write_card(sheet: Worksheet, plan: Layout, card: CardSheet, look: Look) -> None:
    row, figures = card.line, card.card
    write_text(sheet, row, 0, figures.partner.name, look["label"])
    score = f"$C{row + 1}"
    rating = f'IF({score}>=green_from,"Green",IF({score}>=amber_from,"Amber","Red"))'
    write_formula(sheet, row, 1, f'=IF(ISNUMBER({score}),{rating},"")', look["word"], figures.rating.capitalize())
    write_formula(sheet, row, 2, f"={card.score_of('total')}", look["total"], figures.weighted())
    history = f"$J{row + 1}:{at(row, HISTORY_AT + len(plan.quarters) - 1, col_abs=True)}"
    head = f"{absolute(HEAD, HISTORY_AT)}:{absolute(HEAD, HISTORY_AT + len(plan.quarters) - 1)}"
    before = f"INDEX({history},MATCH(reporting_quarter,{head},0)-1)"
    # INDEX with 0 is the whole row, so the first quarter has no change.
    formula = (
        f"=IFERROR(IF(AND(ISNUMBER({score}),MATCH(reporting_quarter,{head},0)>1),"
        f'IF(ISNUMBER({before}),ROUND({score}-{before},6),""),""),"")'
    )
    write_formula(sheet, row, 3, formula, look["change"], figures.change)
    for column, category in enumerate(CATEGORIES, start=4):
        write_formula(sheet, row, column, f"={card.score_of(category)}", look["whole"], getattr(figures, category))
    open_actions = sum(action.status != "done" for action in figures.actions)
    formula = f'=SUMPRODUCT((plan_partner=$A{row + 1})*(plan_status<>"done"))'
    write_formula(sheet, row, 7, formula, look["whole"], Decimal(open_actions))
    there = f"internal:{quoted(card.name)}!A1"
    sheet.write_url(row, 8, there, look["link"], "Open", f"Metrics of {figures.partner.name}"[:255])
    for number, points in enumerate(score_history(plan, figures)):
        write_number(sheet, row, HISTORY_AT + number, points, look["entry"])


def score_history(plan: Layout, card: Scorecard) -> tuple[Decimal | None, ...]:
    """A score for each quarter of the plan; None before the first that is known, and for the next one."""
    closed = len(plan.quarters) - 1
    return (*(None for _ in range(closed - len(card.trend))), *card.trend, None)


def _watch_actions(sheet: Worksheet, plan: Layout, look: Look) -> None:
    """The number of open actions stands out where one of them is late."""
    late = f"(plan_partner=$A{plan.first + 1})*{LATE.format(status='plan_status', due='plan_due')}"
    rule = {"type": "formula", "criteria": f"=SUMPRODUCT({late})>0", "format": look.ground("red")}
    sheet.conditional_format(plan.first, 7, plan.last, 7, rule)


def _watch_history(sheet: Worksheet, plan: Layout, look: Look) -> None:
    """The score under the reporting quarter stands out where it is missing or another than the live one."""
    first, last = (plan.first, HISTORY_AT), (plan.last, HISTORY_AT + len(plan.quarters) - 1)
    cell, head = at(*first), at(HEAD, HISTORY_AT, row_abs=True)
    live = f"$C{first[0] + 1}"
    # Histories hold one decimal.
    test = f"=AND({head}=reporting_quarter,ISNUMBER({live}),ROUND({cell},1)<>ROUND({live},1))"
    sheet.conditional_format(*first, *last, {"type": "formula", "criteria": test, "format": look.ground("red")})
    points = {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 100}
    points |= {"error_title": "Score", "error_message": "Points from 0 to 100."}
    sheet.data_validation(*first, *last, points)


def _write_settings(sheet: Worksheet, plan: Layout, look: Look) -> None:
    scorecards = plan.pack.scorecards
    bands = plan.pack.governance.performance.rating_bands
    write_text(sheet, plan.settings_at, 0, "Settings", look["heading"])
    write_text(sheet, plan.settings_at, 4, "How to go on with this workbook", look["heading"])
    heads = ("Setting", "Value", "Check")
    write_head(sheet, plan.settings_at + 1, heads, look, height=_SETTING_ROW, numbers=["Value"], words=["Check"])
    for number, category in enumerate(CATEGORIES):
        _label(sheet, plan.setting(number), f"Weight of {category}, %", look)
        write_number(sheet, plan.setting(number), 1, getattr(scorecards.weights, category), look["entry"])
    total = plan.setting(3)
    write_text(sheet, total, 0, "Total of the weights, %", look["total_label"])
    first, last = at(plan.setting(0), 1), at(plan.setting(2), 1)
    weights = sum((getattr(scorecards.weights, category) for category in CATEGORIES), Decimal(0))
    write_formula(sheet, total, 1, f"=SUM({first}:{last})", look["total_plain"], weights)
    check = f'=IF(ROUND({at(total, 1)},6)=100,"OK","Not 100")'
    write_formula(sheet, total, 2, check, look["total_word"], "OK" if weights == HUNDRED else "Not 100")
    for number, (label, points) in enumerate(
        (("Green from, points", bands.green_from), ("Amber from, points", bands.amber_from)), start=4
    ):
        _label(sheet, plan.setting(number), label, look)
        write_number(sheet, plan.setting(number), 1, points, look["entry"])
    check = f'=IF({at(plan.setting(4), 1)}>{at(plan.setting(5), 1)},"OK","Order")'
    value = "OK" if bands.green_from > bands.amber_from else "Order"
    write_formula(sheet, plan.setting(5), 2, check, look["word"], value)
    _label(sheet, plan.setting(6), "Reporting quarter", look)
    write_text(sheet, plan.setting(6), 1, plan.reporting, look["entry_choice"])
    _check_history(sheet, plan, look)
    _label(sheet, plan.setting(7), "Facts as of", look)
    moment = datetime.datetime.combine(plan.pack.pack.as_of, datetime.time())
    sheet.write_datetime(plan.setting(7), 1, moment, look["entry_date"])
    for number, words in enumerate(_NOTES):
        write_text(sheet, plan.settings_at + 1 + number, 4, words, look["note"])
    _validate_settings(sheet, plan, look)


def _check_history(sheet: Worksheet, plan: Layout, look: Look) -> None:
    """Whether each live score stands in the history, under the reporting quarter."""
    last = HISTORY_AT + len(plan.quarters) - 1
    head = f"{absolute(HEAD, HISTORY_AT)}:{absolute(HEAD, last)}"
    history = f"{absolute(plan.first, HISTORY_AT)}:{absolute(plan.last, last)}"
    entered = f"COUNT(INDEX({history},0,MATCH(reporting_quarter,{head},0)))"
    formula = f'=IFERROR(IF({entered}<COUNT(scores),"To enter","OK"),"")'
    known = all(sheet.card.trend for sheet in plan.sheets)
    write_formula(sheet, plan.setting(6), 2, formula, look["word"], "OK" if known else "To enter")


def _label(sheet: Worksheet, row: int, text: str, look: Look) -> None:
    write_text(sheet, row, 0, text, look["label"])
    sheet.write_blank(row, 2, None, look["plain"])


def _validate_settings(sheet: Worksheet, plan: Layout, look: Look) -> None:
    points = {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 100}
    points |= {"error_title": "Points", "error_message": "A number from 0 to 100."}
    for first, last in ((0, 2), (4, 5)):
        sheet.data_validation(plan.setting(first), 1, plan.setting(last), 1, points)
    last = HISTORY_AT + len(plan.quarters) - 1
    # Earlier quarters have their score in the history, but not all of their figures.
    known = max((len(card.quarters) for card in plan.sheets), default=1)
    source = f"={absolute(HEAD, last - known + 1)}:{absolute(HEAD, last)}"
    message = "One of the quarters for which figures stand on the partners’ sheets."
    quarter = {"validate": "list", "source": source, "error_title": "Quarter", "error_message": message}
    sheet.data_validation(plan.setting(6), 1, plan.setting(6), 1, quarter)
    for row in (plan.setting(3), plan.setting(5), plan.setting(6)):
        for test, rating in (("==", "green"), ("!=", "red")):
            rule = {"type": "cell", "criteria": test, "value": '"OK"', "format": look.ground(rating)}
            sheet.conditional_format(row, 2, row, 2, rule)


def _define_names(book: Workbook, plan: Layout) -> None:
    names = (*(f"weight_{category}" for category in CATEGORIES), "weight_total", "green_from", "amber_from")
    for number, name in enumerate((*names, "reporting_quarter", "as_of")):
        book.define_name(name, f"={quoted(DASHBOARD)}!{absolute(plan.setting(number), 1)}")
    for column, name in ((0, "partners"), (2, "scores"), (1, "ratings")):
        place = f"{absolute(plan.first, column)}:{absolute(plan.last, column)}"
        book.define_name(name, f"={quoted(DASHBOARD)}!{place}")
