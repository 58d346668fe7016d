"""Numbers, bookmarks and references of a Word document while it is rendered (ECMA-376 part 1, 17.16).

Paragraphs are counted as they are written, as Word would count them; a bookmark remembers the number of its
paragraph, and once everything is written each reference gets the number it points at, cached in a live field.
"""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from govpack.findings import did_you_mean
from govpack.ooxml.names import qn
from govpack.ooxml.numbering import read_numbering
from govpack.ooxml.xml import escape
from govpack.template.markup.identifiers import LONGEST_NAME

if TYPE_CHECKING:
    from collections.abc import Callable

    from govpack.ooxml.numbering import ListNumber, Numbering
    from govpack.template.language.slots import Slot
    from govpack.template.markup.identifiers import Identifiers

# U+FDD0 and U+FDD1 are no characters: XML can hold them, text never does. They mark what is known only at the end.
MARK_START, MARK_END = "\ufdd0", "\ufdd1"
_RUN_END = "</w:t></w:r>"
_BOUND = f"\u00a0{_RUN_END}"


class Pieces(NamedTuple):
    """A text in pieces; `signs` are the places of those that begin with a mark of what is known only at the end."""

    texts: list[str]
    signs: list[int]

    @classmethod
    def of(cls, text: str) -> Pieces:
        """`text` in pieces."""
        first, *marked = text.split(MARK_START)
        return cls([first, *(f"{MARK_START}{piece}" for piece in marked)], [*range(1, len(marked) + 1)])

    def __str__(self) -> str:
        return "".join(self.texts)


class _Heading:
    """A heading: its outline level, its place among the paragraphs counted, its bookmark and its text in pieces."""

    def __init__(self, level: int, place: int, bookmark: str) -> None:
        self.level = level
        self.place = place
        self.bookmark = bookmark
        self.text: list[str] = []


