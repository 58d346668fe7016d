"""What a person calls the parts of a package: ``first page's header of section 1``, ``slide 7 “Risks”, notes``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from govpack.ooxml.names import qn
from govpack.ooxml.xml import parse_xml
from govpack.template.markup.paragraphs import read_paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from govpack.ooxml.package import Package, Relationship

# By the last step of the relationship's type, which transitional and strict files have in common.
_WORDS = {
    "header": "header",
    "footer": "footer",
    "footnotes": "footnotes",
    "endnotes": "endnotes",
    "comments": "comments",
    "people": "people who commented",
    "commentAuthors": "comments' authors",
    "authors": "comments' authors",
    "glossaryDocument": "building blocks",
    "settings": "settings",
    "numbering": "lists",
    "styles": "styles",
    "theme": "theme",
    "presProps": "settings",
    "notesSlide": "notes",
    "slideMaster": "slide master",
    "slideLayout": "layout",
    "notesMaster": "notes master",
    "handoutMaster": "handout master",
    "chart": "chart",
    "chartEx": "chart",
    "chartUserShapes": "text on it",
    "diagramData": "SmartArt",
    "diagramDrawing": "SmartArt, as drawn",
    "diagramLayout": "layout of the SmartArt",
    "vmlDrawing": "drawing",
    "tags": "tags of add-ins",
    "package": "embedded file",
    "oleObject": "embedded object",
    "aFChunk": "inserted file",
    "vbaProject": "macros",
    "customXml": "custom XML",
    "core-properties": "document properties",
    "extended-properties": "further document properties",
    "custom-properties": "custom properties",
}
# Parts of a kind that are the package's own, whichever part shows them first.
_OF_THE_FILE = frozenset(("theme", "slideMaster", "slideLayout", "notesMaster", "handoutMaster", "customXml"))
_PAGES = {"first": "first page's ", "even": "even pages' "}
# Of a document's text these alone are looked for, so it need not be parsed to name its parts.
_SECTION_STEP = re.compile(rb"<(?:\w+:)?(?:header|footer)Reference\b[^<>]*>|</(?:\w+:)?sectPr>")
_ATTRIBUTE = re.compile(rb"""(\w+)\s*=\s*["']([^"']*)["']""")
_LAYOUT = re.compile(rb"""<(?:\w+:)?cSld\b[^<>]*?\sname\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_TITLES = ("title", "ctrTitle")
_LONGEST = 40


def part_names(package: Package) -> dict[str, str]:
    """What a person calls each part that they know by sight; other parts keep their names."""
    main = package.main_part
    names = {main: "" if package.kind == "docx" else "presentation"}
    if package.kind == "docx":
        names |= _pages(package, main)
    else:
        names |= _slides(package, main)
    counts: dict[str, int] = {}
    waiting = ["", *names]
    while waiting:
        part = waiting.pop(0)
        for relationship in package.relationships(part).values():
            target = relationship.target
            if relationship.external or target in names or target not in package:
                continue
            word = _WORDS.get(relationship.type.rpartition("/")[2])
            if word is None:
                continue
            name = _name(package, relationship, "" if part == main else names.get(part, ""), word)
            counts[name] = counts.get(name, 0) + 1
            names[target] = name if counts[name] == 1 else f"{name} {counts[name]}"
            waiting.append(target)
    return names


def _name(package: Package, relationship: Relationship, owner: str, word: str) -> str:
    kind = relationship.type.rpartition("/")[2]
    if kind == "slideLayout":
        from html import unescape  # noqa: PLC0415 - Word's files have no layouts

        found = _LAYOUT.search(package.read(relationship.target))
        title = unescape((found[1] or found[2] or b"").decode(errors="replace")) if found else ""
        return f"layout “{shortened(title)}”" if title else "layout"
    return f"{owner}, {word}" if owner and kind not in _OF_THE_FILE else word


def _pages(package: Package, main: str) -> Iterator[tuple[str, str]]:
    """The headers and footers of a Word document, by the first section that shows each."""
    relationships = package.relationships(main)
    section = 1
    named: set[str] = set()
    for step in _SECTION_STEP.findall(package.read(main)):
        if step.startswith(b"</"):
            section += 1
            continue
        said = {key.decode(): value.decode(errors="replace") for key, value in _ATTRIBUTE.findall(step)}
        relationship = relationships.get(said.get("id", ""))
        if relationship is None or relationship.target in named:
            continue
        named.add(relationship.target)
        word = "header" if b"headerReference" in step else "footer"
        yield relationship.target, f"{_PAGES.get(said.get('type', ''), '')}{word} of section {section}"


def _slides(package: Package, main: str) -> Iterator[tuple[str, str]]:
    relationships = package.relationships(main)
    presentation = parse_xml(package.read(main), main)
    for number, node in enumerate(presentation.iter(qn("p:sldId")), start=1):
        relationship = relationships.get(node.get(qn("r:id"), ""))
        if relationship is None or relationship.target not in package:
            continue
        title = slide_title(parse_xml(package.read(relationship.target), relationship.target))
        yield relationship.target, f"slide {number} “{title}”" if title else f"slide {number}"


def slide_title(slide: etree._Element) -> str:
    """The text of a slide's title placeholder, shortened, or nothing."""
    for shape in slide.iter(qn("p:sp")):
        placeholder = shape.find(f"{qn('p:nvSpPr')}/{qn('p:nvPr')}/{qn('p:ph')}")
        if placeholder is not None and placeholder.get("type") in _TITLES:
            return shortened(" ".join(read_paragraph(p).text for p in shape.iter(qn("a:p"))))
    return ""


def shortened(text: str) -> str:
    """`text` on one line, as much of it as a person needs to find it."""
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"
