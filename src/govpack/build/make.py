"""The whole way of a build: read, plan, render into a stage, judge the staged files, put everything in place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from govpack import __version__
from govpack.build.job import Job, read_job
from govpack.build.leaks import LeakSearch
from govpack.build.place import Moves, hash_of, plan_moves, put_in_place
from govpack.build.plan import Plan, plan_build
from govpack.build.record import NAME, FileRecord, PackRecord, digest_of, read_record, write_record
from govpack.build.render import Written, render_targets
from govpack.build.stage import Stage, open_stage
from govpack.check import CheckReport, evaluate_checklist, read_checklist
from govpack.check.files import data_patterns, find_files, read_files
from govpack.errors import BuildError
from govpack.findings import Finding, Location, Severity
from govpack.report.json import to_data

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping


@dataclass(frozen=True, slots=True)
class BuildResult:
    """A pack in place: its files by path below the output folder, what the checklist says, and what to mend."""

    files: tuple[str, ...]
    unchanged: int
    report: CheckReport | None
    findings: tuple[Finding, ...]


def _silent(what: str, done: int, total: int) -> None:
    """Nobody asks how far the work is."""


def build_pack(
    source: Path,
    out: Path,
    *,
    kit: str | None = None,
    only: Collection[str] = (),
    replace: bool = False,
    progress: Callable[[str, int, int], None] | None = None,
) -> BuildResult:
    """Build the pack at `source` (a folder or a file) into the folder `out`, and judge it.

    `kit` is a folder or a bundled kit's name, `only` the names of the documents to make (all, where empty); `replace`
    moves files in the way aside instead of stopping. `progress` is told what is being made, how much is done, and of
    how much. The verdicts do not fail a build. GovpackError, with every problem, where it cannot be done: `out` is
    then as it was.
    """
    progress = progress or _silent
    job = read_job(source, kit=kit)
    _refuse_inputs(job, out)
    plan = plan_build(job, only)
    with open_stage(out) as stage:
        written = render_targets(job, plan.made, stage, progress)
        _refuse_leaks(job, plan, stage)
        last = _read_last(out)
        kept = {} if replace else _keep_edited(plan, stage, last, out)
        progress("Judging", 0, 1)
        report = _judge(job, plan, stage, out)
        record = _record(job, plan, stage, last, report, written, kept)
        stage.write(NAME, write_record(record))
        moves = _plan_moves(plan, stage, out, last, replace=replace, only=bool(only))
        put_in_place(stage.pack, stage.backup, out, moves)
    made = tuple(target.path for target in plan.made)
    return BuildResult(
        files=made,
        unchanged=sum(path not in moves.put for path in made if path not in kept),
        report=report,
        findings=(*job.findings, *written.gaps, *moves.findings, *_set_aside(out, moves), *_left(out, kept)),
    )


def _refuse_inputs(job: Job, out: Path) -> None:
    """A pack built among its inputs or into its kit would be read as part of them the next time."""
    target = out.resolve()
    if job.source.is_dir() and target == job.folder.resolve():
        raise BuildError(f"{out} holds the inputs themselves; choose another folder with -o")
    refuse_kit_folders(out, job.kit.folder, job.folder / "kit")


def refuse_kit_folders(out: Path, *kits: Path) -> None:
    """BuildError where `out` is one of these folders, or lies in one."""
    target = out.resolve()
    for kit in kits:
        if target == kit.resolve() or kit.resolve() in target.parents:
            raise BuildError(f"{out} is a kit's folder; choose another one with -o")


def _judge(job: Job, plan: Plan, stage: Stage, out: Path) -> CheckReport | None:
    """What the kit's checklist says of the pack as it will be: what was made, and what stays in place beside it."""
    if job.kit.checklist is None:
        return None
    made = {target.path for target in plan.made}
    for target in plan.targets:
        there = out / target.path
        if target.path not in made and there.is_file():
            try:
                stage.write(target.path, there.read_bytes())
            except OSError as error:
                raise BuildError(f"cannot read {there}: {error.strerror}; nothing was changed") from error
    # Named by their path in the pack, not by the stage's, which nobody ever sees.
    checklist = read_checklist(job.kit.checklist)
    files, problems = find_files([stage.pack], data_patterns(checklist.documents))
    return evaluate_checklist(checklist, list(read_files(files)), problems, "the pack")


