"""Jinja's language in one template: macros, calls, blocks of text, jumps, scopes; docxtpl's tags in wrong places."""

from __future__ import annotations

import io
from typing import Any

import docx
import pptx
import pytest
from docx.oxml.ns import qn
from tests.template.builders import deck, docx_bytes, filled, rows, saved, table_bytes, texts

from govpack.template import TemplateError, compile_template

ITEMS = [{"n": "one", "v": 1, "kids": []}, {"n": "two", "v": 2, "kids": [{"n": "three", "v": 3, "kids": []}]}]
END = "{% endcall %}"
CONTEXT = {"items": ITEMS, "who": "A & B"}


def shown(*paragraphs: str, **context: Any) -> list[str]:
    return texts(filled(docx_bytes(*paragraphs), {**CONTEXT, **context}))


def refused(data: bytes, **context: Any) -> str:
    with pytest.raises(TemplateError) as caught:
        compile_template(data).render({**CONTEXT, **context})
    return "\n".join(map(str, caught.value.findings))


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        (["{% macro m(x, y='?') %}<{{ x }}{{ y }}>{% endmacro %}", "a {{ m(who) }} b"], ["a <A & B?> b"]),
        (["{% macro m(x) %}", "1 {{ x }}", "2", "{% endmacro %}", "{{ m(who) }}"], ["1 A & B", "2"]),
        (["{% macro m() %}[{{ caller() }}]{% endmacro %}", "{% call m() %}in {{ who }}{% endcall %}"], ["[in A & B]"]),
        (
            [
                "{% macro m() %}",
                "a",
                "{{ caller(2) }}",
                "{% endmacro %}",
                "{% call(n) m() %}",
                "{{ n }}",
                "{% endcall %}",
            ],
            ["a", "2"],
        ),
        (["{% set t %}x {{ who }}{% endset %}", "{{ t }}!", "{{ t | upper }}"], ["x A & B!", "X A & B"]),
        (["{% set t | upper %}x {{ who }}{% endset %}", "{{ t }}"], ["X A & B"]),
        (["{% set t %}", "p {{ who }}", "{% endset %}", "{{ t }}", "{{ t }}"], ["p A & B", "p A & B"]),
        (["{% set t %}x{% endset %}{% if t == 'x' %}same{% endif %}"], ["same"]),
        (["{% filter upper %}a {{ who }} b{% endfilter %} c"], ["A A & B B c"]),
        (["{% with a = 1, b = who %}{{ a }}{{ b }}{% endwith %}"], ["1A & B"]),
        (["{% with a = 1 %}", "{{ a }}", "{% endwith %}"], ["1"]),
        (["{% do who.upper() %}", "x"], ["x"]),
        (
            ["{% set ns = namespace(t=0) %}", "{% for i in items %}{% set ns.t = ns.t + i.v %}{% endfor %}{{ ns.t }}"],
            ["3"],
        ),
        (["{% for i in items %}{% if i.v == 2 %}{% break %}{% endif %}{{ i.n }}{% endfor %}"], ["one"]),
        (["{% for i in items %}", "{% if i.v == 1 %}{% continue %}{% endif %}", "{{ i.n }}", "{% endfor %}"], ["two"]),
        (["{% for i in items %}{% if i.v == 1 %}{% continue %}{% endif %}{{ i.n }}", "x{% endfor %}"], ["two", "x"]),
        (["{% for i in items recursive %}{{ i.n }}({{ loop(i.kids) }}){% endfor %}"], ["one()two(three())"]),
        (
            ["{% for i in items recursive %}", "{{ loop.depth }} {{ i.n }}", "{{ loop(i.kids) }}", "{% endfor %}"],
            ["1 one", "1 two", "2 three"],
        ),
        (["{% raw %}{{ a }}", "{% b %}{% endraw %}{{ who }}"], ["{{ a }}", "{% b %}A & B"]),
        (["{% raw %}", "{{ a }}", "{% endraw %}", "x"], ["{{ a }}", "x"]),
        (["{# note #}x", "{#p gone #}", "y"], ["x", "y"]),
        (["{_{ a }_} {_% b %_} {{ who }}"], ["{{ a }} {% b %} A & B"]),
        (["{% if who %}{% set x = 1 %}{% endif %}", "y"], ["y"]),
        (["{% macro m(n) %}{% if n %}{{ n }}{{ m(n - 1) }}{% endif %}{% endmacro %}", "{{ m(3) }}"], ["321"]),
    ],
)
def test_the_language_within_paragraphs_and_around_them(paragraphs: list[str], expected: list[str]) -> None:
    assert shown(*paragraphs) == expected


def test_what_a_macro_prints_keeps_the_looks_of_its_body() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("{% macro m(x) %}plain ")
    paragraph.add_run("{{ x }}").bold = True
    paragraph.add_run("{% endmacro %}")
    document.add_paragraph("see {{ m(who) }}")
    made = filled(saved(document), CONTEXT).paragraphs[0]
    assert [(run.text, run.bold) for run in made.runs] == [("see ", None), ("plain ", None), ("A & B", True)]


