"""Writing cells: text stays text whatever it begins with, and a formula carries the value it comes to."""

from __future__ import annotations

import textwrap
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from govpack.workbook.look import Look

_LONGEST = 32_767  # signs that a cell holds
_LINE = 13.5  # points, of the ordinary text
_LEAST, _MOST = 17.0, 409.0
_HEAD = 33.0


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
    sheet: Worksheet, row: int, names: Sequence[str], look: Look, column: int = 0, numbers: Collection[str] = ()
) -> None:
    """The head of a table, high enough for two lines; over columns of `numbers` it stands to the right, as they do."""
    sheet.set_row(row, _HEAD)
    for number, name in enumerate(names):
        sheet.write_string(row, column + number, name, look["head_number" if name in numbers else "head"])


def height_of(*texts: tuple[str | None, float]) -> float:
    """The height in points of a row in which each text is wrapped into a column of that width in signs.

    Rows are given their height, since not every program works it out when it opens a workbook.
    """
    most = max((_lines(text, width) for text, width in texts if text), default=1)
    return min(_MOST, max(_LEAST, most * _LINE + 2))


def _lines(text: str, width: float) -> int:
    # Widths count digits of 11 points; most letters of 10 points are narrower.
    signs = max(int((width - 1) * 1.13), 1)
    return sum(max(1, len(textwrap.wrap(line, signs))) for line in text.split("\n"))
