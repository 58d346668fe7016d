"""The executive briefing's template: drawn the same each time, clean, accessible, and full of the pack's figures."""

from __future__ import annotations

import re
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from authoring.deck.briefing import draw_executive_briefing
from authoring.deck.geometry import SLIDE_HEIGHT, SLIDE_WIDTH
from authoring.palette import AMBER, GREEN, MUTED, PAPER, RED, TINT, contrast
from openpyxl import load_workbook
from pptx import Presentation
from tests.support.validator import Validator

from govpack.inputs import read_pack
from govpack.model.view import plain_view
from govpack.ooxml.names import qn
from govpack.ooxml.package import Package, read_package
from govpack.ooxml.xml import parse_xml
from govpack.template import compile_template

ROOT = Path(__file__).parents[2]
COMMITTED = ROOT / "templates" / "partnership" / "executive-briefing.pptx"
KEYS = (
    "decisions why_now strategy heatmap portfolio goals economics agreements terms governance risks roadmap "
    "performance next_steps"
).split()
APPENDIX = ("criteria", "partners")


@pytest.fixture(scope="module")
def drawn() -> bytes:
    return draw_executive_briefing()


@pytest.fixture(scope="module")
def package(drawn: bytes) -> Package:
    return read_package(drawn)


@pytest.fixture(scope="module")
def slides(drawn: bytes) -> list[Any]:
    return list(Presentation(BytesIO(drawn)).slides)


@pytest.fixture(scope="module")
def filled(drawn: bytes) -> dict[str, bytes]:
    """The deck of the example and that of the smallest pack, both without a single value missing."""
    return {name: render(drawn, name) for name in ("nordhaven", "minimal")}


def render(template: bytes, name: str, **changes: Any) -> bytes:
    pack, findings = read_pack(ROOT / "fixtures" / name)
    assert pack is not None, findings
    context = plain_view(pack, audience="internal") | changes
    return compile_template(template).render(context, locale=pack.pack.locale, currency=pack.pack.currency).data


def contents(package: Package) -> dict[str, Any]:
    """The members' own bytes, those of embedded workbooks included: what a compressor makes of them is its affair."""
    return {
        name: contents(read_package(package.read(name))) if name.endswith(".xlsx") else package.read(name)
        for name in package.names
    }


def parts(package: Package, folder: str) -> list[str]:
    return [name for name in package.names if name.startswith(f"ppt/{folder}/") and name.endswith(".xml")]


def test_the_committed_template_is_what_the_script_draws(package: Package) -> None:
    assert contents(read_package(COMMITTED)) == contents(package)


def test_it_is_drawn_the_same_each_time(drawn: bytes) -> None:
    assert draw_executive_briefing() == drawn


def test_shape_ids_are_unique_in_every_part(package: Package) -> None:
    for folder in ("slides", "slideLayouts", "slideMasters", "notesSlides", "notesMasters"):
        for part in parts(package, folder):
            ids = [node.get("id") for node in parse_xml(package.read(part)).iter(qn("p:cNvPr"))]
            assert len(ids) == len(set(ids)), part


def test_each_slide_says_its_message_in_a_title_and_has_a_talk_track(slides: list[Any]) -> None:
    extra = "the title, the one repeated for strategic partners, and the one on which long risks go on"
    assert len(slides) == len(KEYS) + 3 + len(APPENDIX), extra
    for slide in slides:
        assert slide.shapes.title.text_frame.text
        assert slide.shapes[0].shape_id == slide.shapes.title.shape_id, "the title is read first"
        notes = slide.notes_slide.notes_text_frame.text
        assert len(notes.split()) > 20
        assert "Time: " in notes


def test_footer_and_number_are_read_last(slides: list[Any]) -> None:
    for slide in slides[1:]:
        assert [shape.name for shape in slide.shapes][-2:] == ["Footer", "Slide number"]
        assert slide.shapes[-2].text_frame.text.endswith("{{ pack.confidentiality }} · {{ pack.status_label }}")


