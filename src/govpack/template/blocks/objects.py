"""Pictures, notes and breaks that stand beside a tag, with no text: before it or behind it is outside its block."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govpack.ooxml.names import qn
from govpack.template.markup.paragraphs import PAGE_BREAK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govpack.template.markup.paragraphs import ParagraphText

_OBJECTS = tuple(
    qn(name)
    for name in ("w:drawing", "w:pict", "w:object", "w:footnoteReference", "w:endnoteReference", "mc:AlternateContent")
)


def side_of_objects(paragraph: ParagraphText, start: int, end: int) -> str:
    """``before`` where all objects and breaks stand before the text from `start` to `end`, ``behind``, or nothing."""
    before = behind = False
    for place in _places(paragraph):
        before |= place <= start
        behind |= place >= end and place > start
    if before == behind:
        return ""
    return "before" if before else "behind"


def _places(paragraph: ParagraphText) -> Iterator[int]:
    """Where objects stand in the text of `paragraph`."""
    ends = {leaf.element: leaf.end for leaf in paragraph.leaves}
    breaks = {leaf.element for leaf in paragraph.leaves if leaf.text == PAGE_BREAK}
    place = 0
    for element in paragraph.element.iter():
        place = ends.get(element, place)
        if element in breaks:
            yield place
        if element.tag in _OBJECTS and next(element.iterancestors(qn("w:p"))) is paragraph.element:
            yield place
