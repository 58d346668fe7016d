"""Where things stand in the scorecard: charts have room for each name, pages cut nothing, rows are high enough."""

from __future__ import annotations

import re
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.styles import Alignment
from tests.support import chart_fit, sheet_fit
from tests.support.metrics import Fonts
from tests.support.office import Office
from tests.support.scorecards import formulas, values, with_partners

from govpack.model.pack import Pack
from govpack.workbook import write_scorecard

LONG = (
    "Caldera Accelerated Infrastructure Holdings (Europe) SE",
    "Rosenholm Institute for Trustworthy Machine Learning Research",
    "Brennmoor",
    "Hollingsworth & Byrne Regulatory Model Assurance LLP",
    "Amberlea Payments Intelligence and Fraud Analytics Network",
)


def long_names(data: dict[str, Any]) -> None:
    """Every scored partner has one of the long names, with a number where others have it, too."""
    partners = {partner["id"]: dict(partner) for partner in data["partners"]}
    for number, scored in enumerate(data["scorecards"]["partners"]):
        partners[scored]["name"] = f"{LONG[number % 5]}{f' {number // 5}' if number >= 5 else ''}"
    data["partners"] = list(partners.values())


def charts_by_sheet(data: bytes) -> dict[str, list[Any]]:
    return {sheet.title: sheet._charts for sheet in formulas(data).worksheets if sheet._charts}


def title_of(chart: Any) -> str:
    return "".join(run.t for each in chart.title.tx.rich.p for run in each.r or ())


@pytest.mark.office
@pytest.mark.parametrize("count", [1, 5, 6, 8, 21, 40])
@pytest.mark.parametrize("change", [lambda data: None, long_names], ids=["short", "long"])
def test_charts_of_any_number_of_partners_stand_whole_on_a_page_and_name_each(
    pack: Pack, count: int, change: Any, fonts: Fonts
) -> None:
    data = write_scorecard(with_partners(pack, count, change))
    assert chart_fit.misfits(data, fonts) == []
    assert sheet_fit.misfits(data, fonts) == []


@pytest.mark.office
def test_a_planted_fault_of_a_chart_is_found(pack: Pack, fonts: Fonts) -> None:
    book = load_workbook(BytesIO(write_scorecard(with_partners(pack, 8, long_names))))
    charts = book["Charts"]._charts
    charts[0].layout.manualLayout.x = 0.1
    charts[1].anchor._from.col = charts[0].anchor._from.col
    charts[2].anchor.to.row += 40
    book["Charts"]["A6"] = "in the way"
    saved = BytesIO()
    book.save(saved)
    found = "\n".join(chart_fit.misfits(saved.getvalue(), fonts))
    assert "Charts, chart 1: 'Caldera Accelerated Infrastructure Holdings (Europe) SE' finds no room" in found
    assert "Charts, chart 2: it lies on another" in found
    assert "Charts, chart 3: a page ends within it" in found
    assert "Charts, chart 1: it lies on text" in found


def test_charts_of_a_few_partners_stand_on_the_dashboard_and_those_of_many_on_a_sheet_of_their_own(pack: Pack) -> None:
    few = charts_by_sheet(write_scorecard(with_partners(pack, 3)))
    assert {sheet: [len(chart.series) for chart in charts] for sheet, charts in few.items()} == {"Dashboard": [1, 3, 3]}
    many = charts_by_sheet(write_scorecard(with_partners(pack, 40)))
    assert list(many) == ["Charts"]
    assert [title_of(chart) for chart in many["Charts"]] == [
        "Weighted score by partner (1 of 3)",
        "Scores by category (1 of 3)",
        "Weighted score by partner (2 of 3)",
        "Scores by category (2 of 3)",
        "Weighted score by partner (3 of 3)",
        "Scores by category (3 of 3)",
        "Weighted score by quarter: the 8 lowest as of 30 September 2026",
    ]
    assert len(many["Charts"][-1].series) == 8
    rows = [
        chart.series[0].val.numRef.f for chart in many["Charts"] if title_of(chart).startswith("Weighted score by p")
    ]
    assert rows == ["Dashboard!$C$5:$C$17", "Dashboard!$C$18:$C$30", "Dashboard!$C$31:$C$44"]


def test_dates_are_written_as_the_packs_locale_does(pack: Pack) -> None:
    def german(data: dict[str, Any]) -> None:
        data["pack"]["locale"] = "de-DE"

    for change, date in ((lambda data: None, "30 September 2026"), (german, "30. September 2026")):
        book = formulas(write_scorecard(with_partners(pack, 9, change)))
        assert title_of(book["Charts"]._charts[-1]).endswith(f" as of {date}")
        assert {str(sheet.oddFooter.left.text) for sheet in book.worksheets} == {f"Draft, version 1.0, as of {date}"}


