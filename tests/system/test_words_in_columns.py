"""No word of a table is wider than its column, so that no program breaks it within; measured as the fonts have it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from tests.support.metrics import Fonts
from tests.support.reading import title_of

MARGINS = 8.5  # left and right of a cell, in points, with a little room
SIGNS = {qn("w:noBreakHyphen"): "\u2011", qn("w:tab"): " ", qn("w:br"): " "}


def look(run: Run, paragraph: Paragraph) -> tuple[float, bool]:
    """Size in points, and whether it is bold: as the run says, else its style, else that of its paragraph."""
    fonts = [run.font]
    for own in (run.style, paragraph.style):
        style = own
        while style is not None:
            fonts.append(style.font)
            style = style.base_style
    size = next((font.size.pt for font in fonts if font.size is not None), 11.0)
    return size, bool(next((font.bold for font in fonts if font.bold is not None), False))


def words_of(cell: _Cell, fonts: Fonts) -> Iterator[tuple[str, float]]:
    """Each piece of text within which no line ends, with its width in points."""
    for paragraph in cell.paragraphs:
        word, width = "", 0.0
        for element in paragraph._p.iter(qn("w:r")):
            size, bold = look(Run(element, paragraph), paragraph)
            said = (part.text if part.tag == qn("w:t") else SIGNS.get(str(part.tag)) for part in element)
            text = "".join(each or "" for each in said)
            for piece in re.findall(r"[^ /\u2013-]+|[ /\u2013-]", text):
                if piece != " ":
                    word, width = word + piece, width + fonts.face(bold=bold).width(piece.replace("\u2011", "-"), size)
                if piece in " /\u2013-":
                    yield word, width
                    word, width = "", 0.0
        yield word, width


def is_laid_out(table: Table) -> bool:
    """Whether its columns have the widths that the file gives them; others take what their words need."""
    layout = table._tbl.find(f".//{qn('w:tblLayout')}")
    return layout is not None and layout.get(qn("w:type")) == "fixed"


@pytest.mark.parametrize("built", ["nordhaven_pack", "starter_pack", "minimal_pack", "blanks"])
def test_no_word_of_a_table_is_wider_than_its_column(built: str, fonts: Fonts, request: pytest.FixtureRequest) -> None:
    folder: Path = request.getfixturevalue(built)
    measured, broken = 0, []
    for path in sorted(folder.rglob("*.docx")):
        for table in filter(is_laid_out, docx.Document(str(path)).tables):
            for cell in (cell for row in table.rows for cell in row.cells):
                for word, width in words_of(cell, fonts):
                    measured += 1
                    # The path of a gap may break: it goes when the gap is closed.
                    if not re.search(r"\w\.\w+\]$", word) and width > cell._tc.width.pt - MARGINS:
                        broken.append(f"{path.relative_to(folder)}, {title_of(table)}: {word}")
    assert measured > 5_000
    assert broken == []
