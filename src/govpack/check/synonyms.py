"""Words that a checklist gives once for all its items: synonyms of headings and columns, and conditions by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govpack.findings import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govpack.model.checklist import Synonyms

_HEADINGS = ("under", "heading", "about", "except", "holds")
_COLUMN = ("column", "row", "without")
_COLUMNS = ("columns", "by")
_CONDITIONS = ("when", "unless")


def expand(value: Any, names: Synonyms, conditions: Mapping[str, Any], complain: Any, key: str = "") -> Any:
    """`value`, the arguments of a requirement, with every name given its synonyms and every condition written out.

    `complain` is called with a message for a condition that there is not.
    """
    if key in _CONDITIONS:
        return [_condition(each, conditions, complain) for each in (value if isinstance(value, list) else [value])]
    if key in _HEADINGS and isinstance(value, str | list):
        return with_synonyms(value, names.headings)
    if key in _COLUMN and isinstance(value, str | list):
        return with_synonyms(value, names.columns)
    if key in _COLUMNS and isinstance(value, str | list):
        return [with_synonyms(each, names.columns) for each in (value if isinstance(value, list) else [value])]
    if isinstance(value, dict):
        return {name: expand(each, names, conditions, complain, str(name)) for name, each in value.items()}
    if isinstance(value, list):
        return [expand(each, names, conditions, complain) for each in value]
    return value


def with_synonyms(value: Any, synonyms: Mapping[str, tuple[str, ...]]) -> Any:
    """A name or a list of names with the synonyms of each behind them, each once, in order."""
    given = value if isinstance(value, list) else [value]
    if not all(isinstance(name, str) for name in given):
        return value
    return list(dict.fromkeys([*given, *(word for name in given for word in synonyms.get(name, ()))]))


def _condition(value: Any, conditions: Mapping[str, Any], complain: Any) -> Any:
    if not isinstance(value, str):
        return value
    if value not in conditions:
        complain(f"there is no condition '{value}' under conditions{did_you_mean(value, conditions)}")
        return {}
    return conditions[value]
