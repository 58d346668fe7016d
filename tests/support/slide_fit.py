"""Whether the text of a deck fits: each text its box, each table the slide, and nothing lies on anything else.

Sizes, margins and spaces are looked up where PowerPoint looks for them: in the run, the shape, its placeholder in the
layout and in the master, and the master's styles.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pptx import Presentation
from tests.support.metrics import Fonts, Span, wrap

from govpack.ooxml.names import qn

_POINT = 12_700  # EMU
_INSETS = {"lIns": 91_440, "rIns": 91_440, "tIns": 45_720, "bIns": 45_720}
_SLACK = 1.0  # points: what a rounding of positions makes


@dataclass(frozen=True)
class Rectangle:
    """What something covers, in points."""

    name: str
    left: float
    top: float
    right: float
    bottom: float

    def covers(self, other: Rectangle) -> bool:
        """Whether they share more than a rounding."""
        return (
            min(self.right, other.right) - max(self.left, other.left) > _SLACK
            and min(self.bottom, other.bottom) - max(self.top, other.top) > _SLACK
        )


def misfits(deck: bytes, fonts: Fonts) -> list[str]:
    """A line for each text, table or pair of shapes that does not fit, with its slide's number."""
    presentation = Presentation(BytesIO(deck))
    wide, high = presentation.slide_width / _POINT, presentation.slide_height / _POINT
    found = []
    for number, slide in enumerate(presentation.slides, 1):
        covered: list[Rectangle] = []
        drawn: list[Rectangle] = []
        for shape in slide.shapes:
            if _is_line(shape):
                continue
            if shape.has_text_frame and not shape.text_frame.text.strip():
                drawn += [_place(shape)] if _is_filled(shape) else []
                continue
            place, faults = _measured(shape, fonts)
            found += [f"slide {number}, {shape.name}: {fault}" for fault in faults]
            if place.left < 0 or place.top < -_SLACK or place.right > wide + _SLACK or place.bottom > high + _SLACK:
                found.append(f"slide {number}, {shape.name}: it leaves the slide")
            covers = (other.name for other in covered if place.covers(other))
            found += [f"slide {number}, {shape.name}: it lies on {other}" for other in covers]
            covered.append(place)
        for shape in slide.shapes:
            if not _is_line(shape) and shape.has_text_frame and shape.text_frame.text.strip():
                room = _room(shape)
                over = (other.name for other in drawn if other.covers(room))
                found += [f"slide {number}, {shape.name}: {other} lies on its text" for other in over]
    return found


def _is_line(shape: Any) -> bool:
    return bool(shape._element.tag == qn("p:cxnSp"))


def _is_filled(shape: Any) -> bool:
    properties = shape._element.find(qn("p:spPr"))
    return properties is not None and properties.find(qn("a:solidFill")) is not None


def _place(shape: Any) -> Rectangle:
    left, top, width, height = (side / _POINT for side in (shape.left, shape.top, shape.width, shape.height))
    return Rectangle(shape.name, left, top, left + width, top + height)


def _room(shape: Any) -> Rectangle:
    """Where the text of a shape may stand: the shape without the space at its sides."""
    place = _place(shape)
    left, right = (_inset(shape, side) / _POINT for side in ("lIns", "rIns"))
    return Rectangle(shape.name, place.left + left, place.top, place.right - right, place.bottom)


def _measured(shape: Any, fonts: Fonts) -> tuple[Rectangle, list[str]]:
    left, top, width, height = (side / _POINT for side in (shape.left, shape.top, shape.width, shape.height))
    if shape.has_table:
        tall, wide, faults = _table(shape.table, fonts)
        return Rectangle(shape.name, left, top, left + wide, top + tall), faults
    if not shape.has_text_frame:
        return Rectangle(shape.name, left, top, left + width, top + height), []
    body = shape.text_frame._txBody
    insets = {name: _inset(shape, name) / _POINT for name in _INSETS}
    room = width - insets["lIns"] - insets["rIns"]
    tall, faults = _text(body, room, fonts, _levels(shape))
    free = height - insets["tIns"] - insets["bIns"]
    if tall > free + _SLACK:
        faults.append(f"its text takes {tall:.0f} points of {free:.0f}: {shape.text_frame.text[:60]!r}")
    return Rectangle(shape.name, left, top, left + width, top + height), faults


def _table(table: Any, fonts: Fonts) -> tuple[float, float, list[str]]:
    heights, faults = [], []
    for row_number, row in enumerate(table.rows):
        high = row.height / _POINT
        for number, cell in enumerate(row.cells):
            width = (table.columns[number].width - cell.margin_left - cell.margin_right) / _POINT
            strong = (row_number == 0 and table.first_row) or (number == 0 and table.first_col)
            tall, wrong = _text(cell._tc.txBody, width, fonts, [], bold=strong)
            high = max(high, tall + (cell.margin_top + cell.margin_bottom) / _POINT)
            faults += [f"row {row_number + 1}: {fault}" for fault in wrong]
        heights.append(high)
    return sum(heights), sum(column.width for column in table.columns) / _POINT, faults


