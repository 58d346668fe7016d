"""One part of a package on its way to Jinja source: its tags found, its blocks placed, marks put in their stead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from govpack.ooxml.names import qn
from govpack.template.attributes import AttributeFiller
from govpack.template.counting import ParagraphCounter
from govpack.template.dialects import dialect_of
from govpack.template.expressions import calls
from govpack.template.paragraphs import PARAGRAPHS, cut, drop, read_paragraph, run_of
from govpack.template.places import Addresses
from govpack.template.repeats import RepeatMarker
from govpack.template.scope import Block, Fault, Lone, Side, Site, pair_blocks, place_block, place_single
from govpack.template.shapes import Shapes
from govpack.template.tags import SINGLE, Kind, Tag, find_tags, has_tag

if TYPE_CHECKING:
    from jinja2 import nodes

    from govpack.template.compiling import Workshop

_CELLS = (qn("w:tc"), qn("a:tc"))
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class PartCompiler:
    """Compiles one part. `read` finds the tags of a part, `compile` gives its markup with marks for them."""

    def __init__(self, workshop: Workshop, part: str, root: etree._Element, name: str) -> None:
        self.part = part
        self.root = root
        self.may_empty_cells = False
        self._shop = workshop
        self._is_main = part == workshop.package.main_part
        self._addresses = Addresses(root, name, workshop.styles.headings)
        self._sites: list[Site] = []
        self._trees: dict[int, nodes.Template] = {}
        self._found = False
        self._before: dict[etree._Element, list[str]] = {}
        self._after: dict[etree._Element, list[str]] = {}
        self._replaced: list[etree._Element] = []

    def read(self) -> None:
        """Find and read every tag of the part's paragraphs."""
        self._read_slide_statements()
        for element in self.root.iter(*PARAGRAPHS):
            paragraph = read_paragraph(element)
            if not has_tag(paragraph.text):
                continue
            self._found = True
            location = self._shop.location(self._addresses.of(element))
            for tag in find_tags(paragraph.text):
                if isinstance(tag, Tag) and tag.kind is Kind.SILENT:
                    self._sites.append(Site(self._shop.add_slot(tag.raw, location), tag, paragraph))
                    continue
                read = self._shop.read_tag(tag, location)
                if isinstance(tag, Tag) and read is not None:
                    self._sites.append(Site(read[0], tag, paragraph))
                    self._trees[read[0]] = read[1]

    def _read_slide_statements(self) -> None:
        if self._shop.package.kind == "pptx":
            places = {e: self._shop.location(self._addresses.of(e)) for e in self.root.iter(*PARAGRAPHS)}
            self._shop.slides.read(self.part, self.root, places)

    def compile(self) -> str | None:
        """The part's markup with a mark for each tag; None where it has none."""
        self._shop.frames.compile_chart(self.part, self.root)
        self._found |= self.part in self._shop.frames.charts or self._shop.family.has_links(self.part)
        if self.part == self._shop.family.main and self._shop.package.kind == "pptx":
            self._found |= self._shop.slides.put(self.root)
        elif self.part.startswith("docProps/"):
            self._found |= self._shop.slides.put_counts(self.root)
        lone = Lone(self._sites)
        blocks, faults = pair_blocks(self._sites)
        for fault in faults:
            self._shop.report_fault(fault)
        for block in blocks:
            self._shop.report_fault(place_block(block, lone))
        for site in self._sites:
            if site.tag.kind is Kind.BLOCK and site.tag.word in SINGLE:
                self._shop.report_fault(place_single(site, lone))
        for block in blocks:
            self._repeat_columns(block, blocks)
        self._put_marks()
        self._put_beside()
        attributes = AttributeFiller(self._shop, self.part, self.root, self._addresses)
        attributes.fill()
        counter = ParagraphCounter(self._shop, self.root)
        if self._is_main and self._shop.package.kind == "docx" and self._shop.counts_numbers:
            counter.count()
        if not (self._found or attributes.found or counter.found):
            return None
        RepeatMarker(self._shop, self.part, self.root).mark()
        return _DECLARATION + etree.tostring(self.root, encoding="unicode")

    # -- tags of paragraphs

    def _put_marks(self) -> None:
        by_paragraph: dict[etree._Element, list[Site]] = {}
        for site in self._sites:
            if site.side is not Side.INLINE:
                self._note_anchor(site)
            by_paragraph.setdefault(site.paragraph.element, []).append(site)
        for element, sites in by_paragraph.items():
            if any(site.anchor is element and site.side is Side.REPLACE for site in sites):
                continue
            only = sites[0]
            if len(sites) == 1 and only.tag.kind is Kind.VALUE and self._stands_alone(only):
                self._replace_paragraph(only)
                continue
            inline_parents = [self._put_mark(site) for site in reversed(sites)]
            self._check_parents(sites, inline_parents[::-1])

    def _note_anchor(self, site: Site) -> None:
        anchor = site.anchor
        assert anchor is not None
        self.may_empty_cells = True
        mark = self._statement_mark(site)
        if site.side is Side.AFTER:
            self._after.setdefault(anchor, []).append(mark)
            return
        self._before.setdefault(anchor, []).append(mark)
        if site.side is Side.REPLACE and anchor not in self._replaced:
            self._replaced.append(anchor)

    def _statement_mark(self, site: Site) -> str:
        if site.tag.word == "include":
            return self._shop.marks.block(
                site.number, self._shop.fragments.add_holder(self._shop, site, self._trees[site.number])
            )
        return self._shop.marks.block(site.number, site.tag.source)

    def _stands_alone(self, site: Site) -> bool:
        paragraph = site.paragraph
        around = paragraph.text[: site.tag.start] + paragraph.text[site.tag.end :]
        if around.strip() or not paragraph.is_bare or calls(self._trees[site.number], "bookmark"):
            return False
        return not (self._shop.gathers_headings and self._shop.styles.outline_of(paragraph.element) is not None)

    def _replace_paragraph(self, site: Site) -> None:
        slot = self._shop.slots[site.number]
        first = next(leaf for leaf in site.paragraph.leaves if leaf.end > site.tag.start)
        properties = next((c for c in run_of(first.element) if c.tag == dialect_of(c).q("rPr")), None)
        slot.become_run(dialect_of(site.paragraph.element), properties)
        slot.shapes = Shapes(site.paragraph.element, properties, self._shop.styles)
        # Statements around the paragraph (a loop that repeats it) stay outside its own mark.
        self._before.setdefault(site.paragraph.element, []).append(self._shop.marks.value(site.number, site.tag.source))
        self._replaced.append(site.paragraph.element)

    def _put_mark(self, site: Site) -> etree._Element | None:
        marker, properties = cut(site.paragraph, site.tag.start, site.tag.end)
        parent = marker.getparent()
        mark = ""
        if site.tag.kind is Kind.VALUE:
            slot = self._shop.slots[site.number]
            slot.become_run(dialect_of(marker), properties)
            mark = self._shop.marks.value(site.number, site.tag.source)
            if calls(self._trees[site.number], "bookmark"):
                self._close_bookmarks_of(site)
        elif site.tag.kind is Kind.BLOCK and site.side is Side.INLINE:
            mark = self._statement_mark(site)
        marker.tail = mark + (marker.tail or "")
        drop(marker)
        return parent if site.tag.kind is Kind.BLOCK and site.side is Side.INLINE else None

    def _close_bookmarks_of(self, site: Site) -> None:
        element = site.paragraph.element
        mark = self._shop.marks.value(self._shop.engine_slot(), "_close_bookmarks()")
        if mark and len(element) and mark not in (element[-1].tail or ""):
            element[-1].tail = (element[-1].tail or "") + mark

    def _check_parents(self, sites: list[Site], parents: list[etree._Element | None]) -> None:
        opened: list[tuple[Site, etree._Element]] = []
        for site, parent in zip(sites, parents, strict=True):
            if parent is None:
                continue
            word = site.tag.word
            if word in ("for", "if"):
                opened.append((site, parent))
            elif opened and parent is not opened[-1][1]:
                reason = "the block opens inside a link or control and goes on outside"
                self._shop.report_fault(Fault(site, reason, opened[-1][0]))
            if word in ("endfor", "endif") and opened:
                opened.pop()

    # -- statements beside paragraphs, rows and cells

    def _put_beside(self) -> None:
        for element, marks in self._before.items():
            parent, previous = element.getparent(), element.getprevious()
            text = "".join(marks)
            if previous is not None:
                previous.tail = (previous.tail or "") + text
            elif parent is not None:
                parent.text = (parent.text or "") + text
        for element, marks in self._after.items():
            element.tail = "".join(marks) + (element.tail or "")
        for element in self._replaced:
            drop(element)

    def _repeat_columns(self, block: Block, blocks: list[Block]) -> None:
        """Repeat the columns of the table's grid with its cells, where the block stands in no row block."""
        first, last = block.sites[0], block.sites[-1]
        if first.anchor is None or last.anchor is None or first.anchor.tag not in _CELLS:
            return
        row = first.anchor.getparent()
        table = row.getparent() if row is not None else None
        if row is None or table is None or self._inside_row_block(first, table, blocks):
            return
        grid = next((child for child in table if child.tag in (qn("w:tblGrid"), qn("a:tblGrid"))), None)
        if grid is None or any(column in self._before or column in self._after for column in grid):
            return
        cells = [cell for cell in row if cell.tag in _CELLS]
        columns = list(grid)
        start, end = cells.index(first.anchor), cells.index(last.anchor)
        if len(columns) != len(cells):
            return
        for site, index in ((first, start), (last, end)):
            mark = self._shop.marks.block(site.number, site.tag.source)
            target = self._after if site.side is Side.AFTER else self._before
            target.setdefault(columns[index], []).append(mark)
            if site.side is Side.REPLACE:
                self._replaced.append(columns[index])

    @staticmethod
    def _inside_row_block(site: Site, table: etree._Element, blocks: list[Block]) -> bool:
        return any(
            other.sites[0].number < site.number < other.sites[-1].number
            and other.sites[0].anchor is not None
            and other.sites[0].anchor.getparent() is table
            for other in blocks
        )
