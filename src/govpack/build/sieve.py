"""A quick look at many texts: in which can one of some names stand, and in which a row of words of some prose?

It goes by atoms (letters and digits in a row), of which a word is one or more. A text that shares no six atoms in a row
with the prose shares no six words with it; one that lacks an atom of a name does not hold the name. So what the sieve
lets pass need not be looked at again, and what it holds back may still be harmless.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

_ATOM = re.compile(r"\w+")
_STEP = 3
Row = tuple[str, ...]


class Suspect(NamedTuple):
    """What may stand in a text: one of the names, and words of these pieces of prose."""

    name: bool
    prose: frozenset[str]


_HARMLESS = Suspect(False, frozenset())


class Sieve:
    """Looks at texts for `names` and for `length` words in a row of `prose`, at each but once."""

    def __init__(self, names: Iterable[str], prose: Iterable[str], length: int) -> None:
        self._length = length
        self._names: dict[str, list[frozenset[str]]] = {}
        for name in names:
            atoms = _atoms(name)
            self._names.setdefault(max(atoms, key=len, default=""), []).append(frozenset(atoms))
        # Of any six atoms in a row, four begin at a third one of the text: few texts need a look at every row.
        self._part = length - _STEP + 1
        self._parts: set[Row] = set()
        self._prose: dict[Row, list[str]] = {}
        for text in prose:
            atoms = _atoms(text)
            self._parts.update(_rows(atoms, self._part))
            for row in _rows(atoms, length):
                self._prose.setdefault(row, []).append(text)
        self._known: dict[str, Suspect] = {}

    def look(self, text: str) -> Suspect:
        """What may stand in `text`."""
        known = self._known.get(text)
        if known is None:
            known = self._known[text] = self._look(_atoms(text))
        return known

    def _look(self, atoms: list[str]) -> Suspect:
        alike = not self._parts.isdisjoint(_rows(atoms, self._part, _STEP))
        rows = self._prose.keys() & set(_rows(atoms, self._length)) if alike else ()
        named = not self._names.keys().isdisjoint(("", *atoms))
        if not named and not rows:
            return _HARMLESS
        held = {"", *atoms}
        name = any(needed <= held for atom in self._names.keys() & held for needed in self._names[atom])
        return Suspect(name, frozenset(words for row in rows for words in self._prose[row]))


def _rows(atoms: list[str], length: int, step: int = 1) -> Iterable[Row]:
    """`length` atoms in a row, from every `step`-th one on."""
    return zip(*(atoms[start::step] for start in range(length)), strict=False)


def _atoms(text: str) -> list[str]:
    return _ATOM.findall(text.casefold())
