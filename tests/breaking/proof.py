"""The proof: every requirement of a checklist on a built pack, each way to break it, and what the checker said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from pathlib import Path

from tests.breaking.ways import WAYS, Broken, Target

from govpack.check import CheckReport, Verdict, evaluate_checklist, read_checklist
from govpack.check.checklist import Item, Wanted
from govpack.check.files import ReadFile, data_patterns, find_files, read_files
from govpack.check.identify import identify
from govpack.check.verdicts import Result


@dataclass(frozen=True)
class Tried:
    """One way tried: whether the requirement turned, whether a finding named the place, and what was said."""

    file: str
    how: str
    names: str
    turned: bool
    said: str

    @property
    def detected(self) -> bool:
        """Whether it turned, and the place was named."""
        return self.turned and self.names in self.said

    def __str__(self) -> str:
        fault = f"does not name ‘{self.names}’:\n{self.said}" if self.turned else "still met"
        return f"{self.file}, {self.how}: {fault}"


class Proof:
    """A pack and its checklist. `requirements` holds each by a name: ``strategy-complete, 3: table``."""

    def __init__(self, checklist: Path) -> None:
        self._checklist = read_checklist(checklist)
        self.requirements: dict[str, tuple[Item, Wanted]] = {
            f"{item.id}, {number}: {wanted.kind.name}": (item, wanted)
            for item in self._checklist.items
            for number, wanted in enumerate(item.requires, 1)
        }
        self._packs: dict[Path, PackFiles] = {}
        self._documents: dict[str, str] = {}
        self._unbroken: dict[tuple[str, Path], tuple[Result, ...]] = {}

    def files_of(self, pack: Path) -> PackFiles:
        """The files of a pack, read once."""
        return self._packs.setdefault(pack, PackFiles(pack, data_patterns(self._checklist.documents)))

    def judge(self, files: dict[str, ReadFile], item: Item | None = None) -> CheckReport:
        """The report on `files`, by the whole checklist or one item of it."""
        items = self._checklist.items if item is None else (*self._before(item), item)
        return evaluate_checklist(replace(self._checklist, items=items), [*files.values()])

    def _before(self, item: Item) -> list[Item]:
        """The items that this one speaks of, and those that they speak of."""
        ids = {name for w in item.requires if w.kind.name == "item" for name in w.arguments.ids}  # type: ignore[attr-defined]
        named = [other for other in self._checklist.items if other.id in ids]
        return list({one.id: one for other in named for one in (*self._before(other), other)}.values())

    def results(self, name: str, files: dict[str, ReadFile]) -> tuple[Result, ...]:
        """What one requirement says of `files`."""
        item, wanted = self.requirements[name]
        if wanted.kind.name != "item":
            # Files that the requirement does not speak of only cost time.
            told = {
                *item.of,
                *wanted.of,
                *(name for name in self._checklist.documents if name in repr(wanted.arguments)),
            }
            files = {path: file for path, file in files.items() if self._document(file) in told}
        return self.judge(files, replace(item, requires=(wanted,))).verdicts[-1].results

    def unbroken(self, name: str, pack: Path) -> tuple[Result, ...]:
        """What one requirement says of the pack as it was built, asked once."""
        if (name, pack) not in self._unbroken:
            self._unbroken[name, pack] = self.results(name, self.files_of(pack).read)
        return self._unbroken[name, pack]

    def _document(self, file: ReadFile) -> str:
        """Which document a file is: by its path, since a broken one may no longer say so."""
        if file.path not in self._documents:
            self._documents[file.path], _ = identify(file, self._checklist)
        return self._documents[file.path]

    def alarms(self, name: str, pack: Path) -> list[str]:
        """What the requirement says against the unbroken pack: nothing, if the checker is right."""
        good = (Verdict.MET, Verdict.FOR_A_PERSON)
        results = self.unbroken(name, pack)
        return [str(finding) for r in results if r.verdict not in good for finding in r.outcome.findings]

    def targets(self, name: str, pack: Path) -> list[Target]:
        """The files of which the requirement is asked and met."""
        _, wanted = self.requirements[name]
        files = self.files_of(pack)
        return [
            Target(wanted.kind.name, wanted.arguments, result.file, result.outcome.evidence, files.data)
            for result in self.unbroken(name, pack)
            if result.verdict is not Verdict.NOT_MET and result.asked
        ]

    def ways(self, name: str, pack: Path) -> Iterator[tuple[Target, Broken]]:
        """Each way to break the requirement in one of the files, another one for each requirement."""
        targets = self.targets(name, pack)
        if not targets:
            return
        target = targets[len(name) % len(targets)]
        if target.kind != "item":
            yield from ((target, broken) for broken in WAYS[target.kind](target))
            return
        # What turns the items that it speaks of turns this one.
        for told in target.args.ids:  # type: ignore[attr-defined]
            first = next(name for name, (item, _) in self.requirements.items() if item.id == told)
            for _, broken in islice(self.ways(first, pack), 2):
                yield target, replace(broken, how=f"{told}: {broken.how}", names=f"‘{told}’")

    def break_each_way(self, name: str, pack: Path, folder: Path) -> list[Tried]:
        """Every way to break the requirement, tried: broken files are written to `folder`, read and judged."""
        tried = []
        for target, broken in self.ways(name, pack):
            results = self.results(name, self.files_of(pack).changed(broken, folder))
            (result,) = [result for result in results if result.file == target.file]
            if (again := self._elsewhere(name, target, broken, result, pack)) is not None:
                results = self.results(name, self.files_of(pack).changed(again, folder))
                (result,) = [result for result in results if result.file == target.file]
            said = "\n".join(str(finding) for finding in result.outcome.findings)
            turned = result.verdict is Verdict.NOT_MET
            tried.append(Tried(target.file, broken.how, broken.names, turned, said))
        return tried

    def _elsewhere(self, name: str, target: Target, broken: Broken, result: Result, pack: Path) -> Broken | None:
        """The same way once more, where another place of the file holds the same facts and is rightly found instead."""
        places = [[seen.at for seen in evidence if seen.file == target.file]
                  for evidence in (target.evidence, result.outcome.evidence)]  # fmt: skip
        if result.verdict is Verdict.NOT_MET or places[0] == places[1] or not any(places[1]):
            return None
        data = {**self.files_of(pack).data, **broken.files}
        same = replace(target, evidence=result.outcome.evidence, data=data)
        return next((way for way in WAYS[target.kind](same) if way.how == broken.how), None)


class PackFiles:
    """The files of a built pack: their bytes, and what the checker reads in them."""

    def __init__(self, pack: Path, data: tuple[str, ...]) -> None:
        self._pack = pack
        self._data = data

    @cached_property
    def read(self) -> dict[str, ReadFile]:
        """What the checker reads, by path."""
        return {file.path: file for file in read_files(find_files([self._pack], self._data)[0])}

    @cached_property
    def data(self) -> dict[str, bytes]:
        """The bytes, by path."""
        files = (path for path in self._pack.rglob("*") if path.is_file())
        return {path.relative_to(self._pack).as_posix(): path.read_bytes() for path in files}

    def changed(self, broken: Broken, folder: Path) -> dict[str, ReadFile]:
        """What the checker reads once the broken files, written to `folder`, stand in the place of the whole ones."""
        changed = dict(self.read)
        for path, data in broken.files.items():
            there = folder / path
            there.parent.mkdir(parents=True, exist_ok=True)
            there.write_bytes(data)
            (read,) = read_files([(there, path)])
            changed[path] = replace(read, folder=self.read[path].folder)
        return {path: read for path, read in changed.items() if path not in broken.gone}
