"""Reads a table from CSV (RFC 4180, comma or semicolon) to a marked list of marked dicts, one for each row.

The header row names the fields; `address.city` nests. An empty cell is an absent field, a row of empty cells is no
row, and blanks around a cell do not count. Every other cell is text: what is a number, the model says. A cell's
position is that of its first character, line and column counted as an editor counts them, also where quoted cells
hold line breaks.
"""

from __future__ import annotations

import re
from sys import intern
from typing import TYPE_CHECKING, NamedTuple

from govpack.findings import Finding
from govpack.sources.scalars import shorten
from govpack.sources.text import fail, give_up, read_text
from govpack.sources.tree import MarkedDict, MarkedList, location_of, pack_mark

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_QUOTED = re.compile(r'[ \t]*"((?:[^"]|"")*)"[ \t]*')
_PLAIN = {delimiter: re.compile(rf"[^{delimiter}\r\n]*") for delimiter in ",;"}
_LINE_BREAK = re.compile("\r\n|\n|\r")
_MOST_FINDINGS = 100


class _Cell(NamedTuple):
    text: str
    mark: int


class _Field(NamedTuple):
    """A column: the keys that lead to its value (none where the header is empty), and the header's position."""

    path: tuple[str, ...]
    mark: int


def read_csv(path: str | Path) -> MarkedList:
    """The rows of the table in `path`; SourceError with all that is wrong with it."""
    return parse_csv(read_text(path), str(path))


def parse_csv(text: str, file: str) -> MarkedList:
    """The rows of the table in `text`, whose places name `file`. Raises SourceError."""
    rows = _rows(text, file, _delimiter(text, file))
    header = next(rows, [])
    findings: list[Finding] = []
    fields = _fields(header, file, findings)
    table = MarkedList(file, pack_mark(1, 1))
    for row in rows:
        if len(findings) >= _MOST_FINDINGS:
            break
        if not any(cell.text for cell in row):
            continue
        record = _record(row, fields, file, findings)
        table.put(record, record.mark)
    if findings:
        give_up(findings)
    return table


def _delimiter(text: str, file: str) -> str:
    """What separates the cells of the header row: semicolons where they are more than commas."""
    header = re.sub(r'"(?:[^"]|"")*"', "", text).lstrip("\r\n")
    header = _LINE_BREAK.split(header, maxsplit=1)[0]
    if "\t" in header and not re.search("[,;]", header):
        fail("the cells are separated by tabs", location_of(file, pack_mark(1, 1)), "save with commas or semicolons")
    return ";" if header.count(";") > header.count(",") else ","


def _rows(text: str, file: str, delimiter: str) -> Iterator[list[_Cell]]:
    """The cells of each line that is not empty."""
    plain = _PLAIN[delimiter]
    at, line, line_start, end = 0, 1, 0, len(text)
    row: list[_Cell] = []
    while True:
        cell_line, cell_start = line, at
        quoted = _QUOTED.match(text, at)
        if quoted:
            value = quoted[1].replace('""', '"')
            column = quoted.start(1) - line_start  # of the opening quote, from 1
            at = quoted.end()
            for inner in _LINE_BREAK.finditer(text, quoted.start(1), quoted.end(1)):
                line, line_start = line + 1, inner.end()
        else:
            found = plain.match(text, at)
            value = found[0] if found else ""
            at += len(value)
            column = cell_start - line_start + 1 + len(value) - len(value.lstrip())
            if value.lstrip().startswith('"'):
                spot = location_of(file, pack_mark(cell_line, column))
                fail('the text that opens with " here is never closed', spot, 'put " where it ends')
        row.append(_Cell(value.strip(), pack_mark(cell_line, column)))
        if text[at : at + 1] == delimiter:
            at += 1
            continue
        ending = _LINE_BREAK.match(text, at)
        if at < end and not ending:
            spot = location_of(file, pack_mark(line, at - line_start + 1))
            fail("the quoted text has ended, and more follows", spot, 'write "" for a quote inside quoted text')
        if len(row) > 1 or row[0].text:
            yield row
        row = []
        if not ending:
            return
        at, line, line_start = ending.end(), line + 1, ending.end()
        if at >= end:
            return


def _fields(header: list[_Cell], file: str, findings: list[Finding]) -> list[_Field]:
    """The columns that the header row names, each once, none both a value and a group of values."""
    fields: list[_Field] = []
    taken: dict[tuple[str, ...], int] = {}
    groups: dict[tuple[str, ...], int] = {}
    for cell in header:
        path = tuple(intern(part.strip()) for part in cell.text.split(".")) if cell.text else ()
        fields.append(_Field(path, cell.mark))
        spot = location_of(file, cell.mark)
        if not path:
            continue
        if not all(path):
            findings.append(Finding(f"'{shorten(cell.text)}' has nothing between its dots", spot, remedy="name it"))
        prefixes = [path[:length] for length in range(1, len(path))]
        clash = taken.get(path) or groups.get(path) or next((taken[part] for part in prefixes if part in taken), None)
        if clash:
            message = f"the column '{shorten(cell.text)}' is given twice; the first is at {location_of(file, clash)}"
            findings.append(Finding(message, spot, remedy="keep one of the two"))
        taken.setdefault(path, cell.mark)
        for part in prefixes:
            groups.setdefault(part, cell.mark)
    return fields


def _record(row: list[_Cell], fields: list[_Field], file: str, findings: list[Finding]) -> MarkedDict:
    """One row as a mapping; nested where its headers are dotted."""
    first = next(cell.mark for cell in row if cell.text)
    record = MarkedDict(file, first)
    if len(row) != len(fields):
        message = f"this row has {len(row)} cells, and the header row has {len(fields)}"
        remedy = "add or remove separators, or put text that holds one in quotes"
        findings.append(Finding(message, location_of(file, row[0].mark), remedy=remedy))
        return record
    for cell, field in zip(row, fields, strict=True):
        if not cell.text:
            continue
        if not field.path:
            message = "this cell stands in a column without a name"
            findings.append(Finding(message, location_of(file, cell.mark), remedy="name it in the header row"))
            continue
        target = record
        for step in field.path[:-1]:
            if not isinstance(target.get(step), MarkedDict):
                target.put(step, MarkedDict(file, cell.mark), cell.mark, field.mark)
            target = target[step]
        target.put(field.path[-1], cell.text, cell.mark, field.mark)
    return record