def test_charts_and_tables_have_a_text_for_those_who_hear_them(slides: list[Any]) -> None:
    shown = [shape for slide in slides for shape in slide.shapes if shape.has_chart or shape.has_table]
    assert sum(shape.has_chart for shape in shown) == 4
    assert sum(shape.has_table for shape in shown) == 17
    for shape in shown:
        text = shape._element.nvGraphicFramePr.cNvPr.get("descr")
        assert "%}{{ chart(" in text if shape.has_chart else text.startswith("Table of "), shape.name


def test_axis_ids_are_positive_and_axes_cross_each_other(package: Package) -> None:
    for part in parts(package, "charts"):
        root = parse_xml(package.read(part))
        axes = {node.find(qn("c:axId")).get("val") for node in root.iter(qn("c:catAx"), qn("c:valAx"))}
        crossed = {node.get("val") for node in root.iter(qn("c:crossAx"))}
        assert axes == crossed
        assert all(int(axis) > 0 for axis in axes)


def test_every_part_is_used_and_every_relationship_leads_somewhere(package: Package) -> None:
    reached, waiting = set(), [""]
    while waiting:
        for relationship in package.relationships(waiting.pop()).values():
            assert not relationship.external
            assert relationship.target in package, relationship
            if relationship.target not in reached:
                reached.add(relationship.target)
                waiting.append(relationship.target)
    assert {name for name in package.names if not name.endswith(".rels")} - reached == {"[Content_Types].xml"}


def test_every_layout_is_used_by_a_slide(drawn: bytes) -> None:
    presentation = Presentation(BytesIO(drawn))
    used = {slide.slide_layout.name for slide in presentation.slides}
    assert used == {layout.name for layout in presentation.slide_layouts}


def test_nothing_of_its_making_is_left_in_it(package: Package) -> None:
    assert not [name for name in package.names if "thumbnail" in name or "printerSettings" in name]
    text = b"".join(package.read(name) for name in package.names if not name.endswith(".xlsx"))
    for leftover in (b"Steve", b"python-pptx", b"lastModifiedBy", b"2013-", b"datetime", b"smtClean", b"en-US"):
        assert leftover not in text, leftover


def test_text_is_large_enough_to_read_from_a_chair(package: Package) -> None:
    """12 points at least; what is smaller are statements, which vanish, and the footer."""
    for part in parts(package, "slides"):
        for run in parse_xml(package.read(part)).iter(qn("a:r")):
            size = int(run.find(qn("a:rPr")).get("sz", "1200"))
            text = run.findtext(qn("a:t")) or ""
            assert size >= 1200 or (text.startswith("{%") and text.endswith("%}")), text


@pytest.mark.parametrize(
    ("colour", "share"), [(GREEN, 0.75), (AMBER, 0.75), (RED, 1), (MUTED, 1)], ids=["green", "amber", "red", "muted"]
)
def test_coloured_words_stand_out_from_their_ground(colour: str, share: float) -> None:
    """`share` is how far the slides darken the theme's colour (lumMod scales all channels of an RGB colour alike)."""
    shade = "".join(f"{round(int(colour[i : i + 2], 16) * share):02X}" for i in (0, 2, 4))
    assert contrast(shade, PAPER) >= 4.5


def test_body_text_stands_out_from_the_tinted_panels() -> None:
    theme = parse_xml(read_package(COMMITTED).read("ppt/theme/theme1.xml"))
    colours = {node.getparent().tag.rpartition("}")[2]: node.get("val") for node in theme.iter(qn("a:srgbClr"))}
    assert contrast(colours["dk1"], TINT) >= 7
    assert contrast(colours["dk2"], TINT) >= 7
    assert contrast(PAPER, colours["dk2"]) >= 7


def test_everything_stands_on_a_wide_slide(drawn: bytes, slides: list[Any]) -> None:
    presentation = Presentation(BytesIO(drawn))
    assert (presentation.slide_width, presentation.slide_height) == (SLIDE_WIDTH, SLIDE_HEIGHT)
    for slide in slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= SLIDE_WIDTH, shape.name
            assert shape.top + shape.height <= SLIDE_HEIGHT, shape.name


