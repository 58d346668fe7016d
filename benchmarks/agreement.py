"""How fast the bundled partnership agreement is rendered, beside docxtpl on an equivalent template.

Run it by hand: ``python benchmarks/agreement.py [ROUNDS]`` (docxtpl: ``pip install docxtpl``). Both make the agreement
of one contract of fixtures/nordhaven from the same plain data, in turns, in one run on one machine, and it is checked
first that both documents say the same. govpack renders a template that was compiled once; docxtpl has no such thing and
reads its template again for each document, as its users must. What docxtpl cannot make, live references and a table of
contents, it gets as ready text; bookmarks it does without. Exit code 0; 1 where the bar is missed or the documents
differ; 2 without docxtpl.
"""

from __future__ import annotations

import gc
import importlib.util
import os
import pickle
import platform
import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from cases import CONTRACT, Case, read_case, resize

if TYPE_CHECKING:
    from collections.abc import Callable

    from documents import Said

HERE = Path(__file__).resolve().parent
ROUNDS, OURS_A_ROUND, COLD_RUNS = 40, 5, 5
BAR = 10
GROWTH = (15, 60)

# VmHWM, where there is one: on Linux ru_maxrss of a new process begins at that of the process it came from.
PEAK = """
import resource, sys
def print_peak():
    try:
        print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
    except OSError:
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "darwin" else 1))
"""
BARE = PEAK + "print_peak()"
OURS = f"""{PEAK}
import pickle
from govpack.template import compile_template
case = pickle.load(open(sys.argv[1], "rb"))
template = compile_template(case["template"], fragments=case["library"])
data = template.render(case["context"], locale=case["locale"], currency=case["currency"]).data
open(sys.argv[2], "wb").write(data)
print_peak()
"""
PEER = f"""{PEAK}
import pickle
import peer
case = pickle.load(open(sys.argv[1], "rb"))
environment = peer.make_environment(case["locale"], case["currency"], case["numbers"])
open(sys.argv[2], "wb").write(peer.render(case["peer_template"], case["peer_context"], environment))
assert "govpack" not in sys.modules
print_peak()
"""


@dataclass(frozen=True, slots=True)
class Race:
    """Both engines, ready to make the same document."""

    case: Case
    ours: Callable[[], bytes]
    peer: Callable[[], bytes]
    pickled: Path
    derived: Path


def prepared(case: Case) -> bytes:
    """The first document of a template that nobody compiled before."""
    return case.compile().render(case.context, locale=case.locale, currency=case.currency).data


def prepare(case: Case, folder: Path) -> Race:
    """Compile, derive docxtpl's template from ours, and give docxtpl what it cannot work out."""
    import documents  # noqa: PLC0415 - these need docxtpl, and main says so where it is missing
    import equivalent  # noqa: PLC0415
    import peer  # noqa: PLC0415

    template = case.compile()
    settings = {"locale": case.locale, "currency": case.currency}

    def ours() -> bytes:
        return template.render(case.context, **settings).data

    made = ours()
    numbers = documents.numbers_of(made, case.bookmarks)
    context = case.context | {"contents": documents.contents_of(made)}
    derived = folder / f"docxtpl-{len(case.context['clauses'])}.docx"
    derived.write_bytes(equivalent.derive(case.template, case.used))
    environment = peer.make_environment(case.locale, case.currency, numbers)
    pickled = derived.with_suffix(".pickle")
    told = {"peer_template": derived, "peer_context": context, "numbers": numbers, **settings}
    held = {"template": case.template, "library": case.library, "context": case.context, **settings}
    pickled.write_bytes(pickle.dumps(told))
    pickled.with_suffix(".ours").write_bytes(pickle.dumps(held))
    return Race(case, ours, lambda: peer.render(derived, context, environment), pickled, derived)


def clock(work: Callable[[], object]) -> float:
    """Seconds that `work` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def run_in_turns(race: Race, rounds: int) -> tuple[list[float], list[float]]:
    """Seconds of each document by govpack and by docxtpl, in turns, so that a busy machine slows both."""
    ours, peers = [], []
    gc.collect()
    for _ in range(rounds):
        ours += [clock(race.ours) for _ in range(OURS_A_ROUND)]
        peers.append(clock(race.peer))
    return ours, peers


def peak_of(work: Callable[[], object]) -> float:
    """Most bytes that `work` holds at a time, of those that Python allots."""
    gc.collect()
    tracemalloc.start()
    try:
        work()
        return float(tracemalloc.get_traced_memory()[1])
    finally:
        tracemalloc.stop()


def run_cold(*commands: list[str]) -> list[tuple[float, float]]:
    """Median seconds of a few whole processes of each command, in turns, and the most memory of one, in bytes."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(HERE), os.environ.get("PYTHONPATH", "")])}
    seconds: list[list[float]] = [[] for _ in commands]
    peaks: list[list[float]] = [[] for _ in commands]
    for _ in range(COLD_RUNS):
        for index, command in enumerate(commands):
            start = time.perf_counter()
            whole = [sys.executable, "-c", *command]
            done = subprocess.run(whole, check=True, capture_output=True, text=True, env=environment)
            seconds[index].append(time.perf_counter() - start)
            peaks[index].append(int(done.stdout) * 1024)
    return [(statistics.median(times), max(held)) for times, held in zip(seconds, peaks, strict=True)]


