"""Who is who in the documents: the people that tables of roles, signatures and reviews name, and owners beside them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from govpack.check.records import plain_records
from govpack.check.words import excerpt, find_name, normalise
from govpack.findings import Finding, Location, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from govpack.check.outline import Outline
    from govpack.check.records import Records

_NAMED = (
    "Holder", "Held by", "Deputy", "Alternate", "Name", "Reviewer", "Reviewers", "Chair", "Sponsor", "Asked", "Person",
    "Assessor", "Signatory", "Signed by",
)  # fmt: skip
_OWNER = ("Owner", "Risk owner", "Accountable", "Responsible", "Lead", "Owner of the goal", "Carried out by")
# Two or three words with capitals: a person. Roles, teams and forums are no names of people, nor is “G1 Independence”.
_PERSON = re.compile(
    r"^(?!.*\d)(?:Dr\.? |Prof\.? )?[A-Z][\w’'.-]+(?: (?:van|von|de|der|den|di|da|of|la|le|al))*"
    r" [A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?$"
)
_NO_PERSON = re.compile(
    r"\b(lead|manager|head|office|officer|owner|sponsor|director|team|board|committee|council|department|legal|finance|"
    r"procurement|security|service|services|data|risk|chief|architect|partner|bank|function|group|desk|unit|"
    r"counsel|engineer|executive|investigator|president|professor|adviser|rector|"
    r"counsel|engineer|executive|investigator|president|professor|adviser|rector|"
    r"university|institute|college|school|limited|company|holdings|party)\b|\b(?-i:[A-Z]{2,}|[A-Z]\.[A-Z]\.|plc|GmbH|Ltd|Inc)\b",
    re.I,
)
_FEW = 4


def find_people(outlines: Iterable[Outline]) -> frozenset[str]:
    """The people named in tables of roles, signatures, reviews and forums; empty where too few are to tell by."""
    found: set[str] = set()
    for outline in outlines:
        for section in outline.sections:
            for records in plain_records(section):
                for at, label in enumerate(records.labels):
                    if find_name(_NAMED, label) is not None:
                        found.update(name for row in records.rows for name in _persons(row.values[at]))
    return frozenset(found) if len(found) >= _FEW else frozenset()


def unknown_owners(outline: Outline, records: Records, people: frozenset[str]) -> Iterator[Finding]:
    """Owners in a table who hold no role, sign nothing and review nothing in any of the documents."""
    if not people:
        return
    for at, label in enumerate(records.labels):
        if find_name(_OWNER, label) is None:
            continue
        for row in records.rows:
            for line in _lines(row.values[at]):
                if _is_person(line) and normalise(line) not in people:
                    message = f"the owner ‘{excerpt(line)}’ is nobody in these documents"
                    remedy = "name someone who holds a role, or give the person one"
                    yield Finding(message, Location(outline.file, at=row.place(at)), Severity.WARNING, remedy)


def _persons(text: str) -> Iterator[str]:
    """The people in a cell: one a line or between commas, each with a role behind it or without."""
    return (normalise(name) for name in _lines(text) if _is_person(name))


def _lines(text: str) -> list[str]:
    return [piece.strip() for piece in re.split(r"[,;\n/(–—]|\band\b", text) if piece.strip()]


def _is_person(text: str) -> bool:
    return bool(_PERSON.match(text)) and not _NO_PERSON.search(text)
