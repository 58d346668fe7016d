"""A kit's manifest and its clauses' front matter as data."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from govpack.model.kit import ClauseFrontMatter, KitManifest

CHARTER = {
    "name": "governance-charter",
    "title": "Governance charter",
    "template": "governance-charter.docx",
    "output": "counterparty/{partner}/governance-charter.docx",
    "audience": "counterparty",
    "for_each": "contract",
    "purpose": "Says who does what.",
}
DECK = {
    "name": "executive-briefing",
    "title": "Executive briefing",
    "template": "executive-briefing.pptx",
    "output": "internal/executive-briefing.pptx",
    "audience": "internal",
    "purpose": "Asks for a decision.",
}


def manifest(*documents: dict[str, Any]) -> KitManifest:
    """A kit with these documents."""
    return KitManifest.model_validate({"kit": "small", "title": "Small", "version": "1", "documents": documents})


def told(*documents: dict[str, Any]) -> list[tuple[str, str]]:
    """Place and message of each problem."""
    return [(".".join(map(str, problem.path)), problem.message) for problem in manifest(*documents).problems()]


def test_a_good_manifest_has_no_problem() -> None:
    assert told(CHARTER, DECK) == []


@pytest.mark.parametrize(
    "path", ["/etc/passwd", "../up.docx", "a/../../b.docx", "C:/x.docx", "a\\b.docx", "x\x00.docx", "", "."]
)
@pytest.mark.parametrize("key", ["template", "output"])
def test_a_path_stays_inside_its_folder(key: str, path: str) -> None:
    with pytest.raises(ValidationError, match=f"documents.0.{key}"):
        manifest(DECK | {key: path})


@pytest.mark.parametrize(
    ("changes", "place", "words"),
    [
        ({"output": "x/{supplier}.docx"}, "documents.0.output", "'{supplier}' is unknown here"),
        ({"output": "x/charter.docx"}, "documents.0.output", "needs a name of its own"),
        (
            {"for_each": None, "audience": "internal", "output": "internal/{partner}/charter.docx"},
            "documents.0.output",
            "has no partner or contract in its name",
        ),
        (
            {"for_each": None, "output": "charter.docx"},
            "documents.0.audience",
            "a document for a counterparty is made for each contract",
        ),
    ],
)
def test_an_output_tells_documents_apart(changes: dict[str, Any], place: str, words: str) -> None:
    ((found, message),) = told(CHARTER | changes)
    assert found == place
    assert words in message


def test_names_and_outputs_are_given_once() -> None:
    assert [place for place, _ in told(DECK, DECK)] == ["documents.1.name", "documents.1.output"]


def test_a_clauses_front_matter_needs_little() -> None:
    clause = ClauseFrontMatter.model_validate(
        {
            "id": "liability",
            "title": "Liability",
            "group": "Risk",
            "order": 10,
            "types": ["services agreement"],
            "variants": {"preferred": {}, "fallback_1": {"risk": "Lower cap", "owner": "Legal"}},
            "why": "Limits what can be lost.",
        }
    )
    assert list(clause.variants) == ["preferred", "fallback_1"]
    assert not clause.schedule
    assert clause.when is None


BOOK = {
    "name": "vendor-scorecard",
    "title": "Vendor scorecard",
    "workbook": "scorecard",
    "output": "internal/vendor-scorecard.xlsx",
    "audience": "internal",
    "purpose": "Shows the scores.",
}


def test_a_workbook_stands_in_place_of_a_template() -> None:
    assert told(DECK, BOOK) == []


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"template": "a.xlsx"}, "a document is made from a template or as a workbook, not both"),
        ({"workbook": None}, "a document needs a template, or workbook: scorecard"),
        ({"output": "internal/vendor-scorecard.docx"}, "the name of a workbook must end in .xlsx"),
        ({"for_each": "partner", "output": "internal/{partner}/a.xlsx"}, "it is internal, and made once for the pack"),
        ({"controls": "named"}, "a workbook has no content controls and no drafting notes"),
    ],
)
def test_a_workbook_takes_only_what_it_knows(changes: dict[str, Any], message: str) -> None:
    assert any(said.endswith(message) for _, said in told(BOOK | changes))


LIST = {
    "name": "quality-checklist",
    "title": "Quality checklist",
    "template": "quality-checklist.docx",
    "output": "internal/quality-checklist.docx",
    "audience": "internal",
    "made_from": "verdict",
    "purpose": "Says what is met.",
}


def problems_of(document: dict[str, Any], **more: Any) -> list[str]:
    kit = KitManifest.model_validate({"kit": "k", "title": "K", "version": "1", "documents": [document], **more})
    return [problem.message for problem in kit.problems()]


def test_a_document_may_be_made_from_the_verdict_of_its_build() -> None:
    assert problems_of(LIST, checklist="checklist.yaml") == []


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"keep_edited": True}, "is made anew with it: leave out keep_edited"),
        ({"for_each": "partner", "output": "internal/{partner}/a.docx"}, "is internal, made once for the pack"),
        ({"template": None, "workbook": "scorecard", "output": "a.xlsx"}, "is internal, made once for the pack"),
    ],
)
def test_a_document_made_from_the_verdict_is_one_for_the_pack_and_never_out_of_date(
    changes: dict[str, Any], message: str
) -> None:
    assert any(message in said for said in problems_of(LIST | changes, checklist="checklist.yaml"))


def test_there_is_no_verdict_without_a_checklist() -> None:
    assert problems_of(LIST) == ["there is no verdict without a checklist: add checklist: to the kit"]
