"""Cells, boxes and notes that a rendering leaves without a paragraph, and tables that it leaves without a row.

Word calls a file damaged where one of these stands. Which may be left so is known when the template is compiled: a
sign at the end of each says at rendering what stood last in it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from govpack.ooxml.names import qn
from govpack.template.markup.paragraphs import PARAGRAPHS, put_before
from govpack.template.markup.references import MARK_END, MARK_START, Pieces

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
# What begins with a tilde stands in a text and takes nothing out of it.
_CHANGES = re.compile(f"{MARK_START}[^~]")
# A longer text is not kept, as one that was split.
_LONG = 10_000
# How many pieces wait to be joined.
_MOST_HELD = 10_000
_DRAWN_CELL = "<a:tc><a:txBody><a:bodyPr/><a:lstStyle/><a:p/></a:txBody><a:tcPr/></a:tc>"


def containers(root: etree._Element) -> list[etree._Element]:
    """What holds paragraphs in a part, and must not be left without one."""
    found = dict.fromkeys(paragraph.getparent() for paragraph in root.iter(*PARAGRAPHS))
    return [element for element in found if element is not None and element.tag not in _FREE]


def sign_emptied(root: etree._Element, held: Iterable[etree._Element]) -> None:
    """Put signs into what statements may empty: those of `held`, rows and tables."""
    for element in held:
        if _has_marks(element):
            _put_last(element, _SIGNS["w:p" if element.tag.startswith(_WORD) else "a:p"])
    for row in root.iter(qn("w:tr")):
        if _has_marks(row):
            put_before(row, _SIGNS["row"])
            _put_last(row, _SIGNS["cells"])
    for table in root.iter(*_TABLES):
        if _has_marks(table):
            put_before(table, _SIGNS["table"])
            _put_last(table, _SIGNS["rows"])


class Emptied:
    """The text of a part as it is written, with a paragraph where one must stand, and no table without rows.

    What is settled is held as few texts: a part of a million pieces takes little more room than it is long.
    """

    def __init__(self) -> None:
        self._written: list[str] = []
        self._signs: list[int] = []  # the places of those that begin with a sign which is settled later
        self._settled = 0  # how many of these are settled
        self._row = self._table = -1  # where the row and the table begin that may be empty, among what is written

    def write(self, chunks: list[str]) -> None:
        """Take in what comes next; no sign goes over the end of a chunk."""
        written, done = self._written, 0
        for at in [at for at, chunk in enumerate(chunks) if MARK_START in chunk]:
            chunk = chunks[at]
            written += chunks[done:at]
            done = at + 1
            if chunk[-1] == MARK_END and chunk[1].isdecimal() and chunk.rfind(MARK_START) == 0:
                self._keep(chunk)  # a reference by itself, the most frequent
            else:
                self._put(chunk)
        written += chunks[done:]
        if len(written) - self._settled > _MOST_HELD:
            self._settle(min((index for index in (self._row, self._table) if index >= 0), default=len(written)))

    def finish(self) -> Pieces:
        """The whole text."""
        return Pieces(self._written, self._signs)

    def _settle(self, end: int) -> None:
        """Join what is written up to `end`, but for what begins with signs."""
        start, written, signs = self._settled, self._written, self._signs
        first, last = bisect_left(signs, start), bisect_left(signs, end)
        joined = ["".join(written[one:other]) for one, other in pairwise([start, *signs[first:last], end])]
        gone = end - start - len(joined)
        written[start:end] = joined
        self._settled = end - gone
        signs[first:] = [*range(start + 1, self._settled), *(at - gone for at in signs[last:])]
        self._row -= gone if self._row >= 0 else 0
        self._table -= gone if self._table >= 0 else 0

    def _keep(self, piece: str) -> None:
        """Write a text that begins with a sign which is settled later."""
        self._signs.append(len(self._written))
        self._written.append(piece)
        # What bounds an empty row or table holds no such sign, but for one that says how its rows keep together.
        if piece[1] != "~":
            self._row = self._table = -1

    def _cut(self, start: int) -> None:
        """Take back what is written from `start` on."""
        del self._written[start:]
        while self._signs and self._signs[-1] >= start:
            self._signs.pop()

    def _put(self, chunk: str) -> None:
        """Write a text and what its signs ask for."""
        written = self._written
        first, signed = (_split if len(chunk) <= _LONG else _split.__wrapped__)(chunk)
        if first:
            written.append(first)
        for sign, after, piece in signed:
            if sign in ("w:p", "a:p"):
                if not _ends_whole(written, sign):
                    written.append(f"<{sign}/>")
                self._row = self._table = -1
            elif sign == "row":
                self._row = len(written)
            elif sign == "table":
                self._row, self._table = -1, len(written)
            elif sign == "cells":
                written.append(self._end_row(after))
                continue
            elif sign == "rows":
                written.append(self._end_table(after))
                continue
            else:
                self._keep(piece)
                continue
            written.append(after)

    def _end_row(self, after: str) -> str:
        """Take a row without cells out; what is left of the text `after` its last cell."""
        if self._row >= 0:
            if _CELL.search("".join(self._written[self._row :])):
                self._table = -1  # which has a row then
            elif closed := _ROW_CLOSED.match(after):
                self._cut(self._row)
                after = after[closed.end() :]
        self._row = -1
        return after

    def _end_table(self, after: str) -> str:
        """Mend a table without rows; what is left of the text `after` its last one."""
        start, self._row, self._table = self._table, -1, -1
        table = "".join(self._written[start:]) if start >= 0 else ""
        if not table or _ROW.search(table):
            return after
        if table.startswith("<a:tbl"):
            columns = len(re.findall("<a:gridCol[ />]", table))
            self._written.append(f'<a:tr h="370840">{_DRAWN_CELL * columns}</a:tr>')
        elif closed := _TABLE_CLOSED.match(after):
            self._cut(start)
            # What bookmarks begin or end in an empty table stays.
            if kept := _LAST_RANGES.search(table):
                self._written.append(kept[0])
            return f"{closed[1]}{after[closed.end() :]}"
        return after


@lru_cache(maxsize=4_096)
def _split(chunk: str) -> tuple[str, list[tuple[str, str, str]]]:
    """What stands before the first sign of `chunk`; each sign, what follows it, and both as they are written.

    A template says the same each time, so that it is split once.
    """
    first, *pieces = chunk.split(MARK_START)
    parted = [(piece.partition(MARK_END), f"{MARK_START}{piece}") for piece in pieces]
    return first, [(sign, after, piece) for (sign, _, after), piece in parted]


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
    """Whether statements stand among the children of `element`, or what they may leave out."""
    texts = (element.text, *(child.tail for child in element))
    return any(text and MARK_START in text and _CHANGES.search(text) for text in texts)


def _put_last(element: etree._Element, sign: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + sign
    else:
        element.text = (element.text or "") + sign
