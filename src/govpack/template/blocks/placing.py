"""Where each tag of a part goes: blocks, statements that stand alone, jumps out of loops, calls that make rows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from govpack.template.blocks.explicit import place_explicitly, replace_unit, unit_of
from govpack.template.blocks.pairing import pair_blocks
from govpack.template.blocks.scope import CELLS, ROWS, Fault, Lone, Side, Site, outside, place_block, place_single
from govpack.template.language.tags import JUMPS, Kind
from govpack.template.markup.paragraphs import PARAGRAPHS
from govpack.template.values.pieces import Level

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml import etree

    from govpack.template.blocks.scope import Block

_CALL = re.compile(r"(\w+)\s*\(")
_DEFINITION = re.compile(r"macro\s+(\w+)")


def place_tags(sites: Sequence[Site]) -> tuple[list[Block], list[Fault]]:
    """Say for each of `sites` where it goes. Gives the blocks, inner ones first, and what is wrong with them."""
    lone = Lone(sites)
    blocks, faults = pair_blocks(sites)
    found: list[Fault | None] = list(faults)
    for block in blocks:
        explicit = any(site.tag.scope for site in block.sites)
        fault = place_explicitly(block, lone) if explicit else place_block(block, lone)
        # The tags of raw text print nothing and repeat nothing, so they may stand anywhere.
        found.append(fault if block.word != "raw" else None)
        if block.word == "filter" and level_of(block.sites[0]) is not Level.RUNS:
            reason = "'filter' works on text, so it begins and ends in one paragraph"
            found.append(Fault(block.sites[0], reason, block.sites[-1]))
    makers = _makers_of_rows(blocks)
    for site in sites:
        if site.tag.is_single:
            explicit = site.tag.scope not in ("", "r")
            found.append(replace_unit(site, lone) if explicit else place_single(site, lone))
        elif (site.tag.kind is Kind.SILENT and site.tag.scope in ("p", "tr", "tc")) or (
            site.tag.kind is Kind.VALUE and site.tag.scope in ("tr", "tc")
        ):
            found.append(replace_unit(site, lone))
        elif site.tag.kind is Kind.VALUE and (scope := _makes(site, makers)):
            unit = unit_of(site, scope)
            if unit is not None and lone.whole(unit, but=site):
                site.side, site.anchor = Side.REPLACE, unit
    _move_with_their_units(sites)
    found += [_place_jump(site, sites, blocks, lone) for site in sites if site.tag.is_single and site.tag.word in JUMPS]
    return blocks, [fault for fault in found if fault is not None]


def level_of(site: Site) -> Level:
    """What the markup between the tags of a block stands among, or what a placed value stands among."""
    anchor = site.anchor
    if site.side is Side.INLINE or anchor is None:
        return Level.RUNS if site.paragraph.element.tag in PARAGRAPHS else Level.TEXT
    return Level.ROWS if anchor.tag in ROWS else Level.CELLS if anchor.tag in CELLS else Level.PARAGRAPHS


def loop_around(site: Site, blocks: Sequence[Block]) -> Block | None:
    """The innermost loop around the tag of `site`, by where the tags stand in the part."""
    inside = [
        block
        for block in blocks
        if block.word == "for" and block.sites[0].number < site.number < block.sites[-1].number
    ]
    return max(inside, key=lambda block: block.sites[0].number, default=None)


def _makers_of_rows(blocks: Sequence[Block]) -> dict[str, str]:
    """The macros that make whole rows or cells, by name, and the scope that a call of them has."""
    made = {}
    for block in blocks:
        name = _DEFINITION.match(block.sites[0].tag.source)
        level = level_of(block.sites[0])
        if name and level in (Level.ROWS, Level.CELLS):
            made[name[1]] = "tr" if level is Level.ROWS else "tc"
    return made


def _makes(site: Site, makers: dict[str, str]) -> str:
    called = _CALL.match(site.tag.source)
    return makers.get(called[1], "") if called else ""


def _move_with_their_units(sites: Sequence[Site]) -> None:
    """A statement inside a paragraph, cell or row that others take the place of goes there with them."""
    replaced = {site.anchor for site in sites if site.side is Side.REPLACE}
    for site in sites:
        units = [unit for unit in _around(site.paragraph.element) if unit in replaced]
        # A statement that goes beside the unit, or around it, stays there.
        if units and (site.anchor is None or any(outer is units[-1] for outer in site.anchor.iterancestors())):
            site.side, site.anchor = Side.REPLACE, units[-1]


def _around(element: etree._Element) -> Iterator[etree._Element]:
    yield element
    yield from element.iterancestors()


def _place_jump(jump: Site, sites: Sequence[Site], blocks: Sequence[Block], lone: Lone) -> Fault | None:
    """A jump leaves its loop between whole elements of it, or markup would be left open."""
    loop = loop_around(jump, blocks)
    if loop is None or loop.sites[0].side is Side.INLINE:
        return None  # reported by pair_blocks, or checked where the text is cut
    opener = loop.sites[0]
    assert opener.anchor is not None
    parent = opener.anchor.getparent()
    if jump.anchor is not None and jump.anchor.getparent() is parent:
        return None
    unit = next((e for e in _around(jump.paragraph.element) if e.getparent() is parent), None)
    if unit is not None and lone.whole(unit):
        for site in sites:
            if any(element is unit for element in _around(site.paragraph.element)):
                site.side, site.anchor = Side.REPLACE, unit
        return None
    if opener.side is Side.BEFORE and (leading := _leading(jump, opener, sites, blocks)):
        for site in leading:
            site.side, site.anchor = Side.BEFORE, opener.anchor
        return None
    word = {Level.ROWS: "row", Level.CELLS: "cell"}.get(level_of(opener), "paragraph")
    reason = f"'{jump.tag.word}' leaves a loop over {level_of(opener).value}; put it, with its condition, right behind "
    return Fault(jump, f"{reason}the tag that opens the loop, or into a {word} of its own", opener)


def _leading(jump: Site, opener: Site, sites: Sequence[Site], blocks: Sequence[Block]) -> list[Site]:
    """The statements from behind `opener` to the end of the condition around `jump`, if nothing stands between."""
    conditions = [b for b in blocks if opener.number < b.sites[0].number < jump.number < b.sites[-1].number]
    end = max([jump.number, *(block.sites[-1].number for block in conditions)])
    group = [site for site in sites if opener.number < site.number <= end]
    if any(site.paragraph is not opener.paragraph or site.tag.kind is not Kind.BLOCK for site in group):
        return []
    between = " " * opener.tag.end + opener.paragraph.text[opener.tag.end : group[-1].tag.end]
    return group if not outside(between, group).strip() else []
