"""Every text of an Office file, wherever it stands: paragraphs, attributes, properties, embedded packages.

The files of a pack share most of their parts and many of their texts, so each part, by its bytes, is read only once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, cast

from lxml import etree

from govpack.ooxml.names import qn
from govpack.ooxml.package import read_package

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govpack.ooxml.package import Package

_PARAGRAPHS = (qn("w:p"), qn("a:p"))
_TEXTS = (qn("w:t"), qn("w:delText"), qn("w:instrText"), qn("a:t"))
_ATTRIBUTES = etree.XPath("//@*", smart_strings=False)
_EVERY_TEXT = etree.XPath("//text()", smart_strings=False)
_CONTROLS = (qn("w:tag"), qn("w:alias"))
_COMMENT = qn("w:comment")
_VALUE = qn("w:val")
_PACKAGES = (".xlsx", ".docx", ".pptx")
_MARKUP = (".xml", ".rels", ".vml")


class PartTexts(NamedTuple):
    """What one part says: its texts, each once, the names of its content controls, and whether it holds a comment."""

    texts: tuple[str, ...]
    controls: tuple[str, ...]
    comments: bool


@dataclass(slots=True)
class TextReader:
    """Reads the texts of files that have much in common."""

    _parts: dict[bytes, PartTexts] = field(default_factory=dict)

    def read(self, package: Package, inside: str = "") -> Iterator[tuple[str, PartTexts]]:
        """Each part of `package` and what it says; those of an embedded package behind its own name and a comma."""
        for part in package.names:
            place = f"{inside}{part}"
            if part.lower().endswith(_PACKAGES):
                yield from self.read(read_package(package.read(part), name=place), f"{place}, ")
            elif part.endswith(_MARKUP) or package.content_type(part).endswith("xml"):
                data = package.read(part)
                found = self._parts.get(data)
                if found is None:
                    found = self._parts[data] = _read_part(package.tree(part))
                yield place, found


def _read_part(root: etree._Element) -> PartTexts:
    # Lists of the parser's own making: to look at each element here takes four times as long.
    paragraphs = ("".join([node.text or "" for node in element.iter(*_TEXTS)]) for element in root.iter(*_PARAGRAPHS))
    found = chain(paragraphs, *(cast("list[str]", find(root)) for find in (_ATTRIBUTES, _EVERY_TEXT)))
    texts = dict.fromkeys(found)
    return PartTexts(
        tuple(texts),
        tuple(element.get(_VALUE, "") for element in root.iter(*_CONTROLS)),
        next(root.iter(_COMMENT), None) is not None,
    )
