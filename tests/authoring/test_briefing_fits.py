"""The executive briefing with texts far longer than the example's: whole or somewhere else, and never cut."""

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
    pack = Pack.model_validate(tree_of(change))
    view = plain_view(pack, audience="internal")
    return _template().render(view, locale=pack.pack.locale, currency=pack.pack.currency).data


def tree_of(change: Any) -> Data:
    """The inputs after `change`."""
    tree = copy.deepcopy(_example())
    change(tree)
    return tree


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
    assert crowded(made, fonts) == []


def crowded(data: bytes, fonts: Fonts) -> list[str]:
    """Charts whose names have no room: beside the bars in two fifths of the width, or in the lines of a legend."""
    found = []
    for slide in Presentation(BytesIO(data)).slides:
        for shape in (shape for shape in slide.shapes if shape.has_chart):
            chart = shape.chart
            size, plot = chart.font.size.pt, chart.plots[0]
            names = [str(each) for each in plot.categories]
            if chart._chartSpace.xpath(".//c:barDir[@val='bar']"):
                high = [wrap([Span(name, size)], shape.width.pt * 0.4, fonts).height for name in names]
                room = (shape.height.pt - (2 * size if chart.has_legend else 0)) / len(names)
                found += [
                    f"{name!r} is {tall:.0f} high of {room:.0f}"
                    for name, tall in zip(names, high, strict=True)
                    if tall > room
                ]
            if chart.has_legend:
                wide = [fonts.regular.width(series.name, size) + 4 * size for series in plot.series]
                found += [
                    f"{shape.name}: a name of the legend is {each:.0f} wide" for each in wide if each > shape.width.pt
                ]
                rows, left = 1, shape.width.pt
                for each in wide:
                    if each > left:
                        rows, left = rows + 1, shape.width.pt
                    left -= each
                if rows * size * 1.3 > shape.height.pt * 0.35:
                    found.append(f"{shape.name}: the legend takes {rows} lines")
    return found


def test_lanes_and_aims_are_written_whole() -> None:
    made = deck(_lanes)
    lanes = [shape.text_frame.text for shape in named(made, "Lane")]
    assert lanes == [lane["name"] for lane in tree_of(_lanes)["roadmap"]["lanes"]]
    told = {shape.text_frame.text for shape in named(deck(_aims), "Horizon")}
    assert told == {f"{name}: {prose(150)}" for name in ("Secure", "Prove", "Extend")}


def test_an_aim_of_more_lines_than_there_is_room_for_is_left_out_and_the_note_says_where_it_stands() -> None:
    def change(tree: Data) -> None:
        tree["roadmap"]["horizons"][0]["aim"] = prose(700)

    made = deck(change)
    assert {shape.text_frame.text.split(":")[0] for shape in named(made, "Horizon")} == {"Secure", "Prove", "Extend"}
    assert "Secure" in {shape.text_frame.text for shape in named(made, "Horizon")}
    said = [
        shape.text_frame.text for shape in named(made, "Note") if shape.text_frame.text.startswith("Source: roadmap")
    ]
    assert said
    assert all(text.endswith("So has the aim of a horizon that has no room here.") for text in said)
    assert not [shape for shape in named(deck(_aims), "Note") if "So has the aim of a horizon" in shape.text_frame.text]


def test_the_roadmap_says_what_is_late_and_which_horizon_it_is() -> None:
    def late(tree: Data) -> None:
        tree["pack"]["as_of"] = "2027-04-01"
        tree["roadmap"]["milestones"][2]["status"] = "late"

    (title, *_) = [text for text in texts(deck(late)) if text.startswith("Roadmap:")]
    assert title == (
        "Roadmap: Every exit tested, every ICT contract re-papered, high-risk AI in dialogue with the supervisor by "
        "31 December 2027; 1 of 38 milestones is late"
    )


def test_next_steps_stand_by_date_and_what_has_none_comes_last() -> None:
    def shuffled(tree: Data) -> None:
        steps = tree["briefing"]["next_steps"]
        steps.reverse()
        steps.insert(3, {"action": "Tell everyone", "owner": "cto"} | {"owner": steps[0]["owner"]})

    (table,) = (shape.table for shape in named(deck(shuffled), "Table: next steps"))
    rows = [[cell.text.replace("\u00a0", " ") for cell in row.cells] for row in list(table.rows)[1:]]
    assert [row[0] for row in rows][:3] == ["10 Nov 2026", "20 Nov 2026", "27 Nov 2026"]
    assert rows[-1][:2] == ["open", "Tell everyone"]


def test_plans_are_told_whole_as_many_as_have_room() -> None:
    (few,) = named(deck(_plans), "Improvement plans")
    assert len(few.text_frame.paragraphs) == 1
    assert few.text_frame.text.endswith(f"Cause: {prose(380)}. Plan: {prose(480)}")
    (both,) = named(deck(lambda tree: None), "Improvement plans")
    assert [each.text.split(".")[0] for each in both.text_frame.paragraphs] == ["Halden", "Nimbus"]
    (none,) = named(deck(_endless_plans), "Improvement plans")
    assert none.text_frame.text == "Halden. See the vendor performance review."


def test_names_of_partners_and_kpis_are_whole_beside_their_bars() -> None:
    partners = [name for name in texts(deck(_partners)) if "Key Custody Services" in name]
    assert any(name.startswith("Nimbus Confidential Computing and Key Custody Services 1") for name in partners)
    kpis = [text for text in texts(deck(_kpis)) if text.startswith("K09 ") and text.endswith("47.1%")]
    assert kpis == [f"K09 {prose(85)}: 47.1%"]


def test_long_risks_go_on_on_a_slide_of_their_own_width() -> None:
    first, second = named(deck(_risks), "Table: largest risks")
    assert len(first.table.rows) + len(second.table.rows) - 2 >= 5
    assert second.width > 1.5 * first.width
    ids = [row.cells[0].text for shape in (first, second) for row in list(shape.table.rows)[1:]]
    assert len(ids) == len(set(ids))


def test_a_dependency_too_long_for_a_slide_is_looked_up_and_not_cut() -> None:
    tables = named(deck(_dependencies), "Table: strategic partner")
    assert all(shape.table.cell(1, 1).text.startswith("See the partnership strategy.") for shape in tables)
    assert all(
        prose(300)[1:] in shape.table.cell(1, 1).text for shape in named(deck(_partners), "Table: strategic partner")
    )
