"""Every place that holds text can hold a tag: filled where it stands, and wrong tags are reported by their place."""

from __future__ import annotations

import io
import re
from itertools import pairwise
from typing import TYPE_CHECKING

import docx
import jinja2
import pptx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.validator import find_validator
from tests.template.deck_places import IN_DECK, deck_file
from tests.template.packages import braces, changed, readings, said
from tests.template.word_places import IN_WORD, word_file

from govpack.errors import TemplateError
from govpack.ooxml.names import qn
from govpack.ooxml.package import read_package
from govpack.template import compile_template

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from tests.template.packages import Place, Says

    Made = tuple[Callable[[Says], bytes], Place]

EVERY: list[Made] = [(word_file, place) for place in IN_WORD] + [(deck_file, place) for place in IN_DECK]
FILES = {"docx": (word_file, IN_WORD), "pptx": (deck_file, IN_DECK)}


def each(*, runs: bool = False, targets: bool = True) -> pytest.MarkDecorator:
    """Runs a test for each place: with `runs`, those whose text comes in runs; without `targets`, no links' targets."""
    chosen = [m for m in EVERY if (m[1].runs or not runs) and (targets or not m[1].target)]
    return pytest.mark.parametrize("made", chosen, ids=[f"{make.__name__}, {place}" for make, place in chosen])


VALUES = {"x": "VALUE", "no": False, "items": [1, 2]}


def filled(made: Made, pieces: Sequence[str]) -> tuple[bytes, list[str]]:
    """The file with `pieces` in that place, filled, and what can be read in the place's member."""
    make, place = made
    data = compile_template(make(said({place.name: pieces}))).render(VALUES).data
    return data, readings(data, place.member)


@each()
def test_a_tag_is_filled_in_its_place_and_what_stands_beside_it_stays(made: Made) -> None:
    pieces = "a{{x}}z" if made[1].target else "a {{ x }} z"
    data, read = filled(made, [pieces])
    assert any(pieces.replace("{{ x }}", "VALUE").replace("{{x}}", "VALUE") in text for text in read)
    assert not list(braces(data))


@each(runs=True)
def test_a_tag_split_over_runs_is_filled(made: Made) -> None:
    data, read = filled(made, ["a {", "{ ", "x", " }", "} z"])
    assert any("a VALUE z" in text for text in read)
    assert not list(braces(data))


@each(targets=False)
def test_statements_within_a_text_work_in_every_place(made: Made) -> None:
    loop = "{% for i in items %}[{{ i }}]{% endfor %}"
    text = f"{{% set y = x %}}({{{{ y }}}}){{% if no %}}never{{% else %}}{loop}{{% endif %}}{{# c #}}"
    data, read = filled(made, text.partition("}}") if made[1].runs else [text])
    assert any("(VALUE)[1][2]" in found for found in read)
    assert not any("never" in found for found in read)
    assert not list(braces(data))


@each()
def test_a_wrong_tag_is_reported_by_its_place_in_a_persons_words(made: Made) -> None:
    make, place = made
    with pytest.raises(TemplateError) as caught:
        compile_template(make(said({place.name: ["a {{ x | moneyy }} z"]})))
    # A control that is bound to a piece of XML has the value there as well, so both places are named.
    assert all(place.words in str(finding) or "custom XML" in str(finding) for finding in caught.value.findings)
    assert any(place.words in str(finding) for finding in caught.value.findings)
    assert "did you mean 'money'" in str(caught.value.findings[0])


@pytest.mark.parametrize(("make", "places"), FILES.values(), ids=FILES)
def test_all_places_of_a_file_are_filled_at_once_each_with_its_own(
    make: Callable[[Says], bytes], places: Sequence[Place]
) -> None:
    template = make(said({place.name: [f"{{{{v[{number}]}}}}"] for number, place in enumerate(places)}))
    data = compile_template(template).render({"v": [f"V{number}." for number in range(len(places))]}).data
    for number, place in enumerate(places):
        assert any(f"V{number}." in text for text in readings(data, place.member)), place.name
    assert not list(braces(data))
    assert read_package(data).names == read_package(template).names
    opened = docx.Document(io.BytesIO(data)) if make is word_file else pptx.Presentation(io.BytesIO(data))
    assert opened.core_properties.title.startswith("V")


