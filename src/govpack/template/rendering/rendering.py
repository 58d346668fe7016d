"""One rendering of a template: what each tag's value becomes at its place."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from jinja2 import Undefined, UndefinedError

from govpack.errors import TemplateError
from govpack.template.blocks.keeping import settle_kept
from govpack.template.language.faults import Faults, in_words
from govpack.template.language.slots import Form
from govpack.template.markup.dialects import DRAWING, WORD
from govpack.template.markup.identifiers import Identifiers
from govpack.template.markup.references import References
from govpack.template.parts.controls import ControlWriter
from govpack.template.parts.natives import NativeWriter
from govpack.template.rendering.anchors import Anchors
from govpack.template.rendering.bodies import Bodies
from govpack.template.rendering.characters import Characters, is_illegal, needs_care
from govpack.template.rendering.documents import Document
from govpack.template.rendering.inclusion import Inclusions
from govpack.template.rendering.links import Links
from govpack.template.rendering.markdownmarkup import MarkdownWriter
from govpack.template.rendering.richmarkup import RichWriter
from govpack.template.values.commenting import Notes
from govpack.template.values.limits import SHORT_TEXT, Budget, LimitError
from govpack.template.values.pieces import Piece
from govpack.template.values.richtext import Rich
from govpack.template.values.texts import joined_blank, text_of
from govpack.template.values.undefined import Blank
from govpack.template.values.values import Bookmark, Chart, Contents, Image, Markdown, Note, Place, Reference

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from govpack.ooxml.package import Deflated
    from govpack.template.language.slots import Slot
    from govpack.template.markup.identifiers import Taken
    from govpack.template.markup.references import Pieces
    from govpack.template.markup.styles import Styles
    from govpack.template.values.locales import Locale

# Python takes its time to find a member of an enumeration, and these are asked for at every value.
_RUN, _MARKUP, _HELD, _STATEMENT = Form.RUN, Form.MARKUP, Form.HELD, Form.STATEMENT
_Special = Markdown | Bookmark | Reference | Note | Contents | Chart | Image | Place


class Rendering:
    """The state of one rendering. `put` and `fail` are called by the generated code with the number of a slot.

    Nothing that it holds knows it, so that all goes with the last who does, and is not left for Python to find.
    """

    def __init__(
        self,
        slots: list[Slot],
        styles: Styles,
        members: Mapping[str, Deflated],
        locale: Locale,
        *,
        strict: bool,
        taken: Taken,
        neutral: bool = False,
        call_gap: Callable[[str], str] | None = None,
        data: Mapping[str, Any] | None = None,
    ) -> None:
        self._slots, self._call_gap = slots, call_gap
        self._ended = False
        self.budget = Budget(data)
        self.faults = Faults(slots, self.budget, strict=strict)
        self.identifiers = Identifiers(taken)
        self.controls = ControlWriter(self.identifiers, neutral=neutral)
        self.references = References(styles.numbering, self.identifiers)
        self.links = Links(members)
        self.notes = Notes(styles, self.links, members)
        self.inclusions = Inclusions(styles, self.links, self.references, members)
        self._characters = Characters(self.faults)
        self.natives = NativeWriter(slots, self.faults, self._characters, self.identifiers, locale)
        self._rich = RichWriter(styles, self.links, self.references, self._characters.write)
        self._markdown = MarkdownWriter(self._characters, self.references, self._rich)
        self.bodies = Bodies(slots, self._characters, self.budget, self.identifiers, self.references)
        self.anchors = Anchors(slots, self.faults, self.budget, self.references)

    def put(self, number: int, value: Any) -> str:
        """The markup of `value` at the slot `number`."""
        slot = self._slots[number]
        if type(value) is not str:
            if isinstance(value, Piece):
                return self._put_piece(number, slot, value)
            if slot.form is _MARKUP:
                return str(value)
            if value is None or isinstance(value, Undefined):
                return self._placeholder(number, slot, value)
            if isinstance(value, (Markdown, Bookmark, Reference, Note, Contents, Chart, Image, Place)):
                return self._put_special(number, slot, value)
            if isinstance(value, Rich):
                return self._put_rich(number, slot, value)
            if slot.native is not None:  # a checkbox takes what is no text
                value = format(value, "f") if isinstance(value, Decimal) else str(value)
            else:
                value = str(value) if type(value) is int else text_of(value)
        elif slot.form in (_MARKUP, _HELD):
            return value
        if slot.form is _STATEMENT:
            self.faults.report(number, f"the value is text, and the tag takes the place of {slot.level.value}")
            return ""
        return self._write(number, slot, value)

    def filtered(self, number: int, piece: Piece, value: Any) -> str:
        """The text of a ``filter`` block, after the filter, in the look that its body had."""
        slot = self._slots[number]
        if value is None or isinstance(value, Undefined):
            return self._placeholder(number, slot, value)
        try:
            return self.bodies.filtered(number, slot, piece, text_of(value))
        except ValueError as error:
            self.faults.report(number, str(error))
            return ""

    def _put_piece(self, number: int, slot: Slot, piece: Piece) -> str:
        if self.bodies.is_text(slot, piece):
            return self._write(number, slot, str(piece))
        try:
            return self.bodies.fitting(slot, piece)
        except ValueError as error:
            self.faults.report(number, str(error))
            return ""

    def _put_rich(self, number: int, slot: Slot, value: Rich) -> str:
        if slot.form is _STATEMENT:
            self.faults.report(number, f"the value is no {slot.level.value}, whose place the tag takes")
            return ""
        try:
            if isinstance(value, Document):
                return self.inclusions.write(slot, value)
            return self._rich.write(number, slot, value)
        except ValueError as error:
            self.faults.report(number, str(error))
            return ""

    def fail(self, number: int, error: Exception) -> str:
        """The statement or value at the slot `number` failed: report it, and show where it was meant to be."""
        slot = self._slots[number]
        if isinstance(error, LimitError):
            if not self._ended:
                self.faults.report(number, str(error))
            self._ended = True
            raise error
        if isinstance(error, UndefinedError):
            return self._placeholder(number, slot, None, str(error))
        self.faults.spend()
        if isinstance(error, TemplateError):
            # A fragment that does not fit its place says itself where it comes from.
            self.faults.add(error.findings)
        elif not isinstance(error, UnboundLocalError):  # else the failure of a {% set %} before, reported there
            self.faults.report(number, in_words(error))
        return ""

    def finish(self, text: Pieces) -> None:
        """Settle the signs in `text` of a part: references and contents, and what keeps together."""
        for slot, reason in self.references.settle(text):
            self.faults.report(self._slots.index(slot), reason)
        settle_kept(text)

    def text_of(self, number: int, text: str) -> str:
        """`text` as the slot `number` writes it in an element or attribute."""
        return self._characters.write(number, self._slots[number], text).replace('"', "&quot;")

    def concat(self, *values: Any) -> Any:
        """The texts of `values` as one; where one is to be filled in, so is the whole."""
        for value in values:
            if type(value) is not str:
                if (blank := joined_blank(values)) is not None:
                    return blank
                values = tuple(text_of(value) for value in values)
                break
        made = "".join(values)
        if len(made) > SHORT_TEXT:
            self.budget.text(len(made))
        return made

    def missing_at(self, number: int, path: str = "") -> str:
        """What stands where the value of the slot `number` is missing: its `path`, or its tag; or what it is called."""
        slot = self._slots[number]
        return f"[● {self._call_gap(slot.label) if self._call_gap else path or slot.raw.strip('{}% ')}]"

    def _placeholder(self, number: int, slot: Slot, value: Any, reason: str = "") -> str:
        """What stands for a value that is missing, which is a finding, or that is to be filled in by hand."""
        blank = value if isinstance(value, Blank) else None
        if blank is None:
            self.faults.spend()
            self.faults.report(
                number, reason or getattr(value, "_undefined_hint", "") or f"'{slot.label}' has no value", gap=True
            )
        if slot.form in (_STATEMENT, _HELD) or slot.fallback:
            return slot.fallback or slot.before_missing
        shown = self._characters.write(number, slot, str(blank or self.missing_at(number, slot.label)))
        unit = self._characters.write(number, slot, blank.unit_) if blank is not None and blank.unit_ else ""
        self.references.note_text(shown + unit)
        if slot.native is not None:
            return slot.native.write_missing(shown + unit, self.identifiers.control_id(slot.native.own_id))
        if slot.form is not _RUN:
            return shown + unit
        run = f"{slot.before_missing}{shown}{slot.after}"
        behind = f"{slot.before}{unit}{slot.after}" if unit else ""
        if blank is not None and slot.may_be_control:
            run = self.notes.beside(blank, self.controls.fill_in(blank, slot.properties, run)) + behind
        elif slot.control is not None:
            run = self.controls.wrap(slot.control, slot.properties, run, missing=True)
        return slot.shapes.paragraph(run, self.references) if slot.shapes else run

    def _write(self, number: int, slot: Slot, text: str) -> str:
        if slot.native is not None:
            return self.natives.set(number, slot, slot.native, text)
        if len(text) > SHORT_TEXT:
            self.budget.text(len(text))
        self.references.note_text(text)
        shown = self._characters.write(number, slot, text) if needs_care(text) else text
        if slot.form is not _RUN:
            return shown
        run = f"{slot.before}{shown}{slot.after}"
        if slot.control is not None and shown:
            run = self.controls.wrap(slot.control, slot.properties, run)
        if slot.shapes:
            return slot.shapes.paragraph(run, self.references)
        return run if shown else ""

    def _put_special(self, number: int, slot: Slot, value: _Special) -> str:
        match value:  # the most frequent first
            case Bookmark() if slot.in_word:
                try:
                    return self.references.open_bookmark(value.id)
                except ValueError as error:
                    self.faults.report(number, str(error))
                    return ""
            case Reference() if slot.in_word:
                mark = self.references.reserve(slot, value.id)
                return slot.shapes.paragraph(mark, self.references) if slot.shapes else mark
            case Markdown():
                return self._put_markdown(number, slot, value)
            case Chart() | Image():
                what = "a native chart" if isinstance(value, Chart) else "a picture"
                wanted = f"put the tag into the alternative text of {what} that stands where this one is to be"
                self.faults.report(number, f"this is not the alternative text of {what}; {wanted}")
                return ""
            case Place():
                reason = "'place' belongs into the alternative text of a shape, line or text box on a slide"
                self.faults.report(number, reason)
                return ""
            case Contents() if slot.in_word and slot.shapes:
                slot.label = str(value.levels)
                return self.references.reserve(slot, "")
            case Note() if slot.in_word:
                return self._put_note(number, value)
        wanted = "alone in a paragraph of a Word document" if isinstance(value, Contents) else "in Word text"
        self.faults.report(number, f"the tag makes a field, bookmark or comment of Word, so it can stand only {wanted}")
        return ""

    def _put_note(self, number: int, note: Note) -> str:
        if is_illegal(note.text + note.author):
            self.faults.report(number, "the comment holds a character that no Office file can hold")
            return ""
        try:
            return self.notes.open(note)
        except ValueError as error:
            self.faults.report(number, str(error))
            return ""

    def close_ranges(self) -> str:
        """End every bookmark and every comment that the paragraph being written began."""
        return self.references.close_bookmarks() + self.notes.close()

    def _put_markdown(self, number: int, slot: Slot, value: Markdown) -> str:
        if slot.shapes is None:
            if slot.form is _RUN:
                self.faults.report(number, "Markdown makes paragraphs, so its tag must stand alone in a paragraph")
                return ""
            return self._characters.write(number, slot, value.text)
        try:
            written = self._markdown.write(number, slot, slot.shapes, value.text)
        except (LookupError, ValueError) as error:
            self.faults.report(number, str(error.args[0]))
            return ""
        if slot.control is not None and written:
            return self.controls.wrap(slot.control, slot.properties, written, block=True)
        return written

    def link(self, is_word: bool, *parts: Any) -> str:
        """The start of a link to the address that `parts` make, of a fragment that is included."""
        if missing := next((part for part in parts if part is None or isinstance(part, Undefined)), None):
            raise UndefinedError(missing._undefined_hint or f"there is no '{missing._undefined_name}'")
        return self._rich.link(WORD if is_word else DRAWING, "".join(map(str, parts)))
