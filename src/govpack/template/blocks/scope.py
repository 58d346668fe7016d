"""Which part of the document a block tag repeats or drops: text, paragraphs, cells or rows.

A block finds its own scope from where its tags stand. Tags in one paragraph take the text between them; tags in
paragraphs of their own take the paragraphs between; tags in the first and last cell of a row take the row; in
different rows of a table, those rows; in other cells of one row, the cells. Anything else names both places.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from govpack.ooxml.names import qn
from govpack.template.blocks.objects import side_of_objects
from govpack.template.language.tags import Kind
from govpack.template.markup.paragraphs import PAGE_BREAK, PARAGRAPHS, is_blank, read_paragraph

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lxml import etree

    from govpack.template.language.tags import Tag
    from govpack.template.markup.paragraphs import ParagraphText

ROWS = (qn("w:tr"), qn("a:tr"))
CELLS = (qn("w:tc"), qn("a:tc"))
TABLES = (qn("w:tbl"), qn("a:tbl"))
_CONTROL = qn("w:sdt")
SECTION = f"{qn('w:pPr')}/{qn('w:sectPr')}"


class Side(Enum):
    """Where a statement goes: into the text where it stands, beside an element, or in an element's place."""

    INLINE = "inline"
    BEFORE = "before"
    AFTER = "after"
    REPLACE = "replace"


class Site:
    """One tag of a part: `number` in the template, the paragraph it stands in, and where its statement goes."""

    def __init__(self, number: int, tag: Tag, paragraph: ParagraphText) -> None:
        self.number = number
        self.tag = tag
        self.paragraph = paragraph
        self.side = Side.INLINE
        self.anchor: etree._Element | None = None


class Block:
    """The tags of one block in their order: what opens it, its branches, what closes it."""

    def __init__(self, sites: list[Site]) -> None:
        self.sites = sites

    @property
    def word(self) -> str:
        """``for``, ``if``, ``macro``."""
        return self.sites[0].tag.word


class Fault(NamedTuple):
    """What is wrong with a block: the tag to name, the reason, and the other place it speaks of."""

    site: Site
    reason: str
    other: Site | None = None


def place_block(block: Block, lone: Lone) -> Fault | None:
    """Say for each tag of `block` where its statement goes; a Fault where its tags have no scope in common."""
    sites = block.sites
    paragraphs = [site.paragraph.element for site in sites]
    if all(element is paragraphs[0] for element in paragraphs):
        return None
    shared = _shared_ancestor(paragraphs)
    units = [_child_towards(shared, element) for element in paragraphs]
    if shared.tag in ROWS:
        return _place_in_row(block, shared, units, lone)
    if shared.tag in TABLES:
        return _place_rows(block, units, lone)
    return _place_paragraphs(block, units, lone)


def place_single(site: Site, lone: Lone) -> Fault | None:
    """A statement of one tag takes its paragraph's place where it stands alone; a fragment must."""
    ends_section = site.paragraph.element.find(SECTION) is not None
    if lone.paragraph(site.paragraph.element) and not ends_section:
        site.side, site.anchor = Side.REPLACE, site.paragraph.element
    elif site.tag.word == "include" and ends_section:
        return Fault(site, "its paragraph ends a section; put the tag into a paragraph of its own")
    elif site.tag.word == "include":
        return Fault(site, "a fragment brings whole paragraphs, so its tag must stand alone in a paragraph")
    return None


class Lone:
    """Knows which paragraphs, rows and cells hold statements and nothing else."""

    def __init__(self, sites: Iterable[Site]) -> None:
        self._sites: dict[etree._Element, list[Site]] = {}
        for site in sites:
            self._sites.setdefault(site.paragraph.element, []).append(site)
        self._known: dict[etree._Element, bool] = {}

    def paragraph(self, element: etree._Element) -> bool:
        """Whether `element` holds statements, and no other text, value or object."""
        if element not in self._known:
            sites = self._sites.get(element, [])
            self._known[element] = bool(sites) and self._is_lone(sites[0].paragraph, sites)
        return self._known[element]

    def whole(self, element: etree._Element, but: Site | None = None) -> bool:
        """Whether a row, cell or paragraph holds statements and nothing else; the value `but` counts for one."""
        held = [p for p in element.iter(*PARAGRAPHS) if p in self._sites]
        return (
            bool(held)
            and next(element.iter(*TABLES), None) is None
            and all(
                (self.paragraph(p) or (but is not None and but.paragraph.element is p and self._holds_only(p, but)))
                if p in self._sites
                else is_empty(p)
                for p in element.iter(*PARAGRAPHS)
            )
        )

    def _holds_only(self, element: etree._Element, value: Site) -> bool:
        """Whether `element` holds `value`, and beside it statements and nothing else."""
        sites = self._sites[element]
        if any(site is not value and site.tag.kind in (Kind.VALUE, Kind.CELL) for site in sites):
            return False
        return value.paragraph.holds_only_text and is_blank(outside(value.paragraph.text, sites))

    def text_before(self, site: Site) -> str:
        """What stands before `site` in its paragraph, other statements apart."""
        others = [other for other in self._sites[site.paragraph.element] if other.tag.end <= site.tag.start]
        return _seen(outside(site.paragraph.text[: site.tag.start], _statements(others)))

    def text_after(self, site: Site) -> str:
        """What stands behind `site` in its paragraph, other statements apart."""
        others = [other for other in self._sites[site.paragraph.element] if other.tag.start >= site.tag.end]
        behind = " " * site.tag.end + site.paragraph.text[site.tag.end :]
        return _seen(outside(behind, _statements(others)))

    def outside(self, site: Site) -> str:
        """On which side of `site`, ``before`` or ``behind``, the objects of a paragraph without text all stand."""
        others = self._sites[site.paragraph.element]
        text = outside(site.paragraph.text, others)
        if text.replace(PAGE_BREAK, "").strip() or any(o.tag.kind in (Kind.VALUE, Kind.CELL) for o in others):
            return ""
        return side_of_objects(site.paragraph, site.tag.start, site.tag.end)

    @staticmethod
    def _is_lone(paragraph: ParagraphText, sites: Sequence[Site]) -> bool:
        if any(site.tag.kind in (Kind.VALUE, Kind.CELL) for site in sites) or not paragraph.holds_only_text:
            return False
        return is_blank(outside(paragraph.text, sites))


