"""The requirement kind over one figure that several places state: `same_figure`."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Literal

from govpack.check.kinds.base import Args, Case, MaybeNames, Strict, find_sections, kind
from govpack.check.kinds.coverage import absent
from govpack.check.kinds.selection import elsewhere
from govpack.check.outline import Paragraph, Table
from govpack.check.records import tables_of
from govpack.check.values import find_dates, find_number
from govpack.check.verdicts import Evidence, Outcome, met, missing, unmet
from govpack.check.words import excerpt, find_name, find_phrase, holds_value, listing, may_hold, normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govpack.check.outline import Outline

Unit = Literal["percent", "hours", "days", "months", "money", "date", "number"]
THIS = "this document"
_NUMBER = r"\d{1,3}(?:[,\u00a0\u202f' ]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_UNITS = {
    "percent": r"%|per ?cent|pct",
    "hours": r"hours?|hrs?|h\b",
    "days": r"(?:business |working |calendar )?days?",
    "months": r"months?",
}
_SENTENCES = re.compile(r"(?<=[.;:])\s+(?=[A-Z])")
_MONEY = re.compile(rf"({_NUMBER})\s*(million|mio|m|thousand|k)?\b", re.I)
_SCALE = {"million": 6, "mio": 6, "m": 6, "thousand": 3, "k": 3}
_MILLION = Decimal(10**6)


class Figure(Strict):
    """Where a figure stands: in a table in the row called `row` (or the one that names this document), and `column`.

    Without `column`, in any cell of the row but the first. `says`: also in paragraphs that hold one of these phrases,
    in the same sentence. `under` a heading, or anywhere; `document`: another document of the check.
    """

    document: str = ""
    under: MaybeNames = ()
    row: MaybeNames = ()
    column: MaybeNames = ()
    says: MaybeNames = ()


class SameFigureArgs(Args):
    """The `unit` figures `here` and `there` are the same, whatever their format: one holds all that the other says.

    `if_there`: met where the document `there`, or one of the places, does not exist.
    """

    here: Figure
    there: Figure
    unit: Unit
    if_there: bool = True


@kind("same_figure", SameFigureArgs)
def same_figure(case: Case, args: SameFigureArgs) -> Outcome:
    """One figure in two places: a term on the cover and in the deck, a total in the strategy and the workbook.

    ``same_figure: {here: {row: Uptime}, there: {document: deck, row: this document, column: Uptime}, unit: percent}``

    Passes: "99.95% in each month" here and "99.95 percent" there; "EUR 16,000,000" and "16.0" in millions. Fails:
    99.9 % there; with `if_there: false`, the row is gone here.
    """
    other = elsewhere(case, args.there.document)
    if other is None:
        return absent(case, args.there.document, args.if_there)
    mine = list(_stated(case.outline, args.here, args.unit, case))
    if not mine and args.if_there:
        return met([Evidence(case.file, "", "it is not stated here")])
    if not mine:
        names = listing((f"‘{name}’" for name in (args.here.row or args.here.says)[:4]), "or")
        where = f" under ‘{args.here.under[0]}’" if args.here.under else ""
        return unmet([missing(f"no figure in {args.unit} for {names}{where}", case.file, "", f"state it as {names}")])
    theirs = list(_stated(other.outline, args.there, args.unit, case))
    if not theirs and args.if_there:
        return met([Evidence(case.file, mine[0][1], f"{other.file} does not state it")])
    findings = []
    for figures, address, text in mine:
        for others, there, said in theirs:
            if not _same(figures, others, args.unit):
                message = f"‘{excerpt(text)}’ here, and ‘{excerpt(said)}’ in {other.file}, {there}"
                findings.append(missing(message, case.file, address, "make them the same"))
    if not theirs:
        findings.append(missing(f"{other.file} does not state it", case.file, mine[0][1], "state it there as well"))
    evidence = [Evidence(case.file, mine[0][1], excerpt(mine[0][2]))]
    evidence += [Evidence(other.file, there, excerpt(said)) for _, there, said in theirs[:1]]
    return unmet(findings[:4], evidence, cost=1) if findings else met(evidence)


def _stated(outline: Outline, place: Figure, unit: Unit, case: Case) -> Iterator[tuple[set[Decimal], str, str]]:
    """Every statement of the figure: the figures, the address, the words."""
    seen: set[str] = set()
    for section, _ in find_sections(outline, place.under):
        says = [phrase for phrase in place.says if may_hold(section.text, phrase)]
        for block in section.all_blocks() if says else tables_of(section) if place.row else ():
            if isinstance(block, Table) and place.row and block.address not in seen:
                seen.add(block.address)
                yield from _in_table(block, place, unit, case)
            elif isinstance(block, Paragraph) and says and block.address not in seen:
                seen.add(block.address)
                likely = [phrase for phrase in says if may_hold(block.text, phrase)]
                for sentence in _SENTENCES.split(block.text) if likely else ():
                    if any(find_phrase(phrase, sentence) for phrase in likely) and (found := _figures(sentence, unit)):
                        yield found, block.address, sentence


def _in_table(table: Table, place: Figure, unit: Unit, case: Case) -> Iterator[tuple[set[Decimal], str, str]]:
    wanted = [
        at for at, label in enumerate(table.header) if place.column and find_name(place.column, label) is not None
    ]
    if place.column and not wanted:
        return
    rows = table.rows if place.column or len(table.header) > 2 else table.grid
    if place.row == (THIS,):
        best = max(rows, key=lambda row: _named(row.cells[0].text, case), default=None)
        rows = (best,) if best is not None and _named(best.cells[0].text, case) else ()
    else:
        # "Term" is meant before "Total for the term".
        scored = [(match.score, row) for row in rows if (match := find_name(place.row, row.cells[0].text)) is not None]
        top = max((score for score, _ in scored), default=0)
        rows = tuple(row for score, row in scored if score == top)
    for row in rows:
        for cell in row.cells[1:]:
            if cell.origin and "[●" in cell.text and (not wanted or cell.column in wanted):
                break  # what is left open is told as such, and the cells beside it say something else
            if cell.origin and (not wanted or cell.column in wanted) and (found := _figures(cell.text, unit)):
                yield found, row.cell_address(cell.column), cell.text
                break  # further columns say where it comes from


def _named(text: str, case: Case) -> int:
    """How many of the names in a cell this document carries in its title, its opening or its path."""
    outline = case.outline
    lines = [getattr(block, "text", "") for block in outline.preamble.blocks[:8]]
    own = " ".join([outline.title, outline.facts.properties.get("title", ""), outline.file.replace("/", " "), *lines])
    pieces = [piece for piece in re.split(r"[:,(–—/\n]", text) if normalise(piece)]
    # "C-HAL GPU Capacity Agreement": an id before the name parts it from what stands on the cover.
    pieces += [bare for piece in pieces if (bare := re.sub(r"^\s*[A-Z]{1,6}-\w+\s+", "", piece)) != piece]
    return sum(holds_value(piece, own) for piece in pieces)


def _figures(text: str, unit: Unit) -> set[Decimal]:
    """The figures of a unit in a text; where none carries the unit, all its numbers (the header says the unit)."""
    if unit == "date":
        return {Decimal(f"{day:%Y%m%d}") for day in find_dates(text)}
    if unit == "money":
        return {
            _amount(number, (found[2] or "").casefold())
            for found in _MONEY.finditer(text)
            if (number := find_number(found[1])) is not None
        }
    if pattern := _UNITS.get(unit):
        carried = re.finditer(rf"((?:{_NUMBER})(?:\s*/\s*(?:{_NUMBER}))*)\s*(?:{pattern})", text, re.I)
        found = {number for hit in carried for part in hit[1].split("/") if (number := find_number(part)) is not None}
        if found:
            return found
    return {number for hit in re.finditer(_NUMBER, text) if (number := find_number(hit[0])) is not None}


def _amount(number: Decimal, scale: str) -> Decimal:
    """A sum of money; of one in millions or thousands the exponent tells how far it is rounded: a tenth, or less."""
    if not scale:
        return number
    return number.quantize(Decimal(1).scaleb(min(int(number.as_tuple().exponent), -1))).scaleb(_SCALE[scale])


def _same(mine: set[Decimal], theirs: set[Decimal], unit: Unit) -> bool:
    """Whether one set holds the other; of money, also where one is stated in millions."""
    if mine <= theirs or theirs <= mine:
        return True
    if unit != "money":
        return False
    small, large = sorted((mine, theirs), key=len)
    return all(any(_same_amount(number, other) for other in large) for number in small)


def _same_amount(one: Decimal, other: Decimal) -> bool:
    """Whether two amounts are the same, or one is the other in millions, rounded to a tenth or as far as it says."""
    low, high = sorted((one, other))
    places = Decimal(1).scaleb(min(int(low.as_tuple().exponent), -1))
    rounded = max(int(one.as_tuple().exponent), int(other.as_tuple().exponent), 0)
    within = (high - low) * 2 <= Decimal(1).scaleb(rounded) if rounded else one == other
    return within or low == (high / _MILLION).quantize(places, ROUND_HALF_UP)
