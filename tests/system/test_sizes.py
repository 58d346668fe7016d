"""Programmes of three and of forty partners: everything is built, everything fits, and pictures of it agree."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pptx import Presentation
from pptx.util import Pt
from tests.support import chart_fit, sheet_fit, slide_fit
from tests.support.metrics import Fonts, Span, wrap
from tests.support.sizes import write_inputs
from tests.support.validator import Validator

from govpack.inputs import read_pack
from govpack.model.pack import Pack

DECK, BOOK = "internal/executive-briefing.pptx", "internal/vendor-scorecard.xlsx"


@pytest.fixture(params=["nordhaven_pack", "small_pack", "large_pack"])
def pack(request: pytest.FixtureRequest) -> Path:
    """A built pack of each size."""
    found: Path = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="module")
def many(nordhaven: Path, tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """The inputs of forty partners."""
    found, findings = read_pack(write_inputs(nordhaven, 40, tmp_path_factory.mktemp("many") / "inputs"))
    assert found is not None, findings
    return found


def slides(data: bytes) -> list[Any]:
    return list(Presentation(BytesIO(data)).slides)


def titles(data: bytes) -> list[str]:
    return [slide.shapes.title.text_frame.text.replace("\u00a0", " ") for slide in slides(data)]


def column(data: bytes, table: str) -> list[str]:
    """The first cells of all tables of that name, over all slides, without their heads."""
    found = []
    for slide in slides(data):
        for shape in slide.shapes:
            if shape.name == table:
                found += [row.cells[0].text for row in list(shape.table.rows)[1:]]
    return found


def test_the_page_can_be_sent_by_mail(pack: Path) -> None:
    assert (pack / "index.html").stat().st_size < 500_000


def test_inputs_of_a_size_are_the_same_each_time_and_as_rich_as_real_ones(nordhaven: Path, tmp_path: Path) -> None:
    files = [write_inputs(nordhaven, 40, tmp_path / name) / "pack.json" for name in ("one", "two")]
    assert files[0].read_bytes() == files[1].read_bytes()
    pack, _ = read_pack(tmp_path / "one")
    assert pack is not None
    assert len({partner.name for partner in pack.partners}) == 40
    assert 55 <= max(len(partner.name) for partner in pack.partners) <= 62
    assert max(len(risk.title.split()) for risk in pack.risks) >= 40
    assert max(len(segment.name) for segment in pack.strategy.segments) > 50


@pytest.mark.office
def test_all_text_of_the_deck_fits(pack: Path, fonts: Fonts) -> None:
    assert slide_fit.misfits((pack / DECK).read_bytes(), fonts) == []


def test_no_name_and_no_sentence_of_the_deck_is_cut(pack: Path) -> None:
    said = []
    for slide in slides((pack / DECK).read_bytes()):
        said.append(slide.notes_slide.notes_text_frame.text)
        for shape in slide.shapes:
            said.append(shape._element.xpath("string(.//p:cNvPr/@descr)"))
            said += [shape.text_frame.text] if shape.has_text_frame else []
            said += [cell.text for row in shape.table.rows for cell in row.cells] if shape.has_table else []
            if shape.has_chart:
                said += [str(each) for each in shape.chart.plots[0].categories]
                said += [series.name for series in shape.chart.plots[0].series]
    assert [text for text in said if "…" in text or "..." in text] == []


@pytest.mark.office
def test_all_text_of_the_workbook_fits_and_prints_large_enough(pack: Path, fonts: Fonts) -> None:
    assert sheet_fit.misfits((pack / BOOK).read_bytes(), fonts) == []


@pytest.mark.office
def test_charts_of_the_workbook_stand_whole_on_a_page_and_name_each_partner(pack: Path, fonts: Fonts) -> None:
    assert chart_fit.misfits((pack / BOOK).read_bytes(), fonts) == []


def _long_title(deck: Any) -> None:
    deck.slides[1].shapes.title.text_frame.paragraphs[0].runs[0].text = "A headline of many words " * 12


def _large_cell(deck: Any) -> None:
    table = next(shape.table for slide in deck.slides for shape in slide.shapes if shape.has_table)
    for run in table.cell(1, 1).text_frame.paragraphs[0].runs:
        run.font.size = Pt(60)


def _wide_word(deck: Any) -> None:
    table = next(shape.table for slide in deck.slides for shape in slide.shapes if shape.has_table)
    table.cell(1, 0).text_frame.paragraphs[0].runs[0].text = "Donaudampfschifffahrtsgesellschaft"


def _sign_moved(deck: Any) -> None:
    shapes = next(slide for slide in deck.slides if slide.shapes.title.text.startswith("Roadmap")).shapes
    label = next(shape for shape in shapes if shape.name == "Label on the right")
    sign = next(shape for shape in shapes if shape.name == "Milestone")
    sign.left, sign.top = label.left + label.width // 2, label.top


def _moved(deck: Any) -> None:
    tile = next(shape for shape in deck.slides[2].shapes if shape.name.startswith("Key figure"))
    tile.left -= 4_000_000


@pytest.mark.office
@pytest.mark.parametrize(
    ("plant", "fault"),
    [
        (_long_title, "its text takes"),
        (_large_cell, "it lies on"),
        (_wide_word, "is wider than its line"),
        (_moved, "it lies on Text"),
        (_sign_moved, "Milestone lies on its text"),
    ],
)
def test_a_planted_overflow_of_a_slide_is_found(nordhaven_pack: Path, fonts: Fonts, plant: Any, fault: str) -> None:
    deck = Presentation(str(nordhaven_pack / DECK))
    plant(deck)
    saved = BytesIO()
    deck.save(saved)
    found = slide_fit.misfits(saved.getvalue(), fonts)
    assert any(fault in each for each in found), found


@pytest.mark.office
def test_a_planted_overflow_of_a_sheet_is_found(nordhaven_pack: Path, fonts: Fonts) -> None:
    book = load_workbook(nordhaven_pack / BOOK)
    sheet = book["Nimbus"]
    sheet["B5"] = "A metric whose name goes on and on " * 4
    sheet["M6"] = 1234567890.5
    sheet["R7"] = "Unabbreviatedorganisationalresponsibilities"
    sheet["A2"] = "A line above the table that is wider than the columns which every page repeats"
    sheet.page_setup.scale = 50
    saved = BytesIO()
    book.save(saved)
    found = "\n".join(sheet_fit.misfits(saved.getvalue(), fonts))
    for cell in ("Nimbus!A2", "Nimbus!B5", "Nimbus!M6", "Nimbus!R7", "Nimbus: it prints at 50%"):
        assert cell in found


@pytest.mark.office
def test_lines_are_wrapped_as_libreoffice_does(fonts: Fonts) -> None:
    """Sixteen points of Calibri: a line of 100 points holds the first two words, not the third."""
    words = [Span("Exit plans tested", 16)]
    assert len(wrap(words, 72, fonts).heights) == 2
    assert len(wrap(words, 120, fonts).heights) == 1
    assert wrap([Span("Donaudampfschiff", 16)], 60, fonts).too_wide == "Donaudampfschiff"


@pytest.mark.validator
def test_the_open_xml_sdk_finds_no_error_in_deck_and_workbook(pack: Path, validator: Validator) -> None:
    assert {name: errors for name in (DECK, BOOK) if (errors := validator.errors_of(pack / name))} == {}


def test_no_row_is_lost_where_a_table_continues(large_pack: Path, many: Pack) -> None:
    deck = (large_pack / DECK).read_bytes()
    assert sorted(column(deck, "Table: all partners")) == sorted(partner.name for partner in many.partners)
    assert column(deck, "Table: terms that matter") == [term.term for term in many.briefing.terms]
    assert len(column(deck, "Table: agreements")) == len(many.contracts)
    assert len(column(deck, "Table: goals and KPIs")) == len(many.strategy.goals)
    assert len(column(deck, "Table: next steps")) == len(many.briefing.next_steps)
    shown = " ".join(shape.text_frame.text for slide in slides(deck) for shape in slide.shapes if shape.name == "Text")
    assert all(decision in shown for decision in many.briefing.decisions)


def test_decisions_that_go_on_on_a_next_slide_are_numbered_on(large_pack: Path, many: Pack) -> None:
    deck = (large_pack / DECK).read_bytes()
    shown = "\n".join(shape.text_frame.text for slide in slides(deck) for shape in slide.shapes if shape.name == "Text")
    numbered = [line for line in shown.splitlines() if "\t" in line]
    assert numbered == [f"{number}.\t{each}" for number, each in enumerate(many.briefing.decisions, start=1)]


def test_risks_that_find_no_room_beside_a_strategic_partner_are_counted(large_pack: Path) -> None:
    slide = next(
        each for each in slides((large_pack / DECK).read_bytes()) if each.shapes.title.text.startswith("Halden:")
    )
    text = {shape.name: shape.text_frame.text for shape in slide.shapes if shape.has_text_frame}
    panel = next(text for text in text.values() if text.startswith("Largest risks"))
    listed = len(re.findall(r"^R\d+ ", panel, re.M))
    assert 1 <= listed < 10
    assert re.search(r"Left out here: \d+\xa0of the risks; see the partnership strategy\.", text["Note"])


def test_a_continued_slide_says_so_and_takes_no_time(large_pack: Path) -> None:
    deck = (large_pack / DECK).read_bytes()
    continued = [slide for slide in slides(deck) if "(continued," in slide.shapes.title.text_frame.text]
    assert len(continued) >= 5
    for slide in continued:
        # Blanks that do not break: "of 3)" alone on a line says nothing.
        assert re.search(r"\(continued,\xa0\d+\xa0of\xa0\d+\)$", slide.shapes.title.text_frame.text)
        assert slide.notes_slide.notes_text_frame.text.startswith("Time: none of its own.")


def test_what_is_left_out_is_counted_and_its_place_named(large_pack: Path, many: Pack) -> None:
    deck = (large_pack / DECK).read_bytes()
    by_title = {slide.shapes.title.text_frame.text: slide for slide in slides(deck)}
    for start, table, count, where in (
        ("The plan", "Table: exit readiness", sum(each.supports_cif for each in many.partners), "appendix"),
        ("Scored", "Table: scorecards", len(many.scorecards.cards), "scorecard workbook"),
    ):
        slide = next(slide for title, slide in by_title.items() if title.startswith(start))
        rows = len(next(shape for shape in slide.shapes if shape.name == table).table.rows) - 1
        note = next(shape for shape in slide.shapes if shape.name == "Note").text_frame.text
        assert f"Left out here: {count - rows}\xa0of the" in note
        assert f"see the {where}." in note


def test_of_critical_partners_those_come_first_whose_exit_was_not_tested(large_pack: Path, many: Pack) -> None:
    shown = column((large_pack / DECK).read_bytes(), "Table: exit readiness")
    untested = {each.name for each in many.partners if each.supports_cif and not each.exit_tested}
    assert len(untested) > len(shown) >= 4
    assert set(shown) < untested


def test_risks_of_forty_words_take_a_next_slide_and_what_is_left_out_is_counted(large_pack: Path, many: Pack) -> None:
    deck = (large_pack / DECK).read_bytes()
    shown = column(deck, "Table: largest risks")
    assert 6 <= len(shown) == len(set(shown)) < 60
    exposure = {risk.id: risk.exposure for risk in many.risks}
    assert min(exposure[each] for each in shown) >= max(exposure[each] for each in exposure if each not in shown)
    notes = [
        shape.text_frame.text
        for slide in slides(deck)
        if slide.shapes.title.text_frame.text.startswith("31 of 60")
        for shape in slide.shapes
        if shape.name == "Note"
    ]
    assert len(notes) == 2
    assert all(f"Left out: {60 - len(shown)} of the risks; see the partnership strategy." in note for note in notes)


def test_the_roadmap_of_forty_partners_goes_on_over_slides_without_losing_a_lane_or_milestone(
    large_pack: Path, many: Pack
) -> None:
    on = [slide for slide in slides((large_pack / DECK).read_bytes()) if slide.shapes.title.text.startswith("Roadmap")]
    assert len(on) >= 5
    lanes = [shape for slide in on for shape in slide.shapes if shape.name == "Lane"]
    assert [shape.text_frame.text for shape in lanes] == [lane.name for lane in many.roadmap.lanes]
    assert len(lanes) == 38
    signs = [shape for slide in on for shape in slide.shapes if shape.name.startswith("Milestone")]
    assert len(signs) == len(many.roadmap.milestones) == 122


def test_charts_of_forty_partners_sum_up_what_no_reader_could_tell_apart(large_pack: Path, many: Pack) -> None:
    charts = [
        shape.chart for slide in slides((large_pack / DECK).read_bytes()) for shape in slide.shapes if shape.has_chart
    ]
    spend = next(chart for chart in charts if chart.plots[0].series[0].name.startswith("Spend"))
    names = list(spend.plots[0].categories)
    assert 6 <= len(names) <= 11
    assert names[-1] == f"{40 - 1 - len(names[:-1])} others", "the supervisor is not paid"
    assert sum(spend.plots[0].series[0].values) == many.figures.spend_total
    trend = next(chart for chart in charts if str(chart.plots[0].categories[0]).startswith("Q"))
    assert len(trend.plots[0].series) == 4
    assert {series.name for series in trend.plots[0].series} <= {partner.name for partner in many.partners}


def test_each_strategic_partner_has_its_slide(large_pack: Path, many: Pack) -> None:
    said = titles((large_pack / DECK).read_bytes())
    strategic = [partner.name for partner in many.partners if partner.segment == "strategic"]
    assert len(strategic) > 8
    for name in strategic:
        assert any(title.startswith(f"{name}: ") for title in said), name


def test_a_long_headline_shrinks_instead_of_growing_out_of_its_place(large_pack: Path) -> None:
    slide = next(
        slide for slide in slides((large_pack / DECK).read_bytes()) if "Why now: more" in slide.shapes.title.text
    )
    (run,) = slide.shapes.title.text_frame.paragraphs[0].runs
    assert run.font.size == Pt(20)


def test_sheets_of_forty_partners_have_names_of_their_own(large_pack: Path, many: Pack) -> None:
    names = load_workbook(large_pack / BOOK).sheetnames
    assert len(names) == len(many.scorecards.cards) + 4, "dashboard, charts, improvement plan and data"
    assert len({name.casefold() for name in names}) == len(names)
    assert max(map(len, names)) <= 31
