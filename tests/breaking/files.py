"""Office files opened to be broken: their parts as trees, and tables, headings and slides found by their addresses.

Nothing here is the checker's: an address is what a report shows a person, and is followed here as a person would.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_LEAF = re.compile(r"^(?:table|paragraph|item|chart|clause|picture|row) ?[(\d]")


class OfficeFile:
    """The parts of a file by name; `tree` parses one for good, `save` gives the file as it is then."""

    paragraph = text_tag = ""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self._trees: dict[str, etree._Element] = {}

    def tree(self, name: str) -> etree._Element:
        """The part `name`, parsed; changes to it are saved."""
        if name not in self._trees:
            self._trees[name] = etree.fromstring(self.parts[name])
        return self._trees[name]

    def names(self, pattern: str) -> list[str]:
        """The parts whose whole name fits the regular expression `pattern`."""
        return [name for name in self.parts if re.fullmatch(pattern, name)]

    def save(self) -> bytes:
        """The file with all changes."""
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as archive:
            for name, data in self.parts.items():
                archive.writestr(name, etree.tostring(self._trees[name]) if name in self._trees else data)
        return made.getvalue()

    def replace(self, words: str, new: str, within: Iterator[etree._Element] | None = None) -> int:
        """Write `new` for every `words` (a regular expression) in the paragraphs `within`, or in all parts."""
        found = 0
        for paragraph in within if within is not None else self.paragraphs():
            texts = list(paragraph.iter(self.text_tag))
            joined = "".join(text.text or "" for text in texts)
            changed, count = re.subn(words, new, joined, flags=re.IGNORECASE)
            if count:
                found += count
                texts[0].text = changed
                for text in texts[1:]:
                    text.text = ""
        return found

    def paragraphs(self) -> Iterator[etree._Element]:
        """Every paragraph of every part that a person reads."""
        for name in self.names(self.readable):
            yield from self.tree(name).iter(self.paragraph)

    readable = ""

    def replace_everywhere(self, words: str, new: str) -> None:
        """Write `new` for every `words` in every text and every description of every part."""
        for name in self.names(r".*\.xml"):
            for node in self.tree(name).iter():
                if node.text:
                    node.text = re.sub(words, new, node.text, flags=re.IGNORECASE)
                for key in ("descr", "title"):
                    if node.get(key):
                        node.set(key, re.sub(words, new, node.get(key, ""), flags=re.IGNORECASE))


class JsonFile:
    """A JSON document: its records by the name of their list."""

    def __init__(self, data: bytes) -> None:
        self.data = json.loads(data)

    def save(self) -> bytes:
        """The document with all changes."""
        return json.dumps(self.data).encode()

    def replace(self, words: str, new: str) -> None:
        """Write `new` for every `words`."""
        self.data = json.loads(re.sub(words, new, json.dumps(self.data, ensure_ascii=False), flags=re.IGNORECASE))

    def grid(self, address: str) -> None:
        """There are no tables."""

    def records(self, name: str) -> list[dict[str, Any]]:
        """The list called `name`, wherever it is."""

        def find(node: Any) -> Any:
            if isinstance(node, dict):
                for key, value in node.items():
                    if key.replace("_", " ") == name and isinstance(value, list):
                        return value
                    if (found := find(value)) is not None:
                        return found
            return None

        return find(self.data) or []


class Grid:
    """A table: the elements of its cells by row and column (a merged cell in each that it spans)."""

    def __init__(self, rows: list[tuple[etree._Element, list[etree._Element]]], file: Any, first: int = 1) -> None:
        self._rows = rows
        self._file = file
        self.first = first

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def element(self) -> etree._Element:
        """The table, as an element of its part."""
        return self._rows[0][0].getparent()

    def text(self, row: int, column: int) -> str:
        """The words of a cell."""
        return self._file.cell_text(self._rows[row][1][column])

    def row(self, row: int) -> list[str]:
        """The words of all cells of a row."""
        return [self.text(row, column) for column in range(len(self._rows[row][1]))]

    def write(self, row: int, column: int, words: str) -> None:
        """Write `words` into a cell in place of what it says."""
        self._file.write_cell(self._rows[row][1][column], words)

    def drop(self, row: int) -> None:
        """Take a row out of the table."""
        element = self._rows.pop(row)[0]
        parent = element.getparent()
        if parent is None:
            return  # dropped already: ranges of a sheet overlap
        parent.remove(element)
        # A control around the row goes with it: an empty one would be a fault of its own.
        while parent is not None and not len(parent) and parent.tag in (f"{W}sdtContent",):
            control = parent.getparent()
            parent = control.getparent()
            parent.remove(control)

    def records(self) -> list[int]:
        """The rows below the header that have a cell in each column: no group headings."""
        width = len({id(cell) for cell in self._rows[0][1]})
        return [at for at in range(1, len(self)) if len({id(cell) for cell in self._rows[at][1]}) >= min(width, 2)]


class WordFile(OfficeFile):
    """A Word document: its blocks in order, headings with their levels, tables by address."""

    paragraph, text_tag = f"{W}p", f"{W}t"
    readable = r"word/(?:document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml"

    @property
    def body(self) -> etree._Element:
        """The body of the document."""
        return self.tree("word/document.xml")[0]

    @cached_property
    def _levels(self) -> dict[str, int]:
        styles = {style.get(f"{W}styleId"): style for style in self.tree("word/styles.xml").iter(f"{W}style")}
        levels: dict[str, int] = {}
        for name, style in styles.items():
            at: etree._Element | None = style
            for _ in range(10):
                if at is None:
                    break
                level = at.find(f"{W}pPr/{W}outlineLvl")
                if level is not None:
                    levels[name] = int(level.get(f"{W}val")) + 1
                    break
                based = at.find(f"{W}basedOn")
                at = styles.get(based.get(f"{W}val")) if based is not None else None
        return {name: level for name, level in levels.items() if level <= 9}

    def blocks(self) -> list[etree._Element]:
        """Paragraphs and tables of the body in order, those in content controls too."""

        def walk(parent: etree._Element) -> Iterator[etree._Element]:
            for child in parent:
                if child.tag in (f"{W}p", f"{W}tbl"):
                    yield child
                elif child.tag == f"{W}sdt":
                    yield from walk(child.find(f"{W}sdtContent"))

        return list(walk(self.body))

    def level(self, block: etree._Element) -> int:
        """The level of a heading, 0 of anything else."""
        style = block.find(f"{W}pPr/{W}pStyle")
        return self._levels.get(style.get(f"{W}val"), 0) if style is not None and words_of(block) else 0

    def headings(self) -> list[etree._Element]:
        """The headings in order."""
        return [block for block in self.blocks() if self.level(block)]

    def section(self, heading: etree._Element) -> list[etree._Element]:
        """A heading with all that stands under it, lower headings too."""
        blocks = self.blocks()
        start = blocks.index(heading)
        level = self.level(heading)
        for at in range(start + 1, len(blocks)):
            if 0 < self.level(blocks[at]) <= level:
                return blocks[start:at]
        return blocks[start:]

    def find_heading(self, address: str) -> etree._Element | None:
        """The heading that the last part of `address` names, below those before it."""
        path = [part for part in re.sub(r", (?:row|cell) \d+.*$", "", address).split(" › ") if not _LEAF.match(part)]
        found: etree._Element | None = None
        scope = self.blocks()
        for part in path:
            found = next((b for b in scope if self.level(b) and part.endswith(words_of(b))), None)
            if found is None:
                return None
            scope = self.section(found)[1:]
        return found

    def grid(self, address: str) -> Grid | None:
        """The table at `address`."""
        leaf = re.search(r"table (\d+)", address)
        if leaf is None:
            return None
        heading = self.find_heading(address)
        scope = self.section(heading)[1:] if heading is not None else self.blocks()
        tables = []
        for block in scope:
            if self.level(block):
                break
            if block.tag == f"{W}tbl":
                tables.append(block)
        number = int(leaf[1])
        return Grid(_word_rows(tables[number - 1]), self) if number <= len(tables) else None

    def grids(self) -> list[Grid]:
        """All tables of the body."""
        return [Grid(_word_rows(block), self) for block in self.blocks() if block.tag == f"{W}tbl"]

    def cell_text(self, cell: etree._Element) -> str:
        """The words of a table cell."""
        return "\n".join(words_of(paragraph) for paragraph in cell.iter(f"{W}p"))

    def write_cell(self, cell: etree._Element, words: str) -> None:
        """Write `words` into a table cell."""
        first, *rest = cell.iter(f"{W}p")
        for paragraph in rest:
            paragraph.getparent().remove(paragraph)
        self.write(first, words)

    def write(self, paragraph: etree._Element, words: str) -> None:
        """Write `words` into a paragraph, in place of all that it holds."""
        for child in list(paragraph):
            if child.tag != f"{W}pPr":
                paragraph.remove(child)
        run = etree.SubElement(paragraph, f"{W}r")
        etree.SubElement(run, f"{W}t").text = words

    def add(self, words: str, style: str = "", at: int | None = None) -> etree._Element:
        """A paragraph more, at the end of the body or at a place in it."""
        paragraph = etree.Element(f"{W}p")
        if style:
            properties = etree.SubElement(paragraph, f"{W}pPr")
            etree.SubElement(properties, f"{W}pStyle").set(f"{W}val", style)
        self.write(paragraph, words)
        self.body.insert(len(self.body) - 1 if at is None else at, paragraph)
        return paragraph

    @property
    def heading_style(self) -> str:
        """The id of a first-level heading's style that this document uses."""
        first = next(block for block in self.headings() if self.level(block) == 1)
        return first.find(f"{W}pPr/{W}pStyle").get(f"{W}val") or ""


