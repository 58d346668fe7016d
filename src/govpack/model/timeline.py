"""The roadmap drawn to scale: where each lane, bar and milestone stands on a wide slide, and what is written there.

Places are parts of the drawing's width and height, from 0 to 1. Milestones of a lane share its lines where neither
they nor their labels touch; a milestone is named where its name fits, and goes by its id where it doesn't.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from govpack.model.base import Derived

if TYPE_CHECKING:
    from govpack.model.quarters import Quarter
    from govpack.model.roadmap import Horizon, Lane, Roadmap, RoadmapMilestone

# A slide of 13.33 inches has room for so many lines, and for so many ems of type across them, at 12 points.
LINES, EMS = 16, 63.0
# How wide letters are in a proportional face, in ems (Calibri's, and a little more than Arial Narrow's).
_WIDTHS = dict.fromkeys(" ijlI.,:;!|'’()", 0.27) | dict.fromkeys("frtcsz-/J", 0.4) | dict.fromkeys("mwMW@%", 0.86)
_CAPITAL, _FIGURE, _LETTER, _OTHER = 0.6, 0.51, 0.53, 0.65
_PROSE = 0.49  # the mean of prose
# Half a milestone's sign, and the space between a label and what comes next, as parts of the width.
SIGN, GAP = 0.0095, 0.006
# Up to so many quarters each has its label; a stretch that is narrower than this has no room for one.
_LABELLED, _NARROW = 32, 0.042


class TimelineStretch(Derived):
    """A stretch of the axis with its label: a horizon with its aim, a year, or a quarter."""

    label: str
    aim: str | None = None
    left: Decimal
    right: Decimal
    letters: int


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
    """What is drawn on one slide: all of the axis, and as many lanes as have room below it."""

    horizons: tuple[TimelineStretch, ...]
    years: tuple[TimelineStretch, ...]
    quarters: tuple[TimelineStretch, ...]
    lanes: tuple[TimelineLane, ...]
    bottom: Decimal


class _Span:
    """A milestone on a line while room is sought: what it covers, its label included."""

    def __init__(self, milestone: RoadmapMilestone, axis: _Axis) -> None:
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


class _Axis:
    """The days from the first day of the first quarter to the last day of the last."""

    def __init__(self, quarters: Sequence[Quarter]) -> None:
        self.first, self.last = quarters[0].start, quarters[-1].end
        self._days = (self.last - self.first).days + 1

    def place(self, day: datetime.date) -> float:
        """Where the day begins."""
        return (day - self.first).days / self._days

    def stretch(self, label: str, start: datetime.date, end: datetime.date, aim: str | None = None) -> TimelineStretch:
        """The days from `start` to `end`, as far as they are on the axis."""
        left = self.place(max(start, self.first))
        right = self.place(min(end, self.last) + datetime.timedelta(days=1))
        return TimelineStretch(
            label=label if right - left >= _NARROW else "",
            aim=aim,
            left=_part(left),
            right=_part(right),
            letters=int((right - left) * EMS / _PROSE),
        )


def timeline(roadmap: Roadmap) -> tuple[TimelinePage, ...]:
    """The roadmap as it is drawn, on as many pages as its lanes need; one page without lanes where nothing is due."""
    quarters = roadmap.quarters
    if not quarters:
        return (TimelinePage(horizons=(), years=(), quarters=(), lanes=(), bottom=Decimal(0)),)
    axis = _Axis(quarters)
    shown = [_with_label(axis, quarter, few=len(quarters) <= _LABELLED) for quarter in quarters]
    years = [
        axis.stretch(str(year), datetime.date(year, 1, 1), datetime.date(year, 12, 31))
        for year in range(axis.first.year, axis.last.year + 1)
    ]
    horizons = _horizons(roadmap.horizons, axis)
    return tuple(
        TimelinePage(
            horizons=horizons, years=years, quarters=shown, lanes=lanes, bottom=lanes[-1].bottom if lanes else 0
        )
        for lanes in _pages(roadmap.lanes, axis)
    )


def _with_label(axis: _Axis, quarter: Quarter, *, few: bool) -> TimelineStretch:
    made = axis.stretch("", quarter.start, quarter.end)
    return made.model_copy(update={"label": quarter.label.split()[0] if few else ""})


def _horizons(horizons: Sequence[Horizon], axis: _Axis) -> list[TimelineStretch]:
    """The horizons on the axis by their start, each up to the start of the next."""
    ordered = sorted(horizons, key=lambda each: each.start)
    ends = [min(each.end, later.start - datetime.timedelta(days=1)) for each, later in pairwise(ordered)]
    ends += [each.end for each in ordered[-1:]]
    return [
        axis.stretch(each.name, each.start, end, each.aim)
        for each, end in zip(ordered, ends, strict=True)
        if max(each.start, axis.first) <= min(end, axis.last)
    ]


def _pages(lanes: Sequence[Lane], axis: _Axis) -> list[list[TimelineLane]]:
    """The lanes on as few pages as they need, on more lines where these pages have them and more names then fit."""
    drawn = [_lines(lane.milestones, axis, named=False) for lane in lanes]
    pages = _paged(lanes, drawn)
    named = [_lines(lane.milestones, axis, named=True) for lane in lanes]
    gains = [_names(more) - _names(few) for few, more in zip(drawn, named, strict=True)]
    for number in sorted(range(len(lanes)), key=lambda each: len(named[each]) - len(drawn[each]) - gains[each]):
        tried = [*drawn[:number], named[number], *drawn[number + 1 :]]
        if gains[number] > 0 and len(found := _paged(lanes, tried)) <= len(pages):
            drawn, pages = tried, found
    return pages


def _paged(lanes: Sequence[Lane], drawn: Sequence[_Lines]) -> list[list[TimelineLane]]:
    pages: list[list[TimelineLane]] = [[]]
    used = 0
    for lane, lines in zip(lanes, drawn, strict=True):
        left = lines
        while left:
            if used == LINES or (pages[-1] and len(left) <= LINES < used + len(left)):
                pages.append([])
                used = 0
            fits = left[: LINES - used]
            pages[-1].append(_drawn(lane, fits, used))
            used += len(fits)
            left = left[len(fits) :]
    return pages


def _lines(milestones: Sequence[RoadmapMilestone], axis: _Axis, *, named: bool) -> _Lines:
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


def _drawn(lane: Lane, lines: Sequence[Sequence[_Span]], used: int) -> TimelineLane:
    marks = [
        TimelineMark(
            id=span.milestone.id,
            name=span.milestone.name,
            status=span.milestone.status,
            start=span.milestone.start,
            due=span.milestone.due,
            bar_left=_part(span.start) if span.start is not None and span.start < span.at else None,
            at=_part(span.at),
            middle=_part((used + number + 0.5) / LINES),
            label=span.label,
            label_left=_part(span.written[0]),
            label_right=_part(span.written[1]),
            side=span.side,
        )
        for number, line in enumerate(lines)
        for span in line
    ]
    return TimelineLane(
        name=lane.name,
        top=_part(used / LINES),
        bottom=_part((used + len(lines)) / LINES),
        lines=len(lines),
        marks=sorted(marks, key=lambda mark: mark.due),
    )


def _width(text: str) -> float:
    """The part of the drawing's width that `text` takes, with a little to spare."""
    return (sum(map(_sign_width, text)) + 0.5) / EMS


def _sign_width(sign: str) -> float:
    known = _WIDTHS.get(sign)
    if known is not None:
        return known
    if sign.isdigit():
        return _FIGURE
    return _CAPITAL if sign.isupper() else _LETTER if sign.isascii() else _OTHER


def _part(value: float) -> Decimal:
    return Decimal(f"{value:.5f}")
