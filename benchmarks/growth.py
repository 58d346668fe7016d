"""How the engines' times and memory grow with the contract: more clauses in the template, more rows in the data."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import contract
import syntaxes
import turns
from homes import PeerError

if TYPE_CHECKING:
    from pathlib import Path

    from homes import Engine

CLAUSES = (15, 60, 240, 960)
ROWS = (40, 400, 4_000, 40_000)
MOST_ROWS = ROWS[-1]
# A peer is not asked for a size at which it would need longer than this, if it grew linearly from the one before.
_LONGEST = 20.0


@dataclass(frozen=True, slots=True)
class Growth:
    """govpack's: how much more than linearly its time grew at the worst step, and its peak at the most rows in MB."""

    factors: dict[str, float | None]
    most_rows_mb: float | None


def run(engines: list[Engine], folder: Path, *, quick: bool) -> Growth:
    """Print both tables."""
    sizes = (CLAUSES[:2], ROWS[:2]) if quick else (CLAUSES, ROWS)
    clauses = _print_table("Clauses", engines, [(count, contract.ROWS, count) for count in sizes[0]], folder)
    rows = _print_table("Rows", engines, [(contract.CLAUSES, count, count) for count in sizes[1]], folder)
    held = next((each.peak / 1e3 for each in rows if each.size == MOST_ROWS), None)
    return Growth({"clauses": _worst_step(clauses), "rows": _worst_step(rows)}, held)


@dataclass(frozen=True, slots=True)
class _Point:
    size: int
    seconds: float
    peak: int  # KB, of the whole process


def _print_table(what: str, engines: list[Engine], sizes: list[tuple[int, int, int]], folder: Path) -> list[_Point]:
    """A row for each engine, two columns for each size: (clauses, rows, the number that heads the column).

    The points of the first engine come back.
    """
    print(f"\n{what}: seconds of the fastest document, and MB of the whole process at most")
    print(f"  {'':<18}" + "".join(f"{shown:>17,}{'':>6}" for *_, shown in sizes) + "   growth")
    ours: list[_Point] = []
    for engine in engines:
        row, points, reason = f"  {engine.name:<18}", [], ""
        for clauses, rows, shown in sizes:
            ahead = points[-1].seconds * shown / points[-1].size if points else 0.0
            if ahead > _LONGEST:
                reason = f"; {shown:,} would take some {ahead:.0f} s"
                break
            try:
                seconds, peak = turns.measure_size(engine, *_files(engine.name, clauses, rows, folder))
            except PeerError as error:
                reason = f"; {shown:,}: {str(error)[:100]}"
                break
            points.append(_Point(shown, seconds, peak))
            row += f"{seconds:>13.4f} s{peak / 1e3:>5.0f} MB"
        row += " " * 23 * (len(sizes) - len(points))
        if len(points) > 1:
            first, last = points[0], points[-1]
            row += f"   {last.seconds / first.seconds:,.1f} × for {last.size / first.size:,.0f} ×"
        print(row + reason, flush=True)
        ours = ours or points
    return ours


def _worst_step(points: list[_Point]) -> float | None:
    steps = [(two.seconds / one.seconds) / (two.size / one.size) for one, two in pairwise(points)]
    return max(steps, default=None)


def _files(name: str, clauses: int, rows: int, folder: Path) -> tuple[Path, Path]:
    """The template of an engine and the data of a size, written where they are missing."""
    template, data = folder / f"{name}-{clauses}.docx", folder / f"{rows}.json"
    filled = contract.data(rows)
    if not template.exists():
        template.write_bytes(syntaxes.write_template(contract.describe(clauses), syntaxes.SYNTAXES[name], filled))
    if not data.exists():
        data.write_text(json.dumps(filled))
    return template, data
