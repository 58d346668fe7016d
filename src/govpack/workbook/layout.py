"""Where everything stands in the workbook, worked out before a cell is written: sheets refer to each other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from govpack.model.metrics import CATEGORIES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govpack.model.metrics import ImprovementAction
    from govpack.model.pack import Pack
    from govpack.model.scorecards import Scorecard

DASHBOARD, CHARTS, PLAN, DATA = "Dashboard", "Charts", "Improvement plan", "Data"
HEAD = 3
"""The row (from 0) of the head of each sheet's table; title and lead stand above it."""
PLAN_ROOM = 200
"""How many rows of the improvement plan are ready for more actions."""
QUARTERS_AT = 8
"""The first column (from 0) of the figures by quarter on a partner's sheet."""
SCORES_AT, SCORE_AT = 2, 3
"""The columns (from 0) of a category and of its score, below the metrics: right of those that each page repeats."""
HISTORY_AT = 9
"""The first column (from 0) of the scores by quarter on the dashboard."""
LATE = '({status}<>"done")*({status}<>"")*((({status}="late")+ISNUMBER({due})*({due}<as_of))>0)'
"""1 in formulas for an action that is late: it says so, or its date has passed and it is not done."""
_NEXT = "Next quarter"
_NO_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST = 31
_QUARTERS = (re.compile(r"(?P<year>\d{4})\W?Q(?P<quarter>[1-4])"), re.compile(r"Q(?P<quarter>[1-4])\W?(?P<year>\d{4})"))


@dataclass(frozen=True)
class CardSheet:
    """The sheet of one partner: its scorecard, its name, the quarters that it shows, and where things stand."""

    card: Scorecard
    name: str
    quarters: tuple[str, ...]
    line: int
    """The partner's row on the dashboard, from 0."""

    @property
    def first(self) -> int:
        """The row of the first metric."""
        return HEAD + 1

    @property
    def last(self) -> int:
        """The row of the last metric; above `first` where there is none."""
        return HEAD + len(self.card.metrics)

    @property
    def after(self) -> int:
        """The column after the quarters: the actual figure; score, points and trend follow."""
        return QUARTERS_AT + len(self.quarters)

    @property
    def actual(self) -> int:
        """The column of the figure of the reporting quarter."""
        return self.after

    @property
    def score(self) -> int:
        """The column of the score."""
        return self.after + 1

    @property
    def points(self) -> int:
        """The column of what a metric adds to the score of its category."""
        return self.after + 2

    @property
    def trend(self) -> int:
        """The column of the trend in a word."""
        return self.after + 3

    @property
    def source(self) -> int:
        """The column of the source; evidence, who supplied it and what is disputed follow."""
        return self.after + 4

    @property
    def scores_at(self) -> int:
        """The row of the heading of the scores by category; their table's head is the next."""
        return self.last + 2

    def category_row(self, category: str) -> int:
        """The row of a category in the scores by category; ``total`` is below the last."""
        return self.scores_at + 2 + (*CATEGORIES, "total").index(category)

    def score_of(self, category: str) -> str:
        """A reference from other sheets to the score of a category, or to the ``total``."""
        return f"{quoted(self.name)}!{absolute(self.category_row(category), SCORE_AT)}"

    def column(self, column: int) -> str:
        """The metrics' cells of a column, for formulas on the sheet itself."""
        return str(xl_range_abs(self.first, column, self.last, column))


@dataclass(frozen=True)
class Layout:
    """The workbook's plan: a sheet for each scored partner, and the quarters, the next one included."""

    pack: Pack
    sheets: tuple[CardSheet, ...]
    quarters: tuple[str, ...]
    """The quarters of the pack, and the next, which is still to be filled in."""

    @property
    def reporting(self) -> str:
        """The quarter that scores speak of."""
        return self.quarters[-2] if len(self.quarters) > 1 else self.quarters[-1]

    @property
    def first(self) -> int:
        """The dashboard's row of the first partner."""
        return HEAD + 1

    @property
    def last(self) -> int:
        """The dashboard's row of the last partner."""
        return HEAD + len(self.sheets)

    @property
    def settings_at(self) -> int:
        """The dashboard's row of the heading of the settings; the head of their table is the next."""
        return self.last + 2

    def setting(self, number: int) -> int:
        """The row of the setting with that number, from 0."""
        return self.settings_at + 2 + number

    @cached_property
    def actions(self) -> tuple[tuple[CardSheet, ImprovementAction], ...]:
        """All actions, partner by partner."""
        return tuple((sheet, action) for sheet in self.sheets for action in sheet.card.actions)

    @property
    def plan_last(self) -> int:
        """The last row of the improvement plan that is ready for an action."""
        return HEAD + len(self.actions) + PLAN_ROOM


def lay_out(pack: Pack) -> Layout:
    """The plan of the workbook for `pack`."""
    cards = pack.scorecards.cards
    names = sheet_names(card.partner.name for card in cards)
    quarters = (*pack.scorecards.quarters, next_quarter(pack.scorecards.quarters))
    sheets = []
    for number, (card, name) in enumerate(zip(cards, names, strict=True)):
        count = max((len(metric.actuals) for metric in card.metrics), default=0)
        sheets.append(CardSheet(card, name, quarters[max(len(quarters) - 1 - count, 0) :], HEAD + 1 + number))
    return Layout(pack, tuple(sheets), quarters)


def sheet_names(names: Iterable[str]) -> list[str]:
    """Names that sheets may have: at most 31 signs, none that formulas use, each once whatever its capitals.

    A longer one ends after a word, with an ellipsis: pages and tabs show it.
    """
    taken = {*(sheet.casefold() for sheet in (DASHBOARD, CHARTS, PLAN, DATA)), "history"}
    found = []
    for name in names:
        base = " ".join(_NO_NAME.sub(" ", name).split()).strip(" '") or "Partner"
        unique, number = _shortened(base, _LONGEST), 2
        while unique.casefold() in taken:
            end = f" {number}"
            unique, number = f"{_shortened(base, _LONGEST - len(end))}{end}", number + 1
        taken.add(unique.casefold())
        found.append(unique)
    return found


def _shortened(name: str, most: int) -> str:
    if len(name) <= most:
        return name
    start = name[:most]
    # A single word that is too long is cut within.
    words = start.rpartition(" ")[0] or start[:-1]
    return f"{words.rstrip(' ,;&-–(')}…"


def next_quarter(quarters: tuple[str, ...]) -> str:
    """The quarter after the last: 2027Q1 after 2026Q4, Q1 2027 after Q4 2026; words where their form is another."""
    last = quarters[-1] if quarters else ""
    for form in _QUARTERS:
        found = form.fullmatch(last)
        if found:
            year, quarter = int(found["year"]) + int(found["quarter"]) // 4, int(found["quarter"]) % 4 + 1
            pieces = {"year": str(year), "quarter": str(quarter)}
            # What stands between the two stays as it is.
            first, second = sorted(pieces, key=found.start)
            between = last[found.end(first) : found.start(second)]
            return f"{last[: found.start(first)]}{pieces[first]}{between}{pieces[second]}"
    return _NEXT


def quoted(sheet: str) -> str:
    """A sheet's name as formulas take it."""
    return "'" + sheet.replace("'", "''") + "'"


def absolute(row: int, column: int) -> str:
    """``$C$5`` of row 4 and column 2."""
    return str(xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True))
