"""Markdown fragments with tags, such as clauses, and what they become in the paragraph that includes them.

Tags are found before the Markdown is read, and stand in it as marks of no meaning to Markdown. Statements on lines of
their own go between the paragraphs; statements inside a line stay inside its text. Every fragment's tags are read when
the template is compiled; its paragraphs are made for a holder (the paragraph with the ``include``) when it is first
included there, since a library holds many wordings and a document uses one of each.
"""

from __future__ import annotations

import json
import re
from copy import copy
from dataclasses import dataclass, field, replace
from itertools import pairwise
from threading import Lock
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from jinja2 import TemplateNotFound, nodes

from govpack.errors import TemplateError
from govpack.findings import Finding, Location, did_you_mean
from govpack.template.dialects import WORD
from govpack.template.expressions import calls
from govpack.template.markdown import read_markdown
from govpack.template.paragraphs import ParagraphText, properties_of, run_of
from govpack.template.references import MARK_START
from govpack.template.richtext import checked_url
from govpack.template.scope import Site, pair_blocks
from govpack.template.shapes import LINK_PLACE, Shapes
from govpack.template.slots import Form, Slot
from govpack.template.source import Marks, build_source
from govpack.template.tags import PAIRED, Kind, Tag, TagError, find_tags

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml import etree

    from govpack.template.compiling import Workshop
    from govpack.template.environment import TemplateEnvironment
    from govpack.template.markdown import TextBlock
    from govpack.template.shapes import Shape

# In Markdown a mark ends with a punctuation sign that nobody writes (a Manichaean one): asterisks next to a letter or
# a noncharacter would not count as bold before a quotation mark. Marks of statements that go before, or behind, the
# paragraph of their text begin with noncharacters of their own, and stand at its end.
_END = "\U00010af1"
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BEFORE, _BEHIND = "\ufdd2", "\ufdd3"
_MARK = re.compile(f"{MARK_START}(\\d+){_END}")
_MARKS_ONLY = re.compile(f"\\s*(?:{MARK_START}\\d+{_END}\\s*)+")
_BESIDE = re.compile(f" ?([{_BEFORE}{_BEHIND}])(\\d+){_END}")


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of Markdown with tags, such as a clause, and where it comes from (`line` is that of its first line)."""

    text: str
    file: str = ""
    line: int = 1


@dataclass(frozen=True, slots=True)
class _ReadTag:
    """A tag of a fragment: the slot made for it, and whether it begins a bookmark or refers to one."""

    slot: int
    tag: Tag
    is_bookmark: bool = False
    is_reference: bool = False


@dataclass(slots=True)
class _ReadFragment:
    """A fragment whose tags are read: Markdown with marks that count into `tags`."""

    text: str
    location: Location
    tags: list[_ReadTag] = field(default_factory=list)


class FragmentLibrary:
    """The fragments of one template, read once, and the holders that may include them."""

    def __init__(self, fragments: Mapping[str, Fragment]) -> None:
        self._fragments = fragments
        self._read: dict[str, _ReadFragment] = {}
        self._holders: dict[str, Shapes] = {}
        self._properties: dict[str, etree._Element | None] = {}
        self._holds_controls: dict[str, bool] = {}
        self._slots: list[Slot] = []
        self._environment: TemplateEnvironment | None = None
        self._counts_numbers = False
        self.gathers_headings = False
        self._lock = Lock()

    def read(self, shop: Workshop) -> None:
        """Read the tags of every fragment; what is wrong with them is reported to `shop`."""
        self._slots = shop.slots
        self._environment = shop.environment
        for name, fragment in self._fragments.items():
            self._read[name] = _read_fragment(shop, name, fragment)

    def add_holder(self, shop: Workshop, site: Site, tree: nodes.Template, *, holds_controls: bool) -> str:
        """The paragraph of the tag at `site` may include fragments; the statement that includes the one it names."""
        include = next(iter(tree.find_all(nodes.Include)))
        if isinstance(include.template, nodes.Const) and (name := str(include.template.value)) not in self._fragments:
            slot = shop.slots[site.number]
            reason = f"there is no fragment '{name}'{did_you_mean(name, self._fragments)}"
            shop.report(slot.raw, reason, slot.location)
        first = next(leaf for leaf in site.paragraph.leaves if leaf.end > site.tag.start)
        holder = str(len(self._holders) + 1)
        self._properties[holder] = properties_of(run_of(first.element))
        self._holders[holder] = Shapes(site.paragraph.element, self._properties[holder], shop.styles)
        self._holds_controls[holder] = holds_controls
        self._counts_numbers = shop.counts_numbers
        self.gathers_headings = shop.gathers_headings
        expression = site.tag.source.removeprefix("include")
        return f'include ({expression}) ~ "@{holder}"'

    def load(self, name: str) -> str:
        """The source of ``fragment@holder``, for Jinja's loader. TemplateNotFound where there is no such fragment."""
        fragment, _, holder = name.rpartition("@")
        if fragment not in self._read or holder not in self._holders or self._environment is None:
            raise TemplateNotFound(name)
        with self._lock:
            marks = Marks()
            writer = _FragmentWriter(self, self._read[fragment], holder, marks)
            source = build_source(writer.write(), marks.statements)
            self._environment.add(name, source.text, source.slots)
        return source.text

    def load_all(self) -> None:
        """Make every fragment for the first holder, so that all values they use are known."""
        if self._environment is None or not self._holders:
            return
        for name in self._read:
            self._environment.get_template(f"{name}@1")

    @property
    def holders(self) -> tuple[str, ...]:
        """The paragraphs that may include fragments."""
        return tuple(self._holders)

    def shapes(self, holder: str) -> Shapes:
        """The shapes that paragraphs take in `holder`."""
        return self._holders[holder]

    def slot_for(self, slot: int, holder: str, *, bold: bool, italic: bool) -> int:
        """A slot like `slot`, for text of this look in `holder`."""
        made = copy(self._slots[slot])
        dialect = self._holders[holder].dialect
        made.may_be_control = self._holds_controls[holder]
        made.become_run(dialect, dialect.with_look(self._properties[holder], bold=bold, italic=italic))
        self._slots.append(made)
        return len(self._slots) - 1

    def markup_slot(self, slot: int, fallback: str) -> int:
        """A slot like `slot` for markup of the engine's own; `fallback` stands in where its value is missing."""
        made = replace(self._slots[slot], form=Form.MARKUP, fallback=fallback)
        self._slots.append(made)
        return len(self._slots) - 1

    def engine_slot(self, location: Location) -> int:
        """A slot for a statement of the engine's own."""
        self._slots.append(Slot(Form.MARKUP, "", location))
        return len(self._slots) - 1

    @property
    def counts_numbers(self) -> bool:
        """Whether numbered paragraphs must be counted, because something refers to them."""
        return self._counts_numbers


