"""Controls that a template has already stay what they are: text, bound XML, checkboxes, dates and lists."""

from __future__ import annotations

import datetime
import io
import zipfile
from typing import TYPE_CHECKING, Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from tests.support.validator import find_validator
from tests.template.builders import saved

from govpack.template import TemplateError, compile_template

if TYPE_CHECKING:
    from pathlib import Path

    from docx.document import Document

W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
CHECKBOX = '<w14:checkbox><w14:checked w14:val="0"/><w14:checkedState w14:val="2612"/></w14:checkbox>'
DATE = (
    '<w:date w:fullDate="2020-01-01T00:00:00Z"><w:dateFormat w:val="dddd, d MMMM yyyy"/><w:lid w:val="en-IE"/></w:date>'
)
LIST = (
    '<w:dropDownList><w:listItem w:displayText="Choose" w:value=""/><w:listItem w:displayText="High" w:value="h"/>'
    '<w:listItem w:displayText="Low" w:value="l"/></w:dropDownList>'
)
ITEM = "{11111111-2222-3333-4444-555555555555}"


def control(properties: str, text: str, *, tag: str = "", runs: bool = True) -> Any:
    """A control with these properties: within a paragraph, or around one."""
    run = f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'
    content = run if runs else f"<w:p>{run}</w:p>"
    named = f'<w:tag w:val="{tag}"/>' if tag else ""
    return parse_xml(
        f'<w:sdt {nsdecls("w")} {W14}><w:sdtPr>{named}<w:id w:val="77"/>{properties}</w:sdtPr>'
        f"<w:sdtContent>{content}</w:sdtContent></w:sdt>"
    )


def with_control(*controls: Any) -> Document:
    document = docx.Document()
    paragraph = document.add_paragraph("It says: ")
    for each in controls:
        paragraph._p.append(each)
    return document


def opened(data: bytes, context: dict[str, Any], **options: Any) -> Document:
    return docx.Document(io.BytesIO(compile_template(data).render(context, **options).data))


def shown(document: Document) -> list[str]:
    """The text of each control."""
    found = document.element.iter(qn("w:sdtContent"))
    return ["".join(node.text or "" for node in content.iter(qn("w:t"))) for content in found]


def test_a_tag_in_a_block_row_cell_or_inline_control_is_filled_and_the_control_stays() -> None:
    document = with_control(control("<w:text/>", "{{ a }}", tag="mine"))
    document.element.body.insert(0, control("<w:richText/>", "{{ b }}", runs=False))
    table = document.add_table(rows=2, cols=2)
    for row, text in zip(table.rows, ("{{ c }}", "{{ d }}"), strict=True):
        row.cells[0].text = text
    cell = table.rows[1].cells[0]._tc
    for element in (table.rows[0]._tr, cell):
        around = control("", "", runs=True)
        content = around.find(qn("w:sdtContent"))
        for child in list(content):
            content.remove(child)
        element.addprevious(around)
        content.append(element)
    made = opened(saved(document), {name: name.upper() for name in "abcd"})
    assert sorted(shown(made)) == ["A", "B", "C", "D"]
    assert made.element.xpath('//w:sdt[w:sdtPr/w:tag/@w:val="mine"]')


def test_a_placeholder_is_none_any_more_once_it_is_filled() -> None:
    made = opened(saved(with_control(control("<w:showingPlcHdr/><w:text/>", "{{ a }}"))), {"a": "A"})
    assert shown(made) == ["A"]
    assert not made.element.xpath("//w:showingPlcHdr")


@pytest.mark.parametrize("in_tag", [True, False])
@pytest.mark.parametrize(
    ("value", "sign", "state"), [(True, "\u2612", "1"), (False, "\u2610", "0"), ("yes", "\u2612", "1")]
)
def test_a_checkbox_is_ticked_natively(in_tag: bool, value: object, sign: str, state: str) -> None:
    box = control(CHECKBOX, "\u2610" if in_tag else "{{ signed }}", tag="{{ signed }}" if in_tag else "t")
    made = opened(saved(with_control(box)), {"signed": value})
    assert shown(made) == [sign]
    xml = made.element.xml
    assert f'w14:checked w14:val="{state}"' in xml
    assert f'w:tag w:val="{"signed" if in_tag else "t"}"' in xml


def test_a_date_control_gets_the_date_and_the_text_in_its_own_format() -> None:
    data = saved(with_control(control("<w:showingPlcHdr/>" + DATE, "{{ start }}")))
    made = opened(data, {"start": datetime.date(2027, 2, 1)})
    assert shown(made) == ["Monday, 1 February 2027"]
    assert made.element.xpath("//w:date/@w:fullDate") == ["2027-02-01T00:00:00Z"]
    assert not made.element.xpath("//w:showingPlcHdr")


