"""Rules of roadmaps, exit plans, negotiations, hand-over and the types of agreement: each break told at its place."""

from __future__ import annotations

from typing import Any

import pytest
from tests.model.packs import small_pack

MILESTONES: list[dict[str, Any]] = [
    {"id": "A", "name": "First", "lane": "us", "due": "2026-12-31"},
    {"id": "B", "name": "Second", "lane": "us", "start": "2027-01-04", "due": "2027-03-31", "depends_on": ["A"]},
    {"id": "C", "name": "Third", "lane": "us", "due": "2027-06-30", "depends_on": ["B"]},
]
ROADMAP: dict[str, Any] = {"lanes": [{"id": "us", "name": "Us", "group": "bank"}], "milestones": MILESTONES}
RECORD: dict[str, Any] = {
    "contract": "C1",
    "issues": [{"id": "I1", "issue": "Price"}],
    "concessions": [{"step": 1, "give": "a", "get": "b", "approver": "lead"}, {"step": 2, "give": "c", "get": "d"}],
    "team": [{"person": "lead", "part": "leads"}],
    "calendar": [{"date": "2026-10-01", "event": "Start"}, {"date": "2026-11-01", "event": "End"}],
}
PLAN: dict[str, Any] = {
    "partner": "acme",
    "steps": [{"step": "Decide", "weeks": 2, "starts_week": 1}, {"step": "Move", "weeks": 11, "starts_week": 3}],
    "costs": [{"item": "Work", "amount": 70}, {"item": "Tests", "amount": 30}],
    "tests": [{"date": "2026-05-01", "scope": "All", "result": "Passed"}],
    "next_test": "2027-05-01",
}
PLANNED: dict[str, Any] = {
    "partners__0__exit_months": 3,
    "partners__0__exit_cost": 100,
    "partners__0__last_exit_test": "2026-05-01",
    "exit_plans": [PLAN],
    "negotiations": [RECORD],
    "roadmap": ROADMAP,
}


def told(changes: dict[str, Any]) -> dict[str, str]:
    """Path → message of every problem of a pack with plans, changed."""
    problems = small_pack(**{**PLANNED, **changes}).problems()
    return {".".join(map(str, problem.path)): problem.message for problem in problems}


def test_plans_that_hold_together_break_no_rule() -> None:
    """13 weeks are within three months, and C comes after B after A."""
    assert told({}) == {}


@pytest.mark.parametrize(
    ("changes", "path", "words"),
    [
        (
            {"roadmap__milestones__1__due": "2027-01-03"},
            "roadmap.milestones.1.due",
            "B would be due before work on it starts",
        ),
        (
            {"roadmap__milestones__0__due": "2027-04-01"},
            "roadmap.milestones.1.depends_on.0",
            "B is due on 2027-03-31, before A on which it depends (2027-04-01)",
        ),
        (
            {"roadmap__milestones__0__depends_on": ["C"]},
            "roadmap.milestones.0.depends_on",
            "A depends on itself, directly or through others",
        ),
        ({"roadmap__milestones__1__id": "a"}, "roadmap.milestones.1.id", "differs from 'A' only in capitals"),
        (
            {"roadmap__horizons": [{"name": "Now", "start": "2027-01-01", "end": "2026-01-01"}]},
            "roadmap.horizons.0.end",
            "'Now' would end before it starts",
        ),
        (
            {
                "contracts__0__joint_roadmap": {
                    "horizons": [{"name": "Now", "start": "2027-01-02", "end": "2027-01-01"}]
                }
            },
            "contracts.0.joint_roadmap.horizons.0.end",
            "'Now' would end before it starts",
        ),
        (
            {"contracts__0__joint_roadmap": {"commitments": [{"id": "X", "by": "bank", "what": "a"}] * 2}},
            "contracts.0.joint_roadmap.commitments.1.id",
            "another commitment 'X'",
        ),
        ({"negotiations__1": RECORD}, "negotiations.1.contract", "another negotiation of C1"),
        ({"negotiations__0__concessions__1__step": 1}, "negotiations.0.concessions.1.step", "after 1 comes 1"),
        (
            {"negotiations__0__concessions__0__approver": "acme_boss"},
            "negotiations.0.concessions.0.approver",
            "Ed Boss",
        ),
        ({"negotiations__0__team__0__person": "acme_boss"}, "negotiations.0.team.0.person", "not of our side"),
        (
            {"negotiations__0__calendar__1__date": "2026-09-01"},
            "negotiations.0.calendar.1.date",
            "after 2026-10-01 comes 2026-09-01",
        ),
        ({"negotiations__0__issues__1": {"id": "I1", "issue": "Term"}}, "negotiations.0.issues.1.id", "another issue"),
        ({"exit_plans__1": PLAN}, "exit_plans.1.partner", "another exit plan for 'acme'"),
        (
            {"exit_plans__0__steps__1__weeks": "11.5"},
            "exit_plans.0.steps",
            "the steps take 13.5 weeks, longer than the 3 months",
        ),
        ({"exit_plans__0__costs__1__amount": 31}, "exit_plans.0.costs", "100 (exit_cost); they add up to 101"),
        ({"exit_plans__0__tests__0__date": "2026-04-30"}, "exit_plans.0.tests", "has last_exit_test 2026-05-01"),
        (
            {"exit_plans__0__tests__0__date": "2026-10-01"},
            "exit_plans.0.tests.0.date",
            "cannot lie after the date of the pack",
        ),
        (
            {"exit_plans__0__tests__1": {"date": "2026-04-01", "scope": "All", "result": "Passed"}},
            "exit_plans.0.tests.1.date",
            "the newest last",
        ),
        ({"exit_plans__0__next_test": "2026-09-30"}, "exit_plans.0.next_test", "after the date of the pack"),
        (
            {
                "enablement": {
                    "pilots": [{"id": "P", "name": "Try", "budget": 2000}],
                    "budget_lines": [{"item": "Work", "amount": 1999}],
                }
            },
            "enablement.budget_lines",
            "the pilots may cost 2,000, more than the budget of 1,999",
        ),
    ],
)
def test_a_broken_plan_is_told_at_its_place(changes: dict[str, Any], path: str, words: str) -> None:
    found = told(changes)
    assert words in found.get(path, f"nothing at {path}, but {found}")


