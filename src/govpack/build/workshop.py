"""Makes documents from what they share: each template compiled once, the data of each audience and contract once."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from govpack.build.blanks import name_of_gap
from govpack.build.cache import own_store
from govpack.build.data import DataTemplate, is_data
from govpack.build.gaps import Gap, read_gap, with_remedy
from govpack.build.negotiable import Negotiable
from govpack.build.templates import context_of, fragments_of
from govpack.errors import GovpackError
from govpack.findings import Finding, Location
from govpack.kits import clauses_for
from govpack.kits.find import MANIFEST
from govpack.template import Controls, Template, compile_template

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from govpack.build.job import Job
    from govpack.build.plan import Target
    from govpack.model.kit import KitDocument


@dataclass(frozen=True, slots=True)
class Page:
    """A document made: its bytes, its gaps, and what the tags of its content controls stand for.

    Or None, and the errors why it could not be; no errors where another document has said them. `called` says which
    values the names of its gaps stand for, where these are not their paths.
    """

    data: bytes | None = None
    gaps: tuple[Gap, ...] = ()
    controls: dict[str, str] = field(default_factory=dict)
    errors: tuple[Finding, ...] = ()
    called: dict[str, str] = field(default_factory=dict)


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


class Workshop:
    """What documents share: compiled templates by file, contexts by audience and contract.

    `more` is data of this build beside the pack's.
    """

    def __init__(self, job: Job, more: Mapping[str, Any] | None = None) -> None:
        self.job = job
        self._more = dict(more or {})
        self._templates: dict[tuple[Path, str | None], Template | DataTemplate | None] = {}
        self._contexts: dict[tuple[str, bool, str], dict[str, Any]] = {}
        self._fragments = fragments_of(job.kit)
        self._store = own_store()

    def with_more(self, more: Mapping[str, Any]) -> Workshop:
        """A workshop that shares the templates compiled here, for documents that see `more`."""
        other = copy(self)
        other._more = dict(more)
        other._contexts = {}
        return other

    def keep(self, targets: Iterable[Target]) -> None:
        """Keep what the templates of `targets` are compiled to for the next build, where there is a place for it."""
        for key in dict.fromkeys(self._key(target) for target in targets if target.document.workbook is None):
            template = self._templates.get(key)
            if self._store is not None and isinstance(template, Template):
                template.keep_in(self._store)

    def prepare(self, targets: Iterable[Target]) -> None:
        """Compile templates ahead. What is wrong with one is said when its document is made."""
        for target in targets:
            if target.document.workbook is None:
                try:
                    self.template(target)
                except GovpackError:
                    del self._templates[self._key(target)]

    def make(self, target: Target) -> Page:
        """The document of `target`, or why there is none."""
        if target.document.workbook is not None:
            return self._workbook(target)
        try:
            template = self.template(target)
        except GovpackError as error:
            return Page(errors=tuple(refusal_of(self.file_of(target), error)))
        if template is None:
            return Page()
        if isinstance(template, DataTemplate):
            try:
                return Page(template.render(self.context(target)).data)
            except GovpackError as error:
                return Page(errors=tuple(refusal_of(self.file_of(target), error)))
        about = self.job.pack.pack
        # The paths of our inputs say nothing to a counterparty, and are none of its business.
        theirs = target.document.audience == "counterparty"
        name = partial(name_of_gap, context_of(target.document)) if theirs else None
        try:
            rendered = template.render(
                self.context(target),
                strict=not about.is_draft,
                locale=about.locale,
                currency=about.currency,
                call_gap=name,
            )
        except GovpackError as error:
            wanted = (read_gap(finding, target, self.job) for finding in _findings_of(error))
            return Page(errors=tuple(map(with_remedy, wanted)))
        gaps = tuple(read_gap(finding, target, self.job, name) for finding in rendered.findings)
        called = {gap.shown: gap.field for gap in gaps if gap.shown != gap.field}
        return Page(rendered.data, gaps, dict(rendered.controls), called=called)

    def _workbook(self, target: Target) -> Page:
        from govpack.workbook import write_scorecard  # noqa: PLC0415 - XlsxWriter loads slowly; few packs keep scores

        if self.job.pack.scorecards.cards:
            return Page(write_scorecard(self.job.pack))
        return Page(errors=(_nothing_scored(self.job, target),))

    def template(self, target: Target) -> Template | DataTemplate | None:
        """The compiled template; None where it was refused before, so that its problems are said once."""
        key = self._key(target)
        if key not in self._templates:
            path, _ = key
            self._templates[key] = None
            self._templates[key] = DataTemplate(path) if is_data(path.name) else self._compile(path, target.document)
        return self._templates[key]

    def _key(self, target: Target) -> tuple[Path, str | None]:
        return self.file_of(target), target.document.controls

    def file_of(self, target: Target) -> Path:
        """The template of a document that is made from one."""
        return self.job.kit.folder / (target.document.template or "")

    def _compile(self, path: Path, document: KitDocument) -> Template:
        if document.controls is None:
            return compile_template(path, fragments=self._fragments, store=self._store)
        neutral = document.controls == "neutral"
        if (shared := self._shared(path)) is not None:
            return shared.with_tags(neutral=neutral)
        sharing = (d for d in self.job.kit.documents if d.template == document.template and d.controls is not None)
        controls = Controls(Negotiable(sharing), neutral=neutral)
        return compile_template(path, fragments=self._fragments, controls=controls, store=self._store)

    def _shared(self, path: Path) -> Template | None:
        """The template `path` as compiled for a document whose controls have other tags."""
        compiled = (self._templates.get((path, tags)) for tags in ("named", "neutral"))
        return next((template for template in compiled if isinstance(template, Template)), None)

    def context(self, target: Target) -> dict[str, Any]:
        """The plain data of one document, with the clauses of its contract."""
        document, contract = target.document, target.contract
        # What a build knows of the pack as a whole is for our own eyes.
        more = self._more if document.audience == "internal" else {}
        if contract is None:
            return self.job.view(document.audience, None, target.partner) | more
        key = (document.audience, document.drafting_notes, contract.id)
        if key not in self._contexts:
            view = self.job.view(document.audience, contract, target.partner)
            library = clauses_for(
                self.job.kit,
                view,
                contract.clauses,
                contract.omit_clauses,
                internal=document.audience == "internal",
                drafting_notes=document.drafting_notes,
            )
            self._contexts[key] = view | library | more
        return self._contexts[key]
