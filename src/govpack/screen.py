"""What the command writes to the screen: findings, reports, progress."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from govpack.errors import BuildError
from govpack.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from govpack.check import CheckReport
    from govpack.findings import Finding

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


def count(number: int, word: str) -> str:
    """``1 document``, ``2 documents``."""
    return f"{number} {word}{'' if number == 1 else 's'}"


def print_findings(findings: Iterable[Finding]) -> None:
    """Findings on stderr, a line each; what is no error says how much it matters."""
    for finding in findings:
        label = "" if finding.severity is Severity.ERROR else f"{styled(finding)}: "
        say(f"{label}{finding}")


def styled(finding: Finding) -> str:
    """How much a finding matters, in its colour."""
    return click.style(finding.severity.value, fg=_COLOURS[finding.severity])


def say(text: str) -> None:
    """A line on stderr; click takes colours out where it is no terminal."""
    click.echo(text, err=True, color=False if os.environ.get("NO_COLOR") else None)


def report_text(report: CheckReport, *, most: int = 1000) -> str:
    """A report in words, for stdout, with at most so many findings a section."""
    from rich.console import Console

    from govpack.report.terminal import print_report

    # Rich asks for colour by itself (a terminal, NO_COLOR unset); it would take a pipe to be 80 columns wide.
    piped = not sys.stdout.isatty() and "COLUMNS" not in os.environ
    console = Console(width=120 if piped else None, highlight=False)
    with console.capture() as text:
        print_report(report, console, most=most)
    return text.get()


def write_text(file: Path, text: str) -> None:
    """Write `text` to a file that a person named, and say so on stderr; BuildError where that can't be done."""
    try:
        file.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise BuildError(f"cannot write {file}: {error.strerror}") from error
    say(f"Wrote {file}")


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None] | None]:
    """A line on stderr that says what is being made, on terminals only."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed:.0f}/{task.total:.0f}"))
    # Drawn when there is news, and not by a thread of its own: a build on several cores can have none beside it.
    with Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False) as bar:
        task = bar.add_task("Reading", total=1)
        bar.refresh()

        def step(what: str, done: int, total: int) -> None:
            bar.update(task, description=what, completed=done, total=total, refresh=True)

        yield step
