"""The sheet of one partner: its metrics with their figures by quarter, and the scores that they come to."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_rowcol_to_cell as at

from govpack.model.base import HUNDRED, tidy
from govpack.model.metrics import CATEGORIES, weighted_score
from govpack.workbook.cells import write_formula, write_head, write_number, write_text
from govpack.workbook.layout import DASHBOARD, HEAD, QUARTERS_AT, SCORE_AT, SCORES_AT, CardSheet, absolute, quoted
from govpack.workbook.look import ACCENT, TITLE_HEIGHT, TITLE_SIZE, Look, colour_scores, hold_head, set_up
from govpack.workbook.measure import height_of, line_count, pixels, text_height

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from govpack.model.metrics import Category, Metric
    from govpack.model.pack import Pack

BEFORE = ("Ref", "Metric", "Category", "Unit", "Weight", "Target", "Threshold", "Better")
AFTER = ("Actual", "Score", "Points", "Trend", "Source", "Evidence", "Evidence by", "Disputed")
NUMBERS = frozenset(
    ("Weight", "Target", "Threshold", "Actual", "Score", "Points", "Metric weights", "Score now", "Due")
)
"""Columns of figures on all sheets: their heads stand to the right."""
WORDS = frozenset(("Better", "Trend", "Evidence by", "Check"))
"""Columns of single words: they and their heads stand in the middle."""
SCORES = ("Category", "Score", "Weight", "Points", "Metric weights", "Check")
_WIDTHS = (7.5, 29, 14.5, 10, 8.5, 8.5, 10.5, 8)
_WIDTHS_AFTER = (8.5, 7.5, 8, 11, 33, 33, 11.5, 40)
_QUARTER = 8.5
_NAMING = 2  # columns: reference and name of a metric
TITLE_ROW, LEAD_ROW = 0, 1
_TITLES = ((TITLE_SIZE, 1), (14, 3), (12, 20))
"""Sizes of a title, and how many lines it may have in each."""


def write_partner(sheet: Worksheet, plan: CardSheet, pack: Pack, look: Look) -> None:
    """Write the sheet: metrics, scores by category, and what is behind them."""
    widths = (*_WIDTHS, *(_QUARTER for _ in plan.quarters), *_WIDTHS_AFTER)
    # The figures stand on one page, what they rest on on the next, beside the names of the metrics again.
    figures, behind = widths[: plan.source], (*widths[:_NAMING], *widths[plan.source :])
    set_up(sheet, pack, tab=ACCENT, parts=[sum(map(pixels, part)) for part in (figures, behind)])
    hold_head(sheet, HEAD, columns=_NAMING)
    if plan.card.metrics:
        sheet.set_v_pagebreaks([plan.source])
        sheet.repeat_columns(0, _NAMING - 1)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    _write_title(sheet, plan.card.partner.name, look)
    _write_lead(sheet, plan, pack, look)
    if plan.card.metrics:
        _write_metrics(sheet, plan, look)
    else:
        words = "No metrics are recorded, so the scores by category below stand as they were entered."
        write_text(sheet, HEAD, 0, words, look["note"])
    _write_scores(sheet, plan, pack, look)
    _write_prose(sheet, plan, look)
    last = plan.source + 3 if plan.card.metrics else plan.source - 1
    sheet.print_area(0, 0, plan.category_row("total") + 6, last)


def _write_title(sheet: Worksheet, name: str, look: Look) -> None:
    """The partner's name, within the columns that stay in sight and that each page repeats, however long it is.

    It is no link back to the dashboard, since LibreOffice does not wrap the text of one.
    """
    width = sum(map(pixels, _WIDTHS[:_NAMING]))
    tried = ((size, line_count(name, width, size, bold=True), most) for size, most in _TITLES)
    size, lines = next((size, lines) for size, lines, most in tried if lines <= most or size == _TITLES[-1][0])
    sheet.set_row(TITLE_ROW, max(TITLE_HEIGHT, text_height(lines, size)))
    sheet.merge_range(TITLE_ROW, 0, TITLE_ROW, _NAMING - 1, "", look.title(size))
    write_text(sheet, TITLE_ROW, 0, name, look.title(size))


def _write_lead(sheet: Worksheet, plan: CardSheet, pack: Pack, look: Look) -> None:
    total = absolute(plan.category_row("total"), SCORE_AT)
    rating = f"{quoted(DASHBOARD)}!{absolute(plan.line, 1)}"
    formula = (
        f'=IF({total}="","No score yet for "&reporting_quarter&".",'
        f'"Score "&ROUND({total},1)&" of 100, "&LOWER({rating})&", in "&reporting_quarter&".")'
    )
    quarter = (pack.scorecards.quarters or plan.quarters[-1:])[-1]
    words = f"Score {tidy(plan.card.score):f} of 100, {plan.card.rating}, in {quarter}."
    write_formula(sheet, LEAD_ROW, 0, formula, look["lead"], words)


def _write_metrics(sheet: Worksheet, plan: CardSheet, look: Look) -> None:
    numbers = {*NUMBERS, *plan.quarters}
    write_head(sheet, HEAD, (*BEFORE, *plan.quarters, *AFTER), look, numbers=numbers, words=WORDS)
    for row, metric in enumerate(plan.card.metrics, start=plan.first):
        _write_metric(sheet, plan, row, metric, look)
    rows = (plan.first, plan.last)
    for column, choices in ((2, [name.capitalize() for name in CATEGORIES]), (7, ["up", "down"])):
        _choose(sheet, rows, column, choices)
    _choose(sheet, rows, plan.source + 2, ["bank", "vendor"])
    percent = {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 100}
    sheet.data_validation(
        rows[0], 4, rows[1], 4, percent | {"error_title": "Weight", "error_message": "A percentage from 0 to 100."}
    )
    number = {"validate": "decimal", "criteria": "between", "minimum": -1e15, "maximum": 1e15}
    number |= {"error_title": "Figure", "error_message": "A number; leave the cell empty where none is known."}
    sheet.data_validation(rows[0], 5, rows[1], 6, number)
    sheet.data_validation(rows[0], QUARTERS_AT, rows[1], plan.after - 1, number)
    colour_scores(sheet, look, rows, (plan.score, plan.score), at(plan.first, plan.score))
    cell = at(plan.first, plan.trend)
    for word, rating in (("improving", "green"), ("declining", "red")):
        rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": look.ground(rating)}
        sheet.conditional_format(f"{cell}:{at(plan.last, plan.trend)}", rule)


def _write_metric(sheet: Worksheet, plan: CardSheet, row: int, metric: Metric, look: Look) -> None:
    write_text(sheet, row, 0, metric.id, look["label"])
    write_text(sheet, row, 1, metric.name, look["text"])
    write_text(sheet, row, 2, metric.category.capitalize(), look["text"])
    write_text(sheet, row, 3, metric.unit, look["text"])
    for column, fact in ((4, metric.weight), (5, metric.target), (6, metric.threshold)):
        write_number(sheet, row, column, fact, look["entry"])
    write_text(sheet, row, 7, metric.better, look["entry_word"])
    shown = len(plan.quarters) - 1
    figures = (*(None for _ in range(shown - len(metric.actuals))), *metric.actuals, None)
    for number, figure in enumerate(figures):
        write_number(sheet, row, QUARTERS_AT + number, figure, look["entry"])
    _write_results(sheet, plan, row, metric, look)
    for number, text in enumerate((metric.source, metric.evidence)):
        write_text(sheet, row, plan.source + number, text, look["text"])
    write_text(sheet, row, plan.source + 2, metric.provided_by, look["word"])
    write_text(sheet, row, plan.source + 3, metric.disputed, look["text"])
    texts = (metric.name, metric.unit, metric.source, metric.evidence, metric.disputed)
    widths = (_WIDTHS[1], _WIDTHS[3], *_WIDTHS_AFTER[4:6], _WIDTHS_AFTER[7])
    height = height_of(*zip(texts, widths, strict=True))
    sheet.set_row(row, max(height, height_of((metric.id, _WIDTHS[0]), bold=True)))


def _write_results(sheet: Worksheet, plan: CardSheet, row: int, metric: Metric, look: Look) -> None:
    """Actual, score, points and trend: live, and the same as the model's."""
    head = f"{absolute(HEAD, QUARTERS_AT)}:{absolute(HEAD, plan.after - 1)}"
    figures = f"{_in(row, QUARTERS_AT)}:{_in(row, plan.after - 1)}"
    place = f"MATCH(reporting_quarter,{head},0)"
    actual, score = _in(row, plan.actual), _in(row, plan.score)
    weight, target, threshold = (_in(row, column) for column in (4, 5, 6))
    found = f"INDEX({figures},{place})"
    write_formula(
        sheet, row, plan.actual, f'=IFERROR(IF(ISNUMBER({found}),{found},""),"")', look["plain"], metric.actual
    )
    way = f"({actual}-{threshold})/({target}-{threshold})"
    earned = f"IF({target}={threshold},IF({actual}={target},100,0),100*MAX(0,MIN(1,{way})))"
    write_formula(sheet, row, plan.score, f'=IF(ISNUMBER({actual}),{earned},"")', look["number"], metric.exact_score)
    points = metric.weight * metric.exact_score / HUNDRED if metric.exact_score is not None else None
    formula = f'=IF(ISNUMBER({score}),{weight}*{score}/100,"")'
    write_formula(sheet, row, plan.points, formula, look["number"], points)
    # Quarters without a figure come before those with one, so the oldest of the last four is found by counting.
    count = f"COUNT({_in(row, QUARTERS_AT)}:{found})"
    oldest = f"INDEX({figures},{place}-MIN(4,{count})+1)"
    move = f"ROUND(100*({actual}-{oldest})/({target}-{threshold}),9)"
    word = f'IF(ABS({move})<2,"steady",IF({move}>0,"improving","declining"))'
    formula = f'=IFERROR(IF(OR({actual}="",{count}<2),"",{word}),"")'
    write_formula(sheet, row, plan.trend, formula, look["word"], metric.trend_label)


