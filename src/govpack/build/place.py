"""Putting staged files in place: by rename, all of them or none, and never over what a person wrote.

A file is *ours* where the record of the last build (pack.json) holds its hash. One in the way that is not, that
changed since, or that is protected from writing stops the build or, where the caller says so, is moved aside first.
"""

from __future__ import annotations

import os
from contextlib import ExitStack
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from govpack.build.hand import find_open, is_protected
from govpack.errors import BuildError
from govpack.findings import Finding, Location, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


_FOR_A_FOLDER = ("a file stands where a folder goes", "move it, or build elsewhere with -o")
# What to do about a file that cannot be read or moved.
ADVICE = "close it where it is open, or see that you may read and write there, or build elsewhere with -o"


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


def hash_there(there: Path) -> str:
    """The hash of a file in the output folder. BuildError, with what to do, where it cannot be read."""
    try:
        return hash_of(there)
    except OSError as error:
        raise BuildError(
            f"cannot read {there}, to see whether it was edited: {error.strerror}; nothing was changed: {ADVICE}"
        ) from error


def plan_moves(
    out: Path, new: Mapping[str, str], recorded: Mapping[str, str], stale: Iterable[str], *, replace: bool
) -> Moves:
    """Decide how the files `new` (path to hash) come into `out`, given the `recorded` hashes of the last build.

    `stale` are recorded files that are no longer made: unedited ones go, edited ones stay and are named in a warning.
    BuildError names every file in the way that is not ours, unless `replace` moves them aside.
    """
    put: list[str] = []
    aside: list[tuple[str, str]] = []
    blocked: dict[Path, tuple[str, str]] = {}
    taken = set(new)
    for path, digest in sorted(new.items()):
        _inside(out, path)
        there = out / path
        if (file := _file_above(out, path)) is not None:
            blocked[file] = _FOR_A_FOLDER
            continue
        if not os.path.lexists(there):
            put.append(path)
            continue
        ours = _is_ours(there, recorded.get(path), digest)
        if ours and hash_there(there) == digest:
            continue
        free = ours and not is_protected(there)
        if not free and replace:
            aside.append((path, _free_name(out, path, taken)))
        elif not free:
            blocked[there] = _in_the_way(there, known=path in recorded, ours=ours)
        put.append(path)
    if blocked:
        named = [Finding(what, Location(str(file)), remedy=remedy) for file, (what, remedy) in blocked.items()]
        raise BuildError(f"{out} holds files that govpack must not overwrite; nothing was changed", named)
    remove, kept = _plan_removals(out, recorded, stale)
    held = find_open(out / path for path in put)
    return Moves(tuple(put), tuple(aside), remove, (*kept, *held))


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
        ours = _is_ours(there, recorded[path])
        if ours and not is_protected(there):
            remove.append(path)
        else:
            why = "is protected from writing" if ours else "was edited since govpack wrote it"
            kept.append(
                Finding(
                    f"this pack no longer makes it, and it {why}: it stays",
                    Location(str(there)),
                    Severity.WARNING,
                    "delete or file it yourself",
                )
            )
    return tuple(remove), tuple(kept)


def _is_ours(there: Path, *digests: str | None) -> bool:
    """Whether the file holds what govpack wrote there last time, or would write now. A link or folder never does."""
    return not there.is_symlink() and there.is_file() and hash_there(there) in digests


def _inside(out: Path, path: str) -> None:
    """Refuse a path that a link or a tampered record leads out of the output folder."""
    parent = (out / path).parent.resolve()
    if parent != out.resolve() and out.resolve() not in parent.parents:
        raise BuildError(f"{path} leads out of the output folder {out}; nothing was changed")


def _file_above(out: Path, path: str) -> Path | None:
    """The file in `out` that stands where a folder of `path` goes."""
    folders = (out / folder for folder in list(PurePosixPath(path).parents)[:-1])
    return next((folder for folder in folders if os.path.lexists(folder) and not folder.is_dir()), None)


def _in_the_way(there: Path, *, known: bool, ours: bool) -> tuple[str, str]:
    """What is wrong with the file, and what to do."""
    aside = "--replace moves it aside, or build elsewhere with -o"
    if there.is_dir():
        return "a folder stands where a document goes", "move it, or build elsewhere"
    if ours:
        return "is in the way and is protected from writing", f"lift the protection to have it written anew; {aside}"
    what = "was edited since govpack wrote it" if known else "was not written by govpack"
    return f"is in the way and {what}", aside


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
        as_it_was = f"{out} is as it was: {ADVICE}"
        state = f"what was there is kept in {backup}" if holds_files(backup) else as_it_was
        place = _place_of(error, out, stage, backup)
        raise BuildError(f"cannot write {place}: {error.strerror or error}; {state}") from error


def _place_of(error: OSError, out: Path, stage: Path, backup: Path) -> str | Path:
    """Where a move failed, as its reader knows it: a place in `out`, and not one of the folders that are gone after."""
    for name in (error.filename2, error.filename):
        if name is not None and not any(inner in Path(name).parents for inner in (stage, backup)):
            return str(name)
    return out


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