@pytest.mark.parametrize("value", ["h", "High"])
def test_a_list_shows_the_entry_whose_value_or_text_matches(value: str) -> None:
    assert shown(opened(saved(with_control(control(LIST, "{{ band }}"))), {"band": value})) == ["High"]


@pytest.mark.parametrize(
    ("properties", "value", "said"),
    [
        (LIST, "Hihg", "no entry 'Hihg' (did you mean 'High'?); it has Choose, High, Low"),
        (CHECKBOX, "perhaps", "a checkbox takes true or false; found 'perhaps'"),
        (DATE, "soon", "a date control takes a date"),
    ],
)
def test_what_a_control_cannot_show_is_an_error_with_its_place(properties: str, value: str, said: str) -> None:
    with pytest.raises(TemplateError) as caught:
        opened(saved(with_control(control(properties, "{{ x }}"))), {"x": value})
    assert said in str(caught.value.findings[0])
    assert "'{{ x }}'" in str(caught.value.findings[0])


def test_more_than_one_tag_in_a_checkbox_is_refused() -> None:
    with pytest.raises(TemplateError) as caught:
        compile_template(saved(with_control(control(CHECKBOX, "{{ x }} {{ y }}"))))
    assert "takes one tag" in str(caught.value.findings[0])


@pytest.mark.parametrize(("properties", "text"), [(DATE, "[● x]"), (LIST, "[● x]"), (CHECKBOX, "\u2610")])
def test_a_missing_value_leaves_the_control_unset_and_is_reported(properties: str, text: str) -> None:
    data = saved(with_control(control(properties, "{{ x }}")))
    rendered = compile_template(data).render({"x": None}, strict=False)
    made = docx.Document(io.BytesIO(rendered.data))
    assert shown(made) == [text]
    assert not made.element.xpath("//w:date/@w:fullDate")
    assert len(rendered.findings) == 1
    with pytest.raises(TemplateError):
        compile_template(data).render({"x": None})


def test_a_loop_may_begin_and_end_in_cells_and_rows_that_stand_in_controls() -> None:
    document = docx.Document()
    table = document.add_table(rows=1, cols=2)
    for cell, text in zip(table.rows[0].cells, ("{% for r in rows %}{{ r }}", "x{% endfor %}"), strict=True):
        cell.text = text
        around = control("", "")
        content = around.find(qn("w:sdtContent"))
        content.remove(content[0])
        cell._tc.addprevious(around)
        content.append(cell._tc)
    made = opened(saved(document), {"rows": ["a", "b"]})
    assert shown(made) == ["a", "x", "b", "x"]
    assert len(made.element.xpath("//w:tr")) == 2


def test_controls_in_a_loop_get_ids_of_their_own() -> None:
    document = docx.Document()
    document.add_paragraph("{% for r in rows %}")
    paragraph = document.add_paragraph("")
    paragraph._p.append(control("<w:text/>", "{{ r.name }}"))
    paragraph._p.append(control(CHECKBOX, "{{ r.done }}"))
    document.add_paragraph("{% endfor %}")
    made = opened(saved(document), {"rows": [{"name": "a", "done": True}, {"name": "b", "done": False}]})
    assert shown(made) == ["a", "\u2612", "b", "\u2610"]
    ids = made.element.xpath("//w:sdtPr/w:id/@w:val")
    assert len(ids) == 4
    assert len(set(ids)) == 4


def bound(path: str, text: str, store: str = ITEM, properties: str = "<w:text/>") -> Any:
    mappings = "xmlns:n='urn:n' xmlns:dc='http://purl.org/dc/elements/1.1/' "
    mappings += "xmlns:cp='http://schemas.openxmlformats.org/package/2006/metadata/core-properties'"
    binding = f'<w:dataBinding w:prefixMappings="{mappings}" w:xpath="{path}" w:storeItemID="{store}"/>'
    return control(binding + properties, text)


