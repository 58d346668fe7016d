"""Filters that write values as the reader's locale does, and those that make values more than text."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from jinja2 import Undefined, pass_context

from govpack.template.values import binding
from govpack.template.values.limits import bounded
from govpack.template.values.paging import fitting, lines, pages
from govpack.template.values.richtext import RichText
from govpack.template.values.texts import text_of
from govpack.template.values.undefined import Blank
from govpack.template.values.values import Markdown

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2.runtime import Context

    from govpack.template.values.locales import Locale

# What the caller of render() chose, in the context under names that no tag can read.
LOCALE, CURRENCY = "_locale", "_currency"

_UNITS = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_PARTS = ".##########"
_MOST_DECIMALS = 30


def _number(value: Any, what: str) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        shown = value if isinstance(value, str) else type(value).__name__
        raise TypeError(f"'{what}' takes a number; found '{shown}'")
    amount: Decimal = bounded(Decimal(str(value)) if isinstance(value, float) else Decimal(value))
    if not amount.is_finite():
        raise ValueError(f"'{what}' can't write '{value}'")
    return amount


def _locale_of(context: Context) -> Locale:
    locale: Locale = context.parent[LOCALE]
    return locale


def _counted(filter_: Callable[..., Any], unit_of: Callable[..., str]) -> Callable[..., Any]:
    """A filter that writes a figure with its unit. A blank is a bare number with the unit behind it."""

    @pass_context
    def wrapped(context: Context, value: Any, *args: Any, **kwargs: Any) -> Any:
        if value is None or isinstance(value, Undefined):
            return value.counted_in(unit_of(context, *args, **kwargs)) if isinstance(value, Blank) else value
        return filter_(context, value, *args, **kwargs)

    return wrapped


def _missing_passes(filter_: Callable[..., Any]) -> Callable[..., Any]:
    """A value that is not there goes through unchanged, and is reported where it would be printed."""

    @pass_context
    def wrapped(context: Context, value: Any, *args: Any, **kwargs: Any) -> Any:
        if value is None or isinstance(value, Undefined):
            return value
        return filter_(context, value, *args, **kwargs)

    return wrapped


def money(context: Context, value: Any, unit: str | None = None, currency: str | None = None) -> str:
    """``12800000`` → ``EUR 12,800,000``: the currency's code, as contracts write it, and two decimals or none.

    With `unit` (thousand, million or billion): ``EUR 12.8 million``, to one decimal.
    """
    amount = _number(value, "money")
    if unit:
        if unit not in _UNITS:
            raise ValueError(f"'money' knows the units {', '.join(_UNITS)}; found '{unit}'")
        decimals, amount, words = ".#", amount / _UNITS[unit], f"\u00a0{unit}"
    else:
        decimals, words = ("" if amount == amount.to_integral_value() else ".00"), ""
    figure = _locale_of(context).figure(amount, decimals)
    return f"{currency or context.parent[CURRENCY]}\u00a0{figure}{words}"


def number(context: Context, value: Any, decimals: int | None = None) -> str:
    """``1950`` → ``1,950``; with `decimals`, exactly so many."""
    amount = _number(value, "number")
    if decimals is not None and not 0 <= decimals <= _MOST_DECIMALS:
        raise ValueError(f"'number' takes a count of decimals up to {_MOST_DECIMALS}; found '{decimals}'")
    places = _PARTS if decimals is None else "." + "0" * decimals if decimals else ""
    return _locale_of(context).figure(amount, places)


def percent(context: Context, value: Any, decimals: int | None = None) -> str:
    """``99.95`` → ``99.95%``: takes a figure that is already in per cent."""
    return _locale_of(context).percent(number(context, _number(value, "percent"), decimals))


def date(context: Context, value: Any, form: str = "long") -> str:
    """A date as ``1 February 2027``; `form` is short, medium, long, full or a CLDR pattern such as ``MMMM y``."""
    if isinstance(value, datetime.datetime):
        value = value.date()
    if not isinstance(value, datetime.date):
        raise TypeError(f"'date' takes a date; found '{value}'")
    return _locale_of(context).date(value, form)


def duration(context: Context, value: Any, unit: str) -> str:
    """``36 | duration("months")`` → ``36 months``; `unit` in the singular or plural, as CLDR knows it."""
    amount = _number(value, "duration")
    return _locale_of(context).duration(amount, unit)


def _percent_sign(context: Context, *_args: Any, **_kwargs: Any) -> str:
    return _behind_five(_locale_of(context).percent("5"))


def _unit_of_time(context: Context, unit: str) -> str:
    return _behind_five(_locale_of(context).duration(Decimal(5), unit))


def _behind_five(text: str) -> str:
    """What stands behind the figure 5, as many may be meant by it; nothing where the figure does not come first."""
    return text[1:] if text[:1] == "5" else ""


def markdown(_context: Context, value: Any) -> Markdown:
    """Text in Markdown that becomes paragraphs, lists, bold, italic and links of the document."""
    if not isinstance(value, str):
        raise TypeError(f"'markdown' takes text; found '{type(value).__name__}'")
    return Markdown(value)


def upper_first(_context: Context, value: Any) -> str:
    """``per GPU hour`` → ``Per GPU hour``: a capital letter first, and the rest as it is."""
    text = text_of(value)
    return text[:1].upper() + text[1:]


def unbroken(_context: Context, value: Any) -> str:
    """``s. 281 and 285``, ``EUR 250,000``, ``call-off``: no line ends within them, as one may in a narrow column."""
    return binding.unbroken(text_of(value))


def richtext(_context: Context, value: Any, **look: Any) -> RichText:
    """``name | richtext(bold=True, color="AA0000", url="https://…")``: text in a look of its own."""
    return RichText(value, **look)


def as_it_is(value: Any) -> Any:
    """`value` unchanged. Values are always escaped, so Jinja's ``e`` and ``escape`` have nothing left to do."""
    return value


def default(value: Any, fallback: Any = "", boolean: bool = False) -> Any:
    """`fallback` where the value is missing or not given (with `boolean`, also where it is empty)."""
    if isinstance(value, Blank):
        return value
    if value is None or isinstance(value, Undefined) or (boolean and not value):
        return fallback
    return value


FILTERS: dict[str, Callable[..., Any]] = {
    "money": _missing_passes(money),
    "number": _missing_passes(number),
    "percent": _counted(percent, _percent_sign),
    "date": _missing_passes(date),
    "duration": _counted(duration, _unit_of_time),
    "markdown": _missing_passes(markdown),
    "upper_first": _missing_passes(upper_first),
    "unbroken": _missing_passes(unbroken),
    "richtext": _missing_passes(richtext),
    "pages": pages,
    "fitting": fitting,
    "lines": lines,
    "e": as_it_is,
    "escape": as_it_is,
    "forceescape": as_it_is,
    "default": default,
    "d": default,
}