@pytest.mark.parametrize("name", ["nordhaven", "minimal"])
def test_no_tag_and_no_gap_is_left_in_a_filled_deck(filled: dict[str, bytes], name: str) -> None:
    deck = read_package(filled[name])
    for part in deck.names:
        if part.endswith((".xml", ".rels")):
            data = deck.read(part).decode()
            assert not [mark for mark in ("{{", "{%", "[●", ">None", "Undefined") if mark in data], part


def test_headlines_carry_the_figures_of_the_example(filled: dict[str, bytes]) -> None:
    titles = [
        slide.shapes.title.text_frame.text.replace("\u00a0", " ") for slide in deck_of(filled["nordhaven"]).slides
    ]
    secure = (
        "Four agreements in force, Halden resolved, register complete by 31 March 2027; none of 38 milestones is late"
    )
    assert titles == [
        "AI Platform Partnership Programme",
        "We ask for 4 decisions; 4 agreements commit EUR 64.8 million",
        "Why now: 35.0% of spend sits with Nimbus, and 55.9% depends on it once hosting is counted",
        "Strategy on a page: 4 segments decide how we work with 12 partners",
        "Halden needs action, Nimbus needs watching: the relation lags behind its value",
        "The plan lowers the largest partner’s share of spend from 35.0% to 29.1%; 2 of 5 critical partners had their "
        "exit tested in the last 12 months",
        "Nimbus: 35.0% of spend, rated amber at 74 points",
        "Halden: 13.3% of spend, rated red at 58 points",
        "Lumenar: 11.3% of spend, rated green at 81 points",
        "6 goals, each with an owner, a baseline and a dated target; 4 of 18 KPIs measured since",
        "The programme brings a net benefit of EUR 18.5 million over 3 years and pays back in month 13",
        "4 agreements commit EUR 64.8 million to partners with 61.1% of today’s spend",
        "7 terms decide whether the agreements protect us, and this is where we stand",
        "5 forums keep the cadence, and 5 levels take a problem up to the Board Risk Committee",
        "6 of 15 risks are high today; once treated, none stays above the limit of 12",
        f"Roadmap: {secure}",
        f"Roadmap: {secure} (continued, 2 of 2)",
        "Scored partners average 73.8 points; Halden is rated red",
        "What happens next: 9 actions, the first due on 10 November 2026",
        "Appendix: where each of the panel’s 7 criteria is answered",
        "Appendix: 12 partners, the largest spend first",
    ]


def test_a_slide_without_data_says_so_in_its_headline(filled: dict[str, bytes]) -> None:
    titles = [slide.shapes.title.text_frame.text for slide in deck_of(filled["minimal"]).slides]
    assert "No decision is asked in the inputs yet" in titles
    assert sum(title.startswith("No ") for title in titles) >= 8
    shapes = [shape for slide in deck_of(filled["minimal"]).slides for shape in slide.shapes]
    assert not [shape.name for shape in shapes if shape.has_chart], "axes without a bar look broken"


@pytest.mark.parametrize("key", KEYS)
def test_a_headline_of_ones_own_takes_the_place_of_the_drawn_one(drawn: bytes, key: str) -> None:
    pack, _ = read_pack(ROOT / "fixtures" / "minimal")
    assert pack is not None
    briefing = plain_view(pack, audience="internal")["briefing"] | {"messages": {key: "Mark my words"}}
    titles = [
        slide.shapes.title.text_frame.text for slide in deck_of(render(drawn, "minimal", briefing=briefing)).slides
    ]
    assert titles.index("Mark my words") == KEYS.index(key) + 1
    assert titles.count("Mark my words") == 1


