"""How long a whole pack takes: cold, part by part, a hundred agreements in a row, and the judging of what was built.

Run it by hand: ``python benchmarks/pack.py [RUNS]``. It builds fixtures/nordhaven with the bundled kit. Times are of
the processor (user and system), the fastest of all runs, so that other work on the machine counts little; the wall's
stand beside, and count for what uses all cores. The whole build is timed twice: with an empty cache of compiled
templates, as after an installation, and with what the build before kept, which is what counts. Exit code 0; 1 where a
bar is missed.
"""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govpack.build import make, render, workshop
from govpack.build.index import write_index
from govpack.build.job import read_job
from govpack.build.leaks import LeakSearch
from govpack.build.plan import plan_build
from govpack.build.render import TOGETHER
from govpack.build.workshop import Workshop
from govpack.check import evaluate_checklist, read_checklist
from govpack.check.files import find_files, read_files
from govpack.ooxml.package import read_package
from govpack.ooxml.xml import parse_xml
from govpack.template import Template
from govpack.workbook import write_scorecard
from govpack.workers import spread, usable_cores

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PACK = Path(__file__).resolve().parent.parent / "fixtures" / "nordhaven"
RUNS = 5
AGREEMENTS = 100
BUILD_BAR, AGREEMENTS_BAR, JUDGE_BAR, LOOKED_AT_BAR = 3.0, 1.0, 1.0, 0.6  # seconds
# What people look at rather than read, beside the page.
LOOKED_AT = ("executive-briefing", "vendor-scorecard")
# What a build spends its time on: the functions that do each part, by the module or class that they are called from.
PARTS = {
    "read": ((make, "read_job"), (make, "plan_build")),
    "compile": ((workshop, "compile_template"),),
    "render": ((make, "render_targets"),),
    "leaks": ((LeakSearch, "search"),),
    "judge": ((render, "read_file"), (make, "judge_stage")),
    "write": ((make, "_record"), (make, "_plan_moves"), (make, "put_in_place")),
}


