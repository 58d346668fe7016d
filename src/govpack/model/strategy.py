"""What the programme wants: vision, segments, goals with their KPIs, the appetite for risk, whom it concerns."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from govpack.model.base import (
    HUNDRED,
    Date,
    Id,
    Measure,
    Model,
    PackMember,
    PersonRef,
    Prose,
    Text,
    rounded,
    share_pct,
)
from govpack.model.economics import Economics
from govpack.model.maps import CapabilityRow, HeatRow, capability_map, capability_partners, heatmap

if TYPE_CHECKING:
    from govpack.model.partners import Partner
    from govpack.model.risks import Band


class Segment(PackMember):
    """A group of partners that are managed alike. A partner names its segment, so it is in exactly one."""

    id: Id = Field(description="Short id, such as strategic")
    name: Text = Field(description="Name in documents, such as Strategic")
    purpose: Prose | None = Field(default=None, description="What we want from the partners of this segment")
    criterion: Prose | None = Field(default=None, description="What makes a partner belong here")
    coverage: Prose | None = Field(default=None, description="How the partners of this segment are looked after")

    @property
    def partners(self) -> tuple[Partner, ...]:
        """The partners in this segment, in the order of the inputs."""
        return self._pack.partners_in(self.id)

    @property
    def spend(self) -> Decimal:
        """What its partners are paid this year, together."""
        return sum((partner.spend or Decimal(0) for partner in self.partners), Decimal(0))

    @property
    def share_pct(self) -> Decimal | None:
        """Share of the programme's spend: spend ÷ total spend × 100, one decimal."""
        share = share_pct(self.spend, self._pack.figures.spend_total)
        return rounded(share) if share is not None else None


class KpiActual(Model):
    """What a KPI stood at on a day after its baseline."""

    date: Date = Field(description="The day that the figure holds for")
    value: Measure = Field(description="The figure, in the unit of the KPI")


class Kpi(Model):
    """How we see whether a goal is reached."""

    id: Id = Field(description="Short id, such as K01; the same in every document")
    name: Text = Field(description="What is measured")
    unit: Text = Field(description="Unit of the figures, such as %, EUR million, days")
    baseline: Measure | None = Field(default=None, description="Where we stand today")
    baseline_date: Date | None = Field(default=None, description="When the baseline was taken")
    target: Measure | None = Field(default=None, description="Where we want to be")
    better: Literal["up", "down"] = Field(description="Whether a higher (up) or lower (down) figure is better")
    formula: Prose | None = Field(default=None, description="How the figure is worked out")
    source: Text | None = Field(default=None, description="System or report that the figure comes from")
    cadence: Text | None = Field(default=None, description="How often it is measured, such as quarterly")
    owner: PersonRef | None = Field(default=None, description="Who answers for the figure (an id in people)")
    due: Date | None = Field(default=None, description="When the target is to be reached")
    actuals: tuple[KpiActual, ...] = Field(default=(), description="What was measured since the baseline, with its day")

    @property
    def label(self) -> str:
        """Its id and name, as a chart says which KPI a bar is of."""
        return f"{self.id} {self.name}"

    @property
    def latest(self) -> KpiActual | None:
        """The last figure that was measured; none where nothing was measured since the baseline."""
        return max(self.actuals, key=lambda actual: actual.date, default=None)

    @property
    def progress_pct(self) -> Decimal | None:
        """How much of the way to the target is done: (latest − baseline) ÷ (target − baseline) × 100, one decimal.

        It grows towards a target below the baseline, too; below 0 the figure has moved away from the target. None
        without a latest figure, a baseline or a target, or where the target is the baseline.
        """
        if self.latest is None or self.baseline is None or self.target is None or self.target == self.baseline:
            return None
        return rounded((self.latest.value - self.baseline) / (self.target - self.baseline) * HUNDRED)

    @property
    def decimals(self) -> int:
        """How many decimals its figures are written with: the most that any of them is given with."""
        figures = (self.baseline, self.target, *(actual.value for actual in self.actuals))
        given = (figure.as_tuple().exponent for figure in figures if figure is not None)
        return max([0, *(-exponent for exponent in given if isinstance(exponent, int))])


class Goal(Model):
    """Something the programme wants to reach."""

    id: Id = Field(description="Short id, such as G1")
    name: Text = Field(description="The goal in a few words")
    owner: PersonRef | None = Field(default=None, description="Who answers for the goal (an id in people)")
    why: Prose | None = Field(default=None, description="Why it matters")
    kpis: tuple[Kpi, ...] = Field(default=(), description="How we see whether it is reached")

    @property
    def leading_kpi(self) -> Kpi | None:
        """The KPI that stands for the goal where one has room: the first that was measured, or else the first."""
        return next((kpi for kpi in self.kpis if kpi.latest is not None), self.kpis[0] if self.kpis else None)