class DeckFile(OfficeFile):
    """A deck: its slides in order, their titles, tables and notes."""

    paragraph, text_tag = f"{A}p", f"{A}t"
    readable = r"ppt/(?:slides|notesSlides)/[^/]+\.xml"

    def slides(self) -> list[str]:
        """The parts of the slides, in order."""
        return [self._target("ppt/presentation.xml", node.get(f"{R}id")) for node in self._slide_ids()]

    def _slide_ids(self) -> list[etree._Element]:
        return list(self.tree("ppt/presentation.xml").iter(f"{P}sldId"))

    def _target(self, source: str, identity: str | None) -> str:
        for node in self._relations(source):
            if node.get("Id") == identity:
                return _resolve(source, node.get("Target", ""))
        raise KeyError(identity)

    def _relations(self, source: str) -> list[etree._Element]:
        folder, _, name = source.rpartition("/")
        return list(self.tree(f"{folder}/_rels/{name}.rels"))

    def delete_slide(self, number: int) -> None:
        """Take slide `number` (from 1) out of the show."""
        node = self._slide_ids()[number - 1]
        node.getparent().remove(node)

    def describe(self, words: str, new: str) -> None:
        """Write `new` for every `words` in what describes figures, and in the words that charts show."""
        for part in self.slides():
            for node in self.tree(part).iter(f"{P}cNvPr"):
                for key in ("descr", "title", "name"):
                    if node.get(key):
                        node.set(key, re.sub(words, new, node.get(key, ""), flags=re.IGNORECASE))
        for part in self.names(r"ppt/charts/chart[^/]*\.xml"):
            for node in self.tree(part).iter("{*}v", f"{A}t"):
                node.text = re.sub(words, new, node.text or "", flags=re.IGNORECASE)

    def notes(self, number: int) -> str | None:
        """The part of the notes of slide `number` (from 1), where it has some."""
        source = self.slides()[number - 1]
        for node in self._relations(source):
            if node.get("Type", "").endswith("/notesSlide"):
                return _resolve(source, node.get("Target", ""))
        return None

    def slide_paragraphs(self, number: int) -> list[etree._Element]:
        """The paragraphs of slide `number` (from 1)."""
        return list(self.tree(self.slides()[number - 1]).iter(f"{A}p"))

    def title(self, number: int) -> etree._Element | None:
        """The shape that holds the title of slide `number`."""
        for shape in self.tree(self.slides()[number - 1]).iter(f"{P}sp"):
            place = shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph")
            if place is not None and place.get("type") in ("title", "ctrTitle"):
                return shape
        return None

    def frames(self, number: int, what: str) -> list[etree._Element]:
        """The frames of slide `number` that hold a ``chart`` or a ``table``."""
        tree = self.tree(self.slides()[number - 1])
        return [f for f in tree.iter(f"{P}graphicFrame") if f.find(f".//{A}graphicData").get("uri", "").endswith(what)]

    def grids(self) -> list[Grid]:
        """All tables of all slides."""
        frames = [frame for number in range(1, len(self.slides()) + 1) for frame in self.frames(number, "table")]
        return [Grid([(row, list(row.iter(f"{A}tc"))) for row in frame.iter(f"{A}tr")], self) for frame in frames]

    def grid(self, address: str) -> Grid | None:
        """The table at ``slide 7 “…” › table 1``."""
        found = re.match(r"slide (\d+)", address)
        leaf = re.search(r"table (\d+)", address)
        if found is None or leaf is None:
            return None
        frame = self.frames(int(found[1]), "table")[int(leaf[1]) - 1]
        return Grid([(row, list(row.iter(f"{A}tc"))) for row in frame.iter(f"{A}tr")], self)

    def cell_text(self, cell: etree._Element) -> str:
        """The words of a table cell."""
        return "".join(text.text or "" for text in cell.iter(f"{A}t"))

    def write_cell(self, cell: etree._Element, words: str) -> None:
        """Write `words` into a table cell."""
        texts = list(cell.iter(f"{A}t"))
        for text in texts:
            text.text = ""
        if texts:
            texts[0].text = words


