"""What came of the ranges that blocks repeat: each has both its ends, an id and a name of its own, and its links.

Edges come in the order of the text. Of a range whose edges stand in different blocks, what lies between the outermost
edges is one range: so a loop inside a bookmark, or half inside it, leaves one bookmark around all that it wrote.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from govpack.template.blocks.ranges import BOOKMARK, COMMENT, Edge, Target
from govpack.template.markup.references import MARK_END, MARK_START

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from govpack.template.markup.identifiers import Identifiers

SIGNS = re.compile(f"{MARK_START}~(?:(\\d+)@([\\d.]*)|#(\\d+)){MARK_END}")
_NAME = re.compile(r' w:name="([^"]*)"')
_ID = re.compile(' w:id="[^"]*"')
_Path = tuple[str, ...]


@dataclass(slots=True)
class _Written:
    """An edge as it was written: the tag from `begin` to `end` in the text of that number."""

    edge: Edge
    text: int
    begin: int
    end: int
    tag: str
    path: _Path
    made: str = ""


@dataclass(slots=True)
class _Range:
    """What lies between two edges, or begins and has no end yet; `comment` is the id of its comment."""

    first: _Written
    last: _Written | None = None
    comment: str = ""


@dataclass(slots=True)
class _Asked:
    target: Target
    text: int
    begin: int
    end: int
    path: _Path


@dataclass(slots=True)
class Settler:
    """Settles the texts of one rendering. `notes` gives the new id of each note written, by its number.

    `report` notes that the slot of that number leads to a bookmark that was left out.
    """

    sites: Sequence[Edge | Target]
    identifiers: Identifiers
    notes: Mapping[int, str]
    comments: Mapping[int, str]
    report: Callable[[int, str], None]
    _edges: list[_Written] = field(default_factory=list)
    _asked: list[_Asked] = field(default_factory=list)
    _changes: list[list[tuple[int, int, str]]] = field(default_factory=list)
    _ranges: list[_Range] = field(default_factory=list)
    _opened: dict[tuple[int, int], _Range] = field(default_factory=dict)
    _closed: dict[tuple[int, int], _Range] = field(default_factory=dict)
    _of_comments: dict[tuple[int, str], list[_Written]] = field(default_factory=dict)
    _names: dict[str, list[tuple[_Path, str]]] = field(default_factory=dict)

    def settle(self, texts: Sequence[str]) -> list[str]:
        """`texts` without signs."""
        self._changes = [[] for _ in texts]
        for number, text in enumerate(texts):
            self._read(number, text)
        for one in self._ranges:
            self._settle_range(one)
        for edge in self._edges:
            self._changes[edge.text].append((edge.begin, edge.end, edge.made))
        for asked in self._asked:
            self._settle_target(asked, texts[asked.text])
        return [_changed(text, sorted(changes)) for text, changes in zip(texts, self._changes, strict=True)]

    def _read(self, number: int, text: str) -> None:
        for sign in SIGNS.finditer(text):
            if sign[3]:
                self._changes[number].append((sign.start(), sign.end(), self.notes[int(sign[3])]))
                if origin := self.comments.get(int(sign[3])):
                    self._end_comment(number, origin, self.notes[int(sign[3])])
                continue
            site = self.sites[int(sign[1])]
            path = tuple(sign[2].split(".")) if sign[2] else ()
            if isinstance(site, Target):
                self._asked.append(_Asked(site, number, sign.start(), sign.end(), path))
                continue
            begin, end = text.rfind("<", 0, sign.start()), text.index(">", sign.end()) + 1
            written = _Written(site, number, begin, end, text[begin:end], path)
            self._edges.append(written)
            if site.kind == COMMENT:
                self._of_comments.setdefault((number, site.id), []).append(written)
            else:
                self._take(written)

    def _take(self, written: _Written) -> None:
        """Go past one edge of a range."""
        key = (written.text, written.edge.range)
        opened, closed = self._opened.get(key), self._closed.get(key)
        if written.edge.is_start:
            self._closed.pop(key, None)
            if opened is None or written.edge.bounds:
                self._opened[key] = _Range(written)
                self._ranges.append(self._opened[key])
        elif opened is not None:
            opened.last = written
            self._closed[key] = self._opened.pop(key)
        elif closed is not None and not written.edge.bounds:
            closed.last = written

    def _end_comment(self, number: int, origin: str, identifier: str) -> None:
        """A comment is referred to: what was begun for it since the last is its range."""
        edges = self._of_comments.pop((number, origin), [])
        first = next((edge for edge in edges if edge.edge.is_start), None)
        last = next((edge for edge in reversed(edges) if not edge.edge.is_start), None)
        if first is not None and last is not None and first.begin < last.begin:
            self._ranges.append(_Range(first, last, identifier))

    def _settle_range(self, one: _Range) -> None:
        kind = one.first.edge.kind
        if one.last is None and kind != BOOKMARK:
            return
        identifier = one.comment or str(self.identifiers.bookmark_id())
        one.first.made = _with_id(one.first.tag, identifier)
        if found := _NAME.search(one.first.made):
            name = self.identifiers.repeated_name(found[1], kind)
            one.first.made = f"{one.first.made[: found.start(1)]}{name}{one.first.made[found.end(1) :]}"
            if kind == BOOKMARK:
                self._names.setdefault(found[1], []).append((one.first.path, name))
        if one.last is not None:
            one.last.made = _with_id(one.last.tag, identifier)
        else:
            # Nothing ends it any more: it stays as a place, for what leads to it.
            one.first.made += f'<w:{kind}End w:id="{identifier}"/>'

    def _settle_target(self, asked: _Asked, text: str) -> None:
        name = asked.target.name
        best = max(self._names.get(name, []), key=lambda one: _shared(one[0], asked.path), default=None)
        if best is not None:
            self._changes[asked.text].append((asked.begin, asked.end, best[1]))
            return
        begin = text.rfind("<", 0, asked.begin)
        opened = text[begin : asked.begin]
        if opened.startswith("<w:hyperlink ") and opened.endswith(' w:anchor="'):
            # A link that leads nowhere any more is text.
            self._changes[asked.text].append((asked.begin - len(' w:anchor="'), asked.end + 1, ""))
            return
        self._changes[asked.text].append((asked.begin, asked.end, name))
        # Word makes tables of contents anew, and what they list with them.
        if not name.startswith("_Toc"):
            self.report(
                asked.target.slot, f"the bookmark '{name}' stands in a block that is left out; leave it out too"
            )


def _with_id(tag: str, identifier: str) -> str:
    return _ID.sub(f' w:id="{identifier}"', tag, count=1)


def _shared(path: _Path, other: _Path) -> int:
    """How many repetitions two places have in common."""
    count = 0
    for one, two in zip(path, other, strict=False):
        if one != two:
            break
        count += 1
    return count


def _changed(text: str, changes: Sequence[tuple[int, int, str]]) -> str:
    pieces, position = [], 0
    for begin, end, made in changes:
        pieces += [text[position:begin], made]
        position = end
    return "".join([*pieces, text[position:]])
