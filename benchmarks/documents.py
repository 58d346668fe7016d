"""Reads finished agreements for benchmarks/agreement.py: what they say, and what the making costs at the very least."""

from __future__ import annotations

import difflib
import pickle
import re
import statistics
import time
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

from docxtpl import DocxTemplate
from lxml import etree

import peer
from govpack.ooxml.names import qn

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_BREAKS = {qn("w:tab"): "\t", qn("w:br"): "\n"}
_REFERENCE = re.compile(r" REF (\w+) ")
_RUNS = 25


@dataclass(frozen=True, slots=True)
class Said:
    """What a document says: (style, text) of each paragraph, cells of each table, headers and footers, properties."""

    paragraphs: list[tuple[str, str]]
    tables: list[list[list[str]]]
    furniture: list[str]
    properties: list[str]


def read(data: bytes) -> Said:
    """What the document `data` says. A field counts as the text it shows; bookmarks say nothing."""
    with ZipFile(BytesIO(data)) as package:
        body = etree.fromstring(package.read("word/document.xml"))
        furniture = [
            _text(paragraph)
            for name in sorted(package.namelist())
            if name.startswith(("word/header", "word/footer"))
            for paragraph in etree.fromstring(package.read(name)).iter(qn("w:p"))
        ]
        core = etree.fromstring(package.read("docProps/core.xml"))
    return Said(
        [(_style(paragraph), _text(paragraph)) for paragraph in body.iter(qn("w:p"))],
        [
            [
                [" ".join(map(_text, cell.iter(qn("w:p")))) for cell in row.iter(qn("w:tc"))]
                for row in table.iter(qn("w:tr"))
            ]
            for table in body.iter(qn("w:tbl"))
        ],
        furniture,
        [core.findtext(qn(name)) or "" for name in ("dc:title", "dc:subject", "dc:creator")],
    )


def differences(ours: bytes, theirs: bytes) -> list[str]:
    """The first places where two documents say different things; none where they say the same."""
    one, other = read(ours), read(theirs)
    found = []
    for name in ("paragraphs", "tables", "furniture", "properties"):
        left, right = ([repr(item) for item in getattr(said, name)] for said in (one, other))
        lines = difflib.unified_diff(left, right, f"govpack, {name}", f"docxtpl, {name}", n=0, lineterm="")
        found += [line for line in lines if left != right][:12]
    return found


def numbers_of(data: bytes, bookmarks: Iterable[str]) -> dict[str, str]:
    """The numbers that the live references of `data` show, by the bookmark's name in the template."""
    with ZipFile(BytesIO(data)) as package:
        body = etree.fromstring(package.read("word/document.xml"))
    shown: dict[str, str] = {}
    name = ""
    for node in body.iter(qn("w:instrText"), qn("w:t")):
        if node.tag == qn("w:instrText"):
            found = _REFERENCE.match(node.text or "")
            name = found[1] if found else ""
        elif name:
            shown[name], name = node.text or "", ""
    # A bookmark's name in Word has letters, digits and underscores only.
    return {each: shown[word] for each in bookmarks if (word := re.sub(r"\W", "_", each)[:40]) in shown}


def contents_of(data: bytes) -> list[str]:
    """The lines of the table of contents."""
    with ZipFile(BytesIO(data)) as package:
        body = etree.fromstring(package.read("word/document.xml"))
    return [
        _text(link, tidy=False)
        for link in body.iter(qn("w:hyperlink"))
        if link.get(qn("w:anchor"), "").startswith("_Toc")
    ]


def floor(template: Path, pickled: Path, made: bytes, original: Path) -> tuple[float, float]:
    """The least that this document can cost: seconds of Jinja, compiled before, and of deflating what changed.

    Jinja runs on the body as docxtpl hands it over, with docxtpl's filters, without a sandbox and without counting
    anything; deflated are the members of `made` that `original` does not hold as they are.
    """
    case = pickle.loads(pickled.read_bytes())
    document = DocxTemplate(template)
    document.render_init()
    environment = peer.make_environment(case["locale"], case["currency"], case["numbers"])
    body = environment.from_string(document.patch_xml(document.get_xml()))
    fill = _median(lambda: body.render(case["peer_context"]))
    with ZipFile(BytesIO(made)) as package, ZipFile(original) as source:
        before = {name: source.read(name) for name in source.namelist()}
        changed = [package.read(name) for name in package.namelist() if package.read(name) != before.get(name)]
    return fill, _median(lambda: [_deflate(member) for member in changed])


def _deflate(data: bytes) -> bytes:
    squeezer = zlib.compressobj(6, zlib.DEFLATED, -15)
    return squeezer.compress(data) + squeezer.flush()


def _median(work: object) -> float:
    times = []
    for _ in range(_RUNS):
        start = time.perf_counter()
        work()  # type: ignore[operator]
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def _style(paragraph: etree._Element) -> str:
    style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return style.get(qn("w:val"), "") if style is not None else ""


def _text(element: etree._Element, *, tidy: bool = True) -> str:
    pieces = []
    for node in element.iter(qn("w:t"), *_BREAKS):
        parent = node.getparent()
        if parent is not None and parent.tag == qn("w:r"):
            pieces.append(_BREAKS.get(str(node.tag)) or node.text or "")
    text = "".join(pieces)
    return " ".join(text.split()) if tidy else text
