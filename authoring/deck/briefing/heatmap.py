"""The heatmap of the executive briefing: what a partner is worth to us against how well we get on with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from authoring.deck.geometry import MARGIN
from authoring.deck.master import EXHIBIT_AND_TEXT, PANEL_INDEX
from authoring.deck.say import AS_OF, MINUTE, either, given, repeated, tag, verb
from authoring.deck.slides import fill
from authoring.deck.tables import add_grid
from authoring.deck.text import Para
from authoring.palette import AMBER_TINT, GREEN_TINT, RED_TINT

if TYPE_CHECKING:
    from authoring.deck.slides import Deck

_PLACED = 'partners | selectattr("value") | selectattr("health") | list'
_GROUND = f'{{"low": "{GREEN_TINT}", "watch": "{AMBER_TINT}", "act": "{RED_TINT}"}}'
_WORD = '{"low": "in order", "watch": "watch", "act": "act"}'


def _listed(names: str) -> str:
    return tag(f'{names} | join(", ")')


def _shaded(shade: str) -> str:
    """The names of the partners whose cell has that shade, in the order of the inputs."""
    return f'(partners | selectattr("health_shade", "equalto", "{shade}") | map(attribute="name") | list)'


def add_heatmap(deck: Deck) -> None:
    """Strategic value against relationship health, five by five, each cell with its word."""
    act, watch = _shaded("act"), _shaded("watch")

    def asks(names: str, what: str) -> str:
        return given(names, f"{_listed(names)} {verb(f'{names} | length', 'need')} {what}")

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
                f"name in {act}",
                "{{ name }} is where health lags three points or more behind value, so we act: see the slide on its "
                "own.",
            ),
            "If asked who judges health: the partner’s owner and sponsor, twice a year, against the same questions.",
        ],
        note=f"Strategic value and relationship health, 1 to 5. {AS_OF}",
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
        (MARGIN, 1.75),
        [1.2, *[1.3] * 5],
        rows,
        height=0.82,
        align="ctr",
    )
    fill(
        slide,
        PANEL_INDEX,
        [
            Para("How to read it", bold=True, colour="tx2", mark="none"),
            "**Act**: health lags three points or more behind value",
            "**Watch**: it lags two points behind",
            "**In order**: it keeps up with value",
            *either(
                'strategy.capability_map | selectattr("thin") | list',
                [
                    "**Thin cover** of a critical capability, with one strong partner or none: "
                    + tag('strategy.capability_map | selectattr("thin") | map(attribute="capability") | join(", ")')
                ],
            ),
        ],
    )


def _cell(path: str) -> str:
    """One value and one health: the partners there and what their place means, on its ground."""
    word = tag(f"{_WORD}[{path}.shade]")
    names = given(f"{path}.partners", f"**{_listed(f'{path}.partners')}**: ")
    return f"{names}{word}{{% cellbg {_GROUND}[{path}.shade] %}}"
