"""Native charts filled from data: cached values and embedded workbook change, styling and number formats stay."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from lxml import etree

from govpack.errors import TemplateError
from govpack.ooxml.names import RT_OFFICE_DOCUMENT, RT_PACKAGE, qn
from govpack.ooxml.package import Deflated, Package, read_package, write_package
from govpack.ooxml.xml import parse_xml, serialise

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govpack.template.values import Chart

_SERIES = qn("c:ser")
# The children of c:ser that come before c:cat and c:val, for every chart type that has both (ECMA-376 1, 21.2.2).
_BEFORE_CATEGORIES = frozenset(
    qn(f"c:{name}")
    for name in [
        "idx",
        "order",
        "tx",
        "spPr",
        "invertIfNegative",
        "pictureOptions",
        "marker",
        "explosion",
        "dPt",
        "dLbls",
        "trendline",
        "errBars",
    ]
)


@dataclass(slots=True)
class ChartPart:
    """A chart of the template: its part, and the embedded workbook that Excel opens on *Edit data*."""

    part: str
    root: etree._Element
    workbook_part: str = ""
    workbook: Package | None = None

    def fill(self, chart: Chart) -> Iterable[tuple[str, Deflated]]:
        """The members that change when the chart shows `chart`: the chart part and its workbook."""
        root = deepcopy(self.root)
        sheet = self._sheet()
        _fill_series(root, chart, sheet[1] if sheet else "Sheet1")
        yield self.part, Deflated.of(serialise(root))
        if self.workbook is not None and sheet:
            part, _ = sheet
            members = [(name, self.workbook.members[name]) for name in self.workbook if name != part]
            members.append((part, Deflated.of(_sheet_xml(chart))))
            yield self.workbook_part, Deflated.of(write_package(members))

    def _sheet(self) -> tuple[str, str] | None:
        """Part and name of the workbook's first sheet."""
        if self.workbook is None:
            return None
        main = self.workbook.main_part
        node = next(parse_xml(self.workbook.read(main), main).iter(qn("s:sheet")), None)
        relationship = self.workbook.relationships(main).get(node.get(qn("r:id"), "")) if node is not None else None
        return (relationship.target, str(node.get("name", "Sheet1"))) if relationship and node is not None else None


def read_chart(package: Package, part: str) -> ChartPart:
    """The chart in `part`. TemplateError where it is of a kind that has no categories and values."""
    root = parse_xml(package.read(part), part)
    if next(root.iter(_SERIES), None) is None:
        raise TemplateError(
            f"the chart in {part} has no series to take as a pattern; give it sample data in the template"
        )
    if next(root.iter(qn("c:xVal")), None) is not None:
        raise TemplateError(f"the chart in {part} is a scatter or bubble chart, which has no categories to fill")
    for axis in root.iter(qn("c:axId"), qn("c:crossAx")):
        # python-pptx writes negative ids, which the schema forbids.
        axis.set("val", str(abs(int(axis.get("val", "0")))))
    chart = ChartPart(part, root)
    for relationship in package.relationships(part).values():
        if relationship.type == RT_PACKAGE and relationship.target in package:
            workbook = read_package(package.read(relationship.target), name=relationship.target)
            if any(r.type == RT_OFFICE_DOCUMENT for r in workbook.relationships().values()):
                chart.workbook_part, chart.workbook = relationship.target, workbook
    return chart


def _fill_series(root: etree._Element, chart: Chart, sheet: str) -> None:
    patterns = list(root.iter(_SERIES))
    sheet_name = "'" + sheet.replace("'", "''") + "'" if not sheet.isalnum() else sheet
    last = patterns[-1]
    parent = last.getparent()
    if parent is None:
        return
    for number, (name, values) in enumerate(chart.series):
        if number < len(patterns):
            series = patterns[number]
        else:
            # A series beyond those of the template looks like the last; its colour is left to the chart's style.
            series = deepcopy(last)
            for own in (*series.findall(qn("c:spPr")), *series.findall(qn("c:extLst"))):
                series.remove(own)
            parent.insert(parent.index(patterns[-1]) + 1, series)
            patterns.append(series)
        _fill_one(series, number, name, values, chart.categories, sheet_name)
    for series in patterns[max(len(chart.series), 1) :]:
        holder = series.getparent()
        if holder is not None:
            holder.remove(series)
    if not chart.series:
        _fill_one(patterns[0], 0, "", (), (), sheet_name)


