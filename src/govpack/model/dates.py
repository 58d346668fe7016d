"""Months and quarters on the calendar, and the names of countries."""

from __future__ import annotations

import calendar
import datetime

from babel import Locale

_WITH_ARTICLE = frozenset("AE BS CD CF CG CK DO FK FO GB GM IM KM KY MH MP MV NL PH SB SC TC UM US VA VG VI".split())
"""Countries whose English names take "the" within a sentence: the Netherlands, the United States."""


def months_later(day: datetime.date, months: int) -> datetime.date:
    """The same day `months` later (or earlier, if negative); the last day of the month where it is too short.

    31 January + 1 month is 28 or 29 February (Regulation (EEC, Euratom) No 1182/71, Art. 3(2)(c)).
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def last_day_of_term(first_day: datetime.date, months: int) -> datetime.date:
    """A term of `months` that begins on `first_day` ends the day before the same day `months` later."""
    return months_later(first_day, months) - datetime.timedelta(days=1)


def first_day_of_quarter(day: datetime.date) -> datetime.date:
    """The first day of the quarter of the calendar year in which `day` lies."""
    return datetime.date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def country_name(code: str, locale: str) -> str:
    """The country's name in the language of `locale` (en-IE) from the CLDR through Babel; else the code."""
    return str(Locale.parse(locale, sep="-").territories.get(code, code))


def country_in_text(code: str, locale: str) -> str:
    """The country's name as it stands within a sentence: in English, "the Netherlands" but "Ireland".

    Other languages bend names by case, which no table of ours could; there it is the plain name.
    """
    name = country_name(code, locale)
    english = Locale.parse(locale, sep="-").language == "en"
    return f"the {name}" if english and code in _WITH_ARTICLE else name
