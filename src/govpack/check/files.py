"""Which files are judged: the Office files in what was given, and the data files that a checklist asks for."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatch
from os.path import commonpath, relpath
from typing import TYPE_CHECKING

from govpack.check.foreign import TOLD, foreign
from govpack.check.readers import DATA, READABLE, read_outline
from govpack.errors import PackageError
from govpack.findings import Finding, Location

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from govpack.check.outline import Outline
    from govpack.model.checklist import DocumentPattern
    from govpack.ooxml.package import Package


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file as it came: its path as shown, its folder, and its outline (None where it is broken)."""

    path: str
    folder: str
    outline: Outline | None
    problem: Finding | None = None


def data_patterns(documents: Mapping[str, DocumentPattern]) -> tuple[str, ...]:
    """The patterns of `documents` for files of data: ``enablement.json``. No other data is looked at in a folder."""
    return tuple(
        glob for pattern in documents.values() for glob in pattern.files if glob.endswith(DATA) and glob[0] != "!"
    )


def find_files(paths: Iterable[Path], data: Iterable[str] = ()) -> tuple[list[tuple[Path, str]], list[Finding]]:
    """The Office files in `paths` (folders are searched through), each with the name it is shown by; and what is wrong.

    Files of data are taken where their name fits a pattern in `data`. Hidden files and folders, and the lock files of
    Office, are passed over.
    """
    data = tuple(data)
    found: dict[Path, str] = {}
    single: list[Path] = []
    problems = []
    for path in paths:
        if path.is_dir():
            inside = sorted(file for file in path.rglob("*") if file.is_file() and _wanted(file, path, data))
            others = sorted(file for file in path.rglob("*") if file.suffix.lower() in TOLD and _seen(file, path))
            problems += [foreign(file, file.relative_to(path).as_posix()) for file in others]
            if not inside and not others:
                message = "there is no .docx, .pptx or .xlsx in this folder"
                problems.append(
                    Finding(message, Location(str(path)), remedy="give the folder that a build wrote, or files")
                )
            for file in inside:
                found.setdefault(file, file.relative_to(path).as_posix())
        elif not path.exists():
            problems.append(Finding("there is no such file or folder", Location(str(path))))
        elif path.suffix.lower() not in (*READABLE, *DATA):
            problems.append(foreign(path, str(path)))
        else:
            single.append(path)
    # Files given one by one go by their path below the folder that they share: four charters are told apart.
    shared = commonpath([path.parent.absolute() for path in single]) if single else ""
    for path in single:
        found.setdefault(path, relpath(path, shared).replace("\\", "/"))
    return list(found.items()), problems


def _wanted(file: Path, top: Path, data: tuple[str, ...]) -> bool:
    if not _seen(file, top):
        return False
    return file.suffix.lower() in READABLE or any(fnmatch(file.name.casefold(), glob.casefold()) for glob in data)


def _seen(file: Path, top: Path) -> bool:
    return not any(name.startswith((".", "~$")) for name in file.relative_to(top).parts)


def read_files(files: Iterable[tuple[Path, str]]) -> Iterator[ReadFile]:
    """Each file read; what cannot be read carries its problem."""
    for path, name in files:
        yield read_file(path, name, str(path.parent))


def read_file(source: Path | Package, name: str, folder: str) -> ReadFile:
    """One file read; `name` is the path that it is shown by, `folder` where it lies."""
    try:
        return ReadFile(name, folder, read_outline(source, name))
    except PackageError as error:
        message = str(error).removeprefix(f"{name}: ")
        remedy = "open it in Office and save it again, or build it again"
        return ReadFile(name, folder, None, Finding(message, Location(name), remedy=remedy))


def is_readable(name: str) -> bool:
    """Whether a file of that name is one that can be judged."""
    return name.lower().endswith(READABLE)