class SheetFile(OfficeFile):
    """A workbook: the cells of a range by row and column."""

    paragraph, text_tag = f"{S}si", f"{S}t"
    readable = r"xl/sharedStrings\.xml"

    @cached_property
    def _sheets(self) -> dict[str, str]:
        relations = {node.get("Id"): node.get("Target", "") for node in self.tree("xl/_rels/workbook.xml.rels")}
        return {
            node.get("name", ""): _resolve("xl/workbook.xml", relations[node.get(f"{R}id")])
            for node in self.tree("xl/workbook.xml").iter(f"{S}sheet")
        }

    def sheet(self, name: str) -> etree._Element:
        """The sheet called `name`."""
        return self.tree(self._sheets[name])

    @property
    def sheet_names(self) -> list[str]:
        """The names of the sheets, in order."""
        return list(self._sheets)

    def grid(self, address: str) -> Grid | None:
        """The range at ``Data!A4:N56``."""
        found = re.match(r"'?(.+?)'?!([A-Z]+)(\d+):([A-Z]+)(\d+)", address)
        if found is None:
            return None
        sheet, left, top, right, bottom = found.groups()
        columns = range(_column(left), _column(right) + 1)
        rows = []
        for row in self.sheet(sheet).iter(f"{S}row"):
            if int(top) <= int(row.get("r", "0")) <= int(bottom):
                cells = {_column(re.sub(r"\d", "", cell.get("r", ""))): cell for cell in row}
                rows.append((row, [cells.get(at, etree.Element(f"{S}c")) for at in columns]))
        return Grid(rows, self, int(top))

    def grids(self) -> list[Grid]:
        """From each row of each sheet that holds words in three cells or more, what stands below it to a blank row."""
        grids = []
        for name in self.sheet_names:
            rows = [(row, list(row)) for row in self.sheet(name).iter(f"{S}row")]
            for at, (_, cells) in enumerate(rows):
                if sum(bool(self.cell_text(cell)) for cell in cells) < 3:
                    continue
                width = len(cells)
                end = next((n for n in range(at, len(rows)) if not any(map(self.cell_text, rows[n][1]))), len(rows))
                same = [(row, [*own[:width], *(etree.Element(f"{S}c") for _ in range(width - len(own)))])
                        for row, own in rows[at:end]]  # fmt: skip
                grids.append(Grid(same, self, int(rows[at][0].get("r", "1"))))
        return grids

    def cell(self, sheet: str, place: str) -> etree._Element:
        """The cell at ``C12`` of a sheet."""
        return next(cell for cell in self.sheet(sheet).iter(f"{S}c") if cell.get("r") == place)

    def cell_text(self, cell: etree._Element) -> str:
        """What a cell shows."""
        value = cell.findtext(f"{S}v") or "".join(text.text or "" for text in cell.iter(f"{S}t"))
        if cell.get("t") == "s":
            entry = self.tree("xl/sharedStrings.xml")[int(value)]
            return "".join(text.text or "" for text in entry.iter(f"{S}t"))
        return value

    def write_cell(self, cell: etree._Element, words: str) -> None:
        """Write `words` into a cell: a number where it is one, and no formula."""
        for child in list(cell):
            cell.remove(child)
        if not words:
            cell.attrib.pop("t", None)
        elif re.fullmatch(r"-?\d+(?:\.\d+)?", words):
            cell.attrib.pop("t", None)
            etree.SubElement(cell, f"{S}v").text = words
        else:
            cell.set("t", "inlineStr")
            etree.SubElement(etree.SubElement(cell, f"{S}is"), f"{S}t").text = words


