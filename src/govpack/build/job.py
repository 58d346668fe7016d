"""What a build starts from: the inputs and the kit, read and held against each other."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govpack.build.reviewed import find_unknown
from govpack.check import read_checklist
from govpack.errors import InputError, KitError
from govpack.findings import Finding, Location, Severity, errors_of
from govpack.inputs import read_marked
from govpack.inputs.gather import find_inputs
from govpack.kits import (
    find_choice_problems,
    find_condition_problems,
    find_idle_choices,
    find_issue_problems,
    find_kit,
    read_kit,
)
from govpack.model.view import plain_view, subject_of
from govpack.sources import locate

if TYPE_CHECKING:
    from govpack.check import Checklist
    from govpack.kits import Kit
    from govpack.model.contracts import Contract
    from govpack.model.pack import Pack
    from govpack.model.partners import Partner
    from govpack.model.view import Audience
    from govpack.sources import MarkedDict


@dataclass(frozen=True)
class Job:
    """Inputs and kit of one build, free of errors. `findings` are the warnings and notes about them.

    `tree` are the inputs with their places.
    """

    source: Path
    tree: MarkedDict
    pack: Pack
    kit: Kit
    findings: tuple[Finding, ...]
    _views: dict[tuple[str | None, ...], dict[str, Any]] = field(default_factory=dict)

    @cached_property
    def checklist(self) -> Checklist | None:
        """The kit’s checklist; ChecklistError where something is wrong with it."""
        return read_checklist(self.kit.checklist) if self.kit.checklist is not None else None

    @property
    def inputs(self) -> tuple[Path, ...]:
        """The input files."""
        return find_inputs(self.source)

    @property
    def folder(self) -> Path:
        """The folder that the inputs lie in."""
        return _folder_of(self.source)

    @property
    def summary(self) -> str:
        """What the pack holds, in a few words."""
        counts = (
            (len(self.pack.partners), "partner"),
            (len(self.pack.contracts), "contract"),
            (len(self.pack.risks), "risk"),
        )
        return ", ".join(f"{count} {word}{'' if count == 1 else 's'}" for count, word in counts)

    def inner_name(self, file: str) -> str:
        """A file as the pack's own folders name it, whatever machine it is on: ``risks.yaml``, ``kit/kit.yaml``."""
        path = Path(file)
        for folder, name in ((self.folder, ""), (self.kit.folder, "kit/")):
            if path.is_relative_to(folder):
                return name + path.relative_to(folder).as_posix()
        return path.as_posix()

    def inside(self, finding: Finding) -> Finding:
        """A finding with its place as the pack's own folders name it."""
        place = finding.location
        return finding if place is None else finding._replace(location=place._replace(file=self.inner_name(place.file)))

    def view(self, audience: Audience, contract: Contract | None, partner: Partner | None = None) -> dict[str, Any]:
        """The plain data that a document for `audience` sees, of `contract` or `partner` where it is one of many.

        It is worked out once for all documents that see the same, so it must not be changed.
        """
        # A contract brings its partner with it.
        key = (audience, contract.id if contract else None, partner.id if partner and not contract else None)
        if key not in self._views:
            if audience == "internal" and (contract or partner):
                # We see the same whatever a document is about; it only has a name for its subject besides.
                whole = self.view("internal", None)
                self._views[key] = whole | subject_of(self.pack, whole, contract, partner)
            else:
                self._views[key] = plain_view(self.pack, audience=audience, contract=contract, partner=partner)
        return self._views[key]


def read_job(source: Path, *, kit: str | None = None) -> Job:
    """Read the inputs at `source` (a folder or a file) and the kit they are built with.

    `kit` is a folder or a bundled kit's name; left out, it is ``kit/`` beside the inputs, else the one they name.
    Raises SourceError, InputError or KitError with every problem at once.
    """
    tree, pack, findings = read_marked(source)
    errors = errors_of(findings)
    if pack is None:
        count = f"{len(errors)} problem{'' if len(errors) == 1 else 's'}"
        raise InputError(f"{source} has {count}; nothing was built", findings)
    job = Job(source, tree, pack, read_kit(_find_kit(source, tree, pack, kit)), findings)
    problems = list(_problems(job))
    if errors_of(problems):
        raise InputError(f"{source} and the kit '{job.kit.name}' do not fit", (*findings, *problems))
    return replace(job, findings=(*findings, *problems))


def _find_kit(source: Path, tree: MarkedDict, pack: Pack, given: str | None) -> Path:
    try:
        return find_kit(given, name=pack.pack.kit, pack_folder=_folder_of(source))
    except KitError as error:
        if given is not None:
            raise
        place = locate(tree, ("pack", "kit"))
        found = [Finding(f.message, f.location or place, f.severity, f.remedy) for f in error.findings]
        raise KitError(str(error), found) from None


def _folder_of(source: Path) -> Path:
    return source if source.is_dir() else source.parent


def _problems(job: Job) -> list[Finding]:
    """What contracts and negotiations ask of the clause library that it does not have, and conditions untold."""
    found: dict[Finding, None] = {}
    for number, contract in enumerate(job.pack.contracts):
        view = job.view("counterparty", contract)
        untold = dict.fromkeys(find_condition_problems(job.kit, view))
        choices = list(find_choice_problems(job.kit, contract.clauses, contract.omit_clauses))
        if not untold:
            choices += find_idle_choices(job.kit, view, contract.clauses)
        for choice in choices:
            place = locate(job.tree, ("contracts", number, *choice.path))
            found[Finding(choice.message, place, choice.severity)] = None
        found |= untold
    for number, record in enumerate(job.pack.negotiations):
        for choice in find_issue_problems(job.kit, ((issue.clause, issue.closed) for issue in record.issues)):
            place = locate(job.tree, ("negotiations", number, *choice.path))
            found[Finding(choice.message, place, choice.severity)] = None
    for finding in find_unknown(job):
        found[finding] = None
    if not job.pack.contracts:
        each = [document.name for document in job.kit.documents if document.for_each == "contract"]
        if each:
            message = f"no contract is given, so there is no {' and no '.join(each)}"
            found[Finding(message, Location(str(job.source)), Severity.NOTE)] = None
    return list(found)
