"""The workbook inside a chart, which Office opens on *Edit data*: one sheet is written anew, all else is kept ready."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from govpack.errors import PackageError
from govpack.ooxml.names import NS, qn
from govpack.ooxml.package import CONTENT_TYPES, Deflated, Package, read_package
from govpack.ooxml.writing import PackageWriter
from govpack.ooxml.xml import parse_xml, serialise

if TYPE_CHECKING:
    from lxml import etree

    from govpack.template.parts.series import ChartData

# What of a sheet stays when its cells go: the rest (merged cells, filters, rules) speaks of cells by their addresses.
_KEPT = frozenset(
    qn(f"s:{name}")
    for name in "sheetPr dimension sheetViews sheetFormatPr cols sheetData pageMargins tableParts".split()
)
_HOLE = "\ufdd0"
_CELL = re.compile(r"([A-Z]+)(\d+)")


class _Table(NamedTuple):
    part: str
    pieces: tuple[str, str, str, str]
    first: str


@dataclass(slots=True, eq=False)
class Workbook:
    """An embedded workbook: `sheet` is the name of the sheet that the chart shows."""

    part: str
    sheet: str
    _members: dict[str, Deflated]
    _sheet_part: str
    _pieces: tuple[str, str, str]
    _prefix: str
    _looks: tuple[list[str], list[str]]
    _table: _Table | None = None
    _writer: PackageWriter = field(init=False)

    def __post_init__(self) -> None:
        self._writer = PackageWriter(self._members)

    @property
    def kept(self) -> dict[str, Deflated]:
        """The members that a filling leaves as they are, and those parts of the sheet that stay around its cells."""
        sheet = Deflated.of("".join(self._pieces).encode())
        kept = {**self._members, self._sheet_part: sheet}
        if self._table is not None:
            kept[self._table.part] = Deflated.of(f"<table>{self._table.first}</table>".encode())
        return kept

    def fill(self, data: ChartData) -> bytes:
        """The workbook with the categories in column A and a column for each series, headed by its name."""
        members = dict(self._members)
        names = [name for name, _ in data.columns]
        corner = ""
        if self._table is not None:
            names, corner = _unique([self._table.first, *names]), self._table.first
            members[self._table.part] = Deflated.quick(self._table_xml(names, len(data.categories)).encode())
            names = names[1:]
        members[self._sheet_part] = Deflated.quick(self._sheet_xml(data, names, corner).encode())
        return self._writer.write(members)

    def _sheet_xml(self, data: ChartData, names: list[str], corner: str) -> str:
        p, (heads, bodies) = self._prefix, self._looks
        count, columns = len(data.categories), [values for _, values in data.columns]
        letters = [column(index) for index in range(len(names) + 1)]
        look = [bodies[min(index, len(bodies) - 1)] for index in range(len(letters))]
        rows = [f'<{p}row r="1">', self._text("A1", heads[0], corner) if corner else ""]
        rows += [
            self._text(f"{letters[index]}1", heads[min(index, len(heads) - 1)], name)
            for index, name in enumerate(names, start=1)
        ]
        rows.append(f"</{p}row>")
        for row in range(count):
            number = row + 2
            rows.append(f'<{p}row r="{number}">')
            category = data.categories[row]
            if data.numeric:
                rows.append(f'<{p}c r="A{number}"{look[0]}><{p}v>{category}</{p}v></{p}c>')
            elif category:
                rows.append(self._text(f"A{number}", look[0], category))
            for index, values in enumerate(columns, start=1):
                if (value := values[row]) is not None:
                    rows.append(f'<{p}c r="{letters[index]}{number}"{look[index]}><{p}v>{value}</{p}v></{p}c>')
            rows.append(f"</{p}row>")
        head, middle, tail = self._pieces
        return f"{head}A1:{letters[-1]}{count + 1}{middle}{''.join(rows)}{tail}"

    def _text(self, address: str, look: str, text: str) -> str:
        p = self._prefix
        return (
            f'<{p}c r="{address}"{look} t="inlineStr"><{p}is><{p}t xml:space="preserve">{text}</{p}t></{p}is></{p}c>'
            if text
            else ""
        )

    def _table_xml(self, names: list[str], count: int) -> str:
        assert self._table is not None
        p = self._prefix
        # A table has at least one row below its header.
        reference = f"A1:{column(len(names) - 1)}{max(count, 1) + 1}"
        columns = "".join(
            f'<{p}tableColumn id="{number}" name="{name}"/>'
            for number, name in enumerate((name.replace('"', "&quot;") for name in names), start=1)
        )
        first, second, third, last = self._table.pieces
        return f"{first}{reference}{second}{reference}{third}{len(names)}{last}".replace(_HOLE, columns)


def read_workbook(package: Package, part: str, wanted: str) -> Workbook | None:
    """The workbook in `part`, made ready for the sheet `wanted`, or its first. None where it is no .xlsx file."""
    try:
        book = read_package(package.read(part), name=part)
        if book.kind != "xlsx":
            return None
        return _prepare(book, part, wanted)
    except PackageError:
        return None


def _prepare(book: Package, part: str, wanted: str) -> Workbook | None:
    sheets = list(parse_xml(book.read(book.main_part), book.main_part).iter(qn("s:sheet")))
    node = next((sheet for sheet in sheets if sheet.get("name") == wanted), sheets[0] if sheets else None)
    relation = book.relationships(book.main_part).get(node.get(qn("r:id"), "")) if node is not None else None
    if node is None or relation is None or relation.target not in book:
        return None
    root = parse_xml(book.read(relation.target), relation.target)
    cells = root.find(qn("s:sheetData"))
    if cells is None:
        return None
    members = dict(book.members)
    looks = _looks(cells)
    gone = [r.target for r in book.relationships(book.main_part).values() if r.type.endswith("/calcChain")]
    tables = [r.target for r in book.relationships(relation.target).values() if r.type.endswith("/table")]
    table = _read_table(book, tables[0]) if len(tables) == 1 else None
    if table is None:
        gone += tables
        for parts in root.findall(qn("s:tableParts")):
            root.remove(parts)
    _drop_parts(book, members, gone)
    if len(sheets) == 1:
        # The sample's texts: nothing refers to them any more.
        for r in book.relationships(book.main_part).values():
            if r.type.endswith("/sharedStrings") and r.target in members:
                members[r.target] = Deflated.of(f'<sst xmlns="{NS["s"]}" count="0" uniqueCount="0"/>'.encode())
    prefix = f"{root.prefix}:" if root.prefix else ""
    pieces = _sheet_pieces(root, cells)
    return Workbook(part, node.get("name", "Sheet1"), members, relation.target, pieces, prefix, looks, table)


def _sheet_pieces(root: etree._Element, cells: etree._Element) -> tuple[str, str, str]:
    for child in list(root):
        if child.tag not in _KEPT:
            root.remove(child)
    for child in list(cells):
        cells.remove(child)
    cells.text = _HOLE
    extent = root.find(qn("s:dimension"))
    if extent is None:
        extent = root.makeelement(qn("s:dimension"))
        root.insert(1 if root.find(qn("s:sheetPr")) is not None else 0, extent)
    extent.set("ref", _HOLE)
    head, middle, tail = serialise(root).decode().split(_HOLE)
    return head, middle, tail


def _looks(cells: etree._Element) -> tuple[list[str], list[str]]:
    """The style of each column's cell, as its attribute is written: in the header, and in the first row of data."""
    found: dict[tuple[int, int], str] = {}
    for cell in cells.iter(qn("s:c")):
        address = _CELL.fullmatch(cell.get("r", ""))
        if address is not None and int(address[2]) <= 2 and cell.get("s", "0").isdigit():
            found[int(address[2]), _index(address[1])] = f' s="{cell.get("s")}"' if cell.get("s") else ""
    width = max((index for _, index in found), default=0) + 1
    heads, bodies = ([found.get((row, index), "") for index in range(width)] for row in (1, 2))
    return heads, bodies