def main() -> int:
    """Print every figure; 1 where a bar is missed."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    gc.set_threshold(300_000, 50, 100)  # as the command does
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "pack"
        os.environ["GOVPACK_CACHE"] = str(Path(folder) / "cache")
        single, _ = _build_cold(out, runs, "--jobs", "1")
        cold, wall = _build_cold(out, runs)
        first, first_wall = _build_cold(out, runs, empty=True)
        count = sum(1 for path in out.rglob("*") if path.is_file()) - 1
        print(f"a build of {count} documents, cold process: {wall:.2f} s on the wall, {cold:.2f} s of CPU")
        print(f"  the first one, which compiles all templates: {first_wall:.2f} s on the wall, {first:.2f} s of CPU")
        print(f"  in one process: {single:.2f} s of CPU, of which in this one, warm:")
        for part, seconds in _parts(Path(folder) / "again").items():
            print(f"    {part:<8} {seconds:.2f} s")
        by_one, by_all = _agreements()
        alone, hundred = _fastest(by_one, runs), _fastest(by_all, runs, wall=True)
        print(
            f"{AGREEMENTS} agreements from one compiled template: {hundred:.2f} s on the wall, by as many processes as"
        )
        print(f"  there are cores ({usable_cores()}), as a build does it; {alone:.2f} s of CPU by one")
        looked_at = _fastest(_looked_at(out), runs)
        print(f"deck, workbook and page together, warm: {looked_at:.2f} s")
        judge, parse = _judging(out, runs)
        print(f"{count} documents read back and judged: {judge:.2f} s; lxml parses their parts in {parse:.2f} s")
    bars = (
        (f"the pack under {BUILD_BAR:g} s", wall < BUILD_BAR),
        (f"deck, workbook and page under {LOOKED_AT_BAR:g} s", looked_at < LOOKED_AT_BAR),
        (f"{AGREEMENTS} agreements under {AGREEMENTS_BAR:g} s", hundred < AGREEMENTS_BAR),
        (f"the pack judged under {JUDGE_BAR:g} s", judge < JUDGE_BAR),
    )
    for words, met in bars:
        print(f"{'met' if met else 'MISSED'}: {words}")
    return 0 if all(met for _, met in bars) else 1


def _build_cold(out: Path, runs: int, *options: str, empty: bool = False) -> tuple[float, float]:
    """The CPU and wall seconds of ``govpack build`` in a process of its own, with its bytecode at hand as installed.

    With `empty`, no compiled template is at hand.
    """
    with tempfile.TemporaryDirectory() as bytecode:
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environment["PYTHONPYCACHEPREFIX"] = bytecode
        command = [sys.executable, "-m", "govpack", "build", str(PACK), "-o", str(out), *options]
        spent = []
        for _ in range(runs + 1):  # the first one writes the bytecode
            if empty:
                shutil.rmtree(os.environ["GOVPACK_CACHE"])
            before, began = os.times(), time.perf_counter()
            subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
            wall, after = time.perf_counter() - began, os.times()
            user, system = after.children_user - before.children_user, after.children_system - before.children_system
            spent.append((user + system, wall))
    return min(cpu for cpu, _ in spent[1:]), min(wall for _, wall in spent[1:])


def _parts(out: Path) -> dict[str, float]:
    """The CPU seconds that each part of a first build in this process takes, without what it leaves to other parts."""
    spent: dict[str, float] = defaultdict(float)
    inside: list[float] = []

    def timed(part: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def call(*args: Any, **options: Any) -> Any:
            began = time.process_time()
            inside.append(0.0)
            try:
                return function(*args, **options)
            finally:
                whole = time.process_time() - began
                spent[part] += whole - inside.pop()
                if inside:
                    inside[-1] += whole

        return call

    original = [(home, name, getattr(home, name)) for part in PARTS.values() for home, name in part]
    try:
        for part, functions in PARTS.items():
            for home, name in functions:
                setattr(home, name, timed(part, getattr(home, name)))
        make.build_pack(PACK, out, jobs=1)
    finally:
        for home, name, function in original:
            setattr(home, name, function)
    return {part: spent[part] for part in PARTS}


def _agreements() -> tuple[Callable[[], None], Callable[[], None]]:
    """Renders the agreements of the pack in turns, each with the data of its own contract: by this process, and by as
    many as there are cores, as a build does with the documents of one template.
    """
    job = read_job(PACK)
    targets = [t for t in plan_build(job, ()).targets if t.document.name == "partnership-agreement"]
    shop = Workshop(job)
    template = shop.template(targets[0])
    contexts = [shop.context(target) for target in targets]
    about = job.pack.pack
    assert isinstance(template, Template)

    def render(numbers: range) -> Iterator[bytes]:
        for number in numbers:
            context = contexts[number % len(contexts)]
            options = {"strict": not about.is_draft, "locale": about.locale, "currency": about.currency}
            yield template.render(context, **options).data

    def by_one() -> None:
        assert sum(1 for _ in render(range(AGREEMENTS))) == AGREEMENTS

    def by_all() -> None:
        groups = [range(at, min(at + TOGETHER, AGREEMENTS)) for at in range(0, AGREEMENTS, TOGETHER)]
        with spread(render, groups, weigh=len) as made:
            assert sum(1 for _ in made) == AGREEMENTS

    return by_one, by_all


def _looked_at(pack: Path) -> Callable[[], None]:
    """Renders deck, workbook and page from templates that are compiled, each time from the inputs themselves.

    The page tells the verdicts on the documents of `pack`, whose judging has a bar of its own.
    """
    first = read_job(PACK)
    shop = Workshop(first)
    plan = plan_build(first, ())
    made = [t for t in plan.targets if t.document.name in LOOKED_AT]
    assert first.kit.checklist is not None
    files, problems = find_files([pack])
    report = evaluate_checklist(read_checklist(first.kit.checklist), list(read_files(files)), problems, "the pack")
    decks = [shop.template(target) for target in made if target.document.workbook is None]

    def render_all() -> None:
        job = read_job(PACK)
        about = job.pack.pack
        fresh = Workshop(job)
        for target in made:
            if target.document.workbook is not None:
                write_scorecard(job.pack)
                continue
            for template in decks:
                assert isinstance(template, Template)
                context = fresh.context(target)
                template.render(context, strict=not about.is_draft, locale=about.locale, currency=about.currency)
        write_index(job, plan, report, (), (pack,))

    return render_all


def _judging(pack: Path, runs: int) -> tuple[float, float]:
    """Reading and judging all documents of `pack`, and the parsing of their XML by itself."""
    job = read_job(PACK)
    assert job.kit.checklist is not None
    checklist = read_checklist(job.kit.checklist)
    files, problems = find_files([pack])
    packages = [read_package(path) for path, _ in files]
    parts = [(package.read(part), part) for package in packages for part in package if part.endswith((".xml", ".rels"))]

    def judge() -> None:
        evaluate_checklist(checklist, list(read_files(files)), problems, "the pack")

    def parse() -> None:
        for data, part in parts:
            parse_xml(data, part)

    return _fastest(judge, runs), _fastest(parse, runs)


def _fastest(work: Callable[[], None], runs: int, *, wall: bool = False) -> float:
    """The CPU seconds of the fastest of `runs`, or those on the wall, after one that does not count."""
    clock = time.perf_counter if wall else time.process_time

    def once() -> float:
        gc.collect()
        began = clock()
        work()
        return clock() - began

    once()
    return min(once() for _ in range(runs))


if __name__ == "__main__":
    sys.exit(main())
