"""A PowerPoint file with a text in each place that can hold one."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from tests.template.packages import Parts, Place
from tests.template.shared_places import add_properties, chart_markup, newer_chart, smart_art

if TYPE_CHECKING:
    from tests.template.packages import Says

_MAIN = "ppt/presentation.xml"
_SLIDE = "ppt/slides/slide1.xml"
_MODERN = "http://schemas.microsoft.com/office/2018/10/relationships/"
_CHARTS = "ppt/charts/chart1.xml"

IN_DECK = (
    Place("title", _SLIDE, "slide 1"),
    Place("field", _SLIDE, "slide 1", runs=False),
    Place("table", _SLIDE, "table 1, row 1, cell 1"),
    Place("group", _SLIDE, "slide 1"),
    Place("connector", _SLIDE, "alternative text", runs=False),
    Place("description", _SLIDE, "alternative text", runs=False),
    Place("title of a shape", _SLIDE, "alternative text", runs=False),
    Place("name of a shape", _SLIDE, "name", runs=False),
    Place("link target", "ppt/slides/_rels/slide1.xml.rels", "target of a link", runs=False, target=True),
    Place("link tooltip", _SLIDE, "tooltip", runs=False),
    Place("formula", _SLIDE, "slide 1"),
    Place("notes", "ppt/notesSlides/notesSlide1.xml", "notes"),
    Place("layout", "ppt/slideLayouts/slideLayout1.xml", "layout"),
    Place("name of a layout", "ppt/slideLayouts/slideLayout1.xml", "layout", runs=False),
    Place("master", "ppt/slideMasters/slideMaster1.xml", "slide master"),
    Place("notes master", "ppt/notesMasters/notesMaster1.xml", "notes master"),
    Place("handout master", "ppt/handoutMasters/handoutMaster1.xml", "handout master"),
    Place("theme name", "ppt/theme/theme1.xml", "theme", runs=False),
    Place("chart title", _CHARTS, "chart"),
    Place("chart category", _CHARTS, "chart", runs=False),
    Place("chart series", _CHARTS, "chart", runs=False),
    Place("chart axis", _CHARTS, "chart"),
    Place("chart number format", _CHARTS, "chart", runs=False),
    Place("text on a chart", "ppt/drawings/drawing1.xml", "chart"),
    Place("newer chart title", "ppt/charts/chartEx1.xml", "chart"),
    Place("newer chart category", "ppt/charts/chartEx1.xml", "chart", runs=False),
    Place("SmartArt", "ppt/diagrams/data1.xml", "SmartArt"),
    Place("SmartArt drawing", "ppt/diagrams/drawing1.xml", "SmartArt"),
    Place("comment", "ppt/comments/comment1.xml", "comments", runs=False),
    Place("comment author", "ppt/commentAuthors.xml", "comments", runs=False),
    Place("threaded comment", "ppt/comments/modernComment1.xml", "comments"),
    Place("reply", "ppt/comments/modernComment1.xml", "comments"),
    Place("author of threads", "ppt/authors.xml", "comments", runs=False),
    Place("section name", _MAIN, "name of a section", runs=False),
    Place("custom show", _MAIN, "name of a custom show", runs=False),
    Place("slide tag", "ppt/tags/tag1.xml", "slide 1", runs=False),
    Place("title of the document", "docProps/core.xml", "document properties", runs=False),
    Place("keywords", "docProps/core.xml", "document properties", runs=False),
    Place("company", "docProps/app.xml", "document properties", runs=False),
    Place("custom property", "docProps/custom.xml", "custom properties", runs=False),
    Place("name of a custom property", "docProps/custom.xml", "custom properties", runs=False),
)


def deck_file(says: Says) -> bytes:
    """A deck whose places say what `says` gives for them."""
    made = Parts(_MAIN, "presentationml.presentation", says)
    slide = made.relate(None, "slide", _SLIDE)
    made.types[_SLIDE] = _kind("slide")
    masters = _masters(made)
    made.add(_SLIDE, f"<p:sld><p:cSld>{_tree(*_shapes(made))}</p:cSld></p:sld>")
    _comments(made)
    add_properties(made)
    sections = (
        '<p:extLst><p:ext uri="{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"><p14:sectionLst>'
        f'<p14:section name={made.quoted("section name")} id="{{6DE1F7E1-0000-4000-8000-000000000001}}">'
        '<p14:sldIdLst><p14:sldId id="256"/></p14:sldIdLst></p14:section></p14:sectionLst></p:ext></p:extLst>'
    )
    shows = (
        f'<p:custShowLst><p:custShow name={made.quoted("custom show")} id="0"><p:sldLst><p:sld r:id="{slide}"/>'
        "</p:sldLst></p:custShow></p:custShowLst>"
    )
    made.add(
        _MAIN,
        f'<p:presentation>{masters}<p:sldIdLst><p:sldId id="256" r:id="{slide}"/></p:sldIdLst>'
        f'<p:sldSz cx="9144000" cy="6858000"/><p:notesSz cx="6858000" cy="9144000"/>{shows}{sections}</p:presentation>',
    )
    return made.write()


def _kind(name: str) -> str:
    return f"application/vnd.openxmlformats-officedocument.presentationml.{name}+xml"


def _tree(*shapes: str) -> str:
    named = '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>'
    return f"<p:spTree>{named}{''.join(shapes)}</p:spTree>"


def _shape(number: int, text: str, *, said: str = "", placeholder: str = "", inside: str = "") -> str:
    held = f'<p:ph type="{placeholder}"/>' if placeholder else ""
    name = "" if "name=" in said else f'name="Shape {number}"'
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" {name} {said}>{inside}</p:cNvPr><p:cNvSpPr/><p:nvPr>{held}</p:nvPr>'
        f"</p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:p>{text}</a:p></p:txBody></p:sp>"
    )


def _frame(number: int, graphic: str) -> str:
    return (
        f'<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="{number}" name="Frame {number}"/><p:cNvGraphicFramePr/>'
        '<p:nvPr/></p:nvGraphicFramePr><p:xfrm><a:off x="0" y="0"/><a:ext cx="914400" cy="914400"/></p:xfrm>'
        f"<a:graphic>{graphic}</a:graphic></p:graphicFrame>"
    )


def _shapes(made: Parts) -> list[str]:
    target = f"https://example.com/a{''.join(made.said('link target'))}z"
    link = made.relate(_SLIDE, "hyperlink", target, external=True)
    click = f'<a:hlinkClick r:id="{link}" tooltip={made.quoted("link tooltip")}/>'
    described = (
        f"name={made.quoted('name of a shape')} descr={made.quoted('description')} "
        f"title={made.quoted('title of a shape')}"
    )
    identifier = "{1B5B8E5A-0000-4000-8000-000000000001}"
    field = f'<a:fld id="{identifier}" type="slidenum"><a:t>{made.text("field")}</a:t></a:fld>'
    formula = "".join(f"<m:r><a:rPr/><m:t>{escape(piece)}</m:t></m:r>" for piece in made.said("formula"))
    table = (
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/table"><a:tbl><a:tblPr/><a:tblGrid>'
        f'<a:gridCol w="900"/></a:tblGrid><a:tr h="900"><a:tc><a:txBody><a:bodyPr/><a:p>{made.drawn("table")}</a:p>'
        "</a:txBody><a:tcPr/></a:tc></a:tr></a:tbl></a:graphicData>"
    )
    group = (
        '<p:grpSp><p:nvGrpSpPr><p:cNvPr id="20" name="Group"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>'
        f"{_shape(21, made.drawn('group'))}</p:grpSp>"
    )
    connector = (
        f'<p:cxnSp><p:nvCxnSpPr><p:cNvPr id="22" name="Line" descr={made.quoted("connector")}/><p:cNvCxnSpPr/><p:nvPr/>'
        "</p:nvCxnSpPr><p:spPr/></p:cxnSp>"
    )
    chart = made.add(_CHARTS, chart_markup(made), "drawingml.chart", "chart", _SLIDE)
    overlay = (
        '<c:userShapes><cdr:relSizeAnchor xmlns:cdr="http://schemas.openxmlformats.org/drawingml/2006/chartDrawing">'
        f"<cdr:sp><cdr:txBody><a:bodyPr/><a:p>{made.drawn('text on a chart')}</a:p></cdr:txBody></cdr:sp>"
        "</cdr:relSizeAnchor></c:userShapes>"
    )
    made.add("ppt/drawings/drawing1.xml", overlay, "drawingml.chartshapes", "chartUserShapes", _CHARTS)
    newer = newer_chart(made, "ppt/charts/chartEx1.xml", _SLIDE)
    data = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    newest = "http://schemas.microsoft.com/office/drawing/2014/chartex"
    return [
        _shape(2, made.drawn("title"), placeholder="title"),
        _shape(3, "", said=described, inside=click),
        _shape(4, field),
        _shape(
            5,
            f'<a14:m xmlns:a14="http://schemas.microsoft.com/office/drawing/2010/main"><m:oMath>{formula}</m:oMath></a14:m>',
        ),
        group,
        connector,
        _frame(6, table),
        _frame(7, f'<a:graphicData uri="{data}"><c:chart r:id="{chart}"/></a:graphicData>'),
        _frame(8, f'<a:graphicData uri="{newest}"><cx:chart r:id="{newer}"/></a:graphicData>'),
        _frame(9, smart_art(made, "ppt/diagrams/", _SLIDE)),
    ]


_MAP = (
    '<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" '
    'accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/>'
)


def _masters(made: Parts) -> str:
    master, layout = "ppt/slideMasters/slideMaster1.xml", "ppt/slideLayouts/slideLayout1.xml"
    made.add(
        layout,
        f"<p:sldLayout><p:cSld name={made.quoted('name of a layout')}>{_tree(_shape(2, made.drawn('layout')))}</p:cSld>"
        "</p:sldLayout>",
        _kind("slideLayout"),
        "slideLayout",
        _SLIDE,
    )
    made.relate(layout, "slideMaster", master)
    held = made.relate(master, "slideLayout", layout)
    made.add("ppt/theme/theme1.xml", f"<a:theme name={made.quoted('theme name')}/>", "theme", "theme", master)
    shapes = _tree(_shape(2, made.drawn("master")))
    layouts = f'<p:sldLayoutIdLst><p:sldLayoutId id="2147483649" r:id="{held}"/></p:sldLayoutIdLst>'
    markup = f"<p:sldMaster><p:cSld>{shapes}</p:cSld>{_MAP}{layouts}</p:sldMaster>"
    shown = made.add(master, markup, _kind("slideMaster"), "slideMaster")
    listed = f'<p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="{shown}"/></p:sldMasterIdLst>'
    for kind, tag in (("notes", "notesMaster"), ("handout", "handoutMaster")):
        text = _tree(_shape(2, made.drawn(f"{kind} master")))
        identifier = made.add(
            f"ppt/{tag}s/{tag}1.xml", f"<p:{tag}><p:cSld>{text}</p:cSld>{_MAP}</p:{tag}>", _kind(tag), tag
        )
        listed += f'<p:{tag}IdLst><p:{tag}Id r:id="{identifier}"/></p:{tag}IdLst>'
    notes = "ppt/notesSlides/notesSlide1.xml"
    text = _tree(_shape(2, made.drawn("notes"), placeholder="body"))
    made.add(notes, f"<p:notes><p:cSld>{text}</p:cSld></p:notes>", _kind("notesSlide"), "notesSlide", _SLIDE)
    made.relate(notes, "slide", _SLIDE)
    made.relate(notes, "notesMaster", "ppt/notesMasters/notesMaster1.xml")
    return listed


def _comments(made: Parts) -> None:
    made.add(
        "ppt/commentAuthors.xml",
        f'<p:cmAuthorLst><p:cmAuthor id="0" name={made.quoted("comment author")} initials="A" lastIdx="1" '
        'clrIdx="0"/></p:cmAuthorLst>',
        _kind("commentAuthors"),
        "commentAuthors",
    )
    made.add(
        "ppt/comments/comment1.xml",
        f'<p:cmLst><p:cm authorId="0" idx="1"><p:pos x="1" y="1"/><p:text>{made.text("comment")}</p:text></p:cm>'
        "</p:cmLst>",
        _kind("comments"),
        "comments",
        _SLIDE,
    )
    author = "{00000000-0000-0000-0000-000000000009}"
    made.add(
        "ppt/authors.xml",
        f'<p188:authorLst><p188:author id="{author}" name={made.quoted("author of threads")} userId="u" '
        'providerId="n"/></p188:authorLst>',
        "application/vnd.ms-powerpoint.authors+xml",
        f"{_MODERN}authors",
    )

    def body(place: str) -> str:
        return f"<p188:txBody><a:bodyPr/><a:p>{made.drawn(place)}</a:p></p188:txBody>"

    made.add(
        "ppt/comments/modernComment1.xml",
        f'<p188:cmLst><p188:cm id="{{00000000-0000-0000-0000-000000000001}}" authorId="{author}"><p188:replyLst>'
        f'<p188:reply id="{{00000000-0000-0000-0000-000000000002}}" authorId="{author}">{body("reply")}</p188:reply>'
        f"</p188:replyLst>{body('threaded comment')}</p188:cm></p188:cmLst>",
        "application/vnd.ms-powerpoint.comments+xml",
        f"{_MODERN}comments",
        _SLIDE,
    )
    made.add(
        "ppt/tags/tag1.xml",
        f'<p:tagLst><p:tag name="T" val={made.quoted("slide tag")}/></p:tagLst>',
        _kind("tags"),
        "tags",
        _SLIDE,
    )
