"""The figures of the example, worked out by hand in fixtures/nordhaven-expected.yaml."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from tests.model.packs import FIXTURES, example

from govpack.model.base import rounded
from govpack.model.metrics import CATEGORIES
from govpack.sources import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable

EXPECTED: dict[str, Any] = read_yaml(FIXTURES / "nordhaven-expected.yaml")


def test_the_example_breaks_no_rule() -> None:
    assert example().problems() == ()


def test_spend_concentration_and_exit_are_those_worked_out_by_hand() -> None:
    figures, look_through = example().figures, example().figures.look_through
    assert look_through is not None
    assert look_through.name == "Nimbus"
    assert {
        "partners": figures.partner_count,
        "spend_total": figures.spend_total,
        "spend_by_segment": figures.spend_by_segment,
        "spend_by_kind": figures.spend_by_kind,
        "top1_share_pct": figures.top1_share_pct,
        "top2_share_pct": figures.top2_share_pct,
        "hhi_2026": figures.hhi,
        "plan_2029_total": figures.plan_total,
        "top1_share_2029_pct": figures.plan_top1_share_pct,
        "top2_share_2029_pct": figures.plan_top2_share_pct,
        "hhi_2029": figures.plan_hhi,
        "nimbus_reliant_spend": look_through.spend,
        "nimbus_reliant_share_pct": look_through.share_pct,
        "nimbus_reliant_share_2029_pct": look_through.plan_share_pct,
        "exit_cost_total": figures.exit_cost_total,
        "cif_partners": figures.cif_partner_count,
        "cif_exit_tested_last_12_months": figures.cif_exit_tested_count,
    } == EXPECTED["derived"]


def test_risks_are_those_worked_out_by_hand() -> None:
    figures = example().figures
    assert figures.largest_risk is not None
    assert {
        "count": figures.risk_count,
        "high": figures.risk_high_count,
        "medium": figures.risk_medium_count,
        "low": figures.risk_low_count,
        "exposure_total": figures.exposure_total,
        "residual_total": figures.residual_total,
        "residual_above_appetite": figures.residual_above_appetite_count,
        "largest": figures.largest_risk.id,
    } == EXPECTED["derived_risks"]


def test_commitments_are_those_worked_out_by_hand() -> None:
    figures = example().figures
    assert {
        "count": figures.contract_count,
        "commitment_total": figures.commitment_total,
        "annual_commitment_total": figures.annual_commitment_total,
        "spend_2026_of_the_four": figures.contracted_spend,
        "share_of_spend_pct": figures.contracted_share_pct,
        "first_year_price_effect": figures.first_year_price_effect,
    } == EXPECTED["derived_contracts"]


def test_what_follows_from_each_contract_is_what_was_worked_out_by_hand() -> None:
    assert {
        contract.id: {
            "expires": str(contract.expiry()),
            "commitment_total": contract.commitment(),
            "cap": contract.of_annual_commitment(contract.cap_pct),
            "supercap": contract.of_annual_commitment(contract.supercap_pct),
            "downtime_30_days_min": contract.downtime_30_days_min,
        }
        for contract in example().contracts
    } == EXPECTED["contracts"]


def test_scores_and_ratings_are_those_worked_out_by_hand() -> None:
    cards = example().scorecards.cards
    assert {card.partner.id: {"score": card.score, "rating": card.rating} for card in cards} == EXPECTED["scorecards"]


def test_economics_are_those_worked_out_by_hand() -> None:
    economics = example().strategy.economics
    assert economics is not None
    assert economics.downside is not None
    series = ("no_programme_spend", "programme_spend", "saving", "innovation_benefit", "one_off_cost", "run_cost")
    found: dict[str, Any] = {
        name: [*getattr(economics, name), getattr(economics, f"{name}_total")] for name in (*series, "net_benefit")
    }
    assert (
        found
        | {
            "npv_8pct": economics.npv,
            "benefit_cost_ratio": economics.benefit_cost_ratio,
            "payback_month": economics.payback_month,
            "downside": {
                "net_benefit": [*economics.downside.net_benefit, economics.downside_total],
                "npv_8pct": economics.downside_npv,
            },
        }
        == EXPECTED["economics"]
    )


@pytest.mark.parametrize("kpi_id", EXPECTED["baselines"])
def test_a_baseline_that_follows_from_other_figures_agrees_with_them(kpi_id: str) -> None:
    pack = example()
    derived = {
        "K01": pack.figures.top1_share_pct,
        "K02": pack.figures.hhi,
        "K03": pack.figures.cif_exit_tested_share_pct,
        "K10": pack.figures.mean_score,
        "K18": pack.figures.health_by_segment["strategic"],
    }
    (kpi,) = (kpi for goal in pack.strategy.goals for kpi in goal.kpis if kpi.id == kpi_id)
    assert kpi.baseline == derived[kpi_id] == EXPECTED["baselines"][kpi_id]


@pytest.mark.parametrize("partner", EXPECTED["metrics"])
def test_metrics_come_to_the_scores_and_explain_the_last_four_quarters(partner: str) -> None:
    """The weighted score of each quarter, worked out again from that quarter's figures, is the trend as stated."""
    cards, expected = example().scorecards, EXPECTED["metrics"][partner]
    card, weights = cards.partners[partner], cards.weights

    def in_quarter(category: str, number: int) -> Decimal:
        found = [metric for metric in card.metrics if metric.category == category]
        assert len(found) in (3, 4)
        return rounded(sum(each.weight * each.score_of(each.actuals[number]) for each in found) / Decimal(100), 0)

    assert {name: in_quarter(name, -1) for name in CATEGORIES} == {name: expected[name] for name in CATEGORIES}
    scores = [
        sum(getattr(weights, name) * in_quarter(name, number) for name in CATEGORIES) / 100 for number in range(-4, 0)
    ]
    assert [rounded(score, 0) for score in scores] == expected["last_four"] == list(card.trend[-4:])


