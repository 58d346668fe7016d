"""The quality checklist as a Word document: what the check of its build found, and what people signed since."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph
from tests.support.command import run_govpack

from govpack.build import check_files
from govpack.check import CheckReport, Verdict, read_checklist

CHECKLIST = Path(__file__).parents[2] / "templates" / "partnership" / "checklist.yaml"
CHECKED = "{http://schemas.microsoft.com/office/word/2010/wordml}checked"
VALUE = "{http://schemas.microsoft.com/office/word/2010/wordml}val"
NAME = "internal/quality-checklist.docx"
REGISTER = "internal/review-register.docx"


def judged(*paths: Path) -> CheckReport:
    return check_files(list(paths), read_checklist(CHECKLIST))


def verdicts(report: CheckReport) -> dict[str, Verdict]:
    return {item.id: item.verdict for item in report.verdicts}


def table_of(document: Document, head: str) -> Table:
    return next(table for table in document.tables if table.rows[0].cells[0].text == head)


def ticked(row: _Row) -> list[bool]:
    """The checkboxes of a row, in order."""
    return [box.get(VALUE) == "1" for box in row._tr.iter(CHECKED)]


@pytest.fixture(scope="module")
def record(nordhaven_pack: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((nordhaven_pack / "pack.json").read_text(encoding="utf-8"))
    return content


def test_each_item_is_ticked_where_the_verdict_of_this_build_is_met(
    nordhaven_pack: Path, record: dict[str, Any]
) -> None:
    wanted = {item["id"]: item["verdict"] for item in record["verdicts"]["items"]}
    rows = table_of(docx.Document(str(nordhaven_pack / NAME)), "Met").rows[1:]
    shown = {row.cells[1].text: row for row in rows}
    assert list(shown) == list(wanted)
    for name, row in shown.items():
        assert ticked(row) == [wanted[name] == "met"], name
        assert row.cells[3].text.lower() == wanted[name]
    assert {"met", "for a person"} <= set(wanted.values())


def test_each_item_quotes_what_is_asked_and_what_was_found_where(nordhaven_pack: Path, record: dict[str, Any]) -> None:
    words = [
        cell.text
        for table in docx.Document(str(nordhaven_pack / NAME)).tables
        for row in table.rows
        for cell in row.cells
    ]
    text = "\n".join(words)
    for item in record["verdicts"]["items"]:
        assert item["asks"] in words
        found = [seen for each in item["requirements"] for seen in each["evidence"] if seen["at"]]
        assert not found or found[0]["at"] in text, item["id"]


def test_what_a_person_judges_is_left_open_with_a_place_for_name_and_date(
    nordhaven_pack: Path, record: dict[str, Any]
) -> None:
    waiting = [item for item in record["verdicts"]["items"] if item["verdict"] == "for a person"]
    tables = [t for t in docx.Document(str(nordhaven_pack / NAME)).tables if t.rows[0].cells[0].text == "Item"]
    lines = [row for table in tables for row in table.rows if row.cells[0].text == "For a person"]
    assert len(lines) == len(waiting) > 0
    for row in lines:
        assert ticked(row) == [False]
        assert [alias.get(qn("w:val")) for alias in row._tr.iter(qn("w:alias"))] == ["Confirmed", "Name", "Date"]


def test_the_checklist_in_its_pack_changes_no_verdict_and_is_judged_as_no_document(
    nordhaven_pack: Path, record: dict[str, Any], tmp_path: Path
) -> None:
    report = judged(nordhaven_pack)
    assert {item["id"]: item["verdict"] for item in record["verdicts"]["items"]} == verdicts(report)
    assert (report.problems, report.weak) == ((), ())
    shutil.copy(nordhaven_pack / NAME, tmp_path / "our roles, cadence and escalation.docx")
    (file,) = judged(tmp_path).files
    assert file.document == ""


def sign(register: Path, review: str) -> None:
    """Tick, choose and date each line of the form of `review`, as its reviewers would in Word."""
    document = docx.Document(str(register))
    body = list(document.element.body.iterchildren())
    heading = next(
        at
        for at, element in enumerate(body)
        if element.tag == qn("w:p") and Paragraph(element, document).text.startswith(f"{review}:")
    )
    tables = [Table(element, document) for element in body[heading:] if element.tag == qn("w:tbl")]
    for row in tables[1].rows[1:]:
        (choice,) = (sdt for sdt in row.cells[1]._tc.iter(qn("w:sdt")))
        properties = choice.find(qn("w:sdtPr"))
        properties.remove(properties.find(qn("w:showingPlcHdr")))
        next(choice.find(qn("w:sdtContent")).iter(qn("w:t"))).text = "Approved"
        (box,) = row._tr.iter(CHECKED)
        box.set(VALUE, "1")
        row.cells[4].paragraphs[0].add_run("2 November 2026")
    document.save(str(register))


def test_a_register_that_people_signed_is_kept_by_a_rebuild_and_its_approval_is_read(
    nordhaven: Path, nordhaven_pack: Path, tmp_path: Path
) -> None:
    out = shutil.copytree(nordhaven_pack, tmp_path / "pack")
    assert verdicts(judged(out))["lab-3"] is Verdict.FOR_A_PERSON
    review = next(line.split()[-1] for line in vendor_governance(nordhaven))
    sign(out / REGISTER, review)
    signed = (out / REGISTER).read_bytes()
    assert verdicts(judged(out))["lab-3"] is Verdict.MET
    done = run_govpack("build", nordhaven, "-o", out)
    assert done.returncode == 0, done.stderr
    assert "was edited since govpack wrote it, and stays as it is" in done.stderr
    assert (out / REGISTER).read_bytes() == signed
    rows = table_of(docx.Document(str(out / NAME)), "Met").rows[1:]
    assert next(ticked(row) for row in rows if row.cells[1].text == "lab-3") == [True]
    assert next(ticked(row) for row in rows if row.cells[1].text == "lab-1") == [False]


def vendor_governance(pack: Path) -> list[str]:
    """The line of the id of the vendor governance review in the inputs."""
    lines = (pack / "reviews.yaml").read_text(encoding="utf-8").splitlines()
    return [lines[at - 1] for at, line in enumerate(lines) if "type: vendor governance" in line]


def test_what_is_missing_stands_there_with_place_and_remedy(incomplete: Callable[[str], Path]) -> None:
    out = incomplete("no-escalation") / "out"
    tables = [t for t in docx.Document(str(out / NAME)).tables if t.rows[0].cells[0].text == "What is open"]
    rows = [[cell.text for cell in row.cells] for table in tables for row in table.rows[1:]]
    row = next(row for row in rows if row[0] == "2 of at least 4 rows")
    assert "governance-charter.docx, 6 Escalation › table 1; internal/governance-framework.docx" in row[1]
    assert row[2].endswith("governance › escalation in governance.yaml, below the entry that begins at line 32")
