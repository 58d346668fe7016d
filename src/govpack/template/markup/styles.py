"""What a Word document's styles say of a paragraph: its list and level, its outline level, its name."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from govpack.findings import did_you_mean
from govpack.ooxml.names import RT_NUMBERING, RT_STYLES, qn
from govpack.ooxml.numbering import Numbering, read_numbering
from govpack.ooxml.xml import parse_xml, whole_number
from govpack.template.markup.places import paragraph_style

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govpack.ooxml.package import Package

_VAL = qn("w:val")


class ListLevel(NamedTuple):
    """A level of a list: the list's id in numbering.xml and the level, from 0."""

    num_id: str
    depth: int


@dataclass(slots=True, eq=False)
class Styles:
    """The paragraph styles of a document and the lists they are linked with."""

    numbering: Numbering = field(default_factory=Numbering)
    numbering_part: str = ""
    default: str = ""
    _based_on: dict[str, str] = field(default_factory=dict)
    _lists: dict[str, tuple[str, int | None]] = field(default_factory=dict)
    _outlines: dict[str, int] = field(default_factory=dict)
    _ids: dict[str, str] = field(default_factory=dict)
    _known: dict[tuple[str, str], str] = field(default_factory=dict)
    _names: dict[tuple[str, str], str] = field(default_factory=dict)

    def id_of(self, name: str) -> str | None:
        """The id of the paragraph style that people see as `name`."""
        return self._ids.get(name.casefold())

    def id_by_name(self, name: str, kind: str) -> str | None:
        """The id of the style of this `kind` that people see as `name`."""
        return self._names.get((kind, name.casefold()))

    def has_id(self, identifier: str) -> bool:
        """Whether a style of any kind has this id."""
        return any(known == identifier for known in self._known.values())

    def find(self, name: str, kind: str) -> str:
        """The id of the style of this `kind` (paragraph, character) by its id or name. ValueError where none is."""
        found = self._known.get((kind, name)) or self._names.get((kind, name.casefold()))
        if found is None:
            known = (known for other, known in (*self._names, *self._known) if other == kind)
            raise ValueError(f"the document has no {kind} style '{name}'{did_you_mean(name, known)}")
        return found

    def name_of(self, style: str) -> str:
        """The name people see for the style with the id `style`."""
        return next((name for name, identifier in self._ids.items() if identifier == style), style)

    def level_of(self, paragraph: etree._Element) -> ListLevel | None:
        """The list level that numbers `paragraph`, by its own properties or by its style; None where none does."""
        direct = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        style = paragraph_style(paragraph) or self.default
        inherited = self.level_of_style(style)
        if direct is None:
            return inherited
        num_id, depth = _read_number_properties(direct)
        if num_id is None:
            num_id = inherited.num_id if inherited else ""
        if num_id in ("", "0"):
            return None
        return ListLevel(num_id, depth if depth is not None else (inherited.depth if inherited else 0))

    def level_of_style(self, style: str) -> ListLevel | None:
        """The list level that the style `style`, or one it is based on, is linked with."""
        num_id, depth, seen = "", None, set()
        origin = style
        while style and style not in seen:
            seen.add(style)
            if style in self._lists:
                num_id, depth = self._lists[style]
                origin = style
                break
            style = self._based_on.get(style, "")
        if num_id in ("", "0"):
            return None
        linked = self.numbering.level_of_style(num_id, origin)
        return ListLevel(num_id, linked if linked is not None else depth or 0)

    def style_at(self, level: ListLevel) -> str | None:
        """The id of the style that is linked with `level`, or None."""
        name = self.numbering.nums.get(level.num_id, "")
        found = self.numbering.lists.get(name, {}).get(level.depth)
        return found.style if found and found.style else None

    def outline_of(self, paragraph: etree._Element) -> int | None:
        """The outline level of `paragraph`, 0 for the highest; None for body text."""
        direct = paragraph.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
        if direct is not None:
            return _outline(direct)
        return self.outline_of_style(paragraph_style(paragraph) or self.default)

    def outline_of_style(self, style: str) -> int | None:
        """The same for paragraphs of the style `style` that say nothing else."""
        seen = set()
        while style and style not in seen:
            seen.add(style)
            if style in self._outlines:
                return self._outlines[style] if self._outlines[style] < 9 else None
            style = self._based_on.get(style, "")
        return None

    def with_styles(self, nodes: Iterable[etree._Element]) -> Styles:
        """These styles and those that the elements `nodes` define."""
        made = Styles(
            self.numbering,
            self.numbering_part,
            self.default,
            dict(self._based_on),
            dict(self._lists),
            dict(self._outlines),
            dict(self._ids),
            dict(self._known),
            dict(self._names),
        )
        root = etree.Element(qn("w:styles"))
        root.extend(deepcopy(node) for node in nodes)
        _read_styles(root, made)
        return made

    @property
    def headings(self) -> frozenset[str]:
        """The ids of the styles that have an outline level of their own."""
        return frozenset(style for style, level in self._outlines.items() if level < 9)


def read_styles(package: Package) -> tuple[Styles, dict[str, etree._Element]]:
    """The styles and lists of a Word package, empty for any other; and the parts that were read for them."""
    roots: dict[str, etree._Element] = {}
    styles = Styles()
    if package.kind != "docx":
        return styles, roots
    for relationship in package.relationships(package.main_part).values():
        if relationship.type == RT_NUMBERING and relationship.target in package:
            styles.numbering_part = relationship.target
            styles.numbering = read_numbering(_root(relationship.target, package, roots))
    for relationship in package.relationships(package.main_part).values():
        if relationship.type == RT_STYLES and relationship.target in package:
            _read_styles(_root(relationship.target, package, roots), styles)
    return styles, roots


def _root(part: str, package: Package, roots: dict[str, etree._Element]) -> etree._Element:
    if part not in roots:
        roots[part] = parse_xml(package.read(part), part)
    return roots[part]


def _read_styles(root: etree._Element, styles: Styles) -> None:
    for node in root.iterfind(qn("w:style")):
        kind, style = node.get(qn("w:type"), ""), node.get(qn("w:styleId"), "")
        if (name := node.find(qn("w:name"))) is not None:
            styles._names.setdefault((kind, name.get(_VAL, "").casefold()), style)
        styles._known[kind, style] = style
        if kind != "paragraph":
            continue
        if node.get(qn("w:default")) in ("1", "true", "on"):
            styles.default = style
        if (name := node.find(qn("w:name"))) is not None:
            styles._ids.setdefault(name.get(_VAL, "").casefold(), style)
        if (base := node.find(qn("w:basedOn"))) is not None:
            styles._based_on[style] = base.get(_VAL, "")
        properties = node.find(qn("w:pPr"))
        if properties is None:
            continue
        if (numbers := properties.find(qn("w:numPr"))) is not None:
            num_id, depth = _read_number_properties(numbers)
            styles._lists[style] = (num_id or "", depth)
        if (outline := properties.find(qn("w:outlineLvl"))) is not None:
            level = _outline(outline)
            styles._outlines[style] = 9 if level is None else level


def _read_number_properties(node: etree._Element) -> tuple[str | None, int | None]:
    num_id, depth = node.find(qn("w:numId")), node.find(qn("w:ilvl"))
    return (
        num_id.get(_VAL, "") if num_id is not None else None,
        whole_number(depth.get(_VAL), high=8) if depth is not None else None,
    )


def _outline(node: etree._Element) -> int | None:
    level = whole_number(node.get(_VAL), 9)
    return level if level < 9 else None
