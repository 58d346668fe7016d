"""From a checklist and files to verdicts: every item is evaluated, always, and missing evidence is never met."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govpack.check.files import find_files, identify, read_files
from govpack.check.kinds import Case, applies
from govpack.check.verdicts import (
    CheckReport,
    Evidence,
    ItemVerdict,
    JudgedFile,
    Outcome,
    Result,
    Stem,
    Verdict,
    met,
    unmet,
)
from govpack.check.weak import find_weak
from govpack.check.words import listing
from govpack.findings import Finding, Location

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from govpack.check.checklist import Checklist, Item, Wanted
    from govpack.check.files import ReadFile
    from govpack.check.outline import Outline

Files = dict[str, list["ReadFile"]]


def check_paths(paths: Iterable[Path], checklist: Checklist) -> CheckReport:
    """Judge the files in `paths` (files and folders) by `checklist`.

    Files that cannot be read become problems of the report; nothing is raised for them.
    """
    given = list(paths)
    files, problems = find_files(given)
    read = list(read_files(files))
    problems += [file.problem for file in read if file.problem is not None]
    folders = [str(path) for path in given if path.is_dir()]
    return evaluate_checklist(checklist, read, problems, listing(folders) if folders else "the given files")


def evaluate_checklist(
    checklist: Checklist, files: Sequence[ReadFile], problems: Iterable[Finding] = (), where: str = ""
) -> CheckReport:
    """The report on `files` that were read already; `where` says in words where they were looked for."""
    by_document: Files = {}
    judged = []
    for file in files:
        document = identify(file, checklist.documents)
        by_document.setdefault(document, []).append(file)
        judged.append(JudgedFile(file.path, document))
    verdicts = tuple(_item(checklist, item, by_document, where) for item in checklist.items)
    known = [file for document, found in by_document.items() if document for file in found]
    weak = tuple(finding for file in known if file.outline is not None for finding in find_weak(file.outline))
    return CheckReport(checklist.title, verdicts, tuple(judged), weak, tuple(problems))


def _item(checklist: Checklist, item: Item, files: Files, where: str) -> ItemVerdict:
    results: list[Result] = []
    absent = [document for document in item.of if not files.get(document)]
    results += [_no_document(checklist, name, where) for name in absent]
    for wanted in item.requires:
        for document in wanted.of:
            # A document that only a requirement names is judged where there is one.
            for file in files.get(document, ()):
                outcome = _judge(wanted, file, files)
                results.append(Result(wanted.kind.name, document, file.path, outcome, wanted.weight, wanted.stem))
    return ItemVerdict(item.id, item.asks, item.source, _verdict(item, results, absent), tuple(results))


def _no_document(checklist: Checklist, document: str, where: str) -> Result:
    pattern = checklist.documents[document]
    looked = listing((glob for glob in pattern.files if not glob.startswith("!")), "or")
    message = f"no {pattern.title.lower()} was found: looked for {looked or pattern.title}"
    remedy = f"add the {pattern.title.lower()}, or give the folder that holds it"
    outcome = unmet([Finding(message, Location(where or "the given files"), remedy=remedy)], cost=3)
    return Result("document", document, "", outcome, 100, Stem(pattern.input))


def _judge(wanted: Wanted, file: ReadFile, files: Files) -> Outcome:
    if file.outline is None:
        return unmet([file.problem] if file.problem is not None else [], cost=3)
    if not applies(file.outline, wanted.arguments):
        return met(
            [Evidence(file.path, "", f"‘{wanted.kind.name}’ is not asked of this document ({file.outline.title})")]
        )
    outcome = wanted.kind.judge(Case(file.outline, _others(file, files)), wanted.arguments)
    if wanted.remedy and outcome.findings and outcome.verdict is Verdict.NOT_MET:
        first, *rest = outcome.findings
        both = f"{wanted.remedy}; {first.remedy}" if first.remedy else wanted.remedy
        findings = (Finding(first.message, first.location, first.severity, both), *rest)
        return Outcome(outcome.verdict, outcome.evidence, findings, outcome.cost)
    return outcome


def _others(file: ReadFile, files: Files) -> Mapping[str, tuple[Outline, ...]]:
    """The other documents by name, those of the same folder first: a folder holds the papers of one contract."""
    return {
        document: tuple(
            other.outline
            for other in sorted(found, key=lambda other: other.folder != file.folder)
            if other.outline is not None
        )
        for document, found in files.items()
        if document
    }


def _verdict(item: Item, results: Sequence[Result], absent: Sequence[str]) -> Verdict:
    if item.of[0] in absent:
        return Verdict.NOT_MET
    seen = {result.verdict for result in results}
    if Verdict.NOT_MET in seen:
        held = any(r.verdict is Verdict.MET and not _spared(r) for r in results)
        return Verdict.PARTLY_MET if held else Verdict.NOT_MET
    return Verdict.FOR_A_PERSON if Verdict.FOR_A_PERSON in seen else Verdict.MET


def _spared(result: Result) -> bool:
    """Whether a requirement was met only because it is not asked of this document."""
    return all("is not asked of this document" in evidence.excerpt for evidence in result.outcome.evidence)
