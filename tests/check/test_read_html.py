"""Web pages to outlines: what a reader sees of them, and nothing else."""

from __future__ import annotations

import pytest

from govpack.check import Outline, read_outline
from govpack.check.outline import Picture, Table, text_of
from govpack.errors import PackageError


def page(body: str, head: str = "<title>A page</title>") -> Outline:
    text = f"<!doctype html><html lang=en><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"
    return read_outline(text.encode(), "index.html")


def lines(outline: Outline) -> list[str]:
    return [text_of(block) for block in outline.blocks()]


def test_headings_open_sections_and_the_one_of_the_first_level_is_the_title() -> None:
    outline = page("<h1>The pack</h1><p>Draft</p><h2>Risks</h2><p>Two.</p><h3>High</h3><p>One.</p><h2>Gaps</h2>")
    assert lines(outline)[:2] == ["The pack", "Draft"]
    assert [(section.address, section.level) for section in outline.walk()] == [
        ("opening", 0), ("Risks", 2), ("Risks › High", 3), ("Gaps", 2)
    ]  # fmt: skip
    two = page("<h1>One</h1><p>a</p><h1>Two</h1><p>b</p>")
    assert [section.heading for section in two.sections] == ["One", "Two"]


def test_a_table_has_its_header_its_rows_and_merged_cells_in_each_place() -> None:
    outline = page(
        "<h2>Scores</h2><table><caption>All</caption><thead><tr><th>Partner<th>Q1<th>Q2</thead>"
        "<tr><th rowspan=2>Nimbus<td>70<td>71<tr><td colspan=2>as before</table>"
    )
    (table,) = outline.tables()
    assert table.header == ("Partner", "Q1", "Q2")
    assert table.marked
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Nimbus", "70", "71"], ["Nimbus", "as before", "as before"]
    ]  # fmt: skip
    assert table.rows[0].cell_address(1) == "Scores › table 1, row 2, cell 2"


def test_a_list_of_terms_is_a_table_of_two_columns() -> None:
    outline = page("<h2>Figures</h2><dl><div><dt>Spend</dt><dd>EUR 40.6 million</dd></div><dt>Risks</dt><dd>15</dl>")
    (table,) = outline.tables()
    assert [[cell.text for cell in row.cells] for row in table.grid] == [["Spend", "EUR 40.6 million"], ["Risks", "15"]]


def test_what_is_not_shown_is_not_read() -> None:
    outline = page(
        "<nav>Menu</nav><p>Seen <span aria-hidden=true>●</span> red</p><p hidden>Not</p><script>x()</script>"
        "<form>Search</form><template>No</template><table><tr><td>a<span hidden>b</span></table>"
    )
    assert lines(outline) == ["Seen red", "a"]


def test_lines_break_where_the_page_breaks_them_and_not_where_its_source_does() -> None:
    assert lines(page("<p>One\n  line<br>Another</p><ul><li>First<li><b>Second</b> one</ul>")) == [
        "One line", "Another", "First", "Second one"
    ]  # fmt: skip
    assert lines(page("<table><tr><td>One\nline<div>Two</div></table>")) == ["One line\nTwo"]


def test_pictures_have_the_words_that_describe_them() -> None:
    outline = page("<img src=x alt='Score by quarter'><svg role=img aria-label='Up'><text>9</text></svg>")
    assert [block.alt for block in outline.blocks() if isinstance(block, Picture)] == ["Score by quarter", "Up"]


def test_a_table_in_a_cell_is_told_by_itself() -> None:
    inner = "<table><tr><th>B<tr><td>2</table>"
    tables = list(page(f"<h2>T</h2><table><tr><th>A<tr><td>1{inner}</table>").tables())
    assert [(table.header, table.address) for table in tables] == [(("A",), "T › table 1"), (("B",), "T › table 2")]
    assert [cell.text for cell in tables[0].rows[0].cells] == ["1"]


def test_it_says_its_title_language_and_what_made_it() -> None:
    facts = page("<p>x", "<title>The pack\n at a glance</title><meta name=generator content=govpack>")
    assert facts.title == "The pack at a glance"
    assert (facts.facts.language, facts.facts.properties["Application"]) == ("en", "govpack")


def test_a_page_in_another_encoding_is_read_as_it_says() -> None:
    data = "<html><head><meta charset=iso-8859-1></head><body><p>Zürich</p></body></html>".encode("latin-1")
    assert lines(read_outline(data, "index.html")) == ["Zürich"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no web page"),
        (b"<div>" * 300, "nests more than 200 elements"),
        (b"<p " + b" ".join(b"a%d=1" % number for number in range(300)) + b">", "more than 200 attributes"),
        (b"<p>" * 500_000, "more than a thousand pages"),
        (b"<table>" + b"<tr><td colspan=100 rowspan=0>x" * 3_100 + b"</table>", "more than 300,000 cells"),
    ],
)
def test_a_page_that_no_pack_has_is_refused_by_name(data: bytes, said: str) -> None:
    with pytest.raises(PackageError, match=rf"index\.html.*{said}"):
        read_outline(data, "index.html")


def test_entities_of_its_own_are_not_expanded() -> None:
    bomb = b'<!DOCTYPE html [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;">]><html><body><p>&b;</p></body></html>'
    assert "haha" not in "".join(lines(read_outline(bomb, "index.html")))


def test_tables_of_a_page_are_tables_like_any_other() -> None:
    (block,) = page("<table><tr><td>Only</table>").blocks()
    assert isinstance(block, Table)
    assert not block.marked
