"""What is there but weak is a warning, beside the verdicts."""

from __future__ import annotations

import pytest
from tests.support.documents import Piece, docx, heading, table, text

from govpack.check import read_outline
from govpack.check.weak import find_weak, only_watches
from govpack.findings import Severity


def weak(*pieces: Piece) -> str:
    findings = find_weak([read_outline(docx(*pieces), "file")])
    assert all(finding.severity is Severity.WARNING for finding in findings)
    return "\n".join(str(finding) for finding in findings)


@pytest.mark.parametrize(
    "words", ["Monitor closely", "We will watch the market.", "Keep under review", "Quarterly monitoring"]
)
def test_a_mitigation_that_only_watches_is_weak(words: str) -> None:
    assert only_watches(words)


@pytest.mark.parametrize(
    "words", ["Monitor usage and cap it at 80 %", "Active second region", "Track and renegotiate at 10 %"]
)
def test_a_mitigation_that_acts_is_not(words: str) -> None:
    assert not only_watches(words)


def test_a_target_without_a_baseline_is_named() -> None:
    told = weak(heading("KPIs"), table(["KPI", "Baseline", "Target"], ["Share", "–", "30 %"], ["Cost", "0.42", "0.27"]))
    assert told.count("has a target and no baseline") == 1
    assert "KPIs › table 1, row 2, cell 2" in told


def test_a_forum_without_an_output_is_named() -> None:
    assert "the forum ‘Council’ has no output" in weak(heading("Forums"), table(["Forum", "Outputs"], ["Council", ""]))


def test_a_date_before_the_documents_own_date_is_named() -> None:
    pieces = [text("Figures as of 30 September 2026."), heading("Actions")]
    told = weak(*pieces, table(["Action", "Due"], ["Sign", "1 March 2026"], ["Test", "2027-02-01"]))
    assert "‘Sign’ was due on 2026-03-01, before 2026-09-30" in told
    assert "Test" not in told
    assert not weak(heading("Actions"), table(["Action", "Due"], ["Sign", "1 March 2026"]))


def test_an_owner_whom_no_document_knows_is_named() -> None:
    people = [["Sponsor", "Ada Stone", "Ben Moor"], ["Lead", "Cleo Hart", "Dan Frost"]]
    owners = [["Move", "Ada Stone"], ["Test", "Zoe Quirk"], ["Sign", "Vendor lead"]]
    owners += [["Study", "Ada Stone, Principal Investigator"], ["Read", "Cleo Hart, General Counsel"]]
    told = weak(
        heading("Roles"), table(["Role", "Holder", "Deputy"], *people), heading("Plan"),
        table(["Action", "Owner"], *owners),
    )  # fmt: skip
    assert "Plan › table 1, row 3, cell 2: the owner ‘Zoe Quirk’ is nobody in these documents" in told
    assert told.count("nobody") == 1


def test_the_goal_beside_its_owner_is_no_person() -> None:
    """In a narrow table one column is “Goal and owner”: “G1 Independence, Ada Stone”."""
    people = [["Sponsor", "Ada Stone", "Ben Moor"], ["Lead", "Cleo Hart", "Dan Frost"]]
    told = weak(
        heading("Roles"), table(["Role", "Holder", "Deputy"], *people), heading("Goals"),
        table(["Goal and owner", "KPI"], ["G1 Independence, Ada Stone", "Share"], ["G2 Joint, Zoe Quirk", "Pilots"]),
    )  # fmt: skip
    assert "nobody" in told
    assert "the owner ‘Zoe Quirk’ is nobody" in told
    assert told.count("nobody") == 1


def test_owners_are_not_doubted_where_too_few_people_are_named_to_tell_by() -> None:
    assert not weak(heading("Plan"), table(["Action", "Owner"], ["Test", "Zoe Quirk"]))
