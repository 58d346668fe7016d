"""Words on a table cell, with docxtpl's meaning: ``cellbg colour``, ``colspan n``, ``hm`` and ``vm``; and ``keepnext``.

``hm`` and ``vm`` merge a cell with its copies in the loop around it: sideways where the loop repeats cells, downwards
where it repeats rows. ``keepnext condition`` holds a row of Word on the page of what comes next.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from govpack.ooxml.names import NS, qn
from govpack.template.blocks.explicit import unit_of
from govpack.template.blocks.placing import level_of, loop_around
from govpack.template.blocks.scope import Fault
from govpack.template.language.slots import Form
from govpack.template.values.pieces import Level

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govpack.template.blocks.beside import Beside
    from govpack.template.blocks.scope import Block, Site
    from govpack.template.parts.compiling import Workshop

# The children of w:tcPr in their order (ECMA-376 part 1, 17.4.70), as far as this module needs it.
_WORD_ORDER = ["cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd", "noWrap"]
_DRAWN_LINES = frozenset(("lnL", "lnR", "lnT", "lnB", "lnTlToBr", "lnBlToTr", "cell3D"))
_FILLS = frozenset(("noFill", "solidFill", "gradFill", "blipFill", "pattFill", "grpFill"))


class CellWriter:
    """Writes what the words of a part say into its cells; `beside` are the part's marks by element."""

    def __init__(self, shop: Workshop, beside: Beside) -> None:
        self._shop = shop
        self._beside = beside

    def write(self, site: Site, blocks: Sequence[Block]) -> Fault | None:
        """Put the word of `site` into its cell; a Fault where it stands in none, or in no loop that it fits."""
        cell = unit_of(site, "tc")
        word = site.tag.word
        if cell is None:
            return Fault(site, f"'{word}' says something of a table's cell, and stands in none")
        expression = site.tag.source.removeprefix(word).strip()
        in_word = cell.tag == qn("w:tc")
        if word == "cellbg":
            self._colour(site, cell, expression, in_word)
        elif word == "colspan":
            if not in_word:
                return Fault(site, "'colspan' is for Word; in a deck merge the cells of the template in PowerPoint")
            self._set(cell, "gridSpan", {"val": self._value(site, f"_span({expression})", "1")})
        elif word == "keepnext":
            if not in_word:
                return Fault(site, "'keepnext' is for Word; a table in a deck does not break over slides")
            self._keep(cell, self._value(site, f"1 if ({expression or 'true'}) else 0", "0"))
        else:
            loop = loop_around(site, blocks)
            wanted = Level.CELLS if word == "hm" else Level.ROWS
            if loop is None or level_of(loop.sites[0]) is not wanted:
                reason = f"'{word}' merges a cell with its copies, so it needs a loop that repeats {wanted.value}"
                return Fault(site, reason, loop.sites[0] if loop else None)
            self._merge(site, cell, down=word == "vm", in_word=in_word)
        return None

    def _value(self, site: Site, expression: str, fallback: str) -> str:
        slot = self._shop.slots[site.number]
        slot.form, slot.fallback = Form.ATTRIBUTE, fallback
        return self._shop.marks.value(site.number, expression)

    def _colour(self, site: Site, cell: etree._Element, expression: str, in_word: bool) -> None:
        plain = "auto" if in_word else "FFFFFF"
        mark = self._value(site, f"_colour({expression}, '{plain}')", plain)
        if in_word:
            self._set(cell, "shd", {"val": "clear", "color": "auto", "fill": mark})
            return
        properties = cell.find(qn("a:tcPr"))
        if properties is None:
            properties = etree.SubElement(cell, qn("a:tcPr"))
        for child in [child for child in properties if etree.QName(child).localname in _FILLS]:
            properties.remove(child)
        fill = etree.Element(qn("a:solidFill"))
        etree.SubElement(fill, qn("a:srgbClr")).set("val", mark)
        lines = [child for child in properties if etree.QName(child).localname in _DRAWN_LINES]
        properties.insert(len(lines), fill)

    def _keep(self, cell: etree._Element, mark: str) -> None:
        """Give every paragraph of the row a w:keepNext that says `mark`: so a row of Word keeps with the next."""
        row = next(cell.iterancestors(qn("w:tr")))
        for paragraph in row.iter(qn("w:p")):
            properties = _properties_of(paragraph, "pPr")
            style = properties.find(qn("w:pStyle"))
            for old in properties.findall(qn("w:keepNext")):
                properties.remove(old)
            kept = etree.Element(qn("w:keepNext"), nsmap={"w": NS["w"]})
            kept.set(qn("w:val"), mark)
            properties.insert(0 if style is None else 1, kept)

    def _set(self, cell: etree._Element, local: str, attributes: dict[str, str]) -> None:
        """Give w:tcPr the child `local` with these attributes, in place of any it has."""
        properties = _properties_of(cell, "tcPr")
        for old in properties.findall(qn(f"w:{local}")):
            properties.remove(old)
        made = etree.Element(qn(f"w:{local}"), nsmap={"w": NS["w"]})
        for name, value in attributes.items():
            made.set(qn(f"w:{name}"), value)
        earlier = {qn(f"w:{name}") for name in _WORD_ORDER[: _WORD_ORDER.index(local)]}
        properties.insert(sum(child.tag in earlier for child in properties), made)

    def _merge(self, site: Site, cell: etree._Element, *, down: bool, in_word: bool) -> None:
        marks = self._shop.marks
        number = site.number
        if in_word and not down:
            # The first copy spans the columns of all; the others are left out.
            span = _properties_of(cell, "tcPr").find(qn("w:gridSpan"))
            width = int(span.get(qn("w:val"), "1")) if span is not None else 1
            self._set(cell, "gridSpan", {"val": self._value(site, f"loop.length * {width}", "1")})
            self._beside.before.setdefault(cell, []).append(marks.block(number, "if loop.first"))
            self._beside.after.setdefault(cell, []).insert(0, marks.block(number, "endif"))
            return
        if in_word:
            mark = self._value(site, "'restart' if loop.first else 'continue'", "restart")
            self._set(cell, "vMerge", {"val": mark})
        else:
            cell.set("rowSpan" if down else "gridSpan", self._value(site, "loop.length if loop.first else 1", "1"))
            cell.set("vMerge" if down else "hMerge", marks.value(number, "0 if loop.first else 1"))
        self._show_in_first(site, cell if in_word else cell.find(qn("a:txBody")))

    def _show_in_first(self, site: Site, body: etree._Element | None) -> None:
        """What the cell holds stands in the first copy only; the others keep an empty paragraph, as the format asks."""
        if body is None or not len(body):
            return
        marks = self._shop.marks
        paragraph = next((child for child in body if child.tag in (qn("w:p"), qn("a:p"))), None)
        empty = etree.Element(qn("w:p") if body.tag == qn("w:tc") else qn("a:p"))
        start = marks.block(site.number, "if loop.first")
        before = paragraph.getprevious() if paragraph is not None else None
        if before is not None:
            before.tail = start + (before.tail or "")
        else:
            body.text = start + (body.text or "")
        body[-1].tail = (body[-1].tail or "") + marks.block(site.number, "else")
        body.append(empty)
        empty.tail = marks.block(site.number, "endif")


def _properties_of(element: etree._Element, local: str) -> etree._Element:
    """The properties of a cell (tcPr) or a paragraph (pPr) of Word, which stand first in it."""
    properties = element.find(qn(f"w:{local}"))
    if properties is None:
        properties = etree.Element(qn(f"w:{local}"), nsmap={"w": NS["w"]})
        properties.tail, element.text = element.text, None
        element.insert(0, properties)
    return properties