@pytest.mark.parametrize(("make", "places"), FILES.values(), ids=FILES)
def test_filling_every_place_breaks_none(
    make: Callable[[Says], bytes], places: Sequence[Place], tmp_path: Path
) -> None:
    validator = find_validator()
    if validator is None:
        pytest.skip("the Open XML SDK's validator is not installed")
    suffix = "docx" if make is word_file else "pptx"
    before, after = tmp_path / f"before.{suffix}", tmp_path / f"after.{suffix}"
    before.write_bytes(make(said({})))
    after.write_bytes(compile_template(make(said({place.name: ["{{x}}"] for place in places}))).render(VALUES).data)
    assert set(validator.errors_of(after)) <= set(validator.errors_of(before))


def test_a_value_in_a_bound_control_reaches_the_xml_it_is_bound_to() -> None:
    data = compile_template(word_file(said({"bound control": ["{{ x }}"]}))).render(VALUES).data
    assert any("VALUE" in text for text in readings(data, "customXml/item1.xml"))


def test_a_custom_show_lists_the_slide_that_is_filled() -> None:
    data = compile_template(deck_file(said({"title": ["{{ x }}"]}))).render(VALUES).data
    root = pptx.Presentation(io.BytesIO(data)).element
    listed, shown = ([node.get(qn("r:id")) for node in root.iter(qn(name))] for name in ("p:sldId", "p:sld"))
    assert shown == listed
    assert len(listed) == 1


def test_both_branches_of_alternate_content_show_the_same_embedded_file() -> None:
    branch = '<p:oleObj name="Map" r:id="{id}" imgW="1" imgH="1" progId="Map"><p:embed/></p:oleObj>'
    both = f'<mc:Choice Requires="v">{branch}</mc:Choice><mc:Fallback>{branch}</mc:Fallback>'

    def add(slide: bytes) -> bytes:
        content = f"<mc:AlternateContent>{both.format(id='rId90')}</mc:AlternateContent></p:spTree>"
        return slide.replace(b"</p:spTree>", content.encode())

    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/oleObject"
    relation = f'<Relationship Id="rId90" Type="{kind}" Target="/ppt/embeddings/map1.bin"/></Relationships>'
    template = changed(
        deck_file(said({"notes": ["{% slide for x in items %}"], "title": ["{{ x }}"]})),
        {
            "ppt/slides/slide1.xml": add,
            "ppt/slides/_rels/slide1.xml.rels": lambda held: held.replace(b"</Relationships>", relation.encode()),
            "ppt/embeddings/map1.bin": b"map",
        },
    )
    package = read_package(compile_template(template).render(VALUES).data)
    for slide in ("ppt/slides/slide1.xml", "ppt/slides/slide2.xml"):
        shown = re.findall(r'oleObj [^>]*r:id="(\w+)"', package.read(slide).decode())
        assert len(shown) == 2
        assert len(set(shown)) == 1
        assert package.relationships(slide)[shown[0]].target in package
    assert sorted(name for name in package.names if "embeddings" in name) == [
        "ppt/embeddings/map1.bin",
        "ppt/embeddings/map2.bin",
    ]


def test_a_tag_over_a_deletion_and_what_stays_is_refused() -> None:
    with pytest.raises(TemplateError) as caught:
        compile_template(word_file(said({"deletion": ["{{ x"]})))
    assert "deleted text" in str(caught.value.findings[0])
    assert "not closed" in str(caught.value.findings[0])


TEXT = st.text(alphabet="ab {}%#\"'<&é“", max_size=8)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from([m for m in EVERY if not m[1].target]), TEXT, TEXT, st.lists(st.integers(1, 20), max_size=4))
def test_text_comes_out_in_its_order_or_a_finding_names_its_place(
    made: Made, before: str, after: str, cuts: list[int]
) -> None:
    """However a tag is split over runs, and whatever stands beside it, the text reads as Jinja itself would have it."""
    place = made[1]
    text = f"{before}{{{{ x }}}}{after}"
    ends = sorted({0, len(text), *(cut for cut in cuts if place.runs and cut < len(text))})
    findings, data, read = [], b"", []
    try:
        data, read = filled(made, [text[start:end] for start, end in pairwise(ends)])
    except TemplateError as error:
        findings = [str(finding) for finding in error.findings]
    if not data:
        assert any(place.words in finding for finding in findings)
        return
    expected = jinja2.Environment(autoescape=False).from_string(text).render(VALUES)
    # Blanks beside a tag that stands alone in its paragraph come of careless typing, and go.
    assert any((expected if (before + after).strip() else expected.strip()) in found for found in read)
    assert not list(braces(data))
