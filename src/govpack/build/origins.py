"""Where the inputs of a pack give something: paths of the model held against the marked tree, or against names only."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govpack.check.words import excerpt, normalise
from govpack.model.parts import EACH
from govpack.sources import MarkedDict, MarkedList, line_of, locate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Steps = tuple[str | int, ...]
_NAMES = ("id", "name", "title")


@dataclass(frozen=True, slots=True)
class Reached:
    """How far a path leads in the tree: `at` are the steps taken, `node` is what stands there, `ahead` is not there."""

    at: Steps
    node: Any
    ahead: tuple[str, ...] = ()


@dataclass(frozen=True)
class Inputs:
    """The inputs of a pack. `tree` is None where only `files` (which file gives which top-level key) is known."""

    files: Mapping[str, str]
    tree: MarkedDict | None = None

    @property
    def only_file(self) -> str:
        """The one file that gives everything, to which more is added as a pack of one file has no others."""
        names = set(self.files.values())
        return names.pop() if len(names) == 1 else ""

    def file_of(self, steps: Steps) -> str:
        """The file that gives `steps`, as the inputs' folder names it; empty where no file does."""
        return self.files.get(str(steps[0]), "") if steps else ""

    def place(self, steps: Steps) -> str:
        """``risks.yaml, line 12``: where a value stands; the file alone where the tree is not known."""
        line = locate(self.tree, steps).line if self.tree is not None else None
        name = self.file_of(steps)
        return f"{name}, line {line}" if line else name

    def reach(self, path: Sequence[str]) -> list[Reached]:
        """What `path` (with ``[]`` for every entry) leads to: all that is there, else where it breaks off furthest."""
        if self.tree is None:
            return []
        found = list(_walk(self.tree, (), tuple(path)))
        whole = [reached for reached in found if not reached.ahead]
        return whole or sorted(found, key=lambda reached: len(reached.ahead))[:1]

    def lacking(self, path: Sequence[str]) -> list[Reached]:
        """Every place where `path` breaks off: each entry of a list that does not give what it ends in."""
        return [] if self.tree is None else [found for found in _walk(self.tree, (), tuple(path)) if found.ahead]

    def file_for(self, key: str) -> tuple[str, str]:
        """The file to which a top-level key is to be added that no file gives yet, and where in words."""
        name = self.only_file or f"{key.replace('_', '-')}.yaml"
        if name in self.files.values():
            return name, f"at the end of {name}"
        beside = self.files.get("pack", "")
        return name, f"in a new file {name}" + (f", beside {beside}" if beside else "")

    def is_block(self, steps: Steps) -> bool:
        """Whether what stands at `steps` is written a line for each, so that a line can be added."""
        node = _node_at(self.tree, steps)
        if not isinstance(node, MarkedDict | MarkedList) or not node:
            return False
        place = locate(self.tree, steps) if steps else None
        if place is None or not place.line or not place.column:
            return not steps
        lines = _lines_of(place.file)
        text = lines[place.line - 1][place.column - 1 :] if place.line <= len(lines) else ""
        return text.startswith("-") if isinstance(node, MarkedList) else not text.startswith("{")

    def column(self, steps: Steps) -> int:
        """The column, from 0, in which the entries of a list or the fields of a mapping begin."""
        place = locate(self.tree, steps)
        return (place.column or 1) - 1

    def last_line(self, steps: Steps) -> int:
        """The line on which the last value below `steps` begins."""
        return max(_lines_below(_node_at(self.tree, steps)), default=locate(self.tree, steps).line or 0)

    def said(self, steps: Steps) -> str:
        """``governance › escalation › Executive sponsors``: a path in words, entries by their names."""
        words = []
        for at, step in enumerate(steps):
            if isinstance(step, int):
                words.append(f"‘{excerpt(name_of(_node_at(self.tree, steps[: at + 1])))}’")
            elif step != EACH:
                words.append(step)
        return " › ".join(words)

    def find_text(self, text: str) -> list[Steps]:
        """Where the inputs say exactly these words, case and punctuation apart."""
        return (
            [] if self.tree is None else list(_search(self.tree, (), normalise(text.rstrip("…")), text.endswith("…")))
        )


def name_of(entry: Any) -> str:
    """What an entry is called: its id, name or title, else its first plain value."""
    if not isinstance(entry, dict):
        return str(entry)
    plain = [entry[key] for key in _NAMES if isinstance(entry.get(key), str)]
    return str((plain or [value for value in entry.values() if isinstance(value, str | int)] or [""])[0])


def find_entry(entries: Reached, words: Sequence[str]) -> Steps | None:
    """The entry of a list or mapping that one of `words` names, by any of its plain values or its key."""
    wanted = {normalise(word) for word in words if normalise(word)}
    for step, entry in _entries(entries.node):
        values = (
            [str(value) for value in entry.values() if isinstance(value, str | int)] if isinstance(entry, dict) else []
        )
        if wanted & {normalise(value) for value in (*values, str(entry if not values else step))}:
            return (*entries.at, step)
    return None


def _entries(node: Any) -> Iterator[tuple[str | int, Any]]:
    if isinstance(node, dict):
        yield from node.items()
    elif isinstance(node, list):
        yield from enumerate(node)


def _walk(node: Any, at: Steps, ahead: tuple[str, ...]) -> Iterator[Reached]:
    if not ahead:
        yield Reached(at, node)
        return
    step, *rest = ahead
    if step == EACH:
        entries = list(_entries(node))
        for key, entry in entries:
            yield from _walk(entry, (*at, key), tuple(rest))
        if not entries:
            yield Reached(at, node, ahead)
    elif isinstance(node, dict) and node.get(step) is not None:
        yield from _walk(node[step], (*at, step), tuple(rest))
    elif isinstance(node, list) and step.isdecimal() and int(step) < len(node):
        yield from _walk(node[int(step)], (*at, int(step)), tuple(rest))
    else:
        yield Reached(at, node, ahead)


def _node_at(tree: Any, steps: Steps) -> Any:
    for step in steps:
        tree = tree[step]
    return tree


def _lines_below(node: Any) -> Iterator[int]:
    if isinstance(node, MarkedDict):
        yield from (line_of(mark) for mark in node.marks.values())
        for value in node.values():
            yield from _lines_below(value)
    elif isinstance(node, MarkedList):
        yield from (line_of(mark) for mark in node.marks)
        for value in node:
            yield from _lines_below(value)


def _search(node: Any, at: Steps, words: str, cut: bool) -> Iterator[Steps]:
    if isinstance(node, str):
        own = normalise(node)
        if own == words or (cut and own.startswith(words)):
            yield at
    for step, entry in _entries(node):
        yield from _search(entry, (*at, step), words, cut)


def _lines_of(file: str) -> list[str]:
    try:
        return Path(file).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        return []
