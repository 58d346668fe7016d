"""The risks of the executive briefing: where each stands today, and what brings the largest down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from authoring.deck.geometry import MARGIN
from authoring.deck.master import EXHIBIT_ONLY
from authoring.deck.say import CONTINUED, MINUTE, either, given, repeated, source, tag, verb
from authoring.deck.tables import Column, add_grid, add_table, paged
from authoring.deck.text import Run, worded
from authoring.palette import AMBER_TINT, GREEN_TINT, RED_TINT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pptx.slide import Slide

    from authoring.deck.slides import Deck

_GROUND = f'{{"low": "{GREEN_TINT}", "medium": "{AMBER_TINT}", "high": "{RED_TINT}"}}'
_OPEN_RISKS = '(risks | rejectattr("status", "equalto", "closed") | sort(attribute="exposure", reverse=true))'
_TRIGGERED = 'risks | selectattr("status", "equalto", "triggered") | list'
_APPETITE = "strategy.risk_appetite"
_NAMED = 3  # so many risks stand in a cell by their ids; of more, the first and how many besides
_WIDTHS = [0.93, *[0.79] * 5]
_HEADS = ("ID", "Risk", "Before", "After", "Owner and mitigation")
_BESIDE, _ALONE = (0.52, 2.25, 0.83, 1.0, 2.45), (0.62, 4.9, 0.93, 1.08, 4.6)  # beside the matrix, and without it
_LIST = MARGIN + sum(_WIDTHS) + 0.2


def add_risks(deck: Deck) -> None:
    """A matrix of five by five with each risk in its place, and beside it the largest with their treatment."""
    above, limit = "figures.residual_above_appetite_count", tag(f"{_APPETITE}.residual_limit")
    treated = given(above, f"{tag(above)} {verb(above, 'stay')}", "none stays")
    after = (
        Run("{% if risk.residual %}"),
        *_banded("risk.residual", "risk.residual_band"),
        Run("{% else %}not assessed{% endif %}"),
    )
    risk = "{{ risk.title }}" + given('risk.status == "triggered"', " (triggered)")
    owner = given("risk.owner", "{{ risk.owner.name }}: ", "No owner: ")
    fields: tuple[tuple[str | tuple[Run, ...], str], ...] = (
        (tag("risk.id"), ""),
        (risk, "title status"),
        (_banded("risk.exposure", "risk.band"), ""),
        (after, ""),
        (owner + tag('risk.mitigation | default("none yet")'), "owner.name mitigation"),
    )
    columns, wide = (
        [
            Column(head, width, cell, fits=names)
            for head, width, (cell, names) in zip(_HEADS, widths, fields, strict=True)
        ]
        for widths in (_BESIDE, _ALONE)
    )
    first = f"({paged(_OPEN_RISKS, columns, size=12, padding=0.05)})[0]"
    # The largest are enough; where their texts are so long that few fit beside the matrix, a next slide has more.
    few = f"{first} | length < 5 and {_OPEN_RISKS} | length > {first} | length"
    rest = f"({paged(f'{_OPEN_RISKS}[{first} | length:]', wide, size=12, padding=0.05)})[0]"
    more = f"({_OPEN_RISKS} | length) - ({first} | length) - (({rest} | length) if {few} else 0)"
    headline = given(
        "risks",
        "{{ figures.risk_high_count }} of {{ figures.risk_count }} risks are high today; once treated, "
        f"{treated} above the limit of {limit}",
        "No risks in the inputs yet",
    )
    note = (
        f"{source('risks')} Exposure: likelihood × impact, 1 to 25; high from {tag(f'{_APPETITE}.high_from')}, "
        f"medium from {tag(f'{_APPETITE}.medium_from')}. After: once treated; the limit is {limit}."
        + given(f"{more} > 0", f" Left out: {tag(more)} of the risks; see the partnership strategy.")
    )
    slide = deck.add_slide(
        EXHIBIT_ONLY,
        "risks",
        headline,
        notes=[
            MINUTE,
            "On the left each risk stands where its likelihood meets its impact today; on the right are the largest. I "
            "go through those that have been triggered.",
            *repeated(
                f"risk in ({_TRIGGERED})[:4]",
                "{{ risk.id }}, {{ risk.title }}."
                + given("risk.contingency", " What we do now: {{ risk.contingency }}."),
            ),
            *either(
                "risks",
                [
                    "Treatment brings the exposure of all risks from {{ figures.exposure_total }} to "
                    "{{ figures.residual_total }} in total."
                ],
            ),
            *either(f"{_APPETITE}.statement", [f"Our appetite, in words: {tag(f'{_APPETITE}.statement')}."]),
            "If asked who judged them: the owner of each risk, with the risk function, at the last review.",
        ],
        note=note,
    )
    rows = [["Likelihood", *(f"Impact {impact}" for impact in range(1, 6))]]
    for line in range(5):
        path = f"figures.risk_matrix[{line}]"
        rows.append([tag(f"{path}.likelihood"), *(_cell(f"{path}.cells[{column}]") for column in range(5))])
    add_grid(
        slide,
        "Table: risk matrix",
        "Table of likelihood, rows from 5 to 1, by impact, columns from 1 to 5, as it is today: the exposure of each "
        "cell, its band, and the risks in it.",
        (MARGIN, 1.7),
        _WIDTHS,
        rows,
        height=0.8,
        align="ctr",
    )
    _table(slide, _LIST, columns, first)
    _table(deck.add_slide(EXHIBIT_ONLY, "risks", headline, notes=[CONTINUED], note=note, more=few), MARGIN, wide, rest)


def _table(slide: Slide, left: float, columns: Sequence[Column], rows: str) -> None:
    add_table(
        slide,
        "Table: largest risks",
        "Table of the largest risks: risk, exposure and band before and after treatment, owner and mitigation.",
        (left, 1.7),
        columns,
        loop=f"risk in {rows}",
        padding=0.05,
    )


def _banded(exposure: str, band: str) -> tuple[Run, ...]:
    """An exposure with its band in words: 20 High."""
    bands = [(f'{band} == "high"', "High", "accent5"), (f'{band} == "medium"', "Medium", "accent4-dark")]
    return (Run(f"{tag(exposure)} "), *worded(bands, ("Low", "accent6-dark")))


def _cell(path: str) -> str:
    """One likelihood and one impact: its exposure, its band, and the risks there."""
    word = tag(f"{path}.exposure") + " " + tag(f"{path}.band")
    ids = f"{path}.risks"
    first = tag(f"{ids}[0]") + " +" + tag(f"{ids} | length - 1")
    named = given(f"{ids} | length > {_NAMED}", first, tag(f'{ids} | join(", ")'))
    risks = given(ids, f": **{named}**")
    return f"{word}{risks}{{% cellbg {_GROUND}[{path}.band] %}}"
