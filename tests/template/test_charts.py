"""Native charts: several plots, pies, dates, their workbooks with tables, and what does not fit said in words."""

from __future__ import annotations

import datetime
import io
import zipfile
from typing import TYPE_CHECKING, Any

import docx
import openpyxl
import pptx
import pytest
from lxml import etree
from openpyxl.worksheet.table import Table
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches
from tests.template.builders import saved
from tests.template.pictures import add_chart

from govpack.template import TemplateError, compile_template

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.validator import Validator

ALTERNATIVE = "{{ chart(names, series, 'heard') }}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
SECOND_PLOT = (
    '<c:lineChart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:grouping val="standard"/>'
    '<c:varyColors val="0"/>{series}<c:marker val="1"/><c:axId val="7"/><c:axId val="8"/></c:lineChart>'
)
SECOND_AXES = (
    '<c:{name} xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:axId val="{id}"/><c:scaling/>'
    '<c:delete val="0"/><c:axPos val="{at}"/><c:crossAx val="{other}"/><c:crosses val="max"/></c:{name}>'
)


def chart_deck(kind: Any = XL_CHART_TYPE.COLUMN_CLUSTERED, categories: Any = ("one", "two")) -> Any:
    presentation = pptx.Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[6])
    data = CategoryChartData(number_format='#,##0.0 "m"')
    data.categories = categories
    data.add_series("first", [1] * len(categories))
    if kind is not XL_CHART_TYPE.PIE:
        data.add_series("second", [2] * len(categories))
    frame = slide.shapes.add_chart(kind, Inches(1), Inches(1), Inches(6), Inches(4), data)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", ALTERNATIVE)
    return presentation, frame.chart


def combined() -> Any:
    """Columns and a line, on axes of its own."""
    presentation, chart = chart_deck()
    area = chart._chartSpace.find(f"{C}chart/{C}plotArea")
    line = etree.fromstring(SECOND_PLOT.format(series=""))
    line.insert(2, area.find(f"{C}barChart").findall(f"{C}ser")[1])
    area.insert(1, line)
    area.append(etree.fromstring(SECOND_AXES.format(name="catAx", id=7, at="b", other=8)))
    area.append(etree.fromstring(SECOND_AXES.format(name="valAx", id=8, at="r", other=7)))
    return presentation


def render(presentation: Any, names: list[Any], *rows: list[Any]) -> Any:
    series = [{"name": f"s{number}", "values": row} for number, row in enumerate(rows)]
    data = compile_template(saved(presentation)).render({"names": names, "series": series}).data
    made = pptx.Presentation(io.BytesIO(data))
    return next(shape for shape in made.slides[0].shapes if shape.has_chart).chart


def workbook(chart: Any) -> Any:
    return openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))


def with_workbook(presentation: Any, change: Any) -> None:
    """Let `change` have the workbook of the deck's chart."""
    part = next(s for s in presentation.slides[0].shapes if s.has_chart).chart.part.chart_workbook.xlsx_part
    book = openpyxl.load_workbook(io.BytesIO(part.blob))
    change(book)
    buffer = io.BytesIO()
    book.save(buffer)
    part._blob = buffer.getvalue()


def test_each_series_stays_in_its_plot_and_more_go_to_the_last() -> None:
    chart = render(combined(), ["a"], [1], [2], [3])
    assert [[series.name for series in plot.series] for plot in chart.plots] == [["s0"], ["s1", "s2"]]


def test_a_plot_without_series_goes_with_its_axes() -> None:
    chart = render(combined(), ["a"], [1])
    assert [[series.name for series in plot.series] for plot in chart.plots] == [["s0"]]
    axes = [
        node.get("val") for axis in ("catAx", "valAx") for node in chart._chartSpace.iterfind(f".//{C}{axis}/{C}axId")
    ]
    assert len(axes) == 2
    assert not {"7", "8"} & set(axes)


def test_a_pie_takes_more_and_fewer_points_and_drops_looks_of_points_that_are_gone() -> None:
    presentation, chart = chart_deck(XL_CHART_TYPE.PIE)
    for index in range(2):
        chart.plots[0].series[0].points[index].format.fill.solid()
    assert len(list(chart._chartSpace.iter(f"{C}dPt"))) == 2
    assert len(list(render(presentation, ["a"], [1])._chartSpace.iter(f"{C}dPt"))) == 1
    grown = render(presentation, ["a", "b", "c"], [1, 2, 3])
    assert list(grown.plots[0].series[0].values) == [1, 2, 3]


def test_dates_stay_dates_in_the_chart_and_its_workbook() -> None:
    days = [datetime.date(2027, 1, 31), datetime.date(2027, 2, 28)]
    presentation, chart = chart_deck(XL_CHART_TYPE.LINE, [datetime.date(2020, 1, 1), datetime.date(2020, 2, 1)])
    assert chart._chartSpace.find(f".//{C}dateAx") is not None
    made = render(presentation, days, [1, 2])
    assert [p.text for p in made._chartSpace.iterfind(f".//{C}cat//{C}v")] == ["46418", "46446"]
    assert made._chartSpace.find(f".//{C}cat//{C}formatCode").text == r"yyyy\-mm\-dd"
    assert workbook(made).active["A2"].value == datetime.datetime(2027, 1, 31)


def test_texts_on_an_axis_of_dates_are_refused() -> None:
    presentation, _ = chart_deck(XL_CHART_TYPE.LINE, [datetime.date(2020, 1, 1), datetime.date(2020, 2, 1)])
    with pytest.raises(TemplateError) as caught:
        render(presentation, ["January"], [1])
    assert "its categories must be dates" in str(caught.value.findings[0])