def test_the_spend_chart_shows_each_partner_largest_first(filled: dict[str, bytes]) -> None:
    chart, workbook = chart_of(filled["nordhaven"], slide=6)
    assert list(chart.plots[0].categories)[:3] == ["Nimbus", "Stratora", "Halden"]
    series = {series.name: tuple(series.values) for series in chart.plots[0].series}
    assert list(series) == ["Spend 2026", "Plan 2029"]
    assert sum(series["Spend 2026"]) == 40_600_000
    assert sum(series["Plan 2029"]) == 44_000_000
    rows = list(workbook.active.values)
    assert rows[0][1:] == ("Spend 2026", "Plan 2029")
    assert rows[1] == ("Nimbus", 14_200_000, 12_800_000)


def test_the_economics_and_score_charts_show_the_derived_figures(filled: dict[str, bytes]) -> None:
    economics, _ = chart_of(filled["nordhaven"], slide=11)
    net_benefit = next(series for series in economics.plots[0].series if series.name == "Net benefit")
    assert [Decimal(str(value)) for value in net_benefit.values] == [Decimal("-0.1"), Decimal("6.1"), Decimal("12.5")]
    scores, _ = chart_of(filled["nordhaven"], slide=18)
    assert list(scores.plots[0].categories)[-1] == "Q3 2026"
    assert {series.name: series.values[-1] for series in scores.plots[0].series} == {
        "Lumenar": 81,
        "Tidewater": 79,
        "Stratora": 77,
        "Nimbus": 74,
        "Halden": 58,
    }


def test_the_heatmap_says_in_words_what_its_grounds_show(filled: dict[str, bytes]) -> None:
    heads, *rows = table_of(filled["nordhaven"], slide=5, name="Table: heatmap")
    assert heads == ["Strategic value", *(f"Health {health}" for health in range(1, 6))]
    assert [row[0] for row in rows] == ["5", "4", "3", "2", "1"]
    assert rows[0][1:4] == ["act", "Halden: act", "Nimbus: watch"]
    assert all(cell.endswith(("act", "watch", "in\u00a0order")) for row in rows for cell in row[1:])


def test_each_strategic_partner_has_a_slide_with_its_own_facts(filled: dict[str, bytes]) -> None:
    for slide, own, others in (
        (7, "EUR 38.4 million", "Halden"),
        (8, "never tested", "Lumenar"),
        (9, "Orrery", "Kestrel"),
    ):
        facts = dict(table_of(filled["nordhaven"], slide=slide, name="Table: strategic partner"))
        said = " ".join(facts.values()).replace("\u00a0", " ")
        assert own in said
        assert others not in said
    assert not [slide for slide in deck_of(filled["minimal"]).slides if "Oatgrid" in slide.shapes.title.text_frame.text]


def test_every_slide_says_that_it_stays_inside(filled: dict[str, bytes]) -> None:
    for name, deck in filled.items():
        for number, slide in enumerate(deck_of(deck).slides, 1):
            assert any("INTERNAL" in shape.text_frame.text for shape in slide.shapes if shape.has_text_frame), (
                f"slide {number} of {name}"
            )


def test_ratings_are_said_in_words(filled: dict[str, bytes]) -> None:
    table = table_of(filled["nordhaven"], slide=18, name="Table: scorecards")
    assert {row[0]: row[5] for row in table[1:]} == {
        "Lumenar": "Green",
        "Tidewater": "Amber",
        "Stratora": "Amber",
        "Nimbus": "Amber",
        "Halden": "Red",
    }


def test_the_largest_risks_come_first_with_their_bands(filled: dict[str, bytes]) -> None:
    table = table_of(filled["nordhaven"], slide=15, name="Table: largest risks")
    assert table[1][0] == "R01"
    assert table[1][2:4] == ["20 High", "12 Medium"]
    assert table[2][1].endswith("(triggered)")
    assert table[1][4].startswith("Jonas Meyer: ")
    exposures = [int(row[2].split()[0]) for row in table[1:]]
    assert exposures == sorted(exposures, reverse=True)


