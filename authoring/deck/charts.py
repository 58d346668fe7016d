"""Native charts with sample data, bound to the pack by their alternative text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.dml import MSO_LINE_DASH_STYLE, MSO_THEME_COLOR
from pptx.oxml import parse_xml
from pptx.util import Pt

from authoring.deck.text import LANGUAGE
from govpack.ooxml.names import NS, qn

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pptx.chart.chart import Chart
    from pptx.slide import Slide

    from authoring.deck.geometry import Box

_COLOURS = (
    MSO_THEME_COLOR.ACCENT_1,
    MSO_THEME_COLOR.ACCENT_2,
    MSO_THEME_COLOR.ACCENT_3,
    MSO_THEME_COLOR.ACCENT_4,
    MSO_THEME_COLOR.ACCENT_5,
    MSO_THEME_COLOR.ACCENT_6,
)


@dataclass(frozen=True, slots=True)
class ChartPlan:
    """A chart: what its name is, the tag that fills it, what it holds until then, and how numbers show.

    `sample` maps the name of a series to its values, one a category; `number_format` is Excel's, `size` in points,
    `gap` the space between groups of bars in percent of a bar.
    The last `guides` series of a line chart are thin dashed lines, to read the others against; only those others have
    their values written on them. With an `axis` of values, no value is written on the lines at all, and without
    `labels` none on bars.
    """

    name: str
    tag: str
    categories: Sequence[str]
    sample: Mapping[str, Sequence[float]]
    number_format: str
    horizontal: bool = False
    minimum: float = 0
    maximum: float | None = None
    line: bool = False
    guides: int = 0
    size: int = 12
    axis: bool = False
    labels: bool = True
    gap: int = 50


def add_chart(slide: Slide, box: Box, plan: ChartPlan) -> None:
    """A bar chart (`plan.horizontal`), line chart (`plan.line`) or column chart, with values instead of an axis."""
    data: Any = CategoryChartData(number_format=plan.number_format)  # type: ignore[no-untyped-call]
    data.categories = list(plan.categories)
    for name, values in plan.sample.items():
        data.add_series(name, values)
    upright = XL_CHART_TYPE.LINE_MARKERS if plan.line else XL_CHART_TYPE.COLUMN_CLUSTERED
    kind = XL_CHART_TYPE.BAR_CLUSTERED if plan.horizontal else upright
    shapes: Any = slide.shapes  # python-pptx's types know lengths, and nothing of what lies beneath
    frame = shapes.add_chart(kind, *box.emu, data)
    frame.name = plan.name
    frame._element.nvGraphicFramePr.cNvPr.set("descr", plan.tag)
    _style(frame.chart, plan)
    _mend(frame.chart)


def _style(chart: Chart, plan: ChartPlan) -> None:
    chart.has_title = False
    chart.has_legend = len(plan.sample) > 1
    if chart.legend is not None:
        chart.legend.position = XL_LEGEND_POSITION.TOP
        chart.legend.include_in_layout = False
    chart.font.size = Pt(plan.size)
    chart.font.color.theme_color = MSO_THEME_COLOR.TEXT_1
    values, categories = chart.value_axis, chart.category_axis
    values.visible = values.has_major_gridlines = plan.axis
    if plan.axis:
        values.major_gridlines.format.line.color.theme_color = MSO_THEME_COLOR.BACKGROUND_2
        values.format.line.fill.background()
        values.major_unit = 20
    if plan.maximum is not None:
        values.minimum_scale, values.maximum_scale = plan.minimum, plan.maximum
    categories.format.line.color.theme_color = MSO_THEME_COLOR.ACCENT_3
    categories.has_major_gridlines = False
    # Below negative bars, not across them.
    categories.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    if plan.horizontal:
        categories.reverse_order = True  # the first category on top, as a reader expects of a list
    plot = chart.plots[0]
    if not plan.line:
        plot.gap_width, plot.overlap = plan.gap, -5
    if plan.labels and not plan.guides and not plan.axis:
        plot.has_data_labels = True
        _label(plot.data_labels, plan)
    for index, (series, colour) in enumerate(zip(plot.series, _COLOURS, strict=False)):
        if plan.line and index >= len(plan.sample) - plan.guides:
            _draw_guide(series, colour)
        elif plan.line:
            _draw_line(series, colour)
            if plan.guides:
                _label(series.data_labels, plan)
                _set_apart(series.data_labels)
        else:
            series.format.fill.solid()
            series.format.fill.fore_color.theme_color = colour


def _label(labels: Any, plan: ChartPlan) -> None:
    """Values above the points of a line, or at the ends of bars and columns."""
    labels.number_format, labels.number_format_is_linked = plan.number_format, False
    labels.position = XL_LABEL_POSITION.ABOVE if plan.line else XL_LABEL_POSITION.OUTSIDE_END
    labels.show_value = True
    labels.font.size = Pt(plan.size)


def _set_apart(labels: Any) -> None:
    """Put a ground behind the values of a line, or a guide that runs behind them strikes them through."""
    ground = parse_xml(
        '<c:spPr xmlns:c="{c}" xmlns:a="{a}"><a:solidFill><a:schemeClr val="bg1"/></a:solidFill></c:spPr>'.format(**NS)
    )
    labels._element.find(qn("c:numFmt")).addnext(ground)


def _draw_guide(series: Any, colour: MSO_THEME_COLOR) -> None:
    """A thin dashed line without markers."""
    series.smooth = False
    series.format.line.width = Pt(1)
    series.format.line.dash_style = MSO_LINE_DASH_STYLE.DASH
    series.format.line.color.theme_color = colour
    series.marker.style = XL_MARKER_STYLE.NONE


def _draw_line(series: Any, colour: MSO_THEME_COLOR) -> None:
    """A straight line with round markers, in one colour."""
    series.smooth = False
    series.format.line.width = Pt(2.25)
    series.format.line.color.theme_color = colour
    series.marker.style, series.marker.size = XL_MARKER_STYLE.CIRCLE, 6
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.theme_color = colour
    series.marker.format.line.color.theme_color = colour


def _mend(chart: Chart) -> None:
    """Where python-pptx departs from the schema or from what PowerPoint shows: axis ids, corners, language."""
    space = chart._chartSpace
    # Axis ids are unsigned in the schema; python-pptx's are negative.
    renamed: dict[str, str] = {}
    for element in space.iter(qn("c:axId"), qn("c:crossAx")):
        old = element.get("val")
        element.set("val", renamed.setdefault(old, str(500_000_001 + len(renamed))))
    # Without the element PowerPoint rounds the chart's corners.
    corners = parse_xml(f'<c:roundedCorners xmlns:c="{NS["c"]}" val="0"/>')
    space.find(qn("c:date1904")).addnext(corners)
    for element in space.iter(qn("a:endParaRPr"), qn("a:defRPr")):
        if element.get("lang"):
            element.set("lang", LANGUAGE)
