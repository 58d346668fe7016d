"""Markdown becomes numbered paragraphs of the document, and references are live fields with the right number."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import docx
import pytest
from docx.oxml.ns import qn
from tests.template.builders import docx_bytes, filled, multilevel, saved, texts

from govpack.template import Blank, Fragment, TemplateError, compile_template

if TYPE_CHECKING:
    from docx.document import Document

LEVELS = {
    "Heading 1": ("decimal", "%1."),
    "Clause 2": ("decimal", "%1.%2"),
    "Clause 3": ("lowerLetter", "(%3)"),
}
TERM = "1. This lasts {{ months }} months.\n2. See clause {{ ref('cap') }}.\n"
LIABILITY = """\
1. Nothing limits **fraud** under clause {{ ref("term") }}.
{% if capped %}
2. {{ bookmark("cap") }}The cap:
   1. counts *once*;
   2. {{ bookmark("cap-b") }}is {{ months }}.
{% endif %}
3. See clause {{ ref("cap-b") if capped else ref("term") }}.
"""


def agreement() -> bytes:
    document = docx.Document()
    multilevel(document, LEVELS)
    document.add_paragraph("{{ toc() }}")
    document.add_paragraph("{% for c in clauses %}")
    document.add_paragraph("{{ bookmark(c.id) }}{{ c.title }}", style="Heading 1")
    document.add_paragraph("{% include c.id %}", style="Clause 2")
    document.add_paragraph("{% endfor %}")
    return saved(document)


def rendered(*, capped: bool = True, order: tuple[str, ...] = ("term", "liability")) -> Document:
    template = compile_template(agreement(), fragments={"term": TERM, "liability": LIABILITY})
    clauses = [{"id": name, "title": name.title()} for name in order]
    context = {"clauses": clauses, "months": 36, "capped": capped}
    return docx.Document(io.BytesIO(template.render(context).data))


def references(document: Document) -> dict[str, str]:
    """What each REF field of the document has cached."""
    xml = document.element.xml
    return dict(re.findall(r" REF (\w+) \\w \\h .*?<w:t>([^<]*)</w:t>", xml, re.DOTALL))


def test_list_items_take_the_styles_of_the_multilevel_list() -> None:
    made = [(p.style.name, p.text) for p in rendered().paragraphs if p.style.name.startswith("Clause")]
    assert made == [
        ("Clause 2", "This lasts 36\u00a0months."),
        ("Clause 2", "See clause\u00a02.2."),
        ("Clause 2", "Nothing limits fraud under clause\u00a01."),
        ("Clause 2", "The cap:"),
        ("Clause 3", "counts once;"),
        ("Clause 3", "is 36."),
        ("Clause 2", "See clause\u00a02.2(b)."),
    ]


def test_a_paragraph_that_introduces_a_list_stays_on_its_page() -> None:
    kept = [p.text for p in rendered().paragraphs if p.paragraph_format.keep_with_next and p.style.name == "Clause 2"]
    assert kept == ["The cap:"]


def test_a_number_is_bound_to_its_word_unless_it_brings_its_word_along() -> None:
    """“as Schedule 1” may part before the word; a list of numbers may part behind each comma."""
    document = docx.Document()
    multilevel(document, {"Heading 1": ("decimal", "%1.")})
    multilevel(document, {"Heading 2": ("decimal", "Schedule %1")}, 91)
    for name in ("a", "b", "c"):
        document.add_paragraph(f"{{{{ bookmark('{name}') }}}}Clause", style="Heading 1")
    document.add_paragraph("{{ bookmark('fees') }}Fees", style="Heading 2")
    document.add_paragraph("{% include 'x' %}")
    text = 'As {{ ref("fees") }} says, under clauses {{ ref("a") }}, {{ ref("b") }} and {{ ref("c") }}.'
    made = docx.Document(io.BytesIO(compile_template(saved(document), fragments={"x": text}).render({}).data))
    assert texts(made)[-1] == "As Schedule 1 says, under clauses\u00a01, 2 and\u00a03."


def test_references_cache_the_number_in_full_context_also_of_clauses_further_on() -> None:
    assert references(rendered()) == {"cap": "2.2", "term": "1", "cap_b": "2.2(b)"}
    assert references(rendered(order=("liability", "term"))) == {"cap": "1.2", "term": "2", "cap_b": "1.2(b)"}


def test_each_reference_leads_to_a_bookmark_that_closes_in_its_paragraph() -> None:
    document = rendered()
    starts = {node.get(qn("w:name")): node for node in document.element.iter(qn("w:bookmarkStart"))}
    ends = {node.get(qn("w:id")) for node in document.element.iter(qn("w:bookmarkEnd"))}
    assert {"term", "liability", "cap", "cap_b"} <= set(starts)
    for start in starts.values():
        assert start.get(qn("w:id")) in ends
        paragraph = start.getparent()
        closed = {end.get(qn("w:id")) for end in paragraph.iter(qn("w:bookmarkEnd"))}
        assert start.get(qn("w:id")) in closed


def test_an_item_between_statements_comes_and_goes() -> None:
    document = docx.Document()
    multilevel(document, LEVELS)
    document.add_paragraph("{% include 'x' %}", style="Clause 2")
    text = "1. always\n{% if on %}\n2. sometimes\n   1. below\n{% else %}\n2. otherwise\n{% endif %}\n3. last\n"
    template = compile_template(saved(document), fragments={"x": text})
    shown = {on: texts(docx.Document(io.BytesIO(template.render({"on": on}).data))) for on in (True, False)}
    assert shown == {True: ["always", "sometimes", "below", "last"], False: ["always", "otherwise", "last"]}


def test_bold_text_after_a_tag_or_a_statement_is_bold() -> None:
    document = docx.Document()
    multilevel(document, LEVELS)
    document.add_paragraph("{% include 'x' %}", style="Clause 2")
    text = """1. {{ bookmark("a") }}**"Term"** means **{{ x }}**.

   {% if x %}
   **"Other"** means more.
   {% endif %}
