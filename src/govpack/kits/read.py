"""Reads a kit from its folder: manifest, clauses and schedules, with all that is wrong at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError

from govpack.errors import KitError, SourceError
from govpack.findings import Finding, Location, did_you_mean, errors_of, nearest
from govpack.inputs.complaints import complaints
from govpack.inputs.prepare import prepare
from govpack.inputs.shapes import record_of
from govpack.kits.conditions import ConditionError, compile_condition
from govpack.kits.find import MANIFEST
from govpack.kits.kit import Asking, Clause, Kit, LawRow, Wording
from govpack.kits.numbers import find_typed_numbers
from govpack.kits.wordings import ChangeError, apply_changes, split_wordings
from govpack.kits.words import read_note
from govpack.model.base import Model
from govpack.model.kit import ClauseFrontMatter, KitManifest, RegulatoryMap
from govpack.sources import MarkedDict, MarkedList, locate, read_front_matter, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_M = TypeVar("_M", bound=Model)


def read_kit(folder: Path) -> Kit:
    """The kit in `folder`. KitError carries every problem of its manifest and clauses, each with its place."""
    findings: list[Finding] = []
    manifest = _read_manifest(folder / MANIFEST, findings)
    clauses: dict[str, Clause] = {}
    if manifest is not None and manifest.clauses:
        clauses = _read_clauses(folder / manifest.clauses, findings)
    law: tuple[LawRow, ...] = ()
    if manifest is not None and manifest.regulatory_map:
        law = _read_regulatory_map(folder / manifest.regulatory_map, findings)
    if manifest is None or errors_of(findings):
        count = len(errors_of(findings))
        raise KitError(f"the kit in {folder} has {count} problem{'s' if count > 1 else ''}", findings)
    return Kit(folder, manifest, clauses, law)


def _read_manifest(file: Path, findings: list[Finding]) -> KitManifest | None:
    tree = _read(file, findings)
    if tree is None:
        return None
    manifest = _as_model(KitManifest, tree, findings)
    if manifest is None:
        return None
    findings += [Finding(problem.message, locate(tree, problem.path)) for problem in manifest.problems()]
    for number, document in enumerate(manifest.documents):
        _try_condition(document.when, locate(tree, ("documents", number, "when")), findings)
    named: list[tuple[tuple[str | int, ...], str]] = [
        (("documents", number, "template"), document.template)
        for number, document in enumerate(manifest.documents)
        if document.template
    ]
    named += [
        ((name,), path) for name in ("checklist", "clauses", "regulatory_map") if (path := getattr(manifest, name))
    ]
    for place, name in named:
        if not (file.parent / name).exists():
            near = nearest(name, (entry.name for entry in file.parent.iterdir() if entry.name != MANIFEST))
            remedy = f"did you mean '{near}'?" if near else "put it there, or mend its name"
            findings.append(Finding(f"the kit has no '{name}'", locate(tree, place), remedy=remedy))
    return manifest


def _read(file: Path, findings: list[Finding]) -> MarkedDict | None:
    try:
        tree = read_yaml(file)
    except SourceError as error:
        findings += error.findings
        return None
    if not isinstance(tree, MarkedDict):
        findings.append(Finding("the top of this file must be names with values", Location(str(file), 1, 1)))
        return None
    return tree


def _as_model(model: type[_M], tree: MarkedDict, findings: list[Finding]) -> _M | None:
    shape = record_of(model)
    misread = prepare(tree, shape)
    findings += misread
    try:
        result = model.model_validate(tree)
    except ValidationError as refusal:
        judged = {finding.location for finding in misread}
        found = complaints(refusal.errors(include_url=False), tree, shape, whole="this file")
        findings += [finding for finding in found if finding.location not in judged]
        return None
    return None if misread else result


def _read_clauses(folder: Path, findings: list[Finding]) -> dict[str, Clause]:
    """The clauses by id, in the order in which they stand in an agreement."""
    found: dict[str, Clause] = {}
    # Editors lay files of their own beside an open one.
    files = (file for file in sorted(folder.glob("*.md")) if not file.name.startswith((".", "~$")))
    for file in files if folder.is_dir() else ():
        clause = _read_clause(file, findings)
        if clause is None:
            continue
        other = found.setdefault(clause.head.id, clause)
        if other is not clause:
            findings.append(
                Finding(f"clause '{clause.head.id}' stands in {other.file.name} already", Location(str(file)))
            )
    ordered = sorted(found.values(), key=lambda clause: (clause.head.schedule, clause.head.order, clause.head.id))
    return {clause.head.id: clause for clause in ordered}


def _read_clause(file: Path, findings: list[Finding]) -> Clause | None:
    try:
        tree, text, first_line = read_front_matter(file)
    except SourceError as error:
        findings += error.findings
        return None
    head = _as_model(ClauseFrontMatter, tree, findings)
    if head is None:
        return None
    variants: dict[str, Wording] = {}
    for name, wording in split_wordings(text, first_line):
        place = Location(str(file), wording.line, 1)
        if not name:
            findings.append(Finding("this text belongs to no variant", place, remedy="put '## preferred' above it"))
        elif name not in head.variants:
            near = nearest(name, head.variants)
            remedy = f"did you mean '{near}'?" if near else "name it under variants: in the front matter"
            findings.append(Finding(f"the front matter has no variant '{name}'", place, remedy=remedy))
        elif name in variants:
            findings.append(Finding(f"variant '{name}' is given twice", place))
        elif not wording.text:
            findings.append(Finding(f"variant '{name}' has no text", place))
        else:
            variants[name] = wording
            findings += find_typed_numbers(str(file), wording)
    for name in head.variants:
        if not re.search(rf"^##[ \t]+{re.escape(name)}[ \t]*$", text, re.MULTILINE):
            place = locate(tree, ("variants", name))
            findings.append(Finding(f"variant '{name}' has no text", place, remedy=f"write it below '## {name}'"))
    condition = locate(tree, ("when",))
    _try_condition(head.when, condition, findings)
    asking = tuple(_what_asks(head, tree))
    for each in asking:
        _try_note(each, findings) if each.is_note else _try_condition(each.words, each.place, findings)
    findings += [
        Finding(f"the clause belongs to no '{kind}'", locate(tree, ("titles", kind)), remedy="name it under types:")
        for kind in head.titles
        if kind not in head.types
    ]
    return Clause(head, _put_together(head, variants, tree, findings), file, condition, asking)


def _what_asks(head: ClauseFrontMatter, tree: MarkedDict) -> Iterator[Asking]:
    """What of a front matter asks the contract's data, beside the condition of the clause itself."""
    notes: list[tuple[tuple[str | int, ...], str | None]] = [(("law",), head.law), (("why",), head.why)]
    for name, variant in head.variants.items():
        notes.append((("variants", name, "risk"), variant.risk))
        if variant.when is not None:
            yield Asking(variant.when, locate(tree, ("variants", name, "when")))
    for path, note in notes:
        if note is not None and "{" in note:
            yield Asking(note, locate(tree, path), is_note=True)


