"""Charts and pictures as an outline holds them, from DrawingML; the same for Word and PowerPoint."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from govpack.check.outline import Chart, Series
from govpack.ooxml.names import NS, qn

if TYPE_CHECKING:
    from lxml import etree

    from govpack.ooxml.package import Package

_KIND = re.compile(r"^\{" + re.escape(NS["c"]) + r"\}(\w+?)(?:3D)?Chart$")


def read_chart(package: Package, part: str, alt: str, address: str) -> Chart:
    """The chart of the chart part `part`: type, series and categories from its cached values."""
    area = package.tree(part).find(f"{qn('c:chart')}/{qn('c:plotArea')}")
    kinds: list[str] = []
    series: list[Series] = []
    categories: tuple[str, ...] = ()
    for plot in () if area is None else area:
        if not (isinstance(plot.tag, str) and (found := _KIND.match(plot.tag))):
            continue
        kinds.append(found[1])
        for node in plot.iterfind(qn("c:ser")):
            name = " ".join(_points(node.find(qn("c:tx"))).values())
            values = node.find(qn("c:val"))
            points = _points(values if values is not None else node.find(qn("c:yVal")))
            series.append(Series(name, tuple(_number(points[at]) for at in sorted(points))))
            categories = categories or tuple(_points(node.find(qn("c:cat"))).values())
    return Chart("+".join(dict.fromkeys(kinds)) or "unknown", tuple(series), categories, alt, address)


def _points(node: etree._Element | None) -> dict[int, str]:
    if node is None:
        return {}
    found = {}
    for count, point in enumerate(node.iter(qn("c:pt"))):
        value = point.find(qn("c:v"))
        found[int(point.get("idx", count))] = "" if value is None else value.text or ""
    if not found and (value := node.find(qn("c:v"))) is not None:
        found[0] = value.text or ""
    return found


def _number(text: str | None) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None
