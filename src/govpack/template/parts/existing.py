"""The content controls that a template has already: filled by the tags in them, and still what they were.

A tag in a control's content is filled there. A checkbox, date or list whose own tag (``w:tag``) or content holds one
tag is set natively. Where a control is bound to a piece of XML (``w:dataBinding``, ECMA-376 part 1, 17.5.2.6), that
gets the value as well, since Word shows the XML's text when it opens the file.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lxml import etree

from govpack.ooxml.names import qn
from govpack.ooxml.xml import parse_xml
from govpack.template.language.slots import Form
from govpack.template.language.tags import Kind, TagError, find_tags, has_tag
from govpack.template.markup.paragraphs import PARAGRAPHS, read_paragraph
from govpack.template.parts.controls import shortened
from govpack.template.parts.natives import kind_of, leave_one_run, read_native

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govpack.template.blocks.scope import Site
    from govpack.template.language.tags import Tag
    from govpack.template.markup.places import Addresses
    from govpack.template.parts.compiling import Workshop

BOUND, CONTROL_ID = "_bound", "_control_id"
_BINDINGS = (qn("w:dataBinding"), qn("w15:dataBinding"))
_STORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_OWN_STORES = {
    "{6C3C8BC8-F283-45AE-878A-BAB7291924A1}": "docProps/core.xml",
    "{6668398D-A668-4E3E-A5EB-62B293D839F1}": "docProps/app.xml",
}
# The paths that Word writes; anything else is left to Word.
_PLAIN_PATH = re.compile(r"(?:/@?(?:[\w.-]+:)?[\w.-]+(?:\[\d+\])?)+")
_PREFIX = re.compile(r"xmlns:([\w.-]+)=(['\"])(.*?)\2")
_PLACEHOLDER_STYLE = "PlaceholderText"


class _Set:
    """A checkbox, date or list that a tag sets."""

    def __init__(self, control: etree._Element, slot: int, source: str, kind: str) -> None:
        self.control = control
        self.slot = slot
        self.source = source
        self.kind = kind


class ExistingControls:
    """The controls of one part. `replaced` gives each that a tag sets as a whole, with the mark that stands for it."""

    def __init__(self, workshop: Workshop, root: etree._Element, addresses: Addresses) -> None:
        self.replaced: list[tuple[etree._Element, str]] = []
        self._shop = workshop
        self._root = root
        self._addresses = addresses
        self._controls = list(root.iter(qn("w:sdt")))
        self._set: list[_Set] = []
        self._bound: list[tuple[etree._Element, str]] = []

    def read(self) -> None:
        """Take the tags of checkboxes, dates and lists out of the part's text, before its paragraphs are read."""
        for control in self._controls:
            if control.find(qn("w:sdtPr")) is None or control.find(qn("w:sdtContent")) is None:
                continue
            text = _text_of(control)
            kind = kind_of(control)
            if kind and (typed := _own_tag(control) or text) and has_tag(typed):
                self._read_native(control, kind, typed)
            elif has_tag(text):
                _unmark(control)
                if _binding_of(control) is not None:
                    self._bound.append((control, text))

    def _read_native(self, control: etree._Element, kind: str, text: str) -> None:
        paragraph = next((e for e in (*control.iter(*PARAGRAPHS), *control.iterancestors(*PARAGRAPHS))), control)
        location = self._shop.location(f"{self._addresses.of(paragraph)}, {_NAMES[kind]}")
        tags = list(find_tags(text))
        leave_one_run(control)
        tag: Tag | TagError = tags[0]
        if isinstance(tag, TagError):
            self._shop.report(tag.tag, tag.reason, location)
            return
        outside = text[: tag.start] + text[tag.end :]
        if len(tags) > 1 or tag.kind is not Kind.VALUE or outside.strip():
            reason = f"a {_NAMES[kind]} takes one tag that prints a value, and nothing beside it"
            self._shop.report(tag.raw, reason, location)
            return
        read = self._shop.read_tag(tag, location)
        if read is not None:
            self._shop.slots[read[0]].form = Form.NATIVE
            self._set.append(_Set(control, read[0], tag.source, kind))

    def bind(self, sites: list[Site]) -> None:
        """Give bound XML its values, and set what tags set; `sites` are the tags of the part's paragraphs."""
        in_block = _Blocks(self._root, sites) if self._set or self._bound else None
        for control, text in self._bound:
            if in_block and in_block.holds(control):
                _unbind(control)
            else:
                self._bind(control, text)
        for one in self._set:
            slot = self._shop.slots[one.slot]
            if in_block and in_block.holds(one.control):
                _unbind(one.control)
            elif _binding_of(one.control) is not None:
                number = self._shop.add_slot(slot.raw, slot.location, Form.MARKUP)
                self._bind(one.control, self._shop.marks.value(number, f"{BOUND}({one.slot}, {one.source})"))
            slot.native = read_native(one.control, one.kind, shortened(slot.label))
            self.replaced.append((one.control, self._shop.marks.value(one.slot, one.source)))
        if any(site.tag.opens and site.tag.word in ("for", "macro", "call", "set") for site in sites):
            self._renumber()

    def _renumber(self) -> None:
        """A control that a block may repeat gets an id of its own each time."""
        whole = {one.control for one in self._set}
        for control in self._controls:
            node = control.find(f"{qn('w:sdtPr')}/{qn('w:id')}")
            if node is not None and control not in whole and re.fullmatch(r"-?\d+", node.get(qn("w:val"), "")):
                mark = self._shop.marks.value(self._shop.engine_slot(), f"{CONTROL_ID}({node.get(qn('w:val'))})")
                node.set(qn("w:val"), mark)

    def _bind(self, control: etree._Element, text: str) -> None:
        """Put `text`, with its tags, where the control's binding leads; what leads nowhere is unbound."""
        binding = _binding_of(control)
        assert binding is not None
        path = binding.get(qn("w:xpath"), "")
        prefixes = {found[1]: found[3] for found in _PREFIX.finditer(binding.get(qn("w:prefixMappings"), ""))}
        part = self._store(binding.get(qn("w:storeItemID"), "").upper())
        root = self._shop.root_of(part) if part else None
        if root is None or not _PLAIN_PATH.fullmatch(path):
            _unbind(control)
            return
        try:
            found: Any = root.getroottree().xpath(path, namespaces=prefixes)
        except etree.XPathError:
            found = []
        if not found:
            _unbind(control)
        elif isinstance(found[0], etree._Element):
            for child in list(found[0]):
                found[0].remove(child)
            found[0].text = text
        elif (owner := found[0].getparent()) is not None and found[0].attrname:
            owner.set(found[0].attrname, text)

    def _store(self, identifier: str) -> str:
        """The part that goes by `identifier`, or nothing."""
        package = self._shop.package
        own = _OWN_STORES.get(identifier)
        if own is not None:
            return own if own in package else ""
        for part in package:
            if not re.fullmatch(r"customXml/item\d+\.xml", part):
                continue
            for relationship in package.relationships(part).values():
                if relationship.target not in package or not relationship.type.endswith("/customXmlProps"):
                    continue
                properties = parse_xml(package.read(relationship.target), relationship.target)
                if not identifier or properties.get(f"{{{_STORE}}}itemID", "").upper() == identifier:
                    return part
        return ""


