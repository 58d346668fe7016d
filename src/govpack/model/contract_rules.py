"""Rules of the contracts: sums and dates that follow from each other, and people on the right side."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from govpack.model.base import Path, Problem
from govpack.model.governance import concerns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govpack.model.contracts import Contract
    from govpack.model.pack import Pack


def contract_problems(pack: Pack) -> Iterator[Problem]:
    """What is wrong with the contracts."""
    for number, contract in enumerate(pack.contracts):
        path: Path = ("contracts", number)
        yield from _parties(pack, contract, path)
        yield from _dates(contract, path)
        yield from _amounts(contract, path, pack.pack.currency)
        yield from _credits(contract, path)
        yield from _team(pack, contract, path)


def _parties(pack: Pack, contract: Contract, path: Path) -> Iterator[Problem]:
    partner = pack.find_partner(contract.partner)
    if partner is None:
        return
    if partner.engagement_only:
        yield Problem(
            (*path, "partner"), f"{partner.name} is a supervisor (engagement_only): no contract is made with it"
        )
    for number, service in enumerate(contract.services):
        function = service.critical_function
        if function is not None and function not in partner.functions:
            yield Problem(
                (*path, "services", number, "critical_function"),
                f"'{function}' is not among the functions that {partner.name} supports: add it to the partner",
            )


def _dates(contract: Contract, path: Path) -> Iterator[Problem]:
    due = contract.expiry()
    if due is not None and contract.expires != due:
        yield Problem(
            (*path, "expires"),
            f"{contract.id} starts on {contract.effective} for {contract.term} months, so it ends on {due}, "
            f"not on {contract.expires}: change one of them, or leave expires out",
        )
    elif contract.effective and contract.expires and contract.expires < contract.effective:
        yield Problem((*path, "expires"), f"{contract.id} would end before it starts")


def _amounts(contract: Contract, path: Path, currency: str) -> Iterator[Problem]:
    yearly = f"{currency} {contract.annual_commitment:,} a year" if contract.annual_commitment is not None else ""
    for key, given, due, formula in (
        ("commitment_total", contract.commitment_total, contract.commitment(), f"for {contract.term} months"),
        ("cap", contract.cap, contract.of_annual_commitment(contract.cap_pct), f"at {contract.cap_pct} %"),
        (
            "supercap",
            contract.supercap,
            contract.of_annual_commitment(contract.supercap_pct),
            f"at {contract.supercap_pct} %",
        ),
    ):
        # Whole units of currency may be written where months do not divide evenly.
        if given is not None and due is not None and abs(given - due) >= 1:
            told = f"{yearly} {formula} is {currency} {due:,}, not {currency} {given:,}"
            yield Problem((*path, key), f"{told}: change one of them, or leave {key} out")


def _credits(contract: Contract, path: Path) -> Iterator[Problem]:
    if contract.credits and contract.uptime_pct is None:
        yield Problem((*path, "credits"), "service credits need an availability to be measured against: uptime_pct")
    previous = contract.uptime_pct if contract.uptime_pct is not None else Decimal(100)
    if contract.credits and contract.credits[0].below > previous:
        message = f"a credit cannot be due at the promised availability of {previous} %"
        yield Problem((*path, "credits", 0, "below"), message)
    for number, (milder, harder) in enumerate(pairwise(contract.credits), start=1):
        if harder.below >= milder.below:
            yield Problem(
                (*path, "credits", number, "below"),
                f"credits go from the mildest to the hardest: {harder.below} must be below {milder.below}",
            )
        if harder.pct <= milder.pct:
            message = f"less availability must bring more credit: {harder.pct} % after {milder.pct} %"
            yield Problem((*path, "credits", number, "pct"), message)


def _team(pack: Pack, contract: Contract, path: Path) -> Iterator[Problem]:
    sides: list[tuple[Path, str | None, str]] = [
        ((*path, "signatory_bank"), contract.signatory_bank, "bank"),
        ((*path, "signatory_partner"), contract.signatory_partner, contract.partner),
    ]
    for role_id, member in contract.team.items():
        place: Path = (*path, "team", role_id)
        role = pack.find_role(role_id)
        if role is not None and role.side != "partner":
            message = f"'{role.name}' is a role of ours: say who holds it in governance.roles"
            yield Problem(place, message)
        if role is not None and not concerns(role.applies, contract.type):
            message = f"'{role.name}' is for {role.applies} agreements only; this is a {contract.type}"
            yield Problem(place, message)
        if member.holder == member.deputy:
            yield Problem((*place, "deputy"), f"the deputy for '{role_id}' must be somebody else than its holder")
        sides += [
            ((*place, "holder"), member.holder, contract.partner),
            ((*place, "deputy"), member.deputy, contract.partner),
        ]
    for place, name, side in sides:
        person = pack.people.get(name) if name is not None else None
        known = side == "bank" or pack.find_partner(side) is not None
        if person is not None and known and person.side != side:
            yield Problem(place, f"{person.name} is of '{person.side}'; here someone of '{side}' is meant")
