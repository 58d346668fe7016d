"""The joint roadmap of a contract: what both sides commit to over the next one or two years, shared with its partner.

Nothing here is internal: what stands in it reaches the partner as it is.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from govpack.model.base import Date, Id, Model, Negotiable, Prose, Text, shared

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
    due: Date | None = Field(default=None, description="By when")
    gate: Prose | None = Field(default=None, description="What must be true for it to count as kept")
    measure: Text | None = Field(default=None, description="How that is measured")


class Theme(Model):
    """A subject on which both sides work together."""

    name: Text = Field(description="The subject in a few words")
    outcome: Prose | None = Field(default=None, description="What comes out of it")
    bank: Prose | None = Field(default=None, description="What we bring")
    partner: Prose | None = Field(default=None, description="What the partner brings")


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


def _by_date(commitments: Iterable[Commitment]) -> tuple[Commitment, ...]:
    return tuple(sorted(commitments, key=lambda each: (each.due is None, each.due or datetime.date.max)))
