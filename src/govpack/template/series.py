"""The series of a chart as text with holes: what a rendering fills without parsing any XML."""

from __future__ import annotations

import datetime
import math
import re
from copy import deepcopy
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from lxml import etree

from govpack.ooxml.names import qn
from govpack.ooxml.xml import escape as _escape
from govpack.template.functions import is_number
from govpack.template.workbooks import column

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from govpack.template.values import Chart

# The children of c:ser that come before c:cat and c:val, for every chart type that has both (ECMA-376 1, 21.2.2).
_BEFORE_TEXT = frozenset(qn(f"c:{name}") for name in ("idx", "order"))
_BEFORE_CATEGORIES = _BEFORE_TEXT | frozenset(
    qn(f"c:{name}")
    for name in "tx spPr invertIfNegative pictureOptions marker explosion dPt dLbls trendline errBars".split()
)
_TOKEN = re.compile("\ufdd0([^\ufdd1]*)\ufdd1")
_EPOCH, _EPOCH_1904 = datetime.date(1899, 12, 30), datetime.date(1904, 1, 1)


@dataclass(slots=True, eq=False)
class ChartData:
    """What one chart shows, as it is written: texts escaped, figures as plain numbers; None where there is no value.

    `numeric` says that the categories are figures (dates are, as Excel counts them).
    """

    categories: list[str]
    numeric: bool
    names: list[str]
    values: list[list[str | None]]


class Pattern(NamedTuple):
    """A series of the template as pieces: text, the name of a hole, or (point, text) that needs so many points.

    `axis` is the format of the categories where they are figures in the template, else None.
    """

    plot: int
    pieces: tuple[str | tuple[int, str], ...]
    form: str
    axis: str | None


def prepare_data(chart: Chart, escape: Callable[[str], str], *, figures: bool, from_1904: bool = False) -> ChartData:
    """`chart` as it is written. With `figures`, categories that are numbers or dates stay so. ValueError where a value
    is no number that a chart can show."""
    numeric = figures and all(is_number(c) or isinstance(c, datetime.date) for c in chart.categories)
    count = len(chart.categories)
    values = [[_plain(value) for value in row] + [None] * (count - len(row)) for _, row in chart.series]
    return ChartData(
        [_figure(c, from_1904) if numeric else escape(str(c)) for c in chart.categories],
        numeric,
        [escape(name) for name, _ in chart.series],
        values,
    )


def _figure(value: Any, from_1904: bool) -> str:
    if isinstance(value, datetime.datetime):
        value = value.date()
    if isinstance(value, datetime.date):
        return str((value - (_EPOCH_1904 if from_1904 else _EPOCH)).days)
    return _plain(value) or "0"


def _plain(value: Any) -> str | None:
    if value is None:
        return None
    if not math.isfinite(value):
        raise ValueError(f"a chart can't show the value '{value}'")
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def read_patterns(root: etree._Element, plots: list[etree._Element]) -> tuple[list[Pattern], Pattern]:
    """The series of `root` in their order, and what a series beyond them looks like: the last, in its own colour."""
    # Cut from a copy of the whole, so that no piece repeats the namespaces that the part declares.
    clone = deepcopy(root)
    counterpart = dict(zip(root.iter(), clone.iter(), strict=True))
    found = [(plot, series) for plot, element in enumerate(plots) for series in element.findall(qn("c:ser"))]
    found.sort(key=lambda item: _number(item[1].find(qn("c:order"))))
    copies = [(plot, counterpart[series]) for plot, series in found]
    last_plot, last = copies[-1]
    extra = deepcopy(last)
    for name in ("c:spPr", "c:dPt", "c:extLst"):
        for child in extra.findall(qn(name)):
            extra.remove(child)
    last.addnext(extra)
    looks: list[tuple[int, str, str | None]] = []
    for number, (plot, series) in enumerate([*copies, (last_plot, extra)]):
        looks.append((plot, *_formats(series)))
        _put_holes(series)
        series.text = f"\ufdd0open{number}\ufdd1{series.text or ''}"
        series.tail = f"\ufdd0close{number}\ufdd1"
    text = etree.tostring(clone, encoding="unicode")
    patterns = [_cut(text, number, look) for number, look in enumerate(looks)]
    return patterns[:-1], patterns[-1]


def _number(node: etree._Element | None) -> int:
    value = node.get("val", "0") if node is not None else "0"
    return int(value) if value.isdigit() else 0


