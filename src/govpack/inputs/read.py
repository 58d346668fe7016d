"""Reads a pack: the tree of its inputs, validated, with its references and its rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from govpack.findings import Finding, Location, Severity, errors_of, nearest
from govpack.inputs.complaints import complaints
from govpack.inputs.gather import gather
from govpack.inputs.prepare import prepare
from govpack.inputs.shapes import record_of
from govpack.model.pack import Pack
from govpack.model.references import iter_references, reference_names
from govpack.sources import MarkedDict, locate
from govpack.sources.scalars import shorten

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_ONE_OF = {
    "people": "person",
    "partners": "partner",
    "segments": "segment",
    "functions": "critical function",
    "roles": "role",
    "contracts": "contract",
    "lanes": "lane",
    "milestones": "milestone",
    "criteria": "criterion",
    "capabilities": "capability",
    "kpis": "KPI",
    "sides": "side",
}
_MOST_NAMES = 8
# To find what is near takes some 50 µs a name: enough for ten broken references among 5,000 partners.
_MOST_COMPARISONS = 50_000


def read_pack(path: str | Path) -> tuple[Pack | None, tuple[Finding, ...]]:
    """The pack at `path` (a folder or a file) and all that is wrong with it, sorted by file and line.

    There is no pack where any finding is an error. Values, names and references are judged in the same run, as far
    as the files can be read; rules between values as soon as each value is right by itself. Raises SourceError only
    where nothing can be read.
    """
    _, pack, findings = read_marked(path)
    return pack, findings


def read_marked(path: str | Path) -> tuple[MarkedDict, Pack | None, tuple[Finding, ...]]:
    """The same with the tree that the pack was made from, for those who have to say where something stands.

    Its values are those that the model was given: a cell of a table that holds a list is one.
    """
    tree, findings = gather(path)
    whole = not errors_of(findings)
    pack, problems = _judge(tree, whole=whole)
    findings = sort_findings((*findings, *problems))
    return tree, (None if errors_of(findings) else pack), findings


def _judge(tree: MarkedDict, *, whole: bool) -> tuple[Pack | None, list[Finding]]:
    """The pack that `tree` says and what is wrong with it. Not `whole`: keys of broken files are not missed."""
    shape = record_of(Pack)
    misread = prepare(tree, shape)
    findings = list(misread)
    pack: Pack | None = None
    try:
        pack = Pack.model_validate(tree)
    except ValidationError as refusal:
        errors = refusal.errors(include_url=False)
        missed = [error for error in errors if whole or error["type"] != "missing" or len(error["loc"]) > 1]
        judged = {finding.location for finding in misread}
        findings += [found for found in complaints(missed, tree, shape) if found.location not in judged]
    findings += _broken_references(tree, whole=whole)
    if pack is not None and not misread:
        findings += [Finding(problem.message, locate(tree, problem.path)) for problem in pack.problems()]
    return pack, findings


def _broken_references(tree: MarkedDict, *, whole: bool) -> list[Finding]:
    directories: dict[str, _Directory] = {}
    findings: list[Finding] = []
    for path, kind, name in iter_references(tree):
        directory = directories.get(kind)
        if directory is None:
            directory = directories[kind] = _Directory(kind, sorted(reference_names(tree, kind)))
        if name in directory.known or directory.told_empty:
            continue
        if not directory.known:  # then every reference is broken, and to say so once is enough
            directory.told_empty = True
            if not whole:
                continue
        field, place = _written(tree, path, name)
        message = f"{field}: there is no {_ONE_OF.get(kind, kind)} '{shorten(name)}'"
        findings.append(Finding(message, place, remedy=directory.remedy(name)))
    return findings


class _Directory:
    """The ids of one kind, and what to say where one is not among them."""

    def __init__(self, kind: str, names: list[str]) -> None:
        self.names = names
        self.known = frozenset(names)
        self.told_empty = False
        self.comparisons = 0
        self.remedies: dict[str, str] = {}
        first = ", ".join(names[:_MOST_NAMES]) + (" …" if len(names) > _MOST_NAMES else "")
        self.otherwise = f"known are {first}" if names else f"no {kind} are given: add them"

    def remedy(self, name: str) -> str:
        """The nearest id if one is near, else which there are."""
        if name not in self.remedies:
            self.comparisons += len(self.names)
            near = nearest(name, self.names) if self.comparisons <= _MOST_COMPARISONS else None
            self.remedies[name] = f"did you mean '{near}'?" if near else self.otherwise
        return self.remedies[name]


def _written(tree: MarkedDict, path: tuple[str | int, ...], name: str) -> tuple[str, Location]:
    """The field that a reference is the value of, and where it was written: as a value, or as a key of a map."""
    holder: Any = tree
    for step in path[:-1]:
        holder = holder[step]
    fields = [step for step in path if isinstance(step, str)]
    value = holder[path[-1]]
    if isinstance(holder, MarkedDict) and not (isinstance(value, str) and value.strip() == name):
        return fields[-2], holder.key_location(fields[-1])
    return fields[-1], locate(tree, path)


def sort_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Each finding once, by file, line and column; errors before warnings of the same place."""

    def key(finding: Finding) -> tuple[str, int, int, bool, str]:
        place = finding.location
        file, line, column = (place.file, place.line or 0, place.column or 0) if place else ("", 0, 0)
        return file, line, column, finding.severity is not Severity.ERROR, finding.message

    return tuple(sorted(dict.fromkeys(findings), key=key))
