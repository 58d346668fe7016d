"""The Outline: one tree for every document, whatever wrote it. Frozen values; every node has an address to go to.

A Word document is sections by heading; a deck is one section a slide, a workbook one a sheet.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from govpack.check.file_facts import FileFacts
from govpack.check.kept import keep

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from govpack.check.kept import Kept


class Paragraph(NamedTuple):
    """One paragraph of readable text.

    `number` is what its list shows (``(a)``), `full_number` that number with its ancestors (``12.3(a)``), `level` its
    depth in the list, or None outside one; `bold` holds the bold stretches as (start, end) in `text`.
    """

    text: str
    address: str
    number: str = ""
    full_number: str = ""
    level: int | None = None
    bold: tuple[tuple[int, int], ...] = ()


class Cell(NamedTuple):
    """A cell of the grid. `origin` is False where it only repeats the text of a merged cell."""

    text: str
    column: int
    origin: bool = True


class Row(NamedTuple):
    """A row of the grid; `number` counts from 1, header included. A `band` is one merged cell over all columns.

    `places` are the cells' own addresses, where they have some: ``Nimbus!C12``.
    """

    cells: tuple[Cell, ...]
    number: int
    address: str
    places: tuple[str, ...] = ()

    @property
    def band(self) -> bool:
        """Whether the row is one merged cell: a title or a group heading, no record."""
        return len(self.cells) > 1 and not any(cell.origin for cell in self.cells[1:])

    def cell_address(self, column: int) -> str:
        """The address of the cell in `column` (from 0)."""
        return self.places[column] if self.places else f"{self.address}, cell {column + 1}"


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A table with its merged cells resolved: `header` names the columns, `rows` is all below, `grid` everything.

    Each table is itself only, as sections are.
    `marked`: whether the file itself says that the header is one, and does not only look so.
    """

    grid: tuple[Row, ...]
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    address: str
    marked: bool = False
    kept: Kept = field(default_factory=dict, init=False, repr=False)

    @property
    def text(self) -> str:
        """The words of all cells, each merged cell once, rows on lines."""
        return _table_text(self)


@keep
def _table_text(table: Table) -> str:
    return "\n".join(" ".join(cell.text for cell in row.cells if cell.origin) for row in table.grid)


class Series(NamedTuple):
    """A series of a chart: its name and its cached points (None where one is no number)."""

    name: str
    points: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A native chart: its type (``bar``, ``line`` …), series, categories and alternative text."""

    kind: str
    series: tuple[Series, ...]
    categories: tuple[str, ...]
    alt: str
    address: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with its alternative text."""

    alt: str
    address: str


Block = Paragraph | Table | Chart | Picture


class Control(NamedTuple):
    """A content control; `checked` is None where it is no checkbox, `empty` where it shows its placeholder text.

    `sort` is text, checkbox, date or drop-down.
    """

    tag: str
    alias: str
    value: str
    address: str
    checked: bool | None = None
    empty: bool = False
    sort: str = "text"


@dataclass(frozen=True, slots=True, eq=False)
class Section:
    """A heading with what stands under it, or a slide with its title. `path` is the headings from the top.

    Each section is itself only, whatever it says, so that what is derived from one can be kept by it.
    """

    heading: str
    level: int
    number: str
    path: tuple[str, ...]
    address: str
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    notes: tuple[Paragraph, ...] = ()
    kept: Kept = field(default_factory=dict, init=False, repr=False)

    def walk(self) -> Iterator[Section]:
        """This section and all below it, in reading order."""
        yield self
        for section in self.sections:
            yield from section.walk()

    def all_blocks(self) -> Iterator[Block]:
        """The blocks of this section and of all below it, in reading order."""
        for section in self.walk():
            yield from section.blocks

    @property
    def text(self) -> str:
        """The words of the section and of all below it, headings and tables included, one block a line."""
        return _section_text(self)


@keep
def _section_text(top: Section) -> str:
    return "\n".join(
        line for section in top.walk() for line in (section.heading, *map(text_of, section.blocks)) if line
    )


class Bookmark(NamedTuple):
    """A named place: the paragraph's number, its full number, and the text that the bookmark spans."""

    name: str
    address: str
    number: str = ""
    full_number: str = ""
    text: str = ""


class Reference(NamedTuple):
    """A field or link that points at a bookmark: ``REF``, ``PAGEREF`` or ``link``; its switches and cached text."""

    kind: str
    target: str
    switches: frozenset[str]
    cached: str
    address: str


class Note(NamedTuple):
    """A comment, a tracked change, hidden text or a cell without a value: what it is, whose, its words and where."""

    kind: str
    author: str
    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Outline:
    """A document read: its sections (`preamble`: before the first heading), and all that requirements look at.

    `faults` are the cells of a workbook whose formula has no value stored, or came to an error; `formulas` all the
    cells that hold one.
    """

    file: str
    kind: str
    title: str
    preamble: Section
    sections: tuple[Section, ...]
    controls: tuple[Control, ...] = ()
    bookmarks: dict[str, Bookmark] = field(default_factory=dict)
    references: tuple[Reference, ...] = ()
    comments: tuple[Note, ...] = ()
    changes: tuple[Note, ...] = ()
    hidden: tuple[Note, ...] = ()
    faults: tuple[Note, ...] = ()
    formulas: frozenset[str] = frozenset()
    facts: FileFacts = field(default_factory=FileFacts)
    kept: Kept = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def slides(self) -> tuple[Section, ...]:
        """The slides of a deck; of a document, none."""
        return self.sections if self.kind == "pptx" else ()

    def walk(self) -> Iterator[Section]:
        """Every section in reading order, what stands before the first heading first."""
        yield self.preamble
        for section in self.sections:
            yield from section.walk()

    def blocks(self) -> Iterator[Block]:
        """Every block in reading order."""
        for section in self.walk():
            yield from section.blocks

    def paragraphs(self) -> Iterator[Paragraph]:
        """Every paragraph outside tables, in reading order."""
        return (block for block in self.blocks() if isinstance(block, Paragraph))

    def tables(self) -> Iterator[Table]:
        """Every table, in reading order."""
        return (block for block in self.blocks() if isinstance(block, Table))


def texts_of(blocks: Iterable[Block]) -> Iterator[tuple[str, str]]:
    """The text of each paragraph and each cell of `blocks` with its address, a merged cell once."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text, block.address
        elif isinstance(block, Table):
            for row in block.grid:
                for cell in row.cells:
                    if cell.origin:
                        yield cell.text, row.cell_address(cell.column)


def text_of(block: Block) -> str:
    """What a reader reads in a block: text, cells, or the alternative text of a figure with its labels."""
    if isinstance(block, Chart):
        return " ".join((block.alt, *(series.name for series in block.series), *block.categories)).strip()
    if isinstance(block, Picture):
        return block.alt
    return block.text


def join_address(*parts: str) -> str:
    """``Schedule 2 › Service levels › table 1``: the parts that say something, in order."""
    return " › ".join(part for part in parts if part)
