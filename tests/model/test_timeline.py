"""The roadmap drawn to scale, where the example does not reach: nothing due, long lanes, many years, late work."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from tests.model.packs import small_pack

from govpack.model.roadmap import Roadmap
from govpack.model.timeline_axis import HEIGHT


def roadmap(*milestones: dict[str, Any], **fields: Any) -> Roadmap:
    """A roadmap of one lane with these milestones, each with a name of thirty letters if it says none."""
    rows = [
        {"id": f"M{number}", "name": "Thirty letters of what is due.", "lane": "us"} | each
        for number, each in enumerate(milestones)
    ]
    lanes = [{"id": "us", "name": "Us", "group": "bank"}]
    return small_pack(roadmap={"lanes": lanes, "milestones": rows} | fields).roadmap


def test_without_milestones_there_is_one_empty_page() -> None:
    (page,) = small_pack().roadmap.timeline
    assert (page.lanes, page.quarters, page.horizons) == ((), (), ())


def test_a_milestone_stands_where_its_day_begins_on_the_axis() -> None:
    (page,) = roadmap({"due": "2026-01-01"}, {"due": "2026-12-31", "start": "2026-07-02"}).timeline
    first, second = page.lanes[0].marks
    assert (first.at, first.bar_left) == (0, None)
    assert second.at == pytest.approx(Decimal(364) / 365, abs=Decimal("0.00001"))
    assert second.bar_left == pytest.approx(Decimal(182) / 365, abs=Decimal("0.00001"))
    assert [quarter.label for quarter in page.quarters] == ["Q1", "Q2", "Q3", "Q4"]


def test_no_two_labels_or_signs_of_a_line_meet() -> None:
    days = [f"2026-{month:02d}-{day:02d}" for month in range(1, 13) for day in (3, 11, 24)]
    pages = roadmap(*({"due": day, "start": day[:8] + "01"} for day in days)).timeline
    lines: dict[tuple[int, Decimal], list[tuple[Decimal, Decimal]]] = {}
    for number, page in enumerate(pages):
        for mark in (mark for lane in page.lanes for mark in lane.marks):
            left = min(mark.label_left, mark.at, mark.bar_left if mark.bar_left is not None else mark.at)
            lines.setdefault((number, mark.middle), []).append((left, max(mark.label_right, mark.at)))
            assert 0 <= left <= mark.label_right <= 1
    for spans in lines.values():
        assert all(before[1] <= after[0] for before, after in pairwise(sorted(spans)))


def test_a_lane_that_is_longer_than_a_page_goes_on_on_the_next() -> None:
    days = [f"2026-01-{day:02d}" for day in range(1, 30)]
    pages = roadmap(*({"due": day} for day in days), {"due": "2030-12-31"}).timeline
    assert len(pages) > 1
    assert all(page.lanes[0].name == "Us" for page in pages)
    assert sum(len(lane.marks) for page in pages for lane in page.lanes) == 30
    assert all(lane.lines <= HEIGHT and lane.bottom <= 1 for page in pages for lane in page.lanes)


def test_a_lane_is_as_high_as_its_name_and_no_two_lanes_overlap() -> None:
    name = "Rosenholm Institute for Trustworthy Machine Learning Research and its Foundation in Europe"
    lanes = [{"id": f"l{number}", "name": name, "group": "partners"} for number in range(9)]
    steps = [{"id": f"M{number}", "name": "Short", "lane": f"l{number}", "due": "2026-06-30"} for number in range(9)]
    pages = small_pack(roadmap={"lanes": lanes, "milestones": steps}).roadmap.timeline
    assert len(pages) > 1
    for page in pages:
        assert all(lane.lines >= 4 for lane in page.lanes)
        assert all(before.bottom <= after.top for before, after in pairwise(page.lanes))
        assert page.top <= page.lanes[0].top
        assert page.lanes[-1].bottom <= 1
    assert [lane.name for page in pages for lane in page.lanes] == [name] * 9


def test_a_long_lane_with_a_long_name_has_room_for_its_name_on_each_page() -> None:
    lanes = [{"id": "us", "name": "A consortium of several institutes with a name of three lines", "group": "bank"}]
    steps = [{"id": f"M{n}", "name": "Short", "lane": "us", "due": f"2026-01-{n:02d}"} for n in range(1, 30)]
    pages = small_pack(
        roadmap={"lanes": lanes, "milestones": [*steps, {"id": "M0", "name": "S", "lane": "us", "due": "2030-12-31"}]}
    ).roadmap.timeline
    assert len(pages) > 1
    assert all(page.lanes[0].lines >= 3 for page in pages)


def test_the_row_of_the_horizons_is_as_high_as_the_longest_aim_and_an_aim_without_room_is_counted() -> None:
    def horizons(aim: str) -> list[dict[str, str]]:
        return [
            {"name": "First", "start": "2026-01-01", "end": "2026-06-30", "aim": aim},
            {"name": "Second", "start": "2026-07-01", "end": "2026-12-31", "aim": "Short"},
        ]

    def page_of(aim: str) -> Any:
        return roadmap({"due": "2026-01-01"}, {"due": "2026-12-31"}, horizons=horizons(aim)).timeline[0]

    few, many, endless = (page_of(("Words of an aim. " * times).strip()) for times in (1, 15, 90))
    assert few.axis < many.axis
    assert few.horizons[0].aim == "Words of an aim."
    assert many.horizons[0].aim == ("Words of an aim. " * 15).strip()
    assert (endless.horizons[0].label, endless.horizons[0].aim) == ("First", None)
    assert (few.aims_left_out, many.aims_left_out, endless.aims_left_out) == (0, 0, 1)


def test_over_many_years_the_quarters_have_no_labels_and_short_years_neither() -> None:
    (page,) = roadmap({"due": "2026-11-01"}, {"due": "2036-02-01"}).timeline
    assert {quarter.label for quarter in page.quarters} == {""}
    assert [year.label for year in page.years] == ["", *(str(year) for year in range(2027, 2036)), ""]


def test_horizons_are_cut_to_the_axis_and_to_the_start_of_the_next() -> None:
    horizons = [
        {"name": "Later", "start": "2026-07-01", "end": "2027-06-30"},
        {"name": "Now", "start": "2025-01-01", "end": "2026-12-31"},
        {"name": "Past", "start": "2020-01-01", "end": "2020-12-31"},
    ]
    (page,) = roadmap({"due": "2026-01-01"}, {"due": "2026-12-31"}, horizons=horizons).timeline
    assert [each.label for each in page.horizons] == ["Now", "Later"]
    assert page.horizons[0].left == 0
    assert page.horizons[0].right == page.horizons[1].left
    assert page.horizons[1].right == 1


def test_what_is_late_says_so_where_it_is_named() -> None:
    (page,) = roadmap({"due": "2026-01-01", "status": "late"}, {"due": "2026-12-31"}).timeline
    assert page.lanes[0].marks[0].label == "M0 Thirty letters of what is due., late"
