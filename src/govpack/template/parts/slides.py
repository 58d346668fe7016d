"""Slides that are repeated, kept or left out: ``{% slide for … %}`` and ``{% slide if … %}`` in their notes.

The presentation's list of slides becomes the template that the deck is written from: a slide's statements stand around
its entry there, and the entry writes the slide.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from govpack.ooxml.names import RT_NOTES_SLIDE, RT_SLIDE, qn
from govpack.template.language.tags import Kind, Tag, find_tags
from govpack.template.markup.paragraphs import drop, put_before, read_paragraph
from govpack.template.markup.searching import with_braces

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml import etree

    from govpack.findings import Location
    from govpack.template.parts.compiling import Workshop

_P14 = "{http://schemas.microsoft.com/office/powerpoint/2010/main}"
_COUNTED = ("Slides", "Notes", "HiddenSlides")
# Titles of slides and counts of words hold for the template only, and nobody needs them.
_STALE = tuple(qn(f"app:{name}") for name in ("HeadingPairs", "TitlesOfParts", "Words", "Paragraphs"))
_INNER = re.compile(r"[+-]?\s*slide\b\s*")


class _Statement(NamedTuple):
    slot: int
    word: str
    text: str


class SlideStatements:
    """The statements of a deck's slides, by the slide's part."""

    def __init__(self, workshop: Workshop) -> None:
        self._shop = workshop
        self._by_slide: dict[str, list[_Statement]] = {}

    def read(self, part: str, root: etree._Element, location_of: Callable[[etree._Element], Location]) -> None:
        """Take the slide statements out of `part`; report those that stand where they can't."""
        if self._shop.package.kind != "pptx":
            return
        slide = self._slide_of(part)
        for element in with_braces(root):
            paragraph = read_paragraph(element)
            if "slide" not in paragraph.text:
                continue
            tags = [tag for tag in find_tags(paragraph.text) if isinstance(tag, Tag) and is_slide_tag(tag)]
            if not tags:
                continue
            location = location_of(element)
            rest = paragraph.text
            for tag in reversed(tags):
                rest = rest[: tag.start] + rest[tag.end :]
            for tag in tags:
                if not slide or rest.strip():
                    reason = "this tag stands alone in a paragraph of the notes of the slide that it repeats or keeps"
                    self._shop.report(tag.raw, reason, location)
                    continue
                self._take(slide, tag, location)
            _remove_paragraph(element)

    def _slide_of(self, notes: str) -> str:
        """The slide that the part `notes` holds the notes of, if it does."""
        owner = self._shop.family.owner_of(notes)
        for relation in self._shop.family.plans[owner].relations if owner else []:
            if relation.target == notes and relation.type == RT_NOTES_SLIDE and owner:
                return owner
        return ""

    def _take(self, slide: str, tag: Tag, location: Location) -> None:
        inner = tag._replace(source=_INNER.sub("", tag.source, count=1))
        if inner.word not in ("for", "if"):
            self._shop.report(
                tag.raw,
                "write 'slide for … in …' or 'slide if …'; the slide itself is the block, without an end",
                location,
            )
            return
        read = self._shop.read_tag(inner, location)
        if read is None:
            return
        self._by_slide.setdefault(slide, []).append(_Statement(read[0], inner.word, inner.source))
        self._shop.family.repeated_slides.add(slide)

    def put(self, root: etree._Element) -> bool:
        """Put the statements into the presentation `root`, and marks where it lists slides. Whether there are any."""
        family = self._shop.family
        dynamic = {
            r.id: r.target
            for r in family.plans[family.main].relations
            if r.type == RT_SLIDE and family.is_dynamic(r.target)
        }
        highest = max((int(node.get("id", "256")) for node in root.iter(qn("p:sldId"))), default=256)
        known: dict[str, str] = {}
        for node in list(root.iter(qn("p:sldId"))):
            slide = dynamic.get(node.get(qn("r:id"), ""))
            if slide is None:
                continue
            identifier = node.get("id", "256")
            known[identifier] = slide
            node.set("id", self._value(f'_slide_id("{slide}", {int(identifier)}, {highest})'))
            before, behind = "", ""
            for statement in self._by_slide.get(slide, []):
                before += self._shop.marks.block(statement.slot, statement.text)
                behind = self._shop.marks.block(statement.slot, f"end{statement.word}") + behind
            put_before(node, before)
            node.tail = behind + (node.tail or "")
        self._put_sections(root, known)
        self._put_shows(root, dynamic)
        return bool(dynamic)

    def _put_sections(self, root: etree._Element, known: dict[str, str]) -> None:
        for node in list(root.iter(f"{_P14}sldId")):
            if (slide := known.get(node.get("id", ""))) in self._shop.family.repeated_slides and slide:
                name = f"{node.prefix}:sldId" if node.prefix else "sldId"
                self._replace(node, f'_section("{slide}", "{name}")')

    def _put_shows(self, root: etree._Element, dynamic: dict[str, str]) -> None:
        for node in list(root.iter(qn("p:sld"))):
            # Its entry among the slides writes a slide; a show only names what that made.
            if slide := dynamic.get(node.get(qn("r:id"), "")):
                self._replace(node, f'_show_slides("{slide}", "{node.prefix}:sld")')

    def _replace(self, node: etree._Element, expression: str) -> None:
        node.tail = self._value(expression) + (node.tail or "")
        drop(node)

    def put_counts(self, root: etree._Element) -> bool:
        """Put marks where docProps/app.xml counts slides, and take out what it says of single ones."""
        if not self._by_slide:
            return False
        for stale in [child for child in root if child.tag in _STALE]:
            root.remove(stale)
        for name in _COUNTED:
            node = root.find(qn(f"app:{name}"))
            if node is not None:
                node.text = self._value(f'_count_slides("{name}")')
        return True

    def _value(self, expression: str) -> str:
        return self._shop.marks.value(self._shop.engine_slot(), expression)


def is_slide_tag(tag: Tag) -> bool:
    """Whether `tag` is a statement about its slide."""
    return tag.kind is Kind.BLOCK and tag.word == "slide"


def _remove_paragraph(paragraph: etree._Element) -> None:
    parent = paragraph.getparent()
    if parent is not None and sum(1 for child in parent if child.tag == paragraph.tag) > 1:
        drop(paragraph)
        return
    for child in list(paragraph):
        if child.tag not in (qn("a:pPr"), qn("a:endParaRPr")):
            drop(child)
