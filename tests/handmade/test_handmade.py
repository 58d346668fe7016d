"""Documents that govpack did not write get the verdict that a grader would give, and what is missing is named."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.support.partnership import CHECKLIST

from govpack.check import Verdict, check_paths, read_checklist

HERE = Path(__file__).parent
EXPECTED: dict[str, dict[str, Any]] = yaml.safe_load((HERE / "expectations.yaml").read_text(encoding="utf-8"))
FAULTS: dict[str, dict[str, Any]] = yaml.safe_load((HERE / "faults.yaml").read_text(encoding="utf-8"))
GAPS: dict[str, list[str]] = yaml.safe_load((HERE / "gaps.yaml").read_text(encoding="utf-8"))
# What a document is called in the checklist, and the item that says of it what a grader looks for.
DOCUMENTS = {
    "strategy": "partnership-strategy",
    "charter": "governance-charter",
    "agreement": "partnership-agreement",
    "scorecard": "vendor-scorecard",
    "deck": "executive-briefing",
    "handoff": "enablement-handoff",
}
ITEMS = {
    "strategy": "strategy-complete",
    "governance": "governance-complete",
    "scorecard": "scorecard-complete",
    "enablement": "enablement-ready",
    "deck": "strategy-complete",  # the deck mirrors the strategy
    "contract": "agreement-complete",
}


@cache
def _checklist() -> Any:
    return read_checklist(CHECKLIST)


def _judge(name: str) -> tuple[str, list[str], int]:
    """The document that it is taken for, what it is said to lack, and how many requirements it meets."""
    report = check_paths([HERE / "documents" / name], _checklist())
    expected = EXPECTED[name]
    item = ITEMS[(expected.get("meets") or expected["fails"])[0]]
    verdict = next(found for found in report.verdicts if found.id == item)
    own = [result for result in verdict.results if result.document == DOCUMENTS[expected["is"]] and result.file]
    lacks = [
        f"{finding.location.at or ''}: {finding.message}"
        for result in own
        if result.verdict is not Verdict.MET
        for finding in result.outcome.findings
    ]
    return report.files[0].document, lacks, sum(result.verdict is Verdict.MET for result in own)


@pytest.mark.parametrize("name", [name for name, expected in EXPECTED.items() if "meets" in expected])
def test_a_document_in_other_words_and_layouts_lacks_nothing(name: str) -> None:
    """But for the gaps that are known: each of these is said, and nothing else."""
    document, lacks, met = _judge(name)
    gaps = GAPS.get(name, [])
    if "not recognised" in gaps:
        assert document == ""
        return
    assert document == DOCUMENTS[EXPECTED[name]["is"]]
    assert met > 0
    unknown = [lack for lack in lacks if not any(gap in lack for gap in gaps)]
    assert not unknown, "\n".join(unknown)
    closed = [gap for gap in gaps if not any(gap in lack for lack in lacks)]
    assert not closed, f"no longer a gap: take it off gaps.yaml: {closed}"


def _lacks_of_all_items(name: str) -> dict[str, list[str]]:
    """What each item of the whole checklist says that the document itself lacks, by item."""
    report = check_paths([HERE / "documents" / name], _checklist())
    lacks: dict[str, list[str]] = {}
    for item in report.verdicts:
        for result in item.results:
            # Of other documents, and of items that speak of others, a document by itself cannot say anything.
            if result.file and result.kind != "item" and result.verdict is Verdict.NOT_MET:
                lacks.setdefault(item.id, []).extend(found.message for found in result.outcome.findings)
    return lacks


@pytest.mark.parametrize("name", [name for name, expected in EXPECTED.items() if "meets" in expected])
def test_each_item_that_applies_says_what_is_wrong_with_the_document_and_nothing_else(name: str) -> None:
    """What is truly wrong with the documents is listed with the reason: no more is said of them, and no less."""
    lacks = _lacks_of_all_items(name)
    faults = {item: listed["documents"][name] for item, listed in FAULTS.items() if name in listed["documents"]}
    unknown = [
        f"{item}: {lack}" for item, said in lacks.items() for lack in said
        if not any(fault in lack for fault in faults.get(item, []))
    ]  # fmt: skip
    assert not unknown, "\n".join(unknown)
    mended = [
        f"{item}: {fault}" for item, listed in faults.items() for fault in listed
        if not any(fault in lack for lack in lacks.get(item, []))
    ]  # fmt: skip
    assert not mended, f"this is said no longer: take it off faults.yaml: {mended}"


def test_each_fault_has_its_reason_and_is_of_a_document_and_an_item_that_there_are() -> None:
    items = {item.id for item in _checklist().items}
    for item, listed in FAULTS.items():
        assert item in items
        assert len(listed["why"].split()) > 8
        assert set(listed["documents"]) <= set(EXPECTED)


@pytest.mark.parametrize("name", [name for name, expected in EXPECTED.items() if "fails" in expected])
def test_the_right_words_in_the_wrong_place_are_no_evidence(name: str) -> None:
    document, lacks, _ = _judge(name)
    if document:
        assert document == DOCUMENTS[EXPECTED[name]["is"]]
        assert lacks
    else:
        assert "not recognised" in GAPS[name]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("strategy-contents-only.docx", "there is no section ‘Segmentation’"),
        ("strategy-glossary.docx", "there is no section ‘Risks’"),
        ("strategy-no-mitigation.docx", "no columns ‘Mitigation’ and ‘Contingency’"),
        ("strategy-kpis-in-prose.docx", "there is no table with the columns KPI, Baseline, Target"),
        ("charter-empty-raci.docx", "‘Monthly retraining’ has no ‘A’"),
        ("charter-self-declared.docx", "there is no section ‘Escalation’"),
        ("agreement-reserved.docx", "‘clause 14.3’ refers to a number that does not exist"),
        ("scorecard-pasted-values.xlsx", "of ‘Availability’ is typed in"),
        ("scorecard-weights-97.xlsx", "‘Weight’ adds up to 97, not to 100"),
    ],
)
def test_what_is_wrong_with_them_is_said(name: str, said: str) -> None:
    _, lacks, _ = _judge(f"astray/{name}")
    assert any(said in lack for lack in lacks), "\n".join(lacks)
