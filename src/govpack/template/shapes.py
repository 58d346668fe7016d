"""What the paragraphs of a piece of Markdown look like at the place where it is printed.

The paragraph that holds the tag gives the look. Where its style is linked with a level of a multilevel list, the
items of an ordered list take the styles of that level and those below it, so clause text numbers itself; elsewhere
lists take the document's own list styles.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from govpack.ooxml.names import NS, qn
from govpack.template.dialects import DRAWING, WORD, Dialect, xml_of
from govpack.template.styles import ListLevel, Styles

if TYPE_CHECKING:
    from govpack.template.markdown import TextBlock

_LOOKS = ((False, False), (True, False), (False, True), (True, True))


@dataclass(frozen=True, slots=True)
class Shape:
    """The markup around a paragraph's runs, and the list level that numbers it, if one does.

    `restarts` names the list of a plain ordered list, which each list of the text begins anew: `open` then holds
    ``{list}`` where the id of the new list goes.
    """

    open: str
    close: str
    level: ListLevel | None = None
    restarts: str = ""


class Shapes:
    """The shapes for the blocks of a Markdown text that stands in place of `paragraph`."""

    def __init__(self, paragraph: etree._Element, run_properties: etree._Element | None, styles: Styles) -> None:
        self.dialect: Dialect = WORD if paragraph.tag == qn("w:p") else DRAWING
        self._paragraph = paragraph
        self._properties = paragraph.find(self.dialect.q("pPr"))
        self._styles = styles
        self._level = styles.level_of(paragraph) if self.dialect is WORD else None
        self.runs = {
            look: self.dialect.run_open(self.dialect.with_look(run_properties, bold=look[0], italic=look[1]))
            for look in _LOOKS
        }
        self.own = self._around(self._properties, self._level)

    def of(self, block: TextBlock) -> Shape:
        """The shape of `block`. LookupError names the style that the document lacks."""
        if self.dialect is DRAWING:
            return self._in_drawing(block)
        if block.heading:
            return self._styled(self._style_named(f"heading {block.heading}"))
        if not block.depth:
            return self._around(self._properties, self._level)
        if self._level is not None and block.ordered:
            return self._in_multilevel(self._level, block)
        return self._in_list(block)

    def contents_open(self, level: int) -> str:
        """The start of a paragraph of a table of contents at `level`, from 1."""
        style = self._styles.id_of(f"toc {level}")
        return self._styled(style).open if style else self._around(self._properties, None).open

    def _in_multilevel(self, base: ListLevel, block: TextBlock) -> Shape:
        level = ListLevel(base.num_id, base.depth + block.depth - 1)
        style = self._styles.style_at(level)
        if style is None:
            raise LookupError(f"the list has no style linked with level {level.depth + 1}; the text nests too deep")
        if block.first:
            return self._styled(style)
        beside = self._styles.id_of(f"{self._styles.name_of(style)} text")
        return self._styled(beside) if beside else self._styled(style, numbered=False)

    def _in_list(self, block: TextBlock) -> Shape:
        name = ("list number" if block.ordered else "list bullet") if block.first else "list continue"
        style = self._style_named(name if block.depth == 1 else f"{name} {block.depth}")
        level = self._styles.level_of_style(style)
        if not (block.ordered and block.first) or level is None:
            return self._styled(style)
        numbers = f'<w:numPr><w:ilvl w:val="{level.depth}"/><w:numId w:val="{{list}}"/></w:numPr>'
        opened = f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{numbers}</w:pPr>'
        return Shape(opened, "</w:p>", level, restarts=level.num_id)

    def _style_named(self, name: str) -> str:
        style = self._styles.id_of(name)
        if style is None:
            raise LookupError(f"the document has no style '{name.title()}', which the Markdown needs here")
        return style

    def _styled(self, style: str, *, numbered: bool = True) -> Shape:
        properties = etree.Element(qn("w:pPr"), nsmap={"w": NS["w"]})
        etree.SubElement(properties, qn("w:pStyle")).set(qn("w:val"), style)
        if not numbered:
            etree.SubElement(etree.SubElement(properties, qn("w:numPr")), qn("w:numId")).set(qn("w:val"), "0")
        return self._around(properties, self._styles.level_of_style(style) if numbered else None)

    def _around(self, properties: etree._Element | None, level: ListLevel | None) -> Shape:
        name = self.dialect.name
        return Shape(f"<{name}:p>{xml_of(properties)}", f"</{name}:p>", level)

    def _in_drawing(self, block: TextBlock) -> Shape:
        if not block.depth:
            return self._around(self._properties, None)
        properties = deepcopy(self._properties) if self._properties is not None else None
        if properties is None:
            properties = etree.Element(qn("a:pPr"), nsmap={"a": NS["a"]})
        properties.set("lvl", str(int(properties.get("lvl", "0")) + block.depth - 1))
        return self._around(properties, None)
