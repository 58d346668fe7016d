"""A Word document as somebody reads it: its paragraphs, headings, and tables by what they are called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docx.oxml.ns import qn

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table
    from docx.text.paragraph import Paragraph


def tables(document: Document, title: str) -> list[list[list[str]]]:
    """The rows of each table whose alternative text is `title`."""
    found = [table for table in document.tables if title_of(table) == title]
    assert found, f"there is no table '{title}', but {[title_of(table) for table in document.tables]}"
    return [[[words_of(cell._tc) for cell in row.cells] for row in table.rows] for table in found]


def words_of(element: Any) -> str:
    """Its paragraphs, a line each, with what stands in content controls (which python-docx passes over)."""
    hyphen = qn("w:noBreakHyphen")
    lines = (
        "".join("-" if node.tag == hyphen else node.text or "" for node in p.iter(qn("w:t"), hyphen))
        for p in element.iter(qn("w:p"))
    )
    return "\n".join(lines).replace("\u00a0", " ")


def rows(document: Document, title: str) -> list[dict[str, str]]:
    """The rows of the one table `title`, by the heads of its columns."""
    ((heads, *body),) = tables(document, title)
    return [dict(zip(heads, cells, strict=True)) for cells in body]


def title_of(table: Table) -> str:
    """Its alternative text."""
    caption = table._tbl.tblPr.find(qn("w:tblCaption"))
    return "" if caption is None else str(caption.get(qn("w:val")))


def text_of(document: Document) -> str:
    """The paragraphs outside tables, a line each."""
    return "\n".join(paragraph.text for paragraph in document.paragraphs).replace("\u00a0", " ")


def headings(document: Document, level: int = 1) -> list[str]:
    """The headings of one level, in order."""
    return [p.text for p in document.paragraphs if p.style is not None and p.style.name == f"Heading {level}"]


def keeps_with_next(paragraph: Paragraph) -> bool:
    """Whether a paragraph stays on the page of the next one, by itself or by its style."""
    own = paragraph.paragraph_format.keep_with_next
    style = paragraph.style
    while own is None and style is not None:
        own, style = style.paragraph_format.keep_with_next, style.base_style
    return bool(own)
