"""The markup of a fragment for the paragraph that includes it: Markdown in that holder's shapes, and marks for tags."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from govpack.errors import TemplateError
from govpack.findings import Finding
from govpack.ooxml.xml import escape
from govpack.template.blocks.keeping import kept_blocks
from govpack.template.language.tags import Kind
from govpack.template.markup.dialects import WORD
from govpack.template.markup.markdown import read_markdown
from govpack.template.parts.fragment_tags import BEFORE, BESIDE, MARK
from govpack.template.parts.shapes import LINK_PLACE
from govpack.template.values.binding import measured
from govpack.template.values.richtext import checked_url

if TYPE_CHECKING:
    from govpack.template.language.source import Marks
    from govpack.template.markup.markdown import TextBlock
    from govpack.template.parts.fragment_tags import ReadFragment
    from govpack.template.parts.fragments import FragmentLibrary
    from govpack.template.parts.shapes import Shape


class FragmentWriter:
    """Writes one fragment as the markup of one holder."""

    def __init__(self, library: FragmentLibrary, fragment: ReadFragment, holder: str, marks: Marks) -> None:
        self._library = library
        self._fragment = fragment
        self._holder = holder
        self._marks = marks
        self._shapes = library.shapes(holder)
        self._written: set[int] = set()

    def write(self) -> str:
        """The fragment's markup with marks. TemplateError where its Markdown does not fit the holder."""
        try:
            blocks = list(read_markdown(self._fragment.text))
            outermost = min((block.depth for block in blocks), default=0)
            kept, signs = kept_blocks(blocks, _has_statement_beside, outermost=outermost)
            written = "".join(map(self._write_block, blocks, kept, signs))
        except LookupError as error:
            finding = Finding(str(error.args[0]), self._fragment.location)
            raise TemplateError(str(finding), [finding]) from None
        for number, read in enumerate(self._fragment.tags):
            if number not in self._written:
                reason = "the tag stands where Markdown prints no text, such as the title of a link; put it elsewhere"
                finding = Finding(f"'{read.tag.raw}': {reason}", self._fragment.location)
                raise TemplateError(str(finding), [finding])
        return written

    def _write_block(self, block: TextBlock, keep: bool, signs: str) -> str:
        shape = self._shape(block).kept(with_next=keep, signs=signs)
        before: list[str] = []
        behind: list[str] = []
        runs: list[str] = []
        bookmarked = False
        outline = shape.outline if self._library.gathers_headings and self._shapes.counts else None
        word = self._shapes.dialect is WORD
        depth = 0
        for span in block.spans:
            for found in BESIDE.finditer(span.text):
                (before if found[1] == BEFORE else behind).append(self._statement(int(found[2])))
            link = self._link(block, span.link) if span.link else ""
            if link and word:
                runs.append(link)
            pieces = MARK.split(BESIDE.sub("", span.text))
            for index, text in enumerate(pieces):
                if index % 2 == 0:
                    piece = measured(text)  # no figure parts from its unit
                    if piece.endswith(" ") and piece[-2:-1] != "," and self._is_reference(pieces, index + 1):
                        piece = piece[:-1] + "\u00a0"  # nor a clause's number from its word
                    if piece and outline is not None:
                        runs.append(self._engine_mark(f"_note({json.dumps(piece, ensure_ascii=False)})"))
                    runs.append(self._literal(piece, (span.bold, span.italic), link) if piece else "")
                    continue
                number = int(text)
                read = self._fragment.tags[number]
                self._written.add(number)
                if read.tag.kind is Kind.BLOCK:
                    depth += read.tag.opens - read.tag.closes
                    runs.append(self._statement(number))
                    continue
                slot = self._library.slot_for(read.slot, self._holder, bold=span.bold, italic=span.italic)
                runs.append(self._marks.value(slot, read.tag.source))
                bookmarked |= read.opens_range
            if link and word:
                runs.append("</w:hyperlink>")
        if depth:
            self._refuse(block, "a statement in it opens or closes in another item; put it on a line of its own")
        count = ""
        if shape.level is not None and self._shapes.counts and self._library.counts_numbers:
            count = self._engine_mark(f"_count({json.dumps(shape.level.num_id)}, {shape.level.depth})")
        close = self._engine_mark("_close_ranges()") if bookmarked else ""
        if outline is not None:
            count = count or self._engine_mark('_count("", 0)')
            count += self._engine_mark(f"_open_heading({outline})")
            close = self._engine_mark("_close_heading()")
        return "".join([*before, shape.open, count, *runs, close, shape.close, *behind])

    def _is_reference(self, pieces: list[str], index: int) -> bool:
        return index < len(pieces) and self._fragment.tags[int(pieces[index])].is_reference

    def _shape(self, block: TextBlock) -> Shape:
        try:
            shape = self._shapes.of(block)
        except LookupError as error:
            self._refuse(block, str(error.args[0]))
        if shape.restarts:
            self._refuse(block, "an ordered list needs an include whose paragraph a multilevel list numbers")
        return shape

    def _refuse(self, block: TextBlock, reason: str) -> None:
        shown = BESIDE.sub("", MARK.sub("…", "".join(span.text for span in block.spans)))[:60]
        finding = Finding(f"“{shown}”: {reason}", self._fragment.location)
        raise TemplateError(str(finding), [finding])

    def _statement(self, number: int) -> str:
        self._written.add(number)
        read = self._fragment.tags[number]
        return self._marks.block(read.slot, read.tag.source)

    def _link(self, block: TextBlock, address: str) -> str:
        """The start of a link; tags in its address are filled when the fragment is."""
        word = self._shapes.dialect is WORD
        pieces = MARK.split(address)
        if len(pieces) == 1:
            try:
                checked_url(address)
            except ValueError as error:
                self._refuse(block, str(error))
        slot, parts = self._library.engine_slot(self._fragment.location), []
        for index, piece in enumerate(pieces):
            if index % 2 == 0:
                parts += [json.dumps(piece)] if piece else []
                continue
            read = self._fragment.tags[int(piece)]
            self._written.add(int(piece))
            if read.tag.kind is not Kind.VALUE:
                self._refuse(block, "the address of a link can hold values, and no statements")
            slot = self._library.markup_slot(read.slot, '<w:hyperlink w:history="1">' if word else " ")
            parts.append(f"({read.tag.source})")
        return self._marks.value(slot, f"_link({word}, {', '.join(parts)})")

    def _literal(self, text: str, look: tuple[bool, bool], link: str) -> str:
        dialect = self._shapes.dialect
        opened = self._shapes.link_run(look).replace(LINK_PLACE, link) if link else self._shapes.runs[look]
        shown = escape(text).replace("\n", dialect.breaks["\n"].replace("{properties}", ""))
        return f"{opened}{shown}{dialect.run_close}"

    def _engine_mark(self, expression: str) -> str:
        return self._marks.value(self._library.engine_slot(self._fragment.location), expression)


def _has_statement_beside(block: TextBlock) -> bool:
    return any(BESIDE.search(span.text) for span in block.spans)
