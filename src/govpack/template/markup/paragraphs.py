"""A paragraph's text across its runs, and the cutting of its runs where a tag stands.

Word splits a line of text over any number of runs (spelling marks, revision ids, bookmarks come between). Here the
text is read as one, and a tag's place is a cut between two runs that both keep the look they had.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, NamedTuple

from govpack.ooxml.names import qn
from govpack.template.markup.dialects import dialect_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

PARAGRAPHS = (qn("w:p"), qn("a:p"))
_RUNS = (qn("w:r"), qn("a:r"), qn("a:fld"))
TEXT = (qn("w:t"), qn("a:t"))
_STANDS_FOR = {
    qn("w:tab"): "\t",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
    qn("a:br"): "\n",
}
# A page or column break is no blank: it stands in the text as a sign of its own.
PAGE_BREAK = "\f"
# Text in these is the document's own, whoever inserted it.
_WRAPPERS = (qn("w:ins"), qn("w:moveTo"), qn("w:smartTag"))
# Text in these is no longer part of the document.
GONE = (qn("w:del"), qn("w:moveFrom"))
# No text of the paragraph stands in these: properties, deletions, paragraphs of their own.
_PROPERTIES = (qn("w:rPr"), qn("a:rPr"))
_APART = frozenset((*PARAGRAPHS, *GONE, *_PROPERTIES, qn("w:pPr"), qn("a:pPr"), qn("a:endParaRPr")))
_DRAWN_BREAK, _BREAK_TYPE = qn("a:br"), qn("w:type")
_MARKS = frozenset(
    qn(name)
    for name in [
        "w:pPr",
        "w:bookmarkStart",
        "w:bookmarkEnd",
        "w:proofErr",
        "w:commentRangeStart",
        "w:commentRangeEnd",
        "a:pPr",
        "a:endParaRPr",
    ]
)

# What a reviewer said of a tag goes with the tag.
_REVIEW = (qn("w:commentReference"), qn("w:annotationRef"))
_BARE = frozenset((qn("w:pPr"), qn("w:proofErr"), qn("a:pPr"), qn("a:endParaRPr")))


class Leaf(NamedTuple):
    """A piece of a paragraph's text: the element that holds it and where it lies in the whole."""

    element: etree._Element
    start: int
    text: str

    @property
    def end(self) -> int:
        """The position behind the piece."""
        return self.start + len(self.text)


class ParagraphText:
    """The text of one paragraph, in reading order, with the leaves it lies in."""

    def __init__(self, element: etree._Element) -> None:
        self.element = element
        self.leaves: list[Leaf] = []

    @property
    def text(self) -> str:
        """The paragraph as one line of text; breaks are line feeds, tabs are tabs."""
        return "".join(leaf.text for leaf in self.leaves)

    @property
    def is_bare(self) -> bool:
        """Whether the paragraph is text alone, so that it can be written anew: no marks, objects or section end."""
        if not self.may_go or next(self.element.iter(*_REVIEW), None) is not None:
            return False
        return all(child.tag in _BARE or child.tag in _RUNS for child in self.element)

    @property
    def may_go(self) -> bool:
        """Whether nothing is lost with the paragraph but its text, and marks that are kept beside it."""
        properties = self.element.find(qn("w:pPr"))
        ends_section = properties is not None and properties.find(qn("w:sectPr")) is not None
        return not ends_section and self.holds_only_text

    @property
    def holds_only_text(self) -> bool:
        """Whether nothing but runs of text stands in the paragraph: no picture, field, link or control."""
        return PAGE_BREAK not in self.text and _only_text(self.element)


def _only_text(parent: etree._Element) -> bool:
    for child in parent:
        if child.tag in _MARKS:
            continue
        if child.tag in _WRAPPERS:
            if not _only_text(child):
                return False
            continue
        if child.tag not in _RUNS or child.tag == qn("a:fld"):
            return False
        if any(part.tag not in TEXT + _PROPERTIES + _REVIEW and part.tag not in _STANDS_FOR for part in child):
            return False
    return True


def is_blank(text: str) -> bool:
    """Whether a reader sees nothing of `text`: blanks, tabs and line breaks, but no page break."""
    return not text.strip() and PAGE_BREAK not in text


def read_paragraph(paragraph: etree._Element) -> ParagraphText:
    """The text of `paragraph`, without that of paragraphs inside it (text boxes), deleted text and instructions."""
    found = ParagraphText(paragraph)
    position = 0
    for element, text in _texts_in(paragraph, in_run=paragraph.tag in _RUNS):
        found.leaves.append(Leaf(element, position, text))
        position += len(text)
    return found


