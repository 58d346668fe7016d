"""The organisation that runs the programme: the bank of the example."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from govpack.model.base import Hours, Id, Internal, Label, Measure, Model, PersonRef, Prose, Text, fill


class CriticalFunction(Model):
    """A critical or important function of the organisation that partners support."""

    id: Id = Field(description="Short id, such as F-PAY")
    name: Text = Field(description="What the function does, such as payment fraud scoring")
    rto_hours: Hours | None = Field(default=None, description="Hours within which the function must run again")
    rpo_minutes: int | None = Field(default=None, ge=0, description="Minutes of data that may be lost at most")


class Organisation(Model):
    """Who we are, as contracts must name us."""

    name: Text = Field(description="Everyday name, such as Example Bank")
    legal_name: Text = Field(description="Registered name, such as Example Bank plc")
    registered_in: Text = Field(description="Country of registration, in words")
    registration: Label | None = Field(default=None, description="Register and number, such as company number 123456")
    address: Text | None = Field(default=None, description="Registered office, on one line")
    lei: Label | None = Field(default=None, description="Legal entity identifier")
    sector: Text | None = Field(default=None, description="Line of business, such as retail and commercial banking")
    short_name: Text | None = Field(
        default=None, description="Name used inside documents; the everyday name where it is left out"
    )
    regulators: tuple[Text, ...] = Field(default=(), description="Authorities that supervise us")
    supervisor_note: Annotated[Prose | None, Internal] = Field(
        default=None, description="How we are supervised; stays inside"
    )
    ai_act_role: Annotated[Prose | None, Internal] = Field(
        default=None, description="Our role under the EU AI Act; stays inside"
    )
    critical_functions: tuple[CriticalFunction, ...] = Field(
        default=(), description="Critical or important functions, with how soon each must run again"
    )

    @model_validator(mode="after")
    def _fill_in(self) -> Self:
        """What follows from the rest is filled in."""
        fill(self, "short_name", self.name)
        return self


class CustomerCouncil(Model):
    """The council in which customers tell us what they think."""

    members: int | None = Field(default=None, ge=1, description="How many members it has")
    meets: Text | None = Field(default=None, description="How often it meets, such as quarterly")
    chair: PersonRef | None = Field(default=None, description="Who chairs it (an id in people)")
    csat: Measure | None = Field(default=None, description="Customer satisfaction, in points of 10")
    purpose: Prose | None = Field(default=None, description="What it is for")
