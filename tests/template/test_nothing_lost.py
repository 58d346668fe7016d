"""What stands beside tags stays, or the template is refused; nothing is dropped in silence."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import docx
import pptx
import pytest
from docx.oxml import parse_xml
from tests.template.builders import saved

from govpack.errors import TemplateError
from govpack.template import compile_template

if TYPE_CHECKING:
    from collections.abc import Mapping

_NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def _p(*runs: str, properties: str = "") -> str:
    return f"<w:p>{properties}{''.join(run if run.startswith('<') else _run(run) for run in runs)}</w:p>"


def _table(*rows: list[str]) -> str:
    written = "".join(
        "<w:tr>" + "".join(f"<w:tc><w:tcPr/>{c if c.startswith('<') else _p(c)}</w:tc>" for c in row) + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl><w:tblPr/><w:tblGrid>{'<w:gridCol/>' * len(rows[0])}</w:tblGrid>{written}</w:tbl>"


def _made(body: str) -> bytes:
    document = docx.Document()
    for number, block in enumerate(parse_xml(f"<w:body {_NS}>{body}</w:body>")):
        document.element.body.insert(number, block)
    return saved(document)


def _patched(data: bytes, changed: Mapping[str, tuple[str, str]], added: Mapping[str, bytes] | None = None) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(buffer, "w") as after:
        for name in before.namelist():
            held = before.read(name)
            if name in changed:
                held = held.decode().replace(*changed[name]).encode()
            after.writestr(name, held)
        for name, held in (added or {}).items():
            after.writestr(name, held)
    return buffer.getvalue()


def _part(data: bytes, context: Mapping[str, object] | None = None, name: str = "word/document.xml") -> str:
    rendered = compile_template(data).render(context or {}).data
    docx.Document(io.BytesIO(rendered))
    with zipfile.ZipFile(io.BytesIO(rendered)) as archive:
        return archive.read(name).decode()


def test_a_picture_in_a_row_of_tags_stays() -> None:
    picture = '<w:p><w:r><w:drawing/></w:r><w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r></w:p>'
    table = _table(["{% for i in xs %}", picture], ["{{ i }}", "y"], ["{% endfor %}", ""])
    written = _part(_made(table), {"xs": [1, 2]})
    assert "<w:drawing" in written
    assert "<w:sym" in written


def test_a_table_in_a_cell_of_tags_stays() -> None:
    inner = _table(["", ""]) + _p("")
    table = _table(["{% for i in xs %}", inner], ["{{ i }}", "y"], ["{% endfor %}", ""])
    assert _part(_made(table), {"xs": [1]}).count("<w:tbl>") == 2


def test_breaks_and_tabs_beside_a_value_stay() -> None:
    written = _part(
        _made(_p("{{ x }}", '<w:r><w:br w:type="page"/></w:r>') + _p("<w:r><w:tab/></w:r>", "{{ x }}")), {"x": 1}
    )
    assert 'type="page"' in written
    assert "<w:tab/>" in written


def test_a_page_break_beside_a_statement_is_not_dropped() -> None:
    data = _made(_p('<w:r><w:br w:type="page"/></w:r>', "{% if 1 %}") + _p("b") + _p("{% endif %}"))
    made = docx.Document(io.BytesIO(compile_template(data).render({}).data))
    assert [(p.text, p._p.xml.count('w:type="page"')) for p in made.paragraphs] == [("", 1), ("b", 0)]


def test_a_page_break_beside_a_joining_sign_is_not_dropped() -> None:
    broken = _p(
        '<w:r><w:t>a</w:t><w:br w:type="page"/><w:t>{%- if 1 -%}</w:t><w:br w:type="page"/></w:r>', "b{% endif %}"
    )
    assert _part(_made(broken)).count('w:type="page"') == 2


def test_an_assignment_in_the_last_paragraph_of_a_section_keeps_the_section() -> None:
    data = _made(_p("{% set y = 1 %}", properties="<w:pPr><w:sectPr/></w:pPr>") + _p("b"))
    assert _part(data).count("<w:sectPr") == 2


def test_a_tag_alone_in_a_tracked_insertion_leaves_no_paragraph() -> None:
    inserted = '<w:ins w:id="1" w:author="a">{}</w:ins>'
    data = _made(
        _p(inserted.format(_run("{% for i in [1, 2] %}"))) + _p("b{{ i }}") + _p(inserted.format(_run("{% endfor %}")))
    )
    assert _part(data).count("<w:p>") == 2


def test_a_condition_around_half_a_field_is_refused() -> None:
    field = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    with pytest.raises(TemplateError) as caught:
        compile_template(_made(_p("{% if x %}", field.format("begin"), "{% endif %}", field.format("end"))))
    assert "one end of a field" in str(caught.value.findings[0])
    whole = _p("{% if x %}", field.format("begin"), field.format("end"), "{% endif %}")
    assert "fldChar" not in _part(_made(whole), {"x": 0})


@pytest.mark.parametrize(
    "split",
    [
        '<w:r><w:instrText>HYPERLINK "{</w:instrText></w:r><w:r><w:instrText>{ x }}"</w:instrText></w:r>',
        '<w:del w:id="1"><w:r><w:delText>{</w:delText></w:r><w:r><w:delText>{ x }}</w:delText></w:r></w:del>',
        "<m:oMath><m:r><m:t>{</m:t></m:r><m:r><m:t>{x}}</m:t></m:r></m:oMath>",
    ],
)
def test_a_tag_split_over_instructions_deletions_or_formulas_is_filled(split: str) -> None:
    written = _part(_made(_p(split)), {"x": "FILLED"})
    assert "FILLED" in written
    assert "x }}" not in written


def test_a_tag_split_over_pieces_of_a_formula_is_refused() -> None:
    formula = "<m:oMath><m:r><m:t>{</m:t></m:r><m:sSup><m:e><m:r><m:t>{x}}</m:t></m:r></m:e></m:sSup></m:oMath>"
    with pytest.raises(TemplateError):
        compile_template(_made(_p(formula)))


@pytest.mark.parametrize("name", ["f", "f@1", "word/document.xml"])
def test_a_fragment_in_a_property_is_refused(name: str) -> None:
    document = docx.Document()
    document.core_properties.title = f'{{% include "{name}" %}}'
    with pytest.raises(TemplateError) as caught:
        compile_template(saved(document), fragments={"f": "hello"})
    assert "whole paragraphs" in str(caught.value.findings[0])


@pytest.mark.parametrize(
    ("target", "filled"),
    [
        ("https://e.com/%7b%7bid%7d%7d", "https://e.com/7"),
        ("https://e.com/a%20b/{{id}}/%7B%7Bid%7D%7D", "https://e.com/a%20b/7/7"),
        ("https://e.com/%7B%7Bid%7Cdefault(%22q%22)%7D%7D?a=%22", "https://e.com/7?a=%22"),
    ],
)
def test_tags_in_link_targets_are_filled_and_the_rest_stays(target: str, filled: str) -> None:
    data = _made(f'<w:p><w:hyperlink r:id="rId77">{_run("click")}</w:hyperlink></w:p>')
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    link = f'<Relationship Id="rId77" Type="{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    rels = "word/_rels/document.xml.rels"
    data = _patched(data, {rels: ("</Relationships>", link)})
    assert f'Target="{filled}"' in _part(data, {"id": 7}, rels)


def test_a_tag_in_the_text_of_a_list_is_filled_though_a_list_begins_anew() -> None:
    data = _patched(_made(_p("{{ x|markdown }}")), {"word/numbering.xml": ('w:val="%1."', 'w:val="{{ y }} %1."')})
    written = _part(data, {"x": "1. a", "y": "Clause"}, "word/numbering.xml")
    assert "{{" not in written
    assert "Clause %1." in written
    assert "startOverride" in written


_CONDITION = _p("{% if x %}") + _p("a") + _p("{% endif %}")


@pytest.mark.parametrize(
    "body",
    [
        _table(["{{ m|markdown }}", "b"]),
        _table([_CONDITION]),
        _table([_table(["n"]) + _CONDITION]),
        _table([_CONDITION]).replace("<w:tcPr/>", "<w:tcPr></w:tcPr>\n "),
    ],
)
def test_a_cell_left_empty_keeps_a_paragraph(body: str) -> None:
    root = parse_xml(_part(_made(body), {"m": "", "x": 0}).encode())
    cells = list(root.iter("{*}tc"))
    assert cells
    assert all(cell[-1].tag.endswith("}p") for cell in cells)


def test_a_text_box_left_empty_keeps_a_paragraph() -> None:
    text = "<w:txbxContent>{}</w:txbxContent>"
    box = f"<w:p><w:r><w:pict><v:shape><v:textbox>{text}</v:textbox></v:shape></w:pict></w:r></w:p>"
    assert "<w:txbxContent><w:p/></w:txbxContent>" in _part(_made(box.format(_CONDITION)), {"x": 0})


def test_a_table_left_without_rows_goes() -> None:
    body = _table(["{% for i in xs %}{{ i }}", "{% endfor %}"])
    assert "<w:tbl>" not in _part(_made(body), {"xs": []})
    assert _part(_made(body), {"xs": [1, 2]}).count("<w:tr>") == 2


def test_a_drawn_table_left_without_rows_keeps_an_empty_one() -> None:
    presentation = pptx.Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[6])
    table = slide.shapes.add_table(1, 2, 0, 0, 99999, 99999).table
    table.cell(0, 0).text, table.cell(0, 1).text = "{% for i in xs %}", "{% endfor %}"
    rendered = compile_template(saved(presentation)).render({"xs": []}).data
    shape = pptx.Presentation(io.BytesIO(rendered)).slides[0].shapes[0]
    assert [[cell.text for cell in row.cells] for row in shape.table.rows] == [["", ""]]


_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@pytest.mark.parametrize(
    "text",
    [
        f'<w:document xmlns:w="{_W}"><w:body><w:p xmlns:w14="urn:w14"><w:r><w:rPr><w14:glow w14:rad="1"/></w:rPr>'
        "<w:t>{{ x }}</w:t></w:r></w:p></w:body></w:document>",
        f'<q:document xmlns:q="{_W}"><q:body><q:p><q:r><q:t>a {{{{ x }}}}</q:t></q:r></q:p></q:body></q:document>',
        f'<document xmlns="{_W}"><body><p><r><t>a {{{{ x }}}}</t></r></p></body></document>',
    ],
)
def test_any_prefix_will_do(text: str) -> None:
    document = docx.Document()
    data = _patched(saved(document), {})
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(buffer, "w") as after:
        for name in before.namelist():
            after.writestr(name, text.encode() if name == "word/document.xml" else before.read(name))
    assert "FILLED" in _part(buffer.getvalue(), {"x": "FILLED"})


def test_a_word_template_becomes_a_document() -> None:
    kinds = ("wordprocessingml.document.main+xml", "wordprocessingml.template.main+xml")
    data = _patched(_made(_p("{{ x }}")), {"[Content_Types].xml": kinds})
    assert kinds[0] in _part(data, {"x": 1}, "[Content_Types].xml")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("word/media/a.svg", b"<svg><text>{{ x }}</text></svg>"),
        ("word/x.XML", b"<a>{{ x }}</a>"),
        ("customXml/item9.xml", b"<a>&#123;&#123; x }}</a>"),
    ],
)
def test_a_tag_in_any_xml_part_is_filled(name: str, text: bytes) -> None:
    assert "FILLED" in _part(_patched(_made(_p("b")), {}, {name: text}), {"x": "FILLED"}, name)


def test_a_tag_in_a_part_that_is_no_xml_is_refused() -> None:
    with pytest.raises(TemplateError) as caught:
        compile_template(_patched(_made(_p("b")), {}, {"word/afchunk.htm": b"<p>{{ x }}</p>"}))
    assert "word/afchunk.htm" in str(caught.value.findings[0])


def test_a_numbered_value_in_a_text_box_is_not_counted_among_the_text() -> None:
    numbered = '<w:pPr><w:pStyle w:val="ListNumber"/></w:pPr>'
    box = f"<w:p><w:r><w:pict><w:txbxContent>{_p('{{ x }}', properties=numbered)}</w:txbxContent></w:pict></w:r></w:p>"
    body = _p("one", properties=numbered) + box + _p('{{ bookmark("c") }}two', properties=numbered)
    assert "<w:t>2</w:t>" in _part(_made(body + _p('see {{ ref("c") }}')), {"x": "v"})
