"""The functions that tags may call by name, and what they take."""

from __future__ import annotations

from jinja2 import Undefined

from govpack.template.pictures import image
from govpack.template.richtext import checked_colour
from govpack.template.series import chart
from govpack.template.values import Bookmark, Contents, Reference


def _reference(identifier: str) -> Reference:
    return Reference(_text(identifier, "ref"))


def _bookmark(identifier: str) -> Bookmark:
    return Bookmark(_text(identifier, "bookmark"))


def _text(value: object, function: str) -> str:
    if not isinstance(value, str) or not value:
        raise TypeError(f"'{function}' takes the name of a bookmark; found '{value}'")
    return value


def _colour(value: object) -> object:
    """The value of ``cellbg``; what is missing is reported where it is put, an empty text is no colour."""
    if value is None or isinstance(value, Undefined):
        return value
    return checked_colour(value or "auto")


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


FUNCTIONS = {
    "ref": _reference,
    "bookmark": _bookmark,
    "toc": _contents,
    "chart": chart,
    "image": image,
    "_colour": _colour,
    "_span": _span,
}
