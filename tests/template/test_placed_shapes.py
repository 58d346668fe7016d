"""Shapes of a slide that data puts in their places and repeats, by a tag in their alternative text."""

from __future__ import annotations

import io
import pickle
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pptx
import pytest
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.util import Emu, Inches
from tests.template.builders import docx_bytes, saved

from govpack.template import TemplateError, compile_template, lint_template

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.validator import Validator

BARS = [
    {"name": "Move & test", "start": 0.1, "end": 0.5, "row": 0.25, "late": False},
    {"name": "Sign", "start": 0.5, "end": 1, "row": 0.75, "late": True},
]
ALL = '{{ place("Plan", across=(bar.start, bar.end), down=bar.row) }}Bar of {{ bar.name }}'


def timeline(text: str = "{% for bar in bars %}" + ALL + "{% endfor %}", *more: str) -> Any:
    """A slide with an area of 10 by 4 inches called Plan, and shapes of 1 by half an inch with these texts."""
    deck = pptx.Presentation()
    deck.slide_width = Inches(13)
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "When"
    area = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, Inches(1), Inches(2), Inches(10), Inches(4))
    area.name = "Plan"
    for number, said in enumerate((text, *more)):
        shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, Inches(1), Inches(2), Inches(1), Inches(0.5))
        shape.name = f"Bar {number}"
        shape._element.nvSpPr.cNvPr.set("descr", said)
    return deck


def filled(deck: Any, **context: Any) -> list[Any]:
    """The shapes of the first slide that comes out, without title and area."""
    data = compile_template(saved(deck)).render({"bars": BARS, **context}).data
    return list(pptx.Presentation(io.BytesIO(data)).slides[0].shapes)[2:]


def box(shape: Any) -> tuple[float, float, float, float]:
    """Left, top, width and height in inches."""
    return tuple(round(Emu(side).inches, 3) for side in (shape.left, shape.top, shape.width, shape.height))  # type: ignore[return-value]


def heard(shape: Any) -> str:
    return str(shape._element.xpath("string(.//p:cNvPr/@descr)"))


def refused(deck: Any, **context: Any) -> list[str]:
    with pytest.raises(TemplateError) as caught:
        filled(deck, **context)
    return [str(finding) for finding in caught.value.findings]


def test_a_loop_in_its_alternative_text_repeats_a_shape_and_each_stands_where_its_item_says() -> None:
    deck = timeline()
    deck.slides[0].shapes[2].text_frame.text = "{{ bar.name }}"
    first, second = filled(deck)
    assert box(first) == (2, 2.75, 4, 0.5)
    assert box(second) == (6, 4.75, 5, 0.5)
    assert [heard(first), heard(second)] == ["Bar of Move & test", "Bar of Sign"]
    assert [shape.text_frame.text for shape in (first, second)] == ["Move & test", "Sign"]
    assert first.shape_id != second.shape_id


def test_a_number_is_where_the_middle_comes_and_what_is_not_said_stays_as_drawn() -> None:
    (shape,) = filled(timeline('{{ place("Plan", across=0.5) }}Half way'))
    assert box(shape) == (5.5, 2, 1, 0.5)
    (shape,) = filled(timeline('{{ place("Plan", down=(0, 0.5)) }}'))
    assert box(shape) == (1, 2, 1, 2)


def test_a_line_is_placed_as_a_shape_is() -> None:
    deck = timeline()
    slide = deck.slides[0]
    line = slide.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, Inches(1), Inches(2), Inches(1), Inches(3))
    line._element.nvCxnSpPr.cNvPr.set("descr", '{{ place("Plan", across=0.2, down=(0, 1)) }}')
    assert box(filled(deck)[-1]) == (3, 2, 0, 4)


def test_conditions_loops_in_loops_and_settings_may_hold_the_tag() -> None:
    text = (
        "{% for lane in [bars, bars] %}{% set row = loop.index0 %}{% for bar in lane %}{% if bar.late %}"
        '{{ place("Plan", across=bar.start, down=row / 4) }}{% if row %}again {% endif %}{{ bar.name }}'
        "{% endif %}{% endfor %}{% endfor %}"
    )
    shapes = filled(timeline(text))
    assert [heard(shape) for shape in shapes] == ["Sign", "again Sign"]
    assert [box(shape)[1] for shape in shapes] == [1.75, 2.75]