def test_settings_never_stand_alone_below_the_tables_head_on_a_page(pack: Pack) -> None:
    breaks = {
        count: [one.id for one in formulas(write_scorecard(with_partners(pack, count)))["Dashboard"].row_breaks.brk]
        for count in (22, 23, 35, 36)
    }
    # From 23 to 35 partners too little of the page is left; three of them then stand above the settings.
    assert breaks == {22: [], 23: [24], 35: [36], 36: []}


@pytest.mark.office
def test_printed_pages_show_each_partners_whole_name_and_no_head_of_a_table_over_charts(
    pack: Pack, office: Office, tmp_path: Path
) -> None:
    file = tmp_path / "scorecard.xlsx"
    file.write_bytes(write_scorecard(with_partners(pack, 8, long_names)))
    (printed,) = office.convert([file], "pdf", tmp_path / "printed")
    text = subprocess.run(["pdftotext", str(printed), "-"], check=True, capture_output=True, text=True).stdout
    pages = [" ".join(page.split()) for page in text.split("\f")]
    for card in with_partners(pack, 8, long_names).scorecards.cards:
        ours = [page for page in pages if f"{card.partner.name} Score " in page]
        assert len(ours) == 2, f"{card.partner.name}: its metrics, and what they rest on"
        for page in ours:
            # Text that is cut off is still in the file: only its place tells.
            title, edge = title_and_edge(printed, pages.index(page) + 1)
            assert title <= edge, f"{card.partner.name}: the columns that each page repeats end within it"
        charts = [page for page in pages if "Scores by category" in page and card.partner.name in page]
        assert len(charts) == 1
        assert charts[0].count(card.partner.name) >= 2, "in both charts of bars"
        assert "Open actions" not in charts[0]


def title_and_edge(printed: Path, page: int) -> tuple[float, float]:
    """How far to the right the title of a partner's page reaches, and where the columns end that each page repeats."""
    only = ["-bbox", "-f", str(page), "-l", str(page)]
    told = subprocess.run(["pdftotext", *only, str(printed), "-"], check=True, capture_output=True, text=True).stdout
    words = [
        (float(left), float(top), float(right), text)
        for left, top, right, text in re.findall(r'xMin="([^"]+)" yMin="([^"]+)" xMax="([^"]+)"[^>]*>([^<]*)<', told)
    ]
    edge = next(left for left, _, _, text in words if text in ("Category", "Source"))
    lead = next(top for _, top, _, text in words if text == "Score")
    # The page's own header stands above the first 45 points.
    return max(right for _, top, right, _ in words if 45 < top < lead - 3), edge


def test_rows_are_as_high_as_their_text_needs_and_hardly_higher(pack: Pack, fonts: Fonts) -> None:
    book = values(write_scorecard(pack))
    for name in ("Nimbus", "Halden", "Improvement plan", "Data"):
        sheet = book[name]
        for row in sheet.iter_rows(min_row=5, max_row=4 + 10):
            needed = max(sheet_fit.height_needed(sheet, cell, fonts) for cell in row if cell.value not in (None, ""))
            given = sheet.row_dimensions[row[0].row].height or 15.0
            # A line is given away where a word only just fits, since programs do not agree on widths to the last point.
            assert given - needed < 21, f"{name}, row {row[0].row}: {given:.0f} points for {needed:.0f}"


def test_figures_keep_away_from_the_edge_by_their_format(pack: Pack) -> None:
    """LibreOffice 7.4 loses the indent of some columns that stand to the right, so no figure may depend on one."""
    aside = 0
    for sheet in formulas(write_scorecard(pack)).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                form: Alignment = cell.alignment
                if form.horizontal == "right" and not form.wrap_text:
                    assert not form.indent, f"{sheet.title}!{cell.coordinate}"
                    assert cell.number_format.endswith("_)"), f"{sheet.title}!{cell.coordinate}"
                    aside += 1
    assert aside > 500


def test_red_is_told_from_green_and_amber_without_colours(pack: Pack) -> None:
    for sheet in formulas(write_scorecard(pack)).worksheets:
        for rules in sheet.conditional_formatting:
            for rule in rules.rules:
                red = rule.dxf.fill.bgColor.rgb == "FFF6D5D3"
                assert bool(rule.dxf.font.b) == red, f"{sheet.title}!{rules.sqref}"