def _fill_one(
    series: etree._Element, number: int, name: str, values: tuple[Any, ...], categories: tuple[str, ...], sheet: str
) -> None:
    column = _column(number + 1)
    last_row = len(categories) + 1
    for local in ("c:idx", "c:order"):
        node = series.find(qn(local))
        if node is not None:
            node.set("val", str(number))
    _replace(series, qn("c:tx"), _cache("c:strRef", f"{sheet}!${column}$1", [name]))
    _replace(series, qn("c:cat"), _cache("c:strRef", f"{sheet}!$A$2:$A${last_row}", categories))
    old = series.find(f"{qn('c:val')}//{qn('c:formatCode')}")
    form = old.text if old is not None and old.text else "General"
    _replace(series, qn("c:val"), _cache("c:numRef", f"{sheet}!${column}$2:${column}${last_row}", values, form))
    for point in series.findall(qn("c:dPt")):
        index = point.find(qn("c:idx"))
        if index is not None and int(index.get("val", "0")) >= len(categories):
            series.remove(point)


def _replace(series: etree._Element, tag: str, content: etree._Element) -> None:
    node = series.find(tag)
    if node is None:
        node = etree.Element(tag)
        before = _BEFORE_CATEGORIES if tag != qn("c:val") else _BEFORE_CATEGORIES | {qn("c:cat")}
        if tag == qn("c:tx"):
            before = frozenset((qn("c:idx"), qn("c:order")))
        place = sum(1 for child in series if child.tag in before)
        series.insert(place, node)
    for child in list(node):
        node.remove(child)
    node.append(content)


def _cache(kind: str, formula: str, values: Iterable[Any], form: str = "") -> etree._Element:
    reference = etree.Element(qn(kind))
    etree.SubElement(reference, qn("c:f")).text = formula
    held = etree.SubElement(reference, qn("c:strCache" if kind == "c:strRef" else "c:numCache"))
    if form:
        etree.SubElement(held, qn("c:formatCode")).text = form
    points = list(values)
    etree.SubElement(held, qn("c:ptCount")).set("val", str(len(points)))
    for index, value in enumerate(points):
        if value is None:
            continue
        point = etree.SubElement(held, qn("c:pt"))
        point.set("idx", str(index))
        etree.SubElement(point, qn("c:v")).text = _plain(value)
    return reference


def _plain(value: Any) -> str:
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _sheet_xml(chart: Chart) -> bytes:
    """A worksheet with the categories in column A and a column for each series, headed by its name."""
    rows: list[list[Any]] = [["", *(name for name, _ in chart.series)]]
    for index, category in enumerate(chart.categories):
        rows.append([category, *(values[index] if index < len(values) else None for _, values in chart.series)])
    body = "".join(
        f'<row r="{number}">{"".join(_cell(number, column, value) for column, value in enumerate(row))}</row>'
        for number, row in enumerate(rows, start=1)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f'<dimension ref="A1:{_column(len(chart.series))}{len(rows)}"/><sheetData>{body}</sheetData></worksheet>'
    ).encode()


def _cell(row: int, column: int, value: Any) -> str:
    if value is None or value == "":
        return ""
    reference = f"{_column(column)}{row}"
    if isinstance(value, str):
        return f'<c r="{reference}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f'<c r="{reference}"><v>{_plain(value)}</v></c>'


def _column(index: int) -> str:
    """0 → A, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
