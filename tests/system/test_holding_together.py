"""What a typographer asks of the built files: nothing alone on a page, no date in two lines, figures rounded once."""

from __future__ import annotations

import re
import subprocess
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Twips
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from lxml import etree
from tests.support.metrics import Fonts
from tests.support.reading import keeps_with_next, title_of

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
SIGNED = {
    "partnership-strategy": "Sign-off",
    "governance-framework": "Sign-off",
    "vendor-performance-review": "Sign-off",
    "enablement-handoff": "Acceptance",
}
INTERNAL = (*SIGNED, "ecosystem-roadmap", "panel-rubric", "review-register", "quality-checklist")


def opened(folder: Path, name: str) -> Document:
    return docx.Document(str(folder / f"{name}.docx"))


def keeps(row: _Row) -> bool:
    """Whether `row` stays on the page of the next: a row does what its first cell does."""
    return all(keeps_with_next(paragraph) for paragraph in row.cells[0].paragraphs)


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
@pytest.mark.parametrize("kind", ["example", "starter", "blank"])
def test_the_places_to_sign_never_stand_on_a_page_alone(
    kind: str, name: str, nordhaven_pack: Path, starter_pack: Path, blanks: Path
) -> None:
    folders = {"example": nordhaven_pack / "internal", "starter": starter_pack / "internal", "blank": blanks}
    document = opened(folders[kind], name)
    block = before(document, SIGNED[name])
    assert keeps_with_next(block) if isinstance(block, Paragraph) else keeps(block.rows[-1])


@pytest.mark.parametrize("name", INTERNAL)
@pytest.mark.parametrize("kind", ["example", "small", "large", "blank"])
def test_no_page_begins_or_ends_with_a_single_row_of_a_table(
    kind: str, name: str, nordhaven_pack: Path, small_pack: Path, large_pack: Path, blanks: Path
) -> None:
    packs = {"example": nordhaven_pack, "small": small_pack, "large": large_pack}
    folder = blanks if kind == "blank" else packs[kind] / "internal"
    if not (folder / f"{name}.docx").is_file():
        assert (kind, name) == ("blank", "quality-checklist"), "only the checklist, made from verdicts, has no blank"
        return
    for table in opened(folder, name).tables:
        body = [row for row in table.rows if row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is None]
        if len(body) > 1:
            assert keeps(body[0]), f"{title_of(table)}: the first row may stand alone"
            assert keeps(body[-2]), f"{title_of(table)}: the last row may stand alone"


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("partnership-strategy", "KPIs"),
        ("partnership-strategy", "Risk register"),
        ("governance-framework", "People on the partners’ side"),
        ("governance-framework", "Responsibility assignment"),
        ("ecosystem-roadmap", "Dependencies"),
        ("vendor-performance-review", "Metrics"),
        ("vendor-performance-review", "Evidence behind the metrics"),
        ("panel-rubric", "Criteria and weights"),
        ("enablement-handoff", "Joint roadmap"),
        ("review-register", "State of reviews"),
        ("quality-checklist", "Evidence"),
    ],
)
def test_a_long_table_breaks_rather_than_leave_half_a_page_empty(nordhaven_pack: Path, name: str, title: str) -> None:
    found = [table for table in opened(nordhaven_pack / "internal", name).tables if title_of(table) == title]
    long = [table for table in found if len(table.rows) > 6]
    assert long
    assert all(any(not keeps(row) for row in list(table.rows)[1:-1]) for table in long)


def test_only_forms_vendors_and_the_items_of_the_checklist_begin_a_page_behind_the_first(nordhaven_pack: Path) -> None:
    """What begins a page leaves the one before as full as it is."""
    begun = {
        name: [
            paragraph.text.partition(" of ")[0]
            for paragraph in opened(nordhaven_pack / "internal", name).paragraphs
            if paragraph.paragraph_format.page_break_before
        ][1:]
        for name in INTERNAL
    }
    assert {name: texts for name, texts in begun.items() if texts} == {
        "panel-rubric": ["Assessment forms", "Form", "Form", "Form"],
        "quality-checklist": ["The items"],
        "vendor-performance-review": [
            "Nimbus: amber",
            "Lumenar: green",
            "Halden: red",
            "Tidewater: amber",
            "Stratora: amber",
        ],
    }


class Page(NamedTuple):
    """What is seen of a page: whether it lies on its side, how far down it is filled, and how it begins."""

    wide: bool
    filled: float
    opening: str


def read_page(text: str) -> Page:
    """A page as pdftotext says where its words stand, in points; those between header and footer count."""
    width, height = (float(size) for size in re.findall(r'(?:width|height)="([\d.]+)"', text.partition(">")[0]))
    words = re.findall(r'yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">([^<]*)', text)
    top, foot = 65, height - 65  # the rules of header and footer
    body = [(float(below), word) for above, below, word in words if float(above) > top and float(below) < foot]
    lowest = max(below for below, _ in body)
    return Page(width > height, (lowest - top) / (foot - top), " ".join(word for _, word in body[:4]))