def test_the_talk_track_takes_as_long_as_the_opening_says(filled: dict[str, bytes]) -> None:
    for name, data in filled.items():
        notes = [slide.notes_slide.notes_text_frame.text for slide in deck_of(data).slides]
        told = sum(text.startswith("Time: 1 minute.") for text in notes)
        said = re.search(r"takes about (\d+) minutes", notes[0])
        assert said is not None
        assert int(said[1]) == told, name
        assert told == (17 if name == "nordhaven" else 13)
        silent = [text for text in notes[1:] if not text.startswith("Time: 1 minute.")]
        assert all(text.startswith(("Time: none", "There are no economics")) for text in silent)


def test_every_figure_has_the_line_that_says_where_it_comes_from(filled: dict[str, bytes]) -> None:
    for slide in list(deck_of(filled["nordhaven"]).slides)[1:]:
        note = next(shape for shape in slide.shapes if shape.name == "Note")
        assert note.text_frame.text.startswith("Source: "), slide.shapes.title.text_frame.text
        assert "version 1.0, as of 30 September 2026" in note.text_frame.text


def test_a_kpi_has_one_number_of_decimals(filled: dict[str, bytes]) -> None:
    heads, *rows = table_of(filled["nordhaven"], slide=10, name="Table: goals and KPIs")
    shown = {row[1].split()[0]: tuple(cell.replace("\u00a0", " ") for cell in row[2:5]) for row in rows}
    assert heads[2:5] == ["Baseline", "Latest", "Target"]
    assert shown["K01"] == ("35.0%", "–", "30.0%")
    assert shown["K05"] == ("EUR 0.42", "EUR 0.40", "EUR 0.27")
    assert shown["K09"] == ("82%", "90%", "99%")
    assert shown["K10"] == ("73.8 points", "–", "82.0 points")
    assert shown["K14"] == ("118 days", "121 days", "60 days")


def test_the_talk_track_gives_a_kpi_its_unit_and_calls_a_step_back_by_its_name(filled: dict[str, bytes]) -> None:
    told = "\n".join(
        slide.notes_slide.notes_text_frame.text.replace("\xa0", " ")
        for slide in Presentation(BytesIO(filled["nordhaven"])).slides
    )
    assert "stands at EUR 0.40 on 30 September 2026: 13.3% of the way to its target." in told
    assert "stands at 57% on" in told
    assert "stands at 121 days on 30 September 2026: it has moved away from its target." in told


def test_plans_are_told_whole_and_reviews_of_a_kind_by_what_they_cover(filled: dict[str, bytes]) -> None:
    by_name = {
        shape.name: shape for slide in Presentation(BytesIO(filled["nordhaven"])).slides for shape in slide.shapes
    }
    assert by_name["Improvement plans"].text_frame.text.endswith("score of 80 by the third quarter of 2027")
    kinds = [row.cells[0].text for row in by_name["Table: reviews"].table.rows][1:]
    assert len(set(kinds)) == len(kinds)
    assert {"Legal (template)", "Legal (contract)"} < set(kinds)


def test_the_progress_of_each_measured_kpi_is_a_bar(filled: dict[str, bytes]) -> None:
    chart, workbook = chart_of(filled["nordhaven"], slide=10)
    said = dict(zip(chart.plots[0].categories, chart.plots[0].series[0].values, strict=True))
    assert said == {
        "K05 Cost of 1,000 inferences: 13.3%": 13.3,
        "K06 Use of reserved GPU hours: 14.3%": 14.3,
        "K09 Register of information fields complete and valid: 47.1%": 47.1,
        "K14 Median time from idea to pilot: −5.2%": -5.2,
    }
    assert list(workbook.active.values)[1] == ("K05 Cost of 1,000 inferences: 13.3%", 13.3)


