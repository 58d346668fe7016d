"""Who belongs to whom: the objects of a pack by id, and those that point at each other."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govpack.model.base import Model
    from govpack.model.contracts import Contract
    from govpack.model.governance import Role
    from govpack.model.organisation import CriticalFunction
    from govpack.model.pack import Pack
    from govpack.model.partners import Partner
    from govpack.model.risks import Risk
    from govpack.model.strategy import Segment

_M = TypeVar("_M", "Contract", "CriticalFunction", "Partner", "Risk", "Role", "Segment")


class Links:
    """Indexes over a pack. Where an id is given twice, the first holds; rules report the second."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self.partners = _by_id(pack.partners)
        self.segments = _by_id(pack.strategy.segments)
        self.functions = _by_id(pack.organisation.critical_functions)
        self.roles = _by_id(pack.governance.roles)
        self.contracts = _by_id(pack.contracts)

    def __eq__(self, other: object) -> bool:
        # Links only repeat what the pack says; packs are compared by that.
        return isinstance(other, Links)

    def __hash__(self) -> int:
        return hash(Links)

    def find(self, kind: str, name: str) -> Model | None:
        """What an id of that kind names, if anything."""
        match kind:
            case "people":
                return self._pack.people.get(name)
            case "partners":
                return self.partners.get(name)
            case "segments":
                return self.segments.get(name)
            case "functions":
                return self.functions.get(name)
            case "roles":
                return self.roles.get(name)
            case "contracts":
                return self.contracts.get(name)
        msg = f"ids of kind '{kind}' name nothing in a pack"
        raise LookupError(msg)

    @cached_property
    def partners_of_segment(self) -> dict[str, list[Partner]]:
        """Segment id → its partners."""
        return _grouped((partner.segment, partner) for partner in self._pack.partners)

    @cached_property
    def contracts_of_partner(self) -> dict[str, list[Contract]]:
        """Partner id → its contracts."""
        return _grouped((contract.partner, contract) for contract in self._pack.contracts)

    @cached_property
    def risks_of_partner(self) -> dict[str, list[Risk]]:
        """Partner id → the risks that name it."""
        return _grouped((partner, risk) for risk in self._pack.risks for partner in dict.fromkeys(risk.partners))

    @cached_property
    def hosted_by(self) -> dict[str, list[Partner]]:
        """Partner id → the partners hosted on it, directly or through others; itself never among them."""
        direct = _grouped((partner.hosted_on, partner) for partner in self._pack.partners if partner.hosted_on)
        return {host: _reachable(host, direct) for host in direct}


def _by_id(members: Iterable[_M]) -> dict[str, _M]:
    found: dict[str, _M] = {}
    for member in members:
        found.setdefault(member.id, member)
    return found


def _grouped(pairs: Iterable[tuple[str, _M]]) -> dict[str, list[_M]]:
    groups: defaultdict[str, list[_M]] = defaultdict(list)
    for key, member in pairs:
        groups[key].append(member)
    return groups


def _reachable(host: str, direct: dict[str, list[Partner]]) -> list[Partner]:
    found: dict[str, Partner] = {}
    waiting = list(direct.get(host, ()))
    while waiting:
        partner = waiting.pop(0)
        if partner.id != host and partner.id not in found:
            found[partner.id] = partner
            waiting.extend(direct.get(partner.id, ()))
    return list(found.values())
