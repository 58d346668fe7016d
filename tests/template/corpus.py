"""Documents that ask the engine for nearly all it can do, filled in memory: what outer judges are shown."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Inches
from pptx.util import Inches as Slide
from tests.template.builders import deck, multilevel, saved
from tests.template.pictures import SVG, add_chart, png

from govpack.template import (
    Controls,
    Document,
    Image,
    Listing,
    Rendered,
    RichText,
    RichTextParagraph,
    compile_template,
)

VENDORS = [
    {"id": f"V{n}", "name": f"Vendor {n} & <co>", "spend": [n, None, 2.5], "critical": n != 1, "note": "a\tb\nc"}
    for n in range(1, 4)
]
_CHART = "{{{{ chart(['a', 'b', 'c'], [{{'name': {0}.name, 'values': {0}.spend}}], 'Spend of ' ~ {0}.name) }}}}"
_CLAUSES = {
    "term": "1. It lasts {{ months }} months.\n2. See {{ ref('cap') }}, [here](https://example.org/{{ months }}).",
    "cap": "1. Nothing limits **fraud**.\n2. {{ bookmark('cap') }}The cap:\n   1. counts *once*;\n   2. is nil.",
}


def _contract() -> bytes:
    """A list of clauses with a table of contents, references, headers, and values split over runs."""
    document = docx.Document()
    levels = {"Heading 1": ("decimal", "%1."), "Clause 2": ("decimal", "%1.%2"), "Clause 3": ("lowerLetter", "(%3)")}
    multilevel(document, levels)
    document.core_properties.title = "Agreement with {{ vendors[0].name }}"
    document.sections[0].header.paragraphs[0].text = "{{ vendors[0].name }}"
    document.sections[0].footer.paragraphs[0].text = "{% if months > 12 %}long{% else %}short{% endif %}"
    split = document.add_paragraph()
    for piece in ("Between {", "{ vend", "ors[0]", ".na", "me }", "} and us"):
        split.add_run(piece).bold = piece == "{"
    document.add_paragraph("{{ toc() }}")
    document.add_paragraph("{% for c in clauses %}")
    document.add_paragraph("{{ bookmark('clause-' ~ c) }}{{ c | title }}", style="Heading 1")
    document.add_paragraph("{% include c %}", style="Clause 2")
    document.add_paragraph("{% endfor %}")
    document.add_paragraph("{{ text | markdown }}")
    return saved(document)


def _table() -> bytes:
    """A table that grows, with a nested one, docxtpl's tags, and rows that come and go."""
    document = docx.Document()
    table = document.add_table(rows=3, cols=3, style="Table Grid")
    for row, texts in enumerate(
        [
            ["Name", "Note", "Spend"],
            ["{% for v in vendors %}{{ loop.index }} {{ v.name }}", "{{ v.note }}", ""],
            ["{%tr if months < 12 %}", "", ""],
        ]
    ):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    last = table.cell(1, 2)
    inner = last.add_table(rows=1, cols=1)
    inner.cell(0, 0).text = "{% for s in v.spend %}{{ s | default(0, true) }}{% endfor %}"
    last.add_paragraph("{% endfor %}")
    for texts in (["gone", "", ""], ["{%tr endif %}", "", ""]):
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            cell.text = text
    wide = document.add_table(rows=1, cols=3).rows[0].cells
    for cell, text in zip(
        wide, ("{%tc for v in vendors %}", "{% cellbg 'FFEE00' %}{{ v.id }}", "{%tc endfor %}"), strict=True
    ):
        cell.text = text
    return saved(document)


def _loop() -> bytes:
    """A chart, a picture, a link and a bookmark that each repetition owns."""
    document = docx.Document()
    multilevel(document, {"Heading 1": ("decimal", "%1.")})
    document.styles.add_style("Comment Reference", WD_STYLE_TYPE.CHARACTER)  # python-docx names them in comments
    document.styles.add_style("Comment Text", WD_STYLE_TYPE.PARAGRAPH)
    said = document.add_paragraph("For {{ months }} months").runs
    document.add_comment(said, text="Or {{ months * 2 }}?", author="Legal", initials="L")
    document.add_paragraph("{% for v in vendors %}")
    add_chart(document, document.add_paragraph(), _CHART.format("v"), "Spend")
    document.add_paragraph().add_run().add_picture(io.BytesIO(png(20, 10)), width=Inches(1))
    drawing = document.paragraphs[-1]._p.xpath(".//wp:docPr")[0]
    drawing.set("descr", "{{ image(logo, v.name) }}")
    noted = document.add_paragraph("{{ v.name }}")
    link = document.part.relate_to("https://example.org/{{ v.id }}", _HYPERLINK, is_external=True)
    noted._p.append(
        parse_xml(f'<w:hyperlink {nsdecls("w", "r")} r:id="{link}"><w:r><w:t>more</w:t></w:r></w:hyperlink>')
    )
    document.add_paragraph("{{ bookmark('about-' ~ v.id) }}About {{ v.name }}, see {{ ref('about-V1') }}", "Heading 1")
    document.add_paragraph("{% endfor %}")
    return saved(document)


_HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


def _rich() -> bytes:
    """Values that bring their own look, and a document within the document."""
    document = docx.Document()
    for text in ("a {{r rich }} b", "{{p paragraphs }}", "{{ listing }}", "{{p annex }}", "{{ missing }}"):
        document.add_paragraph(text)
    return saved(document)


def _annex() -> bytes:
    document = docx.Document()
    document.add_heading("Annex", 1)
    document.add_paragraph("first", style="List Number")
    document.add_picture(io.BytesIO(png(5, 5)))
    document.add_table(rows=1, cols=2).cell(0, 1).text = "cell"
    return saved(document)


def _deck() -> bytes:
    """Slides for each vendor with chart, picture, notes and table."""
    presentation = deck(
        "{{ v.name }}", "{% slide for v in vendors if v.critical %}\nSay {{ v.note }}", _CHART.format("v")
    )
    slide = presentation.slides[0]
    picture = slide.shapes.add_picture(io.BytesIO(png(9, 9)), Slide(8), Slide(1), Slide(1))
    picture._element.nvPicPr.cNvPr.set("descr", "{{ image(logo, v.name) }}")
    table = slide.shapes.add_table(2, 2, Slide(1), Slide(6), Slide(6), Slide(0.5)).table
    for cell, text in zip(
        table.iter_cells(),
        ("Point", "Spend", "{% for s in v.spend %}{{ loop.index }}", "{{ s | default('-', true) }}{% endfor %}"),
        strict=True,
    ):
        cell.text = text
    last = presentation.slides.add_slide(presentation.slide_layouts[5])
    last.shapes.title.text = "Out of {{ months | number }}"
    last.notes_slide.notes_text_frame.text = "{% slide if months > 1 %}"
    return saved(presentation)


def corpus() -> dict[str, tuple[Callable[[], bytes], Callable[[bytes], Rendered]]]:
    """By name of the file: what draws its template, and what fills it."""
    context: dict[str, Any] = {
        "vendors": VENDORS,
        "months": 36,
        "clauses": ["term", "cap"],
        "logo": png(40, 40),
        "text": "# Head\n\n1. one\n2. two\n\n- **bold** [link](https://example.org)\n\nplain",
    }
    rich = RichText("bold", bold=True)
    rich.add(" link", url="https://example.org/?a&b")
    paragraphs = RichTextParagraph()
    paragraphs.add("first", parastyle="ListBullet")
    bringing = {"rich": rich, "paragraphs": paragraphs, "listing": Listing("a\nb\tc\x0cd")}

    def fill(data: bytes, **more: Any) -> Rendered:
        return compile_template(data, fragments=_CLAUSES).render({**context, **more})

    def controlled(data: bytes) -> Rendered:
        return compile_template(data, fragments=_CLAUSES, controls=Controls()).render(context)

    return {
        "contract.docx": (_contract, fill),
        "contract-with-controls.docx": (_contract, controlled),
        "table.docx": (_table, fill),
        "table-with-controls.docx": (_table, controlled),
        "loop.docx": (_loop, fill),
        "loop-with-svg.docx": (_loop, lambda data: fill(data, logo=Image(SVG, fallback=png(40, 10)))),
        "loop-of-none.docx": (_loop, lambda data: fill(data, vendors=[VENDORS[0]])),
        "rich.docx": (
            _rich,
            lambda data: compile_template(data).render({**bringing, "annex": Document(_annex())}, strict=False),
        ),
        "deck.pptx": (_deck, fill),
        "deck-of-one.pptx": (_deck, lambda data: fill(data, vendors=VENDORS[:1], months=1)),
    }
