"""Rules of what is scored: partners by their metrics, and the pitch by the panel's rubric."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

from govpack.model.base import HUNDRED, Path, Problem, rounded
from govpack.model.metrics import CATEGORIES, weighted_score

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govpack.model.pack import Pack
    from govpack.model.scorecards import Scorecard


def score_problems(pack: Pack) -> Iterator[Problem]:
    """What is wrong with scorecards and rubric."""
    cards = pack.scorecards
    total = cards.weights.technical + cards.weights.financial + cards.weights.innovation
    if total != HUNDRED:
        yield Problem(("scorecards", "weights"), f"the weights must total 100; they total {total.normalize():f}")
    for partner_id, card in cards.partners.items():
        path: Path = ("scorecards", "partners", partner_id)
        partner = pack.find_partner(partner_id)
        if partner is not None and partner.engagement_only:
            yield Problem(path, f"{partner.name} is a supervisor (engagement_only) and is never scored")
        yield from _trend(card, path, len(cards.quarters), weights_hold=total == HUNDRED)
        yield from _metrics(card, path, len(cards.quarters))
        yield from _categories(card, path)
        yield from _actions(pack, partner_id, card, path)
    yield from _rubric(pack)


def _trend(card: Scorecard, path: Path, quarters: int, *, weights_hold: bool) -> Iterator[Problem]:
    if card.trend and len(card.trend) != quarters:
        yield Problem(
            (*path, "trend"),
            f"the trend needs one score for each of the {quarters} quarters; it has {len(card.trend)}",
        )
    if card.trend and weights_hold and card.trend[-1] != card.score:
        yield Problem(
            (*path, "trend", len(card.trend) - 1),
            f"the last score of the trend must be the weighted score, {card.score}; it is {card.trend[-1]}",
        )


def _metrics(card: Scorecard, path: Path, quarters: int) -> Iterator[Problem]:
    for number, metric in enumerate(card.metrics):
        place: Path = (*path, "metrics", number)
        wrong = metric.target <= metric.threshold if metric.better == "up" else metric.target >= metric.threshold
        if wrong:
            side = "above" if metric.better == "up" else "below"
            message = f"{metric.id} is better when it goes {metric.better}, so its target must be {side} its threshold"
            yield Problem((*place, "target"), message)
        if len(metric.actuals) > quarters:
            message = f"{metric.id} has {len(metric.actuals)} figures for {quarters} quarters (scorecards.quarters)"
            yield Problem((*place, "actuals"), message)


def _categories(card: Scorecard, path: Path) -> Iterator[Problem]:
    for category in CATEGORIES:
        metrics = [metric for metric in card.metrics if metric.category == category]
        weight = sum((metric.weight for metric in metrics), Decimal(0))
        if metrics and weight != HUNDRED:
            message = f"the weights of the {category} metrics must total 100; they total {weight.normalize():f}"
            yield Problem((*path, "metrics"), message)
            continue
        exact = weighted_score(card.metrics, category)
        stated: Decimal = getattr(card, category)
        if exact is not None and rounded(exact, 0) != stated:
            found = f"{rounded(exact, 0)} ({rounded(exact, 2)} before rounding)"
            yield Problem((*path, category), f"the {category} metrics come to {found}, not {stated}")


def _actions(pack: Pack, partner_id: str, card: Scorecard, path: Path) -> Iterator[Problem]:
    known = {metric.id for metric in card.metrics}
    for number, action in enumerate(card.actions):
        place: Path = (*path, "actions", number)
        if action.metric is not None and action.metric not in known:
            yield Problem((*place, "metric"), f"there is no metric '{action.metric}' in this scorecard")
        person = pack.people.get(action.owner) if action.owner is not None else None
        if person is not None and person.side not in ("bank", partner_id):
            yield Problem((*place, "owner"), f"{person.name} is of '{person.side}', neither of our side nor theirs")


def _rubric(pack: Pack) -> Iterator[Problem]:
    rubric = pack.rubric
    if rubric.criteria and rubric.weight_total != HUNDRED:
        message = f"the weights must total 100; they total {rubric.weight_total.normalize():f}"
        yield Problem(("rubric", "criteria"), message)
    for number, criterion in enumerate(rubric.criteria):
        path: Path = ("rubric", "criteria", number, "levels")
        scores = [level.score for level in criterion.levels]
        twice = [score for score, count in Counter(scores).items() if count > 1]
        if twice:
            yield Problem(path, f"'{criterion.name}' describes the score {twice[0]} more than once")
        elif scores and max(scores) != rubric.max_score:
            message = (
                f"'{criterion.name}' goes up to {max(scores)}, others to {rubric.max_score}: one scale for all, so "
                "that weights mean what they say"
            )
            yield Problem(path, message)
    for number, assessor in enumerate(rubric.assessors):
        path = ("rubric", "assessors", number)
        if assessor.person is None and assessor.name is None:
            yield Problem(path, "an assessor needs a person (an id in people) or a name")
        for criterion_id, score in assessor.scores.items():
            if rubric.max_score is not None and score > rubric.max_score:
                message = f"the highest score is {rubric.max_score}; this is {score}"
                yield Problem((*path, "scores", criterion_id), message)
