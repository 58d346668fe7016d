"""References to what an agreement does not hold: the clause that would bring it, and why it is not there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from govpack.findings import Finding, Location
from govpack.sources import locate

if TYPE_CHECKING:
    from govpack.build.job import Job
    from govpack.kits import Clause
    from govpack.model.contracts import Contract

# A bookmark with a name much like it, which the engine offers, is no help where its clause was left out.
_BROKEN = re.compile(r"(?P<said>nothing in this document bears the bookmark '(?P<name>[^']+)')( \(did you mean .*\))?$")


def name_missing_clause(finding: Finding, contract: Contract | None, job: Job) -> Finding:
    """`finding`, naming the clause that bears the bookmark to which it refers, if the kit has one, and what to do."""
    broken = _BROKEN.search(finding.message)
    if broken is None or contract is None:
        return finding
    clause = next((each for each in job.kit.clauses.values() if _bears(each, broken["name"])), None)
    if clause is None:
        return finding
    title = clause.head.titles.get(contract.type, clause.head.title)
    message = f"{finding.message[: broken.end('said')]}: it belongs to the clause ‘{title}’ ({clause.head.id})"
    return Finding(message, finding.location, finding.severity, _remedy(clause, contract, job))


def _bears(clause: Clause, name: str) -> bool:
    # The template puts the bookmark of a whole clause at its heading.
    mark = re.compile(rf"bookmark\([\"']{re.escape(name)}[\"']\)")
    return clause.head.id == name or any(mark.search(wording.text) for wording in clause.variants.values())


def _remedy(clause: Clause, contract: Contract, job: Job) -> str:
    name = clause.head.id
    if name in contract.omit_clauses:
        numbers = {each.id: number for number, each in enumerate(job.pack.contracts)}
        place = locate(job.tree, ("contracts", numbers[contract.id], "omit_clauses", contract.omit_clauses.index(name)))
        where = Location(Path(place.file).name, place.line, place.column)
        return f"keep it in {where}, which leaves it out, or reword in a kit of your own what refers to it"
    return "put the reference under the condition under which the clause, or its item, is in the agreement"
