"""Requirement kinds over groups of rows: `groups` (how many rows each has) and `sums_to` (what a column adds up to)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from govpack.check.kinds.base import Args, Case, Columns, MaybeNames, Names, kind
from govpack.check.kinds.coverage import absent
from govpack.check.kinds.selection import Found, Selection, elsewhere, select, select_all
from govpack.check.values import find_number
from govpack.check.verdicts import Outcome, met, missing, unmet
from govpack.check.words import excerpt, find_name, holds_value, is_blank, listing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govpack.check.records import Record
    from govpack.findings import Finding

_MOST = 8


class GroupsArgs(Args):
    """Rows of `table` in groups by the column `by`; a table without that column is one group, named by its heading.

    There are at least `least` groups, each with at least `rows` rows; with `values`, so many for each of these in the
    column `column` (or under a heading so called). Every value of the first column of `every` has its group.
    """

    table: Selection
    by: Columns = ()
    rows: Annotated[int, Field(ge=1)] = 1
    least: Annotated[int, Field(ge=1)] = 1
    column: MaybeNames = ()
    values: MaybeNames = ()
    every: Selection | None = None


class SumsArgs(Args):
    """The numbers in `column` of `table` add up to `total`, give or take `within`: in all rows, or by group.

    `by`: columns that part the rows, the widest first. It is enough that every group adds up by one of them, by all
    of them together, or that each table does as a whole. `if_there`: met where there is no such table.
    """

    table: Selection
    column: Names
    total: Decimal
    by: Columns = ()
    within: Decimal = Decimal("0.05")
    if_there: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    """A row with the table that it stands in, and the words of where that is."""

    found: Found
    record: Record

    def label(self, names: tuple[str, ...]) -> str | None:
        """What the row says in the column so called; None where its table has none."""
        for at, label in enumerate(self.found.labels):
            if names and find_name(names, label) is not None:
                return self.record.value(at)
        return None


@kind("groups", GroupsArgs)
def groups(case: Case, args: GroupsArgs) -> Outcome:
    """Rows by group: every partner has at least three metrics in each category, every goal two KPIs.

    ``groups: {table: {columns: [Metric]}, by: Partner, column: Category, values: [Technical, Financial], rows: 2}``

    Passes: a table Partner | Category | Metric with two technical and two financial rows for each partner; or a sheet
    for each partner. Fails: a partner with one technical row; with `every`, a partner without rows.
    """
    tables = select_all(case, args.table)
    if isinstance(tables, Outcome):
        return tables
    evidence = [found.evidence(case.file) for found in tables]
    parted: dict[tuple[str, str], list[_Line]] = {}
    for line in _lines(tables):
        parted.setdefault(_group(line, args), []).append(line)
    findings: list[Finding] = []
    wanted = list(dict.fromkeys(name for name, _ in parted))
    if len(wanted) < args.least:
        what = f"different entries of {args.by[0][0]}" if args.by else "such tables"
        there_are = f": {listing(wanted)}" if wanted else ""
        words = f"{len(wanted)} of at least {args.least} {what}{there_are}"
        findings.append(missing(words, case.file, tables[0].address, "add the rows of the others"))
    if args.every is not None:
        there = elsewhere(case, args.every.document)
        listed = select(there, args.every) if there is not None else absent(case, args.every.document, True)
        if isinstance(listed, Found):
            wanted = [record.value(listed.columns[0]) for record in listed.records]
            wanted = [value for value in wanted if not is_blank(value)] or [name for name, _ in parted]
            wanted = list(dict.fromkeys(wanted))
    for name in wanted:
        lists = [lines for (group, _), lines in parted.items() if group == name or holds_value(name, group)]
        for lines in lists or [[]]:
            findings += _few(case, args, name, lines, tables[0].address)
    if not wanted:
        findings.append(missing("there are no rows", case.file, tables[0].address, "fill the table"))
    return unmet(findings[:_MOST], evidence[:4], cost=2) if findings else met(evidence[:4])


def _lines(tables: tuple[Found, ...]) -> Iterator[_Line]:
    """Each row of the tables."""
    return (_Line(found, record) for found in tables for record in found.records)


def _group(line: _Line, args: GroupsArgs) -> tuple[str, str]:
    """The group of a row, and its table: what its column says; else where its table stands, but for a value's name."""
    for names in args.by:
        if (said := line.label(names)) is not None:
            return said.strip(), line.found.address
    where = [part for part in line.found.address.split(" › ") if not part.startswith("table")] or [line.found.address]
    kept = [part for part in where if not any(find_name((value,), part) for value in args.values)]
    return " › ".join(kept or where).partition("!")[0], ""


