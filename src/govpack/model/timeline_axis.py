"""The axis of the drawn roadmap: its days and what they are called, and the horizons with what text has room there."""

from __future__ import annotations

import datetime
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from govpack.model.base import Derived
from govpack.model.typeset import broken, lines_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govpack.model.quarters import Quarter
    from govpack.model.roadmap import Horizon

# The drawing is so many lines of 0.22 inches high; so many ems of type at 12 points stand across its axis.
HEIGHT, EMS = 21.8, 61.5
# What a line of text takes of a line of the drawing, what stands around a horizon's text, and years and quarters.
_TEXT, _AROUND, _LABELS = 0.925, 0.1, 1.86
# An aim of more lines would leave too little room for lanes.
_MOST, _INSET = 8, 0.7
# Up to so many quarters each has its label; a stretch that is narrower than this has no room for one.
_LABELLED, _NARROW = 32, 0.042


class TimelineStretch(Derived):
    """A stretch of the axis with its label: a horizon with its aim, a year, or a quarter."""

    label: str
    aim: str | None = None
    left: Decimal
    right: Decimal

    @property
    def lines(self) -> int:
        """The lines of text that a horizon takes: its name and its aim."""
        return lines_of(f"{self.label}: {self.aim or ''}", self.room())

    def room(self) -> float:
        """How many ems of a horizon's text stand in a line."""
        return float(self.right - self.left) * EMS - _INSET


class Axis:
    """The days from the first day of the first quarter to the last day of the last."""

    def __init__(self, quarters: Sequence[Quarter]) -> None:
        self._quarters = quarters
        self.first, self.last = quarters[0].start, quarters[-1].end
        self._days = (self.last - self.first).days + 1

    def place(self, day: datetime.date) -> float:
        """Where the day begins."""
        return (day - self.first).days / self._days

    @property
    def quarters(self) -> list[TimelineStretch]:
        """Each quarter, with its label where there are few enough."""
        few = len(self._quarters) <= _LABELLED
        return [self._stretch(each.label.split()[0] if few else "", each.start, each.end) for each in self._quarters]

    @property
    def years(self) -> list[TimelineStretch]:
        """Each year, as far as it is on the axis."""
        return [
            self._stretch(str(year), datetime.date(year, 1, 1), datetime.date(year, 12, 31))
            for year in range(self.first.year, self.last.year + 1)
        ]

    def horizons(self, horizons: Sequence[Horizon]) -> list[TimelineStretch]:
        """The horizons on the axis by their start, each up to the start of the next, with the text that has room."""
        ordered = sorted(horizons, key=lambda each: each.start)
        ends = [min(each.end, later.start - datetime.timedelta(days=1)) for each, later in pairwise(ordered)]
        ends += [each.end for each in ordered[-1:]]
        return [
            _fitted(self._stretch(each.name, each.start, end, each.aim))
            for each, end in zip(ordered, ends, strict=True)
            if max(each.start, self.first) <= min(end, self.last)
        ]

    def _stretch(self, label: str, start: datetime.date, end: datetime.date, aim: str | None = None) -> TimelineStretch:
        left = self.place(max(start, self.first))
        right = self.place(min(end, self.last) + datetime.timedelta(days=1))
        shown = label if right - left >= _NARROW else ""
        return TimelineStretch(label=shown, aim=aim, left=part(left), right=part(right))


def _fitted(horizon: TimelineStretch) -> TimelineStretch:
    """The horizon without what has no room: without its aim, or without its name, too. Neither is ever cut."""
    if not horizon.label or broken(horizon.label, horizon.room()):
        return horizon.model_copy(update={"label": "", "aim": None})
    if horizon.aim and (horizon.lines > _MOST or broken(horizon.aim, horizon.room())):
        return horizon.model_copy(update={"aim": None})
    return horizon


def edges(horizons: Sequence[TimelineStretch]) -> tuple[float, float, float]:
    """Where the row of `horizons` ends, where the years do, and the quarters, in lines of the drawing."""
    row = max((each.lines * _TEXT + _AROUND for each in horizons), default=0.0)
    return row, row + _LABELS / 2, row + _LABELS


def part(value: float) -> Decimal:
    """A part of the drawing's width or height, as pages hold it."""
    return Decimal(f"{value:.5f}")
