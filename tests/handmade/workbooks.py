"""Four layouts of a vendor scorecard, with formulas and the values that a spreadsheet program would have stored."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

import xlsxwriter
from tests.handmade.scores import QUARTERS, Action, Metric

Partners = dict[str, tuple[Metric, ...]]
PLAN = ("Partner", "Metric", "Action", "Owner", "Due", "Expected effect", "Exit criterion")


def _plan_row(action: Action) -> tuple[str, ...]:
    return (action.partner, action.metric, action.action, action.owner, action.due, action.effect, action.done)


def assert_plan_is_whole(partners: Partners, actions: tuple[Action, ...]) -> None:
    """The authors' own check: each amber or red metric has its action, and no other."""
    poor = {(name, m.name) for name, metrics in partners.items() for m in metrics if m.rating() != "Green"}
    assert poor == {(action.partner, action.metric) for action in actions}, poor


def _total(metrics: tuple[Metric, ...]) -> float:
    return round(sum(metric.weight * metric.score() for metric in metrics) / 100, 1)


def _overall(metrics: tuple[Metric, ...]) -> str:
    return "Green" if _total(metrics) >= 75 else "Amber" if _total(metrics) >= 50 else "Red"


class Sheet:
    """A sheet that either keeps its formulas or has them pasted as values."""

    def __init__(self, sheet: Any, *, formulas: bool = True) -> None:
        self.sheet, self.formulas = sheet, formulas

    def calc(self, row: int, column: int, formula: str, value: float | str) -> None:
        if self.formulas:
            self.sheet.write_formula(row, column, formula, None, value)
        else:
            self.sheet.write(row, column, value)


def sheet_for_each_partner(
    path: Path, partners: Partners, actions: tuple[Action, ...], *, formulas: bool = True, lacks: int = 0
) -> None:
    """Kestrel: an overview with a chart, a sheet for each partner, a sheet for improvements.

    :param lacks: what the weights of the last partner miss to 100.
    """
    with xlsxwriter.Workbook(str(path)) as book:
        bold = book.add_format({"bold": True})
        overview = Sheet(book.add_worksheet("Overview"), formulas=formulas)
        overview.sheet.write(0, 0, "Vendor scorecard, third quarter 2026", bold)
        overview.sheet.write_row(2, 0, ("Partner", "Score", "Rating"), bold)
        for row, (name, metrics) in enumerate(partners.items(), 3):
            sheet = Sheet(book.add_worksheet(name), formulas=formulas)
            last = _metric_rows(sheet, metrics, bold, lacks if name == list(partners)[-1] else 0)
            overview.sheet.write(row, 0, name)
            overview.calc(row, 1, f"='{name}'!M{last}", _total(metrics))
            overview.calc(row, 2, f'=IF(B{row + 1}>=75,"Green",IF(B{row + 1}>=50,"Amber","Red"))', _overall(metrics))
        chart = book.add_chart({"type": "bar"})
        chart.add_series(
            {"categories": ["Overview", 3, 0, row, 0], "values": ["Overview", 3, 1, row, 1], "name": "Score"}
        )
        overview.sheet.insert_chart("E3", chart, {"description": "Scores of the partners as bars"})
        plan = book.add_worksheet("Improvement plan")
        plan.write_row(0, 0, PLAN, bold)
        for row, action in enumerate(actions, 1):
            plan.write_row(row, 0, _plan_row(action))


