"""The requirement kind over values that have to stand somewhere: `covers`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from govpack.check.kinds.base import Args, Case, MaybeNames, Names, Strict, find_sections, kind, no_section
from govpack.check.kinds.selection import Selection, elsewhere, select, select_all
from govpack.check.outline import Table, text_of
from govpack.check.verdicts import Evidence, Outcome, met, missing, unmet
from govpack.check.words import excerpt, holds_value, is_blank

_MOST = 6


class Place(Strict):
    """Where the values are to stand: in a column of records, or anywhere under a heading; here or in a `document`.

    `titles`: in the titles of all the documents so called, one of which is to be there for each value.
    """

    under: MaybeNames = ()
    columns: tuple[Names, ...] = ()
    document: str = ""
    titles: bool = False


class CoversArgs(Args):
    """Every value of `every` (or `values`) has a row or a mention in `within`: at least `times`; `unique`: one only.

    Of `every` the first column is meant. `if_there`: met where the document or the table that it starts from is not there, or has no such rows.
    """

    every: Selection | None = None
    values: MaybeNames = ()
    within: Place = Place()
    times: Annotated[int, Field(ge=1)] = 1
    unique: bool = False
    if_there: bool = False


@kind("covers", CoversArgs)
def covers(case: Case, args: CoversArgs) -> Outcome:
    """Every value here has its row, or its mention, there.

    ``covers: {every: {under: Risks, columns: [Risk]}, within: {under: Mitigation, columns: [Risk]}}``

    Passes: risks R1 and R2 in the one table, a row for R1 and for R2 in the other.
    Fails: no row for R2; with `times: 2`, one row only; with `unique`, two rows.
    """
    evidence: list[Evidence] = []
    wanted = [(value, "") for value in args.values]
    named = (args.every.document if args.every is not None else "", args.within.document)
    source, target = (elsewhere(case, document) for document in named)
    if source is None or target is None:
        return absent(case, next(name for name in named if elsewhere(case, name) is None), args.if_there)
    if args.every is not None:
        found = select(source, args.every)
        if isinstance(found, Outcome):
            return met([Evidence(source.file, "", "there is no such table")]) if args.if_there else found
        if args.if_there and not found.records:
            return met([found.evidence(source.file)])
        evidence.append(found.evidence(source.file))
        rows = [(record.value(found.columns[0]), record.address) for record in found.records]
        # An address in another document would be looked for in this one.
        wanted += [(value, at if source.file == target.file else "") for value, at in rows if not is_blank(value)]
    places = _titles(case, args.within) if args.within.titles else _places(target, args.within, args.unique)
    if isinstance(places, Outcome):
        return places
    texts, where = places
    case = target
    findings = []
    for value, at in wanted:
        # "Segment A: Anchor partners" is there where "Anchor partners" is.
        short = value.rpartition(":")[2].strip() or value
        count = sum(holds_value(value, text) or holds_value(short, text) for text in texts)
        name = f"‘{excerpt(value)}’"
        if count < args.times:
            times = f" at least {args.times} times" if args.times > 1 else ""
            words = f"{name} is not in {where}{times}" + (f" (found {count})" if count else "")
            findings.append(missing(words, case.file, at or where, f"add {name} there"))
        elif args.unique and count > 1:
            findings.append(missing(f"{name} stands {count} times in {where}", case.file, at or where, "leave one"))
    if not wanted:
        findings.append(
            missing("there is nothing to be covered", case.file, where, "fill the table that it starts from")
        )
    evidence.append(Evidence(case.file, where, excerpt(" | ".join(texts))))
    return unmet(findings[:_MOST], evidence, cost=2) if findings else met(evidence)


def _titles(case: Case, place: Place) -> tuple[list[str], str]:
    """What each document so called says it is about: its title, its properties, the first lines of its cover."""
    texts = []
    for outline in case.others.get(place.document, ()):
        opening = [getattr(block, "text", "") for block in outline.preamble.blocks[:4]]
        texts.append("\n".join([outline.title, outline.facts.properties.get("title", ""), *opening]))
    return texts, f"the titles of all files that are {place.document}"


def _places(case: Case, place: Place, rows: bool = False) -> tuple[list[str], str] | Outcome:
    if place.columns:
        tables = select_all(case, Selection(under=place.under, columns=place.columns))
        if isinstance(tables, Outcome):
            return tables
        return [record.value(found.columns[0]) for found in tables for record in found.records], tables[0].address
    sections = find_sections(case.outline, place.under)
    if not sections:
        return unmet([missing(no_section(case.outline, place.under), case.file, "", "add it")], cost=3)
    where = sections[0][0].address if place.under else "the document"
    if rows:
        # To stand there once is to have one row, whatever the prose beside the table says.
        blocks = [block for section, _ in sections for block in section.all_blocks()]
        lines = [line for block in blocks if isinstance(block, Table) for line in block.text.split("\n")]
        return lines or [text_of(block) for block in blocks], where
    return [section.text for section, _ in sections], where


def absent(case: Case, document: str, if_there: bool) -> Outcome:
    """That a document to compare with is not among the files; no fault where the checklist says `if_there`."""
    if if_there:
        return met([Evidence(case.file, "", f"no {document} here to compare with")])
    remedy = f"check both files together: give the folder of the {document}"
    return unmet([missing(f"there is no {document} to compare with", case.file, "", remedy)])
