"""The roadmap drawn to scale, where the example does not reach: nothing due, long lanes, many years, late work."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from tests.model.packs import small_pack

from govpack.model.roadmap import Roadmap
from govpack.model.timeline import LINES


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
    assert all(lane.lines <= LINES and lane.bottom <= 1 for page in pages for lane in page.lanes)


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