def _texts_in(parent: etree._Element, *, in_run: bool) -> Iterator[tuple[etree._Element, str]]:
    """The elements below `parent` that stand for text, each with that text."""
    for child in parent:
        tag = child.tag
        if tag in TEXT:
            yield child, child.text or ""
        elif tag in _STANDS_FOR and (in_run or tag == _DRAWN_BREAK):
            yield child, PAGE_BREAK if child.get(_BREAK_TYPE) in ("page", "column") else _STANDS_FOR[tag]
        elif len(child) and tag not in _APART:
            yield from _texts_in(child, in_run=tag in _RUNS)


def run_of(leaf: etree._Element) -> etree._Element:
    """The run that holds `leaf` (a DrawingML line break stands for itself)."""
    return leaf if leaf.tag == qn("a:br") else leaf.getparent()  # type: ignore[return-value]


def properties_of(run: etree._Element) -> etree._Element | None:
    """The look of `run`: its run properties, where it has any."""
    return next((child for child in run if child.tag in _PROPERTIES), None)


def cut(paragraph: ParagraphText, start: int, end: int) -> tuple[etree._Element, etree._Element | None]:
    """Take the text from `start` to `end` out of the paragraph, and forget what stands behind it.

    Several pieces are cut from the last to the first, so that a paragraph of a thousand tags is read but once. Returns
    a new, empty run that stands where the text began, and the properties of the run the text began in. What stood
    before and after keeps its run and its look; runs that are left with nothing are dropped.
    """
    index = len(paragraph.leaves) - 1
    while index and paragraph.leaves[index - 1].end > start:
        index -= 1
    first, behind = paragraph.leaves[index], paragraph.leaves[index + 1 :]
    del paragraph.leaves[index:]
    run = run_of(first.element)
    properties = properties_of(run)
    marker = run.makeelement(dialect_of(run).q("r"))
    offset = start - first.start
    rest = Leaf(_split(run, first, offset, marker), start, first.text[offset:])
    if offset:
        paragraph.leaves.append(Leaf(first.element, first.start, first.text[:offset]))
    for leaf in (rest, *behind):
        if leaf.text and leaf.start < end:
            _shorten(leaf, min(end, leaf.end) - leaf.start)
    return marker, properties


def _split(run: etree._Element, first: Leaf, offset: int, marker: etree._Element) -> etree._Element:
    """Put `marker` behind `run`, and what stands in `run` from `offset` of `first` on into a like run behind that.

    Returns the element that holds the text from there on.
    """
    properties = properties_of(run)
    # Nothing to split: a DrawingML line break, or a tag at the head of its run, where most stand.
    if first.element is run or (offset == 0 and first.element.getprevious() is properties):
        run.addprevious(marker)
        return first.element
    begun = first.element
    rest = run.makeelement(run.tag)
    rest.attrib.update(run.attrib)
    if properties is not None:
        rest.append(deepcopy(properties))
    following = list(first.element.itersiblings())
    if offset == 0:
        rest.append(first.element)
    elif offset < len(first.text):
        begun = first.element.makeelement(first.element.tag)
        begun.text, first.element.text = first.text[offset:], first.text[:offset]
        _keep_blanks(begun)
        _keep_blanks(first.element)
        rest.append(begun)
    rest.extend(following)
    rest.tail, run.tail = run.tail, None
    run.addnext(rest)
    rest.addprevious(marker)
    if all(child.tag in _PROPERTIES for child in run):
        drop(run)
    return begun


def _shorten(leaf: Leaf, count: int) -> None:
    run = run_of(leaf.element)
    if leaf.element.tag in TEXT and count < len(leaf.text):
        leaf.element.text = leaf.text[count:]
        _keep_blanks(leaf.element)
        return
    drop(leaf.element)
    if run is not leaf.element and all(child.tag in _PROPERTIES for child in run):
        drop(run)


def drop(element: etree._Element) -> None:
    """Take `element` out of its parent and leave the text behind it where it was."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def put_before(element: etree._Element, text: str) -> None:
    """Put `text`, such as a mark, in front of `element`."""
    previous, parent = element.getprevious(), element.getparent()
    if previous is not None:
        previous.tail = (previous.tail or "") + text
    elif parent is not None:
        parent.text = (parent.text or "") + text


def _keep_blanks(text: etree._Element) -> None:
    if text.tag == qn("w:t"):
        text.set(qn("xml:space"), "preserve")
