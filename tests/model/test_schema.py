"""The JSON Schema that editors use."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import jsonschema
import pytest
from tests.model.packs import example_tree, small

from govpack.model.schema import pack_schema

SCHEMA = pack_schema()


def errors(tree: object) -> list[str]:
    """What a JSON Schema validator says of a tree."""
    plain = json.loads(json.dumps(tree, default=lambda value: float(value) if isinstance(value, Decimal) else value))
    validator = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker())
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(plain)]


def test_it_is_a_schema_of_the_dialect_that_it_names() -> None:
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert SCHEMA["title"]
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("name", ["nordhaven", "minimal"])
def test_the_fixtures_are_valid(name: str) -> None:
    assert errors(example_tree(name)) == []


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"partners__0__tier": "gold"}, "$.partners[0]"),
        ({"partners__0__spend": "much"}, "$.partners[0].spend"),
        ({"contracts__0__effective": "soon"}, "$.contracts[0].effective"),
        ({"contracts__0__type": "lease"}, "$.contracts[0].type"),
        ({"risks__0__impact": 7}, "$.risks[0].impact"),
    ],
)
def test_what_the_model_refuses_an_editor_marks(changes: dict[str, Any], place: str) -> None:
    assert [error.split(":")[0] for error in errors(small(**changes))] == [place]


def test_every_property_has_a_title_and_a_description() -> None:
    silent = [
        f"{model}.{name}"
        for model, definition in SCHEMA["$defs"].items()
        for name, described in definition["properties"].items()
        if not described.get("description")
    ]
    assert silent == []
    assert SCHEMA["$defs"]["Partner"]["properties"]["legal_name"]["title"] == "Legal Name"


def test_money_is_a_number_and_its_default_too() -> None:
    properties = SCHEMA["$defs"]["Partner"]["properties"]
    assert properties["spend"]["anyOf"][0] == {"type": "number", "minimum": 0, "maximum": 1e15}
    assert SCHEMA["$defs"]["Economics"]["properties"]["discount_rate_pct"]["default"] == 8