def _statements(sites: Iterable[Site]) -> list[Site]:
    return [site for site in sites if site.tag.kind is not Kind.VALUE]


def outside(text: str, sites: Iterable[Site]) -> str:
    position, kept = 0, []
    for site in sites:
        kept.append(text[position : site.tag.start])
        position = site.tag.end
    return "".join([*kept, text[position:]])


def _seen(text: str) -> str:
    """What a reader sees of `text`; a page break counts."""
    return text.replace(PAGE_BREAK, "¶").strip()


def is_empty(paragraph: etree._Element) -> bool:
    """Whether `paragraph` shows nothing: no text, picture, sign or break."""
    read = read_paragraph(paragraph)
    return is_blank(read.text) and read.holds_only_text


def _place_in_row(block: Block, row: etree._Element, units: list[etree._Element], lone: Lone) -> Fault | None:
    cells = [cell for cell in row if _is_unit(cell, CELLS)]
    first, last = block.sites[0], block.sites[-1]
    if len(block.sites) > 2:
        return Fault(block.sites[1], f"give each branch of this '{block.word}' a row of its own", first)
    if units[0] is cells[0] and units[-1] is cells[-1]:
        first.side, first.anchor = Side.BEFORE, row
        last.side, last.anchor = Side.AFTER, row
        return None
    first.side, first.anchor = (Side.REPLACE if lone.whole(units[0]) else Side.BEFORE), units[0]
    last.side, last.anchor = (Side.REPLACE if lone.whole(units[-1]) else Side.AFTER), units[-1]
    return None


def _place_rows(block: Block, units: list[etree._Element], lone: Lone) -> Fault | None:
    for index, (site, unit) in enumerate(zip(block.sites, units, strict=True)):
        if not _is_unit(unit, ROWS):
            return Fault(site, "the tag stands in no row of the table", block.sites[0])
        if lone.whole(unit):
            site.side, site.anchor = Side.REPLACE, unit
        elif index == 0:
            site.side, site.anchor = Side.BEFORE, unit
        elif site is block.sites[-1]:
            site.side, site.anchor = Side.AFTER, unit
        else:
            return Fault(site, f"give '{site.tag.word}' a row of its own", block.sites[0])
    return None


def _place_paragraphs(block: Block, units: list[etree._Element], lone: Lone) -> Fault | None:
    first, last = block.sites[0], block.sites[-1]
    for site, unit in zip(block.sites, units, strict=True):
        if unit is not site.paragraph.element:
            other = last if site is first else first
            return Fault(site, f"this '{block.word}' opens in one table, box or control and closes in another", other)
        if unit.find(SECTION) is not None:
            return Fault(site, "its paragraph ends a section; put the tag into a paragraph of its own")
        side = lone.outside(site)
        if lone.paragraph(unit):
            site.side, site.anchor = Side.REPLACE, unit
        elif (site is last and side == "behind") or (site is first and side != "before" and not lone.text_before(site)):
            site.side, site.anchor = Side.BEFORE, unit
        elif (site is first and side == "before") or (site is last and not lone.text_after(site)):
            site.side, site.anchor = Side.AFTER, unit
        else:
            other = last if site is first else first
            return Fault(site, f"put '{site.tag.word}' alone into its paragraph, or the whole block into one", other)
    return None


def _is_unit(element: etree._Element, tags: tuple[str, ...]) -> bool:
    """Whether `element` is a row or cell, or a content control around some."""
    if element.tag != _CONTROL:
        return element.tag in tags
    content = element.find(qn("w:sdtContent"))
    return content is not None and any(child.tag in tags for child in content)


def _shared_ancestor(elements: Sequence[etree._Element]) -> etree._Element:
    chains = [[element, *element.iterancestors()] for element in elements]
    others = [set(chain) for chain in chains[1:]]
    return next(ancestor for ancestor in chains[0] if all(ancestor in other for other in others))


def _child_towards(ancestor: etree._Element, element: etree._Element) -> etree._Element:
    while (parent := element.getparent()) is not None and parent is not ancestor:
        element = parent
    return element
