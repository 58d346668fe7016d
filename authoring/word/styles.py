"""Paragraph, character and table styles of the Word templates.

Sizes are in points, spacing and indents in twips (twentieths of a point), line spacing in 240ths of a line.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from authoring.palette import ACCENT, FONT_BODY, FONT_HEADING, INK, MUTED, NAVY, RULE, TINT
from authoring.word.numbering import NumberedList, linked_levels
from govpack.ooxml.names import NS

LANGUAGE = "en-IE"
TOC_TAB = 1134  # wide enough for “Schedule 10”


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """A paragraph style. What is not given comes from the style it is based on."""

    name: str
    based_on: str = "Normal"
    next: str = ""
    heading: bool = False  # in the heading font
    size: float = 0
    bold: bool = False
    italic: bool = False
    caps: bool = False
    colour: str = ""
    before: int | None = None
    after: int | None = None
    line: int = 0
    left: int = 0
    hanging: int = 0
    tabs: tuple[tuple[str, int], ...] = ()
    rule: str = ""  # "top" or "bottom"
    centred: bool = False
    keep_next: bool = False
    page_break: bool = False
    outline: int | None = None  # 0 for the highest

    @property
    def id(self) -> str:
        """The name without spaces, the first letter of each word in capitals, as Word makes ids."""
        return "".join("TOC" if word == "toc" else word[:1].upper() + word[1:] for word in self.name.split())


_COMMON = (
    Style(name="Body Text", after=120),
    Style(name="Title", next="BodyText", heading=True, size=28, bold=True, colour=NAVY, after=120, line=240),
    Style(name="Subtitle", next="BodyText", size=13, colour=MUTED, after=240),
    Style(name="Status", next="BodyText", size=11, bold=True, caps=True, colour=ACCENT, after=120, keep_next=True),
    Style(name="List Bullet", based_on="BodyText", after=60),
    Style(name="List Bullet 2", based_on="BodyText", after=60),
    Style(name="List Number", based_on="BodyText", after=60),
    Style(name="List Number 2", based_on="BodyText", after=60),
    Style(name="List Continue", based_on="BodyText", left=357, after=60),
    Style(name="List Continue 2", based_on="BodyText", left=714, after=60),
    Style(name="Table Text", size=9, before=30, after=30, line=240),
    Style(name="Table Head", based_on="TableText", bold=True, colour=NAVY, keep_next=True),
    Style(name="Table Label", based_on="TableText", bold=True, colour=NAVY),
    Style(name="Table Intro", based_on="BodyText", next="TableText", before=120, keep_next=True),
    Style(name="Grid Head", based_on="TableHead", size=8, centred=True),
    Style(name="Grid Text", based_on="TableText", centred=True),
    Style(name="caption", next="BodyText", size=9, italic=True, colour=MUTED, before=60, after=180),
    Style(name="annotation text", size=9, line=240),
    Style(name="header", size=8.5, colour=MUTED, after=0, line=240, rule="bottom"),
    Style(name="footer", size=8.5, colour=MUTED, after=0, line=240, rule="top"),
)

_CLAUSE_HEADING = Style(
    name="heading 1", next="Clause2", heading=True, size=12, bold=True, colour=NAVY, before=300, after=120,
    keep_next=True, outline=0,
)  # fmt: skip
_SECTION_HEADING = replace(_CLAUSE_HEADING, next="BodyText", size=15, before=360)

_CONTRACT = (
    _CLAUSE_HEADING,
    replace(_CLAUSE_HEADING, name="Unnumbered Heading", next="BodyText", size=15, after=140),
    Style(name="Clause 2", after=90),
    Style(name="Clause 3", after=80),
    Style(name="Clause 4", after=100),
    Style(name="Clause 5", after=100),
    # Paragraphs that go on under a clause, such as definitions, at the indent of its text.
    Style(name="Clause 2 Text", after=90, left=720),
    Style(name="Clause 3 Text", after=100, left=1287),
    Style(name="Clause 4 Text", after=100, left=1854),
    Style(name="Party", after=140),
    Style(name="Recital", after=120),
    Style(name="Schedule Heading", next="BodyText", heading=True, size=16, bold=True, colour=NAVY, after=200,
          keep_next=True, page_break=True, outline=0),
    Style(name="Schedule Part", next="BodyText", heading=True, size=12, bold=True, colour=NAVY, before=280, after=120,
          keep_next=True, outline=1),
    Style(name="Schedule Level 1", before=180, after=90, keep_next=True),  # as a rule a heading in bold
    Style(name="Schedule Level 2", after=100),
    Style(name="Schedule Level 3", after=80),
    Style(name="Schedule Level 4", after=100),
    Style(name="Schedule Level 1 Text", after=120, left=720),
    Style(name="Schedule Level 2 Text", after=120, left=720),
    Style(name="Schedule Level 3 Text", after=100, left=1287),
    Style(name="Cover Title", based_on="Title", next="Subtitle", before=2600, rule="bottom"),
    Style(name="Cover Party", heading=True, size=15, bold=True, colour=INK, after=60),
    Style(name="Cover Text", size=12, colour=MUTED, after=60),
    Style(name="Cover Label", heading=True, size=12, bold=True, colour=NAVY, before=3000, after=100, keep_next=True),
    Style(name="Signature Intro", heading=True, bold=True, colour=NAVY, before=240, after=60, keep_next=True),
    # Some sixty clauses and schedules stand on one page.
    Style(name="TOC Heading", next="BodyText", heading=True, size=18, bold=True, colour=NAVY, after=120,
          keep_next=True),
    Style(name="toc 1", next="Normal", size=9, after=0, line=230, left=TOC_TAB, hanging=TOC_TAB,
          tabs=(("left", TOC_TAB),)),
)  # fmt: skip

_REPORT = (
    _SECTION_HEADING,
    replace(_SECTION_HEADING, name="heading 2", size=12, before=240, after=100, outline=1),
    replace(_SECTION_HEADING, name="heading 3", size=10.5, colour=INK, before=180, after=80, outline=2),
    Style(name="TOC Heading", next="BodyText", heading=True, size=13, bold=True, colour=NAVY, before=480, after=120,
          keep_next=True),
    Style(name="toc 1", next="Normal", after=50, left=567, hanging=567, tabs=(("left", 567),)),
)  # fmt: skip

# What a kind of document is written with: a contract has clauses and schedules, a report has numbered sections.
KINDS = {"contract": _COMMON + _CONTRACT, "report": _COMMON + _REPORT}


def styles_xml(kind: str, lists: tuple[NumberedList, ...]) -> str:
    """The styles part for a ``contract`` or a ``report`` numbered by `lists`."""
    links = linked_levels(lists)
    paragraphs = "".join(_paragraph_style(style, links.get(style.id)) for style in KINDS[kind])
    return f'<w:styles xmlns:w="{NS["w"]}">{_DEFAULTS}{_BUILT_IN}{paragraphs}{_CHARACTERS}{_TABLES}</w:styles>'


def _paragraph_style(style: Style, link: tuple[int, int] | None) -> str:
    following = f'<w:next w:val="{style.next}"/>' if style.next else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{style.id}"><w:name w:val="{style.name}"/>'
        f'<w:basedOn w:val="{style.based_on}"/>{following}<w:uiPriority w:val="1"/><w:qFormat/>'
        f"<w:pPr>{_paragraph_look(style, link)}</w:pPr><w:rPr>{_run_look(style)}</w:rPr></w:style>"
    )


def _paragraph_look(style: Style, link: tuple[int, int] | None) -> str:
    """The children of pPr, in the order that the schema asks for."""
    out = ""
    if style.keep_next:
        out += "<w:keepNext/><w:keepLines/>"
    if style.page_break:
        out += "<w:pageBreakBefore/>"
    if link:
        out += f'<w:numPr><w:ilvl w:val="{link[1]}"/><w:numId w:val="{link[0]}"/></w:numPr>'
    if style.rule:
        out += f'<w:pBdr><w:{style.rule} w:val="single" w:sz="4" w:space="6" w:color="{RULE}"/></w:pBdr>'
    if style.tabs:
        stops = "".join(f'<w:tab w:val="{kind}" w:pos="{position}"/>' for kind, position in style.tabs)
        out += f"<w:tabs>{stops}</w:tabs>"
    spacing = "".join(
        f' w:{name}="{value}"'
        for name, value in (("before", style.before), ("after", style.after))
        if value is not None
    )
    if style.line:
        spacing += f' w:line="{style.line}" w:lineRule="auto"'
    if spacing:
        out += f"<w:spacing{spacing}/>"
    if style.left:
        hanging = f' w:hanging="{style.hanging}"' if style.hanging else ""
        out += f'<w:ind w:left="{style.left}"{hanging}/>'
    out += '<w:jc w:val="center"/>' if style.centred else ""
    if style.outline is not None:
        out += f'<w:outlineLvl w:val="{style.outline}"/>'
    return out


def _run_look(style: Style) -> str:
    """The children of rPr, in the order that the schema asks for."""
    out = _fonts(FONT_HEADING) if style.heading else ""
    out += "<w:b/><w:bCs/>" if style.bold else ""
    out += "<w:i/><w:iCs/>" if style.italic else ""
    out += "<w:caps/>" if style.caps else ""
    out += f'<w:color w:val="{style.colour}"/>' if style.colour else ""
    out += '<w:spacing w:val="20"/>' if style.caps else ""
    if style.size:
        out += f'<w:sz w:val="{style.size * 2:.0f}"/><w:szCs w:val="{style.size * 2:.0f}"/>'
    return out


def _fonts(face: str) -> str:
    return f'<w:rFonts w:ascii="{face}" w:hAnsi="{face}" w:eastAsia="{face}" w:cs="{face}"/>'


_DEFAULTS = (
    f'<w:docDefaults><w:rPrDefault><w:rPr>{_fonts(FONT_BODY)}<w:color w:val="{INK}"/><w:sz w:val="21"/>'
    f'<w:szCs w:val="21"/><w:lang w:val="{LANGUAGE}" w:eastAsia="en-US" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
    '<w:pPrDefault><w:pPr><w:spacing w:after="0" w:line="269" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
    "</w:docDefaults>"
    '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1" w:defUnhideWhenUsed="1" '
    'w:defQFormat="0" w:count="376"/>'
)
_BUILT_IN = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
    '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
    '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
)
_CHARACTERS = (
    '<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:uiPriority w:val="2"/><w:qFormat/>'
    "<w:rPr><w:b/><w:bCs/></w:rPr></w:style>"
    '<w:style w:type="character" w:styleId="Emphasis"><w:name w:val="Emphasis"/><w:uiPriority w:val="2"/><w:qFormat/>'
    "<w:rPr><w:i/><w:iCs/></w:rPr></w:style>"
    '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:uiPriority w:val="99"/>'
    f'<w:rPr><w:color w:val="{ACCENT}"/><w:u w:val="single"/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="CommentReference"><w:name w:val="annotation reference"/>'
    '<w:uiPriority w:val="99"/><w:rPr><w:sz w:val="16"/><w:szCs w:val="16"/></w:rPr></w:style>'
)
_TABLES = (
    '<w:style w:type="table" w:styleId="HouseTable"><w:name w:val="House Table"/><w:basedOn w:val="TableNormal"/>'
    '<w:uiPriority w:val="3"/><w:qFormat/><w:tblPr><w:tblBorders>'
    f'<w:top w:val="single" w:sz="8" w:space="0" w:color="{NAVY}"/>'
    f'<w:bottom w:val="single" w:sz="8" w:space="0" w:color="{NAVY}"/>'
    f'<w:insideH w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>'
    '</w:tblBorders><w:tblCellMar><w:top w:w="28" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>'
    '<w:bottom w:w="28" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    '<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>'
    f'<w:bottom w:val="single" w:sz="8" w:space="0" w:color="{NAVY}"/></w:tcBorders>'
    f'<w:shd w:val="clear" w:color="auto" w:fill="{TINT}"/></w:tcPr></w:tblStylePr></w:style>'
    '<w:style w:type="table" w:styleId="SignatureTable"><w:name w:val="Signature Table"/>'
    '<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="3"/><w:qFormat/><w:tblPr><w:tblBorders>'
    f'<w:bottom w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>'
    f'<w:insideH w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>'
    '</w:tblBorders><w:tblCellMar><w:top w:w="85" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>'
    '<w:bottom w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
)
