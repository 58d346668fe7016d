"""Findings as steps: those that one edit mends belong together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govpack.findings import Finding

_CELL = re.compile(r", cell \d+$")


def group_findings(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Findings that are mended by one and the same step, together: in the order of the first of each group."""
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in findings:
        message = "" if finding.snippet else finding.message
        groups.setdefault((message, finding.remedy, finding.snippet), []).append(finding)
    return list(groups.values())


def untold_findings(findings: Iterable[Finding], told: set[tuple[str, str]] | None = None) -> list[Finding]:
    """Those findings that were not `told` yet, each once; they count as told from then on."""
    told = set() if told is None else told
    fresh = {}
    for finding in findings:
        if (key := _key(finding)) not in told:
            told.add(key)
            fresh[key] = finding
    return list(fresh.values())


def _key(finding: Finding) -> tuple[str, str]:
    """What a reader takes for the same finding: several items may miss one section, each with its own remedy.

    A cell that is blank is told once, not again as a cell with a placeholder.
    """
    place = finding.location
    return str(place), "" if place is not None and _CELL.search(place.at) else finding.message
