"""What requirement kinds over records share: cells that say nothing, what a row is called, findings cut short."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govpack.check.kinds.selection import columns_of
from govpack.check.verdicts import missing
from govpack.check.weak import SAVE_IT
from govpack.check.words import excerpt, is_blank
from govpack.check.xlsx_cells import NO_VALUE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govpack.check.kinds.base import Case, MaybeNames
    from govpack.check.kinds.selection import Found, Selection
    from govpack.check.records import Record
    from govpack.findings import Finding

_MOST = 6


def blank_cells(case: Case, found: Found, selection: Selection, filled: bool | MaybeNames) -> Iterator[Finding]:
    """The blank cells in the named columns: all of them (`filled` is true), or those that `filled` names."""
    if filled is False:
        return
    wanted = found.columns if filled is True else tuple(columns_of(found, selection, filled))
    names = dict(zip(found.columns, (names[0] for names in selection.named), strict=True))
    for record in found.records:
        for at in wanted:
            if is_blank(record.value(at)):
                yield _blank(case, record.place(at), names[at], name_of(found, record))


def _blank(case: Case, place: str, label: str, name: str) -> Finding:
    """That a cell says nothing; in a workbook perhaps since its formula was never worked out."""
    fault = next((fault for fault in case.outline.faults if fault.address == place), None)
    if fault is None:
        return missing(f"‘{label}’ is blank for ‘{name}’", case.file, place, "fill it")
    if fault.kind == NO_VALUE:
        words = f"‘{label}’ of ‘{name}’ is a formula without a computed value"
        return missing(words, case.file, place, SAVE_IT)
    return missing(f"‘{label}’ of ‘{name}’ comes to {fault.text}", case.file, place, "mend the formula")


def name_of(found: Found, record: Record) -> str:
    """What a record is called: the first of its named values that says something."""
    values = (record.value(at) for at in found.columns)
    return excerpt(next((value for value in values if not is_blank(value)), "a row"))


def at_most(findings: list[Finding], case: Case, found: Found) -> list[Finding]:
    """The first few of many findings of one sort, and how many more there are."""
    if len(findings) <= _MOST:
        return findings
    rest = len(findings) - _MOST
    more = missing(f"{rest} more of this sort", case.file, found.address, "")
    return [*findings[:_MOST], more]
