"""What goes in comes out: text as it is, figures in the reader's locale, and nothing missing in silence."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from decimal import Decimal
from typing import Any

import docx
import pytest
from docx.enum.text import WD_COLOR_INDEX
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.template.builders import deck, docx_bytes, filled, saved, table_bytes, texts

from govpack.findings import Severity
from govpack.template import Controls, TemplateError, compile_template

# What XML 1.0 leaves out (section 2.2), and the two noncharacters that the engine keeps for itself.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufdd0\ufdd1\ufffe\uffff]")


@pytest.mark.parametrize("value", ["]]>", "{{ 7*7 }}", "</w:t>", "a & b < c > d", '"quoted"', "{% raw %}"])
def test_markup_and_tags_in_data_stay_text(value: str) -> None:
    assert texts(filled(docx_bytes("{{ x }}"), {"x": value})) == [value]


def test_line_feeds_become_breaks_and_tabs_stay_tabs_in_their_order() -> None:
    assert texts(filled(docx_bytes("{{ x }}"), {"x": "a\tb\nc\r\nd"})) == ["a\tb\nc\nd"]


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\x1f", "\ufffe", "\ud800", "\ufdd0"])
def test_a_character_that_no_xml_can_hold_is_refused_with_the_tag(character: str) -> None:
    with pytest.raises(TemplateError) as caught:
        compile_template(docx_bytes("{{ note }}")).render({"note": f"a{character}b"})
    assert f"U+{ord(character):04X}" in str(caught.value.findings[0])
    assert "{{ note }}" in str(caught.value.findings[0])


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=40))
def test_any_text_comes_out_as_it_went_in_or_a_finding_names_it(value: str) -> None:
    template = compile_template(docx_bytes("[{{ x }}]"))
    if _ILLEGAL.search(value):
        with pytest.raises(TemplateError, match="error"):
            template.render({"x": value})
        return
    data = template.render({"x": value}).data
    shown = docx.Document(io.BytesIO(data)).paragraphs[0].text
    assert shown == f"[{value}]".replace("\r\n", "\n").replace("\r", "\n")


def test_a_missing_value_is_an_error_with_the_nearest_name() -> None:
    template = compile_template(docx_bytes("{{ sla.uptme }}"))
    with pytest.raises(TemplateError) as caught:
        template.render({"sla": {"uptime": 99}})
    (finding,) = caught.value.findings
    assert "'{{ sla.uptme }}': there is no 'uptme' here (did you mean 'uptime'?)" in finding.message
    assert finding.location is not None


def test_where_gaps_may_stand_a_missing_value_is_marked_and_reported() -> None:
    rendered = compile_template(docx_bytes("Term: {{ contract.term }}")).render(
        {"contract": {"term": None}}, strict=False
    )
    paragraph = docx.Document(io.BytesIO(rendered.data)).paragraphs[0]
    assert paragraph.text == "Term: [● contract.term]"
    assert paragraph.runs[-1].font.highlight_color == WD_COLOR_INDEX.YELLOW
    (finding,) = rendered.findings
    assert finding.severity is Severity.WARNING
    assert "contract.term" in finding.message


@pytest.mark.parametrize(
    "tag", ["{{ x | upper }}", '{{ "Term " ~ x }}', "{{ x | money }}", "{{ x + 1 }}", "{{ x.y.z }}"]
)
@pytest.mark.parametrize("context", [{}, {"x": None}])
def test_no_filter_or_sum_makes_a_missing_value_silent(tag: str, context: dict[str, Any]) -> None:
    with pytest.raises(TemplateError):
        compile_template(docx_bytes(tag)).render(context)
    rendered = compile_template(docx_bytes(tag)).render(context, strict=False)
    assert "[●" in docx.Document(io.BytesIO(rendered.data)).paragraphs[0].text
    assert rendered.findings


def test_a_field_that_was_not_given_may_be_asked_for_but_an_unknown_one_may_not() -> None:
    data = docx_bytes("{% if a.b %}yes{% else %}no{% endif %}{{ a.b | default('-') }}{% if a.b is none %}!{% endif %}")
    assert texts(filled(data, {"a": {"b": None}})) == ["no-!"]
    with pytest.raises(TemplateError, match="error"):
        filled(docx_bytes("{% if a.c %}yes{% endif %}"), {"a": {"b": None}})


def test_every_failing_tag_is_reported_and_a_failing_block_is_skipped() -> None:
    template = compile_template(
        docx_bytes("{{ a }}{{ 1/0 }}", "{% for x in b %}", "{{ c }}", "{% endfor %}", "{{ d }}")
    )
    with pytest.raises(TemplateError) as caught:
        template.render({})
    said = [finding.message for finding in caught.value.findings]
    assert [message.split("'")[1] for message in said] == ["{{ a }}", "{{ 1/0 }}", "{% for x in b %}", "{{ d }}"]


def test_figures_follow_the_locale() -> None:
    data = docx_bytes(
        "{{ m | money }} {{ m | money('million') }} {{ n | number }} {{ p | percent }} {{ d | date }} "
        "{{ t | duration('months') }}"
    )
    context = {"m": Decimal(12_800_000), "n": Decimal("1950.5"), "p": Decimal("99.95"), "t": 36}
    context |= {"d": datetime.date(2027, 2, 1)}
    plain = texts(filled(data, context, locale="en-IE"))[0].replace("\u00a0", " ")
    assert plain == "EUR 12,800,000 EUR 12.8 million 1,950.5 99.95% 1 February 2027 36 months"
    german = texts(filled(data, context, locale="de-DE"))[0].replace("\u00a0", " ")
    assert german == "EUR 12.800.000 EUR 12,8 million 1.950,5 99,95 % 1. Februar 2027 36 Monate"


def test_a_half_is_rounded_up_as_in_the_model_and_in_charts() -> None:
    """Banker's rounding would print 0.2 in a table beside a chart that shows 0.3."""
    context = {"a": Decimal("0.25"), "b": Decimal("0.35"), "m": Decimal(250_000), "n": Decimal("-0.25")}
    data = docx_bytes("{{ a | number(1) }} {{ b | percent(1) }} {{ m | money('million') }} {{ n | number(1) }}")
    assert (
        texts(filled(data, context, locale="en-IE"))[0].replace("\u00a0", " ") == "0.3 0.4% EUR 0.3 million \u22120.3"
    )


