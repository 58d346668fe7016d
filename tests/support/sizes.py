"""Inputs of a programme of another size: the example's own, cut down to a few partners or grown to many.

What is added is the example's data again under other names, of the lengths that real registers hold: names of up to
sixty characters, risks of forty words, segments whose names are half a sentence. Everything follows from the count
alone, so two runs give the same files.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from itertools import cycle
from pathlib import Path
from typing import Any

from govpack.inputs import read_tree

Data = dict[str, Any]

_NAMES = (
    "Aurelis Compute Cooperative", "Brennmoor", "Caldera Accelerated Infrastructure Holdings (Europe) SE",
    "Dovre Lys", "Eastmere Federated Learning Consortium", "Fjordgate Interconnect and Colocation Services A/S",
    "Galven", "Hollingsworth & Byrne Regulatory Model Assurance LLP", "Ironvale Silicon", "Jutvika Speech",
    "Kalliope Document Understanding", "Lindqvist-Moreau Synthetic Data Laboratories", "Meridian Vector Stores",
    "Norwick", "Oakenshield Confidential Computing and Key Custody GmbH", "Palisade Observability", "Quarrystone Edge",
    "Rosenholm Institute for Trustworthy Machine Learning Research", "Sablewood", "Tarnfell Streaming Platforms",
    "Ullswater", "Verdigris Carbon-Aware Scheduling and Capacity Exchange BV", "Wexmoor Talent", "Xanthe Robotics",
    "Yarrowfield Evaluation", "Zellerbach", "Amberlea Payments Intelligence and Fraud Analytics Network",
    "Bexhill Translation", "Corvane", "Dunmarrow Quantum-Safe Key Exchange and Transition Services",
)  # fmt: skip
_FIRST = "Anneke Bartolomé Chiara Dieudonné Eilidh Fergus Guðrún Hendrik Ilaria Jacobus Konstantina Laszlo".split()
_LAST = "Van-den-Bosch Achterberg Bielak Castellanos Drozdowicz Eriksdotter Fitzgibbon Georgopoulos Haraldsen".split()
_FORTY = (
    "A supplier further down the chain of hosting, which several partners share without saying so in their registers, "
    "fails for longer than the agreed recovery times while the quarter is being closed and nobody on either side has "
    "the authority to move the load"
)
_TREATED = (
    "Chains of subcontractors are confirmed in writing for every rank each half-year, a second host is kept warm for "
    "the three services that cannot wait, and a joint rehearsal without prior notice shows whether people, keys and "
    "data arrive where the plan says"
)
_SEGMENT_NAMES = {
    "strategic": "Strategic partners behind critical or important functions",
    "specialist": "Specialists with one capability that we could not build",
}
_KEPT = ("nimbus", "halden", "ostermark")


def write_inputs(example: Path, count: int, folder: Path, *, under_contract: int = 12, everyone: bool = False) -> Path:
    """Inputs for a pack of `count` partners in a new file in `folder`, from the example’s: 3, or more than 12.

    Of those that are added, the first `under_contract` are so where the partner is that they are made like; with
    `everyone` there is no partner without a contract and a playbook of its own.
    """
    data = _plain(read_tree(example))
    if everyone:
        grown = _grow(_cut(data, tuple(each["partner"] for each in data["contracts"])), count, count)
    else:
        grown = _cut(data, _KEPT) if count == len(_KEPT) else _grow(data, count, under_contract)
    assert len(grown["partners"]) == count
    folder.mkdir(parents=True)
    file = folder / "pack.json"
    file.write_text(json.dumps(grown, ensure_ascii=False, indent=1), encoding="utf-8")
    return folder


def _plain(value: Any) -> Any:
    """What the inputs say, as JSON can write it."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return float(value) if isinstance(value, Decimal) else value


def _cut(data: Data, stay: tuple[str, ...]) -> Data:
    """The programme of those who stay: what names another partner goes, and so do that partner's people."""
    gone = {partner["id"]: partner["name"] for partner in data["partners"] if partner["id"] not in stay}
    data["people"] = {key: one for key, one in data["people"].items() if one.get("side", "bank") not in gone}
    data["partners"] = [partner for partner in data["partners"] if partner["id"] in stay]
    for partner in data["partners"]:
        # One who is no partner can still be an alternative, by name.
        partner["alternatives"] = [gone.get(name, name) for name in partner["alternatives"]]
    for name in ("contracts", "exit_plans"):
        data[name] = [each for each in data[name] if each["partner"] in stay]
    kept = {contract["id"] for contract in data["contracts"]}
    data["negotiations"] = [each for each in data["negotiations"] if each["contract"] in kept]
    for review in data["reviews"]:
        # What was reviewed of a contract that is gone goes with it.
        review["of"] = [each for each in review.get("of", ()) if each.get("contract", next(iter(kept))) in kept]
    data["scorecards"]["partners"] = {key: card for key, card in data["scorecards"]["partners"].items() if key in stay}
    data["enablement"]["pilots"] = [each for each in data["enablement"]["pilots"] if each.get("partner") not in gone]
    for holder in (*data["risks"], *data["roadmap"]["milestones"]):
        holder["partners"] = [name for name in holder.get("partners", ()) if name in stay]
    return data


