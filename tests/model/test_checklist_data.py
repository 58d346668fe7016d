"""A checklist as data."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from govpack.model.checklist import Checklist


def checklist(*requires: object, of: object = "charter") -> dict[str, Any]:
    """A checklist with one item."""
    return {
        "title": "Quality",
        "documents": {"charter": {"title": "Governance charter", "files": ["*charter*.docx"], "for_each": "contract"}},
        "items": [{"id": "complete", "asks": "Is it complete?", "of": of, "requires": requires}],
    }


def test_a_requirement_is_a_mapping_with_its_kind_as_key() -> None:
    table = {"under": "Roles", "rows": 5}
    found = Checklist.model_validate(
        checklist({"table": table, "remedy": "Add a row", "weight": 2}, {"no_tags_left": True})
    )
    first, second = found.items[0].requires
    assert (first.kind, first.arguments, first.remedy, first.weight) == ("table", table, "Add a row", 2)
    assert (second.kind, second.arguments, second.weight) == ("no_tags_left", True, 1)


def test_the_arguments_stay_the_objects_that_were_read() -> None:
    """They carry file and line, which the checker names when it refuses them."""
    table = {"under": "Roles"}
    found = Checklist.model_validate(checklist({"table": table}))
    assert found.items[0].requires[0].arguments is table


def test_an_item_may_be_of_one_document_or_several() -> None:
    assert Checklist.model_validate(checklist({"signed_off": True})).items[0].of == ("charter",)
    found = Checklist.model_validate(checklist({"signed_off": True, "of": ["charter"]}, of=["charter", "deck"]))
    assert found.items[0].of == ("charter", "deck")
    assert found.items[0].requires[0].of == ("charter",)


@pytest.mark.parametrize(
    ("requirement", "words"),
    [
        ({"remedy": "Do it"}, "names exactly one kind; found none"),
        ({"table": {}, "section": {}}, "names exactly one kind; found table, section"),
        ("table", "such as {section: Escalation}"),
    ],
)
def test_a_requirement_names_exactly_one_kind(requirement: object, words: str) -> None:
    with pytest.raises(ValidationError, match=r"requires\.0") as caught:
        Checklist.model_validate(checklist(requirement))
    assert words in caught.value.errors()[0]["msg"]


def test_an_item_requires_something() -> None:
    with pytest.raises(ValidationError, match="at least 1 item"):
        Checklist.model_validate(checklist())


def test_unknown_documents_and_ids_given_twice_are_told_with_their_place() -> None:
    tree = checklist({"signed_off": True, "of": "deck"}, of=["charter", "agreement"])
    tree["items"].append(tree["items"][0] | {"of": "charter", "requires": [{"signed_off": True}]})
    assert [(problem.path, problem.message) for problem in Checklist.model_validate(tree).problems()] == [
        (("items", 0, "of"), "there is no document 'agreement' under documents"),
        (("items", 0, "requires", 0, "of"), "there is no document 'deck' under documents"),
        (("items", 1, "id"), "there are two items 'complete'"),
    ]
