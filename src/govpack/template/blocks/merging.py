"""Paragraphs that docxtpl's ``{%-`` and ``-%}`` join, and its escapes ``{_{``, ``}_}``, ``{_%`` and ``%_}``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from govpack.ooxml.names import qn
from govpack.template.language.tags import TagError, find_tags, has_tag
from govpack.template.markup.paragraphs import GONE, PAGE_BREAK, read_paragraph
from govpack.template.markup.searching import with_braces

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from govpack.template.markup.paragraphs import ParagraphText

_LOOSE = (qn("w:instrText"), qn("w:delText"), qn("w:delInstrText"), qn("m:t"))
# Blanks, but no page break, which nothing may take out.
_BLANKS = rf"[^\S{PAGE_BREAK}]*"
_JOINS_BEFORE = re.compile(rf"{_BLANKS}\{{%-")
_JOINS_BEHIND = re.compile(rf"-%\}}{_BLANKS}$")
_LINE_BEFORE = re.compile(rf"\n{_BLANKS}\{{%-")
_LINE_BEHIND = re.compile(rf"-%\}}{_BLANKS}\n")
_ESCAPED = re.compile(r"(?<=\{)_(?=[{%])|(?<=[}%])_(?=\})")
_PROPERTIES = (qn("w:pPr"), qn("a:pPr"), qn("a:endParaRPr"))
_SECTION = f"{qn('w:pPr')}/{qn('w:sectPr')}"


def join_paragraphs(root: etree._Element) -> Iterator[tuple[etree._Element, str, str]]:
    """Join the paragraphs of a part whose tags ask for it; gives (paragraph, tag, reason) where one can't be.

    A tag that begins its paragraph with ``{%-`` joins it to the one before, one that ends it with ``-%}`` takes the
    next one in; so do lines within a paragraph that SHIFT+ENTER ended. The blanks of what is joined stay; in the middle
    of a text the sign trims blanks, as in Jinja.
    """
    for element in with_braces(root):
        text = read_paragraph(element)
        if "{%-" not in text.text and "-%}" not in text.text:
            continue
        if "\n" in text.text:
            _join_lines(element)
            text = read_paragraph(element)
        target = element
        if begun := _JOINS_BEFORE.match(text.text):
            before = element.getprevious()
            if before is not None and before.tag == element.tag:
                if before.find(_SECTION) is not None:
                    yield element, "{%-", "the paragraph before ends a section, so nothing can be joined to it"
                    continue
                _remove(text, 0, begun.end() - 3)
                _remove(read_paragraph(element), 2, 3)
                _append(before, element)
                target = before
            elif before is not None and before.tag in (qn("w:tbl"), qn("w:sdt")):
                yield element, "{%-", "what stands before it is no paragraph that it could be joined to"
        yield from _take_next(target)


def _join_lines(element: etree._Element) -> None:
    """Within a paragraph, take out the line breaks before ``{%-`` and behind ``-%}``, and the signs with them."""
    while found := _LINE_BEFORE.search((text := read_paragraph(element)).text):
        _remove(text, found.start(), found.end() - 3)
        _remove(read_paragraph(element), found.start() + 2, found.start() + 3)
    while found := _LINE_BEHIND.search((text := read_paragraph(element)).text):
        _remove(text, found.start() + 3, found.end())
        _remove(read_paragraph(element), found.start(), found.start() + 1)


def _take_next(element: etree._Element) -> Iterator[tuple[etree._Element, str, str]]:
    text = read_paragraph(element)
    if not (ended := _JOINS_BEHIND.search(text.text)):
        return
    following = element.getnext()
    if following is None or following.tag == qn("w:sectPr"):
        return
    if following.tag != element.tag:
        yield element, "-%}", "what stands behind it is no paragraph that could be joined to it"
        return
    if following.find(_SECTION) is not None:
        yield element, "-%}", "the next paragraph ends a section, so it can't be joined to this one"
        return
    _remove(text, ended.start() + 3, len(text.text))
    _remove(read_paragraph(element), ended.start(), ended.start() + 1)
    following_text = read_paragraph(following).text
    _append(element, following)
    if _JOINS_BEFORE.match(following_text) or _JOINS_BEHIND.search(following_text):
        joined = read_paragraph(element)
        if sign := re.match(r"\s*\{%(-)", following_text):
            start = len(joined.text) - len(following_text) + sign.start(1)
            _remove(joined, start, start + 1)
        yield from _take_next(element)


def join_loose_texts(element: etree._Element) -> Iterator[str]:
    """Join tags that are split over elements beside the text of a paragraph: instructions, deleted text, formulas.

    Gives each tag, as far as it goes, that is split over elements which are not siblings and so can't be joined.
    """
    for tag in _LOOSE:
        group: list[etree._Element] = []
        for leaf in element.iter(tag, qn("w:fldChar")):
            if leaf.tag == tag:
                group.append(leaf)
            elif group:
                yield from _join_group(group)
                group = []
        yield from _join_group(group)
    # What was moved away keeps its runs of text, and is deleted as the rest of them is.
    yield from _join_group([leaf for gone in element.iter(*GONE) for leaf in gone.iter(qn("w:t"))])


def _join_group(group: list[etree._Element]) -> Iterator[str]:
    texts = [leaf.text or "" for leaf in group]
    joined = "".join(texts)
    if len(group) < 2 or not has_tag(joined):
        return
    whole = [tag for text in texts for tag in find_tags(text)]
    if len(whole) == len(list(find_tags(joined))) and not any(isinstance(tag, TagError) for tag in whole):
        return
    holders = [run.getparent() for leaf in group if (run := leaf.getparent()) is not None]
    if any(holder is not holders[0] for holder in holders):
        yield next(tag.tag if isinstance(tag, TagError) else tag.raw for tag in find_tags(joined))
        return
    group[0].text = joined
    for leaf in group[1:]:
        leaf.text = ""


def unescape_text(text: str) -> str:
    """`text` with docxtpl's escapes taken for what they mean: ``{_{`` is two braces."""
    return _ESCAPED.sub("", text)


def unescape_paragraph(element: etree._Element) -> None:
    """The same for the text that a paragraph holds, in however many runs."""
    text = read_paragraph(element)
    for found in reversed(list(_ESCAPED.finditer(text.text))):
        _remove(read_paragraph(element), found.start(), found.end())


def _append(target: etree._Element, source: etree._Element) -> None:
    """Move what `source` holds, its properties apart, to the end of `target`, and take `source` out."""
    end = next((child for child in target if child.tag == qn("a:endParaRPr")), None)
    for child in list(source):
        if child.tag in _PROPERTIES:
            continue
        if end is not None:
            end.addprevious(child)
        else:
            target.append(child)
    parent = source.getparent()
    if parent is not None:
        parent.remove(source)


def _remove(text: ParagraphText, start: int, end: int) -> None:
    """Take the characters from `start` to `end` out of a paragraph's text."""
    for leaf in text.leaves:
        first, last = max(start, leaf.start), min(end, leaf.end)
        if first >= last:
            continue
        if leaf.element.text is None or leaf.element.text != leaf.text:
            parent = leaf.element.getparent()
            if parent is not None:  # a break or a tab
                parent.remove(leaf.element)
            continue
        leaf.element.text = leaf.text[: first - leaf.start] + leaf.text[last - leaf.start :]
        if leaf.element.tag == qn("w:t"):
            leaf.element.set(qn("xml:space"), "preserve")
