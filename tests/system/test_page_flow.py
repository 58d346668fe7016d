"""What stands together on a page, in the documents about one partner: who signs for what is seen at one glance.

Where a page ends is the reader's program's to say; the files say what it must not part.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pytest
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from tests.support.reading import keeps_with_next, title_of

if TYPE_CHECKING:
    from docx.document import Document

KINDS = ("governance-charter", "joint-roadmap", "negotiation-playbook", "exit-plan")


@pytest.fixture(scope="module")
def packs(nordhaven_pack: Path, starter_pack: Path, minimal_pack: Path, blanks: Path) -> dict[str, Path]:
    """A rich pack, the starter, the smallest one, and the templates to fill in by hand."""
    return {"nordhaven": nordhaven_pack, "starter": starter_pack, "minimal": minimal_pack, "blank": blanks}


def opened(folder: Path) -> dict[str, Document]:
    """The documents of the four kinds in a pack, by their path in it."""
    return {
        path.relative_to(folder).as_posix(): docx.Document(str(path))
        for path in sorted(folder.rglob("*.docx"))
        if path.stem.startswith(KINDS)
    }


def stays_whole(table: Table, *, with_next: bool) -> bool:
    """Whether a page cannot end within `table`, nor, `with_next`, right behind it."""
    rows = table.rows if with_next else list(table.rows)[:-1]
    return all(keeps_with_next(paragraph) for row in rows for cell in row.cells for paragraph in cell.paragraphs)


def table_called(document: Document, title: str) -> Table:
    (found,) = (table for table in document.tables if title_of(table) == title)
    return found


@pytest.mark.parametrize("pack", ["nordhaven", "starter", "minimal", "blank"])
def test_a_place_to_sign_never_stands_on_a_page_of_its_own(packs: dict[str, Path], pack: str) -> None:
    documents = opened(packs[pack])
    assert documents
    for name, document in documents.items():
        blocks = list(document.iter_inner_content())
        (place,) = (
            number for number, block in enumerate(blocks) if isinstance(block, Paragraph) and block.text == "Sign-off"
        )
        above, heading, intro, signed = blocks[place - 1 : place + 3]
        kept = stays_whole(above, with_next=True) if isinstance(above, Table) else keeps_with_next(above)
        assert kept, f"{name}: a page may end before the sign-off"
        assert isinstance(heading, Paragraph), name
        assert isinstance(intro, Paragraph), name
        assert keeps_with_next(heading), name
        assert keeps_with_next(intro), name
        assert isinstance(signed, Table), name
        assert stays_whole(signed, with_next=False), name


@pytest.mark.parametrize(
    ("kind", "titles"),
    [
        ("joint-roadmap", ["Forums"]),
        ("negotiation-playbook", ["Concession plan", "Calendar"]),
    ],
)
def test_a_table_of_few_rows_stays_on_one_page(packs: dict[str, Path], kind: str, titles: list[str]) -> None:
    found = [(name, document) for pack in packs.values() for name, document in opened(pack).items() if kind in name]
    assert len(found) >= 7
    for name, document in found:
        for title in titles:
            assert stays_whole(table_called(document, title), with_next=False), f"{name}: {title}"


def test_a_number_of_the_inventory_stays_with_its_unit(nordhaven_pack: Path) -> None:
    document = docx.Document(str(nordhaven_pack / "internal/nimbus/exit-plan.docx"))
    said = "\n".join(cell.text for row in table_called(document, "Inventory").rows for cell in row.cells)
    assert "Objects with metadata in an open format, 640\u00a0TB" in said


def test_a_playbook_to_fill_in_leaves_the_wordings_of_a_clause_open(blanks: Path) -> None:
    """It knows no clause, so it must not say that the agreement has none."""
    document = docx.Document(str(blanks / "negotiation-playbook-services.docx"))
    said = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "is not part of this agreement" not in said
    rows = [
        ["".join(text.text or "" for text in cell._tc.iter(qn("w:t"))) for cell in row.cells]
        for row in table_called(document, "Wordings of a clause").rows
    ]
    open_cells = ["Write what we give up by it", "Write who must approve it", "☐ chosen"]
    assert rows == [
        ["Wording", "Risk", "Approval", "In the draft"],
        *[[name, *open_cells] for name in ("Preferred", "Fallback 1", "Fallback 2")],
    ]
    places = [p for p in document.element.body.iter(qn("w:p")) if "Wordings of the clause" in "".join(p.itertext())]
    assert len(places) == 1
    assert places[0].find(f".//{qn('w:sdt')}") is not None  # which clause it is, is filled in


def test_an_agreement_without_a_title_is_called_by_its_type_with_a_capital(packs: dict[str, Path]) -> None:
    charter = docx.Document(str(packs["minimal"] / "counterparty/oatgrid/governance-charter.docx"))
    assert "Services agreement between Brindle Bakeries and Oatgrid" in [p.text for p in charter.paragraphs]
