"""What the parties agree: the fields of a contract, and what follows from them alone."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import Field, model_validator

from govpack.model.base import (
    HUNDRED,
    Country,
    Date,
    Days,
    Hours,
    Id,
    Internal,
    Money,
    Months,
    Negotiable,
    PackMember,
    PartnerRef,
    Percent,
    PersonRef,
    Prose,
    RoleRef,
    Text,
    fill,
    tidy,
)
from govpack.model.dates import last_day_of_term
from govpack.model.joint_roadmap import JointRoadmap
from govpack.model.terms import (
    AiTerms,
    Credit,
    DataAct,
    DueDiligence,
    Fee,
    IpItem,
    Milestone,
    PersonalData,
    Service,
    ServiceLevel,
    TeamMember,
)

if TYPE_CHECKING:
    import datetime

AgreementType = Literal["services agreement", "co-innovation agreement"]


class Agreed(PackMember):
    """The terms of an agreement with one partner. What is not agreed yet may be left out: a draft shows the gap."""

    id: Id = Field(description="Short id, such as C-ALP")
    title: Text | None = Field(default=None, description="Title on the cover, if the kind is not enough")
    partner: PartnerRef = Field(description="With whom (an id in partners)")
    type: AgreementType = Field(
        description="Which kind of agreement is drafted: services agreement or co-innovation agreement"
    )
    kind: Text | None = Field(default=None, description="What it is called, such as cloud services agreement")
    status: Literal["draft", "in negotiation", "agreed", "signed"] = Field(default="draft", description="How far it is")
    purpose: Prose | None = Field(default=None, description="What the agreement is for, in one sentence")
    services: tuple[Service, ...] = Field(default=(), description="What the partner delivers")

    effective: Annotated[Date | None, Negotiable] = Field(default=None, description="First day of the agreement")
    expires: Annotated[Date | None, Negotiable] = Field(
        default=None,
        description="Last day; worked out where left out, as effective + term − 1 day",
    )
    term: Annotated[Months | None, Negotiable] = Field(
        default=None, ge=1, description="Length of the agreement in months"
    )
    renewal: Annotated[Text | None, Negotiable] = Field(default=None, description="How it may be renewed, in words")

    annual_commitment: Annotated[Money | None, Negotiable] = Field(default=None, description="What we commit to a year")
    commitment_total: Annotated[Money | None, Negotiable] = Field(
        default=None,
        description="Commitment over the term; worked out where left out, as annual_commitment × term ÷ 12",
    )
    price_adjustment: Annotated[Prose | None, Negotiable] = Field(default=None, description="How prices may change")
    indexation: Annotated[Text | None, Negotiable] = Field(
        default=None, description="Whether and by which index prices rise with the years"
    )
    renewal_price_cap_pct: Annotated[Percent | None, Negotiable] = Field(
        default=None, description="Highest rise of prices at renewal, in percent"
    )
    fees: Annotated[tuple[Fee, ...], Negotiable] = Field(default=(), description="What is paid for what")
    payment_days: Annotated[Days | None, Negotiable] = Field(default=None, description="Days to pay an invoice")

    cap_pct: Annotated[Percent | None, Negotiable] = Field(
        default=None, description="General liability cap of a contract year, in percent of a year's commitment"
    )
    cap: Annotated[Money | None, Negotiable] = Field(
        default=None,
        description="General cap as an amount; worked out where left out, as annual_commitment × cap_pct ÷ 100",
    )
    supercap_pct: Annotated[Percent | None, Negotiable] = Field(
        default=None, description="Cap for data and security, in percent of a year's commitment"
    )
    supercap: Annotated[Money | None, Negotiable] = Field(
        default=None,
        description="Cap for data and security; worked out where left out, as annual_commitment × supercap_pct ÷ 100",
    )
    uncapped: Annotated[tuple[Text, ...], Negotiable] = Field(
        default=(), description="For what liability has no cap, such as fraud"
    )
    insurance: Annotated[Prose | None, Negotiable] = Field(default=None, description="Insurance the partner holds")

    uptime_pct: Annotated[Percent | None, Negotiable] = Field(
        default=None, le=100, description="Availability promised for a month, in percent"
    )
    credits: Annotated[tuple[Credit, ...], Negotiable] = Field(
        default=(), description="Service credits by availability, mildest first"
    )
    credit_basis: Annotated[Text | None, Negotiable] = Field(default=None, description="Of what credits are a share")
    service_levels: Annotated[tuple[ServiceLevel, ...], Negotiable] = Field(
        default=(), description="Service levels beside availability"
    )
    capacity_hours_target_pct: Annotated[Percent | None, Negotiable] = Field(
        default=None, le=100, description="Share of reserved capacity hours to be delivered, in percent"
    )

    notice_bank_days: Annotated[Days | None, Negotiable] = Field(default=None, description="Our notice, in days")
    notice_provider_days: Annotated[Days | None, Negotiable] = Field(
        default=None, description="The partner's notice, in days"
    )
    transition_months: Annotated[Months | None, Negotiable] = Field(
        default=None, description="Months for which the partner goes on serving us while we leave"
    )
    incident_notice_hours: Annotated[Hours | None, Negotiable] = Field(
        default=None, description="Hours within which the partner tells us of an incident"
    )
    rto_hours: Annotated[Hours | None, Negotiable] = Field(
        default=None, description="Hours within which the service runs again"
    )
    rpo_minutes: Annotated[int | None, Negotiable] = Field(
        default=None, ge=0, description="Minutes of data that may be lost at most"
    )

    storage: tuple[Country, ...] = Field(default=(), description="Countries where data is stored, two-letter codes")
    processing: tuple[Country, ...] = Field(default=(), description="Countries where data is processed")
    data_role: Literal["processor", "controller", "none"] = Field(
        default="none", description="The partner's role for personal data: processor, controller, or none"
    )
    data_note: Prose | None = Field(default=None, description="What else to say about that role")
    personal_data: PersonalData | None = Field(default=None, description="The annex of processing")
    data_act: DataAct = Field(default=DataAct(), description="Switching under the EU Data Act")
    transfer_mechanism: Annotated[Text | None, Negotiable] = Field(
        default=None, description="What a transfer of personal data to a third country rests on; none if there is none"
    )
    training_on_bank_data: bool = Field(default=False, description="Whether our data may train the partner's models")
    model_notice_days: Annotated[Days | None, Negotiable] = Field(
        default=None,
        description="Days of notice before a model is changed or withdrawn (in the inputs: it brings in the AI terms)",
    )
    ai: AiTerms = Field(default=AiTerms(), description="What is to be known where the partner supplies AI")
    publication_review_days: Annotated[Days | None, Negotiable] = Field(
        default=None, description="Days we have to review a publication"
    )
    ip_items: Annotated[tuple[IpItem, ...], Negotiable] = Field(
        default=(), description="Intellectual property brought along and made"
    )
    milestones: Annotated[tuple[Milestone, ...], Negotiable] = Field(
        default=(), description="Steps of joint work with their gates"
    )

    joint_roadmap: JointRoadmap = Field(
        default=JointRoadmap(), description="What both sides plan together; the partner reads it as it is"
    )

    tender_route: Annotated[Prose | None, Internal] = Field(
        default=None, description="How the partner was chosen, and on what grounds"
    )
    due_diligence: Annotated[DueDiligence, Internal] = Field(
        default=DueDiligence(), description="What we looked into before we signed"
    )
    approval_limit: Annotated[Text | None, Internal] = Field(default=None, description="Who may approve up to what")
    signatory_bank: PersonRef | None = Field(default=None, description="Who signs for us (an id in people)")
    signatory_partner: PersonRef | None = Field(default=None, description="Who signs for the partner (an id in people)")
    team: dict[RoleRef, TeamMember] = Field(
        default={}, description="Who holds each role of the partner's side: role id → holder and deputy"
    )
    clauses: Annotated[dict[Id, Id], Internal] = Field(
        default={}, description="Variants chosen: clause id → variant, where not the preferred one"
    )
    omit_clauses: Annotated[tuple[Id, ...], Internal] = Field(default=(), description="Clauses to leave out, by id")

    @model_validator(mode="after")
    def _fill_in(self) -> Self:
        """What follows from the rest is filled in, by the same formulas that `Pack.problems` holds it against."""
        fill(self, "expires", self.expiry())
        fill(self, "commitment_total", self.commitment())
        fill(self, "cap", self.of_annual_commitment(self.cap_pct))
        fill(self, "supercap", self.of_annual_commitment(self.supercap_pct))
        return self

    def credit_pct_at(self, uptime_pct: Decimal) -> Decimal:
        """The service credit in percent of the credit basis at a given availability: the highest that is due."""
        return max((credit.pct for credit in self.credits if uptime_pct < credit.below), default=Decimal(0))

    def expiry(self) -> datetime.date | None:
        """Last day by term: first day + term in months − 1 day."""
        return last_day_of_term(self.effective, self.term) if self.effective and self.term else None

    def commitment(self) -> Decimal | None:
        """Commitment over the term: a year's commitment × months ÷ 12."""
        if self.annual_commitment is None or self.term is None:
            return None
        return tidy(self.annual_commitment * self.term / 12, 2)

    def of_annual_commitment(self, pct: Decimal | None) -> Decimal | None:
        """`pct` percent of a year's commitment: how caps are set."""
        if self.annual_commitment is None or pct is None:
            return None
        return tidy(self.annual_commitment * pct / HUNDRED, 2)