def test_a_test_that_the_partner_knows_nothing_of_is_told() -> None:
    planned = {key: value for key, value in PLANNED.items() if key != "partners__0__last_exit_test"}
    (problem,) = small_pack(**planned).problems()
    assert problem.message == "the last test is of 2026-05-01, but Acme has last_exit_test none: they must agree"


@pytest.mark.parametrize(
    ("changes", "path", "words"),
    [
        (
            {"governance__roles__1__applies": "co-innovation"},
            "governance.raci.activities.0.responsible.0",
            "the role 'manager' is for co-innovation agreements only, but the row is for all agreements",
        ),
        (
            {"governance__roles__1__applies": "co-innovation"},
            "governance.escalation.0.partner_role",
            "'Service manager' is for co-innovation agreements only, but level 1 is for all agreements",
        ),
        (
            {"governance__roles__1__applies": "co-innovation"},
            "contracts.0.team.manager",
            "is for co-innovation agreements only; this is a services agreement",
        ),
    ],
)
def test_a_role_must_be_there_wherever_it_is_named(changes: dict[str, Any], path: str, words: str) -> None:
    found = told(changes)
    assert words in found.get(path, f"nothing at {path}, but {found}")


REVIEW: dict[str, Any] = {"id": "V1", "type": "legal", "outcome": "approved", "date": "2026-09-30"}


def test_a_review_that_decided_on_a_day_breaks_no_rule() -> None:
    pending = {"id": "V2", "type": "panel", "date": "2027-01-01"}
    conditional = REVIEW | {"id": "V3", "outcome": "approved with conditions", "conditions": [{"text": "Ask first"}]}
    assert told({"reviews": [REVIEW, pending, conditional]}) == {}


@pytest.mark.parametrize(
    ("changes", "path", "words"),
    [
        ({"date": "2026-10-01"}, "reviews.0.date", "V1 is approved on 2026-10-01, after the date of the pack"),
        ({"date": None}, "reviews.0.date", "say on which day"),
        ({"outcome": "approved with conditions"}, "reviews.0.conditions", "name them"),
        ({"conditions": [{"text": "Ask first"}]}, "reviews.0.outcome", "'approved with conditions'"),
    ],
)
def test_a_review_cannot_approve_without_a_day_or_hide_its_conditions(
    changes: dict[str, Any], path: str, words: str
) -> None:
    found = told({"reviews": [REVIEW | changes]})
    assert words in found.get(path, f"nothing at {path}, but {found}")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (
            {"covers": "template", "of": [{"document": "agreement", "contract": "C1"}]},
            "V1 covers a template, and that is no review of contract 'C1'",
        ),
        ({"covers": "contract", "of": [{"document": "agreement"}]}, "say which one (contract)"),
    ],
)
def test_a_sign_off_of_a_template_is_no_sign_off_of_a_contract(changes: dict[str, Any], words: str) -> None:
    assert words in told({"reviews": [REVIEW | changes]})["reviews.0.of.0.contract"]


def test_a_review_may_name_a_template_or_each_of_its_contracts() -> None:
    template = REVIEW | {"covers": "template", "of": [{"document": "agreement"}]}
    contract = REVIEW | {"id": "V2", "covers": "contract", "of": [{"document": "agreement", "contract": "C1"}]}
    assert told({"reviews": [template, contract]}) == {}


LEVEL: dict[str, Any] = {"name": "Project leads", "respond_hours": 24, "resolve_hours": 72, "bank": "lead"}


def test_each_type_of_agreement_has_a_ladder_of_its_own() -> None:
    """Level 1 of joint work may stand after level 2 of the services, and its hours need not fit between them."""
    own = {"governance__escalation__2": LEVEL | {"level": 1, "applies": "co-innovation"}}
    services = {"governance__escalation__0__applies": "services", "governance__escalation__1__applies": "services"}
    assert told(own | services) == {}
    assert "after 2 comes 1" in told(own)["governance.escalation.2.level"]


def test_a_break_that_both_ladders_share_is_told_once() -> None:
    problems = small_pack(governance__escalation__1__respond_hours=1).problems()
    assert len(problems) == 1
