"""The completeness check: reads finished documents and says which items of a checklist they meet, on what evidence."""

from govpack.check.checklist import Checklist, read_checklist
from govpack.check.draft import draft_checklist
from govpack.check.evaluate import check_paths, evaluate_checklist
from govpack.check.outline import Outline
from govpack.check.readers import read_outline
from govpack.check.roadmap import read_roadmap
from govpack.check.verdicts import CheckReport, Evidence, ItemVerdict, Outcome, Result, Verdict

__all__ = [
    "CheckReport",
    "Checklist",
    "Evidence",
    "ItemVerdict",
    "Outcome",
    "Outline",
    "Result",
    "Verdict",
    "check_paths",
    "draft_checklist",
    "evaluate_checklist",
    "read_checklist",
    "read_outline",
    "read_roadmap",
]
