"""Signs that a person holds a file just now: it is protected from writing, or open in an office program."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from govpack.findings import Finding, Location, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_ANYBODY = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


def is_protected(there: Path) -> bool:
    """Whether nobody may write the file: the mark that a person sets on what is to stay as it is.

    A rename asks for the right to the folder only, so it would go over such a file without a word.
    """
    return not there.is_symlink() and there.is_file() and not there.stat().st_mode & _ANYBODY


def find_open(files: Iterable[Path]) -> Iterator[Finding]:
    """A warning for each of the `files` that an office program has open, as the file beside it says.

    It may also be left over from a program that crashed, so it stops nothing.
    """
    for file in files:
        owner = next((name for name in _owners(file.name) if os.path.lexists(file.with_name(name))), None)
        if owner is not None:
            yield Finding(
                f"was written anew while a program seems to have it open, as {owner} beside it says",
                Location(str(file)),
                Severity.WARNING,
                "close it there without saving, or save it under another name: its text is that of the last build",
            )


def _owners(name: str) -> tuple[str, ...]:
    """The files that Word (which leaves out up to two letters), Excel, PowerPoint and LibreOffice lay beside `name`."""
    return (f"~${name[2:]}", f"~${name[1:]}", f"~${name}", f".~lock.{name}#")
