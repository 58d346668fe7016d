"""How a locale writes numbers, dates and durations, through Babel (CLDR); Babel is loaded when something is written.

A document says the same few dates and amounts in many places, and Babel takes its time over each, so what it wrote is
kept. A number goes by its digits there: 1 and 1.0 are equal, but not alike in every language's grammar.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime

    import babel.core

# What a rendering takes where its caller names no locale.
USUAL = "en"
_DIGITS = 60
_KEPT = 4_096
_LONG_FORM = 100
_MINUS = "\u2212"


class Locale:
    """A locale by its name, ``en-IE`` or ``en_IE``. ValueError where there is no such locale."""

    def __init__(self, name: str) -> None:
        self._name = name
        if name != USUAL:
            _known(name)  # a name that is none is refused here, not where the first value is written

    def figure(self, amount: Decimal, decimals: str) -> str:
        """`amount` grouped as the locale groups, with a minus sign; `decimals` as CLDR writes them: ``.00``, ``.#``.

        A half is rounded away from nought, as in the model and as spreadsheets and charts do. Nothing is never
        negative.
        """
        return _figure(self._name, str(amount), decimals)

    def percent(self, figure: str) -> str:
        """`figure` with the sign for per cent, where and how the locale's own pattern puts it."""
        return _no_per_cent(self._name).replace("0", figure)

    def date(self, day: datetime.date, form: str) -> str:
        """`day` in a form: short, medium, long, full or a CLDR pattern such as ``MMMM y``."""
        write = _date if len(form) < _LONG_FORM else _date.__wrapped__  # what is kept must be short
        return write(self._name, day, form)

    def duration(self, amount: Decimal, unit: str) -> str:
        """``36 months``; `unit` in the singular or plural, as CLDR knows it."""
        return _duration(self._name, str(amount), unit)


@lru_cache(maxsize=_KEPT)
def _known(name: str) -> babel.core.Locale:
    from babel.core import Locale, UnknownLocaleError

    try:
        return Locale.parse(name.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        raise ValueError(f"there is no locale '{name}'; write one such as en-IE") from None


@lru_cache(maxsize=_KEPT)
def _figure(name: str, digits: str, decimals: str) -> str:
    from babel.numbers import format_decimal, get_minus_sign_symbol

    locale, amount = _known(name), Decimal(digits)
    whole = str(locale.decimal_formats[None].pattern).partition(".")[0]
    with localcontext(prec=_DIGITS, rounding=ROUND_HALF_UP):
        figure: str = format_decimal(abs(amount), format=f"{whole}{decimals}", locale=locale)
    is_negative = amount < 0 and any(sign.isdigit() and sign != "0" for sign in figure)
    if not is_negative:
        return figure
    # CLDR gives most languages the hyphen of a keyboard; a document to be read has the sign that is as wide as a plus
    # and from which no figure parts at the end of a line.
    sign = get_minus_sign_symbol(locale)
    return f"{_MINUS if sign == '-' else sign}{figure}"


@lru_cache(maxsize=_KEPT)
def _no_per_cent(name: str) -> str:
    from babel.numbers import format_percent

    return str(format_percent(0, locale=_known(name)))


@lru_cache(maxsize=_KEPT)
def _date(name: str, day: datetime.date, form: str) -> str:
    from babel.dates import format_date

    return str(format_date(day, format=form, locale=_known(name)))


@lru_cache(maxsize=_KEPT)
def _duration(name: str, digits: str, unit: str) -> str:
    from babel.units import format_unit

    written = format_unit(Decimal(digits), f"duration-{unit.removesuffix('s')}", length="long", locale=_known(name))
    return str(written).replace(" ", "\u00a0")  # a line ends before a figure and its unit, not between them
