"""Quarters of the calendar, as the columns of a timeline."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from pydantic import Field

from govpack.model.base import Derived
from govpack.model.dates import first_day_of_quarter, months_later

if TYPE_CHECKING:
    from collections.abc import Collection


class Quarter(Derived):
    """A quarter of a calendar year."""

    label: str = Field(description="Quarter of the calendar, such as Q1 2027")
    start: datetime.date
    end: datetime.date


def quarters_of(days: Collection[datetime.date]) -> tuple[Quarter, ...]:
    """The quarters from that of the first of `days` to that of the last, without a hole; none without a day."""
    if not days:
        return ()
    found: list[Quarter] = []
    start = first_day_of_quarter(min(days))
    while start <= max(days):
        following = months_later(start, 3)
        label = f"Q{(start.month + 2) // 3} {start.year}"
        found.append(Quarter(label=label, start=start, end=following - datetime.timedelta(days=1)))
        start = following
    return tuple(found)