def _write_scores(sheet: Worksheet, plan: CardSheet, pack: Pack, look: Look) -> None:
    write_text(sheet, plan.scores_at, SCORES_AT, "Score by category", look["heading"])
    write_head(sheet, plan.scores_at + 1, SCORES, look, column=SCORES_AT, numbers=NUMBERS, words=WORDS)
    weights = pack.scorecards.weights
    for category in CATEGORIES:
        _write_category(sheet, plan, category, getattr(weights, category), look)
    row, first, last = plan.category_row("total"), plan.category_row("technical"), plan.category_row("innovation")
    write_text(sheet, row, SCORES_AT, "Weighted score", look["total_label"])
    scores = f"{_in(first, 3)}:{_in(last, 3)}"
    parts = "+".join(f"weight_{category}*{_in(plan.category_row(category), 3)}" for category in CATEGORIES)
    formula = f'=IF(COUNT({scores})<3,"",ROUND(({parts})/100,6))'
    write_formula(sheet, row, 3, formula, look["total"], plan.card.weighted())
    total = sum((getattr(weights, category) for category in CATEGORIES), Decimal(0))
    write_formula(sheet, row, 4, f"=SUM({_in(first, 4)}:{_in(last, 4)})", look["total_plain"], total)
    formula = f"=SUM({_in(first, 5)}:{_in(last, 5)})"
    write_formula(sheet, row, 5, formula, look["total"], plan.card.weighted())
    sheet.write_blank(row, 6, None, look["total_label"])
    formula = f'=IF(ROUND({_in(row, 4)},6)=100,"OK","Not 100")'
    write_formula(sheet, row, 7, formula, look["total_word"], "OK" if total == HUNDRED else "Not 100")
    colour_scores(sheet, look, (first, row), (3, 3), at(first, 3))
    _colour_checks(sheet, look, (first, row), 7)


