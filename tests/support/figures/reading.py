"""What a Word file or a deck shows, as text: paragraphs, rows of tables by their heads, and what its charts cache."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

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
    shown = Shown([], [], [])
    with zipfile.ZipFile(path) as archive:
        for name in sorted(archive.namelist()):
            if name.startswith(_SHOWN) and name.endswith(".xml"):
                root = parse_xml(archive.read(name))
                for space in (NS["w"], NS["a"]):
                    shown.texts.extend(_text(paragraph, space) for paragraph in root.iter(f"{{{space}}}p"))
                    shown.tables.extend(_table(table, space) for table in root.iter(f"{{{space}}}tbl"))
            elif "/charts/chart" in name and name.endswith(".xml"):
                shown.charts.append(_chart(parse_xml(archive.read(name))))
    return shown


def _text(element: etree._Element, space: str) -> str:
    words = "".join(node.text or "" for node in element.iter(f"{{{space}}}t"))
    return " ".join(words.replace("\u00a0", " ").split())


def _table(table: etree._Element, space: str) -> list[list[str]]:
    rows = table.iter(f"{{{space}}}tr")
    return [[_text(cell, space) for cell in row.iter(f"{{{space}}}tc")] for row in rows]


def _chart(root: etree._Element) -> Chart:
    series: dict[str, dict[str, str]] = {}
    for drawn in root.iter(f"{{{NS['c']}}}ser"):
        (name,) = _points(drawn, "tx")
        series[name] = dict(zip(_points(drawn, "cat"), _points(drawn, "val"), strict=True))
    return Chart(series)


def _points(drawn: etree._Element, of: str) -> list[str]:
    return [node.text or "" for node in drawn.iterfind(f"c:{of}//c:v", NS)]
