"""A check report on the terminal: the verdicts, then what to mend, what costs most first. Plain when piped.

Each finding says what is wrong, in which places, how to mend it, and the YAML for it where there is some. No sign is by
colour alone: every verdict is written out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from govpack.check.verdicts import Verdict
from govpack.findings import Severity
from govpack.report.steps import group_findings, untold_findings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console

    from govpack.check.verdicts import CheckReport, ItemVerdict
    from govpack.findings import Finding

_SIGNS = {
    Verdict.MET: ("✓", "+", "green"),
    Verdict.PARTLY_MET: ("◐", "~", "yellow"),
    Verdict.NOT_MET: ("✗", "x", "red"),
    Verdict.FOR_A_PERSON: ("☐", "?", "cyan"),
}
_ORDER = (Verdict.NOT_MET, Verdict.PARTLY_MET)
_WIDE = 100  # columns, from which the table has room for how much evidence there is
_MOST_PLACES = 4


def print_report(report: CheckReport, console: Console, *, most: int = 40) -> None:
    """Print the verdicts, what to mend (`most` findings in all), what waits for a person, and what is weak."""
    printer = _Printer(console)
    console.print(Text(report.checklist, style="bold"))
    console.print(_verdicts(report, printer.modern, wide=console.width >= _WIDE))
    console.print(Text(_summary(report)))
    printer.files(report)
    printer.section("Could not be judged", report.problems, most)
    printer.mend(report, most)
    waiting = [item for item in report.verdicts if item.verdict is Verdict.FOR_A_PERSON]
    printer.section("For a person", [finding for item in waiting for finding in item.findings], most)
    printer.section("Weak", report.weak, most)


def _verdicts(report: CheckReport, modern: bool, *, wide: bool) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
    table.add_column("Verdict", no_wrap=True)
    table.add_column("Item", no_wrap=True)
    table.add_column("What is asked", ratio=1)
    if wide:
        table.add_column("Evidence", justify="right", no_wrap=True)
    table.add_column("To mend", justify="right", no_wrap=True)
    for item in report.verdicts:
        sign, plain, colour = _SIGNS[item.verdict]
        mend = len(group_findings(untold_findings(item.findings))) if item.verdict in _ORDER else 0
        table.add_row(
            Text(f"{sign if modern else plain} {item.verdict.value}", style=colour),
            Text(item.id),
            Text(item.asks),
            *([Text(str(len(item.evidence)))] if wide else []),
            Text(str(mend) if mend else "–" if modern else "-"),
        )
    return table


def _summary(report: CheckReport) -> str:
    counts = [f"{report.count(verdict)} {verdict.value}" for verdict in Verdict if report.count(verdict)]
    judged = sum(1 for file in report.files if file.document)
    others = [file.path for file in report.files if not file.document]
    read = f"{judged} {'document' if judged == 1 else 'documents'} judged"
    if not others:
        return f"{', '.join(counts)}. {read}."
    more = ", …" if len(others) > _MOST_PLACES else ""
    return f"{', '.join(counts)}. {read}, {len(others)} of no known kind ({', '.join(others[:_MOST_PLACES])}{more})."


class _Printer:
    """Findings on a console; the same YAML is shown once."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._shown: set[str] = set()
        self.modern = (console.encoding or "").lower().startswith("utf")

    def files(self, report: CheckReport) -> None:
        """Which document each file was taken for, where its name or properties did not say so."""
        guessed = [file for file in report.files if file.document and file.guessed]
        for file in guessed[:_MOST_PLACES]:
            self._line(f"{file.path} was taken for the {file.document}: {file.known_by}.", 2, lead="")
        if len(guessed) > _MOST_PLACES:
            self._line(f"and {len(guessed) - _MOST_PLACES} more files were taken for what they hold", 0)

    def mend(self, report: CheckReport, most: int) -> None:
        """What to mend, item by item; what several items miss is told once."""
        items = sorted((i for i in report.verdicts if i.verdict in _ORDER), key=lambda i: _ORDER.index(i.verdict))
        if not items:
            return
        self._heading("To mend, what costs most first")
        told: set[tuple[str, str]] = set()
        for item in items:
            fresh = untold_findings(item.findings, told)
            if not fresh:
                self._line(f"{item.id}: the same as above", 0)
                continue
            self._line(_title(item), 0, style="bold")
            self._line(item.asks, 2, style="dim")
            groups = group_findings(fresh)
            room = max(most - len(told), 3)
            for group in groups[:room]:
                self._group(group)
            if len(groups) > room:
                self._line(f"and {len(groups) - room} more; --format json lists all", 2)

    def section(self, title: str, findings: Iterable[Finding], most: int) -> None:
        """Findings under a title of their own."""
        groups = group_findings(dict.fromkeys(findings))
        if not groups:
            return
        self._heading(title)
        for group in groups[:most]:
            self._group(group)
        if len(groups) > most:
            self._line(f"and {len(groups) - most} more", 2)

    def _heading(self, title: str) -> None:
        self._console.print()
        self._console.print(Text(title, style="bold"))

    def _group(self, group: Sequence[Finding]) -> None:
        """What is wrong and where, each message once; then how to mend it, and the YAML for it."""
        places: dict[str, list[str]] = {}
        for finding in group:
            places.setdefault(finding.message, []).append(str(finding.location or ""))
        for message, found in places.items():
            self._line(message, 4, lead="  - ")
            shown = list(dict.fromkeys(place for place in found if place))
            for place in shown[:_MOST_PLACES]:
                self._line(place, 6, lead="    ", style="dim")
            if len(shown) > _MOST_PLACES:
                self._line(f"and {len(shown) - _MOST_PLACES} more places", 4, style="dim")
        first = group[0]
        if first.remedy:
            lead = "For a person" if first.severity is Severity.NOTE else "To mend"
            self._line(f"{lead}: {first.remedy}", 6, lead="    ")
        if first.snippet and first.snippet in self._shown:
            self._line("(what to paste for it stands above)", 6)
        elif first.snippet:
            self._shown.add(first.snippet)
            for line in first.snippet.splitlines():
                # In the columns in which it is to stand, so that it can be pasted as it is.
                self._console.print(Text(line, style="cyan"), soft_wrap=True)

    def _line(self, text: str, indent: int, *, lead: str | None = None, style: str = "") -> None:
        """A line; on a terminal it is wrapped, each further one `indent` deep. A pipe has no width."""
        lead = " " * indent if lead is None else lead
        if not self._console.is_terminal:
            self._console.print(Text(f"{lead}{text}", style=style), soft_wrap=True)
            return
        lines = Text(text, style=style).wrap(self._console, max(self._console.width - indent, 20))
        for at, line in enumerate(lines):
            line.rstrip()
            self._console.print(Text(lead if not at else " " * indent).append_text(line), soft_wrap=True)


def _title(item: ItemVerdict) -> str:
    where = [name for name in item.failing_files if name]
    files = f" ({', '.join(where[:4])}{' …' if len(where) > 4 else ''})" if item.verdict is Verdict.PARTLY_MET else ""
    return f"{item.id}: {item.verdict.value}{files}"
