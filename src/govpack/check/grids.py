"""From rows as drawn to a Table with merged cells resolved, for Word and PowerPoint alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from govpack.check.outline import Cell, Row, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Drawn(NamedTuple):
    """A cell as drawn: its text, the columns it spans, and whether it continues the cell above or to the left."""

    text: str
    span: int = 1
    above: bool = False
    left: bool = False


def make_table(rows: Sequence[Sequence[Drawn]], address: str, header_rows: int = 0) -> Table:
    """The table of `rows`. `header_rows` is how many leading rows the file marks as header; 0: the first, unmarked.

    Each merged cell's text stands in every place of the grid that it covers, `origin` only in the first.
    """
    grid: list[Row] = []
    for number, drawn in enumerate(rows, start=1):
        cells: list[Cell] = []
        for cell in drawn:
            for at in range(cell.span):
                column = len(cells)
                if cell.above and grid and column < len(grid[-1].cells):
                    cells.append(Cell(grid[-1].cells[column].text, column, origin=False))
                elif cell.left and cells:
                    cells.append(Cell(cells[-1].text, column, origin=False))
                else:
                    cells.append(Cell(cell.text, column, origin=at == 0))
        grid.append(Row(tuple(cells), number, f"{address}, row {number}"))
    titles = 0
    while titles < len(grid) - 1 and grid[titles].band:
        titles += 1
    last = max(header_rows, titles + 1)
    # "Hours" over "Respond" and "Resolve": where a heading reaches down into the next row, that row is header, too.
    while 0 < last < len(grid) - 1 and any(cell.above for cell in rows[last]):
        last += 1
    head = [row for row in grid[titles:last] if not row.band]
    width = max((len(row.cells) for row in head), default=0)
    header = tuple(_joined(row.cells[at].text for row in head if at < len(row.cells)) for at in range(width))
    return Table(tuple(grid), header, tuple(row for row in grid[last:] if not row.band), address, header_rows > 0)


def _joined(texts: Iterable[str]) -> str:
    seen: dict[str, None] = dict.fromkeys(text.strip() for text in texts if text.strip())
    return " ".join(seen)
