"""What is wrong with a template, found without data: tags, scope, filters, and (against a description) fields."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from jinja2 import TemplateNotFound, TemplateSyntaxError

from govpack.errors import TemplateError
from govpack.findings import Finding
from govpack.template.language.checking import FieldChecker
from govpack.template.language.expression_code import OWN_NOTE
from govpack.template.language.faults import capped
from govpack.template.language.source import Statement
from govpack.template.language.trees import build_tree
from govpack.template.parts.compiling import prepare_package
from govpack.template.parts.plans import Kind
from govpack.template.template import open_template

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from govpack.template.language.checking import Known, Names
    from govpack.template.parts.compiling import Workshop
    from govpack.template.parts.fragments import Fragment

_ASSIGNED = re.compile(r"\s*(?:for\s+(.+?)\s+in\b|(?:set|macro|call|with)\b(.*))", re.DOTALL)


def lint_template(
    path: Path | str | bytes,
    *,
    fragments: Mapping[str, str | Fragment] | None = None,
    context: Mapping[str, Known] | None = None,
) -> tuple[Finding, ...]:
    """Everything that is wrong with the template at `path` and its `fragments`, each with its place.

    `context` describes what its tags may name; without it, names are not checked. PackageError or TemplateError where
    the file can't be read as a template at all.
    """
    package, named = open_template(path, fragments)
    workshop = prepare_package(package, named).workshop
    findings = list(workshop.findings)
    checker = FieldChecker(workshop.environment, context) if context is not None else None
    family = workshop.family
    looked_at: set[str] = set()

    def show(call: str, what: Any, names: Names) -> None:
        if call == OWN_NOTE:
            looked_at.add(what)
            _check(workshop, checker, what, dict(names), findings)
            return
        relation = family.relation(*family.references[what])
        if relation is not None:
            show_part(relation.target, names)

    def show_part(part: str, names: Names) -> None:
        looked_at.add(part)
        if part in workshop.environment.sources:
            _check(workshop, checker, part, dict(names), findings)
        plan = family.plans.get(part)
        for relation in plan.relations if plan else []:
            if relation.kind is Kind.OWNED and not relation.marked:
                show_part(relation.target, names)

    if checker is not None:
        checker.shown = show
    # What a place shows is checked there, in its scope: slides, charts, notes.
    for part in [part for part in family.plans if not family.owner_of(part)]:
        show_part(part, {})
    for name in [name for name in workshop.environment.sources if name not in looked_at]:
        _check(workshop, checker, name, {}, findings)
    for holder in workshop.fragments.holders if not workshop.findings else ():
        for fragment in named:
            try:
                workshop.fragments.load(f"{fragment}@{holder}")
            except TemplateNotFound:
                continue
            except TemplateError as error:
                findings += error.findings
                continue
            names = dict(checker.holders.get(f"@{holder}", {})) if checker else {}
            _check(workshop, checker, f"{fragment}@{holder}", names, findings)
    return capped(findings)


def _check(workshop: Workshop, checker: FieldChecker | None, name: str, names: Names, findings: list[Finding]) -> None:
    if checker is None:
        return
    source = workshop.environment.sources[name]
    try:
        tree = build_tree(source)
    except TemplateSyntaxError:
        # Blocks that do not pair up, which has been reported: the values are looked at without them.
        stated = [piece.text for piece in source if isinstance(piece, Statement) and not piece.is_value]
        assigned = {
            word for found in map(_ASSIGNED.match, stated) if found for word in re.findall(r"\w+", found[1] or found[2])
        }
        names = {**names, **dict.fromkeys(assigned)}
        tree = build_tree(tuple(piece for piece in source if isinstance(piece, Statement) and piece.is_value))

    def report(number: int, reason: str) -> None:
        slot = workshop.slots[number]
        findings.append(Finding(f"'{slot.raw}': {reason}" if slot.raw else reason, slot.location))

    before, checker.report = checker.report, report
    checker.walk(tree.body, names)
    checker.report = before
