"""Cells, boxes and notes that a rendering leaves without a paragraph, and tables that it leaves without a row.

Word calls a file damaged where one of these stands. Which may be left so is known when the template is compiled: a
sign at the end of each says at rendering what stood last in it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from govpack.ooxml.names import qn
from govpack.template.paragraphs import PARAGRAPHS, put_before
from govpack.template.references import MARK_END, MARK_START

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml import etree

_END = {"w:p": f"{MARK_START}endw{MARK_END}", "a:p": f"{MARK_START}enda{MARK_END}"}
_TABLE, _ROWS_END = f"{MARK_START}table{MARK_END}", f"{MARK_START}rows{MARK_END}"
_ROW, _CELLS_END = f"{MARK_START}row{MARK_END}", f"{MARK_START}cells{MARK_END}"
_WORD = qn("w:p")[:-1]
_TABLES = (qn("w:tbl"), qn("a:tbl"))
# Where no paragraph need be: the body, and what only goes around paragraphs.
_FREE = (qn("w:body"), qn("w:sdtContent"), qn("w:customXml"), qn("w:ins"), qn("w:docPartBody"))
_EDGE = "<w:(?:bookmark|commentRange|perm|moveFromRange|moveToRange)(?:Start|End) "
_RANGES = rf"(?:\s|{_EDGE}[^<>]*/>)*"
# The signs that stand for ids may be anywhere; other signs bound what these look at.
_OTHER = f"(?:[^{MARK_START}]|{MARK_START}~)"
_NO_CELLS = re.compile(f"{_ROW}<w:tr(?:(?!<w:tc[ >/]){_OTHER})*{_CELLS_END}{_RANGES}</w:tr>")
_NO_ROWS = re.compile(f"{_TABLE}<w:tbl(?:(?!<w:tr[ >/]){_OTHER})*?({_RANGES}){_ROWS_END}({_RANGES})</w:tbl>")
_NO_DRAWN_ROWS = re.compile(f"{_TABLE}(<a:tbl(?:(?!<a:tr[ >/])[^{MARK_START}])*){_ROWS_END}")
_BOUND = re.compile(_EDGE)
_DRAWN_CELL = "<a:tc><a:txBody><a:bodyPr/><a:lstStyle/><a:p/></a:txBody><a:tcPr/></a:tc>"


def containers(root: etree._Element) -> list[etree._Element]:
    """What holds paragraphs in a part, and must not be left without one."""
    found = dict.fromkeys(paragraph.getparent() for paragraph in root.iter(*PARAGRAPHS))
    return [element for element in found if element is not None and element.tag not in _FREE]


def sign_emptied(root: etree._Element, held: Iterable[etree._Element]) -> bool:
    """Put signs into what statements may empty: those of `held`, rows and tables. Says whether there are any."""
    signed = False
    for element in held:
        if _has_marks(element):
            _put_last(element, _END["w:p" if element.tag.startswith(_WORD) else "a:p"])
            signed = True
    for row in root.iter(qn("w:tr")):
        if _has_marks(row):
            put_before(row, _ROW)
            _put_last(row, _CELLS_END)
            signed = True
    for table in root.iter(*_TABLES):
        if _has_marks(table):
            put_before(table, _TABLE)
            _put_last(table, _ROWS_END)
            signed = True
    return signed


def fill_emptied(text: str) -> str:
    """`text` of a part with a paragraph where one must stand, and no table without rows; the signs are gone."""
    text = _NO_CELLS.sub("", text).replace(_ROW, "").replace(_CELLS_END, "")
    text = _NO_ROWS.sub(r"\1\2", text)
    text = _NO_DRAWN_ROWS.sub(_with_a_row, text).replace(_TABLE, "").replace(_ROWS_END, "")
    for name, sign in _END.items():
        *ended, rest = text.split(sign)
        text = "".join([*(piece if _ends_whole(piece, name) else f"{piece}<{name}/>" for piece in ended), rest])
    return text


def _ends_whole(text: str, name: str) -> bool:
    """Whether a paragraph `name`, or a control around some, stands last in `text`; bookmarks may follow it."""
    end = len(text)
    while True:
        start = text.rfind("<", 0, end)
        last = text[start:end].rstrip()
        if not _BOUND.match(last):
            return last in (f"</{name}>", f"<{name}/>", "</w:sdt>") or (
                last.startswith(f"<{name} ") and last[-2:] == "/>"
            )
        end = start


def _with_a_row(found: re.Match[str]) -> str:
    columns = len(re.findall("<a:gridCol[ />]", found[1]))
    return f'{found[1]}<a:tr h="370840">{_DRAWN_CELL * columns}</a:tr>'


def _has_marks(element: etree._Element) -> bool:
    return MARK_START in (element.text or "") or any(MARK_START in (child.tail or "") for child in element)


def _put_last(element: etree._Element, sign: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + sign
    else:
        element.text = (element.text or "") + sign
