"""Rules of reviews: what was decided has a day, and what was approved with conditions names them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govpack.model.base import Path, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govpack.model.pack import Pack
    from govpack.model.reviews import Review


def review_problems(pack: Pack) -> Iterator[Problem]:
    """What is wrong with reviews."""
    as_of = pack.pack.as_of
    for number, review in enumerate(pack.reviews):
        path: Path = ("reviews", number)
        yield from _coverage_problems(review, path)
        if review.outcome == "pending":
            continue
        if review.date is None:
            yield Problem((*path, "date"), f"{review.id} is {review.outcome}: say on which day (date)")
        elif review.date > as_of:
            message = f"{review.id} is {review.outcome} on {review.date}, after the date of the pack ({as_of})"
            yield Problem((*path, "date"), message)
        if review.outcome == "approved with conditions" and not review.conditions:
            yield Problem((*path, "conditions"), f"{review.id} is approved with conditions: name them")
        if review.outcome == "approved" and review.conditions:
            message = f"{review.id} has conditions, so its outcome is 'approved with conditions'"
            yield Problem((*path, "outcome"), message)


def _coverage_problems(review: Review, path: Path) -> Iterator[Problem]:
    """A sign-off of a template is not a sign-off of a contract."""
    for number, reviewed in enumerate(review.of):
        place: Path = (*path, "of", number)
        if review.covers == "template" and reviewed.contract is not None:
            message = f"{review.id} covers a template, and that is no review of contract '{reviewed.contract}'"
            yield Problem((*place, "contract"), message)
        elif review.covers == "contract" and reviewed.contract is None:
            yield Problem((*place, "contract"), f"{review.id} covers a contract: say which one (contract)")
