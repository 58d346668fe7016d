"""Printed values stand in content controls of their own, if asked for: found again by tag, bookmark and id."""

from __future__ import annotations

import io
import pickle
import re
import zipfile
from typing import TYPE_CHECKING, Any

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from tests.support.validator import find_validator
from tests.template.builders import docx_bytes, multilevel, saved, table_bytes

from govpack.template import Controls, Rendered, compile_template

if TYPE_CHECKING:
    from pathlib import Path

CONTRACTS = {
    "contracts": [
        {"id": "C-NIM", "term": 36, "fees": [{"amount": 1}, {"amount": 2}, {"amount": 3}]},
        {"id": "C-ORA", "term": None, "fees": []},
    ]
}


def rendered(data: bytes, context: dict[str, Any], **options: Any) -> Rendered:
    return compile_template(data, controls=Controls(**options)).render(context, strict=False)


def parts(made: Rendered) -> dict[str, str]:
    """The XML of each part that has any."""
    with zipfile.ZipFile(io.BytesIO(made.data)) as package:
        return {name: package.read(name).decode() for name in package.namelist() if name.endswith(".xml")}


def controls(made: Rendered) -> list[tuple[str, str]]:
    """Tag and text of each control of the body, in order."""
    document = docx.Document(io.BytesIO(made.data))
    found = []
    for control in document.element.iter(qn("w:sdt")):
        tag = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
        text = "".join(node.text or "" for node in control.iter(qn("w:t")))
        found.append((tag.get(qn("w:val")) if tag is not None else "", text))
    return found


def test_no_control_is_made_where_none_is_asked_for() -> None:
    made = compile_template(docx_bytes("{{ x }}")).render({"x": "1"})
    assert "w:sdt" not in parts(made)["word/document.xml"]
    assert made.controls == {}


def test_a_value_stands_in_a_control_with_its_path_and_its_look() -> None:
    document = docx.Document()
    document.add_paragraph("Term: ").add_run("{{ contract.term }}").bold = True
    made = rendered(saved(document), {"contract": {"term": 36}})
    assert controls(made) == [("contract.term", "36")]
    assert docx.Document(io.BytesIO(made.data)).element.xpath("string(//w:sdt/w:sdtContent/w:r/w:rPr/w:b/@w:val)") == ""
    xml = parts(made)["word/document.xml"]
    assert re.search(
        r'<w:sdtPr><w:rPr><w:b/></w:rPr><w:alias w:val="contract.term"/><w:tag w:val="contract.term"/>', xml
    )
    assert '<w15:appearance w15:val="hidden"/><w:text w:multiLine="1"/>' in xml
    assert re.search(
        r'<w:bookmarkStart w:id="(\d+)" w:name="contract_term"/><w:sdt>.*</w:sdt><w:bookmarkEnd w:id="\1"/>', xml
    )
    assert made.controls == {"contract.term": "contract.term"}


def test_in_a_loop_a_path_goes_by_id_else_by_number_also_where_items_are_passed_over() -> None:
    data = docx_bytes(
        "{% for c in contracts | sort(attribute='term') if c.term %}{{ c.term }}"
        "{% for f in c.fees if f.amount > 1 %}{{ f.amount }}{{ loop.length }}{% endfor %}{% endfor %}",
    )
    context = {"contracts": [{**CONTRACTS["contracts"][0]}, {"id": "C-ORA", "term": 12, "fees": []}]}
    assert controls(rendered(data, context)) == [
        ("contracts[C-ORA].term", "12"),
        ("contracts[C-NIM].term", "36"),
        ("contracts[C-NIM].fees[2].amount", "2"),
        ("contracts[C-NIM].fees[3].amount", "3"),
    ]


def test_loops_over_rows_and_mappings_and_assignments_keep_the_path() -> None:
    data = table_bytes(["{% for c in contracts %}{% set t = c.term %}{{ c.id }}", "{{ t }}{% endfor %}"])
    assert [tag for tag, _ in controls(rendered(data, CONTRACTS))] == [
        "contracts[C-NIM].id",
        "contracts[C-NIM].term",
        "contracts[C-ORA].id",
        "contracts[C-ORA].term",
    ]
    data = docx_bytes("{% for key, person in people.items() %}{{ key }}{{ person.name }}{% endfor %}")
    assert controls(rendered(data, {"people": {"jo": {"name": "Jo"}}})) == [("people[jo].name", "Jo")]


