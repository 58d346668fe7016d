"""What stands around the text: headers, footers with page numbers, and the watermark of a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.shared import Pt, RGBColor, Twips

from authoring.palette import FONT_HEADING, MUTED, WATERMARK
from authoring.word.draft import NAMESPACES, add_text

if TYPE_CHECKING:
    from docx.section import Section, _Footer, _Header
    from docx.text.paragraph import Paragraph

STATUS_LINE = "{{ pack.status_label }} · version {{ pack.version }} · {{ pack.as_of | date }}"
CONFIDENTIALITY = "{{ pack.confidentiality }} · {{ organisation.name }} and {{ contract.partner.name }}"
INTERNAL = (
    "**INTERNAL** · {{ pack.confidentiality }} · {{ organisation.name }}"
    "{% if pack.owner %} · Owner: {{ pack.owner.name }}{% endif %}"
)


def furnish(
    section: Section, *, title: str, width: int, first_shape: int, cover: bool = False, notice: str = CONFIDENTIALITY
) -> None:
    """Draw header and footer of `section`, whose text is `width` twips wide; `notice` is the footer's left side.

    `first_shape` numbers the watermarks, which are unique in a document. With `cover`, the first page carries the
    watermark and the footer's confidentiality only.
    """
    section.header_distance = section.footer_distance = Twips(624)
    section.header.is_linked_to_previous = False
    _draw_header(section.header, title, width, first_shape)
    section.footer.is_linked_to_previous = False
    _draw_footer(section.footer, width, notice, pages=True)
    section.different_first_page_header_footer = cover
    if cover:
        section.first_page_header.is_linked_to_previous = False
        _draw_watermark(section.first_page_header, first_shape + 1)
        section.first_page_header.add_paragraph(style="Normal")
        section.first_page_footer.is_linked_to_previous = False
        _draw_footer(section.first_page_footer, width, notice, pages=False)


def _draw_header(header: _Header, title: str, width: int, shape: int) -> None:
    _draw_watermark(header, shape)
    line = header.add_paragraph(style="header")
    _stop_at(line, width)
    line.add_run(f"{title}\t{STATUS_LINE}")


def _draw_footer(footer: _Footer, width: int, notice: str, *, pages: bool) -> None:
    line = footer.paragraphs[0]
    line.style = "footer"
    _stop_at(line, width)
    add_text(line, notice)
    if pages:
        line.add_run("\tPage ")
        _add_field(line, "PAGE")
        line.add_run(" of ")
        _add_field(line, "NUMPAGES")


def _stop_at(paragraph: Paragraph, width: int) -> None:
    paragraph.paragraph_format.tab_stops.add_tab_stop(Twips(width), WD_TAB_ALIGNMENT.RIGHT)


def _add_field(paragraph: Paragraph, name: str) -> None:
    # A complex field with a result: without one, Word offers to repair the file.
    for inner in (
        '<w:fldChar w:fldCharType="begin"/>',
        f'<w:instrText xml:space="preserve"> {name} </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        "<w:t>1</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    ):
        paragraph._p.append(parse_xml(f"<w:r {NAMESPACES}>{inner}</w:r>"))


def _draw_watermark(story: _Header, shape: int) -> None:
    """The word DRAFT across the page, there only while the pack is a draft. It takes no room in the header."""
    opener = story.paragraphs[0]
    opener.style = "Normal"
    _add_statement(opener, "{% if pack.is_draft %}")
    story._element.append(parse_xml(_WATERMARK.format(namespaces=NAMESPACES, shape=shape)))
    _add_statement(story.add_paragraph(style="Normal"), "{% endif %}")


def _add_statement(paragraph: Paragraph, statement: str) -> None:
    run = paragraph.add_run(statement)
    run.font.size = Pt(6)
    run.font.color.rgb = RGBColor.from_string(MUTED)


# WordArt as Word itself writes its watermarks: a shape of type 136 (text along a line), behind the text.
_WATERMARK = (
    '<w:p {namespaces}><w:pPr><w:pStyle w:val="Normal"/><w:spacing w:line="20" w:lineRule="exact"/></w:pPr>'
    '<w:r><w:pict><v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
    'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>'
    '<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>'
    '<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/>'
    '<v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas>'
    '<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" '
    'o:connectangles="270,180,90,0"/><v:textpath on="t" fitshape="t"/><v:handles><v:h position="#0,bottomRight" '
    'xrange="6629,14971"/></v:handles><o:lock v:ext="edit" text="t" shapetype="t"/></v:shapetype>'
    '<v:shape id="Watermark{shape}" o:spid="_x0000_s{shape}" type="#_x0000_t136" alt="Watermark: draft" '
    'style="position:absolute;margin-left:0;margin-top:0;width:400pt;height:150pt;rotation:315;z-index:-251658752;'
    "mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;"
    'mso-position-vertical-relative:margin" o:allowincell="f" fillcolor="#'
    + WATERMARK
    + '" stroked="f"><v:textpath style="font-family:&quot;'
    + FONT_HEADING
    + '&quot;;font-size:1pt" string="DRAFT"/></v:shape></w:pict></w:r></w:p>'
)
