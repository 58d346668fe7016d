"""Makes the documents of a plan in the stage, each wholly: rendered, searched for leaks, and read for the checklist.

Documents of one template are made together, since it is compiled once for all; where they are many, in several groups.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from govpack.build.gaps import group_gaps
from govpack.build.leaks import LeakSearch
from govpack.check.files import ReadFile, is_readable, read_file
from govpack.errors import BuildError
from govpack.ooxml.package import read_package
from govpack.workers import spread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from govpack.build.gaps import Gap
    from govpack.build.plan import Target
    from govpack.build.stage import Stage
    from govpack.build.workshop import Workshop
    from govpack.findings import Finding

# Documents of one template that a process makes before others take over: fewer would have it compiled too often.
TOGETHER = 10
# What it takes to compile a template, in renderings of it; to write a workbook, in bytes of such a template.
_COMPILING = 3
_WORKBOOK = 80_000


@dataclass(frozen=True, slots=True)
class Written:
    """What came of the documents: the gaps of a draft, by path what the tags of content controls stand for, what would
    give something away, the documents as they were read back, and by path what the names of gaps stand for.
    """

    gaps: tuple[Finding, ...]
    controls: dict[str, dict[str, str]]
    leaks: tuple[Finding, ...]
    read: dict[str, ReadFile]
    called: dict[str, dict[str, str]]

    def joined(self, later: Written) -> Written:
        """This and what was rendered `later`."""
        return Written(
            (*self.gaps, *later.gaps),
            {**self.controls, **later.controls},
            (*self.leaks, *later.leaks),
            {**self.read, **later.read},
            {**self.called, **later.called},
        )


@dataclass(frozen=True, slots=True)
class _Made:
    """What came of one document."""

    errors: tuple[Finding, ...]
    gaps: tuple[Gap, ...] = ()
    controls: dict[str, str] = field(default_factory=dict)
    leaks: tuple[Finding, ...] = ()
    read: ReadFile | None = None
    called: dict[str, str] = field(default_factory=dict)


def render_targets(
    shop: Workshop,
    targets: Iterable[Target],
    stage: Stage,
    progress: Callable[[str, int, int], None],
    *,
    jobs: int | None = None,
    meanwhile: Callable[[], None] | None = None,
) -> Written:
    """Write each target's document into `stage`, up to `jobs` of them at a time (None: as many as there are cores).

    `meanwhile` is done by this process while others render.

    A draft may have gaps. An issued pack may have none: they are a BuildError then, like everything else that is wrong
    with a template, and the error carries the problems of all documents.
    """
    bench = _Bench(shop, stage)
    order = tuple(targets)
    groups = bench.groups(order)
    bench.prepare(order, groups)
    made: dict[str, _Made] = {}
    with spread(bench.make, groups, weigh=bench.weigh, jobs=jobs) as results:
        if meanwhile is not None:
            meanwhile()
        for number, target in enumerate(target for group in groups for target in group):
            progress(target.path, number, len(order))
            made[target.path] = next(results)
        next(results, None)  # behind its last document a group keeps its template
    progress("", len(order), len(order))
    # As the plan has them, whatever was made first.
    found = [made[target.path] for target in order]
    errors = dict.fromkeys(error for each in found for error in each.errors)
    if errors:
        raise BuildError(f"{shop.job.source} could not be built; nothing was changed", errors)
    return Written(
        group_gaps(gap for each in found for gap in each.gaps),
        {path: each.controls for path, each in made.items() if each.controls},
        tuple(leak for each in found for leak in each.leaks),
        {path: each.read for path, each in made.items() if each.read is not None},
        {path: each.called for path, each in made.items() if each.called},
    )


class _Bench:
    """Where documents are made, in whatever process."""

    def __init__(self, shop: Workshop, stage: Stage) -> None:
        self._shop, self._stage = shop, stage
        self._search = LeakSearch(shop.job)

    def groups(self, targets: Iterable[Target]) -> list[tuple[Target, ...]]:
        """The targets of each template, which are made one after the other; where they are many, in several groups."""
        files: dict[Path, list[Target]] = {}
        for target in targets:
            files.setdefault(self._shop.file_of(target), []).append(target)
        return [tuple(some[at : at + TOGETHER]) for some in files.values() for at in range(0, len(some), TOGETHER)]

    def prepare(self, targets: Iterable[Target], groups: list[tuple[Target, ...]]) -> None:
        """Do what several processes that make some of `targets` would have to do, once and before they part."""
        self._search.prepare(targets)
        shared = Counter(self._shop.file_of(group[0]) for group in groups)
        self._shop.prepare(group[0] for group in groups if shared[self._shop.file_of(group[0])] > 1)

    def weigh(self, group: tuple[Target, ...]) -> float:
        """How long a group takes, next to the others: its template's bytes tell enough."""
        if group[0].document.workbook is not None:
            return _WORKBOOK
        file = self._shop.file_of(group[0])
        return (len(group) + _COMPILING) * (file.stat().st_size if file.is_file() else 0)

    def make(self, group: tuple[Target, ...]) -> Iterator[_Made]:
        """Each document of the group, in the stage."""
        yield from map(self._made, group)
        self._shop.keep(group)

    def _made(self, target: Target) -> _Made:
        page = self._shop.make(target)
        if page.data is None:
            return _Made(page.errors)
        self._stage.write(target.path, page.data)
        searched = target.document.audience == "counterparty"
        # What is made from the verdict comes too late to be judged.
        judged = self._shop.job.kit.checklist is not None and is_readable(target.path) and not target.from_verdict
        if not searched and not judged:
            return _Made((), page.gaps, page.controls, called=page.called)
        # Read and parsed once for both. What cannot be searched goes to no counterparty: it is a PackageError.
        package = read_package(page.data, name=target.path)
        folder = str((self._stage.pack / target.path).parent)
        read = read_file(package, target.path, folder)
        leaks = self._search.search(target, package, read.outline) if searched else ()
        return _Made((), page.gaps, page.controls, tuple(leaks), read if judged else None, page.called)
