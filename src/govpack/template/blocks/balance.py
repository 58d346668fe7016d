"""Blocks that would leave half a field behind: a field's begin and end must stand on one side of each statement."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from govpack.ooxml.names import qn
from govpack.template.language.tags import BRANCHES, CLOSERS, OPENERS
from govpack.template.markup.references import MARK_END, MARK_START
from govpack.template.markup.searching import fields_and_marks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from govpack.template.language.source import Statement

_MARK = re.compile(f"{MARK_START}(\\d+){MARK_END}")
_FIELD = qn("w:fldChar")
_STEPS = {"begin": 1, "end": -1}


def halved_fields(root: etree._Element, statements: list[Statement]) -> Iterator[int]:
    """The slots of the statements of `root`, marks put, whose block holds a field's begin or end and not the other."""
    if next(root.iter(_FIELD), None) is None:
        return
    depth = 0
    opened: list[list[int]] = []  # for each open block: slot, depth where it began, lowest depth since
    for found in fields_and_marks(root):
        if not isinstance(found, str):
            depth += _STEPS.get(found.get(qn("w:fldCharType"), ""), 0)
            for block in opened:
                block[2] = min(block[2], depth)
            continue
        for number in _MARK.findall(found):
            statement = statements[int(number)]
            word = "" if statement.is_value else _word(statement.text)
            if word in OPENERS and (word != "set" or "=" not in statement.text):
                opened.append([statement.slot, depth, depth])
            elif opened and (word in BRANCHES or word in CLOSERS):
                slot, before, lowest = opened[-1]
                if depth != before or lowest < before:
                    yield slot
                    opened[-1][1:] = [depth, depth]
                if word in CLOSERS:
                    opened.pop()


def _word(text: str) -> str:
    words = text.strip("+- ").split(None, 1)
    return words[0] if words else ""
