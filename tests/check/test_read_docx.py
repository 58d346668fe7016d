"""What the Word reader makes of documents, whoever wrote them."""

from __future__ import annotations

import pytest
from tests.support.documents import (
    docx,
    heading,
    legal_numbering,
    looks,
    merged,
    paragraph,
    ref,
    table,
    text,
    title,
    xml,
)

from govpack.check import Outline, read_outline
from govpack.errors import PackageError


def headings(outline: Outline) -> list[str]:
    return [section.address for section in outline.walk() if section.heading]


def words(outline: Outline) -> list[str]:
    return [paragraph.text for paragraph in outline.paragraphs()]


def test_headings_by_style_make_a_tree_of_sections_with_addresses() -> None:
    outline = read_outline(docx(title("Charter"), heading("Roles"), text("a"), heading("Bank", 2), table(["A"], ["b"])))
    assert outline.title == "Charter"
    assert headings(outline) == ["Roles", "Roles › Bank"]
    (found,) = outline.tables()
    assert found.address == "Roles › Bank › table 1"
    assert found.rows[0].cell_address(0) == "Roles › Bank › table 1, row 2, cell 1"


def test_headings_by_outline_level_count_without_a_style() -> None:
    outline = read_outline(docx(xml('<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:r><w:t>Risks</w:t></w:r></w:p>')))
    assert headings(outline) == ["Risks"]


def test_a_style_based_on_a_heading_is_a_heading() -> None:
    def own_style(document: object) -> None:
        style = document.styles.add_style("House heading", 1)  # type: ignore[attr-defined]
        style.base_style = document.styles["Heading 2"]  # type: ignore[attr-defined]

    outline = read_outline(docx(own_style, text("Scope", style="House heading"), text("words")))
    assert [section.level for section in outline.sections] == [2]


def test_where_there_is_no_heading_style_short_bold_lines_are_headings() -> None:
    outline = read_outline(
        docx(
            looks("Our charter", 20),
            text("By us."),
            looks("1. Roles"),
            text("We hold them."),
            looks("2. Escalation"),
            text("Up."),
        )
    )
    assert outline.title == "Our charter"
    assert headings(outline) == ["1 Roles", "2 Escalation"]


def test_bold_lines_are_no_headings_where_heading_styles_are_used() -> None:
    assert headings(read_outline(docx(heading("Roles"), looks("Note"), text("words")))) == ["Roles"]


def test_clause_numbers_are_counted_as_word_counts_them() -> None:
    outline = read_outline(
        docx(
            legal_numbering(),
            heading("Term"),
            heading("Liability"),
            paragraph("The cap applies to all claims of one contract year, and to each party alone.", style="Heading2"),
            paragraph("claims for data", style="ListNumber"),
            paragraph("claims for fees", style="ListNumber"),
            heading("Notices"),
            paragraph("post", style="ListNumber"),
        )
    )
    assert headings(outline) == ["1 Term", "2 Liability", "3 Notices"]
    assert [found.address for found in outline.paragraphs()] == [
        "clause 2.1",
        "clause 2.1(a)",
        "clause 2.1(b)",
        "clause 3.1(a)",
    ]


def test_a_reference_keeps_its_target_switches_and_cached_number() -> None:
    outline = read_outline(
        docx(
            legal_numbering(),
            paragraph("Liability", style="Heading1", bookmark="cap"),
            paragraph("See ", inner=ref("cap", "1")),
        )
    )
    (found,) = outline.references
    assert (found.kind, found.target, found.cached, found.switches) == ("REF", "cap", "1", {"w", "h"})
    assert outline.bookmarks["cap"].full_number == "1"
    assert words(outline) == ["See 1"]


def test_insertions_count_and_deletions_do_not() -> None:
    outline = read_outline(
        docx(
            xml(
                '<w:p><w:ins w:id="1" w:author="A"><w:r><w:t>kept </w:t></w:r></w:ins>'
                '<w:del w:id="2" w:author="B"><w:r><w:delText>gone </w:delText></w:r></w:del>'
                "<w:r><w:t>here</w:t></w:r></w:p>"
            )
        )
    )
    assert words(outline) == ["kept here"]
    assert [(change.kind, change.author, change.text) for change in outline.changes] == [
        ("insertion", "A", "kept "),
        ("deletion", "B", "gone "),
    ]


