"""The figures of a whole programme. Each names its formula; a template finds them under `figures`."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from pydantic import Field

from govpack.model.base import Derived, rounded, share_pct
from govpack.model.maps import MatrixRow, risk_matrix

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from govpack.model.pack import Pack
    from govpack.model.partners import Partner
    from govpack.model.risks import Band, Risk

ZERO = Decimal(0)


class LookThrough(Derived):
    """The host on which most spend rests when hosting is looked through."""

    partner: str
    name: str = Field(description="Short name of the partner on which most spend rests, its own and that hosted on it")
    spend: Decimal = Field(description="Spend that rests on it")
    share_pct: Decimal | None = Field(description="Share of spend that rests on it")
    plan_share_pct: Decimal | None = Field(description="Share of planned spend that rests on it")


class Figures:
    """Totals and measures of concentration over all partners, risks, contracts and scorecards.

    Money is in the pack's currency. Shares are percentages rounded half up to one decimal, worked out from unrounded
    values. Partners without a figure count as nothing.
    """

    def __init__(self, pack: Pack) -> None:
        self._pack = pack

    @cached_property
    def partner_count(self) -> int:
        """Number of partners."""
        return len(self._pack.partners)

    @cached_property
    def spend_total(self) -> Decimal:
        """Sum of this year's spend."""
        return sum(self._spend, ZERO)

    @cached_property
    def spend_by_segment(self) -> dict[str, Decimal]:
        """Segment id → sum of its partners' spend, in the order of strategy.segments."""
        order = [segment.id for segment in self._pack.strategy.segments]
        return _totals(order, ((partner.segment, partner.spend) for partner in self._pack.partners))

    @cached_property
    def spend_by_kind(self) -> dict[str, Decimal]:
        """Kind of partner → sum of spend, in the order in which kinds first appear."""
        return _totals([], ((partner.kind, partner.spend) for partner in self._pack.partners))

    @cached_property
    def top1_share_pct(self) -> Decimal | None:
        """Share of the largest partner: its spend ÷ total spend × 100."""
        return _top_share(self._spend, 1)

    @cached_property
    def top2_share_pct(self) -> Decimal | None:
        """Share of the two largest partners: their spend ÷ total spend × 100."""
        return _top_share(self._spend, 2)

    @cached_property
    def largest_partner(self) -> Partner | None:
        """The partner with the highest spend."""
        return max(self._pack.partners, key=lambda partner: partner.spend or ZERO, default=None)

    @cached_property
    def hhi(self) -> Decimal | None:
        """Herfindahl-Hirschman index of spend: Σ (share in percent)², unrounded shares, rounded to a whole point.

        10,000 is one partner for everything (US DOJ and FTC, Merger Guidelines 2023, § 2.1, for the measure).
        """
        return _hhi(self._spend)

    @cached_property
    def plan_total(self) -> Decimal:
        """Sum of the planned spend."""
        return sum(self._plan, ZERO)

    @cached_property
    def plan_top1_share_pct(self) -> Decimal | None:
        """Planned share of the largest partner: its planned spend ÷ total planned spend × 100."""
        return _top_share(self._plan, 1)

    @cached_property
    def plan_top2_share_pct(self) -> Decimal | None:
        """Planned share of the two largest partners: their planned spend ÷ total planned spend × 100."""
        return _top_share(self._plan, 2)

    @cached_property
    def plan_hhi(self) -> Decimal | None:
        """Herfindahl-Hirschman index of planned spend: worked out as that of spend."""
        return _hhi(self._plan)

    @cached_property
    def look_through(self) -> LookThrough | None:
        """Who hosts most spend: the host with the most reliant spend, its own and that of partners hosted on it.

        `plan_share_pct` is the share of the same partners in planned spend: hosting is known for today only.
        """
        hosts = [partner for partner in self._pack.partners if self._pack.hosted_by(partner.id)]
        if not hosts:
            return None
        host = max(hosts, key=lambda partner: partner.reliant_spend)
        share = share_pct(host.reliant_spend, self.spend_total)
        planned = sum((one.plan or ZERO for one in (host, *self._pack.hosted_by(host.id))), ZERO)
        plan_share = share_pct(planned, self.plan_total)
        return LookThrough(
            partner=host.id,
            name=host.name,
            spend=host.reliant_spend,
            share_pct=rounded(share) if share is not None else None,
            plan_share_pct=rounded(plan_share) if plan_share is not None else None,
        )

    @cached_property
    def exit_cost_total(self) -> Decimal:
        """Sum of our own cost of leaving each partner."""
        return sum((partner.exit_cost or ZERO for partner in self._pack.partners), ZERO)

    @cached_property
    def cif_partner_count(self) -> int:
        """Number of partners that support a critical or important function."""
        return sum(partner.supports_cif for partner in self._pack.partners)

    @cached_property
    def cif_exit_tested_count(self) -> int:
        """Number of them with an exit plan tested in 12 months, counted back from the date of this version."""
        return sum(partner.supports_cif and partner.exit_tested for partner in self._pack.partners)

    @cached_property
    def cif_exit_tested_share_pct(self) -> Decimal | None:
        """`cif_exit_tested_count` ÷ `cif_partner_count` × 100."""
        return _share(Decimal(self.cif_exit_tested_count), Decimal(self.cif_partner_count))

    @cached_property
    def risk_count(self) -> int:
        """Number of risks that are not closed."""
        return len(self._risks)

    @cached_property
    def risk_high_count(self) -> int:
        """Number of risks in the band high before treatment."""
        return self._in_band("high")

    @cached_property
    def risk_medium_count(self) -> int:
        """Number of risks in the band medium before treatment."""
        return self._in_band("medium")

    @cached_property
    def risk_low_count(self) -> int:
        """Number of risks in the band low before treatment."""
        return self._in_band("low")

    @cached_property
    def risk_triggered_count(self) -> int:
        """Number of risks whose trigger has been seen."""
        return sum(risk.status == "triggered" for risk in self._risks)

    @cached_property
    def exposure_total(self) -> int:
        """Sum of likelihood × impact before treatment."""
        return sum(risk.exposure for risk in self._risks)

    @cached_property
    def residual_total(self) -> int:
        """Sum of likelihood × impact after treatment."""
        return sum(risk.residual or 0 for risk in self._risks)

    @cached_property
    def residual_above_appetite_count(self) -> int:
        """Number of risks above the appetite: exposure after treatment over the highest that is accepted."""
        return sum(risk.above_appetite for risk in self._risks)

    @cached_property
    def largest_risk(self) -> Risk | None:
        """The risk with the highest exposure; the first of several."""
        return max(self._risks, key=lambda risk: risk.exposure, default=None)

    @cached_property
    def cif_without_exit_plan_count(self) -> int:
        """Number of partners that support a critical or important function and have no exit plan here."""
        return sum(partner.supports_cif and partner.exit_plan is None for partner in self._pack.partners)

    @cached_property
    def risk_matrix(self) -> tuple[MatrixRow, ...]:
        """Likelihood 5 to 1 by impact 1 to 5 before treatment, with the ids of the risks that are not closed."""
        return risk_matrix(self._risks, self._pack.strategy.risk_appetite, residual=False)

    @cached_property
    def residual_matrix(self) -> tuple[MatrixRow, ...]:
        """The same after treatment."""
        return risk_matrix(self._risks, self._pack.strategy.risk_appetite, residual=True)

    @cached_property
    def contract_count(self) -> int:
        """Number of contracts."""
        return len(self._pack.contracts)

    @cached_property
    def commitment_total(self) -> Decimal:
        """Sum of the commitments over the terms of all contracts."""
        return sum((contract.commitment_total or ZERO for contract in self._pack.contracts), ZERO)

    @cached_property
    def annual_commitment_total(self) -> Decimal:
        """Sum of the yearly commitments of all contracts."""
        return sum((contract.annual_commitment or ZERO for contract in self._pack.contracts), ZERO)

    @cached_property
    def contracted_spend(self) -> Decimal:
        """This year's spend with the partners that have a contract here, each counted once."""
        partners = dict.fromkeys(contract.partner for contract in self._pack.contracts)
        return sum((self._pack.partner(partner).spend or ZERO for partner in partners), ZERO)

    @cached_property
    def contracted_share_pct(self) -> Decimal | None:
        """`contracted_spend` ÷ total spend × 100."""
        return _share(self.contracted_spend, self.spend_total)

    @cached_property
    def first_year_price_effect(self) -> Decimal:
        """Yearly commitments − this year's spend with the same partners; negative is a saving."""
        return self.annual_commitment_total - self.contracted_spend

    @cached_property
    def scorecard_count(self) -> int:
        """Number of partners that are scored."""
        return len(self._pack.scorecards.partners)

    @cached_property
    def mean_score(self) -> Decimal | None:
        """Mean of the weighted scores of the partners that are scored; one decimal, none where it is whole."""
        return self._pack.scorecards.mean_score

    @cached_property
    def health_by_segment(self) -> dict[str, Decimal]:
        """Segment id → mean relationship health of its partners that have one, one decimal."""
        groups = {
            segment.id: [Decimal(partner.health) for partner in segment.partners if partner.health is not None]
            for segment in self._pack.strategy.segments
        }
        return {segment: rounded(sum(marks, ZERO) / len(marks)) for segment, marks in groups.items() if marks}

    @cached_property
    def _spend(self) -> list[Decimal]:
        return [partner.spend or ZERO for partner in self._pack.partners]

    @cached_property
    def _plan(self) -> list[Decimal]:
        return [partner.plan or ZERO for partner in self._pack.partners]

    @cached_property
    def _risks(self) -> list[Risk]:
        return [risk for risk in self._pack.risks if risk.status != "closed"]

    def _in_band(self, band: Band) -> int:
        return sum(risk.band == band for risk in self._risks)


def _totals(order: Iterable[str], amounts: Iterable[tuple[str, Decimal | None]]) -> dict[str, Decimal]:
    totals = dict.fromkeys(order, ZERO)
    for key, amount in amounts:
        totals[key] = totals.get(key, ZERO) + (amount or ZERO)
    return totals


def _share(part: Decimal, total: Decimal) -> Decimal | None:
    share = share_pct(part, total)
    return rounded(share) if share is not None else None


def _top_share(amounts: Sequence[Decimal], count: int) -> Decimal | None:
    return _share(sum(sorted(amounts, reverse=True)[:count], ZERO), sum(amounts, ZERO))


def _hhi(amounts: Sequence[Decimal]) -> Decimal | None:
    total = sum(amounts, ZERO)
    return rounded(sum(((100 * amount / total) ** 2 for amount in amounts), ZERO), 0) if total else None
