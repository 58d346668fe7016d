"""How we would leave a partner: triggers, steps, what must come back, what it costs. All of it stays inside."""

from __future__ import annotations

from decimal import Decimal
from math import ceil
from typing import Annotated, Literal

from pydantic import Field

from govpack.model.base import Date, Derived, Model, Money, PartnerRef, PersonRef, Prose, Text, tidy

_BANDS = (1, 2, 4, 8, 13, 26, 52, 104)  # weeks a column of the timeline may stand for
_COLUMNS = 20  # as many as fit on a landscape page
Weeks = Annotated[Decimal, Field(gt=0, le=1000)]


class ExitStep(Model):
    """Something to be done on the way out."""

    step: Text = Field(description="What is done")
    owner: PersonRef | None = Field(default=None, description="Who does it (an id in people)")
    weeks: Weeks = Field(description="How many weeks it takes")
    starts_week: int = Field(ge=1, le=1000, description="The week of the exit in which it starts, from 1")
    done_when: Prose | None = Field(default=None, description="How we see that it is done")

    @property
    def last_week(self) -> Decimal:
        """The week by whose end it is done: starts_week − 1 + weeks."""
        return tidy(self.starts_week - 1 + self.weeks)


class Asset(Model):
    """Something of ours that the partner holds."""

    asset: Text = Field(description="What it is")
    kind: Literal["data", "embeddings", "model weights", "configuration", "other"] = Field(
        description="What kind of asset it is"
    )
    held_where: Text | None = Field(default=None, description="Where the partner holds it")
    format: Text | None = Field(default=None, description="The format in which it can be taken away")
    volume: Text | None = Field(default=None, description="How much of it there is")
    returned_by: Prose | None = Field(default=None, description="How it comes back, and in which step")


class ExitCost(Model):
    """A part of what leaving costs us."""

    item: Text = Field(description="What is paid for")
    amount: Money = Field(description="How much it is")


class ExitTest(Model):
    """A test of the plan that was held."""

    date: Date = Field(description="When it was held")
    scope: Prose = Field(description="What was tested")
    result: Prose = Field(description="What came out")
    findings: Prose | None = Field(default=None, description="What was found wanting, and what is done about it")


class WeekBand(Derived):
    """A column of the timeline: some weeks of the exit, both ends included."""

    first: int = Field(description="First week that the column stands for")
    last: int


class ExitRow(Derived):
    """A row of the timeline: a step, its place in the plan from 1, and the weeks of work that fall in each band."""

    number: int = Field(description="Number of the step, from 1")
    step: ExitStep
    weeks: tuple[Decimal, ...] = Field(description="Weeks of work on the step that fall into the column")


class ExitPlan(Model):
    """The exit plan for one partner. Months and cost are the partner's exit_months and exit_cost."""

    partner: PartnerRef = Field(description="Which partner (an id in partners)")
    triggers: tuple[Prose, ...] = Field(default=(), description="What makes us leave")
    strategy: Prose | None = Field(default=None, description="Where to, and how")
    steps: tuple[ExitStep, ...] = Field(default=(), description="What is done, in order")
    inventory: tuple[Asset, ...] = Field(default=(), description="What of ours the partner holds")
    costs: tuple[ExitCost, ...] = Field(default=(), description="What leaving costs; adds up to partner.exit_cost")
    reintegration: Prose | None = Field(default=None, description="How the service comes back to us if it must")
    shared_hosting: Prose | None = Field(default=None, description="On whose infrastructure both old and new rest")
    tests: tuple[ExitTest, ...] = Field(default=(), description="Tests that were held, newest last")
    next_test: Date | None = Field(default=None, description="When it is tested next")
    communication: Prose | None = Field(default=None, description="Who is told what, and when")

    @property
    def total_weeks(self) -> Decimal:
        """The week by whose end every step is done: for each, the week in which it starts + the weeks it takes − 1."""
        return max((step.last_week for step in self.steps), default=Decimal(0))

    @property
    def band_weeks(self) -> int:
        """Weeks in a column: as few as keep the timeline to 20 columns."""
        return next((weeks for weeks in _BANDS if self.total_weeks <= weeks * _COLUMNS), _BANDS[-1])

    @property
    def bands(self) -> tuple[WeekBand, ...]:
        """The columns of the timeline, from week 1 to the last week of the last step."""
        size = self.band_weeks
        return tuple(WeekBand(first=start + 1, last=start + size) for start in range(0, ceil(self.total_weeks), size))

    @property
    def timeline(self) -> tuple[ExitRow, ...]:
        """A row for each step, with the weeks of work on it that fall in each of `bands`."""
        bands = self.bands
        return tuple(
            ExitRow(number=number, step=step, weeks=tuple(_weeks_in(band, step) for band in bands))
            for number, step in enumerate(self.steps, start=1)
        )

    @property
    def last_test(self) -> ExitTest | None:
        """The newest test that was held."""
        return self.tests[-1] if self.tests else None

    @property
    def cost_total(self) -> Decimal | None:
        """Sum of the costs.

        None where none are given.
        """
        return sum((cost.amount for cost in self.costs), Decimal(0)) if self.costs else None


def _weeks_in(band: WeekBand, step: ExitStep) -> Decimal:
    begins = max(Decimal(step.starts_week - 1), Decimal(band.first - 1))
    return tidy(max(min(step.last_week, Decimal(band.last)) - begins, Decimal(0)))
