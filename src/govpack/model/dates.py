"""Months on the calendar, and the names of countries."""

from __future__ import annotations

import calendar
import datetime

from babel import Locale


def months_later(day: datetime.date, months: int) -> datetime.date:
    """The same day `months` later (or earlier, if negative); the last day of the month where it is too short.

    31 January + 1 month is 28 or 29 February (Regulation (EEC, Euratom) No 1182/71, Art. 3(2)(c)).
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def last_day_of_term(first_day: datetime.date, months: int) -> datetime.date:
    """A term of `months` that begins on `first_day` ends the day before the same day `months` later."""
    return months_later(first_day, months) - datetime.timedelta(days=1)


def country_name(code: str, locale: str) -> str:
    """The country's name in the language of `locale` (en-IE) from the CLDR through Babel; else the code."""
    return str(Locale.parse(locale, sep="-").territories.get(code, code))
