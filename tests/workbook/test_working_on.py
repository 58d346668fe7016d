"""The scorecard as the quarter's working file: what someone enters moves all that follows, and checks say so."""

from __future__ import annotations

import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl.workbook import Workbook
from tests.support.office import Office
from tests.support.scorecards import calculated_anew, formulas, table, values, with_partners

from govpack.model.pack import Pack
from govpack.workbook import write_scorecard


def after_entering(made: bytes, entered: dict[str, Any], office: Office, folder: Path) -> Workbook:
    """The workbook as LibreOffice calculates it once someone has entered values in cells such as ``Halden!L5``."""
    book = formulas(made)
    for place, value in entered.items():
        sheet, _, cell = place.rpartition("!")
        book[sheet][cell] = value
    saved = BytesIO()
    book.save(saved)
    return calculated_anew(saved.getvalue(), office, folder)


def settings(book: Workbook) -> dict[str, tuple[Any, Any]]:
    """Value and check of each setting."""
    return {
        str(row[0]): (row[1], row[2])
        for row in book["Dashboard"].iter_rows(min_row=12, max_col=3, values_only=True)
        if row[0] is not None
    }


@pytest.mark.office
def test_a_new_quarter_is_entered_and_everything_follows(made: bytes, office: Office, tmp_path: Path) -> None:
    metrics = table(values(made), "Halden")
    # Halden reaches all its targets in the new quarter; the other partners stand as they did.
    entered: dict[str, Any] = {f"Halden!M{row}": metric["Target"] for row, metric in enumerate(metrics, start=5)}
    for partner in ("Nimbus", "Lumenar", "Tidewater", "Stratora"):
        for row, metric in enumerate(table(values(made), partner), start=5):
            entered[f"{partner}!M{row}"] = metric["Q3 2026"]
    entered["Dashboard!B19"] = "Q4 2026"
    book = after_entering(made, entered, office, tmp_path / "entered")
    board = {row["Partner"]: row for row in table(book, "Dashboard")}
    assert [board["Halden"][name] for name in ("Rating", "Score", "Change", "Technical")] == ["Green", 100, 42, 100]
    assert [board["Nimbus"][name] for name in ("Rating", "Score", "Change")] == ["Amber", 74, 0]
    assert book["Halden"]["A2"].value == "Score 100 of 100, green, in Q4 2026."
    assert str(book["Dashboard"]["A2"].value).endswith("Reporting quarter: Q4 2026. Category weights total 100.")
    assert settings(book)["Reporting quarter"] == ("Q4 2026", "To enter"), "the trend lacks the new scores"
    plan = {row["Ref"]: row for row in table(book, "Improvement plan")}
    assert plan["H-A1"]["Score now"] == 100
    assert plan["N-A1"]["Score now"] == pytest.approx(42.37, abs=0.01)
    data = {row["Ref"]: row for row in table(book, "Data")}
    assert (data["H-T1"]["Actual"], data["H-T1"]["Score"]) == (98, 100)
    scores = {f"Dashboard!R{row}": board[name]["Score"] for row, name in enumerate(board, start=5)}
    book = after_entering(made, entered | scores, office, tmp_path / "carried over")
    assert settings(book)["Reporting quarter"] == ("Q4 2026", "OK")


@pytest.mark.office
def test_weights_that_do_not_total_100_are_told_wherever_they_are_checked(
    made: bytes, office: Office, tmp_path: Path
) -> None:
    book = after_entering(made, {"Dashboard!B13": 45, "Nimbus!E5": 50}, office, tmp_path / "weights")
    assert settings(book)["Total of the weights, %"] == (105, "Not 100")
    assert str(book["Dashboard"]["A2"].value).endswith("The category weights do not total 100.")
    checks = {row["Category"]: row["Check"] for row in table_of_scores(book["Nimbus"])}
    assert checks == {"Technical": "Not 100", "Financial": "OK", "Innovation": "OK", "Weighted score": "Not 100"}


def table_of_scores(sheet: Any) -> list[dict[str, Any]]:
    """The scores by category below a partner's metrics."""
    rows = list(sheet.iter_rows(min_col=3, max_col=8, values_only=True))
    start = next(number for number, row in enumerate(rows) if row[0] == "Category" and row[5] == "Check")
    return [dict(zip(map(str, rows[start]), row, strict=True)) for row in rows[start + 1 : start + 5]]


@pytest.mark.office
def test_actions_that_are_done_or_late_are_counted_and_so_is_a_new_one(
    made: bytes, office: Office, tmp_path: Path
) -> None:
    plan = table(values(made), "Improvement plan")
    assert values(made)["Improvement plan"]["A2"].value == "12 actions, of which 0 done and 0 late."
    free = 5 + len(plan)
    entered: dict[str, Any] = {
        "Improvement plan!I5": "done",
        "Improvement plan!H6": datetime.date(2026, 9, 1),
        f"Improvement plan!B{free}": "Lumenar",
        f"Improvement plan!F{free}": "Agree a date",
        f"Improvement plan!H{free}": datetime.date(2026, 8, 1),
        f"Improvement plan!I{free}": "done",
        f"Improvement plan!B{free + 1}": "Lumenar",
        f"Improvement plan!I{free + 1}": "late",
    }
    book = after_entering(made, entered, office, tmp_path / "actions")
    assert book["Improvement plan"]["A2"].value == "14 actions, of which 2 done and 2 late."
    actions = {row["Partner"]: row["Open actions"] for row in table(book, "Dashboard")}
    assert (actions["Nimbus"], actions["Lumenar"]) == (2, 1)


@pytest.mark.office
def test_late_actions_are_late_in_the_file_as_it_is_written(pack: Pack, office: Office, tmp_path: Path) -> None:
    def overdue(data: dict[str, Any]) -> None:
        cards = data["scorecards"]["partners"]
        first, *others = cards["nimbus"]["actions"]
        late = {**first, "due": datetime.date(2026, 9, 29)}
        cards["nimbus"] = {**cards["nimbus"], "actions": [late, *others]}

    made = write_scorecard(with_partners(pack, 5, overdue))
    stored = values(made)["Improvement plan"]["A2"].value
    assert stored == "12 actions, of which 0 done and 1 late."
    assert calculated_anew(made, office, tmp_path / "late")["Improvement plan"]["A2"].value == stored


def test_rows_for_actions_to_come_are_ready_and_the_names_reach_them(made: bytes) -> None:
    book = formulas(made)
    plan = book["Improvement plan"]
    assert plan.column_dimensions["H"].number_format.startswith("d mmm yyyy")
    for column in "ABCDFGIJ":
        assert plan.column_dimensions[column].alignment.wrap_text, column
    last = 4 + len(table(values(made), "Improvement plan")) + 200
    for name, column in (("plan_partner", "B"), ("plan_due", "H"), ("plan_status", "I")):
        assert book.defined_names[name].attr_text == f"'Improvement plan'!${column}$5:${column}${last}"


def test_open_leads_to_the_partners_sheet(made: bytes) -> None:
    book = formulas(made)
    for row in range(5, 10):
        name = book["Dashboard"].cell(row, 1).value
        assert book["Dashboard"].cell(row, 9).hyperlink.location == f"'{name}'!A1"
        assert book[name]["A1"].value == name
        assert book[name]["A1"].hyperlink is None, "LibreOffice does not wrap the text of a link: a long name is cut"
