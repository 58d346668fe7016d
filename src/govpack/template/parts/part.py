"""One part of a package on its way to Jinja source: its tags found, its blocks placed, marks put in their stead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from govpack.ooxml.names import qn
from govpack.template.blocks.balance import halved_fields
from govpack.template.blocks.beside import Beside
from govpack.template.blocks.cells import CellWriter
from govpack.template.blocks.definitions import unwrap_definitions
from govpack.template.blocks.keeping import sign_kept
from govpack.template.blocks.merging import join_loose_texts, join_paragraphs, unescape_paragraph
from govpack.template.blocks.notes import mark_owned
from govpack.template.blocks.placing import level_of, place_tags
from govpack.template.blocks.scope import CELLS, ROWS, Fault, Side, Site
from govpack.template.language.tags import JUMPS, PAIRED, Kind, Tag, TagFinder, has_tag
from govpack.template.markup.counting import ParagraphCounter
from govpack.template.markup.dialects import dialect_of, xml_of
from govpack.template.markup.paragraphs import cut, drop, read_paragraph, run_of
from govpack.template.markup.places import Addresses
from govpack.template.markup.searching import with_braces
from govpack.template.parts.attributes import AttributeFiller
from govpack.template.parts.controls import ControlPlaces
from govpack.template.parts.emptied import containers, sign_emptied
from govpack.template.parts.existing import ExistingControls
from govpack.template.parts.repeats import RepeatMarker
from govpack.template.parts.shapes import Shape, Shapes

if TYPE_CHECKING:
    from govpack.template.language.said import Said
    from govpack.template.parts.compiling import Workshop

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class PartCompiler:
    """Compiles one part. `read` finds the tags of a part, `compile` gives its markup with marks for them."""

    def __init__(self, workshop: Workshop, part: str, root: etree._Element, name: str) -> None:
        self.part = part
        self.root = root
        self._shop = workshop
        self._is_main = part == workshop.package.main_part
        self._addresses = Addresses(root, name, workshop.styles.headings)
        self._sites: list[Site] = []
        self._said: dict[int, Said] = {}
        self._places = ControlPlaces(root, possible=part in workshop.stories)
        self._existing = ExistingControls(workshop, root, self._addresses)
        self._found = False
        self._beside = Beside()
        self._texts: dict[etree._Element, str] = {}

    def read(self) -> None:
        """Find and read every tag of the part's paragraphs and controls."""
        for element, sign, reason in join_paragraphs(self.root):
            self._shop.report(sign, reason, self._shop.location(self._addresses.of(element)))
        self._existing.read()
        self._read_slide_statements()
        finder = TagFinder()
        for element in with_braces(self.root):
            for raw in join_loose_texts(element):
                reason = "the tag is split over several elements of a field, formula or deletion; type it anew in one"
                self._shop.report(raw, reason, self._shop.location(self._addresses.of(element)))
            paragraph = read_paragraph(element)
            if not has_tag(paragraph.text) and not (finder.in_raw and "endraw" in paragraph.text):
                continue
            self._found = True
            location = self._shop.location(self._addresses.of(element))
            for tag in finder.find(paragraph.text):
                if isinstance(tag, Tag) and (tag.kind is Kind.SILENT or tag.is_raw):
                    self._sites.append(Site(self._shop.add_slot(tag.raw, location), tag, paragraph))
                    continue
                read = self._shop.read_tag(tag, location)
                if isinstance(tag, Tag) and read is not None:
                    self._sites.append(Site(read[0], tag, paragraph))
                    self._said[read[0]] = read[1]
                elif isinstance(tag, Tag) and tag.word in PAIRED and tag.kind is Kind.BLOCK:
                    # Refused, but it still opens or closes its block, so that no other tag is blamed.
                    self._sites.append(Site(self._shop.add_slot(tag.raw, location), tag, paragraph))
        self._existing.bind(self._sites)

    @property
    def has_tags(self) -> bool:
        """Whether a paragraph of the part holds a tag."""
        return bool(self._sites)

    @property
    def includes_fragments(self) -> bool:
        """Whether a tag of the part includes a fragment."""
        return any(site.tag.kind is Kind.BLOCK and site.tag.word == "include" for site in self._sites)

    def _read_slide_statements(self) -> None:
        if self._shop.package.kind == "pptx":
            self._shop.slides.read(self.part, self.root, lambda e: self._shop.location(self._addresses.of(e)))

    def compile(self) -> str | None:
        """The part's markup with a mark for each tag; None where it has none."""
        self._shop.frames.compile_chart(self.part, self.root)
        self._found |= self.part in self._shop.frames.charts or self._shop.family.has_links(self.part)
        if self.part == self._shop.family.main and self._shop.package.kind == "pptx":
            self._found |= self._shop.slides.put(self.root)
        elif self.part.startswith("docProps/"):
            self._found |= self._shop.slides.put_counts(self.root)
        held = containers(self.root)
        blocks, faults = place_tags(self._sites)
        for fault in faults:
            self._shop.report_fault(fault)
        for site in self._sites:
            self._shop.slots[site.number].level = level_of(site)
        for block in blocks:
            self._beside.repeat_columns(block, blocks, self._shop.marks)
        sign_kept(blocks, self._sites, self._shop.styles, self._beside)
        self._put_marks()
        cells = CellWriter(self._shop, self._beside)
        for site in self._sites:
            if site.tag.kind is Kind.CELL:
                self._shop.report_fault(cells.write(site, blocks))
        for control, mark in self._existing.replaced:
            self._found = True
            self._beside.add(control, Side.REPLACE, mark)
        self._beside.put(self._sites)
        for element in with_braces(self.root):
            unescape_paragraph(element)
        unwrap_definitions(self._sites, blocks, self._texts, self._beside.replaced)
        attributes = AttributeFiller(self._shop, self.part, self.root, self._addresses)
        attributes.fill()
        counter = ParagraphCounter(self._shop, self.root)
        if self._is_main and self._shop.package.kind == "docx" and self._shop.counts_numbers:
            counter.count()
        owns = self._shop.package.kind == "docx" and mark_owned(self._shop, self.part, self.root)
        if not (self._found or attributes.found or counter.found or owns):
            return None
        for number in halved_fields(self.root, self._shop.marks.statements):
            slot = self._shop.slots[number]
            reason = "the block holds one end of a field and not the other; put its tags around the whole field"
            self._shop.report(slot.raw, reason, slot.location)
        RepeatMarker(self._shop, self.part, self.root).mark()
        sign_emptied(self.root, held)
        return _DECLARATION + etree.tostring(self.root, encoding="unicode")

    # -- tags of paragraphs

    def _put_marks(self) -> None:
        by_paragraph: dict[etree._Element, list[Site]] = {}
        for site in self._sites:
            if site.side is not Side.INLINE:
                self._note_anchor(site)
            by_paragraph.setdefault(site.paragraph.element, []).append(site)
            if site.paragraph.element not in self._texts:
                self._texts[site.paragraph.element] = site.paragraph.text
        for element, sites in by_paragraph.items():
            if any(site.side is Side.REPLACE and site.anchor in self._swallowed_by(element) for site in sites):
                continue
            if any(site.anchor is element and site.side is Side.REPLACE for site in sites):
                continue
            only = sites[0]
            if len(sites) == 1 and only.tag.kind is Kind.VALUE and self._stands_alone(only):
                self._replace_paragraph(only)
                continue
            self._shop.report_fault(_paragraph_value_among(sites))
            around = self._split_shape(element)
            inline_parents = [self._put_mark(site, around) for site in reversed(sites)]
            self._check_parents(sites, inline_parents[::-1])

    @staticmethod
    def _swallowed_by(element: etree._Element) -> list[etree._Element]:
        """The rows and cells around `element`: where a tag takes the place of one, its paragraphs go with it."""
        return [ancestor for ancestor in element.iterancestors() if ancestor.tag in (*ROWS, *CELLS)]

    def _note_anchor(self, site: Site) -> None:
        assert site.anchor is not None
        self._beside.add(site.anchor, site.side, self._statement_mark(site))

    def _statement_mark(self, site: Site) -> str:
        if site.tag.kind is Kind.VALUE:
            return self._shop.marks.value(site.number, site.tag.source)
        if site.tag.kind is Kind.SILENT or site.tag.word in ("raw", "endraw"):
            return ""
        if site.tag.word == "include":
            allowed = self._places.allow(site.paragraph.element)
            said = self._said[site.number]
            statement = self._shop.fragments.add_holder(self._shop, site, said, holds_controls=allowed)
            return self._shop.marks.block(site.number, statement)
        return self._shop.marks.block(site.number, site.tag.source)

    def _stands_alone(self, site: Site) -> bool:
        paragraph = site.paragraph
        around = paragraph.text[: site.tag.start] + paragraph.text[site.tag.end :]
        # A tab or break beside the tag is meant to stay; blanks come of careless typing.
        goes = paragraph.may_go if site.tag.scope == "p" else paragraph.is_bare
        if around.strip(" \u00a0") or not goes or self._said[site.number].opens_range:
            return False
        return not (self._shop.gathers_headings and self._shop.styles.outline_of(paragraph.element) is not None)

    def _replace_paragraph(self, site: Site) -> None:
        slot = self._shop.slots[site.number]
        first = next(leaf for leaf in site.paragraph.leaves if leaf.end > site.tag.start)
        properties = next((c for c in run_of(first.element) if c.tag == dialect_of(c).q("rPr")), None)
        slot.become_run(dialect_of(site.paragraph.element), properties)
        slot.may_be_control = self._places.allow(site.paragraph.element)
        slot.shapes = Shapes(site.paragraph.element, properties, self._shop.styles)
        # Statements around the paragraph (a loop that repeats it) stay outside its own mark.
        mark = self._shop.marks.value(site.number, site.tag.source)
        self._beside.add(site.paragraph.element, Side.REPLACE, mark)

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
            slot.may_be_control = self._places.allow(marker)
            slot.around = around if parent is site.paragraph.element else None
            mark = self._shop.marks.value(site.number, site.tag.source)
            if self._said[site.number].opens_range:
                self._close_ranges_of(site)
        elif site.tag.kind is Kind.BLOCK and site.side is Side.INLINE:
            mark = self._statement_mark(site)
        marker.tail = mark + (marker.tail or "")
        drop(marker)
        return parent if site.tag.kind is Kind.BLOCK and site.side is Side.INLINE else None

    def _close_ranges_of(self, site: Site) -> None:
        element = site.paragraph.element
        mark = self._shop.marks.value(self._shop.engine_slot(), "_close_ranges()")
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
                self._shop.report_fault(Fault(site, reason, loops[-1][0]))
            if site.tag.closes and opened:
                opened.pop()


def _paragraph_value_among(sites: list[Site]) -> Fault | None:
    """A value for a whole paragraph that shares its paragraph with others."""
    for site in sites:
        if site.tag.kind is Kind.VALUE and site.tag.scope == "p":
            return Fault(site, "the value takes the place of its paragraph, so the tag must stand alone in it")
    return None
