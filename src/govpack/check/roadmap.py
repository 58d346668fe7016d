"""A module roadmap read into what a checklist is made of: its lists and tables by heading.

Every module of the curriculum is written to the same form: *Quality Checklist*, *Practical Components*, *Content
Outline*, *Learning Objectives* and *Competency Alignment*, in Markdown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from govpack.errors import ChecklistError
from govpack.findings import Finding, Location, did_you_mean
from govpack.sources.text import read_text

if TYPE_CHECKING:
    from pathlib import Path

    from markdown_it.token import Token

NEEDED = ("Quality Checklist", "Practical Components", "Content Outline")
_TICK = re.compile(r"^\[[ xX]\]\s*")


@dataclass(frozen=True, slots=True)
class Line:
    """An item of a list, or a row of a table by its columns; `line` counts from 1."""

    text: str
    line: int
    cells: tuple[tuple[str, str], ...] = ()

    def cell(self, column: str) -> str:
        """What stands in the column whose head begins so; empty where there is none."""
        return next((text for head, text in self.cells if head.casefold().startswith(column.casefold())), "")


@dataclass(frozen=True, slots=True)
class Roadmap:
    """A roadmap: its file's name, the module it is of, and the lines under each heading."""

    file: str
    module: str
    title: str
    sections: dict[str, tuple[Line, ...]]

    def lines(self, heading: str) -> tuple[Line, ...]:
        """What stands under `heading`, without case; nothing where there is no such section."""
        return next((lines for name, lines in self.sections.items() if name.casefold() == heading.casefold()), ())


def read_roadmap(path: Path) -> Roadmap:
    """The roadmap in the Markdown file `path`.

    SourceError where it cannot be read; ChecklistError names every section that is missing or says nothing.
    """
    from markdown_it import MarkdownIt  # noqa: PLC0415 - only this command reads Markdown here

    tokens = MarkdownIt("commonmark").enable("table").parse(read_text(path))
    sections = _sections(tokens)
    roadmap = Roadmap(path.name, "", "", sections)
    missing = [name for name in NEEDED if not roadmap.lines(name)]
    if missing:
        raise ChecklistError(f"{path.name} is no module roadmap in full", [_lacks(path, n, sections) for n in missing])
    told = [line.text.partition(":") for line in roadmap.lines("Module Overview")]
    overview = {name.strip(): value.strip() for name, colon, value in told if colon}
    return Roadmap(path.name, overview.get("Module ID", ""), overview.get("Module Title", ""), sections)


def _lacks(path: Path, name: str, sections: dict[str, tuple[Line, ...]]) -> Finding:
    given = next((heading for heading in sections if heading.casefold() == name.casefold()), None)
    if given is not None:
        remedy = "list under it what is asked, a line each"
        return Finding(f"the section '{given}' holds no list and no table", Location(str(path)), remedy=remedy)
    message = f"there is no section '{name}'{did_you_mean(name, sections)}"
    return Finding(message, Location(str(path)), remedy=f"add '## {name}' with a list of what is asked")


def _sections(tokens: list[Token]) -> dict[str, tuple[Line, ...]]:
    """The list items and table rows under each heading."""
    found: dict[str, list[Line]] = {}
    heads: list[str] = []
    cells: list[str] = []
    heading, inside, row_line = "", "", 0
    for at, token in enumerate(tokens):
        if token.type == "heading_open":
            heading = tokens[at + 1].content.strip()
            found.setdefault(heading, [])
        elif token.type == "tr_open":
            cells, row_line = [], _line(token)
        elif token.type in ("thead_open", "tbody_open"):
            inside = token.type
        elif token.type == "thead_close":
            heads = cells
        elif token.type == "inline" and tokens[at - 2].type == "list_item_open":
            found.setdefault(heading, []).append(Line(_TICK.sub("", _plain(token)), _line(token)))
        elif token.type == "inline" and tokens[at - 1].type in ("th_open", "td_open"):
            cells.append(_plain(token))
        elif token.type == "tr_close" and inside == "tbody_open" and any(cells):
            named = tuple(zip(heads, cells, strict=False))
            found.setdefault(heading, []).append(Line(" | ".join(cells), row_line, named))
    return {name: tuple(lines) for name, lines in found.items()}


def _plain(token: Token) -> str:
    """The words of an inline token, without marks of emphasis and links."""
    words = [
        " " if child.type in ("softbreak", "hardbreak") else child.content
        for child in token.children or ()
        if child.type in ("text", "code_inline", "softbreak", "hardbreak")
    ]
    return " ".join("".join(words).split())


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 0
