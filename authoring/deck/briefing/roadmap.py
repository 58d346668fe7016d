"""The roadmap in the executive briefing: lanes, bars and milestones as native shapes at their dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from authoring.deck.drawing import Look, add_drawn
from authoring.deck.geometry import MARGIN, WIDTH, Box
from authoring.deck.master import EXHIBIT_ONLY
from authoring.deck.say import MINUTE, counted, date, given, repeated, source, tag, whole_date
from authoring.deck.text import Para, Run
from govpack.model.timeline_axis import HEIGHT

if TYPE_CHECKING:
    from authoring.deck.slides import Deck

_COUNT = "roadmap.milestones | length"
_NEXT = 'roadmap.milestones | rejectattr("status", "equalto", "done") | sort(attribute="due")'
_LATE = 'roadmap.milestones | selectattr("status", "equalto", "late") | list | length'
# The horizon of today, or the last one where all are over.
_ORDERED = 'roadmap.horizons | sort(attribute="start")'
_NOW = f'(({_ORDERED} | rejectattr("end", "lt", pack.as_of) | list) or ({_ORDERED} | list)[-1:])[:1]'
_NAMES = 1.87  # how wide the names of the lanes are, in inches
_LEFT = MARGIN + _NAMES
_ACROSS = WIDTH - _NAMES
_TOP, _BOTTOM = 1.58, 6.38
_LANES = 2.68  # where lanes begin in the template; in a deck the row of the horizons says
_LINE = (_BOTTOM - _TOP) / HEIGHT
_AREA = Box(_LEFT, _TOP, _ACROSS, _BOTTOM - _TOP)
_SIGN = 0.17
_LANE, _MARK = "for lane in page.lanes", "for mark in lane.marks"
_DUE = f"{tag('mark.id')} {tag('mark.name')}, due {date('mark.due')}"


def add_roadmap(deck: Deck) -> None:
    """The axis with its horizons on top; below it each lane with its bars, signs and labels, on as many slides."""
    slide = deck.add_slide(
        EXHIBIT_ONLY,
        "roadmap",
        _headline(),
        notes=[
            MINUTE,
            given("roadmap.summary", tag("roadmap.summary"), "The roadmap is still to be drawn up."),
            *repeated(
                f"step in ({_NEXT})[:2]",
                "Next, by {{ step.due | date }}: {{ step.name }}"
                + given("step.gate", "; it counts as reached when this holds: {{ step.gate }}")
                + ".",
            ),
            "If asked about one partner: each sees its own joint roadmap only, never this one.",
        ],
        each="page in roadmap.timeline",
        note=f"{source('roadmap')} A bar is the work towards a milestone, its sign the due date; what goes by its id "
        "here has its name and gate in the ecosystem roadmap."
        + given("page.aims_left_out", " So has the aim of a horizon that has no room here."),
    )
    deck.keep_order(slide)
    _axis(deck)
    _lanes(deck)


def _headline() -> str:
    """What is to be true at the end of the horizon of today, by when, and whether anything is late."""
    status = given(
        _LATE,
        f"{tag(_LATE)} of {counted(_COUNT, 'milestone')} {given(f'{_LATE} == 1', 'is', 'are')} late",
        given(f"{_COUNT} == 1", "it is not late", f"none of {tag(_COUNT)} milestones is late"),
    )
    aim = given("horizon.aim", tag("horizon.aim | trim('.')"), tag("horizon.name"))
    now = f"{{% for horizon in {_NOW} %}}{aim} by {whole_date('horizon.end')}; {{% endfor %}}"
    return given("roadmap.milestones", f"Roadmap: {now}{status}", "No roadmap in the inputs yet")


def _placed(statements: tuple[str, ...], place: str, heard: str = "") -> str:
    """The alternative text of a shape that `statements` repeat, at `place`; `heard` is what a reader hears."""
    ends = "".join(f"{{% end{each.split()[0]} %}}" for each in reversed(statements))
    return "".join(f"{{% {each} %}}" for each in statements) + tag(f'place("Timeline", {place})') + heard + ends


def _axis(deck: Deck) -> None:
    slide = deck.last_slide
    add_drawn(slide, "Timeline", _AREA, "", Look(decorative=True))
    named = Run(tag("horizon.label"), bold=True, colour="tx2")
    add_drawn(
        slide,
        "Horizon",
        Box(_LEFT, _TOP, 2.0, 0.64),
        _placed(
            ("for horizon in page.horizons",), "across=(horizon.left, horizon.right), down=(0, page.axis)", "Horizon"
        ),
        Look(ground="bg2", outline="bg1", insets=(45720, 0, 45720, 0), anchor="t"),
        [Para((named, Run(given("horizon.label and horizon.aim", f": {tag('horizon.aim')}"))))],
    )
    for kind, top, edges, bold in (
        ("year", 2.23, "page.axis, page.middle", True),
        ("quarter", 2.44, "page.middle, page.top", False),
    ):
        add_drawn(
            slide,
            kind.capitalize(),
            Box(_LEFT, top, 1.0, 0.2),
            _placed(
                (f"for {kind} in page.{kind}s",),
                f"across=({kind}.left, {kind}.right), down=({edges})",
                kind.capitalize(),
            ),
            Look(),
            [Para(tag(f"{kind}.label"), bold=bold, colour="tx2" if bold else "tx1", align="ctr")],
        )
    add_drawn(
        slide,
        "Line of the quarter",
        Box(_LEFT, _LANES, 0, 1.0),
        _placed(("for quarter in page.quarters",), "across=quarter.left, down=(page.top, page.bottom)"),
        Look("line", outline="bg2", decorative=True),
    )


def _lanes(deck: Deck) -> None:
    """Shapes with the loops of lanes and marks first in their texts: they are read lane by lane, mark by mark."""
    slide = deck.last_slide
    add_drawn(
        slide,
        "Line of the lane",
        Box(MARGIN, _LANES, WIDTH, 0),
        _placed((_LANE,), "down=lane.top"),
        Look("line", outline="accent3", decorative=True),
    )
    add_drawn(
        slide,
        "Lane",
        Box(MARGIN, _LANES, _NAMES - 0.05, _LINE),
        _placed((_LANE,), "down=(lane.top, lane.bottom)", "Lane"),
        Look(anchor="t"),
        [Para(tag("lane.name"), bold=True)],
    )
    inside = 'if mark.side == "inside"'
    # Drawn apart, so that each can be seen and edited; data says where they stand.
    add_drawn(
        slide,
        "Bar with its name",
        Box(_LEFT, _LANES + 0.5, 1.0, _LINE - 0.015),
        _placed(
            (_LANE, _MARK, inside),
            "across=(mark.bar_left, mark.at), down=mark.middle",
            f"Work from {date('mark.start')} on {_DUE}",
        ),
        Look(ground="accent2-tint", insets=(27432, 0, 77724, 0)),
        [tag("mark.label")],
    )
    add_drawn(
        slide,
        "Bar",
        Box(_LEFT, _LANES + 1.0, 1.0, _LINE - 0.015),
        _placed(
            (_LANE, _MARK, 'if mark.bar_left is not none and mark.side != "inside"'),
            "across=(mark.bar_left, mark.at), down=mark.middle",
            f"Work from {date('mark.start')} on {_DUE}",
        ),
        Look(ground="accent2-tint"),
    )
    for across, (name, status, ground) in enumerate(
        (
            ("Milestone reached", '== "done"', "bg1"),
            ("Milestone late", '== "late"', "accent5"),
            ("Milestone", 'not in ("done", "late")', "tx2"),
        )
    ):
        add_drawn(
            slide,
            name,
            Box(_LEFT + 0.5 * across, _LANES + 1.5, _SIGN, _SIGN),
            _placed(
                (_LANE, _MARK, f"if mark.status {status}"),
                "across=mark.at, down=mark.middle",
                f"{name}: {_DUE}, lane {tag('lane.name')}",
            ),
            Look("diamond", ground=ground, outline="tx2"),
        )
    for side, align, down in (("right", "", 2.0), ("left", "r", 2.5)):
        add_drawn(
            slide,
            f"Label on the {side}",
            Box(_LEFT, _LANES + down, 1.0, _LINE),
            _placed(
                (_LANE, _MARK, f'if mark.side == "{side}"'),
                "across=(mark.label_left, mark.label_right), down=mark.middle",
                "Label",
            ),
            Look(insets=(18288, 0, 18288, 0)),
            [Para(tag("mark.label"), align=align)],
        )
