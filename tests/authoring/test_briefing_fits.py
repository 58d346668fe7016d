"""The executive briefing with texts far longer than the example's: whole or somewhere else, never cut, never too long."""

from __future__ import annotations

import copy
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from authoring.deck.briefing import draw_executive_briefing
from pptx import Presentation
from tests.support import slide_fit
from tests.support.metrics import Fonts, Span, wrap

from govpack.inputs import read_pack
from govpack.model.pack import Pack
from govpack.model.view import plain_view
from govpack.template import Template, compile_template

ROOT = Path(__file__).parents[2]
Data = dict[str, Any]
_PROSE = (
    "Every critical function that depends on a partner can be moved to a second provider within the time that the Risk "
    "Committee has set, without a pause in payments, without a loss of records, and with the consent of everyone whose "
    "signature the law asks for; what is built together stays with those who paid for it, and each year an exit is "
    "rehearsed in front of people who were not told the day before and who write down what they saw for the board"
)


@cache
def _template() -> Template:
    return compile_template(draw_executive_briefing())


@cache
def _example() -> Data:
    pack, _ = read_pack(ROOT / "fixtures" / "nordhaven")
    assert pack is not None
    data: Data = pack.model_dump(mode="json", exclude_unset=True)
    return data


def prose(length: int) -> str:
    """So many letters of prose, up to the end of a word."""
    text = f"{_PROSE}. {_PROSE}. {_PROSE}"
    return text[: text.rindex(" ", 0, length)]


def deck(change: Any) -> bytes:
    """The briefing of the example after `change` was made to its inputs."""
    tree = copy.deepcopy(_example())
    change(tree)
    pack = Pack.model_validate(tree)
    view = plain_view(pack, audience="internal")
    return _template().render(view, locale=pack.pack.locale, currency=pack.pack.currency).data


def texts(data: bytes) -> list[str]:
    """What stands on the slides: shapes, cells, categories and names of series."""
    found = []
    for slide in Presentation(BytesIO(data)).slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                found.append(shape.text_frame.text)
            if shape.has_table:
                found += [cell.text for row in shape.table.rows for cell in row.cells]
            if shape.has_chart:
                found += [str(each) for each in shape.chart.plots[0].categories]
                found += [series.name for series in shape.chart.plots[0].series]
    return [text.replace("\u00a0", " ") for text in found]


def named(data: bytes, name: str) -> list[Any]:
    return [shape for slide in Presentation(BytesIO(data)).slides for shape in slide.shapes if shape.name == name]


def cut(data: bytes) -> list[str]:
    return [text for text in texts(data) if "…" in text or "..." in text]


def _aims(tree: Data) -> None:
    for horizon in tree["roadmap"]["horizons"]:
        horizon["aim"] = prose(150)


def _lanes(tree: Data) -> None:
    for number, lane in enumerate(tree["roadmap"]["lanes"]):
        lane["name"] = f"{number + 1} Rosenholm Institute for Trustworthy Machine Learning and Audit"


def _milestones(tree: Data) -> None:
    for step in tree["roadmap"]["milestones"]:
        step["name"] = prose(110)


def _partners(tree: Data) -> None:
    for number, partner in enumerate(tree["partners"]):
        partner["name"] = f"{partner['name']} Confidential Computing and Key Custody Services {number + 1}"
        partner["dependency"] = prose(300)


def _dependencies(tree: Data) -> None:
    for partner in tree["partners"]:
        partner["dependency"] = prose(700)


def _scores(tree: Data) -> None:
    for card in tree["scorecards"]["partners"].values():
        card |= {"cause": prose(260), "plan": prose(320)}


def _plans(tree: Data) -> None:
    for card in tree["scorecards"]["partners"].values():
        card |= {"cause": prose(380), "plan": prose(480)}


def _endless_plans(tree: Data) -> None:
    for card in tree["scorecards"]["partners"].values():
        card |= {"cause": prose(600), "plan": prose(700)}


def _kpis(tree: Data) -> None:
    for goal in tree["strategy"]["goals"]:
        for kpi in goal["kpis"]:
            kpi["name"] = prose(85)


def _strategy(tree: Data) -> None:
    tree["strategy"]["vision"] = prose(560)
    tree["strategy"]["economics"]["downside"]["case"] = prose(150)


def _endless_strategy(tree: Data) -> None:
    tree["strategy"]["vision"] = prose(1100)
    tree["strategy"]["economics"]["downside"]["case"] = prose(420)


def _reasons(tree: Data) -> None:
    tree["briefing"]["why_now"] = []
    tree["strategy"]["why_now"] = prose(1200)


def _headlines(tree: Data) -> None:
    tree["briefing"]["messages"] = {
        "decisions": prose(160),
        "strategy": prose(250),
        "risks": prose(370),
        "roadmap": prose(480),
        "next_steps": prose(640),
    }
    tree["pack"]["title"] = prose(300)


def _risks(tree: Data) -> None:
    for risk in tree["risks"]:
        risk |= {"title": prose(230), "mitigation": prose(230)}


def _reviewers(tree: Data) -> None:
    for person in tree["people"].values():
        person["name"] = f"{person['name']} van Wassenaer-Obdam"


_LONG = [
    *(_aims, _lanes, _milestones, _partners, _dependencies, _scores, _plans, _endless_plans, _kpis, _strategy),
    *(_endless_strategy, _reasons, _headlines, _risks, _reviewers),
]


@pytest.mark.office
@pytest.mark.parametrize("change", _LONG, ids=lambda change: change.__name__.strip("_"))
def test_long_texts_fit_and_none_is_cut(change: Any, fonts: Fonts) -> None:
    made = deck(change)
    assert cut(made) == []
    assert slide_fit.misfits(made, fonts) == []
