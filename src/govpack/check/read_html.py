"""A web page to an Outline: sections by heading, tables, lists of terms, lines and pictures, as far as they are shown.

It is meant for the page of a pack, which tells the figures of the other documents once more. A browser repairs what is
no proper HTML, and so does the parser; nothing is fetched, and no script runs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree

from govpack.check.file_facts import FileFacts, PartText
from govpack.check.grids import Drawn, make_table
from govpack.check.html_tree import parse_page
from govpack.check.outline import (
    Outline,
    Paragraph,
    Picture,
    Section,
    join_address,
    text_of,
)
from govpack.errors import PackageError
from govpack.ooxml.xml import whole_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govpack.check.outline import Block

PAGES = (".html", ".htm")
"""How the names of web pages end."""
_MOST_CELLS, _WIDEST = 300_000, 100
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_UNREAD = {"head", "script", "style", "template", "noscript", "nav", "form", "button", "iframe", "object"}
# Elements that stand in a line of text; all others begin a line of their own.
_INLINE = {
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "label",
    "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
}  # fmt: skip


@dataclass(slots=True)
class _Open:
    """A section while it is being filled."""

    heading: str
    level: int
    path: tuple[str, ...]
    address: str
    blocks: list[Block] = field(default_factory=list)
    sections: list[_Open] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def next(self, word: str) -> str:
        """The address of the section's next block of a sort: ``Risks › table 2``."""
        self.counts[word] = self.counts.get(word, 0) + 1
        return join_address(self.address, f"{word} {self.counts[word]}")

    def freeze(self) -> Section:
        """The section with all below it."""
        below = tuple(section.freeze() for section in self.sections)
        return Section(self.heading, self.level, "", self.path, self.address, tuple(self.blocks), below)


def read_html(source: Path | bytes, file: str) -> Outline:
    """The outline of a web page. PackageError where it is missing, too large, nested too deeply, or empty."""
    try:
        data = source.read_bytes() if isinstance(source, Path) else source
    except OSError as error:
        raise PackageError(f"{file} cannot be read: {error.strerror}") from None
    root = parse_page(data, file)
    reader = _Reader(file, alone=sum(1 for _ in root.iter("h1")) == 1)
    body = root.find("body")
    if body is not None:
        reader.read(body)
    preamble, sections = reader.opening.freeze(), tuple(section.freeze() for section in reader.top)
    title = " ".join((root.findtext("head/title") or "").split())
    properties = {"title": title} if title else {}
    for node in root.iterfind("head/meta"):
        if node.get("name", "").casefold() == "generator":
            properties["Application"] = node.get("content", "")
    blocks = (block for top in (preamble, *sections) for section in top.walk() for block in section.blocks)
    lines = (title, *(s.heading for top in sections for s in top.walk()), *map(text_of, blocks))
    facts = FileFacts((PartText(file, "text", lines),), properties, language=root.get("lang", ""))
    return Outline(file, "html", title, preamble, sections, facts=facts)


def _is_read(node: etree._Element) -> bool:
    """Whether a reader of the page meets the element and what is in it."""
    shown = node.get("hidden") is None and node.get("aria-hidden") != "true"
    return isinstance(node.tag, str) and node.tag not in _UNREAD and shown


