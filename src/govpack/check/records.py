"""Records: the same facts in a row for each, whatever their layout.

A table with a header row is the usual layout; others say as much: a table turned on its side, a card for each, two
tables that share their first column, ``Chair: …`` lines in a cell or a list, a subsection for each.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from govpack.check.kept import keep
from govpack.check.outline import Paragraph, Section, Table
from govpack.check.words import Match, find_name, normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from govpack.check.kept import Kept

TITLE = -1  # the column that is each record's own heading
_LABELLED = re.compile(r"^\W*([^\W\d_][^:\n|]{0,48}?)\s*[:\u2013\u2014]\s+(\S.*)$", re.S)
_SHARED_KEYS = 0.6
_JOINABLE = 12
# What people lay out as records stays far below these; beyond them a table only costs time and memory.
_MOST_LINES = 500  # rows of a table that is turned on its side
_MOST_LABELS = 2_000  # different labels of records that no header row names
_MOST_VALUES = 2_000_000  # records times labels


@dataclass(frozen=True, slots=True)
class Record:
    """One record: a value for each label (empty where it has none), their addresses, its own, and its heading."""

    values: tuple[str, ...]
    places: tuple[str, ...]
    address: str
    title: str = ""

    def value(self, column: int) -> str:
        """The value in `column`; TITLE means the record's heading."""
        return self.title if column == TITLE else self.values[column]

    def place(self, column: int) -> str:
        """The address of the value in `column`."""
        return self.address if column == TITLE else self.places[column]


@dataclass(frozen=True, slots=True, eq=False)
class Records:
    """Records that share their labels, and where they stand; `plain` where a header row names the columns."""

    labels: tuple[str, ...]
    rows: tuple[Record, ...]
    address: str
    plain: bool = False
    kept: Kept = field(default_factory=dict, init=False, repr=False)


def records_in(section: Section) -> Iterator[Records]:
    """Every reading of what stands under `section` as records: the plain ones, then others, if they are asked for."""
    yield from plain_records(section)
    yield from other_records(section)


@keep
def tables_of(section: Section) -> tuple[Table, ...]:
    """The tables of a section and of all below it."""
    return tuple(block for block in section.all_blocks() if isinstance(block, Table))


@keep
def plain_records(section: Section) -> tuple[Records, ...]:
    """The tables under `section` as records of their rows: the plain readings among all."""
    return tuple(map(_by_rows, tables_of(section)))


@keep
def other_records(section: Section) -> tuple[Records, ...]:
    """The readings of what stands under `section` in which no header row names the columns."""
    return tuple(records for records in _readings(section) if records.rows)


def _readings(section: Section) -> Iterator[Records]:
    tables = tables_of(section)
    # Tables that go together stand together: hundreds of them are a register, and no two are one list.
    for base in tables[:_JOINABLE] if len(tables) <= 4 * _JOINABLE else ():
        if (joined := _joined(base, tables)) is not None:
            yield joined
    cards = [record for table in tables for record in _by_columns(table)]
    if cards:
        yield _unite(cards, section.address)
        for table in tables:
            if alone := _by_columns(table):
                yield _unite(alone, table.address)
    for part in section.walk():
        if len(part.sections) > 1:
            yield _unite([_from_section(child) for child in part.sections], part.address)
        lines = [block for block in part.blocks if isinstance(block, Paragraph)]
        if labelled := _from_lines(lines):
            yield _unite(labelled, part.address)


def match_columns(wanted: Sequence[tuple[str, ...]], records: Records) -> list[tuple[int, Match] | None]:
    """For each wanted column (its synonyms) the label that fits it best, each label once; None where none fits.

    A first column that no label fits is the records' own heading, where they have one.
    """
    scored = [
        # Of two labels that fit alike, the one that has the name itself, or an earlier synonym.
        (match.score, -want, -synonyms.index(match.wanted), -at, match)
        for want, synonyms in enumerate(wanted)
        for at, label in enumerate(records.labels)
        if (match := find_name(synonyms, label)) is not None
    ]
    found: dict[int, tuple[int, Match]] = {}
    taken: set[int] = set()
    for _, want, _, at, match in sorted(scored, key=lambda item: item[:4], reverse=True):
        if -want not in found and -at not in taken:
            found[-want] = (-at, match)
            taken.add(-at)
    if wanted and 0 not in found and records.rows and all(record.title for record in records.rows):
        found[0] = (TITLE, Match(wanted[0][0], "heading", 100))
    return [found.get(want) for want in range(len(wanted))]


def have_columns(wanted: Sequence[tuple[str, ...]], records: Records) -> bool:
    """Whether each wanted column has a label; most records lack the first, and need not be asked for the others."""
    if wanted and not any(find_name(wanted[0], label) is not None for label in records.labels):
        titled = bool(records.rows) and all(record.title for record in records.rows)
        if not titled:
            return False
    return all(match is not None for match in match_columns(wanted, records))


@keep
def _by_rows(table: Table) -> Records:
    pairs = []
    for row in table.rows:
        values = []
        for cell in row.cells:
            label = table.header[cell.column] if cell.column < len(table.header) else ""
            values += _split_cell(label, cell.text, row.cell_address(cell.column))
        pairs.append((row.address, "", values))
    records = _unite(pairs, table.address, plain=True)
    if records.rows or not pairs:
        return records
    # Lines such as ``Chair: …`` in cells would make a column each: the header's own columns are read alone.
    pairs = [
        (
            row.address,
            "",
            [
                (table.header[cell.column], cell.text, row.cell_address(cell.column))
                for cell in row.cells
                if cell.column < len(table.header)
            ],
        )
        for row in table.rows
    ]
    return _unite(pairs, table.address, plain=True)