def _put_together(
    head: ClauseFrontMatter, given: dict[str, Wording], tree: MarkedDict, findings: list[Finding]
) -> dict[str, Wording]:
    """The wordings in the order of the front matter, each in full: preferred first, then what may be fallen back to."""
    whole: dict[str, Wording] = {}
    for name, variant in head.variants.items():
        if name not in given:
            continue
        whole[name] = given[name]
        if variant.changes is None:
            continue
        if variant.changes not in whole or variant.changes == name:
            known = did_you_mean(variant.changes, (other for other in whole if other != name))
            message = f"there is no wording '{variant.changes}' above this one to change{known}"
            findings.append(Finding(message, locate(tree, ("variants", name, "changes"))))
            continue
        try:
            whole[name] = apply_changes(whole[variant.changes], given[name])
        except ChangeError as error:
            findings.append(Finding(f"variant '{name}': {error}", Location(tree.file, error.line, 1)))
    return whole


def _try_condition(condition: str | None, place: Location, findings: list[Finding]) -> None:
    if condition is None:
        return
    try:
        compile_condition(condition)
    except ConditionError as error:
        remedy = "write a Jinja expression, such as partner.ict_service"
        findings.append(Finding(f"when: {error}", place, remedy=remedy))


def _try_note(note: Asking, findings: list[Finding]) -> None:
    try:
        read_note(note.words)
    except ConditionError as error:
        remedy = "write such as {% if partner.ict_service %}DORA Art. 30(1){% endif %}"
        findings.append(Finding(str(error), note.place, remedy=remedy))


def _read_regulatory_map(file: Path, findings: list[Finding]) -> tuple[LawRow, ...]:
    if not file.is_file():
        return ()  # the manifest's finding says so
    try:
        rows = read_yaml(file)
    except SourceError as error:
        findings += error.findings
        return ()
    if not isinstance(rows, MarkedList):
        message = "a regulatory map is a list of rows with law, article, requires and answered_by"
        findings.append(Finding(message, Location(str(file), 1, 1)))
        return ()
    tree = MarkedDict(str(file), rows.mark)
    tree.put("rows", rows, rows.mark, rows.mark)
    found = _as_model(RegulatoryMap, tree, findings)
    law = tuple(LawRow(row, locate(rows, (n, "when"))) for n, row in enumerate(found.rows if found else ()))
    for entry in law:
        _try_condition(entry.row.when, entry.condition, findings)
    return law
