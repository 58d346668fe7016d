"""The negotiation of a contract: what we want, where we give way, where we walk away. All of it stays inside."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from govpack.model.base import ContractRef, Date, Id, Model, PersonRef, Prose, Text


class Issue(Model):
    """A point on which the sides differ."""

    id: Id = Field(description="Short id, such as N1")
    issue: Text = Field(description="The point in a few words")
    interest_bank: Prose | None = Field(default=None, description="Why it matters to us")
    interest_partner: Prose | None = Field(default=None, description="Why it matters to the partner")
    target: Prose | None = Field(default=None, description="What we ask for")
    acceptable: Prose | None = Field(default=None, description="What we would sign")
    walk_away: Prose | None = Field(default=None, description="What we would not sign")
    clause: Id | None = Field(
        default=None,
        description="The clause that holds it (in the inputs: an id of the kit's clauses; its fallbacks are shown)",
    )
    closed: tuple[Id, ...] = Field(
        default=(), description="Wordings of that clause that lie beyond the walk-away, such as fallback_2"
    )
    trades: Prose | None = Field(default=None, description="What we could give for it, or ask in return")
    priority: Literal["high", "medium", "low"] = Field(default="medium", description="How much it matters to us")


class Concession(Model):
    """A step in which we give something, and what we want for it."""

    step: int = Field(ge=1, le=50, description="Its place in the order, from 1")
    give: Prose = Field(description="What we give")
    get: Prose = Field(description="What we want for it")
    approver: PersonRef | None = Field(default=None, description="Who must agree before (an id in people)")


class NegotiationMember(Model):
    """Someone on our side of the table."""

    person: PersonRef = Field(description="Who (an id in people)")
    part: Text = Field(description="What this person does there, such as leads, keeps the record")


class NegotiationDate(Model):
    """A day that matters for the negotiation."""

    date: Date = Field(description="When it happens")
    event: Text = Field(description="What happens")


class Negotiation(Model):
    """How one contract is negotiated."""

    contract: ContractRef = Field(description="Which contract (an id in contracts)")
    objectives: tuple[Prose, ...] = Field(default=(), description="What we want from it, most important first")
    batna_bank: Prose | None = Field(default=None, description="What we do if there is no agreement")
    batna_partner: Prose | None = Field(default=None, description="What the partner does if there is none")
    zone: Prose | None = Field(default=None, description="Where an agreement is possible")
    issues: tuple[Issue, ...] = Field(default=(), description="The points on which the sides differ")
    concessions: tuple[Concession, ...] = Field(default=(), description="What we give for what, in order")
    questions: tuple[Prose, ...] = Field(default=(), description="What we want to know from the partner")
    red_lines: tuple[Prose, ...] = Field(default=(), description="What we never sign")
    team: tuple[NegotiationMember, ...] = Field(default=(), description="Our side of the table")
    calendar: tuple[NegotiationDate, ...] = Field(default=(), description="The days that matter, in order")
