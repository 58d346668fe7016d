"""Finds the input files of a pack and merges them into one marked tree.

A pack is one YAML or JSON file, or a folder. Of a folder count the files at its top: `*.yaml`, `*.yml` and `*.json`,
whose top-level keys are merged, and tables such as `partners.csv`, which give the list of their name. Names that
start with `.` or `_`, other kinds of files and other folders (`kit/`, a build's output) are left alone.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from govpack.errors import SourceError
from govpack.findings import Finding, Location, Severity
from govpack.sources import MarkedDict, MarkedList, MergedDict, location_of, pack_mark, read_source
from govpack.sources.text import fail, give_up

if TYPE_CHECKING:
    from collections.abc import Iterable

_MAPPINGS = {".yaml", ".yml", ".json"}
_TABLES = {".csv"}
_TOP = pack_mark(1, 1)


def read_tree(path: str | Path) -> MarkedDict:
    """The merged tree of the pack at `path`; SourceError with all that is wrong where any file cannot be read."""
    tree, findings = gather(path)
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    if errors:
        give_up(errors)
    return tree


def gather(path: str | Path) -> tuple[MergedDict, tuple[Finding, ...]]:
    """What can be read of the pack at `path`, and what is wrong with the rest.

    Raises SourceError where nothing can be read: no such file or folder, none with inputs, or all of them broken.
    """
    files = find_inputs(path)
    tree = MergedDict(str(path))
    findings: list[Finding] = []
    for file in files:
        try:
            source = read_source(file)
        except SourceError as problem:
            findings += problem.findings
        else:
            findings += _merge(tree, file, source)
    if findings and not tree:
        give_up(findings)
    return tree, (*findings, *_unused(Path(path)))


def find_inputs(path: str | Path) -> tuple[Path, ...]:
    """The input files of the pack at `path`, by name. Raises SourceError where there are none."""
    folder = Path(path)
    if not folder.is_dir():
        if not folder.exists():
            fail("there is no such file or folder", Location(str(path)), "check its name")
        return (folder,)
    files = tuple(_files_of(folder, _MAPPINGS | _TABLES))
    if not files:
        remedy = "put a pack.yaml into it, or lay out a new pack with 'govpack init'"
        fail("this folder holds no inputs (.yaml, .json or .csv)", Location(str(path)), remedy)
    return files


def _files_of(folder: Path, suffixes: Iterable[str]) -> list[Path]:
    try:
        entries = sorted(folder.iterdir())
    except OSError as problem:
        fail(f"the folder cannot be read: {problem.strerror}", Location(str(folder)))
    return [
        entry
        for entry in entries
        if entry.suffix.lower() in suffixes and not entry.name.startswith((".", "_")) and entry.is_file()
    ]


def _merge(tree: MergedDict, file: Path, source: Any) -> list[Finding]:
    """Take what `source` says into `tree`; findings for what is there already."""
    name = str(file)
    if isinstance(source, MarkedDict):
        entries = [(key, value, source.marks[key], source.key_marks[key]) for key, value in source.items()]
    elif isinstance(source, MarkedList) and file.suffix.lower() in _TABLES:
        entries = [(file.stem, source, _TOP, _TOP)]
    else:
        message = "the top of this file must be names with values, not a list or a single value"
        mark = source.mark if isinstance(source, MarkedList) else _TOP
        return [Finding(message, location_of(name, mark), remedy=f"start it with a name, such as '{file.stem}:'")]
    findings = []
    for key, value, mark, key_mark in entries:
        if key in tree:
            message = f"'{key}' is given twice; the first is at {tree.key_location(key)}"
            findings.append(Finding(message, location_of(name, key_mark), remedy="put both into one file"))
            continue
        tree.put(key, value, mark, key_mark)
        tree.files[key] = name
    return findings


def _unused(folder: Path) -> list[Finding]:
    """A warning for each table that govpack does not read, and that a person may think it does."""
    tables = folder / "scorecards"
    if not tables.is_dir():
        return []
    remedy = "give the scores under scorecards: partners: in YAML"
    message = "tables of a single partner's scorecard are not read"
    return [
        Finding(message, Location(str(file)), severity=Severity.WARNING, remedy=remedy)
        for file in _files_of(tables, _TABLES)
    ]
