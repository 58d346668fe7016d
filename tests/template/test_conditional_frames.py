"""Charts and pictures whose alternative text says when they are shown, or chooses what they show."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

import docx
import pptx
import pytest
from tests.template.builders import deck, saved
from tests.template.pictures import add_chart, png

from govpack.template import TemplateError, compile_template

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.validator import Validator

WHEN = "{% if spend %}{{ chart(spend.names, spend.series, 'Spend') }}{% endif %}"
EITHER = (
    "{% if spend %}{{ chart(spend.names, spend.series, 'Spend') }}{% else %}{{ chart(other, [], 'None') }}{% endif %}"
)
SPEND = {"names": ["a", "b"], "series": [{"name": "s", "values": [1, 2]}]}


def members(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.namelist()


def chart_parts(data: bytes) -> list[str]:
    return [name for name in members(data) if "/charts/" in name or "/embeddings/" in name]


def charts_of(data: bytes) -> list[Any]:
    return [s.chart for s in pptx.Presentation(io.BytesIO(data)).slides[0].shapes if s.has_chart]


def word(alternative: str) -> bytes:
    document = docx.Document()
    add_chart(document, document.add_paragraph("Before "), alternative)
    return saved(document)


def test_a_chart_whose_condition_fails_is_gone_with_its_parts_and_asks_for_no_data() -> None:
    data = compile_template(saved(deck(alternative=WHEN))).render({"spend": None}).data
    assert charts_of(data) == []
    assert chart_parts(data) == []


def test_a_chart_whose_condition_holds_is_filled() -> None:
    (chart,) = charts_of(compile_template(saved(deck(alternative=WHEN))).render({"spend": SPEND}).data)
    assert [(s.name, list(s.values)) for s in chart.plots[0].series] == [("s", [1, 2])]


def test_an_alternative_text_may_choose_what_a_chart_shows() -> None:
    template = compile_template(saved(deck(alternative=EITHER)))
    (chart,) = charts_of(template.render({"spend": None, "other": ["only"]}).data)
    assert list(chart.plots[0].categories) == ["only"]
    (chart,) = charts_of(template.render({"spend": SPEND}).data)
    assert list(chart.plots[0].categories) == ["a", "b"]


@pytest.mark.parametrize(
    "alternative", [WHEN, "{% set x = spend %}{% if x %}{{ chart(x.names, x.series) }}{% endif %}"]
)
def test_in_word_too_and_the_text_beside_it_stays(alternative: str) -> None:
    template = compile_template(word(alternative))
    gone, there = template.render({"spend": None}).data, template.render({"spend": SPEND}).data
    assert chart_parts(gone) == []
    assert len(chart_parts(there)) == 3
    assert [p.text for p in docx.Document(io.BytesIO(gone)).paragraphs] == ["Before "]


def test_a_picture_may_be_left_out_with_its_bytes() -> None:
    document = docx.Document()
    inline = document.add_paragraph().add_run().add_picture(io.BytesIO(png(40, 40)))._inline
    inline.docPr.set("descr", "{% if logo %}{{ image(logo, 'Logo') }}{% endif %}")
    template = compile_template(saved(document))
    assert not [name for name in members(template.render({"logo": None}).data) if "/media/" in name]
    data = template.render({"logo": png(10, 20)}).data
    assert docx.Document(io.BytesIO(data)).inline_shapes[0]._inline.docPr.get("descr") == "Logo"


def test_a_condition_around_words_of_the_text_leaves_the_chart_alone() -> None:
    alternative = "{{ chart(spend.names, spend.series, 'Spend') }}{% if draft %} (draft){% endif %}"
    data = compile_template(saved(deck(alternative=alternative))).render({"spend": SPEND, "draft": True}).data
    (frame,) = (s for s in pptx.Presentation(io.BytesIO(data)).slides[0].shapes if s.has_chart)
    assert frame._element.nvGraphicFramePr.cNvPr.get("descr") == "Spend (draft)"


def test_a_loop_around_a_chart_in_its_own_alternative_text_is_refused() -> None:
    alternative = "{% for s in spends %}{{ chart(s.names, s.series) }}{% endfor %}"
    with pytest.raises(TemplateError) as caught:
        compile_template(saved(deck(alternative=alternative)))
    assert "put it around the frame" in str(caught.value.findings[0])


@pytest.mark.validator
@pytest.mark.parametrize("spend", [SPEND, None])
def test_the_validator_finds_nothing_wrong(validator: Validator, tmp_path: Path, spend: Any) -> None:
    for name, template in (("made.docx", word(WHEN)), ("made.pptx", saved(deck(alternative=WHEN)))):
        file = tmp_path / name
        file.write_bytes(compile_template(template).render({"spend": spend}).data)
        assert validator.errors_of(file) == []
