"""Maps of the programme, as rows of cells that a document shades: heatmap, capability map, risk matrices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field

from govpack.model.base import Derived
from govpack.model.risks import Band

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from govpack.model.partners import Partner
    from govpack.model.risks import Risk
    from govpack.model.strategy import Capability, RiskAppetite

Shade = Literal["low", "watch", "act"]
STRENGTHS = ("none", "some", "strong", "lead")


class HeatCell(Derived):
    """The partners of one strategic value and one relationship health."""

    health: int
    partners: tuple[str, ...]
    count: int
    shade: Shade


class HeatRow(Derived):
    """A strategic value, with a cell for each relationship health from 1 to 5."""

    value: int
    cells: tuple[HeatCell, ...]


class CapabilityCell(Derived):
    """How strong one partner is in one capability: 0 none, 1 some, 2 strong, 3 lead."""

    partner: str
    name: str
    strength: int
    word: Literal["none", "some", "strong", "lead"] = Field(description="How strong the partner is in it")


class CapabilityRow(Derived):
    """A capability across the partners, and whether it is thin: critical, with fewer than two who are strong in it."""

    id: str
    capability: str = Field(description="What we need partners for")
    critical: bool
    cells: tuple[CapabilityCell, ...]
    strong_count: int = Field(
        description="How many partners are strong in it or lead; with fewer than two, cover is thin"
    )
    thin: bool


class MatrixCell(Derived):
    """The risks of one likelihood and one impact."""

    impact: int
    exposure: int
    band: Band
    risks: tuple[str, ...]


class MatrixRow(Derived):
    """A likelihood, with a cell for each impact from 1 to 5."""

    likelihood: int
    cells: tuple[MatrixCell, ...]


def heatmap(partners: Sequence[Partner]) -> tuple[HeatRow, ...]:
    """Rows of strategic value from 5 to 1, cells of relationship health from 1 to 5, with the partners' names.

    The shade says how far health lags behind value: value − health of 3 or more is act, 2 is watch, less is low.
    Partners without value or health are in no cell.
    """
    return tuple(
        HeatRow(
            value=value,
            cells=[
                HeatCell(health=health, partners=names, count=len(names), shade=shade_of(value, health))
                for health in range(1, 6)
                for names in [[each.name for each in partners if (each.value, each.health) == (value, health)]]
            ],
        )
        for value in range(5, 0, -1)
    )


def shade_of(value: int, health: int) -> Shade:
    """How far health, 1 to 5, lags behind value, 1 to 5: three points or more is act, two is watch, less is low."""
    gap = value - health
    return "act" if gap >= 3 else "watch" if gap == 2 else "low"


def capability_partners(partners: Iterable[Partner]) -> tuple[Partner, ...]:
    """The partners that have a strength in any capability, in the order of the inputs."""
    return tuple(partner for partner in partners if partner.capability_strengths)


def capability_map(capabilities: Iterable[Capability], partners: Sequence[Partner]) -> tuple[CapabilityRow, ...]:
    """A row for each capability with a cell for each partner of `capability_partners`, in the order of the inputs.

    `strong_count` is the number of partners that are strong (2) or lead (3); a critical capability with fewer than
    two of them is thin: nobody could take over.
    """
    columns = capability_partners(partners)
    return tuple(_capability_row(capability, columns) for capability in capabilities)


def _capability_row(capability: Capability, columns: Iterable[Partner]) -> CapabilityRow:
    cells = []
    for partner in columns:
        strength = partner.capability_strengths.get(capability.id, 0)
        cells.append(CapabilityCell(partner=partner.id, name=partner.name, strength=strength, word=STRENGTHS[strength]))
    strong = sum(cell.strength >= 2 for cell in cells)
    return CapabilityRow(
        id=capability.id,
        capability=capability.name,
        critical=capability.critical,
        cells=cells,
        strong_count=strong,
        thin=capability.critical and strong < 2,
    )


def risk_matrix(risks: Iterable[Risk], appetite: RiskAppetite, *, residual: bool) -> tuple[MatrixRow, ...]:
    """Rows of likelihood from 5 to 1, cells of impact from 1 to 5, with the ids of the risks before or after treatment.

    A cell's exposure is likelihood × impact, its band that of the appetite's thresholds. Without a residual a risk is
    not in the residual matrix.
    """
    places: dict[tuple[int, int], list[str]] = {}
    for risk in risks:
        likelihood = risk.residual_likelihood if residual else risk.likelihood
        impact = risk.residual_impact if residual else risk.impact
        if likelihood is not None and impact is not None:
            places.setdefault((likelihood, impact), []).append(risk.id)
    return tuple(
        MatrixRow(
            likelihood=likelihood,
            cells=[
                MatrixCell(
                    impact=impact,
                    exposure=likelihood * impact,
                    band=appetite.band(likelihood * impact),
                    risks=places.get((likelihood, impact), ()),
                )
                for impact in range(1, 6)
            ],
        )
        for likelihood in range(5, 0, -1)
    )
