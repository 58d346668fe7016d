"""The text of a Word paragraph as a reader sees it: insertions count; deletions, hidden text and instructions do not.

`TextReader.read` walks one w:p and gives a `RawParagraph`; what lies inside it (text boxes, figures, fields that
point somewhere, content controls) comes along, to be given its address by the reader of the body.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from govpack.check.docx_styles import BOLD, HIDDEN, R_STYLE, REVISIONS, VAL, Formats, Style, Styles, flag, size_of
from govpack.errors import PackageError
from govpack.ooxml.names import qn
from govpack.ooxml.xml import child_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml import etree

    from govpack.check.docx_styles import Properties

W_P, W_R, W_T, W_SDT, W_SDT_CONTENT = (qn(f"w:{tag}") for tag in ("p", "r", "t", "sdt", "sdtContent"))
W_PPR, W_ID, W_NAME, W_AUTHOR = (qn(f"w:{tag}") for tag in ("pPr", "id", "name", "author"))
_SDT_PR = qn("w:sdtPr")
MC_ALTERNATE, MC_CHOICE = qn("mc:AlternateContent"), qn("mc:Choice")
TEXT_BOX = qn("w:txbxContent")
_FIELD_MARK, _INSTRUCTION, _MARK_KIND = qn("w:fldChar"), qn("w:instrText"), qn("w:fldCharType")
_GONE = {qn("w:del"), qn("w:moveFrom")}
_MOST_CHARACTERS = 40_000  # ten pages without a break
_BREAKS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-", qn("w:ptab"): "\t"}
_FIGURES = {qn("w:drawing"), qn("w:pict"), qn("w:object")}
_POINTERS = {"REF": "REF", "PAGEREF": "PAGEREF", "NOTEREF": "NOTEREF"}


@dataclass(slots=True)
class RawField:
    """A field being read: its instruction, whether its result has begun, and where the result starts in the text."""

    instruction: str = ""
    in_result: bool = False
    result: list[str] = field(default_factory=list)


@dataclass(slots=True)
class RawControl:
    """A content control as found: its properties element and its text."""

    properties: etree._Element | None
    value: str


class RawParagraph:
    """A paragraph before it has an address. `size` is the largest of its runs in half-points."""

    # Most have few of these, so that the class holds what an instance is not given.
    text: str = ""
    bold: tuple[tuple[int, int], ...] = ()
    size: int = 0
    hidden: tuple[str, ...] = ()
    changes: tuple[tuple[str, str, str], ...] = ()
    pointers: tuple[tuple[str, str, frozenset[str], str], ...] = ()
    boxes: tuple[etree._Element, ...] = ()
    figures: tuple[etree._Element, ...] = ()
    controls: tuple[RawControl, ...] = ()
    starts: tuple[tuple[str, str, int], ...] = ()
    ends: tuple[tuple[str, int], ...] = ()
    contents: bool = False

    def __init__(self, style: Style, style_id: str, properties: Properties) -> None:
        self.style, self.style_id, self.properties = style, style_id, properties


class TextReader:
    """Reads paragraphs in order; fields may span them, so the reader keeps the open ones."""

    def __init__(self, styles: Styles, formats: Formats) -> None:
        self._styles, self._formats = styles, formats
        self._fields: list[RawField] = []
        self._parts: list[str] = []
        self._length = 0
        self._raw = RawParagraph(styles.default, "", {})
        self._actions: dict[str, Callable[[etree._Element], None]] = {
            W_R: self._run,
            W_SDT: self._control,
            qn("w:hyperlink"): self._link,
            qn("w:fldSimple"): self._simple_field,
            MC_ALTERNATE: lambda node: self._children(chosen(node)),
            qn("w:bookmarkStart"): self._bookmark,
            qn("w:bookmarkEnd"): self._bookmark_end,
            qn("m:oMath"): self._formula,
            qn("m:oMathPara"): self._formula,
        }

    def read(self, node: etree._Element) -> RawParagraph:
        """The paragraph `node` (w:p)."""
        properties = self._formats.of(node)
        style_id, style = self._styles.of_paragraph(properties)
        self._parts, self._length = [], 0
        self._raw = raw = RawParagraph(style, style_id, properties)
        contents = style.contents or self._in_contents()
        self._children(node)
        if contents or self._in_contents():
            raw.contents = True
        raw.text = "".join(self._parts)
        if len(raw.text) > _MOST_CHARACTERS:
            raise PackageError(f"a paragraph in it holds more than {_MOST_CHARACTERS:,} characters; it is not read")
        for change in self._formats.mark(node):
            raw.changes += ((REVISIONS[change.tag], change.get(W_AUTHOR, ""), "¶"),)
        return raw

    def _in_contents(self) -> bool:
        return bool(self._fields) and any(
            item.instruction.split()[:1] in (["TOC"], ["INDEX"], ["TOA"]) for item in self._fields
        )

    def _children(self, node: etree._Element | None) -> None:
        for child in () if node is None else node:
            tag = child.tag
            if action := self._actions.get(tag):
                action(child)
            elif tag == W_PPR:
                continue
            elif tag in REVISIONS:
                text = "".join(run.text or "" for run in child.iter(W_T, qn("w:delText")))
                self._raw.changes += ((REVISIONS[tag], child.get(W_AUTHOR, ""), text),)
                if tag in _GONE:
                    continue
                self._children(child)
            elif isinstance(tag, str) and len(child):
                self._children(child)  # smart tags, custom XML and the like wrap runs

    def _say(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)
        for item in self._fields:
            if item.in_result:
                item.result.append(text)

    def _run(self, run: etree._Element) -> None:
        properties = self._formats.of(run)
        # Most runs look as their paragraph does.
        size, bold, hidden = self._look(properties) if properties else self._raw.style.look
        start = self._length
        for child in run:
            tag = child.tag
            if tag == W_T:
                if hidden:
                    self._raw.hidden += (child.text or "",)
                else:
                    self._say(child.text or "")
            elif tag in _BREAKS and not hidden:
                self._say(_BREAKS[tag])
            elif tag == _FIELD_MARK:
                self._field_mark(child.get(_MARK_KIND, ""))
            elif tag == _INSTRUCTION and self._fields and not self._fields[-1].in_result:
                self._fields[-1].instruction += child.text or ""
            elif tag in _FIGURES:
                self._figure(child)
            elif tag == MC_ALTERNATE:
                self._alternate(child)
        if self._length > start:
            self._raw.size = max(self._raw.size, size or self._raw.style.size or self._styles.default_size)
            if bold:
                self._embolden(start)

    def _look(self, properties: Properties) -> tuple[int | None, bool, bool]:
        """The size of a run with properties of its own, whether it is bold, and whether it is hidden."""
        named = properties.get(R_STYLE)
        style = self._raw.style if named is None else self._styles.get(named.get(VAL))
        size = size_of(properties) or style.size
        return size, flag(properties, BOLD, style.bold), flag(properties, HIDDEN, style.hidden)

    def _embolden(self, start: int) -> None:
        """That what was said since `start` is bold."""
        *before, last = self._raw.bold or ((start, start),)
        if last[1] == start:
            self._raw.bold = (*before, (last[0], self._length))
        else:
            self._raw.bold += ((start, self._length),)

    def _alternate(self, node: etree._Element) -> None:
        choice = chosen(node)
        for child in () if choice is None else choice:
            if child.tag in _FIGURES:
                self._figure(child)

    def _figure(self, node: etree._Element) -> None:
        self._raw.figures += (node,)
        # A box inside a box is found when the outer one's paragraphs are read.
        self._raw.boxes += tuple(box for box in _readable(node) if box.tag == TEXT_BOX)

    def _field_mark(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(RawField())
        elif kind == "separate" and self._fields:
            self._fields[-1].in_result = True
        elif kind == "end" and self._fields:
            done = self._fields.pop()
            self._point(done.instruction, "".join(done.result))

    def _simple_field(self, node: etree._Element) -> None:
        self._fields.append(RawField(node.get(qn("w:instr"), ""), in_result=True))
        self._children(node)
        done = self._fields.pop()
        self._point(done.instruction, "".join(done.result))

    def _point(self, instruction: str, cached: str) -> None:
        words = instruction.split()
        kind = _POINTERS.get(words[0].upper() if words else "")
        if kind and len(words) > 1:
            switches = frozenset(word[1:].lower() for word in words[2:] if word.startswith("\\"))
            self._raw.pointers += ((kind, words[1].strip('"'), switches, cached),)

    def _link(self, node: etree._Element) -> None:
        start = len(self._parts)
        self._children(node)
        if anchor := node.get(qn("w:anchor")):
            self._raw.pointers += (("link", anchor, frozenset(), "".join(self._parts[start:])),)

    def _control(self, node: etree._Element) -> None:
        start = len(self._parts)
        self._children(child_of(node, W_SDT_CONTENT))
        self._raw.controls += (RawControl(child_of(node, _SDT_PR), "".join(self._parts[start:])),)

    def _bookmark(self, node: etree._Element) -> None:
        self._raw.starts += ((node.get(W_ID, ""), node.get(W_NAME, ""), self._length),)

    def _bookmark_end(self, node: etree._Element) -> None:
        self._raw.ends += ((node.get(W_ID, ""), self._length),)

    def _formula(self, node: etree._Element) -> None:
        self._say("".join(run.text or "" for run in node.iter(qn("m:t"))))


def _readable(node: etree._Element) -> list[etree._Element]:
    """The descendants that are shown: one branch of each mc:AlternateContent, text boxes not entered."""
    found: list[etree._Element] = []
    branch = chosen(node) if node.tag == MC_ALTERNATE else node
    for child in () if branch is None else branch:
        found.append(child)
        if child.tag != TEXT_BOX:
            found += _readable(child)
    return found


def chosen(node: etree._Element) -> etree._Element | None:
    """The branch of mc:AlternateContent that Word shows: the first choice, else the fallback."""
    choice = child_of(node, MC_CHOICE)
    return choice if choice is not None else child_of(node, qn("mc:Fallback"))


def shown(node: etree._Element) -> list[etree._Element]:
    """`node` itself and its readable descendants."""
    return [node, *_readable(node)]
