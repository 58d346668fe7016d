"""What every requirement kind is made of: its arguments, the case it judges, and how it finds sections."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from govpack.check.kept import keep
from govpack.check.words import Match, find_name, find_phrase, listing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from govpack.check.outline import Outline, Section
    from govpack.check.verdicts import Outcome, Verdict

_A = TypeVar("_A", bound="Args")


def _as_tuple(value: object) -> object:
    return (value,) if isinstance(value, str | int) else value


Names = Annotated[tuple[str, ...], BeforeValidator(_as_tuple), Field(min_length=1)]
"""A name with its synonyms: one text, or a list whose first is how it is called in findings."""
MaybeNames = Annotated[tuple[str, ...], BeforeValidator(_as_tuple)]
Columns = Annotated[tuple[Names, ...], BeforeValidator(_as_tuple)]
"""Columns, each a name or a list of synonyms; a lone text is one column."""


class Strict(BaseModel):
    """Arguments refuse what they do not know."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Condition(Strict):
    """When a requirement applies: the document's title, or its words, hold one of these."""

    title: MaybeNames = ()
    mentions: MaybeNames = ()


def _as_conditions(value: object) -> object:
    return value if isinstance(value, list | tuple) else (value,)


Conditions = Annotated[tuple[Condition, ...], BeforeValidator(_as_conditions)]


class Args(Strict):
    """What every kind takes beside its own arguments: `when` and `unless`, by the document's title or words.

    ``when: {title: Services agreement}`` asks only documents so called; ``unless: {title: Co-innovation agreement}``
    spares those. Of a list all of `when` must hold, and none of `unless`. A requirement that does not apply counts as
    met and says so.
    """

    when: Conditions = ()
    unless: Conditions = ()


@dataclass(frozen=True, slots=True)
class Case:
    """What is judged: a document, and the other documents of the check by name (those of the same contract first).

    `items` are the verdicts of the checklist's items that were judged before.
    """

    outline: Outline
    others: Mapping[str, tuple[Outline, ...]] = field(default_factory=dict)
    items: Mapping[str, Verdict] = field(default_factory=dict)

    @property
    def file(self) -> str:
        """The judged file."""
        return self.outline.file


@dataclass(frozen=True, slots=True)
class Kind:
    """A requirement kind: its name, its arguments, the function that judges, and what a lone value means."""

    name: str
    arguments: type[Args]
    judge: Callable[[Case, Any], Outcome]
    short: str = ""


REGISTRY: dict[str, Kind] = {}


def kind(
    name: str, arguments: type[_A], short: str = ""
) -> Callable[[Callable[[Case, _A], Outcome]], Callable[[Case, _A], Outcome]]:
    """Register a requirement kind. `short` is the argument that a lone value stands for: ``section: Escalation``."""

    def register(function: Callable[[Case, _A], Outcome]) -> Callable[[Case, _A], Outcome]:
        REGISTRY[name] = Kind(name, arguments, function, short)
        return function

    return register


def applies(outline: Outline, args: Args) -> bool:
    """Whether the requirement applies to this document, by its `when` and `unless`."""
    if not all(_holds(outline, condition) for condition in args.when):
        return False
    return not any(_holds(outline, condition) for condition in args.unless)


def _holds(outline: Outline, condition: Condition) -> bool:
    titles = [outline.title, outline.facts.properties.get("title", "")]
    # Covers often set title and type in two lines: the opening's first short lines count as title, too.
    lines = [getattr(block, "text", "") for block in outline.preamble.blocks[:4]]
    titles += [line for line in lines if line and len(line.split()) <= 10 and line[-1] not in ".;:"]
    if any(find_phrase(phrase, title) for phrase in condition.title for title in titles):
        return True
    tops = (outline.preamble, *outline.sections)
    return any(find_phrase(phrase, section.text) for phrase in condition.mentions for section in tops)


@keep
def find_sections(outline: Outline, under: tuple[str, ...]) -> tuple[tuple[Section, Match | None], ...]:
    """The sections whose headings match `under`, best first; all top sections where `under` is empty."""
    if not under:
        return (outline.preamble, None), *((section, None) for section in outline.sections)
    found = [(section, match) for section in outline.walk() if (match := find_name(under, section.heading)) is not None]
    return tuple(sorted(found, key=lambda pair: -pair[1].score))


def near_words(*matches: Match | None) -> str:
    """``'Cadence' for 'Meeting rhythm'``: what matched only nearly, or nothing."""
    return listing(f"‘{m.found}’ for ‘{m.wanted}’" for m in matches if m is not None and m.near)


def no_section(outline: Outline, under: tuple[str, ...]) -> str:
    """That there is no section so called, and which there are instead."""
    word = {"pptx": "slide", "xlsx": "sheet"}.get(outline.kind, "section")
    names = [section.heading for section in outline.sections if section.heading]
    more = f" and {len(names) - 12} more" if len(names) > 12 else ""
    has = f"it has: {', '.join(names[:12])}{more}" if names else "it has no headings"
    return f"there is no {word} {listing((f'‘{name}’' for name in under[:4]), 'or')} ({has})"
