"""The few marks that the sources here use, read to blocks.

Headings (``#``), lines of text, list items, pipe tables, ``::: name`` … ``:::`` around blocks; within text
``{+inserted+}`` and ``{-deleted-}`` stand for tracked changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Heading:
    level: int
    text: str


@dataclass(frozen=True)
class Text:
    text: str
    item: bool = False


@dataclass(frozen=True)
class Grid:
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Fence:
    name: str
    blocks: tuple[Block, ...]


Block = Heading | Text | Grid | Fence

_RULE = re.compile(r"^\|[-:| ]+\|?$")


def read_blocks(source: str) -> list[Block]:
    """Blocks of a source in order; a line is a paragraph."""
    return list(_blocks(iter(source.splitlines())))


def _blocks(lines: Iterator[str]) -> Iterator[Block]:
    rows: list[tuple[str, ...]] = []
    for raw in lines:
        line = raw.strip()
        if rows and not line.startswith("|"):
            yield Grid(tuple(rows))
            rows = []
        if line == ":::":
            return
        if line.startswith(":::"):
            yield Fence(line[3:].strip(), tuple(_blocks(lines)))
        elif line.startswith("|"):
            if not _RULE.match(line):
                rows.append(tuple(cell.strip() for cell in line.strip("|").split("|")))
        elif mark := re.match(r"^(#+) (.*)", line):
            yield Heading(len(mark[1]), mark[2])
        elif line.startswith("- "):
            yield Text(line[2:], item=True)
        elif line:
            yield Text(line)
    if rows:
        yield Grid(tuple(rows))


def pieces(text: str) -> list[tuple[str, str]]:
    """Text cut at its tracked changes: ``("", "kept")``, ``("+", "inserted")``, ``("-", "deleted")``."""
    found: list[tuple[str, str]] = []
    for piece in re.split(r"(\{[+-].*?[+-]\})", text):
        if piece.startswith(("{+", "{-")):
            found.append((piece[1], piece[2:-2]))
        elif piece:
            found.append(("", piece))
    return found
