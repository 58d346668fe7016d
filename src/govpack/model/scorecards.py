"""Scorecards: technical, financial and innovation scores of partners, weighted into one, with a rating."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from govpack.model.base import HUNDRED, Model, PackMember, PartnerRef, Points, Prose, Text, tidy
from govpack.model.metrics import BoardDecision, ImprovementAction, Metric

if TYPE_CHECKING:
    from govpack.model.partners import Partner

Rating = Literal["green", "amber", "red"]


class Weights(Model):
    """How much each category counts, in percent; together 100."""

    technical: Points = Field(default=Decimal(40), description="Weight of the technical score, in percent")
    financial: Points = Field(default=Decimal(30), description="Weight of the financial score, in percent")
    innovation: Points = Field(default=Decimal(30), description="Weight of the innovation score, in percent")


class Scorecard(PackMember):
    """How one partner performs."""

    technical: Points = Field(description="Technical score, 0 to 100")
    financial: Points = Field(description="Financial score, 0 to 100")
    innovation: Points = Field(description="Innovation score, 0 to 100")
    trend: tuple[Points, ...] = Field(default=(), description="Weighted score of each quarter, oldest first")
    cause: Prose | None = Field(default=None, description="What is behind a poor score")
    plan: Prose | None = Field(default=None, description="What is done about it, by when")
    disputed: Prose | None = Field(default=None, description="What the partner does not accept, and why")
    metrics: tuple[Metric, ...] = Field(default=(), description="The metrics behind the scores of the categories")
    actions: tuple[ImprovementAction, ...] = Field(default=(), description="The steps of the improvement plan")

    @property
    def partner(self) -> Partner:
        """The partner that is scored."""
        return self._pack.partner(self._settled.key)

    @property
    def score(self) -> Decimal:
        """Weighted score: Σ weight × score ÷ 100; one decimal, none where it is whole."""
        return tidy(self.weighted())

    @property
    def rating(self) -> Rating:
        """Rating of the score before rounding."""
        bands = self._pack.governance.performance.rating_bands
        score = self.weighted()
        return "green" if score >= bands.green_from else "amber" if score >= bands.amber_from else "red"

    @property
    def change(self) -> Decimal | None:
        """Change against the quarter before, in points."""
        return self.trend[-1] - self.trend[-2] if len(self.trend) > 1 else None

    @property
    def change_first(self) -> Decimal | None:
        """Change since the first quarter shown, in points."""
        return self.trend[-1] - self.trend[0] if len(self.trend) > 1 else None

    def weighted(self) -> Decimal:
        """The weighted score, unrounded."""
        weights = self._pack.scorecards.weights
        total = (
            weights.technical * self.technical
            + weights.financial * self.financial
            + weights.innovation * self.innovation
        )
        return total / HUNDRED


class Scorecards(PackMember):
    """The scorecards of all partners that are scored."""

    weights: Weights = Field(default=Weights(), description="How much each category counts, together 100")
    quarters: tuple[Text, ...] = Field(
        default=(), description="The quarters that trends show, oldest first, such as Q3 2026"
    )
    partners: dict[PartnerRef, Scorecard] = Field(default={}, description="Partner id → its scorecard")
    decisions: tuple[BoardDecision, ...] = Field(
        default=(), description="Decisions asked of the vendor governance board"
    )

    @property
    def cards(self) -> tuple[Scorecard, ...]:
        """The scorecards in the order of the inputs."""
        return tuple(self.partners.values())

    @property
    def mean_score(self) -> Decimal | None:
        """Mean of the weighted scores of the partners that are scored; one decimal."""
        scores = [card.weighted() for card in self.cards]
        return tidy(sum(scores, Decimal(0)) / len(scores)) if scores else None
