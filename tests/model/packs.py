"""Packs for tests: the example as it stands in fixtures, and a small one to change at will."""

from __future__ import annotations

import copy
from functools import cache
from pathlib import Path
from typing import Any

from govpack.model.pack import Pack
from govpack.sources import read_yaml

FIXTURES = Path(__file__).parents[2] / "fixtures"

SMALL: dict[str, Any] = {
    "pack": {"title": "Partnerships", "version": "1.0", "as_of": "2026-09-30", "owner": "lead"},
    "organisation": {
        "name": "Our Bank",
        "legal_name": "Our Bank plc",
        "registered_in": "Ireland",
        "critical_functions": [
            {"id": "PAY", "name": "Payments", "rto_hours": 2, "rpo_minutes": 5},
            {"id": "CRD", "name": "Credit", "rto_hours": 8, "rpo_minutes": 60},
        ],
    },
    "people": {
        "lead": {"name": "Ada Lead", "role": "Programme lead", "deputy": "chief"},
        "chief": {"name": "Bo Chief", "role": "Chief Operating Officer"},
        "clerk": {"name": "Cy Clerk", "role": "Clerk"},
        "acme_sales": {"name": "Di Sales", "role": "Account manager", "side": "acme"},
        "acme_boss": {"name": "Ed Boss", "role": "Managing director", "side": "acme"},
        "other_boss": {"name": "Flo Other", "role": "Director", "side": "other"},
    },
    "strategy": {"segments": [{"id": "core", "name": "Core"}, {"id": "edge", "name": "Edge"}]},
    "partners": [
        {
            "id": "acme",
            "name": "Acme",
            "legal_name": "Acme Cloud Ltd",
            "country": "IE",
            "kind": "hyperscaler",
            "segment": "core",
            "spend": 300,
            "supports_cif": True,
            "functions": ["PAY"],
            "alternatives": ["other", "in-house"],
            "owner": "lead",
        },
        {
            "id": "other",
            "name": "Other",
            "legal_name": "Other BV",
            "country": "NL",
            "kind": "model_vendor",
            "segment": "edge",
            "spend": 100,
            "hosted_on": "acme",
        },
    ],
    "risks": [{"id": "R1", "title": "Lock-in", "likelihood": 4, "impact": 5, "partners": ["acme"], "owner": "clerk"}],
    "governance": {
        "roles": [
            {"id": "owner", "name": "Contract owner", "side": "bank", "holder": "lead"},
            {"id": "manager", "name": "Service manager", "side": "partner"},
        ],
        "raci": {
            "roles": ["owner", "manager"],
            "activities": [{"activity": "Report", "responsible": ["manager"], "accountable": "owner"}],
        },
        "forums": [
            {"id": "M1", "name": "Service review", "with_partner": True, "chair": "lead"},
            {"id": "M2", "name": "Vendor board", "with_partner": False, "chair": "clerk"},
        ],
        "escalation": [
            {
                "level": 1,
                "name": "Managers",
                "respond_hours": 1,
                "resolve_hours": 8,
                "bank": "lead",
                "partner_role": "manager",
            },
            {"level": 2, "name": "Board", "respond_hours": 2, "resolve_hours": 24, "bank": "clerk"},
        ],
        "obligations": [
            {"id": "O1", "duty": "Keep the register", "force": "law", "owner": "lead"},
            {"id": "O2", "duty": "Cover critical functions", "force": "law", "applies": "cif"},
            {"id": "O3", "duty": "Switch without charge", "force": "law", "applies": "data_act"},
            {"id": "O4", "duty": "Follow a standard", "force": "voluntary"},
        ],
    },
    "contracts": [
        {
            "id": "C1",
            "partner": "acme",
            "type": "services agreement",
            "effective": "2027-02-01",
            "term": 36,
            "annual_commitment": 1200,
            "cap_pct": 125,
            "uptime_pct": 99.9,
            "credits": [{"below": 99.9, "pct": 10}, {"below": 99.5, "pct": 20}],
            "storage": ["IE", "DE"],
            "signatory_bank": "chief",
            "signatory_partner": "acme_boss",
            "team": {"manager": {"holder": "acme_sales", "deputy": "acme_boss"}},
        }
    ],
    "scorecards": {
        "quarters": ["2026Q2", "2026Q3"],
        "partners": {"acme": {"technical": 80, "financial": 70, "innovation": 70, "trend": [72, 74]}},
    },
}


def small(**changes: object) -> dict[str, Any]:
    """The tree of the small pack, changed: ``contracts__0__term=24`` sets ``contracts[0].term``, None removes."""
    tree = copy.deepcopy(SMALL)
    for path, value in changes.items():
        *way, last = (int(step) if step.isdigit() else step for step in path.split("__"))
        holder: Any = tree
        for step in way:
            holder = holder.setdefault(step, {}) if isinstance(holder, dict) else holder[step]
        if value is None:
            del holder[last]
        elif isinstance(holder, list) and last == len(holder):
            holder.append(copy.deepcopy(value))
        else:
            holder[last] = copy.deepcopy(value)  # so that a later change stays in this tree
    return tree


def small_pack(**changes: object) -> Pack:
    """The small pack, changed as `small` says."""
    return Pack.model_validate(small(**changes))


@cache
def example_tree(name: str = "nordhaven") -> dict[str, Any]:
    """The inputs of a fixture, all files together."""
    tree: dict[str, Any] = {}
    for file in sorted((FIXTURES / name).glob("*.yaml")):
        tree |= read_yaml(file) or {}
    return tree


@cache
def example() -> Pack:
    """The example pack, Nordhaven Bank."""
    return Pack.model_validate(example_tree())