class References:
    """What one rendering knows of its numbered paragraphs, bookmarks, references and headings."""

    def __init__(self, numbering: Numbering, identifiers: Identifiers) -> None:
        self._numbering = replace(
            numbering,
            lists=dict(numbering.lists),
            nums=dict(numbering.nums),
            starts={num_id: dict(starts) for num_id, starts in numbering.starts.items()},
            own_levels=dict(numbering.own_levels),
            counters={},
        )
        # Whether a table of contents asks for the headings.
        self.gathers = False
        self._new_lists: list[tuple[str, str, int, int]] = []
        # Each paragraph as it begins, by its list and level; without a number, by an empty list. What numbers they have
        # is told at the end, of those that something asks for.
        self._steps: list[tuple[str, int]] = []
        self._numbers: dict[int, ListNumber] | None = None
        # By bookmark: the place of its paragraph among these, -1 before the first.
        self._places: dict[str, int] = {}
        # By the look of its runs and the bookmark that it leads to.
        self._fields: dict[tuple[str, str], tuple[str, bool]] = {}
        self._names: dict[str, str] = {}
        self._open: list[int] = []
        self._identifiers = identifiers
        self._waiting: list[tuple[Slot, str]] = []
        self._headings: list[_Heading] = []
        self._heading: _Heading | None = None

    def count(self, num_id: str, depth: int) -> None:
        """A paragraph of the list `num_id` begins; an empty id says that the paragraph has no number."""
        self._steps.append((num_id, depth))

    @property
    def counter(self) -> Callable[[tuple[str, int]], None]:
        """The same for generated code, which counts most paragraphs: it takes list and level as one."""
        return self._steps.append

    def new_list(self, num_id: str, depth: int = 0, start: int = 1) -> str:
        """The id of a new list like `num_id` whose level `depth` begins at `start`."""
        abstract = self._numbering.nums[num_id]
        fresh = self.take_list_id()
        self._numbering.nums[fresh] = abstract
        self._numbering.starts[fresh] = {depth: start}
        self._new_lists.append((fresh, abstract, depth, start))
        return fresh

    def take_list_id(self) -> str:
        """The id of a list that no other has."""
        taken = [int(known) for known in self._numbering.nums if known.isdigit()]
        fresh = str(max(taken, default=0) + 1)
        self._numbering.nums[fresh] = ""
        return fresh

    def define_list(self, num_id: str, number: etree._Element, abstract: etree._Element) -> None:
        """What the list `num_id`, brought along from another document, counts by: its w:num and w:abstractNum."""
        root = etree.Element(qn("w:numbering"))
        for node, attribute in ((deepcopy(abstract), "w:abstractNumId"), (deepcopy(number), "w:numId")):
            node.set(qn(attribute), num_id)
            root.append(node)
        if (link := root[1].find(qn("w:abstractNumId"))) is not None:
            link.set(qn("w:val"), num_id)
        read = read_numbering(root)
        own = f"included {num_id}"
        self._numbering.lists[own] = read.lists.get(num_id, {})
        self._numbering.nums[num_id] = own
        self._numbering.starts |= read.starts
        self._numbering.own_levels |= read.own_levels

    @property
    def list_definitions(self) -> str:
        """The lists that this rendering adds to numbering.xml."""
        return "".join(
            f'<w:num w:numId="{num_id}"><w:abstractNumId w:val="{abstract}"/>'
            f'<w:lvlOverride w:ilvl="{depth}"><w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
            for num_id, abstract, depth, start in self._new_lists
        )

    def open_bookmark(self, identifier: str) -> str:
        """Begin the bookmark `identifier` in the paragraph being written. ValueError where it was used before."""
        if identifier in self._places:
            raise ValueError(f"the bookmark '{identifier}' is set twice; each may stand once in a document")
        self._places[identifier] = len(self._steps) - 1
        name = self._identifiers.free_name(_bookmark_name(identifier))
        self._names[identifier] = name
        return self._start(name)

    def _start(self, name: str) -> str:
        number = self._identifiers.bookmark_id()
        self._open.append(number)
        return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'

    def close_bookmarks(self) -> str:
        """End every bookmark that the paragraph being written began."""
        if not self._open:
            return ""
        if len(self._open) == 1:
            return f'<w:bookmarkEnd w:id="{self._open.pop()}"/>'
        ends = "".join([f'<w:bookmarkEnd w:id="{number}"/>' for number in reversed(self._open)])
        self._open.clear()
        return ends

    def open_heading(self, level: int) -> str:
        """A heading of outline `level` (from 0) begins; its text is gathered for the table of contents."""
        name = self._identifiers.free_name(f"_Toc9{len(self._headings) + 1:08d}")
        self._heading = _Heading(level, len(self._steps) - 1, name)
        self._headings.append(self._heading)
        return self._start(name)

    def begin_heading(self, level: int, *, numbered: bool) -> str:
        """The same for a heading that the engine writes, which was counted if it is `numbered`."""
        if not numbered:
            self.count("", 0)
        return self.open_heading(level)

    def add_heading(self, level: int, text: str) -> tuple[str, str]:
        """The heading being written says `text`; the start and the end of a bookmark to put around it."""
        start = self.open_heading(level)
        self.note_text(text)
        return start, self.close_heading()

    def free_name(self, name: str) -> str:
        """`name` for a bookmark, or one like it that no other has."""
        return self._identifiers.free_name(name)

    def close_heading(self) -> str:
        """The heading being written ends."""
        self._heading = None
        return self.close_bookmarks()

    def note_text(self, text: str) -> None:
        """`text` is being written; a heading keeps it for the table of contents."""
        if self._heading is not None:
            self._heading.text.append(text)

    def reserve(self, slot: Slot, identifier: str) -> str:
        """A mark for what is known only at the end: a reference to `identifier`, or (empty) a table of contents."""
        self._waiting.append((slot, identifier))
        return f"{MARK_START}{len(self._waiting) - 1}{MARK_END}"

    def settle(self, text: Pieces) -> list[tuple[Slot, str]]:
        """Fill in what the marks of `text` stand for; the references that lead nowhere, each with the reason."""
        broken: list[tuple[Slot, str]] = []
        pieces = text.texts
        for at in text.signs if self._waiting else ():
            number, _, after = pieces[at][1:].partition(MARK_END)
            if number.isdecimal():
                field, brings_word = self._settled(int(number), broken)
                if brings_word:
                    _unbind(pieces, at)
                pieces[at] = f"{field}{after}"
        return broken

    def _settled(self, number: int, broken: list[tuple[Slot, str]]) -> tuple[str, bool]:
        """What the mark of that number stands for, and whether it is a number that brings its word along.

        Where it leads nowhere, `broken` is told.
        """
        slot, identifier = self._waiting[number]
        if not identifier:
            return self._contents(slot), False
        key = (slot.properties, identifier)
        if key not in self._fields:
            counted = self._number_at(self._places.get(identifier, -1))
            if counted is None:
                broken.append((slot, self._why_broken(identifier)))
                return "", False
            self._fields[key] = self._field(slot, identifier, counted.full), len(counted.full.split()) > 1
        return self._fields[key]

    def _number_at(self, place: int) -> ListNumber | None:
        """The number of the paragraph that was counted at that place; None where it has none."""
        if self._numbers is None:
            wanted = {self._places.get(identifier, -1) for _, identifier in self._waiting}
            self._numbers = self._numbering.numbers_at(self._steps, wanted.union(one.place for one in self._headings))
        return self._numbers.get(place)

    def _why_broken(self, identifier: str) -> str:
        if identifier in self._places:
            return f"the bookmark '{identifier}' stands in a paragraph without a number, so there is none to refer to"
        return f"nothing in this document bears the bookmark '{identifier}'{did_you_mean(identifier, self._places)}"

    def _field(self, slot: Slot, identifier: str, number: str) -> str:
        # \w gives the number in full context, whatever clause the reference stands in; \h makes it a link.
        run = f"<w:r>{slot.properties}"
        return (
            f'{run}<w:fldChar w:fldCharType="begin"/></w:r>'
            f'{run}<w:instrText xml:space="preserve"> REF {self._names[identifier]} \\w \\h </w:instrText></w:r>'
            f'{run}<w:fldChar w:fldCharType="separate"/></w:r>'
            f"{run}<w:t>{escape(number)}</w:t></w:r>"
            f'{run}<w:fldChar w:fldCharType="end"/></w:r>'
        )

    def _contents(self, slot: Slot) -> str:
        """A TOC field: entries with clause numbers and links, no page numbers, which nobody knows without layout."""
        levels = int(slot.label or "1")
        shown = [heading for heading in self._headings if heading.level < levels]
        if slot.shapes is None:
            return ""
        start = (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            f'<w:r><w:instrText xml:space="preserve"> TOC \\o "1-{levels}" \\n \\h \\z \\u </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        )
        end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        entries = [self._entry(heading) for heading in shown] or ["<w:r><w:t>No headings</w:t></w:r>"]
        entries[0] = start + entries[0]
        entries[-1] += end
        opened = [slot.shapes.contents_open(heading.level + 1) for heading in shown] or [slot.shapes.contents_open(1)]
        return "".join(f"{before}{entry}</w:p>" for before, entry in zip(opened, entries, strict=True))

    def _entry(self, heading: _Heading) -> str:
        text = escape(" ".join("".join(heading.text).split()))
        counted = self._number_at(heading.place)
        shown = counted.shown if counted else ""
        number = f"<w:r><w:t>{escape(shown)}</w:t></w:r><w:r><w:tab/></w:r>" if shown else ""
        return (
            f'<w:hyperlink w:anchor="{heading.bookmark}" w:history="1">{number}'
            f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:hyperlink>'
        )


def _unbind(pieces: list[str], at: int) -> None:
    """“as Schedule 2”: a number that brings its word along is not bound to the word before."""
    before = at - 1
    while not pieces[before]:
        before -= 1
    if pieces[before].endswith(_BOUND):
        pieces[before] = f"{pieces[before].removesuffix(_BOUND)} {_RUN_END}"


@lru_cache(maxsize=4_096)
def _bookmark_name(identifier: str) -> str:
    """The name in the document of the bookmark `identifier`, unless another has it."""
    name = re.sub(r"\W", "_", identifier)[:LONGEST_NAME] or "_"
    return name if name[0].isalpha() or name[0] == "_" else f"_{name}"[:LONGEST_NAME]
