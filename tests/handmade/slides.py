"""Decks: as flat XML for LibreOffice, with text boxes only, and as a browser's editor exports them."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.util import Emu, Inches, Pt
from tests.handmade.markup import Fence, Grid, Heading, Text, read_blocks


@dataclass
class Slide:
    title: str
    lines: list[str] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_slides(source: str) -> list[Slide]:
    slides: list[Slide] = []
    for block in read_blocks(source):
        if isinstance(block, Heading):
            slides.append(Slide(block.text))
        elif isinstance(block, Text):
            slides[-1].lines.append(block.text)
        elif isinstance(block, Grid):
            slides[-1].grids.append(block)
        elif isinstance(block, Fence):
            slides[-1].notes += [inner.text for inner in block.blocks if isinstance(inner, Text)]
    return slides


def write_text_boxes(source: str, path: Path) -> None:
    """No placeholder anywhere: a title is the large text on top."""
    deck = Presentation()
    for slide in read_slides(source):
        page = deck.slides.add_slide(deck.slide_layouts[6])
        _box(page.shapes, slide.title, top=0.3, size=32, bold=True)
        if slide.lines:
            _box(page.shapes, "\n".join(slide.lines), top=1.5, size=18)
        for grid in slide.grids:
            _table(page, grid)
        page.notes_slide.notes_text_frame.text = "\n".join(slide.notes)
    deck.save(str(path))


def write_grouped(source: str, path: Path) -> None:
    """Titles in placeholders, the rest in text boxes within groups."""
    deck = Presentation()
    for number, slide in enumerate(read_slides(source)):
        page = deck.slides.add_slide(deck.slide_layouts[0 if number == 0 else 5])
        page.shapes.title.text = slide.title
        if slide.lines:
            group = page.shapes.add_group_shape()
            _box(group.shapes, "\n".join(slide.lines), top=1.8, size=18)
        for grid in slide.grids:
            _table(page, grid)
        page.notes_slide.notes_text_frame.text = "\n".join(slide.notes)
    deck.save(str(path))


def _box(shapes: Any, text: str, *, top: float, size: int, bold: bool = False) -> None:
    box = shapes.add_textbox(Inches(0.5), Inches(top), Inches(9), Inches(1))
    frame = box.text_frame
    for number, line in enumerate(text.split("\n")):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = line
        run.font.size = Pt(size)
        run.font.bold = bold


def _table(page: Any, grid: Grid) -> None:
    frame = page.shapes.add_table(
        len(grid.rows), len(grid.rows[0]), Inches(0.4), Inches(1.6), Inches(9.2), Emu(400000 * len(grid.rows))
    )
    for number, row in enumerate(grid.rows):
        for column, text in enumerate(row):
            frame.table.cell(number, column).text = text


_SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("style", "style"),
        ("draw", "drawing"),
        ("presentation", "presentation"),
        ("table", "table"),
        ("text", "text"),
        ("fo", "xsl-fo-compatible"),
        ("svg", "svg-compatible"),
    )
)


def flat_presentation(source: str) -> str:
    """A flat OpenDocument presentation, for LibreOffice to save as .pptx."""
    pages = "".join(_page(number, slide) for number, slide in enumerate(read_slides(source), 1))
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {_SPACES} office:version="1.3" '
        'office:mimetype="application/vnd.oasis.opendocument.presentation"><office:automatic-styles>'
        '<style:page-layout style:name="L"><style:page-layout-properties fo:page-width="28cm" '
        'fo:page-height="21cm"/></style:page-layout></office:automatic-styles><office:master-styles>'
        '<style:master-page style:name="M" style:page-layout-name="L"/></office:master-styles>'
        f"<office:body><office:presentation>{pages}</office:presentation></office:body></office:document>"
    )


def _page(number: int, slide: Slide) -> str:
    lines = "".join(f"<text:list-item><text:p>{escape(line)}</text:p></text:list-item>" for line in slide.lines)
    outline = _frame("outline", 4, f"<draw:text-box><text:list>{lines}</text:list></draw:text-box>") if lines else ""
    tables = "".join(_frame("table", 5, _odf_table(grid)) for grid in slide.grids)
    notes = "".join(f"<text:p>{escape(line)}</text:p>" for line in slide.notes)
    return (
        f'<draw:page draw:name="page{number}" draw:master-page-name="M">'
        + _frame("title", 1, f"<draw:text-box><text:p>{escape(slide.title)}</text:p></draw:text-box>")
        + outline
        + tables
        + f"<presentation:notes>{_frame('notes', 12, f'<draw:text-box>{notes}</draw:text-box>')}</presentation:notes>"
        + "</draw:page>"
    )


def _frame(kind: str, top: int, content: str) -> str:
    role = f'presentation:class="{kind}" ' if kind != "table" else ""
    return f'<draw:frame {role}svg:x="2cm" svg:y="{top}cm" svg:width="24cm" svg:height="3cm">{content}</draw:frame>'


def _odf_table(grid: Grid) -> str:
    rows = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{escape(cell)}</text:p></table:table-cell>" for cell in row)
        + "</table:table-row>"
        for row in grid.rows
    )
    return f'<table:table><table:table-column table:number-columns-repeated="{len(grid.rows[0])}"/>{rows}</table:table>'
