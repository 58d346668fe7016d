"""From a checklist and files to verdicts: every item is evaluated, always, and missing evidence is never met."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from govpack.check.files import data_patterns, find_files, read_files
from govpack.check.identify import identify
from govpack.check.kinds import Args, Case, applies
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
from govpack.workers import spread

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    files, problems = find_files(given, data_patterns(checklist.documents))
    read = list(read_files(files))
    problems += [file.problem for file in read if file.problem is not None]
    folders = [str(path) for path in given if path.is_dir()]
    return evaluate_checklist(checklist, read, problems, listing(folders) if folders else "the given files")


def evaluate_checklist(
    checklist: Checklist,
    files: Sequence[ReadFile],
    problems: Iterable[Finding] = (),
    where: str = "",
    *,
    jobs: int | None = 1,
) -> CheckReport:
    """The report on `files` that were read already; `where` says in words where they were looked for.

    Items are judged by up to `jobs` processes (None: as many as there are cores); the report is the same.
    """
    by_document: Files = {}
    judged = []
    for file in files:
        document, known_by = identify(file, checklist)
        by_document.setdefault(document, []).append(file)
        judged.append(JudgedFile(file.path, document, known_by))
    run = _Run(checklist, by_document, where)
    known = [file for document, found in by_document.items() if document for file in found]
    alone = [item for item in checklist.items if not item.rests_on_items]
    with spread(run.each, alone, weigh=run.weigh, jobs=jobs) as verdicts:
        # While other processes judge, if they do.
        weak = find_weak([file.outline for file in known if file.outline is not None])
        run.verdicts |= {verdict.id: verdict for verdict in verdicts}
    for item in checklist.items:
        if item.rests_on_items:
            run.verdicts[item.id] = run.item(item)
    ordered = tuple(run.verdicts[item.id] for item in checklist.items)
    return CheckReport(checklist.title, ordered, tuple(judged), weak, tuple(problems))


@dataclass(slots=True)
class _Run:
    """One check: what it judges, the verdicts so far, and what is worked out once for each file."""

    checklist: Checklist
    files: Files
    where: str
    verdicts: dict[str, ItemVerdict] = field(default_factory=dict)
    _others: dict[str, Mapping[str, tuple[Outline, ...]]] = field(default_factory=dict)
    _titles: dict[str, frozenset[str]] = field(default_factory=dict)
    _applies: dict[tuple[str, Args], bool] = field(default_factory=dict)

    def weigh(self, item: Item) -> int:
        """How long it takes to judge the item, next to the others: by how often it asks something of a file."""
        return sum(len(self.files.get(document, ())) for wanted in item.requires for document in wanted.of)

    def each(self, item: Item) -> Iterator[ItemVerdict]:
        """The verdict on one item, as a piece of work gives its results."""
        yield self.item(item)

    def item(self, item: Item) -> ItemVerdict:
        """The verdict on one item: every requirement, on every document that it is about."""
        results: list[Result] = []
        absent = [document for document in item.of if not self.files.get(document)]
        if item.where_there and len(absent) < len(item.of):
            absent = []
        # Of documents any one of which would do, it is enough to say once that there is none.
        told = absent[:1] if item.where_there else absent
        results += [_no_document(self.checklist, name, self.where) for name in told]
        for wanted in item.requires:
            for document in wanted.of:
                # A document that only a requirement names is judged where there is one.
                for file in self.files.get(document, ()):
                    asked = self._is_asked(item, wanted, file)
                    outcome = self._judge(wanted, file) if asked else _spared(file)
                    about = (wanted.weight, wanted.name, wanted.stems[document], asked)
                    results.append(Result(wanted.kind.name, document, file.path, outcome, *about))
        return ItemVerdict(item.id, item.asks, item.source, _verdict(item, results, absent), tuple(results))

    def _judge(self, wanted: Wanted, file: ReadFile) -> Outcome:
        if file.outline is None:
            return unmet([file.problem] if file.problem is not None else [], cost=3)
        items = {name: judged.verdict for name, judged in self.verdicts.items()}
        outcome = wanted.kind.judge(Case(file.outline, self._beside(file), items), wanted.arguments)
        return _told(wanted, outcome)

    def _is_asked(self, item: Item, wanted: Wanted, file: ReadFile) -> bool:
        """Whether item and requirement apply to the file; one that cannot be read is asked for everything."""
        outline = file.outline
        return outline is None or (
            self._asked(file, outline, item.applies) and self._asked(file, outline, wanted.arguments)
        )

    def _asked(self, file: ReadFile, outline: Outline, args: Args) -> bool:
        """Whether a requirement is asked of the file; the same conditions stand at many."""
        if not (args.when or args.unless):
            return True
        key = (file.path, Args(when=args.when, unless=args.unless))
        if key not in self._applies:
            self._applies[key] = applies(outline, args)
        return self._applies[key]

    def _beside(self, file: ReadFile) -> Mapping[str, tuple[Outline, ...]]:
        """The other documents by name, those nearest to `file` first: a folder holds the papers of one contract."""
        if file.path not in self._others:
            own = self._title(file)
            self._others[file.path] = {
                document: tuple(
                    other.outline
                    for other in sorted(found, key=lambda other: _distance(file, other, len(own & self._title(other))))
                    if other.outline is not None
                )
                for document, found in self.files.items()
                if document
            }
        return self._others[file.path]

    def _title(self, file: ReadFile) -> frozenset[str]:
        if file.path not in self._titles:
            self._titles[file.path] = _title(file)
        return self._titles[file.path]


def _spared(file: ReadFile) -> Outcome:
    """What is not asked of a document is met, and says so."""
    title = file.outline.title if file.outline is not None else ""
    return met([Evidence(file.path, "", f"this is not asked of it: {title}" if title else "this is not asked of it")])


def _told(wanted: Wanted, outcome: Outcome) -> Outcome:
    """The outcome with what the checklist says itself: what is asked (a letter of a law, say), and the remedy."""
    if not outcome.findings or not (wanted.remedy or wanted.asks):
        return outcome
    asks = f"{wanted.asks}: " if wanted.asks else ""
    first, *rest = (
        Finding(f"{asks}{found.message}", found.location, found.severity, found.remedy) for found in outcome.findings
    )
    if wanted.remedy and outcome.verdict is Verdict.NOT_MET:
        both = f"{wanted.remedy}; {first.remedy}" if first.remedy else wanted.remedy
        first = Finding(first.message, first.location, first.severity, both)
    return Outcome(outcome.verdict, outcome.evidence, (first, *rest), outcome.cost)


def _no_document(checklist: Checklist, document: str, where: str) -> Result:
    pattern = checklist.documents[document]
    looked = listing((glob for glob in pattern.files if not glob.startswith("!")), "or")
    message = f"no {pattern.title.lower()} was found: looked for {looked or pattern.title}"
    remedy = f"add the {pattern.title.lower()}, or give the folder that holds it"
    outcome = unmet([Finding(message, Location(where or "the given files"), remedy=remedy)], cost=3)
    name = f"There is {'an' if pattern.title[:1] in 'AEIOU' else 'a'} {pattern.title.lower()}"
    return Result("document", document, "", outcome, 100, name, checklist.stems.get(document, Stem()))


def _distance(file: ReadFile, other: ReadFile, shared: int) -> tuple[bool, bool, int]:
    """How far apart two files are: another folder, one of another name, then by how many words their titles share."""
    names = (file.folder.rpartition("/")[2], other.folder.rpartition("/")[2])
    return file.folder != other.folder, names[0] != names[1], -shared


def _title(file: ReadFile) -> frozenset[str]:
    """The words of a file's path and titles."""
    properties = file.outline.facts.properties if file.outline is not None else {}
    title = file.outline.title if file.outline is not None else ""
    return frozenset(re.findall(r"[a-z0-9]{3,}", f"{file.path} {title} {properties.get('title', '')}".casefold()))


def _verdict(item: Item, results: Sequence[Result], absent: Sequence[str]) -> Verdict:
    if item.of[0] in absent or not results:
        return Verdict.NOT_MET
    seen = {result.verdict for result in results}
    if Verdict.NOT_MET in seen:
        held = any(result.verdict is Verdict.MET and result.asked for result in results)
        return Verdict.PARTLY_MET if held else Verdict.NOT_MET
    return Verdict.FOR_A_PERSON if Verdict.FOR_A_PERSON in seen else Verdict.MET
