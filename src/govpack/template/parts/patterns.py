"""The series of a template's chart as text with holes, cut at compile time."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import NamedTuple

from lxml import etree

from govpack.ooxml.names import qn

# The children of c:ser that come before c:cat and c:val, for every chart type that has both, or
# before c:xVal and c:yVal (ECMA-376 1, 21.2.2).
_BEFORE_TEXT = frozenset(qn(f"c:{name}") for name in ("idx", "order"))
_BEFORE_CATEGORIES = _BEFORE_TEXT | frozenset(
    qn(f"c:{name}")
    for name in "tx spPr invertIfNegative pictureOptions marker explosion dPt dLbls trendline errBars".split()
)
_TOKEN = re.compile("\ufdd0([^\ufdd1]*)\ufdd1")
# What a series holds, by the hole that takes its place.
_HELD = {"tx": "tx", "cat": "cat", "val": "val"}
_XY_HELD = {"tx": "tx", "xVal": "cat", "yVal": "val"}
_BUBBLE_HELD = {**_XY_HELD, "bubbleSize": "size"}
_XY_PLOTS = {qn("c:scatterChart"): "xy", qn("c:bubbleChart"): "bubble"}


class Pattern(NamedTuple):
    """A series of the template as pieces: text, the name of a hole, or (point, text) that needs so many points.

    `axis` is the format of the categories where they are figures in the template, else None. `kind` is ``xy`` where the
    categories are the x values of points, ``bubble`` where the points have sizes too, else nothing.
    """

    plot: int
    pieces: tuple[str | tuple[int, str], ...]
    form: str
    axis: str | None
    kind: str = ""


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
    looks: list[tuple[int, str, str | None, str]] = []
    for number, (plot, series) in enumerate([*copies, (last_plot, extra)]):
        parent = series.getparent()
        kind = _XY_PLOTS.get(parent.tag, "") if parent is not None else ""
        looks.append((plot, *_formats(series, kind), kind))
        _put_holes(series, kind)
        series.text = f"\ufdd0open{number}\ufdd1{series.text or ''}"
        series.tail = f"\ufdd0close{number}\ufdd1"
    text = etree.tostring(clone, encoding="unicode")
    patterns = [_cut(text, number, look) for number, look in enumerate(looks)]
    return patterns[:-1], patterns[-1]


def _number(node: etree._Element | None) -> int:
    value = node.get("val", "0") if node is not None else "0"
    return int(value) if value.isdigit() else 0


def _formats(series: etree._Element, kind: str) -> tuple[str, str | None]:
    values, categories = ("c:yVal", "c:xVal") if kind else ("c:val", "c:cat")
    form = _format_of(series.find(qn(values)))
    if kind:
        return form, _format_of(series.find(qn(categories)))
    found = series.find(qn(categories))
    figures = found is not None and any(found.find(qn(name)) is not None for name in ("c:numRef", "c:numLit"))
    return form, _format_of(found) if figures else None


def _format_of(held: etree._Element | None) -> str:
    code = next(held.iter(qn("c:formatCode")), None) if held is not None else None
    return code.text if code is not None and code.text else "General"


def _put_holes(series: etree._Element, kind: str) -> None:
    for local in ("c:idx", "c:order"):
        node = series.find(qn(local))
        if node is not None:
            node.set("val", "\ufdd0number\ufdd1")
    before = _BEFORE_TEXT
    for name, hole in (_BUBBLE_HELD if kind == "bubble" else _XY_HELD if kind else _HELD).items():
        tag = qn(f"c:{name}")
        node = series.find(tag)
        if node is None:
            node = series.makeelement(tag)
            series.insert(sum(1 for child in series if child.tag in before), node)
        for child in list(node):
            node.remove(child)
        node.text = f"\ufdd0{hole}\ufdd1"
        before = before | _BEFORE_CATEGORIES | {tag}
    for point in list(series.iter(qn("c:dPt"), qn("c:dLbl"))):
        index = _number(point.find(qn("c:idx")))
        previous, parent = point.getprevious(), point.getparent()
        if previous is not None:
            previous.tail = f"{previous.tail or ''}\ufdd0[{index}\ufdd1"
        elif parent is not None:
            parent.text = f"{parent.text or ''}\ufdd0[{index}\ufdd1"
        point.tail = "\ufdd0]\ufdd1"


def _cut(text: str, number: int, look: tuple[int, str, str | None, str]) -> Pattern:
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
    return Pattern(look[0], tuple(pieces), *look[1:])
