"""What a workbook says beside its cells: its properties, and the head of its printed pages."""

from __future__ import annotations

from tests.support.workbooks import book_of, saved

from govpack.check import Outline, read_outline
from govpack.ooxml.package import read_package
from govpack.ooxml.writing import write_package

PACKAGE = b"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
OFFICE = b"http://schemas.openxmlformats.org/officedocument/2006/relationships/metadata/core-properties"


def scorecard(head: str = "") -> bytes:
    book = book_of(Scores=[["Partner", "Score"], ["Nimbus", 84]])
    book.properties.title = "Vendor scorecard"
    if head:
        book["Scores"].oddHeader.right.text = head
    return saved(book)


def heads(outline: Outline) -> list[str]:
    return [line for part in outline.facts.parts if part.label in {"header", "footer"} for line in part.lines]


def test_properties_are_read_where_the_package_points_at_them_as_libreoffice_does() -> None:
    package = read_package(scorecard())
    members = [(name, package.read(name).replace(PACKAGE, OFFICE)) for name in package.names]
    outline = read_outline(write_package(members), "scorecard.xlsx")
    assert OFFICE in dict(members)["_rels/.rels"]
    assert outline.facts.properties["title"] == "Vendor scorecard"
    assert outline.title == "Vendor scorecard"


def test_the_head_of_the_printed_pages_is_a_header_without_the_codes_of_its_look() -> None:
    outline = read_outline(scorecard("&9&BINTERNAL&B, R&&D"), "scorecard.xlsx")
    assert heads(outline) == ["INTERNAL, R&D"]
    assert heads(read_outline(scorecard("R&&&LBINTERNAL"), "scorecard.xlsx")) == ["R&", "BINTERNAL"]
    saved_by_libreoffice = '&"Calibri,Bold"&9INTERNAL&"Calibri,Regular", Confidential'
    assert heads(read_outline(scorecard(saved_by_libreoffice), "scorecard.xlsx")) == ["INTERNAL, Confidential"]


def test_a_workbook_without_heads_has_none() -> None:
    assert heads(read_outline(scorecard(), "scorecard.xlsx")) == []
