"""Where the figures of a pack are seen in its files: in sentences, in rows of tables, in charts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from tests.support.figures.reading import Shown, read
from tests.support.figures.sentences import SENTENCES
from tests.support.figures.values import Written, date, number, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Sighting:
    """A figure as a file shows it: what it is, what is written, in which file, and the words around it."""

    what: str
    written: Written
    file: str
    words: str


_millions = partial(number, bare=MILLION)


def _in_its_unit(text: str) -> Written | None:
    """The figure of a KPI, whose unit may be a million of something, beside it or in a column of its own."""
    return number(text.replace("million", ""))


_AMOUNTS = (
    "commitment",
    "cap",
    "spend",
    "spend with the programme",
    "spend without the programme",
    "saving",
    "benefit",
)
# What a row is about, by the first kind of cell that names it; then what its other cells say, by their heads.
_ROWS: tuple[tuple[re.Pattern[str], str, dict[str, tuple[str, Callable[[str], Written | None]]]], ...] = (
    (
        re.compile(r"(?:Id|KPI)\t(K\d\d)\b"),
        "KPI",
        {
            **{head: (head.lower(), _in_its_unit) for head in ("Baseline", "Latest", "Target")},
            "Progress": ("progress", number),
            "Measured on": ("measured on", date),
            "Due": ("due", date),
        },
    ),
    (
        re.compile(r"(?:Ref|ID)\t(R\d\d)$"),
        "risk",
        {
            "Exposure": ("exposure", number),
            "Before": ("exposure", number),
            "Residual": ("residual", number),
            "After": ("residual", number),
        },
    ),
    (re.compile(r"(?:Ref|Milestone)\t(RM\d\d)\b"), "milestone", {"Due": ("due", date)}),
    (
        re.compile(r"Trigger\t(.+)$"),
        "escalation on",
        {"Respond within": ("respond hours", number), "Resolve within": ("resolve hours", number)},
    ),
    (
        re.compile(r"Partner\t(.+)$"),
        "partner",
        {
            "Score": ("score", number),
            "Technical": ("technical score", number),
            "Financial": ("financial score", number),
            "Innovation": ("innovation score", number),
            "Spend": ("spend", _millions),
            "Share": ("share", number),
            "Share of spend": ("share", number),
            "Plan": ("plan", _millions),
            "Exit months": ("exit months", number),
            "Time to leave": ("exit months", number),
            "Exit cost": ("exit cost", number),
            "Our cost of exit": ("exit cost", number),
            "Last exit test": ("last exit test", date),
        },
    ),
    (
        re.compile(r"Segment\t(.+)$"),
        "segment",
        {"Spend": ("spend", _millions), "Share of spend": ("share", number)},
    ),
    (
        re.compile(r"Forum\t(.+)$"),
        "forum",
        {"Frequency": ("frequency", words), "How often": ("frequency", words)},
    ),
)
# The cover of an agreement, whose partner is that of its folder.
_COVER: dict[str, tuple[str, Callable[[str], Written | None]]] = {
    "Effective Date": ("effective", date),
    "Effective date": ("effective", date),
    "Annual Commitment": ("annual commitment", number),
    "Total for the term": ("commitment", number),
    "Availability": ("uptime", number),
    "General Cap": ("cap", number),
    "Super Cap": ("super cap", number),
    "Notice of termination by the Customer": ("notice of the bank", number),
    "Notice of termination by the Partner": ("notice of the partner", number),
    "Transition Period": ("transition", number),
    "Payment": ("payment days", number),
}


def sightings(folder: Path) -> list[Sighting]:
    """Every known figure wherever a Word file, the deck, the workbook or the page of the pack in `folder` shows it."""
    files = sorted(path for path in folder.rglob("*") if path.suffix in (".docx", ".pptx", ".xlsx", ".html"))
    return [sighting for path in files for sighting in _of(path.relative_to(folder).as_posix(), read(path))]


def _of(file: str, shown: Shown) -> Iterator[Sighting]:
    for text in shown.texts:
        yield from _in_sentence(file, text)
    for heads, *rows in filter(None, shown.tables):
        for lines in rows:
            row = [cell.replace("\n", " ") for cell in lines]
            yield from _in_sentence(file, " | ".join(row))
            if len(row) == len(heads):
                # What a row is of stands in the first line of a cell.
                yield from _in_row(
                    file, [head.replace("\n", " ") for head in heads], row, [c.split("\n")[0] for c in lines]
                )
            if len(row) >= 2 and row[0] in _COVER and file.count("/") == 2 and "agreement" in file:
                what, reader = _COVER[row[0]]
                yield from _seen(f"contract {file.split('/')[1]}, {what}", reader(row[1]), file, " | ".join(row))
    for chart in shown.charts:
        for name, points in chart.series.items():
            for category, value in points.items():
                bare = MILLION if category.isdigit() else 1
                said = f"chart, {name}, {category}: {value}"
                yield from _seen(_charted(name, category), number(value, bare=bare), file, said)


def _in_sentence(file: str, text: str) -> Iterator[Sighting]:
    for pattern, whats in SENTENCES:
        for match in pattern.finditer(text):
            about = match.groupdict()
            values = [match[f"v{index}"] for index in range(1, len(whats) + 1)]
            for what, value in zip(whats, values, strict=True):
                yield from _seen(what.format_map(about), _reader(what)(value), file, match.group())


def _reader(what: str) -> Callable[[str], Written | None]:
    """How a figure in a sentence is read; where an amount has no currency beside it, it stands for millions."""
    if what.endswith("effective"):
        return date
    return _millions if what.endswith(_AMOUNTS) or what[-4:].isdigit() else number


def _in_row(file: str, heads: list[str], row: list[str], names: list[str]) -> Iterator[Sighting]:
    said = list(zip(heads, row, strict=True))
    for naming, kind, columns in _ROWS:
        named = next(
            (match[1] for head, name in zip(heads, names, strict=True) if (match := naming.match(f"{head}\t{name}"))),
            None,
        )
        if named is None:
            continue
        for head, cell in said:
            if head in columns:
                what, reader = columns[head]
                yield from _seen(f"{kind} {named}, {what}", reader(cell), file, " | ".join(row))
        return


def _seen(what: str, written: Written | None, file: str, said: str) -> Iterator[Sighting]:
    if what and written is not None:
        # A contract goes by its partner's folder in one place and by its name in another.
        yield Sighting(what.lower() if what.startswith("contract ") else what, written, file, said)


def _charted(series: str, category: str) -> str:
    """What a point of a chart is, by the names of its series and category; nothing for guide lines."""
    first = series.split(maxsplit=1)[0]
    if first == "Progress":
        return f"KPI {category.split(maxsplit=1)[0]}, progress"
    if category.isdigit():
        names = {"Without": "spend without the programme", "With": "spend with the programme", "Net": "net benefit"}
        return f"{(names | {'Plan': 'net benefit', 'Downside': 'downside net benefit'})[first]} in {category}"
    if re.match(r"Q\d \d{4}$", category):
        return "" if first in ("Green", "Amber") else f"partner {series}, score in {category}"
    shown = {"Spend": "spend", "Plan": "plan", "Weighted": "score", "Score": "score"}
    shown |= {name: f"{name.lower()} score" for name in ("Technical", "Financial", "Innovation")}
    return f"partner {category}, {shown[first]}"
