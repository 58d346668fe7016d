"""The timeline of the executive briefing: lanes by quarters, with how many milestones are due in each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from authoring.deck.geometry import MARGIN, WIDTH
from authoring.deck.master import EXHIBIT_ONLY
from authoring.deck.say import MINUTE, counted, cut, given, repeated, source, tag
from authoring.deck.tables import add_timetable
from authoring.palette import BLUE_DEEP, BLUE_FAINT, BLUE_TINT, PAPER

if TYPE_CHECKING:
    from authoring.deck.slides import Deck

_QUARTERS = 10
_LANES = 12
_LANE_WIDTH = 2.63
_SHADES = f'["{PAPER}", "{BLUE_FAINT}", "{BLUE_TINT}", "{BLUE_DEEP}"]'
_HORIZON = (
    'roadmap.horizons | selectattr("start", "le", quarter.end) | selectattr("end", "ge", quarter.end) '
    '| map(attribute="name") | first | default("")'
)


def add_timeline(deck: Deck) -> None:
    """A native table: a row for each lane, a column for each quarter, darker where more is due."""
    quarters = f"roadmap.quarters[:{_QUARTERS}]"
    lanes = f"roadmap.grid[:{_LANES}]"
    slide = deck.add_slide(
        EXHIBIT_ONLY,
        "timeline",
        given(
            "roadmap.quarters",
            f"Timeline: {counted('roadmap.lanes | length', 'lane')} over "
            f"{counted('roadmap.quarters | length', 'quarter')}"
            ", " + "{{ roadmap.quarters[0].label }} to {{ roadmap.quarters[-1].label }}",
            "No timeline in the inputs yet",
        ),
        notes=[
            MINUTE,
            "Read it from the left: the darker a cell, the more is due in that quarter. Where a column is dark "
            "from top to "
            "bottom, many depend on each other.",
            *repeated(
                "horizon in roadmap.horizons[:4]",
                "{{ horizon.name }}" + given("horizon.aim", ": {{ horizon.aim }}") + ".",
            ),
            "If asked for a single date: the ecosystem roadmap has each milestone with its gate.",
        ],
        note=f"{source('roadmap')} Figures: milestones due in the quarter."
        + cut("roadmap.lanes", lanes, "lanes", "ecosystem roadmap")
        + cut("roadmap.quarters", quarters, "quarters", "ecosystem roadmap"),
    )
    add_timetable(
        slide,
        "Table: timeline",
        "Table of lanes by quarters: how many milestones are due in each, below the horizon that the quarter "
        "belongs to.",
        (MARGIN, 1.7),
        (_LANE_WIDTH, (WIDTH - _LANE_WIDTH) / _QUARTERS),
        columns=f"quarter in {quarters}",
        heads=("{{ quarter.label }}", tag(_HORIZON)),
        rows=f"line in {lanes}",
        label=tag("line.lane.name | truncate(34)"),
        cells=f"cell in line.cells[:{_QUARTERS}]",
        cell=given("cell", tag("cell | length")) + f"{{% cellbg {_SHADES}[[cell | length, 3] | min] %}}",
    )
