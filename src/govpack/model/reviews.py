"""Who was asked before drafting, and who reviewed what came out."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from govpack.model.base import Date, Id, Label, Model, PersonRef, Prose, Text


class Condition(Model):
    """What an approval depends on."""

    text: Prose = Field(description="What must be done or hold")
    owner: PersonRef | None = Field(default=None, description="Who sees to it (an id in people)")
    due: Date | None = Field(default=None, description="By when")


class Review(Model):
    """A review and its outcome. What stands here is stated by the inputs, not verified."""

    id: Id = Field(description="Short id, such as REV-1")
    type: Literal["executive", "legal", "procurement", "finance", "vendor governance", "panel"] = Field(
        description="Kind of review: executive, legal, procurement, finance, vendor governance or panel"
    )
    reviewers: tuple[PersonRef, ...] = Field(default=(), description="Who reviews (ids in people)")
    date: Date | None = Field(default=None, description="When it was or is to be done")
    document: Text | None = Field(default=None, description="Which document is reviewed")
    version: Label | None = Field(default=None, description="Which version of it")
    hash: Label | None = Field(
        default=None, description="SHA-256 of the file that was reviewed, whole or its first 12 characters"
    )
    outcome: Literal["approved", "approved with conditions", "rejected", "pending"] = Field(
        default="pending", description="What came out"
    )
    conditions: tuple[Condition, ...] = Field(default=(), description="What an approval depends on")


class Consultation(Model):
    """Advice taken before drafting."""

    function: Text = Field(description="Which function was asked: legal, procurement, finance")
    person: PersonRef | None = Field(default=None, description="Who gave the advice (an id in people)")
    date: Date | None = Field(default=None, description="When")
    advice: Prose | None = Field(default=None, description="What was advised")
