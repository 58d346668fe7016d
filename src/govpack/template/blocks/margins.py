"""Beginnings and ends of ranges in what is taken out because statements or a value stand in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govpack.template.blocks.ranges import EDGES
from govpack.template.language.tags import BRANCHES, CLOSERS, Kind
from govpack.template.markup.paragraphs import drop

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml import etree

    from govpack.template.blocks.scope import Site


def keep_ranges(replaced: Iterable[etree._Element], sites: Iterable[Site]) -> None:
    """Put what begins or ends a range in one of the elements `replaced` beside it.

    What stood with the tag that opens a block goes before the block, what stood with the closing one behind it; around
    a value, a range begins before it and ends behind it.
    """
    by_unit: dict[etree._Element, Site] | None = None
    for unit in replaced:
        edges = list(unit.iter(*EDGES))
        if not edges or unit.getparent() is None:
            continue
        if by_unit is None:
            by_unit = {}
            for site in sites:
                by_unit.setdefault(site.anchor if site.anchor is not None else site.paragraph.element, site)
        tag = by_unit[unit].tag if unit in by_unit else None
        opens = tag is not None and tag.opens
        closes = tag is not None and tag.kind is Kind.BLOCK and (tag.word in CLOSERS or tag.word in BRANCHES)
        behind = unit
        for edge in edges:
            is_start = EDGES[str(edge.tag)][1]
            drop(edge)
            edge.tail = None
            if opens or (is_start and not closes):
                unit.addprevious(edge)
            else:
                behind.addnext(edge)
                behind = edge