def test_hidden_text_is_not_read_but_known() -> None:
    outline = read_outline(
        docx(xml("<w:p><w:r><w:t>seen</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r></w:p>"))
    )
    assert words(outline) == ["seen"]
    assert [note.text for note in outline.hidden] == ["secret"]


def test_content_controls_give_their_text_tag_and_tick() -> None:
    outline = read_outline(
        docx(
            xml(
                '<w:sdt><w:sdtPr><w:alias w:val="Term"/><w:tag w:val="term"/></w:sdtPr><w:sdtContent>'
                "<w:p><w:r><w:t>36 months</w:t></w:r></w:p></w:sdtContent></w:sdt>"
                '<w:p><w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="1"/></w14:checkbox></w:sdtPr>'
                "<w:sdtContent><w:r><w:t>☒</w:t></w:r></w:sdtContent></w:sdt></w:p>"
            )
        )
    )
    assert words(outline) == ["36 months", "☒"]
    assert [(control.tag, control.value, control.checked) for control in outline.controls] == [
        ("term", "36 months", None),
        ("", "☒", True),
    ]


def test_rows_wrapped_in_content_controls_are_rows() -> None:
    row = "<w:tr><w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc></w:tr>"
    outline = read_outline(
        docx(
            xml(f"<w:tbl>{row.format('Role')}<w:sdt><w:sdtContent>{row.format('Lead')}</w:sdtContent></w:sdt></w:tbl>")
        )
    )
    (found,) = outline.tables()
    assert [row.cells[0].text for row in found.rows] == ["Lead"]


def test_text_boxes_are_read_once_after_their_paragraph() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>in the box</w:t></w:r></w:p></w:txbxContent>"
    outline = read_outline(
        docx(
            xml(
                '<w:p><w:r><w:t>before</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires="wps">'
                "<w:drawing><wp:inline>"
                f"<a:graphic><a:graphicData><wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline>"
                f"</w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict>"
                "</mc:Fallback></mc:AlternateContent></w:r></w:p>"
            )
        )
    )
    assert words(outline) == ["before", "in the box"]


def test_merged_cells_are_resolved_and_bands_are_no_rows() -> None:
    outline = read_outline(
        docx(merged([["Who", "A"], ["Bank", ""], ["x", "1"], ["", "2"]], (1, 0, 1, 1), (2, 0, 3, 0)))
    )
    (found,) = outline.tables()
    assert found.header == ("Who", "A")
    assert [[cell.text for cell in row.cells] for row in found.rows] == [["x", "1"], ["x", "2"]]


def test_a_header_of_two_rows_names_its_columns_by_both() -> None:
    rows = [["Level", "Hours", ""], ["", "Respond", "Resolve"], ["1", "2", "8"]]
    (found,) = read_outline(docx(merged(rows, (0, 0, 1, 0), (0, 1, 0, 2)))).tables()
    assert found.header == ("Level", "Hours Respond", "Hours Resolve")
    assert [row.cells[0].text for row in found.rows] == ["1"]


def test_a_single_heading_above_all_others_is_the_title() -> None:
    """Web pages and Markdown have no other title; the sections are what stands below it."""
    names = ["Roles", "Cadence", "Escalation", "Compliance", "Changes"]
    outline = read_outline(docx(heading("Charter"), text("Of two firms."), *(heading(name, 2) for name in names)))
    assert outline.title == "Charter"
    assert headings(outline) == names
    assert {section.level for section in outline.sections} == {1}
    assert words(outline) == ["Charter", "Of two firms."]


