"""What templates may ask for, what has a text, and that a template travels to worker processes."""

from __future__ import annotations

import gc
import pickle
from decimal import Decimal
from typing import Any

import pytest
from jinja2 import UndefinedError
from tests.template.builders import docx_bytes, filled, texts

from govpack.errors import TemplateError
from govpack.template import Controls, compile_template
from govpack.template.markup.markdown import read_markdown
from govpack.template.rendering.rendering import Rendering
from govpack.template.values.functions import chart

NESTED = "{% set n = namespace(a=[1], b=[1]) %}{% for i in range(60) %}"
NESTED += "{% set n.a = [n.a, n.a] %}{% set n.b = [n.b, n.b] %}{% endfor %}"
HOGS = {
    "loops in loops": "{% for i in range(100000) %}{% for j in range(100000) %}{% endfor %}{% endfor %}",
    "joining": '{% set n = namespace(s="abcdefghij") %}{% for i in range(60) %}{% set n.s = n.s ~ n.s %}{% endfor %}',
    "adding lists": "{% set n = namespace(s=[1]) %}{% for i in range(60) %}{% set n.s = n.s + n.s %}{% endfor %}",
    "squares": "{% set n = namespace(s=10) %}{% for i in range(60) %}{% set n.s = n.s * n.s %}{% endfor %}",
    "padding": '{{ "x".ljust(10000000000) | length }}',
    "formatting": '{{ "{:>10000000000}".format(1) | length }}',
    "replacing": '{{ ("a" * 1000000) | replace("a", "b" * 1000000) | length }}',
    "replacing by method": '{{ ("a" * 1000000).replace("a", "b" * 1000000) | length }}',
    "joining lists": '{{ range(100000) | join("b" * 1000000) | length }}',
    "batches": '{{ [1] | batch(2000000000, "x") | list | length }}',
    "slices": "{{ [1] | slice(2000000000) | list | length }}",
    "decimals": "{{ 1 | number(2000000000) | length }}",
    "rounding": '{{ 1 | round(1000000000, "ceil") }}',
    "sums of lists": "{{ ([[1]] * 100000) | sum(start=[]) | length }}",
    "a giant figure": "{{ giant }}",
    "comparing": "{% set a = [1] * 500000 %}{% set b = a + [] %}{% for i in range(99999) %}{{ a == b }}{% endfor %}",
    "comparing with a long text": '{% for i in range(30000) %}{{ a == "LONG" }}{% endfor %}'.replace(
        "LONG", "x" * 10_001
    ),
    "comparing what lies deep": NESTED + "{{ n.a == n.b }}",
    "the largest of what lies deep": NESTED + "{{ [n.a, n.b] | max | length }}",
    "keys that lie deep": NESTED.replace("[", "(").replace("]", ",)") + "{% set d = {n.a: 1} %}",
    "looking through lists": "{% set a = [1] * 500000 %}{% for i in range(99999) %}{{ 2 in a }}{% endfor %}",
    "looking through texts": '{% set a = "ab" * 500000 %}{% for i in range(99999) %}{{ "bb" in a }}{% endfor %}',
    "tests": "{% set a = [1] * 500000 %}{{ range(99999) | select('in', a) | list | length }}",
    "slices of lists": "{% set a = [1] * 500000 %}{% for i in range(99999) %}{% set b = a[1:] %}{% endfor %}",
    "slices of texts": '{% set a = "a" * 1000000 %}{% for i in range(99999) %}{% set b = a[1:] %}{% endfor %}',
    "methods of lists": "{% set a = [1] * 500000 %}{% for i in range(99999) %}{{ a.index(1) }}{% endfor %}",
    "titles": '{% set a = "a" * 1000000 %}{% for i in range(99999) %}{% set b = a | title %}{% endfor %}',
    "macros": "{% macro f(n) %}{% if n %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(60) }}",
    "values without end": "{% for i in range(99999) %}{% for j in range(99999) %}{{ i }}{% endfor %}{% endfor %}",
    "faults without end": "{% for i in range(99999) %}{% for j in range(99999) %}{{ no[j] }}{% endfor %}{% endfor %}",
}


@pytest.mark.parametrize("tag", HOGS.values(), ids=HOGS)
def test_a_template_that_asks_for_too_much_is_stopped_in_words(tag: str) -> None:
    with pytest.raises(TemplateError) as caught:
        filled(docx_bytes("v = " + tag), {"giant": Decimal("1E+900000000"), "a": "x" * 10_001})
    assert caught.value.findings


