"""Tags that say their scope, as docxtpl's do: ``{%p``, ``{%tr``, ``{%tc`` take the place of a whole element.

What docxtpl throws away without a word (text beside such a tag) is refused here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govpack.template.blocks.scope import CELLS, ROWS, SECTION, Fault, Side
from govpack.template.markup.paragraphs import PARAGRAPHS

if TYPE_CHECKING:
    from lxml import etree

    from govpack.template.blocks.scope import Block, Lone, Site

_UNITS = {"p": PARAGRAPHS, "tr": ROWS, "tc": CELLS}
_WORDS = {"p": "paragraph", "tr": "row", "tc": "cell"}


def unit_of(site: Site, scope: str) -> etree._Element | None:
    """The paragraph, row or cell around the tag of `site`."""
    element = site.paragraph.element
    return next((e for e in (element, *element.iterancestors()) if e.tag in _UNITS[scope]), None)


def replace_unit(site: Site, lone: Lone) -> Fault | None:
    """Have the tag of `site` take the place of the paragraph, row or cell that its scope names."""
    scope = site.tag.scope
    word = _WORDS[scope]
    unit = unit_of(site, scope)
    if unit is None:
        return Fault(site, f"the tag is for a {word} of a table, and stands in none")
    if scope == "p" and unit.find(SECTION) is not None:
        return Fault(site, "its paragraph ends a section; put the tag into a paragraph of its own")
    if not lone.whole(unit, but=site):
        reason = f"the tag takes the place of its {word}, which holds more than statements"
        return Fault(site, f"{reason}; put the tag into a {word} of its own, or write it without '{scope}'")
    site.side, site.anchor = Side.REPLACE, unit
    return None


def place_explicitly(block: Block, lone: Lone) -> Fault | None:
    """Place a block whose tags say their scope; all that say one must say the same."""
    first = next(site for site in block.sites if site.tag.scope)
    scope = first.tag.scope
    for site in block.sites:
        if site.tag.scope not in ("", scope):
            return Fault(site, f"the tag is for '{site.tag.scope}', and its block for '{scope}'", first)
    opener, closer = block.sites[0], block.sites[-1]
    if scope == "r":
        if any(site.paragraph.element is not first.paragraph.element for site in block.sites):
            return Fault(closer, "a block for runs ('r') begins and ends in one paragraph", opener)
        return None
    for site in block.sites:
        site.tag = site.tag._replace(scope=scope)
        if fault := replace_unit(site, lone):
            return Fault(fault.site, fault.reason, closer if site is opener else opener)
    assert opener.anchor is not None
    for site in block.sites:
        if site.anchor is None or site.anchor.getparent() is not opener.anchor.getparent():
            reason = f"this '{block.word}' opens in one table, box, row or control and closes in another"
            return Fault(site, reason, opener)
    return None
