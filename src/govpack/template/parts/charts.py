"""Native charts: cut at compile time into a part with marks for its series, which a rendering fills from data.

Styling and number formats stay, cached values and the embedded workbook change. Where a chart has several plots
(columns and a line), each series of the data goes to the plot of the template's series that stands at its place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from govpack.ooxml.names import RT_PACKAGE, qn
from govpack.template.language.tags import has_tag
from govpack.template.markup.paragraphs import drop, put_before
from govpack.template.parts.patterns import Pattern, read_patterns
from govpack.template.parts.series import ChartData, SeriesWriter, prepare_data
from govpack.template.parts.workbooks import Workbook, read_workbook

if TYPE_CHECKING:
    from collections.abc import Callable

    from govpack.ooxml.package import Package
    from govpack.template.language.source import Marks
    from govpack.template.values.values import Chart

_AXES = tuple(qn(f"c:{name}") for name in ("catAx", "valAx", "dateAx", "serAx"))
# Names that a formula would take for a number or for a cell, in either of the two ways to write one.
_LIKE_CELL = re.compile(r"\d.*|[A-Z]{1,3}\d+|R\d*|C\d*|R\d*C\d*", re.IGNORECASE)


@dataclass(slots=True, eq=False)
class ChartPlan:
    """A chart of the template, ready to be filled. `workbook` is what Office opens on *Edit data*, if there is one."""

    workbook: Workbook | None
    _patterns: list[Pattern]
    _extra: Pattern
    _writer: SeriesWriter
    _dates_only: bool
    _from_1904: bool
    _axes: list[frozenset[str]] = field(default_factory=list)

    def prepare(self, chart: Chart, escape: Callable[[str], str]) -> ChartData:
        """`chart` as it is written. ValueError where it does not fit this chart."""
        figures = any(pattern.axis is not None for pattern in self._patterns) or self._dates_only
        data = prepare_data(chart, escape, figures=figures, from_1904=self._from_1904)
        if self._dates_only and not data.numeric:
            raise ValueError("the chart has an axis of dates, so its categories must be dates")
        self._check_points(chart, data)
        return data

    def _check_points(self, chart: Chart, data: ChartData) -> None:
        """ValueError where the chart's plots take other points than `chart` has."""
        kinds = {pattern.kind for pattern in self._patterns}
        if kinds - {""} and chart.categories and not data.numeric:
            raise ValueError("this is a scatter or bubble chart, so its x values must be numbers or dates")
        if "bubble" not in kinds and data.sizes:
            raise ValueError("only a bubble chart shows 'sizes'")
        if "bubble" in kinds and any(sizes is None for sizes in chart.sizes):
            raise ValueError("each series of a bubble chart has 'sizes', one for each value")

    def write_plot(self, plot: int, data: ChartData) -> str:
        """The series of `data` that belong to `plot`."""
        patterns, written = self._patterns, []
        # A chart without any series keeps an empty one, so that it stays a chart.
        for number in range(max(len(data.names), 1)):
            pattern = patterns[number] if number < len(patterns) else self._extra
            if pattern.plot == plot:
                written.append(self._writer.write(pattern, number, data))
        return "".join(written)

    def shows(self, plot: int, data: ChartData) -> bool:
        """Whether `plot` has a series."""
        return any(pattern.plot == plot for pattern in self._patterns[: max(len(data.names), 1)])

    def shows_axis(self, axis: str, data: ChartData) -> bool:
        """Whether a plot that has a series uses the axis with this id."""
        return any(axis in axes and self.shows(plot, data) for plot, axes in enumerate(self._axes))


