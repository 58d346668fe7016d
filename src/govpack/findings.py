"""What is wrong, where, and how to mend it: findings are data, collected to the end."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class Severity(StrEnum):
    """How much a finding matters: an error stops the work, a warning and a note do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Location(NamedTuple):
    """A place a person can go to: a line of an input, or an address inside a document.

    `line` and `column` count from 1; `at` is an address such as ``Schedule 2 › table 1, row 4``.
    """

    file: str
    line: int | None = None
    column: int | None = None
    at: str = ""

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)
        return f"{place}, {self.at}" if self.at else place


class Finding(NamedTuple):
    """One problem: what is wrong (`message`), where, and what to do about it (`remedy`, may be empty).

    `snippet` is YAML ready to be pasted where the remedy says, where there is some.
    """

    message: str
    location: Location | None = None
    severity: Severity = Severity.ERROR
    remedy: str = ""
    snippet: str = ""

    def __str__(self) -> str:
        text = f"{self.location}: {self.message}" if self.location else self.message
        return f"{text} ({self.remedy})" if self.remedy else text


def errors_of(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Only those findings that stop the work."""
    return tuple(finding for finding in findings if finding.severity is Severity.ERROR)


def nearest(word: str, names: Iterable[str]) -> str | None:
    """The name most like `word`, or None where nothing comes near (less than 60 of 100, rapidfuzz's ratio)."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only a message needs it, and the command starts without

    by_folded = {name.casefold(): name for name in sorted(names)}
    best = process.extractOne(word.casefold(), list(by_folded), scorer=fuzz.ratio, score_cutoff=60)
    return by_folded[best[0]] if best else None


def did_you_mean(word: str, names: Iterable[str]) -> str:
    """`` (did you mean 'strategic'?)`` with its leading blank, or nothing."""
    name = nearest(word, names)
    return f" (did you mean '{name}'?)" if name is not None and name != word else ""
