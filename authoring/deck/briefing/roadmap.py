"""The roadmap in the executive briefing: horizons with their aims, and what is due first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from authoring.deck.geometry import MARGIN
from authoring.deck.master import EXHIBIT_ONLY
from authoring.deck.say import (
    MINUTE,
    capitalised,
    counted,
    cut,
    date,
    given,
    person,
    repeated,
    short_date,
    source,
    tag,
)
from authoring.deck.tables import Column, add_table, paged

if TYPE_CHECKING:
    from authoring.deck.slides import Deck

_COUNT = "roadmap.milestones | length"
_NEXT = 'roadmap.milestones | rejectattr("status", "equalto", "done") | sort(attribute="due")'
_LAST = 'roadmap.milestones | map(attribute="due") | max'
_IN_HORIZON = (
    'roadmap.milestones | selectattr("due", "ge", horizon.start) | selectattr("due", "le", horizon.end) | list | length'
)


def add_roadmap(deck: Deck) -> None:
    """Horizons on the left, the next milestones on the right."""
    horizons = "roadmap.horizons | length"
    stretches = [
        Column("Horizon", 1.0, tag("horizon.name"), fits="name"),
        Column("Until", 1.15, short_date("horizon.end")),
        Column("What holds by then", 2.35, capitalised("horizon.aim"), fits="aim"),
        Column("Milestones", 1.05, tag(_IN_HORIZON), "r"),
    ]
    steps = [
        Column("Due", 1.15, short_date("step.due")),
        Column("Milestone due first", 2.45, tag("step.name"), fits="name"),
        Column("Lane", 1.33, tag("step.lane_name"), fits="lane_name"),
        Column("Owner", 1.35, person("step.owner"), fits="owner.name"),
    ]
    shown = f"({paged('roadmap.horizons', stretches, size=13, padding=0.08)})[0]"
    due = f"({paged(_NEXT, steps, size=13, padding=0.08)})[0]"
    slide = deck.add_slide(
        EXHIBIT_ONLY,
        "roadmap",
        given(
            "roadmap.milestones",
            f"Roadmap: {counted(_COUNT, 'milestone')}"
            + given("roadmap.horizons", f" in {counted(horizons, 'horizon')}")
            + f", the last due on {date(_LAST)}",
            "No roadmap in the inputs yet",
        ),
        notes=[
            MINUTE,
            given("roadmap.summary", tag("roadmap.summary"), "The roadmap is still to be drawn up."),
            *repeated(
                f"step in ({_NEXT})[:2]",
                "{{ step.name }}" + given("step.gate", ": it counts as reached when this holds: {{ step.gate }}") + ".",
            ),
            "If asked about one partner: each sees its own joint roadmap only, never this one.",
        ],
        note=source("roadmap")
        + cut("roadmap.horizons", shown, "horizons", "ecosystem roadmap")
        + cut(_NEXT, due, "milestones", "ecosystem roadmap"),
    )
    add_table(
        slide,
        "Table: horizons",
        "Table of horizons: name, when it ends, what holds by then, and how many milestones fall into it.",
        (MARGIN, 1.7),
        stretches,
        loop=f"horizon in {shown}",
        size=13,
        padding=0.08,
    )
    add_table(
        slide,
        "Table: next milestones",
        "Table of the milestones that are due first: due date, milestone, lane, owner.",
        (6.45, 1.7),
        steps,
        loop=f"step in {due}",
        size=13,
        padding=0.08,
    )
