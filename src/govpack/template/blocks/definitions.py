"""Paragraphs that only define: bodies of macros and assignments, which are printed elsewhere, leave none behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govpack.ooxml.names import qn
from govpack.template.blocks.scope import Side
from govpack.template.markup.paragraphs import drop, put_before

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lxml import etree

    from govpack.template.blocks.scope import Block, Site

_PROPERTIES = (qn("w:pPr"), qn("a:pPr"), qn("a:endParaRPr"))


def unwrap_definitions(
    sites: Sequence[Site],
    blocks: Sequence[Block],
    texts: Mapping[etree._Element, str],
    replaced: Sequence[etree._Element],
) -> None:
    """Unwrap the paragraphs that hold the bodies of definitions and nothing else.

    `texts` are those of the paragraphs before marks were put into them; what stands in `replaced` is gone already.
    """
    by_paragraph: dict[etree._Element, list[Site]] = {}
    for site in sites:
        by_paragraph.setdefault(site.paragraph.element, []).append(site)
    for block in blocks:
        first, last = block.sites[0], block.sites[-1]
        element = first.paragraph.element
        together = by_paragraph[element]
        alone = first is together[0] and last is together[-1] and first.side is Side.INLINE
        if block.word not in ("macro", "set") or not alone or element in replaced:
            continue
        text = texts.get(element, "")
        if element.getparent() is None or (text[: first.tag.start] + text[last.tag.end :]).strip():
            continue
        if any(child.tag in (qn("w:pPr"), qn("a:pPr")) and len(child.findall(qn("w:sectPr"))) for child in element):
            continue
        _unwrap(element)


def _unwrap(element: etree._Element) -> None:
    """Put what `element` holds in its stead."""
    put_before(element, element.text or "")
    element.text = None
    for child in list(element):
        if child.tag in _PROPERTIES:
            put_before(element, child.tail or "")
        else:
            element.addprevious(child)
    drop(element)
