"""The description of a view names what the view holds, no more and no less."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from govpack.inputs import read_pack
from govpack.model.description import describe_view
from govpack.model.view import plain_view

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govpack.model.description import Described
    from govpack.model.view import Audience

ROOT = Path(__file__).parents[2]


def differences(value: Any, described: Described, path: str, seen: set[int]) -> Iterator[str]:
    """Where plain data and its description part."""
    if described.kind == "any" or value is None or id(value) in seen:
        return
    if isinstance(value, dict) and set(value) == {"id", "name"} and value["id"] is None:
        return  # words where a partner may stand
    if isinstance(value, dict):
        seen.add(id(value))
        if described.kind == "map":
            assert described.item is not None
            for key, each in value.items():
                yield from differences(each, described.item, f"{path}.{key}", seen)
        elif described.kind != "group":
            yield f"{path} is a dict, described as a {described.kind}"
        elif set(value) != set(described.fields()):
            yield f"{path}: {sorted(set(value) ^ set(described.fields()))}"
        else:
            for key, each in value.items():
                yield from differences(each, described.fields()[key], f"{path}.{key}", seen)
    elif isinstance(value, list):
        if described.kind != "list" or described.item is None:
            yield f"{path} is a list, described as a {described.kind}"
        else:
            for each in value:
                yield from differences(each, described.item, f"{path}[]", seen)
    elif described.kind != "value":
        yield f"{path} is a single value, described as a {described.kind}"


@pytest.mark.parametrize("audience", ["internal", "counterparty"])
def test_every_name_of_a_rich_packs_view_is_described_and_the_other_way_round(audience: Audience) -> None:
    pack, _ = read_pack(ROOT / "fixtures" / "nordhaven")
    assert pack is not None
    for contract in pack.contracts:
        view = plain_view(pack, audience=audience, contract=contract)
        described = describe_view(audience, contract=True)
        assert set(view) == set(described)
        seen: set[int] = set()
        for name in set(view) - {"custom"}:
            assert list(differences(view[name], described[name], name, seen)) == []