class _Reader:
    """Takes the elements of a page in order; `opening` is what stands before the first heading, `top` the sections.

    `alone`: the one heading of the first level is the title of the page, and no section that holds all others.
    """

    def __init__(self, file: str, *, alone: bool) -> None:
        self.opening = _Open("", 0, (), "opening")
        self.top: list[_Open] = []
        self._stack: list[_Open] = []
        self._words: list[str] = []
        self._cells = 0
        self._file, self._alone = file, alone

    def read(self, node: etree._Element) -> None:
        """What the element holds, and what follows it within its parent."""
        tag = node.tag
        if not _is_read(node):
            pass
        elif tag in _HEADINGS:
            self._line()
            self._heading(_text(node), _HEADINGS[tag])
        elif tag == "table":
            self._line()
            self._table(node)
        elif tag == "dl":
            self._line()
            self._terms(node)
        elif tag == "img" or node.get("role") == "img":
            alt = node.get("alt") or node.get("aria-label") or ""
            self._current.blocks.append(Picture(" ".join(alt.split()), self._current.next("picture")))
        elif tag == "br":
            self._line()
        else:
            if tag not in _INLINE:
                self._line()
            self._words.append(node.text or "")
            for child in node:
                self.read(child)
                self._words.append(child.tail or "")
            if tag not in _INLINE:
                self._line()

    @property
    def _current(self) -> _Open:
        return self._stack[-1] if self._stack else self.opening

    def _line(self) -> None:
        """Close the line of text that is open."""
        if text := " ".join("".join(self._words).split()):
            self._current.blocks.append(Paragraph(text, self._current.next("paragraph")))
        self._words = []

    def _heading(self, words: str, level: int) -> None:
        if not words or (level == 1 and self._alone):
            self._words.append(words)
            self._line()
            return
        while self._stack and self._stack[-1].level >= level:
            self._stack.pop()
        above = self._stack[-1] if self._stack else None
        path = (*above.path, words) if above else (words,)
        section = _Open(words, level, path, join_address(above.address if above else "", words))
        (above.sections if above else self.top).append(section)
        self._stack.append(section)

    def _table(self, table: etree._Element) -> None:
        rows = [row for row in _own(table, "tr") if _is_read(row)]
        drawn: list[list[Drawn]] = []
        down: dict[int, int] = {}  # column → rows that the cell above still reaches into
        for row in rows:
            cells: list[Drawn] = []
            for cell in (cell for cell in row if cell.tag in ("td", "th") and _is_read(cell)):
                self._fill(cells, down)
                span = whole_number(cell.get("colspan"), 1, low=1, high=_WIDEST)
                for column in range(len(cells), len(cells) + span):
                    # A span of no rows reaches to the end of the table.
                    down[column] = (whole_number(cell.get("rowspan"), 1, high=len(rows)) or len(rows)) - 1
                cells += [Drawn(_text(cell)), *[Drawn("", left=True)] * (span - 1)]
            self._fill(cells, down)
            self._count(len(cells))
            drawn.append(cells)
        if not any(drawn):
            return
        heads = sum(row in head for head in table.iterchildren("thead") for row in rows)
        if not heads and all(cell.tag == "th" for cell in rows[0]):
            heads = 1
        self._current.blocks.append(make_table(drawn, self._current.next("table"), min(heads, len(drawn) - 1)))
        for inner in _inner(table):
            self._table(inner)

    def _fill(self, cells: list[Drawn], down: dict[int, int]) -> None:
        """The cells of the rows above that reach into this one at the place that comes next."""
        while down.get(len(cells), 0) > 0:
            down[len(cells)] -= 1
            cells.append(Drawn("", above=True))

    def _count(self, cells: int) -> None:
        self._cells += cells
        if self._cells > _MOST_CELLS:
            raise PackageError(f"{self._file}: its tables hold more than {_MOST_CELLS:,} cells; it is not read")

    def _terms(self, terms: etree._Element) -> None:
        """A list of terms and what is said of each, as a table of two columns."""
        rows: list[list[Drawn]] = []
        for node in terms.iter("dt", "dd"):
            words = _text(node) if _is_read(node) else ""
            if node.tag == "dt" or not rows:
                rows.append([Drawn(words), Drawn("")])
            else:
                name, said = rows[-1]
                rows[-1] = [name, Drawn(f"{said.text}\n{words}".strip())]
            self._count(2)
        if rows:
            self._current.blocks.append(make_table(rows, self._current.next("table")))


def _own(table: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The elements of a table itself, and not of tables that stand in its cells."""
    for child in table:
        if child.tag == tag:
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in child if row.tag == tag)


def _inner(table: etree._Element) -> Iterator[etree._Element]:
    """The tables that stand in the cells of a table, but for those in them."""
    below = [node for child in table if _is_read(child) for node in child.iter("table")]
    return (node for node in below if next(node.iterancestors("table")) is table)


def _text(top: etree._Element) -> str:
    """The words of an element, blocks and breaks in lines of their own; tables in it are told by themselves."""
    pieces: list[str] = []
    walker = etree.iterwalk(top, events=("start", "end"))
    for event, node in walker:
        breaks = node is not top and node.tag not in _INLINE
        if event == "end":
            if breaks:
                pieces.append("\n")
            if node is not top:
                pieces.append(_flat(node.tail))
        elif not _is_read(node) or (node.tag == "table" and node is not top):
            walker.skip_subtree()
        elif node.tag == "img" or node.get("role") == "img":
            pieces.append(f" {node.get('alt') or node.get('aria-label') or ''} ")
            walker.skip_subtree()
        else:
            pieces += ["\n" if breaks else "", _flat(node.text)]
    return "\n".join(words for line in "".join(pieces).split("\n") if (words := " ".join(line.split())))


def _flat(text: str | None) -> str:
    """Text with no line ends: in a page they are blanks, and only elements break lines."""
    return (text or "").replace("\n", " ")
