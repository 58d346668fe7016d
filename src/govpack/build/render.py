"""Renders the documents of a plan into the stage: each template compiled once, all problems at once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from govpack.build.data import DataTemplate, is_data
from govpack.build.gaps import Gap, group_gaps, read_gap, with_remedy
from govpack.build.reviewed import find_changed, with_files
from govpack.build.templates import context_of, fragments_of
from govpack.errors import BuildError, GovpackError
from govpack.findings import Finding, Location
from govpack.kits import clauses_for
from govpack.kits.find import MANIFEST
from govpack.model.description import find_described
from govpack.template import Controls, compile_template
from govpack.workbook import write_scorecard

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from govpack.build.job import Job
    from govpack.build.plan import Plan, Target
    from govpack.build.stage import Stage
    from govpack.model.description import Described
    from govpack.model.kit import KitDocument
    from govpack.template import Rendered, Template


@dataclass(frozen=True, slots=True)
class Written:
    """What rendering found: the gaps of a draft, reviews of other files, and by path what the tags of controls mean."""

    findings: tuple[Finding, ...]
    controls: dict[str, dict[str, str]]


def render_targets(
    job: Job, plan: Plan, stage: Stage, progress: Callable[[str, int, int], None], known: Mapping[str, str]
) -> Written:
    """Write the document of each target that `plan` makes into `stage`.

    What people keep (a register of reviews) comes last, since it names the others by their hash; `known` holds the
    hashes of the last build, by path, for files that this one does not make.
    A draft may have gaps. An issued pack may have none: they are a BuildError then, like everything else that is wrong
    with a template, and the error carries the problems of all documents.
    """
    targets = sorted(plan.made, key=lambda target: target.document.keep_edited)
    shop = _Workshop(job)
    digests = dict(known)
    gaps: list[Gap] = []
    controls: dict[str, dict[str, str]] = {}
    errors: list[Finding] = []
    for number, target in enumerate(targets):
        progress(target.path, number, len(targets))
        if target.document.workbook is not None:
            if job.pack.scorecards.cards:
                book = write_scorecard(job.pack)
                stage.write(target.path, book)
                digests[target.path] = sha256(book).hexdigest()
            else:
                errors.append(_nothing_scored(job, target))
            continue
        try:
            template = shop.template(target)
        except GovpackError as error:
            errors += shop.refusal_of(target, error)
            continue
        if template is None:
            continue
        try:
            context = shop.context(target)
            if target.document.keep_edited:
                context = with_files(job, context, plan.targets, digests)
            rendered = _render(template, context, job)
        except GovpackError as error:
            if isinstance(template, DataTemplate):
                errors += shop.refusal_of(target, error)
            else:
                errors += [with_remedy(read_gap(finding, target, job)) for finding in _findings_of(error)]
            continue
        gaps += [read_gap(finding, target, job) for finding in rendered.findings]
        if rendered.controls:
            controls[target.path] = dict(rendered.controls)
        stage.write(target.path, rendered.data)
        digests[target.path] = sha256(rendered.data).hexdigest()
    progress("", len(targets), len(targets))
    if errors:
        raise BuildError(f"{job.source} could not be built; nothing was changed", dict.fromkeys(errors))
    changed = tuple(find_changed(job, plan.targets, digests))
    return Written((*group_gaps(gaps), *changed), controls)


def _render(template: Template | DataTemplate, context: dict[str, Any], job: Job) -> Rendered:
    if isinstance(template, DataTemplate):
        return template.render(context)
    about = job.pack.pack
    return template.render(context, strict=not about.is_draft, locale=about.locale, currency=about.currency)


def _nothing_scored(job: Job, target: Target) -> Finding:
    message = f"no partner is scored, so there is nothing for the workbook '{target.document.name}' to show"
    remedy = "add scorecards to the inputs, or to the document: when: scorecards.cards"
    return Finding(message, Location(str(job.kit.folder / MANIFEST)), remedy=remedy)


def _findings_of(error: GovpackError) -> tuple[Finding, ...]:
    return error.findings or (Finding(str(error)),)


def refusal_of(file: Path, error: GovpackError) -> list[Finding]:
    """Why the template `file` was refused; the engine knows it by name only, or not at all."""
    return [
        Finding(finding.message, _in_folder(finding.location, file), finding.severity, finding.remedy)
        for finding in _findings_of(error)
    ]


def _in_folder(place: Location | None, file: Path) -> Location:
    if place is None or place.file == file.name:
        return Location(str(file), place.line if place else None, at=place.at if place else "")
    return place


class _Workshop:
    """What documents share: compiled templates by file, contexts by audience and contract."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._templates: dict[tuple[Path, str | None], Template | DataTemplate | None] = {}
        self._contexts: dict[tuple[str, bool, str], dict[str, Any]] = {}
        self._fragments = fragments_of(job.kit)

    def template(self, target: Target) -> Template | DataTemplate | None:
        """The compiled template; None where it was refused before, so that its problems are said once."""
        document = target.document
        path = self._file(document)
        key = (path, document.controls)
        if key not in self._templates:
            self._templates[key] = None
            self._templates[key] = DataTemplate(path) if is_data(path.name) else self._compile(path, document)
        return self._templates[key]

    def _file(self, document: KitDocument) -> Path:
        """The template of a document that is made from one."""
        return self._job.kit.folder / (document.template or "")

    def _compile(self, path: Path, document: KitDocument) -> Template:
        controls = None
        if document.controls is not None:
            wanted = partial(_is_negotiable, context_of(document))
            controls = Controls(wanted, neutral=document.controls == "neutral")
        return compile_template(path, fragments=self._fragments, controls=controls)

    def refusal_of(self, target: Target, error: GovpackError) -> list[Finding]:
        """Why a target's template was refused."""
        return refusal_of(self._file(target.document), error)

    def context(self, target: Target) -> dict[str, Any]:
        """The plain data of one document, with the clauses of its contract."""
        document, contract = target.document, target.contract
        if contract is None:
            return self._job.view(document.audience, None, target.partner)
        key = (document.audience, document.drafting_notes, contract.id)
        if key not in self._contexts:
            view = self._job.view(document.audience, contract, target.partner)
            library = clauses_for(
                self._job.kit,
                view,
                contract.clauses,
                contract.omit_clauses,
                internal=document.audience == "internal",
                drafting_notes=document.drafting_notes,
            )
            self._contexts[key] = view | library
        return self._contexts[key]


def _is_negotiable(view: Mapping[str, Described], path: str) -> bool:
    described = find_described(view, path)
    return described is not None and described.negotiable
