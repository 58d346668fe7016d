"""Requirement kinds over headings and words: `section`, `mentions`, `least`."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from govpack.check.kinds.base import Args, Case, MaybeNames, Names, find_sections, kind, near_words, no_section
from govpack.check.outline import Block, Chart, Outline, Picture, Section, Table, text_of
from govpack.check.verdicts import Evidence, Outcome, met, missing, unmet
from govpack.check.words import excerpt, find_name, find_phrase, is_schedule, listing, may_hold

_FURNITURE = ("header", "footer", "slide master", "slide layout")
_CLAUSE = re.compile(r"^(?:clause |article )?\d+$", re.I)


class SectionArgs(Args):
    """`heading` with synonyms; `words`: least number of words under it, subsections included."""

    heading: Names
    words: Annotated[int, Field(ge=0)] = 5


class MentionsArgs(Args):
    """`any` of these phrases, or `all` of them (each may be a list of synonyms), `under` a heading or anywhere.

    `except`: not under headings so called, nor in tables with such a column: a list of contents promises, and does
    nothing. `where`: opening looks on the cover, in headers and footers and in the properties alone.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    any: MaybeNames = ()
    all: tuple[Names, ...] = ()
    under: MaybeNames = ()
    passing: MaybeNames = Field(default=(), alias="except")
    where: Literal["text", "opening"] = "text"


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
    formulas: int | None = None


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
        place = found[0][0]
        count = len(place.text.partition("\n")[2].split())
        has = f"has {count} words of at least {args.words} under it" if count else "has nothing under it"
        return unmet([missing(f"‘{place.heading}’ {has}", case.file, place.address, remedy)])
    remedy = f"add a section ‘{args.heading[0]}’"
    return unmet([missing(no_section(case.outline, args.heading), case.file, "", remedy)], cost=3)


@kind("mentions", MentionsArgs, short="any")
def mentions(case: Case, args: MentionsArgs) -> Outcome:
    """Phrases, as whole words; ``terminat*`` takes any ending, ``notice + location`` both in one paragraph or cell.

    ``mentions: {all: [[step-in, take over], audit], under: [Governance]}``

    Passes: both in the text, a list or a table under Governance. Fails: "audit" in another section only, or in a
    contents list, a comment or deleted text.
    """
    wanted = [*args.all, *((args.any,) if args.any else ())]
    if args.where == "opening":
        return _opening(case, wanted)
    sections = find_sections(case.outline, args.under)
    if not sections:
        remedy = f"add a section ‘{args.under[0]}’"
        return unmet([missing(no_section(case.outline, args.under), case.file, "", remedy)], cost=3)
    evidence, findings = [], []
    for phrases in wanted:
        hits = (_see(case, place, phrases, args.passing) for place, _ in sections)
        seen = next((hit for hit in hits if hit is not None), None)
        if seen is not None:
            evidence.append(seen)
        else:
            where = sections[0][0].address if args.under else ""
            words = _shown(phrases)
            home = f" under ‘{args.under[0]}’" if args.under else ""
            remedy = f"write{home} what is to be said on it, in words such as {_shown(phrases[:1])}"
            findings.append(missing(f"{words} is not mentioned", case.file, where, remedy))
    return unmet(findings, evidence, cost=2) if findings else met(evidence)


def _shown(phrases: tuple[str, ...]) -> str:
    """The first few phrases as a reader says them: ``‘notice’ with ‘location’``, ``‘terminat…’``."""
    said = (" with ".join(f"‘{piece}’" for piece in phrase.replace("*", "…").split(" + ")) for phrase in phrases[:3])
    return listing(said, "or")


def _opening(case: Case, wanted: list[tuple[str, ...]]) -> Outcome:
    """What the cover, the headers and footers or the properties say."""
    outline = case.outline
    lines = [(getattr(block, "text", ""), block.address) for block in outline.preamble.blocks]
    lines += [(text_of(block), block.address) for section in outline.sections[:1] for block in section.blocks[:12]]
    lines += [(line, part.label) for part in outline.facts.parts if part.label in _FURNITURE for line in part.lines]
    lines += [(value, "document properties") for value in outline.facts.properties.values()]
    evidence, findings = [], []
    for phrases in wanted:
        hits = ((_holds(phrase, text), at) for text, at in lines for phrase in phrases)
        seen = next(((words, at) for words, at in hits if words is not None), None)
        if seen is not None:
            evidence.append(Evidence(case.file, seen[1], seen[0]))
        else:
            words = _shown(phrases)
            remedy = "write it on the cover or in the header"
            findings.append(missing(f"neither cover nor header says {words}", case.file, "opening", remedy))
    return unmet(findings, evidence, cost=1) if findings else met(evidence)


def _see(case: Case, top: Section, phrases: tuple[str, ...], passing: tuple[str, ...]) -> Evidence | None:
    phrases = tuple(phrase for phrase in phrases if may_hold(top.text, phrase))
    for place in top.walk() if phrases else ():
        if passing and (find_name(passing, place.heading) or any(find_name(passing, name) for name in place.path)):
            continue
        for block in place.blocks:
            if isinstance(block, Table) and passing and any(find_name(passing, label) for label in block.header):
                continue
            text = block.text if hasattr(block, "text") else block.alt
            for phrase in phrases:
                if (words := _holds(phrase, text, block)) is not None:
                    return Evidence(case.file, block.address, words)
        for phrase in phrases:
            if _holds(phrase, place.heading) is not None:
                return Evidence(case.file, place.address, place.heading)
    return None


def _holds(phrase: str, text: str, block: Block | None = None) -> str | None:
    """The words around a phrase; of ``one + other`` all must stand in one paragraph, or in one row of a table."""
    if " + " not in phrase:
        found = find_phrase(phrase, text)
        if found is None or not isinstance(block, Table):
            return found
        # Words of two cells side by side are no phrase: "Service | Description" describes nothing.
        cells = (cell.text for row in block.grid for cell in row.cells if cell.origin)
        return next((words for cell in cells if (words := find_phrase(phrase, cell)) is not None), None)
    if not may_hold(text, phrase):
        return None
    texts = text.split("\n") if isinstance(block, Table) else [text]
    for each in texts:
        hits = [find_phrase(piece, each) for piece in phrase.split(" + ")]
        if all(hit is not None for hit in hits):
            return hits[0]
    return None


@kind("least", LeastArgs)
def least(case: Case, args: LeastArgs) -> Outcome:
    """At least so many clauses, schedules, sections, slides, tables, charts, pictures, words or formulas.

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
        "formulas": len(outline.formulas),
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
