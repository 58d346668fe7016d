"""The requirement kind over references between clauses: `references_resolve`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from govpack.check.kinds.base import Args, Case, kind
from govpack.check.outline import texts_of
from govpack.check.verdicts import Evidence, Outcome, met, missing, unmet
from govpack.check.words import excerpt, folded, is_schedule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govpack.check.outline import Bookmark, Outline, Reference
    from govpack.findings import Finding

_MOST = 8
_UPDATE = "update the fields (Ctrl+A, F9)"
_TYPED = re.compile(
    r"\b(clauses?|schedules?|annex|appendix)\s+(\d+(?:\.\d+)*(?:\([a-z0-9]+\))*)(?!\d|[.,]\d)"
    r"(\s+(?:of|to)\s+(?:the|that|its|this)?)?",
    re.I,
)
_REFERRING = ("clause", "schedule", "annex", "appendix")
_ERROR_TEXT = ("error! reference source", "error! bookmark", "fehler! verweis", "erreur ! source du renvoi")


class ReferencesArgs(Args):
    """`typed`: references typed as text ("clause 12.3") must exist among the document's own numbers, too."""

    typed: bool = False


@kind("references_resolve", ReferencesArgs)
def references_resolve(case: Case, args: ReferencesArgs) -> Outcome:
    """Fields and links point at bookmarks that exist, and show the number that stands there now.

    ``references_resolve: {typed: true}``

    Passes: ``REF liability \\w \\h`` showing 12.3 where the bookmarked clause is numbered 12.3. Fails: the bookmark was
    deleted with its clause; the field shows 12.3 and the clause is 12.2 now; with `typed`, "clause 40" of 30 clauses.
    """
    outline = case.outline
    findings: list[Finding] = []
    right = 0
    for reference in outline.references:
        problem = _problem(outline, reference)
        right += problem is None
        if problem is not None:
            findings.append(missing(problem[0], case.file, reference.address, problem[1]))
    typed = 0
    if args.typed:
        found = list(_typed(outline))
        typed = len(found)
        findings += [
            missing(
                f"‘{words}’ refers to a number that does not exist",
                case.file,
                address,
                "correct it, or use a live reference",
            )
            for words, address, known in found
            if not known
        ]
    # One clause cut gives a hundred old numbers, which one key mends: what leads nowhere is told first.
    findings.sort(key=lambda finding: finding.remedy == _UPDATE)
    more = len(findings) - _MOST
    if more > 0:
        findings = [*findings[:_MOST], missing(f"{more} more references like these", case.file)]
    counts = (f"{right} live", f"{typed} typed") if args.typed else (f"{right} live",)
    said = f"{' and '.join(counts)} references resolve" if right + typed else "no reference that could fail"
    evidence = [Evidence(case.file, "", said)]
    return unmet(findings, (), cost=1) if findings else met(evidence)


def _problem(outline: Outline, reference: Reference) -> tuple[str, str] | None:
    """What is wrong with a reference, and how to mend it; None where it is right."""
    cached = " ".join(reference.cached.split())
    if cached.casefold().startswith(_ERROR_TEXT):
        return f"a reference shows ‘{excerpt(cached)}’", "point it at a clause that exists"
    if reference.kind == "link" and (reference.target.startswith("_top") or reference.target == ""):
        return None
    bookmark = outline.bookmarks.get(reference.target)
    if bookmark is None:
        words = f"‘{excerpt(cached)}’ refers" if cached else "a field refers"
        return (
            f"{words} to a place that is gone (‘{reference.target}’)",
            "point it at a clause that exists, or delete it",
        )
    if reference.kind != "REF":
        return None
    if reference.switches & {"w", "n", "r"}:
        numbers = _numbers(bookmark, reference.switches)
        if numbers and _bare(cached) not in numbers:
            now = bookmark.full_number or bookmark.number
            return f"‘{cached}’ shows an old number: the clause is {now} now", _UPDATE
        if not numbers:
            return f"‘{cached}’ refers to a paragraph without a number", "number the paragraph, or refer to its text"
    elif bookmark.text and _bare(bookmark.text) != _bare(cached) and not cached.replace(".", "").isdigit():
        return (
            f"‘{excerpt(cached)}’ is not what stands there: ‘{excerpt(bookmark.text)}’",
            _UPDATE,
        )
    return None


def _numbers(bookmark: Bookmark, switches: frozenset[str]) -> set[str]:
    """What a number field may show: \\w the full number, \\n the paragraph's own, \\r what context leaves of it."""
    own, full = _bare(bookmark.number), _bare(bookmark.full_number)
    if "w" in switches:
        return {full} - {""}
    if "n" in switches:
        return {own} - {""}
    steps = re.findall(r"\([^)]*\)|[^.()]+", full)
    return ({_bare("".join(steps[at:])) for at in range(len(steps))} | {own, full}) - {""}


def _bare(text: str) -> str:
    """A number or text without blanks, case and the full stops that Word leaves out or puts in between."""
    return re.sub(r"[\s.\u00a0]+", "", text).casefold()


def _typed(outline: Outline) -> Iterator[tuple[str, str, bool]]:
    """References typed as text: (words, address, whether the number exists); those to other documents left out."""
    numbers = {_bare(section.number) for section in outline.walk() if section.number}
    numbers |= {_bare(block.full_number) for block in outline.paragraphs() if block.full_number}
    clauses = any(number.isdigit() for number in numbers)
    schedules = {_bare(s.number or s.heading) for s in outline.walk() if is_schedule(s.number, s.heading)}
    for text, address in texts_of(outline.blocks()):
        flat = folded(text)
        for found in _TYPED.finditer(text) if any(word in flat for word in _REFERRING) else ():
            word, number, elsewhere = found[1].casefold(), _bare(found[2]), found[3]
            if elsewhere and not re.match(r"\s+(of|to)\s+this", elsewhere, re.I):
                continue
            if word.startswith("clause") and clauses:
                yield found[0].strip(), address, number in numbers
            elif not word.startswith("clause") and schedules:
                yield found[0].strip(), address, any(name.endswith(number) for name in schedules)