def compile_chart(package: Package, part: str, root: etree._Element, marks: Marks, slot: int) -> ChartPlan:
    """Put marks in the place of the series of the chart `root`. ValueError where it can't be filled."""
    plots = [plot for plot in root.iter() if plot.find(qn("c:ser")) is not None]
    if not plots:
        raise ValueError("the chart has no series to take as a pattern; give it sample data in the template")
    for axis in root.iter(qn("c:axId"), qn("c:crossAx")):
        # python-pptx writes negative ids, which the schema forbids.
        axis.set("val", axis.get("val", "0").lstrip("-"))
    _drop_filtered(root)
    for series in root.iter(qn("c:ser")):
        _refuse_tags(series)
    workbook, sheet = _read_workbook(package, part, root)
    patterns, extra = read_patterns(root, plots)
    plan = ChartPlan(
        workbook,
        patterns,
        extra,
        SeriesWriter(f"{root.prefix}:" if root.prefix else "", _quoted(sheet)),
        next(root.iter(qn("c:dateAx")), None) is not None and any(pattern.axis is not None for pattern in patterns),
        _is_on(root.find(qn("c:date1904"))),
    )
    for number, plot in enumerate(plots):
        found = plot.findall(qn("c:ser"))
        put_before(found[0], marks.value(slot, f"_plot({number})"))
        for one in found:
            drop(one)
        plan._axes.append(frozenset(axis.get("val", "") for axis in plot.findall(qn("c:axId"))))
    if len(plots) > 1:
        _put_conditions(root, plots, marks, slot)
    return plan


def _put_conditions(root: etree._Element, plots: list[etree._Element], marks: Marks, slot: int) -> None:
    """Have plots without series left out, and axes that no plot uses then."""
    for number, plot in enumerate(plots):
        _put_around(plot, f"if _has_plot({number})", marks, slot)
    for axis in list(root.iter(*_AXES)):
        identifier = axis.find(qn("c:axId"))
        if identifier is not None:
            _put_around(axis, f'if _has_axis("{int(identifier.get("val", "0"))}")', marks, slot)


def _put_around(element: etree._Element, statement: str, marks: Marks, slot: int) -> None:
    put_before(element, marks.block(slot, statement))
    element.tail = marks.block(slot, "endif") + (element.tail or "")


def _refuse_tags(series: etree._Element) -> None:
    for element in series.iter():
        if element.text and has_tag(element.text) and element.tag not in (qn("c:v"), qn("c:f")):
            raise ValueError(
                f"the data comes from this tag, so the series can't hold another ('{element.text.strip()}')"
            )


def _drop_filtered(root: etree._Element) -> None:
    """Take out series that the template's author hid by a filter: they hold sample data."""
    for element in list(root.iter()):
        local = etree.QName(element).localname
        parent = element.getparent()
        if local.startswith("filtered") and local.endswith("Series") and parent is not None:
            holder = parent.getparent()
            parent.remove(element)
            if holder is not None and not len(parent):
                holder.remove(parent)


def _read_workbook(package: Package, part: str, root: etree._Element) -> tuple[Workbook | None, str]:
    """The chart's workbook, and the name of its sheet. A workbook that is not there is no longer asked for."""
    formula = next((node.text for node in root.iter(qn("c:f")) if node.text), "")
    sheet = formula.rpartition("!")[0].strip("'").replace("''", "'")
    data = root.find(qn("c:externalData"))
    if data is None:
        return None, sheet or "Sheet1"
    relation = package.relationships(part).get(data.get(qn("r:id"), ""))
    if relation is not None and relation.external:
        raise ValueError("the chart's data lies in a workbook of its own; embed it, or the chart could not be filled")
    if relation is None or relation.target not in package or relation.type != RT_PACKAGE:
        drop(data)
        return None, sheet or "Sheet1"
    workbook = read_workbook(package, relation.target, sheet)
    if workbook is None:
        raise ValueError("the chart's embedded workbook is no .xlsx file that can be filled; save it as one")
    return workbook, workbook.sheet


def _quoted(sheet: str) -> str:
    """`sheet` as formulas write it, escaped for XML."""
    plain = sheet.replace("_", "a").isalnum() and sheet.isascii() and not _LIKE_CELL.fullmatch(sheet)
    name = sheet if plain else "'" + sheet.replace("'", "''") + "'"
    return name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _is_on(node: etree._Element | None) -> bool:
    return node is not None and node.get("val", "1") not in ("0", "false")
