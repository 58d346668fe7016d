"""Decides which documents a build makes, and where each goes."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from govpack.build.index import PAGE
from govpack.build.record import NAME
from govpack.errors import BuildError
from govpack.findings import Finding, did_you_mean
from govpack.kits import ConditionError, holds
from govpack.kits.find import MANIFEST
from govpack.sources import locate, read_yaml

if TYPE_CHECKING:
    from collections.abc import Collection

    from govpack.build.job import Job
    from govpack.kits import Kit
    from govpack.model.contracts import Contract
    from govpack.model.kit import KitDocument
    from govpack.model.partners import Partner

_PLACEHOLDER = re.compile(r"\{(partner|contract)\}")


@dataclass(frozen=True, slots=True)
class Target:
    """One document to make: `path` is relative to the pack, with forward slashes."""

    document: KitDocument
    contract: Contract | None
    partner: Partner | None
    path: str

    @property
    def kind(self) -> str:
        """``docx``, ``pptx``, ``xlsx`` or ``json``."""
        return self.path.rpartition(".")[2].lower()

    @property
    def from_verdict(self) -> bool:
        """Whether it says what the check of this build found, so that it is made after it."""
        return self.document.made_from == "verdict"


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything the pack holds, and of that what this build makes."""

    targets: tuple[Target, ...]
    made: tuple[Target, ...]

    @property
    def rounds(self) -> tuple[tuple[Target, ...], tuple[Target, ...], tuple[Target, ...]]:
        """What is made, in the order in which it can be: documents, registers that name their hashes, the verdict's."""
        told = tuple(target for target in self.made if target.from_verdict)
        rest = [target for target in self.made if not target.from_verdict]
        registers = tuple(target for target in rest if target.document.keep_edited)
        return tuple(target for target in rest if not target.document.keep_edited), registers, told


def default_out(source: Path) -> Path:
    """Where a pack goes when nobody says: ``NAME-pack`` in the current folder, NAME being that of the inputs."""
    name = source.stem if source.is_file() else source.resolve().name
    return Path(f"{name or 'govpack'}-pack")


def plan_build(job: Job, only: Collection[str] = ()) -> Plan:
    """The documents of the kit, for the pack or for each contract or partner; `only` those named, where any are.

    BuildError where a name in `only` is unknown, two documents would be written to one place, or whether a document
    is wanted cannot be told.
    """
    named_documents(job.kit, only)
    targets = []
    for document in job.kit.documents:
        for contract, partner in _subjects(job, document):
            if document.when is None or _is_wanted(job, document, contract, partner):
                targets.append(Target(document, contract, partner, _path(job, document, contract, partner)))
    _refuse_collisions(targets)
    return Plan(tuple(targets), tuple(target for target in targets if not only or target.document.name in only))


def named_documents(kit: Kit, only: Collection[str] = ()) -> list[KitDocument]:
    """The documents of `kit`, `only` those named, where any are. BuildError where a name is unknown."""
    known = [document.name for document in kit.documents]
    unknown = [name for name in dict.fromkeys(only) if name not in known]
    if unknown:
        remedy = f"the kit '{kit.name}' makes {', '.join(known)}"
        found = [Finding(f"there is no document '{n}'{did_you_mean(n, known)}", remedy=remedy) for n in unknown]
        raise BuildError(found[0].message if len(found) == 1 else "unknown documents were asked for", found)
    return [document for document in kit.documents if not only or document.name in only]


def _subjects(job: Job, document: KitDocument) -> list[tuple[Contract | None, Partner | None]]:
    """What each copy of a document is about: a contract with its partner, a partner, or the pack."""
    if document.for_each == "contract":
        return [(contract, job.pack.partner(contract.partner)) for contract in job.pack.contracts]
    if document.for_each == "partner":
        return [(None, partner) for partner in job.pack.partners]
    return [(None, None)]


def _is_wanted(job: Job, document: KitDocument, contract: Contract | None, partner: Partner | None) -> bool:
    try:
        return holds(document.when or "true", job.view(document.audience, contract, partner))
    except ConditionError as error:
        message = f"whether the document '{document.name}' is wanted cannot be told: {error}"
        number = next(n for n, each in enumerate(job.kit.documents) if each is document)
        place = locate(read_yaml(job.kit.folder / MANIFEST), ("documents", number, "when"))
        found = Finding(message, place, remedy="mend its when:")
        raise BuildError(message, [found]) from error


def _path(job: Job, document: KitDocument, contract: Contract | None, partner: Partner | None) -> str:
    if contract is None:
        return document.output.replace("{partner}", partner.id) if partner else document.output
    names = {"partner": contract.partner, "contract": contract.id}
    # A partner with several contracts gets a folder for each, so that none is written over another.
    if len(job.pack.contracts_of(contract.partner)) > 1 and "{contract}" not in document.output:
        names["partner"] = f"{contract.partner}-{contract.id}"
    return _PLACEHOLDER.sub(lambda match: names[match[1]], document.output)


def _refuse_collisions(targets: list[Target]) -> None:
    # Windows and macOS take Report.docx and report.docx for one file, and a pack travels between systems.
    count = Counter(target.path.casefold() for target in targets)
    count.update((NAME, PAGE))
    twice = sorted({target.path for target in targets if count[target.path.casefold()] > 1})
    if twice:
        found = [
            Finding(f"two documents would be written to '{path}'", remedy="change an id, or output: in kit.yaml")
            for path in twice
        ]
        raise BuildError("the pack cannot be laid out", found)
