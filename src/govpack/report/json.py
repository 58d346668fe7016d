"""A check report as JSON, for machines; `report.schema` says what it holds, `govpack schema --report` prints that."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from govpack.check.verdicts import Verdict

if TYPE_CHECKING:
    from govpack.check.verdicts import CheckReport, ItemVerdict
    from govpack.findings import Finding


VERSION = 1


def to_data(report: CheckReport) -> dict[str, Any]:
    """The report as plain data, in the order of the checklist."""
    return {
        "version": VERSION,
        "checklist": report.checklist,
        "exit_code": report.exit_code,
        "counts": {verdict.value: report.count(verdict) for verdict in Verdict},
        "files": [
            {
                "path": file.path,
                "document": file.document or None,
                "known_by": file.known_by or None,
                "guessed": file.guessed,
            }
            for file in report.files
        ],
        "items": [_item(item) for item in report.verdicts],
        "weak": [_finding(finding) for finding in report.weak],
        "problems": [_finding(finding) for finding in report.problems],
    }


def to_json(report: CheckReport) -> str:
    """The report as JSON text, indented, with a line end."""
    return json.dumps(to_data(report), ensure_ascii=False, indent=2) + "\n"


def _item(item: ItemVerdict) -> dict[str, Any]:
    return {
        "id": item.id,
        "asks": item.asks,
        "source": item.source or None,
        "verdict": item.verdict.value,
        "failing": list(item.failing_files),
        "requirements": [
            {
                "kind": result.kind,
                "name": result.name,
                "document": result.document,
                "file": result.file or None,
                "verdict": result.verdict.value,
                "evidence": [
                    {"file": seen.file, "at": seen.at, "excerpt": seen.excerpt, "near": seen.near or None}
                    for seen in result.outcome.evidence
                ],
                "findings": [_finding(finding) for finding in result.outcome.findings],
            }
            for result in item.results
        ],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    place = finding.location
    return {
        "message": finding.message,
        "severity": finding.severity.value,
        "file": place.file if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "at": (place.at or None) if place else None,
        "remedy": finding.remedy or None,
        "snippet": finding.snippet or None,
    }
