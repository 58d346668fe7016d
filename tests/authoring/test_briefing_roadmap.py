"""The roadmap of the executive briefing: native shapes at their dates, in an order that can be read aloud."""

from __future__ import annotations

import datetime
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from authoring.deck.briefing import draw_executive_briefing
from pptx import Presentation

from govpack.inputs import read_pack
from govpack.model.pack import Pack
from govpack.model.view import plain_view
from govpack.template import compile_template

ROOT = Path(__file__).parents[2]
# The axis reaches from the first day of Q4 2026 to the last of Q4 2028.
FIRST, DAYS = datetime.date(2026, 10, 1), 823


@pytest.fixture(scope="module")
def pack() -> Pack:
    found, _ = read_pack(ROOT / "fixtures" / "nordhaven")
    assert found is not None
    return found


@pytest.fixture(scope="module")
def slides(pack: Pack) -> list[Any]:
    """The slides of the roadmap."""
    made = compile_template(draw_executive_briefing()).render(
        plain_view(pack, audience="internal"), locale=pack.pack.locale, currency=pack.pack.currency
    )
    deck = Presentation(BytesIO(made.data))
    return [slide for slide in deck.slides if slide.shapes.title.text_frame.text.startswith("Roadmap:")]


def heard(shape: Any) -> str:
    return str(shape._element.xpath("string(.//p:cNvPr/@descr)"))


def named(slides: list[Any], name: str) -> list[Any]:
    return [shape for slide in slides for shape in slide.shapes if shape.name == name]


def part(slide: Any, place: int) -> float:
    """How far along the axis a place in EMU is, from 0 to 1."""
    area = next(shape for shape in slide.shapes if shape.name == "Timeline")
    return (place - area.left) / area.width


def test_each_milestone_has_one_sign_whose_middle_stands_at_its_due_date(slides: list[Any], pack: Pack) -> None:
    due = {step.id: step.due for step in pack.roadmap.milestones}
    seen = []
    for slide in slides:
        for sign in (shape for shape in slide.shapes if shape.name.startswith("Milestone")):
            step = re.match(r"Milestone: (RM\d\d)", heard(sign))
            assert step is not None
            seen.append(step[1])
            expected = (due[step[1]] - FIRST).days / DAYS
            assert part(slide, sign.left + sign.width // 2) == pytest.approx(expected, abs=0.001), step[1]
    assert sorted(seen) == sorted(due)


def test_each_bar_reaches_from_the_start_of_the_work_to_the_due_date(slides: list[Any], pack: Pack) -> None:
    steps = {step.id: step for step in pack.roadmap.milestones if step.start}
    seen = []
    for slide in slides:
        for bar in (shape for shape in slide.shapes if shape.name in ("Bar", "Bar with its name")):
            said = re.search(r"on (RM\d\d) ", heard(bar))
            assert said is not None
            step = steps[said[1]]
            seen.append(step.id)
            assert step.start is not None
            assert part(slide, bar.left) == pytest.approx((step.start - FIRST).days / DAYS, abs=0.001)
            assert part(slide, bar.left + bar.width) == pytest.approx((step.due - FIRST).days / DAYS, abs=0.001)
    assert sorted(seen) == sorted(steps)


def test_the_axis_shows_each_quarter_and_horizon_on_every_slide(slides: list[Any]) -> None:
    for slide in slides:
        quarters = named([slide], "Quarter")
        assert [shape.text_frame.text for shape in quarters] == ["Q4", *["Q1", "Q2", "Q3", "Q4"] * 2]
        assert [shape.text_frame.text for shape in named([slide], "Year")] == ["2026", "2027", "2028"]
        horizons = named([slide], "Horizon")
        assert [shape.text_frame.text.split(":")[0] for shape in horizons] == ["Secure", "Prove", "Extend"]
        assert part(slide, horizons[1].left) == pytest.approx(182 / DAYS, abs=0.001)


def test_each_milestone_is_labelled_once_by_its_name_or_where_that_has_no_room_by_its_id(
    slides: list[Any], pack: Pack
) -> None:
    labels = [
        shape.text_frame.text
        for name in ("Bar with its name", "Label on the right", "Label on the left")
        for shape in named(slides, name)
    ]
    names = {step.id: f"{step.id} {step.name}" for step in pack.roadmap.milestones}
    assert sorted(label[:4] for label in labels) == sorted(names)
    assert all(label in (label[:4], names[label[:4]]) for label in labels)
    assert sum(label in names.values() for label in labels) >= 30


def test_the_roadmap_is_read_lane_by_lane_and_milestone_by_milestone(slides: list[Any], pack: Pack) -> None:
    lanes = {lane.id: lane.name for lane in pack.roadmap.lanes}
    of = {step.id: lanes[step.lane] for step in pack.roadmap.milestones}
    for slide in slides:
        shapes = list(slide.shapes)
        assert shapes[0] == slide.shapes.title
        assert shapes[-3].name == "Note"
        lane, order = "", []
        for shape in shapes:
            if shape.name == "Lane":
                lane = shape.text_frame.text
            if found := re.search(r"\b(RM\d\d)\b", heard(shape)):
                assert of[found[1]] == lane
                order.append(found[1])
        # What belongs to a milestone stands together.
        assert len([step for step, after in zip(order, [*order[1:], ""], strict=True) if step != after]) == len(
            set(order)
        )


def test_what_only_guides_the_eye_is_marked_as_decoration(slides: list[Any]) -> None:
    for slide in slides:
        for shape in slide.shapes:
            decorative = shape._element.xpath(".//*[local-name()='decorative'][@val='1']")
            assert bool(decorative) == (shape.name.startswith("Line of") or shape.name == "Timeline"), shape.name
            assert decorative or shape.is_placeholder or shape.name in ("Footer", "Slide Number") or heard(shape)


def test_late_and_reached_milestones_are_told_apart_by_a_word_and_not_by_their_colour_alone(pack: Pack) -> None:
    tree = pack.model_dump(mode="json", exclude_unset=True)
    tree["roadmap"]["milestones"][0]["status"] = "done"
    tree["roadmap"]["milestones"][2]["status"] = "late"
    changed = Pack.model_validate(tree)
    made = compile_template(draw_executive_briefing()).render(
        plain_view(changed, audience="internal"), locale=pack.pack.locale, currency=pack.pack.currency
    )
    deck = Presentation(BytesIO(made.data))
    said = [heard(shape) for slide in deck.slides for shape in slide.shapes]
    texts = [shape.text_frame.text for slide in deck.slides for shape in slide.shapes if shape.has_text_frame]
    assert sum(text.startswith("Milestone reached: RM01 ") for text in said) == 1
    assert sum(text.startswith("Milestone late: RM03 ") for text in said) == 1
    assert "RM03 Four agreements in force, late" in texts
