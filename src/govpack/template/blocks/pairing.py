"""Which statements make a block together: what opens it, its branches, what closes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govpack.template.blocks.scope import Block, Fault
from govpack.template.language.tags import BRANCHES, CLOSERS, JUMPS, OPENERS, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govpack.template.blocks.scope import Site


def pair_blocks(sites: Iterable[Site]) -> tuple[list[Block], list[Fault]]:
    """The blocks that the statements of one story make, inner ones first, and what does not pair up."""
    blocks: list[Block] = []
    faults: list[Fault] = []
    opened: list[Block] = []
    for site in sites:
        word = site.tag.word
        if site.tag.kind is not Kind.BLOCK:
            continue
        if site.tag.is_single:
            if word in JUMPS and not _in_loop(opened):
                faults.append(Fault(site, f"'{word}' stands outside any loop"))
        elif site.tag.opens:
            opened.append(Block([site]))
        elif word in BRANCHES:
            if (fault := _fault_of_branch(site, opened[-1] if opened else None)) is not None:
                faults.append(fault)
            else:
                opened[-1].sites.append(site)
        elif not opened:
            faults.append(Fault(site, f"'{word}' closes nothing: there is no open '{CLOSERS[word]}' before it"))
        elif opened[-1].word != CLOSERS[word]:
            faults.append(Fault(site, f"'{word}' comes while '{opened[-1].word}' is open", opened[-1].sites[0]))
            if len(opened) > 1 and opened[-2].word == CLOSERS[word]:
                del opened[-2:]
        else:
            block = opened.pop()
            block.sites.append(site)
            blocks.append(block)
    faults += [Fault(block.sites[0], f"'{block.word}' is never closed by '{OPENERS[block.word]}'") for block in opened]
    return blocks, faults


def _fault_of_branch(site: Site, block: Block | None) -> Fault | None:
    word = site.tag.word
    if block is None or block.word not in BRANCHES[word]:
        return Fault(site, f"'{word}' stands outside any {' or '.join(BRANCHES[word])}")
    if (last := block.sites[-1]).tag.word == "else":
        return Fault(site, f"'{word}' comes behind the 'else' of its '{block.word}'", last)
    return None


def _in_loop(opened: list[Block]) -> bool:
    for block in reversed(opened):
        if block.word == "for":
            return True
        if block.word in ("macro", "call"):
            return False
    return False
