"""Who belongs to whom: the objects of a pack by id, and those that point at each other."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from govpack.model.base import Model
    from govpack.model.contracts import Contract
    from govpack.model.exit_plans import ExitPlan
    from govpack.model.negotiations import Negotiation
    from govpack.model.pack import Pack
    from govpack.model.partners import Partner
    from govpack.model.risks import Risk
    from govpack.model.roadmap import RoadmapMilestone

_M = TypeVar("_M", bound="Model")
_I = TypeVar("_I", bound="_Identified")


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


class Links:
    """Indexes over a pack. Where an id is given twice, the first holds; rules report the second."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self.partners = _by_id(pack.partners)
        self.segments = _by_id(pack.strategy.segments)
        self.functions = _by_id(pack.organisation.critical_functions)
        self.roles = _by_id(pack.governance.roles)
        self.contracts = _by_id(pack.contracts)
        self.lanes = _by_id(pack.roadmap.lanes)
        self.milestones = _by_id(pack.roadmap.milestones)
        self.criteria = _by_id(pack.rubric.criteria)
        self.capabilities = _by_id(pack.strategy.capabilities)
        self.kpis = _by_id(kpi for goal in pack.strategy.goals for kpi in goal.kpis)
        self._members: Mapping[str, Mapping[str, Model]] = {
            "partners": self.partners,
            "segments": self.segments,
            "functions": self.functions,
            "roles": self.roles,
            "contracts": self.contracts,
            "lanes": self.lanes,
            "milestones": self.milestones,
            "criteria": self.criteria,
            "capabilities": self.capabilities,
            "kpis": self.kpis,
        }

    def __eq__(self, other: object) -> bool:
        # Links only repeat what the pack says; packs are compared by that.
        return isinstance(other, Links)

    def __hash__(self) -> int:
        return hash(Links)

    def find(self, kind: str, name: str) -> Model | None:
        """What an id of that kind names, if anything."""
        if kind == "people":
            return self._pack.people.get(name)
        members = self._members.get(kind)
        if members is None:
            msg = f"ids of kind '{kind}' name nothing in a pack"
            raise LookupError(msg)
        return members.get(name)

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
    def milestones_of_lane(self) -> dict[str, list[RoadmapMilestone]]:
        """Lane id → its milestones by due date."""
        ordered = sorted(self._pack.roadmap.milestones, key=lambda milestone: milestone.due)
        return _grouped((milestone.lane, milestone) for milestone in ordered)

    @cached_property
    def exit_plan_of_partner(self) -> dict[str, ExitPlan]:
        """Partner id → its exit plan; the first of several, and the rules report the second."""
        return {plan.partner: plan for plan in reversed(self._pack.exit_plans)}

    @cached_property
    def negotiation_of_contract(self) -> dict[str, Negotiation]:
        """Contract id → how it is negotiated; the first of several."""
        return {record.contract: record for record in reversed(self._pack.negotiations)}

    @cached_property
    def hosted_by(self) -> dict[str, list[Partner]]:
        """Partner id → the partners hosted on it, directly or through others; itself never among them."""
        direct = _grouped((partner.hosted_on, partner) for partner in self._pack.partners if partner.hosted_on)
        return {host: _reachable(host, direct) for host in direct}


def _by_id(members: Iterable[_I]) -> dict[str, _I]:
    found: dict[str, _I] = {}
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
