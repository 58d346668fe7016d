"""Figures as they are written, and whether one stands for the other."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

_NUMBER = re.compile(r"[-−+]?\d[\d,]*(?:\.\d+)?")
_DATE = re.compile(r"(\d{1,2}) ([A-Z][a-z]{2})[a-z]* (\d{4})")
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()

Value = Decimal | datetime.date | str


@dataclass(frozen=True, slots=True)
class Written:
    """A figure as a document writes it, and the least step that its writing can show (0.1 million: 100,000)."""

    value: Value
    step: Decimal = Decimal(1)

    def stands_for(self, exact: Value) -> bool:
        """Whether `exact`, rounded as this was written (a half up), is this."""
        if isinstance(self.value, Decimal) and isinstance(exact, Decimal):
            return (exact / self.step).quantize(Decimal(1), ROUND_HALF_UP) * self.step == self.value
        return self.value == exact


def number(text: str, *, bare: int = 1) -> Written | None:
    """The first number of `text`; ``million`` counts, and a `bare` amount (without currency) is in that unit."""
    found = _NUMBER.search(text)
    if found is None:
        return None
    written = Decimal(found.group().replace(",", "").replace("−", "-"))
    in_millions = text[found.end() :].lstrip().startswith("million")
    scale = 1_000_000 if in_millions else 1 if "EUR" in text else bare
    exponent = written.as_tuple().exponent
    assert isinstance(exponent, int)
    return Written(written * scale, Decimal(1).scaleb(exponent) * scale)


def date(text: str) -> Written | None:
    """The first date of `text`, with its month in words."""
    found = _DATE.search(text)
    if found is None:
        return None
    day, month, year = found.groups()
    return Written(datetime.date(int(year), _MONTHS.index(month) + 1, int(day)))


def words(text: str) -> Written | None:
    """What stands before the first comma, in lower case: how often a forum meets."""
    return Written(text.partition(",")[0].lower()) if text.strip(" –") else None
