"""Requirement kinds over a review register and a panel's result: `reviewed`, `reaches`."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from govpack.check.kinds.base import Args, Case, MaybeNames, Names, find_sections, kind
from govpack.check.kinds.selection import Found, Selection, select_all
from govpack.check.outline import Paragraph, Table
from govpack.check.records import match_columns, plain_records
from govpack.check.values import find_dates, find_number
from govpack.check.verdicts import Evidence, Outcome, Verdict, for_a_person, met, missing, unmet
from govpack.check.words import excerpt, find_name, find_phrase, holds_value, is_blank, listing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govpack.check.records import Record

_REFUSED = re.compile(r"\b(reject|refus|declin|withdrawn|not approved)", re.I)
_APPROVED = re.compile(r"\b(approved?|signed off|passed|accepted?|no objection)\b", re.I)
_STATED = re.compile(r"\b(stated|not verified|unverified|reported)\b", re.I)
_TICKED = re.compile(r"[☑☒✓✔✗]|\b(met|done|yes|closed)\b", re.I)
_UNTICKED = "☐"
_KIND = ("Kind", "Type", "Kind of review", "Review type", "Review")
_OUTCOME = ("Outcome", "Result", "Decision", "Status")
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*(?:%|per ?cent)")


class ReviewedArgs(Args):
    """A review of this `kind` stands in the register, `about` one of these, and its outcome is an approval."""

    kind: Names
    about: MaybeNames = ()


class ReachesArgs(Args):
    """A figure in percent at the row or the phrase `total`, `under` a heading, is `least` or more, unrounded."""

    total: Names
    least: Decimal
    under: MaybeNames = ()


@kind("reviewed", ReviewedArgs, short="kind")
def reviewed(case: Case, args: ReviewedArgs) -> Outcome:
    """A review in a register: held, of the right document, and approved; what is only stated is for a person.

    ``reviewed: {kind: Executive, about: [strategy]}``

    Passes: a row "Executive | Partnership strategy | 20 October 2026 | Approved"; where reviewers have forms, each of
    theirs says Approved and is dated, and the conditions of the approval are ticked. Fails: no row for such a review;
    it was rejected; it is of another document. For a person: not yet held, "stated, not verified", open conditions.
    """
    tables = select_all(case, Selection(columns=(_KIND, _OUTCOME)))
    if isinstance(tables, Outcome):
        return tables
    rows = [(found, record) for found in tables for record in found.records if _is_kind(found, record, args.kind)]
    name = f"{args.kind[0].lower()} review"
    if not rows:
        remedy = f"add a row for the {name}, also where it has not been held"
        return unmet([missing(f"no {name} is in the register", case.file, tables[0].address, remedy)], cost=3)
    about = [(found, record) for found, record in rows if _is_about(record, args.about)]
    # A row that only says that there is none yet is about nothing.
    about = about or [(found, record) for found, record in rows if not _APPROVED.search(_outcome(found, record))]
    if not about:
        words = listing((f"‘{phrase.replace('*', '…')}’" for phrase in args.about), "or")
        found, record = rows[0]
        return unmet([missing(f"no {name} is about {words}", case.file, record.address, f"have {words} reviewed")])
    evidence = [Evidence(case.file, record.address, excerpt(" | ".join(record.values))) for _, record in about]
    waits = []
    for found, record in about:
        said = _outcome(found, record)
        if _REFUSED.search(said):
            remedy = "mend what the reviewers found, and have it reviewed again"
            return unmet([missing(f"the {name} says ‘{excerpt(said)}’", case.file, record.address, remedy)], evidence)
        waits += list(_waits(case, record, name, said))
    if not waits:
        return met(evidence)
    return Outcome(Verdict.FOR_A_PERSON, tuple(evidence), tuple(f for w in waits for f in w.findings))


def _waits(case: Case, record: Record, name: str, said: str) -> Iterator[Outcome]:
    """What a person still has to say of one review."""
    where, signed = record.address, _confirmed(case, record)
    if signed is False or (signed is None and not _APPROVED.search(said)):
        if _APPROVED.search(said):
            words = f"whether the {name} approves: ‘{excerpt(said)}’ is stated, and its form is not signed"
        else:
            words = f"the {name} has no approval yet (‘{excerpt(said)}’)"
        yield for_a_person(
            words,
            case.file,
            where,
            "hold the review, and enter outcome, date and signature in its form in this document",
        )
    elif signed is None and _STATED.search(said):
        words = f"whether the {name} approves: ‘{excerpt(said)}’"
        yield for_a_person(words, case.file, where, "ask the reviewers, and enter their outcome")
    elif signed is None and not any(find_dates(value) for value in record.values):
        yield for_a_person(f"the {name} has no date", case.file, where, "enter the date of the review")
    for condition in _open_conditions(case, record):
        words = f"a condition of the {name} is open: {excerpt(condition.value(1))}"
        yield for_a_person(words, case.file, condition.address, "tick it when its owner has shown that it is met")


def _is_kind(found: Found, record: Record, names: tuple[str, ...]) -> bool:
    return find_name(names, re.sub(r"\s+review$", "", record.value(found.columns[0]), flags=re.I)) is not None


def _is_about(record: Record, about: tuple[str, ...]) -> bool:
    return not about or any(find_phrase(phrase, value) for phrase in about for value in record.values)


def _outcome(found: Found, record: Record) -> str:
    return record.value(found.columns[1])


def _confirmed(case: Case, record: Record) -> bool | None:
    """Whether the reviewers' own forms approve it, each dated; None where there is no form for it."""
    names = [value for value in record.values if re.fullmatch(r"[A-Z]{1,6}-?\d+", value.strip())]
    forms = [
        section
        for section in case.outline.walk()
        if names and any(find_phrase(name, section.heading) for name in names)
    ]
    wanted = (("Reviewer", "Name"), _OUTCOME, ("Date", "Signed on"))
    for section in forms:
        for records in plain_records(section):
            columns = match_columns(wanted, records)
            if records.rows and all(match is not None for match in columns):
                at = [match[0] for match in columns if match is not None]
                return all(
                    bool(_APPROVED.search(row.value(at[1]))) and not is_blank(row.value(at[2])) for row in records.rows
                )
    return None


