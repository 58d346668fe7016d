"""What a file or the page shows, as text: paragraphs, rows of tables by their heads, and charts.

A chart is read twice: what it shows, and the workbook behind it, that opens on *Edit data*.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from openpyxl import load_workbook
from tests.support.html import Element, read_html

from govpack.ooxml.names import NS
from govpack.ooxml.xml import parse_xml

if TYPE_CHECKING:
    from pathlib import Path

    from lxml import etree

_SHOWN = ("word/document.xml", "ppt/slides/slide", "ppt/notesSlides/notesSlide")


@dataclass(frozen=True, slots=True)
class Chart:
    """The series of a chart: name → category → value."""

    series: dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Shown:
    """A file's paragraphs, its tables (a list of rows of cells; the first row holds the heads) and its charts."""

    texts: list[str]
    tables: list[list[list[str]]]
    charts: list[Chart]


def read(path: Path) -> Shown:
    """Everything that a reader of `path` sees, the notes of slides included."""
    if path.suffix == ".html":
        return _page(read_html(path.read_text(encoding="utf-8")))
    shown = Shown([], [], [])
    if path.suffix == ".xlsx":
        _read_scorecard(path, shown)
    with zipfile.ZipFile(path) as archive:
        for name in sorted(archive.namelist()):
            if name.startswith(_SHOWN) and name.endswith(".xml"):
                root = parse_xml(archive.read(name))
                for space in (NS["w"], NS["a"]):
                    shown.texts.extend(_text(paragraph, space) for paragraph in root.iter(f"{{{space}}}p"))
                    shown.tables.extend(_table(table, space) for table in root.iter(f"{{{space}}}tbl"))
            elif "/charts/chart" in name and name.endswith(".xml"):
                shown.charts.append(_chart(parse_xml(archive.read(name))))
            elif "/embeddings/" in name and name.endswith(".xlsx"):
                shown.charts.append(_behind(archive.read(name)))
    return shown


def _page(page: Element) -> Shown:
    """A page: a list of terms counts as a table of labels and figures."""
    said = page.one("body").having(lambda one: one.tag in ("p", "li", "h3", "caption"))
    labels = [[part.text for part in group.having(lambda one: one.tag in ("dt", "dd"))] for group in page.all("dl")]
    pairs = [[list(pair) for pair in zip(parts[::2], parts[1::2], strict=True)] for parts in labels]
    tables = [*page.tables_in_order(), *([["", ""], *rows] for rows in pairs)]
    return Shown([one.text for one in said], tables, _trends(page))


def _trends(page: Element) -> list[Chart]:
    """The quarters of each partner as a line of a chart; a picture beside them draws the same."""
    heads, *rows = page.tables().get("Weighted scores by quarter", [[]])
    return [
        Chart({row[0]: {head: cell for head, cell in zip(heads, row, strict=True) if head[:1] == "Q"}}) for row in rows
    ]


def _behind(book: bytes) -> Chart:
    """A chart by the workbook behind it: categories down, a column for each series."""
    heads, *rows = load_workbook(BytesIO(book), data_only=True).worksheets[0].iter_rows(values_only=True)
    series = {
        str(name): {str(row[0]): _written(row[at]) for row in rows if row[at] is not None}
        for at, name in enumerate(heads)
        if at and name is not None
    }
    return Chart(series)


def _read_scorecard(path: Path, shown: Shown) -> None:
    """The dashboard of the scorecard: its table, and the quarters of each partner as a line of a chart."""
    rows = list(load_workbook(path, data_only=True)["Dashboard"].iter_rows(min_row=4, values_only=True))
    heads = [str(head) for head in rows[0]]
    table = [heads]
    for row in rows[1:]:
        if row[0] is None:
            break
        table.append([_written(value) for value in row])
    shown.tables.append(table)
    quarters = [at for at, head in enumerate(heads) if head.startswith("Q")]
    lines = {row[0]: {heads[at]: row[at] for at in quarters if row[at]} for row in table[1:]}
    shown.charts.append(Chart(lines))


def _written(value: object) -> str:
    return "" if value is None else f"{value:.10g}" if isinstance(value, int | float) else str(value)


def _text(element: etree._Element, space: str) -> str:
    lines = [element] if element.tag == f"{{{space}}}p" else element.iter(f"{{{space}}}p")
    words = "\n".join("".join(node.text or "" for node in line.iter(f"{{{space}}}t")) for line in lines)
    return "\n".join(" ".join(line.split()) for line in words.replace("\u00a0", " ").split("\n") if line.strip())


def _table(table: etree._Element, space: str) -> list[list[str]]:
    rows = table.iter(f"{{{space}}}tr")
    return [[_text(cell, space) for cell in row.iter(f"{{{space}}}tc")] for row in rows]


def _chart(root: etree._Element) -> Chart:
    series: dict[str, dict[str, str]] = {}
    for drawn in root.iter(f"{{{NS['c']}}}ser"):
        (name,) = _points(drawn, "tx")
        categories = _points(drawn, "cat")
        # A gap has no point: each says by its number which category it is of.
        points = drawn.iterfind("c:val//c:pt", NS)
        series[name] = {categories[int(point.get("idx", "0"))]: point.findtext("c:v", "", NS) for point in points}
    return Chart(series)


def _points(drawn: etree._Element, of: str) -> list[str]:
    return [node.text or "" for node in drawn.iterfind(f"c:{of}//c:v", NS)]