def test_a_variable_of_an_inner_loop_may_hide_an_outer_one() -> None:
    data = docx_bytes("{% for x in a %}{{ x.n }}{% for x in x.b %}{{ x.n }}{% endfor %}{{ x.n }}{% endfor %}")
    context = {"a": [{"id": "p", "n": 1, "b": [{"id": "q", "n": 2}]}]}
    assert controls(rendered(data, context)) == [("a[p].n", "1"), ("a[p].b[q].n", "2"), ("a[p].n", "1")]


def test_what_is_no_single_value_of_the_data_gets_no_control() -> None:
    data = docx_bytes("{{ a ~ b }}{{ xs | length }}{{ 'text' }}{{ a if b else b }}{{ xs[n] }}{{ t[1:] }}{{ xs[1] }}")
    made = controls(rendered(data, {"a": 1, "b": 2, "xs": [5, 6], "n": 0, "t": "tt"}))
    assert made == [("xs[2]", "6")]


def test_only_the_paths_that_are_wanted_become_controls() -> None:
    data = docx_bytes("{{ a }}{% for c in contracts %}{{ c.id }}{{ c.term }}{% endfor %}")
    made = rendered(data, {"a": 1, **CONTRACTS}, wanted={"contracts[].term"}.__contains__)
    assert [tag for tag, _ in controls(made)] == ["contracts[C-NIM].term", "contracts[C-ORA].term"]


def test_a_missing_value_shows_its_mark_in_the_control_as_words_placeholder() -> None:
    made = rendered(docx_bytes("Purpose: {{ contract.purpose }}"), {"contract": {"purpose": None}})
    assert controls(made) == [("contract.purpose", "[● contract.purpose]")]
    assert "<w:showingPlcHdr/>" in parts(made)["word/document.xml"]
    assert made.findings


def test_neutral_tags_say_nothing_and_can_be_told_apart() -> None:
    data = docx_bytes("{{ contract.term }} {{ contract.fee }} {{ contract.term }}")
    made = rendered(data, {"contract": {"term": 36, "fee": 5}}, neutral=True)
    assert controls(made) == [("V0001", "36"), ("V0002", "5"), ("V0001", "36")]
    assert made.controls == {"V0001": "contract.term", "V0002": "contract.fee"}
    assert "contract" not in parts(made)["word/document.xml"].partition("<w:body>")[2]


def test_one_compiled_template_makes_documents_with_neutral_tags_and_with_named_ones() -> None:
    data = docx_bytes("{{ contract.term }} {{ contract.fee }}")
    context = {"contract": {"term": 36, "fee": 5}}
    named = compile_template(data, controls=Controls({"contract.term"}.__contains__))
    neutral = named.with_tags(neutral=True)
    assert controls(neutral.render(context)) == [("V0001", "36")]
    assert controls(named.render(context)) == [("contract.term", "36")]
    again = pickle.loads(pickle.dumps(neutral))
    assert again.render(context).data == neutral.render(context).data


def test_a_template_without_controls_has_no_tags_to_choose() -> None:
    with pytest.raises(ValueError, match="without controls"):
        compile_template(docx_bytes("{{ x }}")).with_tags(neutral=True)


def test_ids_and_bookmark_names_are_unique_over_all_parts_and_apart_from_the_templates_own() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("{{ x.y }} {{ x.y }} {{ x['y'] }}")
    for name, number in (("x_y", "7"), ("X_Y_3", "9")):
        paragraph._p.append(parse_xml(f'<w:bookmarkStart {nsdecls("w")} w:id="{number}" w:name="{name}"/>'))
        paragraph._p.append(parse_xml(f'<w:bookmarkEnd {nsdecls("w")} w:id="{number}"/>'))
    own = '<w:sdtPr><w:id w:val="2"/></w:sdtPr><w:sdtContent><w:p/></w:sdtContent>'
    document.element.body.insert(0, parse_xml(f"<w:sdt {nsdecls('w')}>{own}</w:sdt>"))
    document.sections[0].header.paragraphs[0].text = "{{ x.y }}"
    document.sections[0].footer.paragraphs[0].text = "{{ x.y }}"
    everything = "".join(parts(rendered(saved(document), {"x": {"y": 1}})).values())
    for pattern in (
        r'<w:id w:val="(-?\d+)"',
        r'<w:bookmarkStart[^>]*w:id="(\d+)"',
        r'<w:bookmarkStart[^>]*w:name="(\w+)"',
    ):
        found = [name.casefold() for name in re.findall(pattern, everything)]
        assert len(found) >= 6
        assert len(found) == len(set(found)), found
    assert all(len(name) <= 40 for name in found)


