"""What a requirement asks, in a sentence for somebody who knows nothing of requirement kinds."""

from __future__ import annotations

import re
from typing import Any

import pytest
from tests.support.partnership import CHECKLIST

from govpack.check import read_checklist
from govpack.check.kinds import REGISTRY
from govpack.check.sentences import sentence

REQUIREMENTS = [(item.id, wanted) for item in read_checklist(CHECKLIST).items for wanted in item.requires]


def said(kind: str, arguments: dict[str, Any]) -> str:
    return sentence(kind, REGISTRY[kind].arguments.model_validate(arguments))


@pytest.mark.parametrize(
    ("kind", "arguments", "words"),
    [
        ("section", {"heading": ["Vision", "Intent"]}, "A section ‘Vision’ with text under it"),
        ("section", {"heading": "Vision", "words": 20}, "A section ‘Vision’ with text under it, at least 20 words"),
        ("table", {"under": "RACI", "columns": ["Activity", "*"], "rows": 8},
         "A table under ‘RACI’ with the column Activity and others, at least 8 rows"),
        ("table", {"columns": ["Role", "Side"], "filled": True, "different": {"Side": 2}},
         "A table with the columns Role and Side, nothing left blank, 2 different entries of Side"),
        ("table", {"under": "Heatmap", "columns": ["*"], "rows": 2, "cells": 4},
         "A table under ‘Heatmap’, at least 2 rows, words or numbers in at least 4 cells"),
        ("each_row", {"table": {"under": "RACI", "columns": ["Activity"]}, "exactly_one": "A", "at_least_one": "R"},
         "In each row of the table under ‘RACI’: exactly one A, at least one R"),
        ("each_row", {"table": {"columns": ["Due"]}, "dates": "Due", "never": {"Due": ["soon", "later"]}},
         "In each row of the table: a date in Due, Due does not say ‘soon’ or ‘later’"),
        ("covers", {"every": {"under": "Partners", "columns": ["Partner", "Tier"], "where": {"Tier": "Core"}},
                    "within": {"under": "Exit"}},
         "Each Partner in the table under ‘Partners’ (rows with Tier ‘Core’) is named under ‘Exit’"),
        ("covers", {"values": ["Legal", "Finance"], "within": {"document": "review-register"}},
         "‘Legal’ and ‘Finance’ are named in the review register"),
        ("covers", {"every": {"columns": ["Partner"]}, "within": {"document": "exit-plan", "titles": True}},
         "Each Partner in the table has a document ‘exit plan’ of its own"),
        ("groups", {"table": {"columns": ["Metric"]}, "by": "Partner", "column": "Area", "values": ["A", "B"],
                    "rows": 3}, "Each Partner has at least 3 rows for each of A and B"),
        ("sums_to", {"table": {"under": "Criteria", "columns": ["Weight"]}, "column": "Weight", "total": 100},
         "The Weight in the table under ‘Criteria’ adds up to 100"),
        ("mentions", {"all": [["notice + location", "terminat*"]], "under": "Services"},
         "The text under ‘Services’ says ‘notice’ with ‘location’ or ‘terminat…’"),
        ("mentions", {"any": "Internal", "where": "opening"}, "The cover or the header says ‘Internal’"),
        ("least", {"clauses": 15, "schedules": 1}, "At least 15 clauses and 1 schedule"),
        ("figure", {"sort": "chart", "under": "Economics"}, "A chart under ‘Economics’, described in words"),
        ("slide", {"about": "Risks", "has": ["table", "notes"]}, "A slide about ‘Risks’ with a table and notes"),
        ("slide", {"every": True, "has": ["notes"]}, "Every slide has notes"),
        ("control", {"title": "Outcome", "sort": "drop-down", "value": ["Approved"]},
         "A drop-down list to fill in ‘Outcome’ that says ‘Approved’"),
        ("control", {"title": "Read", "sort": "checkbox", "ticked": True},
         "A checkbox to fill in ‘Read’ that is ticked"),
        ("either", {"of": [{"section": "Law"}, {"mentions": "governed by"}]},
         "A section ‘Law’ with text under it, or the text says ‘governed by’"),
        ("agrees", {"of": "governance-charter", "here": {"under": "Escalation", "columns": ["Level", "Hours"]},
                    "there": {"columns": ["Level", "Hours"]}},
         "The same Hours under ‘Escalation’ as in the governance charter"),
        ("same_figure", {"here": {"row": "Term"}, "there": {"document": "deck", "row": "Term"}, "unit": "months"},
         "The same figure for ‘Term’ here and in the deck"),
        ("terms_defined", {"least": 6}, "At least 6 defined terms, each defined once and used"),
        ("nothing_internal", {"words": ["BATNA"]},
         "No comment, tracked change or hidden text and no word such as ‘BATNA’"),
        ("accessible", {"order": False, "headers": False}, "It has a title, a language and described figures"),
        ("signed_off", {"under": "Sign-off"}, "Room for 2 parties to sign with name and date under ‘Sign-off’"),
        ("reviewed", {"kind": "Legal", "about": ["contract*"]}, "The legal review of the contract approves"),
        ("reaches", {"total": "Total", "least": 80, "under": "Result"}, "The total under ‘Result’ is at least 80%"),
        ("for_a_person", {"what": "whether it is worth it"}, "A person judges whether it is worth it"),
        ("item", {"ids": ["a-complete", "b"]}, "Met as well: ‘a-complete’ and ‘b’"),
        ("no_placeholders", {}, "Nothing is left open: no blank, no ‘TBC’, no gap in brackets"),
        ("no_tags_left", {}, "Nothing is left of the template: no tag in double braces"),
        ("references_resolve", {"typed": True},
         "References show the number of what they lead to, also those typed by hand"),
    ],
)  # fmt: skip
def test_a_requirement_is_told_in_a_sentence(kind: str, arguments: dict[str, Any], words: str) -> None:
    assert said(kind, arguments) == words


def test_every_kind_has_its_sentence() -> None:
    told = {wanted.kind.name for _, wanted in REQUIREMENTS}
    assert told <= set(REGISTRY)
    sample = test_a_requirement_is_told_in_a_sentence.pytestmark[0].args[1]  # type: ignore[attr-defined]
    assert {kind for kind, _, _ in sample} == set(REGISTRY)


def test_each_requirement_of_the_bundled_checklist_has_plain_words() -> None:
    """Whatever it asks, in the checklist's words or in a sentence, no name of a kind and no mark of code is in it."""
    inner = [name for name in REGISTRY if "_" in name]
    for item, wanted in REQUIREMENTS:
        assert len(wanted.name.split()) >= 2, (item, wanted.name)
        assert not any(name in wanted.name for name in inner), (item, wanted.name)
        assert not re.search(r"[*+{}\[\]_]|\bNone\b|\(\)", wanted.name), (item, wanted.name)
        assert wanted.name.lstrip("‘")[:1].isupper(), (item, wanted.name)
        assert len(wanted.name) <= 260, (item, len(wanted.name))


def test_the_checklists_own_words_go_before_the_sentence() -> None:
    (asked,) = {wanted.name for _, wanted in REQUIREMENTS if wanted.asks.startswith("Art. 30(2)(f)")}
    assert asked == "Art. 30(2)(f), help in an incident, free or at a price fixed before"
