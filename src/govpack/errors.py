"""The errors that end a piece of work. Each carries the findings that led to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govpack.findings import Finding


class GovpackError(Exception):
    """The work cannot go on. `findings` say why, each with its place; the message sums them up."""

    def __init__(self, message: str, findings: Iterable[Finding] = ()) -> None:
        super().__init__(message)
        self.findings: tuple[Finding, ...] = tuple(findings)


class SourceError(GovpackError):
    """An input file could not be read: missing, not text, not YAML, JSON or CSV."""


class InputError(GovpackError):
    """The inputs do not say what a pack must say."""


class PackageError(GovpackError):
    """A file is no Office package, or one that breaks the limits it is read under."""


class TemplateError(GovpackError):
    """A template is wrong, or its data lacks what it asks for."""


class KitError(GovpackError):
    """A kit was not found, or its manifest, clauses or checklist are wrong."""


class ChecklistError(GovpackError):
    """A checklist was not found or does not say what can be looked for."""


class BuildError(GovpackError):
    """The pack could not be put in place; what was there before still is."""
