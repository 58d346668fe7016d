"""The inclusion of other documents: styles by name, lists, pictures and links with ids of their own."""

from __future__ import annotations

import posixpath
from copy import deepcopy
from typing import TYPE_CHECKING

from lxml import etree

from govpack.ooxml.names import NS, RT_NUMBERING, RT_STYLES, qn
from govpack.ooxml.package import CONTENT_TYPES, Deflated, Package
from govpack.ooxml.xml import parse_xml, serialise
from govpack.template.blocks.ranges import rename_in
from govpack.template.markup.paragraphs import read_paragraph

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govpack.template.language.slots import Slot
    from govpack.template.markup.references import References
    from govpack.template.markup.styles import Styles
    from govpack.template.rendering.documents import Document
    from govpack.template.rendering.links import Links

_VAL = qn("w:val")
_R = f"{{{NS['r']}}}"
_STYLE_KINDS = {qn("w:pStyle"): "paragraph", qn("w:rStyle"): "character", qn("w:tblStyle"): "table"}
_STYLE_LINKS = (qn("w:basedOn"), qn("w:link"), qn("w:next"), qn("w:numStyleLink"), qn("w:styleLink"))
# Two lists of one origin would be one list to Word.
_LIST_IDENTITY = (qn("w:nsid"), qn("w:tmpl"))
_NUMBERING_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"
# Ids of drawings and bookmarks begin far above those that a template's author gave.
_FIRST_ID = 500_000


