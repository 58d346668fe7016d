"""The joint roadmap of a contract: what both sides commit to over the next one or two years, shared with its partner.

Nothing here is internal: what stands in it reaches the partner as it is.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from govpack.model.base import Date, Derived, Id, Model, Negotiable, Prose, Text, shared
from govpack.model.quarters import Quarter, quarters_of

if TYPE_CHECKING:
    from collections.abc import Iterable


class JointHorizon(Model):
    """A stretch of time with an aim that both sides share."""

    name: Text = Field(description="Name in documents, such as First year")
    start: Date | None = Field(default=None, description="First day")
    end: Date | None = Field(default=None, description="Last day")
    aim: Prose | None = Field(default=None, description="What is to be true at its end")


class Commitment(Model):
    """Something that one side promises the other."""

    id: Id = Field(description="Short id, such as N1")
    by: Literal["bank", "partner"] = Field(description="Who commits: bank or partner")
    what: Prose = Field(description="What is promised")
    due: Annotated[Date | None, Negotiable] = Field(default=None, description="By when")
    gate: Annotated[Prose | None, Negotiable] = Field(
        default=None, description="What must be true for it to count as kept"
    )
    measure: Annotated[Text | None, Negotiable] = Field(default=None, description="How that is measured")


class Theme(Model):
    """A subject on which both sides work together."""

    name: Text = Field(description="The subject in a few words")
    outcome: Prose | None = Field(default=None, description="What comes out of it")
    bank: Prose | None = Field(default=None, description="What we bring")
    partner: Prose | None = Field(default=None, description="What the partner brings")


class JointQuarter(Derived):
    """A column of the timeline: the horizon that holds most of the quarter, and what each side promises by its end."""

    label: Text = Field(description="Quarter of the calendar, such as Q1 2027")
    horizon: Text | None = Field(description="Name of the horizon that holds most of the quarter")
    from_bank: tuple[Commitment, ...]
    from_partner: tuple[Commitment, ...]


class JointRoadmap(Model):
    """What both sides of a contract plan together."""

    purpose: Prose | None = Field(default=None, description="What it is for")
    review: Text | None = Field(default=None, description="How often it is reviewed, and where")
    horizons: tuple[JointHorizon, ...] = Field(default=(), description="Stretches of time with a shared aim")
    commitments: Annotated[tuple[Commitment, ...], Negotiable] = Field(
        default=(), description="What each side promises"
    )
    themes: tuple[Theme, ...] = Field(default=(), description="Subjects of joint work")
    assumptions: tuple[Prose, ...] = Field(default=(), description="On what the plan rests")

    @property
    @shared
    def from_bank(self) -> tuple[Commitment, ...]:
        """Our commitments by due date; those without one come last."""
        return _by_date(each for each in self.commitments if each.by == "bank")

    @property
    @shared
    def from_partner(self) -> tuple[Commitment, ...]:
        """The partner's commitments by due date; those without one come last."""
        return _by_date(each for each in self.commitments if each.by == "partner")

    @property
    @shared
    def starts(self) -> datetime.date | None:
        """First day of the plan: that of its first horizon."""
        return min(self._days("start"), default=None)

    @property
    @shared
    def ends(self) -> datetime.date | None:
        """Last day of the plan: that of its last horizon."""
        return max(self._days("end"), default=None)

    @property
    @shared
    def timeline(self) -> tuple[JointQuarter, ...]:
        """The quarters from the first day of a horizon or due date to the last one, each with what falls in it."""
        days = [day for edge in ("start", "end") for day in self._days(edge)]
        days += [each.due for each in self.commitments if each.due is not None]
        return tuple(
            JointQuarter(
                label=quarter.label,
                horizon=self._horizon_of(quarter),
                from_bank=_due_in(quarter, self.from_bank),
                from_partner=_due_in(quarter, self.from_partner),
            )
            for quarter in quarters_of(days)
        )

    def _days(self, edge: Literal["start", "end"]) -> list[datetime.date]:
        """The first or last days of the horizons; where none is given, the days on which commitments are due."""
        days = [each.start if edge == "start" else each.end for each in self.horizons]
        given = [day for day in days if day is not None]
        return given or [each.due for each in self.commitments if each.due is not None]

    def _horizon_of(self, quarter: Quarter) -> str | None:
        most, name = 0, None
        for each in self.horizons:
            if each.start is not None and each.end is not None:
                shared_days = (min(each.end, quarter.end) - max(each.start, quarter.start)).days + 1
                if shared_days > most:
                    most, name = shared_days, each.name
        return name


def _due_in(quarter: Quarter, commitments: Iterable[Commitment]) -> tuple[Commitment, ...]:
    return tuple(each for each in commitments if each.due is not None and quarter.start <= each.due <= quarter.end)


def _by_date(commitments: Iterable[Commitment]) -> tuple[Commitment, ...]:
    return tuple(sorted(commitments, key=lambda each: (each.due is None, each.due or datetime.date.max)))
