"""Derived figures of roadmaps, exit plans, metrics, rubric and maps, where the example does not reach."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from tests.model.packs import small_pack

from govpack.model.metrics import Metric
from govpack.model.rubric import Rubric

ROADMAP: dict[str, Any] = {
    "lanes": [{"id": "us", "name": "Us", "group": "bank"}, {"id": "law", "name": "Law", "group": "regulators"}],
    "milestones": [
        {"id": "B", "name": "Second", "lane": "us", "start": "2026-12-31", "due": "2027-04-01", "depends_on": ["A"]},
        {"id": "A", "name": "First", "lane": "us", "due": "2027-03-31"},
        {"id": "C", "name": "Law", "lane": "law", "due": "2027-06-30"},
    ],
}


def test_quarters_reach_from_the_first_start_to_the_last_due_date_without_a_hole() -> None:
    roadmap = small_pack(roadmap=ROADMAP).roadmap
    assert [quarter.label for quarter in roadmap.quarters] == ["Q4 2026", "Q1 2027", "Q2 2027"]
    assert [str(quarter.end) for quarter in roadmap.quarters] == ["2026-12-31", "2027-03-31", "2027-06-30"]
    assert small_pack().roadmap.quarters == ()


def test_a_milestone_stands_in_the_cell_of_its_lane_and_quarter() -> None:
    roadmap = small_pack(roadmap=ROADMAP).roadmap
    grid = {row.lane.name: [[each.id for each in cell] for cell in row.cells] for row in roadmap.grid}
    assert grid == {"Us": [[], ["A"], ["B"]], "Law": [[], [], ["C"]]}
    second, first, law = roadmap.milestones
    assert (second.start_index, second.quarter_index, second.lane_name) == (0, 2, "Us")
    assert (law.start_index, law.quarter_index, law.lane_name) == (2, 2, "Law")
    assert [each.id for each in first.dependants] == ["B"]
    assert [each.id for each in roadmap.lanes[0].milestones] == ["A", "B"]


def test_a_joint_roadmap_tells_each_sides_commitments_by_date() -> None:
    commitments = [
        {"id": "1", "by": "bank", "what": "late", "due": "2028-01-01"},
        {"id": "2", "by": "partner", "what": "theirs"},
        {"id": "3", "by": "bank", "what": "undated"},
        {"id": "4", "by": "bank", "what": "soon", "due": "2027-01-01"},
    ]
    (contract,) = small_pack(contracts__0__joint_roadmap={"commitments": commitments}).contracts
    assert [each.what for each in contract.joint_roadmap.from_bank] == ["soon", "late", "undated"]
    assert [each.what for each in contract.joint_roadmap.from_partner] == ["theirs"]


def test_a_joint_timeline_has_each_commitment_in_its_quarter_and_the_horizon_that_fills_most_of_it() -> None:
    roadmap = {
        "horizons": [
            {"name": "Start", "start": "2027-02-01", "end": "2027-07-31"},
            {"name": "Then", "start": "2027-08-01", "end": "2027-12-31"},
            {"name": "Open"},
        ],
        "commitments": [
            {"id": "1", "by": "bank", "what": "early", "due": "2027-03-31"},
            {"id": "2", "by": "partner", "what": "late", "due": "2028-01-01"},
            {"id": "3", "by": "bank", "what": "undated"},
        ],
    }
    (contract,) = small_pack(contracts__0__joint_roadmap=roadmap).contracts
    plan = contract.joint_roadmap
    assert [(quarter.label, quarter.horizon) for quarter in plan.timeline] == [
        ("Q1 2027", "Start"),
        ("Q2 2027", "Start"),
        ("Q3 2027", "Then"),
        ("Q4 2027", "Then"),
        ("Q1 2028", None),
    ]
    due = [[each.id for each in (*quarter.from_bank, *quarter.from_partner)] for quarter in plan.timeline]
    assert due == [["1"], [], [], [], ["2"]]
    assert (str(plan.starts), str(plan.ends)) == ("2027-02-01", "2027-12-31")


def test_without_horizons_a_joint_roadmap_reaches_from_the_first_due_date_to_the_last() -> None:
    commitments = [
        {"id": n, "by": "bank", "what": "w", "due": day} for n, day in (("1", "2027-05-01"), ("2", "2027-01-02"))
    ]
    (contract,) = small_pack(contracts__0__joint_roadmap={"commitments": commitments}).contracts
    plan = contract.joint_roadmap
    assert (str(plan.starts), str(plan.ends), len(plan.timeline)) == ("2027-01-02", "2027-05-01", 2)
    (empty,) = small_pack().contracts
    assert (empty.joint_roadmap.starts, empty.joint_roadmap.ends, empty.joint_roadmap.timeline) == (None, None, ())


def test_the_timeline_of_an_exit_parts_each_steps_weeks_over_at_most_twenty_columns() -> None:
    steps = [
        {"step": "First", "weeks": "2.5", "starts_week": 1},
        {"step": "Second", "weeks": 20, "starts_week": 4},
        {"step": "Third", "weeks": "0.5", "starts_week": 24},
    ]
    (plan,) = small_pack(exit_plans=[{"partner": "acme", "steps": steps}]).exit_plans
    assert plan.band_weeks == 2
    assert [(band.first, band.last) for band in plan.bands[:2]] == [(1, 2), (3, 4)]
    assert len(plan.bands) == 12
    assert [line.number for line in plan.timeline] == [1, 2, 3]
    assert [str(weeks) for weeks in plan.timeline[0].weeks[:3]] == ["2", "0.5", "0"]
    assert [str(weeks) for weeks in plan.timeline[1].weeks[:3]] == ["0", "1", "2"]
    assert [sum(line.weeks) for line in plan.timeline] == [step.weeks for step in plan.steps]


@pytest.mark.parametrize(
    ("weeks", "size", "columns"), [(1, 1, 1), (20, 1, 20), (21, 2, 11), (81, 8, 11), (1000, 52, 20)]
)
def test_columns_of_an_exits_timeline_grow_with_its_length(weeks: int, size: int, columns: int) -> None:
    steps = [{"step": "All", "weeks": weeks, "starts_week": 1}]
    (plan,) = small_pack(exit_plans=[{"partner": "acme", "steps": steps}]).exit_plans
    assert (plan.band_weeks, len(plan.bands)) == (size, columns)
    (empty,) = small_pack(exit_plans=[{"partner": "acme"}]).exit_plans
    assert (empty.bands, empty.timeline) == ((), ())


def test_an_exit_takes_until_its_last_step_is_done_not_until_the_last_has_begun() -> None:
    steps = [{"step": "Long", "weeks": "7.5", "starts_week": 2}, {"step": "Short", "weeks": 2, "starts_week": 6}]
    pack = small_pack(exit_plans=[{"partner": "acme", "steps": steps}])
    (plan,) = pack.exit_plans
    assert (plan.total_weeks, plan.cost_total) == (Decimal("8.5"), None)
    assert pack.partner("acme").exit_plan is plan
    assert pack.partner("other").exit_plan is None
    assert pack.figures.cif_without_exit_plan_count == 0
    assert small_pack().figures.cif_without_exit_plan_count == 1


def test_a_contract_knows_its_negotiation() -> None:
    pack = small_pack(negotiations=[{"contract": "C1"}])
    assert pack.contracts[0].negotiation is pack.negotiations[0]
    assert small_pack().contracts[0].negotiation is None


def metric(better: str = "up", actuals: tuple[object, ...] = (), target: object = 98, threshold: object = 85) -> Metric:
    """A metric from threshold to target."""
    return Metric.model_validate(
        {
            "id": "M",
            "name": "Hours delivered",
            "category": "technical",
            "unit": "%",
            "weight": 100,
            "target": target,
            "threshold": threshold,
            "better": better,
            "actuals": actuals,
        }
    )


@pytest.mark.parametrize(
    ("actual", "score", "met"),
    [
        ("98", 100, True),
        ("99.9", 100, True),
        ("91", 46, False),
        ("85", 0, False),
        ("80", 0, False),
        ("91.565", 51, False),
    ],
)
def test_a_metric_earns_points_in_proportion_between_threshold_and_target(actual: str, score: int, met: bool) -> None:
    found = metric(actuals=(Decimal(actual),))
    assert (found.score, found.met) == (score, met)


def test_the_exact_score_is_not_rounded() -> None:
    assert str(metric(actuals=(91,)).exact_score) == "46.15384615384615384615384615"
    assert (metric().exact_score, metric().score, metric().actual, metric().met) == (None, None, None, None)


def test_where_less_is_better_the_scale_runs_down() -> None:
    found = metric(better="down", target=800, threshold=1200, actuals=(1300, 1000, 860, 700))
    assert found.scores == (0, 50, 85, 100)


@pytest.mark.parametrize(
    ("better", "actuals", "label"),
    [
        ("up", (90, 94), "improving"),
        ("up", (94, 90), "declining"),
        ("up", (90, "90.2"), "steady"),
        ("up", (80, 97, 96, 95, 94), "declining"),  # only the last four quarters count
        ("up", (90,), None),
    ],
)
def test_a_trend_is_told_against_the_oldest_of_the_last_four_quarters(
    better: str, actuals: tuple[object, ...], label: str | None
) -> None:
    assert metric(better=better, actuals=actuals).trend_label == label


def test_a_falling_figure_improves_where_less_is_better() -> None:
    assert metric(better="down", target=10, threshold=40, actuals=(30, 20)).trend_label == "improving"


def rubric(*scores: dict[str, object], top: int = 5) -> Rubric:
    """Two criteria of 60 and 40, and an assessor for each set of scores."""
    criteria = [
        {"id": name, "name": name, "weight": weight, "levels": [{"score": top, "looks_like": "so"}]}
        for name, weight in (("P1", 60), ("P2", 40))
    ]
    assessors = [{"person": "lead", "scores": given} for given in scores]
    return small_pack(rubric={"criteria": criteria, "assessors": assessors}).rubric


def test_79_96_percent_is_not_80() -> None:
    found = rubric({"P1": "3.997", "P2": "3.9995"})
    assert found.total_pct == Decimal("79.960")
    assert found.verdict == "not passed"


def test_80_percent_passes() -> None:
    assert rubric({"P1": 4, "P2": 4}).verdict == "passed"


def test_exactly_80_percent_passes_also_where_sevenths_cannot_be_written_as_decimals() -> None:
    """4, 6 and 6.8 of 7 are 80% together, though the mean of their percentages falls short by a rounding."""
    found = rubric({"P1": 4, "P2": 4}, {"P1": 6, "P2": 6}, {"P1": "6.8", "P2": "6.8"}, top=7)
    assert found.total_pct is not None
    assert found.total_pct < 80
    assert found.verdict == "passed"


def test_there_is_no_total_until_every_assessor_has_scored_everything() -> None:
    found = rubric({"P1": 5, "P2": 5}, {"P1": 5})
    assert (found.total_pct, found.verdict) == (None, None)
    assert [each.complete for each in found.assessors] == [True, False]
    assert (rubric().total_pct, rubric().verdict, rubric().max_score) == (None, None, 5)


def test_an_assessor_is_named_by_person_or_name() -> None:
    assessors = [{"person": "lead"}, {"name": "Guest"}]
    assert [each.display_name for each in small_pack(rubric={"assessors": assessors}).rubric.assessors] == [
        "Ada Lead",
        "Guest",
    ]


def test_the_heatmap_shades_by_how_far_health_lags_behind_value() -> None:
    rows = small_pack(partners__0__value=5, partners__0__health=2).strategy.heatmap
    assert [row.value for row in rows] == [5, 4, 3, 2, 1]
    assert [cell.shade for cell in rows[0].cells] == ["act", "act", "watch", "low", "low"]
    assert [(cell.health, cell.partners, cell.count) for cell in rows[0].cells][1] == (2, ("Acme",), 1)
    # The other partner has neither value nor health, so it is in no cell.
    assert sum(cell.count for row in rows for cell in row.cells) == 1


def test_a_critical_capability_with_one_strong_partner_is_thin() -> None:
    capabilities = [{"id": "gpu", "name": "GPU capacity", "critical": True}, {"id": "lab", "name": "Research"}]
    strategy = small_pack(
        strategy__capabilities=capabilities,
        partners__0__capability_strengths={"gpu": 3},
        partners__1__capability_strengths={"gpu": 1},
    ).strategy
    gpu, lab = strategy.capability_map
    assert [(cell.name, cell.strength, cell.word) for cell in gpu.cells] == [("Acme", 3, "lead"), ("Other", 1, "some")]
    assert (gpu.strong_count, gpu.thin) == (1, True)
    assert [cell.word for cell in lab.cells] == ["none", "none"]
    assert not lab.thin
    assert [partner.name for partner in strategy.capability_partners] == ["Acme", "Other"]


def test_the_risk_matrices_show_where_each_open_risk_stands() -> None:
    residual = {"risks__0__residual_likelihood": 2, "risks__0__residual_impact": 4}
    figures = small_pack(**residual).figures
    before = {(row.likelihood, cell.impact): cell for row in figures.risk_matrix for cell in row.cells}
    after = {(row.likelihood, cell.impact): cell for row in figures.residual_matrix for cell in row.cells}
    assert len(before) == len(after) == 25
    assert [place for place, cell in before.items() if cell.risks] == [(4, 5)]
    assert [place for place, cell in after.items() if cell.risks] == [(2, 4)]
    assert (before[4, 5].exposure, before[4, 5].band, after[2, 4].band) == (20, "high", "medium")
    closed = small_pack(risks__0__status="closed").figures
    assert not any(cell.risks for row in closed.risk_matrix for cell in row.cells)


@pytest.mark.parametrize(
    ("code", "name", "locale"),
    [
        ("NL", "the Netherlands", "en-IE"),
        ("IE", "Ireland", "en-IE"),
        ("US", "the United States", "en-IE"),
        ("NL", "Niederlande", "de-DE"),
    ],
)
def test_a_country_within_an_english_sentence_has_its_article(code: str, name: str, locale: str) -> None:
    pack = small_pack(partners__0__country=code, pack__locale=locale, contracts__0__storage=[code])
    assert pack.partners[0].country_in_text == name
    assert pack.contracts[0].storage_in_text == (name,)


OWN: dict[str, Any] = {
    "contracts__1": {"id": "C2", "partner": "other", "type": "co-innovation agreement"},
    "governance__roles__1__applies": "services",
    "governance__roles__2": {"id": "prof", "name": "Professor", "side": "partner", "applies": "co-innovation"},
    "governance__raci": {
        "activities": [
            {"activity": "Report", "responsible": ["manager"], "accountable": "owner", "applies": "services"},
            {"activity": "Publish", "responsible": ["prof"], "accountable": "owner", "applies": "co-innovation"},
            {"activity": "Sign", "accountable": "owner"},
            {"activity": "Plan the exit", "accountable": "owner", "internal": True},
        ]
    },
    "governance__decision_rights": [
        {"decision": "Credits", "decides": "Owner", "applies": "services"},
        {"decision": "Gates", "decides": "Board", "applies": "co-innovation"},
        {"decision": "Termination", "decides": "Board", "internal": True},
    ],
    "governance__forums__2": {"id": "M3", "name": "Lab", "with_partner": True, "applies": "co-innovation"},
    "governance__performance": {"process": "Scored"},
    "governance__change_control": "By note",
    "governance__co_innovation": {"process": "By gate"},
}


def test_each_contract_shows_what_is_for_its_type() -> None:
    services, joint = small_pack(**OWN).contracts
    assert [role.name for role in services.roles] == ["Contract owner", "Service manager"]
    assert [role.name for role in joint.roles] == ["Contract owner", "Professor"]
    assert [role.id for role in joint.raci.columns] == ["owner", "prof"]
    assert [(row.activity, row.letters) for row in joint.raci.rows] == [("Publish", ("A", "R")), ("Sign", ("A", "–"))]
    assert [row.activity for row in services.raci.rows] == ["Report", "Sign"]
    assert [right.decision for right in services.decision_rights] == ["Credits"]
    assert [right.decision for right in joint.decision_rights] == ["Gates"]
    assert [forum.id for forum in services.forums] == ["M1"]
    assert [forum.id for forum in joint.forums] == ["M1", "M3"]


def test_joint_work_is_judged_in_its_own_way_and_without_a_rating() -> None:
    services, joint = small_pack(**OWN).contracts
    assert services.performance.process == "Scored"
    assert services.performance.rating_bands is not None
    assert (joint.performance.process, joint.performance.rating_bands) == ("By gate", None)
    # What governance.co_innovation leaves out is as for all.
    assert services.change_control == joint.change_control == "By note"


def test_what_is_handed_over_carries_the_packs_own_kpis() -> None:
    kpi = {"id": "K1", "name": "Share", "unit": "%", "better": "down", "baseline": 35, "target": 30}
    goals = [{"id": "G1", "name": "A", "kpis": [kpi]}]
    lines = [{"item": "Work", "amount": 10}, {"item": "Tests", "amount": 5}]
    pack = small_pack(strategy__goals=goals, enablement={"budget_lines": lines})
    assert pack.enablement.kpis == (pack.strategy.goals[0].kpis[0],)
    assert pack.enablement.budget_total == 15
