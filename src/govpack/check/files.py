"""Which files are judged, and which document of the checklist each one is: by its name, else by its title."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatch
from os.path import commonpath, relpath
from typing import TYPE_CHECKING

from govpack.check.readers import READABLE, read_outline
from govpack.check.words import find_name
from govpack.errors import PackageError
from govpack.findings import Finding, Location

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
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


def find_files(paths: Iterable[Path]) -> tuple[list[tuple[Path, str]], list[Finding]]:
    """The Office files in `paths` (folders are searched through), each with the name it is shown by; and what is wrong.

    Hidden files and folders, and the lock files of Office, are passed over.
    """
    found: dict[Path, str] = {}
    single: list[Path] = []
    problems = []
    for path in paths:
        if path.is_dir():
            inside = sorted(file for file in path.rglob("*") if file.is_file() and _wanted(file, path))
            if not inside:
                message = "there is no .docx, .pptx or .xlsx in this folder"
                problems.append(
                    Finding(message, Location(str(path)), remedy="give the folder that a build wrote, or files")
                )
            for file in inside:
                found.setdefault(file, file.relative_to(path).as_posix())
        elif not path.exists():
            problems.append(Finding("there is no such file or folder", Location(str(path))))
        elif path.suffix.lower() not in READABLE:
            message = f"a {path.suffix or 'file without ending'} cannot be judged"
            problems.append(
                Finding(message, Location(str(path)), remedy="give .docx, .pptx or .xlsx files, or a folder of them")
            )
        else:
            single.append(path)
    # Files given one by one go by their path below the folder that they share: four charters are told apart.
    shared = commonpath([path.parent.absolute() for path in single]) if single else ""
    for path in single:
        found.setdefault(path, relpath(path, shared).replace("\\", "/"))
    return list(found.items()), problems


def _wanted(file: Path, top: Path) -> bool:
    inner = file.relative_to(top).parts
    return file.suffix.lower() in READABLE and not any(name.startswith((".", "~$")) for name in inner)


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


def identify(file: ReadFile, documents: dict[str, DocumentPattern]) -> str:
    """The name of the document that `file` is, or an empty text. Patterns starting with ``!`` keep files out."""
    for name, pattern in documents.items():
        if _named(file.path, pattern.files):
            return name
    if file.outline is None:
        return ""
    best: tuple[float, str] = (0.0, "")
    for name, pattern in documents.items():
        if not _same_format(file.path, pattern.files) or _kept_out(file.path, pattern.files):
            continue
        for heading in _titles(file.outline):
            match = find_name((pattern.title, *pattern.headings), heading)
            if match is not None and match.score > best[0]:
                best = (match.score, name)
    return best[1]


def _named(path: str, patterns: Iterable[str]) -> bool:
    name = path.rpartition("/")[2].casefold()
    takes = [pattern for pattern in patterns if not pattern.startswith("!")]
    return any(fnmatch(name, pattern.casefold()) for pattern in takes) and not _kept_out(path, patterns)


def _kept_out(path: str, patterns: Iterable[str]) -> bool:
    name = path.rpartition("/")[2].casefold()
    return any(fnmatch(name, pattern[1:].casefold()) for pattern in patterns if pattern.startswith("!"))


def _same_format(path: str, patterns: Iterable[str]) -> bool:
    """A deck is no charter, even if it is called so: the endings of the patterns say which formats a document has."""
    ends = {pattern.rpartition(".")[2].casefold() for pattern in patterns if "." in pattern}
    return not ends or path.rpartition(".")[2].casefold()[:3] in {end[:3] for end in ends}


def _titles(outline: Outline) -> Iterator[str]:
    yield outline.title
    yield outline.facts.properties.get("title", "")
    for block in outline.preamble.blocks[:4]:
        if (text := getattr(block, "text", "")) and len(text) <= 120:
            yield text
    for section in outline.sections[:1]:
        yield section.heading
