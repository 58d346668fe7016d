"""Word's own list numbers, computed from numbering.xml and styles.xml as Word counts them (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from govpack.ooxml.names import qn
from govpack.ooxml.xml import whole_number

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from lxml import etree

_VAL = qn("w:val")
# Levels count from 0 to 8, numbers to 32767 (ECMA-376 part 1, 17.9.3 and 17.9.25); a damaged file may say anything.
_DEEPEST, _HIGHEST = 8, 32767
# Past these Word shows digits: 30 letters in a row, and the last number that Roman numerals write without a bar.
_LAST_LETTERS, _LAST_ROMAN = 780, 3999
_PLACE = re.compile(r"%([1-9])")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


class ListNumber(NamedTuple):
    """A paragraph's number: as shown (``(a)``), with its ancestors (``12.3(a)``), its depth, and its list."""

    shown: str
    full: str
    level: int
    list_id: str


class _Level(NamedTuple):
    format: str
    text: str
    start: int
    restart: int | None
    legal: bool
    style: str


class _Begun(NamedTuple):
    """A list in use: its levels, the starts that it overrides, and the counters that it shares with its family."""

    levels: dict[int, _Level]
    starts: dict[int, int]
    counters: dict[int, int]


class _Step(NamedTuple):
    """What it takes to count a paragraph of a list at `depth`: where that level starts, and each one above it."""

    counters: dict[int, int]
    depth: int
    start: int
    above: tuple[tuple[int, int], ...]
    levels: dict[int, _Level]


@dataclass(slots=True)
class Numbering:
    """The lists of a document, and the counters as its paragraphs are met in order."""

    lists: dict[str, dict[int, _Level]] = field(default_factory=dict)
    nums: dict[str, str] = field(default_factory=dict)
    starts: dict[str, dict[int, int]] = field(default_factory=dict)
    own_levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    counters: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: dict[str, _Begun] = field(default_factory=dict, init=False)
    _steps: dict[tuple[str, int], _Step] = field(default_factory=dict, init=False)

    def level_of_style(self, num_id: str, style: str) -> int | None:
        """The level of list `num_id` that is linked to the paragraph style `style`, or None."""
        levels = self.lists.get(self.nums.get(num_id, ""), {})
        return next((depth for depth, level in levels.items() if level.style == style), None)

    def is_bullet(self, num_id: str, depth: int) -> bool:
        """Whether that level shows a bullet and no number."""
        level = self.lists.get(self.nums.get(num_id, ""), {}).get(depth)
        return level is None or level.format in {"bullet", "none"}

    def count(self, num_id: str, depth: int) -> ListNumber | None:
        """Count one paragraph of list `num_id` at `depth` and give its number; None where there is no such list."""
        return self.number(num_id, depth) if self.advance(num_id, depth) else None

    def advance(self, num_id: str, depth: int) -> bool:
        """Count one paragraph of list `num_id` at `depth`; False where there is no such list or level."""
        return self._advance((num_id, depth))

    def _advance(self, at: tuple[str, int]) -> bool:
        step = self._steps.get(at) or self._prepare(*at)
        if step is None:
            return False
        counters, depth, start, above, levels = step
        for each, first in above:
            if each not in counters:
                counters[each] = first
        # The override holds wherever the level starts anew, too (17.9.26).
        counters[depth] = counters[depth] + 1 if depth in counters else start
        if len(counters) > depth + 1:  # all levels down to this one are there, so the others are below
            for below in [each for each in counters if each > depth]:
                restart = levels[below].restart if below in levels else None
                if restart is None or (restart and depth < restart):
                    del counters[below]
        return True

    def _prepare(self, num_id: str, depth: int) -> _Step | None:
        """What counting takes there, which is asked for the first time; None where there is no such list or level."""
        begun = self._begun.get(num_id) or self._begin(num_id)
        if begun is None or depth not in begun.levels:
            return None
        levels, starts, counters = begun
        first = [starts.get(at, levels[at].start if at in levels else 1) for at in range(depth + 1)]
        step = _Step(counters, depth, first[depth], tuple(enumerate(first[:depth])), levels)
        self._steps[num_id, depth] = step
        return step

    def _begin(self, num_id: str) -> _Begun | None:
        """The list `num_id`, which is used for the first time; None where there is none."""
        name = self.nums.get(num_id)
        if name is None or name not in self.lists:
            return None
        counters, starts = self.counters.setdefault(name, {}), self.starts.get(num_id, {})
        # A start override counts when its list is first used, and restarts what other lists of the family counted.
        counters.update((at, start - 1) for at, start in starts.items())
        begun = self._begun[num_id] = _Begun(self._levels(num_id, name), starts, counters)
        return begun

    def numbers_at(self, steps: Sequence[tuple[str, int]], wanted: Collection[int]) -> dict[int, ListNumber]:
        """Count paragraphs, each by its list and level, and give the numbers of those `wanted`, by their places.

        A paragraph of an empty list has no number, nor has one of a list that is not there.
        """
        found: dict[int, ListNumber] = {}
        advance = self._advance
        for place, step in enumerate(steps[: max(wanted, default=-1) + 1]):
            if step[0] and advance(step) and place in wanted:
                found[place] = self.number(*step)
        return found

    def number(self, num_id: str, depth: int) -> ListNumber:
        """The number of the paragraph of list `num_id` at `depth` that was counted last."""
        name = self.nums[num_id]
        levels, counters = self._levels(num_id, name), self.counters[name]
        shown = _show(levels, depth, counters)
        return ListNumber(shown, _full(levels, depth, counters, shown), depth, name)

    def _levels(self, num_id: str, name: str) -> dict[int, _Level]:
        own = self.own_levels.get(num_id)
        return self.lists[name] | own if own else self.lists[name]


