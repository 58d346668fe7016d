"""The DrawingML theme part: the palette and the fonts as Word's and PowerPoint's pickers offer them."""

from __future__ import annotations

from authoring.palette import (
    ACCENT,
    AMBER,
    FONT_BODY,
    FONT_HEADING,
    GREEN,
    INK,
    MUTED,
    NAVY,
    PAPER,
    RED,
    TINT,
)
from govpack.ooxml.names import NS

_COLOURS = {
    "dk1": INK,
    "lt1": PAPER,
    "dk2": NAVY,
    "lt2": TINT,
    "accent1": NAVY,
    "accent2": ACCENT,
    "accent3": "7C8796",
    "accent4": AMBER,
    "accent5": RED,
    "accent6": GREEN,
    "hlink": ACCENT,
    "folHlink": MUTED,
}


def theme_xml(name: str = "govpack") -> str:
    """A theme without effects: flat fills, hairlines, one heading and one body font."""
    colours = "".join(f'<a:{key}><a:srgbClr val="{value}"/></a:{key}>' for key, value in _COLOURS.items())
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    lines = "".join(f'<a:ln w="{width}">{fill}</a:ln>' for width in (6350, 12700, 19050))
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'<a:theme xmlns:a="{NS["a"]}" name="{name}"><a:themeElements>'
        f'<a:clrScheme name="{name}">{colours}</a:clrScheme>'
        f'<a:fontScheme name="{name}">{_font("major", FONT_HEADING)}{_font("minor", FONT_BODY)}</a:fontScheme>'
        f'<a:fmtScheme name="{name}"><a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>{lines}</a:lnStyleLst>'
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst>"
        "</a:fmtScheme></a:themeElements></a:theme>"
    )


def _font(role: str, face: str) -> str:
    return f'<a:{role}Font><a:latin typeface="{face}"/><a:ea typeface=""/><a:cs typeface=""/></a:{role}Font>'
