"""A check report in the order of a reader: each requirement once, with how many documents hold it and where.

An item asks the same of every document of a kind, so forty contracts give forty results that say nearly the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from govpack.check.verdicts import Verdict
from govpack.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from govpack.check.verdicts import CheckReport, Evidence, ItemVerdict, Result
    from govpack.findings import Finding

# What holds needs a few proofs; what does not is shown in more places, since somebody is to look at them.
MOST_SEEN = {Verdict.MET: 3}
MOST_SEEN_OTHERWISE = 6
# Of what so many documents or more hold, one proof says as much as three.
MANY_DOCUMENTS = 12
MOST_FILES = 4
MOST_FINDINGS = 60


@dataclass(frozen=True, slots=True)
class Seen:
    """One piece of evidence and the first `files` that show it alike; `others` is how many there are beside them."""

    at: str
    excerpt: str
    near: str
    files: tuple[str, ...]
    others: int


@dataclass(frozen=True, slots=True)
class Asked:
    """One requirement over all documents that it was asked of: in `held` of `asked` it holds.

    `seen` are the first pieces of evidence, `more` is how many there are beside them; `file` is where all of them are,
    if that is one file.
    """

    what: str
    document: str
    file: str
    verdict: Verdict
    held: int
    asked: int
    seen: tuple[Seen, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Judged:
    """A checklist item: `missing` is to be mended, `waiting` is for a person to judge, `more` findings are left out."""

    id: str
    asks: str
    source: str
    verdict: Verdict
    failing: tuple[str, ...]
    asked: tuple[Asked, ...]
    missing: tuple[Finding, ...]
    waiting: tuple[Finding, ...]
    more: int
    partners: tuple[str, ...]


def judged_items(report: CheckReport, titles: Mapping[str, str], partner_of: Mapping[str, str]) -> tuple[Judged, ...]:
    """The items in the order of the checklist; `titles` by a document's name, `partner_of` by a file's path."""
    return tuple(_judged(item, titles, partner_of) for item in report.verdicts)


def _judged(item: ItemVerdict, titles: Mapping[str, str], partner_of: Mapping[str, str]) -> Judged:
    findings = item.findings
    waiting = tuple(finding for finding in findings if finding.severity is Severity.NOTE)
    missing = tuple(finding for finding in findings if finding.severity is not Severity.NOTE)
    partners = dict.fromkeys(partner_of[result.file] for result in item.results if result.file in partner_of)
    return Judged(
        item.id,
        item.asks,
        item.source,
        item.verdict,
        item.failing_files if item.verdict is not Verdict.MET else (),
        tuple(_asked(group, titles) for group in _groups(item.results)),
        missing[:MOST_FINDINGS],
        waiting[:MOST_FINDINGS],
        max(len(missing) - MOST_FINDINGS, 0) + max(len(waiting) - MOST_FINDINGS, 0),
        tuple(partners),
    )


def _groups(results: Iterable[Result]) -> list[list[Result]]:
    """Results of one requirement: they follow one another, and a file that comes again begins the next one."""
    groups: list[list[Result]] = []
    for result in results:
        last = groups[-1] if groups else []
        same = last and (last[0].name, last[0].document) == (result.name, result.document)
        if same and result.file not in (other.file for other in last):
            last.append(result)
        else:
            groups.append([result])
    return groups


def _asked(group: Sequence[Result], titles: Mapping[str, str]) -> Asked:
    first = group[0]
    seen = _seen(evidence for result in group for evidence in result.outcome.evidence)
    files = {evidence.file for result in group for evidence in result.outcome.evidence}
    held = sum(result.verdict is Verdict.MET for result in group)
    verdicts = {result.verdict for result in group}
    if len(verdicts) == 1:
        verdict = first.verdict
    elif verdicts <= {Verdict.MET, Verdict.FOR_A_PERSON}:
        verdict = Verdict.FOR_A_PERSON
    else:
        verdict = Verdict.PARTLY_MET if held else Verdict.NOT_MET
    most = MOST_SEEN.get(verdict, MOST_SEEN_OTHERWISE)
    if verdict is Verdict.MET and len(group) >= MANY_DOCUMENTS:
        most = 1
    return Asked(
        first.name,
        titles.get(first.document, first.document.replace("-", " ").capitalize()),
        files.pop() if len(files) == 1 else "",
        verdict,
        held,
        len(group),
        tuple(seen[:most]),
        max(len(seen) - most, 0),
    )


def _seen(evidence: Iterable[Evidence]) -> list[Seen]:
    files: dict[tuple[str, str, str], dict[str, None]] = {}
    for one in evidence:
        files.setdefault((one.at, one.excerpt, one.near), {})[one.file] = None
    return [_alike(said, tuple(where)) for said, where in files.items()]


def _alike(said: tuple[str, str, str], where: tuple[str, ...]) -> Seen:
    """What `where` shows alike: few files are named, of many the first and how many there are beside it."""
    named = where if len(where) <= MOST_FILES else where[:1]
    return Seen(*said, named, len(where) - len(named))
