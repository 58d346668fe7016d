"""Whoever reads strategy, deck and agreements side by side finds the same figures, and those of the model."""

from __future__ import annotations

import shutil
import zipfile
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.support.figures import disagreements, sightings

from govpack.inputs import read_pack
from govpack.model.pack import Pack

STRATEGY = "internal/partnership-strategy.docx"
DECK = "internal/executive-briefing.pptx"
BOOK = "internal/vendor-scorecard.xlsx"
REVIEW = "internal/vendor-performance-review.docx"
FRAMEWORK = "internal/governance-framework.docx"
PAGE = "index.html"
AGREEMENT = "counterparty/nimbus/partnership-agreement.docx"


@pytest.fixture(scope="module")
def pack(nordhaven: Path) -> Pack:
    found, _ = read_pack(nordhaven)
    assert found is not None
    return found


def test_no_file_shows_a_figure_that_is_not_the_models(nordhaven_pack: Path, pack: Pack) -> None:
    assert disagreements(nordhaven_pack, pack) == []


def test_the_figures_that_matter_are_found_wherever_they_stand(nordhaven_pack: Path, pack: Pack) -> None:
    """A pattern that finds nothing would prove nothing."""
    files = defaultdict(set)
    for seen in sightings(nordhaven_pack):
        files[seen.what].add(seen.file)
    for figure in (
        *("spend", "largest share", "largest share in the plan", "HHI", "HHI in the plan", "look-through share"),
        *(
            "commitment",
            "net benefit",
            "NPV",
            "downside net benefit",
            "downside NPV",
            "benefit-cost ratio",
            "payback month",
        ),
        *("high risks", "risks", "critical partners", "exits tested", "exit cost", "share of the two largest"),
        *(f"segment {segment.name}, share" for segment in pack.strategy.segments),
        *(f"net benefit in {year}" for year in (2027, 2028, 2029)),
        *(
            f"KPI {goal.leading_kpi.id}, {what}"
            for goal in pack.strategy.goals
            if goal.leading_kpi
            for what in ("baseline", "target", "due")
        ),
        *(f"risk {risk}, {what}" for risk in ("R01", "R02", "R04") for what in ("exposure", "residual")),
        *(
            f"partner {name}, {what}"
            for name in ("Nimbus", "Halden")
            for what in ("spend", "share", "plan", "exit cost")
        ),
    ):
        assert {STRATEGY, DECK} <= files[figure], figure
    for kpi in (kpi for goal in pack.strategy.goals for kpi in goal.kpis):
        assert STRATEGY in files[f"KPI {kpi.id}, target"]
    for kpi in pack.strategy.measured_kpis:
        assert {STRATEGY, DECK, PAGE} <= files[f"KPI {kpi.id}, progress"]
        assert {STRATEGY, PAGE} <= files[f"KPI {kpi.id}, latest"]
    assert DECK in files["KPI K05, latest"]
    for card in pack.scorecards.cards:
        assert {REVIEW, DECK, BOOK, PAGE} <= files[f"partner {card.partner.name}, score"]
        assert {REVIEW, DECK, BOOK} <= files[f"partner {card.partner.name}, score in Q3 2026"]
        for quarter in pack.scorecards.quarters:
            assert PAGE in files[f"partner {card.partner.name}, score in {quarter}"]
    assert {STRATEGY, DECK, REVIEW, PAGE} <= files["mean score"]
    for figure in ("partners", "spend", "largest share", "contracts", "commitment", "risks", "high risks"):
        assert PAGE in files[figure], figure
    for risk in pack.risks:
        assert PAGE in files[f"risk {risk.id}, exposure"] & files[f"risk {risk.id}, residual"]
    for level in (level for level in pack.governance.escalation if level.applies == "services" and level.partner):
        assert {FRAMEWORK, AGREEMENT} <= files[f"escalation on {level.trigger}, resolve hours"], level
    for contract in pack.contracts:
        own = f"counterparty/{contract.partner}/partnership-agreement.docx"
        copy = f"internal/{contract.partner}/partnership-agreement-review-copy.docx"
        for what in ("commitment", "cap", "super cap", "notice of the bank", "transition", "effective"):
            assert {own, copy, DECK} <= files[f"contract {contract.partner}, {what}"], (contract.id, what)
        assert contract.uptime_pct is None or {own, DECK} <= files[f"contract {contract.partner}, uptime"]
    assert {STRATEGY, DECK} <= files["partner Nimbus, last exit test"]


