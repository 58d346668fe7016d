"""A check report on the terminal: the verdicts, then what to mend, what costs most first. Plain when piped.

No sign is by colour alone: every verdict is written out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from govpack.check.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from govpack.check.verdicts import CheckReport, ItemVerdict, JudgedFile
    from govpack.findings import Finding

_SIGNS = {
    Verdict.MET: ("✓", "+", "green"),
    Verdict.PARTLY_MET: ("◐", "~", "yellow"),
    Verdict.NOT_MET: ("✗", "x", "red"),
    Verdict.FOR_A_PERSON: ("☐", "?", "cyan"),
}
_ORDER = (Verdict.NOT_MET, Verdict.PARTLY_MET)


def print_report(report: CheckReport, console: Console, *, most: int = 40) -> None:
    """Print the verdicts, what to mend (`most` findings in all), what waits for a person, and what is weak."""
    modern = (console.encoding or "").lower().startswith("utf")
    console.print(Text(report.checklist, style="bold"))
    console.print(_verdicts(report, modern))
    console.print(Text(_summary(report)))
    _section(console, "Could not be judged", report.problems, most)
    _mend(console, report, most)
    waiting = [item for item in report.verdicts if item.verdict is Verdict.FOR_A_PERSON]
    _section(console, "For a person", [finding for item in waiting for finding in item.findings], most)
    _section(console, "Weak", report.weak, most)


def _verdicts(report: CheckReport, modern: bool) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
    table.add_column("Verdict", no_wrap=True)
    table.add_column("Item", no_wrap=True)
    table.add_column("What is asked", ratio=1)
    table.add_column("Evidence", justify="right", no_wrap=True)
    table.add_column("To mend", justify="right", no_wrap=True)
    for item in report.verdicts:
        sign, plain, colour = _SIGNS[item.verdict]
        mend = 0 if item.verdict in (Verdict.MET, Verdict.FOR_A_PERSON) else len(item.findings)
        table.add_row(
            Text(f"{sign if modern else plain} {item.verdict.value}", style=colour),
            Text(item.id),
            Text(item.asks),
            Text(str(len(item.evidence))),
            Text(str(mend) if mend else "–" if modern else "-"),
        )
    return table


def _summary(report: CheckReport) -> str:
    counts = [f"{report.count(verdict)} {verdict.value}" for verdict in Verdict if report.count(verdict)]
    judged = sum(1 for file in report.files if file.document)
    others = len(report.files) - judged
    read = f"{judged} {'document' if judged == 1 else 'documents'} judged"
    told = f"{', '.join(counts)}. {read}" + (f", {others} of no known kind." if others else ".")
    guessed = (file for file in report.files if _guessed(file))
    guesses = [f"{file.path} was taken for the {file.document}: {file.known_by}." for file in guessed]
    return "\n".join([told, *guesses])


def _guessed(file: JudgedFile) -> bool:
    """Whether a file was known by what stands in it alone, so that a reader may want to say that it is another."""
    return bool(file.document) and file.known_by not in ("", "by its properties", "by its name")


def _mend(console: Console, report: CheckReport, most: int) -> None:
    items = sorted((i for i in report.verdicts if i.verdict in _ORDER), key=lambda i: _ORDER.index(i.verdict))
    if not items:
        return
    console.print()
    console.print(Text("To mend, what costs most first", style="bold"))
    told: set[tuple[str, str]] = set()
    for item in items:
        fresh = [finding for finding in item.findings if _key(finding) not in told]
        if not fresh:
            console.print(Text(f"{item.id}: the same as above"))
            continue
        console.print(Text(_heading(item), style="bold"), soft_wrap=not console.is_terminal)
        room = max(most - len(told), 3)
        for finding in fresh[:room]:
            _print(console, finding)
        if len(fresh) > room:
            console.print(Padding(Text(f"and {len(fresh) - room} more; --format json lists all"), (0, 0, 0, 2)))
        told.update(map(_key, fresh))


def _key(finding: Finding) -> tuple[str, str]:
    """What a reader takes for the same finding: several items may miss one section, each with its own remedy."""
    return str(finding.location), finding.message


def _heading(item: ItemVerdict) -> str:
    where = [name for name in item.failing_files if name]
    files = f" ({', '.join(where[:4])}{' …' if len(where) > 4 else ''})" if item.verdict is Verdict.PARTLY_MET else ""
    return f"{item.id}: {item.verdict.value}{files}"


def _section(console: Console, title: str, findings: Sequence[Finding], most: int) -> None:
    if not findings:
        return
    console.print()
    console.print(Text(title, style="bold"))
    for finding in list(dict.fromkeys(findings))[:most]:
        _print(console, finding)
    if len(findings) > most:
        console.print(Padding(Text(f"and {len(findings) - most} more"), (0, 0, 0, 2)))


def _print(console: Console, finding: Finding) -> None:
    """Where it is, what it is, and how to mend it, wrapped under one another."""
    place = f"{finding.location}: " if finding.location else ""
    text = Text("- ")
    text.append(place, style="dim").append(finding.message)
    if finding.remedy:
        text.append(". To mend: ", style="italic").append(finding.remedy)
    if console.is_terminal:
        console.print(Padding(text, (0, 0, 0, 2)))
    else:
        # One line each, whatever its length: a pipe has no width.
        console.print(Text("  ").append_text(text), soft_wrap=True)
