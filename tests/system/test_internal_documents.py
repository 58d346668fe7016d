"""What a reader finds in the documents that stay inside: the example's figures, whole rows, shaded cells with words."""

from __future__ import annotations

import io
import re
import shutil
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from tests.support.command import run_build
from tests.support.reading import headings, rows, tables, text_of, title_of

from govpack.inputs import read_pack
from govpack.model.pack import Pack

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


@pytest.fixture(scope="module")
def pack(nordhaven: Path) -> Pack:
    found, _ = read_pack(nordhaven)
    assert found is not None
    return found


def opened(folder: Path, name: str) -> Document:
    return docx.Document(str(folder / "internal" / f"{name}.docx"))


def test_the_strategys_summary_and_tables_say_what_the_model_works_out(nordhaven_pack: Path) -> None:
    strategy = opened(nordhaven_pack, "partnership-strategy")
    said = text_of(strategy).replace("\u00a0", " ")
    for words in (
        "Nordhaven Bank works with 12 partners and pays them EUR 40.6 million this year.",
        "counting partners hosted on it, 55.9% of spend rests on Nimbus",
        "(HHI) stands at 1,950 points and goes to 1,770 with the plan",
        "15 open risks: 6 high, 8 medium and 1 low before treatment",
        "2 have been triggered (R02, R04)",
        "net present value of EUR 15.1 million at 8%; it pays back in month 13",
    ):
        assert words in said
    measures = {
        row["Measure"]: (row["Spend 2026"], row["Plan 2029"]) for row in rows(strategy, "Measures of concentration")
    }
    assert measures["Largest partner"] == ("35.0%", "29.1%")
    assert measures["Concentration index (HHI)"] == ("1,950", "1,770")
    assert measures["Reliance with shared hosting"][0] == "55.9%"
    years = rows(strategy, "Economics by year")
    assert [list(row.values()) for row in years if row["EUR million"] == "Net benefit"] == [
        ["Net benefit", "−0.10", "6.10", "12.50", "18.50"]
    ]


def test_every_kpi_has_a_whole_row(nordhaven_pack: Path, pack: Pack) -> None:
    found = rows(opened(nordhaven_pack, "partnership-strategy"), "KPIs")
    kpis = [kpi for goal in pack.strategy.goals for kpi in goal.kpis]
    assert [row["Id"] for row in found] == [kpi.id for kpi in kpis]
    assert len(found) == 18
    assert all(value.strip() for row in found for value in row.values())
    assert {"Unit", "Baseline", "Taken on", "Target", "Due", "Formula", "Source", "Cadence", "Owner"} <= set(found[0])
    hhi = next(row for row in found if row["Id"] == "K02")
    assert (hhi["Baseline"], hhi["Target"], hhi["Unit"]) == ("1,950", "1,800", "points")


def test_each_risk_stands_in_its_cell_before_and_after_treatment(nordhaven_pack: Path, pack: Pack) -> None:
    strategy = opened(nordhaven_pack, "partnership-strategy")
    for title, places in (
        ("Matrix of risks before treatment", {r.id: (r.likelihood, r.impact) for r in pack.risks}),
        ("Matrix of risks after treatment", {r.id: (r.residual_likelihood, r.residual_impact) for r in pack.risks}),
    ):
        ((heads, *body),) = tables(strategy, title)
        assert heads == ["Likelihood", *(f"Impact {impact}" for impact in range(1, 6))]
        found = {
            risk: (int(line[0]), impact)
            for line in body
            for impact, cell in enumerate(line[1:], 1)
            for risk in re.findall(r"R\d\d", cell)
        }
        assert found == places
    ((_, *before),) = tables(strategy, "Matrix of risks before treatment")
    assert before[1][5] == "20 high: R01"
    register = rows(strategy, "Risk register")
    assert [row["Ref"] for row in register] == [risk.id for risk in pack.risks]
    assert all(value.strip() for row in register for value in row.values())


def test_the_heatmaps_say_in_words_what_their_grounds_show(nordhaven_pack: Path, pack: Pack) -> None:
    strategy = opened(nordhaven_pack, "partnership-strategy")
    ((_, *body),) = tables(strategy, "Heatmap of strategic value and relationship health")
    assert [line[0] for line in body] == ["5", "4", "3", "2", "1"]
    assert body[0][2] == "Halden: act"
    assert body[0][3] == "Nimbus: watch"
    assert (body[0][1], body[4][5]) == ("act", "in order"), "a cell without partners has its word, too"
    placed = [partner.name for partner in pack.partners if partner.value and partner.health]
    assert all(sum(name in cell for line in body for cell in line) == 1 for name in placed)
    ((heads, *lines),) = tables(strategy, "Heatmap of capabilities and partners")
    assert heads[1:-1] == [partner.name for partner in pack.strategy.capability_partners]
    assert {cell for line in lines for cell in line[1:-1]} == {"–", "some", "strong", "lead"}
    thin = [line[0] for line in lines if "thin" in line[-1]]
    assert len(thin) == sum(row.thin for row in pack.strategy.capability_map)


