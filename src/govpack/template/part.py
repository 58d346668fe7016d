"""One part of a package on its way to Jinja source: its tags found, its blocks placed, marks put in their stead."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from lxml import etree

from govpack.ooxml.names import qn
from govpack.template.cells import CellWriter
from govpack.template.charts import read_chart
from govpack.template.dialects import dialect_of, xml_of
from govpack.template.expressions import calls
from govpack.template.merging import join_paragraphs, unescape_paragraph, unescape_text
from govpack.template.paragraphs import GONE, PARAGRAPHS, TEXT, ParagraphText, cut, drop, read_paragraph, run_of
from govpack.template.places import Addresses
from govpack.template.placing import level_of, place_tags
from govpack.template.scope import ROWS, Block, Fault, Side, Site, pair_blocks
from govpack.template.shapes import Shape, Shapes
from govpack.template.slots import Form
from govpack.template.tags import JUMPS, Kind, Tag, TagError, TagFinder, find_tags, has_tag

if TYPE_CHECKING:
    from jinja2 import nodes

    from govpack.findings import Location
    from govpack.template.compiling import Workshop

_CELLS = (qn("w:tc"), qn("a:tc"))
_TEXT_BOX = qn("w:txbxContent")
_DESCRIBED = {"descr", "title"}
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PROPERTIES = (qn("w:pPr"), qn("a:pPr"), qn("a:endParaRPr"))
_FRAMES = ("graphicFrame", "inline", "anchor")


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
        self._texts: dict[etree._Element, str] = {}

    def read(self) -> None:
        """Find and read every tag of the part's paragraphs."""
        for element, sign, reason in join_paragraphs(self.root):
            self._shop.report(sign, reason, self._shop.location(self._addresses.of(element)))
        finder = TagFinder()
        for element in self.root.iter(*PARAGRAPHS):
            paragraph = read_paragraph(element)
            if not has_tag(paragraph.text) and not (finder.in_raw and "endraw" in paragraph.text):
                continue
            self._found = True
            location = self._shop.location(self._addresses.of(element))
            for tag in finder.find(paragraph.text):
                if isinstance(tag, Tag) and (tag.kind is Kind.SILENT or tag.word in ("raw", "endraw")):
                    self._sites.append(Site(self._shop.add_slot(tag.raw, location), tag, paragraph))
                    continue
                read = self._shop.read_tag(tag, location)
                if isinstance(tag, Tag) and read is not None:
                    self._sites.append(Site(read[0], tag, paragraph))
                    self._trees[read[0]] = read[1]

    def compile(self) -> str | None:
        """The part's markup with a mark for each tag; None where it has none."""
        blocks, faults = place_tags(self._sites)
        self._report(faults)
        for site in self._sites:
            self._shop.slots[site.number].level = level_of(site)
        for block in blocks:
            self._repeat_columns(block, blocks)
        self._put_marks()
        cells = CellWriter(self._shop, self._before, self._after)
        for site in self._sites:
            if site.tag.kind is Kind.CELL:
                self._report_one(cells.write(site, blocks))
        self._put_beside()
        for element in self.root.iter(*PARAGRAPHS):
            unescape_paragraph(element)
        self._unwrap_definitions(blocks)
        self._fill_attributes_and_texts()
        if self._is_main and self._shop.package.kind == "docx" and self._shop.counts_numbers:
            self._count_paragraphs()
        if not self._found:
            return None
        return _DECLARATION + etree.tostring(self.root, encoding="unicode")

    def _report(self, faults: list[Fault]) -> None:
        for fault in faults:
            self._report_one(fault)

    def _report_one(self, fault: Fault | None) -> None:
        if fault is None:
            return
        slot = self._shop.slots[fault.site.number]
        reason = fault.reason
        if fault.other is not None:
            other = self._shop.slots[fault.other.number]
            reason += f"; see '{other.raw}' at {other.location.at}"
        self._shop.report(slot.raw, reason, slot.location)

    # -- tags of paragraphs

    def _put_marks(self) -> None:
        by_paragraph: dict[etree._Element, list[Site]] = {}
        for site in self._sites:
            if site.side is not Side.INLINE:
                self._note_anchor(site)
            by_paragraph.setdefault(site.paragraph.element, []).append(site)
            self._texts.setdefault(site.paragraph.element, site.paragraph.text)
        for element, sites in by_paragraph.items():
            if any(site.side is Side.REPLACE and site.anchor in self._swallowed_by(element) for site in sites):
                continue
            if any(site.anchor is element and site.side is Side.REPLACE for site in sites):
                continue
            only = sites[0]
            if len(sites) == 1 and only.tag.kind is Kind.VALUE and self._stands_alone(only):
                self._replace_paragraph(only)
                continue
            self._report_one(_paragraph_value_among(sites))
            around = self._split_shape(element)
            inline_parents = [self._put_mark(site, around) for site in reversed(sites)]
            self._check_parents(sites, inline_parents[::-1])

    @staticmethod
    def _swallowed_by(element: etree._Element) -> list[etree._Element]:
        """The rows and cells around `element`: where a tag takes the place of one, its paragraphs go with it."""
        return [ancestor for ancestor in element.iterancestors() if ancestor.tag in (*ROWS, *_CELLS)]

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
        if site.tag.kind is Kind.VALUE:
            return self._shop.marks.value(site.number, site.tag.source)
        if site.tag.kind is Kind.SILENT or site.tag.word in ("raw", "endraw"):
            return ""
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

    def _split_shape(self, element: etree._Element) -> Shape | None:
        """The paragraph that a value inside `element` may begin anew; none where it ends a section."""
        dialect = dialect_of(element)
        properties = element.find(dialect.q("pPr"))
        if properties is not None and properties.find(qn("w:sectPr")) is not None:
            return None
        level = self._shop.styles.level_of(element) if dialect.name == "w" else None
        return Shape(f"<{dialect.name}:p>{xml_of(properties)}", f"</{dialect.name}:p>", level)

    def _put_mark(self, site: Site, around: Shape | None) -> etree._Element | None:
        marker, properties = cut(site.paragraph, site.tag.start, site.tag.end)
        parent = marker.getparent()
        mark = ""
        if site.tag.kind is Kind.VALUE:
            slot = self._shop.slots[site.number]
            slot.become_run(dialect_of(marker), properties)
            slot.around = around if parent is site.paragraph.element else None
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
        mark = self._shop.marks.value(self._engine_slot(), "_close_bookmarks()")
        if mark and len(element) and mark not in (element[-1].tail or ""):
            element[-1].tail = (element[-1].tail or "") + mark

    def _check_parents(self, sites: list[Site], parents: list[etree._Element | None]) -> None:
        opened: list[tuple[Site, etree._Element]] = []
        for site, parent in zip(sites, parents, strict=True):
            if parent is None:
                continue
            loops = [(s, p) for s, p in opened if s.tag.word == "for"] if site.tag.word in JUMPS else opened
            if site.tag.opens:
                opened.append((site, parent))
            elif loops and parent is not loops[-1][1] and (site.tag.word in JUMPS or not site.tag.is_single):
                reason = "the block opens inside a link or control and goes on outside"
                self._report_one(Fault(site, reason, loops[-1][0]))
            if site.tag.closes and opened:
                opened.pop()

    def _engine_slot(self) -> int:
        return self._shop.add_slot("", self._shop.location(""), Form.MARKUP)

    def _unwrap_definitions(self, blocks: list[Block]) -> None:
        """A paragraph that holds the bodies of macros and assignments and nothing else leaves none behind."""
        by_paragraph: dict[etree._Element, list[Site]] = {}
        for site in self._sites:
            by_paragraph.setdefault(site.paragraph.element, []).append(site)
        for block in blocks:
            first, last = block.sites[0], block.sites[-1]
            element = first.paragraph.element
            sites = by_paragraph[element]
            alone = first is sites[0] and last is sites[-1] and first.side is Side.INLINE
            if block.word not in ("macro", "set") or not alone or element in self._replaced:
                continue
            text = self._texts.get(element, "")
            parent = element.getparent()
            if parent is None or (text[: first.tag.start] + text[last.tag.end :]).strip():
                continue
            if any(child.tag in (qn("w:pPr"), qn("a:pPr")) and len(child.findall(qn("w:sectPr"))) for child in element):
                continue
            self._may_unwrap(element)

    def _may_unwrap(self, element: etree._Element) -> None:
        """Put what `element` holds in its stead: markup of a body, which is printed elsewhere."""
        self.may_empty_cells = True
        self._put_before(element, element.text or "")
        element.text = None
        for child in list(element):
            if child.tag in _PROPERTIES:
                self._put_before(element, child.tail or "")
            else:
                element.addprevious(child)
        drop(element)

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

    # -- everything that is no paragraph

    def _fill_attributes_and_texts(self) -> None:
        for element in self.root.iter():
            for name, value in element.attrib.items():
                text = str(value)
                if "%7B%" in text:
                    # A link's target is a URI: Word writes the tag's braces in percent form.
                    text = text.replace("%7B%7B", "{{").replace("%7D%7D", "}}").replace("%20", " ")
                if has_tag(text):
                    element.set(name, self._fill(text, element, Form.ATTRIBUTE, str(name)))
            if element.text and has_tag(element.text) and not self._was_read(element):
                element.text = self._fill(element.text, element, Form.TEXT, "")
            if element.tail and has_tag(element.tail):
                self._shop.report("", "a tag stands between the elements of the part", self._location(element, ""))

    @staticmethod
    def _was_read(element: etree._Element) -> bool:
        """Whether `element` is a paragraph's text, so that a tag left in it was refused already or is raw."""
        return element.tag in TEXT and not any(ancestor.tag in GONE for ancestor in element.iterancestors())

    def _fill(self, text: str, element: etree._Element, form: Form, attribute: str) -> str:
        """`text` with a mark for each of its tags."""
        self._found = True
        location = self._location(element, attribute)
        pieces, position = [], 0
        sites: list[Site] = []
        for tag in find_tags(text):
            if isinstance(tag, TagError):
                self._shop.report(tag.tag, tag.reason, location)
                continue
            pieces.append(unescape_text(text[position : tag.start]))
            position = tag.end
            if tag.kind is Kind.SILENT:
                continue
            if tag.kind is Kind.CELL or tag.scope or tag.word == "raw":
                self._shop.report(tag.raw, "the tag is for a paragraph of the document, and this is none", location)
                continue
            read = self._shop.read_tag(tag, location)
            if read is None:
                continue
            number, tree = read
            if tag.kind is Kind.BLOCK:
                sites.append(Site(number, tag, ParagraphText(element)))
                pieces.append(self._shop.marks.block(number, tag.source))
                continue
            slot = self._shop.slots[number]
            slot.form = form
            if calls(tree, "chart"):
                self._bind_chart(number, element, location)
            pieces.append(self._shop.marks.value(number, tag.source))
        self._report(pair_blocks(sites)[1])
        return "".join([*pieces, unescape_text(text[position:])])

    def _location(self, element: etree._Element, attribute: str) -> Location:
        at = self._addresses.of(element)
        if attribute in _DESCRIBED:
            at += ", alternative text"
        elif attribute:
            at += f", {etree.QName(attribute).localname}"
        return self._shop.location(at)

    def _bind_chart(self, number: int, element: etree._Element, location: Location) -> None:
        frame = next((e for e in element.iterancestors() if etree.QName(e).localname in _FRAMES), None)
        node = next(frame.iter(qn("c:chart")), None) if frame is not None else None
        relationship = None
        if node is not None:
            relationship = self._shop.package.relationships(self.part).get(node.get(qn("r:id"), ""))
        slot = self._shop.slots[number]
        if relationship is None:
            self._shop.report(slot.raw, "this is not the alternative text of a native chart", location)
            return
        slot.chart = read_chart(self._shop.package, relationship.target)

    # -- numbered paragraphs and headings

    def _count_paragraphs(self) -> None:
        """Have each numbered paragraph counted where it is written, and headings gathered if contents are wanted."""
        for element in self.root.iter(qn("w:p")):
            if next(element.iterancestors(_TEXT_BOX), None) is not None:
                continue
            level = self._shop.styles.level_of(element)
            outline = self._shop.styles.outline_of(element) if self._shop.gathers_headings else None
            bookmarked = bool(len(element)) and any("\ufdd0" in (child.tail or "") for child in element)
            marks = ""
            if level is not None:
                marks += self._engine_mark(f"_count({json.dumps(level.num_id)}, {level.depth})")
            elif bookmarked or outline is not None:
                marks += self._engine_mark('_count("", 0)')
            if outline is not None and len(element):
                marks += self._engine_mark(f"_open_heading({outline})")
                self._note_texts(element)
                element[-1].tail = (element[-1].tail or "") + self._engine_mark("_close_heading()")
            if marks:
                self._put_first(element, marks)

    def _engine_mark(self, expression: str) -> str:
        self._found = True
        return self._shop.marks.value(self._engine_slot(), expression)

    def _note_texts(self, element: etree._Element) -> None:
        for leaf in read_paragraph(element).leaves:
            run = run_of(leaf.element)
            self._put_before(run, self._engine_mark(f"_note({json.dumps(leaf.text)})"))

    @staticmethod
    def _put_before(element: etree._Element, text: str) -> None:
        previous, parent = element.getprevious(), element.getparent()
        if previous is not None:
            previous.tail = (previous.tail or "") + text
        elif parent is not None:
            parent.text = (parent.text or "") + text

    @staticmethod
    def _put_first(paragraph: etree._Element, marks: str) -> None:
        properties = paragraph.find(qn("w:pPr"))
        if properties is not None:
            properties.tail = marks + (properties.tail or "")
        else:
            paragraph.text = marks + (paragraph.text or "")


def _paragraph_value_among(sites: list[Site]) -> Fault | None:
    """A value for a whole paragraph that shares its paragraph with others."""
    for site in sites:
        if site.tag.kind is Kind.VALUE and site.tag.scope == "p":
            return Fault(site, "the value takes the place of its paragraph, so the tag must stand alone in it")
    return None
