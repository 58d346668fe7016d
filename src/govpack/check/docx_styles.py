"""What a Word style says that the outline needs: heading level, list, bold, size, hidden, contents entry, title."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from govpack.ooxml.names import qn
from govpack.ooxml.xml import children_by_tag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml import etree

Properties = dict[str, "etree._Element"]
"""What a ``w:pPr``, ``w:rPr`` or the like says: its elements by their tag, read once."""

VAL = qn("w:val")
_BASED_ON, _NAME, _PPR, _RPR = (qn(f"w:{tag}") for tag in ("basedOn", "name", "pPr", "rPr"))
HEADER, BEFORE, SPAN, MERGE, DELETED = (
    qn(f"w:{tag}") for tag in ("tblHeader", "gridBefore", "gridSpan", "vMerge", "del")
)
_TR_PR = qn("w:trPr")
_NUM_PR, _NUM_ID, _ILVL, _OUTLINE, _SIZE = (qn(f"w:{tag}") for tag in ("numPr", "numId", "ilvl", "outlineLvl", "sz"))
BOLD, HIDDEN, R_STYLE, _P_STYLE = (qn(f"w:{tag}") for tag in ("b", "vanish", "rStyle", "pStyle"))
REVISIONS = {qn("w:del"): "deletion", qn("w:moveFrom"): "move", qn("w:ins"): "insertion", qn("w:moveTo"): "move"}
_NOTHING: Properties = {}
_HEADING = re.compile(r"^heading ?([1-9])$")
_OFF = {"0", "false", "off", "none"}
BODY_LEVEL = 9


@dataclass(frozen=True, slots=True)
class Style:
    """A style with its based-on chain resolved. `heading` counts from 1; None: no heading. Sizes in half-points."""

    name: str = ""
    heading: int | None = None
    num_id: str = ""
    level: int | None = None
    bold: bool = False
    size: int | None = None
    hidden: bool = False
    contents: bool = False
    title: bool = False

    @property
    def look(self) -> tuple[int | None, bool, bool]:
        """The size of its runs, whether they are bold, and whether they are hidden."""
        return self.size, self.bold, self.hidden


PLAIN = Style()


class Styles:
    """The styles of a document, resolved on demand; `default_size` is the body's, in half-points."""

    def __init__(self, root: etree._Element | None) -> None:
        self._nodes: dict[str, etree._Element] = {}
        self._resolved: dict[str, Style] = {}
        self.default = PLAIN
        self._root = root
        for node in () if root is None else root.iterfind(qn("w:style")):
            style_id = node.get(qn("w:styleId"), "")
            self._nodes[style_id] = node
            if node.get(qn("w:type")) == "paragraph" and node.get(qn("w:default"), "0") not in _OFF:
                self.default = self.get(style_id)

    def of_paragraph(self, properties: Properties) -> tuple[str, Style]:
        """The style of a paragraph, by its properties, and the id that they name."""
        named = properties.get(_P_STYLE)
        style_id = "" if named is None else named.get(VAL, "")
        return style_id, self.get(style_id)

    @cached_property
    def default_size(self) -> int:
        """The size of body text: the default paragraph style's, the document's, or Word's own 10 pt."""
        if self.default.size:
            return self.default.size
        node = (
            None if self._root is None else self._root.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
        )
        return size_of(children_by_tag(node)) or 20

    def get(self, style_id: str | None) -> Style:
        """The style by id; the default paragraph style's look where the id is unknown."""
        if not style_id or style_id not in self._nodes:
            return self.default
        if style_id not in self._resolved:
            self._resolved[style_id] = PLAIN  # a circle of based-on ends here
            self._resolved[style_id] = self._resolve(self._nodes[style_id])
        return self._resolved[style_id]

    def _resolve(self, node: etree._Element) -> Style:
        parts = children_by_tag(node)
        based = parts.get(_BASED_ON)
        parent = PLAIN
        if based is not None and (base := based.get(VAL, "")) in self._nodes:
            parent = self.get(base)
        name_node = parts.get(_NAME)
        # Built-in styles keep their English name in every language of Word; LibreOffice and Google write it, too.
        name = (name_node.get(VAL, "") if name_node is not None else node.get(qn("w:styleId"), "")).strip()
        folded = name.casefold()
        ppr, rpr = children_by_tag(parts.get(_PPR)), children_by_tag(parts.get(_RPR))
        num_id, level = numbering_of(ppr)
        return Style(
            name=name,
            heading=_heading(folded, ppr, parent),
            num_id=parent.num_id if num_id is None else num_id,
            level=parent.level if level is None else level,
            bold=flag(rpr, BOLD, parent.bold),
            size=size_of(rpr) or parent.size,
            hidden=flag(rpr, HIDDEN, parent.hidden),
            contents=parent.contents or folded.startswith(("toc ", "toc heading", "table of figures", "contents ")),
            title=folded == "title" or (parent.title and folded != "subtitle"),
        )