def test_no_item_leaves_no_shape_behind() -> None:
    assert filled(timeline(), bars=[]) == []


def test_shapes_side_by_side_with_the_same_loop_are_read_item_by_item() -> None:
    """A reader hears of one item at a time: its bar, then its sign, then the next item's bar."""
    sign = '{% for bar in bars %}{% if bar.late %}{{ place("Plan", across=bar.end) }}Late{% endif %}{% endfor %}'
    label = '{% for bar in bars %}{{ place("Plan", across=bar.start) }}{{ bar.name }}{% endfor %}'
    shapes = filled(timeline("{% for bar in bars %}" + ALL + "{% endfor %}", sign, label))
    assert [heard(shape) for shape in shapes] == ["Bar of Move & test", "Move & test", "Bar of Sign", "Late", "Sign"]
    assert len({shape.shape_id for shape in shapes}) == 5


def test_a_shape_is_placed_on_each_copy_of_its_slide() -> None:
    deck = timeline('{{ place("Plan", across=bar.start) }}{{ bar.name }}')
    deck.slides[0].notes_slide.notes_text_frame.text = "{% slide for bar in bars %}"
    data = compile_template(saved(deck)).render({"bars": BARS}).data
    made = [slide.shapes[2] for slide in pptx.Presentation(io.BytesIO(data)).slides]
    assert [(box(shape)[0], heard(shape)) for shape in made] == [(1.5, "Move & test"), (5.5, "Sign")]


def test_an_area_may_be_placed_itself_and_is_counted_as_it_was_drawn() -> None:
    deck = timeline()
    deck.slides[0].shapes[1]._element.nvSpPr.cNvPr.set("descr", '{{ place("Plan", across=(0, 0.5)) }}')
    assert box(filled(deck)[1]) == (6, 4.75, 5, 0.5)


def test_a_compiled_template_that_places_shapes_can_be_sent_to_another_process() -> None:
    template = pickle.loads(pickle.dumps(compile_template(saved(timeline()))))
    assert template.render({"bars": BARS}).data == compile_template(saved(timeline())).render({"bars": BARS}).data


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ('{{ place("Pln") }}', "no shape of this slide is called 'Pln' (did you mean 'Plan'?)"),
        ("{{ place(area) }}", "with the name of a shape of the slide in quotes"),
        ("{{ place() }}", "with the name of a shape of the slide in quotes"),
        ('{{ place("Plan") ~ "!" }}', "nothing stands around 'place' in its tag"),
        ('{{ place("Plan") }}{{ place("Plan") }}', "one shape has one 'place'"),
        ('{% if a %}{{ place("Plan") }}{% else %}no{% endif %}', "has no other branch"),
        ('{% filter upper %}{{ place("Plan") }}{% endfilter %}', "is a loop or a condition"),
    ],
)
def test_what_is_wrong_with_the_tag_is_said_before_there_is_data(tag: str, said: str) -> None:
    (finding,) = lint_template(saved(timeline(tag)))
    assert said in str(finding)
    assert "slide 1 “When”, shape “Bar 0”, alternative text" in str(finding)


def test_unknown_names_in_the_loop_and_in_the_shape_are_found_before_there_is_data() -> None:
    deck = timeline('{% for bar in bars %}{{ place("Plan", across=bar.strt) }}{{ bar.nme }}{% endfor %}')
    first, second = refused(deck)
    assert "there is no 'strt' here (did you mean 'start'?)" in first
    assert "there is no 'nme' here (did you mean 'name'?)" in second
    assert "slide 1 “When”, shape “Bar 0”, alternative text" in first
    assert "slide 1 “When”, alternative text" in second


@pytest.mark.parametrize(
    ("across", "said"),
    [
        (
            "1.4",
            "the shape would leave the slide on the right ('across' is 1.4, where 0 and 1 are the edges of “Plan”)",
        ),
        ("(-0.2, 0.5)", "the shape would leave the slide on the left ('across' is -0.2 to 0.5"),
        ("(0.5, 0.2)", "'across' ends before it begins: '(0.5, 0.2)'"),
        ("'half'", "'across' takes a number, or two in brackets; found 'half'"),
        ("(1, 2, 3)", "'across' takes a number, or two in brackets"),
        ("true", "'across' takes a number, or two in brackets; found 'True'"),
    ],
)
def test_a_place_that_a_shape_cannot_take_is_an_error_with_the_name_of_the_shape(across: str, said: str) -> None:
    (finding,) = refused(timeline(f'{{{{ place("Plan", across={across}) }}}}'))
    assert said in finding
    assert "slide 1 “When”, shape “Bar 0”, alternative text" in finding


