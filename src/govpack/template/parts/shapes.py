"""What the paragraphs of a piece of Markdown look like at the place where it is printed.

The paragraph that holds the tag gives the look. Where its style is linked with a level of a multilevel list, the
items of an ordered list take the styles of that level and those below it, so clause text numbers itself; elsewhere
lists take the document's own list styles.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from govpack.ooxml.names import NS, qn
from govpack.template.blocks.keeping import KEPT
from govpack.template.markup.dialects import DRAWING, WORD, Dialect, put_look, xml_of
from govpack.template.markup.styles import ListLevel, Styles

if TYPE_CHECKING:
    from govpack.template.markup.markdown import TextBlock
    from govpack.template.markup.references import References

_BULLETS = ("buNone", "buAutoNum", "buChar", "buBlip")
_INDENT = 342_900  # EMU: the indent that PowerPoint gives a list
LINK_PLACE = "{link}"
_LOOKS = ((False, False), (True, False), (False, True), (True, True))


class Shape(NamedTuple):
    """The markup around a paragraph's runs, and the list level that numbers it, if one does.

    `restarts` names the list of a plain ordered list, which each list of the text begins anew: `open` then holds
    ``{list}`` where the id of the new list goes. `outline` is the level of a heading, from 0.
    """

    open: str
    close: str
    level: ListLevel | None = None
    restarts: str = ""
    start: int = 1
    outline: int | None = None

    def kept(self, *, with_next: bool, signs: str = "") -> Shape:
        """The same paragraph, which stays on one page with the next or has the `signs` that will say so.

        Only a styled one of Word can.
        """
        start, found, rest = self.open.partition("/>")
        if not (with_next or signs) or "<w:pStyle " not in start or not found:
            return self
        keep = KEPT if with_next and not rest.startswith(KEPT) else ""
        return self._replace(open=f"{start}/>{signs}{keep}{rest}")


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
        self._run_properties = run_properties
        # Word numbers what stands in a text box apart from the text around it.
        self.counts = next(paragraph.iterancestors(qn("w:txbxContent")), None) is None
        self._link_runs: dict[tuple[bool, bool], str] = {}
        self._contents: dict[int, str] = {}
        self.own = self._around(self._properties, self._level)

    def paragraph(self, runs: str, references: References) -> str:
        """A paragraph like the one the tag stood in, alone, around `runs`."""
        shape = self.own
        if shape.level is not None and self.counts:
            references.count(shape.level.num_id, shape.level.depth)
        return f"{shape.open}{runs}{shape.close}"

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

    def link_run(self, look: tuple[bool, bool]) -> str:
        """The start of a run that is a link's text; ``{link}`` stands where a slide's link names its target."""
        if look not in self._link_runs:
            made = self.dialect.with_look(self._run_properties, bold=look[0], italic=look[1])
            made = deepcopy(made) if made is not None else None
            if made is None:
                made = etree.Element(self.dialect.q("rPr"), nsmap={self.dialect.name: NS[self.dialect.name]})
            if self.dialect is DRAWING:
                for old in made.findall(qn("a:hlinkClick")):
                    made.remove(old)
                opened = self.dialect.run_open(made)
                empty, full = f"{LINK_PLACE}<a:t>", opened.removesuffix("<a:t>")
                inner = full.removesuffix("/>") + ">" if full.endswith("/>") else full.removesuffix("</a:rPr>")
                self._link_runs[look] = f"{inner}{empty.replace('<a:t>', '</a:rPr><a:t>')}"
            else:
                self._put_link_look(made)
                self._link_runs[look] = self.dialect.run_open(made)
        return self._link_runs[look]

    def _put_link_look(self, properties: etree._Element) -> None:
        """The look of a link: the document's own style for links, or the one that Word gives."""
        style = self._styles.id_by_name("hyperlink", "character")
        if style:
            for old in properties.findall(qn("w:rStyle")):
                properties.remove(old)
            node = etree.Element(qn("w:rStyle"))
            node.set(qn("w:val"), style)
            properties.insert(0, node)
            return
        put_look(properties, "color").set(qn("w:val"), "0563C1")
        put_look(properties, "u").set(qn("w:val"), "single")

    def contents_open(self, level: int) -> str:
        """The start of a paragraph of a table of contents at `level`, from 1."""
        if level not in self._contents:
            style = self._styles.id_of(f"toc {level}")
            shape = self._styled(style) if style else self._around(self._properties, None)
            self._contents[level] = shape.open
        return self._contents[level]

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
        return Shape(opened, "</w:p>", level, restarts=level.num_id, start=block.start)

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
        level = self._styles.level_of_style(style) if numbered else None
        return self._around(properties, level, self._styles.outline_of_style(style))

    def _around(self, properties: etree._Element | None, level: ListLevel | None, outline: int | None = None) -> Shape:
        name = self.dialect.name
        return Shape(f"<{name}:p>{xml_of(properties)}", f"</{name}:p>", level, outline=outline)

    def _in_drawing(self, block: TextBlock) -> Shape:
        if not block.depth:
            return self._around(self._properties, None)
        properties = deepcopy(self._properties) if self._properties is not None else None
        if properties is None:
            properties = etree.Element(qn("a:pPr"), nsmap={"a": NS["a"]})
        properties.set("lvl", str(int(properties.get("lvl", "0")) + block.depth - 1))
        if block.first:
            _number_in_drawing(properties, block)
        return self._around(properties, None)


def _number_in_drawing(properties: etree._Element, block: TextBlock) -> None:
    """Give an item its number or bullet, in the place that the schema asks for (a:pPr, 21.1.2.2.7)."""
    for old in [child for child in properties if etree.QName(child).localname in _BULLETS]:
        properties.remove(old)
    if block.ordered:
        made = etree.Element(qn("a:buAutoNum"))
        made.set("type", "arabicPeriod" if block.depth % 2 else "alphaLcParenR")
        if block.start != 1:
            made.set("startAt", str(block.start))
    else:
        made = etree.Element(qn("a:buChar"))
        made.set("char", "•")
    if "marL" not in properties.attrib:
        properties.set("marL", str(_INDENT * block.depth))
        properties.set("indent", str(-_INDENT))
    later = [child for child in properties if etree.QName(child).localname in ("tabLst", "defRPr", "extLst")]
    properties.insert(len(properties) - len(later), made)