def read_pages(pdf: Path) -> list[Page]:
    boxes = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
    return [read_page(text) for text in boxes.split("<page ")[1:]]


@pytest.mark.office
@pytest.mark.parametrize("partner", ["nimbus", "halden", "lumenar", "ostermark"])
def test_no_page_of_an_agreement_holds_a_few_lines_only(
    nordhaven_pack: Path, nordhaven_pages: dict[Path, Path], partner: str
) -> None:
    """Schedules begin a page, so what comes before them may end with a sentence by itself."""
    pages = read_pages(nordhaven_pages[nordhaven_pack / "counterparty" / partner / "partnership-agreement.docx"])
    assert len(pages) > 30
    assert not {number: page for number, page in enumerate(pages, 1) if page.filled < 0.2}


@pytest.mark.office
def test_the_pages_of_the_internal_documents_are_filled(
    nordhaven_pack: Path, nordhaven_pages: dict[Path, Path]
) -> None:
    """The cover, the last page, and one before the paper turns or forms begin may stand half empty; no other."""
    for name in INTERNAL:
        pages = read_pages(nordhaven_pages[nordhaven_pack / "internal" / f"{name}.docx"])
        assert len(pages) > 4, name
        for number, (page, following) in enumerate(pairwise(pages), 1):
            if number > 1 and page.wide == following.wide and "Assessment forms" not in following.opening:
                assert page.filled > 0.6, f"{name}: page {number} is filled to {page.filled:.0%} only"


@pytest.mark.office
def test_each_vendor_of_the_performance_review_has_one_page(
    nordhaven_pack: Path, nordhaven_pages: dict[Path, Path]
) -> None:
    pages = read_pages(nordhaven_pages[nordhaven_pack / "internal" / "vendor-performance-review.docx"])
    begun = [page.opening.partition(". ")[2] for page in pages]
    first = begun.index("Nimbus: amber Nimbus")
    assert begun[first : first + 4] == [
        "Nimbus: amber Nimbus", "Lumenar: green Lumenar", "Halden: red Halden", "Tidewater: amber Tidewater",
    ]  # fmt: skip
    assert begun[first + 4] == "Stratora: amber Stratora"


@pytest.mark.office
def test_the_pages_of_the_joint_roadmaps_are_filled(nordhaven_pack: Path, nordhaven_pages: dict[Path, Path]) -> None:
    """All but the cover and the last."""
    files = sorted(nordhaven_pack.glob("counterparty/*/joint-roadmap.docx"))
    assert len(files) == 4
    for path in files:
        pages = read_pages(nordhaven_pages[path])
        assert len(pages) == 4
        assert min(page.filled for page in pages[1:-1]) > 0.75, path.parent.name


def test_a_figure_stands_apart_from_the_date_beside_it(nordhaven_pack: Path) -> None:
    """Right-aligned, with a date at the left of the next cell, the two would read as one."""
    papers = {"partnership-strategy": {"Baseline", "Target", "Latest"}, "enablement-handoff": {"Target"}}
    for name, figures in papers.items():
        found = set()
        for table in opened(nordhaven_pack / "internal", name).tables:
            for row in table.rows if title_of(table) in ("KPIs", "Progress") else ():
                for head, cell, beside in zip(table.rows[0].cells, row.cells, row.cells[1:], strict=False):
                    (figure,) = cell.paragraphs
                    if figure.alignment is not None and beside.paragraphs[0].alignment is None:
                        assert figure.paragraph_format.right_indent == Twips(120), f"{name}: {head.text}"
                        found.add(head.text)
        assert found == figures, name


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("governance-framework", ["(co-innovation)", "Art. 53(1)(b)"]),
        ("partnership-strategy", ["(MOD-404)", "1 January 2027"]),
    ],
)
def test_no_line_of_a_narrow_column_ends_within_a_type_of_agreement_a_reference_or_a_date(
    nordhaven_pack: Path, name: str, words: list[str]
) -> None:
    cells = [
        "".join(node.text or "\u2011" for node in cell._tc.iter(qn("w:t"), qn("w:noBreakHyphen")))
        for table in opened(nordhaven_pack / "internal", name).tables
        for row in table.rows
        for cell in row.cells
    ]
    for each in words:
        assert any(each.replace(" ", "\u00a0").replace("-", "\u2011") in cell for cell in cells), each
        assert not any(each in cell for cell in cells), each


