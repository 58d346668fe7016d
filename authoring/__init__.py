"""The scripts that draw the bundled Word and PowerPoint templates, the same bytes every time.

`python -m authoring` draws them all into their places; a test holds that what is committed is what they draw.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from authoring.deck.briefing import draw_executive_briefing
from authoring.word.agreement import draw_agreement
from authoring.word.charter import draw_charter
from authoring.word.checklist import draw_checklist
from authoring.word.enablement import draw_enablement
from authoring.word.exit_plan import draw_exit_plan
from authoring.word.framework import draw_framework
from authoring.word.joint import draw_joint_roadmap
from authoring.word.performance import draw_performance
from authoring.word.playbook import draw_playbook
from authoring.word.register import draw_register
from authoring.word.roadmap import draw_roadmap
from authoring.word.rubric import draw_rubric
from authoring.word.strategy import draw_strategy

if TYPE_CHECKING:
    from collections.abc import Callable

# Where each template lies in the repository, and the function that draws it.
DRAWINGS: dict[str, Callable[[], bytes]] = {
    "templates/partnership/partnership-agreement.docx": draw_agreement,
    "templates/partnership/governance-charter.docx": draw_charter,
    "templates/partnership/partnership-strategy.docx": draw_strategy,
    "templates/partnership/governance-framework.docx": draw_framework,
    "templates/partnership/ecosystem-roadmap.docx": draw_roadmap,
    "templates/partnership/vendor-performance-review.docx": draw_performance,
    "templates/partnership/joint-roadmap.docx": draw_joint_roadmap,
    "templates/partnership/negotiation-playbook.docx": draw_playbook,
    "templates/partnership/exit-plan.docx": draw_exit_plan,
    "templates/partnership/panel-rubric.docx": draw_rubric,
    "templates/partnership/enablement-handoff.docx": draw_enablement,
    "templates/partnership/review-register.docx": draw_register,
    "templates/partnership/quality-checklist.docx": draw_checklist,
    "templates/partnership/executive-briefing.pptx": draw_executive_briefing,
}
