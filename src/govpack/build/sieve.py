"""A quick look at many texts: in which can one of some names stand, and in which a row of words of some prose?

It goes by atoms (letters and digits in a row), of which a word is one or more. A text that shares no six atoms in a row
with the prose shares no six words with it; one that lacks an atom of a name does not hold the name. So what the sieve
lets pass need not be looked at again, and what it holds back may still be harmless.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

_ATOM = re.compile(r"\w+")


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
            self._names.setdefault(next(iter(atoms), ""), []).append(frozenset(atoms))
        self._prose: dict[tuple[str, ...], list[str]] = {}
        for text in prose:
            for row in self._rows(_atoms(text)):
                self._prose.setdefault(row, []).append(text)
        self._known: dict[str, Suspect] = {}

    def look(self, text: str) -> Suspect:
        """What may stand in `text`."""
        if text not in self._known:
            atoms = _atoms(text)
            first = self._names.keys() & {*atoms, ""}
            rows = self._prose.keys() & self._rows(atoms) if len(atoms) >= self._length else ()
            self._known[text] = _HARMLESS
            if first or rows:
                held = frozenset(atoms)
                name = any(needed <= held for atom in first for needed in self._names[atom])
                self._known[text] = Suspect(name, frozenset(words for row in rows for words in self._prose[row]))
        return self._known[text]

    def _rows(self, atoms: list[str]) -> Iterable[tuple[str, ...]]:
        """Every `length` atoms in a row."""
        return zip(*(islice(atoms, start, None) for start in range(self._length)), strict=False)


def _atoms(text: str) -> list[str]:
    return _ATOM.findall(text.casefold())
