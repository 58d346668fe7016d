"""Reports on the terminal and as JSON."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from rich.console import Console
from tests.support.partnership import charter, judge

from govpack.check import CheckReport
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
    assert text.index("strategy-complete: not met") < text.index(
        "charter-complete: partly met (a/governance-charter.docx, b/governance-charter.docx)"
    )
    line = next(line for line in text.splitlines() if "there is no section ‘Escalation’" in line)
    assert line.startswith("  - b/governance-charter.docx: ")
    assert "To mend: add a section ‘Escalation’" in line


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
    assert set(finding) == {"message", "severity", "file", "line", "column", "at", "remedy"}


def test_exit_codes_tell_met_from_missing_from_unjudged(tmp_path: Path, report: CheckReport) -> None:
    assert report.exit_code == 1
    assert judge(tmp_path / "broken", {"governance-charter.docx": b"nonsense"}).exit_code == 2
    assert CheckReport("x", ()).exit_code == 0
