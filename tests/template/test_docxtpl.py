"""Templates written for docxtpl, one for each feature that its documentation shows, rendered by both.

The texts and the structure are the same, or govpack's error says what to change: never a silent difference.
"""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest
from docx.oxml.ns import nsmap, qn
from markupsafe import Markup, escape
from tests.template.builders import docx_bytes, rows, saved, table_bytes, texts

from govpack.template import Document, Image, Listing, RichText, RichTextParagraph, TemplateError, compile_template

_PREFIXES = dict(nsmap)
docxtpl = pytest.importorskip("docxtpl")
nsmap.update(_PREFIXES)  # docxcompose takes python-docx's prefix of the core properties for its own

CONTEXT: dict[str, Any] = {
    "name": "Ines",
    "town": True,
    "items": [{"n": "one", "v": 1, "c": "AA0000"}, {"n": "two", "v": 2, "c": "00BB00"}],
    "xml": "a < b & c",
    "grid": [[1, 2], [3]],
}


def theirs(data: bytes, context: dict[str, Any]) -> Any:
    template = docxtpl.DocxTemplate(io.BytesIO(data))
    template.render(context(template) if callable(context) else context, autoescape=True)
    buffer = io.BytesIO()
    template.save(buffer)
    return docx.Document(io.BytesIO(buffer.getvalue()))


def ours(data: bytes, context: dict[str, Any], **options: Any) -> Any:
    return docx.Document(io.BytesIO(compile_template(data, **options).render(context).data))


def story(document: Any) -> list[Any]:
    """Every paragraph and table of the body with what a reader sees of it: texts, styles, looks, breaks."""
    body: list[Any] = []
    for element in document.element.body:
        if element.tag == qn("w:p"):
            body.append(_paragraph(element))
        elif element.tag == qn("w:tbl"):
            body.append([[_cell(cell) for cell in row.iter(qn("w:tc"))] for row in element.iter(qn("w:tr"))])
    return body


def _paragraph(element: Any) -> tuple[str, str]:
    style = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    text = ""
    for node in element.iter(qn("w:t"), qn("w:br"), qn("w:tab")):
        if node.tag == qn("w:t"):
            text += node.text or ""
        else:
            text += "\t" if node.tag == qn("w:tab") else "\f" if node.get(qn("w:type")) == "page" else "\n"
    return (style.get(qn("w:val")) if style is not None else "", text)


def _cell(cell: Any) -> dict[str, Any]:
    found: dict[str, Any] = {"text": [_paragraph(p) for p in cell.iter(qn("w:p"))]}
    for name, attribute in (("gridSpan", "val"), ("vMerge", "val"), ("shd", "fill")):
        for node in cell.iter(qn(f"w:{name}")):
            found[name] = node.get(qn(f"w:{attribute}"))
    return found


SAME = {
    "variables": ["Dear {{ name }}, {{ items[0].n }} {{ name | upper }}"],
    "escaping": ["{{ xml }} {{ xml | e }}"],
    "inline statements": ["{% if town %}in town{% else %}out{% endif %} {% for i in items %}{{ i.n }} {% endfor %}"],
    "paragraph statements": ["{%p if town %}", "Here", "{%p else %}", "There", "{%p endif %}", "end"],
    "paragraph loops": [
        "{%p for i in items %}",
        "{{ i.n }}",
        "{%p if i.v > 1 %}",
        "big",
        "{%p endif %}",
        "{%p endfor %}",
    ],
    "run statements": ["a {%r if town %}b{%r endif %} c"],
    "paragraph comments": ["a", "{#p nothing to see #}", "b"],
    "comments": ["a{# nothing to see #}b"],
    "escaped tags": ["{_{ name }_} and {_% if %_}"],
    "merged paragraphs": [
        "My house is ",
        "{%- if town -%}",
        "in urban area ",
        "{%- else -%}",
        "in countryside ",
        "{%- endif -%}",
        "and I love it.",
    ],
    "expressions": ["{{ 1 + 2 }} {{ items | length }} {{ items | map(attribute='n') | join(', ') }}"],
    "filters": ["{{ name | lower | replace('i', 'y') }} {{ missing | default('none') }}"],
    "set": ["{% set x = items[1].n %}{{ x }}"],
    "macros in a text": ["{% macro m(x) %}<{{ x }}>{% endmacro %}{{ m(name) }}"],
    "typographic quotes": ["{{ name ~ “!” }}{% if name == ‘Ines’ %} yes{% endif %}"],
    "statements by kind of value": [
        "{%p if items|length == 1 %}",
        "one",
        "{%p elif items|length == 2 %}",
        "two",
        "{%p else %}",
        "many",
        "{%p endif %}",
    ],
    "methods and slices": ["{{ name.upper() }} {{ name[0] }} {{ name[1:] }}"],
    "pairs": ["{% for key, value in items[0].items() %}{{ key }}={{ value }};{% endfor %}"],
    "the loop's own names": [
        "{% for i in items %}{{ loop.index }} of {{ loop.length }}{% if not loop.last %}, {% endif %}{% endfor %}"
    ],
    "paragraph macros": ["{%p macro m(a) %}", "<{{ a }}>", "{%p endmacro %}", "{{ m(1) }}"],
    "no blanks within tags": ["{{name}}{%if town%} yes{%endif%}"],
    "raw": ["{% raw %}{{ name }}{% endraw %} {{ name }}"],
}


