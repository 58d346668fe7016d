"""A Word file with a text in each place that can hold one."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from tests.template.packages import FORMATS, Parts, Place

if TYPE_CHECKING:
    from tests.template.packages import Says

_BODY = "word/document.xml"
_STORE = "{11111111-2222-3333-4444-555555555555}"
_CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"

# name, member, what a finding says of the place
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
    blocks = [*_blocks(made, links), *_tables(made), *_controls(made), *_fields(made), *_changes(made), *_drawings(made)]
    sections = _section(made)
    _notes(made)
    _properties(made)
    made.members[_BODY] = b""
    made.add(_BODY, f"<w:document><w:body>{''.join(blocks)}{sections}</w:body></w:document>")
    return made.write()


def _p(markup: str, properties: str = "") -> str:
    return f"<w:p>{properties}{markup}</w:p>"


def _blocks(made: Parts, link: str) -> list[str]:
    tooltip = made.quoted("link tooltip")
    formula = "".join(f"<m:r><m:t>{escape(piece)}</m:t></m:r>" for piece in made.said("formula"))
    return [
        _p(made.word("body")),
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
        return f'<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid><w:gridCol w:w="900"/></w:tblGrid>{"".join(rows)}</w:tbl>'

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

    bound = f'<w:dataBinding w:xpath="/facts[1]/bound[1]" w:storeItemID="{_STORE}"/><w:text/>'
    listed = (
        f"<w:dropDownList><w:listItem w:displayText={made.quoted('control list item')} w:value=\"1\"/></w:dropDownList>"
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
    form = f'<w:ffData><w:name w:val="t"/><w:enabled/><w:helpText w:type="text" w:val={made.quoted("form field")}/></w:ffData>'
    return [
        _p(f"<w:fldSimple w:instr={made.quoted('simple field')}>{made.word('simple field result')}</w:fldSimple>"),
        _p(
            f"{sign('begin')}{instruction}{asked}{sign('separate')}{made.word('complex field result')}{sign('end')}",
        ),
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


def inline(graphic: str, number: int, *, said: str = "") -> str:
    """A drawing in a line of Word around `graphic`; `said` are more attributes of what names it."""
    name = "" if "name=" in said else f'name="Drawing {number}"'
    return (
        '<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="914400" cy="914400"/>'
        f'<wp:docPr id="{number}" {name} {said}/><a:graphic>{graphic}</a:graphic></wp:inline></w:drawing>'
    )


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
    newer = made.add(
        "word/charts/chartEx1.xml",
        newer_chart_markup(made),
        "application/vnd.ms-office.chartex+xml",
        "http://schemas.microsoft.com/office/2014/relationships/chartEx",
    )
    return [
        _p(
            f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{inline(box, 1, said=words)}</mc:Choice>'
            f"<mc:Fallback>{older}</mc:Fallback></mc:AlternateContent></w:r>"
        ),
        _p(f"<w:r>{inline(_graphic('c', f'<c:chart r:id={chr(34)}{chart}{chr(34)}/>'), 2)}</w:r>"),
        _p(f"<w:r>{inline(_graphic('cx', f'<cx:chart r:id={chr(34)}{newer}{chr(34)}/>'), 3)}</w:r>"),
        _p(f"<w:r>{inline(smart_art(made, 'word/diagrams/'), 4)}</w:r>"),
    ]


_URIS = {
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "cx": "http://schemas.microsoft.com/office/drawing/2014/chartex",
    "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
}


def _graphic(kind: str, markup: str) -> str:
    return f'<a:graphicData uri="{_URIS[kind]}">{markup}</a:graphicData>'


def chart_markup(made: Parts) -> str:
    """A column chart of one series."""

    def rich(place: str) -> str:
        return f"<c:title><c:tx><c:rich><a:bodyPr/><a:p>{made.drawn(place)}</a:p></c:rich></c:tx></c:title>"

    return (
        f'<c:chartSpace><c:chart>{rich("chart title")}<c:plotArea><c:layout/><c:barChart><c:barDir val="col"/>'
        '<c:grouping val="clustered"/><c:ser><c:idx val="0"/><c:order val="0"/>'
        f"<c:tx><c:strRef><c:f>Sheet1!$B$1</c:f><c:strCache><c:ptCount val=\"1\"/><c:pt idx=\"0\">"
        f"<c:v>{made.text('chart series')}</c:v></c:pt></c:strCache></c:strRef></c:tx>"
        f"<c:cat><c:strRef><c:f>Sheet1!$A$2</c:f><c:strCache><c:ptCount val=\"1\"/><c:pt idx=\"0\">"
        f"<c:v>{made.text('chart category')}</c:v></c:pt></c:strCache></c:strRef></c:cat>"
        '<c:val><c:numRef><c:f>Sheet1!$B$2</c:f><c:numCache><c:formatCode>General</c:formatCode>'
        '<c:ptCount val="1"/><c:pt idx="0"><c:v>1</c:v></c:pt></c:numCache></c:numRef></c:val></c:ser>'
        '<c:axId val="11"/><c:axId val="12"/></c:barChart>'
        '<c:catAx><c:axId val="11"/><c:scaling/><c:delete val="0"/><c:axPos val="b"/>'
        f'{rich("chart axis")}<c:crossAx val="12"/></c:catAx>'
        '<c:valAx><c:axId val="12"/><c:scaling/><c:delete val="0"/><c:axPos val="l"/>'
        f"<c:numFmt formatCode={made.quoted('chart number format')} sourceLinked=\"0\"/>"
        '<c:crossAx val="11"/></c:valAx></c:plotArea></c:chart></c:chartSpace>'
    )


def newer_chart_markup(made: Parts) -> str:
    """A funnel, of the charts that came with Office 2016."""
    return (
        '<cx:chartSpace><cx:chartData><cx:data id="0"><cx:strDim type="cat"><cx:lvl ptCount="1">'
        f'<cx:pt idx="0">{made.text("newer chart category")}</cx:pt></cx:lvl></cx:strDim></cx:data></cx:chartData>'
        f"<cx:chart><cx:title><cx:tx><cx:rich><a:bodyPr/><a:p>{made.drawn('newer chart title')}</a:p></cx:rich></cx:tx>"
        '</cx:title><cx:plotArea><cx:plotAreaRegion><cx:series layoutId="funnel"><cx:dataId val="0"/></cx:series>'
        "</cx:plotAreaRegion></cx:plotArea></cx:chart></cx:chartSpace>"
    )


def smart_art(made: Parts, folder: str, owner: str | None = None) -> str:
    """A diagram of one node: what shows it."""
    dgm = "drawingml.diagram"
    empty = f"<dgm:layoutDef/>", "<dgm:styleDef/>", "<dgm:colorsDef/>"
    layout, style, colours = (
        made.add(f"{folder}{part}1.xml", markup, f"{dgm}{kind}", relation, owner)
        for part, markup, kind, relation in (
            ("layout", empty[0], "Layout", "diagramLayout"),
            ("quickStyle", empty[1], "Style", "diagramQuickStyle"),
            ("colors", empty[2], "Colors", "diagramColors"),
        )
    )
    shape = (
        '<dsp:drawing><dsp:spTree><dsp:nvGrpSpPr><dsp:cNvPr id="0" name=""/><dsp:cNvGrpSpPr/></dsp:nvGrpSpPr>'
        '<dsp:grpSpPr/><dsp:sp modelId="{00000000-0000-0000-0000-000000000001}"><dsp:nvSpPr>'
        '<dsp:cNvPr id="0" name=""/><dsp:cNvSpPr/></dsp:nvSpPr><dsp:spPr/>'
        f"<dsp:txBody><a:bodyPr/><a:p>{made.drawn('SmartArt drawing')}</a:p></dsp:txBody></dsp:sp></dsp:spTree></dsp:drawing>"
    )
    drawing = made.add(
        f"{folder}drawing1.xml",
        shape,
        "application/vnd.ms-office.drawingml.diagramDrawing+xml",
        "http://schemas.microsoft.com/office/2007/relationships/diagramDrawing",
        owner,
    )
    model = (
        '<dgm:dataModel><dgm:ptLst><dgm:pt modelId="{00000000-0000-0000-0000-000000000001}"><dgm:prSet/><dgm:spPr/>'
        f"<dgm:t><a:bodyPr/><a:p>{made.drawn('SmartArt')}</a:p></dgm:t></dgm:pt></dgm:ptLst><dgm:cxnLst/><dgm:bg/>"
        '<dgm:whole/><dgm:extLst><a:ext uri="http://schemas.microsoft.com/office/drawing/2008/diagram">'
        f'<dsp:dataModelExt relId="{drawing}" minVer="http://schemas.openxmlformats.org/drawingml/2006/diagram"/>'
        "</a:ext></dgm:extLst></dgm:dataModel>"
    )
    data = made.add(f"{folder}data1.xml", model, f"{dgm}Data", "diagramData", owner)
    shown = f'<dgm:relIds r:dm="{data}" r:lo="{layout}" r:qs="{style}" r:cs="{colours}"/>'
    return _graphic("dgm", shown)


def _section(made: Parts) -> str:
    shown = []
    for number, (kind, place) in enumerate(
        (("default", ""), ("first", "first "), ("even", "even ")), start=1
    ):
        for word, tag in (("header", "hdr"), ("footer", "ftr")):
            content = _p(made.word(f"{place}{word}"))
            if word == "header" and number == 1:
                content += _p(
                    '<w:r><w:pict><v:shape id="mark" type="#_x0000_t136" style="width:90pt;height:30pt">'
                    f'<v:textpath style="font-family:Calibri" string={made.quoted("watermark")}/></v:shape></w:pict></w:r>'
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
    block = (
        f"<w:glossaryDocument><w:docParts><w:docPart><w:docPartPr><w:name w:val={made.quoted('name of a building block')}/>"
        f"</w:docPartPr><w:docPartBody>{_p(made.word('building block'))}</w:docPartBody></w:docPart></w:docParts>"
        "</w:glossaryDocument>"
    )
    made.add("word/glossary/document.xml", block, f"{word}document.glossary", "glossaryDocument")
    made.add(
        "word/settings.xml",
        f"<w:settings><w:mailMerge><w:query w:val={made.quoted('mail merge')}/></w:mailMerge><w:docVars>"
        f"<w:docVar w:name=\"v\" w:val={made.quoted('document variable')}/></w:docVars></w:settings>",
        f"{word}settings",
        "settings",
    )
    made.add(
        "word/numbering.xml",
        '<w:numbering><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        f"<w:lvlText w:val={made.quoted('list text')}/></w:lvl></w:abstractNum>"
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>',
        f"{word}numbering",
        "numbering",
    )
    made.add(
        "word/styles.xml",
        f'<w:styles><w:style w:type="paragraph" w:styleId="S"><w:name w:val={made.quoted("style name")}/></w:style></w:styles>',
        f"{word}styles",
        "styles",
    )


def _properties(made: Parts) -> None:
    made.add(
        "customXml/item1.xml",
        f"<facts note={made.quoted('custom XML attribute')}><bound>plain</bound><said>{made.text('custom XML text')}</said></facts>",
        "",
        "customXml",
    )
    made.add(
        "customXml/itemProps1.xml",
        '<ds:datastoreItem xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml" '
        f'ds:itemID="{_STORE}"/>',
        f"{FORMATS}customXmlProperties+xml",
        "customXmlProps",
        "customXml/item1.xml",
    )
    add_properties(made)


def add_properties(made: Parts) -> None:
    """The core, the extended and the custom properties of a file."""
    core = f"<dc:title>{made.text('title of the document')}</dc:title><cp:keywords>{made.text('keywords')}</cp:keywords>"
    made.add(
        "docProps/core.xml",
        f"<cp:coreProperties>{core}</cp:coreProperties>",
        "application/vnd.openxmlformats-package.core-properties+xml",
        _CORE,
        "",
    )
    company = f"<app:Company>{made.text('company')}</app:Company>"
    made.add(
        "docProps/app.xml", f"<app:Properties>{company}</app:Properties>", "extended-properties", "extended-properties", ""
    )
    custom = (
        '<cust:property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" '
        f"name={made.quoted('name of a custom property')}><vt:lpwstr>{made.text('custom property')}</vt:lpwstr></cust:property>"
    )
    made.add(
        "docProps/custom.xml", f"<cust:Properties>{custom}</cust:Properties>", "custom-properties", "custom-properties", ""
    )