_NAMES = {"checkbox": "checkbox", "date": "date control", "list": "drop-down list"}


class _Blocks:
    """Knows which elements of a part stand inside a block, whose values the rest of the file can't see."""

    def __init__(self, root: etree._Element, sites: Iterable[Site]) -> None:
        self._order = {element: number for number, element in enumerate(root.iter())}
        self._steps: list[tuple[int, int]] = []
        for site in sites:
            step = 1 if site.tag.word in ("for", "if") else -1 if site.tag.word in ("endfor", "endif") else 0
            leaf = next((leaf for leaf in site.paragraph.leaves if leaf.end > site.tag.start), None)
            if leaf is not None and step and site.tag.kind is Kind.BLOCK:
                self._steps.append((self._order[leaf.element], step))

    def holds(self, element: etree._Element) -> bool:
        return sum(step for place, step in self._steps if place < self._order[element]) > 0


def _text_of(control: etree._Element) -> str:
    """The text of a control: of its paragraphs, or of its runs within one."""
    content = control.find(qn("w:sdtContent"))
    if content is None:
        return ""
    paragraphs = list(content.iter(*PARAGRAPHS))
    return "\n".join(read_paragraph(p).text for p in paragraphs) if paragraphs else read_paragraph(content).text


def _own_tag(control: etree._Element) -> str:
    node = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
    text = node.get(qn("w:val"), "") if node is not None else ""
    return text if has_tag(text) else ""


def _binding_of(control: etree._Element) -> etree._Element | None:
    properties = control.find(qn("w:sdtPr"))
    return next((child for child in properties if child.tag in _BINDINGS), None) if properties is not None else None


def _unbind(control: etree._Element) -> None:
    while (binding := _binding_of(control)) is not None:
        binding.getparent().remove(binding)  # type: ignore[union-attr]  # it lies in the control


def _unmark(control: etree._Element) -> None:
    """What a control shows is a value from now on, and no placeholder that goes when someone clicks on it."""
    for node in control.findall(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}"):
        node.getparent().remove(node)  # type: ignore[union-attr]  # it lies in the control
        for style in list(control.iter(qn("w:rStyle"))):
            if style.get(qn("w:val")) == _PLACEHOLDER_STYLE:
                style.getparent().remove(style)  # type: ignore[union-attr]  # it lies in its properties