def _read_fragment(shop: Workshop, name: str, fragment: Fragment) -> _ReadFragment:
    text = fragment.text

    def location(position: int) -> Location:
        return Location(fragment.file or f"fragment {name}", fragment.line + text.count("\n", 0, position))

    read = _ReadFragment("", location(0))
    if any(sign in text for sign in (MARK_START, _END, _BEFORE, _BEHIND)):
        shop.report("", "the fragment holds a character that the engine keeps for itself", location(0))
    if found := _ILLEGAL.search(text):
        reason = f"the fragment holds a character that no Office file can hold (U+{ord(found[0]):04X})"
        shop.report("", reason, location(found.start()))
    pieces, position = [], 0
    nowhere = ParagraphText(shop.root_of_nothing)
    sites: list[Site] = []
    for tag in find_tags(text):
        if isinstance(tag, TagError):
            shop.report(tag.tag, tag.reason, location(text.find(tag.tag[:20])))
            continue
        pieces.append(text[position : tag.start])
        position = tag.end
        if tag.kind is Kind.SILENT:
            continue
        if reason := _why_not_here(tag):
            shop.report(tag.raw, reason, location(tag.start))
            continue
        understood = shop.read_tag(tag, location(tag.start))
        if understood is None:
            if tag.kind is Kind.BLOCK and tag.word in PAIRED:
                sites.append(Site(shop.add_slot(tag.raw, location(tag.start)), tag, nowhere))
            continue
        slot, tree = understood
        sites.append(Site(slot, tag, nowhere))
        bookmark, reference = (tag.kind is Kind.VALUE and calls(tree, name) for name in ("bookmark", "ref"))
        read.tags.append(_ReadTag(slot, tag, bookmark, reference))
        pieces.append(f"{MARK_START}{len(read.tags) - 1}{_END}")
    for fault in pair_blocks(sites)[1]:
        slot_of = shop.slots[fault.site.number]
        shop.report(slot_of.raw, fault.reason, slot_of.location)
    read.text = _separate_statements("".join([*pieces, text[position:]]), read.tags)
    return read


def _why_not_here(tag: Tag) -> str:
    if tag.kind is Kind.CELL or tag.scope:
        return "the tag is for a paragraph, row or cell of Word, and a fragment is Markdown; leave it out"
    if tag.kind is not Kind.BLOCK:
        return ""
    if tag.word == "include":
        return "a fragment can't include another"
    if tag.word in ("macro", "call", "filter", "raw", "break", "continue") or (tag.word == "set" and tag.opens):
        return f"a fragment has no '{tag.word}' block or jump; it knows for, if, with, and set with a value"
    return ""


