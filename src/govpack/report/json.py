"""A check report as JSON, for machines: stable keys, documented here.

``version`` (1), ``checklist``, ``exit_code`` (0, 1, 2), ``counts`` (items by verdict), ``files`` (``path``,
``document``), ``items`` (``id``, ``asks``, ``source``, ``verdict``, ``failing`` files, ``requirements``), ``weak`` and
``problems`` (findings). A requirement has ``kind``, ``document``, ``file``, ``verdict``, ``evidence`` (each with
``file``, ``at``, ``excerpt``, ``near``) and ``findings`` (each with ``message``, ``severity``, ``file``, ``line``,
``column``, ``at``, ``remedy``).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from govpack.check.verdicts import Verdict

if TYPE_CHECKING:
    from govpack.check.verdicts import CheckReport, ItemVerdict
    from govpack.findings import Finding


def to_data(report: CheckReport) -> dict[str, Any]:
    """The report as plain data, in the order of the checklist."""
    return {
        "version": 1,
        "checklist": report.checklist,
        "exit_code": report.exit_code,
        "counts": {verdict.value: report.count(verdict) for verdict in Verdict},
        "files": [{"path": file.path, "document": file.document or None} for file in report.files],
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
    }
