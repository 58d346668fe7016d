"""One rendering of a template: what each tag's value becomes, and everything that goes wrong on the way."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from jinja2 import TemplateNotFound, Undefined, UndefinedError
from jinja2.exceptions import SecurityError

from govpack.errors import TemplateError
from govpack.findings import Finding, Severity
from govpack.template.controls import ControlWriter
from govpack.template.dialects import DRAWING, WORD
from govpack.template.documents import Document
from govpack.template.existing import BOUND, CONTROL_ID
from govpack.template.generator import FAIL, FILTERED, MARKUP, PIECE, PUT, STEP
from govpack.template.identifiers import Identifiers
from govpack.template.inclusion import Inclusions
from govpack.template.limits import BUDGET, CONCAT, SHORT_TEXT, STEPS, Budget, LimitError
from govpack.template.links import Links
from govpack.template.markdown import read_markdown
from govpack.template.pieces import Level, Piece, only_look
from govpack.template.references import MARK_END, MARK_START, References
from govpack.template.richmarkup import RichWriter
from govpack.template.richtext import Rich
from govpack.template.shapes import LINK_PLACE
from govpack.template.slots import Form
from govpack.template.texts import text_of
from govpack.template.tracking import LOOP
from govpack.template.values import Bookmark, Chart, Contents, Image, Markdown, Reference

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from babel.core import Locale

    from govpack.ooxml.package import Deflated
    from govpack.template.identifiers import Taken
    from govpack.template.markdown import Span, TextBlock
    from govpack.template.natives import Native
    from govpack.template.shapes import Shape, Shapes
    from govpack.template.slots import Slot
    from govpack.template.styles import Styles

# Characters that no XML 1.0 part can hold, lone surrogates, and the two marks of our own.
_ILLEGAL = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff{MARK_START}{MARK_END}\ufffe\uffff]")
_SPECIAL = re.compile(f'[&<>"\n\r\t\x00-\x1f\ud800-\udfff{MARK_START}{MARK_END}\ufffe\uffff]')
# Other engines read these two in any text.
_LISTING_HINT = r"; a Listing makes paragraphs of \a and page breaks of \f"
_ATTRIBUTE_BREAKS = {"\n": "&#10;", "\t": "&#9;"}
_Special = Markdown | Bookmark | Reference | Contents | Chart | Image


class Rendering:
    """The state of one rendering. `put` and `fail` are called by the generated code with the number of a slot."""

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
    ) -> None:
        self._locale = locale
        self.identifiers = Identifiers(taken)
        self.controls = ControlWriter(self.identifiers, neutral=neutral)
        self.references = References(styles.numbering, self.identifiers)
        self.links = Links(members)
        self.inclusions = Inclusions(styles, self.links, self.references, members)
        self._rich = RichWriter(styles, self.links, self.references, self._text)
        self._slots = slots
        self._strict = strict
        self._ended = False
        self.budget = Budget()
        self._findings: dict[tuple[int, str], Finding] = {}

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What went wrong so far, each once."""
        return tuple(dict.fromkeys(self._findings.values()))

    def put(self, number: int, value: Any) -> str:
        """The markup of `value` at the slot `number`."""
        slot = self._slots[number]
        if type(value) is not str:
            if isinstance(value, Piece):
                return self._put_piece(number, slot, value)
            if slot.form is Form.MARKUP:
                return str(value)
            if value is None or isinstance(value, Undefined):
                return self._placeholder(number, slot, value)
            if isinstance(value, (Markdown, Bookmark, Reference, Contents, Chart, Image)):
                return self._put_special(number, slot, value)
            if isinstance(value, Rich):
                return self._put_rich(number, slot, value)
            if slot.native is not None:  # a checkbox takes what is no text
                value = format(value, "f") if isinstance(value, Decimal) else str(value)
            else:
                value = str(value) if type(value) is int else text_of(value)
        elif slot.form in (Form.MARKUP, Form.HELD):
            return value
        if slot.form is Form.STATEMENT:
            self._report(number, f"the value is text, and the tag takes the place of {slot.level.value}")
            return ""
        return self._write(number, slot, value)

    def piece(self, number: int, chunks: list[str]) -> Piece:
        """What the body of the block at the slot `number` gave."""
        self.budget.markup(sum(map(len, chunks)))
        markup = "".join(chunks)
        return Piece.of(number, markup, is_text=self._slots[number].level is Level.TEXT)

    def filtered(self, number: int, piece: Piece, value: Any) -> str:
        """The text of a ``filter`` block, after the filter, in the look that its body had."""
        slot = self._slots[number]
        if value is None or isinstance(value, Undefined):
            return self._placeholder(number, slot, value)
        if slot.level is Level.TEXT:
            return self._text(number, slot, text_of(value))
        look = only_look(piece.markup)
        if look is None:
            reason = "'filter' works on text, and what stands between has more than one look, or is more than text"
            self._report(number, f"{reason}; put the filter on each value")
            return ""
        dialect = slot.dialect or WORD
        slot = replace(slot, form=Form.RUN, properties=look, line_break=dialect.breaks["\n"], tab=dialect.breaks["\t"])
        slot.line_break = slot.line_break.replace("{properties}", look)
        opened = f"<{dialect.name}:r>{look}{dialect.run_open(None).removeprefix(f'<{dialect.name}:r>')}"
        shown = self._text(number, slot, text_of(value))
        return f"{opened}{shown}{dialect.run_close}" if shown else ""

    def _put_piece(self, number: int, slot: Slot, piece: Piece) -> str:
        """A piece of the template's own markup, where it fits; else the fault names both places."""
        origin = self._slots[piece.origin]
        made = origin.level
        if made is Level.TEXT and slot.form is not Form.STATEMENT:
            return self._write(number, slot, str(piece))
        if slot.shapes is not None:
            if made is Level.PARAGRAPHS:
                return piece.markup
            if made is Level.RUNS:
                return self._in_paragraph(slot, piece.markup)
        elif made is slot.level:
            return piece.markup
        wanted = Level.PARAGRAPHS if slot.shapes is not None else slot.level
        reason = f"what it prints is {made.value}, and the tag stands where {wanted.value} must"
        self._report(number, f"{reason}; see '{origin.raw}' at {origin.location.at or origin.location.file}")
        return ""

    def _put_rich(self, number: int, slot: Slot, value: Rich) -> str:
        if slot.form is Form.STATEMENT:
            self._report(number, f"the value is no {slot.level.value}, whose place the tag takes")
            return ""
        try:
            if isinstance(value, Document):
                return self.inclusions.write(slot, value)
            return self._rich.write(number, slot, value)
        except ValueError as error:
            self._report(number, str(error))
            return ""

    def fail(self, number: int, error: Exception) -> str:
        """The statement or value at the slot `number` failed: report it, and show where it was meant to be."""
        slot = self._slots[number]
        if isinstance(error, LimitError):
            if not self._ended:
                self._report(number, str(error))
            self._ended = True
            raise error
        if isinstance(error, UndefinedError):
            return self._placeholder(number, slot, None, str(error))
        if isinstance(error, TemplateError):
            # A fragment that does not fit its place says itself where it comes from.
            self._findings.update(((number, finding.message), finding) for finding in error.findings)
        elif not isinstance(error, UnboundLocalError):  # else the failure of a {% set %} before, reported there
            self._report(number, _in_words(error))
        return ""

    def finish(self, text: str) -> str:
        """`text` of a part with its references and contents filled in."""
        settled, broken = self.references.settle(text)
        for slot, reason in broken:
            self._report(self._slots.index(slot), reason)
        return settled

    def report(self, number: int, reason: str, *, gap: bool = False) -> None:
        """Note what is wrong with the tag of the slot `number`; a `gap` may be allowed."""
        self._report(number, reason, gap=gap)

    def text_of(self, number: int, text: str) -> str:
        """`text` as the slot `number` writes it in an element or attribute."""
        return self._text(number, self._slots[number], text).replace('"', "&quot;")

    def concat(self, *values: Any) -> str:
        """The texts of `values` as one."""
        made = "".join([value if type(value) is str else text_of(value) for value in values])
        if len(made) > SHORT_TEXT:
            self.budget.text(len(made))
        return made

    def raw_of(self, number: int) -> str:
        """The tag of the slot `number` as typed."""
        return self._slots[number].raw

    def _report(self, number: int, reason: str, *, gap: bool = False) -> None:
        slot = self._slots[number]
        severity = Severity.WARNING if gap and not self._strict else Severity.ERROR
        message = f"'{slot.raw}': {reason}" if slot.raw else reason
        self._findings.setdefault((number, reason), Finding(message, slot.location, severity))

    def _placeholder(self, number: int, slot: Slot, value: Any, reason: str = "") -> str:
        hint = value._undefined_hint if isinstance(value, Undefined) else ""
        self._report(number, reason or hint or f"'{slot.label}' has no value", gap=True)
        if slot.form in (Form.STATEMENT, Form.HELD) or slot.fallback:
            return slot.fallback or slot.before_missing
        shown = self._text(number, slot, f"[● {slot.label or slot.raw.strip('{}% ')}]")
        self.references.note_text(shown)
        if slot.native is not None:
            return slot.native.write_missing(shown, self.identifiers.control_id(slot.native.own_id))
        if slot.form is not Form.RUN:
            return shown
        run = f"{slot.before_missing}{shown}{slot.after}"
        if slot.control is not None:
            run = self.controls.wrap(slot.control, slot.properties, run, missing=True)
        return self._in_paragraph(slot, run) if slot.shapes else run

    def _write(self, number: int, slot: Slot, text: str) -> str:
        if slot.native is not None:
            return self._set_native(number, slot, slot.native, text)
        if len(text) > SHORT_TEXT:
            self.budget.text(len(text))
        self.references.note_text(text)
        shown = self._text(number, slot, text)
        if slot.form is not Form.RUN:
            return shown
        run = f"{slot.before}{shown}{slot.after}"
        if slot.control is not None and shown:
            run = self.controls.wrap(slot.control, slot.properties, run)
        if slot.shapes:
            return self._in_paragraph(slot, run)
        return run if shown else ""

    def _set_native(self, number: int, slot: Slot, native: Native, value: str) -> str:
        def shown(text: str) -> str:
            return self._text(number, slot, text)

        try:
            return native.write(value, self._locale, shown, self.identifiers.control_id(native.own_id))
        except (TypeError, ValueError) as error:
            self._report(number, str(error))
            return ""

    def bound_data(self, number: int, value: Any) -> str:
        """What the XML holds that the control at the slot `number` is bound to; its faults are the control's."""
        native = self._slots[number].native
        if native is None or value is None or isinstance(value, Undefined):
            return ""
        try:
            return _escape(native.data(value))
        except (TypeError, ValueError):
            return ""

    def _text(self, number: int, slot: Slot, text: str) -> str:
        """`text` as it reads in XML at this slot; a character that XML can't hold is reported and left out."""
        if not _SPECIAL.search(text):
            return text
        if found := _ILLEGAL.search(text):
            hint = _LISTING_HINT if found[0] in "\a\f" else ""
            reason = f"the value holds a character that no Office file can hold (U+{ord(found[0]):04X})"
            self._report(number, reason + hint)
            text = _ILLEGAL.sub("", text)
        text = _escape(text.replace("\r\n", "\n").replace("\r", "\n"))
        if slot.form is Form.ATTRIBUTE:
            text = text.replace('"', "&quot;")
            for sign, written in _ATTRIBUTE_BREAKS.items():
                text = text.replace(sign, written)
        elif slot.form is Form.RUN:
            text = text.replace("\n", slot.line_break).replace("\t", slot.tab)
        return text

    def _in_paragraph(self, slot: Slot, runs: str) -> str:
        """A paragraph like the one the tag stood in, alone, around `runs`."""
        assert slot.shapes is not None
        shape = slot.shapes.own
        if shape.level is not None and slot.shapes.counts:
            self.references.count(shape.level.num_id, shape.level.depth)
        return f"{shape.open}{runs}{shape.close}"

    def _put_special(self, number: int, slot: Slot, value: _Special) -> str:
        match value:
            case Markdown():
                return self._put_markdown(number, slot, value)
            case Chart() | Image():
                what = "a native chart" if isinstance(value, Chart) else "a picture"
                wanted = f"put the tag into the alternative text of {what} that stands where this one is to be"
                self._report(number, f"this is not the alternative text of {what}; {wanted}")
                return ""
            case Contents() if slot.in_word and slot.shapes:
                slot.label = str(value.levels)
                return self.references.reserve(slot, "")
            case Bookmark() if slot.in_word:
                try:
                    return self.references.open_bookmark(value.id)
                except ValueError as error:
                    self._report(number, str(error))
                    return ""
            case Reference() if slot.in_word:
                mark = self.references.reserve(slot, value.id)
                return self._in_paragraph(slot, mark) if slot.shapes else mark
        wanted = "alone in a paragraph of a Word document" if isinstance(value, Contents) else "in Word text"
        self._report(number, f"this tag makes a Word field or bookmark, so it can stand only {wanted}")
        return ""

    def _put_markdown(self, number: int, slot: Slot, value: Markdown) -> str:
        if slot.shapes is None:
            if slot.form is Form.RUN:
                self._report(number, "Markdown makes paragraphs, so its tag must stand alone in a paragraph")
                return ""
            return self._text(number, slot, value.text)
        try:
            written = self._paragraphs(number, slot, slot.shapes, read_markdown(value.text))
        except (LookupError, ValueError) as error:
            self._report(number, str(error.args[0]))
            return ""
        if slot.control is not None and written:
            return self.controls.wrap(slot.control, slot.properties, written, block=True)
        return written

    def _paragraphs(self, number: int, slot: Slot, shapes: Shapes, blocks: Iterable[TextBlock]) -> str:
        written: list[str] = []
        lists: dict[int, str] = {}
        for block in blocks:
            shape = shapes.of(block)
            opened = shape.open
            if shape.restarts:
                if block.list_number not in lists:
                    lists[block.list_number] = self._new_list(shape)
                opened = opened.replace("{list}", lists[block.list_number])
            if shape.level is not None and shapes.counts:
                num_id = lists.get(block.list_number, shape.level.num_id) if shape.restarts else shape.level.num_id
                self.references.count(num_id, shape.level.depth)
            runs = [self._span(number, slot, shapes, span) for span in block.spans]
            written += (opened, *runs, shape.close)
        return "".join(written)

    def _new_list(self, shape: Shape) -> str:
        depth = shape.level.depth if shape.level else 0
        return self.references.new_list(shape.restarts, depth, shape.start)

    def _span(self, number: int, slot: Slot, shapes: Shapes, span: Span) -> str:
        """The run of a piece of Markdown; ValueError where it leads to an address that is none."""
        look = (span.bold, span.italic)
        shown = self._text(number, slot, span.text)
        self.references.note_text(span.text)
        if not span.link:
            return f"{shapes.runs[look]}{shown}{slot.after}"
        opened = self._rich.link(shapes.dialect, span.link)
        if shapes.dialect is WORD:
            return f"{opened}{shapes.link_run(look)}{shown}{slot.after}</w:hyperlink>"
        return f"{shapes.link_run(look).replace(LINK_PLACE, opened)}{shown}{slot.after}"

    def link(self, is_word: bool, *parts: Any) -> str:
        """The start of a link to the address that `parts` make, of a fragment that is included."""
        if missing := next((part for part in parts if part is None or isinstance(part, Undefined)), None):
            raise UndefinedError(missing._undefined_hint or f"there is no '{missing._undefined_name}'")
        return self._rich.link(WORD if is_word else DRAWING, "".join(map(str, parts)))


