"""The slide master and its layouts, in place of those that python-pptx brings along."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pptx.oxml import parse_xml

from authoring.deck import geometry as at
from authoring.deck.geometry import Box
from authoring.deck.text import LANGUAGE, escaped
from authoring.palette import MUTED
from govpack.ooxml.names import NS, qn

if TYPE_CHECKING:
    from lxml import etree
    from pptx.presentation import Presentation

_NAMESPACES = " ".join(f'xmlns:{prefix}="{NS[prefix]}"' for prefix in ("a", "r", "p"))
# What stands at the foot of every slide: that it stays inside, how far it may travel there, and whether it is agreed.
# A title that would take a second line is left to the cover.
FOOTER_TEXT = (
    "INTERNAL · {{ organisation.name }}{% if (organisation.name ~ pack.title) | lines(130) <= 1 %} · {{ pack.title }}"
    "{% endif %} · {{ pack.confidentiality }} · {{ pack.status_label }}"
)
_MUTED_FILL = f'<a:solidFill><a:srgbClr val="{MUTED}"/></a:solidFill>'
NUMBER_FIELD = "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}"

TITLE_SLIDE, TEXT, EXHIBIT_ONLY, EXHIBIT_AND_TEXT = range(4)
NOTE_INDEX, PANEL_INDEX, DETAIL_INDEX = 10, 11, 12


@dataclass(frozen=True, slots=True)
class _Layout:
    name: str
    type: str
    shapes: tuple[str, ...]
    background: str = ""


def _level(number: int, size: int, bullet: str, margin: int, indent: int, space: int) -> str:
    mark = f'<a:buClr><a:schemeClr val="accent2"/></a:buClr><a:buFont typeface="Arial"/><a:buChar char="{bullet}"/>'
    return (
        f'<a:lvl{number}pPr marL="{margin}" indent="{-indent}" algn="l" defTabSz="914400" rtl="0" eaLnBrk="1" '
        f'latinLnBrk="0" hangingPunct="1"><a:lnSpc><a:spcPct val="100000"/></a:lnSpc>'
        f'<a:spcBef><a:spcPts val="{space}"/></a:spcBef>{mark if bullet else "<a:buNone/>"}'
        f'<a:defRPr sz="{size}" kern="1200"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill>'
        '<a:latin typeface="+mn-lt"/><a:ea typeface="+mn-ea"/><a:cs typeface="+mn-cs"/></a:defRPr>'
        f"</a:lvl{number}pPr>"
    )


def _text_styles() -> str:
    title = (
        '<a:lvl1pPr algn="l" defTabSz="914400" rtl="0" eaLnBrk="1" latinLnBrk="0" hangingPunct="1">'
        '<a:lnSpc><a:spcPct val="95000"/></a:lnSpc><a:spcBef><a:spcPct val="0"/></a:spcBef><a:buNone/>'
        '<a:defRPr sz="2600" b="1" kern="1200"><a:solidFill><a:schemeClr val="tx2"/></a:solidFill>'
        '<a:latin typeface="+mj-lt"/><a:ea typeface="+mj-ea"/><a:cs typeface="+mj-cs"/></a:defRPr></a:lvl1pPr>'
    )
    body = _level(1, 1800, "•", 228600, 228600, 900) + _level(2, 1600, "–", 457200, 228600, 400)
    body += "".join(_level(number, 1400, "•", 228600 * (number + 1), 228600, 300) for number in range(3, 10))
    other = "".join(_level(number, 1800, "", 457200 * (number - 1), 0, 0) for number in range(1, 10))
    return (
        f"<p:txStyles {_NAMESPACES}><p:titleStyle>{title}</p:titleStyle><p:bodyStyle>{body}</p:bodyStyle>"
        f"<p:otherStyle>{other}</p:otherStyle></p:txStyles>"
    )


def placeholder_xml(
    identifier: int,
    name: str,
    kind: str,
    box: Box | None,
    text: str,
    *,
    style: str = "",
    body: str = "",
    fill: str = "",
) -> str:
    """A placeholder; `kind` holds the attributes of its p:ph, `style` its list style, `body` attributes of bodyPr.

    Without a box it stands where the layout has it.
    """
    paragraphs = text if text.startswith("<") else f'<a:p><a:r><a:rPr lang="{LANGUAGE}"/><a:t>{text}</a:t></a:r></a:p>'
    place = f'{box.xfrm}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{fill}' if box else ""
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{identifier}" name="{name}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f"<p:nvPr><p:ph {kind}/></p:nvPr></p:nvSpPr><p:spPr>{place}</p:spPr>"
        f"<p:txBody><a:bodyPr{body}/><a:lstStyle>{style}</a:lstStyle>{paragraphs}</p:txBody></p:sp>"
    )


def _rule(identifier: int, name: str, box: Box, colour: str) -> str:
    """A line (no height) or a bar, for looks only."""
    line = (
        '<a:ln w="6350"><a:solidFill><a:schemeClr val="bg1"><a:lumMod val="75000"/></a:schemeClr></a:solidFill></a:ln>'
    )
    fill = f'<a:solidFill><a:schemeClr val="{colour}"/></a:solidFill><a:ln><a:noFill/></a:ln>'
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{identifier}" name="{name}"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr>'
        f'<p:spPr>{box.xfrm}<a:prstGeom prst="{"rect" if box.h else "line"}"><a:avLst/></a:prstGeom>'
        f'{fill if box.h else line}</p:spPr><p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr lang="{LANGUAGE}"/>'
        "</a:p></p:txBody></p:sp>"
    )


def number_field_xml() -> str:
    """A paragraph with the slide's number as a live field."""
    return (
        f'<a:p><a:fld id="{NUMBER_FIELD}" type="slidenum"><a:rPr lang="{LANGUAGE}"/><a:t>‹#›</a:t></a:fld>'
        f'<a:endParaRPr lang="{LANGUAGE}"/></a:p>'
    )