def test_a_long_text_may_be_held_against_a_word_any_number_of_times() -> None:
    tags = '{% for i in range(300) %}{% if long == "word" %}no{% endif %}{% endfor %}done'
    assert texts(filled(docx_bytes(tags), {"long": "x" * 1_000_000})) == ["done"]


def test_the_first_faults_are_told_and_how_many_more_there_are() -> None:
    tags = "{% for i in range(5000) %}{{ {'a': 1}['b' ~ i] }}{% endfor %}"
    with pytest.raises(TemplateError) as caught:
        filled(docx_bytes(tags), {})
    assert len(caught.value.findings) == 201
    assert str(caught.value.findings[-1]) == "template: and 4,800 more; mend these first"


def test_of_many_wrong_tags_the_first_are_told() -> None:
    with pytest.raises(TemplateError, match="3000 faults") as caught:
        compile_template(docx_bytes(*(f"{{{{ x | no{n}filter }}}}" for n in range(3000))))
    assert len(caught.value.findings) == 201
    assert "and 2,800 more" in str(caught.value.findings[-1])


def test_gaps_do_not_crowd_out_what_is_wrong() -> None:
    tags = "{% for i in range(500) %}{{ {'a': 1}['b' ~ i] }}{% endfor %}{{ 1 / 0 }}"
    with pytest.raises(TemplateError) as caught:
        filled(docx_bytes(tags), {}, strict=False)
    assert any("divides by zero" in str(finding) for finding in caught.value.findings)


def test_methods_of_texts_work_inside_loops() -> None:
    tags = "{% for x in xs %}{{ x.upper() }}{{ x.replace('a', 'b') }}{% endfor %}"
    assert texts(filled(docx_bytes(tags), {"xs": ["a", "ca"]})) == ["AbCAcb"]


def test_a_long_table_is_within_the_bounds() -> None:
    tags = "{% set n = namespace(sum=0) %}{% for i in rows %}{% set n.sum = n.sum + i %}{% endfor %}{{ n.sum }}"
    assert texts(filled(docx_bytes(tags), {"rows": list(range(40_000))})) == ["799980000"]


@pytest.mark.parametrize(
    ("tag", "reason"),
    [
        ("{{ x.items }}", "does not call it"),
        ("{{ x.keys() }}", "loop over it"),
        ('{{ xs | map("upper") }}', "loop over it"),
        ("{{ self }}", "has no text"),
        ("{{ ref }}", "does not call it"),
        ("{{ 1 == 1 }}", "true or false"),
        ('{{ ref("q") ~ "b" }}', "a reference is no text"),
        ('{{ bookmark("q") | upper }}', "a bookmark is no text"),
        ('{{ "a" | markdown ~ "b" }}', "Markdown is no text"),
        ('{{ xs | join(", ") }}', "not given"),
        ('{{ x.get("b") ~ "" }}', "not given"),
        ("{{ nan }}", "no number"),
        ("{{ nan | money }}", "can't write"),
        ("{{ raw }}", "bytes"),
    ],
)
def test_what_has_no_text_is_not_printed(tag: str, reason: str) -> None:
    data: dict[str, Any] = {"x": {"b": None}, "xs": ["a", None], "nan": float("nan"), "raw": b"x"}
    with pytest.raises(TemplateError) as caught:
        filled(docx_bytes("v = " + tag), data)
    assert reason in str(caught.value.findings[0])


def test_a_context_goes_by_names() -> None:
    with pytest.raises(TypeError, match="found the key '1'"):
        compile_template(docx_bytes("{{ x }}")).render({1: 2, "x": 1})  # type: ignore[dict-item]


def test_a_template_pickles_with_its_fragments_and_controls() -> None:
    template = compile_template(
        docx_bytes("{{ x }} and", "{% include 'f' %}"),
        fragments={"f": "**{{ y }}**, [so](https://a.example/{{ y }})"},
        controls=Controls(),
    )
    data = {"x": "one", "y": "two"}
    again = pickle.loads(pickle.dumps(template))
    assert again.render(data).data == template.render(data).data
    assert pickle.loads(pickle.dumps(again)).render(data).data == template.render(data).data