def test_long_paths_get_short_tags_that_differ() -> None:
    long = "a" * 80
    ids = [f"{long}{n}{long}" for n in "12"]
    data = docx_bytes("{% for c in rows %}{{ c.name }}{% endfor %}")
    made = rendered(data, {"rows": [{"id": i, "name": i[80]} for i in ids]})
    tags = [tag for tag, _ in controls(made)]
    assert len(set(tags)) == 2
    assert all(len(tag) <= 64 for tag in tags)
    assert [made.controls[tag] for tag in tags] == [f"rows[{i}].name" for i in ids]


def test_an_id_with_markup_in_it_stays_text() -> None:
    data = docx_bytes("{% for c in rows %}{{ c.name }}{% endfor %}")
    made = rendered(data, {"rows": [{"id": '"><w:p/>&', "name": "n"}]})
    assert controls(made) == [('rows["><w:p/>&].name', "n")]


def test_text_boxes_fields_and_plain_controls_get_none_of_ours_inside() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("{{ a }}")
    simple = OxmlElement("w:fldSimple")
    simple.set(qn("w:instr"), "TITLE")
    simple.append(parse_xml(f"<w:r {nsdecls('w')}><w:t>{{{{ b }}}}</w:t></w:r>"))
    paragraph._p.append(simple)
    for mark in ("begin", "separate"):
        paragraph._p.append(parse_xml(f'<w:r {nsdecls("w")}><w:fldChar w:fldCharType="{mark}"/></w:r>'))
    paragraph.add_run("{{ c }}")
    paragraph._p.append(parse_xml(f'<w:r {nsdecls("w")}><w:fldChar w:fldCharType="end"/></w:r>'))
    paragraph.add_run("{{ d }}")
    content = "<w:sdtPr><w:text/></w:sdtPr><w:sdtContent><w:r><w:t>{{ e }}</w:t></w:r></w:sdtContent>"
    paragraph._p.append(parse_xml(f"<w:sdt {nsdecls('w')}>{content}</w:sdt>"))
    made = rendered(saved(document), {name: name for name in "abcde"})
    assert controls(made) == [("a", "a"), ("d", "d"), ("", "e")]


def test_values_of_clauses_and_markdown_stand_in_controls_too() -> None:
    document = docx.Document()
    multilevel(document, {"Heading 1": ("decimal", "%1."), "Clause 2": ("decimal", "%1.%2")})
    document.add_paragraph("{% for c in clauses %}")
    document.add_paragraph("{{ bookmark(c.id) }}{{ c.title }}", style="Heading 1")
    document.add_paragraph("{% include c.id %}", style="Clause 2")
    document.add_paragraph("{% endfor %}")
    document.add_paragraph("{{ note | markdown }}")
    text = "1. The **term** is **{{ contract.term }}** months ({{ c.title }}).\n2. See {{ ref('a') }}."
    template = compile_template(saved(document), fragments={"a": text, "b": text}, controls=Controls())
    context = {
        "clauses": [{"id": "a", "title": "A"}, {"id": "b", "title": "B"}],
        "contract": {"term": 36},
        "note": "one\n\ntwo",
    }
    assert controls(template.render(context)) == [
        ("clauses[a].title", "A"),
        ("contract.term", "36"),
        ("clauses[a].title", "A"),
        ("clauses[b].title", "B"),
        ("contract.term", "36"),
        ("clauses[b].title", "B"),
        ("note", "onetwo"),
    ]


def test_the_same_template_renders_the_same_file_again() -> None:
    template = compile_template(docx_bytes("{% for c in contracts %}{{ c.id }}{% endfor %}"), controls=Controls())
    assert template.render(CONTRACTS).data == template.render(CONTRACTS).data


@pytest.mark.validator
def test_controls_are_valid(tmp_path: Path) -> None:
    validator = find_validator()
    if validator is None:
        pytest.skip("needs the Open XML SDK validator")
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "{{ x.y }}"
    document.add_paragraph("{{ x.y }} and {{ x.none }}").add_run("{{ x.y }}").bold = True
    document.add_paragraph("{{ x.note | markdown }}")
    cells = document.add_table(rows=1, cols=2).rows[0].cells
    cells[0].text, cells[1].text = "{% for c in contracts %}{{ c.id }}", "{{ c.term }}{% endfor %}"
    before = tmp_path / "before.docx"
    before.write_bytes(
        compile_template(saved(document))
        .render(context := {"x": {"y": 1, "none": None, "note": "a\n\nb"}, **CONTRACTS}, strict=False)
        .data
    )
    after = tmp_path / "after.docx"
    after.write_bytes(rendered(saved(document), context).data)
    assert validator.errors_of(after) == validator.errors_of(before)
