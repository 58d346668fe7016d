"""Laying out a kit's starter: the small pack that a person edits first."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from govpack.errors import KitError

STARTER = "starter"


def copy_starter(kit: Path, folder: Path) -> tuple[str, ...]:
    """Copy the starter of the kit in `kit` to `folder`, and return the files' paths in it, sorted.

    All of it appears at once. KitError where the kit has no starter, or `folder` holds something or can't be written.
    """
    starter, folder = kit / STARTER, Path(os.path.abspath(folder))
    if not starter.is_dir():
        raise KitError(f"the kit in {kit} has no '{STARTER}' folder to lay out")
    if folder.exists() and not folder.is_dir():
        raise KitError(f"{folder} is a file; give a new folder")
    try:
        if folder.is_dir() and any(folder.iterdir()):
            raise KitError(f"{folder} holds files already; nothing was changed (give a new folder)")
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".govpack-", dir=folder.parent) as staging:
            copied = Path(staging) / STARTER
            shutil.copytree(starter, copied, copy_function=shutil.copyfile)
            if not folder.exists():
                copied.rename(folder)
            else:
                # An empty folder may be the one somebody stands in: fill it, rather than put another in its place.
                for entry in sorted(copied.iterdir()):
                    entry.rename(folder / entry.name)
    except OSError as error:
        raise KitError(f"cannot write {folder}: {error.strerror or error}") from error
    return tuple(sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()))