"""
    made = docx.Document(io.BytesIO(compile_template(saved(document), fragments={"x": text}).render({"x": "y"}).data))
    assert texts(made) == ['"Term" means y.', '"Other" means more.']
    assert [[run.text for run in p.runs if run.bold] for p in made.paragraphs] == [['"Term"', "y"], ['"Other"']]


def test_a_reference_to_what_is_not_there_names_the_bookmark_and_the_line() -> None:
    document = docx.Document()
    multilevel(document, LEVELS)
    document.add_paragraph("{% include 'x' %}", style="Clause 2")
    fragments = {"x": Fragment('1. One.\n2. See {{ ref("liabilty") }}{{ bookmark("liability") }}.\n', "x.md", 7)}
    with pytest.raises(TemplateError) as caught:
        compile_template(saved(document), fragments=fragments).render({})
    assert str(caught.value.findings[0]).startswith("x.md:8")
    assert "did you mean 'liability'?" in str(caught.value.findings[0])


def test_a_bookmark_set_twice_is_an_error() -> None:
    data = docx_bytes("{{ bookmark('a') }}x", "{{ bookmark('a') }}y")
    with pytest.raises(TemplateError) as caught:
        compile_template(data).render({})
    assert "set twice" in str(caught.value.findings[0])


def test_the_table_of_contents_lists_numbered_headings_as_links_to_them() -> None:
    document = rendered()
    entries = document.element.body.findall(f".//{qn('w:hyperlink')}")
    shown = ["".join(t.text for t in entry.iter(qn("w:t"))) for entry in entries]
    assert shown == ["1.Term", "2.Liability"]
    names = {node.get(qn("w:name")) for node in document.element.iter(qn("w:bookmarkStart"))}
    assert all(entry.get(qn("w:anchor")) in names for entry in entries)
    assert r' TOC \o "1-1" \n \h \z \u ' in document.element.xml


def test_markdown_in_a_value_makes_paragraphs_and_lists_that_restart() -> None:
    text = "A **bold** word.\n\n1. one\n2. two\n\nthen\n\n1. again\n\n- dot\n"
    made = filled(docx_bytes("{{ text | markdown }}"), {"text": text})
    styles = [(p.style.name, p.text) for p in made.paragraphs]
    assert styles == [
        ("Normal", "A bold word."),
        ("List Number", "one"),
        ("List Number", "two"),
        ("Normal", "then"),
        ("List Number", "again"),
        ("List Bullet", "dot"),
    ]
    assert [run.text for run in made.paragraphs[0].runs if run.bold] == ["bold"]
    lists = [p._p.pPr.numPr.numId.val for p in made.paragraphs if p.style.name == "List Number"]
    assert lists[0] == lists[1] != lists[2]


def test_markdown_beside_other_text_is_refused() -> None:
    with pytest.raises(TemplateError) as caught:
        filled(docx_bytes("x {{ text | markdown }}"), {"text": "y"})
    assert "alone in a paragraph" in str(caught.value.findings[0])


def test_html_and_tags_in_markdown_values_stay_text() -> None:
    made = filled(docx_bytes("{{ text | markdown }}"), {"text": "<b>no</b> {{ x }} & more"})
    assert texts(made) == ["<b>no</b> {{ x }} & more"]


def test_an_unknown_fragment_gets_the_nearest_name() -> None:
    with pytest.raises(TemplateError) as caught:
        compile_template(docx_bytes("{% include 'liabilty' %}"), fragments={"liability": "x"})
    assert "did you mean 'liability'?" in str(caught.value.findings[0])
    with pytest.raises(TemplateError) as caught:
        compile_template(docx_bytes("{% include name %}"), fragments={"liability": "x"}).render({"name": "other"})
    assert "no fragment 'other'" in str(caught.value.findings[0])


def test_a_statement_that_begins_in_one_item_and_ends_in_another_is_refused() -> None:
    document = docx.Document()
    multilevel(document, LEVELS)
    document.add_paragraph("{% include 'x' %}", style="Clause 2")
    with pytest.raises(TemplateError) as caught:
        compile_template(saved(document), fragments={"x": "1. a {% if x %} b\n2. c {% endif %} d\n"}).render({"x": 1})
    assert "line of its own" in str(caught.value.findings[0])


def test_what_the_data_or_a_macro_calls_ref_is_called_as_any_function_is() -> None:
    of_the_data = filled(docx_bytes("see {{ ref('x') }}"), {"ref": lambda name: f"<{name}>"})
    assert texts(of_the_data) == ["see <x>"]
    of_a_macro = filled(docx_bytes("{% macro bookmark(name) %}[{{ name }}]{% endmacro %}{{ bookmark('x') }}"), {})
    assert texts(of_a_macro) == ["[x]"]


def test_a_reference_to_a_blank_shows_the_blank() -> None:
    made = filled(docx_bytes("see {{ ref(clause) }}"), {"clause": Blank("the clause")})
    assert texts(made) == ["see [the clause]"]
    with pytest.raises(TemplateError, match="one error") as caught:
        filled(docx_bytes("see {{ ref(7) }}"), {})
    assert "'ref' takes the name of a bookmark; found '7'" in str(caught.value.findings[0])


def test_a_fragment_that_a_macro_includes_is_printed_wherever_the_macro_is() -> None:
    document = docx.Document()
    for line in ("{% macro twice() %}", "{% include 'x' %}", "{% endmacro %}", "{{ twice() }}", "and", "{{ twice() }}"):
        document.add_paragraph(line)
    made = compile_template(saved(document), fragments={"x": "On {{ day }}.\n"}).render({"day": "Monday"})
    assert texts(docx.Document(io.BytesIO(made.data))) == ["On Monday.", "and", "On Monday."]


def test_one_bookmark_in_many_paragraphs_is_refused_with_its_name() -> None:
    with pytest.raises(TemplateError) as caught:
        filled(docx_bytes("{% for i in range(3) %}", "{{ bookmark('x') }}{{ i }}", "{% endfor %}"), {})
    assert "the bookmark 'x' is set twice" in str(caught.value.findings[0])
