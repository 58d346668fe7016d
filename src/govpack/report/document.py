"""What a report gives to documents that are made from it: plain data, and a description of it for lint.

A template of a kit document with ``made_from: verdict`` sees it as ``check``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govpack.check.verdicts import Verdict
from govpack.model.description import VALUE, Described, group
from govpack.report.steps import group_findings, untold_findings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from govpack.check.verdicts import CheckReport, Evidence, ItemVerdict, Result
    from govpack.findings import Finding

NAME = "check"
_PLACES = 4

_STEP = group(dict.fromkeys(("messages", "places"), Described("list", item=VALUE)) | {"more": VALUE, "remedy": VALUE})
_STEPS = Described("list", item=_STEP)
_EVIDENCE = group(dict.fromkeys(("what", "file", "at", "words", "near", "more"), VALUE))
_ITEM = group(
    dict.fromkeys(("id", "asks", "source", "verdict", "met", "for_a_person"), VALUE)
    | {"evidence": Described("list", item=_EVIDENCE), "steps": _STEPS}
)
DESCRIPTION = group(
    dict.fromkeys(("title", "items_total", "met", "partly_met", "not_met", "for_a_person", "documents"), VALUE)
    | {"items": Described("list", item=_ITEM), "weak": _STEPS, "problems": _STEPS}
)


def check_view(report: CheckReport) -> dict[str, Any]:
    """The report as a template sees it: counts, items with evidence and steps to mend, what is weak, what was unread.

    Each requirement has one row of evidence, of the first document that has it, with how many `more` have it, too. A
    step has the `messages` that it answers, the first `places` and how many `more` there are, and its `remedy`.
    """
    return {
        "title": report.checklist,
        "items_total": len(report.verdicts),
        "met": report.count(Verdict.MET),
        "partly_met": report.count(Verdict.PARTLY_MET),
        "not_met": report.count(Verdict.NOT_MET),
        "for_a_person": report.count(Verdict.FOR_A_PERSON),
        "documents": sum(bool(file.document) for file in report.files),
        "items": [_item(item) for item in report.verdicts],
        "weak": _steps(report.weak),
        "problems": _steps(report.problems),
    }


def _item(item: ItemVerdict) -> dict[str, Any]:
    return {
        "id": item.id,
        "asks": item.asks,
        "source": item.source or None,
        "verdict": item.verdict.value,
        "met": item.verdict is Verdict.MET,
        "for_a_person": item.verdict is Verdict.FOR_A_PERSON,
        "evidence": [row for requirement in _requirements(item.results) if (row := _evidence(requirement))],
        "steps": _steps(item.findings),
    }


def _requirements(results: Iterable[Result]) -> Iterator[list[Result]]:
    """The results of each requirement: one after another, each of another file."""
    found: list[Result] = []
    for result in results:
        same = found and (found[0].kind, found[0].name) == (result.kind, result.name)
        if found and (not same or result.file in {each.file for each in found}):
            yield found
            found = []
        found.append(result)
    if found:
        yield found


def _evidence(results: Sequence[Result]) -> dict[str, Any] | None:
    seen: list[Evidence] = [result.outcome.evidence[0] for result in results if result.outcome.evidence]
    if not seen:
        return None
    first = next((evidence for evidence in seen if evidence.at), seen[0])
    return {
        "what": results[0].name,
        "file": first.file,
        "at": first.at,
        "words": first.excerpt,
        "near": first.near,
        "more": len(seen) - 1,
    }


def _steps(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    steps = []
    for found in group_findings(untold_findings(findings)):
        places = list(dict.fromkeys(str(finding.location) for finding in found if finding.location))
        steps.append(
            {
                "messages": list(dict.fromkeys(finding.message for finding in found)),
                "places": places[:_PLACES],
                "more": max(len(places) - _PLACES, 0),
                "remedy": found[0].remedy,
            }
        )
    return steps
