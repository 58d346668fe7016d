"""The finished tree of a part in reading order, each element with the statements it stands between."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from govpack.template.language.tags import BRANCHES, CLOSERS, OPENERS
from govpack.template.markup.references import MARK_END, MARK_START

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from govpack.template.language.source import Statement

_MARK = re.compile(f"{MARK_START}(\\d+){MARK_END}")
# Blocks whose body may be written more than once, or elsewhere than where it stands.
_BODIES = ("macro", "call", "set")

# The open blocks around an element: the number of each one's opening mark, and which of its branches.
Where = tuple[tuple[int, int], ...]


class BlockWalk:
    """Walks `root`, whose statements have marks. `loops` are the marks of loops, `bodies` those of other repeats."""

    def __init__(self, root: etree._Element, statements: Sequence[Statement]) -> None:
        self.loops: set[int] = set()
        self.bodies: set[int] = set()
        self.closers: dict[int, int] = {}
        self._root = root
        self._statements = statements
        self._open: list[tuple[int, int]] = []
        self._around: dict[int, Where] = {}
        self._holders: dict[int, tuple[etree._Element, str]] = {}

    def __iter__(self) -> Iterator[tuple[etree._Element, Where]]:
        for event, element in etree.iterwalk(self._root, events=("start", "end")):
            if event == "start":
                yield element, tuple(self._open)
                self._follow(element, "text")
            else:
                self._follow(element, "tail")

    def repeats(self, where: Where) -> bool:
        """Whether what stands at `where` may be written more than once."""
        return any(number in self.loops or number in self.bodies for number, _ in where)

    def depth(self, number: int) -> int:
        """How many loops the block of the mark `number` stands in."""
        return sum(other in self.loops for other, _ in self._around[number])

    def put(self, number: int, mark: str, *, before: bool = False) -> None:
        """Put `mark` right behind the mark `number`, or before it."""
        element, side = self._holders[number]
        own = f"{MARK_START}{number}{MARK_END}"
        setattr(element, side, getattr(element, side).replace(own, mark + own if before else own + mark))

    def _follow(self, element: etree._Element, side: str) -> None:
        text = getattr(element, side)
        if not text or MARK_START not in text:
            return
        for found in _MARK.findall(text):
            number = int(found)
            statement = self._statements[number]
            if statement.is_value:
                continue
            self._holders[number] = (element, side)
            words = statement.text.strip("+- ").split()
            word = words[0] if words else ""
            if word in OPENERS and (word != "set" or "=" not in statement.text):
                self._around[number] = tuple(self._open)
                self._open.append((number, 0))
                if word == "for" and words[-1] != "recursive":
                    self.loops.add(number)
                elif word in _BODIES or word == "for":
                    self.bodies.add(number)
            elif word in BRANCHES and self._open:
                opener, branch = self._open[-1]
                self._open[-1] = (opener, branch + 1)
            elif word in CLOSERS and self._open:
                self.closers[self._open.pop()[0]] = number
