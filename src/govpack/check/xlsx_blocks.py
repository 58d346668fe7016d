"""From the cells of a sheet to tables and paragraphs: what blank rows and columns part, and what the file calls tables.

A block of at least two rows and columns is a table; a lone text above it is its heading.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from govpack.check.outline import Cell, Paragraph, Row, Section, Table
from govpack.check.xlsx_cells import name_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from govpack.check.outline import Block
    from govpack.check.xlsx_cells import Cells, Place

_HEADING = 80  # signs
_SPARSE = 20
"""A block with fewer than one in so many cells filled is no table, however far it reaches."""


class Span(NamedTuple):
    """A rectangle of cells, from 0, ends included."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, place: Place) -> bool:
        """Whether a cell lies in it."""
        return self.top <= place[0] <= self.bottom and self.left <= place[1] <= self.right


class Piece(NamedTuple):
    """What stands in one span: a table, or paragraphs."""

    span: Span
    table: Table | None
    paragraphs: tuple[Paragraph, ...]


def arrange(
    cells: Cells, named: Sequence[Span], sheet: str, address: str
) -> tuple[tuple[Block, ...], tuple[Section, ...]]:
    """The blocks of a sheet, and below it a section for each table that has a heading of its own."""
    pieces = sorted(_pieces(cells, named, sheet), key=lambda piece: piece.span[:2])
    blocks: list[Block] = []
    sections: list[Section] = []
    above: Piece | None = None
    for piece in pieces:
        if piece.table is None:
            blocks += piece.paragraphs
            above = piece
            continue
        heading = _heading(above, piece.span)
        if heading:
            place = f"{address} › {heading}"
            sections.append(Section(heading, 2, "", (sheet, heading), place, (piece.table,)))
        else:
            blocks.append(piece.table)
        above = None
    return tuple(blocks), tuple(sections)


def _heading(above: Piece | None, below: Span) -> str:
    if above is None or not above.paragraphs or above.span.bottom < below.top - 2:
        return ""
    text = above.paragraphs[-1].text
    beside = above.span.left > below.right or above.span.right < below.left
    return "" if beside or len(text) > _HEADING or text.endswith((".", ":")) else text


def _pieces(cells: Cells, named: Sequence[Span], sheet: str) -> Iterable[Piece]:
    for span in named:
        held = [place for place in cells.values if span.holds(place)]
        if held and not _too_sparse(span, len(held)):
            yield Piece(span, _table(cells, span, sheet), ())
    rest = [place for place in cells.values if not any(span.holds(place) for span in named)]
    merged = [place for place in cells.merged if not any(span.holds(place) for span in named)]
    for places in _split(sorted({*rest, *merged})):
        yield from _settle(cells, places, sheet)


def _settle(cells: Cells, places: list[Place], sheet: str) -> Iterable[Piece]:
    """A block's leading lines of one cell are its headings; what is left is a table, or lines again."""
    rows: dict[int, list[Place]] = {}
    for place in places:
        rows.setdefault(place[0], []).append(place)
    order = sorted(rows)
    lines = 0
    while lines < len(order) and sum(place in cells.values for place in rows[order[lines]]) <= 1:
        lines += 1
    body = [place for row in order[lines:] for place in rows[row]]
    span = _span(body) if body else None
    if span is None or span.top == span.bottom or span.left == span.right or _too_sparse(span, len(body)):
        lines, span = len(order), None
    for row in order[:lines]:
        texts = [place for place in rows[row] if place in cells.values]
        if texts:
            said = tuple(Paragraph(cells.values[place], f"{sheet}!{name_of(place)}") for place in texts)
            yield Piece(_span(texts), None, said)
    if span is not None:
        yield Piece(span, _table(cells, span, sheet), ())


def _split(places: list[Place]) -> Iterable[list[Place]]:
    """Blocks that blank rows, and within these blank columns, part; until nothing parts them any more."""
    waiting = [places] if places else []
    while waiting:
        found = waiting.pop()
        for axis in (0, 1):
            parts = _gaps(found, axis)
            if len(parts) > 1:
                waiting += reversed(parts)
                break
        else:
            yield found


def _gaps(places: list[Place], axis: int) -> list[list[Place]]:
    parts: list[list[Place]] = []
    last = -2
    for place in sorted(places, key=lambda place: place[axis]):
        if place[axis] > last + 1:
            parts.append([])
        parts[-1].append(place)
        last = place[axis]
    return parts


def _span(places: Sequence[Place]) -> Span:
    rows, columns = [row for row, _ in places], [column for _, column in places]
    return Span(min(rows), min(columns), max(rows), max(columns))


def _too_sparse(span: Span, filled: int) -> bool:
    area = (span.bottom - span.top + 1) * (span.right - span.left + 1)
    return area > _SPARSE * filled + 1_000


def _table(cells: Cells, span: Span, sheet: str) -> Table:
    grid = []
    for number, row in enumerate(range(span.top, span.bottom + 1), start=1):
        line = []
        for column in range(span.left, span.right + 1):
            origin = cells.merged.get((row, column))
            text = cells.values.get(origin or (row, column), "")
            line.append(Cell(text, column - span.left, origin is None))
        ends = name_of((row, span.left)), name_of((row, span.right))
        places = tuple(f"{sheet}!{name_of((row, column))}" for column in range(span.left, span.right + 1))
        grid.append(Row(tuple(line), number, f"{sheet}!{ends[0]}:{ends[1]}", places))
    header = tuple(" ".join(cell.text.split()) for cell in grid[0].cells)
    address = f"{sheet}!{name_of((span.top, span.left))}:{name_of((span.bottom, span.right))}"
    return Table(tuple(grid), header, tuple(row for row in grid[1:] if not row.band), address)
