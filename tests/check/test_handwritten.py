"""Documents that people wrote in their own words and layout, and that do cover the item, are met."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.support.documents import Piece, Slide, docx, heading, looks, pptx, table, text
from tests.support.partnership import ESCALATION, agreement, briefing, judge, messages, verdict

from govpack.check import Verdict

RISKS = (
    ("Too much with one vendor", "Move payments to a second region"),
    ("Capacity arrives late", "Reserve a call-off with Kestrel"),
    ("A model is withdrawn", "Pin versions and test the fallback"),
    ("Exit plans fail", "Rehearse each exit every year"),
    ("Prices jump", "Cap renewals at three per cent"),
    ("A start-up fails", "Hold the source code in escrow"),
    ("Results are disputed", "Log every result at each gate"),
    ("An incident stops a service", "Run joint exercises twice a year"),
)


def strategy(*, baseline: str = "35", mitigation: str = "", risks: int = 8, segments: int = 3) -> bytes:
    """A strategy without heading styles, with words of its own."""
    tiers = [
        (
            "Strategic",
            "run what matters most",
            "value 5 and hard to replace",
            "sponsor and quarterly steering: Nimbus, Halden",
        ),
        ("Growth", "widen our choice", "value 3 or 4", "owner and quarterly review: Kestrel"),
        ("Niche", "narrow skills", "small spend", "owner and half-yearly review: Quillon"),
    ][:segments]
    measures = [
        (f"Aim {(at + 1) // 2}", f"Measure {at}", baseline, "30", "%", "Ada Stone", "quarterly", "31 December 2028")
        for at in range(1, 7)
    ]
    register = [
        (
            name,
            "4",
            "4",
            "Ada Stone",
            "share above 36 %",
            mitigation or treatment,
            "invoke the transition",
            "9 (Nimbus, Halden)",
        )
        for name, treatment in RISKS[:risks]
    ]
    pieces: list[Piece] = [
        looks("How we choose and keep our partners", 22),
        looks("Partner tiers"),
        table(["Tier", "Aim", "What qualifies", "How we look after them"], *tiers),
        looks("Partner portfolio"),
        table(
            ["Vendor", "Tier", "Lead"],
            ["Nimbus", "Strategic", "Jo"],
            ["Halden", "Strategic", "Jo"],
            ["Kestrel", "Growth", "Al"],
            ["Quillon", "Niche", "Al"],
        ),
        looks("Objectives"),
        text("We want choice, value and trust, and measure each of them as follows."),
        table(
            ["Objective", "Indicator", "Today", "Target value", "Measured in", "Accountable", "How often", "By when"],
            *measures,
        ),
        looks("Risk register"),
        table(
            ["Risk", "Probability", "Severity", "Owner", "Early sign", "Treatment", "Plan B", "After treatment"],
            *register,
        ),
        looks("Concentration"),
        table(["Vendor", "Share of spend"], ["Nimbus", "35 %"], ["Halden", "13 %"], ["Kestrel", "5 %"]),
        looks("Exit planning"),
        table(
            ["Vendor", "Second source", "Time to leave"],
            ["Nimbus", "Stratora", "18 months"],
            ["Halden", "Kestrel", "10 months"],
            ["Kestrel", "Halden", "4 months"],
        ),
        looks("Heat map"),
        table(["Vendor", "Value", "Health"], ["Nimbus", "5", "fair"], ["Halden", "5", "poor"]),
    ]
    return docx(*pieces)


def judge_strategy(folder: Path, data: bytes) -> tuple[Verdict, str]:
    partners = Slide("Whom we depend on", ("Nimbus and Halden run what matters most; Quillon fills a niche",))
    report = judge(folder, {"partner-strategy-2027.docx": data, "board-briefing.pptx": pptx(*briefing(partners))})
    return verdict(report, "strategy-complete"), messages(report, "strategy-complete")


def test_a_hand_written_strategy_in_its_own_words_is_met(tmp_path: Path) -> None:
    found, told = judge_strategy(tmp_path, strategy())
    assert found is Verdict.MET, told


def test_a_target_without_a_baseline_does_not_count(tmp_path: Path) -> None:
    found, told = judge_strategy(tmp_path, strategy(baseline=""))
    assert found is Verdict.PARTLY_MET
    assert "Objectives › table 1, row 2, cell 2: ‘KPI’" not in told
    assert "‘Baseline’ is blank for ‘Measure 1’" in told


def test_a_mitigation_that_only_watches_does_not_count(tmp_path: Path) -> None:
    found, told = judge_strategy(tmp_path, strategy(mitigation="Monitor the market closely"))
    assert found is Verdict.PARTLY_MET
    assert "‘Monitor the market closely’ only watches" in told


def test_too_few_risks_or_segments_are_counted(tmp_path: Path) -> None:
    assert "7 of at least 8 rows" in judge_strategy(tmp_path, strategy(risks=7))[1]
    assert "2 of at least 3 rows" in judge_strategy(tmp_path, strategy(segments=2))[1]


def handoff(*, budget: str = "EUR 200,000") -> bytes:
    """A hand-off to the innovation programme."""
    return docx(
        heading("Innovation programme hand-off"),
        text("What PROJ-504 takes over from the partnership programme."),
        heading("Ownership"),
        text("Rafael Costa is the owner from 1 March 2027."),
        heading("Joint pilots"),
        table(
            ["Use case", "Next gate", "Success criterion", "Funding", "Rights"],
            ["Fraud graph", "Gate 2", "5 % fewer losses", budget, "bank owns results"],
            ["Fair credit", "Gate 1", "no drift in 90 days", "EUR 150,000", "joint, licence for both"],
        ),
        heading("Measures"),
        table(
            ["No", "Indicator", "Target"],
            ["K13", "Pilots", "8"],
            ["K14", "Days to pilot", "60"],
            ["K15", "Results", "5"],
        ),
        heading("Templates"),
        table(["Template", "Version"], ["Charter", "1.0"], ["Agreement", "1.0"]),
        heading("Open decisions"),
        table(["Question", "By when"], ["Who runs the sandbox?", "1 April 2027"]),
        heading("Acceptance"),
        text("Name: Rafael Costa\nRole: Head of AI innovation\nDate: 5 March 2027"),
    )


DATA = {
    "project": "PROJ-504",
    "kpis": [{"id": "K13", "target": 8}, {"id": "K14", "target": 60}, {"id": "K15", "target": 5}],
    "pilots": [{"name": "Fraud graph", "budget": 200000}, {"name": "Fair credit", "budget": 150000}],
    "templates": [{"name": "Charter", "version": "1.0"}, {"name": "Agreement", "version": "1.0"}],
    "open_decisions": [{"decision": "Who runs the sandbox?", "due": "2027-04-01"}],
}


def test_a_hand_written_hand_off_is_met_with_the_same_as_data(tmp_path: Path) -> None:
    report = judge(tmp_path, {"handoff.docx": handoff(), "enablement.json": json.dumps(DATA).encode()})
    assert verdict(report, "enablement-ready") is Verdict.MET, messages(report, "enablement-ready")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"target": 60', '"target": 90', "‘target’ is ‘90’ here and ‘60’ in handoff.docx"),
        ('{"name": "Charter"', '{"name": "Playbook"', "‘Playbook’ is not in handoff.docx"),
        ("2027-04-01", "2027-05-01", "‘due’ is ‘2027-05-01’ here and ‘1 April 2027’ in handoff.docx"),
        ('"project"', "project", "enablement.json is no JSON: line 1, column 2"),
    ],
)
def test_data_that_differ_from_the_hand_off_turn_the_item(old: str, new: str, said: str, tmp_path: Path) -> None:
    changed = json.dumps(DATA).replace(old, new)
    assert changed != json.dumps(DATA)
    report = judge(tmp_path, {"handoff.docx": handoff(), "enablement.json": changed.encode()})
    assert verdict(report, "enablement-ready") is Verdict.PARTLY_MET
    assert said in messages(report, "enablement-ready").replace("enablement.json: is", "enablement.json is")


def test_a_pilot_without_a_budget_is_named(tmp_path: Path) -> None:
    told = messages(judge(tmp_path, {"handoff.docx": handoff(budget="")}), "enablement-ready")
    assert "‘Budget’ is blank for ‘Fraud graph’" in told


def forum(name: str, often: str) -> list[Piece]:
    return [
        heading(name, 2),
        table(
            ["How often", often],
            ["Chaired by", "Ada Stone"],
            ["Quorum", "one of each side"],
            ["Papers", "the scorecard"],
            ["Result", "actions"],
            ["Powers", "service credits"],
        ),
    ]


def test_forums_as_cards_under_headings_of_their_own_are_met(tmp_path: Path) -> None:
    """A card for each forum says as much as one wide table."""
    from tests.support.partnership import charter_pieces  # noqa: PLC0415

    pieces = charter_pieces(forums=None)
    cards = [
        heading("Governance forums"),
        *forum("Weekly", "weekly"),
        *forum("Monthly", "monthly"),
        *forum("Council", "yearly"),
    ]
    report = judge(tmp_path, {"governance-charter.docx": docx(*pieces, *cards)})
    assert verdict(report, "governance-complete") is Verdict.MET, messages(report, "governance-complete")


def test_a_university_is_not_asked_for_service_levels_but_for_milestones(tmp_path: Path) -> None:
    clauses = [
        "Definitions",
        "Scope",
        "Term",
        "Publication",
        "Fees",
        "Confidentiality",
        "Data protection",
        "Security",
        "Audit",
        "Results",
        "Limitation of liability",
        "Termination",
        "Exit",
        "Disputes",
        "Notices",
        "Applicable law",
    ]
    milestones = [
        heading("Programme of work"),
        table(["Milestone", "Due", "Gate"], ["Prototype", "1 June 2027", "review"]),
    ]
    data = agreement(clauses, escalation=ESCALATION, extra=milestones, name="Co-innovation agreement", levels=False)
    report = judge(tmp_path, {"co-innovation-agreement.docx": data})
    assert verdict(report, "agreement-complete") is Verdict.MET, messages(report, "agreement-complete")
    without = judge(
        tmp_path, {"co-innovation-agreement.docx": agreement(clauses, name="Co-innovation agreement", levels=False)}
    )
    assert "‘Milestones’" in messages(without, "agreement-complete")