def _open_conditions(case: Case, record: Record) -> Iterator[Record]:
    """The conditions of a review that nobody has ticked."""
    tables = select_all(case, Selection(columns=(("Review",), ("Condition",), ("Met", "Done", "State", "Status"))))
    if isinstance(tables, Outcome):
        return
    for found in tables:
        for condition in found.records:
            review = condition.value(found.columns[0])
            state = condition.value(found.columns[2])
            its_own = not is_blank(review) and any(holds_value(review, value) for value in record.values)
            if its_own and (_UNTICKED in state or not _TICKED.search(state)):
                yield condition


@kind("reaches", ReachesArgs)
def reaches(case: Case, args: ReachesArgs) -> Outcome:
    """A total in percent that is a line or more, compared as it is: 79.96 does not reach 80.

    ``reaches: {total: [Panel total, Total of the panel], least: 80, under: Result}``

    Passes: "Panel total | 84.2%". Fails: 79.96 %. For a person: there is no total yet.
    """
    totals = list(_totals(case, args))
    if not totals:
        where = next((section.address for section, _ in find_sections(case.outline, args.under)), "")
        return for_a_person(
            f"there is no total yet ({args.least:f}% is due)",
            case.file,
            where,
            "have the panel score it, and enter the scores",
        )
    low = [(figure, address, text) for figure, address, text in totals if figure < args.least]
    if low:
        figure, address, text = low[0]
        words = f"{figure.normalize():f}% of at least {args.least:f}% (‘{excerpt(text)}’)"
        return unmet([missing(words, case.file, address, "mend what the assessors found weak, and present it again")])
    return met([Evidence(case.file, address, excerpt(text)) for _, address, text in totals])


def _totals(case: Case, args: ReachesArgs) -> Iterator[tuple[Decimal, str, str]]:
    for section, _ in find_sections(case.outline, args.under):
        for block in section.all_blocks():
            if isinstance(block, Table):
                for row in block.grid:
                    label, *values = (cell.text for cell in row.cells)
                    if find_name(args.total, label) is not None:
                        for text in values:
                            if _PERCENT.search(text) and (figure := find_number(text)) is not None:
                                yield figure, row.address, f"{label}: {text}"
            elif isinstance(block, Paragraph):
                for sentence in re.split(r"(?<=[.;])\s+", block.text):
                    if any(find_phrase(phrase, sentence) for phrase in args.total) and (
                        found := _PERCENT.search(sentence)
                    ):
                        yield Decimal(found[1]), block.address, sentence
