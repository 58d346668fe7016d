"""Workbooks made in memory, as people write them: values only, or formulas that nobody worked out."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook

Rows = Sequence[Sequence[Any]]


def xlsx(**sheets: Rows) -> bytes:
    """A workbook with a sheet for each name, an underline in it read as a blank."""
    return saved(book_of(**sheets))


def book_of(**sheets: Rows) -> Workbook:
    """The workbook itself, to be changed before it is saved."""
    book = Workbook()
    del book["Sheet"]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name.replace("_", " "))
        for row in rows:
            sheet.append(list(row))
    return book


def saved(book: Workbook) -> bytes:
    """The file."""
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()