@pytest.mark.parametrize(
    ("file", "right", "wrong", "figure"),
    [
        (STRATEGY, "40.6", "41.6", "spend is 41600000"),
        (STRATEGY, ">1,800<", ">1,790<", "KPI K02, target is 1790"),
        (
            STRATEGY,
            ">20\u00a0May\u00a02026<",
            ">21\u00a0May\u00a02026<",
            "partner Nimbus, last exit test is 2026-05-21",
        ),
        (STRATEGY, "<c:v>12.5</c:v>", "<c:v>12.4</c:v>", "net benefit in 2029 is 12400000"),
        (STRATEGY, ">47.1%<", ">48.1%<", "KPI K09, progress is 48.1"),
        (DECK, "<c:v>47.1</c:v>", "<c:v>48.1</c:v>", "KPI K09, progress is 48.1"),
        (DECK, ">121<", ">120<", "KPI K14, latest is 120"),
        (PAGE, ">−5.2%<", ">5.2%<", "KPI K14, progress is 5.2"),
        (DECK, "55.9%", "56.9%", "look-through share is 56.9"),
        (DECK, "<c:v>14200000</c:v>", "<c:v>12400000</c:v>", "partner Nimbus, spend is 12400000"),
        (DECK, "16.0", "16.5", "contract nimbus, cap is 16500000"),
        (REVIEW, ">58<", ">59<", "partner Halden, score is 59"),
        (BOOK, "<v>58</v>", "<v>59</v>", "partner Halden, score in Q3 2026 is 59"),
        (AGREEMENT, "16,000,000", "15,000,000", "contract nimbus, cap is 15000000"),
        (AGREEMENT, "540\u00a0days", "365\u00a0days", "contract nimbus, notice of the partner is 365"),
        (PAGE, "<strong>58</strong>", "<strong>59</strong>", "partner Halden, score is 59"),
        (PAGE, "<td>58</td><td>−13</td>", "<td>57</td><td>−13</td>", "partner Halden, score in Q3 2026 is 57"),
        (PAGE, "weighted scores is 73.8", "weighted scores is 73.9", "mean score is 73.9"),
        (PAGE, ">20 <", ">25 <", "risk R01, exposure is 25"),
        (FRAMEWORK, ">120\u00a0hours<", ">96\u00a0hours<", "resolve hours is 96"),
    ],
)
def test_a_wrong_figure_that_is_planted_is_found(
    nordhaven_pack: Path, pack: Pack, tmp_path: Path, file: str, right: str, wrong: str, figure: str
) -> None:
    copy = tmp_path / "pack" / file
    copy.parent.mkdir(parents=True)
    shutil.copy(nordhaven_pack / file, copy)
    assert disagreements(tmp_path / "pack", pack) == []
    assert _rewrite(copy, lambda text: text.replace(right, wrong)), f"there is no '{right}' to spoil"
    found = disagreements(tmp_path / "pack", pack)
    assert any(figure in said for said in found), found
    assert all(said.startswith(f"{file}: ") for said in found)


def _rewrite(path: Path, change: Callable[[str], str]) -> bool:
    """Change the XML of every part of the file, or the page; whether anything was changed."""
    if path.suffix == ".html":
        page = path.read_text(encoding="utf-8")
        path.write_text(change(page), encoding="utf-8")
        return change(page) != page
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    changed = {name: change(data.decode()).encode() for name, data in parts.items() if name.endswith(".xml")}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in (parts | changed).items():
            archive.writestr(name, data)
    return any(parts[name] != data for name, data in changed.items())


def test_a_wrong_figure_behind_a_chart_is_found(nordhaven_pack: Path, pack: Pack, tmp_path: Path) -> None:
    """The chart shows what it caches; on *Edit data* it shows what its workbook holds."""
    copy = tmp_path / "pack" / DECK
    copy.parent.mkdir(parents=True)
    with zipfile.ZipFile(nordhaven_pack / DECK) as deck, zipfile.ZipFile(copy, "w") as spoilt:
        for name in deck.namelist():
            data = deck.read(name)
            if name.endswith(".xlsx"):
                inner = tmp_path / "inner.xlsx"
                inner.write_bytes(data)
                _rewrite(inner, lambda text: text.replace("<v>14200000</v>", "<v>12400000</v>"))
                data = inner.read_bytes()
            spoilt.writestr(name, data)
    found = disagreements(tmp_path / "pack", pack)
    assert any("partner Nimbus, spend is 12400000" in said for said in found), found
