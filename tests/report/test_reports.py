"""Reports on the terminal and as JSON."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from rich.console import Console
from tests.support.documents import docx, heading
from tests.support.partnership import charter, judge

from govpack.check import CheckReport, ItemVerdict, Outcome, Result, Verdict
from govpack.findings import Finding, Location
from govpack.report.json import to_data, to_json
from govpack.report.terminal import print_report


@pytest.fixture
def report(tmp_path: Path) -> CheckReport:
    return judge(
        tmp_path, {"a/governance-charter.docx": charter(), "b/governance-charter.docx": charter(escalation=None)}
    )


def printed(report: CheckReport, **options: object) -> str:
    out = io.StringIO()
    print_report(report, Console(file=out, width=140, **options))  # type: ignore[arg-type]
    return out.getvalue()


def test_the_terminal_report_says_every_verdict_in_words(report: CheckReport) -> None:
    text = printed(report)
    assert "✗ not met" in text
    assert "◐ partly met  governance-complete" in text
    assert "2 documents judged" in text


def test_what_to_mend_stands_below_with_place_and_remedy(report: CheckReport) -> None:
    text = printed(report)
    assert text.index("To mend, what costs most first") < text.index("strategy-complete: not met")
    assert text.index("strategy-complete: not met") < text.index("governance-complete:")
    lines = text.splitlines()
    at = next(at for at, line in enumerate(lines) if line.startswith("  - there is no section ‘Escalation’"))
    assert lines[at + 1] == "    b/governance-charter.docx"
    assert lines[at + 2].startswith("    To mend: add a section ‘Escalation’")


def test_on_a_terminal_of_80_columns_no_line_is_longer(report: CheckReport) -> None:
    out = io.StringIO()
    print_report(report, Console(file=out, width=80, force_terminal=True, color_system=None))
    assert max(map(len, out.getvalue().splitlines())) <= 80


def test_what_is_mended_in_one_step_is_told_once_with_all_its_places() -> None:
    place = [Location(file, at="Escalation › table 1") for file in ("a.docx", "b.docx", "a.docx")]
    rows = [Finding("2 of at least 4 rows", at, remedy="add 2", snippet="- level:") for at in place[:2]]
    blank = Finding("‘Owner’ is blank", Location("a.docx", at="table 1, cell 5"), remedy="add 2", snippet="- level:")
    other = Finding("a gap is left", Location("c.docx"), remedy="see above", snippet="- level:")
    outcome = Outcome(Verdict.NOT_MET, (), (*rows, blank, other), 2)
    item = ItemVerdict("x", "Asked", "", Verdict.NOT_MET, (Result("table", "charter", "a.docx", outcome),))
    assert printed(CheckReport("List", (item,))).partition("first\n")[2].splitlines() == [
        "x: not met",
        "  Asked",
        "  - 2 of at least 4 rows",
        "    a.docx, Escalation › table 1",
        "    b.docx, Escalation › table 1",
        "  - ‘Owner’ is blank",
        "    a.docx, table 1, cell 5",
        "    To mend: add 2",
        "- level:",
        "  - a gap is left",
        "    c.docx",
        "    To mend: see above",
        "      (what to paste for it stands above)",
    ]


def test_a_file_that_is_taken_for_what_it_holds_is_told_and_so_is_one_that_is_nothing_known(tmp_path: Path) -> None:
    text = printed(judge(tmp_path, {"minutes.docx": charter(), "letter.docx": docx(heading("Dear all"))}))
    assert "minutes.docx was taken for the governance-charter: by its title ‘Governance charter" in text
    assert "1 document judged, 1 of no known kind (letter.docx)." in text


def test_a_pipe_gets_no_colour_and_a_terminal_does(report: CheckReport) -> None:
    assert "\x1b[" not in printed(report)
    assert "\x1b[" in printed(report, force_terminal=True, color_system="standard")


def test_an_old_terminal_gets_plain_signs(report: CheckReport) -> None:
    out = io.TextIOWrapper(io.BytesIO(), encoding="ascii", errors="replace")
    print_report(report, Console(file=out, width=140))
    out.seek(0)
    assert "x not met" in out.read()


def test_json_has_the_documented_keys(report: CheckReport) -> None:
    data = json.loads(to_json(report))
    assert data == to_data(report)
    assert list(data) == ["version", "checklist", "exit_code", "counts", "files", "items", "weak", "problems"]
    assert data["exit_code"] == 1
    assert data["counts"]["not met"] + data["counts"]["partly met"] + data["counts"]["met"] == len(data["items"])
    item = next(item for item in data["items"] if item["id"] == "governance-complete")
    assert (item["verdict"], item["failing"]) == ("partly met", ["b/governance-charter.docx"])
    kinds = {requirement["kind"] for requirement in item["requirements"]}
    assert {"table", "each_row", "agrees"} <= kinds
    finding = next(finding for r in item["requirements"] for finding in r["findings"])
    assert set(finding) == {"message", "severity", "file", "line", "column", "at", "remedy", "snippet"}


def test_exit_codes_tell_met_from_missing_from_unjudged(tmp_path: Path, report: CheckReport) -> None:
    assert report.exit_code == 1
    assert judge(tmp_path / "broken", {"governance-charter.docx": b"nonsense"}).exit_code == 2
    assert CheckReport("x", ()).exit_code == 0
