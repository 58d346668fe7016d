"""What a value must be, by what pydantic refused it for: the words after a subject, and how to mend it."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from govpack.inputs.words import expectation, suggestion

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_LIST = "must be a list, each item on a line that starts with '- '"
_MAPPING = "must be names with values, each on a line such as 'name: value'"
_COLLECTIONS = {
    "list_type": _LIST,
    "tuple_type": _LIST,
    "dict_type": _MAPPING,
    "model_type": _MAPPING,
    "model_attributes_type": _MAPPING,
}
_SCALARS: dict[str, type] = {
    "int": int,
    "decimal": Decimal,
    "float": Decimal,
    "finite": Decimal,
    "date": datetime.date,
    "bool": bool,
}
_BOUNDS = {"ge": "at least", "gt": "more than", "le": "at most", "lt": "less than"}
_DATE_BOUNDS = {"ge": "on or after", "gt": "after", "le": "on or before", "lt": "before"}
_PATTERNS = {
    "^[A-Z]{2}$": "must be a country's two-letter code, such as IE",
    "^[A-Z]{3}$": "must be a three-letter code, such as EUR",
    "^[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?$": "must be an id: letters and digits, with - or _ between them",
}

Judgement = tuple[str, str]


def judge(error: ErrorDetails, purpose: str = "") -> Judgement:
    """The words after the subject ("must be a whole number") for one error of pydantic, and a remedy or nothing.

    `purpose` is what the field is for; it helps where the error itself says little.
    """
    kind, value, context = error["type"], error["input"], error.get("ctx", {})
    if kind in {"literal_error", "enum"}:
        return _one_of(value, re.findall(r"'([^']*)'", str(context.get("expected", ""))))
    if kind in _COLLECTIONS:
        return _COLLECTIONS[kind], ""
    if kind.startswith(("greater_than", "less_than")):
        bound = next(name for name in _BOUNDS if name in context)
        words = _DATE_BOUNDS if re.match(r"\d{4}-\d{2}-\d{2}", str(context[bound])) else _BOUNDS
        return f"must be {words[bound]} {context[bound]}", ""
    if kind.endswith(("too_short", "too_long")):
        return _count("characters" if kind.startswith("string") else "items", context)
    if kind == "string_pattern_mismatch":
        known = _PATTERNS.get(str(context.get("pattern")))
        return (known, "") if known else ("does not have the form that it must have", purpose)
    return _scalar(kind, value) or (_own_words(str(context.get("error", error["msg"]))), "")


def _scalar(kind: str, value: Any) -> Judgement | None:
    scalar = str if kind == "string_type" else _SCALARS.get(kind.partition("_")[0])
    if scalar is None:
        return None
    phrase, remedy = expectation(scalar, value)
    return f"must be {phrase}", remedy


def _one_of(value: Any, words: list[str]) -> Judgement:
    near = suggestion(value, tuple(words)) if isinstance(value, str) else None
    return f"must be {'one of ' if len(words) > 1 else ''}{', '.join(words)}", f"did you mean '{near}'?" if near else ""


def _count(things: str, context: dict[str, Any]) -> Judgement:
    least, most = context.get("min_length"), context.get("max_length")
    if least == 1:
        return "must not be empty", ""
    return f"must have {f'at least {least}' if least is not None else f'at most {most}'} {things}", ""


def _own_words(message: str) -> str:
    """The sentence of a model's own rule, or of pydantic where no better one is known, as words after a subject."""
    for start in ("Input should ", "Value should ", "String should "):
        if message.startswith(start):
            return f"must {message.removeprefix(start)}"
    return f"is not right: {message}"
