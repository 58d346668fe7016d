"""The two markups that hold text: WordprocessingML (``w:``) and DrawingML (``a:``), by the names that differ."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from govpack.ooxml.names import NS, qn

if TYPE_CHECKING:
    from collections.abc import Mapping

# Successors of an element within w:rPr (ECMA-376 part 1, 17.3.2.28) and a:rPr (21.1.2.3.9): a schema order holds.
_AFTER_BOLD = "i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish webHidden "
_AFTER_COLOUR = "spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang "
_AFTER_HIGHLIGHT = "u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath"
_BOLD_SUCCESSORS = frozenset((_AFTER_BOLD + "bCs color " + _AFTER_COLOUR + _AFTER_HIGHLIGHT).split())
_ITALIC_SUCCESSORS = _BOLD_SUCCESSORS - {"bCs", "i"}
_HIGHLIGHT_SUCCESSORS = frozenset(_AFTER_HIGHLIGHT.split())
_SUCCESSORS = {
    "b": _BOLD_SUCCESSORS,
    "i": _ITALIC_SUCCESSORS,
    "color": frozenset((_AFTER_COLOUR + _AFTER_HIGHLIGHT).split()),
    "highlight": _HIGHLIGHT_SUCCESSORS,
    "u": _HIGHLIGHT_SUCCESSORS - {"u"},
}
_DML_HIGHLIGHT_SUCCESSORS = frozenset(
    ["uLnTx", "uLn", "uFillTx", "uFill", "latin", "ea", "cs", "sym", "hlinkClick", "hlinkMouseOver", "rtl", "extLst"]
)
_WORDS = qn("w:")
_DECLARATIONS = re.compile(r' xmlns:?\w*="[^"]*"')


def xml_of(element: etree._Element | None) -> str:
    """`element` as it reads inside its part, without the namespace declarations that the part's root holds."""
    if element is None:
        return ""
    text = etree.tostring(element, encoding="unicode", with_tail=False)
    # Only properties come here; they hold no text, so a declaration can be nothing else.
    return _DECLARATIONS.sub("", text)


class Dialect(NamedTuple):
    """The names of one markup. `name` is the prefix of its elements."""

    name: str
    breaks: Mapping[str, str]

    def __reduce__(self) -> str:
        return "WORD" if self.name == "w" else "DRAWING"  # each is one, wherever it arrives

    def q(self, local: str) -> str:
        """The qualified name of `local`."""
        return f"{{{NS[self.name]}}}{local}"

    def run_open(self, properties: etree._Element | None) -> str:
        """The markup before a run's text."""
        start = f"<{self.name}:r>{xml_of(properties)}<{self.name}:t"
        return start + (' xml:space="preserve">' if self.name == "w" else ">")

    @property
    def run_close(self) -> str:
        """The markup after a run's text."""
        return f"</{self.name}:t></{self.name}:r>"

    def with_look(
        self,
        properties: etree._Element | None,
        *,
        bold: bool = False,
        italic: bool = False,
        highlight: bool = False,
    ) -> etree._Element | None:
        """Run properties like `properties` with these looks added, in the order the schema asks for."""
        if not (bold or italic or highlight):
            return properties
        made = (
            deepcopy(properties)
            if properties is not None
            else etree.Element(self.q("rPr"), nsmap={self.name: NS[self.name]})
        )
        if self.name == "a":
            _look_in_drawing(made, bold, italic, highlight)
            return made
        if bold:
            put_look(made, "b")
        if italic:
            put_look(made, "i")
        if highlight:
            put_look(made, "highlight").set(qn("w:val"), "yellow")
        return made


def put_look(properties: etree._Element, local: str) -> etree._Element:
    """A new child `local` of w:rPr (b, i, color, u or highlight), in its place, instead of any that was there."""
    successors = _SUCCESSORS[local]
    for old in properties.findall(qn(f"w:{local}")):
        properties.remove(old)
    made = etree.Element(qn(f"w:{local}"))
    for index, child in enumerate(properties):
        if etree.QName(child).localname in successors:
            properties.insert(index, made)
            return made
    properties.append(made)
    return made


def _look_in_drawing(properties: etree._Element, bold: bool, italic: bool, highlight: bool) -> None:
    if bold:
        properties.set("b", "1")
    if italic:
        properties.set("i", "1")
    if highlight and properties.find(qn("a:highlight")) is None:
        made = etree.Element(qn("a:highlight"))
        etree.SubElement(made, qn("a:srgbClr")).set("val", "FFFF00")
        for index, child in enumerate(properties):
            if etree.QName(child).localname in _DML_HIGHLIGHT_SUCCESSORS:
                properties.insert(index, made)
                return
        properties.append(made)


WORD = Dialect(
    name="w",
    breaks={
        "\n": '</w:t><w:br/><w:t xml:space="preserve">',
        "\t": '</w:t><w:tab/><w:t xml:space="preserve">',
    },
)
# DrawingML has no break inside a run: the run closes before it (its properties are filled in where it is used).
DRAWING = Dialect(name="a", breaks={"\n": "</a:t></a:r><a:br/><a:r>{properties}<a:t>", "\t": "\t"})


def dialect_of(element: etree._Element) -> Dialect:
    """The markup that `element` is written in."""
    return WORD if str(element.tag).startswith(_WORDS) else DRAWING
