"""What goes wrong in one rendering: each fault once, with its tag and place, and in words for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import TemplateNotFound
from jinja2.exceptions import SecurityError

from govpack.findings import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govpack.template.slots import Slot


class Faults:
    """The faults of one rendering, by the slot of the tag that is wrong."""

    def __init__(self, slots: list[Slot], *, strict: bool) -> None:
        self._slots = slots
        self._strict = strict
        self._findings: dict[tuple[int, str], Finding] = {}

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What went wrong so far, each once."""
        return tuple(dict.fromkeys(self._findings.values()))

    def report(self, number: int, reason: str, *, gap: bool = False) -> None:
        """Note what is wrong with the tag of the slot `number`; a `gap` is a warning where gaps are allowed."""
        slot = self._slots[number]
        severity = Severity.WARNING if gap and not self._strict else Severity.ERROR
        message = f"'{slot.raw}': {reason}" if slot.raw else reason
        self._findings.setdefault((number, reason), Finding(message, slot.location, severity))

    def add(self, number: int, findings: Iterable[Finding]) -> None:
        """Take in what a fragment, included at the slot `number`, says of itself."""
        self._findings.update(((number, finding.message), finding) for finding in findings)


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
        case SyntaxError():
            return "its blocks, brackets or sums are nested too deeply"
        case RecursionError():
            return "the tag calls itself without end"
    return str(error) or type(error).__name__
