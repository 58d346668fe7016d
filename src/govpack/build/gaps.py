"""Gaps in a draft: values that a document wants and the inputs do not give, each with the input that closes it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from govpack.build.advice import as_model, sources_of
from govpack.build.missing import name_missing_clause
from govpack.build.origins import Inputs, name_of
from govpack.build.record import FileRecord
from govpack.build.remedies import Built, given_by
from govpack.check.words import excerpt, listing
from govpack.findings import Finding, Location, Severity
from govpack.model.parts import EACH, find_part
from govpack.sources import locate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from govpack.build.job import Job
    from govpack.build.plan import Target

_TAG = re.compile(r"'\{[{%]-?\s*(?:if |for \w+ in )?(?P<path>[a-z]\w*(?:\.[a-z]\w*)*)")
_MOST = 4


@dataclass(frozen=True, slots=True)
class Gap:
    """A finding of the engine in one document; where it is a value that the inputs can give, the path of its `field`,
    what the document `shown` calls it, the `source` to edit, and what to do there.
    """

    finding: Finding
    field: str = ""
    shown: str = ""
    source: Location | None = None
    remedy: str = ""


def read_gap(finding: Finding, target: Target, job: Job, name: Callable[[str], str] | None = None) -> Gap:
    """What a finding of the engine means: its place becomes one of the document made, which calls fields by `name`."""
    at = _address(finding.location) if finding.location else ""
    placed = Finding(finding.message, Location(target.path, at=at), finding.severity, finding.remedy)
    tag = _TAG.match(finding.message)
    # Only a field that exists and is empty can be given; a name that the model does not have is the template's to mend.
    given = tag and not finding.remedy and finding.message.endswith("has no value")
    if not tag or not given:
        return Gap(name_missing_clause(placed, target.contract, job))
    source, remedy = _source_of(tag["path"], target, job)
    return Gap(placed, tag["path"], name(tag["path"]) if name else tag["path"], source, remedy)


def with_remedy(gap: Gap) -> Finding:
    """The finding, its remedy naming the input that it wants."""
    if gap.source is None:
        return gap.finding
    where = Location(Path(gap.source.file).name, gap.source.line, gap.source.column)
    found = gap.finding
    remedy = gap.remedy.replace(" here", f" in {where}", 1)
    return Finding(found.message, found.location, found.severity, remedy)


def group_gaps(gaps: Iterable[Gap]) -> tuple[Finding, ...]:
    """The gaps of all documents: a value that many places want is one finding, at the input that closes it."""
    grouped: dict[tuple[str, Location, str], list[Gap]] = {}
    single: dict[Finding, None] = {}
    for gap in gaps:
        if gap.source is None:
            single[gap.finding] = None
        else:
            grouped.setdefault((gap.field, gap.source, gap.remedy), []).append(gap)
    return (*(_as_one(*key, found) for key, found in grouped.items()), *single)


def _as_one(field: str, source: Location, remedy: str, found: list[Gap]) -> Finding:
    places = list(dict.fromkeys(str(gap.finding.location) for gap in found))
    more = f" and {len(places) - 1} more place{'s' if len(places) > 2 else ''}" if len(places) > 1 else ""
    message = f"{field} has no value: [● {found[0].shown}] in {places[0]}{more}"
    return Finding(message, source, Severity.WARNING, remedy)


def _address(place: Location) -> str:
    """Where in the document: the engine's own address, or the clause that the tag came with."""
    return place.at or f"{Path(place.file).name}, line {place.line}"


def _source_of(field: str, target: Target, job: Job) -> tuple[Location | None, str]:
    """Where the inputs would give a value, and what to do there; nothing where it is no value of theirs."""
    tree = job.tree
    inputs = Inputs({key: job.inner_name(tree.file_of(key)) for key in tree}, tree)
    contract, partner = target.contract, target.partner
    of = (contract.id if contract else None, partner.id if partner else None)
    about = FileRecord("", target.kind, target.document.name, "", *of)
    path = given_by(field.split("."), Built(about), inputs)
    part = find_part(as_model(path)) if path else None
    if part is None:
        return None, ""
    if sources := sources_of(path):
        for place in inputs.reach(path[:-1]):
            lacking = [name for name in sources if isinstance(place.node, dict) and place.node.get(name) is None]
            if lacking and not place.ahead:
                own = f"‘{excerpt(name_of(place.node))}’"
                said = f"give {listing(lacking)} of {own} here, from which {part.name} is worked out"
                return _place(job, place.at), said
    lacking_at = inputs.lacking(path)
    if not lacking_at:
        return None, ""
    first, *others = lacking_at
    if not first.at:
        file, where = inputs.file_for(path[0])
        return Location(str(job.folder / file)), f"write {inputs.said(as_model(path))} {where}"
    if not isinstance(first.at[-1], int) or EACH not in path:
        return _place(job, first.at), f"give {field} here"
    name = f"{inputs.said(first.ahead)} of ‘{_shown(first.node)}’"
    more = [f"of ‘{_shown(each.node)}’ in line {_place(job, each.at).line}" for each in others[:_MOST]]
    more += [f"of {len(others) - _MOST} more"] if len(others) > _MOST else []
    return _place(job, first.at), f"give {name} here" + (f", and {listing(more)}" if more else "")


def _shown(entry: object) -> str:
    """What an entry is called: by its name, else by its id."""
    named = entry.get("name") if isinstance(entry, dict) else None
    return excerpt(named if isinstance(named, str) else name_of(entry))


def _place(job: Job, steps: tuple[str | int, ...]) -> Location:
    place = locate(job.tree, steps)
    return Location(place.file, place.line, place.column)
