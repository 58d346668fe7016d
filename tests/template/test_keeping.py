"""No item of a list and no row of a table stands alone on a page: the first and the last stay with their neighbours."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from tests.template.builders import multilevel, saved

from govpack.template import compile_template

if TYPE_CHECKING:
    from docx.document import Document

LEVELS = {"Clause 2": ("decimal", "%1."), "Clause 3": ("lowerLetter", "(%2)"), "Clause 4": ("lowerRoman", "(%3)")}


def filled(document: Document, data: dict[str, Any], fragment: str = "") -> Document:
    fragments = {"x": fragment} if fragment else {}
    return docx.Document(io.BytesIO(compile_template(saved(document), fragments=fragments).render(data).data))


def kept(document: Document) -> list[str]:
    return [p.text for p in document.paragraphs if p.paragraph_format.keep_with_next]


def included(fragment: str, **data: object) -> Document:
    document = docx.Document()
    multilevel(document, LEVELS)
    document.add_paragraph("{% include 'x' %}", style="Clause 2")
    return filled(document, data, fragment)


def table_of(*rows: str, repeats: bool = True) -> Document:
    """A table with a head and rows of two cells; the second cell says what stands behind the bar."""
    document = docx.Document()
    table = document.add_table(rows=1, cols=2)
    if repeats:
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for text in rows:
        first, _, second = text.partition("|")
        cells = table.add_row().cells
        cells[0].text, cells[1].text = first, second
    return document


def kept_rows(document: Document) -> list[str]:
    """The rows of which each paragraph keeps with the next, by the text of their first cells."""
    rows = document.tables[0].rows
    return [
        row.cells[0].text
        for row in rows
        if all(p.paragraph_format.keep_with_next for cell in row.cells for p in cell.paragraphs)
    ]


LOOP = "{% for x in xs %}{{ x }}|{{ x }}{% endfor %}"


def test_the_first_and_the_last_item_of_a_list_stay_on_the_page_of_another() -> None:
    items = "".join(f"   1. {word};\n" for word in ("one", "two", "three", "four", "five"))
    made = included(f"1. The cap:\n{items}1. Second.\n1. Third.\n")
    assert kept(made) == ["The cap:", "one;", "four;"]


@pytest.mark.parametrize(
    ("count", "stay"),
    [(1, ["The cap:"]), (2, ["The cap:", "1;"]), (3, ["The cap:", "1;", "2;"]), (6, ["The cap:", "1;", "5;"])],
)
def test_a_list_that_a_loop_makes_is_held_together_alike(count: int, stay: list[str]) -> None:
    text = "1. The cap:\n   {% for x in xs %}\n   1. {{ x }};\n   {% endfor %}\n1. Second.\n1. Third.\n"
    assert kept(included(text, xs=range(1, count + 1))) == stay


@pytest.mark.parametrize(("more", "stay"), [(True, ["It is:", "a;", "c;"]), (False, ["It is:", "a;", "b;"])])
def test_a_condition_on_the_last_item_decides_which_is_the_last(more: bool, stay: list[str]) -> None:
    text = "1. It is:\n   1. a;\n   1. b;\n   1. c;\n   {% if more %}\n   1. d.\n   {% endif %}\n1. Second.\n"
    assert kept(included(text, more=more)) == stay


def test_a_list_within_an_item_goes_with_the_item() -> None:
    """What stands before the last item is held with it, even where it belongs to the item before."""
    text = (
        "1. All:\n   {% for x in xs %}\n   1. {{ x }}:\n      1. p;\n      1. q;\n      1. r;\n      1. s.\n"
        "   {% endfor %}\n1. Second.\n"
    )
    assert kept(included(text, xs=["a", "b"])) == ["All:", "a:", "p;", "r;", "s.", "b:", "p;", "r;"]


def test_each_list_is_held_together_by_itself() -> None:
    text = "1. {% for y in ys %}{{ y }}{% endfor %}:\n   {% for x in xs %}\n   1. {{ x }};\n   {% endfor %}\n1. Next.\n"
    document = docx.Document()
    multilevel(document, LEVELS)
    for word in ("for n in [1, 2]", "include 'x'", "endfor"):
        document.add_paragraph(f"{{% {word} %}}", style="Clause 2")
    made = filled(document, {"xs": list("abcd"), "ys": ["L"]}, text)
    assert kept(made) == ["L:", "a;", "c;"] * 2


def test_a_value_in_markdown_holds_its_lists_together() -> None:
    document = docx.Document()
    document.add_paragraph("{{ text | markdown }}", style="Body Text")
    made = filled(document, {"text": "We ask:\n\n- a\n- b\n- c\n- d\n\nThat is all."})
    assert kept(made) == ["We ask:", "a", "c"]


def test_list_items_that_a_loop_of_the_document_repeats_are_held_together() -> None:
    document = docx.Document()
    document.add_paragraph("{% for x in xs %}")
    document.add_paragraph("{{ x }}", style="List Bullet")
    document.add_paragraph("{% endfor %}")
    document.add_paragraph("Behind.")
    assert kept(filled(document, {"xs": ["a", "b", "c", "d", "e"]})) == ["a", "d"]
    assert kept(filled(document, {"xs": ["a"]})) == []
    assert [p.text for p in filled(document, {"xs": []}).paragraphs] == ["Behind."]


def test_paragraphs_that_are_no_items_flow_as_they_do() -> None:
    document = docx.Document()
    for text in ("{% for x in xs %}", "{{ x }} at length", "{% endfor %}"):
        document.add_paragraph(text)
    assert kept(filled(document, {"xs": ["a", "b", "c"]})) == []


@pytest.mark.parametrize(("count", "stay"), [(0, []), (1, []), (2, ["1"]), (3, ["1", "2"]), (7, ["1", "6"])])
def test_no_row_of_a_table_stands_alone(count: int, stay: list[str]) -> None:
    assert kept_rows(filled(table_of(LOOP), {"xs": range(1, count + 1)})) == stay


def test_rows_of_groups_and_rows_that_may_be_left_out_count_as_they_are_written() -> None:
    groups = "{% for g in gs %}{% for x in g %}{{ x }}|{{ x }}{% endfor %}{% endfor %}"
    assert kept_rows(filled(table_of(groups), {"gs": [["a", "b"], ["c"], ["d", "e"]]})) == ["a", "d"]
    terms = ["one|1", "two|2", "three|3", "{% if more %}four|4{% endif %}"]
    assert kept_rows(filled(table_of(*terms), {"more": True})) == ["one", "three"]
    assert kept_rows(filled(table_of(*terms), {"more": False})) == ["one", "two"]


def test_a_table_whose_head_does_not_repeat_is_left_as_it_was_drawn() -> None:
    assert kept_rows(filled(table_of(LOOP, repeats=False), {"xs": range(5)})) == []


def test_a_cell_of_several_paragraphs_keeps_with_all_of_them() -> None:
    document = table_of(LOOP)
    cell = document.tables[0].rows[1].cells[0]
    cell.add_paragraph("More.", style="Body Text")
    cell.add_paragraph()._p.get_or_add_pPr().append(OxmlElement("w:keepLines"))
    made = filled(document, {"xs": range(4)})
    row = made.tables[0].rows[1]
    assert all(p.paragraph_format.keep_with_next for cell in row.cells for p in cell.paragraphs)
    for properties in row._tr.iter(qn("w:pPr")):
        names = [
            child.tag for child in properties if child.tag in (qn("w:pStyle"), qn("w:keepNext"), qn("w:keepLines"))
        ]
        order = [qn("w:pStyle"), qn("w:keepNext"), qn("w:keepLines")]
        assert names == [name for name in order if name in names]  # as the schema asks
        assert names.count(qn("w:keepNext")) == 1


def test_a_row_stays_with_what_comes_next_where_its_tag_says_so_and_the_first_still_with_the_second() -> None:
    document = table_of("{% for i in items %}{% keepnext loop.revindex <= 2 %}{{ i }}|x{% endfor %}")
    assert kept_rows(filled(document, {"items": list("abcdef")})) == ["a", "e", "f"]
    plain = table_of("{% for i in items %}{% keepnext i == 'b' %}{{ i }}|x{% endfor %}", repeats=False)
    assert kept_rows(filled(plain, {"items": list("abc")})) == ["b"]


def test_a_row_that_keeps_whole_needs_no_condition() -> None:
    assert kept_rows(filled(table_of("{% keepnext %}a|x", "b|y"), {})) == ["a"]


def test_a_long_table_with_references_is_held_together_as_a_short_one_is() -> None:
    """So long that what is written is joined while it goes on."""
    document = table_of("{% for x in xs %}{{ x }}|See {{ ref('cap') }} of {{ x }}{% endfor %}")
    multilevel(document, LEVELS)
    document.add_paragraph("{{ bookmark('cap') }}The cap.", style="Clause 2")
    made = filled(document, {"xs": list(range(2_500))})
    rows = list(made.element.iter(qn("w:tr")))[1:]
    shown = ["".join(text.text for text in row.iter(qn("w:t"))) for row in rows]
    assert shown == [f"{x}See 1 of {x}" for x in range(2_500)]
    assert [x for x, row in enumerate(rows) if next(row.iter(qn("w:keepNext")), None) is not None] == [0, 2_498]


def test_a_row_that_a_loop_leaves_without_cells_is_gone_and_its_neighbours_keep() -> None:
    document = docx.Document()
    table = document.add_table(rows=4, cols=3)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    cells = ("{%tr for x in xs %}", "", "", "{%tc for y in x %}", "{{ y }}", "{%tc endfor %}", "{%tr endfor %}", "", "")
    for cell, text in zip((cell for row in table.rows[1:] for cell in row.cells), cells, strict=True):
        cell.text = text
    made = filled(document, {"xs": [["a"], [], ["b", "c"], ["d"], []]})
    rows = list(made.element.iter(qn("w:tr")))[1:]
    keep = [all(p.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None for p in row.iter(qn("w:p"))) for row in rows]
    assert ["".join(text.text for text in row.iter(qn("w:t"))) for row in rows] == ["a", "bc", "d"]
    assert keep == [True, True, False]