def _separate_statements(text: str, tags: list[_ReadTag]) -> str:
    """Take lines that hold statements only out of the text; each goes with the line before or behind it."""
    lines: list[str] = []
    pending = ""
    for line in text.splitlines():
        numbers = [int(found) for found in _MARK.findall(line)]
        if numbers and _MARKS_ONLY.fullmatch(line) and all(tags[n].tag.kind is Kind.BLOCK for n in numbers):
            for number in numbers:
                last = next((at for at in range(len(lines) - 1, -1, -1) if lines[at].strip()), None)
                if pending or last is None or tags[number].tag.opens or tags[number].tag.is_single:
                    pending += f" {_BEFORE}{number}{_END}"
                else:
                    lines[last] += f" {_BEHIND}{number}{_END}"
            continue
        if pending and line.strip():
            lines.append(line + pending)
            pending = ""
            continue
        lines.append(line)
    if pending and lines:
        lines[-1] += pending.replace(_BEFORE, _BEHIND)
    return "\n".join(lines)


class _FragmentWriter:
    """Writes one fragment as the markup of one holder."""

    def __init__(self, library: FragmentLibrary, fragment: _ReadFragment, holder: str, marks: Marks) -> None:
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
            deeper = [after.depth > block.depth for block, after in pairwise(blocks)] + [False]
            # What introduces a list must not stand alone at the foot of a page.
            written = "".join(
                self._write_block(block, leads=leads) for block, leads in zip(blocks, deeper, strict=False)
            )
        except LookupError as error:
            finding = Finding(str(error.args[0]), self._fragment.location)
            raise TemplateError(str(finding), [finding]) from None
        for number, read in enumerate(self._fragment.tags):
            if number not in self._written:
                reason = "the tag stands where Markdown prints no text, such as the title of a link; put it elsewhere"
                finding = Finding(f"'{read.tag.raw}': {reason}", self._fragment.location)
                raise TemplateError(str(finding), [finding])
        return written

    def _write_block(self, block: TextBlock, *, leads: bool) -> str:
        shape = self._shape(block).kept_with_next() if leads else self._shape(block)
        before: list[str] = []
        behind: list[str] = []
        runs: list[str] = []
        bookmarked = False
        outline = shape.outline if self._library.gathers_headings and self._shapes.counts else None
        word = self._shapes.dialect is WORD
        depth = 0
        for span in block.spans:
            for found in _BESIDE.finditer(span.text):
                (before if found[1] == _BEFORE else behind).append(self._statement(int(found[2])))
            link = self._link(block, span.link) if span.link else ""
            if link and word:
                runs.append(link)
            pieces = _MARK.split(_BESIDE.sub("", span.text))
            for index, piece in enumerate(pieces):
                if index % 2 == 0:
                    if piece.endswith(" ") and self._is_reference(pieces, index + 1):
                        piece = piece[:-1] + "\u00a0"  # noqa: PLW2901 - a clause's number never parts from its word
                    if piece and outline is not None:
                        runs.append(self._engine_mark(f"_note({json.dumps(piece, ensure_ascii=False)})"))
                    runs.append(self._literal(piece, (span.bold, span.italic), link) if piece else "")
                    continue
                read = self._fragment.tags[int(piece)]
                self._written.add(int(piece))
                if read.tag.kind is Kind.BLOCK:
                    depth += read.tag.opens - read.tag.closes
                    runs.append(self._statement(int(piece)))
                    continue
                slot = self._library.slot_for(read.slot, self._holder, bold=span.bold, italic=span.italic)
                runs.append(self._marks.value(slot, read.tag.source))
                bookmarked |= read.is_bookmark
            if link and word:
                runs.append("</w:hyperlink>")
        if depth:
            self._refuse(block, "a statement in it opens or closes in another item; put it on a line of its own")
        count = ""
        if shape.level is not None and self._shapes.counts and self._library.counts_numbers:
            count = self._engine_mark(f"_count({json.dumps(shape.level.num_id)}, {shape.level.depth})")
        close = self._engine_mark("_close_bookmarks()") if bookmarked else ""
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
        shown = _BESIDE.sub("", _MARK.sub("…", "".join(span.text for span in block.spans)))[:60]
        finding = Finding(f"“{shown}”: {reason}", self._fragment.location)
        raise TemplateError(str(finding), [finding])

    def _statement(self, number: int) -> str:
        self._written.add(number)
        read = self._fragment.tags[number]
        return self._marks.block(read.slot, read.tag.source)

    def _link(self, block: TextBlock, address: str) -> str:
        """The start of a link; tags in its address are filled when the fragment is."""
        word = self._shapes.dialect is WORD
        pieces = _MARK.split(address)
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