def _metric_rows(sheet: Sheet, metrics: tuple[Metric, ...], bold: Any, lacks: int) -> int:
    head = ("Category", "Metric", "Unit", "Weight", "Target", "Threshold", *QUARTERS, "Score", "Rating", "Weighted")
    sheet.sheet.write_row(0, 0, (*head, "Trend", "Source"), bold)
    for row, metric in enumerate(metrics, 1):
        weight = metric.weight - (lacks if row == len(metrics) else 0)
        n = row + 1
        values = (metric.category, metric.name, metric.unit, weight, metric.target, metric.threshold, *metric.actuals)
        sheet.sheet.write_row(row, 0, values)
        sheet.calc(row, 10, f"=ROUND(100*MIN(1,MAX(0,(J{n}-F{n})/(E{n}-F{n}))),1)", metric.score())
        sheet.calc(row, 11, f'=IF(K{n}>=75,"Green",IF(K{n}>=50,"Amber","Red"))', metric.rating())
        sheet.calc(row, 12, f"=D{n}*K{n}/100", weight * metric.score() / 100)
        sheet.calc(
            row,
            13,
            f'=IF((J{n}-I{n})*SIGN(E{n}-F{n})>0,"Improving",IF(J{n}=I{n},"Steady","Falling"))',
            metric.trend(),
        )
        sheet.sheet.write(row, 14, metric.source)
    last = len(metrics) + 2
    sheet.sheet.write(last - 1, 1, "Total")
    sheet.calc(last - 1, 3, f"=SUM(D2:D{last - 1})", 100 - lacks)
    sheet.calc(last - 1, 12, f"=SUM(M2:M{last - 1})", _total(metrics))
    return last


def merged_categories(path: Path, partners: Partners, actions: tuple[Action, ...]) -> None:
    """Tarn: a title over each table, categories in merged cells, weights in per cent, the plan below."""
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False}) as book:
        percent, bold = book.add_format({"num_format": "0%"}), book.add_format({"bold": True})
        for name, metrics in partners.items():
            sheet = book.add_worksheet(name)
            sheet.merge_range("A1:N1", f"Scorecard {name}", bold)
            sheet.write_row(
                2,
                0,
                ("Dimension", "KPI", "Unit", "Target", "Minimum", *QUARTERS, "Points", "Weight", "Status", "Trend"),
                bold,
            )
            sheet.write(2, 13, "Data source", bold)
            row = 3
            for category in ("Technical", "Financial", "Innovation"):
                group = [metric for metric in metrics if metric.category == category]
                sheet.merge_range(row, 0, row + len(group) - 1, 0, f"{category} metrics")
                for metric in group:
                    n = row + 1
                    values = (metric.name, metric.unit, metric.target, metric.threshold, *metric.actuals)
                    sheet.write_row(row, 1, values)
                    score = f"=ROUND(100*MIN(1,MAX(0,(I{n}-E{n})/(D{n}-E{n}))),1)"
                    sheet.write_formula(row, 9, score, None, metric.score())
                    sheet.write(row, 10, metric.weight / 100, percent)
                    status = f'=IF(J{n}>=75,"Green",IF(J{n}>=50,"Amber","Red"))'
                    sheet.write_formula(row, 11, status, None, metric.rating())
                    sheet.write(row, 12, {"Improving": "↑", "Falling": "↓", "Steady": "→"}[metric.trend()])
                    sheet.write(row, 13, metric.source)
                    row += 1
            sheet.write(row, 1, "Sum")
            sheet.write_formula(row, 10, f"=SUM(K4:K{row})", percent, 1)
            sheet.write_formula(row, 9, f"=SUMPRODUCT(J4:J{row},K4:K{row})", None, _total(metrics))
            row += 3
            sheet.write(row, 0, "Improvement plan", bold)
            sheet.write_row(row + 1, 0, ("KPI", "Action", "Owner", "Due date", "Expected effect", "Done when"), bold)
            mine = [action for action in actions if action.partner == name]
            for offset, action in enumerate(mine, 2):
                texts = (action.metric, action.action, action.owner, action.due, action.effect, action.done)
                sheet.write_row(row + offset, 0, texts)
            if not mine:
                sheet.write(row + 2, 0, "No KPI is amber or red")