def test_an_unknown_locale_is_refused() -> None:
    with pytest.raises(ValueError, match="no locale 'xx-YY'"):
        compile_template(docx_bytes("x")).render({}, locale="xx-YY")


@pytest.mark.parametrize(
    "tag",
    [
        "{{ ''.__class__ }}",
        "{{ x['__class__'] }}",
        "{{ '{0.__class__}'.format(x) }}",
        "{{ range(999999999) | list | length }}",
        "{{ 'a' * 99999999 }}",
        "{{ 9 ** 999999 }}",
        "{{ '%999999999d' % 1 }}",
        "{{ x.clear() }}",
        "{{ xs.append(1) }}",
    ],
)
def test_a_template_from_a_stranger_cannot_reach_out_or_eat_the_machine(tag: str) -> None:
    context = {"x": {"k": 1}, "xs": [1]}
    with pytest.raises(TemplateError):
        compile_template(docx_bytes(tag)).render(context)
    assert context == {"x": {"k": 1}, "xs": [1]}


def test_a_key_of_the_data_is_never_hidden_by_a_method_of_its_mapping() -> None:
    assert texts(filled(docx_bytes("{{ x.items }} {{ x.values }}"), {"x": {"items": "i", "values": "v"}})) == ["i v"]


def test_fields_are_listed_nested_with_their_places() -> None:
    data = table_bytes(["{% for c in contracts %}{{ c.partner.name }}", "{{ c.fee | money }}{% endfor %}"])
    fields = compile_template(data).fields()
    assert [field.path for field in fields] == ["contracts", "contracts[].fee", "contracts[].partner.name"]
    assert "table 1, row 1, cell 2" in str(fields[1].places[0])


def test_fields_of_a_mapping_are_listed_as_those_of_its_items() -> None:
    data = docx_bytes("{% for key, person in people.items() %}{{ key }}{{ person.name[1:] }}{% endfor %}")
    assert [field.path for field in compile_template(data).fields()] == ["people", "people[].name"]


def test_nothing_personal_of_the_templates_author_comes_out() -> None:
    document = docx.Document()
    document.core_properties.last_modified_by = document.core_properties.author = "Jo Author"
    document.add_paragraph("{{ x }}")
    buffer = io.BytesIO()
    document.save(buffer)
    data = compile_template(buffer.getvalue()).render({"x": "y"}).data
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        everything = b"".join(package.read(name) for name in package.namelist())
        assert not any("thumbnail" in name for name in package.namelist())
    assert b"Jo Author" not in everything


def test_an_author_whom_the_template_names_by_a_tag_is_the_documents() -> None:
    document = docx.Document()
    document.core_properties.author = "{{ x }}"
    made = filled(saved(document), {"x": "Bank plc"})
    assert made.core_properties.author == "Bank plc"


def test_for_how_long_and_under_whom_the_author_worked_stays_behind() -> None:
    properties = zipfile.ZipFile(io.BytesIO(saved(deck()))).read("docProps/app.xml")
    assert b"<TotalTime>" in properties, "python-pptx's blank deck says so"
    data = compile_template(saved(deck("{{ x }}"))).render({"x": "y"}).data
    assert b"TotalTime" not in zipfile.ZipFile(io.BytesIO(data)).read("docProps/app.xml")


def test_revision_ids_do_not_come_out() -> None:
    data = compile_template(docx_bytes("{{ x }}")).render({"x": "y"}).data
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        everything = b"".join(package.read(name) for name in package.namelist())
    assert b"rsid" not in everything


def test_upper_first_leaves_the_rest_as_it_is_and_keeps_the_value_in_its_control() -> None:
    made = compile_template(docx_bytes("{{ basis | upper_first }}"), controls=Controls()).render(
        {"basis": "per GPU hour"}
    )
    document = docx.Document(io.BytesIO(made.data))
    assert document.element.body.xpath("string(.//w:sdt//w:t)") == "Per GPU hour"
    assert made.controls == {"basis": "basis"}