def test_a_sheet_with_a_blank_in_its_name_is_quoted_and_number_formats_stay() -> None:
    presentation, _ = chart_deck()

    def rename(book: Any) -> None:
        book.active.title = "My 'own' data"

    with_workbook(presentation, rename)
    made = render(presentation, ["a"], [1.5])
    formulas = [node.text for node in made._chartSpace.iter(f"{C}f")]
    assert formulas == ["'My ''own'' data'!$B$1", "'My ''own'' data'!$A$2:$A$2", "'My ''own'' data'!$B$2:$B$2"]
    cell = workbook(made)["My 'own' data"]["B2"]
    assert (cell.value, cell.number_format) == (1.5, '#,##0.0 "m"')
    assert made._chartSpace.find(f".//{C}val//{C}formatCode").text == '#,##0.0 "m"'


def test_a_table_in_the_workbook_grows_with_it() -> None:
    presentation, _ = chart_deck()

    def tabulate(book: Any) -> None:
        book.active["A1"] = "Name"
        book.active.add_table(Table(displayName="Data", ref="A1:C3"))

    with_workbook(presentation, tabulate)
    made = workbook(render(presentation, ["a", "b", "c"], [1, 2, 3], [4, 5, 6], [7, 8, 9])).active
    assert made.tables["Data"].ref == "A1:D4"
    assert made.tables["Data"].column_names == ["Name", "s0", "s1", "s2"]
    assert [cell.value for cell in made[1]] == ["Name", "s0", "s1", "s2"]


def test_the_workbook_holds_none_of_the_samples() -> None:
    presentation, _ = chart_deck()
    made = render(presentation, ["a"], [1])
    with zipfile.ZipFile(io.BytesIO(made.part.chart_workbook.xlsx_part.blob)) as package:
        assert not [name for name in package.namelist() if b"second" in package.read(name)]


def test_a_chart_without_workbook_is_filled_all_the_same() -> None:
    presentation, chart = chart_deck()
    chart.part.drop_rel(next(iter(chart.part.rels)))
    chart._chartSpace.remove(chart._chartSpace.find(f"{C}externalData"))
    assert list(render(presentation, ["a"], [5]).plots[0].series[0].values) == [5]


def test_more_values_than_categories_are_refused() -> None:
    with pytest.raises(TemplateError) as caught:
        render(chart_deck()[0], ["a"], [1, 2])
    assert "'s0' has 2 values for 1 categories" in str(caught.value.findings[0])


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_value_that_is_no_number_is_refused(value: float) -> None:
    with pytest.raises(TemplateError) as caught:
        render(chart_deck()[0], ["a"], [value])
    assert "can't show the value" in str(caught.value.findings[0])


def test_a_character_that_xml_cannot_hold_is_refused_in_categories_too() -> None:
    with pytest.raises(TemplateError) as caught:
        render(chart_deck()[0], ["a\x00"], [1])
    assert "U+0000" in str(caught.value.findings[0])


def test_markup_in_names_and_categories_stays_text() -> None:
    made = render(chart_deck()[0], ['<a> & "b"'], [1])
    assert list(made.plots[0].categories) == ['<a> & "b"']
    assert workbook(made).active["A2"].value == '<a> & "b"'


VENDORS = [{"name": f"V{n}", "series": [{"name": "s", "values": [n, 5]}]} for n in range(3)]
VENDOR_CHART = "{{ chart(['a', 'b'], v.series, 'Chart of ' ~ v.name) }}"


def word_charts() -> bytes:
    """A chart for each vendor in paragraphs and in rows, and one that may be left out."""
    document = docx.Document()
    document.add_paragraph("{% for v in vendors %}")
    add_chart(document, document.add_paragraph(), VENDOR_CHART, title="Title of {{ v.name }}")
    document.add_paragraph("{% endfor %}")
    document.add_paragraph("{% if show %}")
    add_chart(document, document.add_paragraph(), "{{ chart([], [], 'none') }}")
    document.add_paragraph("{% endif %}")
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "{% for v in vendors %}{{ v.name }}"
    add_chart(document, table.cell(0, 1).paragraphs[0], VENDOR_CHART)
    table.cell(0, 1).add_paragraph("{% endfor %}")
    return saved(document)


@pytest.mark.parametrize(("vendors", "show", "count"), [(VENDORS, True, 7), (VENDORS, False, 6), ([], False, 0)])
def test_each_repetition_in_word_has_a_chart_and_workbook_of_its_own(vendors: Any, show: bool, count: int) -> None:
    data = compile_template(word_charts()).render({"vendors": vendors, "show": show}).data
    document = docx.Document(io.BytesIO(data))
    body = etree.tostring(document.element, encoding="unicode")
    frames = list(
        document.element.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr")
    )
    assert len({frame.get("id") for frame in frames}) == len(frames) == count
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        charts = sorted(name for name in package.namelist() if name.startswith("word/charts/chart"))
        books = [name for name in package.namelist() if name.startswith("word/embeddings/")]
        texts = [package.read(name).decode() for name in charts]
        types = package.read("[Content_Types].xml").decode()
    assert len(charts) == len(books) == count
    assert sum("Title of </a:t>" in text and "<a:t>V" in text for text in texts) == len(vendors)
    assert all(f"/{name}" in types for name in charts)
    assert body.count("Chart of V1") == (2 if vendors else 0)


@pytest.mark.validator
def test_the_validator_finds_nothing_wrong(validator: Validator, tmp_path: Path) -> None:
    file = tmp_path / "made.docx"
    file.write_bytes(compile_template(word_charts()).render({"vendors": VENDORS, "show": True}).data)
    assert validator.errors_of(file) == []