def test_the_compliance_obligations_stay_whole_where_they_are_few(nordhaven_pack: Path) -> None:
    """Eight rows would leave three of them on a page alone; a long table breaks as it must."""
    for partner, whole in (("ostermark", True), ("nimbus", False)):
        charter = opened(nordhaven_pack / "counterparty" / partner, "governance-charter")
        (table,) = (table for table in charter.tables if title_of(table) == "Compliance obligations")
        assert all(keeps(row) for row in table.rows[1:-1]) is whole, partner


def test_the_figures_of_the_economics_have_the_same_decimals_in_table_and_chart(nordhaven_pack: Path) -> None:
    document = opened(nordhaven_pack / "internal", "partnership-strategy")
    (years,) = (table for table in document.tables if title_of(table) == "Economics by year")
    figures = [cell.text for row in list(years.rows)[1:] for cell in row.cells[1:]]
    assert len(figures) == 32
    assert not [figure for figure in figures if not re.fullmatch(r"[-−]?[\d,]+\.\d\d", figure)]
    charts = [part for part in document.part.package.iter_parts() if str(part.partname).startswith("/word/charts/")]
    patterns = {each.get("formatCode") for part in charts for each in etree.fromstring(part.blob).iter(f"{C}numFmt")}
    assert '#,##0.00;"−"#,##0.00' in patterns


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


def test_no_date_of_a_table_is_wider_than_its_column(nordhaven_pack: Path, fonts: Fonts) -> None:
    """Its spaces do not break, so a program would break it within a number."""
    measured = 0
    for name in INTERNAL:
        for table in opened(nordhaven_pack / "internal", name).tables:
            for cell in (cell for row in table.rows for cell in row.cells):
                for date in re.findall(r"\d+\u00a0\w{3,4}\u00a0\d{4}", as_written(cell)):
                    room = cell._tc.width.pt - 8.5  # the margins of a cell
                    assert fonts.face(bold=False).width(date, 9) < room, f"{name}, {title_of(table)}: {date}"
                    measured += 1
    assert measured > 150


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
        pattern = pattern.partition(";")[0]
        places = Decimal(1).scaleb(-len(pattern.rstrip(",").partition(".")[2]))
        scale = Decimal(1000) ** (len(pattern) - len(pattern.rstrip(",")))
        values = [Decimal(value.text or "") / scale for value in chart.iterfind(f".//{C}val//{C}v")]
        assert values
        assert [value for value in values if value != value.quantize(places)] == []


def sub_items(style: str) -> bool:
    """Whether a paragraph in this style is an item of a list within a clause or a report."""
    return style.startswith("List ") or style in ("Clause 3", "Clause 4", "Schedule Level 3", "Schedule Level 4")


def loose_ends_of_lists(document: Document) -> list[str]:
    """Lists of which one item, the first or the last, may stand on a page alone."""
    found: list[str] = []
    run: list[Paragraph] = []
    for block in [*document.iter_inner_content(), None]:
        if isinstance(block, Paragraph) and sub_items(block.style.name):
            run.append(block)
            continue
        items = [at for at, each in enumerate(run) if each.style.name == run[0].style.name]
        ends = [run[0], run[items[-1] - 1]] if len(items) > 1 else []
        found += [f"{run[0].text[:40]} … {end.text[:40]}" for end in ends if not keeps_with_next(end)]
        run = []
    return found


def loose_ends_of_tables(document: Document) -> list[str]:
    """Tables whose head repeats and of which one row, the first or the last, may stand on a page alone."""
    found: list[str] = []
    for table in document.tables:
        rows = [row for row in table.rows if row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is None]
        if len(rows) == len(table.rows) or len(rows) < 2:
            continue
        for row in (rows[0], rows[-2]):
            if not all(keeps_with_next(paragraph) for cell in row.cells for paragraph in cell.paragraphs):
                found.append(f"{title_of(table)}: {row.cells[0].text}")
    return found


def test_no_item_of_a_list_and_no_row_of_a_table_stands_on_a_page_alone(nordhaven_pack: Path) -> None:
    documents = {path: docx.Document(str(path)) for path in sorted(nordhaven_pack.rglob("*.docx"))}
    loose = {
        path.relative_to(nordhaven_pack).as_posix(): found
        for path, document in documents.items()
        if (found := loose_ends_of_lists(document) + loose_ends_of_tables(document))
    }
    assert loose == {}
    # What a loop within a clause makes counts: the liability that nothing limits.
    agreement = documents[nordhaven_pack / "counterparty/nimbus/partnership-agreement.docx"]
    said = ["".join(node.text or "" for node in paragraph._p.iter(qn("w:t"))) for paragraph in agreement.paragraphs]
    first = next(at for at, text in enumerate(said) if text.startswith("death or personal injury"))
    assert said[first + 2].endswith("; or")
    assert [keeps_with_next(each) for each in agreement.paragraphs[first : first + 4]] == [True, False, True, False]