def stacked_blocks(path: Path, partners: Partners, actions: tuple[Action, ...]) -> None:
    """Saltmarsh: one sheet with a block for each partner under its name, strings stored in the cells."""
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        bold = book.add_format({"bold": True, "font_size": 14})
        head = book.add_format({"bold": True})
        sheet = book.add_worksheet("Scorecard")
        row = 0
        for name, metrics in partners.items():
            sheet.write(row, 0, name, bold)
            sheet.write_row(
                row + 1,
                0,
                ("Metric", "Category", "Unit", "Weight %", "Target", "Threshold", *QUARTERS, "Score", "RAG", "Trend"),
                head,
            )
            sheet.write(row + 1, 13, "Source", head)
            first = row + 3
            row += 2
            for metric in metrics:
                n = row + 1
                sheet.write_row(row, 0, (metric.name, metric.category, metric.unit, metric.weight, metric.target))
                sheet.write_row(row, 5, (metric.threshold, *metric.actuals))
                score = f"=ROUND(100*MIN(1,MAX(0,(J{n}-F{n})/(E{n}-F{n}))),1)"
                sheet.write_formula(row, 10, score, None, metric.score())
                rag = f'=IF(K{n}>=75,"Green",IF(K{n}>=50,"Amber","Red"))'
                sheet.write_formula(row, 11, rag, None, metric.rating())
                sheet.write(row, 12, metric.trend())
                sheet.write(row, 13, metric.source)
                row += 1
            sheet.write(row, 0, "Total")
            sheet.write_formula(row, 3, f"=SUM(D{first}:D{row})", None, 100)
            sheet.write_formula(row, 10, f"=SUMPRODUCT(D{first}:D{row},K{first}:K{row})/100", None, _total(metrics))
            row += 3
        plan = book.add_worksheet("Improvement actions")
        plan.write_row(0, 0, PLAN, head)
        for number, action in enumerate(actions, 1):
            plan.write_row(number, 0, _plan_row(action))


def flat_spreadsheet(partners: Partners, actions: tuple[Action, ...]) -> str:
    """Lumen: one long table with a column for the partner, as flat OpenDocument for LibreOffice to compute and save."""
    head = ("Partner", "Category", "Metric", "Unit", "Weight", "Target", "Threshold", *QUARTERS)
    rows = [_row(*head, "Score", "Rating", "Trend", "Source")]
    number, totals = 1, []
    for name, metrics in partners.items():
        first = number + 1
        for metric in metrics:
            number += 1
            n = str(number)
            rows.append(
                _row(
                    name,
                    metric.category,
                    metric.name,
                    metric.unit,
                    metric.weight,
                    metric.target,
                    metric.threshold,
                    *metric.actuals,
                    f"=ROUND(100*MIN(1;MAX(0;([.K{n}]-[.G{n}])/([.F{n}]-[.G{n}])));1)",
                    f'=IF([.L{n}]>=75;"Green";IF([.L{n}]>=50;"Amber";"Red"))',
                    f'=IF(([.K{n}]-[.J{n}])*SIGN([.F{n}]-[.G{n}])>0;"up";IF([.K{n}]=[.J{n}];"level";"down"))',
                    metric.source,
                )
            )
        totals.append((name, first, number))
    summary = [_row("Partner", "Sum of weights", "Weighted score")]
    for name, first, last in totals:
        weights, scores = f"[Metrics.E{first}:Metrics.E{last}]", f"[Metrics.L{first}:Metrics.L{last}]"
        summary.append(_row(name, f"=SUM({weights})", f"=SUMPRODUCT({weights};{scores})/100"))
    plan = [_row(*PLAN), *(_row(*_plan_row(action)) for action in actions)]
    return (
        '<?xml version="1.0" encoding="UTF-8"?><office:document '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" office:version="1.3" '
        'office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body><office:spreadsheet>'
        + "".join(
            f'<table:table table:name="{name}">{"".join(lines)}</table:table>'
            for name, lines in (("Dashboard", summary), ("Metrics", rows), ("Improvement plan", plan))
        )
        + "</office:spreadsheet></office:body></office:document>"
    )


def _row(*values: str | float) -> str:
    return "<table:table-row>" + "".join(_cell(value) for value in values) + "</table:table-row>"


def _cell(value: str | float) -> str:
    if isinstance(value, str) and value.startswith("="):
        return f'<table:table-cell table:formula="of:{escape(value)}"/>'
    if isinstance(value, str):
        text = f"<text:p>{escape(value)}</text:p>"
        return f'<table:table-cell office:value-type="string">{text}</table:table-cell>'
    return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
