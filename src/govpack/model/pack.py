"""The pack as a whole: everything the inputs say, linked."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from babel import Locale, UnknownLocaleError
from pydantic import AfterValidator, Field, PrivateAttr, model_validator
from pydantic_core import PydanticCustomError

from govpack.model.base import Date, Form, Id, Internal, Label, Model, PersonRef, Problem, Text, shared
from govpack.model.briefing import Briefing
from govpack.model.contracts import Contract
from govpack.model.dates import months_later
from govpack.model.enablement import Enablement
from govpack.model.exit_plans import ExitPlan
from govpack.model.figures import Figures
from govpack.model.governance import Governance, Role
from govpack.model.links import Links
from govpack.model.negotiations import Negotiation
from govpack.model.organisation import CustomerCouncil, Organisation
from govpack.model.partners import Partner
from govpack.model.people import Person
from govpack.model.reviews import Consultation, Review
from govpack.model.risks import Risk
from govpack.model.roadmap import Roadmap, RoadmapMilestone
from govpack.model.rubric import Rubric
from govpack.model.rules import find_problems
from govpack.model.scorecards import Scorecards
from govpack.model.strategy import Strategy

if TYPE_CHECKING:
    import datetime


def _known_locale(value: str) -> str:
    try:
        Locale.parse(value, sep="-")
    except (ValueError, UnknownLocaleError):
        raise PydanticCustomError(
            "unknown_locale", "Input should be a language and country that are known, such as en-IE"
        ) from None
    return value


class Source(Model):
    """An earlier deliverable that this pack builds on."""

    id: Id = Field(description="Short id, such as MOD-402")
    module: Text | None = Field(default=None, description="Module or project that it comes from")
    title: Text = Field(description="Title of the deliverable")
    version: Label | None = Field(default=None, description="Version that was used")
    used_in: Text | None = Field(default=None, description="Where in this pack it is used")


class About(Model):
    """What the pack is: title, version, status, date."""

    title: Text = Field(description="Title of the programme, on every cover")
    kit: Id = Field(default="partnership", description="Kit of templates that it is built with")
    version: Label = Field(default="0.1", description="Version, such as 1.0")
    status: Literal["draft", "subject to contract", "issued"] = Field(
        default="draft", description="draft and subject to contract may have gaps; issued may not"
    )
    as_of: Date = Field(description="Date on which the facts stand")
    locale: Annotated[str, AfterValidator(_known_locale)] = Field(
        default="en-IE", description="Language and country for dates and numbers, such as en-IE"
    )
    currency: Annotated[str, Form("a code of three letters")] = Field(
        default="EUR", pattern=r"^[A-Z]{3}$", description="Currency of all amounts, by its ISO 4217 code, such as EUR"
    )
    confidentiality: Text = Field(default="Confidential", description="Marking in headers, such as Confidential")
    owner: PersonRef | None = Field(default=None, description="Who owns the pack (an id in people)")
    programme: Text | None = Field(default=None, description="Short name of the programme, for headers")
    sources: Annotated[tuple[Source, ...], Internal] = Field(
        default=(), description="Earlier deliverables that this pack builds on"
    )

    @property
    @shared
    def status_label(self) -> str:
        """The status as headers show it: Draft, Subject to contract, Issued."""
        return self.status.capitalize()

    @property
    @shared
    def is_draft(self) -> bool:
        """Whether it is not issued yet."""
        return self.status != "issued"


class Pack(Model):
    """A governance pack. pack, organisation, people and partners must be given; the rest as far as it is known."""

    pack: About = Field(description="What the pack is: title, version, status, date")
    organisation: Organisation = Field(description="Who we are")
    people: dict[Id, Person] = Field(description="Everyone who is named, by a short id")
    strategy: Strategy = Field(default_factory=Strategy, description="What the programme wants")
    partners: tuple[Partner, ...] = Field(description="Companies, universities and authorities we work with")
    customer_council: CustomerCouncil | None = Field(default=None, description="The council of customers")
    risks: tuple[Risk, ...] = Field(default=(), description="What may go wrong")
    governance: Governance = Field(default_factory=Governance, description="How the partnership is run")
    contracts: tuple[Contract, ...] = Field(default=(), description="The agreements")
    scorecards: Scorecards = Field(default_factory=Scorecards, description="How partners perform")
    roadmap: Roadmap = Field(default_factory=Roadmap, description="What is reached by when, across all partners")
    negotiations: tuple[Negotiation, ...] = Field(default=(), description="How each contract is negotiated")
    exit_plans: tuple[ExitPlan, ...] = Field(default=(), description="How we would leave each critical partner")
    rubric: Rubric = Field(default_factory=Rubric, description="What the panel judges")
    enablement: Enablement = Field(default_factory=Enablement, description="What the next project takes over")
    briefing: Briefing = Field(default=Briefing(), description="What the executive briefing says")
    reviews: tuple[Review, ...] = Field(default=(), description="Reviews and their outcome")
    consultations: tuple[Consultation, ...] = Field(default=(), description="Advice taken before drafting")
    custom: dict[str, Any] = Field(
        default={}, description="Whatever your own templates need; counterparties see only what stands under `shared`"
    )

    _links: Links = PrivateAttr()

    @model_validator(mode="after")
    def _link(self) -> Self:
        """Link the parts: index everything that has an id, and tell each part that needs it which pack it is in."""
        self._links = Links(self)
        for key, person in self.people.items():
            person.settle(self, key)
        for partner_id, card in self.scorecards.partners.items():
            card.settle(self, partner_id)
        self.scorecards.settle(self)
        self.governance.raci.settle(self)
        for part in (self.strategy, self.roadmap, self.rubric, self.enablement):
            part.settle(self)
        for member in (*self.strategy.segments, *self.partners, *self.risks, *self.contracts):
            member.settle(self)
        for subcontractor in (part for partner in self.partners for part in partner.subcontractors):
            subcontractor.settle(self)
        for terms in (contract.personal_data for contract in self.contracts if contract.personal_data):
            for subprocessor in terms.subprocessors:
                subprocessor.settle(self)
        for member in (*self.roadmap.lanes, *self.roadmap.milestones, *self.rubric.assessors):
            member.settle(self)
        return self

    @cached_property
    def figures(self) -> Figures:
        """The figures of the whole programme."""
        return Figures(self)

    def problems(self) -> tuple[Problem, ...]:
        """Every rule between several values that the inputs break, each with its place; nothing is raised."""
        return tuple(find_problems(self))

    def find(self, kind: str, name: str) -> Model | None:
        """What an id of a kind that references know (people, partners, milestones, …) names, if anything."""
        return self._links.find(kind, name)

    def person(self, name: str | None) -> Person | None:
        """The person of that id; None where no id is given, KeyError where nobody has it."""
        return self.people[name] if name is not None else None

    def partner(self, name: str) -> Partner:
        """The partner of that id; KeyError if there is none."""
        return self._links.partners[name]

    def find_partner(self, name: str) -> Partner | None:
        """The partner of that id, if there is one."""
        return self._links.partners.get(name)

    def find_role(self, name: str | None) -> Role | None:
        """The governance role of that id, if there is one."""
        return self._links.roles.get(name) if name is not None else None

    def partners_in(self, segment: str) -> tuple[Partner, ...]:
        """The partners of a segment, in the order of the inputs."""
        return tuple(self._links.partners_of_segment.get(segment, ()))

    def hosted_by(self, partner: str) -> tuple[Partner, ...]:
        """The partners hosted on a partner, directly or through others."""
        return tuple(self._links.hosted_by.get(partner, ()))

    def contracts_of(self, partner: str) -> tuple[Contract, ...]:
        """The contracts with a partner, in the order of the inputs."""
        return tuple(self._links.contracts_of_partner.get(partner, ()))

    def risks_of(self, partner: str) -> tuple[Risk, ...]:
        """The risks that name a partner, in the order of the inputs."""
        return tuple(self._links.risks_of_partner.get(partner, ()))

    def milestones_in(self, lane: str) -> tuple[RoadmapMilestone, ...]:
        """The milestones of a lane of the roadmap, by due date."""
        return tuple(self._links.milestones_of_lane.get(lane, ()))

    def exit_plan_of(self, partner: str) -> ExitPlan | None:
        """The exit plan for a partner, if there is one."""
        return self._links.exit_plan_of_partner.get(partner)

    def negotiation_of(self, contract: str) -> Negotiation | None:
        """How a contract is negotiated, if that is recorded."""
        return self._links.negotiation_of_contract.get(contract)

    def within_last_year(self, day: datetime.date) -> bool:
        """Whether a day lies in the 12 months up to `pack.as_of`: after the same day a year before, not after it."""
        return months_later(self.pack.as_of, -12) < day <= self.pack.as_of
