"""Rules between several values of a pack. Each is told with its place, in a sentence that a programme owner
understands, and none raises: so all that is wrong is known at once, also where references are broken.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from govpack.model.base import Path, Problem
from govpack.model.contract_rules import contract_problems
from govpack.model.governance_rules import governance_problems
from govpack.model.plan_rules import plan_problems
from govpack.model.review_rules import review_problems
from govpack.model.score_rules import score_problems
from govpack.model.strategy_rules import economics_problems, goal_problems

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from govpack.model.pack import Pack


class _Named(Protocol):
    @property
    def id(self) -> str: ...


def find_problems(pack: Pack) -> Iterator[Problem]:
    """All problems, subject by subject in the order of the pack's keys."""
    yield from _ids(pack)
    yield from _people(pack)
    yield from goal_problems(pack)
    yield from economics_problems(pack)
    yield from _partners(pack)
    yield from _risks(pack)
    yield from governance_problems(pack)
    yield from contract_problems(pack)
    yield from plan_problems(pack)
    yield from score_problems(pack)
    yield from review_problems(pack)


def _ids(pack: Pack) -> Iterator[Problem]:
    """Ids are given once. Case does not tell them apart: files are named by them, and not every system keeps case."""
    strategy, governance = pack.strategy, pack.governance
    lists: list[tuple[str, Path, Iterable[_Named]]] = [
        ("critical function", ("organisation", "critical_functions"), pack.organisation.critical_functions),
        ("source", ("pack", "sources"), pack.pack.sources),
        ("segment", ("strategy", "segments"), strategy.segments),
        ("goal", ("strategy", "goals"), strategy.goals),
        ("partner", ("partners",), pack.partners),
        ("risk", ("risks",), pack.risks),
        ("role", ("governance", "roles"), governance.roles),
        ("forum", ("governance", "forums"), governance.forums),
        ("obligation", ("governance", "obligations"), governance.obligations),
        ("contract", ("contracts",), pack.contracts),
        ("review", ("reviews",), pack.reviews),
        ("capability", ("strategy", "capabilities"), strategy.capabilities),
        ("standard", ("strategy", "standards"), strategy.standards),
        ("lane", ("roadmap", "lanes"), pack.roadmap.lanes),
        ("milestone", ("roadmap", "milestones"), pack.roadmap.milestones),
        ("criterion", ("rubric", "criteria"), pack.rubric.criteria),
        ("pilot", ("enablement", "pilots"), pack.enablement.pilots),
        *_ids_within(pack),
    ]
    for word, path, members in lists:
        yield from _twice(word, (((*path, number, "id"), member.id) for number, member in enumerate(members)))
    kpis = (
        (("strategy", "goals", goal_number, "kpis", number, "id"), kpi.id)
        for goal_number, goal in enumerate(strategy.goals)
        for number, kpi in enumerate(goal.kpis)
    )
    yield from _twice("KPI", kpis)


def _ids_within(pack: Pack) -> Iterator[tuple[str, Path, Iterable[_Named]]]:
    """Ids that are given once within their contract, negotiation or scorecard."""
    for number, contract in enumerate(pack.contracts):
        commitments = contract.joint_roadmap.commitments
        yield "commitment", ("contracts", number, "joint_roadmap", "commitments"), commitments
    for number, record in enumerate(pack.negotiations):
        yield "issue", ("negotiations", number, "issues"), record.issues
    for partner_id, card in pack.scorecards.partners.items():
        yield "metric", ("scorecards", "partners", partner_id, "metrics"), card.metrics
        yield "action", ("scorecards", "partners", partner_id, "actions"), card.actions


def _twice(word: str, ids: Iterable[tuple[Path, str]]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for path, name in ids:
        first = seen.get(name.casefold())
        if first is None:
            seen[name.casefold()] = name
        elif first == name:
            yield Problem(path, f"there is another {word} '{name}': each id is given once")
        else:
            yield Problem(path, f"the {word} '{name}' differs from '{first}' only in capitals: choose another id")


def _people(pack: Pack) -> Iterator[Problem]:
    for key, person in pack.people.items():
        if person.deputy == key:
            yield Problem(("people", key, "deputy"), f"{person.name} cannot be their own deputy")


def _partners(pack: Pack) -> Iterator[Problem]:
    for number, partner in enumerate(pack.partners):
        path: Path = ("partners", number)
        if partner.id.casefold() == "bank":
            yield Problem((*path, "id"), "'bank' means our own side: choose another id for this partner")
        if partner.hosted_on == partner.id:
            yield Problem((*path, "hosted_on"), f"{partner.name} cannot be hosted on itself")
        if partner.id in partner.alternatives:
            place = partner.alternatives.index(partner.id)
            yield Problem((*path, "alternatives", place), f"{partner.name} cannot be its own alternative")
        if partner.functions and not partner.supports_cif:
            yield Problem(
                (*path, "functions"), f"{partner.name} has critical functions here, but supports_cif is not true"
            )
        if partner.last_exit_test is not None and partner.last_exit_test > pack.pack.as_of:
            yield Problem((*path, "last_exit_test"), "an exit test cannot lie after the date of the pack (pack.as_of)")


def _risks(pack: Pack) -> Iterator[Problem]:
    for number, risk in enumerate(pack.risks):
        given = (risk.residual_likelihood, risk.residual_impact)
        if given.count(None) == 1:
            missing = "residual_likelihood" if given[0] is None else "residual_impact"
            yield Problem(("risks", number), f"{risk.id} has only one half of its residual: {missing} is missing")
        if risk.residual is not None and risk.residual > risk.exposure:
            message = (
                f"treatment cannot raise a risk: {risk.id} has {risk.exposure} before and {risk.residual} after it"
            )
            yield Problem(("risks", number, "residual_likelihood"), message)
