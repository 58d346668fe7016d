"""The requirement kind over two documents that hold the same records: `agrees`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govpack.check.kinds.base import Args, Case, kind
from govpack.check.kinds.cells import at_most
from govpack.check.kinds.coverage import absent
from govpack.check.kinds.selection import Found, Selection, elsewhere, select_all
from govpack.check.records import TITLE
from govpack.check.values import canonical, same_fact, without_remark
from govpack.check.verdicts import Evidence, Outcome, met, missing, unmet
from govpack.check.words import excerpt, is_blank, normalise

if TYPE_CHECKING:
    from govpack.check.records import Record
    from govpack.findings import Finding


class AgreesArgs(Args):
    """Records `here` and records `there`, in the document `of`, say the same: rows by the first column, cell by cell.

    Where several tables there fit, the one that is nearest counts. `common`: rows that only one of them has part
    nothing; `both`: what is there must be here, too. `if_there`: met where there is no such document, or no such table
    in one.
    """

    of: str
    here: Selection
    there: Selection
    common: bool = False
    both: bool = False
    if_there: bool = False


@kind("agrees", AgreesArgs)
def agrees(case: Case, args: AgreesArgs) -> Outcome:
    """The same facts in two documents, whatever their format.

    ``agrees: {of: partnership-agreement, here: {under: Escalation, columns: [Level, Respond]}, there: {…}}``

    Passes: level 1 "1 hour" here, "1 h" there; "99.95 %" and "99.95 percent". Fails: "2 hours" there; no level 1 there;
    no such document, unless `if_there` is true.
    """
    other = elsewhere(case, args.of)
    if other is None:
        return absent(case, args.of, args.if_there)
    mine = select_all(case, args.here)
    if isinstance(mine, Outcome):
        return met([Evidence(case.file, "", "there is nothing here to compare")]) if args.if_there else mine
    theirs = select_all(other, args.there)
    if isinstance(theirs, Outcome):
        return met([Evidence(case.file, "", f"{other.file} has nothing to compare with")]) if args.if_there else theirs
    # What is read as records by its headings has no key to compare by.
    theirs = tuple(found for found in theirs if found.columns[0] != TITLE or not args.if_there)
    if not theirs:
        return met([Evidence(case.file, "", f"{other.file} has nothing to compare with")])
    findings: list[Finding] = []
    evidence = [found.evidence(case.file) for found in mine]
    same = 0
    for found in mine:
        compared = [(*_compare(case, found, other, their, args), their) for their in theirs]
        # Two ladders there, of two sorts of contract: the one that agrees most is the one that is meant.
        count, wrong, meant = min(compared, key=lambda each: (len(each[1]), -each[0]))
        same += count
        findings += at_most(wrong, case, found)
        evidence.append(meant.evidence(other.file))
    if not findings and not same and not args.common:
        words = f"nothing here is in {other.file} as well"
        findings.append(missing(words, case.file, mine[0].address, f"compare with {theirs[0].address} there"))
    return unmet(findings, evidence, cost=1) if findings else met(evidence)


def _compare(case: Case, mine: Found, other: Case, theirs: Found, args: AgreesArgs) -> tuple[int, list[Finding]]:
    """How many cells of the two tables are the same, and what is not."""
    names = [wanted[0] for wanted in args.here.named]
    by_key = {canonical(record.value(theirs.columns[0])): record for record in theirs.records}
    findings: list[Finding] = []
    same, met_there = 0, set()
    for record in mine.records:
        key = record.value(mine.columns[0])
        match = _match(key, by_key)
        if match is None:
            if not args.common:
                message = f"‘{excerpt(key)}’ is not in {other.file}"
                findings.append(missing(message, case.file, record.address, f"compare with {theirs.address} there"))
            continue
        met_there.add(match.address)
        for name, at, there in zip(names[1:], mine.columns[1:], theirs.columns[1:], strict=False):
            one, two = record.value(at), match.value(there)
            if same_fact(one, two) or (is_blank(one) and is_blank(two)):
                same += 1
            else:
                message = f"‘{name}’ is ‘{excerpt(one)}’ here and ‘{excerpt(two)}’ in {other.file}"
                remedy = f"make it the same as in {match.place(there)}, or the other way round"
                findings.append(missing(message, case.file, record.place(at), remedy))
    if args.both:
        for record in theirs.records:
            if record.address not in met_there:
                key = excerpt(record.value(theirs.columns[0]))
                message = f"‘{key}’ of {other.file} is not here"
                findings.append(missing(message, case.file, mine.address, f"add it as in {record.address} there"))
    return same, findings


def _match(key: str, records: dict[str, Record]) -> Record | None:
    """The record with this key; else the one whose key starts with the same id: ``K01`` and ``K01 Share of spend``."""
    for own in (canonical(without_remark(key)), canonical(key)):
        if own in records:
            return records[own]
    first = normalise(key).split()[:1]
    if not first or not any(sign.isdigit() for sign in first[0]):
        return next((record for name, record in records.items() if own and f" {own} " in f" {name} "), None)
    return next((record for name, record in records.items() if name.split()[:1] == canonical(first[0]).split()), None)
