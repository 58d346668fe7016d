"""Small pictures for tests, and a Word file's own charts, which python-docx can't make."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING, Any

from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from tests.template.builders import deck

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument."
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10"><rect width="40" height="10"/></svg>'
JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffc00011080014002803012200021101031101ffd9")


def png(width: int, height: int) -> bytes:
    """A red picture of so many pixels."""
    rows = b"".join(b"\0" + b"\xc8\x1e\x1e" * width for _ in range(height))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def add_chart(document: Document, paragraph: Paragraph, alternative: str, title: str = "") -> None:
    """A column chart with its workbook in a run of `paragraph`."""
    made: Any = next(shape for shape in deck(alternative="x").slides[0].shapes if shape.has_chart)
    if title:
        made.chart.has_title = True
        made.chart.chart_title.text_frame.text = title
    number = 1 + sum("chart" in relation.reltype for relation in document.part.rels.values())
    package = document.part.package
    book = Part(
        PackURI(f"/word/embeddings/Microsoft_Excel_Sheet{number}.xlsx"),
        f"{_TYPE}spreadsheetml.sheet",
        made.chart.part.chart_workbook.xlsx_part.blob,
        package,
    )
    uri = PackURI(f"/word/charts/chart{number}.xml")
    chart = Part(uri, f"{_TYPE}drawingml.chart+xml", made.chart.part.blob, package)
    chart.rels.get_or_add(f"{_RELATION}/package", book)
    identifier = document.part.relate_to(chart, f"{_RELATION}/chart")
    paragraph.add_run()._r.append(
        parse_xml(
            '<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
            'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
            'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><wp:inline>'
            f'<wp:extent cx="3600000" cy="2000000"/><wp:docPr id="{number + 100}" name="Chart" descr="{alternative}"/>'
            '<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
            '<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
            f'xmlns:r="{_RELATION}" r:id="{identifier}"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
        )
    )
