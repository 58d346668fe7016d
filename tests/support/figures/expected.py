"""What the model says of each figure that documents show, by the names that `sightings` gives them."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.figures.values import Value

    from govpack.model.pack import Pack

_MILLION = 1_000_000


def expected(pack: Pack) -> dict[str, Value]:
    """Every figure by name, amounts in whole currency; what the pack leaves open is not among them."""
    pairs = (*_programme(pack), *_economics(pack), *_partners(pack), *_plans(pack), *_rules(pack), *_contracts(pack))
    return {name: Decimal(value) if isinstance(value, int) else value for name, value in pairs if value is not None}


def _programme(pack: Pack) -> Iterator[tuple[str, Value | int | None]]:
    figures = pack.figures
    host = figures.look_through
    yield from (
        ("partners", figures.partner_count),
        ("spend", figures.spend_total),
        ("plan", figures.plan_total),
        ("largest share", figures.top1_share_pct),
        ("largest share in the plan", figures.plan_top1_share_pct),
        ("share of the two largest", figures.top2_share_pct),
        ("HHI", figures.hhi),
        ("HHI in the plan", figures.plan_hhi),
        ("look-through share", host.share_pct if host else None),
        ("look-through spend", host.spend if host else None),
        ("contracts", figures.contract_count),
        ("commitment", figures.commitment_total),
        ("contracted share", figures.contracted_share_pct),
        ("risks", figures.risk_count),
        ("high risks", figures.risk_high_count),
        ("medium risks", figures.risk_medium_count),
        ("low risks", figures.risk_low_count),
        ("exposure", figures.exposure_total),
        ("residual exposure", figures.residual_total),
        ("critical partners", figures.cif_partner_count),
        ("exits tested", figures.cif_exit_tested_count),
        ("exit cost", figures.exit_cost_total),
        ("mean score", figures.mean_score),
    )


def _economics(pack: Pack) -> Iterator[tuple[str, Value | int | None]]:
    sums = pack.strategy.economics
    if sums is None:
        return
    series = {
        "spend without the programme": (sums.no_programme_spend, sums.no_programme_spend_total),
        "spend with the programme": (sums.programme_spend, sums.programme_spend_total),
        "saving": (sums.saving, sums.saving_total),
        "innovation benefit": (sums.innovation_benefit, sums.innovation_benefit_total),
        "net benefit": (sums.net_benefit, sums.net_benefit_total),
    }
    if sums.downside and sums.downside_total is not None:
        series["downside net benefit"] = (sums.downside.net_benefit, sums.downside_total)
    for name, (by_year, total) in series.items():
        yield name, total * _MILLION
        for year, amount in zip(sums.years, by_year, strict=True):
            yield f"{name} in {year}", amount * _MILLION
    yield "NPV", sums.npv * _MILLION
    yield "downside NPV", sums.downside_npv * _MILLION if sums.downside_npv is not None else None
    yield "programme cost", sums.cost_total * _MILLION
    yield "benefit-cost ratio", sums.benefit_cost_ratio
    yield "payback month", sums.payback_month


def _partners(pack: Pack) -> Iterator[tuple[str, Value | int | None]]:
    for partner in pack.partners:
        at = f"partner {partner.name},"
        yield f"{at} spend", partner.spend
        yield f"{at} share", partner.share_pct
        yield f"{at} plan", partner.plan
        yield f"{at} exit months", partner.exit_months
        yield f"{at} exit cost", partner.exit_cost
        yield f"{at} last exit test", partner.last_exit_test
        if card := partner.scorecard:
            yield f"{at} score", card.score
            for category in ("technical", "financial", "innovation"):
                yield f"{at} {category} score", getattr(card, category)
            for quarter, score in zip(pack.scorecards.quarters, card.trend, strict=True):
                yield f"{at} score in {quarter}", score
    for segment in pack.strategy.segments:
        yield f"segment {segment.name}, spend", segment.spend
        yield f"segment {segment.name}, share", segment.share_pct


def _plans(pack: Pack) -> Iterator[tuple[str, Value | int | None]]:
    for kpi in (kpi for goal in pack.strategy.goals for kpi in goal.kpis):
        yield f"KPI {kpi.id}, baseline", kpi.baseline
        yield f"KPI {kpi.id}, target", kpi.target
        yield f"KPI {kpi.id}, due", kpi.due
        yield f"KPI {kpi.id}, latest", kpi.latest.value if kpi.latest else None
        yield f"KPI {kpi.id}, measured on", kpi.latest.date if kpi.latest else None
        yield f"KPI {kpi.id}, progress", kpi.progress_pct
    for risk in pack.risks:
        yield f"risk {risk.id}, exposure", risk.exposure
        yield f"risk {risk.id}, residual", risk.residual
    for step in pack.roadmap.milestones:
        yield f"milestone {step.id}, due", step.due


def _rules(pack: Pack) -> Iterator[tuple[str, Value | int | None]]:
    for forum in pack.governance.forums:
        yield f"forum {forum.name}, frequency", forum.frequency.lower()
    for level in pack.governance.escalation:
        yield f"escalation on {level.trigger}, respond hours", Decimal(level.respond_hours)
        yield f"escalation on {level.trigger}, resolve hours", Decimal(level.resolve_hours)


def _contracts(pack: Pack) -> Iterator[tuple[str, Value | int | None]]:
    for contract in pack.contracts:
        facts: tuple[tuple[str, Decimal | int | datetime.date | None], ...] = (
            ("term", contract.term),
            ("effective", contract.effective),
            ("annual commitment", contract.annual_commitment),
            ("commitment", contract.commitment_total),
            ("uptime", contract.uptime_pct),
            ("cap", contract.cap),
            ("super cap", contract.supercap),
            ("notice of the bank", contract.notice_bank_days),
            ("notice of the partner", contract.notice_provider_days),
            ("transition", contract.transition_months),
            ("payment days", contract.payment_days),
        )
        for name, value in facts:
            yield f"contract {contract.partner}, {name}", value
