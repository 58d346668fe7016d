"""How a locale writes numbers, dates and durations, through Babel (CLDR); Babel is loaded when something is written."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, localcontext
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime
    from decimal import Decimal

    import babel.core

# What a rendering takes where its caller names no locale.
USUAL = "en"
_DIGITS = 60


class Locale:
    """A locale by its name, ``en-IE`` or ``en_IE``. ValueError where there is no such locale."""

    def __init__(self, name: str) -> None:
        self._name = name
        if name != USUAL:
            self._known  # noqa: B018 - a name that is none is refused here, not where the first value is written

    @cached_property
    def _known(self) -> babel.core.Locale:
        from babel.core import Locale, UnknownLocaleError

        try:
            return Locale.parse(self._name.replace("-", "_"))
        except (UnknownLocaleError, ValueError):
            raise ValueError(f"there is no locale '{self._name}'; write one such as en-IE") from None

    def figure(self, amount: Decimal, decimals: str) -> str:
        """`amount` grouped as the locale groups, with its minus sign; `decimals` as CLDR writes them: ``.00``, ``.#``.

        A half is rounded away from nought, as in the model and as spreadsheets and charts do. Nothing is never
        negative.
        """
        from babel.numbers import format_decimal, get_minus_sign_symbol

        whole = str(self._known.decimal_formats[None].pattern).partition(".")[0]
        with localcontext(prec=_DIGITS, rounding=ROUND_HALF_UP):
            figure: str = format_decimal(abs(amount), format=f"{whole}{decimals}", locale=self._known)
        is_negative = amount < 0 and any(sign.isdigit() and sign != "0" for sign in figure)
        return f"{get_minus_sign_symbol(self._known)}{figure}" if is_negative else figure

    def percent(self, figure: str) -> str:
        """`figure` with the sign for per cent, where and how the locale's own pattern puts it."""
        from babel.numbers import format_percent

        return str(format_percent(0, locale=self._known)).replace("0", figure)

    def date(self, day: datetime.date, form: str) -> str:
        """`day` in a form: short, medium, long, full or a CLDR pattern such as ``MMMM y``."""
        from babel.dates import format_date

        return str(format_date(day, format=form, locale=self._known))

    def duration(self, amount: Decimal, unit: str) -> str:
        """``36 months``; `unit` in the singular or plural, as CLDR knows it."""
        from babel.units import format_unit

        return str(format_unit(amount, f"duration-{unit.removesuffix('s')}", length="long", locale=self._known))
