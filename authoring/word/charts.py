"""Native charts in Word: a chart part with its workbook, in a line of its own, bound by its alternative text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import quoteattr

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from pptx import Presentation

from authoring.deck.charts import add_chart
from authoring.deck.geometry import Box
from authoring.word.draft import NAMESPACES
from govpack.ooxml.names import NS, qn

if TYPE_CHECKING:
    from authoring.deck.charts import ChartPlan
    from authoring.word.draft import Draft

_TYPE = "application/vnd.openxmlformats-officedocument."
_TWIP = 635  # EMU


def draw_chart(draft: Draft, plan: ChartPlan, *, width: int, height: int, followed: bool = False) -> None:
    """Add a paragraph with a chart of `width` × `height` twips; the plan's tag fills it.

    A chart that is `followed` stands on one page with what comes next.
    """
    parts = draft.document.part
    number = 1 + sum(link.reltype == RELATIONSHIP_TYPE.CHART for link in parts.rels.values())
    made = _chart(plan)
    book = Part(
        PackURI(f"/word/embeddings/Microsoft_Excel_Sheet{number}.xlsx"),
        f"{_TYPE}spreadsheetml.sheet",
        made.chart_workbook.xlsx_part.blob,
        parts.package,
    )
    chart = Part(PackURI(f"/word/charts/chart{number}.xml"), f"{_TYPE}drawingml.chart+xml", made.blob, parts.package)
    chart.rels.get_or_add(RELATIONSHIP_TYPE.PACKAGE, book)
    identifier = parts.relate_to(chart, RELATIONSHIP_TYPE.CHART)
    paragraph = draft.write("")
    paragraph.paragraph_format.keep_with_next = followed
    paragraph.add_run()._r.append(
        parse_xml(
            f'<w:drawing {NAMESPACES} xmlns:wp="{NS["wp"]}" xmlns:a="{NS["a"]}">'
            '<wp:inline distT="0" distB="0" distL="0" distR="0">'
            f'<wp:extent cx="{width * _TWIP}" cy="{height * _TWIP}"/>'
            f'<wp:docPr id="{number}" name={quoteattr(plan.name)} descr={quoteattr(plan.tag)}/>'
            f'<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{NS["c"]}">'
            f'<c:chart xmlns:c="{NS["c"]}" r:id="{identifier}"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
        )
    )


def _chart(plan: ChartPlan) -> Any:
    """The chart part as python-pptx makes it; python-docx makes none."""
    deck: Any = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    add_chart(slide, Box(1, 1, 6, 3), plan)
    chart = next(shape for shape in slide.shapes if shape.has_chart).chart
    # Word draws a frame around a chart that does not say what is around it.
    around = '<c:spPr xmlns:c="{c}" xmlns:a="{a}"><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>'.format(**NS)
    chart._chartSpace.find(qn("c:chart")).addnext(parse_xml(around))
    return chart.part