def test_the_causes_of_the_red_score_stand_among_its_metrics() -> None:
    """91% of reserved GPU hours against 98%, 99.2% uptime against 99.5%, as the contract promises them."""
    pack = example()
    figures = {metric.name: (metric.actual, metric.target) for metric in pack.scorecards.partners["halden"].metrics}
    (contract,) = pack.partner("halden").contracts
    assert figures["Reserved GPU hours delivered"] == (91, contract.capacity_hours_target_pct)
    assert figures["Uptime"] == (Decimal("99.2"), contract.uptime_pct)


def test_priority_1_incidents_of_all_partners_are_the_baseline_of_their_kpi() -> None:
    pack = example()
    counted = [
        metric.actual or 0
        for card in pack.scorecards.cards
        for metric in card.metrics
        if metric.name == "Priority 1 incidents caused by the partner"
    ]
    (baseline,) = (kpi.baseline for goal in pack.strategy.goals for kpi in goal.kpis if kpi.id == "K11")
    assert sum(counted) == baseline == 5


def filled(rows: Iterable[Any], key: str, column: str, members: str) -> dict[int, dict[int, list[str]]]:
    """Only the rows and cells of a matrix in which something stands."""
    found = {
        getattr(row, key): {getattr(cell, column): list(getattr(cell, members)) for cell in row.cells} for row in rows
    }
    kept = {row: {place: names for place, names in cells.items() if names} for row, cells in found.items()}
    return {row: cells for row, cells in kept.items() if cells}


def test_heatmap_and_risk_matrices_are_those_drawn_by_hand() -> None:
    pack = example()
    expected = {
        name: {int(row): {int(place): names for place, names in cells.items()} for row, cells in EXPECTED[name].items()}
        for name in ("heatmap", "risk_matrix", "residual_matrix")
    }
    assert filled(pack.strategy.heatmap, "value", "health", "partners") == expected["heatmap"]
    assert filled(pack.figures.risk_matrix, "likelihood", "impact", "risks") == expected["risk_matrix"]
    assert filled(pack.figures.residual_matrix, "likelihood", "impact", "risks") == expected["residual_matrix"]


def test_every_critical_partner_can_be_left_within_its_months_and_cost() -> None:
    pack = example()
    assert pack.figures.cif_without_exit_plan_count == 0
    assert {plan.partner for plan in pack.exit_plans} == set(EXPECTED["exits"])
    for plan in pack.exit_plans:
        partner, expected = pack.partner(plan.partner), EXPECTED["exits"][plan.partner]
        assert (partner.exit_months, partner.exit_cost, plan.cost_total) == (
            expected["months"],
            expected["cost"],
            expected["cost"],
        )
        assert plan.total_weeks <= Decimal(52) / 12 * expected["months"]
        assert [str(test.date) for test in plan.tests] == ([expected["tested"]] if expected["tested"] else [])


def test_the_roadmap_keeps_the_days_of_the_story() -> None:
    pack = example()
    due = {milestone.name: str(milestone.due) for milestone in pack.roadmap.milestones}
    assert {name: due[name] for name in EXPECTED["roadmap_days"]} == EXPECTED["roadmap_days"]
    assert [pack.roadmap.quarters[0].label, pack.roadmap.quarters[-1].label] == ["Q4 2026", "Q4 2028"]
    assert {lane.group for lane in pack.roadmap.lanes} == {"partners", "customers", "regulators", "bank"}


def test_the_roadmap_agrees_with_contracts_and_briefing() -> None:
    """Gates of the university fall on its Milestones; next steps of the briefing on the milestones of the same day."""
    pack = example()
    (ostermark,) = pack.partner("ostermark").contracts
    gates = [each.due for each in ostermark.milestones]
    assert [each.due for each in pack.roadmap.milestones if each.lane == "ostermark"] == gates[:3]
    days = {milestone.due for milestone in pack.roadmap.milestones}
    told = {step.due for step in pack.briefing.next_steps if step.due and "Halden" in step.action}
    assert told <= days


def test_what_the_next_project_must_reach_are_the_targets_of_the_kpis() -> None:
    pack = example()
    kpis = {kpi.id: kpi for kpi in pack.enablement.kpis}
    assert len(kpis) == 18
    assert pack.enablement.exit_criteria
    for criterion in pack.enablement.exit_criteria:
        assert criterion.kpi is not None
        kpi = kpis[criterion.kpi]
        assert kpi.target is not None
        assert criterion.due == kpi.due
        assert f"{kpi.target:f}" in (criterion.measure or "")
        assert f"{kpi.baseline:f}" in (criterion.measure or "")
    assert pack.enablement.pilot_budget_total == sum(
        line.amount for line in pack.enablement.budget_lines if "Pilots" in line.item
    )
