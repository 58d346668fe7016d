"""What a plain scalar means: the YAML 1.2 core schema (YAML 1.2.2, section 10.3.2), with exact decimals.

`NO`, `on` and `1_000` are text and `012` is twelve. Dates stay text: the model says which text is a date.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

Scalar = str | int | Decimal | bool | None

_CONSTANTS: Final[dict[str, bool | None]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INT = re.compile(r"[-+]?[0-9]+\Z")
_OTHER_INT = re.compile(r"0o[0-7]+\Z|0x[0-9a-fA-F]+\Z")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE]([-+]?[0-9]+))?\Z")
_NO_NUMBER = re.compile(r"[-+]?\.(?:inf|Inf|INF)\Z|\.(?:nan|NaN|NAN)\Z")
_STARTS = frozenset("+-.0123456789~nNtTfF")

# Far beyond any sum of money; and a number that is small to write but large to print (1e999999999) is an attack.
MAX_DIGITS = 60
MAX_EXPONENT = 60


class ScalarError(ValueError):
    """A number that no pack can mean. The message completes "…: "."""


def plain_scalar(text: str) -> Scalar:
    """The value of an unquoted scalar. Raises ScalarError for `.inf`, `.nan` and absurdly long numbers."""
    if not text or text[0] in _STARTS:
        if text in _CONSTANTS:
            return _CONSTANTS[text]
        if _INT.match(text):
            return _int(text, 10)
        if _FLOAT.match(text):
            return decimal_scalar(text)
        if _OTHER_INT.match(text):
            return _int(text[2:], 8 if text[1] == "o" else 16)
        if _NO_NUMBER.match(text):
            raise ScalarError(f"'{text}' is not a number that a document can state")
    return text


def decimal_scalar(text: str) -> Decimal:
    """The exact value of a number with a point or an exponent."""
    exponent = text.lower().partition("e")[2]
    too_far = len(exponent) > 4 or abs(int(exponent or 0)) > MAX_EXPONENT
    if len(text) > MAX_DIGITS or too_far:
        raise ScalarError(f"the number '{shorten(text)}' is too long")
    return Decimal(text)


def _int(text: str, base: int) -> int:
    if len(text) > MAX_DIGITS:
        raise ScalarError(f"the number '{shorten(text)}' is too long")
    return int(text, base)


def int_scalar(text: str) -> int:
    """The value of a whole decimal number."""
    return _int(text, 10)


def shorten(text: str, most: int = 40) -> str:
    """`text` on one line, cut with an ellipsis after `most` characters."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"
