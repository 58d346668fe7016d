"""Laying out folders to edit: a kit's starter, which is a small pack, and a whole kit."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from govpack.errors import KitError

STARTER = "starter"
# What Office, editors and systems leave beside the files that one wrote.
_PASSED_OVER = shutil.ignore_patterns("~$*", ".*", "__pycache__", "Thumbs.db")


def copy_starter(kit: Path, folder: Path) -> tuple[str, ...]:
    """Copy the starter of the kit in `kit` to `folder`, and return the files' paths in it, sorted.

    All of it appears at once. KitError where the kit has no starter, or `folder` holds something or can't be written.
    """
    if not (kit / STARTER).is_dir():
        raise KitError(f"the kit in {kit} has no '{STARTER}' folder to lay out")
    return _copy(kit / STARTER, folder)


def copy_kit(kit: Path, folder: Path) -> tuple[str, ...]:
    """Copy the kit in `kit` to `folder`, and return the files' paths in it, sorted.

    All of it appears at once. KitError where `folder` holds something, lies in the kit, or can't be written.
    """
    return _copy(kit, folder)


def _copy(source: Path, folder: Path) -> tuple[str, ...]:
    folder = Path(os.path.abspath(folder))
    if folder.exists() and not folder.is_dir():
        raise KitError(f"{folder} is a file; give a new folder")
    if folder.resolve().is_relative_to(source.resolve()):
        raise KitError(f"{folder} lies in {source} itself; give a folder elsewhere")
    try:
        if folder.is_dir() and any(folder.iterdir()):
            raise KitError(f"{folder} holds files already; nothing was changed (give a new folder)")
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".govpack-", dir=folder.parent) as staging:
            copied = Path(staging) / "copied"
            shutil.copytree(source, copied, copy_function=shutil.copyfile, ignore=_PASSED_OVER)
            if not folder.exists():
                copied.rename(folder)
            else:
                # An empty folder may be the one somebody stands in: fill it, rather than put another in its place.
                for entry in sorted(copied.iterdir()):
                    entry.rename(folder / entry.name)
    except OSError as error:
        raise KitError(f"cannot write {folder}: {error.strerror or error}") from error
    return tuple(sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()))
