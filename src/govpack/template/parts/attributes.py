"""Tags of a part that stand in no paragraph: in attributes, properties, alternative texts and other elements' text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from govpack.template.blocks.merging import unescape_text
from govpack.template.blocks.pairing import pair_blocks
from govpack.template.blocks.scope import Site
from govpack.template.language.slots import Form
from govpack.template.language.tags import Kind, TagError, find_tags, has_tag
from govpack.template.markup.paragraphs import GONE, TEXT, ParagraphText
from govpack.template.markup.searching import with_tags_beside
from govpack.template.parts.targets import with_plain_tags

if TYPE_CHECKING:
    from govpack.findings import Location
    from govpack.template.markup.places import Addresses
    from govpack.template.parts.compiling import Workshop

_DESCRIBED = {"descr", "title"}
# What a person knows an attribute by: of an element, or of any.
_WORDS = {
    ("tblCaption", "val"): "alternative text",
    ("tblDescription", "val"): "alternative text",
    ("alias", "val"): "title of the control",
    ("tag", "val"): "tag of the control",
    ("helpText", "val"): "help of the form field",
    ("statusText", "val"): "help of the form field",
    ("docVar", "val"): "document variable",
    ("query", "val"): "query of the mail merge",
    ("lvlText", "val"): "text of a level",
    ("section", "name"): "name of a section",
    ("custShow", "name"): "name of a custom show",
    ("", "alt"): "alternative text",
    ("", "displayText"): "item of the list",
    ("", "instr"): "instruction of the field",
    ("", "string"): "text of the word art",
    ("", "tooltip"): "tooltip of the link",
    ("", "formatCode"): "number format",
}


class AttributeFiller:
    """Puts marks for the tags of one part's attributes and loose texts. `found` says whether there were any."""

    def __init__(self, workshop: Workshop, part: str, root: etree._Element, addresses: Addresses) -> None:
        self.found = False
        self._shop = workshop
        self._part = part
        self._root = root
        self._addresses = addresses

    def fill(self) -> None:
        """Replace every tag by its mark; what is wrong is reported."""
        for element in with_tags_beside(self._root):
            for name, value in element.attrib.items():
                text = with_plain_tags(str(value)) if "%7" in str(value) else str(value)
                if has_tag(text):
                    element.set(name, self._fill(text, element, Form.ATTRIBUTE, str(name)))
            if element.text and has_tag(element.text) and not self._was_read(element):
                element.text = self._fill(element.text, element, Form.TEXT, "")
            if element.tail and has_tag(element.tail):
                self._shop.report("", "a tag stands between the elements of the part", self._location(element, ""))
        self._shop.frames.put_pictures()

    @staticmethod
    def _was_read(element: etree._Element) -> bool:
        """Whether `element` is a paragraph's text, so that a tag left in it was refused already or is raw."""
        return element.tag in TEXT and not any(ancestor.tag in GONE for ancestor in element.iterancestors())

    def _fill(self, text: str, element: etree._Element, form: Form, attribute: str) -> str:
        """`text` with a mark for each of its tags."""
        self.found = True
        location = self._location(element, attribute)
        pieces, position = [], 0
        sites: list[Site] = []
        place_of: dict[int, int] = {}
        for tag in find_tags(text):
            if isinstance(tag, TagError):
                self._shop.report(tag.tag, tag.reason, location)
                continue
            pieces.append(unescape_text(text[position : tag.start]))
            position = tag.end
            if tag.kind is Kind.SILENT:
                continue
            if tag.kind is Kind.CELL or tag.scope or tag.word == "raw":
                self._shop.report(tag.raw, "the tag is for a paragraph of the document, and this is none", location)
                continue
            if tag.kind is Kind.BLOCK and tag.word == "include":
                reason = "a fragment brings whole paragraphs, so its tag must stand alone in a paragraph"
                self._shop.report(tag.raw, reason, location)
                continue
            read = self._shop.read_tag(tag, location)
            if read is None:
                continue
            number, said = read
            if tag.kind is Kind.BLOCK:
                sites.append(Site(number, tag, ParagraphText(element)))
                place_of[number] = len(pieces)
                pieces.append(self._shop.marks.block(number, tag.source))
                continue
            slot = self._shop.slots[number]
            slot.form = form
            if attribute in _DESCRIBED and not said.called.isdisjoint(("chart", "image", "place")):
                pieces.append(self._shop.frames.bind(self._part, number, tag, element, said))
                continue
            pieces.append(self._shop.marks.value(number, tag.source))
        blocks, faults = pair_blocks(sites)
        for fault in faults:
            self._shop.report_fault(fault)
        for number in self._shop.frames.put_shown(sites, blocks):
            pieces[place_of[number]] = ""
        return "".join([*pieces, unescape_text(text[position:])])

    def _location(self, element: etree._Element, attribute: str) -> Location:
        at = self._addresses.of(element)
        if attribute:
            local, name = etree.QName(element).localname, etree.QName(attribute).localname
            known = "alternative text" if attribute in _DESCRIBED else _WORDS.get((local, name), _WORDS.get(("", name)))
            at += f", {known or (f'{name} of {local}' if name in ('val', 'name') else name)}"
        return self._shop.location(at)
