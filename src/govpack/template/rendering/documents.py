"""Another Word document as a value, and what of it can be carried into the one that includes it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from govpack.ooxml.names import NS, RT_HYPERLINK, RT_IMAGE, RT_NUMBERING, RT_STYLES, qn
from govpack.ooxml.package import read_package
from govpack.ooxml.xml import parse_xml
from govpack.template.markup.cleaning import clean
from govpack.template.values.richtext import Rich

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lxml import etree

    from govpack.ooxml.package import Relationship

# What an included document may hold that is not carried along, by the element that shows it.
_NOT_CARRIED = {
    qn("w:footnoteReference"): "footnotes",
    qn("w:endnoteReference"): "endnotes",
    qn("w:commentReference"): "comments",
    qn("w:altChunk"): "a chunk in another format",
    qn("w:subDoc"): "a document of its own",
    qn("w:object"): "an embedded object",
    qn("w:headerReference"): "headers of its sections",
    qn("w:footerReference"): "footers of its sections",
    qn("w:lvlPicBulletId"): "bullets that are pictures",
}
_CARRIED = (RT_HYPERLINK, RT_IMAGE)
_R = f"{{{NS['r']}}}"


class Document(Rich):
    """A .docx to include, printed with ``{{p name }}`` or alone in a paragraph.

    Its styles come along by name, its lists with new numbers, its pictures and links with new relationships; its last
    section's page setup does not. PackageError where the file can't be read; ValueError names what it holds that is
    not carried: footnotes, endnotes, comments, charts, diagrams, embedded objects, headers of inner sections.
    """

    def __init__(self, source: bytes | Path) -> None:
        self.package = read_package(source)
        if self.package.kind != "docx":
            raise ValueError(f"{self.package.name or 'the file'} is no Word document, so it can't be included")
        self.part = self.package.main_part
        root = parse_xml(self.package.read(self.part), self.part)
        clean(root)
        body = root.find(qn("w:body"))
        self.blocks = [] if body is None else [child for child in body if child.tag != qn("w:sectPr")]
        if faults := list(dict.fromkeys(self._not_carried())):
            raise ValueError(
                f"{self.package.name or 'the document'} holds {', '.join(faults)}, which can't be included"
            )

    def __str__(self) -> str:
        return "\n".join("".join(t.text or "" for t in block.iter(qn("w:t"))) for block in self.blocks)

    @cached_property
    def styles(self) -> dict[str, etree._Element]:
        """The styles by id."""
        root = self._related(RT_STYLES)
        return {} if root is None else {node.get(qn("w:styleId"), ""): node for node in root.iter(qn("w:style"))}

    @cached_property
    def lists(self) -> dict[str, tuple[etree._Element, etree._Element]]:
        """The lists by the id that paragraphs name: (w:num, its w:abstractNum)."""
        root = self._related(RT_NUMBERING)
        if root is None:
            return {}
        abstract = {node.get(qn("w:abstractNumId"), ""): node for node in root.iterfind(qn("w:abstractNum"))}
        found = {}
        for node in root.iterfind(qn("w:num")):
            link = node.find(qn("w:abstractNumId"))
            if link is not None and link.get(qn("w:val"), "") in abstract:
                found[node.get(qn("w:numId"), "")] = (node, abstract[link.get(qn("w:val"), "")])
        return found

    def relationship(self, identifier: str) -> Relationship | None:
        """The relationship of the document's body by its id."""
        return self.package.relationships(self.part).get(identifier)

    def _related(self, kind: str) -> etree._Element | None:
        for relationship in self.package.relationships(self.part).values():
            if relationship.type == kind and relationship.target in self.package:
                return parse_xml(self.package.read(relationship.target), relationship.target)
        return None

    def _not_carried(self) -> Iterator[str]:
        for block in self.blocks:
            for element in block.iter():
                if element.tag in _NOT_CARRIED:
                    yield _NOT_CARRIED[str(element.tag)]
                for name, value in element.attrib.items():
                    if str(name).startswith(_R) and value and element.tag not in _NOT_CARRIED:
                        relationship = self.relationship(str(value))
                        if relationship is None or relationship.type not in _CARRIED:
                            kind = relationship.type.rpartition("/")[2] if relationship else "broken link"
                            yield f"a part of the kind '{kind}'"
        for number, abstract in self.lists.values():
            for element in (*number.iter(), *abstract.iter()):
                if element.tag in _NOT_CARRIED:
                    yield _NOT_CARRIED[str(element.tag)]
