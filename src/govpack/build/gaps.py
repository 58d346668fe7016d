"""Says of a gap in a document where it is closed: the input, file and line that the missing value belongs to."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from govpack.findings import Finding, Location
from govpack.sources import locate

if TYPE_CHECKING:
    from govpack.build.job import Job
    from govpack.build.plan import Target

_TAG = re.compile(r"'\{[{%]-?\s*(?:if |for \w+ in )?(?P<path>[a-z]\w*(?:\.[a-z]\w*)+)")


def with_place(finding: Finding, target: Target, job: Job) -> Finding:
    """A finding of the engine, its place being one of the document made, its remedy naming the input it wants."""
    at = _address(finding.location) if finding.location else ""
    remedy = finding.remedy
    tag = _TAG.match(finding.message)
    # Only a field that exists and is empty can be given; a name that the model does not have is the template's to mend.
    given = tag and not remedy and finding.message.endswith("has no value")
    place = _place_of(tag["path"].split("."), target, job) if tag and given else None
    if tag and place:
        remedy = f"give {tag['path']} in {place}"
    return Finding(finding.message, Location(target.path, at=at), finding.severity, remedy)


def _address(place: Location) -> str:
    """Where in the document: the engine's own address, or the clause that the tag came with."""
    return place.at or f"{Path(place.file).name}, line {place.line}"


def _place_of(path: list[str], target: Target, job: Job) -> str:
    """``contracts.yaml:12:5``, relative to the inputs; nothing where the name is a loop's or a derived one."""
    steps: tuple[str | int, ...] = tuple(path)
    contract = target.contract
    if contract is not None and path[0] == "contract":
        steps = ("contracts", job.pack.contracts.index(contract), *path[1:])
    elif contract is not None and path[0] == "partner":
        partner = job.pack.partner(contract.partner)
        steps = ("partners", job.pack.partners.index(partner), *path[1:])
    elif path[0] not in job.tree:
        return ""
    place = locate(job.tree, steps)
    return str(Location(Path(place.file).name, place.line, place.column)) if place.line else ""
