"""The smallest pack, and the one that `govpack init` lays out, build, and no document is broken."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.validator import Validator

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
def test_a_small_pack_builds_documents_that_word_opens(
    source: str, minimal_pack: Path, starter_pack: Path, validator: Validator
) -> None:
    pack, wanted = (minimal_pack, SMALL) if source == "minimal" else (starter_pack, SMALL | PLANNED)
    made = [path for path in pack.rglob("*") if path.suffix in (".docx", ".pptx")]
    assert {path.name for path in made} == wanted
    assert {path.name: errors for path in made if (errors := validator.errors_of(path))} == {}
