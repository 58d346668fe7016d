"""Requirement kinds over records: `table`, `each_row`, `covers`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from govpack.check.kinds.base import Args, Case, MaybeNames, Names, find_sections, kind, no_section
from govpack.check.kinds.selection import Found, Selection, select
from govpack.check.values import parse_hours
from govpack.check.verdicts import Evidence, Outcome, met, missing, unmet
from govpack.check.weak import SAVE_IT, only_watches
from govpack.check.words import excerpt, find_name, holds_value, is_blank
from govpack.check.xlsx_cells import NO_VALUE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govpack.check.records import Record
    from govpack.findings import Finding

_MOST = 6
_WORDS = {"responsible": "R", "accountable": "A", "consulted": "C", "informed": "I", "support": "S", "supporting": "S"}


class TableArgs(Args, Selection):
    """`rows`: least number of records. `filled`: true for every named column, or the names of those to be filled."""

    rows: Annotated[int, Field(ge=1)] = 1
    filled: bool | MaybeNames = False


class EachRowArgs(Args):
    """What must hold for each record of `table`."""

    table: Selection
    exactly_one: MaybeNames = ()
    at_least_one: MaybeNames = ()
    filled: bool | MaybeNames = False
    rising: MaybeNames = ()
    acts: MaybeNames = ()


class Column(Selection):
    """Records of which one column is meant, the first of `columns`; only rows `where` another says one of these."""

    where: dict[str, MaybeNames] = Field(default_factory=dict)


class Place(Args):
    """Where the values are to stand: in a column of records, or anywhere under a heading."""

    under: MaybeNames = ()
    columns: tuple[Names, ...] = ()


class CoversArgs(Args):
    """Every value of `every` (or `values`) has a row or a mention in `within`: at least `times`; `unique`: one only."""

    every: Column | None = None
    values: MaybeNames = ()
    within: Place
    times: Annotated[int, Field(ge=1)] = 1
    unique: bool = False


@kind("table", TableArgs)
def table(case: Case, args: TableArgs) -> Outcome:
    """Records under a heading, with these columns, at least so many, and no blank cells.

    ``table: {under: [Escalation], columns: [Level, Trigger], rows: 2, filled: true}``

    Passes: under "5 Escalation path", a table Level | Trigger | Owner with two filled rows; or a card for each level.
    Fails: the same table under "Contacts"; a table without a Trigger; one row; a blank trigger.
    """
    found = select(case, args)
    if isinstance(found, Outcome):
        return found
    findings = []
    if len(found.records) < args.rows:
        lacking = args.rows - len(found.records)
        findings.append(
            missing(
                f"{len(found.records)} of at least {args.rows} rows",
                case.file,
                found.address,
                f"add {lacking} more {'row' if lacking == 1 else 'rows'}",
            )
        )
    blanks = list(_blanks(case, found, args, args.filled))
    evidence = [found.evidence(case.file)]
    if findings or blanks:
        return unmet([*findings, *_at_most(blanks, case, found)], evidence, cost=2 if findings else 1)
    return met(evidence)


@kind("each_row", EachRowArgs)
def each_row(case: Case, args: EachRowArgs) -> Outcome:
    """What must hold in every row: exactly one or at least one of a letter, filled cells, rising numbers, an act.

    ``each_row: {table: {under: RACI, columns: [Activity, "*"]}, exactly_one: A, at_least_one: R}``

    Passes: a row ``Approve change | A | R | C``, or ``A/R``; or columns Responsible and Accountable with names.
    Fails: a row with two A, or with no R; with `rising`, hours 8 after 24; with `acts`, a mitigation "monitor it".
    """
    found = select(case, args.table)
    if isinstance(found, Outcome):
        return found
    findings: list[Finding] = []
    for record in found.records:
        for letter in args.exactly_one:
            count = _letters(found, record, letter)
            if count != 1:
                findings.append(_row(case, found, record, f"{count or 'no'} ‘{letter}’ where exactly one is due"))
        for letter in args.at_least_one:
            if not _letters(found, record, letter):
                findings.append(_row(case, found, record, f"no ‘{letter}’ where at least one is due"))
        for at in _columns(found, args.table, args.acts):
            if only_watches(record.value(at)):
                findings.append(
                    missing(
                        f"‘{excerpt(record.value(at))}’ only watches",
                        case.file,
                        record.place(at),
                        "say what is done, by whom, to make it less likely or less harmful",
                    )
                )
    findings += _blanks(case, found, args.table, args.filled)
    for at in _columns(found, args.table, args.rising):
        findings += _falls(case, found, at)
    evidence = [found.evidence(case.file)]
    return unmet(_at_most(findings, case, found), evidence, cost=1) if findings else met(evidence)


@kind("covers", CoversArgs)
def covers(case: Case, args: CoversArgs) -> Outcome:
    """Every value here has its row, or its mention, there.

    ``covers: {every: {under: Risks, columns: [Risk]}, within: {under: Mitigation, columns: [Risk]}}``

    Passes: risks R1 and R2 in the one table, a row for R1 and for R2 in the other.
    Fails: no row for R2; with `times: 2`, one row only; with `unique`, two rows.
    """
    evidence: list[Evidence] = []
    wanted = [(value, "") for value in args.values]
    if args.every is not None:
        found = select(case, args.every)
        if isinstance(found, Outcome):
            return found
        evidence.append(found.evidence(case.file))
        rows = [record for record in found.records if _where(found, record, args.every)]
        wanted += [(record.value(found.columns[0]), record.address) for record in rows]
    places = _places(case, args.within)
    if isinstance(places, Outcome):
        return places
    texts, where = places
    findings = []
    for value, at in wanted:
        count = sum(holds_value(value, text) for text in texts)
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


def _places(case: Case, place: Place) -> tuple[list[str], str] | Outcome:
    if place.columns:
        found = select(case, Selection(under=place.under, columns=place.columns))
        if isinstance(found, Outcome):
            return found
        return [record.value(found.columns[0]) for record in found.records], found.address
    sections = find_sections(case.outline, place.under)
    if not sections:
        return unmet([missing(no_section(case.outline, place.under), case.file, "", "add it")], cost=3)
    return [section.text for section, _ in sections], sections[0][0].address if place.under else "the document"


def _where(found: Found, record: Record, column: Column) -> bool:
    for name, allowed in column.where.items():
        at = next((at for names, at in zip(column.named, found.columns, strict=True) if name in names), None)
        if at is None or not any(holds_value(value, record.value(at)) for value in allowed):
            return False
    return True


def _columns(found: Found, selection: Selection, names: MaybeNames) -> Iterator[int]:
    for name in names:
        for wanted, at in zip(selection.named, found.columns, strict=True):
            if name in wanted:
                yield at


def _blanks(case: Case, found: Found, selection: Selection, filled: bool | MaybeNames) -> Iterator[Finding]:
    wanted = selection.named
    if filled is False:
        return
    for record in found.records:
        for names, at in zip(wanted, found.columns, strict=True):
            if (filled is True or any(name in names for name in filled)) and is_blank(record.value(at)):
                yield _blank(case, record.place(at), names[0], _name(found, record))


def _blank(case: Case, place: str, label: str, name: str) -> Finding:
    """That a cell says nothing; in a workbook perhaps since its formula was never worked out."""
    fault = next((fault for fault in case.outline.faults if fault.address == place), None)
    if fault is None:
        return missing(f"‘{label}’ is blank for ‘{name}’", case.file, place, "fill it")
    if fault.kind == NO_VALUE:
        words = f"‘{label}’ of ‘{name}’ is a formula without a computed value"
        return missing(words, case.file, place, SAVE_IT)
    return missing(f"‘{label}’ of ‘{name}’ comes to {fault.text}", case.file, place, "mend the formula")


def _name(found: Found, record: Record) -> str:
    """What a record is called: the first of its named values that says something."""
    values = (record.value(at) for at in found.columns)
    return excerpt(next((value for value in values if not is_blank(value)), "a row"))


def _row(case: Case, found: Found, record: Record, what: str) -> Finding:
    letters = ", ".join(record.value(at) for at in found.further if record.value(at).strip())
    return missing(
        f"‘{_name(found, record)}’ has {what} (it has {letters or 'none'})",
        case.file,
        record.address,
        "give each activity exactly one who is accountable and at least one who does it",
    )


def _letters(found: Found, record: Record, letter: str) -> int:
    """How many of `letter` the row holds; a column Accountable or Responsible counts the names in it."""
    word = next((word for word, sign in _WORDS.items() if sign == letter.upper()), "")
    for at in found.further:
        if word and find_name((word,), found.labels[at]):
            text = record.value(at)
            return 0 if is_blank(text) else len([p for p in re.split(r"[,;/\n&]|\band\b", text) if p.strip()])
    return sum(_has_letter(record.value(at), letter.upper()) for at in found.further)


def _has_letter(text: str, letter: str) -> bool:
    for token in re.findall(r"[A-Za-z]+", text):
        if _WORDS.get(token.casefold(), "") == letter:
            return True
        if len(token) <= 4 and token.isupper() and set(token) <= set("RACISOV") and letter in token:
            return True
    return False


def _falls(case: Case, found: Found, at: int) -> Iterator[Finding]:
    before, label = None, found.labels[at] if at >= 0 else ""
    for record in found.records:
        text = record.value(at)
        hours = parse_hours(text)
        if hours is None:
            yield missing(
                f"‘{excerpt(text)}’ is no time",
                case.file,
                record.place(at),
                f"give ‘{label}’ in hours",
            )
        elif before is not None and hours <= before:
            yield missing(
                f"‘{label}’ does not rise: ‘{excerpt(text)}’ after {before:g} hours",
                case.file,
                record.place(at),
                "each level is to take longer than the one before",
            )
        before = hours if hours is not None else before


def _at_most(findings: list[Finding], case: Case, found: Found) -> list[Finding]:
    if len(findings) <= _MOST:
        return findings
    rest = len(findings) - _MOST
    more = missing(f"{rest} more of this sort", case.file, found.address, "")
    return [*findings[:_MOST], more]
