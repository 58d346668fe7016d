"""The relationships that one rendering adds to parts: hyperlinks, and what included documents bring along."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from govpack.ooxml.names import NS
from govpack.ooxml.package import Deflated
from govpack.ooxml.xml import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_END = "</Relationships>"


class Links:
    """Gathers relationships by part."""

    def __init__(self, members: Mapping[str, Deflated]) -> None:
        self._current: Callable[[], str] = str
        self._members = members
        self._known: dict[str, str] = {}
        self._added: dict[str, dict[tuple[str, str, bool], str]] = {}

    def follow(self, current: Callable[[], str]) -> None:
        """`current` says which part is being written."""
        self._current = current

    @property
    def part(self) -> str:
        """The part being written."""
        return self._current()

    def add_relationship(self, part: str, kind: str, target: str, *, external: bool) -> str:
        """The id of a relationship of `part`, of the type `kind`, to the member or (`external`) address `target`."""
        added = self._added.setdefault(part, {})
        key = (kind, target, external)
        if key not in added:
            known = self._known_of(part)
            number = len(added) + 1
            while f'"rIdL{number}"' in known or f"rIdL{number}" in added.values():
                number += 1
            added[key] = f"rIdL{number}"
        return added[key]

    def write(self, members: dict[str, Deflated]) -> None:
        """Write the relationships into `members`, the package being made."""
        for part, added in self._added.items():
            name = relationships_of(part)
            before = members[name].inflate().decode() if name in members else _empty()
            nodes = "".join(_node(part, identifier, *key) for key, identifier in added.items())
            head, end, tail = before.rpartition(_END)
            if not end:  # an empty part: <Relationships …/>
                head, end, tail = before.rstrip().removesuffix("/>") + ">", _END, ""
            members[name] = Deflated.of(f"{head}{nodes}{end}{tail}".encode())

    def _known_of(self, part: str) -> str:
        if part not in self._known:
            name = relationships_of(part)
            self._known[part] = self._members[name].inflate().decode() if name in self._members else ""
        return self._known[part]


def relationships_of(part: str) -> str:
    """The member that holds the relationships of `part`."""
    folder, _, file = part.rpartition("/")
    return posixpath.join(folder, "_rels", f"{file}.rels")


def _empty() -> str:
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="{NS["rel"]}">{_END}'


def _node(part: str, identifier: str, kind: str, target: str, external: bool) -> str:
    shown = target if external else posixpath.relpath(target, posixpath.dirname(part) or ".")
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="{identifier}" Type="{kind}" Target={quoted(shown)}{mode}/>'
