"""The same fact, however written: ``99.95 %`` and ``99.95 percent``, ``1 February 2027`` and ``2027-02-01``."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache

from govpack.check.words import normalise

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sep sept", "october oct", "november nov", "december dec"), start=1)
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_DAY_FIRST = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+({_MONTH})\.?,?\s+(\d{{4}})\b", re.I)
_MONTH_FIRST = re.compile(rf"\b({_MONTH})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})\b", re.I)
# Signs that documents set for those of a keyboard: the minus, and the hyphen at which no line ends.
_TYPED = str.maketrans("\u2212\u2011", "--")
_NUMBER = re.compile(r"(?<![\w.])-?\d{1,3}(?:[,\u00a0\u202f' ]\d{3})+(?:\.\d+)?|(?<![\w])-?\d+(?:\.\d+)?")
_UNITS = (
    (re.compile(r"(?<=\d)\s*(?:%|per ?cent\b|percentage points?\b|pct\b)", re.I), " percent "),
    (re.compile(r"(?<=\d)\s*(?:hours?|hrs?|h)\b", re.I), " hour "),
    (re.compile(r"(?<=\d)\s*(?:minutes?|mins?)\b", re.I), " minute "),
    (re.compile(r"(?<=\d)\s*(?:m|million|mio)\b", re.I), " million "),
    (re.compile(r"\u20ac|\bEUR(?:O|OS)?\b", re.I), " euro "),
)
_REMARK = re.compile(r"\s*\([^()]*\)")
_MINUTES = {"minute": 1, "min": 1, "hour": 60, "hr": 60, "h": 60, "day": 1440, "week": 10080, "month": 43200}
_DURATION = re.compile(
    r"(\d+(?:\.\d+)?)\s*(minute|min|hour|hr|h|(?:working |business |calendar )?day|week|month)s?\b", re.I
)


@lru_cache(maxsize=16_384)
def canonical(text: str) -> str:
    """`text` with its dates, numbers, units and words in one spelling, to be compared."""
    flat = _ISO.sub(lambda m: f" date{m[1]}{m[2]}{m[3]} ", text.translate(_TYPED))
    flat = _DAY_FIRST.sub(lambda m: f" date{m[3]}{_MONTHS[m[2].casefold()]:02d}{int(m[1]):02d} ", flat)
    flat = _MONTH_FIRST.sub(lambda m: f" date{m[3]}{_MONTHS[m[1].casefold()]:02d}{int(m[2]):02d} ", flat)
    flat = _NUMBER.sub(_plain, flat)
    for pattern, word in _UNITS:
        flat = pattern.sub(word, flat)
    return normalise(re.sub(r"(?<=\d)\.(?=\d)", "point", flat))


def _plain(found: re.Match[str]) -> str:
    number = Decimal(re.sub(r"[,\u00a0\u202f' ]", "", found[0])).normalize()
    return f"{number:f}"


def same_fact(one: str, other: str) -> bool:
    """Whether two texts say the same; a unit that only one of them names (the other in its header) parts nothing."""
    a, b = canonical(one), canonical(other)
    if a == b:
        return True
    bare_one, bare_other = without_remark(one), without_remark(other)
    if bare_one and bare_other and (bare_one, bare_other) != (one, other):
        return same_fact(bare_one, bare_other)  # "74 (September 2026)": the remark is no part of the fact
    if not a or not b:
        return False
    units = {"percent", "hour", "minute", "euro", "million"}
    short, long = sorted((a.split(), b.split()), key=len)
    if len(short) == 1 and short[0][:1].isdigit() and long[0] == short[0]:
        return True  # "73.8", and "73.8 points of 100": the unit stands in a column of its own
    bare = [[word for word in text.split() if word not in units] for text in (a, b)]
    named = [units & set(text.split()) for text in (a, b)]
    return bare[0] == bare[1] and bool(bare[0]) and not (named[0] and named[1])


def without_remark(text: str) -> str:
    """`text` without what stands in brackets: ``Availability (%)`` is ``Availability``."""
    return _REMARK.sub("", text).strip()


def find_number(text: str) -> Decimal | None:
    """The first number in `text`, thousands marked or not; None where there is none."""
    found = _NUMBER.search(text)
    return Decimal(_plain(found)) if found else None


def parse_hours(text: str) -> Decimal | None:
    """The first duration in `text` in hours (a day 24, a month 720), else its first bare number, else None."""
    if found := _DURATION.search(text):
        return Decimal(found[1]) * _MINUTES[found[2].casefold().split()[-1]] / 60
    if re.search(r"\b(immediate(ly)?|at once)\b", text, re.I):
        return Decimal(0)
    return find_number(text)


def find_dates(text: str) -> tuple[date, ...]:
    """Every full date in `text`, ISO or in English words; impossible ones are left out."""
    found = [(int(m[1]), int(m[2]), int(m[3])) for m in _ISO.finditer(text)]
    found += [(int(m[3]), _MONTHS[m[2].casefold()], int(m[1])) for m in _DAY_FIRST.finditer(text)]
    found += [(int(m[3]), _MONTHS[m[1].casefold()], int(m[2])) for m in _MONTH_FIRST.finditer(text)]
    dates = []
    for year, month, day in found:
        try:
            dates.append(date(year, month, day))
        except ValueError:
            continue
    return tuple(dates)
