"""Packs with as many scored partners as a test wants, made from the example in memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from govpack.inputs import read_pack
from govpack.model.pack import Pack

Change = Callable[[dict[str, Any]], None]


def example(folder: Path) -> Pack:
    """The pack of the inputs in `folder`, which have no error."""
    pack, findings = read_pack(folder)
    assert pack is not None, findings
    return pack


def with_partners(pack: Pack, count: int, change: Change = lambda data: None) -> Pack:
    """`pack` with `count` scored partners, its own over and over; `change` edits the data before it is read again."""
    data = pack.model_dump(exclude_unset=True)
    partners: dict[str, Mapping[str, Any]] = {partner["id"]: partner for partner in data["partners"]}
    cards = list(data["scorecards"]["partners"].items())
    data["partners"] = list(data["partners"])
    data["scorecards"]["partners"] = {}
    for number in range(count):
        first, card = cards[number % len(cards)]
        name = first if number < len(cards) else f"{first}-{number}"
        if number >= len(cards):
            ending = f" Very Long Name Holdings of the North {number}" if number % 7 == 0 else f" {number}"
            data["partners"].append({**partners[first], "id": name, "name": partners[first]["name"] + ending})
        data["scorecards"]["partners"][name] = card
    change(data)
    return Pack.model_validate(data)
