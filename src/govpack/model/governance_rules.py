"""Rules of the governance: who may hold what, parts in the RACI, how escalation rises."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from govpack.model.base import Path, Problem
from govpack.model.governance import concerns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govpack.model.governance import Applies, EscalationLevel, RaciActivity
    from govpack.model.pack import Pack


def governance_problems(pack: Pack) -> Iterator[Problem]:
    """What is wrong with roles, RACI, escalation and rating."""
    yield from _roles(pack)
    yield from _raci(pack)
    yield from _escalation(pack)
    bands = pack.governance.performance.rating_bands
    if bands.amber_from >= bands.green_from:
        yield Problem(("governance", "performance", "rating_bands"), "amber_from must be below green_from")


def _roles(pack: Pack) -> Iterator[Problem]:
    for number, role in enumerate(pack.governance.roles):
        path: Path = ("governance", "roles", number)
        if role.holder is not None and role.holder == role.deputy:
            yield Problem((*path, "deputy"), f"the deputy of '{role.name}' must be somebody else than its holder")
        for key, name in (("holder", role.holder), ("deputy", role.deputy)):
            person = pack.people.get(name) if name is not None else None
            if name is not None and role.side == "partner":
                message = f"'{role.name}' is a partner's role: say who holds it in each contract, under team"
                yield Problem((*path, key), message)
            elif person is not None and person.side != "bank":
                yield Problem((*path, key), f"'{role.name}' is a role of ours, but {person.name} is of '{person.side}'")


def _raci(pack: Pack) -> Iterator[Problem]:
    raci = pack.governance.raci
    columns = set(raci.roles)
    applies = {role.id: role.applies for role in pack.governance.roles}
    for number, activity in enumerate(raci.activities):
        path: Path = ("governance", "raci", "activities", number)
        parts = _parts(activity)
        for key, role in parts:
            if columns and role not in columns:
                place = (*path, key) if key == "accountable" else (*path, key, getattr(activity, key).index(role))
                yield Problem(place, f"the role '{role}' has no column: add it to governance.raci.roles")
        for key, role in parts:
            if not _covers(applies.get(role, "all"), activity.applies):
                place = (*path, key) if key == "accountable" else (*path, key, getattr(activity, key).index(role))
                message = (
                    f"the role '{role}' is for {applies[role]} agreements only, but the row is for "
                    f"{_agreements(activity.applies)}: say so with applies"
                )
                yield Problem(place, message)
        # Accountable and responsible may be the same role (A/R); any other second part would be lost in the table.
        named = [role for key, role in parts if key != "accountable"]
        unclear = {role for role in named if named.count(role) > 1}
        unclear |= {activity.accountable} & {*activity.consulted, *activity.informed}
        for role in sorted(unclear):
            yield Problem(path, f"'{activity.activity}': the role '{role}' has more than one part")


def _parts(activity: RaciActivity) -> list[tuple[str, str]]:
    parts = [("accountable", activity.accountable)]
    for key in ("responsible", "consulted", "informed"):
        parts += [(key, role) for role in getattr(activity, key)]
    return parts


def _escalation(pack: Pack) -> Iterator[Problem]:
    levels = pack.governance.escalation
    for number, level in enumerate(levels):
        path: Path = ("governance", "escalation", number)
        if level.resolve_hours < level.respond_hours:
            yield Problem((*path, "resolve_hours"), f"level {level.level} would be resolved before someone answers")
        role = pack.find_role(level.partner_role)
        if role is not None and role.side != "partner":
            yield Problem((*path, "partner_role"), f"'{role.name}' is a role of ours, not of the partner's side")
        if role is not None and not _covers(role.applies, level.applies):
            message = (
                f"'{role.name}' is for {role.applies} agreements only, but level {level.level} is for "
                f"{_agreements(level.applies)}: say so with applies"
            )
            yield Problem((*path, "partner_role"), message)
        person = pack.people.get(level.bank) if level.bank is not None else None
        if person is not None and person.side != "bank":
            yield Problem((*path, "bank"), f"{person.name} is of '{person.side}', not of our side")
    yield from _rising(levels)


def _rising(levels: tuple[EscalationLevel, ...]) -> Iterator[Problem]:
    """Each type of agreement has a ladder of its own; a break that both share is told once."""
    told: set[Path] = set()
    for kind in ("services agreement", "co-innovation agreement"):
        ladder = [(number, level) for number, level in enumerate(levels) if concerns(level.applies, kind)]
        for (_, lower), (number, upper) in pairwise(ladder):
            for key, words in (
                ("level", "the level"),
                ("respond_hours", "the hours to respond"),
                ("resolve_hours", "the hours to resolve"),
            ):
                below, above = getattr(lower, key), getattr(upper, key)
                path: Path = ("governance", "escalation", number, key)
                if above <= below and path not in told:
                    told.add(path)
                    yield Problem(
                        path,
                        f"{words} must rise from level to level; after {below} comes {above}: give more than {below}",
                    )


def _covers(role: Applies, row: Applies) -> bool:
    """Whether a role is there wherever a row stands."""
    return role in ("all", row)


def _agreements(applies: Applies) -> str:
    return "all agreements" if applies == "all" else f"{applies} agreements"