def _formats(series: etree._Element) -> tuple[str, str | None]:
    form = series.find(f"{qn('c:val')}//{qn('c:formatCode')}")
    kinds = (f"{qn('c:cat')}/{qn(kind)}" for kind in ("c:numRef", "c:numLit"))
    figures = next((node for kind in kinds for node in series.iterfind(kind)), None)
    if figures is None:
        return (form.text if form is not None and form.text else "General"), None
    axis = next(figures.iter(qn("c:formatCode")), None)
    return (form.text if form is not None and form.text else "General"), (
        axis.text if axis is not None and axis.text else "General"
    )


def _put_holes(series: etree._Element) -> None:
    for local in ("c:idx", "c:order"):
        node = series.find(qn(local))
        if node is not None:
            node.set("val", "\ufdd0number\ufdd1")
    for name, before in (
        ("tx", _BEFORE_TEXT),
        ("cat", _BEFORE_CATEGORIES),
        ("val", _BEFORE_CATEGORIES | {qn("c:cat")}),
    ):
        node = series.find(qn(f"c:{name}"))
        if node is None:
            node = series.makeelement(qn(f"c:{name}"))
            series.insert(sum(1 for child in series if child.tag in before), node)
        for child in list(node):
            node.remove(child)
        node.text = f"\ufdd0{name}\ufdd1"
    for point in list(series.iter(qn("c:dPt"), qn("c:dLbl"))):
        index = _number(point.find(qn("c:idx")))
        previous, parent = point.getprevious(), point.getparent()
        if previous is not None:
            previous.tail = f"{previous.tail or ''}\ufdd0[{index}\ufdd1"
        elif parent is not None:
            parent.text = f"{parent.text or ''}\ufdd0[{index}\ufdd1"
        point.tail = "\ufdd0]\ufdd1"


def _cut(text: str, number: int, look: tuple[int, str, str | None]) -> Pattern:
    start, end = text.index(f"\ufdd0open{number}\ufdd1"), text.index(f"\ufdd0close{number}\ufdd1")
    tokens = _TOKEN.split(text[text.rindex("<", 0, start) : end].replace(f"\ufdd0open{number}\ufdd1", ""))
    pieces: list[str | tuple[int, str]] = []
    for index, token in enumerate(tokens):
        last = pieces[-1] if pieces else ""
        if index % 2 and token[:1] == "[":
            pieces.append((int(token[1:]), ""))
        elif index % 2 == 0 and isinstance(last, tuple) and not last[1]:
            pieces[-1] = (last[0], token)
        elif index % 2 == 0 or token[:1] != "]":
            pieces.append(token)
    return Pattern(look[0], tuple(pieces), look[1], look[2])


class SeriesWriter:
    """Writes series: `prefix` is that of the chart's elements, `sheet` the name of the sheet as formulas write it."""

    def __init__(self, prefix: str, sheet: str) -> None:
        self._c = prefix
        self._sheet = sheet

    def write(self, pattern: Pattern, number: int, data: ChartData) -> str:
        """The series `number` of `data` as `pattern` has it."""
        count = len(data.categories)
        letter = column(number + 1)
        name, values = (data.names[number], data.values[number]) if data.names else ("", [])
        held = {
            "number": str(number),
            "tx": self._texts(f"${letter}$1", [name]),
            "cat": self._figures(f"$A$2:$A${count + 1}", data.categories, pattern.axis or "General")
            if data.numeric
            else self._texts(f"$A$2:$A${count + 1}", data.categories),
            "val": self._figures(f"${letter}$2:${letter}${count + 1}", values, pattern.form),
        }
        written = []
        for piece in pattern.pieces:
            if isinstance(piece, tuple):
                written.append(piece[1] if piece[0] < count else "")
            else:
                written.append(held.get(piece, piece))
        return "".join(written)

    def _texts(self, cells: str, texts: Iterable[str]) -> str:
        c = self._c
        return (
            f"<{c}strRef><{c}f>{self._sheet}!{cells}</{c}f><{c}strCache>{self._points(texts)}</{c}strCache></{c}strRef>"
        )

    def _figures(self, cells: str, figures: Iterable[str | None], form: str) -> str:
        c = self._c
        code = _escape(form)
        return (
            f"<{c}numRef><{c}f>{self._sheet}!{cells}</{c}f><{c}numCache><{c}formatCode>{code}</{c}formatCode>"
            f"{self._points(figures)}</{c}numCache></{c}numRef>"
        )

    def _points(self, points: Iterable[str | None]) -> str:
        c = self._c
        held = list(points)
        written = [
            f'<{c}pt idx="{index}"><{c}v>{point}</{c}v></{c}pt>'
            for index, point in enumerate(held)
            if point is not None
        ]
        return f'<{c}ptCount val="{len(held)}"/>{"".join(written)}'
