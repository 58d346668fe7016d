"""The requirement kind over the defined terms of a contract: `terms_defined`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from govpack.check.kinds.base import Args, Case, MaybeNames, kind
from govpack.check.outline import Paragraph, Table
from govpack.check.verdicts import Evidence, Outcome, met, missing, unmet
from govpack.check.words import excerpt, find_name, listing, normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govpack.check.outline import Outline
    from govpack.findings import Finding

_MOST = 8
_PIECES = re.compile(r"[,;:/(\n]")
_QUOTED = re.compile(r"[“\"]([^“”\"\n]{2,80})[”\"]")
_MEANS = re.compile(
    r"^\s*(?:,|\(|\[)?\s*(?:each\s+|together\s+)?"
    r"(?:means?\b|has the (?:same )?meaning|shall mean|includes\b|is defined)"
)
# "has the meaning given in clause 2.1" sends the reader to the definition, and is none itself.
_POINTS = re.compile(
    r"^\s*(?:has the (?:same )?meaning|is defined|is described|shall have the meaning)"
    r"[^.]*\b(?:clause|article|section|schedule)\b",
    re.I,
)
# A word or two with capitals after an article, as terms are used: "the Service Window", "each Change".
_CAPITALS = re.compile(
    r"\b(?:the|an?|any|each|every|its|such|this|that|no|all|other|of|by|under|for|to|or|and)\s+"
    r"((?:[A-Z][a-z]+(?:-[A-Z]?[a-z]+)?)(?:\s+(?:of\s+)?[A-Z][a-z]+(?:-[A-Z]?[a-z]+)?){0,3})(?![\w’'])"
)
# Words that bear a capital in any contract: its parts, the law, months and days, the names of bodies.
_KNOWN = frozenset(
    normalise(word)
    for word in (
        "Agreement", "Agreements", "Article", "Articles", "Annex", "Appendix", "Chapter", "Clause", "Clauses",
        "Exhibit", "Recital", "Recitals", "Schedule", "Schedules", "Section", "Part", "Parts", "Party", "Parties",
        "Regulation", "Directive", "Act", "Union", "European Union", "Member State", "Member States", "Commission",
        "Parliament", "Council", "State", "States", "Court", "Courts", "January", "February", "March", "April", "May",
        "June", "July", "August", "September", "October", "November", "December", "Monday", "Tuesday", "Wednesday",
        "Thursday", "Friday", "Saturday", "Sunday", "European Economic Area", "Economic Area", "Internet", "English",
        "Irish", "Parties section", "Data Act",
    )
)  # fmt: skip


_PARTIES = ("Parties", "The parties", "Between", "Background", "Recitals", "Preamble")


class TermsArgs(Args):
    """`least` so many defined terms; `under`: the heading of the definitions; `used`: each is used elsewhere.

    `undefined`: words with capitals that are used so often, and defined nowhere, are a fault; 0 does not look.
    """

    least: int = 1
    under: MaybeNames = ()
    used: bool = True
    undefined: int = 0


@kind("terms_defined", TermsArgs)
def terms_defined(case: Case, args: TermsArgs) -> Outcome:
    """Terms in quotes are each defined once, and used; with `undefined`, terms that are used are defined.

    ``terms_defined: {least: 10, undefined: 3}``

    Passes: “**Services**” means …, and "the Services" in another clause. Fails: the same term defined twice; a term
    that is never used; fewer than `least`; "the Service Window" in three clauses, and no definition of it.
    """
    defined: dict[str, list[str]] = {}
    for term, address in _definitions(case.outline, args.under):
        defined.setdefault(term, []).append(address)
    findings: list[Finding] = []
    if len(defined) < args.least:
        message = f"{len(defined)} of at least {args.least} defined terms"
        remedy = "define each term once, in bold and quotes: “**Services**” means …"
        findings.append(missing(message, case.file, "", remedy))
    whole = "\n".join(section.text for section in (case.outline.preamble, *case.outline.sections))
    flat = whole.casefold()
    for term, places in defined.items():
        if len(places) > 1:
            message = f"‘{term}’ is defined {len(places)} times ({listing(places)})"
            findings.append(missing(message, case.file, places[1], "keep one definition"))
        if args.used and not _used(term.casefold(), flat, len(places)):
            findings.append(missing(f"‘{term}’ is defined and never used", case.file, places[0], "use it or cut it"))
    if args.undefined:
        for term, places in _undefined(case.outline, defined).items():
            if len(places) >= args.undefined:
                words = f"‘{term}’ is used like a defined term ({len(places)} times), and is not defined"
                remedy = "define it, or write it without capitals"
                findings.append(missing(words, case.file, places[0], remedy))
    evidence = [Evidence(case.file, next(iter(defined.values()), [""])[0], excerpt(", ".join(defined)))]
    return unmet(findings[:_MOST], evidence, cost=1) if findings else met(evidence)


def _undefined(outline: Outline, defined: dict[str, list[str]]) -> dict[str, list[str]]:
    """Words with capitals in the clauses that nothing in the document defines or names, with their places."""
    known = set(_KNOWN) | {normalise(term) for term in defined} | _named(outline)
    # "Critical" of "Critical or Important Function" is no term of its own.
    inside = "\n".join(f" {term} " for term in known)
    found: dict[str, list[str]] = {}
    for paragraph in outline.paragraphs():
        for hit in _CAPITALS.finditer(paragraph.text):
            found.setdefault(hit[1], []).append(paragraph.address)

    def is_known(term: str) -> bool:
        words = normalise(term)
        return words in known or f" {words} " in inside or all(word in known for word in _runs(words, known))

    return {term: places for term, places in found.items() if not is_known(term)}


def _runs(words: str, known: set[str]) -> list[str]:
    """The words parted into known names where that can be done: "Customer Service Credit" is two terms side by side."""
    parts, rest = [], words.split()
    while rest:
        size = next((size for size in range(len(rest), 0, -1) if " ".join(rest[:size]) in known), 1)
        parts.append(" ".join(rest[:size]))
        rest = rest[size:]
    return parts


def _named(outline: Outline) -> set[str]:
    """What has a name of its own without a definition: headings, the cells of tables, words in brackets and quotes."""
    names = {normalise(section.heading) for section in outline.walk() if section.heading}
    names |= {normalise(piece) for heading in list(names) for piece in heading.split(" and ")}
    for block in outline.blocks():
        if isinstance(block, Table):
            cells = {cell.text for row in block.grid for cell in row.cells if len(cell.text) <= 80}
            names |= {normalise(piece) for text in cells for piece in _PIECES.split(text) if piece.strip()}
        elif isinstance(block, Paragraph):
            names |= {normalise(found[1]) for found in _quoted(block.text)}
    opening = [getattr(block, "text", "") for block in outline.preamble.blocks]
    named = (section for section in outline.sections if find_name(_PARTIES, section.heading) is not None)
    first = [block.text for section in named for block in section.blocks if isinstance(block, Paragraph)]
    for line in (*opening, *first):
        names |= {normalise(hit) for hit in re.findall(r"(?:[A-Z][\w.&-]*\s?){1,5}", line)}
    return names - {""}


def _used(term: str, text: str, defined: int) -> bool:
    """Whether `term` stands in `text` more often than it is defined; stops at the first use beyond that."""
    seen, at = 0, text.find(term)
    while at >= 0 and seen <= defined:
        end = at + len(term)
        # A plural counts; a longer word that only begins so does not.
        seen += not text[at - 1 : at].isalnum() and (not text[end : end + 1].isalpha() or text[end : end + 1] in "se")
        at = text.find(term, end)
    return seen > defined


def _definitions(outline: Outline, under: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Defined terms with the address of the definition: bold in quotes, or in quotes before "means"."""
    for section in outline.walk():
        listed = bool(under) and find_name(under, section.heading) is not None
        for block in section.blocks:
            if isinstance(block, Paragraph):
                for found in _quoted(block.text):
                    bold = any(start <= found.start(1) and found.end(1) <= end for start, end in block.bold)
                    rest = block.text[found.end() :]
                    if (bold or _MEANS.match(rest)) and not _POINTS.match(rest):
                        yield found[1].strip(), block.address
            elif isinstance(block, Table) and (listed or _explains(block)):
                for row in block.rows:
                    if row.cells[0].origin and (term := row.cells[0].text.strip('“”" ')):
                        yield term, row.address


def _quoted(text: str) -> Iterator[re.Match[str]]:
    """What stands in quotes in a text; most have none."""
    return _QUOTED.finditer(text) if "“" in text or '"' in text else iter(())


def _explains(table: Table) -> bool:
    """Whether a table is headed Term | Meaning."""
    return len(table.header) > 1 and find_name(("Meaning", "Definition"), table.header[1]) is not None
