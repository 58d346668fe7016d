"""Block tags find their own scope: text, paragraphs, cells or rows; anything else is an error with both places."""

from __future__ import annotations

import io

import docx
import pytest
from docx.oxml.ns import qn
from tests.template.builders import docx_bytes, filled, rows, saved, table_bytes, texts

from govpack.template import TemplateError, compile_template

ITEMS = {"items": [{"n": "one", "v": 1}, {"n": "two", "v": 2}]}


def test_a_block_inside_one_paragraph_takes_the_text_between() -> None:
    data = docx_bytes("{% for i in items %}{{ i.n }}{% if not loop.last %}, {% endif %}{% endfor %}.")
    assert texts(filled(data, ITEMS)) == ["one, two."]


def test_tags_alone_in_their_paragraphs_repeat_what_stands_between_and_vanish() -> None:
    data = docx_bytes("before", "{% for i in items %}", "{{ i.n }}", "{{ i.v }}", "{% endfor %}", "after")
    assert texts(filled(data, ITEMS)) == ["before", "one", "1", "two", "2", "after"]


def test_branches_alone_in_their_paragraphs_choose_between_paragraphs() -> None:
    data = docx_bytes("{% if x == 1 %}", "a", "{% elif x == 2 %}", "b", "{% else %}", "c", "{% endif %}")
    assert [texts(filled(data, {"x": x})) for x in (1, 2, 3)] == [["a"], ["b"], ["c"]]


def test_a_block_that_begins_and_ends_whole_paragraphs_repeats_them() -> None:
    data = docx_bytes("{% for i in items %}{{ i.n }}", "{{ i.v }}{% endfor %}")
    assert texts(filled(data, ITEMS)) == ["one", "1", "two", "2"]


def test_blocks_nest() -> None:
    data = docx_bytes("{% for i in items %}", "{% if i.v > 1 %}", "{{ i.n }}", "{% endif %}", "{% endfor %}")
    assert texts(filled(data, ITEMS)) == ["two"]


def test_tags_in_the_first_and_last_cell_repeat_the_row() -> None:
    data = table_bytes(["Name", "Value"], ["{% for i in items %}{{ i.n }}", "{{ i.v }}{% endfor %}"])
    assert rows(filled(data, ITEMS)) == [["Name", "Value"], ["one", "1"], ["two", "2"]]


def test_tags_in_rows_of_their_own_repeat_the_rows_between_and_vanish() -> None:
    data = table_bytes(["{% for i in items %}", ""], ["{{ i.n }}", "x"], ["{{ i.v }}", "y"], ["{% endfor %}", ""])
    assert rows(filled(data, ITEMS)) == [["one", "x"], ["1", "y"], ["two", "x"], ["2", "y"]]


def test_tags_in_cells_of_their_own_repeat_the_cells_between_and_the_columns() -> None:
    data = table_bytes(
        ["Who", "{% for i in items %}", "{{ i.n }}", "{% endfor %}"],
        ["what", "{% for i in items %}", "{{ i.v }}", "{% endfor %}"],
    )
    made = filled(data, ITEMS)
    assert rows(made) == [["Who", "one", "two"], ["what", "1", "2"]]
    assert len(made.tables[0]._tbl.tblGrid.findall(qn("w:gridCol"))) == 3


def test_a_row_of_a_nested_loop_may_repeat_cells() -> None:
    data = table_bytes(
        ["", "{% for c in columns %}", "{{ c }}", "{% endfor %}"],
        ["{% for r in lines %}{{ r.n }}", "{% for c in r.cells %}", "{{ c }}", "{% endfor %}{% endfor %}"],
    )
    context = {"columns": ["x", "y"], "lines": [{"n": "1", "cells": ["a", "b"]}, {"n": "2", "cells": ["c", "d"]}]}
    assert rows(filled(data, context)) == [["", "x", "y"], ["1", "a", "b"], ["2", "c", "d"]]


def test_a_cell_whose_paragraphs_are_all_left_out_keeps_an_empty_one() -> None:
    document = docx.Document()
    cell = document.add_table(rows=1, cols=1).cell(0, 0)
    cell.text = "{% if x %}"
    cell.add_paragraph("shown")
    cell.add_paragraph("{% endif %}")
    made = filled(saved(document), {"x": False})
    assert len(made.tables[0].cell(0, 0)._tc.findall(qn("w:p"))) == 1


def test_set_alone_in_its_paragraph_leaves_none_behind() -> None:
    assert texts(filled(docx_bytes("{% set x = 3 %}", "{{ x }}"), {})) == ["3"]


def test_a_loop_that_opens_in_a_cell_and_closes_outside_names_both_places() -> None:
    document = docx.Document()
    document.add_table(rows=1, cols=2).cell(0, 1).text = "{% for i in items %}"
    document.add_paragraph("{% endfor %}")
    with pytest.raises(TemplateError) as caught:
        compile_template(saved(document))
    message = str(caught.value.findings[0])
    assert "table 1, row 1, cell 2" in message
    assert "'{% endfor %}'" in message


def test_a_block_that_begins_within_a_sentence_and_ends_in_another_paragraph_is_refused() -> None:
    with pytest.raises(TemplateError, match="fault") as caught:
        compile_template(docx_bytes("text {% if x %} more", "end {% endif %} tail"))
    assert "alone into its paragraph" in str(caught.value.findings[0])


def test_a_section_break_is_never_dropped_with_a_tag() -> None:
    document = docx.Document()
    document.add_paragraph("{% if x %}")
    document.add_section()
    document.add_paragraph("{% endif %}")
    body = document.element.body
    first = body.findall(qn("w:p"))[0]
    section = body.findall(qn("w:p"))[1].pPr.sectPr
    first.get_or_add_pPr().append(section)
    with pytest.raises(TemplateError) as caught:
        compile_template(saved(document))
    assert "ends a section" in str(caught.value.findings[0])


def test_deleted_text_is_no_tag_and_header_footer_and_properties_are_filled() -> None:
    document = docx.Document()
    document.core_properties.title = "{{ t }}"
    document.sections[0].header.paragraphs[0].text = "H {{ t }}"
    document.sections[0].footer.paragraphs[0].text = "{% if t %}F{% endif %}"
    document.add_paragraph("body")
    made = filled(saved(document), {"t": "T & <co>"})
    section = made.sections[0]
    assert section.header.paragraphs[0].text == "H T & <co>"
    assert section.footer.paragraphs[0].text == "F"
    assert made.core_properties.title == "T & <co>"


def test_the_same_inputs_give_the_same_file() -> None:
    template = compile_template(docx_bytes("{% for i in items %}", "{{ i.n }}", "{% endfor %}"))
    assert template.render(ITEMS).data == template.render(ITEMS).data
    again = compile_template(docx_bytes("{% for i in items %}", "{{ i.n }}", "{% endfor %}"))
    assert docx.Document(io.BytesIO(again.render(ITEMS).data)).paragraphs[0].text == "one"
