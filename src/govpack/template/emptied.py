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

_SIGNS = {name: f"{MARK_START}{name}{MARK_END}" for name in ("w:p", "a:p", "table", "rows", "row", "cells")}
_WORD = qn("w:p")[:-1]
_TABLES = (qn("w:tbl"), qn("a:tbl"))
# Where no paragraph need be: the body, and what only goes around paragraphs.
_FREE = (qn("w:body"), qn("w:sdtContent"), qn("w:customXml"), qn("w:ins"), qn("w:docPartBody"))
_EDGE = "<w:(?:bookmark|commentRange|perm|moveFromRange|moveToRange)(?:Start|End) "
_RANGES = rf"(?:\s|{_EDGE}[^<>]*/>)*"
_ROW_CLOSED = re.compile(f"{_RANGES}</w:tr>")
_TABLE_CLOSED = re.compile(f"({_RANGES})</w:tbl>")
_LAST_RANGES = re.compile(f"{_RANGES}$")
_CELL, _ROW = re.compile("<w:tc[ >/]"), re.compile("<[wa]:tr[ >/]")
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
            _put_last(element, _SIGNS["w:p" if element.tag.startswith(_WORD) else "a:p"])
            signed = True
    for row in root.iter(qn("w:tr")):
        if _has_marks(row):
            put_before(row, _SIGNS["row"])
            _put_last(row, _SIGNS["cells"])
            signed = True
    for table in root.iter(*_TABLES):
        if _has_marks(table):
            put_before(table, _SIGNS["table"])
            _put_last(table, _SIGNS["rows"])
            signed = True
    return signed


class Emptied:
    """The text of a part as it is written, with a paragraph where one must stand, and no table without rows.

    What is settled is held as a few long texts: a part of a million pieces takes no more room than it is long.
    """

    def __init__(self) -> None:
        self._written: list[str] = []
        self._settled = 0  # how many of these are long ones
        self._row = self._table = -1  # where the row and the table begin that may be empty, among what is written

    def write(self, chunks: list[str]) -> None:
        """Take in what comes next; no sign goes over the end of a chunk."""
        written, done = self._written, 0
        for at in [at for at, chunk in enumerate(chunks) if MARK_START in chunk]:
            chunk = chunks[at]
            if chunk[-1] == MARK_END and chunk[1].isdecimal() and chunk.rfind(MARK_START) == 0:
                self._row = self._table = -1  # a reference by itself, the most frequent
                continue
            written += chunks[done:at]
            self._put(chunk.split(MARK_START))
            done = at + 1
        written += chunks[done:]
        self._settle()

    def finish(self) -> str:
        """The whole text; the signs are gone."""
        return "".join(self._written)

    def _settle(self) -> None:
        open_at = min((index for index in (self._row, self._table) if index >= 0), default=len(self._written))
        gone = open_at - self._settled - 1
        if gone > 0:
            self._written[self._settled : open_at] = ["".join(self._written[self._settled : open_at])]
            self._settled += 1
            self._row -= gone if self._row >= 0 else 0
            self._table -= gone if self._table >= 0 else 0

    def _put(self, pieces: list[str]) -> None:
        """Write a text and what its signs ask for; each of `pieces` but the first begins with one."""
        written = self._written
        if pieces[0]:
            written.append(pieces[0])
        for piece in pieces[1:]:
            sign, _, after = piece.partition(MARK_END)
            if sign in ("w:p", "a:p"):
                if not _ends_whole(written, sign):
                    written.append(f"<{sign}/>")
                self._row = self._table = -1
            elif sign == "row":
                self._row = len(written)
            elif sign == "table":
                self._row, self._table = -1, len(written)
            elif sign == "cells":
                after = self._end_row(after)
            elif sign == "rows":
                if self._table >= 0:
                    after = _close_table(written, self._table, after)
                self._row = self._table = -1
            else:  # a reference or an id, which is settled later
                written.append(f"{MARK_START}{piece}")
                if sign[:1] != "~":  # ids may be anywhere; other signs bound what may be empty
                    self._row = self._table = -1
                continue
            written.append(after)

    def _end_row(self, after: str) -> str:
        """Take a row without cells out; what is left of the text `after` its last cell."""
        if self._row >= 0:
            if _CELL.search("".join(self._written[self._row :])):
                self._table = -1  # which has a row then
            elif closed := _ROW_CLOSED.match(after):
                del self._written[self._row :]
                after = after[closed.end() :]
        self._row = -1
        return after


def _close_table(written: list[str], start: int, after: str) -> str:
    """Mend the table that is `written` from `start` on, if it has no row; what is left of the text `after` it."""
    table = "".join(written[start:])
    if _ROW.search(table):
        return after
    if table.startswith("<a:tbl"):
        columns = len(re.findall("<a:gridCol[ />]", table))
        written.append(f'<a:tr h="370840">{_DRAWN_CELL * columns}</a:tr>')
    elif closed := _TABLE_CLOSED.match(after):
        # What bookmarks begin or end in an empty table stays.
        kept = _LAST_RANGES.search(table)
        written[start:] = [kept[0] if kept else ""]
        return f"{closed[1]}{after[closed.end() :]}"
    return after


def _ends_whole(written: list[str], name: str) -> bool:
    """Whether a paragraph `name`, or a control around some, stands last in `written`; bookmarks may follow it."""
    index = len(written) - 1
    text = written[index]
    if text.endswith(f"</{name}>"):
        return True
    end = len(text)
    while True:
        while (start := text.rfind("<", 0, end)) < 0 and index > 0:
            index -= 1
            text = f"{written[index]}{text[:end]}"
            end = len(text)
        last = text[max(start, 0) : end].rstrip()
        if not _BOUND.match(last):
            return last in (f"</{name}>", f"<{name}/>", "</w:sdt>") or (
                last.startswith(f"<{name} ") and last[-2:] == "/>"
            )
        end = start


def _has_marks(element: etree._Element) -> bool:
    return MARK_START in (element.text or "") or any(MARK_START in (child.tail or "") for child in element)


def _put_last(element: etree._Element, sign: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + sign
    else:
        element.text = (element.text or "") + sign
