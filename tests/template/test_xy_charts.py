"""Scatter and bubble charts, whose points have figures on both axes; and charts that can't be filled, by name."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

import openpyxl
import pptx
import pytest
from lxml import etree
from pptx.chart.data import BubbleChartData, XyChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches
from tests.template.builders import deck, saved

from govpack.template import TemplateError, compile_template

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.validator import Validator

ALTERNATIVE = "{{ chart(xs, series, 'heard') }}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
TWO = [{"name": "first", "values": [1, 2.5, None]}, {"name": "second", "values": [4, 5, 6]}]
SIZED = [{"name": "first", "values": [1, 2, 3], "sizes": [10, 20, 30]}]


def template(kind: Any) -> bytes:
    presentation = pptx.Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[6])
    data = BubbleChartData() if kind is XL_CHART_TYPE.BUBBLE else XyChartData()
    sample = data.add_series("sample", number_format="0.00")
    for point in ((1, 2), (3, 4)):
        sample.add_data_point(*point, *([5] if kind is XL_CHART_TYPE.BUBBLE else []))
    frame = slide.shapes.add_chart(kind, Inches(1), Inches(1), Inches(6), Inches(4), data)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", ALTERNATIVE)
    return saved(presentation)


def rendered(kind: Any, xs: list[Any], series: list[Any]) -> bytes:
    return compile_template(template(kind)).render({"xs": xs, "series": series}).data


def chart_of(data: bytes) -> Any:
    return next(s for s in pptx.Presentation(io.BytesIO(data)).slides[0].shapes if s.has_chart).chart


def points(chart: Any, of: str) -> list[list[str]]:
    return [[v.text for v in series.iterfind(f"{C}{of}//{C}v")] for series in chart._chartSpace.iter(f"{C}ser")]


def sheet(chart: Any) -> list[tuple[Any, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    return list(book.active.iter_rows(values_only=True))


def test_a_scatter_chart_takes_figures_for_both_axes() -> None:
    chart = chart_of(rendered(XL_CHART_TYPE.XY_SCATTER_LINES, [0.5, 1, 2], TWO))
    assert points(chart, "xVal") == [["0.5", "1", "2"]] * 2
    assert points(chart, "yVal") == [["1", "2.5"], ["4", "5", "6"]]
    assert [series.name for series in chart.plots[0].series] == ["first", "second"]
    assert chart._chartSpace.find(f".//{C}yVal//{C}formatCode").text == "0.00"
    assert sheet(chart) == [(None, "first", "second"), (0.5, 1, 4), (1, 2.5, 5), (2, None, 6)]


def test_a_bubble_chart_takes_sizes_too() -> None:
    chart = chart_of(rendered(XL_CHART_TYPE.BUBBLE, [0.5, 1, 2], [*SIZED, {**SIZED[0], "name": "second"}]))
    assert points(chart, "xVal") == [["0.5", "1", "2"]] * 2
    assert points(chart, "yVal") == [["1", "2", "3"]] * 2
    assert points(chart, "bubbleSize") == [["10", "20", "30"]] * 2
    formulas = [node.text for node in chart._chartSpace.iterfind(f".//{C}bubbleSize//{C}f")]
    assert formulas == ["Sheet1!$C$2:$C$4", "Sheet1!$E$2:$E$4"]
    assert sheet(chart)[:2] == [(None, "first", "first, size", "second", "second, size"), (0.5, 1, 10, 1, 10)]


@pytest.mark.parametrize(
    ("kind", "xs", "series", "reason"),
    [
        (XL_CHART_TYPE.XY_SCATTER, ["a", "b", "c"], TWO, "its x values must be numbers or dates"),
        (XL_CHART_TYPE.XY_SCATTER, [1, 2, 3], SIZED, "only a bubble chart shows 'sizes'"),
        (XL_CHART_TYPE.BUBBLE, [1, 2, 3], TWO, "each series of a bubble chart has 'sizes'"),
        (XL_CHART_TYPE.BUBBLE, [1, 2], SIZED, "'first' has 3 values for 2 categories"),
        (XL_CHART_TYPE.BUBBLE, [1], [{"name": "n", "values": [1], "sizes": ["big"]}], "no number"),
        (XL_CHART_TYPE.BUBBLE, [1], [{"name": "n", "values": [1], "sizes": [1, 2]}], "2 sizes for 1"),
    ],
)
def test_what_does_not_fit_is_said_in_words(kind: Any, xs: list[Any], series: list[Any], reason: str) -> None:
    with pytest.raises(TemplateError) as caught:
        rendered(kind, xs, series)
    assert reason in str(caught.value.findings[0])


@pytest.mark.parametrize(
    ("graphic", "named"),
    [
        ('<cx:chart xmlns:cx="http://schemas.microsoft.com/office/drawing/2014/chartex" r:id="rIdX"/>', "waterfall"),
        (
            '<dgm:relIds xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" r:dm="rIdX"/>',
            "SmartArt",
        ),
        ('<p:oleObj progId="Excel.Sheet.12"/>', "an embedded object"),
    ],
)
def test_what_is_no_chart_that_can_be_filled_is_refused_by_name(graphic: str, named: str) -> None:
    presentation = deck(alternative=ALTERNATIVE)
    frame: Any = next(s for s in presentation.slides[0].shapes if s.has_chart)
    held = frame._element.find(".//{http://schemas.openxmlformats.org/drawingml/2006/main}graphicData")
    names = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    names += 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
    for child in list(held):
        held.remove(child)
    held.append(etree.fromstring(f"<x {names}>{graphic}</x>")[0])
    data = with_chart_ex(saved(presentation))
    with pytest.raises(TemplateError) as caught:
        compile_template(data)
    assert named in str(caught.value.findings[0])
    assert "use a column, bar, line, area, pie, radar, scatter or bubble chart" in str(caught.value.findings[0])


def with_chart_ex(data: bytes) -> bytes:
    """The deck with a chart of the newer kind behind the relationship rIdX of its slide."""
    target = io.BytesIO()
    space = '<cx:chartSpace xmlns:cx="http://schemas.microsoft.com/office/drawing/2014/chartex"><cx:chart>'
    space += '<cx:plotArea><cx:plotAreaRegion><cx:series layoutId="waterfall"/></cx:plotAreaRegion></cx:plotArea>'
    relation = '<Relationship Id="rIdX" Type="http://schemas.microsoft.com/office/2014/relationships/chartEx" '
    relation += 'Target="../charts/chartEx1.xml"/></Relationships>'
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(target, "w") as after:
        for name in before.namelist():
            text = before.read(name)
            if name == "ppt/slides/_rels/slide1.xml.rels":
                text = text.replace(b"</Relationships>", relation.encode())
            after.writestr(name, text)
        after.writestr("ppt/charts/chartEx1.xml", f"{space}</cx:chart></cx:chartSpace>")
    return target.getvalue()


@pytest.mark.validator
@pytest.mark.parametrize(("kind", "series"), [(XL_CHART_TYPE.XY_SCATTER, TWO), (XL_CHART_TYPE.BUBBLE, SIZED)])
def test_the_validator_finds_nothing_wrong(validator: Validator, tmp_path: Path, kind: Any, series: Any) -> None:
    file = tmp_path / "made.pptx"
    file.write_bytes(rendered(kind, [1, 2, 3], series))
    assert validator.errors_of(file) == []
