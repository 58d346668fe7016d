"""A check report in the order of a reader: each requirement once, with how many documents hold it and where.

An item asks the same of every document of a kind, so forty contracts give forty results that say nearly the same.
Documents, verdict and numbers stand once over all the requirements that they are the same for.
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
    """One piece of evidence and the first `files` that show it alike; `others` is how many there are beside them.

    `files` is empty where they are all those that were asked: the group of requirements names them.
    """

    at: str
    excerpt: str
    near: str
    files: tuple[str, ...]
    others: int


@dataclass(frozen=True, slots=True)
class Asked:
    """One requirement: `seen` are the first pieces of evidence, `more` is how many there are beside them."""

    what: str
    seen: tuple[Seen, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Group:
    """Requirements of the same documents that came out alike: in `held` of `count` documents each of them holds.

    `files` are the documents with a short name of each, the first of them where they are many; `others` is how many
    there are beside those. `names` are the short names of all; `of` is the partner of the one document, if it has one.
    """

    document: str
    of: str
    verdict: Verdict
    held: int
    count: int
    files: tuple[tuple[str, str], ...]
    others: int
    names: Mapping[str, str]
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """A checklist item: `missing` is to be mended, `waiting` is for a person to judge, `more` findings are left out."""

    id: str
    asks: str
    source: str
    verdict: Verdict
    failing: tuple[str, ...]
    groups: tuple[Group, ...]
    missing: tuple[Finding, ...]
    waiting: tuple[Finding, ...]
    more: int
    partners: tuple[str, ...]


def judged_items(
    report: CheckReport, titles: Mapping[str, str], partner_of: Mapping[str, str], partners: Mapping[str, str]
) -> tuple[Judged, ...]:
    """The items in the order of the checklist.

    `titles` by a document's name, `partner_of` by a file's path, `partners` are the partners' names by their ids.
    """
    named = {path: partners[partner] for path, partner in partner_of.items() if partner in partners}
    return tuple(_judged(item, titles, partner_of, named) for item in report.verdicts)


def _judged(
    item: ItemVerdict, titles: Mapping[str, str], partner_of: Mapping[str, str], named: Mapping[str, str]
) -> Judged:
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
        _groups(item.results, titles, named),
        missing[:MOST_FINDINGS],
        waiting[:MOST_FINDINGS],
        max(len(missing) - MOST_FINDINGS, 0) + max(len(waiting) - MOST_FINDINGS, 0),
        tuple(partners),
    )


def _groups(results: Iterable[Result], titles: Mapping[str, str], named: Mapping[str, str]) -> tuple[Group, ...]:
    """What came out alike for the same documents stands together, in the order in which each first was asked."""
    alike: dict[tuple[str, Verdict, int, tuple[str, ...]], list[list[Result]]] = {}
    for requirement in _requirements(results):
        files = tuple(result.file for result in requirement if result.file)
        held = sum(result.verdict is Verdict.MET for result in requirement)
        alike.setdefault((requirement[0].document, _verdict(requirement), held, files), []).append(requirement)
    return tuple(
        _group(titles.get(document, document.replace("-", " ").capitalize()), verdict, held, files, asked, named)
        for (document, verdict, held, files), asked in alike.items()
    )


def _requirements(results: Iterable[Result]) -> list[list[Result]]:
    """Results of one requirement: they follow one another, and a file that comes again begins the next one."""
    found: list[list[Result]] = []
    for result in results:
        last = found[-1] if found else []
        same = last and (last[0].name, last[0].document) == (result.name, result.document)
        if same and result.file not in (other.file for other in last):
            last.append(result)
        else:
            found.append([result])
    return found


def _verdict(requirement: Sequence[Result]) -> Verdict:
    verdicts = {result.verdict for result in requirement}
    if len(verdicts) == 1:
        return requirement[0].verdict
    if verdicts <= {Verdict.MET, Verdict.FOR_A_PERSON}:
        return Verdict.FOR_A_PERSON
    return Verdict.PARTLY_MET if Verdict.MET in verdicts else Verdict.NOT_MET


def _group(
    document: str,
    verdict: Verdict,
    held: int,
    files: tuple[str, ...],
    asked: Sequence[Sequence[Result]],
    named: Mapping[str, str],
) -> Group:
    labels = [named.get(path, "") for path in files]
    # A partner's name says which document it is as long as that partner has one of the kind.
    told = all(labels) and len(set(labels)) == len(labels)
    names = {path: label if told else short_path(path) for path, label in zip(files, labels, strict=True)}
    shown = files if len(files) <= MOST_FILES else files[:1]
    return Group(
        document,
        labels[0] if len(files) == 1 else "",
        verdict,
        held,
        len(asked[0]),
        tuple((path, names[path]) for path in shown),
        len(files) - len(shown),
        names,
        tuple(_asked(requirement, verdict, frozenset(files)) for requirement in asked),
    )


def short_path(path: str) -> str:
    """A path in running text: its folder and its name, since the link knows the rest."""
    return "/".join(path.split("/")[-2:])


def _asked(requirement: Sequence[Result], verdict: Verdict, files: frozenset[str]) -> Asked:
    seen = _seen((evidence for result in requirement for evidence in result.outcome.evidence), files)
    most = MOST_SEEN.get(verdict, MOST_SEEN_OTHERWISE)
    if verdict is Verdict.MET and len(requirement) >= MANY_DOCUMENTS:
        most = 1
    return Asked(requirement[0].name, tuple(seen[:most]), max(len(seen) - most, 0))


def _seen(evidence: Iterable[Evidence], asked: frozenset[str]) -> list[Seen]:
    files: dict[tuple[str, str, str], dict[str, None]] = {}
    for one in evidence:
        files.setdefault((one.at, one.excerpt, one.near), {})[one.file] = None
    return [_alike(said, tuple(where), asked) for said, where in files.items()]


def _alike(said: tuple[str, str, str], where: tuple[str, ...], asked: frozenset[str]) -> Seen:
    """What `where` shows alike: few files are named, of many the first and how many there are beside it."""
    if frozenset(where) == asked:
        return Seen(*said, (), 0)
    named = where if len(where) <= MOST_FILES else where[:1]
    return Seen(*said, named, len(where) - len(named))
