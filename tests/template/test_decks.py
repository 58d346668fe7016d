"""PowerPoint templates: text, notes, tables that grow, and native charts filled through their alternative text."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import openpyxl
import pptx
import pytest
from pptx.util import Inches
from tests.template.builders import deck, saved

from govpack.template import TemplateError, compile_template

if TYPE_CHECKING:
    from pptx.presentation import Presentation

CHART = '{{ chart(names, series, "Spend of " ~ who) }}'


def filled(presentation: Presentation, context: dict[str, Any], **options: Any) -> Presentation:
    return pptx.Presentation(io.BytesIO(compile_template(saved(presentation)).render(context, **options).data))


def chart_of(presentation: Presentation) -> Any:
    return next(shape for shape in presentation.slides[0].shapes if shape.has_chart)


def test_titles_and_notes_are_filled() -> None:
    slide = filled(deck("Risks for {{ who }}", "Say {{ who }}"), {"who": "A & B"}).slides[0]
    assert slide.shapes.title.text == "Risks for A & B"
    assert slide.notes_slide.notes_text_frame.text == "Say A & B"


def test_a_table_grows_by_rows() -> None:
    presentation = deck()
    table = presentation.slides[0].shapes.add_table(2, 2, Inches(1), Inches(1), Inches(4), Inches(1)).table
    table.cell(0, 0).text = "Name"
    table.cell(1, 0).text = "{% for r in rows %}{{ r.n }}"
    table.cell(1, 1).text = "{{ r.v }}{% endfor %}"
    made = filled(presentation, {"rows": [{"n": "x", "v": 1}, {"n": "y", "v": 2}]})
    shape = next(shape for shape in made.slides[0].shapes if shape.has_table)
    assert [[cell.text for cell in row.cells] for row in shape.table.rows] == [["Name", ""], ["x", "1"], ["y", "2"]]


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_chart_takes_any_number_of_series_and_points(count: int) -> None:
    names = ["a", "b", "c"]
    series = [{"name": f"s{n}", "values": [Decimal(n), None, 2.5]} for n in range(count)]
    frame = chart_of(filled(deck(alternative=CHART), {"names": names, "series": series, "who": "<us>"}))
    plot = frame.chart.plots[0]
    assert list(plot.categories) == names
    assert [(s.name, list(s.values)) for s in plot.series] == [(f"s{n}", [n, None, 2.5]) for n in range(count)]
    assert frame._element.nvGraphicFramePr.cNvPr.get("descr") == "Spend of <us>"


def test_the_embedded_workbook_holds_what_the_chart_shows() -> None:
    context = {"names": ["a", "b"], "series": [{"name": "s & t", "values": [1, Decimal("2.50")]}], "who": ""}
    frame = chart_of(filled(deck(alternative=CHART), context))
    book = openpyxl.load_workbook(io.BytesIO(frame.chart.part.chart_workbook.xlsx_part.blob))
    assert [[cell.value for cell in row] for row in book.active.rows] == [[None, "s & t"], ["a", 1], ["b", 2.5]]


def test_a_chart_keeps_its_number_format_and_gets_positive_axis_ids() -> None:
    context = {"names": ["a"], "series": [{"name": "s", "values": [1]}], "who": ""}
    xml = chart_of(filled(deck(alternative=CHART), context)).chart.part.blob.decode()
    assert "<c:formatCode>0.0</c:formatCode>" in xml
    assert 'val="-' not in xml


def test_a_chart_without_data_shows_none_of_the_templates_samples() -> None:
    frame = chart_of(filled(deck(alternative=CHART), {"names": [], "series": [], "who": ""}))
    assert "second" not in frame.chart.part.blob.decode()
    assert [list(s.values) for s in frame.chart.plots[0].series] == [[]]


def test_a_chart_tag_elsewhere_is_refused() -> None:
    with pytest.raises(TemplateError) as caught:
        filled(deck("{{ chart([], [], '') }}"), {})
    assert "alternative text of a native chart" in str(caught.value.findings[0])


def test_a_missing_value_in_a_deck_is_marked_and_its_slide_named() -> None:
    presentation = deck("Risks", "Say {{ nothing }}")
    rendered = compile_template(saved(presentation)).render({}, strict=False)
    slide = pptx.Presentation(io.BytesIO(rendered.data)).slides[0]
    assert slide.notes_slide.notes_text_frame.text == "Say [● nothing]"
    assert "slide 1 “Risks”, notes" in str(rendered.findings[0])
