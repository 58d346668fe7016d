"""What the next project takes over: templates, pilots with gates, budget, IP position, exit criteria, decisions."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from pydantic import Field

from govpack.model.base import Date, Id, KpiRef, Label, Model, Money, PackMember, PartnerRef, PersonRef, Prose, Text

if TYPE_CHECKING:
    from govpack.model.strategy import Kpi


class ReusableTemplate(Model):
    """A template that the next project can use again."""

    name: Text = Field(description="What it is called")
    document: Id | None = Field(
        default=None,
        description="Which document it is, such as governance-charter (in the inputs: its name in the kit)",
    )
    version: Label | None = Field(default=None, description="Its version")
    use: Prose | None = Field(default=None, description="What the next project does with it")


class Pilot(Model):
    """A pilot that is handed over, with its gate."""

    id: Id = Field(description="Short id, such as PL-1")
    name: Text = Field(description="What it is called")
    partner: PartnerRef | None = Field(default=None, description="With whom (an id in partners)")
    purpose: Prose | None = Field(default=None, description="What it is to show")
    kpi: KpiRef | None = Field(default=None, description="The KPI that it moves (an id of a KPI in strategy.goals)")
    gate: Prose | None = Field(default=None, description="What must be true to go on")
    gate_date: Date | None = Field(default=None, description="When the gate is")
    budget: Money | None = Field(default=None, description="What it may cost")
    owner: PersonRef | None = Field(default=None, description="Who leads it (an id in people)")
    exit_criterion: Prose | None = Field(default=None, description="When it ends, one way or the other")
    ip: Prose | None = Field(default=None, description="Who owns what comes out of it")


class BudgetLine(Model):
    """A part of the budget that goes with it."""

    item: Text = Field(description="What it is for")
    amount: Money = Field(description="How much it is")
    year: int | None = Field(default=None, ge=1900, le=2199, description="The year in which it may be spent")


class IpPosition(Model):
    """Where we stand on something that was made together."""

    item: Text = Field(description="What it is")
    position: Prose = Field(description="Who owns it, and what the next project may do with it")


class HandoverCriterion(Model):
    """What must be measured before the hand-over counts as done."""

    criterion: Prose = Field(description="What must hold")
    kpi: KpiRef | None = Field(default=None, description="The KPI that shows it (an id of a KPI in strategy.goals)")
    measure: Text | None = Field(default=None, description="How it is measured, with the figure to reach")
    due: Date | None = Field(default=None, description="By when")


class OpenDecision(Model):
    """A decision that the next project still needs."""

    decision: Prose = Field(description="What is to be decided")
    owner: PersonRef | None = Field(default=None, description="Who decides (an id in people)")
    due: Date | None = Field(default=None, description="By when")


class Enablement(PackMember):
    """The hand-off to the project that builds on this pack."""

    project: Label = Field(default="PROJ-504", description="The project that takes over")
    owner: PersonRef | None = Field(default=None, description="Who takes over (an id in people)")
    accepts: PersonRef | None = Field(default=None, description="Who signs for it, if not the owner")
    summary: Prose | None = Field(default=None, description="The strategy in brief, for those who take over")
    templates: tuple[ReusableTemplate, ...] = Field(default=(), description="Templates to use again")
    pilots: tuple[Pilot, ...] = Field(default=(), description="Pilots that are handed over")
    budget_lines: tuple[BudgetLine, ...] = Field(default=(), description="The budget that goes with them")
    ip_position: tuple[IpPosition, ...] = Field(default=(), description="Who owns what was made together")
    exit_criteria: tuple[HandoverCriterion, ...] = Field(
        default=(), description="What must be measured before the hand-over counts as done"
    )
    open_decisions: tuple[OpenDecision, ...] = Field(default=(), description="Decisions still to be made")
    acceptance: Prose | None = Field(default=None, description="The words under which it is accepted")

    @property
    def budget_total(self) -> Decimal:
        """Sum of the budget lines."""
        return sum((line.amount for line in self.budget_lines), Decimal(0))

    @property
    def pilot_budget_total(self) -> Decimal:
        """Sum of the pilots' budgets."""
        return sum((pilot.budget or Decimal(0) for pilot in self.pilots), Decimal(0))

    @property
    def kpis(self) -> tuple[Kpi, ...]:
        """The KPIs of the pack as they stand in strategy.goals: the same ids and values."""
        return tuple(kpi for goal in self._pack.strategy.goals for kpi in goal.kpis)
