"""Places that Word and PowerPoint files have alike: charts, SmartArt, properties."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.template.packages import FORMATS

if TYPE_CHECKING:
    from tests.template.packages import Parts

STORE = "{11111111-2222-3333-4444-555555555555}"
_CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_URIS = {
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "cx": "http://schemas.microsoft.com/office/drawing/2014/chartex",
    "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
}


def graphic(kind: str, markup: str) -> str:
    """A graphic of Office of this kind, as a drawing holds it."""
    return f'<a:graphicData uri="{_URIS[kind]}">{markup}</a:graphicData>'


def chart_markup(made: Parts) -> str:
    """A column chart of one series."""

    def rich(place: str) -> str:
        return f"<c:title><c:tx><c:rich><a:bodyPr/><a:p>{made.drawn(place)}</a:p></c:rich></c:tx></c:title>"

    return (
        f'<c:chartSpace><c:chart>{rich("chart title")}<c:plotArea><c:layout/><c:barChart><c:barDir val="col"/>'
        '<c:grouping val="clustered"/><c:ser><c:idx val="0"/><c:order val="0"/>'
        f'<c:tx><c:strRef><c:f>Sheet1!$B$1</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0">'
        f"<c:v>{made.text('chart series')}</c:v></c:pt></c:strCache></c:strRef></c:tx>"
        f'<c:cat><c:strRef><c:f>Sheet1!$A$2</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0">'
        f"<c:v>{made.text('chart category')}</c:v></c:pt></c:strCache></c:strRef></c:cat>"
        "<c:val><c:numRef><c:f>Sheet1!$B$2</c:f><c:numCache><c:formatCode>General</c:formatCode>"
        '<c:ptCount val="1"/><c:pt idx="0"><c:v>1</c:v></c:pt></c:numCache></c:numRef></c:val></c:ser>'
        '<c:axId val="11"/><c:axId val="12"/></c:barChart>'
        '<c:catAx><c:axId val="11"/><c:scaling/><c:delete val="0"/><c:axPos val="b"/>'
        f'{rich("chart axis")}<c:crossAx val="12"/></c:catAx>'
        '<c:valAx><c:axId val="12"/><c:scaling/><c:delete val="0"/><c:axPos val="l"/>'
        f'<c:numFmt formatCode={made.quoted("chart number format")} sourceLinked="0"/>'
        '<c:crossAx val="11"/></c:valAx></c:plotArea></c:chart></c:chartSpace>'
    )


def newer_chart(made: Parts, part: str, owner: str | None = None) -> str:
    """A funnel, of the charts that came with Office 2016: the id of its relationship."""
    markup = (
        '<cx:chartSpace><cx:chartData><cx:data id="0"><cx:strDim type="cat"><cx:lvl ptCount="1">'
        f'<cx:pt idx="0">{made.text("newer chart category")}</cx:pt></cx:lvl></cx:strDim></cx:data></cx:chartData>'
        f"<cx:chart><cx:title><cx:tx><cx:rich><a:bodyPr/><a:p>{made.drawn('newer chart title')}</a:p></cx:rich></cx:tx>"
        '</cx:title><cx:plotArea><cx:plotAreaRegion><cx:series layoutId="funnel"><cx:dataId val="0"/></cx:series>'
        "</cx:plotAreaRegion></cx:plotArea></cx:chart></cx:chartSpace>"
    )
    kind = "application/vnd.ms-office.chartex+xml"
    return made.add(part, markup, kind, "http://schemas.microsoft.com/office/2014/relationships/chartEx", owner)


def smart_art(made: Parts, folder: str, owner: str | None = None) -> str:
    """A diagram of one node: what shows it."""
    dgm = "drawingml.diagram"
    layout, style, colours = (
        made.add(f"{folder}{part}1.xml", markup, f"{dgm}{kind}", relation, owner)
        for part, markup, kind, relation in (
            ("layout", "<dgm:layoutDef/>", "Layout", "diagramLayout"),
            ("quickStyle", "<dgm:styleDef/>", "Style", "diagramQuickStyle"),
            ("colors", "<dgm:colorsDef/>", "Colors", "diagramColors"),
        )
    )
    shape = (
        '<dsp:drawing><dsp:spTree><dsp:nvGrpSpPr><dsp:cNvPr id="0" name=""/><dsp:cNvGrpSpPr/></dsp:nvGrpSpPr>'
        '<dsp:grpSpPr/><dsp:sp modelId="{00000000-0000-0000-0000-000000000001}"><dsp:nvSpPr>'
        '<dsp:cNvPr id="0" name=""/><dsp:cNvSpPr/></dsp:nvSpPr><dsp:spPr/>'
        f"<dsp:txBody><a:bodyPr/><a:p>{made.drawn('SmartArt drawing')}</a:p></dsp:txBody></dsp:sp></dsp:spTree>"
        "</dsp:drawing>"
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
    return graphic("dgm", shown)


def add_properties(made: Parts) -> None:
    """The core, the extended and the custom properties of a file."""
    title, keywords = made.text("title of the document"), made.text("keywords")
    core = f"<dc:title>{title}</dc:title><cp:keywords>{keywords}</cp:keywords>"
    made.add(
        "docProps/core.xml",
        f"<cp:coreProperties>{core}</cp:coreProperties>",
        "application/vnd.openxmlformats-package.core-properties+xml",
        _CORE,
        "",
    )
    company = f"<app:Company>{made.text('company')}</app:Company>"
    kind = "extended-properties"
    made.add("docProps/app.xml", f"<app:Properties>{company}</app:Properties>", kind, kind, "")
    custom = (
        '<cust:property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" '
        f"name={made.quoted('name of a custom property')}><vt:lpwstr>{made.text('custom property')}</vt:lpwstr>"
        "</cust:property>"
    )
    kind = "custom-properties"
    made.add("docProps/custom.xml", f"<cust:Properties>{custom}</cust:Properties>", kind, kind, "")


def inline(graphic: str, number: int, *, said: str = "") -> str:
    """A drawing in a line of Word around `graphic`; `said` are more attributes of what names it."""
    name = "" if "name=" in said else f'name="Drawing {number}"'
    return (
        '<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="914400" cy="914400"/>'
        f'<wp:docPr id="{number}" {name} {said}/><a:graphic>{graphic}</a:graphic></wp:inline></w:drawing>'
    )


def add_custom_xml(made: Parts) -> None:
    """A piece of XML of the customer's own."""
    made.add(
        "customXml/item1.xml",
        f"<facts note={made.quoted('custom XML attribute')}><bound>plain</bound>"
        f"<said>{made.text('custom XML text')}</said></facts>",
        "",
        "customXml",
    )
    made.add(
        "customXml/itemProps1.xml",
        '<ds:datastoreItem xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml" '
        f'ds:itemID="{STORE}"/>',
        f"{FORMATS}customXmlProperties+xml",
        "customXmlProps",
        "customXml/item1.xml",
    )
