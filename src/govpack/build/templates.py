"""Templates by themselves, without a pack: what is wrong with them, and which values they use."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from govpack.build.conditions import find_unknown_names
from govpack.build.data import is_data
from govpack.errors import GovpackError, PackageError
from govpack.findings import Finding, Location
from govpack.kits import find_kit, read_kit
from govpack.model.description import ANY, VALUE, Described, describe_view, group
from govpack.report import document as document_report
from govpack.template import Fragment, compile_template, lint_template

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from govpack.kits import Kit
    from govpack.model.kit import KitDocument
    from govpack.template import Field

# What a contract's documents see of the clause library besides the view (kits.select.clauses_for).
_SHARED = dict.fromkeys(("id", "title", "group", "fragment", "note"), VALUE)
_WORDING = group(dict.fromkeys(("id", "name", "risk", "owner", "chosen"), VALUE))
_INTERNAL = {
    **_SHARED,
    **dict.fromkeys(("law", "why", "variant"), VALUE),
    "wordings": Described("list", item=_WORDING),
}
_LAW = group(
    {
        **dict.fromkeys(("law", "article", "requires"), VALUE),
        **dict.fromkeys(("answered_by", "clauses", "schedules"), Described("list", item=VALUE)),
    },
)


@dataclass(frozen=True, slots=True)
class LintReport:
    """What is wrong with each template, by its path, and with the kit's conditions; and what could not be read."""

    templates: dict[str, tuple[Finding, ...]] = field(default_factory=dict)
    conditions: tuple[Finding, ...] = ()
    problems: tuple[Finding, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, each once: templates that share clauses share their faults."""
        return tuple(
            dict.fromkeys(finding for found in (*self.templates.values(), self.conditions) for finding in found)
        )

    @property
    def exit_code(self) -> int:
        """0: nothing found; 1: something found; 2: a file could not be read."""
        return 2 if self.problems else 1 if self.findings else 0


def lint_templates(templates: Iterable[Path], *, kit: str | None = None) -> LintReport:
    """Look over `templates`, or all of the kit's where none is given, with the kit's clauses and fields.

    With all of them, the kit's conditions are looked over, too. Without a kit, tags are checked and names are not.
    KitError where the kit can't be read.
    """
    given = tuple(templates)
    chosen = read_kit(find_kit(kit)) if kit is not None or not given else None
    fragments = fragments_of(chosen) if chosen else {}
    files = given or _templates_of(chosen)
    report: dict[str, tuple[Finding, ...]] = {}
    problems: list[Finding] = []
    for file in files:
        found: dict[Finding, None] = {}
        try:
            for context in _contexts(chosen, file):
                found |= dict.fromkeys(lint_template(file, fragments=fragments, context=context))
        except GovpackError as error:
            problems += error.findings or [Finding(str(error), Location(str(file)))]
            continue
        report[str(file)] = tuple(_in_folder(finding, file) for finding in found)
    conditions = tuple(find_unknown_names(chosen)) if chosen and not given else ()
    return LintReport(report, conditions, tuple(problems))


def fields_of_templates(templates: Iterable[Path], *, kit: str | None = None) -> dict[str, tuple[Field, ...]]:
    """The values that each of `templates` uses, by its path; with a kit, also those of its clauses.

    All of the kit's templates where none is given. TemplateError, PackageError or KitError where one can't be read;
    they carry what is wrong with all of them.
    """
    given = tuple(templates)
    chosen = read_kit(find_kit(kit)) if kit is not None or not given else None
    fragments = fragments_of(chosen) if chosen else {}
    listed: dict[str, tuple[Field, ...]] = {}
    findings: list[Finding] = []
    for file in given or _templates_of(chosen):
        try:
            listed[str(file)] = compile_template(file, fragments=fragments).fields()
        except GovpackError as error:
            findings += error.findings or [Finding(str(error))]
    if findings:
        raise PackageError("the templates could not be read", dict.fromkeys(findings))
    return listed


def fragments_of(kit: Kit) -> dict[str, Fragment]:
    """The wordings of a kit's clauses, by the name under which templates include them: ``id.variant``."""
    return {
        f"{clause.head.id}.{variant}": Fragment(wording.text, str(clause.file), wording.line, wording.lines)
        for clause in kit.clauses.values()
        for variant, wording in clause.variants.items()
    }


def _templates_of(kit: Kit | None) -> tuple[Path, ...]:
    """The Office templates of a kit, each once."""
    documents = kit.documents if kit else ()
    return (
        tuple(dict.fromkeys(kit.folder / d.template for d in documents if d.template and not is_data(d.template)))
        if kit
        else ()
    )


def _contexts(kit: Kit | None, file: Path) -> list[Mapping[str, Described] | None]:
    """What the documents that `file` makes may name; of a file that is none of the kit's, what any document may."""
    if kit is None:
        return [None]
    resolved = file.resolve()
    made = [each for each in kit.documents if each.template and (kit.folder / each.template).resolve() == resolved]
    return [context_of(document) for document in made] or [_any_context()]


def context_of(document: KitDocument) -> Mapping[str, Described]:
    """The names that a document of a kit may use."""
    each = document.for_each
    view = describe_view(document.audience, contract=each == "contract", partner=each == "partner")
    if document.made_from is not None:
        view |= {document_report.NAME: document_report.DESCRIPTION}
    return view | _library(document.audience) if each == "contract" else view


@cache
def _library(audience: str) -> dict[str, Described]:
    """What a contract's documents see of the clause library."""
    clause = group(_INTERNAL if audience == "internal" else _SHARED)
    return {
        "clauses": Described("list", item=clause),
        "schedules": Described("list", item=clause),
        "regulatory_map": Described("list", item=_LAW),
        "drafting_notes": VALUE,
        "left_out": Described("list", item=VALUE),
    }


@cache
def _any_context() -> Mapping[str, Described]:
    return describe_view("internal", contract=True) | _library("internal") | {"custom": ANY}


def _in_folder(finding: Finding, file: Path) -> Finding:
    """The finding with the template's path, which the engine knows by name only."""
    place = finding.location
    if place is None or place.file != file.name:
        return finding
    return Finding(finding.message, Location(str(file), at=place.at), finding.severity, finding.remedy)