def footer_shapes_xml(first_id: int, *, boxes: bool = False) -> str:
    """Footer and slide number, as the master places them (`boxes`) or as layouts and slides inherit them."""
    small = f'<a:lvl1pPr algn="{{}}"><a:defRPr sz="1000">{_MUTED_FILL}</a:defRPr></a:lvl1pPr>'
    insets = ' lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"'
    footer = placeholder_xml(
        first_id,
        "Footer",
        'type="ftr" sz="quarter" idx="3"',
        at.FOOTER if boxes else None,
        escaped(FOOTER_TEXT),
        style=small.format("l") if boxes else "",
        body=insets if boxes else "",
    )
    number = placeholder_xml(
        first_id + 1,
        "Slide number",
        'type="sldNum" sz="quarter" idx="4"',
        at.SLIDE_NUMBER if boxes else None,
        number_field_xml(),
        style=small.format("r") if boxes else "",
        body=insets if boxes else "",
    )
    return footer + number


def _tree(shapes: str, background: str, name: str = "") -> str:
    named = f' name="{name}"' if name else ""
    fill = f'<p:bg><p:bgPr><a:solidFill><a:schemeClr val="{background}"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>'
    return (
        f"<p:cSld {_NAMESPACES}{named}>{fill if background else ''}<p:spTree>"
        '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>'
        '<a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>'
        f"{shapes}</p:spTree></p:cSld>"
    )


def _style(size: int, colour: str = "tx1", *, bullet: bool = True, space: int = 0, attributes: str = "") -> str:
    mark = "" if bullet else "<a:buNone/>"
    plain = "" if bullet else ' marL="0" indent="0"'
    before = f'<a:spcBef><a:spcPts val="{space}"/></a:spcBef>' if space else ""
    return (
        f'<a:lvl1pPr{plain}>{before}{mark}<a:defRPr sz="{size}"{attributes}><a:solidFill><a:schemeClr val="{colour}"/>'
        "</a:solidFill></a:defRPr></a:lvl1pPr>"
    )


