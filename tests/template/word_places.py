"""A Word file with a text in each place that can hold one."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from tests.template.packages import Parts, Place
from tests.template.shared_places import (
    STORE,
    add_custom_xml,
    add_properties,
    chart_markup,
    graphic,
    inline,
    newer_chart,
    smart_art,
)

if TYPE_CHECKING:
    from tests.template.packages import Says

_BODY = "word/document.xml"

IN_WORD = (
    Place("body", _BODY, "body"),
    Place("table", _BODY, "table 1, row 1, cell 1"),
    Place("nested table", _BODY, "table 2, row 1, cell 1"),
    Place("text box", _BODY, "text box"),
    Place("text box for older programs", _BODY, "text box"),
    Place("block control", _BODY, "body"),
    Place("row control", _BODY, "table 3, row 1, cell 1"),
    Place("cell control", _BODY, "table 3, row 2, cell 1"),
    Place("inline control", _BODY, "body"),
    Place("bound control", _BODY, "body"),
    Place("control alias", _BODY, "title of the control", runs=False),
    Place("control list item", _BODY, "item of the list", runs=False),
    Place("link", _BODY, "body"),
    Place("link target", "word/_rels/document.xml.rels", "target of a link", runs=False, target=True),
    Place("link tooltip", _BODY, "tooltip", runs=False),
    Place("simple field", _BODY, "instruction of the field", runs=False),
    Place("simple field result", _BODY, "body"),
    Place("complex field", _BODY, "body"),
    Place("complex field result", _BODY, "body"),
    Place("form field", _BODY, "help of the form field", runs=False),
    Place("insertion", _BODY, "body"),
    Place("moved text", _BODY, "body"),
    Place("deletion", _BODY, "deleted text"),
    Place("deleted field", _BODY, "deleted text"),
    Place("moved-away text", _BODY, "deleted text"),
    Place("hidden text", _BODY, "body"),
    Place("smart tag", _BODY, "body"),
    Place("custom element", _BODY, "body"),
    Place("right to left", _BODY, "body"),
    Place("ruby", _BODY, "body"),
    Place("formula", _BODY, "body"),
    Place("description", _BODY, "alternative text", runs=False),
    Place("title of a picture", _BODY, "alternative text", runs=False),
    Place("name of a picture", _BODY, "name of docPr", runs=False),
    Place("description for older programs", _BODY, "alternative text", runs=False),
    Place("description of a table", _BODY, "alternative text", runs=False),
    Place("header", "word/header1.xml", "header of section 1"),
    Place("first header", "word/header2.xml", "first page's header of section 1"),
    Place("even header", "word/header3.xml", "even pages' header of section 1"),
    Place("footer", "word/footer1.xml", "footer of section 1"),
    Place("first footer", "word/footer2.xml", "first page's footer of section 1"),
    Place("even footer", "word/footer3.xml", "even pages' footer of section 1"),
    Place("watermark", "word/header1.xml", "header of section 1", runs=False),
    Place("footnote", "word/footnotes.xml", "footnotes"),
    Place("endnote", "word/endnotes.xml", "endnotes"),
    Place("comment", "word/comments.xml", "comments"),
    Place("comment author", "word/comments.xml", "comments", runs=False),
    Place("person", "word/people.xml", "people", runs=False),
    Place("chart title", "word/charts/chart1.xml", "chart"),
    Place("chart category", "word/charts/chart1.xml", "chart", runs=False),
    Place("chart series", "word/charts/chart1.xml", "chart", runs=False),
    Place("chart axis", "word/charts/chart1.xml", "chart"),
    Place("chart number format", "word/charts/chart1.xml", "chart", runs=False),
    Place("newer chart title", "word/charts/chartEx1.xml", "chart"),
    Place("newer chart category", "word/charts/chartEx1.xml", "chart", runs=False),
    Place("SmartArt", "word/diagrams/data1.xml", "SmartArt"),
    Place("SmartArt drawing", "word/diagrams/drawing1.xml", "SmartArt"),
    Place("building block", "word/glossary/document.xml", "building blocks"),
    Place("name of a building block", "word/glossary/document.xml", "building blocks", runs=False),
    Place("custom XML text", "customXml/item1.xml", "custom XML", runs=False),
    Place("custom XML attribute", "customXml/item1.xml", "custom XML", runs=False),
    Place("title of the document", "docProps/core.xml", "document properties", runs=False),
    Place("keywords", "docProps/core.xml", "document properties", runs=False),
    Place("company", "docProps/app.xml", "document properties", runs=False),
    Place("custom property", "docProps/custom.xml", "custom properties", runs=False),
    Place("name of a custom property", "docProps/custom.xml", "custom properties", runs=False),
    Place("document variable", "word/settings.xml", "settings", runs=False),
    Place("mail merge", "word/settings.xml", "settings", runs=False),
    Place("list text", "word/numbering.xml", "lists", runs=False),
    Place("style name", "word/styles.xml", "styles", runs=False),
)


def word_file(says: Says) -> bytes:
    """A Word file whose places say what `says` gives for them."""
    made = Parts(_BODY, "wordprocessingml.document", says)
    links = made.relate(None, "hyperlink", f"https://example.com/a{''.join(says('link target'))}z", external=True)
    blocks = [*_blocks(made, links), *_tables(made), *_controls(made), *_fields(made), *_changes(made)]
    blocks += _drawings(made)
    sections = _section(made)
    _notes(made)
    add_custom_xml(made)
    add_properties(made)
    made.members[_BODY] = b""
    made.add(_BODY, f"<w:document><w:body>{''.join(blocks)}{sections}</w:body></w:document>")
    return made.write()


def _p(markup: str) -> str:
    return f"<w:p>{markup}</w:p>"


def _blocks(made: Parts, link: str) -> list[str]:
    tooltip = made.quoted("link tooltip")
    formula = "".join(f"<m:r><m:t>{escape(piece)}</m:t></m:r>" for piece in made.said("formula"))
    references = '<w:footnoteReference w:id="2"/><w:endnoteReference w:id="2"/><w:commentReference w:id="3"/>'
    return [
        _p(f"{made.word('body')}<w:r>{references}</w:r>"),
        _p(made.word("hidden text", properties="<w:vanish/>")),
        _p(f'<w:hyperlink r:id="{link}" w:tooltip={tooltip}>{made.word("link")}</w:hyperlink>'),
        _p(f'<w:smartTag w:uri="u" w:element="e">{made.word("smart tag")}</w:smartTag>'),
        _p(f'<w:customXml w:uri="u" w:element="e">{made.word("custom element")}</w:customXml>'),
        _p(f'<w:bdo w:val="rtl">{made.word("right to left")}</w:bdo>'),
        _p(
            "<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>above</w:t></w:r></w:rt>"
            f"<w:rubyBase>{made.word('ruby')}</w:rubyBase></w:ruby></w:r>"
        ),
        _p(f"<m:oMath>{formula}</m:oMath>"),
    ]


def _tables(made: Parts) -> list[str]:
    def table(*rows: str, properties: str = "") -> str:
        grid = '<w:tblGrid><w:gridCol w:w="900"/></w:tblGrid>'
        return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{grid}{''.join(rows)}</w:tbl>"

    def cell(content: str) -> str:
        return f"<w:tc><w:tcPr/>{content}</w:tc>"

    def control(content: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>"

    nested = table(f"<w:tr>{cell(_p(made.word('nested table')))}</w:tr>")
    in_row = control(f"<w:tr>{cell(_p(made.word('row control')))}</w:tr>")
    in_cell = f"<w:tr>{control(cell(_p(made.word('cell control'))))}</w:tr>"
    described = f"<w:tblDescription w:val={made.quoted('description of a table')}/>"
    return [
        table(f"<w:tr>{cell(_p(made.word('table')) + nested + _p(''))}</w:tr>", properties=described),
        _p(""),
        table(in_row, in_cell),
    ]


def _controls(made: Parts) -> list[str]:
    def control(content: str, properties: str = "") -> str:
        return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"

    bound = f'<w:dataBinding w:xpath="/facts[1]/bound[1]" w:storeItemID="{STORE}"/><w:text/>'
    listed = (
        f'<w:dropDownList><w:listItem w:displayText={made.quoted("control list item")} w:value="1"/></w:dropDownList>'
    )
    return [
        control(_p(made.word("block control"))),
        _p(control(made.word("inline control"), f"<w:alias w:val={made.quoted('control alias')}/>")),
        _p(control(made.word("bound control"), bound)),
        _p(control("<w:r><w:t>choose</w:t></w:r>", listed)),
    ]


def _fields(made: Parts) -> list[str]:
    def sign(kind: str, inside: str = "") -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}">{inside}</w:fldChar></w:r>'

    instruction = '<w:r><w:instrText xml:space="preserve"> QUOTE "</w:instrText></w:r>'
    asked = made.word("complex field", tag="w:instrText")
    helped = f'<w:helpText w:type="text" w:val={made.quoted("form field")}/>'
    form = f'<w:ffData><w:name w:val="t"/><w:enabled/>{helped}</w:ffData>'
    return [
        _p(f"<w:fldSimple w:instr={made.quoted('simple field')}>{made.word('simple field result')}</w:fldSimple>"),
        _p(f"{sign('begin')}{instruction}{asked}{sign('separate')}{made.word('complex field result')}{sign('end')}"),
        _p(f"{sign('begin', form)}<w:r><w:instrText> FORMTEXT </w:instrText></w:r>{sign('separate')}{sign('end')}"),
    ]


def _changes(made: Parts) -> list[str]:
    by = 'w:author="A. N. Other" w:date="2026-01-01T00:00:00Z"'
    away, here = "moved-away text", "moved text"
    return [
        _p(f'<w:ins w:id="901" {by}>{made.word("insertion")}</w:ins>'),
        _p(f'<w:del w:id="902" {by}>{made.word("deletion", tag="w:delText")}</w:del>'),
        _p(
            f'<w:del w:id="903" {by}><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            f'{made.word("deleted field", tag="w:delInstrText")}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:del>'
        ),
        _p(
            '<w:moveFromRangeStart w:id="904" w:name="move1" w:author="A"/>'
            f'<w:moveFrom w:id="905" {by}>{made.word(away)}</w:moveFrom><w:moveFromRangeEnd w:id="904"/>'
        ),
        _p(
            '<w:moveToRangeStart w:id="906" w:name="move1" w:author="A"/>'
            f'<w:moveTo w:id="907" {by}>{made.word(here)}</w:moveTo><w:moveToRangeEnd w:id="906"/>'
        ),
    ]


def _drawings(made: Parts) -> list[str]:
    words = (
        f"name={made.quoted('name of a picture')} descr={made.quoted('description')} "
        f"title={made.quoted('title of a picture')}"
    )
    box = (
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
        '<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="914400" cy="914400"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr>'
        f"<wps:txbx><w:txbxContent>{_p(made.word('text box'))}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp>"
        "</a:graphicData>"
    )
    older = (
        f'<w:pict><v:shape id="s1" style="width:72pt;height:72pt" alt={made.quoted("description for older programs")}>'
        f"<v:textbox><w:txbxContent>{_p(made.word('text box for older programs'))}</w:txbxContent></v:textbox>"
        "</v:shape></w:pict>"
    )
    chart = made.add("word/charts/chart1.xml", chart_markup(made), "drawingml.chart", "chart")
    newer = newer_chart(made, "word/charts/chartEx1.xml")
    return [
        _p(
            f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{inline(box, 1, said=words)}</mc:Choice>'
            f"<mc:Fallback>{older}</mc:Fallback></mc:AlternateContent></w:r>"
        ),
        _p(f"<w:r>{inline(graphic('c', f'<c:chart r:id={chr(34)}{chart}{chr(34)}/>'), 2)}</w:r>"),
        _p(f"<w:r>{inline(graphic('cx', f'<cx:chart r:id={chr(34)}{newer}{chr(34)}/>'), 3)}</w:r>"),
        _p(f"<w:r>{inline(smart_art(made, 'word/diagrams/'), 4)}</w:r>"),
    ]


def _section(made: Parts) -> str:
    shown = []
    for number, (kind, place) in enumerate((("default", ""), ("first", "first "), ("even", "even ")), start=1):
        for word, tag in (("header", "hdr"), ("footer", "ftr")):
            content = _p(made.word(f"{place}{word}"))
            if word == "header" and number == 1:
                content += _p(
                    '<w:r><w:pict><v:shape id="mark" type="#_x0000_t136" style="width:90pt;height:30pt">'
                    f'<v:textpath style="font-family:Calibri" string={made.quoted("watermark")}/>'
                    "</v:shape></w:pict></w:r>"
                )
            part = f"word/{word}{number}.xml"
            identifier = made.add(part, f"<w:{tag}>{content}</w:{tag}>", f"wordprocessingml.{word}", word)
            shown.append(f'<w:{word}Reference w:type="{kind}" r:id="{identifier}"/>')
    return f"<w:sectPr>{''.join(shown)}<w:titlePg/></w:sectPr>"


def _notes(made: Parts) -> None:
    word = "wordprocessingml."
    for kind in ("footnote", "endnote"):
        content = f'<w:{kind} w:id="2">{_p(made.word(kind))}</w:{kind}>'
        made.add(f"word/{kind}s.xml", f"<w:{kind}s>{content}</w:{kind}s>", f"{word}{kind}s", f"{kind}s")
    author = made.quoted("comment author")
    comment = f'<w:comment w:id="3" w:author={author}>{_p(made.word("comment"))}</w:comment>'
    made.add("word/comments.xml", f"<w:comments>{comment}</w:comments>", f"{word}comments", "comments")
    made.add(
        "word/people.xml",
        f"<w15:people><w15:person w15:author={made.quoted('person')}/></w15:people>",
        f"{word}people",
        "http://schemas.microsoft.com/office/2011/relationships/people",
    )
    name = made.quoted("name of a building block")
    block = (
        f"<w:glossaryDocument><w:docParts><w:docPart><w:docPartPr><w:name w:val={name}/>"
        f"</w:docPartPr><w:docPartBody>{_p(made.word('building block'))}</w:docPartBody></w:docPart></w:docParts>"
        "</w:glossaryDocument>"
    )
    made.add("word/glossary/document.xml", block, f"{word}document.glossary", "glossaryDocument")
    made.add(
        "word/settings.xml",
        f"<w:settings><w:mailMerge><w:query w:val={made.quoted('mail merge')}/></w:mailMerge><w:docVars>"
        f'<w:docVar w:name="v" w:val={made.quoted("document variable")}/></w:docVars></w:settings>',
        f"{word}settings",
        "settings",
    )
    made.add(
        "word/numbering.xml",
        '<w:numbering><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        f'<w:numFmt w:val="decimal"/><w:lvlText w:val={made.quoted("list text")}/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>',
        f"{word}numbering",
        "numbering",
    )
    made.add(
        "word/styles.xml",
        f'<w:styles><w:style w:type="paragraph" w:styleId="S"><w:name w:val={made.quoted("style name")}/></w:style>'
        "</w:styles>",
        f"{word}styles",
        "styles",
    )
