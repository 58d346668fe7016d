"""Risks: how likely, how bad, whose, and what is done about them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from govpack.model.base import Date, Id, OneToFive, PackMember, PartnerRef, PersonRef, Prose, Text

Band = Literal["high", "medium", "low"]


class Risk(PackMember):
    """Something that may go wrong with a partner or several."""

    id: Id = Field(description="Short id, such as R01")
    title: Text = Field(description="What may happen, in one line")
    likelihood: OneToFive = Field(description="How likely it is before treatment, 1 to 5")
    impact: OneToFive = Field(description="How bad it would be before treatment, 1 to 5")
    residual_likelihood: OneToFive | None = Field(default=None, description="How likely it is after treatment, 1 to 5")
    residual_impact: OneToFive | None = Field(default=None, description="How bad it would be after treatment, 1 to 5")
    owner: PersonRef | None = Field(default=None, description="Who answers for it (an id in people)")
    partners: tuple[PartnerRef, ...] = Field(default=(), description="The partners it concerns")
    trigger: Prose | None = Field(default=None, description="The sign that it is happening")
    mitigation: Prose | None = Field(default=None, description="What we do so that it does not happen")
    contingency: Prose | None = Field(default=None, description="What we do when it happens")
    status: Literal["open", "triggered", "closed"] = Field(default="open", description="Where it stands")
    reviewed: Date | None = Field(default=None, description="When it was last reviewed")

    @property
    def exposure(self) -> int:
        """Likelihood × impact before treatment, 1 to 25."""
        return self.likelihood * self.impact

    @property
    def band(self) -> Band:
        """Band of the exposure before treatment, by the limits of the appetite."""
        return self._band(self.exposure)

    @property
    def residual(self) -> int | None:
        """Likelihood × impact after treatment.

        None where either is not given.
        """
        if self.residual_likelihood is None or self.residual_impact is None:
            return None
        return self.residual_likelihood * self.residual_impact

    @property
    def residual_band(self) -> Band | None:
        """high, medium or low after treatment."""
        return self._band(self.residual) if self.residual is not None else None

    @property
    def above_appetite(self) -> bool:
        """Whether the residual exposure is above the limit of strategy.risk_appetite."""
        return self.residual is not None and self.residual > self._pack.strategy.risk_appetite.residual_limit

    def _band(self, exposure: int) -> Band:
        return self._pack.strategy.risk_appetite.band(exposure)