def with_data(document: Document, xml: str) -> bytes:
    """The document with a custom XML part that goes by ITEM."""
    target = io.BytesIO()
    relationships = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    custom = "http://schemas.openxmlformats.org/officeDocument/2006/"
    with zipfile.ZipFile(io.BytesIO(saved(document))) as source, zipfile.ZipFile(target, "w") as made:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/_rels/document.xml.rels":
                link = (
                    f'<Relationship Id="rIdX" Type="{custom}relationships/customXml" Target="../customXml/item7.xml"/>'
                )
                content = content.replace(b"</Relationships>", f"{link}</Relationships>".encode())
            elif name == "[Content_Types].xml":
                kind = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
                own = f'<Override PartName="/customXml/itemProps7.xml" ContentType="{kind}"/>'
                content = content.replace(b"</Types>", f"{own}</Types>".encode())
            made.writestr(name, content)
        made.writestr("customXml/item7.xml", xml)
        link = f'<Relationship Id="rId1" Type="{custom}relationships/customXmlProps" Target="itemProps7.xml"/>'
        made.writestr("customXml/_rels/item7.xml.rels", f"{relationships}{link}</Relationships>")
        properties = f'<ds:datastoreItem ds:itemID="{ITEM}" xmlns:ds="{custom}customXml"/>'
        made.writestr("customXml/itemProps7.xml", properties)
    return target.getvalue()


def member(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name).decode()


def test_xml_that_a_control_is_bound_to_gets_the_value_too() -> None:
    document = with_control(
        bound("/n:root[1]/n:title[1]", "For {{ title }}"),
        bound("/n:root[1]/n:title[1]/@kind", "{{ kind }}"),
        bound("/n:root[1]/n:signed[1]", "{{ signed }}", properties=CHECKBOX),
        bound("/n:root[1]/n:start[1]", "{{ start }}", properties=DATE),
        bound("/n:root[1]/n:band[1]", "{{ band }}", properties=LIST),
    )
    xml = '<root xmlns="urn:n"><title kind="k">old</title><signed>false</signed><start/><band/></root>'
    context = {"title": "a & b", "kind": "<x>", "signed": True, "start": datetime.date(2027, 2, 1), "band": "High"}
    rendered = compile_template(with_data(document, xml)).render(context)
    item = member(rendered.data, "customXml/item7.xml")
    assert '<title kind="&lt;x&gt;">For a &amp; b</title>' in item
    assert "<signed>true</signed><start>2027-02-01T00:00:00</start><band>h</band>" in item
    made = docx.Document(io.BytesIO(rendered.data))
    assert shown(made) == ["For a & b", "<x>", "\u2612", "Monday, 1 February 2027", "High"]
    assert len(made.element.xpath("//w:dataBinding")) == 5


def test_a_control_bound_to_the_documents_title_sets_the_title() -> None:
    store = "{6C3C8BC8-F283-45AE-878A-BAB7291924A1}"
    document = with_control(bound("/cp:coreProperties[1]/dc:title[1]", "{{ title }}", store))
    document.core_properties.title = "old"
    made = opened(saved(document), {"title": "New"})
    assert made.core_properties.title == "New"
    assert shown(made) == ["New"]


@pytest.mark.parametrize("where", ["in a loop", "nowhere", "strange"])
def test_a_binding_that_cannot_hold_the_value_is_taken_off(where: str) -> None:
    path = {"in a loop": "/n:root[1]", "nowhere": "/n:other[1]", "strange": "//*[count(//*) > 0]"}[where]
    document = docx.Document()
    document.add_paragraph("{% for r in rows %}")
    document.add_paragraph("")._p.append(bound(path, "{{ r }}"))
    document.add_paragraph("{% endfor %}")
    if where != "in a loop":
        document.paragraphs[0].text = document.paragraphs[2].text = ""
    made = opened(with_data(document, '<root xmlns="urn:n">old</root>'), {"rows": ["a", "b"], "r": "a"})
    assert shown(made) == (["a", "b"] if where == "in a loop" else ["a"])
    assert not made.element.xpath("//w:dataBinding")


@pytest.mark.validator
def test_filled_controls_are_valid(tmp_path: Path) -> None:
    validator = find_validator()
    if validator is None:
        pytest.skip("needs the Open XML SDK validator")
    document = with_control(
        control("<w:showingPlcHdr/>" + DATE, "{{ d }}"),
        control(LIST, "{{ l }}"),
        control(CHECKBOX, "{{ c }}", tag="{{ c }}"),
        control(DATE, "{{ none }}"),
        control(LIST, "{{ none }}"),
    )
    context = {"d": datetime.date(2027, 2, 1), "l": "Low", "c": True, "none": None}
    for name, template in (("plain", saved(docx.Document())), ("filled", saved(document))):
        (tmp_path / f"{name}.docx").write_bytes(compile_template(template).render(context, strict=False).data)
    before = validator.errors_of(tmp_path / "plain.docx")
    # The controls of this test share one id in the template; filled, each has its own.
    assert validator.errors_of(tmp_path / "filled.docx") == before
