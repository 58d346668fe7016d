"""Writing cells: text stays text whatever it begins with, and a formula carries the value it comes to."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from govpack.workbook.look import Look

_LONGEST = 32_767  # signs that a cell holds
_LINE = 15  # points


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


def write_head(sheet: Worksheet, row: int, names: Sequence[str], look: Look, column: int = 0) -> None:
    """The head of a table, high enough for two lines."""
    sheet.set_row(row, 2.2 * _LINE)
    for number, name in enumerate(names):
        sheet.write_string(row, column + number, name, look["head"])


def height_of(text: str, width: float) -> float:
    """The height in points of `text` wrapped into `width` signs: merged cells do not grow by themselves."""
    lines = sum(max(1, -(-len(line) // max(int(width * 0.95), 1))) for line in text.split("\n"))
    return min(409.0, lines * _LINE)
