"""Ids and names that may stand only once in a document: of bookmarks and of content controls."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from govpack.ooxml.names import qn

if TYPE_CHECKING:
    from lxml import etree

# Word's limit for the name of a bookmark.
LONGEST_NAME = 40


class Taken:
    """What the template itself uses, over all of its parts: ids of bookmarks and controls, names of bookmarks."""

    def __init__(self) -> None:
        self.last_bookmark = 0
        self.controls: set[int] = set()
        self.names: set[str] = set()

    def note(self, root: etree._Element) -> None:
        """Take in the ids and names of a part."""
        for start in root.iter(qn("w:bookmarkStart")):
            self.last_bookmark = max(self.last_bookmark, _number(start.get(qn("w:id"))))
            self.names.add(start.get(qn("w:name"), "").casefold())
        for identifier in root.iter(qn("w:id")):
            self.controls.add(_number(identifier.get(qn("w:val"))))


class Identifiers:
    """Gives each bookmark and control of one rendering an id and a name of its own."""

    def __init__(self, taken: Taken) -> None:
        self._taken = taken
        self._last_bookmark = taken.last_bookmark
        self._last_control = 0
        self._used_controls: set[int] = set()
        self._used_names: set[str] = set()
        self._counts: dict[str, int] = {}
        self._repeated: dict[tuple[str, str], int] = {}

    def bookmark_id(self) -> int:
        """A fresh id for a bookmark."""
        self._last_bookmark += 1
        return self._last_bookmark

    def free_name(self, name: str) -> str:
        """`name`, or with a number behind it that no other bookmark has; it is taken from now on."""
        count = self._counts.get(name, 0) + 1
        fresh = name if count == 1 and len(name) <= LONGEST_NAME else _numbered(name, count)
        # Word takes names that differ only in capitals for the same.
        while (folded := fresh.casefold()) in self._used_names or folded in self._taken.names:
            count += 1
            fresh = _numbered(name, count)
        self._counts[name] = count
        self._used_names.add(folded)
        return fresh

    def repeated_name(self, name: str, kind: str) -> str:
        """`name` of a range of the template, of this `kind`, as it is the first time, then with a number."""
        count = self._repeated.get((kind, name), 0) + 1
        self._repeated[kind, name] = count
        if count == 1:
            self._used_names.add(name.casefold())
            return name
        # What moved from one place to another bears one name there and here.
        return self.free_name(name) if kind == "bookmark" else _numbered(name, count)

    def control_id(self, own: int = 0) -> int:
        """A fresh id for a content control; `own`, the id it has in the template, where it is still free."""
        if own and own not in self._used_controls:
            self._used_controls.add(own)
            return own
        self._last_control += 1
        while self._last_control in self._taken.controls:
            self._last_control += 1
        return self._last_control


def plain_name(wanted: str) -> str:
    """`wanted` as a name that Word takes: at most 40 word characters, the first a letter.

    Of a long one the end stays, which tells paths apart.
    """
    return re.sub(r"\W+", "_", wanted).strip("_")[-LONGEST_NAME:].lstrip("_0123456789") or "value"


def _numbered(name: str, count: int) -> str:
    suffix = f"_{count}" if count > 1 else ""
    return f"{name[: LONGEST_NAME - len(suffix)]}{suffix}"


def _number(text: str | None) -> int:
    try:
        return int(text or "0")
    except ValueError:
        return 0
