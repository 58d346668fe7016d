"""Where references stand, and what they may name: in a pack and in a tree that is no pack yet."""

from __future__ import annotations

from typing import Any

import pytest
from tests.model.packs import example, example_tree, small, small_pack

from govpack.model.references import Reference, iter_references, reference_names


def test_references_are_told_with_their_place() -> None:
    found = set(iter_references(small()))
    assert {
        Reference(("pack", "owner"), "people", "lead"),
        Reference(("people", "lead", "deputy"), "people", "chief"),
        Reference(("people", "acme_boss", "side"), "sides", "acme"),
        Reference(("partners", 0, "segment"), "segments", "core"),
        Reference(("partners", 0, "functions", 0), "functions", "PAY"),
        Reference(("partners", 1, "hosted_on"), "partners", "acme"),
        Reference(("risks", 0, "partners", 0), "partners", "acme"),
        Reference(("governance", "raci", "activities", 0, "accountable"), "roles", "owner"),
        Reference(("contracts", 0, "team", "manager", "holder"), "people", "acme_sales"),
    } <= found


PLANS: dict[str, Any] = {
    "strategy__goals": [
        {"id": "G1", "name": "A", "kpis": [{"id": "K1", "name": "a", "unit": "%", "better": "up"}]},
        {"id": "G2", "name": "B", "kpis": [{"id": "K2", "name": "b", "unit": "%", "better": "up"}]},
    ],
    "strategy__capabilities": [{"id": "gpu", "name": "GPU"}],
    "partners__0__capability_strengths": {"gpu": 2},
    "roadmap": {
        "lanes": [{"id": "us", "name": "Us", "group": "bank"}],
        "milestones": [
            {"id": "A", "name": "a", "lane": "us", "due": "2027-01-01"},
            {"id": "B", "name": "b", "lane": "us", "due": "2027-01-01", "depends_on": ["A"]},
        ],
    },
    "negotiations": [{"contract": "C1"}],
    "exit_plans": [{"partner": "acme"}],
    "rubric": {"criteria": [{"id": "P1", "name": "p", "weight": 100}], "assessors": [{"scores": {"P1": 3}}]},
    "enablement": {"pilots": [{"id": "P", "name": "p", "kpi": "K2"}]},
}


def test_references_of_plans_are_told_with_their_place() -> None:
    assert {
        Reference(("roadmap", "milestones", 1, "lane"), "lanes", "us"),
        Reference(("roadmap", "milestones", 1, "depends_on", 0), "milestones", "A"),
        Reference(("negotiations", 0, "contract"), "contracts", "C1"),
        Reference(("exit_plans", 0, "partner"), "partners", "acme"),
        Reference(("rubric", "assessors", 0, "scores", "P1"), "criteria", "P1"),
        Reference(("enablement", "pilots", 0, "kpi"), "kpis", "K2"),
        Reference(("partners", 0, "capability_strengths", "gpu"), "capabilities", "gpu"),
    } <= set(iter_references(small(**PLANS)))


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("contracts", {"C1"}),
        ("lanes", {"us"}),
        ("milestones", {"A", "B"}),
        ("criteria", {"P1"}),
        ("capabilities", {"gpu"}),
        ("kpis", {"K1", "K2"}),
    ],
)
def test_the_names_that_a_reference_of_a_plan_may_have(kind: str, names: set[str]) -> None:
    assert reference_names(small(**PLANS), kind) == names
    assert reference_names(small_pack(**PLANS), kind) == names
    assert all(small_pack(**PLANS).find(kind, name) is not None for name in names)
    assert reference_names(small_pack(), kind) == ({"C1"} if kind == "contracts" else set())


def test_a_key_of_a_map_is_a_reference_too() -> None:
    found = set(iter_references(small()))
    assert Reference(("contracts", 0, "team", "manager"), "roles", "manager") in found
    assert Reference(("scorecards", "partners", "acme"), "partners", "acme") in found


def test_words_that_stand_for_no_id_are_no_reference() -> None:
    assert "in-house" not in {reference.id for reference in iter_references(small())}


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("people", {"lead", "chief", "clerk", "acme_sales", "acme_boss", "other_boss"}),
        ("partners", {"acme", "other"}),
        ("sides", {"bank", "acme", "other"}),
        ("segments", {"core", "edge"}),
        ("functions", {"PAY", "CRD"}),
        ("roles", {"owner", "manager"}),
    ],
)
def test_the_names_that_a_reference_may_have(kind: str, names: set[str]) -> None:
    assert reference_names(small(), kind) == names
    assert reference_names(small_pack(), kind) == names


def test_a_pack_and_its_tree_have_the_same_references() -> None:
    assert list(iter_references(example())) == list(iter_references(example_tree()))


def test_every_reference_of_the_example_names_something() -> None:
    broken = [found for found in iter_references(example()) if found.id not in reference_names(example(), found.kind)]
    assert broken == []


@pytest.mark.parametrize(
    "tree",
    [
        None,
        "text",
        [],
        {"people": ["a"], "partners": {"id": "x"}, "contracts": "none", "strategy": 3, "governance": [1]},
        {"partners": [None, "x", {"id": 3, "functions": "PAY", "hosted_on": 7}], "scorecards": {"partners": []}},
    ],
)
def test_a_tree_of_another_shape_is_passed_over(tree: Any) -> None:
    assert list(iter_references(tree)) == []
    assert reference_names(tree, "segments") == set()
