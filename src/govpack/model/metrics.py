"""The metrics behind a partner's category scores, and the actions of its improvement plan."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import Field

from govpack.model.base import HUNDRED, Date, Id, Measure, Model, PersonRef, Points, Prose, Text, rounded

Category = Literal["technical", "financial", "innovation"]
Trend = Literal["improving", "steady", "declining"]
CATEGORIES: tuple[Category, ...] = ("technical", "financial", "innovation")
STEADY_PCT = Decimal(2)
"""A move of less than this share of the way from threshold to target, in percent, is called steady."""


class Metric(Model):
    """Something measured each quarter: 100 points at its target, none at its threshold, in proportion between."""

    id: Id = Field(description="Short id, such as H-T1")
    name: Text = Field(description="What is measured")
    category: Category = Field(description="technical, financial or innovation")
    unit: Text = Field(description="Unit of the figures, such as %")
    weight: Points = Field(description="How much it counts within its category, in percent; together 100")
    target: Measure = Field(description="The figure that earns 100 points")
    threshold: Measure = Field(description="The figure that earns none")
    better: Literal["up", "down"] = Field(description="Whether a higher (up) or lower (down) figure is better")
    actuals: tuple[Measure, ...] = Field(
        default=(), description="The figures by quarter, oldest first: one for each quarter, or the latest ones"
    )
    source: Text | None = Field(default=None, description="System or report that the figures come from")
    evidence: Text | None = Field(default=None, description="What shows them, such as a report with its number")
    provided_by: Literal["bank", "vendor"] = Field(default="bank", description="Who supplies the figures")
    disputed: Prose | None = Field(default=None, description="What the partner does not accept, and why")

    @property
    def actual(self) -> Decimal | None:
        """The latest figure."""
        return self.actuals[-1] if self.actuals else None

    @property
    def score(self) -> Decimal | None:
        """Points of the latest figure: 100 at the target, none at the threshold, in proportion between; whole."""
        exact = self.exact_score
        return rounded(exact, 0) if exact is not None else None

    @property
    def exact_score(self) -> Decimal | None:
        """(actual − threshold) ÷ (target − threshold) × 100, at least 0 and at most 100, unrounded."""
        return self.score_of(self.actual) if self.actual is not None else None

    @property
    def scores(self) -> tuple[Decimal, ...]:
        """The points of each of `actuals`, rounded half up to whole points."""
        return tuple(rounded(self.score_of(figure), 0) for figure in self.actuals)

    @property
    def met(self) -> bool | None:
        """Whether the latest figure reaches the target."""
        return self._way(self.actual) >= 1 if self.actual is not None else None

    @property
    def trend_label(self) -> Trend | None:
        """improving, steady or declining: the latest figure against the oldest of the last four quarters.

        A move of less than 2% of the way from threshold to target is steady; None with fewer than two figures.
        """
        if len(self.actuals) < 2:
            return None
        recent = self.actuals[-4:]
        move = HUNDRED * (self._way(recent[-1]) - self._way(recent[0]))
        return "steady" if abs(move) < STEADY_PCT else "improving" if move > 0 else "declining"

    def score_of(self, figure: Decimal) -> Decimal:
        """The points that a figure earns, 0 to 100, unrounded."""
        return HUNDRED * min(max(self._way(figure), Decimal(0)), Decimal(1))

    def _way(self, figure: Decimal) -> Decimal:
        """How far a figure is on the way from threshold (0) to target (1); the rules keep the two apart."""
        distance = self.target - self.threshold
        return (figure - self.threshold) / distance if distance else Decimal(figure == self.target)


class ImprovementAction(Model):
    """A step of the improvement plan."""

    id: Id = Field(description="Short id, such as A1")
    metric: Id | None = Field(default=None, description="The metric that it is to move (an id of the same scorecard)")
    gap: Prose | None = Field(default=None, description="What is missing today")
    action: Prose = Field(description="What is done")
    owner: PersonRef | None = Field(default=None, description="Who does it (an id in people)")
    due: Date | None = Field(default=None, description="By when")
    status: Literal["open", "under way", "done", "late"] = Field(default="open", description="Where it stands")
    effect: Prose | None = Field(default=None, description="What it is expected to do to the score")
    exit_criterion: Prose | None = Field(default=None, description="When it counts as done for good")


class BoardDecision(Model):
    """A decision asked of the vendor governance board."""

    decision: Prose = Field(description="What is to be decided")
    owner: PersonRef | None = Field(default=None, description="Who carries it out (an id in people)")
    due: Date | None = Field(default=None, description="By when")


def weighted_score(metrics: tuple[Metric, ...], category: Category) -> Decimal | None:
    """Σ weight × exact score ÷ 100 over the metrics of a category, unrounded; None where one has no figure."""
    found = [metric for metric in metrics if metric.category == category]
    scores = [metric.exact_score for metric in found]
    if not found or None in scores:
        return None
    return sum((each.weight * (each.exact_score or 0) for each in found), Decimal(0)) / HUNDRED
