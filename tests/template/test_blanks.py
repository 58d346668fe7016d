"""A blank is a value that a person fills in by hand: a labelled control, and a comment that says what belongs there."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from pptx import Presentation
from tests.support.validator import Validator
from tests.template.builders import docx_bytes, saved

from govpack.template import Blank, Blanks, Controls, compile_template

TERM = Blank("length in months", "How long it runs.\nWrite a whole number of months.", "contract.term")


def nothing(_path: str) -> bool:
    return False


def filled(data: bytes, context: dict[str, Any]) -> Document:
    """The template rendered strictly, so that any finding fails it."""
    made = compile_template(data, controls=Controls(nothing)).render(context)
    assert made.findings == ()
    return docx.Document(io.BytesIO(made.data))


def text(*paragraphs: str, **context: Any) -> str:
    """What the paragraphs read like, a line each."""
    made = filled(docx_bytes(*paragraphs), context)
    return "\n".join("".join(node.text or "" for node in p._p.iter(qn("w:t"))) for p in made.paragraphs)


def test_a_blank_is_its_label_highlighted_in_a_control_of_its_own() -> None:
    made = filled(docx_bytes("For {{ contract.term }}."), {"contract": {"term": TERM}})
    (control,) = made.element.body.iter(qn("w:sdt"))
    properties = control.find(qn("w:sdtPr"))
    assert "".join(node.text for node in control.iter(qn("w:t"))) == "[length in months]"
    assert control.find(f".//{qn('w:highlight')}") is not None
    assert properties.find(qn("w:showingPlcHdr")) is not None
    assert properties.find(qn("w:alias")).get(qn("w:val")) == "length in months"
    assert properties.find(qn("w:tag")).get(qn("w:val")) == "contract.term"


def test_what_belongs_there_is_a_comment_on_the_first_one_in_the_body() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "{{ contract.term }}"
    document.add_paragraph("{{ contract.term }} and {{ contract.term }}")
    document.add_paragraph("{{ contract.term }}")
    made = filled(saved(document), {"contract": {"term": TERM}})
    how, what = made.comments
    assert how.text.startswith("This is a template to fill in by hand.")
    assert what.text == "How long it runs.\nWrite a whole number of months."
    marks = [node.get(qn("w:id")) for node in made.paragraphs[0]._p.iter(qn("w:commentReference"))]
    assert marks == [str(how.comment_id), str(what.comment_id)]
    assert len(list(made.element.body.iter(qn("w:sdt")))) == 3


@pytest.mark.parametrize(
    "tag",
    [
        "{{ x | money }}",
        "{{ x | date('MMMM y') }}",
        "{{ x | trim('.') | upper }}",
        "{{ x | markdown }}",
        "{{ x | upper_first }}",
        "{{ x | default('none', true) }}",
        "{{ x | replace('a', 'b') }}",
        "{{ x | int }}",
        "{{ x | float | round(1) | abs }}",
        "{{ x or 30 }}",
        "{{ -(x * 2 + 1) / 7 }}",
        "{{ x[:1] | upper }}{{ x[1:] }}",
        "{{ x | join(', ') }}",
        "{{ [x] | join(', ') }}",
        "{{ {'a': 1}[x] }}",
        "{{ x | sum }}",
    ],
)
def test_a_blank_goes_through_filters_and_arithmetic_as_it_is(tag: str) -> None:
    assert text(tag, x=TERM) == "[length in months]"


@pytest.mark.parametrize(
    ("tag", "shown"),
    [
        ("Up to {{ x | duration('months') }}.", "Up to [length in months]\N{NO-BREAK SPACE}months."),
        ("{{ (x - 1) | duration('hour') | unbroken }}", "[length in months]\N{NO-BREAK SPACE}hours"),
        ("{{ x | percent }} of it", "[length in months]% of it"),
        ("{{ 'at most ' ~ x | duration('days') }}", "[at most length in months\N{NO-BREAK SPACE}days]"),
    ],
)
def test_a_figure_to_fill_in_is_a_bare_number_with_its_unit_behind_it(tag: str, shown: str) -> None:
    """So it is the same number where the unit is typed: “[days] from receipt” beside “within [days] days”."""
    assert text(tag, x=TERM) == shown


def test_the_unit_of_a_figure_to_fill_in_stands_outside_its_control_and_is_not_highlighted() -> None:
    made = filled(docx_bytes("{{ x | duration('months') }}"), {"x": TERM})
    (control,) = made.element.body.iter(qn("w:sdt"))
    assert "".join(node.text for node in control.iter(qn("w:t"))) == "[length in months]"
    unit = next(
        run
        for run in made.element.body.iter(qn("w:r"))
        if "".join(t.text for t in run.iter(qn("w:t"))) == "\N{NO-BREAK SPACE}months"
    )
    assert unit.find(f".//{qn('w:highlight')}") is None


def test_a_template_can_ask_whether_a_value_is_to_be_filled_in() -> None:
    tag = "{% if x is blank %}by hand{% else %}given, or a gap{% endif %}"
    assert [text(tag, x=x) for x in (TERM, 3, None)] == ["by hand", "given, or a gap", "given, or a gap"]


def test_the_year_of_a_blank_date_is_asked_for_as_a_year() -> None:
    assert text("{{ x.year }}", x=TERM) == "[year]"


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("x", True),
        ("x is none", False),
        ("x is defined", True),
        ("x == 1", False),
        ("x != 1", True),
        ("x > 1 or x < 1 or x >= 1 or x <= 1", False),
        ("'a' in x", False),
    ],
)
def test_a_blank_counts_as_given_and_equals_nothing(condition: str, holds: bool) -> None:
    assert text(f"{{% if {condition} %}}yes{{% else %}}no{{% endif %}}", x=TERM) == ("yes" if holds else "no")


def test_text_around_a_blank_joined_to_it_stands_in_its_label() -> None:
    assert text("{{ 'About ' ~ x ~ '.' }}", x=TERM) == "[About length in months.]"


def test_a_list_to_fill_in_has_one_row_and_no_number_yet() -> None:
    fees = Blanks([{"item": Blank("what is paid for"), "kind": Blank("kind")}], "fees")
    assert text("{% for fee in fees %}{{ fee.item }};{% endfor %} {{ fees | length }}", fees=fees) == (
        "[what is paid for]; [number of fees]"
    )


@pytest.mark.parametrize(
    ("filters", "rows"),
    [
        ("selectattr('kind', 'equalto', 'hourly')", 1),
        ("rejectattr('kind', 'equalto', 'hourly') | list", 1),
        ("sort(attribute='kind') | unique", 1),
        ("selectattr('fixed')", 1),
        ("rejectattr('fixed')", 0),
        ("map(attribute='kind') | select", 1),
    ],
)
def test_choosing_keeps_the_row_unless_a_value_that_is_known_says_otherwise(filters: str, rows: int) -> None:
    fees = Blanks([{"kind": Blank("kind"), "fixed": True}], "fees")
    assert text(f"{{% for fee in fees | {filters} %}}x{{% endfor %}}", fees=fees) == "x" * rows


def test_the_label_of_a_narrow_place_may_be_short() -> None:
    made = filled(docx_bytes("{{ x }}"), {"x": Blank("number of hours until someone answers", shown="n")})
    assert made.paragraphs[0]._p.xpath("string(.//w:sdt//w:t)") == "[n]"
    assert made.paragraphs[0]._p.xpath(".//w:alias/@w:val") == ["number of hours until someone answers"]


def test_a_blank_on_a_slide_is_its_label() -> None:
    deck = Presentation()
    deck.slides.add_slide(deck.slide_layouts[5]).shapes.title.text = "For {{ term }}"
    data = io.BytesIO()
    deck.save(data)
    made = Presentation(io.BytesIO(compile_template(data.getvalue()).render({"term": TERM}).data))
    assert made.slides[0].shapes.title.text == "For [length in months]"


@pytest.mark.validator
def test_blanks_are_valid_open_xml(validator: Validator, tmp_path: Any) -> None:
    document = docx.Document()
    document.add_paragraph("{{ term }} in {{ other }}")
    document.add_paragraph("{{ other | markdown }}")
    document.add_table(1, 1).cell(0, 0).text = "{{ term }}"
    file = tmp_path / "blank.docx"
    filled_in = {"term": TERM, "other": Blank("the <other> & 'last'", "What is “said” & <done>.")}
    file.write_bytes(compile_template(saved(document), controls=Controls(nothing)).render(filled_in).data)
    assert validator.errors_of(file) == []
