"""What a typographer asks of the built files: nothing alone on a page, no date in two lines, figures rounded once."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from lxml import etree
from tests.support.command import run_govpack
from tests.support.reading import keeps_with_next, title_of

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
SIGNED = {
    "partnership-strategy": "Sign-off",
    "governance-framework": "Sign-off",
    "vendor-performance-review": "Sign-off",
    "enablement-handoff": "Acceptance",
}


@pytest.fixture(scope="module")
def blanks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("blanks") / "out"
    done = run_govpack("blank", "-o", out)
    assert done.returncode == 0, done.stderr
    return out


def opened(folder: Path, name: str) -> Document:
    return docx.Document(str(folder / f"{name}.docx"))


def as_written(cell: _Cell) -> str:
    """The text of a cell with the spaces that it has, breaking or not."""
    return "".join(node.text or "" for node in cell._tc.iter(qn("w:t")))


def before(document: Document, heading: str) -> Paragraph | Table:
    """What stands before the heading `heading`."""
    blocks = list(document.iter_inner_content())
    for earlier, block in pairwise(blocks):
        if isinstance(block, Paragraph) and block.text == heading and block.style.name.startswith("Heading"):
            return earlier
    raise AssertionError(f"there is no heading '{heading}'")


@pytest.mark.parametrize("name", SIGNED)
@pytest.mark.parametrize("kind", ["example", "blank"])
def test_the_places_to_sign_never_stand_on_a_page_alone(
    kind: str, name: str, nordhaven_pack: Path, blanks: Path
) -> None:
    document = opened(nordhaven_pack / "internal" if kind == "example" else blanks, name)
    block = before(document, SIGNED[name])
    last = (
        [block] if isinstance(block, Paragraph) else [each for cell in block.rows[-1].cells for each in cell.paragraphs]
    )
    assert all(keeps_with_next(paragraph) for paragraph in last)


def test_vision_and_current_state_go_to_the_next_page_as_one(nordhaven_pack: Path) -> None:
    """The paper turns behind them: a rest of the section would have a page to itself."""
    blocks = list(opened(nordhaven_pack / "internal", "partnership-strategy").iter_inner_content())
    texts = [block.text if isinstance(block, Paragraph) else "" for block in blocks]
    start = texts.index("Vision and current state")
    end = next(
        at for at, block in enumerate(blocks) if at > start and block._element.find(f".//{qn('w:sectPr')}") is not None
    )
    section = [block for block in blocks[start:end] if isinstance(block, Paragraph)]
    assert [paragraph.text for paragraph in section if not keeps_with_next(paragraph)] == [section[-1].text]
    assert section[-1].text == "Competing partners never share a meeting, a roadmap or a document."


@pytest.mark.parametrize(
    ("name", "title", "columns"),
    [
        ("partnership-strategy", "KPIs", ("Taken on", "Due")),
        ("partnership-strategy", "Reviews", ("Date",)),
        ("enablement-handoff", "Pilots", ("Gate on",)),
        ("ecosystem-roadmap", "Partners", ("Start", "Due")),
        ("vendor-performance-review", "Decisions asked of the board", ("By",)),
    ],
)
def test_a_date_in_a_table_stands_on_one_line(
    nordhaven_pack: Path, name: str, title: str, columns: tuple[str, ...]
) -> None:
    found = [table for table in opened(nordhaven_pack / "internal", name).tables if title_of(table) == title]
    heads, *body = [[as_written(cell) for cell in row.cells] for table in found for row in table.rows]
    dates = [cells[heads.index(column)] for cells in body for column in columns]
    whole = [date for date in dates if re.search(r"\d{4}$", date)]
    assert whole
    assert not [date for date in whole if " " in date]


def test_the_labels_of_a_chart_say_the_figures_that_the_tables_say(nordhaven_pack: Path) -> None:
    """A label of 1.2 beside a table's 1.15 would be a second figure."""
    document = opened(nordhaven_pack / "internal", "partnership-strategy")
    charts = [part for part in document.part.package.iter_parts() if str(part.partname).startswith("/word/charts/")]
    assert len(charts) == 2
    for part in charts:
        chart = etree.fromstring(part.blob)
        (pattern,) = {
            each.get("formatCode") for each in chart.iter(f"{C}numFmt") if each.getparent().tag == f"{C}dLbls"
        }
        places = Decimal(1).scaleb(-len(pattern.rstrip(",").partition(".")[2]))
        scale = Decimal(1000) ** (len(pattern) - len(pattern.rstrip(",")))
        values = [Decimal(value.text or "") / scale for value in chart.iterfind(f".//{C}val//{C}v")]
        assert values
        assert [value for value in values if value != value.quantize(places)] == []
