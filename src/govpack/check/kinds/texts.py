"""Requirement kinds over headings and words: `section`, `mentions`, `least`."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import Field

from govpack.check.kinds.base import Args, Case, MaybeNames, Names, find_sections, kind, near_words, no_section
from govpack.check.outline import Chart, Outline, Picture, Section, Table
from govpack.check.verdicts import Evidence, Outcome, met, missing, unmet
from govpack.check.words import excerpt, find_phrase, is_schedule, listing

_CLAUSE = re.compile(r"^(?:clause |article )?\d+$", re.I)


class SectionArgs(Args):
    """`heading` with synonyms; `words`: least number of words under it, subsections included."""

    heading: Names
    words: Annotated[int, Field(ge=0)] = 5


class MentionsArgs(Args):
    """`any` of these phrases, or `all` of them (each may be a list of synonyms), `under` a heading or anywhere."""

    any: MaybeNames = ()
    all: tuple[Names, ...] = ()
    under: MaybeNames = ()


class LeastArgs(Args):
    """Least counts, over the document or `under` a heading."""

    under: MaybeNames = ()
    clauses: int | None = None
    schedules: int | None = None
    sections: int | None = None
    slides: int | None = None
    tables: int | None = None
    charts: int | None = None
    pictures: int | None = None
    words: int | None = None


@kind("section", SectionArgs, short="heading")
def section(case: Case, args: SectionArgs) -> Outcome:
    """A heading so called with words under it.

    ``section: [Escalation, Escalation path]``

    Passes: "7. Escalation Path" with text or a table under it. Fails: no such heading; nothing under it.
    """
    found = find_sections(case.outline, args.heading)
    for place, match in found:
        text = place.text.partition("\n")[2]
        if len(text.split()) >= args.words:
            return met([Evidence(case.file, place.address, excerpt(text), near_words(match))])
    if found:
        remedy = f"write what belongs under ‘{args.heading[0]}’"
        return unmet([missing(f"‘{found[0][0].heading}’ has nothing under it", case.file, found[0][0].address, remedy)])
    remedy = f"add a section ‘{args.heading[0]}’"
    return unmet([missing(no_section(case.outline, args.heading), case.file, "", remedy)], cost=3)


@kind("mentions", MentionsArgs, short="any")
def mentions(case: Case, args: MentionsArgs) -> Outcome:
    """Phrases, as whole words; ``terminat*`` takes any ending.

    ``mentions: {all: [[step-in, take over], audit], under: [Governance]}``

    Passes: both in the text, a list or a table under Governance. Fails: "audit" in another section only, or in a
    contents list, a comment or deleted text.
    """
    sections = find_sections(case.outline, args.under)
    if not sections:
        remedy = f"add a section ‘{args.under[0]}’"
        return unmet([missing(no_section(case.outline, args.under), case.file, "", remedy)], cost=3)
    evidence, findings = [], []
    for phrases in [*args.all, *((args.any,) if args.any else ())]:
        seen = next((hit for place, _ in sections if (hit := _see(case, place, phrases)) is not None), None)
        if seen is not None:
            evidence.append(seen)
        else:
            where = sections[0][0].address if args.under else ""
            words = listing((f"‘{phrase}’" for phrase in phrases), "or")
            findings.append(missing(f"{words} is not mentioned", case.file, where, f"say what is agreed on {words}"))
    return unmet(findings, evidence, cost=2) if findings else met(evidence)


def _see(case: Case, top: Section, phrases: tuple[str, ...]) -> Evidence | None:
    for place in top.walk():
        for block in place.blocks:
            text = block.text if hasattr(block, "text") else block.alt
            for phrase in phrases:
                if (words := find_phrase(phrase, text)) is not None:
                    return Evidence(case.file, block.address, words)
        for phrase in phrases:
            if find_phrase(phrase, place.heading) is not None:
                return Evidence(case.file, place.address, place.heading)
    return None


@kind("least", LeastArgs)
def least(case: Case, args: LeastArgs) -> Outcome:
    """At least so many clauses, schedules, sections, slides, tables, charts, pictures or words.

    ``least: {clauses: 15, schedules: 3}``

    Passes: clauses 1 to 16 and Schedules 1 to 3, numbered by Word or by hand. Fails: 14 clauses.
    """
    scope = find_sections(case.outline, args.under)
    if not scope:
        return unmet([missing(no_section(case.outline, args.under), case.file, "", "add it")], cost=3)
    counts = _counts(case.outline, [place for place, _ in scope])
    findings, seen = [], []
    for name in counts:
        wanted = getattr(args, name)
        if wanted is None:
            continue
        seen.append(f"{counts[name]} {name}")
        if counts[name] < wanted:
            where = scope[0][0].address if args.under else ""
            remedy = f"add at least {wanted - counts[name]} more"
            findings.append(missing(f"{counts[name]} of at least {wanted} {name}", case.file, where, remedy))
    evidence = [Evidence(case.file, scope[0][0].address if args.under else "", listing(seen))]
    return unmet(findings, evidence, cost=2) if findings else met(evidence)


def _counts(outline: Outline, tops: list[Section]) -> dict[str, int]:
    sections = [place for top in tops for place in top.walk()]
    blocks = [block for place in sections for block in place.blocks]
    schedules = {(place.number, place.heading) for place in sections if is_schedule(place.number, place.heading)}
    return {
        "clauses": len(_clauses(outline, tops)),
        "schedules": len(schedules),
        "sections": sum(bool(place.heading) for place in sections),
        "slides": len(outline.slides),
        "tables": sum(isinstance(block, Table) for block in blocks),
        "charts": sum(isinstance(block, Chart) for block in blocks),
        "pictures": sum(isinstance(block, Picture) for block in blocks),
        "words": sum(len(top.text.split()) for top in tops),
    }


def _clauses(outline: Outline, tops: list[Section]) -> set[str]:
    """The numbers of the clauses: headings numbered 1, 2, 3 outside schedules; else paragraphs so numbered."""
    found: set[str] = set()

    def walk(place: Section) -> None:
        if is_schedule(place.number, place.heading):
            return
        if _CLAUSE.match(place.number):
            found.add(place.number)
        for below in place.sections:
            walk(below)

    for top in tops:
        walk(top)
    if not found:
        numbered = (p for p in outline.paragraphs() if p.address.startswith("clause ") and _CLAUSE.match(p.full_number))
        found.update(paragraph.full_number for paragraph in numbered)
    return found
