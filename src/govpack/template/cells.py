"""Words on a table cell, with docxtpl's meaning: ``cellbg colour``, ``colspan n``, ``hm`` and ``vm``; and ``keeprows``.

``hm`` and ``vm`` merge a cell with its copies in the loop around it: sideways where the loop repeats cells, downwards
where it repeats rows. ``keeprows`` has no page end or begin with a single row of that loop.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from govpack.ooxml.names import NS, qn
from govpack.template.explicit import unit_of
from govpack.template.pieces import Level
from govpack.template.placing import level_of, loop_around
from govpack.template.scope import Fault
from govpack.template.slots import Form

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govpack.template.beside import Beside
    from govpack.template.compiling import Workshop
    from govpack.template.scope import Block, Site

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
        else:
            loop = loop_around(site, blocks)
            wanted = Level.CELLS if word == "hm" else Level.ROWS
            if loop is None or level_of(loop.sites[0]) is not wanted:
                does = "keeps a row with its copies" if word == "keeprows" else "merges a cell with its copies"
                reason = f"'{word}' {does}, so it needs a loop that repeats {wanted.value}"
                return Fault(site, reason, loop.sites[0] if loop else None)
            if word != "keeprows":
                self._merge(site, cell, down=word == "vm", in_word=in_word)
            elif not in_word:
                return Fault(site, "'keeprows' is for Word; a slide is one page")
            else:
                self._keep(site, cell, loop, blocks, expression)
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

    def _keep(self, site: Site, cell: etree._Element, loop: Block, blocks: Sequence[Block], followed: str) -> None:
        """Keep the first row that the loops around make with the second, and the last but one with the last.

        Where `followed` holds, the last two stay with what comes after the table, too.
        """
        row = next(element for element in cell.iterancestors() if element.tag == qn("w:tr"))
        turns = [self._name_turns(outer) for outer in _loops_outside(loop, row, blocks)]
        first = "".join(f"{turn}.first and " for turn in turns)
        last = "".join(f"{turn}.last and " for turn in turns)
        kept = [f"{first}loop.first and not ({last}loop.last)", f"{last}loop.revindex == 2"]
        if turns:
            # The last turn may make one row only, so the row before it keeps with it whatever it makes.
            *further, nearest = turns
            kept.append("".join(f"{turn}.last and " for turn in further) + f"{nearest}.revindex == 2 and loop.last")
        if followed:
            kept.append(f"{last}loop.revindex <= 2 and ({followed})")
        marks, name = self._shop.marks, f"_kept{site.number}"
        said = marks.block(site.number, f"set {name} = {' or '.join(kept)}")
        self._beside.before.setdefault(row, []).append(said)
        # What the first cell keeps with, its row does.
        for paragraph in cell.iter(qn("w:p")):
            _keep_with_next(paragraph, marks.block(site.number, f"if {name}"), marks.block(site.number, "endif"))

    def _name_turns(self, loop: Block) -> str:
        """A name for what tells the turns of `loop`, which loops inside it have no other word for."""
        opener, name = loop.sites[0], f"_turn{loop.sites[0].number}"
        assert opener.anchor is not None
        around, marks = self._beside.before[opener.anchor], self._shop.marks
        at = next(place for place, mark in enumerate(around, 1) if marks.slot_of(mark) == opener.number)
        around.insert(at, marks.block(opener.number, f"set {name} = loop"))
        return name

    def _set(self, cell: etree._Element, local: str, attributes: dict[str, str]) -> None:
        """Give w:tcPr the child `local` with these attributes, in place of any it has."""
        properties = _properties_of(cell)
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
            span = _properties_of(cell).find(qn("w:gridSpan"))
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


def _loops_outside(loop: Block, row: etree._Element, blocks: Sequence[Block]) -> list[Block]:
    """The loops over rows of the table of `row` around `loop`, from outside."""
    opener, table = loop.sites[0], row.getparent()
    outside = [
        block
        for block in blocks
        if block.word == "for"
        and block.sites[0].number < opener.number < block.sites[-1].number
        and level_of(block.sites[0]) is Level.ROWS
        and block.sites[0].anchor is not None
        and block.sites[0].anchor.getparent() is table
    ]
    return sorted(outside, key=lambda block: block.sites[0].number)


def _keep_with_next(paragraph: etree._Element, opener: str, closer: str) -> None:
    """Have `paragraph` keep with the next one where the statement `opener` holds, unless it does so anyway."""
    properties = paragraph.find(qn("w:pPr"))
    if properties is None:
        properties = etree.Element(qn("w:pPr"))
        properties.tail, paragraph.text = paragraph.text, None
        paragraph.insert(0, properties)
    if properties.find(qn("w:keepNext")) is not None:
        return
    style = properties.find(qn("w:pStyle"))
    kept = etree.Element(qn("w:keepNext"))
    kept.tail = closer
    properties.insert(0 if style is None else 1, kept)
    if style is None:
        properties.text = opener + (properties.text or "")
    else:
        style.tail = opener + (style.tail or "")


def _properties_of(cell: etree._Element) -> etree._Element:
    properties = cell.find(qn("w:tcPr"))
    if properties is None:
        properties = etree.Element(qn("w:tcPr"), nsmap={"w": NS["w"]})
        properties.tail, cell.text = cell.text, None
        cell.insert(0, properties)
    return properties
