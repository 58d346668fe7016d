"""The partners of the programme: who they are, what they mean to us, how we would leave them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from govpack.model.base import (
    CapabilityRef,
    Country,
    Date,
    FunctionRef,
    Id,
    Internal,
    Label,
    Money,
    Months,
    OneToFive,
    PackMember,
    PartnerOrText,
    PartnerRef,
    PersonRef,
    Prose,
    SegmentRef,
    Text,
    rounded,
    share_pct,
    shared,
)
from govpack.model.dates import country_in_text, country_name
from govpack.model.maps import shade_of

if TYPE_CHECKING:
    from govpack.model.contracts import Contract
    from govpack.model.exit_plans import ExitPlan
    from govpack.model.maps import Shade
    from govpack.model.risks import Risk
    from govpack.model.scorecards import Scorecard

KINDS = {"gpu_cloud": "GPU cloud", "start_up": "start-up", "academia": "university", "regulator": "supervisor"}
"""Kinds whose words are not simply the id with blanks."""
Strength = Annotated[int, Field(ge=1, le=3)]


class Subcontractor(PackMember):
    """Someone on whom the partner's service rests in turn."""

    name: Text = Field(description="Legal name of the subcontractor")
    rank: int = Field(
        default=1,
        ge=1,
        le=20,
        description="How far down the chain: 1 works for the partner, 2 for a subcontractor of rank 1",
    )
    country: Country = Field(description="Two-letter code of the country it works from")
    service: Text = Field(description="What it does for the service")

    @property
    @shared
    def country_name(self) -> str:
        """The country it works from.

        In the language of the pack's locale.
        """
        return country_name(self.country, self._pack.pack.locale)


class Partner(PackMember):
    """A company, university or authority that the programme works with."""

    id: Id = Field(description="Short id; names the partner's folder in the output")
    name: Text = Field(description="Short name, such as Alpha")
    legal_name: Text = Field(description="Registered name as contracts must give it")
    country: Country = Field(description="Two-letter code of the country of registration")
    registration: Label | None = Field(default=None, description="Register and number")
    address: Text | None = Field(default=None, description="Registered office, on one line")
    lei: Label | None = Field(default=None, description="Legal entity identifier")
    kind: Id = Field(
        description="Kind of partner: hyperscaler, gpu_cloud, hardware, model_vendor, data_platform, observability, "
        "start_up, academia, regulator, customer, or a kind of your own"
    )
    segment: Annotated[SegmentRef, Internal] = Field(description="Its one segment (an id in strategy.segments)")
    description: Prose | None = Field(default=None, description="What the partner is and does, in a sentence or two")
    capabilities: tuple[Text, ...] = Field(default=(), description="What the partner is able to do for us")
    capability_strengths: Annotated[dict[CapabilityRef, Strength], Internal] = Field(
        default={}, description="Strategic capability (an id in strategy.capabilities) → 1 some, 2 strong, 3 leading"
    )
    value: Annotated[OneToFive | None, Internal] = Field(default=None, description="Strategic value to us, 1 to 5")
    health: Annotated[OneToFive | None, Internal] = Field(default=None, description="Health of the relation, 1 to 5")
    spend: Annotated[Money | None, Internal] = Field(default=None, description="Spend of this year, in whole currency")
    plan: Annotated[Money | None, Internal] = Field(default=None, description="Spend in the last year of the plan")
    dependency: Annotated[Prose | None, Internal] = Field(default=None, description="What we could not do without it")
    hosted_on: Annotated[PartnerRef | None, Internal] = Field(
        default=None, description="The partner on whose infrastructure this one runs"
    )
    substitutability: Annotated[
        Literal["easy", "medium complexity", "highly complex", "impossible", "not applicable"] | None, Internal
    ] = Field(default=None, description="How hard it would be to replace it")
    substitutability_reason: Annotated[Prose | None, Internal] = Field(default=None, description="Why that is so")
    alternatives: Annotated[tuple[PartnerOrText, ...], Internal] = Field(
        default=(), description="Who or what could take over: ids of partners, or words"
    )
    exit_months: Annotated[Months | None, Internal] = Field(default=None, description="Months it takes to leave")
    exit_cost: Annotated[Money | None, Internal] = Field(default=None, description="Our own cost of leaving")
    last_exit_test: Annotated[Date | None, Internal] = Field(
        default=None, description="When the exit plan was last tested; leave out if never"
    )
    owner: Annotated[PersonRef | None, Internal] = Field(default=None, description="Who owns the relation")
    sponsor: Annotated[PersonRef | None, Internal] = Field(default=None, description="Executive who answers for it")
    ict_service: bool = Field(default=False, description="Whether it supplies ICT services (then DORA applies)")
    supports_cif: bool = Field(default=False, description="Whether it supports a critical or important function")
    functions: tuple[FunctionRef, ...] = Field(default=(), description="The critical functions it supports")
    engagement_only: bool = Field(
        default=False, description="A supervisor or authority: we talk, and never score it or contract with it"
    )
    locations: tuple[Text, ...] = Field(default=(), description="Where its services come from")
    subcontractors: tuple[Subcontractor, ...] = Field(default=(), description="On whom its services rest in turn")

    @property
    @shared
    def kind_label(self) -> str:
        """Kind of partner, such as GPU cloud, model vendor or university."""
        return KINDS.get(self.kind, self.kind.replace("_", " "))

    @property
    def share_pct(self) -> Decimal | None:
        """Share of the programme's spend: spend ÷ total spend × 100, one decimal."""
        return _share(self.spend, self._pack.figures.spend_total)

    @property
    def plan_share_pct(self) -> Decimal | None:
        """Share of the planned spend: plan ÷ total plan × 100, one decimal."""
        return _share(self.plan, self._pack.figures.plan_total)

    @property
    def reliant_spend(self) -> Decimal:
        """Look-through spend: its own and that of all partners hosted on it, directly or through others."""
        return sum((partner.spend or Decimal(0) for partner in self._pack.hosted_by(self.id)), self.spend or Decimal(0))

    @property
    def health_shade(self) -> Shade | None:
        """Act, watch or low: how far health lags behind strategic value, as in the heatmap; None without both."""
        return shade_of(self.value, self.health) if self.value and self.health else None

    @property
    def exit_tested(self) -> bool:
        """Whether the exit plan was tested in the 12 months up to the pack's date (`pack.as_of`)."""
        return self.last_exit_test is not None and self._pack.within_last_year(self.last_exit_test)

    @property
    @shared
    def country_name(self) -> str:
        """The country of registration.

        In the language of the pack's locale.
        """
        return country_name(self.country, self._pack.pack.locale)

    @property
    @shared
    def country_in_text(self) -> str:
        """Country of registration, as it stands within a sentence: Ireland, the Netherlands."""
        return country_in_text(self.country, self._pack.pack.locale)

    @property
    def contracts(self) -> tuple[Contract, ...]:
        """Its contracts, in the order of the inputs."""
        return self._pack.contracts_of(self.id)

    @property
    def risks(self) -> tuple[Risk, ...]:
        """The risks that name it, in the order of the inputs."""
        return self._pack.risks_of(self.id)

    @property
    def scorecard(self) -> Scorecard | None:
        """Its scorecard, if it has one."""
        return self._pack.scorecards.partners.get(self.id)

    @property
    def exit_plan(self) -> ExitPlan | None:
        """Its exit plan, if it has one."""
        return self._pack.exit_plan_of(self.id)


def _share(part: Decimal | None, total: Decimal) -> Decimal | None:
    share = share_pct(part, total) if part is not None else None
    return rounded(share) if share is not None else None