def _layouts() -> tuple[_Layout, ...]:
    note_style = (
        '<a:lvl1pPr marL="0" indent="0"><a:spcBef><a:spcPts val="0"/></a:spcBef><a:buNone/><a:defRPr sz="1200">'
        f"{_MUTED_FILL}</a:defRPr></a:lvl1pPr>"
    )
    insets = ' lIns="0" tIns="0" rIns="0" bIns="0"'
    title = placeholder_xml(2, "Title", 'type="title"', None, "The message of this slide, in a sentence")
    note = placeholder_xml(
        8,
        "Note",
        f'type="body" sz="quarter" idx="{NOTE_INDEX}"',
        at.NOTE,
        "Source, date and definitions",
        style=note_style,
        body=f'{insets} anchor="b"',
    )
    panel = placeholder_xml(
        9,
        "Key points",
        f'type="body" sz="half" idx="{PANEL_INDEX}"',
        at.PANEL,
        "What the exhibit shows",
        style=_style(1600, space=1000),
        body=' lIns="182880" tIns="91440" rIns="182880" bIns="91440" anchor="ctr"',
        fill='<a:solidFill><a:schemeClr val="bg2"/></a:solidFill>',
    )
    text = placeholder_xml(3, "Text", 'type="body" idx="1"', at.CONTENT, "Text", body=insets)
    return (
        _Layout(
            "Title",
            "title",
            (
                placeholder_xml(
                    2,
                    "Title",
                    'type="ctrTitle"',
                    Box(0.9, 1.5, 11.2, 1.7),
                    "Title of the deck",
                    style=_style(4400, "bg1", bullet=False, attributes=' b="1"'),
                    body=f'{insets} anchor="b"',
                ),
                _rule(7, "Accent", Box(0.9, 3.42, 1.6, 0.07), "accent2"),
                placeholder_xml(
                    3,
                    "Subtitle",
                    'type="subTitle" idx="1"',
                    Box(0.9, 3.7, 11.2, 0.6),
                    "What it is, and for whom",
                    style=_style(2400, "bg1", bullet=False),
                    body=insets,
                ),
                placeholder_xml(
                    4,
                    "Details",
                    f'type="body" sz="half" idx="{DETAIL_INDEX}"',
                    Box(0.9, 4.7, 11.2, 1.9),
                    "Organisation, date, status, owner",
                    style=_style(1600, "bg2", bullet=False, space=400),
                    body=insets,
                ),
            ),
            background="tx2",
        ),
        _Layout("Title and text", "obj", (title, text, note, footer_shapes_xml(5))),
        _Layout("Title and exhibit", "titleOnly", (title, note, footer_shapes_xml(5))),
        _Layout("Title, exhibit and key points", "cust", (title, panel, note, footer_shapes_xml(5))),
    )


def apply_master(presentation: Presentation) -> None:
    """Make the slides 16:9, and put our master and its four layouts in place of python-pptx's eleven."""
    presentation.slide_width, presentation.slide_height = at.SLIDE_WIDTH, at.SLIDE_HEIGHT  # type: ignore[assignment]
    layouts = presentation.slide_layouts
    wanted = _layouts()
    for spare in list(layouts)[len(wanted) :]:
        layouts.remove(spare)
    master_shapes = (
        placeholder_xml(
            2,
            "Title",
            'type="title"',
            at.TITLE,
            "The message of this slide, in a sentence",
            body=' lIns="0" tIns="0" rIns="0" bIns="0" anchor="b"',
        )
        + placeholder_xml(
            3, "Text", 'type="body" idx="1"', at.CONTENT, "Text", body=' lIns="0" tIns="0" rIns="0" bIns="0"'
        )
        + footer_shapes_xml(5, boxes=True)
        + _rule(7, "Title rule", at.TITLE_RULE, "accent2")
        + _rule(8, "Footer rule", at.FOOTER_RULE, "bg2")
    )
    master = presentation.slide_master.element
    _replace(master, "p:cSld", _tree(master_shapes, "bg1"))
    _replace(master, "p:txStyles", _text_styles())
    for layout, drawn in zip(layouts, wanted, strict=True):
        element = layout.element
        _replace(element, "p:cSld", _tree("".join(drawn.shapes), drawn.background, drawn.name))
        element.set("type", drawn.type)
        element.set("preserve", "1")
        if drawn.type == "title":
            # The cover carries neither the rules nor the footer of the master.
            element.set("showMasterSp", "0")
        for extension in element.findall(qn("p:extLst")):
            element.remove(extension)


def _replace(root: etree._Element, name: str, xml: str) -> None:
    """Put new children into the element `name` of `root`; the element itself stays, as python-pptx points at it."""
    old, new = root.find(qn(name)), parse_xml(xml)
    assert old is not None
    for child in list(old):
        old.remove(child)
    old.attrib.clear()
    old.attrib.update(new.attrib)
    old.extend(copy.copy(child) for child in new)
