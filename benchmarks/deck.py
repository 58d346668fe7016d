"""The deck that benchmarks/engine.py has govpack and python-pptx make: 12 slides with notes, a table and two charts."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from contract import VALUES

SLIDES = 12
_CHARTS = {5: ("spend", XL_CHART_TYPE.COLUMN_CLUSTERED), 9: ("health", XL_CHART_TYPE.LINE_MARKERS)}
_TABLE, _TABLE_ROWS = 7, 8
_BULLETS = 5
_BOX = (Inches(0.5), Inches(1.5), Inches(9), Inches(5))
_QUARTERS = [f"{year} Q{quarter}" for year in (2027, 2028) for quarter in (1, 2, 3, 4)]


def data() -> dict[str, Any]:
    """What the deck is filled with: texts, and two charts of eight categories."""
    charts = {
        name: {
            "categories": _QUARTERS,
            "series": [
                {"name": kind, "values": [round(base + index * step, 1) for index in range(len(_QUARTERS))]}
                for kind, step in (("Plan", 1.5), ("Outturn", 1.1), ("Prior year", 0.7))
            ],
            "text": f"{name.title()} by quarter, plan against outturn",
        }
        for name, base in (("spend", 12.5), ("health", 61.0))
    }
    return {**VALUES, **charts}


def write_template() -> bytes:
    """The deck with Jinja's tags, some split over runs, as both engines read it."""
    deck = Presentation()
    names = list(VALUES)
    for number in range(1, SLIDES + 1):
        own = [names[(number * _BULLETS + index) % len(names)] for index in range(_BULLETS)]
        bare = number in _CHARTS or number == _TABLE
        slide = deck.slides.add_slide(deck.slide_layouts[5 if bare else 1])
        slide.shapes.title.text = f"{number}. What {{{{ {own[0]} }}}} means for us"
        if number in _CHARTS:
            _add_chart(slide, *_CHARTS[number])
        elif number == _TABLE:
            _add_table(slide, names)
        else:
            _add_bullets(slide.placeholders[1].text_frame, own)
        note = f"Say that {{{{ {own[1]} }}}} was agreed with {{{{ provider_name }}}}."
        slide.notes_slide.notes_text_frame.text = note
    target = BytesIO()
    deck.save(target)
    return target.getvalue()


def _add_bullets(frame: Any, names: list[str]) -> None:
    for index, name in enumerate(names):
        paragraph = frame.paragraphs[0] if index == 0 else frame.add_paragraph()
        paragraph.add_run().text = f"On {name.replace('_', ' ')}: the parties have settled for "
        tag = f"{{{{ {name} }}}}"
        # The second bullet's tag lies in three runs.
        for piece in (tag[:1], tag[1:8], tag[8:]) if index == 1 else (tag,):
            paragraph.add_run().text = piece
        paragraph.add_run().text = ", to be looked at again every year"


def _add_table(slide: Any, names: list[str]) -> None:
    table = slide.shapes.add_table(_TABLE_ROWS, 2, *_BOX).table
    for row in range(_TABLE_ROWS):
        table.cell(row, 0).text = names[row].replace("_", " ") if row else "Term"
        table.cell(row, 1).text = f"{{{{ {names[row]} }}}}" if row else "Agreed"


def _add_chart(slide: Any, name: str, kind: Any) -> None:
    sample = CategoryChartData(number_format="0.0")
    sample.categories = ["one", "two"]
    for series in ("first", "second", "third"):
        sample.add_series(series, (1, 2))
    frame = slide.shapes.add_chart(kind, *_BOX, sample)
    tag = f"{{{{ chart({name}.categories, {name}.series, {name}.text) }}}}"
    frame._element.nvGraphicFramePr.cNvPr.set("descr", tag)