@pytest.mark.parametrize(
    ("tags", "reason"),
    [
        ('{% include "f" ignore missing %}', "a fragment alone"),
        ('{% include "f" without context %}', "a fragment alone"),
        ("{% for i in [1] %}" * 25 + "{% endfor %}" * 25, "too deeply"),
        ("{% if 1 %}" * 25 + "{% endif %}" * 25, "too deeply"),
        ("{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}", "too deeply"),
        ("{{ " + "+".join(["x"] * 300) + " }}", "too deeply"),
        ("{{ " + "9" * 5000 + " }}", "too many digits"),
        ("{{ x }}" * 4000, "more than 1000 tags"),
        ("{{ " * 4000, "more than 20 tags"),
        ("{% if x %}a" + "{% elif x %}b" * 2000 + "{% endif %}", "more than 1000 tags"),
    ],
    ids=["ignore missing", "without context", "for", "if", "brackets", "sum", "digits", "tags", "unclosed", "elif"],
)
def test_tags_past_every_bound_are_refused_in_words(tags: str, reason: str) -> None:
    with pytest.raises(TemplateError) as caught:
        compile_template(docx_bytes(tags), fragments={"f": "a"})
    assert any(reason in str(finding) for finding in caught.value.findings)


def _blocks(text: str) -> list[str]:
    return ["".join(span.text for span in block.spans) for block in read_markdown(text)]


def test_markdown_keeps_what_looks_like_a_definition_and_what_is_empty() -> None:
    assert _blocks("[Note]: see-annex\n\nrest") == ["[Note]: see-annex", "rest"]
    assert _blocks("1. a\n2.\n3. c") == ["a", "", "c"]
    assert [block.start for block in read_markdown("1986. A great year")] == [1986]
    assert _blocks("> " * 18 + "deep") == ["deep"]


@pytest.mark.parametrize("text", ["> " * 45 + "deep", "- " * 60 + "deep", "> " * 500 + "deep"])
def test_markdown_nested_past_reading_is_refused(text: str) -> None:
    with pytest.raises(LookupError, match="too deeply"):
        _blocks(text)


@pytest.mark.parametrize("sign", ["\x07", "\x06 hidden \x07", "\ufffe", "\ud800", "\x02 7 \x03"])
def test_a_fragment_holds_only_what_office_can_hold(sign: str) -> None:
    with pytest.raises(TemplateError) as caught:
        compile_template(docx_bytes("{% include 'f' %}"), fragments={"f": f"he{sign}llo"})
    assert "no Office file can hold" in str(caught.value.findings[0])


def test_a_tag_in_the_title_of_a_link_is_refused() -> None:
    template = compile_template(docx_bytes("{% include 'f' %}"), fragments={"f": '[here](http://z "{{ u }}") now'})
    with pytest.raises(TemplateError) as caught:
        template.render({"u": "U"})
    assert "prints no text" in str(caught.value.findings[0])


@pytest.mark.parametrize(
    ("categories", "values", "reason"),
    [
        (["a", "b"], ["12", 2], "no number"),
        (["a", "b"], [True, 2], "no number"),
        (["a", "b"], [float("nan"), 2], "can't show"),
        ([None, "b"], [1, 2], "category"),
        (["a"], [1, 2], "2 values for 1"),
    ],
)
def test_a_chart_shows_figures_only(categories: list[Any], values: list[Any], reason: str) -> None:
    with pytest.raises((TypeError, ValueError, UndefinedError), match=reason):
        chart(categories, [{"name": "n", "values": values}])


def test_a_value_that_is_not_given_is_a_gap_in_a_chart() -> None:
    assert chart(["a", "b"], [{"name": "n", "values": [None, 2]}]).series[0][1] == (None, 2)


def test_a_value_may_be_called_raw() -> None:
    assert texts(filled(docx_bytes("v = {{ raw }}"), {"raw": "meat"})) == ["v = meat"]


def test_data_that_holds_itself_is_sorted_compared_and_looked_for() -> None:
    one: dict[str, Any] = {"name": "Zeta"}
    other: dict[str, Any] = {"name": "Acme"}
    one["peers"], other["peers"] = [other], [one]
    tags = (
        "{{ both | sort(attribute='name') | map(attribute='name') | join(' ') }} {{ 'in' if one in both }} "
        "{{ 'same' if one == other else '' }}{{ both | groupby('name') | length }}"
    )
    document = filled(docx_bytes(tags), {"both": [one, other], "one": one, "other": other})
    assert texts(document)[0] == "Acme Zeta in 2"


def test_a_rendering_leaves_nothing_behind_for_python_to_look_for() -> None:
    """What a hundred documents in a row leave would take its time to be found, and the room until then."""
    template = compile_template(
        docx_bytes("{{ x }} {{ bookmark('a') }}", "{{ x }}", "{% for y in x %}{{ y }}{% endfor %}")
    )
    gc.collect()
    gc.disable()
    try:
        template.render({"x": "a"})
        assert not [held for held in gc.get_objects() if isinstance(held, Rendering)]
    finally:
        gc.enable()
