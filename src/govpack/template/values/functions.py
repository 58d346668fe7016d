"""The functions that tags may call by name, and what they take."""

from __future__ import annotations

import math
from typing import Any

from jinja2 import Undefined, UndefinedError

from govpack.template.values.commenting import make_note
from govpack.template.values.pictures import image
from govpack.template.values.positions import place
from govpack.template.values.richtext import checked_colour
from govpack.template.values.undefined import Blank, NotGiven
from govpack.template.values.values import Bookmark, Chart, Contents, Reference


def _reference(identifier: Any) -> Any:
    return identifier if isinstance(identifier, Blank) else Reference(_text(identifier, "ref"))


def _bookmark(identifier: str) -> Bookmark:
    return Bookmark(_text(identifier, "bookmark"))


def _text(value: object, function: str) -> str:
    if not isinstance(value, str) or not value:
        raise TypeError(f"'{function}' takes the name of a bookmark; found '{value}'")
    return value


def _colour(value: object, plain: str) -> object:
    """The value of ``cellbg``; what is missing is reported where it is put, an empty text is the `plain` ground."""
    if value is None or isinstance(value, Undefined):
        return value
    return checked_colour(value or plain)


def _span(value: object) -> object:
    if value is None or isinstance(value, Undefined):
        return value
    if not str(value).isdigit() or not 1 <= int(str(value)) <= 63:
        raise ValueError(f"'colspan' takes a whole number from 1 to 63; found '{value}'")
    return int(str(value))


def _contents(levels: int = 1) -> Contents:
    if isinstance(levels, bool) or not isinstance(levels, int) or not 1 <= levels <= 9:
        raise TypeError(f"'toc' takes a number of levels from 1 to 9; found '{levels}'")
    return Contents(levels)


def chart(categories: object, series: object, text: object = "") -> Chart:
    """What ``{{ chart(…) }}`` gives: `series`, each with a name and a value or None for each category.

    In a scatter or bubble chart the categories are x values; each series of a bubble chart has ``sizes`` too. `text` is
    what a reader hears.
    """
    for value in (categories, series, text):
        if isinstance(value, Undefined) and not isinstance(value, Blank):
            raise _missing(value)
    if isinstance(text, Blank):
        text = "A sample of the chart, which shows the figures once they are known."
    names = tuple(name.shown_ if isinstance(name, Blank) else name for name in _items(categories))
    for name in names:
        if name is None or (isinstance(name, Undefined) and not isinstance(name, Blank)):
            raise _missing(name, "a category of the chart has no value")
    rows: list[tuple[str, tuple[object, ...]]] = []
    sizes: list[tuple[object, ...] | None] = []
    for one in _items(series):
        if not isinstance(one, dict) or "name" not in one or "values" not in one:
            raise TypeError("each series of a chart has a 'name' and 'values'")
        name = one["name"]
        if name is None or (isinstance(name, Undefined) and not isinstance(name, Blank)):
            raise _missing(name, "a series of the chart has no name")
        rows.append((name.shown_ if isinstance(name, Blank) else str(name), _figures(one, "values", len(names))))
        sizes.append(_figures(one, "sizes", len(names)) if one.get("sizes") is not None else None)
    return Chart(names, tuple(rows), str(text), tuple(sizes))


def _figures(series: dict[str, Any], what: str, most: int) -> tuple[object, ...]:
    """The `what` of one series, at most so many."""
    values = tuple(_value(value, series["name"]) for value in _items(series[what]))
    if len(values) > most:
        raise TypeError(f"the series '{series['name']}' has {len(values)} {what} for {most} categories")
    return values


def _missing(value: object, reason: str = "") -> UndefinedError:
    if isinstance(value, Undefined):
        reason = value._undefined_hint or f"there is no '{value._undefined_name}'"
    return UndefinedError(reason)


def _value(value: object, series: object) -> object:
    """A figure of a series, or None for a gap: what is not given. UndefinedError or TypeError for anything else."""
    if isinstance(value, Blank):
        return 1  # a sample, so that the chart shows what it will look like
    if value is None or isinstance(value, NotGiven):
        return None
    if isinstance(value, Undefined):
        raise _missing(value)
    if not is_number(value):
        raise TypeError(f"the series '{series}' of the chart holds '{value}', which is no number")
    if not math.isfinite(value):  # type: ignore[arg-type]
        raise ValueError(f"a chart can't show the value '{value}'")
    return value


def _items(value: object) -> list[object]:
    if value is None or (not value and not isinstance(value, str)):
        return []
    if isinstance(value, (str, bytes, dict)) or not hasattr(value, "__iter__"):
        raise TypeError("a chart takes lists of categories and values")
    return list(value)


def is_number(value: object) -> bool:
    """Whether `value` is a figure: yes and no are none, nor are numbers that something else is made of."""
    return value.__class__.__name__ in ("int", "float", "Decimal")


FUNCTIONS = {
    "ref": _reference,
    "bookmark": _bookmark,
    "toc": _contents,
    "note": make_note,
    "chart": chart,
    "image": image,
    "place": place,
    "_colour": _colour,
    "_span": _span,
}
