"""Requirement kinds over people: `signed_off`, `for_a_person`."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from govpack.check.kinds.base import Args, Case, MaybeNames, Names, find_sections, kind, no_section
from govpack.check.outline import Paragraph, Table
from govpack.check.records import records_in
from govpack.check.verdicts import Evidence, Outcome, Verdict, for_a_person, met, missing, unmet
from govpack.check.words import is_blank, listing, normalise

if TYPE_CHECKING:
    from govpack.check.outline import Section


_FOR = re.compile(r"^(?:signed\s+)?(?:for|by|on behalf of)\b", re.I)
_SIGNED = re.compile(r"^(?:signed|i accept|accepted)\b.*?\b(?:for|by|on behalf of)\s+\S", re.I)
_PERSON = re.compile(r"[A-Z][\w’'-]+\s+(?:[a-z]+\s+)*[A-Z][\w’'-]+")


class SignedOffArgs(Args):
    """Blocks `under` a heading for at least so many `parties`, each with these `fields`; `signed`: dated and signed."""

    under: MaybeNames = ()
    fields: tuple[Names, ...] = (("Name",), ("Date",))
    parties: int = 2
    signed: bool = False


class PersonArgs(Args):
    """`what` a person is to judge, and where (`under`) the document speaks of it."""

    what: str
    under: MaybeNames = ()


@kind("signed_off", SignedOffArgs)
def signed_off(case: Case, args: SignedOffArgs) -> Outcome:
    """A place for each party to sign, with name and date; with `signed`, a person looks whether it is.

    ``signed_off: {under: [Signatures, Execution], parties: 2}``

    Passes: a table Name | Title | Date with a row for each side; a block of ``Name: …`` lines for each; a column
    headed "For Bank plc" for each. Fails: one side only; no line for the date; a name that is blank.
    """
    sections = find_sections(case.outline, args.under)
    if not sections:
        remedy = f"add ‘{args.under[0]}’ with a block for each party"
        return unmet([missing(no_section(case.outline, args.under), case.file, "", remedy)], cost=3)
    counts = {names[0]: max(_spaces(place, names) for place, _ in sections) for names in args.fields}
    signed = max(_parties(place) for place, _ in sections)
    counts = {name: max(count, signed) if name == "Name" else count for name, count in counts.items()}
    where = sections[0][0].address if args.under else ""
    findings = [
        missing(
            f"{count or 'no'} ‘{name}’ where {args.parties} sign", case.file, where, f"add a line ‘{name}’ for each"
        )
        for name, count in counts.items()
        if count < args.parties
    ]
    named = max((max(_spaces(place, args.fields[0], filled=True), _parties(place)) for place, _ in sections), default=0)
    if not findings and named < args.parties:
        name = args.fields[0][0]
        remedy = "write in who signs for each side"
        findings.append(
            missing(f"‘{name}’ is filled {named} times for {args.parties} parties", case.file, where, remedy)
        )
    if findings:
        return unmet(findings, cost=2)
    evidence = [Evidence(case.file, where, listing(f"{count} × {name}" for name, count in counts.items()))]
    if args.signed:
        dated = max(_spaces(place, args.fields[-1], filled=True) for place, _ in sections)
        state = "dated" if dated >= args.parties else "not dated yet"
        asked = for_a_person(f"whether it is signed ({state})", case.file, where, "look at the signatures")
        return Outcome(Verdict.FOR_A_PERSON, tuple(evidence), asked.findings)
    return met(evidence)


def _spaces(place: Section, names: tuple[str, ...], filled: bool = False) -> int:
    """How many places to fill in there are for a field: rows under a column, labelled cells, ``Name:`` lines."""
    best = 0
    wanted = {normalise(name) for name in names}
    for records in records_in(place):
        columns = [at for at, label in enumerate(records.labels) if normalise(label.split("(")[0]) in wanted]
        values = [record.values[at] for record in records.rows for at in columns]
        best = max(best, len(values) if not filled else sum(not is_blank(value) for value in values))
    lines = [line for block in place.all_blocks() for line in _lines(block)]
    # One line may hold several: "Name: ____ Date: ____"; a label may have words before it: "Place, date:".
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b[^:\n\w]*[:_.…]+\s*([^:\n]*?)(?=\s+\w+:|$)", re.I)
    hits = [found[1] for line in lines for found in pattern.finditer(line)]
    best = max(best, len(hits) if not filled else sum(not is_blank(value) for value in hits))
    return max(
        best, max((_by_party(table, names) for table in place.all_blocks() if isinstance(table, Table)), default=0)
    )


def _by_party(table: Table, names: tuple[str, ...]) -> int:
    """In a table with a column for each party: how many columns hold a name, or a place for the field."""
    columns = [at for at, label in enumerate(table.header) if _FOR.match(label)]
    count = 0
    for at in columns:
        cells = [table.header[at].partition(":")[2], *(row.cells[at].text for row in table.rows if at < len(row.cells))]
        if "Name" in names:
            count += any(_PERSON.search(text.split(":")[-1]) for text in cells)
        else:
            count += any(re.search(rf"\b{re.escape(name)}\b", text, re.I) for text in cells for name in names)
    return count


def _parties(place: Section) -> int:
    """How many blocks say whom they are signed for, the name to be written in by hand: "Signed for Bank plc by"."""
    lines = (line for block in place.all_blocks() if isinstance(block, Paragraph) for line in block.text.split("\n"))
    return sum(bool(_SIGNED.match(line)) for line in lines)


def _lines(block: object) -> list[str]:
    if isinstance(block, Paragraph):
        return block.text.split("\n")
    if isinstance(block, Table):
        lines = []
        for row in block.grid:
            cells = [cell.text for cell in row.cells if cell.origin]
            # "Name" in one cell and the name in the next read as one line.
            lines += [f"{left}: {right}" for left, right in pairwise(cells) if ":" not in left]
            lines += [line for cell in cells for line in cell.split("\n")]
        return lines
    return []


@kind("for_a_person", PersonArgs, short="what")
def for_a_person_kind(case: Case, args: PersonArgs) -> Outcome:
    """What no machine can judge: always for a person, with where to look.

    ``for_a_person: {what: whether the executives approve it, under: [Sign-off]}``

    Passes: never by itself; it says who is to look where. Fails: never.
    """
    where = next((place.address for place, _ in find_sections(case.outline, args.under)), "") if args.under else ""
    return for_a_person(f"a person judges {args.what}", case.file, where, "read it here, and decide")
