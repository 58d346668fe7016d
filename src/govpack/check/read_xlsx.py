"""A workbook to an Outline: one section a sheet, with its tables, lines, charts and pictures; values as stored."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from govpack.check.facts import core_title, read_facts
from govpack.check.figures import read_chart
from govpack.check.outline import Bookmark, Note, Outline, Paragraph, Picture, Section, join_address
from govpack.check.xlsx_blocks import Span, arrange
from govpack.check.xlsx_cells import Book, name_of, read_cells, read_formats, span_of, text_in
from govpack.errors import PackageError
from govpack.ooxml.names import (
    RT_COMMENTS,
    RT_DRAWING,
    RT_SHARED_STRINGS,
    RT_STYLES,
    RT_TABLE,
    RT_THREADED_COMMENTS,
    qn,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from govpack.check.outline import Block
    from govpack.ooxml.package import Package

_PLAIN_NAME = re.compile(r"^[A-Za-z_][A-Za-z0-9_.]*$")


@dataclass(slots=True)
class _Reading:
    """What is gathered on the way through the sheets."""

    package: Package
    sections: list[Section] = field(default_factory=list)
    comments: list[Note] = field(default_factory=list)
    hidden: list[Note] = field(default_factory=list)
    faults: list[Note] = field(default_factory=list)
    formulas: list[str] = field(default_factory=list)


def read_xlsx(package: Package, file: str) -> Outline:
    """The outline of a workbook. PackageError where a sheet that it names is missing or no XML.

    A formula counts with the value that is stored for it; one without, and one that came to an error, is in `faults`.
    """
    main = package.main_part
    root = package.tree(main)
    reading = _Reading(package)
    book = _book(package, root)
    links = package.relationships(main)
    seen: set[str] = set()
    for entry in root.iterfind(f"{qn('s:sheets')}/{qn('s:sheet')}"):
        name = " ".join(entry.get("name", "").split())
        if entry.get("state", "visible") != "visible":
            reading.hidden.append(Note("hidden sheet", "", name, f"sheet “{name}”"))
            continue  # a hidden sheet is not shown to anyone
        link = links.get(entry.get(qn("r:id"), ""))
        part = link.target if link is not None else f"the sheet “{name}”"
        if part in seen:
            raise PackageError(f"it is damaged: the sheet “{name}” is another sheet once more")
        seen.add(part)
        _sheet(reading, book, part, name)
    return Outline(
        file=file,
        kind="xlsx",
        title=core_title(package) or (reading.sections[0].heading if reading.sections else ""),
        preamble=Section("", 0, "", (), "opening"),
        sections=tuple(reading.sections),
        bookmarks=_names(root),
        comments=tuple(reading.comments),
        hidden=tuple(reading.hidden),
        faults=tuple(reading.faults),
        formulas=frozenset(reading.formulas),
        facts=read_facts(package),
    )


def _book(package: Package, root: etree._Element) -> Book:
    parts: dict[str, etree._Element] = {}
    for link in package.relationships(package.main_part).values():
        if link.type in {RT_SHARED_STRINGS, RT_STYLES} and link.target in package:
            parts[link.type] = package.tree(link.target)
    shared = parts.get(RT_SHARED_STRINGS)
    texts = () if shared is None else tuple(text_in(node) for node in shared.iterfind(qn("s:si")))
    settings = root.find(qn("s:workbookPr"))
    from_1904 = settings is not None and settings.get("date1904", "0") in {"1", "true"}
    return Book(texts, *read_formats(parts.get(RT_STYLES)), from_1904)


def _sheet(reading: _Reading, book: Book, part: str, name: str) -> None:
    package = reading.package
    root = package.tree(part)
    called = name if _PLAIN_NAME.match(name) else f"'{name}'"
    address = f"sheet “{name}”"
    cells = read_cells(root, book, called)
    reading.faults += cells.faults
    reading.formulas += cells.formulas
    if cells.hidden:
        first = min(cells.hidden)
        reading.hidden.append(Note("hidden cells", "", cells.hidden[first], f"{called}!{name_of(first)}"))
    tables: list[Span] = []
    drawn: list[Block] = []
    for link in package.relationships(part).values():
        if link.external or link.target not in package:
            continue
        if link.type == RT_TABLE:
            table = package.tree(link.target)
            (top, left), (bottom, right) = span_of(table.get("ref", ""))
            tables.append(Span(top, left, bottom, right))
        elif link.type == RT_DRAWING:
            drawn += _drawing(package, link.target, address)
        elif link.type in {RT_COMMENTS, RT_THREADED_COMMENTS}:
            reading.comments += _comments(package, link.target, called)
    blocks, sections = arrange(cells, tables, called, address)
    heading = name
    reading.sections.append(
        Section(heading, 1, str(len(reading.sections) + 1), (heading,), address, (*blocks, *drawn), sections)
    )


def _drawing(package: Package, part: str, address: str) -> Iterator[Block]:
    """Charts, pictures and the words of text boxes, in the order in which they were drawn."""
    links = package.relationships(part)
    counts: dict[str, int] = {}

    def place(word: str) -> str:
        counts[word] = counts.get(word, 0) + 1
        return join_address(address, f"{word} {counts[word]}")

    for node in package.tree(part).iter(qn("xdr:graphicFrame"), qn("xdr:pic"), qn("xdr:sp")):
        described = node.find(f"*/{qn('xdr:cNvPr')}")
        alt = "" if described is None else described.get("descr", "") or described.get("title", "")
        if node.tag == qn("xdr:pic"):
            yield Picture(alt, place("picture"))
        elif node.tag == qn("xdr:sp"):
            for paragraph in node.iter(qn("a:p")):
                text = "".join(run.text or "" for run in paragraph.iter(qn("a:t"))).strip()
                if text:
                    yield Paragraph(text, place("text box"))
        else:
            for chart in node.iter(qn("c:chart")):
                link = links.get(chart.get(qn("r:id"), ""))
                if link is not None and link.target in package:
                    yield read_chart(package, link.target, alt, place("chart"))


def _comments(package: Package, part: str, sheet: str) -> Iterator[Note]:
    root = package.tree(part)
    authors = [node.text or "" for node in root.iter(qn("s:author"))]
    for node in root.iter():
        if isinstance(node.tag, str) and node.tag.rpartition("}")[2] in {"comment", "threadedComment"}:
            number = int(node.get("authorId", -1))
            author = authors[number] if 0 <= number < len(authors) else ""
            text = "".join(str(words) for words in node.itertext()).strip()
            yield Note("comment", author, text, f"{sheet}!{node.get('ref', '')}")


def _names(root: etree._Element) -> dict[str, Bookmark]:
    """The names that formulas use, each with the place it stands for; not those of Excel's own."""
    found = {}
    for node in root.iterfind(f"{qn('s:definedNames')}/{qn('s:definedName')}"):
        name = node.get("name", "")
        if name and not name.startswith("_xlnm."):
            found[name] = Bookmark(name, (node.text or "").replace("$", ""))
    return found
