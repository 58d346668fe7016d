"""Content controls around printed values, so that who edits the document in Word finds each value again.

A control (``w:sdt``, ECMA-376 part 1, 17.5.2) carries the path of its value as its tag; a bookmark around it carries
the path too, since LibreOffice drops the tag when it saves. Word takes tags and titles of up to 64 characters.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from lxml import etree

from govpack.ooxml.names import NS, RT_ENDNOTES, RT_FOOTER, RT_FOOTNOTES, RT_HEADER, qn
from govpack.ooxml.xml import escape
from govpack.template.markup.identifiers import plain_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from govpack.ooxml.package import Package
    from govpack.template.markup.identifiers import Identifiers
    from govpack.template.values.undefined import Blank

_LONGEST_TAG = 64
_UNFIT = re.compile("[\x00-\x1f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_STORIES = (RT_HEADER, RT_FOOTER, RT_FOOTNOTES, RT_ENDNOTES)
_IGNORABLE = f"{{{NS['mc']}}}Ignorable"


def every(_path: str) -> bool:
    """Every value."""
    return True


class Controls(NamedTuple):
    """Which values of a Word template become content controls.

    `wanted` is asked with a value's path as `Template.fields` lists it: ``contract.term``, ``contracts[].term``. With
    `neutral`, tags and titles say nothing of the data (``V0001``), and `Rendered.controls` says what they stand for.
    """

    wanted: Callable[[str], bool] = every
    neutral: bool = False


class ControlPath(NamedTuple):
    """The path of a value as it is known beforehand: text, and the numbers of the loops whose items it goes through."""

    pieces: tuple[str | int, ...]


class _Loop:
    """A loop being run: the list that its items come from, how many came so far, and what the last goes by."""

    def __init__(self, source: Any = None) -> None:
        self.source = source
        self.count = 0
        self.key = ""


class ControlWriter:
    """The controls of one rendering. `paths` says which path each tag stands for."""

    def __init__(self, identifiers: Identifiers, *, neutral: bool) -> None:
        self.paths: dict[str, str] = {}
        self._tags: dict[str, tuple[str, str]] = {}
        self._identifiers = identifiers
        self._neutral = neutral
        self._loops: dict[int, _Loop] = {}

    def begin(self, number: int, items: Any, source: Any = None) -> Any:
        """The loop `number` begins over `items`, which a filter may have taken from `source`."""
        self._loops[number] = _Loop(items if source is None else source)
        return items

    def step(self, number: int, item: Any, is_key: bool) -> None:
        """The next `item` of the loop: it goes by its id, else by its number in the list, from 1."""
        loop = self._loops[number]
        loop.count += 1
        if is_key:
            loop.key = str(item)
            return
        if isinstance(item, dict):
            identifier = item.get("id")
            if isinstance(identifier, (str, int)) and identifier != "":
                loop.key = str(identifier)
                return
        if isinstance(loop.source, (list, tuple)):
            # A filter or condition passes items over: look on from where the last one stood.
            place = loop.count - 1
            while place < len(loop.source) and loop.source[place] is not item:
                place += 1
            if place == len(loop.source):
                place = next((n for n, each in enumerate(loop.source) if each is item), loop.count - 1)
            loop.count = place + 1
        loop.key = str(loop.count)

    def wrap(
        self, control: ControlPath, properties: str, markup: str, *, missing: bool = False, block: bool = False
    ) -> str:
        """`markup` in a control and a bookmark: runs, or whole paragraphs where it is a `block`.

        `properties` is the look of what someone types in their place. A `missing` value's mark counts as Word's own
        placeholder: it goes as one when someone types.
        """
        # `type(p) is str` is quicker than isinstance, and mypy does not take it for one: what is left is a number.
        path = "".join([p if type(p) is str else self._loops[p].key for p in control.pieces])  # type: ignore[index]
        shown, plain = self._tags.get(path) or self._new_tag(path)
        name = self._identifiers.free_name(plain)
        number = self._identifiers.bookmark_id()
        return (
            f'<w:bookmarkStart w:id="{number}" w:name="{name}"/><w:sdt><w:sdtPr>{properties}'
            f'<w:alias w:val="{shown}"/><w:tag w:val="{shown}"/><w:id w:val="{self._identifiers.control_id()}"/>'
            f"{'<w:showingPlcHdr/>' if missing else ''}"
            f'<w15:appearance w15:val="hidden"/>{"<w:richText/>" if block else _PLAIN}</w:sdtPr>'
            f'<w:sdtContent>{markup}</w:sdtContent></w:sdt><w:bookmarkEnd w:id="{number}"/>'
        )

    def fill_in(self, blank: Blank, properties: str, markup: str) -> str:
        """The label of `blank`, the run `markup`, in a control that shows where it is and goes by the label."""
        tag, plain = self._tags.get(blank.path_) or self._new_tag(blank.path_)
        name = self._identifiers.free_name(plain)
        number = self._identifiers.bookmark_id()
        # Not one of plain text, which LibreOffice turns into a form field that shows no highlight.
        title = _in_attribute(shortened(blank.label_))
        return (
            f'<w:bookmarkStart w:id="{number}" w:name="{name}"/><w:sdt><w:sdtPr>{properties}'
            f'<w:alias w:val="{title}"/><w:tag w:val="{tag}"/><w:id w:val="{self._identifiers.control_id()}"/>'
            "<w:showingPlcHdr/><w:richText/></w:sdtPr>"
            f'<w:sdtContent>{markup}</w:sdtContent></w:sdt><w:bookmarkEnd w:id="{number}"/>'
        )

    def _new_tag(self, path: str) -> tuple[str, str]:
        """The tag that stands for `path`, as it reads in XML, and the name of its bookmarks."""
        if self._neutral:
            tag = shown = plain = f"V{len(self._tags) + 1:04d}"
        else:
            tag, shown, plain = _spelt(path)
            if tag in self.paths:
                before, count = tag, 1
                while tag in self.paths:
                    count += 1
                    tag = f"{before[: _LONGEST_TAG - 6]}~{count}"
                shown = _in_attribute(tag)
        self.paths[tag] = path
        self._tags[path] = shown, plain
        return shown, plain


@lru_cache(maxsize=4_096)
def _spelt(path: str) -> tuple[str, str, str]:
    """The tag for `path`, unless another has it; how it reads in XML; and the name of its bookmarks."""
    tag = shortened(_UNFIT.sub("_", path))
    return tag, _in_attribute(tag), plain_name(path)


def _in_attribute(text: str) -> str:
    return escape(text).replace('"', "&quot;")


_PLAIN = '<w:text w:multiLine="1"/>'


def shortened(path: str) -> str:
    """A path as a tag: in full, or its beginning and its end."""
    half = _LONGEST_TAG // 2 - 1
    return path if len(path) <= _LONGEST_TAG else f"{path[:half]}…{path[-half:]}"


def stories(package: Package) -> frozenset[str]:
    """The parts of a Word file that can hold controls of our own: body, headers, footers and notes."""
    if package.kind != "docx":
        return frozenset()
    main = package.main_part
    return frozenset((main, *(r.target for r in package.relationships(main).values() if r.type in _STORIES)))


def with_namespaces(root: etree._Element) -> etree._Element:
    """`root` with the names of Word 2013 declared, and marked as such that an older Word may pass over."""
    ignorable = root.get(_IGNORABLE, "").split()
    if root.nsmap.get("w15") == NS["w15"] and "w15" in ignorable:
        return root
    names: Any = {**root.nsmap, "w15": NS["w15"], "mc": NS["mc"]}
    made = etree.Element(root.tag, nsmap=names)
    made.attrib.update(root.attrib)
    made.set(_IGNORABLE, " ".join((*ignorable, "w15")))
    made.text = root.text
    made.extend(list(root))
    return made


class ControlPlaces:
    """Knows where in a part a control may stand: not in fields, text boxes and controls that take plain text."""

    def __init__(self, root: etree._Element, *, possible: bool) -> None:
        self._possible = possible
        self._open_fields: dict[etree._Element, int] = {}
        depth = 0
        for element in root.iter(qn("w:p"), qn("w:fldChar")) if possible else ():
            if element.tag == qn("w:p"):
                self._open_fields[element] = depth
            else:
                depth += _field_step(element)

    def allow(self, element: etree._Element) -> bool:
        """Whether a control may stand around the run `element`, or around the text of the paragraph `element`."""
        if not self._possible:
            return False
        paragraph = element
        for ancestor in element.iterancestors():
            if ancestor.tag in _CLOSED or (ancestor.tag == qn("w:sdt") and not _takes_controls(ancestor)):
                return False
            if ancestor.tag == qn("w:p") and paragraph is element:
                paragraph = ancestor
        depth = self._open_fields.get(paragraph, 0)
        if paragraph is not element:
            for other in paragraph.iter(qn("w:fldChar"), element.tag):
                if other is element:
                    break
                depth += _field_step(other) if other.tag == qn("w:fldChar") else 0
        return depth <= 0


_CLOSED = (qn("w:txbxContent"), qn("w:fldSimple"))
_SINGLE = tuple(
    qn(name) for name in ("w:text", "w:date", "w:dropDownList", "w:comboBox", "w:picture", "w14:checkbox", "w:equation")
)


def _field_step(mark: etree._Element) -> int:
    return {"begin": 1, "end": -1}.get(mark.get(qn("w:fldCharType"), ""), 0)


def _takes_controls(control: etree._Element) -> bool:
    """Whether other controls may stand in `control`: not in one of plain text, nor in one within a paragraph."""
    if next(control.iterancestors(qn("w:p")), None) is not None:
        return False
    properties = control.find(qn("w:sdtPr"))
    return properties is None or not any(child.tag in _SINGLE for child in properties)
