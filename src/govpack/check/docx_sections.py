"""From a flow to sections: every paragraph, table and figure gets its section and its address."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from govpack.check.docx_flow import FlowParagraph, FlowTable, paragraphs_of
from govpack.check.docx_styles import VAL
from govpack.check.docx_text import TEXT_BOX, shown
from govpack.check.figures import read_chart
from govpack.check.grids import Drawn, make_table
from govpack.check.outline import Bookmark, Control, Note, Paragraph, Picture, Reference, Section, join_address
from govpack.check.words import is_schedule, split_number
from govpack.errors import PackageError
from govpack.ooxml.names import qn
from govpack.ooxml.numbering import ListNumber
from govpack.ooxml.xml import children_by_tag

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml import etree

    from govpack.check.docx_flow import Flow
    from govpack.check.docx_text import RawControl
    from govpack.check.outline import Block
    from govpack.ooxml.package import Package

OPENING = "opening"
_MOST_CELLS = 400_000
_TAG, _ALIAS, _UNTOUCHED, _CHECKBOX = qn("w:tag"), qn("w:alias"), qn("w:showingPlcHdr"), qn("w14:checkbox")
_SORTS = (
    (_CHECKBOX, "checkbox"),
    (qn("w:date"), "date"),
    (qn("w:dropDownList"), "drop-down"),
    (qn("w:comboBox"), "drop-down"),
)
_CLAUSE = re.compile(r"^\d+(\.\d+)*(\([a-z0-9]+\))*$", re.I)
# "1.1 The Supplier …", "(a) process …": numbers that somebody typed before the words of a sub-clause.
_TYPED = re.compile(r"^\s*(?:(\d{1,3}(?:\.\d{1,3})+)\.?|(\((?:[a-z]|[ivx]{2,4}|\d{1,2})\)))\s+(?=\S)")


@dataclass(slots=True)
class _Open:
    """A section while it is being filled; `clause` is the last sub-clause whose number was typed."""

    heading: str
    level: int
    number: str
    path: tuple[str, ...]
    address: str
    schedule: bool = False
    clause: str = ""
    blocks: list[Block] = field(default_factory=list)
    sections: list[_Open] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def next(self, word: str) -> str:
        """``table 2``: the address inside this section of its next block of a sort."""
        self.counts[word] = self.counts.get(word, 0) + 1
        return f"{word} {self.counts[word]}"

    def freeze(self) -> Section:
        """The section with all below it."""
        below = tuple(section.freeze() for section in self.sections)
        return Section(self.heading, self.level, self.number, self.path, self.address, tuple(self.blocks), below)


class SectionBuilder:
    """Takes a flow item by item; `finish` gives the sections. What else it meets it keeps with its address."""

    def __init__(self, package: Package, part: str) -> None:
        self._package, self._part = package, part
        self._opening = _Open("", 0, "", (), OPENING)
        self._top: list[_Open] = []
        self._stack: list[_Open] = []
        self._cells = 0
        self.controls: list[Control] = []
        self.bookmarks: dict[str, Bookmark] = {}
        self.references: list[Reference] = []
        self.changes: list[Note] = []
        self.hidden: list[Note] = []

    @property
    def _current(self) -> _Open:
        return self._stack[-1] if self._stack else self._opening

    def heading(self, item: FlowParagraph, level: int) -> None:
        """Open the section that `item` heads, closing those as deep or deeper."""
        while self._stack and self._stack[-1].level >= level:
            self._stack.pop()
        text = " ".join(item.raw.text.split())
        typed, words = split_number(text)
        number = item.number.full if item.number and item.number.full else typed
        # A list may put the whole word: "Schedule 2" as the number, the title as the text.
        label = words if number and words == number else f"{number} {words}".strip()
        above = self._stack[-1] if self._stack else None
        section = _Open(
            heading=words,
            level=level,
            number=number,
            path=((*above.path, words) if above else (words,)),
            address=join_address(above.address if above else "", label),
            schedule=is_schedule(number, words) or bool(above and above.schedule),
        )
        (above.sections if above else self._top).append(section)
        self._stack.append(section)
        self._keep(item, section.address, number)
        self._figures(item.raw.figures)

    def block(self, item: Flow) -> None:
        """Add a paragraph or a table to the open section."""
        section = self._current
        if isinstance(item, FlowParagraph):
            typed = 0
            if item.number is None and not item.listed:
                item.number, typed = self._typed_number(item.raw.text, section)
            address = self._paragraph_address(item.number, section, item.raw.text)
            self._keep(item, address)
            if item.raw.text.strip():
                section.blocks.append(_paragraph(item, address, typed))
            self._figures(item.raw.figures)
        else:
            self._table(item, section)

    def finish(self) -> tuple[Section, tuple[Section, ...]]:
        """What stands before the first heading, and the sections."""
        return self._opening.freeze(), tuple(section.freeze() for section in self._top)

    def _typed_number(self, text: str, section: _Open) -> tuple[ListNumber | None, int]:
        """The number that its author typed before a sub-clause, and how many characters it takes.

        ``1.1`` counts where it goes on from its heading's number: elsewhere it may be a figure.
        """
        found = _TYPED.match(text)
        if found is None:
            return None, 0
        if found[2]:
            return ListNumber(found[2], f"{section.clause}{found[2]}", 1 + bool(section.clause), ""), found.end()
        if not section.number or not found[1].startswith(f"{section.number}."):
            return None, 0
        section.clause = found[1]
        return ListNumber(found[1], found[1], found[1].count("."), ""), found.end()

    def _paragraph_address(self, number: ListNumber | None, section: _Open, text: str) -> str:
        if number and number.full:
            if section.schedule:
                # "Schedule 2.1" under Schedule 2 is its paragraph 1.
                top = next((words for words in (s.number for s in self._stack) if words), "")
                own = number.full.removeprefix(top).lstrip(". ") if number.full != top else number.full
                return join_address(section.address, f"paragraph {own}")
            # Only a number that goes on from its section's is a clause: other lists start over in every section.
            goes_on = not section.level or number.full.startswith((f"{section.number}.", f"{section.number}("))
            if _CLAUSE.match(number.full) and goes_on:
                return f"clause {number.full}"
            return join_address(section.address, f"item {number.full}")
        return join_address(section.address, section.next("paragraph")) if text.strip() else section.address

    def _table(self, table: FlowTable, section: _Open) -> None:
        if not table.rows:
            return
        address = join_address(section.address, section.next("table"))
        drawn: list[list[Drawn]] = []
        inner: list[FlowTable] = []
        figures: list[etree._Element] = []
        for row_number, row in enumerate(table.rows, start=1):
            cells = [Drawn("")] * row.before
            for cell in row.cells:
                place = f"{address}, row {row_number}, cell {len(cells) + 1}"
                texts = []
                for paragraph in paragraphs_of(cell.flow):
                    self._keep(paragraph, place)
                    if paragraph.raw.figures:
                        figures += paragraph.raw.figures
                    if text := paragraph.raw.text.strip():
                        texts.append(text)
                inner += [item for item in cell.flow if isinstance(item, FlowTable)]
                cells.append(Drawn("\n".join(texts), cell.span, above=cell.continues))
            drawn.append(cells)
            self._cells += sum(cell.span for cell in cells)
            if self._cells > _MOST_CELLS:
                raise PackageError(f"its tables hold more than {_MOST_CELLS:,} cells; it is not read")
        headers = 0
        while headers < len(table.rows) - 1 and table.rows[headers].header:
            headers += 1
        section.blocks.append(make_table(drawn, address, headers))
        self._figures(figures)
        for nested in inner:
            # What the outer table kept already (bookmarks, controls) keeps its place there.
            section.blocks.append(_nested(nested, join_address(section.address, section.next("table"))))

    def _keep(self, item: FlowParagraph, address: str, typed: str = "") -> None:
        """Keep what lies in the paragraph, with its address; `typed`: the number that its author wrote by hand."""
        raw = item.raw
        # Most paragraphs hold none of these.
        if raw.starts:
            self._bookmark(item, address, typed)
        if raw.pointers:
            self.references += [Reference(*pointer, address) for pointer in raw.pointers]
        if raw.changes:
            self.changes += [Note(kind, author, text, address) for kind, author, text in raw.changes]
        if raw.hidden and (text := "".join(raw.hidden).strip()):
            self.hidden.append(Note("hidden text", "", text, address))
        if raw.controls:
            self.controls += [_control(control, address) for control in raw.controls]

    def _bookmark(self, item: FlowParagraph, address: str, typed: str) -> None:
        raw, number = item.raw, item.number
        ends = dict(raw.ends)
        for identifier, name, start in raw.starts:
            text = raw.text[start : ends.get(identifier, len(raw.text))]
            shown_number, full = (number.shown, number.full) if number else (typed, typed)
            self.bookmarks.setdefault(name, Bookmark(name, address, shown_number, full, text))

    def _figures(self, drawings: Iterable[etree._Element]) -> None:
        section = self._current
        links = self._package.relationships(self._part)
        for drawing in drawings:
            nodes = [node for node in shown(drawing) if node.tag != TEXT_BOX]
            described = next((node for node in nodes if node.tag == qn("wp:docPr")), None)
            alt = "" if described is None else described.get("descr", "") or described.get("title", "")
            for node in nodes:
                if node.tag == qn("c:chart") and (link := links.get(node.get(qn("r:id"), ""))) is not None:
                    address = join_address(section.address, section.next("chart"))
                    if link.target in self._package:
                        section.blocks.append(read_chart(self._package, link.target, alt, address))
                elif node.tag in {qn("pic:pic"), qn("v:imagedata")}:
                    words = alt or node.get(qn("o:title"), "")
                    section.blocks.append(Picture(words, join_address(section.address, section.next("picture"))))


def _paragraph(item: FlowParagraph, address: str, typed: int = 0) -> Paragraph:
    raw, number = item.raw, item.number
    lead = typed or len(raw.text) - len(raw.text.lstrip())
    return Paragraph(
        text=raw.text[lead:].strip(),
        address=address,
        number=number.shown if number else "",
        full_number=number.full if number else "",
        level=number.level if number else (0 if item.listed else None),
        bold=tuple((max(start - lead, 0), end - lead) for start, end in raw.bold if end > lead),
    )


def _nested(table: FlowTable, address: str) -> Block:
    rows = [
        [
            Drawn(
                "\n".join(text for item in paragraphs_of(cell.flow) if (text := item.raw.text.strip())),
                cell.span,
                above=cell.continues,
            )
            for cell in row.cells
        ]
        for row in table.rows
    ]
    return make_table(rows, address, int(table.rows[0].header) if table.rows else 0)


def _control(control: RawControl, address: str) -> Control:
    given = children_by_tag(control.properties)

    def value(tag: str) -> str:
        node = given.get(tag)
        return "" if node is None else node.get(VAL, "")

    box = given.get(_CHECKBOX)
    checked = None
    if box is not None:
        state = box.find(qn("w14:checked"))
        checked = state is not None and state.get(qn("w14:val"), "1") not in {"0", "false"}
    sort = next((name for tag, name in _SORTS if tag in given), "text")
    return Control(value(_TAG), value(_ALIAS), control.value, address, checked, _UNTOUCHED in given, sort)