def render_functions(rendering: Rendering) -> dict[str, Any]:
    """What generated code calls by name, besides put and fail, to keep count of paragraphs, headings and bookmarks."""
    references = rendering.references
    return {
        PUT: rendering.put,
        FAIL: rendering.fail,
        PIECE: rendering.piece,
        MARKUP: _markup_of,
        FILTERED: rendering.filtered,
        LOOP: rendering.controls.begin,
        STEP: rendering.controls.step,
        CONTROL_ID: lambda own: str(rendering.identifiers.control_id(own)),
        BOUND: rendering.bound_data,
        BUDGET: rendering.budget,
        STEPS: rendering.budget.steps,
        CONCAT: rendering.concat,
        "_link": rendering.link,
        "_count": references.count,
        "_note": references.note_text,
        "_close_bookmarks": references.close_bookmarks,
        "_open_heading": references.open_heading,
        "_close_heading": references.close_heading,
    }


def _markup_of(value: str) -> str:
    return value.markup if isinstance(value, Piece) else value


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _in_words(error: Exception) -> str:
    match error:
        case TemplateNotFound():
            # Fragments go by name and the paragraph that they were compiled for.
            return f"there is no fragment '{str(error.message).rpartition('@')[0]}'"
        case SecurityError():
            return str(error) or "the tag asks for something that templates may not do"
        case ZeroDivisionError():
            return "the tag divides by zero"
        case InvalidOperation():
            return "the number is too large to be shown"
        case SyntaxError():
            return "its blocks, brackets or sums are nested too deeply"
        case RecursionError():
            return "the tag calls itself without end"
    return str(error) or type(error).__name__
