"""The JSON report keeps to its published schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from tests.support.partnership import charter, judge

from govpack.cli import run
from govpack.report.json import to_data
from govpack.report.schema import report_schema

PUBLISHED = Path(__file__).parents[2] / "docs" / "schemas" / "check-report.schema.json"


def strict(schema: Any) -> Any:
    """The schema, refusing keys that it does not name: what is written must be described."""
    if isinstance(schema, dict):
        closed = {"additionalProperties": False} if schema.get("type") == "object" else {}
        return {**{key: strict(value) for key, value in schema.items()}, **closed}
    return [strict(value) for value in schema] if isinstance(schema, list) else schema


def test_reports_with_findings_evidence_and_broken_files_keep_to_the_schema(tmp_path: Path) -> None:
    validator = jsonschema.Draft202012Validator(strict(report_schema()))
    files = {
        "a/governance-charter.docx": charter(escalation=None),
        "b/anything.docx": charter(),
        "c/partnership-strategy.docx": b"broken",
    }
    report = to_data(judge(tmp_path, files))
    assert [error.message for error in validator.iter_errors(report)] == []
    assert report["problems"]
    assert any(requirement["evidence"] for item in report["items"] for requirement in item["requirements"])
    guessed = next(file for file in report["files"] if file["path"] == "b/anything.docx")
    assert guessed["document"] == "governance-charter"
    assert guessed["guessed"] is True
    assert guessed["known_by"]


def test_a_report_that_lacks_a_key_does_not(tmp_path: Path) -> None:
    report = to_data(judge(tmp_path, {"governance-charter.docx": charter()}))
    del report["items"][0]["verdict"]
    with pytest.raises(jsonschema.ValidationError, match="verdict"):
        jsonschema.validate(report, report_schema())


def test_the_schema_is_published_as_the_command_prints_it(capsys: pytest.CaptureFixture[str]) -> None:
    jsonschema.Draft202012Validator.check_schema(report_schema())
    assert run(["schema", "--report"]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads(PUBLISHED.read_text(encoding="utf-8"))