@pytest.mark.parametrize("reckoned", [False, True])
def test_a_place_that_is_not_given_is_an_error_and_in_a_draft_the_shape_stays_as_drawn(*, reckoned: bool) -> None:
    deck = timeline('{% for bar in bars %}{{ place("Plan", across=bar.start) }}{{ bar.name }}{% endfor %}')
    if reckoned:
        deck = timeline('{% for bar in bars %}{{ place("Plan", across=bar.start * 1) }}{{ bar.name }}{% endfor %}')
    bars = [BARS[0], {"name": "Some day", "start": None}]
    (finding,) = refused(deck, bars=bars)
    assert "bar.start" in finding
    rendered = compile_template(saved(deck)).render({"bars": bars}, strict=False)
    shapes = list(pptx.Presentation(io.BytesIO(rendered.data)).slides[0].shapes)[2:]
    assert [box(shape)[0] for shape in shapes] == [1.5, 1]
    assert len(rendered.findings) == 1


@pytest.mark.parametrize("where", ["group", "placeholder", "picture", "paragraph", "twice"])
def test_what_cannot_be_placed_is_refused(where: str) -> None:
    deck = timeline("plain")
    slide = deck.slides[0]
    tag = '{{ place("Plan", across=0.5) }}'
    if where == "group":
        inner = slide.shapes.add_group_shape().shapes.add_shape(MSO_SHAPE.DIAMOND, 0, 0, 9, 9)
        inner._element.nvSpPr.cNvPr.set("descr", tag)
        said = "the shape stands in a group, which has measures of its own; take it out of the group"
    elif where == "placeholder":
        slide.shapes.title._element.nvSpPr.cNvPr.set("descr", tag)
        said = "the shape takes its place from the layout; move or size it once"
    elif where == "picture":
        slide.shapes.add_table(1, 1, 0, 0, 9, 9)._element.nvGraphicFramePr.cNvPr.set("descr", tag)
        said = "'place' belongs into the alternative text of a shape, line or text box on a slide"
    elif where == "paragraph":
        slide.shapes.title.text = tag
        said = "'place' belongs into the alternative text of a shape, line or text box on a slide"
    else:
        slide.shapes[2].name = "Plan"
        slide.shapes[2]._element.nvSpPr.cNvPr.set("descr", tag)
        said = "two shapes of this slide are called 'Plan'"
    (finding,) = refused(deck)
    assert said in finding


def test_a_tag_that_places_a_shape_is_refused_in_word() -> None:
    with pytest.raises(TemplateError) as caught:
        compile_template(docx_bytes('{{ place("Plan", across=0.5) }}')).render({})
    assert "'place' belongs into the alternative text of a shape" in str(caught.value.findings[0])


@pytest.mark.validator
def test_the_sdk_finds_no_error_in_a_slide_of_placed_shapes(tmp_path: Path, validator: Validator) -> None:
    file = tmp_path / "timeline.pptx"
    file.write_bytes(compile_template(saved(timeline())).render({"bars": BARS}).data)
    assert validator.errors_of(file) == []


@dataclass
class Known:
    """A value as a description knows it."""

    kind: str = "value"
    own: dict[str, Known] = field(default_factory=dict)
    item: Known | None = None

    def fields(self) -> dict[str, Known]:
        return self.own


def test_fields_that_the_context_does_not_have_are_found_in_the_loop_and_in_the_shape() -> None:
    bar = Known("group", {"start": Known(), "name": Known()})
    deck = timeline('{% for bar in bars %}{{ place("Plan", across=bar.strt) }}{{ bar.name }}{% endfor %}')
    deck.slides[0].shapes[2].text_frame.text = "{{ bar.nme }}"
    findings = [str(each) for each in lint_template(saved(deck), context={"bars": Known("list", item=bar)})]
    assert len(findings) == 2
    assert any("there is no 'strt' here (did you mean 'start'?)" in each for each in findings)
    assert any("there is no 'nme' here (did you mean 'name'?)" in each for each in findings)