def _refuse_leaks(job: Job, plan: Plan, stage: Stage) -> None:
    search = LeakSearch(job)
    found = [
        finding
        for target in plan.made
        if target.document.audience == "counterparty"
        for finding in search.search(target, stage.pack / target.path)
    ]
    if found:
        raise BuildError("what is internal would reach a counterparty; nothing was changed", found)


def _keep_edited(plan: Plan, stage: Stage, last: PackRecord | None, out: Path) -> dict[str, FileRecord]:
    """Put what people wrote into such documents as are theirs after the first build in the place of what was rendered.

    Returns their records of the last build, by path: the hash there is the one that they were edited since.
    """
    kept: dict[str, FileRecord] = {}
    for target in plan.made:
        there = out / target.path
        record = last.files.get(target.path) if last else None
        if not target.document.keep_edited or record is None or there.is_symlink() or not there.is_file():
            continue
        if hash_of(there) not in (record.sha256, hash_of(stage.pack / target.path)):
            stage.write(target.path, there.read_bytes())
            kept[target.path] = record
    return kept


def _left(out: Path, kept: Collection[str]) -> list[Finding]:
    message = "was edited since govpack wrote it, and stays as it is"
    remedy = "--replace moves it aside and writes it anew"
    return [Finding(message, Location(str(out / path)), Severity.NOTE, remedy) for path in kept]


def _read_last(out: Path) -> PackRecord | None:
    try:
        return read_record(out / NAME)
    except OSError as error:
        raise BuildError(f"cannot read {out / NAME}: {error.strerror}; nothing was changed") from error


def _record(
    job: Job,
    plan: Plan,
    stage: Stage,
    last: PackRecord | None,
    report: CheckReport | None,
    written: Written,
    kept: Mapping[str, FileRecord],
) -> PackRecord:
    inputs = {path.relative_to(job.folder).as_posix(): hash_of(path) for path in job.inputs}
    kit = digest_of({path.relative_to(job.kit.folder).as_posix(): hash_of(path) for path in job.kit.files})
    built_from = digest_of({**inputs, "kit": kit, "govpack": __version__})
    made = {target.path for target in plan.made}
    files = {
        target.path: last.files[target.path]
        for target in plan.targets
        if last is not None and target.path in last.files and target.path not in made
    }
    files |= kept
    for target in (target for target in plan.made if target.path not in kept):
        contract = target.contract.id if target.contract else None
        digest = hash_of(stage.pack / target.path)
        controls = written.controls.get(target.path, {})
        partner = target.partner.id if target.partner else None
        files[target.path] = FileRecord(
            digest, target.kind, target.document.name, built_from, contract, partner, controls
        )
    about = job.pack.pack
    return PackRecord(
        govpack=__version__,
        kit={"name": job.kit.name, "version": job.kit.version, "sha256": kit},
        pack={"title": about.title, "version": about.version, "status": about.status, "as_of": about.as_of.isoformat()},
        inputs=inputs,
        files=files,
        verdicts=to_data(report) if report else {},
        findings=[_as_data(finding, job) for finding in (*job.findings, *written.gaps)],
    )


def _as_data(finding: Finding, job: Job) -> dict[str, object]:
    place = finding.location
    return {
        "message": finding.message,
        "severity": finding.severity.value,
        "remedy": finding.remedy,
        "file": _relative(place, job) if place else None,
        "line": place.line if place else None,
        "at": place.at if place else "",
    }


def _relative(place: Location, job: Job) -> str:
    """The file of a place as the pack's own folders name it, whatever machine it was built on."""
    file = Path(place.file)
    for folder, name in ((job.folder, ""), (job.kit.folder, "kit/")):
        if file.is_relative_to(folder):
            return name + file.relative_to(folder).as_posix()
    return file.as_posix()


def _plan_moves(plan: Plan, stage: Stage, out: Path, last: PackRecord | None, *, replace: bool, only: bool) -> Moves:
    recorded = last.hashes() if last else {}
    new = {target.path: hash_of(stage.pack / target.path) for target in plan.made}
    new[NAME] = hash_of(stage.pack / NAME)
    planned = {target.path for target in plan.targets}
    stale = [] if only else [path for path in recorded if path not in planned]
    if last is not None and not last.edited:
        recorded[NAME] = hash_of(out / NAME)
    return plan_moves(out, new, recorded, stale, replace=replace)


def _set_aside(out: Path, moves: Moves) -> list[Finding]:
    return [
        Finding(f"was in the way and is now {name}", Location(str(out / path)), Severity.NOTE)
        for path, name in moves.aside
    ]
