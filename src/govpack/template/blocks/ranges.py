"""Bookmarks, comment ranges and their like, and the fields and links that lead to a bookmark, when blocks repeat them.

Whatever stands outside of blocks, or whole in one branch of a condition, is right as it is. The rest gets signs in
place of its ids, which are settled once the part is written and it is known what came of every block.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from govpack.ooxml.names import qn
from govpack.template.markup.references import MARK_END, MARK_START

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lxml import etree

    from govpack.template.blocks.blocks import BlockWalk, Where
    from govpack.template.parts.compiling import Workshop

BOOKMARK, COMMENT = "bookmark", "commentRange"
_CUSTOM = [f"customXml{what}Range" for what in ("Ins", "Del", "MoveFrom", "MoveTo")]
_KINDS = (BOOKMARK, COMMENT, "perm", "moveFromRange", "moveToRange", *_CUSTOM)
# What begins or ends a range: the kind of range, and whether it begins it.
EDGES = {qn(f"w:{kind}{end}"): (kind, end == "Start") for kind in _KINDS for end in ("Start", "End")}
SIGN = f"{MARK_START}~{{}}{MARK_END}"
_ID, _ANCHOR, _INSTRUCTION = qn("w:id"), qn("w:anchor"), qn("w:instr")
# The bookmark that a field names: { REF name }, { PAGEREF name }, { HYPERLINK \l "name" }.
_NAMED = re.compile(r'\s*(?:(?:REF|PAGEREF|NOTEREF)\s+|HYPERLINK\s.*?\\l\s+)"?([^\s"\\]+)', re.IGNORECASE)


class Edge:
    """The beginning or end of a range, and the number of that range in the template.

    `bounds` says that each time it is written another range begins, or ends: the other edge stands in the same blocks
    or in more of them.
    """

    def __init__(self, kind: str, is_start: bool, id: str, range: int) -> None:  # noqa: A002 - the format's own word
        self.kind = kind
        self.is_start = is_start
        self.id = id
        self.range = range
        self.bounds = True


class Target(NamedTuple):
    """A field or link that leads to the bookmark `name`, and the slot by which it is reported."""

    name: str
    slot: int


class Ranges:
    """What the parts of one template hold of these, by the numbers in their signs; `names` may come more than once."""

    def __init__(self) -> None:
        self.count = 0
        self.sites: list[Edge | Target] = []
        self.names: set[str] = set()
        self.parts: set[str] = set()

    def sign(self, site: Edge | Target) -> int:
        """The number of `site`."""
        self.sites.append(site)
        return len(self.sites) - 1


class _Found(NamedTuple):
    element: etree._Element
    edge: Edge
    where: Where


class RangeMarker:
    """Puts signs into one part. With `repeated`, all of the part may be written more than once, as a note is.

    `comments` says that what bounds a comment is to be settled, too.
    """

    def __init__(self, workshop: Workshop, part: str, walk: BlockWalk, *, repeated: bool, comments: bool) -> None:
        self.found = False
        self._shop = workshop
        self._ranges = workshop.ranges
        self._part = part
        self._walk = walk
        self._repeated = repeated
        self._comments = comments
        self._stepped: set[int] = set()

    def mark(self, walked: Iterable[tuple[etree._Element, Where]], location: str) -> None:
        """Sign what needs it of the elements `walked`; `location` is what a person calls the part."""
        edges: list[_Found] = []
        links: list[tuple[list[etree._Element], str, str, Where]] = []
        fields: list[list[etree._Element]] = []
        for element, where in walked:
            if element.tag in EDGES:
                kind, is_start = EDGES[str(element.tag)]
                edges.append(_Found(element, Edge(kind, is_start, element.get(_ID, ""), -1), where))
            elif element.tag == qn("w:hyperlink") and element.get(_ANCHOR):
                links.append(([element], _ANCHOR, element.get(_ANCHOR, ""), where))
            elif element.tag == qn("w:fldSimple") and (named := _NAMED.match(element.get(_INSTRUCTION, ""))):
                links.append(([element], _INSTRUCTION, named[1], where))
            elif element.tag == qn("w:fldChar"):
                links += _follow_field(element, fields, where)
            elif element.tag == qn("w:instrText") and fields:
                fields[-1].append(element)
        self._settle_edges(edges)
        for elements, attribute, name, where in links:
            if name in self._ranges.names and MARK_START not in name:
                self._sign_target(elements, attribute, name, where, location)
        if self.found:
            self._ranges.parts.add(self._part)
        for number in self._stepped:
            self._step(number)

    def _settle_edges(self, edges: list[_Found]) -> None:
        for pair in _paired(edges, self._ranges):
            wheres = {one.where for one in pair}
            varies = self._repeated or len(wheres) > 1 or any(self._walk.repeats(where) for where in wheres)
            if pair[0].edge.kind == BOOKMARK and (varies or any(wheres)):
                start = next((one.element for one in pair if one.edge.is_start), None)
                if start is not None:
                    self._ranges.names.add(start.get(qn("w:name"), ""))
                    varies = varies or any(wheres)
            if varies or (self._comments and pair[0].edge.kind == COMMENT):
                for one in pair:
                    one.element.set(_ID, self._signed(one.edge, one.where))

    def _sign_target(
        self, elements: list[etree._Element], attribute: str, name: str, where: Where, location: str
    ) -> None:
        shown = f"{{ {_whole(elements)} }}" if attribute != _ANCHOR else f"link to {name}"
        target = Target(name, self._shop.add_slot(" ".join(shown.split()), self._shop.location(location)))
        signed = self._signed(target, where)
        if attribute == _ANCHOR:
            elements[0].set(attribute, signed)
            return
        text = _whole(elements)
        found = _NAMED.match(text)
        assert found is not None
        text = f"{text[: found.start(1)]}{signed}{text[found.end(1) :]}"
        if elements[0].tag == qn("w:fldSimple"):
            elements[0].set(attribute, text)
            return
        elements[0].text = text
        elements[0].set(qn("xml:space"), "preserve")
        for element in elements[1:]:
            element.text = ""

    def _signed(self, site: Edge | Target, where: Where) -> str:
        """What stands in place of the id or name: a sign, or what gives one with the repetition that it stands in."""
        self.found = True
        number = self._ranges.sign(site)
        if not (self._repeated or self._walk.repeats(where)):
            return SIGN.format(f"{number}@")
        self._stepped.update(number for number, _ in where if number in self._walk.closers)
        return self._shop.marks.value(self._shop.engine_slot(), f"_at({number})")

    def _step(self, number: int) -> None:
        """Have each repetition of the block of the mark `number` known by a number of its own."""
        closer = self._walk.closers[number]
        if number in self._walk.loops:
            depth = self._walk.depth(number)
            self._walk.put(number, self._engine_mark(f"_enter({depth})"))
            self._walk.put(closer, self._engine_mark(f"_leave({depth})"))
        elif number in self._walk.bodies:
            self._walk.put(number, self._engine_mark("_enter(-1)"))
            self._walk.put(closer, self._engine_mark("_leave(-1)"), before=True)

    def _engine_mark(self, expression: str) -> str:
        return self._shop.marks.value(self._shop.engine_slot(), expression)


def rename_in(instruction: str, names: Mapping[str, str]) -> str:
    """The instruction of a field with the bookmark that it names called as `names` says."""
    found = _NAMED.match(instruction)
    if found is None or found[1] not in names:
        return instruction
    return f"{instruction[: found.start(1)]}{names[found[1]]}{instruction[found.end(1) :]}"


def _follow_field(
    element: etree._Element, fields: list[list[etree._Element]], where: Where
) -> Iterator[tuple[list[etree._Element], str, str, Where]]:
    """Go past one sign of a complex field; gives the field's instruction where it leads to a bookmark."""
    if element.get(qn("w:fldCharType")) == "begin":
        fields.append([])
    elif fields:
        elements = list(fields[-1])
        fields[-1].clear()
        if elements and (named := _NAMED.match(_whole(elements))):
            yield elements, "", named[1], where
        if element.get(qn("w:fldCharType")) == "end":
            fields.pop()


def _whole(elements: list[etree._Element]) -> str:
    return "".join(element.get(_INSTRUCTION) or element.text or "" for element in elements)


def _paired(edges: list[_Found], ranges: Ranges) -> list[list[_Found]]:
    """The edges of one range each, numbered; templates give one id to several ranges, so order tells them apart."""
    pairs: list[list[_Found]] = []
    opened: dict[tuple[str, str], list[_Found]] = {}
    for one in edges:
        key = (one.edge.kind, one.edge.id)
        if one.edge.is_start or key not in opened:
            pairs.append([one])
            if one.edge.is_start:
                opened[key] = pairs[-1]
        else:
            opened.pop(key).append(one)
    for pair in pairs:
        ranges.count += 1
        first, last = pair[0], pair[-1]
        for one in pair:
            one.edge.range = ranges.count
        first.edge.bounds = last.where[: len(first.where)] == first.where
        last.edge.bounds = first.where[: len(last.where)] == last.where
    return pairs
