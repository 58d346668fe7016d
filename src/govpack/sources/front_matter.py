"""Reads Markdown with front matter: YAML between two lines of `---`, then text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from govpack.findings import Location
from govpack.sources.text import fail, place, read_text
from govpack.sources.tree import MarkedDict
from govpack.sources.yaml import parse_yaml

if TYPE_CHECKING:
    from pathlib import Path

_OPEN = re.compile(r"---[ \t]*\r?\n")
_CLOSE = re.compile(r"^---[ \t]*(?:\r?\n|\Z)", re.MULTILINE)


def read_front_matter(path: str | Path) -> tuple[MarkedDict, str, int]:
    """The front matter of `path`, the text after it, and the number of that text's first line.

    Places in the front matter are those of the file. Raises SourceError where the front matter is missing, is not
    closed, is no mapping or is not valid YAML.
    """
    file, text = str(path), read_text(path)
    opening = _OPEN.match(text)
    if opening is None:
        fail("this file must start with front matter", Location(file, 1, 1), "write '---' in its first line")
    closing = _CLOSE.search(text, opening.end())
    if closing is None:
        fail("the front matter that opens here is never closed", Location(file, 1, 1), "write '---' on a line below it")
    # Parsed with its opening line, which YAML takes as the start of a document: so lines count as in the file.
    front = parse_yaml(text[: closing.start()], file)
    if not isinstance(front, MarkedDict):
        fail("the front matter must be a mapping", Location(file, 2, 1), "write 'name: value' lines")
    first_line = place(file, text, closing.end()).line
    return front, text[closing.end() :], first_line or 1
