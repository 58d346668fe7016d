"""What a finished Word file or deck says, whichever engine made it, so that the outputs can be held against each other.

Paragraphs without text are passed over: engines leave some behind where their tags stood, and nobody reads them.
"""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING
from zipfile import ZipFile

from lxml import etree

from govpack.ooxml.names import qn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

_SHOWN = {qn("w:t"): None, qn("a:t"): None, qn("w:tab"): "\t", qn("w:br"): "\n", qn("a:br"): "\n"}
_PARAGRAPHS, _ROWS, _CELLS = ((qn(f"w:{name}"), qn(f"a:{name}")) for name in ("p", "tr", "tc"))
_SPEAKING = re.compile(r"word/(?:document|header\d+|footer\d+)\.xml|ppt/(?:slides|notesSlides|charts)/[^/]+\.xml")
_NUMBER = re.compile(r"\d+")
_SHOWN_LINES = 6


def read(path: Path) -> list[str]:
    """Every text of the file at `path`, in order: paragraphs, rows of tables, charts, alternative texts."""
    with ZipFile(path) as package:
        return read_parts({name: package.read(name) for name in package.namelist() if _SPEAKING.fullmatch(name)})


def read_parts(parts: Mapping[str, bytes]) -> list[str]:
    """Every text of these parts, by their names."""
    found: list[str] = []
    charts: list[str] = []
    for name in sorted(parts, key=lambda name: [int(number) for number in _NUMBER.findall(name)]):
        root = etree.fromstring(parts[name])
        if "/charts/" in name:
            charts.append(_chart(root))
        else:
            found += _texts(name.rpartition("/")[0], root)
    # An engine may name its charts as it likes.
    return found + sorted(charts)


def differences(one: list[str], other: list[str]) -> list[str]:
    """The first places where two files say different things; none where they say the same."""
    if one == other:
        return []
    lines = difflib.unified_diff(one, other, n=0, lineterm="")
    return [line[:200] for line in lines if not line.startswith(("---", "+++", "@@"))][:_SHOWN_LINES]


def _texts(part: str, root: etree._Element) -> Iterator[str]:
    for element in root.iter(*_PARAGRAPHS, *_ROWS):
        if element.tag in _ROWS:
            yield f"{part}: row: {' | '.join(' '.join(_plain(cell)) for cell in element.iter(*_CELLS))}"
        elif not any(ancestor.tag in _CELLS for ancestor in element.iterancestors()):
            yield from (f"{part}: {text}" for text in _plain(element))
    for named in root.iter(qn("p:cNvPr")):
        if named.get("descr"):
            yield f"{part}: alternative: {named.get('descr')}"


def _plain(element: etree._Element) -> Iterator[str]:
    for paragraph in element.iter(*_PARAGRAPHS):
        text = "".join(_SHOWN[node.tag] or node.text or "" for node in paragraph.iter(*_SHOWN))
        if text := " ".join(text.split()):
            yield text


def _chart(root: etree._Element) -> str:
    series = []
    for node in root.iter(qn("c:ser")):
        held = {kind: list(_points(node.iterfind(f"{qn(f'c:{kind}')}//{qn('c:v')}"))) for kind in ("tx", "cat", "val")}
        series.append(f"{held['tx']}: {held['cat']} {[float(value) for value in held['val']]}")
    return f"chart: {series}"


def _points(nodes: Iterable[etree._Element]) -> Iterator[str]:
    return (node.text or "" for node in nodes)