def test_a_macro_of_rows_is_called_from_a_row_of_its_own() -> None:
    data = table_bytes(
        ["{% macro line(i) %}", ""],
        ["{{ i.n }}", "{{ i.v }}"],
        ["{% endmacro %}", ""],
        ["Name", "Value"],
        ["{{ line(items[1]) }}", ""],
        ["{{tr line(items[0]) }}", ""],
    )
    assert rows(filled(data, CONTEXT)) == [["Name", "Value"], ["two", "2"], ["one", "1"]]


def test_a_recursive_loop_may_repeat_rows() -> None:
    data = table_bytes(
        ["{%tr for i in items recursive %}", ""],
        ["{{ i.n }}", "{{ loop.depth }}"],
        ["{{tr loop(i.kids) }}", ""],
        ["{%tr endfor %}", ""],
    )
    assert rows(filled(data, CONTEXT)) == [["one", "1"], ["two", "1"], ["three", "2"]]


def test_a_row_may_be_left_out_by_a_jump() -> None:
    data = table_bytes(["{% for i in items %}{% if i.v == 1 %}{% continue %}{% endif %}{{ i.n }}", "x{% endfor %}"])
    assert rows(filled(data, CONTEXT)) == [["two", "x"]]


@pytest.mark.parametrize(
    ("paragraphs", "said"),
    [
        (["{% macro m() %}", "a", "{% endmacro %}", "x {{ m() }}"], ["whole paragraphs", "'{% macro m() %}'"]),
        (["{% set t %}", "a", "{% endset %}", "x {{ t }}"], ["whole paragraphs", "'{% set t %}'"]),
        (["{% filter upper %}", "a", "{% endfilter %}"], ["begins and ends in one paragraph", "'{% endfilter %}'"]),
        (
            ["{% for i in items %}", "x {% break %} y", "{% endfor %}"],
            ["'break' leaves a loop", "{% for i in items %}"],
        ),
        (["text {%p if who %}", "a", "{%p endif %}"], ["holds more than statements", "'{%p endif %}'"]),
        (["{%p if who %}", "a", "{%tr endif %}"], ["for 'tr'", "for 'p'"]),
        (["{%tr if who %}", "a", "{%tr endif %}"], ["for a row of a table", "stands in none"]),
        (["{%r if who %}", "a", "{%r endif %}"], ["in one paragraph"]),
        (["a {{p who }}"], ["must stand alone"]),
        (["{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}"], ["calls itself without end"]),
        (["{% with %}{% else %}{% endwith %}"], ["outside any if or for"]),
        (
            ["{% if who %}", "a", "{% else %}", "b", "{% else %}", "c", "{% endif %}"],
            ["'else' comes behind the 'else'"],
        ),
        (["{% if who %}a{% else %}b{% elif x %}c{% endif %}"], ["'elif' comes behind the 'else' of its 'if'"]),
        (["{% for i in items %}a{% else %}b{% else %}c{% endfor %}"], ["'else' comes behind the 'else' of its 'for'"]),
    ],
)
def test_what_does_not_fit_its_place_is_refused_with_both_places(paragraphs: list[str], said: list[str]) -> None:
    message = refused(docx_bytes(*paragraphs))
    assert all(words in message for words in said), message


def test_a_filter_over_more_than_one_look_is_refused() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("{% filter upper %}a ")
    paragraph.add_run("b").bold = True
    paragraph.add_run("{% endfilter %}")
    assert "more than one look" in refused(saved(document))


def test_a_merge_needs_a_loop_of_its_kind_and_a_colour_must_be_one() -> None:
    assert "needs a loop that repeats whole rows" in refused(table_bytes(["{% vm %}x"]))
    assert "needs a loop that repeats whole cells" in refused(
        table_bytes(["{% for i in items %}{% hm %}", "{% endfor %}"])
    )
    assert "six hexadecimal digits" in refused(table_bytes(["{% cellbg 'red' %}x"]))
    assert "there is no 'nothing'" in refused(table_bytes(["{% cellbg nothing %}x"]))
    assert "whole number" in refused(table_bytes(["{% colspan 'a' %}x"]))


def kept(rows: list[str], many: int, **context: Any) -> str:
    """A letter for each row that a loop of `many` makes: K where its first cell keeps with the next, else a dot."""
    made = filled(table_bytes(rows), {**context, "items": list(range(many))}).tables[0]
    assert not any(cell.paragraphs[0].paragraph_format.keep_with_next for row in made.rows for cell in row.cells[1:])
    return "".join("K" if row.cells[0].paragraphs[0].paragraph_format.keep_with_next else "." for row in made.rows)


