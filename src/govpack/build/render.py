"""Renders the documents of a plan into the stage: each template compiled once, all problems at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govpack.build.gaps import with_place
from govpack.build.templates import fragments_of
from govpack.errors import BuildError, GovpackError
from govpack.findings import Finding, Location
from govpack.kits import clauses_for
from govpack.template import compile_template

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from govpack.build.job import Job
    from govpack.build.plan import Target
    from govpack.build.stage import Stage
    from govpack.template import Template


def render_targets(
    job: Job, targets: Iterable[Target], stage: Stage, progress: Callable[[str, int, int], None]
) -> tuple[Finding, ...]:
    """Write each target's document into `stage`; returns the gaps that a draft may have.

    An issued pack may have none: they are a BuildError then, like everything else that is wrong with a template, and
    the error carries the problems of all documents.
    """
    targets = tuple(targets)
    shop = _Workshop(job)
    gaps: list[Finding] = []
    errors: list[Finding] = []
    for number, target in enumerate(targets):
        progress(target.path, number, len(targets))
        try:
            template = shop.template(target)
        except GovpackError as error:
            errors += shop.refusal_of(target, error)
            continue
        if template is None:
            continue
        try:
            rendered = template.render(
                shop.context(target),
                strict=not job.pack.pack.is_draft,
                locale=job.pack.pack.locale,
                currency=job.pack.pack.currency,
            )
        except GovpackError as error:
            errors += [with_place(finding, target, job) for finding in _findings_of(error)]
            continue
        gaps += [with_place(finding, target, job) for finding in rendered.findings]
        stage.write(target.path, rendered.data)
    progress("", len(targets), len(targets))
    if errors:
        raise BuildError(f"{job.source} could not be built; nothing was changed", dict.fromkeys(errors))
    return tuple(dict.fromkeys(gaps))


def _findings_of(error: GovpackError) -> tuple[Finding, ...]:
    return error.findings or (Finding(str(error)),)


def _in_folder(place: Location | None, file: Path) -> Location:
    if place is None or place.file == file.name:
        return Location(str(file), at=place.at if place else "")
    return place


class _Workshop:
    """What documents share: compiled templates by file, contexts by audience and contract."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._templates: dict[Path, Template | None] = {}
        self._contexts: dict[tuple[str, bool, str | None], dict[str, Any]] = {}
        self._fragments = fragments_of(job.kit)

    def template(self, target: Target) -> Template | None:
        """The compiled template; None where it was refused before, so that its problems are said once."""
        path = self._job.kit.folder / target.document.template
        if path not in self._templates:
            self._templates[path] = None
            self._templates[path] = compile_template(path, fragments=self._fragments)
        return self._templates[path]

    def refusal_of(self, target: Target, error: GovpackError) -> list[Finding]:
        """Why a template was refused; the engine knows its file by name only, or not at all."""
        file = self._job.kit.folder / target.document.template
        return [
            Finding(finding.message, _in_folder(finding.location, file), finding.severity, finding.remedy)
            for finding in _findings_of(error)
        ]

    def context(self, target: Target) -> dict[str, Any]:
        """The plain data of one document, with the clauses of its contract."""
        document, contract = target.document, target.contract
        key = (document.audience, document.drafting_notes, contract.id if contract else None)
        if key not in self._contexts:
            context = self._job.view(document.audience, contract)
            if contract is not None:
                context |= clauses_for(
                    self._job.kit,
                    context,
                    contract.clauses,
                    contract.omit_clauses,
                    internal=document.audience == "internal",
                    drafting_notes=document.drafting_notes,
                )
            self._contexts[key] = context
        return self._contexts[key]
