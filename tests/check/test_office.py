"""Documents that LibreOffice saved again are read as before, but for what it drops."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.documents import pptx
from tests.support.office import Office
from tests.support.partnership import CHECKLIST, agreement, briefing, charter, messages, verdict

from govpack.check import Verdict, check_paths, read_checklist


@pytest.mark.office
def test_a_charter_agreement_and_deck_saved_by_libreoffice_are_judged_as_before(office: Office, tmp_path: Path) -> None:
    """LibreOffice drops the alternative text of a deck's charts, which rightly turns the deck; nothing else."""
    files = {"governance-charter.docx": charter(), "agreement.docx": agreement(), "briefing.pptx": pptx(*briefing())}
    again = tmp_path / "again"
    again.mkdir()
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
        (saved,) = office.convert([tmp_path / name], name.rpartition(".")[2], tmp_path / f"out-{name}")
        (again / name).write_bytes(saved.read_bytes())
    report = check_paths([again], read_checklist(CHECKLIST))
    for item in ("governance-complete", "charter-complete", "agreement-complete"):
        assert verdict(report, item) is Verdict.MET, messages(report, item)
    deck = next(found for found in report.verdicts if found.id == "briefing-complete")
    assert {finding.message for finding in deck.findings} <= {"no alternative text"}


@pytest.mark.office
def test_a_document_that_another_program_wrote_is_read(office: Office, tmp_path: Path) -> None:
    """A .odt written by another program has other style names and part names."""
    (tmp_path / "governance-charter.docx").write_bytes(charter())
    (odt,) = office.convert([tmp_path / "governance-charter.docx"], "odt", tmp_path / "odt")
    (back,) = office.convert([odt], "docx", tmp_path / "back")
    report = check_paths([back], read_checklist(CHECKLIST))
    assert verdict(report, "governance-complete") is Verdict.MET, messages(report, "governance-complete")
