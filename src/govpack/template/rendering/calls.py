"""What generated code calls by name while a template is rendered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govpack.template.language.generator import COUNT, FAIL, FILTERED, MARK, MARKUP, PIECE, PUT, REFER, STEP
from govpack.template.parts.existing import BOUND, CONTROL_ID
from govpack.template.parts.tracking import LOOP
from govpack.template.rendering.bodies import markup_of
from govpack.template.values.limits import BUDGET, CONCAT, MADE, STEPS, WEIGHED

if TYPE_CHECKING:
    from govpack.template.rendering.rendering import Rendering


def render_functions(rendering: Rendering) -> dict[str, Any]:
    """Printing and failing; keeping count of paragraphs, headings and bookmarks; what the sandbox counts."""
    references = rendering.references
    return {
        PUT: rendering.put,
        FAIL: rendering.fail,
        PIECE: rendering.bodies.piece,
        MARKUP: markup_of,
        FILTERED: rendering.filtered,
        LOOP: rendering.controls.begin,
        STEP: rendering.controls.step,
        CONTROL_ID: lambda own: str(rendering.identifiers.control_id(own)),
        BOUND: rendering.natives.bound_data,
        BUDGET: rendering.budget,
        STEPS: rendering.budget.steps,
        CONCAT: rendering.concat,
        WEIGHED: rendering.budget.weighed,
        MADE: rendering.budget.value,
        "_link": rendering.link,
        COUNT: references.counter,
        REFER: rendering.anchors.refer,
        MARK: rendering.anchors.mark,
        "_note": references.note_text,
        "_close_ranges": rendering.close_ranges,
        "_open_heading": references.open_heading,
        "_close_heading": references.close_heading,
    }