class PageFile:
    """A web page: its tables, and its lists of terms, by the headings that they stand under."""

    def __init__(self, data: bytes) -> None:
        self._root = etree.fromstring(data, etree.HTMLParser(encoding="utf-8"))

    def save(self) -> bytes:
        """The page with all changes."""
        return etree.tostring(self._root, method="html", encoding="utf-8", doctype="<!doctype html>")

    def grid(self, address: str) -> Grid | None:
        """The table at ``Risks › table 3``."""
        *wanted, leaf = re.sub(r", row .*$", "", address).split(" › ")
        path: list[str] = []
        levels: list[int] = []
        number = 0
        for node in self._root.iter("h2", "h3", "h4", "table", "dl"):
            if node.tag[0] == "h":
                level = int(node.tag[1])
                while levels and levels[-1] >= level:
                    levels.pop()
                    path.pop()
                levels.append(level)
                path.append(self.cell_text(node))
                number = 0
            elif path == wanted:
                number += 1
                if leaf == f"table {number}":
                    return Grid(_page_rows(node), self)
        return None

    def cell_text(self, cell: etree._Element) -> str:
        """The words of a cell or heading, as they are read out."""
        return " ".join("".join(_spoken(cell)).split())

    def write_cell(self, cell: etree._Element, words: str) -> None:
        """Write `words` into a cell in place of what it says."""
        for child in list(cell):
            cell.remove(child)
        cell.text = words


