"""What the checker finds, as data: evidence, results of requirements, verdicts of items, the report of a check."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from govpack.findings import Finding, Location, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable


BY_PROPERTIES, BY_NAME = "by its properties", "by its name"


class Verdict(StrEnum):
    """How far an item, a document or a requirement is met; missing evidence is never met."""

    MET = "met"
    PARTLY_MET = "partly met"
    NOT_MET = "not met"
    FOR_A_PERSON = "for a person"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a requirement was found: file, address, a few of the words, and `near` where names matched only nearly."""

    file: str
    at: str
    excerpt: str = ""
    near: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one requirement kind says of one document. `cost` tells how much is missing: 3 all, 2 a part, 1 a detail."""

    verdict: Verdict
    evidence: tuple[Evidence, ...] = ()
    findings: tuple[Finding, ...] = ()
    cost: int = 0


@dataclass(frozen=True, slots=True)
class Stem:
    """Where what a requirement asks comes from, for packs that were built from inputs.

    `input` are paths in the inputs, `fields` those of their entries that are asked; without any, those that are called
    as the `columns` of the document (each with its synonyms). `advice` is the checklist's own remedy.
    """

    input: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    columns: tuple[tuple[str, ...], ...] = ()
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """One requirement judged on one document; `file` is empty where there is no such document.

    `name` is what the requirement asks, for people: in the checklist's words, else in a sentence of its arguments.
    `asked` is False where it is met only since it is not asked of this document.
    """

    kind: str
    document: str
    file: str
    outcome: Outcome
    weight: int = 1
    name: str = ""
    stem: Stem = field(default_factory=Stem)
    asked: bool = True

    @property
    def verdict(self) -> Verdict:
        """The outcome's verdict."""
        return self.outcome.verdict


@dataclass(frozen=True, slots=True)
class ItemVerdict:
    """A checklist item judged: the verdict, and every requirement's result, document by document."""

    id: str
    asks: str
    source: str
    verdict: Verdict
    results: tuple[Result, ...]

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """All evidence of the item."""
        return tuple(evidence for result in self.results for evidence in result.outcome.evidence)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is missing, each finding once, what costs most first."""
        ordered = sorted(self.results, key=lambda result: -result.outcome.cost * result.weight)
        found: dict[tuple[Location | None, str], Finding] = {}
        for finding in (finding for result in ordered for finding in result.outcome.findings):
            # Several requirements may miss the same section, each with a remedy of its own: one is enough.
            found.setdefault((finding.location, finding.message), finding)
        return tuple(found.values())

    @property
    def failing_files(self) -> tuple[str, ...]:
        """The documents in which a requirement is not met."""
        missed = (Verdict.NOT_MET, Verdict.PARTLY_MET)
        return tuple(dict.fromkeys(r.file or r.document for r in self.results if r.verdict in missed))


@dataclass(frozen=True, slots=True)
class JudgedFile:
    """A file that was looked at: its path as given, and which document of the checklist it is (empty: none).

    `known_by` says in words how that was seen: by its properties, its name, its title, or by what it holds (a guess).
    """

    path: str
    document: str
    known_by: str = ""

    @property
    def guessed(self) -> bool:
        """Whether neither its properties nor its name say what it is."""
        return self.known_by not in {"", BY_PROPERTIES, BY_NAME}


@dataclass(frozen=True, slots=True)
class CheckReport:
    """The whole check. `weak` are warnings beside the verdicts; `problems` say what could not be judged at all."""

    checklist: str
    verdicts: tuple[ItemVerdict, ...]
    files: tuple[JudgedFile, ...] = ()
    weak: tuple[Finding, ...] = ()
    problems: tuple[Finding, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is to be mended, each finding once: problems first, then by what it costs the verdicts."""
        order = {Verdict.NOT_MET: 0, Verdict.PARTLY_MET: 1, Verdict.FOR_A_PERSON: 2, Verdict.MET: 3}
        items = sorted(self.verdicts, key=lambda item: order[item.verdict])
        return tuple(dict.fromkeys((*self.problems, *(finding for item in items for finding in item.findings))))

    @property
    def exit_code(self) -> int:
        """0 when every item is met or for a person, 1 when one is not, 2 when something could not be judged."""
        if self.problems:
            return 2
        return int(any(item.verdict in (Verdict.NOT_MET, Verdict.PARTLY_MET) for item in self.verdicts))

    @property
    def ok(self) -> bool:
        """Whether every item is met or for a person, and everything could be judged."""
        return self.exit_code == 0

    def count(self, verdict: Verdict) -> int:
        """How many items have this verdict."""
        return sum(item.verdict is verdict for item in self.verdicts)


def met(evidence: Iterable[Evidence]) -> Outcome:
    """A requirement that holds, with where it was seen."""
    return Outcome(Verdict.MET, tuple(evidence))


def unmet(findings: Iterable[Finding], evidence: Iterable[Evidence] = (), cost: int = 2) -> Outcome:
    """A requirement that does not hold; `cost` 3 where all is missing, 2 a part, 1 a detail."""
    return Outcome(Verdict.NOT_MET, tuple(evidence), tuple(findings), cost)


def for_a_person(message: str, file: str, at: str = "", remedy: str = "") -> Outcome:
    """A requirement that only a person can judge."""
    finding = Finding(message, Location(file, at=at), Severity.NOTE, remedy)
    return Outcome(Verdict.FOR_A_PERSON, (), (finding,), 0)


def missing(message: str, file: str, at: str = "", remedy: str = "") -> Finding:
    """What is missing in `file`, where it was looked for (`at`), and what to do."""
    return Finding(message, Location(file, at=at), Severity.ERROR, remedy)
