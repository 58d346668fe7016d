"""The JSON Schema of a check report, for programs that read one."""

from __future__ import annotations

from typing import Any

from govpack.check.verdicts import Verdict
from govpack.findings import Severity
from govpack.report.json import VERSION

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TEXT: dict[str, Any] = {"type": "string"}
_MAYBE: dict[str, Any] = {"type": ["string", "null"]}
_NUMBER: dict[str, Any] = {"type": ["integer", "null"], "minimum": 1}
_VERDICT: dict[str, Any] = {"enum": [verdict.value for verdict in Verdict]}


def report_schema() -> dict[str, Any]:
    """The schema of what `to_data` gives; draft 2020-12."""
    return {
        "$schema": DIALECT,
        "title": "govpack check report",
        "description": "What govpack check --format json prints, and pack.json holds under verdicts. Keys may be added "
        "to a version; one that changes its meaning or goes makes a new one.",
        **_object(
            {
                "version": {"const": VERSION},
                "checklist": _said("Title of the checklist"),
                "exit_code": {
                    "enum": [0, 1, 2],
                    "description": "0: all is met or for a person; 1: something is not met; 2: it could not judge",
                },
                "counts": _object({verdict.value: {"type": "integer", "minimum": 0} for verdict in Verdict}),
                "files": _list("file", "The files that were looked at"),
                "items": _list("item", "The items of the checklist, in its order"),
                "weak": _list("finding", "Warnings that cost no verdict"),
                "problems": _list("finding", "What could not be judged at all"),
            }
        ),
        "$defs": {
            "file": _object(
                {
                    "path": _said("The file as it was given, or its path in the folder that was"),
                    "document": _said("Which document of the checklist it is; null where it is none", _MAYBE),
                    "known_by": _said("How that was seen: by its properties, its name, its title, or a guess", _MAYBE),
                    "guessed": {"type": "boolean", "description": "Whether neither properties nor name say it"},
                }
            ),
            "item": _object(
                {
                    "id": _TEXT,
                    "asks": _said("What is asked, in people's words"),
                    "source": _said("Who asks it", _MAYBE),
                    "verdict": _VERDICT,
                    "failing": {"type": "array", "items": _TEXT, "description": "The files that do not meet it"},
                    "requirements": _list("requirement", "Each requirement on each document"),
                }
            ),
            "requirement": _object(
                {
                    "kind": _said("The kind of requirement, such as table"),
                    "name": _said("What it asks, for people"),
                    "document": _said("The document of the checklist that it was asked of"),
                    "file": _said("The file that it was asked of; null where there is none", _MAYBE),
                    "verdict": _VERDICT,
                    "evidence": _list("evidence", "Where it was found"),
                    "findings": _list("finding", "What is missing"),
                }
            ),
            "evidence": _object(
                {
                    "file": _TEXT,
                    "at": _said("Where in the file: heading path, table and cell, slide"),
                    "excerpt": _said("A few of the words there"),
                    "near": _said("Names that matched only nearly", _MAYBE),
                }
            ),
            "finding": _object(
                {
                    "message": _said("What is wrong"),
                    "severity": {"enum": [severity.value for severity in Severity]},
                    "file": _MAYBE,
                    "line": _NUMBER,
                    "column": _NUMBER,
                    "at": _said("Where in the file", _MAYBE),
                    "remedy": _said("What to do", _MAYBE),
                    "snippet": _said("YAML to paste into the inputs, where the remedy says", _MAYBE),
                }
            ),
        },
    }


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _list(name: str, about: str) -> dict[str, Any]:
    return {"type": "array", "items": {"$ref": f"#/$defs/{name}"}, "description": about}


def _said(about: str, kind: dict[str, Any] = _TEXT) -> dict[str, Any]:
    return {**kind, "description": about}
