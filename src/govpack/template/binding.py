"""What no line may end within: in a narrow place a reference, an amount, a date, a measure; in prose a measure."""

from __future__ import annotations

import re
from functools import lru_cache

# What Word writes as w:noBreakHyphen; other programs take the sign.
HYPHEN = "\u2011"
_BOUND = str.maketrans({" ": "\u00a0", "-": HYPHEN})
_MONTHS = (
    "Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    "|Nov(?:ember)?|Dec(?:ember)?"
)
_KEPT = 4_096
_PLACE = r"\d[\w()./]*"
_WHOLES = re.compile(
    "|".join(
        (
            # s. 281 and 285; Art. 26, 28 and 30; No. 188/2018
            rf"\b(?:Arts?|Nos?|ss?|cls?|paras?)\. {_PLACE}(?:(?:,| and| or| to) {_PLACE})*",
            r"\b[A-Z]{3} \d[\d,.]*(?: (?:thousand|million|billion))?",  # EUR 250,000
            rf"\b(?:\d{{1,2}} )?(?:{_MONTHS}) \d{{4}}\b|\b\d{{1,2}} (?:{_MONTHS})\b",  # 31 January 2029
            # 18 months, 640 TB
            r"\b\d[\d,.]* (?:(?:year|month|week|day|hour|minute|second)s?|(?:working|business) days?|[kMGTP]B)\b",
            r"\b[A-Z]+-\d+\b",  # MOD-404
            r"(?<![\w-])(?:\w{1,4}-\w{1,4}|\w{1,3}-\w{1,12})(?![\w-])",  # call-off, pro-rector
        )
    )
)

# In prose, where a line has room for all of it: 60 days, 10 Business Days.
_UNIT = r"(?:(?:year|month|week|day|hour|minute|second)s?|(?:[Bb]usiness|working) [Dd]ays?)\b"
_MEASURE = re.compile(rf"(?<![\w./])\d[\d,.]* {_UNIT}")
_UNIT_FIRST = re.compile(rf" {_UNIT}")


@lru_cache(maxsize=_KEPT)
def unbroken(text: str) -> str:
    """`text` with signs that do not break within references, amounts, dates, measures and short compounds."""
    return _WHOLES.sub(lambda found: found[0].translate(_BOUND), text)


def measures_whole(text: str, *, behind_value: bool = False) -> str:
    """`text` of prose in which no line ends between a figure and its unit; `behind_value`: a value stands before it."""
    if behind_value and (unit := _UNIT_FIRST.match(text)):
        text = _hard(unit) + text[unit.end() :]
    return _MEASURE.sub(_hard, text)


def _hard(found: re.Match[str]) -> str:
    return found[0].replace(" ", "\u00a0")