def _read_table(book: Package, part: str) -> _Table | None:
    root = parse_xml(book.read(part), part)
    columns = root.find(qn("s:tableColumns"))
    if columns is None or not len(columns) or not root.get("ref", "").startswith("A1:"):
        return None
    first = columns[0].get("name", "") or " "
    for child in list(root):
        if child.tag not in (qn("s:autoFilter"), qn("s:tableColumns"), qn("s:tableStyleInfo")):
            root.remove(child)
    for child in list(columns):
        columns.remove(child)
    for name in ("totalsRowCount", "totalsRowShown"):
        root.attrib.pop(name, "")
    root.set("ref", "\ufdd1")
    seen = root.find(qn("s:autoFilter"))
    if seen is None:
        seen = root.makeelement(qn("s:autoFilter"))
        root.insert(0, seen)
    for child in list(seen):
        seen.remove(child)
    seen.set("ref", "\ufdd1")
    columns.set("count", "\ufdd1")
    columns.text = _HOLE
    one, two, three, four = serialise(root).decode().split("\ufdd1")
    return _Table(part, (one, two, three, four), first.replace("&", "&amp;").replace("<", "&lt;"))


def _drop_parts(book: Package, members: dict[str, Deflated], parts: list[str]) -> None:
    """Take `parts` out of the workbook, with what names them."""
    if not parts:
        return
    for name in [name for name in members if name.endswith(".rels") or name == CONTENT_TYPES]:
        root = parse_xml(members[name].inflate(), name)
        folder = name.replace("_rels/", "").removesuffix(".rels")
        known = book.relationships(folder) if name.endswith(".rels") else {}
        for node in list(root):
            target = known[node.get("Id", "")].target if known else node.get("PartName", "").lstrip("/")
            if target in parts:
                root.remove(node)
        members[name] = Deflated.of(serialise(root))
    for part in parts:
        members.pop(part, None)


def _unique(names: list[str]) -> list[str]:
    """Names for a table's columns: none empty, none twice, letter case apart, as Excel asks for."""
    made: list[str] = []
    taken: set[str] = set()
    for position, name in enumerate(names, start=1):
        plain = name.replace("\n", " ") or f"Column{position}"
        fresh, count = plain, 1
        while fresh.casefold() in taken:
            count += 1
            fresh = f"{plain}{count}"
        taken.add(fresh.casefold())
        made.append(fresh)
    return made


def _index(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def column(index: int) -> str:
    """0 → A, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
