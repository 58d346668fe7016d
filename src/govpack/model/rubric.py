"""The panel's rubric: what is judged with what weight, and what the assessors gave."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from govpack.model.base import CriterionRef, Date, Id, Model, PackMember, PersonRef, Points, Prose, Text

Score = Annotated[Decimal, Field(ge=0, le=100)]


class Level(Model):
    """What a score looks like."""

    score: int = Field(ge=0, le=100, description="The score, such as 1 to 5")
    looks_like: Prose = Field(description="What earns it")


class Criterion(Model):
    """Something the panel judges."""

    id: Id = Field(description="Short id, such as P1")
    name: Text = Field(description="What is judged, in a few words")
    weight: Points = Field(description="How much it counts, in percent; all criteria together 100")
    asks: Prose | None = Field(default=None, description="The question that the panel answers")
    levels: tuple[Level, ...] = Field(default=(), description="What each score looks like")
    where: Text | None = Field(default=None, description="Which document or slide answers it")


class Assessor(PackMember):
    """One assessor's form: nobody's scores but their own."""

    person: PersonRef | None = Field(default=None, description="Who assesses (an id in people)")
    name: Text | None = Field(default=None, description="Name of an assessor from outside")
    date: Date | None = Field(default=None, description="When the scores were given")
    scores: dict[CriterionRef, Score] = Field(default={}, description="Criterion id → score given")

    @property
    def display_name(self) -> str | None:
        """Name of the assessor."""
        person = self._pack.people.get(self.person) if self.person is not None else None
        return person.name if person else self.name

    @property
    def complete(self) -> bool:
        """Whether every criterion is scored."""
        criteria = self._pack.rubric.criteria
        return bool(criteria) and all(criterion.id in self.scores for criterion in criteria)

    @property
    def total_pct(self) -> Decimal | None:
        """Total in percent: Σ weight × score ÷ highest score, unrounded, once every criterion has a score."""
        top = self._pack.rubric.max_score
        return self.points() / top if self.complete and top else None

    def points(self) -> Decimal:
        """Σ weight × score, without any division: 100 × the highest score at most."""
        criteria = self._pack.rubric.criteria
        return sum((each.weight * self.scores.get(each.id, Decimal(0)) for each in criteria), Decimal(0))


class Rubric(PackMember):
    """What a panel judges, and what came out."""

    pass_pct: Points = Field(default=Decimal(80), description="Percent of the highest total from which it is passed")
    criteria: tuple[Criterion, ...] = Field(default=(), description="What is judged; weights total 100")
    assessors: tuple[Assessor, ...] = Field(default=(), description="Who judges, with their scores once given")

    @property
    def max_score(self) -> int | None:
        """Highest score of any level.

        None where no levels are given.
        """
        return max((level.score for each in self.criteria for level in each.levels), default=None)

    @property
    def total_pct(self) -> Decimal | None:
        """Mean of the assessors' totals, unrounded, once every assessor has scored every criterion."""
        totals = [each.total_pct for each in self.assessors]
        given = [total for total in totals if total is not None]
        return sum(given, Decimal(0)) / len(given) if given and len(given) == len(totals) else None

    @property
    def verdict(self) -> Literal["passed", "not passed"] | None:
        """Result of the panel: passed from the line on, compared before any rounding (79.96% is not 80%).

        None without a total. Σ points of all assessors is held against pass_pct × highest score × assessors, so that no
        division rounds.
        """
        top = self.max_score
        if self.total_pct is None or top is None:
            return None
        points = sum((each.points() for each in self.assessors), Decimal(0))
        return "passed" if points >= self.pass_pct * top * len(self.assessors) else "not passed"

    @property
    def weight_total(self) -> Decimal:
        """Sum of the weights: 100 where the rubric is whole."""
        return sum((each.weight for each in self.criteria), Decimal(0))
