"""Putting staged files in place: by rename, all of them or none, and never over what a person wrote.

A file is *ours* where the record of the last build (pack.json) holds its hash. One in the way that is not, or that
changed since, stops the build or, where the caller says so, is moved aside first.
"""

from __future__ import annotations

import os
from contextlib import ExitStack
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from govpack.errors import BuildError
from govpack.findings import Finding, Location, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Moves:
    """What will happen in the output folder. Paths are relative to it, with forward slashes."""

    put: tuple[str, ...]
    aside: tuple[tuple[str, str], ...]
    remove: tuple[str, ...]
    findings: tuple[Finding, ...]


def hash_of(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal. OSError where it cannot be read."""
    return sha256(path.read_bytes()).hexdigest()


def plan_moves(
    out: Path, new: Mapping[str, str], recorded: Mapping[str, str], stale: Iterable[str], *, replace: bool
) -> Moves:
    """Decide how the files `new` (path to hash) come into `out`, given the `recorded` hashes of the last build.

    `stale` are recorded files that are no longer made: unedited ones go, edited ones stay and are named in a warning.
    BuildError names every file in the way that is not ours, unless `replace` moves them aside.
    """
    put: list[str] = []
    aside: list[tuple[str, str]] = []
    blocked: list[Finding] = []
    taken = set(new)
    for path, digest in sorted(new.items()):
        _inside(out, path)
        there = out / path
        if not os.path.lexists(there):
            put.append(path)
            continue
        ours = _is_ours(there, recorded.get(path), digest)
        if ours and hash_of(there) == digest:
            continue
        if not ours and replace:
            aside.append((path, _free_name(out, path, taken)))
        elif not ours:
            blocked.append(_in_the_way(there, known=path in recorded))
        put.append(path)
    if blocked:
        raise BuildError(f"{out} holds files that govpack must not overwrite; nothing was changed", blocked)
    remove, kept = _plan_removals(out, recorded, stale)
    return Moves(tuple(put), tuple(aside), remove, kept)


def _plan_removals(
    out: Path, recorded: Mapping[str, str], stale: Iterable[str]
) -> tuple[tuple[str, ...], tuple[Finding, ...]]:
    remove: list[str] = []
    kept: list[Finding] = []
    for path in sorted(stale):
        there = out / path
        if not os.path.lexists(there):
            continue
        _inside(out, path)
        if _is_ours(there, recorded[path]):
            remove.append(path)
        else:
            kept.append(
                Finding(
                    "this pack no longer makes it, and it was edited since govpack wrote it: it stays",
                    Location(str(there)),
                    Severity.WARNING,
                    "delete or file it yourself",
                )
            )
    return tuple(remove), tuple(kept)


def _is_ours(there: Path, *digests: str | None) -> bool:
    """Whether the file holds what govpack wrote there last time, or would write now. A link or folder never does."""
    return not there.is_symlink() and there.is_file() and hash_of(there) in digests


def _inside(out: Path, path: str) -> None:
    """Refuse a path that a link or a tampered record leads out of the output folder."""
    parent = (out / path).parent.resolve()
    if parent != out.resolve() and out.resolve() not in parent.parents:
        raise BuildError(f"{path} leads out of the output folder {out}; nothing was changed")


def _in_the_way(there: Path, *, known: bool) -> Finding:
    if there.is_dir():
        return Finding(
            "a folder stands where a document goes", Location(str(there)), remedy="move it, or build elsewhere"
        )
    what = "was edited since govpack wrote it" if known else "was not written by govpack"
    return Finding(
        f"is in the way and {what}", Location(str(there)), remedy="--replace moves it aside, or build elsewhere with -o"
    )


def _free_name(out: Path, path: str, taken: set[str]) -> str:
    """A name beside `path` that nothing has yet: ``charter.edited-1.docx``."""
    old = PurePosixPath(path)
    number = 1
    while True:
        name = str(old.with_name(f"{old.stem}.edited-{number}{old.suffix}"))
        if name not in taken and not os.path.lexists(out / name):
            taken.add(name)
            return name
        number += 1


def put_in_place(stage: Path, backup: Path, out: Path, moves: Moves) -> None:
    """Carry out `moves`, taking new files from `stage` and keeping old ones in `backup` until all is done.

    Anything that fails, a pressed Ctrl-C included, puts back what was there; BuildError says what failed. What could
    not be put back, which takes a second failure, stays in `backup`, and the error says so.
    """
    try:
        with ExitStack() as undo:
            for path, name in moves.aside:
                _move(out / path, out / name, undo)
            for path in moves.remove:
                _move(out / path, backup / path, undo)
            for path in moves.put:
                if os.path.lexists(out / path):
                    _move(out / path, backup / path, undo)
                _move(stage / path, out / path, undo)
            _drop_empty_folders(out, moves.remove, undo)
            undo.pop_all()
    except OSError as error:
        place = error.filename2 or error.filename or out
        state = f"what was there is kept in {backup}" if holds_files(backup) else f"{out} is as it was"
        raise BuildError(f"cannot write {place}: {error.strerror or error}; {state}") from error


def holds_files(folder: Path) -> bool:
    """Whether anything but folders lies in `folder`, however deep."""
    return any(not entry.is_dir() for entry in folder.rglob("*"))


def _move(source: Path, target: Path, undo: ExitStack) -> None:
    missing = [folder for folder in (target.parent, *target.parent.parents) if not folder.exists()]
    for folder in reversed(missing):
        undo.callback(_remove_folder, folder)
        folder.mkdir()
    # Said before it is done: an interrupt between the two must not leave the file where nothing puts it back.
    undo.callback(_move_back, target, source)
    source.rename(target)


def _move_back(target: Path, source: Path) -> None:
    if os.path.lexists(target) and not os.path.lexists(source):
        target.rename(source)


def _remove_folder(folder: Path) -> None:
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def _drop_empty_folders(out: Path, removed: Iterable[str], undo: ExitStack) -> None:
    for path in removed:
        for folder in list(PurePosixPath(path).parents)[:-1]:
            there = out / folder
            if there.is_dir() and not any(there.iterdir()):
                undo.callback(there.mkdir, exist_ok=True)
                there.rmdir()
