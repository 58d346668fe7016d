"""How long a long agreement takes to be read and judged, and how much memory, beside lxml's parsing of its parts.

Run it by hand: ``python benchmarks/judge.py [RUNS]``. govpack renders the partnership agreement of one contract of
fixtures/nordhaven with so many clauses, and rows in the tables of its schedules, that it has 500 pages, and half of
that to see how the time grows; each is read and judged by the bundled checklist in processes of its own. lxml, which
parses for every reader of Office files in Python, parses the same parts there and does nothing with them: no reader can
take less. Times are of the processor, after the imports, from the first byte read to the verdicts, the fastest of all
runs, so that other work on the machine counts little; the wall's stand beside. Exit code 0; 1 where a bar is missed.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from cases import read_case, resize
from govpack.kits import find_kit

RUNS = 5
# 500 pages as LibreOffice lays them out: half of clauses, half of the schedules' tables, of 600 and more rows each.
PAGES, CLAUSES, TIMES = 500, 400, 102
SECONDS_BAR, MEMORY_BAR, GROWTH_BAR = 3.0, 300, 2.5  # seconds, MB, times for twice the pages
# VmHWM, where there is one: on Linux ru_maxrss of a new process begins at that of the process it came from.
PEAK = """
import json, resource, sys, time
from pathlib import Path
def peak():
    try:
        return next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM")) / 1024
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 1024)
file, checklist = map(Path, sys.argv[1:])
"""
OURS = f"""{PEAK}
import gc
gc.set_threshold(300_000, 50, 100)  # as the command does
from govpack.check import check_paths, read_checklist
began, used = time.perf_counter(), time.process_time()
report = check_paths([file], read_checklist(checklist))
wall, cpu = time.perf_counter() - began, time.process_time() - used
assert report.files[0].document and not report.problems
print(json.dumps([wall, cpu, peak()]))
"""
PEER = f"""{PEAK}
from zipfile import ZipFile
from lxml import etree
began, used = time.perf_counter(), time.process_time()
with ZipFile(file) as package:
    trees = [etree.fromstring(package.read(name)) for name in package.namelist() if name.endswith((".xml", ".rels"))]
print(json.dumps([time.perf_counter() - began, time.process_time() - used, peak()]))
"""


def main() -> int:
    """Print every figure; 1 where a bar is missed."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    with tempfile.TemporaryDirectory() as folder:
        half = _measure(_agreement(Path(folder) / "half", CLAUSES // 2, TIMES // 2), PAGES // 2, runs)
        seconds, peak = _measure(_agreement(Path(folder) / "whole", CLAUSES, TIMES), PAGES, runs)
    growth = seconds / half[0]
    bars = (
        (f"{PAGES} pages under {SECONDS_BAR:g} s", seconds < SECONDS_BAR),
        (f"{PAGES} pages under {MEMORY_BAR} MB", peak < MEMORY_BAR),
        (f"twice the pages in at most {GROWTH_BAR:g} times the time ({growth:.1f})", growth <= GROWTH_BAR),
    )
    for words, met in bars:
        print(f"{'met' if met else 'MISSED'}: {words}")
    return 0 if all(met for _, met in bars) else 1


def _agreement(folder: Path, clauses: int, times: int) -> Path:
    """An agreement of so many clauses, each list of the contract's own so many times as long."""
    case = resize(read_case(), clauses)
    contract = case.context["contract"]
    rows = {name: each * times for name, each in contract.items() if isinstance(each, list)}
    case = replace(case, context=case.context | {"contract": contract | rows})
    folder.mkdir()
    # By its name it is known for what it is.
    file = folder / "partnership-agreement.docx"
    file.write_bytes(case.compile().render(case.context, locale=case.locale, currency=case.currency).data)
    return file


def _measure(file: Path, pages: int, runs: int) -> tuple[float, float]:
    """Seconds of CPU and the peak in MB of judging `file`; prints them beside those of lxml."""
    checklist = find_kit() / "checklist.yaml"
    figures = []
    for program in (OURS, PEER):
        taken = [_run(program, file, checklist) for _ in range(runs)]
        figures.append([min(column) for column in zip(*taken, strict=True)])
    (wall, cpu, peak), (_, peer_cpu, peer_peak) = figures
    print(
        f"{pages} pages ({file.stat().st_size // 1024} KB) read and judged: {cpu:.2f} s of CPU, {wall:.2f} s on "
        f"the wall, {peak:.0f} MB; lxml parses their parts in {peer_cpu:.2f} s of CPU, {peer_peak:.0f} MB"
    )
    return cpu, peak


def _run(program: str, file: Path, checklist: Path) -> list[float]:
    done = subprocess.run(
        [sys.executable, "-c", program, str(file), str(checklist)], capture_output=True, text=True, check=True
    )
    figures: list[float] = json.loads(done.stdout)
    return figures


if __name__ == "__main__":
    sys.exit(main())