def test_rows_that_keep_never_leave_one_alone_on_a_page() -> None:
    row = ["{% for i in items %}{% keeprows %}{{ i }}", "x{% endfor %}"]
    assert kept(row, 1) == "."
    assert kept(row, 2) == "K."
    assert kept(row, 3) == "KK."
    assert kept(row, 5) == "K..K."


def test_rows_that_keep_may_stay_with_what_follows_the_table() -> None:
    row = ["{% for i in items %}{% keeprows more %}{{ i }}", "x{% endfor %}"]
    assert kept(row, 5, more=True) == "K..KK"
    assert kept(row, 1, more=True) == "K"
    assert kept(row, 1, more=False) == "."


def test_rows_of_loops_in_loops_keep_where_the_whole_table_begins_and_ends() -> None:
    row = ["{% for i in items %}{% for j in range(turns[i]) %}{% keeprows %}{{ j }}", "x{% endfor %}{% endfor %}"]
    assert kept(row, 2, turns=[3, 3]) == "K.K.K."
    assert kept(row, 3, turns=[1, 2, 1]) == "K.K."
    assert kept(row, 1, turns=[3]) == "KK."
    assert kept(row, 1, turns=[1]) == "."
    in_threes = ["{% for h in (0, 1) %}" + row[0], row[1] + "{% endfor %}"]
    assert kept(in_threes, 2, turns=[1, 2]) == "K..KK."


def test_a_loop_around_the_table_has_no_say_in_what_its_rows_keep_with() -> None:
    document = docx.Document()
    document.add_paragraph("{% for i in items %}")
    cells = document.add_table(rows=1, cols=2).rows[0].cells
    cells[0].text, cells[1].text = "{% for j in range(4) %}{% keeprows %}{{ j }}", "{% endfor %}"
    document.add_paragraph("{% endfor %}")
    for table in filled(saved(document), CONTEXT).tables:
        firsts = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in table.rows]
        assert firsts == [True, None, True, None]


def test_rows_keep_in_the_order_that_the_format_asks_for() -> None:
    document = docx.Document()
    table = document.add_table(rows=1, cols=2)
    paragraph = table.cell(0, 0).paragraphs[0]
    paragraph.style = "List Bullet"
    paragraph.alignment = 1
    paragraph.add_run("{% for i in items %}{% keeprows true %}{{ i.n }}")
    table.cell(0, 1).text = "{% endfor %}"
    properties = filled(saved(document), CONTEXT).tables[0].cell(0, 0).paragraphs[0]._p.pPr
    assert [node.tag for node in properties] == [qn("w:pStyle"), qn("w:keepNext"), qn("w:jc")]


def test_rows_keep_in_a_loop_over_rows_of_a_word_document_only() -> None:
    assert "needs a loop that repeats whole rows" in refused(table_bytes(["{% keeprows %}x"]))
    made = deck()
    table = made.slides[0].shapes.add_table(1, 2, 0, 0, 100_000, 100_000).table
    table.cell(0, 0).text, table.cell(0, 1).text = "{% for i in items %}{% keeprows %}x", "{% endfor %}"
    assert "'keeprows' is for Word" in refused(saved(made))


def test_where_gaps_may_stand_a_missing_colour_leaves_a_sound_cell() -> None:
    made = filled(table_bytes(["{% cellbg nothing %}x"]), {}, strict=False)
    assert made.tables[0].cell(0, 0)._tc.tcPr.find(qn("w:shd")).get(qn("w:fill")) == "auto"


def test_an_empty_colour_leaves_a_sound_cell_in_a_deck_too() -> None:
    made = deck()
    table = made.slides[0].shapes.add_table(1, 1, 0, 0, 100_000, 100_000).table
    table.cell(0, 0).text = "{% cellbg '' %}x"
    written = compile_template(saved(made)).render({}).data
    cell = pptx.Presentation(io.BytesIO(written)).slides[0].shapes[-1].table.cell(0, 0)
    assert str(cell.fill.fore_color.rgb) == "FFFFFF"


def test_a_paragraph_that_cannot_be_joined_names_its_tag() -> None:
    document = docx.Document()
    document.add_table(rows=1, cols=1)
    document.add_paragraph("{%- if who -%}")
    document.add_paragraph("x{% endif %}")
    assert "no paragraph that it could be joined to" in refused(saved(document))


def test_fields_know_what_macros_and_assignments_name() -> None:
    data = docx_bytes(
        "{% macro m(x) %}{{ x }}{{ who }}{{ caller() }}{% endmacro %}",
        "{% call(y) m(items) %}{{ y }}{% endcall %}",
        "{% set t %}{{ a.b }}{% endset %}{{ t }}{% with c = d.e %}{{ c.f }}{% endwith %}",
    )
    assert [field.path for field in compile_template(data).fields()] == ["a.b", "d.e", "d.e.f", "items", "who"]
