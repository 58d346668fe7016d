"""Where something stands, in a person's words: ``Schedule 2 › table 1, row 3, cell 2``; ``slide 7 “Risks”, notes``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govpack.ooxml.names import (
    RT_ENDNOTES,
    RT_FOOTER,
    RT_FOOTNOTES,
    RT_HEADER,
    RT_NOTES_SLIDE,
    qn,
)
from govpack.ooxml.xml import parse_xml
from govpack.template.paragraphs import PARAGRAPHS, read_paragraph

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml import etree

    from govpack.ooxml.package import Package

_TABLES = (qn("w:tbl"), qn("a:tbl"))
_ROWS = (qn("w:tr"), qn("a:tr"))
_CELLS = (qn("w:tc"), qn("a:tc"))
_WORDS = {
    RT_HEADER: "header",
    RT_FOOTER: "footer",
    RT_FOOTNOTES: "footnotes",
    RT_ENDNOTES: "endnotes",
}
_TITLES = ("title", "ctrTitle")
_LONGEST = 40


def part_names(package: Package) -> dict[str, str]:
    """What a person calls each part of `package` that they know by sight; other parts keep their names."""
    main = package.main_part
    if package.kind == "docx":
        named = {main: ""}
        for relationship in package.relationships(main).values():
            if relationship.type in _WORDS and not relationship.external:
                word = _WORDS[relationship.type]
                count = sum(name.split(" ")[0] == word for name in named.values()) + 1
                named[relationship.target] = f"{word} {count}" if word in ("header", "footer") else word
        return named
    if package.kind == "pptx":
        return dict(_slide_names(package, main))
    return {}


def _slide_names(package: Package, main: str) -> Iterator[tuple[str, str]]:
    relationships = package.relationships(main)
    presentation = parse_xml(package.read(main), main)
    for number, node in enumerate(presentation.iter(qn("p:sldId")), start=1):
        relationship = relationships.get(node.get(qn("r:id"), ""))
        if relationship is None or relationship.target not in package:
            continue
        title = slide_title(parse_xml(package.read(relationship.target), relationship.target))
        name = f"slide {number} “{title}”" if title else f"slide {number}"
        yield relationship.target, name
        for other in package.relationships(relationship.target).values():
            if other.type == RT_NOTES_SLIDE:
                yield other.target, f"{name}, notes"


def slide_title(slide: etree._Element) -> str:
    """The text of a slide's title placeholder, shortened, or nothing."""
    for shape in slide.iter(qn("p:sp")):
        placeholder = shape.find(f"{qn('p:nvSpPr')}/{qn('p:nvPr')}/{qn('p:ph')}")
        if placeholder is not None and placeholder.get("type") in _TITLES:
            return _short(" ".join(read_paragraph(p).text for p in shape.iter(qn("a:p"))))
    return ""


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
                current, tables = _short(read_paragraph(element).text), 0
            self._heading[element] = current

    def of(self, element: etree._Element) -> str:
        """Where `element` stands: part, heading above it, table, row and cell."""
        paragraph = next((e for e in (element, *element.iterancestors()) if e in self._heading), None)
        heading = self._heading[paragraph] if paragraph is not None else ""
        steps = [step for step in (self._name, heading, self._cell_of(element)) if step]
        if steps:
            return " › ".join(steps)
        return "body" if paragraph is None else f"body, “{_short(read_paragraph(paragraph).text)}”"

    def _cell_of(self, element: etree._Element) -> str:
        row = cell = None
        for ancestor in element.iterancestors():
            if ancestor.tag in _CELLS and cell is None:
                cell = _number(ancestor)
            elif ancestor.tag in _ROWS and row is None:
                row = _number(ancestor)
            elif ancestor.tag in _TABLES:
                return f"table {self._table_number[ancestor]}, row {row}, cell {cell}"
        return ""


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
    return 1 + sum(1 for _ in element.itersiblings(element.tag, preceding=True))


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"
