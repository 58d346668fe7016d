"""Times engines, each in a process of its own, in turns: what a busy machine takes from one it takes from all."""

from __future__ import annotations

import json
import statistics
import subprocess
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from homes import PeerError

if TYPE_CHECKING:
    from pathlib import Path

    from homes import Engine

# A turn is about this long, so that an engine is not measured with another's caches; a warm-up lets V8 compile.
_TURN, _MOST_A_TURN = 0.06, 20
_WARM_UP, _MOST_WARM_UP = 1.5, 60
_PATIENCE = 60.0


class Worker:
    """An engine at work on one template. PeerError where it fails or takes too long; then it is gone."""

    def __init__(self, engine: Engine, *, patience: float = _PATIENCE) -> None:
        self.engine = engine
        self._patience = patience
        self._process = subprocess.Popen(
            [*engine.command, engine.name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=engine.environment,
        )

    def ask(self, do: str, **told: Any) -> Any:
        """The answer to one command, see worker.py."""
        assert self._process.stdin
        assert self._process.stdout
        late = threading.Timer(self._patience, self._process.kill)
        late.start()
        begun = time.perf_counter()
        try:
            print(json.dumps({"do": do, **told}), file=self._process.stdin, flush=True)
            answer = next((line for line in self._process.stdout if line.startswith("@")), "")
        except BrokenPipeError:
            answer = ""
        finally:
            late.cancel()
        if not answer:
            took = time.perf_counter() - begun
            gone = took >= self._patience
            raise PeerError(f"it took more than {self._patience:.0f} s" if gone else f"it ended after {took:.1f} s")
        read = json.loads(answer[1:])
        if isinstance(read, dict) and "error" in read:
            raise PeerError(read["error"])
        return read

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.communicate()


@dataclass(slots=True)
class Racer:
    """A worker in a race: the seconds of each document, how many it makes a turn, its file, what it does once."""

    worker: Worker
    turn: int
    made: Path | None
    once: float
    seconds: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        """Seconds of one document."""
        return statistics.median(self.seconds)


def ready(engine: Engine, template: Path, data: Path, made: Path | None = None) -> Racer:
    """An engine that has read its template and made some documents, the last of them at `made`."""
    worker = Worker(engine)
    try:
        # The first time, the engine itself is imported.
        once = [worker.ask("load", template=str(template), data=str(data)) for _ in range(4)][1:]
        first = worker.ask("make", times=1)[0]
        worker.ask("make", times=max(2, min(_MOST_WARM_UP, int(_WARM_UP / first))))
        again = statistics.median(worker.ask("make", times=3))
        if made:
            worker.ask("save", to=str(made))
    except PeerError:
        worker.close()
        raise
    return Racer(worker, max(1, min(_MOST_A_TURN, int(_TURN / again))), made, statistics.median(once))


def race(racers: list[Racer], rounds: int) -> None:
    """Let each make its documents, in turns."""
    for _ in range(rounds):
        for racer in racers:
            racer.seconds += racer.worker.ask("make", times=racer.turn)


def run_cold(engines: list[Engine], files: dict[str, tuple[Path, Path]], folder: Path, runs: int) -> dict[str, Cold]:
    """Whole processes of one document each, in turns: those of `bare` runtimes too, by ``bare NAME``."""
    found = {f"{kind}{engine.name}": Cold() for engine in engines for kind in ("", "bare ")}
    for _ in range(runs):
        for engine in engines:
            template, data = files[engine.name]
            whole = [engine.name, str(template), str(data), str(folder / f"cold-{engine.name}")]
            for name, arguments in ((engine.name, whole), (f"bare {engine.name}", ["bare"])):
                start = time.perf_counter()
                done = subprocess.run(
                    [*engine.command, *arguments], check=False, capture_output=True, text=True, env=engine.environment
                )
                took = time.perf_counter() - start
                printed = [line for line in done.stdout.splitlines() if line.startswith("@")]
                if not done.returncode and printed:
                    found[name].seconds.append(took)
                    found[name].peaks.append(int(printed[-1][1:]))
    return {name: cold for name, cold in found.items() if cold.seconds}


@dataclass(slots=True)
class Cold:
    """Seconds and peaks (KB) of some whole processes."""

    seconds: list[float] = field(default_factory=list)
    peaks: list[int] = field(default_factory=list)

    @property
    def median(self) -> float:
        """Seconds of one."""
        return statistics.median(self.seconds)

    @property
    def peak(self) -> int:
        """The most memory of any, in KB."""
        return max(self.peaks)


def times_as_fast(ours: list[float], theirs: list[float]) -> float:
    """How many of ours go into one of theirs: by the medians or by the fastest, whichever is less.

    A busy machine interrupts long work more often than short, so medians alone would flatter the faster.
    """
    return min(statistics.median(theirs) / statistics.median(ours), min(theirs) / min(ours))


def measure_size(engine: Engine, template: Path, data: Path, *, seconds: float = 1.0) -> tuple[float, int]:
    """Seconds of the fastest document of a size, warm if one takes no more than a few, and the peak in KB.

    An engine that needs more than a few seconds is timed on its first document.
    """
    worker = Worker(engine)
    try:
        worker.ask("load", template=str(template), data=str(data))
        first = worker.ask("make", times=1)[0]
        times = [first]
        if first <= 3 * seconds:
            many = max(2, min(_MOST_WARM_UP, int(seconds / first)))
            worker.ask("make", times=many)
            times = worker.ask("make", times=many)
        return min(times), worker.ask("peak")
    finally:
        worker.close()