def _write_category(sheet: Worksheet, plan: CardSheet, category: Category, weight: Decimal, look: Look) -> None:
    row = plan.category_row(category)
    metrics = [metric for metric in plan.card.metrics if metric.category == category]
    stated: Decimal = getattr(plan.card, category)
    write_text(sheet, row, SCORES_AT, category.capitalize(), look["label"])
    if metrics and weighted_score(plan.card.metrics, category) is not None:
        named = f"({plan.column(2)}={_in(row, 2)})"
        unknown = f'SUMPRODUCT({named}*({plan.column(plan.points)}=""))'
        total = f"SUMIF({plan.column(2)},{_in(row, 2)},{plan.column(plan.points)})"
        # Rounding twice keeps a half a half where the binary sum fell a hair below it.
        formula = f'=IF({unknown}>0,"",ROUND(ROUND({total},6),0))'
        write_formula(sheet, row, 3, formula, look["whole"], stated)
    else:
        write_number(sheet, row, 3, stated, look["entry"])
    write_formula(sheet, row, 4, f"=weight_{category}", look["plain"], weight)
    formula = f'=IF(ISNUMBER({_in(row, 3)}),{_in(row, 3)}*{_in(row, 4)}/100,"")'
    write_formula(sheet, row, 5, formula, look["number"], stated * weight / HUNDRED)
    if metrics:
        found = sum((metric.weight for metric in metrics), Decimal(0))
        formula = f"=SUMIF({plan.column(2)},{_in(row, 2)},{plan.column(4)})"
        write_formula(sheet, row, 6, formula, look["plain"], found)
        formula = f'=IF(ROUND({_in(row, 6)},6)=100,"OK","Not 100")'
        write_formula(sheet, row, 7, formula, look["word"], "OK" if found == HUNDRED else "Not 100")
    else:
        write_text(sheet, row, 6, "none", look["word"])
        write_text(sheet, row, 7, "Entered", look["word"])