@pytest.mark.parametrize("feature", SAME)
def test_paragraphs_come_out_the_same(feature: str) -> None:
    data = docx_bytes(*SAME[feature])
    assert story(ours(data, CONTEXT)) == story(theirs(data, CONTEXT))


def test_plain_texts_with_lines_and_tabs_come_out_the_same() -> None:
    data, context = docx_bytes("a {{ x }} b"), {"x": "p\tq\nr"}
    assert story(ours(data, context)) == story(theirs(data, context))


def test_a_text_split_by_line_breaks_is_merged_the_same() -> None:
    """docxtpl's documentation shows the tags on lines of their own, by SHIFT+ENTER, within one paragraph."""
    document = docx.Document()
    paragraph = document.add_paragraph()
    lines = [
        "My house is",
        "{%- if town -%}",
        " in urban area",
        "{%- else -%}",
        " outside",
        "{%- endif -%}",
        " and so on",
    ]
    for line in lines:
        paragraph.add_run(line).add_break()
    data = saved(document)
    assert story(ours(data, CONTEXT)) == story(theirs(data, CONTEXT))


@pytest.mark.parametrize("value", [escape("a < b & 'c'"), Markup("a &lt; b")])
def test_texts_that_were_escaped_before_come_out_the_same(value: Markup) -> None:
    data, context = docx_bytes("[{{ x }}]"), {"x": value}
    assert texts(ours(data, context)) == texts(theirs(data, context))


def test_one_template_renders_any_number_of_times() -> None:
    compiled = compile_template(docx_bytes("{{ name }}"))
    template = docxtpl.DocxTemplate(io.BytesIO(docx_bytes("{{ name }}")))
    for name in ("Ines", "Jo"):
        template.render({"name": name})
        buffer = io.BytesIO()
        template.save(buffer)
        made = docx.Document(io.BytesIO(compiled.render({"name": name}).data))
        assert texts(made) == texts(docx.Document(io.BytesIO(buffer.getvalue()))) == [name]


TABLES = {
    "commented cells": [["a", "{#tc gone #}", "b"]],
    "nested rows": [
        ["{%tr for row in grid %}", ""],
        ["{%tr for value in row %}", ""],
        ["{{ value }}", "x"],
        ["{%tr endfor %}", ""],
        ["{%tr endfor %}", ""],
    ],
    "rows": [["{%tr for i in items %}", ""], ["{{ i.n }}", "{{ i.v }}"], ["{%tr endfor %}", ""]],
    "columns": [
        ["{%tc for i in items %}", "{{ i.n }}", "{%tc endfor %}"],
        ["{%tc for i in items %}", "{{ i.v }}", "{%tc endfor %}"],
    ],
    "conditional rows": [["a", "b"], ["{%tr if not town %}", ""], ["c", "d"], ["{%tr endif %}", ""]],
    "commented rows": [["a", "b"], ["{#tr gone #}", ""]],
    "cell colour": [["{%tr for i in items %}", ""], ["{% cellbg i.c %}{{ i.n }}", "x"], ["{%tr endfor %}", ""]],
    "cells spanning": [["{% colspan items | length %}wide"], ["{{ name }}"]],
    "vertical merge": [["{%tr for i in items %}", ""], ["{% vm %}all", "{{ i.v }}"], ["{%tr endfor %}", ""]],
    "horizontal merge": [
        ["{%tc for i in items %}", "{% hm %}all", "{%tc endfor %}"],
        ["{%tc for i in items %}", "{{ i.v }}", "{%tc endfor %}"],
    ],
}


