"""A template is looked over without data: tags, scope and filters, and names against a description of the context."""

from __future__ import annotations

from dataclasses import dataclass, field

import docx
import pytest
from tests.template.builders import deck, docx_bytes, multilevel, saved, table_bytes

from govpack.template import lint_template


@dataclass
class Shape:
    """A value as a description knows it."""

    kind: str = "value"
    own: dict[str, Shape] = field(default_factory=dict)
    item: Shape | None = None

    def fields(self) -> dict[str, Shape]:
        return self.own


def group(**fields: Shape) -> Shape:
    return Shape("group", fields)


VALUE = Shape()
PERSON = group(name=VALUE, role=VALUE)
CONTRACT = group(id=VALUE, term=VALUE, partner=group(name=VALUE), fees=Shape("list", item=group(amount=VALUE)))
CONTEXT = {
    "contract": CONTRACT,
    "contracts": Shape("list", item=CONTRACT),
    "people": Shape("map", item=PERSON),
    "custom": Shape("any"),
}


def said(data: bytes, **options: object) -> list[str]:
    return [str(finding) for finding in lint_template(data, context=CONTEXT, **options)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "{{ contract.term }} {{ contract['term'] }} {{ contract.partner.name | upper }}",
        "{% for c in contracts if c.term %}{{ loop.index }}{{ c.partner.name }}{% endfor %}",
        "{% for c in contracts | sort(attribute='partner.name') | selectattr('term') %}{{ c.id }}{% endfor %}",
        "{% for k, p in people.items() %}{{ k }}{{ p.name }}{% endfor %}{{ people.jo.role }}",
        "{% for p in people.values() %}{{ p.role }}{% endfor %}{{ people.get('x') }}",
        "{{ contracts | map(attribute='partner') | map(attribute='name') | join(', ') }}{{ (contracts | first).id }}",
        "{% set c = contracts[0] %}{{ c.id }}{{ custom.anything.at.all }}{{ contract.term.upper() }}",
        "{% set line %}{{ contract.term }}{% endset %}{{ line | length }}{{ line }}",
        "{% if nothing is defined %}x{% endif %}{{ (contract if custom.x else contracts[0]).term }}{{ range(3) }}",
    ],
)
def test_what_the_context_has_is_fine(text: str) -> None:
    assert said(docx_bytes(text)) == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{{ contract.trem }}", "'{{ contract.trem }}': there is no 'trem' here (did you mean 'term'?)"),
        ("{{ contrat.term }}", "there is no 'contrat' here (did you mean 'contract'?)"),
        ("{% if contract.partner.nme %}x{% endif %}", "did you mean 'name'?"),
        ("{% for c in contracts %}{{ c.partner.nam }}{% endfor %}", "did you mean 'name'?"),
        ("{% for f in contract.fees %}{{ f.amuont | money }}{% endfor %}", "did you mean 'amount'?"),
        ("{% for k, p in people.items() %}{{ p.nmae }}{% endfor %}", "did you mean 'name'?"),
        ("{{ contracts | sum(attribute='tern') }}", "did you mean 'term'?"),
        ("{{ contracts | map(attribute='partner.nam') | list }}", "did you mean 'name'?"),
        ("{% set c = contract %}{{ c.idd }}", "did you mean 'id'?"),
        ("{{ contracts.term }}", "'contracts' is a list, which has no 'term'; loop over it"),
        ("{{ contract.term.unit }}", "'contract.term' is a single value, which has no 'unit'"),
        ("{{ contract.term | default(contract.trm) }}", "did you mean 'term'?"),
    ],
)
def test_an_unknown_field_is_named_with_the_nearest_and_its_place(text: str, reason: str) -> None:
    (finding,) = lint_template(docx_bytes("Terms: " + text), context=CONTEXT)  # type: ignore[arg-type]
    assert reason in finding.message
    assert finding.location is not None
    assert finding.location.at.startswith("body, “Terms: ")


def test_without_a_description_names_are_not_checked() -> None:
    assert lint_template(docx_bytes("{{ anything.at.all }}")) == ()


def test_faults_of_tags_scope_filters_and_fields_come_at_once() -> None:
    document = docx.Document()
    document.add_paragraph("{{ contract.term ")
    document.add_paragraph("{{ contract.term | dat }}")
    document.add_paragraph("{{ contract.trem }}")
    document.add_table(rows=1, cols=1).cell(0, 0).text = "{% for c in contracts %}"
    document.sections[0].header.paragraphs[0].text = "{{ contract.idd }}"
    found = "\n".join(said(saved(document)))
    for reason in ("not closed", "no filter 'dat'", "never closed by 'endfor'", "no 'idd'", "no 'trem'"):
        assert reason in found


def test_fields_in_decks_and_tables_have_their_places() -> None:
    (finding,) = said(saved(deck("Risks", notes="{{ contract.trem }}")))
    assert "slide 1 “Risks”, notes" in finding
    (finding,) = said(table_bytes(["a", "{{ contract.trem }}"]))
    assert "table 1, row 1, cell 2" in finding


def test_clauses_are_looked_over_with_the_names_of_the_loop_that_includes_them() -> None:
    document = docx.Document()
    multilevel(document, {"Heading 1": ("decimal", "%1."), "Clause 2": ("decimal", "%1.%2")})
    document.add_paragraph("{% for c in contracts %}")
    document.add_paragraph("{% include c.id %}", style="Clause 2")
    document.add_paragraph("{% endfor %}")
    fragments = {"a": "1. {{ c.term }}\n2. {{ c.trem }}", "b": "1. One\n   1. deep\n      1. deeper"}
    first, second = said(saved(document), fragments=fragments)
    assert first.startswith("fragment a:2: '{{ c.trem }}'")
    assert "nests too deep" in second


@pytest.mark.parametrize(
    ("tag", "reason"),
    [
        ("{% for loop in contracts %}x{% endfor %}", "'loop' is a name of the engine's own"),
        ("{% for c in contracts %}{% set loop = c %}{% endfor %}", "'loop' is a name of the engine's own"),
        ("{% for c of contracts %}x{% endfor %}", "'of' stands where 'in' should; a loop is written {% for item in"),
        ("{% for each c in contracts %}x{% endfor %}", "'c' stands where 'in' should"),
        (
            '{% if contract.id = "x" %}x{% endif %}',
            "the block goes on with '=' where it should end; to compare, write ==",
        ),
        (
            "{% if contract.id AND contract.term %}x{% endif %}",
            "goes on with 'AND' where it should end; write it in small",
        ),
        ("{% if contract.id %}x{% else if contract.term %}y{% endif %}", "another condition is written elif"),
    ],
)
def test_a_slip_of_the_pen_is_told_with_the_way_to_mend_it(tag: str, reason: str) -> None:
    (finding,) = said(docx_bytes(tag))
    assert reason in finding