def _grow(data: Data, count: int, under_contract: int) -> Data:
    """The example with more of everything."""
    models = cycle([partner for partner in data["partners"] if not partner.get("engagement_only")])
    for number in range(count - len(data["partners"])):
        _add_partner(data, next(models), _name(number), number, under_contract)
    added = [partner["id"] for partner in data["partners"] if re.fullmatch(r"p\d+", partner["id"])]
    for segment in data["strategy"]["segments"]:
        segment["name"] = _SEGMENT_NAMES.get(segment["id"], segment["name"])
    for number in range(3 * len(data["risks"])):
        risk = dict(data["risks"][number % 15], id=f"R{number + 16}")
        risk["partners"] = [*risk["partners"], added[number % len(added)]]
        if number % 4 == 0:
            risk |= {"title": _FORTY, "mitigation": _TREATED, "likelihood": 5, "impact": 4}
        data["risks"].append(risk)
    _add_lanes(data)
    goals = data["strategy"]["goals"]
    for number, goal in enumerate(list(goals)):
        kpis = [dict(kpi, id=f"K{50 + 10 * number + at}") for at, kpi in enumerate(goal["kpis"])]
        goals.append(
            dict(goal, id=f"G{number + 7}", name=f"{goal['name']} in each country where we do business", kpis=kpis)
        )
    briefing = data["briefing"]
    briefing["next_steps"] += [
        dict(step, action=f"{step['action']}, as agreed with {_names_of(data)}") for step in briefing["next_steps"]
    ]
    briefing["terms"] += [dict(term, term=f"{term['term']} of renewals") for term in briefing["terms"]]
    briefing["decisions"] += [f"{decision}, for each of the {count} partners" for decision in briefing["decisions"]]
    forums = data["governance"]["forums"]
    for forum in [dict(each) for each in forums if each["with_partner"]]:
        forums.append(dict(forum, id=f"{forum['id']}b", name=f"{forum['name']} for the second half of the portfolio"))
    briefing["messages"] = {
        "why_now": "Why now: more than a third of spend sits with one partner, more than half depends on it once "
        "hosting is counted, and the terms under which both relations run end within four months without a right to "
        "transition, a cap on renewal prices, or a rehearsal of the exit that anybody has watched",
    }
    return data


def _name(number: int) -> str:
    """A name that nobody else has, nor has within its own."""
    name, turn = _NAMES[number % len(_NAMES)], number // len(_NAMES)
    return " ".join((word[turn:] + word[:turn].lower()).capitalize() for word in name.split()) if turn else name


def _add_lanes(data: Data) -> None:
    """A lane of the roadmap for each partner that was added, with three milestones of the example’s in it."""
    roadmap = data["roadmap"]
    models = list(roadmap["milestones"])
    for number, partner in enumerate(data["partners"][12:]):
        roadmap["lanes"].append({"id": partner["id"], "name": partner["name"], "group": "partners"})
        for at in range(3):
            model = models[(5 * number + 7 * at) % len(models)]
            step = {"id": f"RM{39 + 3 * number + at}", "lane": partner["id"], "partners": [partner["id"]]}
            roadmap["milestones"].append(model | step | {"depends_on": []})


def _names_of(data: Data) -> str:
    """The first partners by name, as a sentence lists them."""
    return " and ".join(partner["name"] for partner in data["partners"][14:16])


def _add_partner(data: Data, model: Data, name: str, number: int, under_contract: int) -> None:
    """Another partner like `model`: scored, critical and under contract where that one is."""
    old, short = model["id"], model["name"]
    key = f"p{number + 13}"

    people = {each: one for each, one in data["people"].items() if one.get("side") == old}

    def renamed(value: Any) -> Any:
        if isinstance(value, dict):
            return {each: renamed(said) for each, said in value.items()}
        if isinstance(value, list):
            return [renamed(each) for each in value]
        if not isinstance(value, str):
            return value
        if value in people:
            return f"{key}_{value}"
        return value.replace(model["legal_name"], f"{name} plc").replace(short, name).replace(f"{old}.", f"{key}.")

    partner = renamed({field: said for field, said in model.items() if field != "id"})
    partner |= {"id": key, "alternatives": model["alternatives"], "spend": model["spend"] // (2 + number % 5)}
    partner |= {"plan": model["plan"] // (2 + number % 4), "lei": None}
    data["partners"].append(partner)
    for at, (each, one) in enumerate(people.items()):
        data["people"][f"{key}_{each}"] = renamed(one) | {"side": key, "name": _person(number, at)}
    if old in data["scorecards"]["partners"]:
        data["scorecards"]["partners"][key] = renamed(data["scorecards"]["partners"][old])
    for plan in [plan for plan in data["exit_plans"] if plan["partner"] == old]:
        data["exit_plans"].append(renamed(plan) | {"partner": key})
    # A contract is five documents: a few show what a table of them does.
    for contract in [
        contract for contract in data["contracts"] if contract["partner"] == old and number < under_contract
    ]:
        data["contracts"].append(renamed(contract) | {"id": f"C-{number + 13}", "partner": key})
        for played in [each for each in data["negotiations"] if each["contract"] == contract["id"]]:
            data["negotiations"].append(renamed(played) | {"contract": f"C-{number + 13}"})


def _person(number: int, at: int) -> str:
    """A name that nobody else has."""
    place = 12 * number + at
    return (
        f"{_FIRST[place % len(_FIRST)]} {_LAST[place % len(_LAST)]} {chr(65 + place // 36 % 26)}{chr(97 + place % 23)}"
    )
