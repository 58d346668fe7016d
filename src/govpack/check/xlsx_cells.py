"""The cells of a sheet as a reader sees them: computed values as text, dates as dates; and what has no value."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from govpack.check.outline import Note
from govpack.errors import PackageError
from govpack.ooxml.names import qn

if TYPE_CHECKING:
    from lxml import etree

Place = tuple[int, int]
"""Row and column, from 0."""
NO_VALUE, ERROR_VALUE = "formula without a value", "error value"
_REFERENCE = re.compile(r"^\$?([A-Z]{1,3})\$?(\d{1,7})$")
# Formats of dates and times that files name by number only (ECMA-376 part 1, 18.8.30).
_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_PERCENTS = frozenset((9, 10))
_NO_CODE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_DAY_ZERO = {False: datetime.date(1899, 12, 30), True: datetime.date(1904, 1, 1)}
_MOST_MERGED = 100_000
_COLUMNS = 16_384
_MOST_CHARACTERS, _MOST_FILLED = 32_767, 100_000


@dataclass(frozen=True, slots=True)
class Book:
    """What the sheets of a workbook share: its texts, and by cell format whether it shows dates or percentages."""

    texts: tuple[str, ...]
    dates: frozenset[int]
    percents: frozenset[int]
    from_1904: bool = False


@dataclass(slots=True)
class Cells:
    """The cells of a sheet that say something; `merged` holds by covered cell the one whose text it shows."""

    values: dict[Place, str] = field(default_factory=dict)
    merged: dict[Place, Place] = field(default_factory=dict)
    hidden: dict[Place, str] = field(default_factory=dict)
    faults: list[Note] = field(default_factory=list)
    formulas: list[str] = field(default_factory=list)


def read_cells(root: etree._Element, book: Book, sheet: str) -> Cells:
    """The cells of the sheet part `root`. PackageError where a cell has no place that a sheet has."""
    cells = Cells()
    columns = _hidden_columns(root)
    filtered = root.find(f"{qn('s:autoFilter')}/{qn('s:filterColumn')}") is not None
    row_at = -1
    for row in root.iterfind(f"{qn('s:sheetData')}/{qn('s:row')}"):
        row_at = int(row.get("r", row_at + 2)) - 1
        # What a filter hides is still there for whoever takes the filter away.
        away = _on(row.get("hidden")) and not filtered
        column_at = -1
        for cell in row.iterfind(qn("s:c")):
            given = cell.get("r")
            place = place_of(given) if given else (row_at, column_at + 1)
            column_at = place[1]
            text = _value(cell, book, cells, f"{sheet}!{name_of(place)}")
            if len(text) > _MOST_CHARACTERS:
                raise PackageError(f"it is damaged: {sheet}!{name_of(place)} holds more than a cell can")
            if text.strip():
                (cells.hidden if away or place[1] in columns else cells.values)[place] = text.strip()
        if len(cells.values) > _MOST_FILLED:
            raise PackageError(f"{sheet} has more than {_MOST_FILLED:,} filled cells; it is not read")
    _merge(root, cells)
    return cells


def place_of(reference: str) -> Place:
    """Row and column, from 0, of a cell such as ``C12``. PackageError where it is none."""
    found = _REFERENCE.match(reference)
    if found is None:
        raise PackageError(f"it is damaged: '{reference}' is no cell")
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1


def span_of(reference: str) -> tuple[Place, Place]:
    """The first and last cell of ``A4:R15``."""
    first, _, last = reference.partition(":")
    return place_of(first), place_of(last or first)


def name_of(place: Place) -> str:
    """``C12`` of row 11 and column 2."""
    row, column = place
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def text_in(node: etree._Element) -> str:
    """The text of a shared or inline string: its runs, without phonetic helps."""
    return "".join(
        part.text or ""
        for part in node.iter(qn("s:t"))
        if (parent := part.getparent()) is None or parent.tag != qn("s:rPh")
    )


def read_formats(root: etree._Element | None) -> tuple[frozenset[int], frozenset[int]]:
    """By number the cell formats that show dates, and those that show percentages, from the styles part."""
    if root is None:
        return frozenset(), frozenset()
    codes = {int(node.get("numFmtId", -1)): node.get("formatCode", "") for node in root.iter(qn("s:numFmt"))}
    dates, percents = set(), set()
    formats = root.find(qn("s:cellXfs"))
    for number, node in enumerate(() if formats is None else formats):
        used = int(node.get("numFmtId", 0))
        code = _NO_CODE.sub("", codes.get(used, "")).lower()
        if used in _DATES or re.search(r"[dmy]", code):
            dates.add(number)
        elif used in _PERCENTS or "%" in code:
            percents.add(number)
    return frozenset(dates), frozenset(percents)


def _value(cell: etree._Element, book: Book, cells: Cells, address: str) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        inline = cell.find(qn("s:is"))
        return "" if inline is None else text_in(inline)
    node, formula = cell.find(qn("s:v")), cell.find(qn("s:f"))
    text = "" if node is None else node.text or ""
    if formula is not None:
        cells.formulas.append(address)
    if formula is not None and not text and kind != "str":
        cells.faults.append(Note(NO_VALUE, "", formula.text or "", address))
        return ""
    if kind == "e":
        cells.faults.append(Note(ERROR_VALUE, "", text, address))
        return ""
    if kind == "s":
        return _shared(book, text)
    if kind == "b":
        return "TRUE" if text == "1" else "FALSE"
    return _number(text, int(cell.get("s", 0)), book) if kind == "n" and text else text


def _shared(book: Book, text: str) -> str:
    try:
        at = int(text)
    except ValueError:
        at = -1
    if not 0 <= at < len(book.texts):
        raise PackageError(f"it is damaged: it holds no text number '{text}'")
    return book.texts[at]


def _number(text: str, form: int, book: Book) -> str:
    value = float(text)
    if form in book.dates and 0 <= value < 2_958_466:
        day = _DAY_ZERO[book.from_1904] + datetime.timedelta(days=int(value))
        return day.isoformat()
    if form in book.percents:
        return f"{_plain(value * 100)}%"
    return _plain(value)


def _plain(value: float) -> str:
    """A figure with the digits that a sheet can show, without an exponent where it is none too long."""
    short = f"{value:.15g}"
    return short if "e" not in short or abs(value) > 1e20 else f"{value:.12f}".rstrip("0").rstrip(".")


def _hidden_columns(root: etree._Element) -> set[int]:
    hidden = bytearray(_COLUMNS)
    for node in root.iterfind(f"{qn('s:cols')}/{qn('s:col')}"):
        if _on(node.get("hidden")):
            first, last = max(int(node.get("min", 1)), 1) - 1, min(int(node.get("max", 1)), _COLUMNS)
            hidden[first:last] = b"\1" * (last - first)
    return {at for at, away in enumerate(hidden) if away} if 1 in hidden else set()


def _merge(root: etree._Element, cells: Cells) -> None:
    taken = 0
    for node in root.iterfind(f"{qn('s:mergeCells')}/{qn('s:mergeCell')}"):
        (top, left), (bottom, right) = span_of(node.get("ref", ""))
        taken += (bottom - top + 1) * (right - left + 1)
        if taken > _MOST_MERGED:
            return  # a merge over a whole sheet says nothing of its cells
        if (top, left) in cells.values:
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    if (row, column) != (top, left):
                        cells.merged[row, column] = (top, left)


def _on(value: str | None) -> bool:
    return value in {"1", "true"}
