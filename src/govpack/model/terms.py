"""The parts of a contract: services, levels, credits, data, switching, results, and who holds which role."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from govpack.model.base import (
    Country,
    Date,
    Days,
    Derived,
    FunctionRef,
    Model,
    Money,
    Months,
    Negotiable,
    PackMember,
    Percent,
    PersonRef,
    Prose,
    Text,
    shared,
)
from govpack.model.dates import country_name
from govpack.model.people import Person


class Service(Model):
    """Something that the partner delivers."""

    name: Text = Field(description="Name of the service")
    description: Prose | None = Field(default=None, description="What it comprises")
    critical_function: FunctionRef | None = Field(
        default=None, description="The critical function it supports (an id in organisation.critical_functions)"
    )


class Fee(Model):
    """What is paid for what."""

    item: Text = Field(description="What is paid for")
    basis: Text = Field(description="How it is charged, such as per reserved GPU hour")
    amount: Money | None = Field(default=None, description="How much it is")


class Credit(Model):
    """A service credit: what is given back when availability falls below a threshold."""

    below: Percent = Field(le=100, description="Availability in percent below which the credit is due")
    pct: Percent = Field(le=100, description="Credit in percent of the credit basis")


class ServiceLevel(Model):
    """A service level beside availability."""

    metric: Text = Field(description="What is measured")
    measured: Text | None = Field(default=None, description="How it is measured")
    target: Text = Field(description="What must be reached")
    credit: Text | None = Field(default=None, description="What follows if it is missed")


class Subprocessor(PackMember):
    """Someone who processes personal data for the partner."""

    name: Text = Field(description="Legal name")
    country: Country = Field(description="Two-letter code of the country where it processes")
    service: Text = Field(description="What it does")

    @property
    @shared
    def country_name(self) -> str:
        """The country where it processes.

        In the language of the pack's locale.
        """
        return country_name(self.country, self._pack.pack.locale)


class PersonalData(Model):
    """The annex of processing that GDPR Art. 28(3) asks for."""

    subject: Prose | None = Field(default=None, description="Subject matter of the processing")
    nature: Prose | None = Field(default=None, description="Nature and purpose of the processing")
    data_types: tuple[Text, ...] = Field(default=(), description="Types of personal data")
    data_subjects: tuple[Text, ...] = Field(default=(), description="Whose data it is")
    retention: Prose | None = Field(default=None, description="How long the data is kept")
    transfers: Prose | None = Field(default=None, description="Transfers to third countries and their safeguards")
    subprocessors: tuple[Subprocessor, ...] = Field(default=(), description="Who processes for the partner")


class DataAct(Model):
    """Switching under the EU Data Act, for data processing services only."""

    in_scope: bool = Field(default=False, description="Whether the Data Act's switching rules bind this contract")
    switching_notice_months: Annotated[Months | None, Negotiable] = Field(
        default=None, description="Notice of switching, 2 months at most"
    )
    transition_days: Annotated[Days | None, Negotiable] = Field(
        default=None, description="Days for the transition, 30 at most as a rule"
    )
    customer_extension_months: Annotated[Months | None, Negotiable] = Field(
        default=None, description="Months by which we may extend the transition once"
    )
    retrieval_days: Annotated[Days | None, Negotiable] = Field(
        default=None, description="Days for fetching our data, at least 30"
    )
    switching_charge: Annotated[Money | None, Negotiable] = Field(
        default=None, description="Charge for switching; none from 12 January 2027"
    )
    website: Text | None = Field(
        default=None, description="Where the partner publishes jurisdiction and safeguards (Art. 28), without https://"
    )


class AiTerms(Model):
    """What is to be known where the partner supplies AI."""

    provider_role: Text | None = Field(
        default=None, description="The partner's role under the EU AI Act, such as provider of a general-purpose model"
    )
    high_risk: bool = Field(default=False, description="Whether it goes into a high-risk AI system of ours")
    fallback: Text | None = Field(default=None, description="What serves instead if the model fails or is withdrawn")


class DueDiligence(Model):
    """What we looked into before we signed. It stays inside."""

    done: Date | None = Field(default=None, description="When it was finished")
    findings: Prose | None = Field(default=None, description="What was found, and what is done about it")


class IpItem(Model):
    """A piece of intellectual property: brought along, made in the work, made together, or made beside it."""

    item: Text = Field(description="What it is")
    kind: Literal["background", "foreground", "joint result", "sideground"] = Field(
        description="Brought along (background), made (foreground), made together (joint result) or made aside"
    )
    owner: Text = Field(description="Who owns it, as words")
    licence: Prose | None = Field(default=None, description="What the other side may do with it")


class Milestone(Model):
    """A step of joint work, with the gate that must be passed."""

    name: Text = Field(description="Name of the step")
    due: Date | None = Field(default=None, description="When it is due")
    gate: Prose | None = Field(default=None, description="What must hold before work goes on")
    amount: Money | None = Field(default=None, description="What is paid when the gate is passed")


class TeamMember(Model):
    """Who holds a role on the partner's side."""

    holder: PersonRef = Field(description="Who holds the role (an id in people)")
    deputy: PersonRef | None = Field(default=None, description="Who stands in for the holder")


class RoleHolder(Derived):
    """A governance role with the people who hold it under one contract."""

    id: str
    name: str = Field(description="What the role is called")
    side: Literal["bank", "partner"]
    duties: Prose | None = Field(description="What the role does")
    holder: Person | None
    deputy: Person | None


class LevelOwners(Derived):
    """A level of escalation with the people who act on it under one contract."""

    level: int = Field(description="Number of the level, 1 is the first; a matter rises from level to level")
    name: str = Field(description="Who meets on this level, such as Executive sponsors")
    trigger: Prose | None = Field(description="What brings a matter here")
    respond_hours: int = Field(description="Hours until someone answers, from reaching the level")
    resolve_hours: int = Field(description="Hours until it is resolved or rises, from reaching the level")
    bank: Person | None
    partner: str | None
    partner_holder: Person | None
