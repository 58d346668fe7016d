"""Rules between several values: each break is told at its place, all at once."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from tests.model.packs import FIXTURES, example_tree, small, small_pack

from govpack.model.pack import Pack

ECONOMICS: dict[str, Any] = {
    "years": [2027, 2028],
    "no_programme_spend": [10, 12],
    "programme_spend": [9, 10],
    "saving_by_lever": {"terms": 3},
}
KPI = {"id": "K1", "name": "Share", "unit": "%", "better": "down", "baseline": 35, "target": 30}
ACTUAL = {"date": "2026-09-30", "value": 34}
MEASURED = KPI | {"baseline_date": "2026-06-30", "actuals": [ACTUAL | {"date": "2026-06-30"}]}


def test_the_small_pack_breaks_no_rule() -> None:
    assert small_pack().problems() == ()


def test_the_minimal_fixture_breaks_no_rule() -> None:
    assert (FIXTURES / "minimal").is_dir()
    assert Pack.model_validate(example_tree("minimal")).problems() == ()


@pytest.mark.parametrize(
    ("changes", "path", "words"),
    [
        ({"partners__1__id": "acme"}, "partners.1.id", "there is another partner 'acme'"),
        ({"partners__1__id": "ACME"}, "partners.1.id", "differs from 'acme' only in capitals"),
        ({"governance__obligations__1__id": "O1"}, "governance.obligations.1.id", "another obligation 'O1'"),
        (
            {"strategy__goals": [{"id": "G1", "name": "A", "kpis": [KPI]}, {"id": "G2", "name": "B", "kpis": [KPI]}]},
            "strategy.goals.1.kpis.0.id",
            "another KPI 'K1'",
        ),
        ({"partners__1__id": "bank"}, "partners.1.id", "'bank' means our own side"),
        ({"partners__1__hosted_on": "other"}, "partners.1.hosted_on", "cannot be hosted on itself"),
        ({"partners__0__alternatives__0": "acme"}, "partners.0.alternatives.0", "cannot be its own alternative"),
        ({"partners__0__supports_cif": False}, "partners.0.functions", "supports_cif is not true"),
        ({"partners__0__last_exit_test": "2026-10-01"}, "partners.0.last_exit_test", "after the date of the pack"),
        ({"people__lead__deputy": "lead"}, "people.lead.deputy", "Ada Lead cannot be their own deputy"),
        ({"risks__0__residual_likelihood": 2}, "risks.0", "residual_impact is missing"),
        (
            {"risks__0__residual_likelihood": 5, "risks__0__residual_impact": 5},
            "risks.0.residual_likelihood",
            "R1 has 20 before and 25 after it",
        ),
        (
            {"strategy__goals": [{"id": "G1", "name": "A", "kpis": [MEASURED]}]},
            "strategy.goals.0.kpis.0.actuals.0.date",
            "was measured on 2026-06-30, not after its baseline of 2026-06-30",
        ),
        (
            {
                "strategy__goals": [
                    {"id": "G1", "name": "A", "kpis": [KPI | {"actuals": [ACTUAL | {"date": "2026-10-01"}]}]}
                ]
            },
            "strategy.goals.0.kpis.0.actuals.0.date",
            "was measured on 2026-10-01, after the day that the pack is of, 2026-09-30",
        ),
        (
            {"strategy__goals": [{"id": "G1", "name": "A", "kpis": [KPI | {"actuals": [ACTUAL, ACTUAL]}]}]},
            "strategy.goals.0.kpis.0.actuals.1.date",
            "has two figures for 2026-09-30",
        ),
        (
            {"strategy__goals": [{"id": "G1", "name": "A", "kpis": [KPI | {"better": "up"}]}]},
            "strategy.goals.0.kpis.0.target",
            "its target 30 is worse than its baseline 35",
        ),
        (
            {"strategy__risk_appetite": {"medium_from": 15}},
            "strategy.risk_appetite",
            "medium_from must be below high_from",
        ),
        (
            {"strategy__economics": ECONOMICS | {"run_cost": [1]}},
            "strategy.economics.run_cost",
            "one figure for each of the 2 years; there are 1",
        ),
        (
            {"strategy__economics": ECONOMICS | {"downside": {"case": "worse", "net_benefit": [1, 2, 3]}}},
            "strategy.economics.downside.net_benefit",
            "there are 3",
        ),
        (
            {"strategy__economics": ECONOMICS | {"years": [2027, 2029]}},
            "strategy.economics.years",
            "must follow one another",
        ),
        (
            {"strategy__economics": ECONOMICS | {"saving_by_lever": {"terms": 2}}},
            "strategy.economics.saving_by_lever",
            "total saving, 3; they add up to 2",
        ),
        ({"governance__roles__0__deputy": "lead"}, "governance.roles.0.deputy", "somebody else than its holder"),
        ({"governance__roles__0__holder": "acme_boss"}, "governance.roles.0.holder", "Ed Boss is of 'acme'"),
        ({"governance__roles__1__holder": "acme_boss"}, "governance.roles.1.holder", "in each contract, under team"),
        ({"governance__raci__roles": ["owner"]}, "governance.raci.activities.0.responsible.0", "has no column"),
        (
            {"governance__raci__activities__0__informed": ["manager"]},
            "governance.raci.activities.0",
            "the role 'manager' has more than one part",
        ),
        (
            {"governance__raci__activities__0__consulted": ["owner"]},
            "governance.raci.activities.0",
            "the role 'owner' has more than one part",
        ),
        (
            {"governance__escalation__1__respond_hours": 1},
            "governance.escalation.1.respond_hours",
            "the hours to respond must rise from level to level; after 1 comes 1",
        ),
        (
            {"governance__escalation__1__resolve_hours": 4},
            "governance.escalation.1.resolve_hours",
            "after 8 comes 4",
        ),
        ({"governance__escalation__1__level": 1}, "governance.escalation.1.level", "the level must rise"),
        (
            {"governance__escalation__0__respond_hours": 9},
            "governance.escalation.0.resolve_hours",
            "resolved before someone answers",
        ),
        ({"governance__escalation__0__bank": "acme_boss"}, "governance.escalation.0.bank", "not of our side"),
        (
            {"governance__escalation__0__partner_role": "owner"},
            "governance.escalation.0.partner_role",
            "'Contract owner' is a role of ours",
        ),
        (
            {"governance__performance": {"rating_bands": {"amber_from": 80}}},
            "governance.performance.rating_bands",
            "amber_from must be below green_from",
        ),
        ({"partners__0__engagement_only": True}, "contracts.0.partner", "Acme is a supervisor"),
        ({"partners__0__engagement_only": True}, "scorecards.partners.acme", "is never scored"),
        (
            {"contracts__0__services": [{"name": "Scoring", "critical_function": "CRD"}]},
            "contracts.0.services.0.critical_function",
            "'CRD' is not among the functions that Acme supports",
        ),
        ({"contracts__0__expires": "2030-02-01"}, "contracts.0.expires", "so it ends on 2030-01-31, not on 2030-02-01"),
        (
            {"contracts__0__term": None, "contracts__0__expires": "2027-01-01"},
            "contracts.0.expires",
            "would end before it starts",
        ),
        (
            {"contracts__0__commitment_total": 3601},
            "contracts.0.commitment_total",
            "EUR 1,200 a year for 36 months is EUR 3,600, not EUR 3,601",
        ),
        ({"contracts__0__cap": 1600}, "contracts.0.cap", "EUR 1,200 a year at 125 % is EUR 1,500, not EUR 1,600"),
        (
            {"contracts__0__supercap_pct": 200, "contracts__0__supercap": 2000},
            "contracts.0.supercap",
            "at 200 % is EUR 2,400",
        ),
        ({"contracts__0__uptime_pct": None}, "contracts.0.credits", "uptime_pct"),
        ({"contracts__0__uptime_pct": 99.5}, "contracts.0.credits.0.below", "promised availability of 99.5 %"),
        ({"contracts__0__credits__1__below": 99.9}, "contracts.0.credits.1.below", "from the mildest to the hardest"),
        ({"contracts__0__credits__1__pct": 10}, "contracts.0.credits.1.pct", "10 % after 10 %"),
        (
            {"contracts__0__signatory_bank": "acme_boss"},
            "contracts.0.signatory_bank",
            "here someone of 'bank' is meant",
        ),
        ({"contracts__0__signatory_partner": "other_boss"}, "contracts.0.signatory_partner", "Flo Other is of 'other'"),
        ({"contracts__0__team__manager__holder": "lead"}, "contracts.0.team.manager.holder", "Ada Lead is of 'bank'"),
        (
            {"contracts__0__team__manager__deputy": "acme_sales"},
            "contracts.0.team.manager.deputy",
            "somebody else than its holder",
        ),
        ({"contracts__0__team__owner": {"holder": "acme_boss"}}, "contracts.0.team.owner", "is a role of ours"),
        ({"scorecards__weights": {"technical": 50}}, "scorecards.weights", "must total 100; they total 110"),
        ({"scorecards__partners__acme__trend": [74]}, "scorecards.partners.acme.trend", "2 quarters; it has 1"),
        (
            {"scorecards__partners__acme__trend": [72, 73]},
            "scorecards.partners.acme.trend.1",
            "the weighted score, 74; it is 73",
        ),
    ],
)
def test_a_broken_rule_is_told_at_its_place(changes: dict[str, Any], path: str, words: str) -> None:
    problems = small_pack(**changes).problems()
    told = {".".join(map(str, problem.path)): problem.message for problem in problems}
    assert words in told.get(path, f"nothing at {path}, but {told}")


def test_all_problems_come_at_once() -> None:
    pack = small_pack(
        people__lead__deputy="lead", contracts__0__cap=1, scorecards__partners__acme__trend=[1, 2], risks__0__impact=1
    )
    assert len(pack.problems()) == 3


def test_rules_hold_their_ground_where_references_are_broken() -> None:
    """Broken references are reported by others; the rules must not fall over them."""
    tree = copy.deepcopy(small())
    tree["contracts"][0] |= {"partner": "nobody", "signatory_bank": "nobody", "team": {"none": {"holder": "nobody"}}}
    tree["governance"]["escalation"][0] |= {"bank": "nobody", "partner_role": "none"}
    tree["governance"]["roles"][0]["holder"] = "nobody"
    tree["partners"][0] |= {"segment": "none", "hosted_on": "nobody", "functions": ["none"]}
    tree["scorecards"]["partners"]["nobody"] = tree["scorecards"]["partners"].pop("acme")
    assert Pack.model_validate(tree).problems() == ()


def test_a_fraction_of_a_month_may_be_written_in_whole_units() -> None:
    assert not small_pack(
        contracts__0__term=7, contracts__0__annual_commitment=1000, contracts__0__commitment_total=583
    ).problems()
