"""Small real documents, made in memory, for the engine's tests."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import docx
import pptx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from govpack.template import compile_template

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from docx.document import Document
    from pptx.presentation import Presentation


def docx_bytes(*paragraphs: str | Iterable[str]) -> bytes:
    """A Word file of these paragraphs; a paragraph given as several texts has a run for each."""
    document = docx.Document()
    for paragraph in paragraphs:
        made = document.add_paragraph()
        for text in [paragraph] if isinstance(paragraph, str) else paragraph:
            made.add_run(text)
    return saved(document)


def table_bytes(*rows: Iterable[str]) -> bytes:
    """A Word file with one table of these rows."""
    document = docx.Document()
    cells = [list(row) for row in rows]
    table = document.add_table(rows=len(cells), cols=len(cells[0]))
    for row, texts in enumerate(cells):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    return saved(document)


def saved(document: Document | Presentation) -> bytes:
    """The document as a file."""
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def filled(data: bytes, context: Mapping[str, Any], **options: Any) -> Document:
    """The Word template `data` rendered with `context`, opened."""
    return docx.Document(io.BytesIO(compile_template(data).render(context, **options).data))


def texts(document: Document) -> list[str]:
    """The text of each paragraph of the body."""
    return [paragraph.text for paragraph in document.paragraphs]


def rows(document: Document, table: int = 0) -> list[list[str]]:
    """The text of each cell of a table."""
    return [[cell.text for cell in row.cells] for row in document.tables[table].rows]


def multilevel(document: Document, levels: Mapping[str, tuple[str, str]], number_id: int = 90) -> None:
    """Link paragraph styles, made where they lack, with the levels of one new list: name → (format, text)."""
    numbering = document.part.numbering_part.element
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), str(number_id))
    for depth, (name, (form, text)) in enumerate(levels.items()):
        names = [style.name for style in document.styles]
        style = document.styles[name] if name in names else document.styles.add_style(name, 1)
        level = OxmlElement("w:lvl")
        level.set(qn("w:ilvl"), str(depth))
        for tag, value in (("w:start", "1"), ("w:numFmt", form), ("w:pStyle", style.style_id), ("w:lvlText", text)):
            child = OxmlElement(tag)
            child.set(qn("w:val"), value)
            level.append(child)
        abstract.append(level)
        properties = style.element.get_or_add_pPr()
        numbers = properties.get_or_add_numPr()
        numbers.get_or_add_numId().val = number_id
        if depth:
            numbers.get_or_add_ilvl().val = depth
    numbering.insert(0, abstract)
    number = OxmlElement("w:num")
    number.set(qn("w:numId"), str(number_id))
    link = OxmlElement("w:abstractNumId")
    link.set(qn("w:val"), str(number_id))
    number.append(link)
    numbering.append(number)


def deck(title: str = "Title", notes: str = "", alternative: str = "") -> Presentation:
    """A deck of one slide with a title, notes, and (with `alternative`) a column chart of two series."""
    presentation = pptx.Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[5])
    slide.shapes.title.text = title
    if notes:
        slide.notes_slide.notes_text_frame.text = notes
    if alternative:
        data = CategoryChartData(number_format="0.0")
        data.categories = ["one", "two"]
        data.add_series("first", (1, 2))
        data.add_series("second", (3, 4))
        box = (Inches(1), Inches(2), Inches(6), Inches(4))
        frame = slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *box, data)
        frame._element.nvGraphicFramePr.cNvPr.set("descr", alternative)
    return presentation
