"""What no line may end within, in a text that stands in a narrow place: a reference, an amount, a date, a measure."""

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


# The blank between a figure and its unit: 14 working days, 12 months, 10 Business Days. At the start the figure is a
# value that a tag before it prints.
_BEFORE_UNIT = re.compile(
    r"(?:(?<=\d)|^) (?=(?:(?:year|month|week|day|hour|minute|second)s?|(?:working|business) days?)\b)", re.IGNORECASE
)


def measured(text: str) -> str:
    """`text`, words between two tags, in which no figure parts from the unit of time behind it; the rest may break."""
    return _BEFORE_UNIT.sub("\u00a0", text)


@lru_cache(maxsize=_KEPT)
def unbroken(text: str) -> str:
    """`text` with signs that do not break within references, amounts, dates, measures and short compounds."""
    return _WHOLES.sub(lambda found: found[0].translate(_BOUND), text)