def read_numbering(root: etree._Element | None) -> Numbering:
    """The lists that numbering.xml defines (None: a document without lists)."""
    numbering = Numbering()
    if root is None:
        return numbering
    links: dict[str, str] = {}
    by_style: dict[str, str] = {}
    for node in root.iterfind(qn("w:abstractNum")):
        name = node.get(qn("w:abstractNumId"), "")
        numbering.lists[name] = dict(_read_level(level) for level in node.iterfind(qn("w:lvl")))
        if (style := node.find(qn("w:styleLink"))) is not None:
            by_style[style.get(_VAL, "")] = name
        if (style := node.find(qn("w:numStyleLink"))) is not None:
            links[name] = style.get(_VAL, "")
    for name, style_id in links.items():
        if not numbering.lists[name] and style_id in by_style:
            links[name] = by_style[style_id]
            numbering.lists[name] = numbering.lists[by_style[style_id]]
    for node in root.iterfind(qn("w:num")):
        num_id = node.get(qn("w:numId"), "")
        abstract = node.find(qn("w:abstractNumId"))
        name = abstract.get(_VAL, "") if abstract is not None else ""
        # A list that borrows its levels from a list style shares that list's counters, too.
        numbering.nums[num_id] = links[name] if name in links and links[name] in numbering.lists else name
        for override in node.iterfind(qn("w:lvlOverride")):
            depth = whole_number(override.get(qn("w:ilvl")), high=_DEEPEST)
            if (level := override.find(qn("w:lvl"))) is not None:
                numbering.own_levels.setdefault(num_id, {})[depth] = _read_level(level)[1]
            if (start := override.find(qn("w:startOverride"))) is not None:
                numbering.starts.setdefault(num_id, {})[depth] = whole_number(start.get(_VAL), 1, high=_HIGHEST)
    return numbering


def _read_level(node: etree._Element) -> tuple[int, _Level]:
    def value(tag: str, default: str = "") -> str:
        child = node.find(qn(tag))
        return default if child is None else child.get(_VAL, default)

    restart = value("w:lvlRestart")
    legal = node.find(qn("w:isLgl"))
    return whole_number(node.get(qn("w:ilvl")), high=_DEEPEST), _Level(
        format=value("w:numFmt", "decimal"),
        text=value("w:lvlText"),
        start=whole_number(value("w:start"), high=_HIGHEST),
        restart=whole_number(restart, high=_DEEPEST) if restart else None,
        legal=legal is not None and legal.get(_VAL, "1") not in {"0", "false", "off"},
        style=value("w:pStyle"),
    )


class _Form(NamedTuple):
    """The text of a level: what it begins with, then each level whose number it shows, from 0, and what follows that.

    `highest` is the first of these levels, 9 where it shows none.
    """

    first: str
    numbers: tuple[tuple[int, str], ...]
    highest: int


@lru_cache(maxsize=256)
def _form(text: str) -> _Form:
    first, *split = _PLACE.split(text)
    numbers = tuple((int(place) - 1, after) for place, after in zip(split[::2], split[1::2], strict=True))
    return _Form(first, numbers, min((at for at, _ in numbers), default=9))


def _show(levels: dict[int, _Level], depth: int, counters: dict[int, int]) -> str:
    level = levels[depth]
    if level.format == "bullet":
        return ""
    form = _form(level.text)
    shown = form.first
    for at, after in form.numbers:
        number = counters.get(at, 1)
        if level.legal or at not in levels or (kind := levels[at].format) == "decimal":
            shown += f"{number}{after}"
        else:
            shown += format_number(number, kind) + after
    return shown


def _full(levels: dict[int, _Level], depth: int, counters: dict[int, int], shown: str) -> str:
    """The number with its ancestors, as a REF field with the switch \\w shows it: without trailing full stop."""
    own = shown.strip()
    # What stands before it is the number of the level above the highest that it names itself.
    highest = min(depth, _form(levels[depth].text).highest)
    if highest == 0 or not own:
        return own.rstrip(".")
    above = highest - 1
    before = _full(levels, above, counters, _show(levels, above, counters)) if above in levels else ""
    glue = "." if before[-1:].isalnum() and own[:1].isalnum() else ""
    return f"{before}{glue}{own}".rstrip(".")


def format_number(number: int, form: str) -> str:
    """`number` in one of Word's number formats; unknown formats show digits."""
    if form == "decimal":
        return str(number)
    if form in {"lowerLetter", "upperLetter"} and 0 < number <= _LAST_LETTERS:
        # Word repeats the letter after z: aa, bb, cc.
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in {"lowerRoman", "upperRoman"} and 0 < number <= _LAST_ROMAN:
        text, rest = "", number
        for value, sign in _ROMAN:
            text += sign * (rest // value)
            rest %= value
        return text.upper() if form == "upperRoman" else text
    if form == "ordinal":
        # As in English: Word has an ending for each language, and numbering.xml names none.
        ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
        return f"{number}{ending}"
    if form == "decimalZero":
        return f"{number:02d}"
    return "" if form in {"none", "bullet"} else str(number)
