"""Judging a pack: the staged one of a build, or files that may come from one; remedies name the inputs to edit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from govpack.build.index import PAGE
from govpack.build.origins import Inputs
from govpack.build.place import hash_of
from govpack.build.record import NAME, FileRecord, PackRecord, read_record
from govpack.build.remedies import Built, explain
from govpack.check import check_paths, evaluate_checklist
from govpack.check.files import data_patterns, find_files, read_file
from govpack.errors import BuildError, GovpackError
from govpack.inputs import read_tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from govpack.build.job import Job
    from govpack.build.plan import Plan, Target
    from govpack.build.stage import Stage
    from govpack.check import Checklist, CheckReport
    from govpack.check.files import ReadFile
    from govpack.sources import MarkedDict


def judge_stage(
    job: Job,
    plan: Plan,
    stage: Stage,
    out: Path,
    read: Mapping[str, ReadFile],
    called: Mapping[str, dict[str, str]],
    *,
    jobs: int | None = None,
) -> CheckReport | None:
    """What the kit's checklist says of the pack as it will be: what was made, and what stays in place beside it.

    `read` are the files that were read already, by path, and `called` what the names of their gaps stand for; up to
    `jobs` processes judge (None: as many as there are cores). A document that is made from the verdict is not judged in
    the build that makes it.
    """
    checklist = job.checklist
    if checklist is None:
        return None
    made = {target.path for target in plan.made}
    for target in plan.targets:
        there = out / target.path
        if target.path not in made and there.is_file() and not target.from_verdict:
            try:
                stage.write(target.path, there.read_bytes())
            except OSError as error:
                raise BuildError(f"cannot read {there}: {error.strerror}; nothing was changed") from error
    # Named by their path in the pack, not by the stage's, which nobody ever sees.
    files, problems = find_files([stage.pack], data_patterns(checklist.documents))
    whole = [read.get(name) or read_file(path, name, str(path.parent)) for path, name in files]
    report = evaluate_checklist(checklist, whole, problems, "the pack", jobs=jobs)
    if not report.findings and not report.weak:
        return report
    inputs = Inputs(keys_of(job.tree, job.folder), job.tree)
    built = {target.path: Built(_brief(target, called.get(target.path, {}))) for target in plan.targets}
    return explain(report, inputs, {PAGE: Built(FileRecord("", "html", "index", "")), **built})


def check_files(paths: Sequence[Path], checklist: Checklist, source: Path | None = None) -> CheckReport:
    """Judge `paths` (files and folders); remedies for what govpack built name the inputs.

    `source` are the inputs, a folder or a file; left out, the folder that ``NAME-pack`` was built from where it lies
    beside it. GovpackError where `source` cannot be read.
    """
    report = check_paths(paths, checklist)
    if not report.findings and not report.weak:
        return report
    known = {name: path for path, name in find_files(paths, data_patterns(checklist.documents))[0]}
    homes = {name: _home_of(path) for name, path in known.items()}
    home = next((folder for folder in homes.values() if folder), None) or _first_home(paths)
    record = read_record(home / NAME) if home else None
    if home is None or record is None or record.edited:
        return report
    built = {}
    for name, path in known.items():
        inner = path.absolute().relative_to(home).as_posix() if homes[name] == home else ""
        if inner in record.files:
            file = record.files[inner]
            built[name] = Built(file, hash_of(path) != file.sha256)
    return explain(report, _inputs_of(record, home, source), built)


def keys_of(tree: MarkedDict, folder: Path) -> dict[str, str]:
    """Which input file gives each top-level key, by its name in the inputs' folder."""
    return {key: _relative(Path(tree.file_of(key)), folder) for key in tree}


def _inputs_of(record: PackRecord, home: Path, source: Path | None) -> Inputs:
    found = source or find_source(record, home)
    if found is None:
        return Inputs(record.keys)
    try:
        tree = read_tree(found)
    except GovpackError:
        if source is not None:
            raise
        return Inputs(record.keys)
    folder = found if found.is_dir() else found.parent
    return Inputs(keys_of(tree, folder), tree)


def find_source(record: PackRecord, home: Path) -> Path | None:
    """The inputs that a pack was built from, where ``NAME-pack`` lies beside ``NAME`` with the files of the record."""
    name = home.name.removesuffix("-pack")
    if name == home.name or not record.inputs:
        return None
    folder = home.parent / name
    if folder.is_dir() and all((folder / file).is_file() for file in record.inputs):
        return folder
    only = home.parent / next(iter(record.inputs))
    return only if len(record.inputs) == 1 and only.is_file() and only.stem == name else None


def _home_of(path: Path) -> Path | None:
    """The folder of the pack that a file lies in: the nearest above it with a pack.json."""
    return next((folder for folder in path.absolute().parents if (folder / NAME).is_file()), None)


def _first_home(paths: Iterable[Path]) -> Path | None:
    inside = (path.absolute() for path in paths)
    return next((path for path in inside if (path / NAME).is_file()), None)


def _brief(target: Target, called: dict[str, str]) -> FileRecord:
    """What remedies have to know of a document: whom it is about, and what the names of its gaps stand for."""
    contract = target.contract.id if target.contract else None
    partner = target.partner.id if target.partner else None
    return FileRecord("", target.kind, target.document.name, "", contract, partner, gaps=called)


def _relative(file: Path, folder: Path) -> str:
    return file.relative_to(folder).as_posix() if file.is_relative_to(folder) else file.name
