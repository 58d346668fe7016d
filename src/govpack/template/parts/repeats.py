"""What must not be repeated as it is: ids of drawings, and relationships to parts that each repetition has for itself.

The finished tree of a part is walked in reading order, past the marks of its statements; so each element is known to
stand in a loop, in a block that may be left out, or outside of both.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from govpack.ooxml.names import NS, qn
from govpack.template.markup.paragraphs import put_before
from govpack.template.markup.references import MARK_END, MARK_START
from govpack.template.markup.searching import uses_and_marks
from govpack.template.parts.plans import Kind

if TYPE_CHECKING:
    from govpack.template.parts.compiling import Workshop

_MARK = re.compile(f"{MARK_START}(\\d+){MARK_END}")
_LOOPS = {"for": 1, "macro": 1, "call": 1, "endfor": -1, "endmacro": -1, "endcall": -1}
_BLOCKS = {**_LOOPS, "if": 1, "endif": -1}
_RELATION = f"{{{NS['r']}}}"
_FALLBACK = qn("mc:Fallback")
_PARAGRAPH_IDS = (qn("w14:paraId"), qn("w14:textId"))
_LINKS = (qn("a:hlinkClick"), qn("a:hlinkMouseOver"), qn("a:hlinkHover"))
# Ids inside a group of shapes in Word are the group's own matter: its connectors go by them.
_GROUPS = ("wgp", "wpc")


class RepeatMarker:
    """Puts marks into one part, `root`, whose statements have marks already."""

    def __init__(self, workshop: Workshop, part: str, root: etree._Element) -> None:
        self._shop = workshop
        self._part = part
        self._root = root
        # A note is written wherever something refers to it. Comments are known by the ids of their paragraphs.
        note = workshop.notes.by_part.get(part)
        self._loops: list[str] = ["macro"] if note is not None and note.is_on and note.kind != "comments" else []
        self._blocks = len(self._loops)
        self._highest = 0
        self._unmarked: set[str] = set()
        self._seen: set[str] = set(workshop.frames.replaced)
        workshop.frames.replaced.clear()

    def mark(self) -> None:
        """Walk the part and put the marks."""
        drawn = list(self._root.iter("{*}docPr", "{*}cNvPr"))
        self._highest = max((int(e.get("id", "0")) for e in drawn if e.get("id", "").isdigit()), default=0)
        known: set[str] = set()
        for element in drawn:
            if etree.QName(element).localname == "docPr":
                # Word and its libraries count drawings each in their own way, and give one id twice.
                if (identifier := element.get("id", "")) in known:
                    self._highest += 1
                    identifier = str(self._highest)
                    element.set("id", identifier)
                known.add(identifier)
        jumps: list[etree._Element] = []
        for found in uses_and_marks(self._root):
            if isinstance(found, str):
                self._follow(found)
                continue
            self._mark_relations(found, jumps)
            if self._loops:
                self._mark_ids(found)
        for element in jumps:
            self._mark_jump(element)
        plan = self._shop.family.plans.get(self._part)
        for relation in plan.relations if plan else []:
            if relation.kind is Kind.OWNED:
                relation.marked = relation.id in self._seen
            else:
                relation.marked = relation.id in self._seen and relation.id not in self._unmarked

    def _follow(self, text: str) -> None:
        """Go past the statements in `text`."""
        for number in _MARK.findall(text):
            statement = self._shop.marks.statements[int(number)]
            if statement.is_value:
                continue
            word = statement.text.lstrip("+- ").split(None, 1)[0] if statement.text.strip("+- ") else ""
            step = _BLOCKS.get(word, 0)
            self._blocks += step
            if word in _LOOPS and step > 0:
                self._loops.append(word)
            elif word in _LOOPS and self._loops:
                self._loops.pop()

    def _mark_relations(self, element: etree._Element, jumps: list[etree._Element]) -> None:
        for name, value in element.attrib.items():
            if not str(name).startswith(_RELATION):
                continue
            identifier = str(value)
            relation = self._shop.family.relation(self._part, identifier)
            if relation is None:
                continue
            if relation.kind is Kind.OWNED:
                if self._is_still(relation.target):
                    continue
                if identifier in self._seen and next(element.iterancestors(_FALLBACK), None) is not None:
                    element.set(name, self._value(f'_again("{identifier}")'))
                    continue
                self._seen.add(identifier)
                number = self._shop.family.refer(self._part, identifier)
                # To name `loop` has Jinja provide it, for the part that is written here.
                loop = ", loop" if self._loops and self._loops[-1] == "for" else ""
                element.set(name, self._value(f"_own({number}{loop})"))
            elif relation.kind is Kind.LINK:
                element.set(name, self._shop.links.mark(self._part, relation))
            else:
                self._seen.add(identifier)
                may_go = relation.kind is Kind.SLIDE and relation.target in self._shop.family.repeated_slides
                if may_go and element.tag in _LINKS:
                    jumps.append(element)
                if self._blocks:
                    element.set(name, self._value(f'_use("{identifier}")'))
                else:
                    self._unmarked.add(identifier)

    def _is_still(self, part: str) -> bool:
        """Whether `part` is a slide that nothing of is filled, repeated or left out."""
        return part in self._shop.family.slides and not self._shop.family.is_dynamic(part)

    def _mark_ids(self, element: etree._Element) -> None:
        for name in _PARAGRAPH_IDS:
            element.attrib.pop(name, "")
        if etree.QName(element).localname not in ("docPr", "cNvPr") or not element.get("id", "").isdigit():
            return
        if any(etree.QName(ancestor).localname in _GROUPS for ancestor in element.iterancestors()):
            return
        element.set("id", self._value(f"_identify({int(element.get('id', '0'))}, {self._highest})"))

    def _value(self, expression: str) -> str:
        return self._shop.marks.value(self._shop.engine_slot(), expression)

    def _mark_jump(self, element: etree._Element) -> None:
        plan = self._shop.family.plans[self._part]
        number = len(plan.jumps)
        identifier = element.get(qn("r:id"), "")
        relation = next(
            (r for r in plan.relations if r.id == identifier or f'"{r.id}"' in self._asked(identifier)), None
        )
        if relation is None:
            return
        plan.jumps.append((number, relation.target))
        start, end = f"{MARK_START}jump{number}{MARK_END}", f"{MARK_START}/jump{number}{MARK_END}"
        put_before(element, start)
        element.tail = end + (element.tail or "")

    def _asked(self, value: str) -> str:
        """The expression that stands behind the mark `value`."""
        found = _MARK.fullmatch(value)
        return self._shop.marks.statements[int(found[1])].text if found else ""