def _text(body: Any, width: float, fonts: Fonts, levels: list[Any], *, bold: bool = False) -> tuple[float, list[str]]:
    """The height of all paragraphs, and the words that are wider than the text."""
    total, faults = 0.0, []
    for number, paragraph in enumerate(body.findall(qn("a:p"))):
        own = paragraph.find(qn("a:pPr"))
        chain = [each for each in (own, *levels) if each is not None]
        size = _size(chain)
        strong = _first(chain, lambda each: _flag(each, "b")) or bold
        spans = [_span(run, size, bold=strong) for run in paragraph.iter(qn("a:r"), qn("a:fld"))]
        margin = float(_first(chain, lambda each: each.get("marL")) or 0) / _POINT
        end = paragraph.find(qn("a:endParaRPr"))
        empty = float(end.get("sz", size * 100)) / 100 if end is not None else size
        lines = wrap(spans, width - margin, fonts, empty=empty)
        tall = lines.height * _spacing(chain)
        total += tall + (_before(chain, size) if number else 0)
        if lines.too_wide:
            faults.append(f"the word {lines.too_wide!r} is wider than its line")
    return total, faults


def _span(run: Any, size: float, *, bold: bool) -> Span:
    look = run.find(qn("a:rPr"))
    text = "".join(node.text or "" for node in run.iter(qn("a:t")))
    if look is None:
        return Span(text, size, bold)
    return Span(text, float(look.get("sz", size * 100)) / 100, look.get("b", "1" if bold else "0") == "1")


def _levels(shape: Any) -> list[Any]:
    """The first-level paragraph styles that apply to a shape, the nearest first."""
    found = [_level(shape._element.find(f"{qn('p:txBody')}/{qn('a:lstStyle')}"))]
    for holder in _holders(shape):
        found.append(_level(holder.find(f"{qn('p:txBody')}/{qn('a:lstStyle')}")))
    master = shape.part.slide.slide_layout.slide_master._element
    kind = shape.placeholder_format.type if shape.is_placeholder else None
    name = "title" if kind in (1, 3) else "other" if kind in (13, 15, 16) or kind is None else "body"
    found.append(_level(master.find(f"{qn('p:txStyles')}/{qn(f'p:{name}Style')}")))
    return [each for each in found if each is not None]


def _holders(shape: Any) -> Iterator[Any]:
    """The placeholders in the layout and in the master that a shape takes after."""
    if not shape.is_placeholder:
        return
    layout = shape.part.slide.slide_layout
    index, kind = shape.placeholder_format.idx, shape.placeholder_format.type
    for place in layout.placeholders:
        if place.placeholder_format.idx == index:
            yield place._element
    wanted = {1: "title", 3: "title", 15: "ftr", 13: "sldNum"}.get(kind, "body")
    for place in layout.slide_master.placeholders:
        if next(place._element.iter(qn("p:ph"))).get("type", "body") == wanted:
            yield place._element


def _level(style: Any) -> Any:
    return style.find(qn("a:lvl1pPr")) if style is not None else None


def _inset(shape: Any, name: str) -> int:
    for holder in (shape._element, *_holders(shape)):
        value = holder.find(f"{qn('p:txBody')}/{qn('a:bodyPr')}").get(name)
        if value is not None:
            return int(value)
    return _INSETS[name]


def _first(chain: list[Any], read: Any) -> Any:
    return next((value for each in chain if (value := read(each)) is not None), None)


def _size(chain: list[Any]) -> float:
    def read(each: Any) -> str | None:
        run = each.find(qn("a:defRPr"))
        return run.get("sz") if run is not None else None

    return float(_first(chain, read) or 1800) / 100


def _flag(each: Any, name: str) -> bool | None:
    run = each.find(qn("a:defRPr"))
    value = run.get(name) if run is not None else None
    return None if value is None else value == "1"


def _spacing(chain: list[Any]) -> float:
    percent = _first(chain, lambda each: each.find(f"{qn('a:lnSpc')}/{qn('a:spcPct')}"))
    return float(percent.get("val")) / 100_000 if percent is not None else 1.0


def _before(chain: list[Any], size: float) -> float:
    space = _first(chain, lambda each: each.find(qn("a:spcBef")))
    if space is None:
        return 0.0
    points, percent = space.find(qn("a:spcPts")), space.find(qn("a:spcPct"))
    if points is not None:
        return float(points.get("val")) / 100
    return float(percent.get("val")) / 100_000 * size
