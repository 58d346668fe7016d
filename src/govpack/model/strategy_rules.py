"""Rules of the strategy: targets lie on the better side, columns of figures agree."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from govpack.model.base import Path, Problem

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator

    from govpack.model.pack import Pack
    from govpack.model.strategy import Kpi


def goal_problems(pack: Pack) -> Iterator[Problem]:
    """What is wrong with goals, KPIs and the appetite for risk."""
    appetite = pack.strategy.risk_appetite
    if appetite.medium_from >= appetite.high_from:
        yield Problem(
            ("strategy", "risk_appetite"),
            "medium_from must be below high_from",
        )
    for goal_number, goal in enumerate(pack.strategy.goals):
        for number, kpi in enumerate(goal.kpis):
            yield from _actuals(kpi, ("strategy", "goals", goal_number, "kpis", number, "actuals"), pack.pack.as_of)
            if kpi.baseline is None or kpi.target is None:
                continue
            worse = kpi.target < kpi.baseline if kpi.better == "up" else kpi.target > kpi.baseline
            if worse:
                yield Problem(
                    ("strategy", "goals", goal_number, "kpis", number, "target"),
                    f"{kpi.id} is better when it goes {kpi.better}, but its target {kpi.target} "
                    f"is worse than its baseline {kpi.baseline}: change one of the three",
                )


def _actuals(kpi: Kpi, path: Path, as_of: datetime.date) -> Iterator[Problem]:
    """Figures that were measured lie between the baseline and the day of the pack, one a day."""
    for number, actual in enumerate(kpi.actuals):
        place: Path = (*path, number, "date")
        if kpi.baseline_date is not None and actual.date <= kpi.baseline_date:
            message = f"{kpi.id} was measured on {actual.date}, not after its baseline of {kpi.baseline_date}"
            yield Problem(place, message)
        if actual.date > as_of:
            yield Problem(place, f"{kpi.id} was measured on {actual.date}, after the day that the pack is of, {as_of}")
        if any(other.date == actual.date for other in kpi.actuals[:number]):
            yield Problem(place, f"{kpi.id} has two figures for {actual.date}")


def economics_problems(pack: Pack) -> Iterator[Problem]:
    """What is wrong with the yearly figures."""
    economics = pack.strategy.economics
    if economics is None:
        return
    path: Path = ("strategy", "economics")
    years = len(economics.years)
    if any(later != year + 1 for year, later in zip(economics.years, economics.years[1:], strict=False)):
        yield Problem((*path, "years"), "the years must follow one another")
    columns = {
        (*path, name): getattr(economics, name)
        for name in ("no_programme_spend", "programme_spend", "innovation_benefit", "one_off_cost", "run_cost")
        if name in economics.model_fields_set
    }
    if economics.downside is not None:
        columns[(*path, "downside", "net_benefit")] = economics.downside.net_benefit
    wrong = {place: series for place, series in columns.items() if len(series) != years}
    for place, series in wrong.items():
        yield Problem(place, f"there must be one figure for each of the {years} years; there are {len(series)}")
    levers = sum(economics.saving_by_lever.values(), Decimal(0))
    if economics.saving_by_lever and not wrong and levers != economics.saving_total:
        yield Problem(
            (*path, "saving_by_lever"),
            f"the levers must add up to the total saving, {economics.saving_total}; they add up to {levers}",
        )