def _split_cell(label: str, text: str, place: str) -> list[tuple[str, str, str]]:
    """A cell under ``Chair / Quorum`` holds a line for each; one of ``Chair: …`` lines names its own."""
    found = [(label, text, place)]
    names = _names_in(label)
    if len(names) > 1:
        lines = [line for line in re.split(r"\n|\s/\s", text) if line.strip()]
        found += [(name, lines[at] if len(lines) == len(names) else text, place) for at, name in enumerate(names)]
    if "\n" in text or ":" in text:
        found += [(m[1], m[2], place) for line in text.split("\n") if (m := _LABELLED.match(line))]
    return found


@lru_cache(maxsize=4_096)
def _names_in(label: str) -> tuple[str, ...]:
    """The names that a column has: ``Chair / Quorum`` are two."""
    return tuple(name.strip() for name in re.split(r"[/\n]", label) if name.strip())


@keep
def _by_columns(table: Table) -> tuple[tuple[str, str, list[tuple[str, str, str]]], ...]:
    """A record for each column but the first, whose cells are the labels."""
    width = max((len(row.cells) for row in table.grid), default=0)
    rows = [row for row in table.grid if not row.band and len(row.cells) > 1]
    if width < 2 or not 2 <= len(rows) <= _MOST_LINES:
        return ()
    title = next((row.cells[0].text for row in table.grid if row.band), "")
    return tuple(
        (
            table.address,
            title,
            [
                (row.cells[0].text, row.cells[at].text, row.cell_address(at))
                for row in rows
                if at < len(row.cells) and len(row.cells[0].text) <= 60
            ],
        )
        for at in range(1, width)
    )


def _joined(base: Table, tables: Sequence[Table]) -> Records | None:
    """`base` with the columns of the tables beside it that have the same first column."""
    keys = _keys(base)
    partners = []
    for table in tables:
        own = _keys(table)
        if table is not base and base.header and table.header and keys and len(own & keys) >= _SHARED_KEYS * len(keys):
            partners.append({normalise(row.cells[0].text): (table.header, row) for row in table.rows if row.cells})
    if not partners:
        return None
    pairs = []
    for row in base.rows:
        key = normalise(row.cells[0].text) if row.cells else ""
        parts = [(base.header, row), *(partner[key] for partner in partners if key in partner)]
        values = []
        for index, (header, source) in enumerate(parts):
            for cell in source.cells[1 if index else 0 :]:
                label = header[cell.column] if cell.column < len(header) else ""
                values += _split_cell(label, cell.text, source.cell_address(cell.column))
        pairs.append((row.address, "", values))
    return _unite(pairs, base.address)


@keep
def _keys(table: Table) -> frozenset[str]:
    """What stands in the first column."""
    return frozenset(normalise(row.cells[0].text) for row in table.rows if row.cells)


def _from_section(section: Section) -> tuple[str, str, list[tuple[str, str, str]]]:
    values = []
    for block in section.all_blocks():
        if isinstance(block, Paragraph):
            values += [(m[1], m[2], block.address) for line in block.text.split("\n") if (m := _LABELLED.match(line))]
        elif isinstance(block, Table):
            for record in _by_columns(block):
                values += record[2]
    return section.address, section.heading, values


def _from_lines(lines: Iterable[Paragraph]) -> list[tuple[str, str, list[tuple[str, str, str]]]]:
    """Records of ``Label: value`` paragraphs; the first label met again opens the next record."""
    found: list[tuple[str, str, list[tuple[str, str, str]]]] = []
    first = ""
    for paragraph in lines:
        for line in paragraph.text.split("\n"):
            if labelled := _LABELLED.match(line):
                first = first or normalise(labelled[1])
                if not found or normalise(labelled[1]) == first:
                    found.append((paragraph.address, "", []))
                found[-1][2].append((labelled[1], labelled[2], paragraph.address))
    return found


def _unite(pairs: Sequence[tuple[str, str, list[tuple[str, str, str]]]], address: str, plain: bool = False) -> Records:
    """The records of `pairs` (address, heading, values) under the labels of them all; none where they are too many."""
    # Most rows have the labels of the row before: which columns these are is worked out once for all of them.
    given = [tuple(label for label, _, _ in values) for _, _, values in pairs]
    patterns = dict.fromkeys(given)
    labels = len({label for pattern in patterns for label in pattern})
    if labels * len(pairs) > _MOST_VALUES or (labels > _MOST_LABELS and not plain):
        return Records((), (), address, plain)  # more labels or values than any list that people write
    columns: dict[str, int] = {}
    shown: list[str] = []
    places: dict[tuple[str, ...], list[int]] = {}
    for pattern in patterns:
        places[pattern] = []
        for label, name in _numbered(pattern):
            if name not in columns:
                columns[name] = len(columns)
                shown.append(label)
            places[pattern].append(columns[name])
    records = []
    for (place, title, values), pattern in zip(pairs, given, strict=True):
        texts, spots = [""] * len(shown), [place] * len(shown)
        for column, (_, text, spot) in zip(places[pattern], values, strict=True):
            texts[column], spots[column] = text, spot
        records.append(Record(tuple(texts), tuple(spots), place, title))
    return Records(tuple(shown), tuple(records), address, plain)


def _numbered(labels: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each label with what tells its column: the same one twice in one record ("Owner", "Owner") is two columns."""
    seen: dict[str, int] = {}
    for label in labels:
        key = normalise(label)
        seen[key] = seen.get(key, 0) + 1
        yield label, key if seen[key] == 1 else f"{key}\0{seen[key]}"
