"""What goes wrong in one rendering: each fault once, with its tag and place, and in words for people."""

from __future__ import annotations

from decimal import InvalidOperation
from typing import TYPE_CHECKING

from jinja2 import TemplateNotFound
from jinja2.exceptions import SecurityError

from govpack.findings import Finding, Location, Severity
from govpack.template.values.limits import FAULT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govpack.template.language.slots import Slot
    from govpack.template.values.limits import Budget


# As many as a person reads of each severity, and as many as are told apart beyond them.
_MOST, _MOST_TOLD_APART = 200, 10_000


class Faults:
    """The faults of one rendering, by the slot of the tag that is wrong: the first of them, and how many more."""

    def __init__(self, slots: list[Slot], budget: Budget, *, strict: bool) -> None:
        self._slots = slots
        self._budget = budget
        self._strict = strict
        self._found = {severity: _Findings() for severity in Severity}

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What went wrong so far, each once."""
        return tuple(finding for found in self._found.values() for finding in found.all)

    def report(self, number: int, reason: str, *, gap: bool = False) -> None:
        """Note what is wrong with the tag of the slot `number`; a `gap` is a warning where gaps are allowed."""
        slot = self._slots[number]
        severity = Severity.WARNING if gap and not self._strict else Severity.ERROR
        message = f"'{slot.raw}': {reason}" if slot.raw else reason
        self._found[severity].add(Finding(message, slot.location, severity))

    def spend(self) -> None:
        """Count the work of a fault, of which a loop may have no end. LimitError where too much was done."""
        self._budget.take(FAULT)

    def add(self, findings: Iterable[Finding]) -> None:
        """Take in what a fragment says of itself."""
        for finding in findings:
            self._found[finding.severity].add(finding)


class _Findings:
    """Findings of one severity, each once, as many as a person reads."""

    def __init__(self) -> None:
        self._held: dict[Finding, None] = {}
        self._further: set[int] = set()
        self._uncounted = False

    def add(self, finding: Finding) -> None:
        """Hold `finding`, or count it where enough are held."""
        if finding in self._held:
            return
        if len(self._held) < _MOST:
            self._held[finding] = None
        elif len(self._further) < _MOST_TOLD_APART:
            self._further.add(hash(finding))
        else:
            self._uncounted = True

    @property
    def all(self) -> list[Finding]:
        """The findings, and last how many there are beyond them."""
        found = list(self._held)
        if self._further:
            first = found[0]
            place = Location(first.location.file) if first.location else None
            more = f"{'more than ' if self._uncounted else ''}{len(self._further):,}"
            found.append(Finding(f"and {more} more; mend these first", place, first.severity))
        return found


def capped(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """`findings`, each once, as many of each severity as a person reads, and how many more there are."""
    found = {severity: _Findings() for severity in Severity}
    for finding in findings:
        found[finding.severity].add(finding)
    return tuple(finding for held in found.values() for finding in held.all)


def in_words(error: Exception) -> str:
    """What `error`, which a tag has raised, tells the template's author."""
    match error:
        case TemplateNotFound():
            # Fragments go by name and the paragraph that they were compiled for.
            return f"there is no fragment '{str(error.message).rpartition('@')[0]}'"
        case SecurityError():
            return str(error) or "the tag asks for something that templates may not do"
        case ZeroDivisionError():
            return "the tag divides by zero"
        case InvalidOperation():
            return "the number is too large to be shown"
        case SyntaxError():
            return "its blocks, brackets or sums are nested too deeply"
        case RecursionError():
            return "the tag calls itself without end"
    return str(error) or type(error).__name__
