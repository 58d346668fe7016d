"""What a value must be and what was found instead, in a person's words."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from functools import lru_cache
from typing import Any

from govpack.findings import nearest
from govpack.sources.scalars import shorten

_THOUSANDS = re.compile(r"[-+]?\d{1,3}(?:[,. '_ ]\d{3})+(?:[.,]\d+)?\Z")
_DECIMAL_COMMA = re.compile(r"[-+]?\d+,\d+\Z")
_DAY_FIRST = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{4}\Z")
_PHRASES: dict[type | None, str] = {
    int: "a whole number",
    Decimal: "a number",
    bool: "true or false",
    datetime.date: "a date such as 2027-02-01",
    str: "text",
}


def expectation(kind: type | None, value: Any) -> tuple[str, str]:
    """The words that follow "must be", and how to mend `value`, for a scalar of type `kind`."""
    phrase = _PHRASES.get(kind, "a value")
    if kind is str and isinstance(value, bool | int | Decimal):
        return phrase, f'put it in quotes: "{found(value)}"'
    if not isinstance(value, str):
        return phrase, ""
    text = value.strip()
    if kind in {int, Decimal}:
        return phrase, _mend_number(text)
    if kind is datetime.date:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return "a day that the calendar has", ""
        if _DAY_FIRST.match(text) or re.match(r"\d{4}-\d{2}-\d{2}[T ]", text):
            return phrase, "write year, month and day: 2027-02-01"
    return phrase, ""


def _mend_number(text: str) -> str:
    if _THOUSANDS.match(text):
        return "write it without separators between thousands: 12800000"
    if _DECIMAL_COMMA.match(text):
        return f"write a decimal point: {text.replace(',', '.')}"
    if re.match(r"[-+]?[\d.,]+\s*\D+\Z|\D+\s*[\d.,]+\Z", text):
        return "write the number alone, without unit or currency"
    return ""


def found(value: Any) -> str:
    """`value` as its author sees it: text in quotes and short, a list or mapping by name only."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"'{shorten(value)}'" if value.strip() else "empty text"
    if isinstance(value, dict):
        return "names with values"
    if isinstance(value, list | tuple):
        return "a list"
    return str(value)


def listing(words: list[str], last: str = "or") -> str:
    """``a, b or c``."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"


@lru_cache(maxsize=1024)
def suggestion(word: str, names: tuple[str, ...]) -> str | None:
    """The name most like `word`, remembered: in a long table one mistake comes back in every row."""
    return nearest(word, names)
