"""What belongs together in a narrow column stays on one line: references, amounts, dates, measures, short compounds."""

from __future__ import annotations

import datetime
import io

import docx
import pytest
from docx.oxml.ns import qn
from tests.template.builders import docx_bytes, multilevel, saved

from govpack.template import compile_template


def printed(tag: str, **data: object) -> str:
    """What `tag` prints: ° is a space at which no line ends, ‑ Word's hyphen of that kind."""
    return shown_in(compile_template(docx_bytes(tag)).render(data).data)


def clause(text: str, **data: object) -> str:
    """What a clause with `text` prints, signs as in `printed`."""
    document = docx.Document()
    multilevel(document, {"Clause 2": ("decimal", "%1.")})
    document.add_paragraph("{% include 'x' %}", style="Clause 2")
    return shown_in(compile_template(saved(document), fragments={"x": text}).render(data).data)


def shown_in(data: bytes) -> str:
    made = docx.Document(io.BytesIO(data))
    signs = {qn("w:t"): lambda node: node.text or "", qn("w:noBreakHyphen"): lambda node: "‑"}
    return "".join(signs[node.tag](node) for node in made.element.body.iter(*signs)).replace("\u00a0", "°")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Companies Act 2014 s. 281 and 285", "Companies Act 2014 s.°281°and°285"),
        ("Data Act Art. 26, 28 and 30; S.I. No. 188/2018", "Data Act Art.°26,°28°and°30; S.I. No.°188/2018"),
        ("Up to EUR 250,000 a call-off", "Up to EUR°250,000 a call‑off"),
        ("EUR 12.8 million by 31 January 2029", "EUR°12.8°million by 31°January°2029"),
        ("ends in May 2027, or on 1 May", "ends in May°2027, or on 1°May"),
        ("18 months, 640 TB and 10 Business Days", "18°months, 640°TB and 10 Business Days"),
        ("the portfolio (MOD-404), like-for-like", "the portfolio (MOD‑404), like-for-like"),
        ("the pro-rector, a walk-through of 140 workloads", "the pro‑rector, a walk-through of 140 workloads"),
        ("nothing to bind here. 5", "nothing to bind here. 5"),
    ],
)
def test_no_line_ends_within_what_belongs_together(text: str, shown: str) -> None:
    assert printed("{{ x | unbroken }}", x=text) == shown


def test_a_text_that_is_not_for_a_narrow_column_stays_as_it_was_typed() -> None:
    assert printed("{{ x }}", x="EUR 250,000 a call-off") == "EUR 250,000 a call-off"


def test_the_hyphen_at_which_no_line_ends_is_words_own_also_where_a_person_typed_it() -> None:
    assert printed("{{ x }}", x="C\u2011NIM") == "C‑NIM"
    assert printed("{% macro m() %}{{ x }}{% endmacro %}{{ m() }}", x="C\u2011NIM") == "C‑NIM"


def test_dates_that_filters_wrote_are_bound_as_well() -> None:
    assert printed("{{ x | date('d MMMM y') | unbroken }}", x=datetime.date(2027, 2, 1)) == "1°February°2027"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("pay them within 30 days if there is none", "pay them within 30°days if there is none"),
        ("at least 60 days’ notice, 1 month or 2.5 hours", "at least 60°days’ notice, 1°month or 2.5°hours"),
        ("within 10 Business Days or 14 working days", "within 10°Business Days or 14°working days"),
        (
            "under Article 32 of Regulation (EU) 2022/2554, in 2027",
            "under Article 32 of Regulation (EU) 2022/2554, in 2027",
        ),
        ("it holds 9 daylight hours, months later", "it holds 9 daylight hours, months later"),
    ],
)
def test_in_a_clause_a_figure_never_parts_from_its_unit(text: str, shown: str) -> None:
    assert clause(f"1. {text}") == shown


def test_a_value_in_a_clause_never_parts_from_the_unit_behind_it() -> None:
    text = (
        "1. It ends {{ n }} days after **{{ n }}** hours, on the {{ n }}{% if n %} months{% endif %} of {{ n }} sites"
    )
    assert clause(text, n=60) == "It ends 60°days after 60°hours, on the 60°months of 60 sites"


def test_a_duration_never_parts_from_its_unit() -> None:
    assert printed("{{ x | duration('months') }}", x=36) == "36°months"
