"""Gaps in a draft: values that a document wants and the inputs do not give, each with the input that closes it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from govpack.findings import Finding, Location, Severity
from govpack.sources import locate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govpack.build.job import Job
    from govpack.build.plan import Target

_TAG = re.compile(r"'\{[{%]-?\s*(?:if |for \w+ in )?(?P<path>[a-z]\w*(?:\.[a-z]\w*)+)")


@dataclass(frozen=True, slots=True)
class Gap:
    """A finding of the engine in one document; `field` and `source` where it is a value that the inputs can give."""

    finding: Finding
    field: str = ""
    source: Location | None = None


def read_gap(finding: Finding, target: Target, job: Job) -> Gap:
    """What a finding of the engine means: its place becomes one of the document made."""
    at = _address(finding.location) if finding.location else ""
    placed = Finding(finding.message, Location(target.path, at=at), finding.severity, finding.remedy)
    tag = _TAG.match(finding.message)
    # Only a field that exists and is empty can be given; a name that the model does not have is the template's to mend.
    given = tag and not finding.remedy and finding.message.endswith("has no value")
    source = _source_of(tag["path"].split("."), target, job) if tag and given else None
    return Gap(placed, tag["path"] if tag else "", source)


def with_remedy(gap: Gap) -> Finding:
    """The finding, its remedy naming the input that it wants."""
    if gap.source is None:
        return gap.finding
    where = Location(Path(gap.source.file).name, gap.source.line, gap.source.column)
    found = gap.finding
    return Finding(found.message, found.location, found.severity, f"give {gap.field} in {where}")


def group_gaps(gaps: Iterable[Gap]) -> tuple[Finding, ...]:
    """The gaps of all documents: a value that many places want is one finding, at the input that closes it."""
    grouped: dict[tuple[str, Location], list[Finding]] = {}
    single: dict[Finding, None] = {}
    for gap in gaps:
        if gap.source is None:
            single[gap.finding] = None
        else:
            grouped.setdefault((gap.field, gap.source), []).append(gap.finding)
    return (*(_as_one(*key, found) for key, found in grouped.items()), *single)


def _as_one(field: str, source: Location, found: list[Finding]) -> Finding:
    places = list(dict.fromkeys(str(finding.location) for finding in found))
    more = f" and {len(places) - 1} more place{'s' if len(places) > 2 else ''}" if len(places) > 1 else ""
    message = f"{field} has no value: [● {field}] in {places[0]}{more}"
    return Finding(message, source, Severity.WARNING, f"give {field} here")


def _address(place: Location) -> str:
    """Where in the document: the engine's own address, or the clause that the tag came with."""
    return place.at or f"{Path(place.file).name}, line {place.line}"


def _source_of(path: list[str], target: Target, job: Job) -> Location | None:
    """Where the inputs would give a value; None where the name is a loop's or a derived one."""
    steps: tuple[str | int, ...] = tuple(path)
    contract, partner = target.contract, target.partner
    if contract is not None and path[0] == "contract":
        steps = ("contracts", job.pack.contracts.index(contract), *path[1:])
    elif partner is not None and path[0] == "partner":
        steps = ("partners", job.pack.partners.index(partner), *path[1:])
    elif path[0] not in job.tree:
        return None
    place = locate(job.tree, steps)
    return Location(place.file, place.line, place.column) if place.line else None