class Inclusions:
    """What one rendering includes. `write` gives the markup; `finish` puts what it needs into the package."""

    def __init__(self, styles: Styles, links: Links, references: References, members: Mapping[str, Deflated]) -> None:
        self._styles = styles
        self._links = links
        self._references = references
        self._members = members
        self._style_ids: dict[tuple[int, str], str] = {}
        self._list_ids: dict[tuple[int, str], str] = {}
        self._documents: list[Document] = []
        self._new_styles: dict[tuple[str, str], etree._Element] = {}
        self._new_lists: list[tuple[etree._Element, etree._Element]] = []
        self._media: dict[Deflated, str] = {}
        self._next_id = _FIRST_ID

    def write(self, slot: Slot, document: Document) -> str:
        """The markup of `document` in place of the paragraph of `slot`. ValueError where it can't stand there."""
        if slot.shapes is None or not slot.in_word:
            raise ValueError("a document makes paragraphs, so its tag must stand alone in a paragraph of Word")
        if document not in self._documents:
            self._documents.append(document)
        number = self._documents.index(document)
        blocks = [deepcopy(block) for block in document.blocks]
        for made in blocks:
            self._adapt(made, document, number)
        self._rename(blocks)
        styles = self._styles.with_styles(self._new_styles.values()) if self._new_styles else self._styles
        written = []
        for made in blocks:
            for paragraph in made.iter(qn("w:p")):
                self._count(paragraph, styles)
            made.tail = None
            written.append(etree.tostring(made, encoding="unicode"))
        return "".join(written)

    def _count(self, paragraph: etree._Element, styles: Styles) -> None:
        """Count one paragraph that is included; a heading is listed in the table of contents, if there is one."""
        if next(paragraph.iterancestors(qn("w:txbxContent")), None) is not None:
            return
        level = styles.level_of(paragraph)
        self._references.count(level.num_id if level else "", level.depth if level else 0)
        outline = styles.outline_of(paragraph) if self._references.gathers else None
        text = read_paragraph(paragraph).text
        if outline is None or not text.strip():
            return
        start, end = (
            etree.fromstring(f'<w:p xmlns:w="{NS["w"]}">{edge}</w:p>')[0]
            for edge in self._references.add_heading(outline, text)
        )
        paragraph.insert(1 if paragraph[0].tag == qn("w:pPr") else 0, start)
        paragraph.append(end)

    def _rename(self, blocks: list[etree._Element]) -> None:
        """Give the bookmarks of `blocks` names that no other has, and have what leads to them follow."""
        names: dict[str, str] = {}
        for block in blocks:
            for start in block.iter(qn("w:bookmarkStart")):
                name = start.get(qn("w:name"), "")
                names[name] = self._references.free_name(name)
                start.set(qn("w:name"), names[name])
        if all(name == other for name, other in names.items()):
            return
        for block in blocks:
            for element in block.iter(qn("w:hyperlink"), qn("w:fldSimple"), qn("w:instrText")):
                if element.tag == qn("w:hyperlink"):
                    if (anchor := element.get(qn("w:anchor"))) in names:
                        element.set(qn("w:anchor"), names[str(anchor)])
                elif element.tag == qn("w:fldSimple"):
                    element.set(qn("w:instr"), rename_in(element.get(qn("w:instr"), ""), names))
                else:
                    element.text = rename_in(element.text or "", names)

    def _adapt(self, root: etree._Element, document: Document, number: int) -> None:
        """Give the styles, lists, relationships and ids that `root` names those of the document that is made."""
        ids: dict[str, str] = {}
        for element in root.iter():
            if element.tag in _STYLE_KINDS:
                element.set(_VAL, self._style(document, number, element.get(_VAL, "")))
            elif element.tag == qn("w:numId"):
                element.set(_VAL, self._list(document, number, element.get(_VAL, "")))
            elif element.tag in (qn("wp:docPr"), qn("w:bookmarkStart"), qn("w:bookmarkEnd")):
                self._renumber(element, ids)
            elif element.tag == qn("w:id") and element.getparent() is not None:
                self._next_id += 1
                element.set(_VAL, str(self._next_id))
            for name in [name for name in element.attrib if str(name).startswith(_R)]:
                if identifier := element.get(name):
                    element.set(name, self._relationship(document, str(identifier)))

    def _renumber(self, element: etree._Element, ids: dict[str, str]) -> None:
        attribute = "id" if element.tag == qn("wp:docPr") else qn("w:id")
        before = element.get(attribute, "")
        if element.tag == qn("w:bookmarkEnd"):
            element.set(attribute, ids.get(before, before))
            return
        self._next_id += 1
        ids[before] = str(self._next_id)
        element.set(attribute, ids[before])

    def _relationship(self, document: Document, identifier: str) -> str:
        relationship = document.relationship(identifier)
        assert relationship is not None  # Document refuses what leads nowhere
        target = relationship.target
        if not relationship.external:
            target = self._medium(document.package.members[target], target)
        return self._links.add_relationship(self._links.part, relationship.type, target, external=relationship.external)

    def _medium(self, data: Deflated, name: str) -> str:
        if data not in self._media:
            suffix = posixpath.splitext(name)[1].lower()
            number = len(self._media) + 1
            while f"word/media/included{number}{suffix}" in self._members:
                number += 1
            self._media[data] = f"word/media/included{number}{suffix}"
        return self._media[data]

    def _style(self, document: Document, number: int, identifier: str) -> str:
        """The id that the style `identifier` of `document` has here; it is brought along where none has its name."""
        key = (number, identifier)
        if key in self._style_ids:
            return self._style_ids[key]
        node = document.styles.get(identifier)
        if node is None:
            return identifier
        kind = node.get(qn("w:type"), "paragraph")
        name_node = node.find(qn("w:name"))
        name = name_node.get(_VAL, identifier) if name_node is not None else identifier
        found = self._styles.id_by_name(name, kind)
        made = self._new_styles.get((kind, name.casefold()))
        if found is None and made is not None:
            found = made.get(qn("w:styleId"), "")
        if found is None:
            made = deepcopy(node)
            found = self._free_style_id(identifier)
            made.set(qn("w:styleId"), found)
            made.attrib.pop(qn("w:default"), "")
            self._new_styles[kind, name.casefold()] = made
        self._style_ids[key] = found
        if made is not None and made is self._new_styles.get((kind, name.casefold())):
            for element in made.iter(*_STYLE_LINKS, qn("w:numId")):
                value = element.get(_VAL, "")
                is_list = element.tag == qn("w:numId")
                element.set(_VAL, (self._list if is_list else self._style)(document, number, value))
        return found

    def _free_style_id(self, identifier: str) -> str:
        taken = {node.get(qn("w:styleId")) for node in self._new_styles.values()}
        made, number = identifier, 1
        while self._styles.has_id(made) or made in taken:
            number += 1
            made = f"{identifier}{number}"
        return made

    def _list(self, document: Document, number: int, identifier: str) -> str:
        """The id that the list `identifier` of `document` has here."""
        key = (number, identifier)
        if key not in self._list_ids:
            if identifier not in document.lists:
                return "0" if identifier == "0" else identifier
            fresh = self._references.take_list_id()
            self._list_ids[key] = fresh
            node, abstract = (deepcopy(element) for element in document.lists[identifier])
            node.set(qn("w:numId"), fresh)
            for element in [child for child in abstract if child.tag in _LIST_IDENTITY]:
                abstract.remove(element)
            for element in (*abstract.iter(qn("w:pStyle"), *_STYLE_LINKS), *node.iter(qn("w:pStyle"))):
                element.set(_VAL, self._style(document, number, element.get(_VAL, "")))
            self._new_lists.append((node, abstract))
            self._references.define_list(fresh, node, abstract)
        return self._list_ids[key]

    def finish(self, members: dict[str, Deflated]) -> None:
        """Put the styles, lists and pictures of what was included into `members`."""
        if not self._documents:
            return
        package = Package(members)
        for data, name in self._media.items():
            members[name] = data
        if self._new_styles:
            part = _related(package, RT_STYLES)
            if not part:
                raise ValueError("the template has no styles, so no document with styles can be included")
            root = parse_xml(members[part].inflate(), part)
            root.extend(self._new_styles.values())
            members[part] = Deflated.of(serialise(root))
        if self._new_lists:
            self._put_lists(package, members)
        if self._media:
            self._put_types(members, dict.fromkeys(self._media.values(), ""), {})

    def _put_lists(self, package: Package, members: dict[str, Deflated]) -> None:
        part = _related(package, RT_NUMBERING)
        if part:
            root = parse_xml(members[part].inflate(), part)
        else:
            part = "word/numbering.xml"
            root = etree.Element(qn("w:numbering"), nsmap={"w": NS["w"]})
            self._links.add_relationship(package.main_part, RT_NUMBERING, part, external=False)
            self._put_types(members, {}, {part: _NUMBERING_TYPE})
        used = [int(node.get(qn("w:abstractNumId"), "0")) for node in root.iter(qn("w:abstractNum"))]
        first = next((index for index, child in enumerate(root) if child.tag == qn("w:num")), len(root))
        for offset, (node, abstract) in enumerate(self._new_lists):
            identifier = str(max(used, default=0) + 1 + offset)
            abstract.set(qn("w:abstractNumId"), identifier)
            link = node.find(qn("w:abstractNumId"))
            assert link is not None
            link.set(_VAL, identifier)
            root.insert(first + offset, abstract)
        ends = [index for index, child in enumerate(root) if child.tag in (qn("w:num"), qn("w:abstractNum"))]
        for offset, (node, _) in enumerate(self._new_lists):
            root.insert(ends[-1] + 1 + offset, node)
        members[part] = Deflated.of(serialise(root))

    @staticmethod
    def _put_types(members: dict[str, Deflated], media: Mapping[str, str], parts: Mapping[str, str]) -> None:
        root = parse_xml(members[CONTENT_TYPES].inflate(), CONTENT_TYPES)
        known = {node.get("Extension", "").lower() for node in root.iter(qn("ct:Default"))}
        for name in media:
            suffix = name.rpartition(".")[2]
            if suffix not in known:
                node = etree.Element(qn("ct:Default"))
                node.set("Extension", suffix)
                node.set("ContentType", _PICTURES.get(suffix, f"image/{suffix}"))
                root.insert(0, node)
                known.add(suffix)
        for name, kind in parts.items():
            node = etree.SubElement(root, qn("ct:Override"))
            node.set("PartName", f"/{name}")
            node.set("ContentType", kind)
        members[CONTENT_TYPES] = Deflated.of(serialise(root))


_PICTURES = {
    "jpg": "image/jpeg",
    "svg": "image/svg+xml",
    "tif": "image/tiff",
    "wmf": "image/x-wmf",
    "emf": "image/x-emf",
}


def _related(package: Package, kind: str) -> str:
    for relationship in package.relationships(package.main_part).values():
        if relationship.type == kind and relationship.target in package:
            return relationship.target
    return ""
