"""Numbers that somebody typed into a clause, and items indented to no level: Word numbers clauses, nobody else does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from govpack.findings import Finding, Location

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govpack.kits.kit import Wording

_TYPED = re.compile(r" *(\d+\.\d[\d.]*|\((?:[a-z]|[ivx]{2,5})\))\s")
_ITEM = re.compile(r"( *)\d+[.)]\s")
_LEVEL = 3  # blanks
_LEVELS = "'1.' at the margin is 1.1, indented by three blanks it is (a), by six (i)"


def find_typed_numbers(file: str, wording: Wording) -> Iterator[Finding]:
    """A finding for each line of `wording` that begins with a number of its own, or stands between two levels."""
    for number, line in enumerate(wording.text.splitlines(), wording.line):
        if typed := _TYPED.match(line):
            place = Location(file, number, typed.start(1) + 1)
            yield Finding(f"the number {typed[1]} is typed", place, remedy=f"let Word number it: {_LEVELS}")
        elif (item := _ITEM.match(line)) and len(item[1]) % _LEVEL:
            count = len(item[1])
            message = f"this item is indented by {count} blank{'s' if count > 1 else ''}, which is no level"
            yield Finding(message, Location(file, number, count + 1), remedy=_LEVELS)
