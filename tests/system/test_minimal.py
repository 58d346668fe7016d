"""The smallest pack, and the one that `govpack init` lays out, build, and no document is broken."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.command import run_govpack
from tests.support.validator import Validator

MINIMAL = Path(__file__).parents[2] / "fixtures" / "minimal"
SMALL = {
    "partnership-agreement.docx",
    "partnership-agreement-review-copy.docx",
    "governance-charter.docx",
    "executive-briefing.pptx",
    "partnership-strategy.docx",
    "governance-framework.docx",
    "ecosystem-roadmap.docx",
    "vendor-performance-review.docx",
    "panel-rubric.docx",
    "enablement-handoff.docx",
    "review-register.docx",
    "quality-checklist.docx",
}
# Made only where their data is given.
PLANNED = {"joint-roadmap.docx", "negotiation-playbook.docx", "exit-plan.docx"}


@pytest.mark.validator
@pytest.mark.parametrize("source", ["minimal", "starter"])
def test_a_small_pack_builds_documents_that_word_opens(tmp_path: Path, source: str, validator: Validator) -> None:
    folder = MINIMAL
    if source == "starter":
        folder = tmp_path / "mine"
        assert run_govpack("init", folder).returncode == 0
    done = run_govpack("build", folder, "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    wanted = SMALL if source == "minimal" else SMALL | PLANNED
    made = [path for path in (tmp_path / "out").rglob("*") if path.suffix in (".docx", ".pptx")]
    assert {path.name for path in made} == wanted
    assert {path.name: errors for path in made if (errors := validator.errors_of(path))} == {}
