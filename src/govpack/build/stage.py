"""The staging folder: where a pack is written and judged before any of it is put in place."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from govpack.build.place import holds_files
from govpack.errors import BuildError

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Stage:
    """Two folders on the output's own file system: the pack as it will be, and what it displaces meanwhile."""

    pack: Path
    backup: Path

    def write(self, path: str, data: bytes) -> None:
        """Put a file of the pack into the stage. BuildError where the disk refuses."""
        target = self.pack / path
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        except OSError as error:
            raise BuildError(f"cannot write {path}: {error.strerror}; nothing was put in place") from error


@contextmanager
def open_stage(out: Path) -> Iterator[Stage]:
    """A stage for `out`, gone when the work is over. BuildError where `out` cannot be written, before any work."""
    if os.path.lexists(out) and not out.is_dir():
        raise BuildError(f"{out} is a file; give a folder to build into")
    try:
        home = Path(tempfile.mkdtemp(prefix=".govpack-", dir=_folder_beside(out)))
        stage = Stage(home / "pack", home / "backup")
        stage.pack.mkdir()
        stage.backup.mkdir()
    except OSError as error:
        raise BuildError(f"cannot write to {out}: {error.strerror}; choose another folder with -o") from error
    try:
        yield stage
    except BaseException:
        # What a failed roll-back left in the backup is a person's work: it stays, and the error names it.
        shutil.rmtree(home if not holds_files(stage.backup) else stage.pack, ignore_errors=True)
        raise
    shutil.rmtree(home, ignore_errors=True)


def _folder_beside(out: Path) -> Path:
    """Where to stage: beside `out`, or inside it where that is another file system (a mount) or may not be written.

    Staging on the same file system is what lets files appear by rename.
    """
    if out.is_dir():
        if not os.access(out, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(out))
        parent = out.resolve().parent
        beside = os.access(parent, os.W_OK) and parent.stat().st_dev == out.stat().st_dev
        return parent if beside else out
    parent = out.absolute().parent
    while not os.path.lexists(parent):
        parent = parent.parent
    return parent
