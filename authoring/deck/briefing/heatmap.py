"""The heatmap of the executive briefing: what a partner is worth to us against how well we get on with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from authoring.deck.geometry import MARGIN, Box
from authoring.deck.master import EXHIBIT_AND_TEXT, PANEL_INDEX
from authoring.deck.say import MINUTE, NBSP, counted, either, fitting, given, repeated, source, tag, verb
from authoring.deck.slides import fill
from authoring.deck.tables import add_grid
from authoring.deck.text import Para
from authoring.palette import AMBER_TINT, GREEN_TINT, RED_TINT

if TYPE_CHECKING:
    from authoring.deck.slides import Deck

_PLACED = 'partners | selectattr("value") | selectattr("health") | list'
_THIN = 'strategy.capability_map | selectattr("thin") | map(attribute="capability")'
_GROUND = f'{{"low": "{GREEN_TINT}", "watch": "{AMBER_TINT}", "act": "{RED_TINT}"}}'
_WORD = f'{{"low": "in{NBSP}order", "watch": "watch", "act": "act"}}'


def _shaded(shade: str) -> str:
    """The names of the partners whose cell has that shade, in the order of the inputs."""
    return f'(partners | selectattr("health_shade", "equalto", "{shade}") | map(attribute="name") | list)'


def add_heatmap(deck: Deck) -> None:
    """Strategic value against relationship health, five by five, each cell with its word."""
    act, watch = _shaded("act"), _shaded("watch")

    def asks(names: str, what: str) -> str:
        return given(names, f"{fitting(names, 60, 'partners')} {verb(f'{names} | length', 'need')} {what}")

    slide = deck.add_slide(
        EXHIBIT_AND_TEXT,
        "heatmap",
        given(
            _PLACED,
            given(
                f"{act} or {watch}",
                f"{asks(act, 'action')}{given(f'{act} and {watch}', ', ')}{asks(watch, 'watching')}: the relation lags "
                "behind its value",
                "No relation lags behind the value of its partner",
            ),
            "No partner has a value and a health in the inputs yet",
        ),
        notes=[
            MINUTE,
            "Up is what a partner is worth to the strategy, right is how well we work together. The top left is where "
            "trouble starts.",
            *repeated(
                f"name in ({act})[:3]",
                "{{ name }} is where health lags three points or more behind value, so we act: see the slide on its "
                "own.",
            ),
            "If asked who judges health: the partner’s owner and sponsor, twice a year, against the same questions.",
        ],
        note=f"{source('partners')} Strategic value and relationship health, 1 to 5.",
    )
    heads = ["Strategic value", *(f"Health {health}" for health in range(1, 6))]
    rows = [heads]
    for line in range(5):
        path = f"strategy.heatmap[{line}]"
        rows.append([tag(f"{path}.value"), *(_cell(f"{path}.cells[{column}]") for column in range(5))])
    add_grid(
        slide,
        "Table: heatmap",
        "Table of strategic value, rows from 5 to 1, by relationship health, columns from 1 to 5: the partners in each "
        "cell, and whether we act, watch, or find the relation in order.",
        (MARGIN, 1.7),
        [1.1, *[1.58] * 5],
        rows,
        height=0.78,
        align="ctr",
    )
    fill(
        slide,
        PANEL_INDEX,
        [
            Para("How to read it", bold=True, colour="tx2", mark="none"),
            "**Act**: health lags three points or more behind value" + _several(act),
            "**Watch**: it lags two points behind" + _several(watch),
            "**In order**: it keeps up with value",
            *either(
                f"{_THIN} | list",
                [
                    "**Thin cover** of a critical capability, with one strong partner or none: "
                    + fitting(_THIN, 140, "capabilities")
                ],
            ),
        ],
        box=Box(9.75, 1.7, 2.98, 4.65),
        size=13,
    )


def _several(names: str) -> str:
    """The names of a shade where they are so many that its cells may not hold them all."""
    return given(f"{names} | join | length > 30", f" ({fitting(names, 110, 'partners')})")


def _cell(path: str) -> str:
    """One value and one health: the partners there and what their place means, on its ground."""
    word = tag(f"{_WORD}[{path}.shade]")
    names = f"{path}.partners"
    everyone = tag(f'{names} | join(", ")')
    # Three lines of a cell hold all, or as many as leave room for how many there are besides, or how many there are.
    some = f"({names} | fitting(24))"
    few = given(some, fitting(names, 24, "partners"), counted(f"{names} | length", "partner"))
    shown = given(f'({names} | join(", ") ~ " in order") | lines(17) <= 3', everyone, few)
    names = given(names, f"**{shown}**: ")
    return f"{names}{word}{{% cellbg {_GROUND}[{path}.shade] %}}"
