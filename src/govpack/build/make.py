"""The whole way of a build: read, plan, render into a stage, judge the staged files, put everything in place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from govpack import __version__
from govpack.build.index import PAGE, write_index
from govpack.build.job import Job, read_job
from govpack.build.judge import judge_stage, keys_of
from govpack.build.pdf import Pdfs, is_pdf, keep_pdfs, make_pdfs
from govpack.build.place import Moves, hash_of, hash_there, plan_moves, put_in_place
from govpack.build.plan import Plan, plan_build
from govpack.build.record import NAME, FileRecord, PackRecord, digest_of, read_last, write_record
from govpack.build.render import Written, render_targets
from govpack.build.reviewed import find_changed, reviews_with_files
from govpack.build.stage import Stage, open_stage
from govpack.build.workshop import Workshop
from govpack.errors import BuildError
from govpack.findings import Finding, Location, Severity
from govpack.report.document import NAME as NAME_OF_CHECK
from govpack.report.document import check_view
from govpack.report.json import to_data
from govpack.report.page import prepare_pages

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from pathlib import Path

    from govpack.build.plan import Target
    from govpack.check import CheckReport


@dataclass(frozen=True, slots=True)
class BuildResult:
    """A pack in place: its files by path below the output folder, what the checklist says, and what to mend.

    `pdfs` are those that agree with their documents, new or from before; `is_whole` says that none is missing that was
    asked for.
    """

    files: tuple[str, ...]
    unchanged: int
    report: CheckReport | None
    findings: tuple[Finding, ...]
    pdfs: tuple[str, ...] = ()
    is_whole: bool = True


def _silent(what: str, done: int, total: int) -> None:
    """Nobody asks how far the work is."""


def build_pack(
    source: Path,
    out: Path,
    *,
    kit: str | None = None,
    only: Collection[str] = (),
    replace: bool = False,
    pdf: bool = False,
    progress: Callable[[str, int, int], None] | None = None,
    jobs: int | None = None,
) -> BuildResult:
    """Build the pack at `source` (a folder or a file) into the folder `out`, and judge it.

    `kit` is a folder or a bundled kit's name, `only` the names of the documents to make (all, where empty); `replace`
    moves files in the way aside instead of stopping; `pdf` shows each made document as PDF, too, where LibreOffice is
    there to do it. `progress` is told what is being made, how much is done, and of how much. `jobs` documents are made
    at a time, by as many processes; None: as many as there are cores.
    The verdicts do not fail a build. GovpackError, with every problem, where it cannot be done: `out` is
    then as it was.
    """
    progress = progress or _silent
    job = read_job(source, kit=kit)
    _refuse_inputs(job, out)
    plan = plan_build(job, only)
    with open_stage(out) as stage:
        first, registers, told = plan.rounds
        shop = Workshop(job)
        ahead = partial(_prepare, shop, (*registers, *told))
        written = render_targets(shop, first, stage, progress, jobs=jobs, meanwhile=ahead)
        last = read_last(out / NAME)
        digests = (last.hashes() if last else {}) | {each.path: hash_of(stage.pack / each.path) for each in first}
        changed = tuple(find_changed(job, plan.targets, digests))
        if registers:
            seeing = shop.with_more({"reviews": reviews_with_files(job, plan.targets, digests)})
            written = written.joined(render_targets(seeing, registers, stage, progress))
        _refuse_leaks(written)
        kept = {} if replace else _keep_edited(plan, stage, last, out)
        progress("Judging", 0, 1)
        # The figures of the page are judged with those of the documents; the verdict joins them afterwards.
        stage.write(PAGE, write_index(job, plan, None, written.gaps, (stage.pack, out)))
        read = {path: file for path, file in written.read.items() if path not in kept}
        report = judge_stage(job, plan, stage, out, read, written.called, jobs=jobs)
        if report is not None and told:
            seeing = shop.with_more({NAME_OF_CHECK: check_view(report)})
            written = written.joined(render_targets(seeing, told, stage, progress))
            _refuse_leaks(written)
        stage.write(PAGE, write_index(job, plan, report, written.gaps, (stage.pack, out)))
        pdfs = keep_pdfs(plan, stage, out, last)
        if pdf:
            as_of = job.pack.pack.as_of
            pdfs = make_pdfs(plan, stage, out, last, as_of=as_of, progress=progress)
        record = _record(job, plan, stage, last, report, written, kept, pdfs, changed)
        stage.write(NAME, write_record(record))
        moves = _plan_moves(plan, stage, out, last, pdfs, replace=replace, only=bool(only))
        put_in_place(stage.pack, stage.backup, out, moves)
    made = tuple(target.path for target in plan.made)
    placed = (*moves.findings, *_set_aside(out, moves), *_left(out, kept))
    return BuildResult(
        files=made,
        unchanged=sum(path not in moves.put for path in made if path not in kept),
        report=report,
        findings=(*job.findings, *written.gaps, *changed, *placed, *pdfs.findings),
        pdfs=tuple(sorted(pdfs.records)),
        is_whole=not pdfs.findings,
    )


def _prepare(shop: Workshop, later: Iterable[Target]) -> None:
    """What comes after the documents and does not wait for them, but for the data that `later` documents see."""
    _ = shop.job.checklist
    prepare_pages()
    shop.prepare(later)


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


def _refuse_leaks(written: Written) -> None:
    if written.leaks:
        raise BuildError("what is internal would reach a counterparty; nothing was changed", written.leaks)


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
        if hash_there(there) not in (record.sha256, hash_of(stage.pack / target.path)):
            stage.write(target.path, there.read_bytes())
            kept[target.path] = record
    return kept


def _left(out: Path, kept: Collection[str]) -> list[Finding]:
    message = "was edited since govpack wrote it, and stays as it is"
    remedy = "--replace moves it aside and writes it anew"
    return [Finding(message, Location(str(out / path)), Severity.NOTE, remedy) for path in kept]


def _record(
    job: Job,
    plan: Plan,
    stage: Stage,
    last: PackRecord | None,
    report: CheckReport | None,
    written: Written,
    kept: Mapping[str, FileRecord],
    pdfs: Pdfs,
    changed: tuple[Finding, ...],
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
    files |= {**kept, **pdfs.records}
    files[PAGE] = FileRecord(hash_of(stage.pack / PAGE), "html", "index", built_from)
    for target in (target for target in plan.made if target.path not in kept):
        contract = target.contract.id if target.contract else None
        digest = hash_of(stage.pack / target.path)
        controls = written.controls.get(target.path, {})
        partner = target.partner.id if target.partner else None
        files[target.path] = FileRecord(
            digest,
            target.kind,
            target.document.name,
            built_from,
            contract,
            partner,
            controls,
            written.called.get(target.path, {}),
        )
    about = job.pack.pack
    return PackRecord(
        govpack=__version__,
        kit={"name": job.kit.name, "version": job.kit.version, "sha256": kit},
        pack={"title": about.title, "version": about.version, "status": about.status, "as_of": about.as_of.isoformat()},
        inputs=inputs,
        keys=keys_of(job.tree, job.folder),
        files=files,
        verdicts=to_data(report) if report else {},
        findings=[_as_data(finding, job) for finding in (*job.findings, *written.gaps, *changed)],
    )


def _as_data(finding: Finding, job: Job) -> dict[str, object]:
    place = finding.location
    return {
        "message": finding.message,
        "severity": finding.severity.value,
        "remedy": finding.remedy,
        "file": job.inner_name(place.file) if place else None,
        "line": place.line if place else None,
        "at": place.at if place else "",
    }


def _plan_moves(
    plan: Plan, stage: Stage, out: Path, last: PackRecord | None, pdfs: Pdfs, *, replace: bool, only: bool
) -> Moves:
    recorded = last.hashes() if last else {}
    made = (target.path for target in plan.made)
    new = {path: hash_of(stage.pack / path) for path in (*made, *pdfs.made, PAGE, NAME)}
    planned = {PAGE, *(target.path for target in plan.targets), *pdfs.records}
    # A PDF that shows its document as it was misleads, whichever documents this build makes.
    stale = [path for path in recorded if path not in planned and (not only or is_pdf(path))]
    if last is not None and not last.edited:
        recorded[NAME] = hash_of(out / NAME)
    return plan_moves(out, new, recorded, stale, replace=replace)


def _set_aside(out: Path, moves: Moves) -> list[Finding]:
    return [
        Finding(f"was in the way and is now {name}", Location(str(out / path)), Severity.NOTE)
        for path, name in moves.aside
    ]