def _spoken(node: etree._Element) -> Iterator[str]:
    if node.get("aria-hidden") is None:
        yield node.text or ""
        for child in node:
            yield from _spoken(child)
            yield child.tail or ""


def _page_rows(table: etree._Element) -> list[tuple[etree._Element, list[etree._Element]]]:
    if table.tag == "dl":
        return [(name.getparent(), [name, name.getnext()]) for name in table.iter("dt")]
    return [(row, list(row)) for row in table.iter("tr")]


def open_office(path: str, data: bytes) -> Any:
    """The file, by its ending."""
    kinds: dict[str, Callable[[bytes], Any]] = {
        ".html": PageFile,
        ".json": JsonFile,
        ".docx": WordFile,
        ".pptx": DeckFile,
        ".xlsx": SheetFile,
    }
    return kinds[Path(path).suffix](data)


def words_of(element: etree._Element) -> str:
    """The words of a paragraph or more, blanks made one."""
    return " ".join("".join(text.text or "" for text in element.iter(f"{W}t", f"{A}t")).split())


def _word_rows(table: etree._Element) -> list[tuple[etree._Element, list[etree._Element]]]:
    rows = []
    for row in table.iter(f"{W}tr"):
        if next(row.iterancestors(f"{W}tbl")) is not table:
            continue
        cells: list[etree._Element] = []
        for cell in row.iter(f"{W}tc"):
            if next(cell.iterancestors(f"{W}tr")) is row:
                span = cell.find(f"{W}tcPr/{W}gridSpan")
                cells += [cell] * (int(span.get(f"{W}val")) if span is not None else 1)
        rows.append((row, cells))
    return rows


def _resolve(source: str, target: str) -> str:
    if target.startswith("/"):
        return target[1:]
    steps = source.split("/")[:-1]
    for step in target.split("/"):
        if step == "..":
            steps.pop()
        else:
            steps.append(step)
    return "/".join(steps)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
