"""What values read as in a text. Only what a reader can make sense of has a text; all else is refused in words."""

from __future__ import annotations

import datetime
import math
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from jinja2 import Undefined, UndefinedError
from markupsafe import Markup

from govpack.template.values.limits import bounded
from govpack.template.values.richtext import Rich
from govpack.template.values.undefined import Blank
from govpack.template.values.values import Bookmark, Chart, Contents, Image, Markdown, Note, Place, Reference

if TYPE_CHECKING:
    from collections.abc import Collection

_GROUPS = (dict, list, tuple, set, frozenset, range)
_ENGINE = {
    Markdown: "Markdown",
    Bookmark: "a bookmark",
    Reference: "a reference",
    Note: "a comment",
    Contents: "a table of contents",
    Chart: "a chart",
    Image: "a picture",
    Place: "the place of a shape",
}


def _unescaped(value: Markup) -> str:
    """The text that was escaped before it came here, as other engines ask for; TypeError where it is markup."""
    if "<" in value:
        raise TypeError("the value is markup; give its text, or a RichText: values are always escaped")
    return value.unescape()


def joined_blank(values: Collection[Any]) -> Blank | None:
    """What texts joined with one that is to be filled in make; None where none is."""
    blank = next((value for value in values if isinstance(value, Blank)), None)
    if blank is None:
        return None
    words = "".join([value.shown_ + value.unit_ if isinstance(value, Blank) else text_of(value) for value in values])
    return Blank(words, blank.guidance_, blank.path_)


def text_of(value: Any) -> str:
    """The text of `value`. UndefinedError where it is missing, TypeError or ValueError where it has none."""
    if isinstance(value, str):
        return _unescaped(value) if isinstance(value, Markup) else value
    if value is None:
        raise UndefinedError("a value in it is not given")
    if isinstance(value, Undefined):
        return str(value)  # which fails, and names it; what is to be filled in has its label
    if isinstance(value, bool):
        raise TypeError("the value is true or false; write words for it, such as {{ 'yes' if x else 'no' }}")
    if isinstance(value, (int, float, Decimal)):
        bounded(value)
        if not math.isfinite(value):
            raise ValueError(f"the value '{value}' is no number that a document can show")
        return format(value, "f") if isinstance(value, Decimal) else str(value)
    if isinstance(value, (datetime.date, datetime.time)):
        return str(value)
    if isinstance(value, _GROUPS) or type(value).__name__ in ("dict_items", "dict_keys", "dict_values", "generator"):
        raise TypeError("the tag gives a list or a group of fields; loop over it, or print a field of it")
    kind = next((words for known, words in _ENGINE.items() if isinstance(value, known)), "")
    if not kind and isinstance(value, Rich):
        kind = "rich text"
    if kind:
        raise TypeError(f"{kind} is no text; print it in a tag of its own, neither joined nor filtered")
    if callable(value):
        raise TypeError("the tag names a function and does not call it; write () behind it, or name a value")
    raise TypeError(f"the tag gives a value of the kind '{type(value).__name__}', which has no text")
