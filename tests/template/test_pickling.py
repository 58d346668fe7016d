"""Templates sent to other processes: they take their code along, and are compiled again where it is no good."""

from __future__ import annotations

import pickle

import pytest
from tests.template.builders import deck, docx_bytes, saved

from govpack.template import Controls, RichText, Template, compile_template

DATA = {"x": "one", "y": "two", "text": "**bold**, then\n\nmore", "items": ["a", "b"], "look": RichText("r", bold=True)}


def contract() -> Template:
    """A template with a fragment, Markdown, a loop, a value in a look of its own, and content controls."""
    loop = "{% for item in items %}{{ item }}, {% endfor %}{{ look }}"
    return compile_template(
        docx_bytes("{{ x }} and", "{% include 'f' %}", "{{ text | markdown }}", loop),
        fragments={"f": "**{{ y }}**, [so](https://a.example/{{ y }})"},
        controls=Controls(),
    )


def test_a_pickled_template_makes_the_same_document_without_being_compiled(compiled: list[str]) -> None:
    template = contract()
    before = template.render(DATA)
    compiled.clear()
    again = pickle.loads(pickle.dumps(template))
    after = again.render(DATA)
    assert compiled == []
    assert (after.data, after.controls, after.findings) == (before.data, before.controls, before.findings)
    assert again.fields() == template.fields()
    assert pickle.loads(pickle.dumps(again)).render(DATA).data == before.data


def test_a_fragment_that_no_document_asked_for_before_is_made_where_the_template_arrives() -> None:
    template = compile_template(docx_bytes("{% include which %}"), fragments={"a": "*{{ x }}*", "b": "is {{ x }}"})
    template.render({"which": "a", "x": 1})
    again = pickle.loads(pickle.dumps(template))
    assert again.render({"which": "b", "x": 1}).data == template.render({"which": "b", "x": 1}).data


def test_a_pickled_deck_fills_its_chart_and_notes() -> None:
    alternative = "{{ chart(names, [{'name': 's', 'values': [1, 2]}], 'Sales') }}"
    template = compile_template(saved(deck("{{ title | markdown }}", "{{ title }}", alternative)))
    data = {"title": "**A** title", "names": ["p", "q"]}
    assert pickle.loads(pickle.dumps(template)).render(data).data == template.render(data).data


@pytest.mark.parametrize(
    "what", ["govpack.__version__", "jinja2.__version__", "govpack.template.pickling.MAGIC_NUMBER"]
)
def test_another_python_govpack_or_jinja_compiles_the_template_again(
    what: str, compiled: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    template = contract()
    sent = pickle.dumps(template)
    compiled.clear()
    monkeypatch.setattr(what, b"none" if what.endswith("MAGIC_NUMBER") else "0.0")
    again = pickle.loads(sent)
    assert compiled == ["package"]
    assert again.render(DATA).data == template.render(DATA).data
