"""Marks that go beside whole elements: before or behind a paragraph, row or cell, or in its stead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govpack.ooxml.names import qn
from govpack.template.blocks.margins import keep_ranges
from govpack.template.blocks.scope import CELLS, Side
from govpack.template.markup.paragraphs import drop, put_before

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml import etree

    from govpack.template.blocks.scope import Block, Site
    from govpack.template.language.source import Marks

_GRIDS = (qn("w:tblGrid"), qn("a:tblGrid"))


class Beside:
    """The marks of one part that are to go beside its elements, gathered first, since places are found by elements."""

    def __init__(self) -> None:
        self.before: dict[etree._Element, list[str]] = {}
        self.after: dict[etree._Element, list[str]] = {}
        self.replaced: list[etree._Element] = []

    def add(self, element: etree._Element, side: Side, mark: str) -> None:
        """Put `mark` on that side of `element`, behind those that are there; an element is replaced once."""
        if side is Side.AFTER:
            self.after.setdefault(element, []).append(mark)
            return
        self.before.setdefault(element, []).append(mark)
        if side is Side.REPLACE and element not in self.replaced:
            self.replaced.append(element)

    def put(self, sites: list[Site]) -> None:
        """Write the marks into the tree, and take what they replace out of it; `sites` are those of all tags."""
        keep_ranges(self.replaced, sites)
        for element, marks in self.before.items():
            put_before(element, "".join(marks))
        for element, marks in self.after.items():
            element.tail = "".join(marks) + (element.tail or "")
        for element in self.replaced:
            drop(element)

    def repeat_columns(self, block: Block, blocks: Sequence[Block], marks: Marks) -> None:
        """Repeat the columns of the table's grid with its cells, where the block stands in no row block."""
        first, last = block.sites[0], block.sites[-1]
        if first.anchor is None or last.anchor is None or first.anchor.tag not in CELLS:
            return
        row = first.anchor.getparent()
        table = row.getparent() if row is not None else None
        if row is None or table is None or _inside_row_block(first, table, blocks):
            return
        grid = next((child for child in table if child.tag in _GRIDS), None)
        if grid is None or any(column in self.before or column in self.after for column in grid):
            return
        cells = [cell for cell in row if cell.tag in CELLS]
        columns = list(grid)
        start, end = cells.index(first.anchor), cells.index(last.anchor)
        if len(columns) != len(cells):
            return
        for site, index in ((first, start), (last, end)):
            self.add(columns[index], site.side, marks.block(site.number, site.tag.source))


def _inside_row_block(site: Site, table: etree._Element, blocks: Sequence[Block]) -> bool:
    return any(
        other.sites[0].number < site.number < other.sites[-1].number
        and other.sites[0].anchor is not None
        and other.sites[0].anchor.getparent() is table
        for other in blocks
    )
