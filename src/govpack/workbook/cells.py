"""Writing cells: text stays text whatever it begins with, and a formula carries the value it comes to."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from govpack.workbook.look import Look

HEAD_HEIGHT = 33.0
"""Height in points of a table's head: two lines."""
_LONGEST = 32_767  # signs that a cell holds


def write_text(sheet: Worksheet, row: int, column: int, text: str | None, form: Format) -> None:
    """Text as it is: an equals sign at its beginning makes no formula, an address no link."""
    if text:
        cut = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
        sheet.write_string(row, column, cut, form)
    else:
        sheet.write_blank(row, column, None, form)


def write_number(sheet: Worksheet, row: int, column: int, number: Decimal | None, form: Format) -> None:
    """A number, or an empty cell."""
    if number is None:
        sheet.write_blank(row, column, None, form)
    else:
        sheet.write_number(row, column, float(number), form)


def write_formula(
    sheet: Worksheet, row: int, column: int, formula: str, form: Format | None, value: Decimal | str | None
) -> None:
    """A formula with the value that it comes to; None is the empty text that formulas give for what is not known."""
    stored = "" if value is None else float(value) if isinstance(value, Decimal) else value
    sheet.write_formula(row, column, formula, form, stored)


def write_head(
    sheet: Worksheet,
    row: int,
    names: Sequence[str],
    look: Look,
    *,
    column: int = 0,
    height: float = HEAD_HEIGHT,
    numbers: Collection[str] = (),
    words: Collection[str] = (),
) -> None:
    """The head of a table; over columns of `numbers` it stands to the right, over `words` in the middle, as they do."""
    sheet.set_row(row, height)
    for number, name in enumerate(names):
        form = "head_number" if name in numbers else "head_word" if name in words else "head"
        sheet.write_string(row, column + number, name, look[form])
