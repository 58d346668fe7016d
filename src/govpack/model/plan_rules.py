"""Rules of the plans: roadmaps, exit plans, negotiations, and what is handed over."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from govpack.model.base import Path, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from govpack.model.exit_plans import ExitPlan
    from govpack.model.negotiations import Negotiation
    from govpack.model.pack import Pack
    from govpack.model.partners import Partner

WEEKS_A_MONTH = Decimal(52) / 12


def plan_problems(pack: Pack) -> Iterator[Problem]:
    """What is wrong with the plans."""
    yield from _roadmap(pack)
    for number, contract in enumerate(pack.contracts):
        for place, horizon in enumerate(contract.joint_roadmap.horizons):
            if horizon.start and horizon.end and horizon.end < horizon.start:
                path: Path = ("contracts", number, "joint_roadmap", "horizons", place, "end")
                yield Problem(path, f"'{horizon.name}' would end before it starts")
    yield from _negotiations(pack)
    yield from _exit_plans(pack)
    enablement = pack.enablement
    if enablement.budget_lines and enablement.pilot_budget_total > enablement.budget_total:
        yield Problem(
            ("enablement", "budget_lines"),
            f"the pilots may cost {enablement.pilot_budget_total:,}, more than the budget of "
            f"{enablement.budget_total:,}",
        )


def _roadmap(pack: Pack) -> Iterator[Problem]:
    roadmap = pack.roadmap
    for number, horizon in enumerate(roadmap.horizons):
        if horizon.end < horizon.start:
            yield Problem(("roadmap", "horizons", number, "end"), f"'{horizon.name}' would end before it starts")
    due = {milestone.id: milestone.due for milestone in roadmap.milestones}
    circle = _in_a_circle({milestone.id: milestone.depends_on for milestone in roadmap.milestones})
    for number, milestone in enumerate(roadmap.milestones):
        path: Path = ("roadmap", "milestones", number)
        if milestone.start is not None and milestone.due < milestone.start:
            yield Problem((*path, "due"), f"{milestone.id} would be due before work on it starts")
        if milestone.id in circle:
            yield Problem((*path, "depends_on"), f"{milestone.id} depends on itself, directly or through others")
            continue
        for place, name in enumerate(milestone.depends_on):
            if name in due and due[name] > milestone.due:
                message = f"{milestone.id} is due on {milestone.due}, before {name} on which it depends ({due[name]})"
                yield Problem((*path, "depends_on", place), message)


def _in_a_circle(depends: Mapping[str, tuple[str, ...]]) -> set[str]:
    """Those that depend on themselves, directly or through others."""
    found = set()
    for name in depends:
        seen: set[str] = set()
        waiting = list(depends[name])
        while waiting:
            other = waiting.pop()
            if other not in seen:
                seen.add(other)
                waiting.extend(depends.get(other, ()))
        if name in seen:
            found.add(name)
    return found


def _negotiations(pack: Pack) -> Iterator[Problem]:
    seen: set[str] = set()
    for number, record in enumerate(pack.negotiations):
        path: Path = ("negotiations", number)
        if record.contract in seen:
            yield Problem((*path, "contract"), f"there is another negotiation of {record.contract}: one for each")
        seen.add(record.contract)
        yield from _order(record, path)
        yield from _our_side(pack, record, path)


def _order(record: Negotiation, path: Path) -> Iterator[Problem]:
    for place, (before, after) in enumerate(pairwise(record.concessions), start=1):
        if after.step <= before.step:
            message = f"concessions go step by step: after {before.step} comes {after.step}"
            yield Problem((*path, "concessions", place, "step"), message)
    for place, (earlier, later) in enumerate(pairwise(record.calendar), start=1):
        if later.date < earlier.date:
            message = f"the calendar goes from day to day: after {earlier.date} comes {later.date}"
            yield Problem((*path, "calendar", place, "date"), message)


def _our_side(pack: Pack, record: Negotiation, path: Path) -> Iterator[Problem]:
    named: list[tuple[Path, str | None]] = [
        *(((*path, "team", place, "person"), member.person) for place, member in enumerate(record.team)),
        *(((*path, "concessions", place, "approver"), step.approver) for place, step in enumerate(record.concessions)),
    ]
    for place_of, name in named:
        person = pack.people.get(name) if name is not None else None
        if person is not None and person.side != "bank":
            yield Problem(place_of, f"{person.name} is of '{person.side}', not of our side")


def _exit_plans(pack: Pack) -> Iterator[Problem]:
    seen: set[str] = set()
    for number, plan in enumerate(pack.exit_plans):
        path: Path = ("exit_plans", number)
        if plan.partner in seen:
            yield Problem((*path, "partner"), f"there is another exit plan for '{plan.partner}': one for each partner")
        seen.add(plan.partner)
        partner = pack.find_partner(plan.partner)
        if partner is not None:
            yield from _exit_time_and_cost(plan, partner, path)
            yield from _exit_tests(pack, plan, partner, path)


def _exit_time_and_cost(plan: ExitPlan, partner: Partner, path: Path) -> Iterator[Problem]:
    if partner.exit_months is not None and plan.total_weeks > partner.exit_months * WEEKS_A_MONTH:
        yield Problem(
            (*path, "steps"),
            f"the steps take {plan.total_weeks:f} weeks, longer than the {partner.exit_months} months that leaving "
            f"{partner.name} may take (exit_months)",
        )
    if plan.cost_total is not None and partner.exit_cost is not None and plan.cost_total != partner.exit_cost:
        yield Problem(
            (*path, "costs"),
            f"the costs must add up to the cost of leaving {partner.name}, {partner.exit_cost:,} (exit_cost); they "
            f"add up to {plan.cost_total:,}",
        )


def _exit_tests(pack: Pack, plan: ExitPlan, partner: Partner, path: Path) -> Iterator[Problem]:
    as_of = pack.pack.as_of
    for place, (earlier, later) in enumerate(pairwise(plan.tests), start=1):
        if later.date < earlier.date:
            yield Problem((*path, "tests", place, "date"), "tests are in order, the newest last")
    for place, test in enumerate(plan.tests):
        if test.date > as_of:
            message = "a test that was held cannot lie after the date of the pack (pack.as_of): give it as next_test"
            yield Problem((*path, "tests", place, "date"), message)
    last = max((test.date for test in plan.tests), default=None)
    if plan.tests and last != partner.last_exit_test:
        known = partner.last_exit_test or "none"
        message = f"the last test is of {last}, but {partner.name} has last_exit_test {known}: they must agree"
        yield Problem((*path, "tests"), message)
    if plan.next_test is not None and plan.next_test <= as_of:
        yield Problem((*path, "next_test"), "the next test lies after the date of the pack (pack.as_of)")
