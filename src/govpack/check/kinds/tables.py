"""The requirement kind over tables: `table`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from govpack.check.kinds.base import Args, Case, MaybeNames, kind
from govpack.check.kinds.cells import at_most, blank_cells
from govpack.check.kinds.selection import Found, Selection, columns_of, select_all, unite
from govpack.check.verdicts import Outcome, met, missing, unmet
from govpack.check.words import excerpt, is_blank, listing, normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govpack.findings import Finding


_PERIOD = re.compile(
    r"^(?:Q[1-4]\W*(?:(?:FY)?\W?\d{2,4})?|(?:FY)?\d{4}\W*Q?[1-4]?|(?:FY)?\d{2}\W*Q[1-4]|H[12]\W*\d{2,4}|"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\W*\d{2,4}|[1-4](?:st|nd|rd|th) quarter.*)$",
    re.I,
)


class TableArgs(Args, Selection):
    """`rows`: least number of records; `each`: of each table that fits, not of all with the same columns together.

    `filled`: true for every named column, or the names of those to be filled. `different`: least number of different
    values in a column. `cells`: least number of cells with something in them, beside the first of each row. `periods`:
    least number of columns headed by a quarter, a month or a year. `further`: least number of further columns in which
    no cell is blank. `tables`: least number of such tables.
    """

    rows: Annotated[int, Field(ge=1)] = 1
    filled: bool | MaybeNames = False
    different: dict[str, int] = Field(default_factory=dict)
    each: bool = False
    cells: int = 0
    periods: int = 0
    further: int = 0
    tables: int = 1


@kind("table", TableArgs)
def table(case: Case, args: TableArgs) -> Outcome:
    """Records under a heading, with these columns, at least so many, and no blank cells.

    ``table: {under: [Escalation], columns: [Level, Trigger], rows: 2, filled: true}``

    Passes: under "5 Escalation path", a table Level | Trigger | Owner with two filled rows; or a card for each level.
    Fails: the same table under "Contacts"; a table without a Trigger; one row; a blank trigger.
    """
    tables = select_all(case, args)
    if isinstance(tables, Outcome):
        return tables
    if len(tables) < args.tables:
        words = f"{len(tables)} of at least {args.tables} such tables"
        remedy = f"add {args.tables - len(tables)} more"
        return unmet([missing(words, case.file, tables[0].address, remedy)], [f.evidence(case.file) for f in tables])
    lists = list(tables) if args.each else unite(tables)
    lacking = [list(_short(case, args, found)) for found in sorted(lists, key=lambda found: -len(found.records))]
    # One list that has it all is enough; else the fullest is the one that is meant.
    short = [one for each in lacking for one in each] if args.each else lacking[0] if all(lacking) else []
    blanks = [
        finding
        for found in lists
        for finding in at_most(list(blank_cells(case, found, args, args.filled)), case, found)
    ]
    evidence = [found.evidence(case.file) for found in lists]
    if short or blanks:
        return unmet([*short, *blanks], evidence, cost=2 if short else 1)
    return met(evidence)


def _short(case: Case, args: TableArgs, found: Found) -> Iterator[Finding]:
    """Too few records, or too few different values in one of their columns."""
    count = len(found.records)
    if count < args.rows:
        lacking = args.rows - count
        remedy = f"add {lacking} more {'row' if lacking == 1 else 'rows'}"
        yield missing(f"{count} of at least {args.rows} rows", case.file, found.address, remedy)
    said_cells = args.cells and sum(not is_blank(value) for record in found.records for value in record.values[1:])
    if said_cells < args.cells:
        words = f"{said_cells} of at least {args.cells} cells say something"
        yield missing(
            words, case.file, found.address, "write a word or a number into the cells; colour alone says nothing"
        )
    periods = args.periods and sum(bool(_PERIOD.match(label.strip())) for label in found.labels)
    if periods < args.periods:
        words = f"{periods} of at least {args.periods} columns are headed by a quarter, month or year"
        yield missing(words, case.file, found.address, f"add {args.periods - periods} more, each headed like Q1 2026")
    whole = args.further and sum(
        not any(is_blank(record.value(at)) for record in found.records) for at in found.further
    )
    if whole < args.further:
        words = f"{whole} of at least {args.further} further columns are filled"
        yield missing(words, case.file, found.address, "add the column, or fill its blank cells")
    for name, least in args.different.items():
        for at in columns_of(found, args, (name,)):
            texts = (record.value(at) for record in found.records)
            values = {normalise(text): text for text in texts if not is_blank(text)}
            if len(values) < least:
                said = listing(f"‘{excerpt(value)}’" for value in values.values()) if values else "nothing"
                words = f"‘{name}’ says only {said}, where at least {least} different are due"
                yield missing(words, case.file, found.address, f"add rows for the others under ‘{name}’")