def test_where_nothing_was_measured_the_deck_says_so_and_shows_no_chart(drawn: bytes) -> None:
    pack, _ = read_pack(ROOT / "fixtures" / "nordhaven")
    assert pack is not None
    strategy = plain_view(pack, audience="internal")["strategy"]
    goals = [
        goal | {"kpis": [kpi | {"actuals": [], "latest": None, "progress_pct": None} for kpi in goal["kpis"]]}
        for goal in strategy["goals"]
    ]
    goals = [goal | {"leading_kpi": goal["kpis"][0]} for goal in goals]
    slide = deck_of(
        render(drawn, "nordhaven", strategy=strategy | {"goals": goals, "measured_kpis": [], "tracked_kpis": []})
    ).slides[9]
    assert not any(shape.has_chart for shape in slide.shapes)
    assert "Nothing measured since the baselines" in [s.text_frame.text for s in slide.shapes if s.has_text_frame]
    assert slide.shapes.title.text_frame.text == "6 goals, each with an owner, a baseline and a dated target"
    assert "Nothing has been measured since the baselines were taken." in slide.notes_slide.notes_text_frame.text


def test_the_panel_finds_each_of_its_criteria_answered(filled: dict[str, bytes]) -> None:
    pack, _ = read_pack(ROOT / "fixtures" / "nordhaven")
    assert pack is not None
    rows = table_of(filled["nordhaven"], slide=20, name="Table: criteria")[1:]
    assert [row[0] for row in rows] == [f"{each.id} {each.name}" for each in pack.rubric.criteria]
    assert all("briefing, " in row[3] for row in rows)


def test_the_risk_matrix_places_each_open_risk(filled: dict[str, bytes]) -> None:
    rows = table_of(filled["nordhaven"], slide=15, name="Table: risk matrix")
    assert "20 high: R01" in [cell for row in rows for cell in row]
    assert [row[0] for row in rows] == ["Likelihood", "5", "4", "3", "2", "1"]
    named = re.findall(r"R\d\d", " ".join(cell for row in rows for cell in row))
    assert sorted(named) == [f"R{number:02d}" for number in range(1, 16)]


def test_the_example_is_told_on_18_slides_and_one_for_each_strategic_partner(filled: dict[str, bytes]) -> None:
    assert len(deck_of(filled["nordhaven"]).slides) == 18 + 3


def test_critical_partners_whose_exit_was_not_tested_come_first(filled: dict[str, bytes]) -> None:
    rows = table_of(filled["nordhaven"], slide=6, name="Table: exit readiness")[1:]
    assert [(row[0], row[4].replace("\u00a0", " "), row[5]) for row in rows] == [
        ("Halden", "Never", "No"),
        ("Lumenar", "2 Jul 2025", "No"),
        ("Tidewater", "Never", "No"),
        ("Nimbus", "20 May 2026", "Yes"),
        ("Stratora", "11 Mar 2026", "Yes"),
    ]
    assert [cell.replace("\u00a0", " ") for cell in rows[0][1:4]] == ["Kestrel, Nimbus", "10 months", "EUR 1.3 million"]


def test_document_properties_name_the_pack_and_the_organisation(filled: dict[str, bytes]) -> None:
    properties = deck_of(filled["nordhaven"]).core_properties
    assert properties.title == "AI Platform Partnership Programme: executive briefing"
    assert properties.author == "Nordhaven Bank"
    assert properties.last_modified_by == ""


@pytest.mark.validator
def test_the_sdk_finds_no_error(drawn: bytes, filled: dict[str, bytes], tmp_path: Path, validator: Validator) -> None:
    for name, data in {"template": drawn, **filled}.items():
        file = tmp_path / f"{name}.pptx"
        file.write_bytes(data)
        assert validator.errors_of(file) == []


def deck_of(data: bytes) -> Any:
    return Presentation(BytesIO(data))


def table_of(data: bytes, *, slide: int, name: str) -> list[list[str]]:
    shape = next(shape for shape in deck_of(data).slides[slide - 1].shapes if shape.name == name)
    return [[cell.text for cell in row.cells] for row in shape.table.rows]


def chart_of(data: bytes, *, slide: int) -> tuple[Any, Any]:
    """The slide's chart, and the workbook behind it."""
    chart = next(shape.chart for shape in deck_of(data).slides[slide - 1].shapes if shape.has_chart)
    return chart, load_workbook(BytesIO(chart.part.chart_workbook.xlsx_part.blob))
