"""Tags are read as Jinja reads them, however Word has cut the text into runs."""

from __future__ import annotations

import io
from itertools import pairwise

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.template.builders import docx_bytes, filled, saved, texts

from govpack.template import TemplateError, compile_template


def test_a_tag_split_over_runs_is_filled_in_the_look_of_its_first_run() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    paragraph.add_run("Dear {").bold = True
    paragraph.add_run("{ na")
    paragraph.add_run("me }}, hello").italic = True
    made = filled(saved(document), {"name": "Ines"}).paragraphs[0]
    assert made.text == "Dear Ines, hello"
    assert [(run.text, run.bold, run.italic) for run in made.runs] == [
        ("Dear ", True, None),
        ("Ines", True, None),
        (", hello", None, True),
    ]


def test_text_beside_tags_is_kept_in_its_order() -> None:
    made = filled(docx_bytes("a{{ x }}b{{ y }}c"), {"x": "1", "y": "2"})
    assert texts(made) == ["a1b2c"]


def test_closing_braces_inside_a_string_are_text() -> None:
    assert texts(filled(docx_bytes('{{ "}}" ~ x }}'), {"x": "!"})) == ["}}!"]


def test_quotes_that_word_has_curled_still_delimit_strings() -> None:
    assert texts(filled(docx_bytes("{{ “a” ~ ‘b’ }} “kept”"), {})) == ["ab “kept”"]


def test_a_comment_leaves_nothing_and_raw_text_stays_as_it_is() -> None:
    made = filled(docx_bytes("x{# not for readers #}y", "{% raw %}{{ shown }}{% endraw %}"), {})
    assert texts(made) == ["xy", "{{ shown }}"]


def test_a_minus_takes_the_blanks_beside_the_tag_along() -> None:
    assert texts(filled(docx_bytes("a {{- x -}} b"), {"x": "+"})) == ["a+b"]


def test_a_comparison_may_be_reported_like_any_value() -> None:
    made = filled(docx_bytes("{{ 'yes' if x == 1 else 'no' }}{{ x in [1] and y }}{{ y }}"), {"x": 1, "y": "z"})
    assert texts(made) == ["yeszz"]
    with pytest.raises(TemplateError) as caught:
        filled(docx_bytes("{{ a.b == 1 }}", "{{ y }}"), {"y": "z"})
    assert [finding.message.split("'")[1] for finding in caught.value.findings] == ["{{ a.b == 1 }}"]


def test_a_tag_may_hold_a_line_break_and_a_tab() -> None:
    assert texts(filled(docx_bytes("{{ x\n\t~ y }}"), {"x": "1", "y": "2"})) == ["12"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ name", "not closed"),
        ("{{ name | nosuch }}", "no filter 'nosuch'"),
        ("{{ x | dat }}", "did you mean 'date'?"),
        ("{% fro x in y %}", "did you mean 'for'?"),
        ("{% for x in y %}", "never closed by 'endfor'"),
        ("{% endif %}", "closes nothing"),
        ("{{ }}", "empty"),
        ("{{ a b }}", "goes on with 'b'"),
        ("{{ a | }}", "should follow"),
        ("{{ a- }}", "it ends where"),
        ("{% if a- %}x{% endif %}", "it ends where"),
        ("{% -if a %}x{% endif %}", "tag name expected"),
        ("{{ x.__class__ }}", "internal"),
        ("{{ _put }}", "underscore"),
        ("{% macro m() %}x", "never closed by 'endmacro'"),
        ("{% extends 'other' %}", "a template is one file"),
        ("{% import 'other' as o %}", "define the macro in it"),
        ("{% block b %}", "leave the tag out"),
        ("{{ x | safe }}", "always escaped"),
        ("{% break %}", "outside any loop"),
        ("{% cellbg 'AA0000' %}", "stands in none"),
        ("{%tr if x %}", "never closed"),
    ],
)
def test_a_faulty_tag_is_refused_with_the_tag_and_the_reason(text: str, said: str) -> None:
    with pytest.raises(TemplateError) as caught:
        compile_template(docx_bytes(text))
    assert said in str(caught.value.findings[0])
    assert text[:2] in str(caught.value.findings[0])


def test_all_faults_of_a_template_come_at_once_with_their_places() -> None:
    document = docx.Document()
    document.add_heading("Fees", 1)
    document.add_paragraph("{{ a")
    table = document.add_table(rows=2, cols=2)
    table.cell(1, 1).text = "{{ b | nosuch }}"
    document.sections[0].header.paragraphs[0].text = "{% if c %}"
    with pytest.raises(TemplateError) as caught:
        compile_template(saved(document))
    places = [finding.location.at for finding in caught.value.findings if finding.location]
    assert places == ["Fees", "Fees › table 1, row 2, cell 2", "header of section 1"]


def test_a_faulty_opening_tag_is_blamed_once_and_its_closing_tag_is_not() -> None:
    with pytest.raises(TemplateError) as caught:
        compile_template(docx_bytes("{% if a %}", "{% for in x %}", "{{ y }}", "{% endfor %}", "{% endif %}"))
    (finding,) = caught.value.findings
    assert "'{% for in x %}'" in finding.message


def test_every_fault_of_a_rendering_comes_at_once_from_all_parts() -> None:
    document = docx.Document()
    document.add_paragraph("{{ a.c }} {{ b | money }}")
    document.add_table(rows=1, cols=1).cell(0, 0).text = "{% for x in rows %}{{ x.nme }}{% endfor %}"
    document.sections[0].footer.paragraphs[0].text = "{{ titel }}"
    with pytest.raises(TemplateError) as caught:
        compile_template(saved(document)).render(
            {"a": {"cc": 1}, "b": "text", "rows": [{"name": 1}, {"name": 2}], "title": "t"}
        )
    said = [str(finding) for finding in caught.value.findings]
    assert len(said) == 4
    for each, words in zip(
        said,
        (
            "did you mean 'cc'?",
            "'money' takes a number",
            "table 1, row 1, cell 1",
            "footer of section 1: '{{ titel }}'",
        ),
        strict=True,
    ):
        assert words in each
    assert "did you mean 'name'?" in said[2]
    assert "did you mean 'title'?" in said[3]


@settings(max_examples=30, deadline=None)
@given(
    before=st.text(alphabet="ab {}%#\"'", max_size=6).filter(lambda t: not any(m in t for m in ("{{", "{%", "{#"))),
    cuts=st.sets(st.integers(1, 30), max_size=6),
    value=st.text(st.characters(blacklist_categories=("Cs", "Cc", "Cn")), max_size=20),
)
def test_wherever_the_runs_are_cut_the_text_comes_out_the_same(before: str, cuts: set[int], value: str) -> None:
    before = before.rstrip("{")
    whole = before + "{{ value }} after {{ value }}"
    edges = [0, *sorted(cut for cut in cuts if cut < len(whole)), len(whole)]
    data = docx_bytes([whole[start:end] for start, end in pairwise(edges)])
    rendered = compile_template(data).render({"value": value})
    assert docx.Document(io.BytesIO(rendered.data)).paragraphs[0].text == f"{before}{value} after {value}"
