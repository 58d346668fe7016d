"""The paragraphs that a value in Markdown becomes, in the look of the place that prints it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govpack.template.blocks.keeping import kept_blocks
from govpack.template.markup.dialects import WORD
from govpack.template.markup.markdown import read_markdown
from govpack.template.parts.shapes import LINK_PLACE

if TYPE_CHECKING:
    from govpack.template.language.slots import Slot
    from govpack.template.markup.markdown import Span
    from govpack.template.markup.references import References
    from govpack.template.parts.shapes import Shape, Shapes
    from govpack.template.rendering.characters import Characters
    from govpack.template.rendering.richmarkup import RichWriter


class MarkdownWriter:
    """Writes Markdown for one rendering. LookupError or ValueError say what can't be written."""

    def __init__(self, characters: Characters, references: References, rich: RichWriter) -> None:
        self._characters = characters
        self._references = references
        self._rich = rich

    def write(self, number: int, slot: Slot, shapes: Shapes, text: str) -> str:
        """The paragraphs of `text` at `slot`, whose number is `number`, in the looks that `shapes` gives."""
        written: list[str] = []
        lists: dict[int, str] = {}
        blocks = list(read_markdown(text))
        for block, keep in zip(blocks, kept_blocks(blocks)[0], strict=True):
            shape = shapes.of(block).kept(with_next=keep)
            opened = shape.open
            if shape.restarts:
                if block.list_number not in lists:
                    lists[block.list_number] = self._new_list(shape)
                opened = opened.replace("{list}", lists[block.list_number])
            if shape.level is not None and shapes.counts:
                num_id = lists.get(block.list_number, shape.level.num_id) if shape.restarts else shape.level.num_id
                self._references.count(num_id, shape.level.depth)
            outline = shape.outline if self._references.gathers and block.spans and shapes.counts else None
            start = ""
            if outline is not None:
                start = self._references.begin_heading(outline, numbered=shape.level is not None)
            runs = [self._span(number, slot, shapes, span) for span in block.spans]
            end = self._references.close_heading() if outline is not None else ""
            written += (opened, start, *runs, end, shape.close)
        return "".join(written)

    def _new_list(self, shape: Shape) -> str:
        depth = shape.level.depth if shape.level else 0
        return self._references.new_list(shape.restarts, depth, shape.start)

    def _span(self, number: int, slot: Slot, shapes: Shapes, span: Span) -> str:
        """The run of a piece of Markdown; ValueError where it leads to an address that is none."""
        look = (span.bold, span.italic)
        shown = self._characters.write(number, slot, span.text)
        self._references.note_text(span.text)
        if not span.link:
            return f"{shapes.runs[look]}{shown}{slot.after}"
        opened = self._rich.link(shapes.dialect, span.link)
        if shapes.dialect is WORD:
            return f"{opened}{shapes.link_run(look)}{shown}{slot.after}</w:hyperlink>"
        return f"{shapes.link_run(look).replace(LINK_PLACE, opened)}{shown}{slot.after}"
