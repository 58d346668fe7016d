"""The wordings of a clause: told apart by their headings, and those that say only what they change put together.

A wording is Markdown whose items stand at the margin, each with the lines that belong to it. A wording that
``changes`` another one holds the items that differ: an item takes the place of the one that bears its bookmark; one
with a bookmark of its own comes behind the item that stands above it; one without words falls away.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from govpack.findings import did_you_mean
from govpack.kits.kit import Wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_HEADING = re.compile(r"##[ \t]+(?P<name>\S+)[ \t]*\Z")
_FENCE = re.compile(r" {0,3}(```|~~~)")
_ITEM = re.compile(r"""\d+[.)][ \t]+(?:\{\{-?\s*bookmark\(\s*["'](?P<name>[^"']+)["']\s*\)\s*-?\}\})?(?P<words>.*)""")

Line = tuple[int, str]  # its number in the file, and its text


@dataclass(slots=True)
class _Item:
    """An item at the margin with its lines, or a stretch of other lines (`name` is None and `is_item` false)."""

    lines: list[Line]
    name: str | None = None
    is_item: bool = False
    is_empty: bool = False

    @property
    def line(self) -> int:
        """The line of the file on which it begins."""
        return self.lines[0][0]


class ChangeError(ValueError):
    """What a wording changes is not to be found, or cannot be told; `line` is that of the file."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


def split_wordings(text: str, first_line: int) -> Iterator[tuple[str, Wording]]:
    """Each stretch below a ``## name`` heading, and, without a name, what stands above the first."""
    stretches: list[tuple[str, int, list[str]]] = [("", first_line, [])]
    fenced = False
    for number, line in enumerate(text.splitlines(), start=first_line):
        fenced ^= bool(_FENCE.match(line))
        heading = None if fenced else _HEADING.match(line)
        if heading is None:
            stretches[-1][2].append(line)
        else:
            stretches.append((heading["name"], number + 1, []))
    for name, start, lines in stretches:
        blanks = next((count for count, line in enumerate(lines) if line.strip()), None)
        if blanks is not None:
            yield name, Wording("\n".join(lines).strip("\n"), start + blanks)
        elif name:
            yield name, Wording("", start - 1)  # its heading's line


def apply_changes(base: Wording, changes: Wording) -> Wording:
    """`base` with the items of `changes` in it. ChangeError where it cannot be told which item is meant."""
    items = _items_of(base)
    known: dict[str, list[_Item]] = {}
    for item in items:
        if item.name is not None:
            known.setdefault(item.name, []).append(item)
    above: _Item | None = None
    for change in _items_of(changes):
        if not change.is_item:
            if any(text.strip() for _, text in change.lines):
                message = "a wording that changes another one holds items only; put a condition into the item's words"
                raise ChangeError(message, change.line)
            continue
        above = _apply(change, items, known, above)
    lines = [line for item in items for line in item.lines]
    return Wording("\n".join(text for _, text in lines), lines[0][0], tuple(number for number, _ in lines))


def _apply(change: _Item, items: list[_Item], known: Mapping[str, list[_Item]], above: _Item | None) -> _Item:
    """Put one item of the changes among `items`; the item behind which a new one would come next."""
    if change.name is None:
        message = "nothing says which item this changes; begin it with the bookmark of the item whose place it takes"
        raise ChangeError(message, change.line)
    found = known.get(change.name, [])
    if len(found) > 1:
        message = f"the wording it changes has {len(found)} items '{change.name}'; put its condition into one item"
        raise ChangeError(message, change.line)
    if found:
        place = items.index(found[0])
        lines = [] if change.is_empty else _in_place_of(found[0], change)
        items[place] = _Item(lines, change.name, is_item=True)
        return items[place]
    if above is None or change.is_empty:
        near = did_you_mean(change.name, known)
        raise ChangeError(f"the wording it changes has no item '{change.name}'{near}", change.line)
    items.insert(items.index(above) + 1, change)
    return change


def _in_place_of(base: _Item, change: _Item) -> list[Line]:
    """The lines of `change`, with the empty lines behind `base`, which may part it from the next item."""
    end = len(base.lines) - _blanks(base)
    return [*change.lines[: len(change.lines) - _blanks(change)], *base.lines[end:]]


def _blanks(item: _Item) -> int:
    """How many empty lines stand at the item's end."""
    return next((count for count, (_, text) in enumerate(reversed(item.lines)) if text.strip()), len(item.lines))


def _items_of(wording: Wording) -> list[_Item]:
    items: list[_Item] = []
    for number, text in enumerate(wording.text.splitlines()):
        line = (wording.line_of(number), text)
        if found := _ITEM.match(text):
            items.append(_Item([line], found["name"], is_item=True, is_empty=not found["words"].strip()))
        elif not items or (text.strip() and not text.startswith((" ", "\t"))):
            # A statement at the margin, or a loose paragraph, belongs to no item.
            items.append(_Item([line]))
        else:
            items[-1].lines.append(line)
            items[-1].is_empty &= not text.strip()
    return items
