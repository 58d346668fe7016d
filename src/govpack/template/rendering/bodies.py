"""What a template makes of itself, put elsewhere: the bodies of macros, call blocks, ``filter`` and ``set`` blocks."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from govpack.template.language.slots import Form
from govpack.template.markup.dialects import WORD
from govpack.template.values.pieces import Level, Piece, only_look

if TYPE_CHECKING:
    from govpack.template.language.slots import Slot
    from govpack.template.markup.identifiers import Identifiers
    from govpack.template.markup.references import References
    from govpack.template.rendering.characters import Characters
    from govpack.template.values.limits import Budget


# No other element of Word has an id as an element.
_CONTROL = re.compile('<w:id w:val="-?[0-9]+"/>')


class Bodies:
    """The bodies of one rendering. ValueError says why one can't stand where it is put."""

    def __init__(
        self,
        slots: list[Slot],
        characters: Characters,
        budget: Budget,
        identifiers: Identifiers,
        references: References,
    ) -> None:
        self._slots = slots
        self._identifiers = identifiers
        self._printed: dict[int, Piece] = {}
        self._characters = characters
        self._budget = budget
        self._references = references

    def piece(self, number: int, chunks: list[str]) -> Piece:
        """What the body of the block at the slot `number` gave."""
        self._budget.markup(sum(map(len, chunks)))
        markup = "".join(chunks)
        return Piece.of(number, markup, is_text=self._slots[number].level is Level.TEXT)

    def is_text(self, slot: Slot, piece: Piece) -> bool:
        """Whether `piece` is put at `slot` as any text is."""
        return self._slots[piece.origin].level is Level.TEXT and slot.form is not Form.STATEMENT

    def fitting(self, slot: Slot, piece: Piece) -> str:
        """The template's own markup at `slot`, where it fits; else the error names both places."""
        origin = self._slots[piece.origin]
        made = origin.level
        if slot.shapes is not None:
            if made is Level.PARAGRAPHS:
                return self._own(piece)
            if made is Level.RUNS:
                return slot.shapes.paragraph(self._own(piece), self._references)
        elif made is slot.level:
            return self._own(piece)
        wanted = Level.PARAGRAPHS if slot.shapes is not None else slot.level
        reason = f"what it prints is {made.value}, and the tag stands where {wanted.value} must"
        raise ValueError(f"{reason}; see '{origin.raw}' at {origin.location.at or origin.location.file}")

    def _own(self, piece: Piece) -> str:
        """The markup of `piece`; printed again, its content controls have ids of their own."""
        if id(piece) not in self._printed:
            self._printed[id(piece)] = piece  # held, so that no other gets its id
            return piece.markup
        return _CONTROL.sub(lambda _: f'<w:id w:val="{self._identifiers.control_id()}"/>', piece.markup)

    def filtered(self, number: int, slot: Slot, piece: Piece, text: str) -> str:
        """The `text` that a ``filter`` block made of `piece`, in the look that the piece had."""
        if slot.level is Level.TEXT:
            return self._characters.write(number, slot, text)
        look = only_look(piece.markup)
        if look is None:
            reason = "'filter' works on text, and what stands between has more than one look, or is more than text"
            raise ValueError(f"{reason}; put the filter on each value")
        dialect = slot.dialect or WORD
        slot = replace(slot, form=Form.RUN, properties=look, line_break=dialect.breaks["\n"], tab=dialect.breaks["\t"])
        slot.line_break = slot.line_break.replace("{properties}", look)
        opened = f"<{dialect.name}:r>{look}{dialect.run_open(None).removeprefix(f'<{dialect.name}:r>')}"
        shown = self._characters.write(number, slot, text)
        return f"{opened}{shown}{dialect.run_close}" if shown else ""


def markup_of(value: str) -> str:
    """What a recursive loop gave, as markup."""
    return value.markup if isinstance(value, Piece) else value