def _write_prose(sheet: Worksheet, plan: CardSheet, look: Look) -> None:
    row = plan.category_row("total") + 2
    texts = (("Why", plan.card.cause), ("Plan", plan.card.plan), ("Disputed", plan.card.disputed))
    width = sum(_WIDTHS[SCORES_AT + 1 :]) + _QUARTER * len(plan.quarters)
    for label, text in texts:
        if text:
            write_text(sheet, row, SCORES_AT, label, look["prose_label"])
            sheet.merge_range(row, SCORES_AT + 1, row, plan.after - 1, "", look["prose"])
            write_text(sheet, row, SCORES_AT + 1, text, look["prose"])
            sheet.set_row(row, height_of((text, width)))
            row += 1


def _choose(sheet: Worksheet, rows: tuple[int, int], column: int, choices: list[str]) -> None:
    message = f"One of {', '.join(choices)}."
    rule = {"validate": "list", "source": choices, "error_title": "Not in the list", "error_message": message}
    sheet.data_validation(rows[0], column, rows[1], column, rule)


def _colour_checks(sheet: Worksheet, look: Look, rows: tuple[int, int], column: int) -> None:
    for word, rating in (("OK", "green"), ("Not 100", "red")):
        rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": look.ground(rating)}
        sheet.conditional_format(rows[0], column, rows[1], column, rule)


def _in(row: int, column: int) -> str:
    """A cell of the row itself, for formulas: its column holds when the cell is copied."""
    return str(at(row, column, col_abs=True))
