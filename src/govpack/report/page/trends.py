"""Sparklines of the weighted scores: points in an SVG's own units, on one scale for all partners."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

WIDTH, HEIGHT, EDGE = 120, 32, 4


@dataclass(frozen=True, slots=True)
class Trend:
    """One partner's trend: its quarters with their scores, and the line. Without two scores there is no line."""

    quarters: tuple[tuple[str, Decimal], ...]
    points: tuple[tuple[str, str], ...]
    green: str
    amber: str

    @property
    def line(self) -> str:
        """The points as SVG writes them."""
        return " ".join(f"{x},{y}" for x, y in self.points)


def trends_of(view: Mapping[str, Any]) -> dict[str, Trend]:
    """The trend of each scored partner by its id; the lines where green and amber begin are on every picture."""
    cards = view["scorecards"]["cards"]
    quarters = view["scorecards"]["quarters"]
    bands = view["governance"]["performance"]["rating_bands"]
    figures = [float(score) for card in cards for score in card["trend"]]
    bounds = [*figures, float(bands["green_from"]), float(bands["amber_from"])]
    low, high = min(bounds), max(bounds)
    span = (high - low) or 1.0

    def height(score: Decimal | float) -> str:
        return _short(HEIGHT - EDGE - (float(score) - low) / span * (HEIGHT - 2 * EDGE))

    trends = {}
    for card in cards:
        scores = card["trend"]
        step = (WIDTH - 2 * EDGE) / max(len(scores) - 1, 1)
        points = tuple((_short(EDGE + number * step), height(score)) for number, score in enumerate(scores))
        told = tuple(zip(quarters, scores, strict=True)) if scores else ()
        line = points if len(points) > 1 else ()
        trends[card["partner"]["id"]] = Trend(told, line, height(bands["green_from"]), height(bands["amber_from"]))
    return trends


def _short(place: float) -> str:
    """To a tenth, which no eye tells from the place itself, and without one where there is none."""
    return f"{place:.1f}".removesuffix(".0")