class Formats:
    """What is said of the paragraphs, runs, rows and cells of a body by themselves, besides their styles.

    The parser finds it in one walk; to look through the properties of each would take a good part of the reading.
    """

    def __init__(self, body: etree._Element) -> None:
        self._said: dict[etree._Element, Properties] = {}
        self._marks: dict[etree._Element, list[etree._Element]] = {}
        for node in body.iter(_P_STYLE, _NUM_PR, _OUTLINE, R_STYLE, BOLD, HIDDEN, _SIZE, HEADER, BEFORE, SPAN, MERGE):
            self._say(node)
        for node in body.iter(*REVISIONS):
            properties = node.getparent()
            tag = "" if properties is None else properties.tag
            if tag == _TR_PR:
                self._say(node)
            elif tag == _RPR and (home := _above(node, 3)) is not None:
                self._marks.setdefault(home, []).append(node)

    def _say(self, node: etree._Element) -> None:
        # w:p, w:r, w:tr or w:tc, then w:pPr, w:rPr, w:trPr or w:tcPr, then what they say.
        home = _above(node, 2)
        if home is not None:
            self._said.setdefault(home, {}).setdefault(node.tag, node)

    def of(self, node: etree._Element) -> Properties:
        """The properties of a paragraph, run, row or cell that the outline needs, by their tag."""
        return self._said.get(node, _NOTHING)

    def mark(self, paragraph: etree._Element) -> Sequence[etree._Element]:
        """Tracked changes of a paragraph's mark: whether its end was put in or taken out."""
        return self._marks.get(paragraph, ())


def _above(node: etree._Element, levels: int) -> etree._Element | None:
    above: etree._Element | None = node
    for _ in range(levels):
        above = None if above is None else above.getparent()
    return above


def _heading(folded_name: str, ppr: Properties, parent: Style) -> int | None:
    if (level := outline_level(ppr)) is not None:
        return level + 1 if level < BODY_LEVEL else None
    if found := _HEADING.match(folded_name):
        return int(found[1])
    return parent.heading


def outline_level(ppr: Properties) -> int | None:
    """The outline level that paragraph properties give (0 is the top, 9 body text), or None where they give none."""
    node = ppr.get(_OUTLINE)
    value = "" if node is None else node.get(VAL, "")
    return int(value) if value.isdigit() else None


def numbering_of(ppr: Properties) -> tuple[str | None, int | None]:
    """(numId, level) as paragraph properties give them; None for what they leave to the style."""
    node = ppr.get(_NUM_PR)
    if node is None:
        return None, None
    given = children_by_tag(node)
    num, depth = given.get(_NUM_ID), given.get(_ILVL)
    return (None if num is None else num.get(VAL, ""), None if depth is None else int(depth.get(VAL, "0")))


def flag(properties: Properties, tag: str, default: bool = False) -> bool:
    """An on/off property of a run or a row: present and not switched off."""
    node = properties.get(tag)
    return default if node is None else node.get(VAL, "1").casefold() not in _OFF


def size_of(rpr: Properties) -> int | None:
    """A run's size in half-points, or None."""
    node = rpr.get(_SIZE)
    value = "" if node is None else node.get(VAL, "")
    return int(value) if value.isdigit() else None
