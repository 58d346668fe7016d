"""The requirement kind over the rows of a table: `each_row`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pydantic import Field

from govpack.check.kinds.base import Args, Case, MaybeNames, kind
from govpack.check.kinds.cells import at_most, blank_cells, name_of
from govpack.check.kinds.coverage import absent
from govpack.check.kinds.selection import Found, Selection, columns_of, elsewhere, select_all
from govpack.check.values import find_dates, parse_hours
from govpack.check.verdicts import Evidence, Outcome, met, missing, unmet
from govpack.check.weak import only_watches
from govpack.check.words import excerpt, find_name, find_phrase, is_blank, listing, normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from govpack.check.records import Record
    from govpack.findings import Finding

_WORDS = {"responsible": "R", "accountable": "A", "consulted": "C", "informed": "I", "support": "S", "supporting": "S"}
_DIGIT = re.compile(r"\d")


class EachRowArgs(Args):
    """What must hold for each record of `table`.

    `exactly_one` and `at_least_one` of these letters; `filled` columns; columns with `numbers` or `dates` in them;
    columns whose hours are `rising` from row to row; columns with a text that `acts` and does not only watch; `lists`:
    columns with the least number of things that each cell names; `says`: columns with phrases, one of which is due;
    `never`: columns with phrases that must not stand there; `unique`: columns in which no two rows say the same;
    `formulas`: columns of a workbook that are worked out, not typed in. `if_there`: met where there is no such table.
    """

    table: Selection
    exactly_one: MaybeNames = ()
    at_least_one: MaybeNames = ()
    filled: bool | MaybeNames = False
    rising: MaybeNames = ()
    acts: MaybeNames = ()
    numbers: MaybeNames = ()
    dates: MaybeNames = ()
    lists: dict[str, int] = Field(default_factory=dict)
    says: dict[str, MaybeNames] = Field(default_factory=dict)
    never: dict[str, MaybeNames] = Field(default_factory=dict)
    unique: MaybeNames = ()
    formulas: MaybeNames = ()
    if_there: bool = False


@kind("each_row", EachRowArgs)
def each_row(case: Case, args: EachRowArgs) -> Outcome:
    """What must hold in every row: letters of a RACI, filled cells, numbers, rising hours, an act.

    ``each_row: {table: {under: RACI, columns: [Activity, "*"]}, exactly_one: A, at_least_one: R}``

    Passes: a row ``Approve change | A | R | C``, or ``A/R``; or columns Responsible and Accountable with names.
    Fails: a row with two A, or with no R, in any table that fits; with `rising`, hours 8 after 24; with `acts`, a
    mitigation "monitor it".
    """
    there = elsewhere(case, args.table.document)
    if there is None:
        return absent(case, args.table.document, args.if_there)
    tables = select_all(there, args.table)
    if isinstance(tables, Outcome):
        return met([Evidence(there.file, "", "there is no such table")]) if args.if_there else tables
    if args.exactly_one or args.at_least_one:
        # Under one heading a table of roles may stand beside the RACI: it holds words where that holds letters.
        tables = tuple(found for found in tables if _lettered(found)) or tables
    findings = [finding for found in tables for finding in at_most(list(_wrong(there, found, args)), there, found)]
    evidence = [found.evidence(there.file) for found in tables]
    return unmet(findings, evidence, cost=1) if findings else met(evidence)


def _wrong(case: Case, found: Found, args: EachRowArgs) -> Iterator[Finding]:
    """What does not hold in one table."""
    yield from _miscounted(case, found, args)
    yield from blank_cells(case, found, args.table, args.filled)
    for check in _CHECKS:
        yield from check(case, found, args)
    for at in columns_of(found, args.table, args.rising):
        yield from _falls(case, found, at)


def _cells(found: Found, args: EachRowArgs, names: Iterable[str]) -> Iterator[tuple[Record, int, str]]:
    """Every cell of the columns so called: its record, its column, its text."""
    for record in found.records:
        for at in columns_of(found, args.table, names):
            yield record, at, record.value(at)


def _miscounted(case: Case, found: Found, args: EachRowArgs) -> Iterator[Finding]:
    for record in found.records:
        for letter in args.exactly_one:
            count = _letters(found, record, letter)
            if count != 1:
                yield _row(case, found, record, f"{count or 'no'} ‘{letter}’ where exactly one is due")
        for letter in args.at_least_one:
            if not _letters(found, record, letter):
                yield _row(case, found, record, f"no ‘{letter}’ where at least one is due")


def _only_watching(case: Case, found: Found, args: EachRowArgs) -> Iterator[Finding]:
    for record, at, text in _cells(found, args, args.acts):
        if only_watches(text):
            remedy = "say what is done, by whom, to make it less likely or less harmful"
            yield missing(f"‘{excerpt(text)}’ only watches", case.file, record.place(at), remedy)


def _without_figure(case: Case, found: Found, args: EachRowArgs) -> Iterator[Finding]:
    for record, at, text in _cells(found, args, args.numbers):
        if not _DIGIT.search(text):
            words = f"‘{excerpt(text)}’ of ‘{name_of(found, record)}’ holds no figure"
            yield missing(words, case.file, record.place(at), "say it as a number, with its unit")


def _without_date(case: Case, found: Found, args: EachRowArgs) -> Iterator[Finding]:
    for record, at, text in _cells(found, args, args.dates):
        if not find_dates(text):
            words = f"‘{excerpt(text)}’ of ‘{name_of(found, record)}’ is no date"
            yield missing(words, case.file, record.place(at), "give day, month and year")


def _listing_too_few(case: Case, found: Found, args: EachRowArgs) -> Iterator[Finding]:
    for name, least in args.lists.items():
        for record, at, text in _cells(found, args, (name,)):
            count = 0 if is_blank(text) else len(things(text))
            if count < least:
                words = f"‘{name_of(found, record)}’ has {count} of at least {least} under ‘{name}’"
                yield missing(words, case.file, record.place(at), f"add {least - count} more")


def _saying_wrong(case: Case, found: Found, args: EachRowArgs) -> Iterator[Finding]:
    """Cells without any of the phrases that are due, and those with a phrase that must not be there."""
    for name, phrases in args.says.items():
        for record, at, text in _cells(found, args, (name,)):
            if not any(find_phrase(phrase, text) for phrase in phrases):
                words = f"‘{excerpt(text)}’ says nothing of {listing((f'‘{phrase}’' for phrase in phrases), 'or')}"
                yield missing(words, case.file, record.place(at), "say it")
    for name, phrases in args.never.items():
        for record, at, text in _cells(found, args, (name,)):
            if any(find_phrase(phrase, text) for phrase in phrases):
                words = f"‘{name}’ of ‘{name_of(found, record)}’ is ‘{excerpt(text)}’"
                yield missing(words, case.file, record.place(at), "name one")


def _repeated(case: Case, found: Found, args: EachRowArgs) -> Iterator[Finding]:
    seen: dict[tuple[int, str], str] = {}
    for record, at, text in _cells(found, args, args.unique):
        if not is_blank(text) and (first := seen.setdefault((at, normalise(text)), record.address)) != record.address:
            words = f"‘{excerpt(text)}’ stands there twice, also in {first}"
            yield missing(words, case.file, record.place(at), "leave one")


def _typed_in(case: Case, found: Found, args: EachRowArgs) -> Iterator[Finding]:
    """Cells of a workbook that hold a value and no formula; other documents hold values alone."""
    for record, at, text in _cells(found, args, args.formulas if case.outline.kind == "xlsx" else ()):
        if record.place(at) not in case.outline.formulas:
            words = f"‘{excerpt(text)}’ of ‘{name_of(found, record)}’ is typed in"
            yield missing(words, case.file, record.place(at), "work it out with a formula")


_CHECKS = (_only_watching, _without_figure, _without_date, _listing_too_few, _saying_wrong, _repeated, _typed_in)


def things(text: str) -> list[str]:
    """The things that a cell lists, by commas, semicolons, slashes, lines or "and"."""
    return [part for part in re.split(r"[,;/\n&]|\band\b", text) if part.strip()]


def _row(case: Case, found: Found, record: Record, what: str) -> Finding:
    letters = ", ".join(record.value(at) for at in found.further if record.value(at).strip())
    return missing(
        f"‘{name_of(found, record)}’ has {what} (it has {letters or 'none'})",
        case.file,
        record.address,
        "give each activity exactly one who is accountable and at least one who does it",
    )


def _lettered(found: Found) -> bool:
    """Whether a table may be one of letters: most of what its further cells say is letters or their words."""
    texts = [record.value(at).strip() for record in found.records for at in found.further]
    said = [text for text in texts if not is_blank(text)]
    short = sum(len(text) <= 5 or text.casefold() in _WORDS for text in said)
    names = any(find_name(tuple(_WORDS), found.labels[at]) for at in found.further)
    return names or 2 * short >= len(said)


def _letters(found: Found, record: Record, letter: str) -> int:
    """How many of `letter` the row holds; a column Accountable or Responsible counts the names in it."""
    word = next((word for word, sign in _WORDS.items() if sign == letter.upper()), "")
    for at in found.further:
        if word and find_name((word,), found.labels[at]):
            text = record.value(at)
            return 0 if is_blank(text) else len(things(text))
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
