"""The roadmap drawn to scale: where each lane, bar and milestone stands on a wide slide, and what is written there.

Places are parts of the drawing's width and height, from 0 to 1. From above it holds the horizons with their aims, the
axis, and the lanes. Milestones of a lane share its lines where neither they nor their labels touch; a milestone is
named where its name fits, and goes by its id where it doesn't. Names of lanes and aims are never cut: a lane is as high
as its name, the row of the horizons as the longest aim, and an aim that would take a third of it is left out whole.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from govpack.model.base import Derived
from govpack.model.timeline_axis import EMS, HEIGHT, Axis, TimelineStretch, edges, part
from govpack.model.typeset import lines_of, width_of

if TYPE_CHECKING:
    from govpack.model.roadmap import Lane, Roadmap, RoadmapMilestone

# How many ems of bold type at 12 points the column of names beside the axis holds.
NAME_EMS = 10.9
# Half a milestone's sign, and the space between a label and what comes next, as parts of the width.
SIGN, GAP = 0.0095, 0.006


class TimelineMark(Derived):
    """A milestone as it is drawn: its sign at the due date, the bar from its start, and its label."""

    id: str
    name: str
    status: str
    start: datetime.date | None
    due: datetime.date
    bar_left: Decimal | None
    at: Decimal
    middle: Decimal
    label: str
    label_left: Decimal
    label_right: Decimal
    side: Literal["inside", "left", "right"]


class TimelineLane(Derived):
    """A lane with the lines that it takes on the page; one that is longer than a page goes on on the next."""

    name: str
    top: Decimal
    bottom: Decimal
    lines: int
    marks: tuple[TimelineMark, ...]


class TimelinePage(Derived):
    """What is drawn on one slide: all of the axis, and as many lanes as have room below it.

    The horizons reach from the upper edge to `axis`, the years from there to `middle`, the quarters to `top`; `bottom`
    is that of the last lane. `aims_left_out` counts the horizons whose aim has no room.
    """

    horizons: tuple[TimelineStretch, ...]
    years: tuple[TimelineStretch, ...]
    quarters: tuple[TimelineStretch, ...]
    lanes: tuple[TimelineLane, ...]
    axis: Decimal
    middle: Decimal
    top: Decimal
    bottom: Decimal
    aims_left_out: int = 0


class _Span:
    """A milestone on a line while room is sought: what it covers, its label included."""

    def __init__(self, milestone: RoadmapMilestone, axis: Axis) -> None:
        self.milestone = milestone
        self.at = axis.place(milestone.due)
        self.start = axis.place(milestone.start) if milestone.start is not None else None
        self.left = min(self.at - SIGN, self.start if self.start is not None else 1.0)
        self.right = self.at + SIGN
        self.name = f"{milestone.id} {milestone.name}{', late' if milestone.status == 'late' else ''}"
        self.label = ""
        self.side: Literal["inside", "left", "right"] = "right"
        self.write(milestone.id, 0.0, 1.0)

    @property
    def inside(self) -> float:
        """How much of the bar lies before the sign."""
        return self.at - SIGN - self.start if self.start is not None else 0.0

    def write(self, text: str, before: float, behind: float) -> bool:
        """Label it with `text` in its bar, or where it has room between `before` and `behind`; whether it has."""
        wide = _width(text)
        if wide <= self.inside:
            self.label, self.side = text, "inside"
        elif self.right + wide <= behind:
            self.label, self.side = text, "right"
        elif self.left - wide >= before:
            self.label, self.side = text, "left"
        else:
            return False
        return True

    @property
    def covers(self) -> tuple[float, float]:
        """From where to where, with the label."""
        wide = _width(self.label)
        return self.left - wide * (self.side == "left"), self.right + wide * (self.side == "right")

    @property
    def written(self) -> tuple[float, float]:
        """From where to where its label stands."""
        if self.side == "inside":
            assert self.start is not None
            return self.start, self.at - SIGN
        first, last = self.covers
        return (self.right, last) if self.side == "right" else (first, self.left)


_Lines = Sequence[Sequence[_Span]]


def timeline(roadmap: Roadmap) -> tuple[TimelinePage, ...]:
    """The roadmap as it is drawn, on as many pages as its lanes need; one page without lanes where nothing is due."""
    quarters = roadmap.quarters
    if not quarters:
        edge = Decimal(0)
        return (
            TimelinePage(horizons=(), years=(), quarters=(), lanes=(), axis=edge, middle=edge, top=edge, bottom=edge),
        )
    axis = Axis(quarters)
    horizons = axis.horizons(roadmap.horizons)
    row, middle, top = edges(horizons)
    aims = sum(1 for each in roadmap.horizons if each.aim and each.start <= axis.last and each.end >= axis.first)
    return tuple(
        TimelinePage(
            horizons=horizons,
            years=axis.years,
            quarters=axis.quarters,
            lanes=lanes,
            axis=part(row / HEIGHT),
            middle=part(middle / HEIGHT),
            top=part(top / HEIGHT),
            bottom=lanes[-1].bottom if lanes else part(top / HEIGHT),
            aims_left_out=aims - sum(1 for each in horizons if each.aim),
        )
        for lanes in _pages(roadmap.lanes, axis, top)
    )


def _pages(lanes: Sequence[Lane], axis: Axis, top: float) -> list[list[TimelineLane]]:
    """The lanes on as few pages as they need, on more lines where these pages have them and more names then fit."""
    drawn = [_lines(lane.milestones, axis, named=False) for lane in lanes]
    pages = _paged(lanes, drawn, top)
    named = [_lines(lane.milestones, axis, named=True) for lane in lanes]
    gains = [_names(more) - _names(few) for few, more in zip(drawn, named, strict=True)]
    for number in sorted(range(len(lanes)), key=lambda each: len(named[each]) - len(drawn[each]) - gains[each]):
        tried = [*drawn[:number], named[number], *drawn[number + 1 :]]
        if gains[number] > 0 and len(found := _paged(lanes, tried, top)) <= len(pages):
            drawn, pages = tried, found
    return pages


def _paged(lanes: Sequence[Lane], drawn: Sequence[_Lines], top: float) -> list[list[TimelineLane]]:
    """Pages of lanes below `top`; a lane is as high as its name, and goes on on the next page only where it must."""
    most = int(HEIGHT - top)
    pages: list[list[TimelineLane]] = [[]]
    used = 0
    for lane, lines in zip(lanes, drawn, strict=True):
        left = lines
        name = min(lines_of(lane.name, NAME_EMS, bold=True), most)
        while left:
            if used + name > most or (pages[-1] and len(left) <= most < used + len(left)):
                pages.append([])
                used = 0
            fits = left[: most - used]
            high = max(len(fits), name)
            pages[-1].append(_drawn(lane, fits, top + used, high))
            used += high
            left = left[len(fits) :]
    return pages


def _lines(milestones: Sequence[RoadmapMilestone], axis: Axis, *, named: bool) -> _Lines:
    """The milestones on as few lines as their ids need, or their names; one line at least.

    A name is written wherever it fits then.
    """
    lines: list[list[_Span]] = []
    for span in sorted((_Span(each, axis) for each in milestones), key=lambda each: each.left):
        if named:
            span.write(span.name, 0.0, 1.0)
        line = next((line for line in lines if _has_room(line, span)), None)
        if line is None:
            lines.append([span])
        else:
            line.append(span)
    for line in lines:
        line.sort(key=lambda each: each.left)
        for number, span in enumerate(line):
            before = line[number - 1].covers[1] + GAP if number else 0.0
            behind = line[number + 1].covers[0] - GAP if number + 1 < len(line) else 1.0
            span.write(span.name, before, behind)
    return lines or [[]]


def _names(lines: _Lines) -> int:
    """How many milestones are named."""
    return sum(span.label == span.name for line in lines for span in line)


def _has_room(line: Sequence[_Span], span: _Span) -> bool:
    first, last = span.covers
    return all(last + GAP <= other.covers[0] or first - GAP >= other.covers[1] for other in line)


def _drawn(lane: Lane, lines: Sequence[Sequence[_Span]], above: float, high: int) -> TimelineLane:
    """`lines` of the lane below `above`, in a stretch that is `high` lines."""
    marks = [
        TimelineMark(
            id=span.milestone.id,
            name=span.milestone.name,
            status=span.milestone.status,
            start=span.milestone.start,
            due=span.milestone.due,
            bar_left=part(span.start) if span.start is not None and span.start < span.at else None,
            at=part(span.at),
            middle=part((above + number + 0.5) / HEIGHT),
            label=span.label,
            label_left=part(span.written[0]),
            label_right=part(span.written[1]),
            side=span.side,
        )
        for number, line in enumerate(lines)
        for span in line
    ]
    return TimelineLane(
        name=lane.name,
        top=part(above / HEIGHT),
        bottom=part((above + high) / HEIGHT),
        lines=high,
        marks=sorted(marks, key=lambda mark: mark.due),
    )


def _width(text: str) -> float:
    """The part of the axis' width that `text` takes, with a little to spare."""
    return (width_of(text) + 0.5) / EMS
