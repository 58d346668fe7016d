"""The scorecard workbook: its figures are the model's, its formulas give them again, and texts stay texts."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from tests.support.office import Office
from tests.support.scorecards import differences, formulas, table, values, with_partners, with_value
from tests.support.validator import Validator

from govpack.model.metrics import CATEGORIES
from govpack.model.pack import Pack
from govpack.ooxml.package import read_package
from govpack.workbook import write_scorecard

FUNCTIONS = set(
    "ABS AND COUNT COUNTA COUNTIF IF IFERROR INDEX ISNUMBER LOWER MATCH MAX MIN OR ROUND SUM SUMIF SUMPRODUCT".split()
)
"""What the workbook calculates with; Excel 2007 and LibreOffice 4 know each of them."""


def test_every_stored_value_is_the_models_figure(pack: Pack, made: bytes) -> None:
    book = values(made)
    rows = table(book, "Dashboard")
    assert [row["Partner"] for row in rows] == [card.partner.name for card in pack.scorecards.cards]
    for row, card in zip(rows, pack.scorecards.cards, strict=True):
        assert row["Score"] == pytest.approx(float(card.weighted()))
        assert row["Rating"] == card.rating.capitalize()
        assert row["Change"] == pytest.approx(float(card.change or 0))
        assert [row[category.capitalize()] for category in CATEGORIES] == [getattr(card, each) for each in CATEGORIES]
        assert row["Open actions"] == sum(action.status != "done" for action in card.actions)
        assert [row[quarter] for quarter in pack.scorecards.quarters] == [float(points) for points in card.trend]
        metrics = table(book, card.partner.name)
        assert len(metrics) == len(card.metrics) >= 9
        for shown, metric in zip(metrics, card.metrics, strict=True):
            assert shown["Score"] == pytest.approx(float(metric.exact_score or 0))
            assert shown["Actual"] == pytest.approx(float(metric.actual or 0))
            assert (shown["Trend"], shown["Metric"], shown["Unit"]) == (metric.trend_label, metric.name, metric.unit)
            assert (shown["Weight"], shown["Target"], shown["Threshold"]) == pytest.approx(
                tuple(map(float, (metric.weight, metric.target, metric.threshold)))
            )
            assert (shown["Source"], shown["Evidence"], shown["Evidence by"], shown["Disputed"]) == (
                metric.source,
                metric.evidence,
                metric.provided_by,
                metric.disputed,
            )


def test_scores_are_formulas_and_none_lacks_its_value(made: bytes) -> None:
    with zipfile.ZipFile(BytesIO(made)) as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    cells = [cell for sheet in sheets for cell in re.findall(r"<c [^>]*>(?:(?!</c>).)*<f>(?:(?!</c>).)*</c>", sheet)]
    assert len(cells) > 500
    assert not [cell for cell in cells if re.search(r"<v></v>", cell) and 't="str"' not in cell]
    book = formulas(made)
    for place in ("Dashboard!C5", "Dashboard!B5", "Nimbus!O5", "Nimbus!D22", "Data!K5"):
        sheet, cell = place.split("!")
        assert str(book[sheet][cell].value).startswith("="), place


def test_only_functions_are_used_that_every_program_knows(made: bytes) -> None:
    used = {
        name
        for sheet in formulas(made).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
        for name in re.findall(r"([A-Z][A-Z.]+)\(", re.sub(r'"[^"]*"', "", str(cell.value)))
    }
    assert used
    assert used <= FUNCTIONS


@pytest.mark.office
def test_libreoffice_calculating_anew_comes_to_every_stored_value_and_finds_a_planted_one(
    made: bytes, office: Office, tmp_path: Path
) -> None:
    assert differences(made, office, tmp_path / "right") == []
    planted = with_value(made, "Nimbus", "O5", "12.5")
    assert any(
        found.startswith("Nimbus!O5: 12.5 is stored, 91.1")
        for found in differences(planted, office, tmp_path / "wrong")
    )


@pytest.mark.office
def test_a_changed_figure_moves_score_category_rating_and_data(made: bytes, office: Office, tmp_path: Path) -> None:
    # Halden's reserved GPU hours reach their target: technical from 52.5 to 74 (40% of the 53.8 points missing).
    changed = with_value(made, "Halden", "L5", "98")
    found = "\n".join(differences(changed, office, tmp_path / "changed"))
    assert "Halden!O5: 46.15384615384615 is stored, 100 comes out" in found
    assert re.search(r"Dashboard!E7: 52(\.0)? is stored, 74(\.0)? comes out", found)
    assert "Dashboard!B7: Red is stored, Amber comes out" in found


@pytest.mark.validator
@pytest.mark.parametrize("partners", [1, 3, 5, 40])
def test_the_open_xml_sdk_finds_no_error(pack: Pack, partners: int, validator: Validator, tmp_path: Path) -> None:
    file = tmp_path / "scorecard.xlsx"
    file.write_bytes(write_scorecard(with_partners(pack, partners)))
    assert validator.errors_of(file) == []


def test_the_same_pack_gives_the_same_bytes_and_no_person_in_the_properties(pack: Pack, made: bytes) -> None:
    assert write_scorecard(pack) == made
    properties = values(made).properties
    assert properties.creator == pack.organisation.name
    assert properties.created is not None
    assert properties.created.date() == pack.pack.as_of
    with zipfile.ZipFile(BytesIO(made)) as archive:
        said = archive.read("docProps/core.xml").decode() + archive.read("docProps/app.xml").decode()
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
        assert "vbaProject" not in str(archive.namelist())
    assert not [person.name for person in pack.people.values() if person.name in said]


def test_texts_that_look_like_formulas_links_or_codes_stay_as_they_are(pack: Pack) -> None:
    hostile = ("=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "https://example.com/a b", "A&B <c> \"d\" 'e'", "_x000D_")

    def change(data: dict[str, Any]) -> None:
        cards = data["scorecards"]["partners"]
        for partner in data["partners"]:
            if partner["id"] == "nimbus":
                partner["name"] = "=1+1"
        metrics = [dict(metric) for metric in cards["nimbus"]["metrics"]]
        for metric, text in zip(metrics, hostile, strict=False):
            metric["name"] = metric["unit"] = metric["source"] = text
        cards["nimbus"] = {**cards["nimbus"], "metrics": metrics}

    data = write_scorecard(with_partners(pack, 3, change))
    book = formulas(data)
    sheet = book["=1+1"]
    for row, text in enumerate(hostile, start=5):
        for column in (2, 4, 18):
            cell = sheet.cell(row, column)
            assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)
    assert (book["Dashboard"]["A5"].value, book["Dashboard"]["A5"].data_type) == ("=1+1", "s")
    assert table(values(data), "Dashboard")[0]["Open actions"] == 3


def test_names_that_no_sheet_may_have_become_names_that_each_may(pack: Pack) -> None:
    names = ("Data", "A/B: [services] of a very long holding company", "A/B: [services] of a very long holding house")

    def change(data: dict[str, Any]) -> None:
        for partner, name in zip(data["partners"], names, strict=False):
            partner["name"] = name
        keys = [partner["id"] for partner in data["partners"][:3]]
        cards = list(data["scorecards"]["partners"].values())
        data["scorecards"]["partners"] = dict(zip(keys, cards, strict=True))

    book = values(write_scorecard(with_partners(pack, 3, change)))
    sheets = book.sheetnames
    assert sheets[0] == "Dashboard"
    assert sheets[1:4] == ["Data 2", "A B services of a very long…", "A B services of a very long… 2"]
    assert [row["Partner"] for row in table(book, "Dashboard")] == list(names)
    assert [book[sheet]["A1"].value for sheet in sheets[1:4]] == list(names)


def test_each_sheet_prints_across_with_its_head_repeated_and_says_that_it_is_internal(pack: Pack, made: bytes) -> None:
    partners = {card.partner.name for card in pack.scorecards.cards}
    for sheet in formulas(made).worksheets:
        assert sheet.page_setup.orientation == "landscape"
        if sheet.title in partners:
            assert [one.id for one in sheet.col_breaks.brk] == [17], "what the figures rest on stands on the next page"
            assert sheet.print_title_cols == "$A:$B"
            assert int(sheet.page_setup.scale) >= 75
        elif sheet.title == "Dashboard":
            fitted = sheet.sheet_properties.pageSetUpPr.fitToPage
            assert not fitted, "Excel passes breaks over where it fits a sheet to the width"
        else:
            assert sheet.sheet_properties.pageSetUpPr.fitToPage
            assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.print_title_rows == "$4:$4"
        assert sheet.freeze_panes is not None
        assert "INTERNAL" in str(sheet.oddHeader.right.text)
        assert f"version {pack.pack.version}" in str(sheet.oddFooter.left.text)


def test_what_stands_below_the_metrics_is_not_cut_off_on_a_page_that_repeats_their_names(
    pack: Pack, made: bytes
) -> None:
    book = values(made)
    for card in pack.scorecards.cards:
        below = book[card.partner.name].iter_rows(min_row=5 + len(card.metrics), values_only=True)
        rows = [row for row in below if any(cell is not None for cell in row)]
        assert len(rows) >= 6
        assert all(row[:2] == (None, None) for row in rows)


def test_entry_cells_take_only_what_fits(made: bytes) -> None:
    plan = formulas(made)["Improvement plan"]
    lists = {str(rule.sqref): rule.formula1 for rule in plan.data_validations.dataValidation if rule.type == "list"}
    assert '"open,under way,done,late"' in lists.values()
    board = formulas(made)["Dashboard"]
    rules = {rule.type for rule in board.data_validations.dataValidation}
    assert rules == {"decimal", "list"}


def test_many_partners_are_told_by_their_extremes(pack: Pack) -> None:
    package = read_package(write_scorecard(with_partners(pack, 40)))
    drawn = next(package.read(name).decode() for name in package.names if name.startswith("xl/drawings/drawing"))
    told = re.findall(r'descr="([^"]*)"', drawn)
    assert len(told) == 7
    for text in told:
        assert "of 40 partners. The lowest now: Halden 58; Halden" in text
        assert re.search(r"The highest: Lumenar[^;]* 81\. All scores stand in the dashboard’s table\.$", text)
    few = read_package(write_scorecard(with_partners(pack, 3)))
    drawn = next(few.read(name).decode() for name in few.names if name.startswith("xl/drawings/drawing"))
    assert "Scores now: Nimbus 74; Lumenar 81; Halden 58." in drawn


@pytest.mark.parametrize(
    ("last", "following"),
    [
        ("2026Q4", "2027Q1"),
        ("2026-Q3", "2026-Q4"),
        ("Q3 2026", "Q4 2026"),
        ("Q4 2026", "Q1 2027"),
        ("H1", "Next quarter"),
    ],
)
def test_the_next_quarter_is_named_as_the_last_one_is(pack: Pack, last: str, following: str) -> None:
    def change(data: dict[str, Any]) -> None:
        data["scorecards"]["quarters"] = [*data["scorecards"]["quarters"][:-1], last]

    heads = [cell.value for cell in values(write_scorecard(with_partners(pack, 2, change)))["Dashboard"][4]]
    assert heads[-2:] == [last, following]


def test_a_quarter_without_a_score_is_a_gap_in_the_line_and_no_nought(made: bytes) -> None:
    package = read_package(made)
    charts = [package.read(name).decode() for name in package.names if name.startswith("xl/charts/chart")]
    trend = next(chart for chart in charts if "lineChart" in chart)
    for drawn in re.findall(r"<c:val>.*?</c:val>", trend):
        assert '<c:ptCount val="9"/>' in drawn
        assert len(re.findall(r"<c:pt ", drawn)) == 8
        assert "<c:v>0</c:v>" not in drawn


@pytest.mark.office
def test_forty_partners_are_calculated_anew_without_a_difference(pack: Pack, office: Office, tmp_path: Path) -> None:
    assert differences(write_scorecard(with_partners(pack, 40)), office, tmp_path / "many") == []


def test_categories_without_metrics_keep_the_scores_that_were_entered(pack: Pack) -> None:
    def change(data: dict[str, Any]) -> None:
        cards = data["scorecards"]["partners"]
        data["scorecards"]["partners"] = {
            name: {key: value for key, value in card.items() if key not in ("metrics", "actions", "trend")}
            for name, card in cards.items()
        }
        data["scorecards"].pop("quarters")

    book = values(write_scorecard(with_partners(pack, 2, change)))
    rows = table(book, "Dashboard")
    assert [(row["Score"], row["Rating"], row["Technical"]) for row in rows] == [(74, "Amber", 80), (81, "Green", 84)]
    assert len(formulas(write_scorecard(with_partners(pack, 2, change)))["Dashboard"]._charts) == 2
