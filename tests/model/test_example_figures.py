"""The figures of the example, worked out by hand in fixtures/nordhaven-expected.yaml."""

from __future__ import annotations

from typing import Any

import pytest
from tests.model.packs import FIXTURES, example

from govpack.sources import read_yaml

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
        "hhi_2029": figures.plan_hhi,
        "nimbus_reliant_spend": look_through.spend,
        "nimbus_reliant_share_pct": look_through.share_pct,
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
