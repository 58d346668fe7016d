"""Footnotes, endnotes and comments that a template fills, repeats or leaves out.

Each is written from the place that refers to it, in that place's own scope, so what a block repeats has a note of its
own each time, and a note goes with the reference that is left out. Their parts are put together at the end.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from govpack.ooxml.names import qn
from govpack.template.blocks.blocks import BlockWalk, Where
from govpack.template.blocks.ranges import EDGES, RangeMarker
from govpack.template.language.source import build_source
from govpack.template.markup.paragraphs import put_before
from govpack.template.markup.references import MARK_END, MARK_START

if TYPE_CHECKING:
    from lxml import etree

    from govpack.ooxml.package import Package
    from govpack.template.parts.compiling import Workshop

_ID = qn("w:id")
# By the last step of the relationship's type: what refers to a note, and the element that is one.
_KINDS = {
    "footnotes": (qn("w:footnoteReference"), qn("w:footnote")),
    "endnotes": (qn("w:endnoteReference"), qn("w:endnote")),
    "comments": (qn("w:commentReference"), qn("w:comment")),
}
_EXTENSIONS = ("commentsExtended", "commentsIds", "commentsExtensible")
_BEGIN, _END = f"{MARK_START}note{{}}{MARK_END}", f"{MARK_START}/note{MARK_END}"
_NOTE = re.compile(f"{MARK_START}note(-?\\d+){MARK_END}(.*?){_END}", re.DOTALL)
_MARK = re.compile(f"{MARK_START}(\\d+){MARK_END}")
NOTES_PLACE = f"{MARK_START}notes{MARK_END}"


class NotePart:
    """One part of notes: its name, what refers to them, the ids of its own notes; `is_on` says that it is filled."""

    def __init__(self, kind: str, part: str, reference: str, note: str) -> None:
        self.kind = kind
        self.part = part
        self.reference = reference
        self.note = note
        self.is_on = False
        self.ids: set[str] = set()


def source_of(part: str, identifier: str) -> str:
    """The name of the source of one note."""
    return f"{part}#{identifier}"


class NoteParts:
    """The parts of notes of one template, `extensions` those that say more of comments."""

    def __init__(self, package: Package) -> None:
        self.by_part: dict[str, NotePart] = {}
        self.extensions: dict[str, str] = {}
        if package.kind != "docx":
            return
        for relationship in package.relationships(package.main_part).values():
            kind = relationship.type.rpartition("/")[2]
            if relationship.external or relationship.target not in package:
                continue
            if kind in _KINDS:
                self.by_part[relationship.target] = NotePart(kind, relationship.target, *_KINDS[kind])
            elif kind in _EXTENSIONS:
                self.extensions[kind] = relationship.target

    def order(self, part: str) -> int:
        """When a part is compiled: those that refer to notes come before these."""
        found = self.by_part.get(part)
        return 0 if found is None else 2 if found.kind == "comments" else 1

    @property
    def on(self) -> list[NotePart]:
        """The parts whose notes are written from where they are referred to."""
        return [one for one in self.by_part.values() if one.is_on]


def mark_owned(shop: Workshop, part: str, root: etree._Element) -> bool:
    """Have what the blocks of one part own, ranges and notes, written with each repetition; whether there is any."""
    notes = shop.notes.by_part
    if not notes and not shop.ranges.names and next(root.iter(*EDGES), None) is None:
        return False  # as in most parts, which need no walk to tell
    mine = notes.get(part)
    references = [one.reference for one in notes.values()]
    walk = BlockWalk(root, shop.marks.statements)
    walked = list(walk)
    if part == shop.package.main_part:
        _turn_on(shop, [(element, where) for element, where in walked if element.tag in references])
    found = False
    for element, where in walked:
        for one in shop.notes.on:
            if element.tag == one.reference and element.get(_ID) in one.ids:
                loop = ", loop" if where and where[-1][0] in walk.loops else ""
                name = source_of(one.part, element.get(_ID, ""))
                mark = shop.marks.value(shop.engine_slot(), f'_own_note("{name}"{loop})')
                element.set(_ID, mark)
                found = True
    repeated = mine is not None and mine.is_on
    comments = any(one.is_on and one.kind == "comments" for one in notes.values())
    marker = RangeMarker(shop, part, walk, repeated=repeated, comments=comments)
    marker.mark(walked, shop.names.get(part, part))
    if mine is not None and mine.is_on:
        for element in root:
            if element.tag == mine.note and element.get(_ID) in mine.ids:
                put_before(element, _BEGIN.format(element.get(_ID)))
                element.tail = _END + (element.tail or "")
        found = True
    return found or marker.found


def _turn_on(shop: Workshop, references: list[tuple[etree._Element, Where]]) -> None:
    """Find out which parts of notes are filled from where they are referred to."""
    for one in sorted(shop.notes.by_part.values(), key=lambda one: shop.notes.order(one.part)):
        held = [(element, where) for element, where in references if element.tag == one.reference]
        known = any(compiler.part == one.part for compiler in shop.compilers)
        if not held and not known and one.kind != "comments":
            continue
        root = shop.root_of(one.part)
        ids = {n.get(_ID, "") for n in root if n.tag == one.note and n.get(qn("w:type"), "normal") == "normal"}
        asked = {element.get(_ID) for element, _ in held}
        within = False
        for other in shop.notes.by_part.values():
            if other.kind != "comments" and one.kind == "comments":
                inner = {element.get(_ID) for element in shop.root_of(other.part).iter(one.reference)}
                asked |= inner
                within |= bool(inner) and other.is_on
        tags = any(compiler.part == one.part and compiler.has_tags for compiler in shop.compilers)
        one.is_on = bool(ids) and (tags or within or any(where for _, where in held) or not ids <= asked)
        one.ids = ids if one.is_on else set()


def split_notes(shop: Workshop, part: str, markup: str) -> tuple[str, list[str]]:
    """The markup of a part without its notes, a sign in their place; each note is a source of its own, by name."""
    mine = shop.notes.by_part.get(part)
    if mine is None or not mine.is_on:
        return markup, []
    names = []
    for identifier, text in _NOTE.findall(markup):
        for number in _MARK.findall(text):
            # The path of a value is told from its own source alone, and here names have the meaning of another.
            shop.slots[shop.marks.statements[int(number)].slot].may_be_control = False
        name = source_of(part, identifier)
        shop.environment.sources[name] = build_source(text, shop.marks.statements)
        names.append(name)
    first = _NOTE.search(markup)
    assert first is not None
    return f"{markup[: first.start()]}{NOTES_PLACE}{_NOTE.sub('', markup[first.start() :])}", names
