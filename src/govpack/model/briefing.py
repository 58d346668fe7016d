"""What the executive briefing says beside the figures."""

from __future__ import annotations

from pydantic import Field

from govpack.model.base import Date, Model, PersonRef, Prose, Text


class NextStep(Model):
    """Something to be done after the briefing."""

    action: Prose = Field(description="What is to be done")
    owner: PersonRef | None = Field(default=None, description="Who does it (an id in people)")
    due: Date | None = Field(default=None, description="By when")


class TermPosition(Model):
    """An agreement term that matters to executives."""

    term: Text = Field(description="The term, such as liability cap")
    position: Prose = Field(description="Where we stand on it")


class Briefing(Model):
    """The executive briefing."""

    audience: Text | None = Field(default=None, description="Who is briefed, such as the Executive Committee")
    date: Date | None = Field(default=None, description="When they are briefed")
    decisions: tuple[Prose, ...] = Field(default=(), description="The decisions asked for")
    why_now: tuple[Prose, ...] = Field(default=(), description="Why the decision cannot wait, a point each")
    messages: dict[Text, Prose] = Field(default={}, description="Headline by slide: key of the slide → sentence")
    next_steps: tuple[NextStep, ...] = Field(default=(), description="What is to be done after the decision")
    terms: tuple[TermPosition, ...] = Field(default=(), description="Agreement terms that matter to executives")
