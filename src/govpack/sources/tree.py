"""The marked tree: plain dicts, lists and scalars that remember where every value was written.

Scalars stay plain Python values (str, int, Decimal, bool, None), so that pydantic takes a tree as it is; the
positions live in the dict or list that holds them, and are turned into a `Location` only when somebody asks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govpack.findings import Location

if TYPE_CHECKING:
    from collections.abc import Iterable

# An int of up to 60 bits costs no more memory than a small one (two digits of 30 bits each, and malloc rounds up),
# so a column may be as large as a file: minified JSON is one line.
_COLUMN_BITS = 32
_COLUMN_MASK = (1 << _COLUMN_BITS) - 1


def pack_mark(line: int, column: int) -> int:
    """`line` and `column`, both counted from 1, in one int; 0 stands for "no line"."""
    return line << _COLUMN_BITS | column


def line_of(mark: int) -> int:
    """The line of a packed position."""
    return mark >> _COLUMN_BITS


def column_of(mark: int) -> int:
    """The column of a packed position, in characters (not bytes, not screen cells)."""
    return mark & _COLUMN_MASK


def location_of(file: str, mark: int) -> Location:
    """The place in `file` that a packed position means."""
    return Location(file, line_of(mark), column_of(mark)) if mark else Location(file)


class MarkedDict(dict[str, Any]):
    """A mapping with the position of itself (`mark`), of each value (`marks`) and each key (`key_marks`)."""

    __slots__ = ("file", "key_marks", "mark", "marks")

    def __init__(self, file: str, mark: int) -> None:
        super().__init__()
        self.file = file
        self.mark = mark
        self.marks: dict[str, int] = {}
        self.key_marks: dict[str, int] = {}

    def put(self, key: str, value: Any, mark: int, key_mark: int) -> None:
        """Set `key` with both positions."""
        self[key] = value
        self.marks[key] = mark
        self.key_marks[key] = key_mark

    def file_of(self, key: str) -> str:
        """The file that gives `key`."""
        del key  # one file gives them all; a merged tree knows better
        return self.file

    def location(self, key: str) -> Location:
        """The place of the value of `key`, or of the mapping itself where there is no such key."""
        return location_of(self.file_of(key), self.marks.get(key, self.mark))

    def key_location(self, key: str) -> Location:
        """The place of `key` itself."""
        return location_of(self.file_of(key), self.key_marks.get(key, self.mark))


class MergedDict(MarkedDict):
    """The top of a pack that comes from several files: each key remembers which one gave it."""

    __slots__ = ("files",)

    def __init__(self, file: str) -> None:
        super().__init__(file, 0)
        self.files: dict[str, str] = {}

    def file_of(self, key: str) -> str:
        """The file that gives `key`, or the pack as a whole where no file does."""
        return self.files.get(key, self.file)


class MarkedList(list[Any]):
    """A list with the position of itself (`mark`) and of each item (`marks`)."""

    __slots__ = ("file", "mark", "marks")

    def __init__(self, file: str, mark: int) -> None:
        super().__init__()
        self.file = file
        self.mark = mark
        self.marks: list[int] = []

    def put(self, value: Any, mark: int) -> None:
        """Append `value` with its position."""
        self.append(value)
        self.marks.append(mark)

    def location(self, index: int) -> Location:
        """The place of the item at `index`, or of the list itself where there is none."""
        return location_of(self.file, self.marks[index] if 0 <= index < len(self) else self.mark)


def locate(tree: Any, path: Iterable[str | int]) -> Location:
    """The place of what `path` leads to; where a key or item is missing, the place of its parent.

    A `tree` that is a bare scalar has no place of its own: `Location("")`.
    """
    node = tree
    here = location_of(node.file, node.mark) if isinstance(node, MarkedDict | MarkedList) else Location("")
    for step in path:
        child = find_child(node, step)
        if child is None:
            break
        node, here = child
    return here


def find_child(node: Any, step: str | int) -> tuple[Any, Location] | None:
    """The value under `step` of a marked mapping or list with its place, or None where there is none."""
    if isinstance(node, MarkedDict):
        return (node[step], node.location(step)) if isinstance(step, str) and step in node else None
    if isinstance(node, MarkedList) and isinstance(step, int) and 0 <= step < len(node):
        return node[step], node.location(step)
    return None
