"""Faults of the package: parts, their content types, how they hang together, and what should not travel with them."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from urllib.parse import unquote

from lxml import etree

from govpack.errors import PackageError
from govpack.ooxml.names import NS, qn
from govpack.ooxml.package import CONTENT_TYPES, Package
from govpack.ooxml.xml import parse_xml

_TAG = re.compile(r"\{\{|\{%|\{#|%\}|\}\}")
_GAP = "[●"
# By these a part of its own is named somewhere in the markup; a relationship that nothing names is left over.
_NAMED_IN_MARKUP = ("/hyperlink", "/image", "/chart", "/slide", "/slideLayout", "/slideMaster", "/header", "/footer")
_PERSONAL = ("cp:lastModifiedBy", "cp:lastPrinted", "cp:revision", "app:Manager", "app:Company", "app:TotalTime")
_REACHES_OUT = ("/hyperlink",)


class Parts:
    """The parts of a package as trees, read once."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self._trees: dict[str, etree._Element] = {}

    @property
    def main(self) -> str:
        """The document or presentation part."""
        return self.package.main_part

    @cached_property
    def xml(self) -> dict[str, etree._Element]:
        """Every XML part but the package's own bookkeeping."""
        return {
            name: self.tree(name) for name in self.package if name.endswith((".xml", ".vml")) and name != CONTENT_TYPES
        }

    def tree(self, name: str) -> etree._Element:
        """The part `name`; AssertionError where it is not well-formed."""
        if name not in self._trees:
            self._trees[name] = _parsed(self.package.read(name), name)
        return self._trees[name]

    def targets(self, part: str, kind: str) -> list[str]:
        """What `part` points at by relationships of the type that ends in `kind`."""
        found = [link for link in self.package.relationships(part).values() if link.type.endswith(kind)]
        return [link.target for link in found if not link.external and link.target in self.package]


@lru_cache(maxsize=256)
def _parsed(data: bytes, name: str) -> etree._Element:
    """The tree of a part; the same parts come again and again, and nobody changes a tree."""
    try:
        return parse_xml(data, name)
    except PackageError as error:
        raise AssertionError(str(error)) from None


def repeated(values: Iterable[str]) -> list[str]:
    """What stands in `values` more than once."""
    return sorted(value for value, count in Counter(values).items() if count > 1)


def package_faults(parts: Parts, *, draft: bool) -> list[str]:
    """One line a fault, of any Office file."""
    return [
        *_member_faults(parts),
        *_relationship_faults(parts),
        *_personal_faults(parts),
        *_left_over(parts, draft=draft),
    ]


def _member_faults(parts: Parts) -> Iterator[str]:
    package = parts.package
    yield from (f"the member '{name}' differs from another in case only" for name in repeated(map(str.lower, package)))
    types = parts.tree(CONTENT_TYPES)
    for node in types.iter(qn("ct:Override")):
        if node.get("PartName", "").lstrip("/") not in package:
            yield f"{CONTENT_TYPES} names {node.get('PartName')}, which is not there"
    keys = [node.get("PartName") or node.get("Extension", "").lower() for node in types]
    yield from (f"{CONTENT_TYPES} says twice what '{key}' is" for key in repeated(keys))
    for name in package:
        if name != CONTENT_TYPES and not package.content_type(name):
            yield f"{name} has no content type"
        if name.rpartition("/")[2].startswith("thumbnail."):
            yield f"{name} shows the template, not the document"


def _relationship_faults(parts: Parts) -> Iterator[str]:
    package = parts.package
    reached, ahead = {CONTENT_TYPES, "_rels/.rels"}, [""]
    while ahead:
        part = ahead.pop()
        for link in package.relationships(part).values():
            if link.external or link.target in reached or link.target not in package:
                continue
            reached |= {link.target, _rels_of(link.target)}
            ahead.append(link.target)
    yield from (f"{name} is reached from nowhere" for name in package if name not in reached)
    for name in package:
        if name.endswith(".rels"):
            source = posixpath.join(posixpath.dirname(posixpath.dirname(name)), posixpath.basename(name)[:-5])
            yield from _links_of(parts, source, name)


def _rels_of(part: str) -> str:
    folder, _, file = part.rpartition("/")
    return posixpath.join(folder, "_rels", f"{file}.rels")


def _links_of(parts: Parts, source: str, rels: str) -> Iterator[str]:
    package = parts.package
    if source and source not in package:
        yield f"{rels} belongs to a part that is not there"
        return
    yield from (f"{rels} has the id '{i}' twice" for i in repeated(node.get("Id", "") for node in parts.tree(rels)))
    links = package.relationships(source)
    named = _named_by(parts, source)
    for link in links.values():
        if link.external and not link.type.endswith(_REACHES_OUT):
            yield f"{rels}: '{link.id}' fetches {link.target} from outside"
        if not link.external and link.target not in package:
            yield f"{rels}: '{link.id}' leads to {link.target}, which is not there"
        if source and link.type.endswith(_NAMED_IN_MARKUP) and link.id not in named and _names_its_own(source):
            yield f"{rels}: nothing in the part uses '{link.id}' ({link.type.rpartition('/')[2]})"
    for name in sorted(named - set(links)):
        yield f"{source} names the relationship '{name}', which it does not have"


def _names_its_own(source: str) -> bool:
    """Slides, layouts and notes name their layouts, slides and masters in their relationships only."""
    return not re.search(r"/(slides|slideLayouts|notesSlides|notesMasters|handoutMasters)/", source)


def _named_by(parts: Parts, source: str) -> set[str]:
    if not source or source not in parts.xml:
        return set()
    prefix = f"{{{NS['r']}}}"
    attributes = (item for element in parts.xml[source].iter() for item in element.attrib.items())
    return {str(value) for key, value in attributes if str(key).startswith(prefix) and value}


def _personal_faults(parts: Parts) -> Iterator[str]:
    for name in ("docProps/core.xml", "docProps/app.xml"):
        if name in parts.package:
            for wanted in _PERSONAL:
                for node in parts.tree(name).iter(qn(wanted)):
                    if node.text in (None, "0"):
                        continue
                    yield f"{name} says {wanted}: {node.text}"
    for name, root in parts.xml.items():
        for element in root.iter(qn("w:rsid"), qn("w:rsids"), qn("w:proofErr")):
            yield f"{name} holds {etree.QName(element).localname}"
        marked = f"{{{NS['w']}}}rsid"
        if any(str(key).startswith(marked) for element in root.iter() for key in element.attrib):
            yield f"{name} holds revision ids"


def _left_over(parts: Parts, *, draft: bool) -> Iterator[str]:
    for name in parts.package:
        if name.endswith((".xml", ".rels", ".vml")):
            tag, has_gap = _signs(parts.package.read(name), name)
            if tag:
                yield f"{name} holds the tag {tag!r}"
            if has_gap and not draft:
                yield f"{name} holds a gap, {_GAP}"


@lru_cache(maxsize=256)
def _signs(data: bytes, name: str) -> tuple[str, bool]:
    """The first tag in the texts and attributes of a part, and whether a gap is marked in it."""
    root = _parsed(data, name)
    texts = [*(str(text) for text in root.itertext()), *(str(v) for e in root.iter() for v in e.attrib.values())]
    whole = unquote("".join(root.itertext())) + "\n" + unquote("\n".join(texts))
    found = _TAG.search(whole)
    return (whole[max(found.start() - 10, 0) : found.end() + 30] if found else ""), _GAP in whole
