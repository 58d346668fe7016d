"""The risk matrix of the executive briefing: likelihood against impact, before treatment and after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from authoring.deck.geometry import MARGIN, Box
from authoring.deck.master import EXHIBIT_ONLY
from authoring.deck.say import MINUTE, fitting, given, source, tag, verb
from authoring.deck.slides import add_text
from authoring.deck.tables import add_grid
from authoring.deck.text import Para
from authoring.palette import AMBER_TINT, GREEN_TINT, RED_TINT

if TYPE_CHECKING:
    from authoring.deck.slides import Deck

_GROUND = f'{{"low": "{GREEN_TINT}", "medium": "{AMBER_TINT}", "high": "{RED_TINT}"}}'
_WIDTH = 5.95
_ABOVE = "figures.residual_above_appetite_count"


def add_matrix(deck: Deck) -> None:
    """Two matrices of five by five, each cell with its exposure, its risks by their ids, and the ground of its band."""
    limit = tag("strategy.risk_appetite.residual_limit")
    slide = deck.add_slide(
        EXHIBIT_ONLY,
        "matrix",
        given(
            "risks",
            "Treatment moves {{ figures.risk_high_count }} high risks: total exposure goes from "
            "{{ figures.exposure_total }} to {{ figures.residual_total }}"
            + given(f"{_ABOVE}", f", and {tag(_ABOVE)} {verb(_ABOVE, 'stay')} above the limit of {limit}"),
            "No risks in the inputs yet",
        ),
        notes=[
            MINUTE,
            "Each risk stands where its likelihood meets its impact: on the left as it is today, on the right once its "
            "treatment works. What matters is what leaves the top right corner.",
            f"The risk appetite of the bank is a residual exposure of at most {limit} for each risk.",
            "If asked who judged them: the owner of each risk, with the risk function, at the last review.",
        ],
        note=f"{source('risks')} Exposure: likelihood × impact; the figure in each cell. Ids are those of the "
        f"list before "
        "this slide and of the partnership strategy.",
    )
    for left, title, field in ((0.0, "Today", "risk_matrix"), (6.18, "After treatment", "residual_matrix")):
        add_text(
            slide, f"Heading: {title}", Box(MARGIN + left, 1.62, _WIDTH, 0.34), [Para(title, bold=True, colour="tx2")]
        )
        heads = ["Likelihood", *(f"Impact {impact}" for impact in range(1, 6))]
        rows = [heads]
        for line in range(5):
            path = f"figures.{field}[{line}]"
            cells = [_cell(f"{path}.cells[{column}]") for column in range(5)]
            rows.append([tag(f"{path}.likelihood"), *cells])
        add_grid(
            slide,
            f"Table: risks {title.lower()}",
            f"Table of likelihood, rows from 5 to 1, by impact, columns from 1 to 5, {title.lower()}: the "
            f"exposure of each "
            "cell, its band, and the risks in it.",
            (MARGIN + left, 1.98),
            [0.95, *[1.0] * 5],
            rows,
            height=0.76,
            align="ctr",
        )


def _cell(path: str) -> str:
    """One likelihood and one impact: its exposure, its band, and the risks there."""
    word = tag(f"{path}.exposure") + " " + tag(f"{path}.band")
    risks = given(f"{path}.risks", f": **{fitting(f'{path}.risks', 8)}**")
    return f"{word}{risks}{{% cellbg {_GROUND}[{path}.band] %}}"
