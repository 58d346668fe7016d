"""Finding the records that a requirement speaks of: under which heading, with which columns."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from govpack.check.kept import keep
from govpack.check.kinds.base import Case, MaybeNames, Names, Strict, find_sections, near_words, no_section
from govpack.check.records import (
    Record,
    Records,
    have_columns,
    match_columns,
    other_records,
    plain_records,
    records_in,
)
from govpack.check.verdicts import Evidence, Outcome, missing, unmet
from govpack.check.words import excerpt, find_name, holds_value, listing, normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from govpack.check.outline import Section
    from govpack.check.words import Match

ANY = "*"
_REMARK = 4
_SUMS = ("total", "sum", "overall", "weighted score", "total score", "score")


class Selection(Strict):
    """Records `under` a heading (with synonyms; anywhere if left out) with these `columns`.

    Each column is a name or a list of synonyms; ``"*"`` allows any further columns and says that there must be some.
    `where` keeps the rows in which a column says one of some words; `without`: no table with such a column is meant;
    `document` looks in another document of the check.
    """

    under: MaybeNames = ()
    columns: Annotated[tuple[Names, ...], Field(min_length=1)]
    without: MaybeNames = ()
    where: dict[str, MaybeNames] = Field(default_factory=dict)
    document: str = ""

    @property
    def named(self) -> tuple[tuple[str, ...], ...]:
        """The columns but for ``*``."""
        return tuple(names for names in self.columns if names != (ANY,))

    @property
    def place(self) -> str:
        """Where the records are to stand, in words."""
        return f"under ‘{self.under[0]}’" if self.under else "in the document"


@dataclass(frozen=True, slots=True)
class _Nearest:
    """The records that have most of the wanted columns; None stands for a column that they lack."""

    hits: int
    records: Records
    matched: list[tuple[int, Match] | None]

    @property
    def rank(self) -> tuple[int, bool]:
        """More columns first, then tables that are read as they stand."""
        return self.hits, self.records.plain


@dataclass(frozen=True, slots=True)
class Found:
    """Records found: the column of each wanted name, what matched nearly, and the further columns."""

    records: tuple[Record, ...]
    labels: tuple[str, ...]
    columns: tuple[int, ...]
    near: str
    address: str
    plain: bool = False

    @property
    def further(self) -> tuple[int, ...]:
        """The columns that were not asked for by name and have a heading."""
        return tuple(at for at, label in enumerate(self.labels) if at not in self.columns and label.strip())

    def evidence(self, file: str) -> Evidence:
        """Where the records stand, with the first of them."""
        first = self.records[0] if self.records else None
        words = "" if first is None else " | ".join(value for value in first.values if value)
        return Evidence(file, self.address, f"{len(self.records)} rows: {excerpt(words)}", self.near)


def select(case: Case, selection: Selection) -> Found | Outcome:
    """The records that `selection` means, or the outcome that says what is missing.

    Where several tables fit, the plainest and fullest: `select_all` gives each of them.
    """
    best: tuple[tuple[bool, int, int], Found] | None = None
    nearest: _Nearest | None = None
    sections = find_sections(case.outline, selection.under)
    wanted = selection.named
    fitting = 0.0
    for section, heading in sections:
        # Under a heading, what fits it best is meant; anywhere, the fullest table of them all.
        if best is not None and heading is not None and heading.score < fitting:
            break
        unmeant = (
            any(_unmeant(records, selection) for records in plain_records(section)) if selection.without else False
        )
        for read in (plain_records, other_records):
            if read is other_records and best is not None and best[0][0]:
                break  # a table whose header names the columns goes before any other reading
            for records in read(section):
                # A table that is not meant is not meant when it is read on its side, either.
                if unmeant and (not records.plain or _unmeant(records, selection)):
                    continue
                matched = match_columns(wanted, records)
                hits = sum(match is not None for match in matched)
                columns = [match for match in matched if match is not None]
                if hits == len(wanted):
                    found = _found(records, columns, heading)
                    if (ANY,) in selection.columns and not found.further:
                        continue
                    # A table whose header names the columns is read as it stands, before it is read in another way.
                    score = (records.plain, sum(match.score == 100 for _, match in columns), len(found.records))
                    if best is None or score > best[0]:
                        best, fitting = (score, found), heading.score if heading is not None else 0.0
                elif hits and (nearest is None or (hits, records.plain) > nearest.rank):
                    nearest = _Nearest(hits, records, matched)
    if best is not None:
        return keep_where(best[1], selection)
    return _explain(case, selection, [section for section, _ in sections], nearest)


def select_all(case: Case, selection: Selection) -> tuple[Found, ...] | Outcome:
    """Every table that `selection` means, in order; one reading of them where none is a plain table."""
    best = select(case, selection)
    if isinstance(best, Outcome) or not best.plain:
        return best if isinstance(best, Outcome) else (best,)
    found: dict[str, Found] = {}
    fitting = 0.0
    for section, heading in find_sections(case.outline, selection.under):
        # A heading may stand in each sheet or chapter: all that fit as well as the first are meant.
        if heading is not None and heading.score < fitting:
            break
        for records in plain_records(section):
            if _unmeant(records, selection):
                continue
            columns = [match for match in match_columns(selection.named, records) if match is not None]
            if len(columns) == len(selection.named):
                own = _found(records, columns, heading)
                if own.further or (ANY,) not in selection.columns:
                    found.setdefault(own.address, keep_where(own, selection))
                    fitting = heading.score if heading is not None else 0.0
    found.setdefault(best.address, best)
    return tuple(found.values())


def _unmeant(records: Records, selection: Selection) -> bool:
    return bool(selection.without) and any(find_name(selection.without, label) for label in records.labels)


def elsewhere(case: Case, document: str) -> Case | None:
    """The case of another `document` of the check, the one nearest to this file; this case where none is named."""
    if not document:
        return case
    others = case.others.get(document, ())
    return Case(others[0], case.others) if others else None


def unite(found: Iterable[Found]) -> list[Found]:
    """Tables that have the same columns as one list: risks by kind, say, each kind with a table of its own."""
    groups: dict[tuple[str, ...], Found] = {}
    for one in found:
        key = tuple(map(normalise, one.labels))
        if key in groups:
            groups[key] = replace(groups[key], records=(*groups[key].records, *one.records))
        else:
            groups[key] = one
    return list(groups.values())


def keep_where(found: Found, selection: Selection) -> Found:
    """`found` with the records that `selection.where` wants."""
    if not selection.where:
        return found
    return replace(found, records=tuple(record for record in found.records if _where(found, record, selection)))


def _where(found: Found, record: Record, selection: Selection) -> bool:
    for name, allowed in selection.where.items():
        at = next(columns_of(found, selection, (name,)), None)
        if at is None or not any(holds_value(value, record.value(at)) for value in allowed):
            return False
    return True


def columns_of(found: Found, selection: Selection, names: Iterable[str]) -> Iterator[int]:
    """The columns that the checklist calls by one of these names, or by a synonym that it gives for it."""
    for name in names:
        for wanted, at in zip(selection.named, found.columns, strict=True):
            if name in wanted:
                yield at


def _found(records: Records, columns: list[tuple[int, Match]], heading: Match | None) -> Found:
    named = [at for at, _ in columns] or ([0] if records.labels else [])
    # Sums are no records.
    rows = [row for row in _distinct(records) if not (named and normalise(row.value(named[0])) in _SUMS)]
    return Found(
        tuple(rows),
        records.labels,
        tuple(at for at, _ in columns),
        near_words(heading, *(match for _, match in columns)),
        records.address,
        records.plain,
    )


@keep
def _distinct(records: Records) -> tuple[Record, ...]:
    """The records without remarks and blank lines of a form, nor the same row twice."""
    rows: dict[tuple[str, ...], Record] = {}
    for record in records.rows:
        said = [value for value in record.values if value.strip()]
        remark = len(set(said)) == 1 and len(record.values) > 2 and len(said[0].split()) >= _REMARK
        if said and not remark:
            rows.setdefault(tuple(normalise(value) for value in (record.title, *record.values)), record)
    return tuple(rows.values())


def _explain(
    case: Case,
    selection: Selection,
    sections: list[Section],
    nearest: _Nearest | None,
) -> Outcome:
    file, wanted = case.file, selection.named
    names = list(dict.fromkeys(names[0] for names in wanted))
    columns = listing(names) or "its facts"
    if not sections:
        remedy = f"add a section ‘{selection.under[0]}’ with a table of {columns}"
        if where := _standing(case, selection):
            remedy = f"such a table stands at {where}: move it under a heading ‘{selection.under[0]}’"
        return unmet([missing(no_section(case.outline, selection.under), file, "", remedy)], cost=3)
    where = sections[0].address if selection.under else ""
    # One column of many, in what was no table to begin with, is no such table with columns left out.
    if nearest is None or (not nearest.records.plain and nearest.hits * 2 < len(wanted)):
        others = " and others" if len(wanted) < len(selection.columns) else ""
        sort = f"table with the column{'s' if len(names) > 1 else ''} {columns}{others}" if wanted else "table"
        return unmet([missing(f"there is no {sort}", file, where, f"add a {sort}")], cost=3)
    records = nearest.records
    absent = [names[0] for names, match in zip(wanted, nearest.matched, strict=True) if match is None]
    has = ", ".join(dict.fromkeys(label for label in records.labels if label.strip())) or "no headings"
    word = "columns" if len(absent) > 1 else "column"
    lacking = listing(f"‘{name}’" for name in absent)
    message = f"the table has no {word} {lacking} (it has: {has})"
    return unmet([missing(message, file, records.address, f"add {lacking} to the table")], cost=2)


def _standing(case: Case, selection: Selection) -> str:
    """Where a table with all these columns stands under another heading, or nothing."""
    for section in case.outline.walk():
        if section.heading and not find_name(selection.under, section.heading):
            for records in records_in(section):
                if records.rows and have_columns(selection.named, records):
                    return records.address
    return ""