def test_each_partner_behind_a_critical_function_has_a_named_alternative(nordhaven_pack: Path, pack: Pack) -> None:
    found = {row["Partner"]: row for row in rows(opened(nordhaven_pack, "partnership-strategy"), "Exit exposure")}
    critical = [partner for partner in pack.partners if partner.supports_cif]
    assert list(found)[: len(critical)] == [partner.name for partner in critical]
    assert (found["Nimbus"]["Alternative"], found["Nimbus"]["Exit months"]) == ("Stratora", "18")
    assert found["Halden"]["Last exit test"] == "Never (overdue)"
    assert all(found[partner.name]["Alternative"].strip() for partner in critical)
    assert "Supervisory AI Sandbox" not in found


def test_the_framework_reaches_the_highest_level_inside(nordhaven_pack: Path, pack: Pack) -> None:
    framework = opened(nordhaven_pack, "governance-framework")
    ladders = tables(framework, "Escalation")
    levels = {tuple(line[:2]) for ladder in ladders for line in ladder[1:]}
    assert levels == {(str(level.level), level.name) for level in pack.governance.escalation}
    board = next(line for line in ladders[0] if line[0] == "5")
    assert board[-2:] == ["Aoife Brennan, Chief Risk Officer", "Inside only"]
    duties = {row["Ref"]: row for row in rows(framework, "Compliance obligations")}
    assert len(duties) == len(pack.governance.obligations)
    assert (duties["O10"]["Force"], duties["O10"]["Clause"]) == ("Voluntary", "AI terms")
    decisions = rows(framework, "Decision rights")
    assert {row["Shown to"] for row in decisions} == {"Partners", "Inside"}
    assert len(rows(framework, "Approval limits")) == len(pack.governance.approval_limits)
    assert {"Joint work", "What follows in joint work", "Changes of joint work"} <= set(headings(framework, 2))
    activities = [line[0] for raci in tables(framework, "Responsibility assignment") for line in raci[1:]]
    assert activities == [row.activity for raci in pack.governance.raci.tables for row in raci.rows]


def test_no_line_of_the_framework_parts_an_article_from_its_number(nordhaven_pack: Path) -> None:
    """A source column is narrow: a line that begins with 10 does not say of which law, or that it is an article."""
    framework = opened(nordhaven_pack, "governance-framework")
    duties = next(table for table in framework.tables if title_of(table) == "Compliance obligations")
    said = "\n".join(node.text or "" for node in duties._tbl.iter(qn("w:t")))
    assert "DORA Art.\u00a028(3)" in said
    assert not re.search(r"(\bArt| s)\. ", said)


def test_each_milestone_stands_in_its_lane_and_quarter(nordhaven_pack: Path, pack: Pack) -> None:
    roadmap = opened(nordhaven_pack, "ecosystem-roadmap")
    timeline = next(
        table for table in roadmap.tables if title_of(table) == "Timeline of milestones by lane and quarter"
    )
    heads = [cell.text for cell in timeline.rows[0].cells]
    assert heads[2:] == [quarter.label for quarter in pack.roadmap.quarters]
    due: dict[str, tuple[str, str]] = {}
    for line in timeline.rows[2:]:
        for label, cell in zip(heads[2:], line.cells[2:], strict=True):
            bold = [run.text for run in cell.paragraphs[0].runs if run.style.name == "Strong"]
            due |= dict.fromkeys(" ".join(bold).split(), (line.cells[1].text, label))
    assert due == {
        step.id: (step.lane_name, pack.roadmap.quarters[step.quarter_index].label) for step in pack.roadmap.milestones
    }
    listed = [
        line[0]
        for group in ("Partners", "Customers", "Regulators", "Nordhaven Bank")
        for table in tables(roadmap, group)
        for line in table[1:]
    ]
    assert sorted(listed) == sorted(step.id for step in pack.roadmap.milestones)
    waiting = tables(roadmap, "Dependencies")[0][1:]
    assert len(waiting) == sum(len(step.depends_on) for step in pack.roadmap.milestones)


