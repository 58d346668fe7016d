"""Native shapes that data puts in their places: bars, signs, lines and labels, repeated by their alternative texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pptx.oxml import parse_xml

from authoring.deck.text import LANGUAGE, escaped, write_paragraphs
from govpack.ooxml.names import NS, qn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pptx.slide import Slide

    from authoring.deck.geometry import Box
    from authoring.deck.text import Content

_DECORATIVE = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)


@dataclass(frozen=True, slots=True)
class Look:
    """The form of a shape (``rect``, ``diamond``, ``line``), its ground and its outline as colours of the theme.

    A colour ending in ``-tint`` is the theme's, four fifths lighter. `insets` are left, top, right and bottom in EMU,
    `anchor` is where text stands: ``t`` or ``ctr``.
    """

    form: str = "rect"
    ground: str = ""
    outline: str = ""
    insets: tuple[int, int, int, int] = (0, 0, 0, 0)
    anchor: str = "ctr"
    decorative: bool = False


def add_drawn(
    slide: Slide, name: str, box: Box, tag: str, look: Look, contents: Sequence[Content] = (), *, size: float = 12
) -> None:
    """A shape at `box` whose alternative text is `tag`; one that says nothing to a reader is `look.decorative`."""
    tree = slide.shapes._spTree
    properties = (
        f'<p:cNvPr id="{tree.max_shape_id + 1}" name="{name}" descr="{escaped(tag)}">'
        f"{_DECORATIVE if look.decorative else ''}</p:cNvPr>"
    )
    fill = _fill(look.ground) if look.form != "line" else ""
    outline = f'<a:ln w="9525">{_fill(look.outline)}</a:ln>'
    geometry = f'<a:prstGeom prst="{look.form}"><a:avLst/></a:prstGeom>{fill}{outline}'
    spaces = f'xmlns:p="{NS["p"]}" xmlns:a="{NS["a"]}"'
    if look.form == "line":
        tree.append(
            parse_xml(
                f"<p:cxnSp {spaces}><p:nvCxnSpPr>{properties}<p:cNvCxnSpPr/><p:nvPr/></p:nvCxnSpPr>"
                f"<p:spPr>{box.xfrm}{geometry}</p:spPr></p:cxnSp>"
            )
        )
        return
    insets = zip(("lIns", "tIns", "rIns", "bIns"), look.insets, strict=True)
    sides = " ".join(f'{side}="{inset}"' for side, inset in insets)
    shape = parse_xml(
        f"<p:sp {spaces}><p:nvSpPr>{properties}<p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>{box.xfrm}{geometry}</p:spPr>"
        f'<p:txBody><a:bodyPr wrap="square" {sides} anchor="{look.anchor}"><a:noAutofit/></a:bodyPr><a:lstStyle/>'
        f'<a:p><a:endParaRPr lang="{LANGUAGE}"/></a:p></p:txBody></p:sp>'
    )
    tree.append(shape)
    if contents:
        write_paragraphs(shape.find(qn("p:txBody")), contents, size=size)


def _fill(colour: str) -> str:
    if not colour:
        return "<a:noFill/>"
    name, _, tint = colour.partition("-")
    shade = '<a:lumMod val="20000"/><a:lumOff val="80000"/>' if tint else ""
    return f'<a:solidFill><a:schemeClr val="{name}">{shade}</a:schemeClr></a:solidFill>'