def line(what: str, ours: str, peer: str, ratio: str) -> None:
    """One row of the table."""
    print(f"{what:<44}{ours:>16}{peer:>16}{ratio:>9}")


def versus(what: str, ours: float, peer: float, *, unit: float, word: str) -> float:
    """A row with both figures in `unit` and how many times ours goes into the peer's."""
    line(what, f"{ours / unit:,.1f} {word}", f"{peer / unit:,.1f} {word}", f"{peer / ours:.1f} ×")
    return peer / ours


def print_setting(case: Case, said: Said, rounds: int) -> None:
    """What is measured, and with what."""
    counts = {
        "clauses": len(case.context["clauses"]),
        "schedules": len(case.context["schedules"]),
        "paragraphs": len(said.paragraphs),
        "tables": len(said.tables),
    }
    described = ", ".join(f"{count} {word}" for word, count in counts.items())
    print(f"Agreement {CONTRACT}: {described}; both documents say the same")
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    versions = f"Python {platform.python_version()}, Jinja {version('jinja2')}, docxtpl {version('docxtpl')}"
    print(f"{versions}{load}; {rounds * OURS_A_ROUND} and {rounds} documents in turns, medians")


def main() -> int:
    """Compare, measure and print."""
    if importlib.util.find_spec("docxtpl") is None:
        print("This benchmark needs its peer: pip install docxtpl", file=sys.stderr)
        return 2
    import documents  # noqa: PLC0415 - after the check for docxtpl

    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        case = read_case()
        race = prepare(case, folder)
        made = race.ours()
        if differences := documents.differences(made, race.peer()):
            print("the two documents do not say the same:", *differences, sep="\n  ", file=sys.stderr)
            return 1
        print_setting(case, documents.read(made), rounds)
        line("", "govpack", "docxtpl", "ratio")
        ours, peers = run_in_turns(race, rounds)
        ratio = versus("one document, warm", statistics.median(ours), statistics.median(peers), unit=1e-3, word="ms")
        versus("  the fastest of all", min(ours), min(peers), unit=1e-3, word="ms")
        first = statistics.median(clock(lambda: prepared(case)) for _ in range(COLD_RUNS))
        compiled = statistics.median(clock(case.compile) for _ in range(COLD_RUNS))
        line("  compiling the template, once", f"{compiled * 1e3:,.1f} ms", "each time", "")
        versus("  compiling it and the first document", first, statistics.median(peers), unit=1e-3, word="ms")
        fill, deflate = documents.floor(race.derived, race.pickled, made, case.template)
        line("  floor: Jinja alone", f"{fill * 1e3:,.1f} ms", "", "")
        line("  floor: zlib level 6 of what changed", f"{deflate * 1e3:,.1f} ms", "", "")
        versus("memory of one document, warm", peak_of(race.ours), peak_of(race.peer), unit=1e6, word="MB")
        bare, cold, other = run_cold(
            [BARE],
            [OURS, str(race.pickled.with_suffix(".ours")), str(folder / "ours.docx")],
            [PEER, str(race.pickled), str(folder / "peer.docx")],
        )
        versus("one document, whole process", cold[0], other[0], unit=1e-3, word="ms")
        versus("  its memory above a bare Python", cold[1] - bare[1], other[1] - bare[1], unit=1e6, word="MB")
        grown = [prepare(resize(case, count), folder) for count in GROWTH]
        medians = [[statistics.median(times) for times in run_in_turns(each, max(rounds // 4, 3))] for each in grown]
        for count, (mine, theirs) in zip(GROWTH, medians, strict=True):
            versus(f"with {count} clauses, warm", mine, theirs, unit=1e-3, word="ms")
        factors = [f"{large / small:.1f} ×" for small, large in zip(*medians, strict=True)]
        line(f"  growth from {GROWTH[0]} to {GROWTH[1]} clauses", *factors, "")
    print(f"At least {BAR} × as fast as docxtpl, warm: {'yes' if ratio >= BAR else 'NO'} ({ratio:.1f} ×)")
    return 0 if ratio >= BAR else 1


if __name__ == "__main__":
    sys.exit(main())