@pytest.mark.parametrize("feature", TABLES)
def test_tables_come_out_the_same(feature: str) -> None:
    data = table_bytes(*TABLES[feature])
    made, judged = ours(data, CONTEXT), theirs(data, CONTEXT)
    if feature == "vertical merge":  # in a merged cell's copies docxtpl keeps an empty run, which shows nothing
        assert [row[1:] for row in story(made)[0]] == [row[1:] for row in story(judged)[0]]
        assert [row[0]["vMerge"] for row in story(made)[0]] == [row[0]["vMerge"] for row in story(judged)[0]]
        assert rows(made) == rows(judged)
        return
    assert story(made) == story(judged)


def test_headers_footers_footnotes_and_properties_come_out_the_same() -> None:
    document = docx.Document()
    document.core_properties.title = "{{ name }}"
    document.sections[0].header.paragraphs[0].text = "H {{ name }}"
    document.sections[0].footer.paragraphs[0].text = "F {% if town %}t{% endif %}"
    data = saved(document)
    made, judged = ours(data, CONTEXT), theirs(data, CONTEXT)
    for one, other in ((made, judged),):
        assert one.core_properties.title == other.core_properties.title == "Ines"
        assert one.sections[0].header.paragraphs[0].text == other.sections[0].header.paragraphs[0].text
        assert one.sections[0].footer.paragraphs[0].text == other.sections[0].footer.paragraphs[0].text


def rich(kind: Any) -> Any:
    """The same rich text, made by either engine's class."""
    text = kind("plain ")
    text.add("bold", bold=True)
    text.add(" red", color="#AA0000", italic=True, size=40, font="Courier New")
    text.add("\tx\ny\az\f", underline="double", strike=True, highlight="FFFF00", superscript=True)
    text.add(kind("nested & <safe>", subscript=True, style="Strong"))
    return text


def test_rich_text_comes_out_with_the_same_looks() -> None:
    data = docx_bytes("before {{r rt }} after")
    made = ours(data, {"rt": rich(RichText)})
    judged = theirs(data, {"rt": rich(docxtpl.RichText)})
    assert texts(made) == texts(judged)

    def looks(document: Any) -> list[Any]:
        return [
            (r.text, r.bold, r.italic, r.font.size, r.font.name, r.font.underline, r.font.strike, r.font.superscript)
            for p in document.paragraphs
            for r in p.runs
            if r.text
        ]

    def joined(found: list[Any]) -> list[Any]:
        pieces: list[Any] = []
        for text, *look in found:  # docxtpl begins a run at each tab
            if pieces and pieces[-1][1] == look:
                pieces[-1][0] += text
            else:
                pieces.append([text, look])
        return pieces

    assert joined(looks(made)) == joined(looks(judged))


def test_a_link_of_rich_text_leads_to_its_address() -> None:
    data = docx_bytes("see {{r rt }}")
    made = ours(data, {"rt": RichText("here", url="https://example.org/a?b=c&d")})

    def context(template: Any) -> dict[str, Any]:
        return {"rt": docxtpl.RichText("here", url_id=template.build_url_id("https://example.org/a?b=c&d"))}

    judged = theirs(data, context)
    assert [h.address for p in made.paragraphs for h in p.hyperlinks] == [
        h.address for p in judged.paragraphs for h in p.hyperlinks
    ]
    with pytest.raises(ValueError, match="takes the address itself"):
        RichText("here", url_id="rId9")


def test_rich_paragraphs_come_out_the_same() -> None:
    data = docx_bytes("a", "{{p rp }}", "b")

    def value(paragraphs: Any, text: Any) -> Any:
        made = paragraphs()
        made.add("first", parastyle="ListBullet")
        made.add(text("second", bold=True), parastyle="Heading1")
        made.add("third")
        return made

    made = ours(data, {"rp": value(RichTextParagraph, RichText)})
    judged = theirs(data, {"rp": value(docxtpl.RichTextParagraph, docxtpl.RichText)})
    assert story(made) == story(judged)


@pytest.mark.parametrize("template", ["{{ x }}", "a {{ x }} b"])
def test_listings_come_out_the_same(template: str) -> None:
    document = docx.Document()
    document.add_paragraph(template, style="List Bullet")
    data, text = saved(document), "one & <1>\ntwo\athree\tx\ffour"
    assert story(ours(data, {"x": Listing(text)})) == story(theirs(data, {"x": docxtpl.Listing(text)}))


def subdocument() -> bytes:
    document = docx.Document()
    document.add_heading("Annex", 1)
    document.add_paragraph("first", style="List Number")
    document.add_table(rows=1, cols=2).cell(0, 1).text = "cell"
    return saved(document)


