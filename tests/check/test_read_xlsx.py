"""Workbooks to outlines: what stands in the sheets, where, and what is not shown or was never worked out."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.table import Table as NamedTable
from tests.support.office import Office
from tests.support.partnership import judge, messages, verdict
from tests.support.scorecards import example
from tests.support.workbooks import book_of, saved, xlsx

from govpack.check import CheckReport, Verdict
from govpack.check.outline import Chart, Outline, Section, Table, text_of
from govpack.check.readers import read_outline
from govpack.check.weak import find_weak
from govpack.errors import PackageError
from govpack.findings import Finding
from govpack.ooxml.package import read_package
from govpack.ooxml.writing import write_package
from govpack.workbook import write_scorecard

METRICS = [
    ["Metric", "Category", "Weight", "Target", "Threshold", "Source"],
    *(
        [f"{category} metric {number}", category, 40 if number == 1 else 30, 99.5, 95, "Monitoring"]
        for category in ("Technical", "Financial", "Innovation")
        for number in (1, 2, 3)
    ),
]
ACTIONS = [
    ["Action", "Owner", "Due date", "Expected effect", "Exit criterion"],
    ["Check invoices first", "Ada Byrne", datetime.date(2027, 1, 31), "Ten points", "Two clean quarters"],
]


QUARTERS = ("Q4 2025", "Q1 2026", "Q2 2026", "Q3 2026")


def by_hand(
    *,
    weight: int = 30,
    area: str = "Technical",
    quarters: Sequence[str] = QUARTERS,
    ups: str = "up",
    worked: bool = True,
    plan: str = "Nimbus",
) -> bytes:
    """A scorecard of one partner on one sheet, in other words, with what differs; its points are formulas."""
    points = "=C{row}*0.8" if worked else "32"
    rows: list[list[object]] = [["Supplier scorecard"], []]
    rows.append(["Measure", "Area", "Weighting", "Aim", "Minimum", "Evidence", *quarters, "Trend", "Points"])
    for at, metric in enumerate(METRICS[1:]):
        row = [*metric, *(98.0 + number for number in range(len(quarters))), ups, points.format(row=len(rows) + 1)]
        rows.append(row)
        if at == 1:
            row[1], row[2] = area, metric[2]
        if at == 2:
            row[2] = weight if weight == 30 else 35
    rows += [[], ["Overview"], ["Vendor", "RAG", "Points"], ["Nimbus", "Amber", "74"], []]
    rows += [["Improvement actions"], ["Vendor", *ACTIONS[0]], [plan, *ACTIONS[1]]]
    package = read_package(xlsx(Sheet1=rows))
    # What Excel stores with a formula, and openpyxl does not: the value that it came to.
    return write_package(
        (name, re.sub(rb"</f><v\s*/>|</f><v></v>", b"</f><v>32</v>", package.read(name))) for name in package.names
    )


def findings(report: CheckReport) -> list[Finding]:
    (item,) = [item for item in report.verdicts if item.id == "scorecard-complete"]
    return [finding for result in item.results for finding in result.outcome.findings]


def with_text(data: bytes, sheet: str, cell: str, text: str) -> bytes:
    """The workbook with a text in place of what a cell shows."""
    package = read_package(data)
    part = f"xl/worksheets/sheet{load_workbook(BytesIO(data)).sheetnames.index(sheet) + 1}.xml"
    new = f'<c r="{cell}" t="inlineStr"><is><t>{text}</t></is></c>'
    changed, count = re.subn(rf'<c r="{cell}"(?:(?!</c>).)*</c>', new, package.read(part).decode())
    assert count == 1
    return write_package((name, changed.encode() if name == part else package.read(name)) for name in package.names)


def tables(section: Section) -> list[Table]:
    return [block for block in section.all_blocks() if isinstance(block, Table)]


def charts(outline: Outline) -> list[Chart]:
    return [block for block in outline.blocks() if isinstance(block, Chart)]


def test_a_sheet_is_a_section_with_its_table_and_addresses_to_go_to() -> None:
    outline = read_outline(xlsx(Nimbus=METRICS, Improvement_plan=ACTIONS), "score.xlsx")
    assert [section.heading for section in outline.sections] == ["Nimbus", "Improvement plan"]
    (table,) = tables(outline.sections[0])
    assert table.header == tuple(METRICS[0])
    assert len(table.rows) == 9
    assert (table.address, table.rows[0].address) == ("Nimbus!A1:F10", "Nimbus!A2:F2")
    assert table.rows[0].cell_address(3) == "Nimbus!D2"
    (plan,) = tables(outline.sections[1])
    assert plan.rows[0].cell_address(2) == "'Improvement plan'!C2"


def test_numbers_dates_percentages_and_truths_read_as_they_are_shown() -> None:
    book = book_of(Facts=[["a", "b", "c", "d"], [0.9995, datetime.date(2026, 9, 30), True, 1200000.5]])
    book["Facts"]["A2"].number_format = "0.00%"
    (table,) = tables(read_outline(saved(book)).sections[0])
    assert [cell.text for cell in table.rows[0].cells] == ["99.95%", "2026-09-30", "TRUE", "1200000.5"]


def test_a_title_over_a_table_is_its_heading_and_blank_rows_and_columns_part_tables() -> None:
    rows = [
        ["Scores"],
        ["Partner", "Score", None, "Limit", "From"],
        ["Nimbus", 74, None, "Green", 80],
        [],
        ["Improvement actions"],
        *ACTIONS,
    ]
    (section,) = read_outline(xlsx(Sheet1=rows)).sections
    found = {part.heading: tables(part)[0].header for part in section.sections}
    assert found["Improvement actions"] == tuple(ACTIONS[0])
    heads = [table.header for table in tables(section)]
    assert ("Partner", "Score") in heads
    assert ("Limit", "From") in heads


def test_merged_cells_stand_in_every_place_that_they_cover() -> None:
    book = book_of(S=[["Category", "Metric"], ["Technical", "one"], [None, "two"]])
    book["S"].merge_cells("A2:A3")
    (table,) = tables(read_outline(saved(book)).sections[0])
    assert [row.cells[0].text for row in table.rows] == ["Technical", "Technical"]
    assert [row.cells[0].origin for row in table.rows] == [True, False]


def test_a_named_table_is_a_table_though_others_touch_it() -> None:
    book = book_of(S=[["note", None], ["Metric", "Target"], ["Uptime", 99], ["Total", 1]])
    book["S"].add_table(NamedTable(displayName="Metrics", ref="A2:B3"))
    found = tables(read_outline(saved(book)).sections[0])
    assert found[0].header == ("Metric", "Target")
    assert len(found[0].rows) == 1


def test_hidden_sheets_rows_and_columns_are_told_and_not_read_and_comments_are() -> None:
    book = book_of(Open=[["a", "b"], ["1", "secret"], ["x", "y"]], Away=[["walk-away price"]])
    book["Away"].sheet_state = "hidden"
    book["Open"].row_dimensions[2].hidden = True
    book["Open"]["A1"].comment = Comment("why is this so low?", "Ada")
    outline = read_outline(saved(book))
    shown = "\n".join(text_of(block) for block in outline.blocks())
    assert "secret" not in shown
    assert "walk-away" not in shown
    assert {(note.kind, note.text) for note in outline.hidden} == {("hidden sheet", "Away"), ("hidden cells", "1")}
    assert [(note.author, note.text, note.address) for note in outline.comments] == [
        ("Ada", "why is this so low?", "Open!A1")
    ]


def test_a_formula_that_nobody_worked_out_is_told_as_such_and_counts_as_blank(tmp_path: Path) -> None:
    rows = [*METRICS[:1], *(row[:] for row in METRICS[1:])]
    rows[1][3] = "=90+9.5"
    report = judge(tmp_path, {"vendor-scorecard.xlsx": xlsx(Metrics=rows, Improvement_plan=ACTIONS)})
    assert verdict(report, "scorecard-complete") is Verdict.PARTLY_MET
    said = messages(report, "scorecard-complete")
    assert "‘Target’ of ‘Technical metric 1’ is a formula without a computed value" in said
    outline = read_outline(xlsx(Metrics=rows), "score.xlsx")
    (weak,) = [finding for finding in find_weak([outline]) if "computed value" in finding.message]
    assert weak.location is not None
    assert weak.location.at == "Metrics!D2"
    assert "save it" in (weak.remedy or "")


def test_a_scorecard_written_by_hand_in_other_words_is_met(tmp_path: Path) -> None:
    report = judge(tmp_path, {"vendor-scorecard.xlsx": by_hand()})
    assert verdict(report, "scorecard-complete") is Verdict.MET, messages(report, "scorecard-complete")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"weight": 35}, "‘Weight’ adds up to 105 for ‘Technical’, not to 100"),
        ({"area": "Other"}, "‘Sheet1’ has 2 of at least 3 rows for ‘Technical’"),
        ({"quarters": ["Q1 2026", "Q2 2026", "Q3 2026"]}, "3 of at least 4 columns are headed by a quarter"),
        ({"ups": "–"}, "‘Trend’ is blank for ‘Technical metric 1’"),
        ({"worked": False}, "0 of at least 3 formulas"),
        ({"plan": "Halden"}, "‘Nimbus’ is not in"),
    ],
)
def test_a_scorecard_that_lacks_one_thing_is_partly_met_and_says_what(
    change: dict[str, Any], said: str, tmp_path: Path
) -> None:
    report = judge(tmp_path, {"vendor-scorecard.xlsx": by_hand(**change)})
    assert verdict(report, "scorecard-complete") is Verdict.PARTLY_MET
    assert said in messages(report, "scorecard-complete")


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "said"),
    [
        ("Data", "M30", None, "‘Source’ is blank"),
        ("Improvement plan", "G6", None, "‘Owner’ is blank"),
        ("Improvement plan", "K9", "TBC", "‘Exit criterion’ is blank"),
    ],
)
def test_an_emptied_cell_of_the_built_workbook_is_found_in_its_place(
    nordhaven: Path, tmp_path: Path, sheet: str, cell: str, value: str | None, said: str
) -> None:
    whole = write_scorecard(example(nordhaven))
    assert verdict(judge(tmp_path / "whole", {"vendor-scorecard.xlsx": whole}), "scorecard-complete") is Verdict.MET
    report = judge(tmp_path / "cut", {"vendor-scorecard.xlsx": with_text(whole, sheet, cell, value or "")})
    assert verdict(report, "scorecard-complete") is Verdict.PARTLY_MET
    found = messages(report, "scorecard-complete")
    assert said in found
    assert any(finding.location and cell in finding.location.at for finding in findings(report))


def test_a_workbook_without_its_plan_is_partly_met_and_names_what_is_missing(nordhaven: Path, tmp_path: Path) -> None:
    whole = write_scorecard(example(nordhaven))
    package = read_package(whole)
    renamed = write_package(
        (name, package.read(name).replace(b'name="Improvement plan"', b'name="Lunch"')) for name in package.names
    )
    report = judge(tmp_path, {"vendor-scorecard.xlsx": renamed})
    assert verdict(report, "scorecard-complete") is Verdict.PARTLY_MET
    assert "there is no sheet ‘Improvement plan’" in messages(report, "scorecard-complete")


def test_charts_are_read_with_their_series_and_alternative_text(nordhaven: Path) -> None:
    found = charts(read_outline(write_scorecard(example(nordhaven))))
    assert [chart.kind for chart in found] == ["bar", "line", "bar"]
    assert found[0].series[0].points == (74, 81, 58, 79, 77)
    assert found[0].categories == ("Nimbus", "Lumenar", "Halden", "Tidewater", "Stratora")
    assert all("Nimbus 74" in chart.alt for chart in found)


def test_names_of_the_workbook_point_at_their_places(nordhaven: Path) -> None:
    names = read_outline(write_scorecard(example(nordhaven))).bookmarks
    assert names["weight_technical"].address == "'Dashboard'!B13"


def test_cells_far_apart_make_no_grid_of_all_between_them() -> None:
    book = book_of(S=[["a"]])
    for step in range(1, 3_000):
        book["S"].cell(step, step, "x")
        book["S"].cell(step + 1, step, "y")
    outline = read_outline(saved(book))
    assert not tables(outline.sections[0])
    assert len(list(outline.paragraphs())) > 5_000


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (r'<c r="A1"', '<c r="A1A"'),
        (r'(<c r="A4"[^>]*><v>)\d+', r"\g<1>99999"),
        (r'(<c r="A4"[^>]*><v>)\d+', r"\g<1>-1"),
        (r'<c r="J5" s="\d+"', '<c r="J5" s="x"'),
    ],
)
def test_a_damaged_sheet_is_a_problem_with_a_message(nordhaven: Path, old: str, new: str) -> None:
    package = read_package(write_scorecard(example(nordhaven)))
    part = "xl/worksheets/sheet1.xml"
    changed, count = re.subn(old, new, package.read(part).decode(), count=1)
    assert count == 1
    broken = write_package((name, changed.encode() if name == part else package.read(name)) for name in package.names)
    with pytest.raises(PackageError, match=r"score\.xlsx.*damaged"):
        read_outline(broken, "score.xlsx")


@pytest.mark.office
def test_the_workbook_saved_again_by_libreoffice_is_met_all_the_same(
    nordhaven: Path, office: Office, tmp_path: Path
) -> None:
    file = tmp_path / "vendor-scorecard.xlsx"
    file.write_bytes(write_scorecard(example(nordhaven)))
    (again,) = office.convert([file], "xlsx", tmp_path / "again")
    report = judge(tmp_path / "judged", {"vendor-scorecard.xlsx": again.read_bytes()})
    assert verdict(report, "scorecard-complete") is Verdict.MET, messages(report, "scorecard-complete")
    assert not report.problems
