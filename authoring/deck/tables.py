"""Native tables on slides, in one style that a person can pick in PowerPoint, too."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pptx.enum.text import MSO_VERTICAL_ANCHOR

from authoring.deck.fit import LINE, letters
from authoring.deck.geometry import EMU, ROOM
from authoring.deck.text import Para, Run, write_paragraphs
from govpack.ooxml.names import NS, qn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pptx.slide import Slide

    from authoring.deck.geometry import Box

STYLE_ID = "{5D6C3C4E-7F0B-4D0A-9C55-0A8E3B1F7C21}"
_ROW_HEIGHT = 0.32
_INSET = 0.07


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its width in inches, what its cell in the repeated row says, and how that is aligned.

    `fits` names the fields of the row whose texts stand in the cell, where they may be long: by them rows are counted.
    """

    heading: str
    width: float
    cell: str | tuple[Run, ...]
    align: str = "l"
    fits: str = ""


def paged(rows: str, columns: Sequence[Column], *, size: float, padding: float, height: float = ROOM) -> str:
    """`rows` in pages of what a table of `columns` holds in `height` inches, its heads included."""
    line = size * LINE
    heads = max(len(textwrap.wrap(each.heading, letters(each.width - 2 * _INSET, size, bold=True))) for each in columns)
    apart = 2 * padding * 72 / line
    room = height * 72 / line - heads - apart
    widths = ", ".join(
        f'"{each.fits}": {letters(each.width - 2 * _INSET, size, bold=not number)}'
        for number, each in enumerate(columns)
        if each.fits
    )
    return f"({rows}) | pages({room:.1f}, {{{widths}}}, {apart:.2f})"


def paged_texts(rows: str, box: Box, *, size: float, apart: float, indent: float = 0.25) -> str:
    """Texts in pages of what stands in `box` as a list at `size` points, `apart` points between them."""
    line = size * LINE
    return f"({rows}) | pages({box.h * 72 / line:.1f}, {letters(box.w - indent, size)}, {apart / line:.2f})"


def add_table(
    slide: Slide,
    name: str,
    alt: str,
    place: tuple[float, float],
    columns: Sequence[Column],
    *,
    loop: str,
    size: float = 12,
    padding: float = 0.06,
) -> None:
    """A table with its top left corner at `place` (inches): a heading row, and one row repeated by `loop`.

    The loop opens in the row's first cell and closes in its last, which is how the engine knows that it repeats
    the row. `size` is that of the text in points, `padding` the space above and below it in inches.
    """
    width = sum(column.width for column in columns)
    x, y, w, h = (round(value * EMU) for value in (*place, width, 2 * _ROW_HEIGHT))
    shapes: Any = slide.shapes  # python-pptx's types know lengths, and nothing of what lies beneath
    frame = shapes.add_table(2, len(columns), x, y, w, h)
    frame.name = name
    frame._element.nvGraphicFramePr.cNvPr.set("descr", alt)
    table = frame.table
    table._tbl.tblPr.find(qn("a:tableStyleId")).text = STYLE_ID
    table.first_col, table.horz_banding = True, False
    for row in table.rows:
        # A row of one line is no higher than its line, or rows would be counted too low.
        row.height = round(min(_ROW_HEIGHT, size * LINE / 72 + 2 * padding) * EMU)
    for index, column in enumerate(columns):
        table.columns[index].width = round(column.width * EMU)
        runs = list(Para(column.cell).runs)
        if index == 0:
            runs.insert(0, Run(f"{{% for {loop} %}}"))
        if index == len(columns) - 1:
            runs.append(Run("{% endfor %}"))
        _write(table.cell(0, index), Para(column.heading, align=column.align), size, padding)
        _write(table.cell(1, index), Para(tuple(runs), align=column.align), size, padding)


def add_grid(
    slide: Slide,
    name: str,
    alt: str,
    place: tuple[float, float],
    widths: Sequence[float],
    rows: Sequence[Sequence[str]],
    *,
    size: float = 12,
    height: float = _ROW_HEIGHT,
    padding: float = 0.06,
    align: str = "l",
) -> None:
    """A table of fixed rows, the first of them its heads; columns of `widths` and rows of `height` at least, in inches.

    `align` is how all cells but those of the first column are aligned; centred ones are so from top to bottom, too.
    """
    x, y, w, h = (round(value * EMU) for value in (*place, sum(widths), height * len(rows)))
    shapes: Any = slide.shapes  # python-pptx's types know lengths, and nothing of what lies beneath
    frame = shapes.add_table(len(rows), len(widths), x, y, w, h)
    frame.name = name
    frame._element.nvGraphicFramePr.cNvPr.set("descr", alt)
    table = frame.table
    table._tbl.tblPr.find(qn("a:tableStyleId")).text = STYLE_ID
    table.first_col, table.horz_banding = True, False
    for index, width in enumerate(widths):
        table.columns[index].width = round(width * EMU)
    for number, texts in enumerate(rows):
        table.rows[number].height = round((height if number else _ROW_HEIGHT) * EMU)
        for index, text in enumerate(texts):
            cell = table.cell(number, index)
            _write(cell, Para(text, align=align if index else "l"), size, padding)
            if align == "ctr":
                cell.vertical_anchor = MSO_VERTICAL_ANCHOR.MIDDLE


def _write(cell: Any, para: Para, size: float, padding: float) -> None:
    write_paragraphs(cell._tc.txBody, [para], size=size)
    cell.margin_left = cell.margin_right = round(_INSET * EMU)
    cell.margin_top = cell.margin_bottom = round(padding * EMU)


def table_styles_xml() -> str:
    """The part ppt/tableStyles.xml: a navy heading row, hairlines between rows, the first column in bold."""
    none = "<a:ln><a:noFill/></a:ln>"
    hair = '<a:ln w="6350" cmpd="sng"><a:solidFill><a:schemeClr val="accent3"/></a:solidFill></a:ln>'
    borders = "".join(
        f"<a:{side}>{hair if side in ('bottom', 'insideH') else none}</a:{side}>"
        for side in ("left", "right", "top", "bottom", "insideH", "insideV")
    )
    font = '<a:fontRef idx="minor"><a:prstClr val="black"/></a:fontRef>'
    return (
        f'<a:tblStyleLst xmlns:a="{NS["a"]}" def="{STYLE_ID}"><a:tblStyle styleId="{STYLE_ID}" styleName="govpack">'
        f'<a:wholeTbl><a:tcTxStyle>{font}<a:schemeClr val="tx1"/></a:tcTxStyle>'
        f"<a:tcStyle><a:tcBdr>{borders}</a:tcBdr><a:fill><a:noFill/></a:fill></a:tcStyle></a:wholeTbl>"
        f'<a:firstCol><a:tcTxStyle b="on">{font}</a:tcTxStyle>'
        "<a:tcStyle><a:tcBdr/></a:tcStyle></a:firstCol>"
        f'<a:firstRow><a:tcTxStyle b="on">{font}<a:schemeClr val="bg1"/></a:tcTxStyle><a:tcStyle><a:tcBdr/>'
        '<a:fill><a:solidFill><a:schemeClr val="tx2"/></a:solidFill></a:fill></a:tcStyle></a:firstRow>'
        "</a:tblStyle></a:tblStyleLst>"
    )
