"""Where something stands in its part, in a person's words: ``Schedule 2 › table 1, row 3, cell 2``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govpack.ooxml.names import qn
from govpack.template.markup.naming import shortened
from govpack.template.markup.paragraphs import GONE, PARAGRAPHS, read_paragraph

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml import etree

_TABLES = (qn("w:tbl"), qn("a:tbl"))
_ROWS = (qn("w:tr"), qn("a:tr"))
_CELLS = (qn("w:tc"), qn("a:tc"))
_CONTENT = (qn("w:sdtContent"), qn("w:customXml"))
_ASIDE = {
    qn("w:txbxContent"): "text box",
    **dict.fromkeys(GONE, "deleted text"),
    qn("w:fldSimple"): "field",
}


class Addresses:
    """The addresses of the paragraphs of one part, `name` being what a person calls the part."""

    def __init__(self, root: etree._Element, name: str, heading_styles: Iterable[str] = ()) -> None:
        self._name = name
        self._heading: dict[etree._Element, str] = {}
        self._table_number: dict[etree._Element, int] = {}
        headings = _paragraphs_in(root, frozenset(heading_styles))
        current, tables = "", 0
        for element in root.iter(*PARAGRAPHS, *_TABLES):
            if element.tag in _TABLES:
                tables += 1
                self._table_number[element] = tables
            elif element in headings:
                current, tables = shortened(read_paragraph(element).text), 0
            self._heading[element] = current

    def of(self, element: etree._Element) -> str:
        """Where `element` stands: part, heading above it, table, row and cell, and what it is apart from the text."""
        paragraph = next((e for e in (element, *element.iterancestors()) if e in self._heading), None)
        heading = self._heading[paragraph] if paragraph is not None else ""
        cell, aside = self._around(element)
        steps = [step for step in (self._name, heading, cell) if step]
        if steps:
            return " › ".join(steps) + aside
        said = shortened(read_paragraph(paragraph).text) if paragraph is not None else ""
        return (f"body, “{said}”" if said else "body") + aside

    def _around(self, element: etree._Element) -> tuple[str, str]:
        """The table, row and cell that `element` stands in, and the text box, deletion or field within them."""
        steps: list[str] = []
        aside = ""
        for ancestor in (element, *element.iterancestors()):
            if ancestor.tag in _CELLS and not steps:
                steps.append(f"cell {_number(ancestor)}")
            elif ancestor.tag in _ROWS and len(steps) < 2:
                steps.append(f"row {_number(ancestor)}")
            elif ancestor in self._table_number and ancestor.tag in _TABLES:
                steps.append(f"table {self._table_number[ancestor]}")
                break
            elif not steps and not aside and ancestor.tag in _ASIDE:
                aside = f", {_ASIDE[str(ancestor.tag)]}"
        return (", ".join(reversed(steps)) if steps and steps[-1].startswith("table") else ""), aside


def paragraph_style(paragraph: etree._Element) -> str:
    """The id of a Word paragraph's style, or nothing."""
    style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return style.get(qn("w:val"), "") if style is not None else ""


def _paragraphs_in(root: etree._Element, styles: frozenset[str]) -> set[etree._Element]:
    """The paragraphs of `root` in one of these styles, by their ids."""
    found = set()
    for style in root.iter(qn("w:pStyle")) if styles else ():
        properties = style.getparent() if style.get(qn("w:val")) in styles else None
        paragraph = properties.getparent() if properties is not None else None
        if paragraph is not None:
            found.add(paragraph)
    return found


def _number(element: etree._Element) -> int:
    """The number of a row or cell in its table or row; content controls around it, or before it, are looked through."""
    number, at = 1, element
    while True:
        for before in at.itersiblings(preceding=True):
            number += 1 if before.tag == element.tag else _count(before, str(element.tag))
        around = at.getparent()
        if around is None or around.tag not in _CONTENT:
            return number
        at = around.getparent() if around.tag == _CONTENT[0] else around  # type: ignore[assignment]


def _count(wrapper: etree._Element, tag: str) -> int:
    if wrapper.tag != qn("w:sdt") and wrapper.tag not in _CONTENT:
        return 0
    return sum(1 if child.tag == tag else _count(child, tag) for child in wrapper)