def test_numbers_typed_before_sub_clauses_are_their_numbers() -> None:
    outline = read_outline(
        docx(
            heading("Article 2. Services", 1),
            text("2.1 The Supplier works."),
            text("(a) by day;"),
            heading("Fees", 1),
            text("3.5 million euros"),
        )
    )
    found = [(item.full_number, item.text, item.address) for item in outline.paragraphs()]
    assert found[0] == ("2.1", "The Supplier works.", "clause 2.1")
    assert found[1] == ("2.1(a)", "by day;", "clause 2.1(a)")
    assert found[2] == ("", "3.5 million euros", "Fees › paragraph 1")
    assert headings(outline) == ["2 Services", "Fees"]


def test_a_table_within_a_table_is_a_table_of_its_own_and_words_of_the_cell() -> None:
    def nested(document: object) -> None:
        cell = document.add_table(rows=1, cols=1).cell(0, 0)  # type: ignore[attr-defined]
        inner = cell.add_table(rows=2, cols=2)
        for at, words in enumerate(("Role", "Deputy", "Sponsor", "Kim")):
            inner.cell(at // 2, at % 2).text = words
        cell.add_paragraph()

    outline = read_outline(docx(heading("Roles"), nested))
    found = [(table.header, table.address) for table in outline.tables()]
    assert (("Role", "Deputy"), "Roles › table 2") in found
    assert [cell.text for table in outline.tables() for row in table.rows for cell in row.cells] == ["Sponsor", "Kim"]


def test_comments_are_known_with_their_author_and_are_no_words_of_the_document() -> None:
    def commented(document: object) -> None:
        run = document.add_paragraph().add_run("We pay.")  # type: ignore[attr-defined]
        document.add_comment(run, text="Too early?", author="Kim")  # type: ignore[attr-defined]

    outline = read_outline(docx(commented))
    assert [(note.author, note.text) for note in outline.comments] == [("Kim", "Too early?")]
    assert words(outline) == ["We pay."]


def test_a_row_that_came_by_a_tracked_change_counts_and_one_that_went_does_not() -> None:
    row = "<w:tr>{}<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc></w:tr>"
    change = '<w:trPr><w:{} w:id="1" w:author="Kim"/></w:trPr>'
    rows = row.format("", "Risk") + row.format(change.format("ins"), "new") + row.format(change.format("del"), "old")
    (found,) = read_outline(docx(xml(f"<w:tbl>{rows}</w:tbl>"))).tables()
    assert [cell.text for row in found.rows for cell in row.cells] == ["new"]


def test_a_contents_list_says_nothing() -> None:
    """Words that stand only in the table of contents are no evidence."""
    entry = '<w:p><w:r><w:fldChar w:fldCharType="{}"/></w:r>{}<w:r><w:t>Escalation</w:t></w:r></w:p>'
    begin = entry.format(
        "begin", '<w:r><w:instrText> TOC \\o "1-2" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    outline = read_outline(
        docx(
            xml(begin + '<w:p><w:r><w:t>Roles</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'),
            heading("Roles"),
            text("x"),
        )
    )
    assert words(outline) == ["x"]


@pytest.mark.parametrize(
    ("data", "message"),
    [(b"", "is empty"), (b"no zip at all", "no Office file"), (b"\xd0\xcf\x11\xe0rest", "pre-2007")],
)
def test_a_broken_file_is_refused_with_its_reason(data: bytes, message: str) -> None:
    with pytest.raises(PackageError, match=message):
        read_outline(data, "charter.docx")


@pytest.mark.parametrize("number", ["999999999", "-1"])
def test_a_list_level_or_span_beyond_words_limits_does_no_harm(number: str) -> None:
    """A damaged file must neither hang the reader nor fill the memory."""
    level = f'<w:pPr><w:numPr><w:ilvl w:val="{number}"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    cell = f'<w:tc><w:tcPr><w:gridSpan w:val="{number}"/></w:tcPr><w:p><w:r><w:t>in</w:t></w:r></w:p></w:tc>'
    outline = read_outline(docx(xml(f"<w:p>{level}<w:r><w:t>out</w:t></w:r></w:p><w:tbl><w:tr>{cell}</w:tr></w:tbl>")))
    assert words(outline) == ["out"]
    assert len(next(outline.tables()).grid[0].cells) <= 63