def test_a_subdocument_comes_out_the_same() -> None:
    data = docx_bytes("a", "{{p doc }}", "b")
    made = ours(data, {"doc": Document(subdocument())})
    judged = theirs(data, lambda template: {"doc": template.new_subdoc(io.BytesIO(subdocument()))})

    def seen(document: Any) -> list[Any]:
        # docxcompose's copies of cells carry other properties; a reader sees the texts.
        def plain(block: Any) -> Any:
            return [[cell["text"] for cell in row] for row in block] if isinstance(block, list) else block

        return [plain(block) for block in story(document)]

    assert seen(made) == seen(judged)


def test_a_subdocument_built_from_scratch_comes_out_the_same() -> None:
    data = docx_bytes("a", "{{p doc }}", "b")

    def build(document: Any) -> Any:
        document.add_heading("Annex", 2)
        document.add_paragraph("first").add_run(" bold").bold = True
        document.add_table(rows=1, cols=1).cell(0, 0).text = "cell"
        return document

    made = ours(data, {"doc": Document(saved(build(docx.Document())))})
    judged = theirs(data, lambda template: {"doc": build(template.new_subdoc())})
    assert [block if isinstance(block, tuple) else block[0][0]["text"] for block in story(made)] == [
        block if isinstance(block, tuple) else block[0][0]["text"] for block in story(judged)
    ]


def test_a_font_of_a_region_comes_out_the_same() -> None:
    def fonts(document: Any) -> list[dict[str, str]]:
        return [dict(node.attrib) for node in document.element.body.iter(qn("w:rFonts"))]

    data, font = docx_bytes("{{r x }}"), "eastAsia:Source Han Sans"
    made = ours(data, {"x": RichText("测试TEST", font=font)})
    assert fonts(made) == fonts(theirs(data, {"x": docxtpl.RichText("测试TEST", font=font)})) != []


@pytest.mark.parametrize(
    ("template", "value", "said"),
    [
        ("{{ x }}", "one\atwo", "a Listing makes paragraphs of \\a and page breaks of \\f"),
        ("{{ x }}", "one\ftwo", "a Listing makes paragraphs of \\a and page breaks of \\f"),
        ("{{r x | lower }}", RichText("ABC"), "rich text is no text"),
        ("{{ x | multiply_by(0.88) }}", 5, "there is no filter 'multiply_by'"),
        ("{{ x }}", Image(b""), "put the tag into the alternative text of a picture"),
        ("{{ x }}", Markup("<w:br/>"), "values are always escaped"),
        ("{{ x }}", None, "has no value"),
        ("{{ x }}", True, "write words for it"),
        ("{{ x }}", [1], "loop over it"),
    ],
)
def test_values_that_docxtpl_takes_otherwise_are_refused_with_what_to_do(template: str, value: Any, said: str) -> None:
    with pytest.raises(TemplateError) as caught:
        ours(docx_bytes(template), {"x": value})
    assert said in "\n".join(map(str, caught.value.findings))


def test_the_names_that_a_template_uses_are_the_same() -> None:
    data = docx_bytes("{{ a.b }}{% for x in y %}{{ x.z }}{% endfor %}{% if c %}{% endif %}")
    theirs_ = docxtpl.DocxTemplate(io.BytesIO(data)).get_undeclared_template_variables()
    assert {field.path.split(".")[0].split("[")[0] for field in compile_template(data).fields()} == theirs_


@pytest.mark.parametrize(
    ("paragraphs", "said"),
    [
        (["{%p if town %}Here{%p endif %}"], "put the tag into a paragraph of its own"),
        (["{%p if town %} lost", "x", "{%p endif %}"], "holds more than statements"),
        (["lost {{p name }}"], "must stand alone"),
        (["{{ xml | safe }}"], "values are always escaped"),
        (["{% extends 'x' %}"], "a template is one file"),
        (["{{ nothing }}"], "there is no 'nothing' here"),
        (["{{ name.nothing }}"], "nothing"),
        (["{% for i in items %}a"], "never closed"),
        (["{% hm %}"], "stands in none"),
    ],
)
def test_where_docxtpl_loses_text_or_breaks_the_file_the_error_says_what_to_change(
    paragraphs: list[str], said: str
) -> None:
    with pytest.raises(TemplateError) as caught:
        ours(docx_bytes(*paragraphs), CONTEXT)
    assert said in "\n".join(map(str, caught.value.findings))
