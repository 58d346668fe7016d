"""Word documents and decks made in memory, for tests: ``docx(heading("Roles"), table(["Role"], ["Lead"]))``.

A document is a sequence of pieces; each piece is a function that writes itself into a python-docx document.
`slide(...)` makes a slide of a deck.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

Piece = Callable[[Any], None]


def docx(*pieces: Piece, author: str = "", title: str = "") -> bytes:
    """A Word document of `pieces`, without the author and the thumbnail of python-docx's template."""
    document = Document()
    properties = document.core_properties
    properties.author, properties.title, properties.comments = author, title, ""
    links = document.part.package.rels
    for name in [name for name, link in links.items() if "thumbnail" in link.reltype]:
        del links[name]
    for piece in pieces:
        piece(document)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def title(text: str) -> Piece:
    """A paragraph in the style Title."""
    return lambda document: document.add_heading(text, 0)


def heading(text: str, level: int = 1) -> Piece:
    """A heading by style."""
    return lambda document: document.add_heading(text, level)


def looks(text: str, size: int = 14, bold: bool = True) -> Piece:
    """A paragraph that only looks like a heading."""

    def write(document: Any) -> None:
        run = document.add_paragraph().add_run(text)
        run.bold, run.font.size = bold, Pt(size)

    return write


def text(*words: str, style: str | None = None) -> Piece:
    """A paragraph of runs; a run that starts with ``*`` is bold."""

    def write(document: Any) -> None:
        paragraph = document.add_paragraph(style=style)
        for word in words:
            paragraph.add_run(word.removeprefix("*")).bold = word.startswith("*") or None

    return write


def table(header: Sequence[str], *rows: Sequence[str]) -> Piece:
    """A table with its header row."""

    def write(document: Any) -> None:
        grid = document.add_table(rows=0, cols=len(header))
        for values in (header, *rows):
            for cell, value in zip(grid.add_row().cells, values, strict=True):
                cell.text = value

    return write


def merged(rows: Sequence[Sequence[str]], *merges: tuple[int, int, int, int]) -> Piece:
    """A table with merged cells, each (top, left, bottom, right) from 0."""

    def write(document: Any) -> None:
        grid = document.add_table(rows=len(rows), cols=len(rows[0]))
        for at, values in enumerate(rows):
            for cell, value in zip(grid.rows[at].cells, values, strict=True):
                cell.text = value
        for top, left, bottom, right in merges:
            words = grid.cell(top, left).text
            grid.cell(top, left).merge(grid.cell(bottom, right)).text = words

    return write


def xml(body: str) -> Piece:
    """Raw WordprocessingML, put before the section properties."""

    def write(document: Any) -> None:
        wrapped = parse_xml(f"<w:body {nsdecls('w', 'r', 'wp', 'a', 'pic')} xmlns:w14="
                            f'"http://schemas.microsoft.com/office/word/2010/wordml" xmlns:mc='
                            f'"http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps='
                            f'"http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
                            f'xmlns:v="urn:schemas-microsoft-com:vml">{body}</w:body>')  # fmt: skip
        for node in list(wrapped):
            document.element.body.insert(len(document.element.body) - 1, node)

    return write


def paragraph(words: str, *, style: str = "", bookmark: str = "", inner: str = "", numbered: int = 0) -> Piece:
    """A paragraph as raw XML: a bookmark around its words, a place in list `numbered`, and any further XML inside."""
    look = f'<w:pStyle w:val="{style}"/>' if style else ""
    look += f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{numbered}"/></w:numPr>' if numbered else ""
    run = f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>' if words else ""
    if bookmark:
        number = str(zlib.crc32(bookmark.encode()) % 10**6)
        run = f'<w:bookmarkStart w:id="{number}" w:name="{bookmark}"/>{run}<w:bookmarkEnd w:id="{number}"/>'
    return xml(f"<w:p><w:pPr>{look}</w:pPr>{run}{inner}</w:p>")


def ref(name: str, cached: str, switches: str = "\\w \\h") -> str:
    """A REF field with its cached result, as XML for `paragraph(inner=…)`."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> REF {name} {switches} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'<w:r><w:t>{cached}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def legal_numbering() -> Piece:
    """Links Heading 1 to 1, Heading 2 to 1.1 and List Number to (a) of one multilevel list, as law firms do."""
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:pStyle w:val="{style}"/>'
        f'<w:lvlText w:val="{shown}"/></w:lvl>'
        for at, (form, style, shown) in enumerate(
            [("decimal", "Heading1", "%1."), ("decimal", "Heading2", "%1.%2"), ("lowerLetter", "ListNumber", "(%3)")]
        )
    )

    def write(document: Any) -> None:
        numbering = document.part.numbering_part.element
        abstract = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{levels}</w:abstractNum>')
        numbering.insert(0, abstract)
        numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
        for at, style in enumerate(("Heading 1", "Heading 2", "List Number")):
            ppr = document.styles[style].element.get_or_add_pPr()
            for old in ppr.findall(qn("w:numPr")):
                ppr.remove(old)
            ppr.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{at}"/><w:numId w:val="90"/></w:numPr>'))

    return write


def clause_list(number: int = 91) -> Piece:
    """A list 1., 2., 3. that paragraphs join by `paragraph(numbered=…)`."""
    level = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'

    def write(document: Any) -> None:
        numbering = document.part.numbering_part.element
        abstract = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">{level}</w:abstractNum>'
        numbering.insert(0, parse_xml(abstract))
        numbering.append(
            parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>')
        )

    return write


def footer(words: str) -> Piece:
    """Words in the footer."""

    def write(document: Any) -> None:
        document.sections[0].footer.paragraphs[0].text = words

    return write


def comment(words: str) -> Piece:
    """A Word comment on the last paragraph."""

    def write(document: Any) -> None:
        runs = document.paragraphs[-1].runs
        document.add_comment(runs, text=words, author="A. Reviewer", initials="AR")

    return write


@dataclass(frozen=True)
class Slide:
    """A slide to be made."""

    title: str
    lines: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    chart: tuple[tuple[str, float], ...] = ()
    alt: str = "What the chart shows"
    notes: str = "What is said"


def pptx(*slides: Slide) -> bytes:
    """A deck of `slides`."""
    deck = Presentation()
    deck.core_properties.author = ""
    for wanted in slides:
        page = deck.slides.add_slide(deck.slide_layouts[5])
        page.shapes.title.text = wanted.title
        if wanted.lines:
            box = page.shapes.add_textbox(Inches(1), Inches(2), Inches(6), Inches(1)).text_frame
            box.text = "\n".join(wanted.lines)
        if wanted.rows:
            shape = page.shapes.add_table(
                len(wanted.rows), len(wanted.rows[0]), Inches(1), Inches(3), Inches(6), Inches(2)
            )
            for at, row in enumerate(wanted.rows):
                for column, value in enumerate(row):
                    shape.table.cell(at, column).text = value
        if wanted.chart:
            data = CategoryChartData()
            data.categories = [name for name, _ in wanted.chart]
            data.add_series("Value", [value for _, value in wanted.chart])
            frame = page.shapes.add_chart(
                XL_CHART_TYPE.COLUMN_CLUSTERED, Inches(1), Inches(4), Inches(5), Inches(3), data
            )
            frame._element.nvGraphicFramePr.cNvPr.set("descr", wanted.alt)
        if wanted.notes:
            page.notes_slide.notes_text_frame.text = wanted.notes
    out = BytesIO()
    deck.save(out)
    return out.getvalue()
