"""What the programme costs and brings by year, and what follows: net benefit, present value, payback."""

from __future__ import annotations

from decimal import Decimal

from pydantic import Field

from govpack.model.base import HUNDRED, Measure, Model, Percent, Prose, Text, rounded

Series = tuple[Measure, ...]


class Downside(Model):
    """The same programme when less goes well."""

    case: Prose = Field(description="What goes less well, in words")
    net_benefit: Series = Field(description="Net benefit of each year in that case")


class Economics(Model):
    """Yearly figures in one unit, a figure for each of `years`; money of later years is discounted at its end."""

    currency_unit: Text = Field(default="EUR million", description="Unit of all figures here")
    years: tuple[int, ...] = Field(min_length=1, description="The years that the columns stand for")
    no_programme_spend: Series = Field(description="Spend of each year if we did nothing")
    programme_spend: Series = Field(description="Spend of each year with the programme")
    innovation_benefit: Series = Field(default=(), description="Further benefit of each year, confirmed by finance")
    one_off_cost: Series = Field(default=(), description="One-off cost of each year")
    run_cost: Series = Field(default=(), description="Running cost of each year")
    saving_by_lever: dict[str, Measure] = Field(
        default={}, description="The saving by lever: what brings it about, in total"
    )
    discount_rate_pct: Percent = Field(default=Decimal(8), description="Yearly discount rate in percent")
    downside: Downside | None = Field(default=None, description="What if less goes well")

    @property
    def saving(self) -> Series:
        """Saving of each year: spend without the programme − spend with it."""
        return tuple(a - b for a, b in zip(self.no_programme_spend, self.programme_spend, strict=False))

    @property
    def benefit(self) -> Series:
        """Benefit of each year: saving + innovation benefit."""
        return tuple(a + b for a, b in zip(self.saving, self._full(self.innovation_benefit), strict=False))

    @property
    def cost(self) -> Series:
        """Cost of each year: one-off + running."""
        return tuple(a + b for a, b in zip(self._full(self.one_off_cost), self._full(self.run_cost), strict=False))

    @property
    def net_benefit(self) -> Series:
        """Net benefit of each year: benefit − cost."""
        return tuple(a - b for a, b in zip(self.benefit, self.cost, strict=False))

    @property
    def no_programme_spend_total(self) -> Decimal:
        """Sum over the years of the spend without the programme."""
        return sum(self.no_programme_spend, Decimal(0))

    @property
    def programme_spend_total(self) -> Decimal:
        """Sum over the years of the spend with the programme."""
        return sum(self.programme_spend, Decimal(0))

    @property
    def saving_total(self) -> Decimal:
        """Sum over the years of the saving."""
        return sum(self.saving, Decimal(0))

    @property
    def innovation_benefit_total(self) -> Decimal:
        """Sum over the years of the innovation benefit."""
        return sum(self.innovation_benefit, Decimal(0))

    @property
    def one_off_cost_total(self) -> Decimal:
        """Sum over the years of the one-off cost."""
        return sum(self.one_off_cost, Decimal(0))

    @property
    def run_cost_total(self) -> Decimal:
        """Sum over the years of the running cost."""
        return sum(self.run_cost, Decimal(0))

    @property
    def benefit_total(self) -> Decimal:
        """Saving and innovation benefit of all years."""
        return self.saving_total + self.innovation_benefit_total

    @property
    def cost_total(self) -> Decimal:
        """One-off and running cost of all years."""
        return self.one_off_cost_total + self.run_cost_total

    @property
    def net_benefit_total(self) -> Decimal:
        """Sum over the years of the net benefit."""
        return sum(self.net_benefit, Decimal(0))

    @property
    def npv(self) -> Decimal:
        """Net present value: Σ net benefit of year n ÷ (1 + rate)ⁿ, each year discounted at its end; one decimal.

        The ordinary textbook formula (Brealey, Myers and Allen, Principles of Corporate Finance, ch. 2).
        """
        return self._present_value(self.net_benefit)

    @property
    def benefit_cost_ratio(self) -> Decimal | None:
        """Benefit for each unit of cost: (saving + innovation) ÷ (one-off + run cost), undiscounted; one decimal."""
        return rounded(self.benefit_total / self.cost_total) if self.cost_total else None

    @property
    def payback_month(self) -> int | None:
        """Month of payback: the first, from 1, by whose end the undiscounted net benefit is no longer negative.

        Each year's net benefit is spread evenly over its 12 months; None where the years do not suffice.
        """
        balance = Decimal(0)
        for year, benefit in enumerate(self.net_benefit):
            for month in range(1, 13):
                if balance + benefit * month / 12 >= 0:
                    return year * 12 + month
            balance += benefit
        return None

    @property
    def downside_total(self) -> Decimal | None:
        """Sum over the years of the net benefit in the downside case."""
        return sum(self.downside.net_benefit, Decimal(0)) if self.downside else None

    @property
    def downside_npv(self) -> Decimal | None:
        """Net present value of the downside case, worked out as that of the plan; one decimal."""
        return self._present_value(self.downside.net_benefit) if self.downside else None

    def _full(self, series: Series) -> Series:
        return series or (Decimal(0),) * len(self.years)

    def _present_value(self, series: Series) -> Decimal:
        growth = 1 + self.discount_rate_pct / HUNDRED
        return rounded(sum((value / growth**year for year, value in enumerate(series, start=1)), Decimal(0)))
