"""The ecosystem roadmap: what partners, customers, supervisors and we do by when, with gates and dependencies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field

from govpack.model.base import (
    Date,
    Derived,
    Id,
    LaneRef,
    Model,
    PackMember,
    PartnerRef,
    PersonRef,
    Prose,
    RoadmapMilestoneRef,
    Text,
)
from govpack.model.quarters import Quarter, quarters_of
from govpack.model.timeline import TimelinePage, timeline

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

LaneGroup = Literal["partners", "customers", "regulators", "bank"]


class Horizon(Model):
    """A stretch of time with an aim of its own."""

    id: Id | None = Field(default=None, description="Short id, such as H1")
    name: Text = Field(description="Name in documents, such as Secure")
    start: Date = Field(description="First day")
    end: Date = Field(description="Last day")
    aim: Prose | None = Field(default=None, description="What is to be true at its end")


class Lane(PackMember):
    """A row of the roadmap: a partner, customers, a supervisor, or ourselves."""

    id: Id = Field(description="Short id, such as alpha or customers")
    name: Text = Field(description="Name in documents")
    group: LaneGroup = Field(description="Whose lane it is: partners, customers, regulators or bank")

    @property
    def milestones(self) -> tuple[RoadmapMilestone, ...]:
        """Its milestones by due date, those of one day in the order of the inputs."""
        return self._pack.milestones_in(self.id)


class RoadmapMilestone(PackMember):
    """Something that is reached on a day, and what must be true for it to count."""

    id: Id = Field(description="Short id, such as M01")
    name: Text = Field(description="What is reached, in a few words")
    lane: LaneRef = Field(description="The lane it stands in (an id in roadmap.lanes)")
    start: Date | None = Field(default=None, description="When work on it starts")
    due: Date = Field(description="When it is due")
    gate: Prose | None = Field(default=None, description="What must be true for it to count as reached")
    owner: PersonRef | None = Field(default=None, description="Who answers for it (an id in people)")
    depends_on: tuple[RoadmapMilestoneRef, ...] = Field(
        default=(), description="Milestones that come before (ids in roadmap.milestones)"
    )
    partners: tuple[PartnerRef, ...] = Field(default=(), description="The partners that take part")
    status: Literal["planned", "under way", "done", "late"] = Field(default="planned", description="Where it stands")

    @property
    def lane_name(self) -> str:
        """Lane in which it stands."""
        return next((lane.name for lane in self._pack.roadmap.lanes if lane.id == self.lane), self.lane)

    @property
    def quarter_index(self) -> int:
        """The place of its due date among `roadmap.quarters`, from 0."""
        return _place(self.due, self._pack.roadmap.quarters)

    @property
    def start_index(self) -> int:
        """The place of its start among `roadmap.quarters`, from 0; that of its due date where no start is given."""
        return _place(self.start or self.due, self._pack.roadmap.quarters)

    @property
    def dependants(self) -> tuple[RoadmapMilestone, ...]:
        """The milestones that depend on this one, in the order of the inputs."""
        return tuple(each for each in self._pack.roadmap.milestones if self.id in each.depends_on)


class GridRow(Derived):
    """A lane as a row of the timeline: one cell a quarter, each with the milestones due in it."""

    lane: Lane
    group: LaneGroup = Field(description="Whose lane it is")
    cells: tuple[tuple[RoadmapMilestone, ...], ...]


class Roadmap(PackMember):
    """The ecosystem roadmap."""

    summary: Prose | None = Field(default=None, description="The roadmap in a paragraph")
    horizons: tuple[Horizon, ...] = Field(default=(), description="Stretches of time with an aim of their own")
    lanes: tuple[Lane, ...] = Field(default=(), description="The rows of the timeline, in order")
    milestones: tuple[RoadmapMilestone, ...] = Field(default=(), description="What is reached by when")

    @property
    def quarters(self) -> tuple[Quarter, ...]:
        """The quarters from the first start or due date of a milestone to the last due date, without a hole."""
        return quarters_of([day for each in self.milestones for day in (each.start, each.due) if day is not None])

    @property
    def grid(self) -> tuple[GridRow, ...]:
        """The timeline: a row for each lane with a cell for each of `quarters`, holding the milestones due in it."""
        quarters = self.quarters
        return tuple(
            GridRow(
                lane=lane,
                group=lane.group,
                cells=[
                    [each for each in lane.milestones if quarter.start <= each.due <= quarter.end]
                    for quarter in quarters
                ],
            )
            for lane in self.lanes
        )

    @property
    def timeline(self) -> tuple[TimelinePage, ...]:
        """The roadmap drawn to scale, on as many pages as its lanes need: `govpack.model.timeline` says how."""
        return timeline(self)


def _place(day: datetime.date, quarters: Sequence[Quarter]) -> int:
    return next(number for number, quarter in enumerate(quarters) if quarter.start <= day <= quarter.end)