def _few(case: Case, args: GroupsArgs, name: str, lines: list[_Line], where: str) -> Iterator[Finding]:
    """What a group lacks: rows, or rows for one of the values."""
    at = lines[0].found.address if lines else where
    if not args.values:
        if len(lines) < args.rows:
            words = f"‘{excerpt(name)}’ has {len(lines)} of at least {args.rows} rows"
            yield missing(words, case.file, at, f"add {args.rows - len(lines)} more for it")
        return
    if not lines:
        yield missing(f"there is nothing for ‘{excerpt(name)}’", case.file, where, "add its rows, or a table for it")
        return
    for value in args.values:
        said = (line.label(args.column) for line in lines)
        count = sum(
            holds_value(value, line.found.address if text is None else text)
            for text, line in zip(said, lines, strict=True)
        )
        if count < args.rows:
            words = f"‘{excerpt(name)}’ has {count} of at least {args.rows} rows for ‘{value}’"
            yield missing(words, case.file, at, f"add {args.rows - count} more")


@kind("sums_to", SumsArgs)
def sums_to(case: Case, args: SumsArgs) -> Outcome:
    """The numbers of a column add up to a figure, in the whole table or in every group.

    ``sums_to: {table: {columns: [Metric, Weight]}, column: Weight, total: 100, by: [Partner, Category]}``

    Passes: weights 40, 30 and 30; or 100 in each category of each partner; or 0.4, 0.3 and 0.3 where the total is 100.
    Fails: weights that come to 95 in one category; a weight that is no number.
    """
    tables = select_all(case, args.table)
    if isinstance(tables, Outcome):
        return met([]) if args.if_there else tables
    lines = list(_lines(tables))
    findings = [
        missing(f"‘{excerpt(line.label(args.column) or '')}’ is no number", case.file, line.record.address, "give one")
        for line in lines
        if find_number(line.label(args.column) or "") is None
    ]
    if findings or not lines:
        return unmet(findings[:_MOST], [found.evidence(case.file) for found in tables[:4]])
    ways: list[tuple[tuple[str, ...], ...]] = [(), *((names,) for names in args.by), args.by]
    wrong = [_off(case, args, lines, way) for way in dict.fromkeys(ways)]
    if any(not found for found in wrong):
        return met([found.evidence(case.file) for found in tables[:4]])
    # The way of parting the rows by which fewest groups are off tells best where the slip is, the finest first.
    return unmet(min(reversed(wrong), key=len)[:_MOST], [found.evidence(case.file) for found in tables[:4]], cost=1)


def _off(case: Case, args: SumsArgs, lines: list[_Line], way: tuple[tuple[str, ...], ...]) -> list[Finding]:
    """The groups, when rows are parted by table and by the columns `way`, that do not add up."""
    sums: dict[tuple[str, ...], list[Decimal]] = {}
    for line in lines:
        key = (line.found.address, *(line.label(names) or "" for names in way))
        sums.setdefault(key, []).append(find_number(line.label(args.column) or "") or Decimal(0))
    findings = []
    for (address, *names), numbers in sums.items():
        total = sum(numbers, Decimal(0))
        shares = args.total == 100 and all(number <= 1 for number in numbers)
        if abs(total * (100 if shares else 1) - args.total) > args.within:
            of = f" for {listing(f'‘{excerpt(name)}’' for name in names if name)}" if any(names) else ""
            words = f"‘{args.column[0]}’ adds up to {total.normalize():f}{of}, not to {args.total:f}"
            findings.append(missing(words, case.file, address, f"make it {args.total:f}"))
    return findings
