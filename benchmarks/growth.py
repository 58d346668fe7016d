"""How the engines' times and memory grow with the contract: more clauses in the template, more rows in the data."""

from __future__ import annotations

import json
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


def run(engines: list[Engine], folder: Path, *, quick: bool) -> int | None:
    """Print both tables; govpack's peak at the most rows in KB, or None where that was not reached."""
    sizes = (CLAUSES[:2], ROWS[:2]) if quick else (CLAUSES, ROWS)
    _print_table("Clauses", engines, [(clauses, contract.ROWS, clauses) for clauses in sizes[0]], folder)
    held = _print_table("Rows", engines, [(contract.CLAUSES, rows, rows) for rows in sizes[1]], folder)
    return held.get(MOST_ROWS)


def _print_table(what: str, engines: list[Engine], sizes: list[tuple[int, int, int]], folder: Path) -> dict[int, int]:
    """A row for each engine, two columns for each size: (clauses, rows, the number that heads the column).

    The peaks of the first engine come back, in KB by size.
    """
    print(f"\n{what}: seconds of one document, and MB of the whole process at most")
    print(f"  {'':<18}" + "".join(f"{shown:>17,}{'':>6}" for *_, shown in sizes) + "   growth for the size")
    ours: dict[int, int] = {}
    for engine in engines:
        row, medians, reason = f"  {engine.name:<18}", [], ""
        for clauses, rows, shown in sizes:
            ahead = medians[-1][0] * shown / medians[-1][1] if medians else 0.0
            if ahead > _LONGEST:
                reason = f"; {shown:,}: would need some {ahead:.0f} s"
                break
            try:
                seconds, peak = turns.measure_size(engine, *_files(engine.name, clauses, rows, folder))
            except PeerError as error:
                reason = f"; {shown:,}: {str(error)[:100]}"
                break
            medians.append((seconds, shown))
            if engine is engines[0]:
                ours[shown] = peak
            row += f"{seconds:>13.4f} s{peak / 1e3:>5.0f} MB"
        row += " " * 23 * (len(sizes) - len(medians))
        if len(medians) > 1:
            row += f"   {_factor(medians[0], medians[-1]):.1f} × for {medians[-1][1] / medians[0][1]:,.0f} ×"
        print(row + reason, flush=True)
    return ours


def _factor(first: tuple[float, int], last: tuple[float, int]) -> float:
    return last[0] / first[0]


def _files(name: str, clauses: int, rows: int, folder: Path) -> tuple[Path, Path]:
    """The template of an engine and the data of a size, written where they are missing."""
    template, data = folder / f"{name}-{clauses}.docx", folder / f"{rows}.json"
    filled = contract.data(rows)
    if not template.exists():
        template.write_bytes(syntaxes.write_template(contract.describe(clauses), syntaxes.SYNTAXES[name], filled))
    if not data.exists():
        data.write_text(json.dumps(filled))
    return template, data
