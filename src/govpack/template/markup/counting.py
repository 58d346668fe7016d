"""Numbered paragraphs and headings of a Word part: each is counted where it is written."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from govpack.ooxml.names import qn
from govpack.template.markup.paragraphs import put_before, read_paragraph, run_of

if TYPE_CHECKING:
    from lxml import etree

    from govpack.template.parts.compiling import Workshop

_TEXT_BOX = qn("w:txbxContent")


class ParagraphCounter:
    """Marks the paragraphs of one part for the counting of numbers. `found` says whether there were any."""

    def __init__(self, workshop: Workshop, root: etree._Element) -> None:
        self.found = False
        self._shop = workshop
        self._root = root

    def count(self) -> None:
        """Have each numbered paragraph counted where it is written, and headings gathered if contents are wanted."""
        for element in self._root.iter(qn("w:p")):
            if next(element.iterancestors(_TEXT_BOX), None) is not None:
                continue
            level = self._shop.styles.level_of(element)
            outline = self._shop.styles.outline_of(element) if self._shop.gathers_headings else None
            bookmarked = bool(len(element)) and any("\ufdd0" in (child.tail or "") for child in element)
            marks = ""
            if level is not None:
                marks += self._engine_mark(f"_count({json.dumps(level.num_id)}, {level.depth})")
            elif bookmarked or outline is not None:
                marks += self._engine_mark('_count("", 0)')
            if outline is not None and len(element):
                marks += self._engine_mark(f"_open_heading({outline})")
                self._note_texts(element)
                element[-1].tail = (element[-1].tail or "") + self._engine_mark("_close_heading()")
            if marks:
                self._put_first(element, marks)

    def _engine_mark(self, expression: str) -> str:
        self.found = True
        return self._shop.marks.value(self._shop.engine_slot(), expression)

    def _note_texts(self, element: etree._Element) -> None:
        for leaf in read_paragraph(element).leaves:
            run = run_of(leaf.element)
            put_before(run, self._engine_mark(f"_note({json.dumps(leaf.text, ensure_ascii=False)})"))

    @staticmethod
    def _put_first(paragraph: etree._Element, marks: str) -> None:
        properties = paragraph.find(qn("w:pPr"))
        if properties is not None:
            properties.tail = marks + (properties.tail or "")
        else:
            paragraph.text = marks + (paragraph.text or "")
