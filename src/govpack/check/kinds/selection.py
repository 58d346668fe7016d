"""Finding the records that a requirement speaks of: under which heading, with which columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from govpack.check.kinds.base import Case, MaybeNames, Names, Strict, find_sections, near_words, no_section
from govpack.check.records import Record, Records, match_columns, records_in
from govpack.check.verdicts import Evidence, Outcome, missing, unmet
from govpack.check.words import excerpt, find_name, listing, normalise

if TYPE_CHECKING:
    from govpack.check.outline import Section
    from govpack.check.words import Match

ANY = "*"


class Selection(Strict):
    """Records under a heading (`under`, with synonyms; anywhere if left out) with these columns.

    Each column is a name or a list of synonyms; ``"*"`` allows any further columns and says that there must be some.
    """

    under: MaybeNames = ()
    columns: Annotated[tuple[Names, ...], Field(min_length=1)]

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
    """The records that `selection` means, or the outcome that says what is missing."""
    best: tuple[tuple[bool, int, int], Found] | None = None
    nearest: _Nearest | None = None
    sections = find_sections(case.outline, selection.under)
    wanted = selection.named
    for section, heading in sections:
        for records in records_in(section):
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
                    best = (score, found)
            elif hits and (nearest is None or (hits, records.plain) > nearest.rank):
                nearest = _Nearest(hits, records, matched)
        # Under a heading, what fits it best is meant; anywhere, the fullest table of them all.
        if best is not None and selection.under:
            break
    if best is not None:
        return best[1]
    return _explain(case, selection, [section for section, _ in sections], nearest)


def _found(records: Records, columns: list[tuple[int, Match]], heading: Match | None) -> Found:
    rows: dict[tuple[str, ...], Record] = {}
    for record in records.rows:
        words = tuple(normalise(value) for value in (record.title, *record.values))
        if normalise(record.value(columns[0][0])) == "total" or not any(value.strip() for value in record.values):
            continue  # sums and blank lines of a form are no records, nor is the same row twice
        rows.setdefault(words, record)
    return Found(
        tuple(rows.values()),
        records.labels,
        tuple(at for at, _ in columns),
        near_words(heading, *(match for _, match in columns)),
        records.address,
    )


def _explain(
    case: Case,
    selection: Selection,
    sections: list[Section],
    nearest: _Nearest | None,
) -> Outcome:
    file, wanted = case.file, selection.named
    columns = listing(dict.fromkeys(names[0] for names in wanted))
    if not sections:
        remedy = f"add a section ‘{selection.under[0]}’ with a table of {columns}"
        if where := _elsewhere(case, selection):
            remedy = f"such a table stands at {where}: move it under a heading ‘{selection.under[0]}’"
        return unmet([missing(no_section(case.outline, selection.under), file, "", remedy)], cost=3)
    where = sections[0].address if selection.under else ""
    if nearest is None:
        remedy = f"add a table with the columns {columns}"
        return unmet([missing(f"no table with the columns {columns}", file, where, remedy)], cost=3)
    records = nearest.records
    absent = [names[0] for names, match in zip(wanted, nearest.matched, strict=True) if match is None]
    has = ", ".join(label for label in records.labels if label.strip()) or "no headings"
    word = "columns" if len(absent) > 1 else "column"
    names = listing(f"‘{name}’" for name in absent)
    return unmet(
        [missing(f"no {word} {names} (it has: {has})", file, records.address, f"add {names} to the table")], cost=2
    )


def _elsewhere(case: Case, selection: Selection) -> str:
    """Where a table with all these columns stands under another heading, or nothing."""
    for section in case.outline.walk():
        if section.heading and not find_name(selection.under, section.heading):
            for records in records_in(section):
                if records.rows and all(match is not None for match in match_columns(selection.named, records)):
                    return records.address
    return ""