def test_each_vendor_has_a_page_with_its_own_chart_and_its_metrics_follow(nordhaven_pack: Path, pack: Pack) -> None:
    review = opened(nordhaven_pack, "vendor-performance-review")
    cards = pack.scorecards.cards
    assert [title for title in headings(review) if ":" in title] == [
        f"{card.partner.name}: {card.rating}" for card in cards
    ]
    drawn = list(review.element.body.iter(qn("w:drawing")))
    assert text_of(review).count("the axis begins at 40") == len(cards)
    assert len(drawn) == len(cards)
    for drawing, card in zip(drawn, cards, strict=True):
        heard = drawing.find(f".//{qn('wp:docPr')}").get("descr")
        assert heard.startswith(f"Line chart of the weighted score of {card.partner.name} by quarter")
        part = review.part.related_parts[drawing.find(f".//{C}chart").get(qn("r:id"))]
        cached = [float(v) for v in re.findall(r"<c:v>([\d.]+)</c:v>", part.blob.decode().split("<c:val>")[1])]
        assert cached == [float(score) for score in card.trend]
        (book,) = (target for target in part.rels.values() if target.reltype.endswith("/package"))
        sheet = openpyxl.load_workbook(io.BytesIO(book.target_part.blob)).active
        assert sheet is not None
        assert [row[1].value for row in sheet.iter_rows(min_row=2)] == cached
    started = [paragraph.text for paragraph in review.paragraphs if paragraph.paragraph_format.page_break_before]
    assert started[1:] == [f"{card.partner.name}: {card.rating}" for card in cards]
    metrics = [(row["Partner"], row["Category"]) for row in rows(review, "Metrics")]
    assert metrics == [(card.partner.name, metric.category.title()) for card in cards for metric in card.metrics]
    below = [int(row["Points"]) for row in rows(review, "Below target")]  # of the only green partner
    assert len(below) == 10
    assert below == sorted(below)
    assert below[-1] < 100
    halden = next(row for row in rows(review, "Overview") if row["Partner"] == "Halden")
    assert (halden["Score"], halden["Rating"]) == ("58", "Red")
    assert len(rows(review, "Decisions asked of the board")) == len(pack.scorecards.decisions)
    actions = [line[0] for table in tables(review, "Improvement plan") for line in table[1:]]
    assert actions == [action.id for card in cards for action in card.actions]


def test_a_score_below_forty_is_drawn_on_an_axis_that_begins_at_nought(nordhaven: Path, tmp_path: Path) -> None:
    """On the axis from 40, which shows small changes, the line would leave the chart."""
    inputs = shutil.copytree(nordhaven, tmp_path / "nordhaven")
    cards = inputs / "scorecards.yaml"
    text = cards.read_text(encoding="utf-8")
    assert "[71, 70, 68, 66, 64, 61, 59, 58]" in text
    cards.write_text(text.replace("[71, 70, 68, 66, 64, 61, 59, 58]", "[71, 70, 38, 36, 44, 51, 59, 58]"), "utf-8")
    name = "vendor-performance-review"
    review = opened(run_build(inputs, tmp_path / "out", "--only", name), name)
    lowest = {}
    for drawing in review.element.body.iter(qn("w:drawing")):
        part = review.part.related_parts[drawing.find(f".//{C}chart").get(qn("r:id"))]
        heard = drawing.find(f".//{qn('wp:docPr')}").get("descr")
        (least,) = re.findall(r'<c:min val="([\d.]+)"/>', part.blob.decode())
        lowest[heard.split("weighted score of ")[1].split()[0]] = float(least)
    assert lowest == {"Nimbus": 40, "Lumenar": 40, "Halden": 0, "Tidewater": 40, "Stratora": 40}


def test_a_small_pack_gets_sentences_where_there_is_nothing_to_show(minimal_pack: Path) -> None:
    said = {
        name: text_of(opened(minimal_pack, name))
        for name in ("partnership-strategy", "ecosystem-roadmap", "vendor-performance-review")
    }
    assert "The economics of the programme have not been worked out yet." in said["partnership-strategy"]
    assert "No partner has a strategic value and a health of its relation yet." in said["partnership-strategy"]
    assert "No milestones are planned yet." in said["ecosystem-roadmap"]
    assert "No partner is scored yet" in said["vendor-performance-review"]
    assert not opened(minimal_pack, "vendor-performance-review").element.body.findall(f".//{qn('w:drawing')}")