class RiskAppetite(Model):
    """How much risk is accepted; exposure is likelihood × impact, 1 to 25."""

    statement: Prose | None = Field(default=None, description="The appetite in words")
    residual_limit: int = Field(default=12, ge=1, le=25, description="Highest exposure accepted after treatment")
    high_from: int = Field(default=15, ge=2, le=25, description="Exposure from which a risk is high")
    medium_from: int = Field(default=8, ge=1, le=25, description="Exposure from which a risk is medium")

    def band(self, exposure: int) -> Band:
        """high, medium or low, by the two thresholds."""
        return "high" if exposure >= self.high_from else "medium" if exposure >= self.medium_from else "low"


class Stakeholder(Model):
    """A person or group that the programme concerns."""

    name: Text = Field(description="Who: a body, a department, a group")
    interest: Prose | None = Field(default=None, description="What it wants from the programme")
    influence: Literal["high", "medium", "low"] | None = Field(default=None, description="How much it can change")
    approach: Prose | None = Field(default=None, description="How we work with it")
    owner: PersonRef | None = Field(default=None, description="Who of us keeps in touch (an id in people)")


class Communication(Model):
    """A message that goes out regularly."""

    audience: Text = Field(description="Who is told")
    message: Prose = Field(description="What they are told")
    channel: Text | None = Field(default=None, description="How: report, meeting, mail")
    frequency: Text | None = Field(default=None, description="How often")
    owner: PersonRef | None = Field(default=None, description="Who sends it (an id in people)")


class Standard(Model):
    """A voluntary standard that the programme follows. No law, so no counterparty document speaks of it."""

    id: Id = Field(description="Short id, such as ISO-44001")
    name: Text = Field(description="Name in documents, such as ISO 44001:2017")
    use: Prose | None = Field(default=None, description="What the programme takes from it")


class Capability(Model):
    """Something the programme needs partners for. Partners say how strong they are in it (capability_strengths)."""

    id: Id = Field(description="Short id, such as gpu")
    name: Text = Field(description="Name in documents, such as GPU capacity")
    critical: bool = Field(default=False, description="Whether a critical function rests on it")


class Strategy(PackMember):
    """The partnership strategy."""

    vision: Prose | None = Field(default=None, description="Where the programme leads, in a sentence or two")
    current_state: Prose | None = Field(default=None, description="Where things stand today")
    why_now: Prose | None = Field(default=None, description="Why it cannot wait")
    principles: tuple[Prose, ...] = Field(default=(), description="Rules that every decision keeps to")
    segments: tuple[Segment, ...] = Field(default=(), description="Groups of partners that are managed alike")
    goals: tuple[Goal, ...] = Field(default=(), description="What the programme wants to reach")
    stakeholders: tuple[Stakeholder, ...] = Field(default=(), description="Whom the programme concerns")
    communications: tuple[Communication, ...] = Field(default=(), description="Who is told what, how and how often")
    economics: Economics | None = Field(default=None, description="What the programme costs and brings, by year")
    risk_appetite: RiskAppetite = Field(default=RiskAppetite(), description="How much risk is accepted")
    standards: tuple[Standard, ...] = Field(default=(), description="Voluntary standards that are followed")
    capabilities: tuple[Capability, ...] = Field(default=(), description="What partners are needed for")

    @property
    def measured_kpis(self) -> tuple[Kpi, ...]:
        """The KPIs of all goals that were measured since their baseline, in the order of the inputs."""
        return tuple(kpi for goal in self.goals for kpi in goal.kpis if kpi.latest is not None)

    @property
    def tracked_kpis(self) -> tuple[Kpi, ...]:
        """Those of `measured_kpis` of which it can be told how far they are on the way to their target."""
        return tuple(kpi for kpi in self.measured_kpis if kpi.progress_pct is not None)

    @property
    def heatmap(self) -> tuple[HeatRow, ...]:
        """Strategic value 5 to 1 by relationship health 1 to 5, with the partners in each cell; see `maps.heatmap`."""
        return heatmap(self._pack.partners)

    @property
    def capability_partners(self) -> tuple[Partner, ...]:
        """The columns of `capability_map`: the partners that have a strength in any capability."""
        return capability_partners(self._pack.partners)

    @property
    def capability_map(self) -> tuple[CapabilityRow, ...]:
        """A row for each capability with a cell for each of `capability_partners`; see `maps.capability_map`."""
        return capability_map(self.capabilities, self._pack.partners)
