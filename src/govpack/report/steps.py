"""Findings as steps: those that one edit mends belong together."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govpack.findings import Finding


def group_findings(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Findings that are mended by one and the same step, together: in the order of the first of each group."""
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in findings:
        message = "" if finding.snippet else finding.message
        groups.setdefault((message, finding.remedy, finding.snippet), []).append(finding)
    return list(groups.values())
