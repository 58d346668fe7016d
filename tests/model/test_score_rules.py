"""Rules of metrics, improvement plans and the rubric: each break told at its place."""

from __future__ import annotations

from typing import Any

import pytest
from tests.model.packs import small_pack

# 0.4 × 80 + 0.3 × 70 + 0.3 × 70 = 74: technical 80 is 60% of 100 and 40% of 50.
METRICS: list[dict[str, Any]] = [
    {
        "id": "T1",
        "name": "Uptime",
        "category": "technical",
        "unit": "%",
        "weight": 60,
        "target": 99,
        "threshold": 97,
        "better": "up",
        "actuals": [98, "99.5"],
    },
    {
        "id": "T2",
        "name": "Latency",
        "category": "technical",
        "unit": "ms",
        "weight": 40,
        "target": 100,
        "threshold": 300,
        "better": "down",
        "actuals": [200],
    },
]
ACTION: dict[str, Any] = {"id": "A1", "metric": "T2", "action": "Add a cache", "owner": "acme_boss"}
CRITERIA: list[dict[str, Any]] = [
    {
        "id": name,
        "name": name,
        "weight": weight,
        "levels": [{"score": score, "looks_like": "so"} for score in (1, 3, 5)],
    }
    for name, weight in (("P1", 60), ("P2", 40))
]
SCORED: dict[str, Any] = {
    "scorecards__partners__acme__metrics": METRICS,
    "scorecards__partners__acme__actions": [ACTION],
    "rubric": {"criteria": CRITERIA, "assessors": [{"person": "lead", "scores": {"P1": 4, "P2": 5}}]},
}
CARD = "scorecards__partners__acme"


def told(changes: dict[str, Any]) -> dict[str, str]:
    """Path → message of every problem of a pack with metrics and a rubric, changed."""
    problems = small_pack(**{**SCORED, **changes}).problems()
    return {".".join(map(str, problem.path)): problem.message for problem in problems}


def test_metrics_that_come_to_the_stated_score_break_no_rule() -> None:
    assert told({}) == {}


@pytest.mark.parametrize(
    ("changes", "path", "words"),
    [
        (
            {f"{CARD}__metrics__1__actuals": [204]},
            "scorecards.partners.acme.technical",
            "the technical metrics come to 79 (79.20 before rounding), not 80",
        ),
        (
            {f"{CARD}__metrics__1__weight": 39},
            "scorecards.partners.acme.metrics",
            "the weights of the technical metrics must total 100; they total 99",
        ),
        (
            {f"{CARD}__metrics__1__better": "up"},
            "scorecards.partners.acme.metrics.1.target",
            "T2 is better when it goes up, so its target must be above its threshold",
        ),
        (
            {f"{CARD}__metrics__0__threshold": 99},
            "scorecards.partners.acme.metrics.0.target",
            "its target must be above its threshold",
        ),
        (
            {f"{CARD}__metrics__0__actuals": [1, 2, "99.5"]},
            "scorecards.partners.acme.metrics.0.actuals",
            "T1 has 3 figures for 2 quarters",
        ),
        ({f"{CARD}__metrics__1__id": "T1"}, "scorecards.partners.acme.metrics.1.id", "another metric 'T1'"),
        ({f"{CARD}__actions__1": ACTION}, "scorecards.partners.acme.actions.1.id", "another action 'A1'"),
        ({f"{CARD}__actions__0__metric": "T3"}, "scorecards.partners.acme.actions.0.metric", "no metric 'T3'"),
        (
            {f"{CARD}__actions__0__owner": "other_boss"},
            "scorecards.partners.acme.actions.0.owner",
            "Flo Other is of 'other', neither of our side nor theirs",
        ),
        ({"rubric__criteria__1__weight": 41}, "rubric.criteria", "must total 100; they total 101"),
        ({"rubric__criteria__1__levels__0__score": 3}, "rubric.criteria.1.levels", "the score 3 more than once"),
        ({"rubric__criteria__1__levels__2__score": 4}, "rubric.criteria.1.levels", "goes up to 4, others to 5"),
        ({"rubric__assessors__0__scores__P2": 6}, "rubric.assessors.0.scores.P2", "the highest score is 5; this is 6"),
        ({"rubric__assessors__0__person": None}, "rubric.assessors.0", "needs a person"),
    ],
)
def test_a_broken_score_is_told_at_its_place(changes: dict[str, Any], path: str, words: str) -> None:
    found = told(changes)
    assert words in found.get(path, f"nothing at {path}, but {found}")


def test_a_score_is_held_against_its_metrics_in_whole_points() -> None:
    """79.6 is stated as 80."""
    assert told({f"{CARD}__metrics__1__actuals": [202]}) == {}


def test_a_metric_without_a_figure_says_nothing_about_the_score_yet() -> None:
    assert told({f"{CARD}__metrics__1__actuals": []}) == {}
