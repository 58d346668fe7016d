"""Independent pieces of work on several cores: forked copies of this process take them one by one, the longest first.

A copy knows all that was read so far; what it finds comes back through a pipe of its own. Where a process can't safely
be copied (Windows, macOS, or other threads are at work), or one is enough, the same work is done here, in order.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from collections import deque
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from govpack.errors import BuildError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from multiprocessing.connection import Connection

T = TypeVar("T")
R = TypeVar("R")


class _Said(NamedTuple):
    """What a worker says: one result, the error that ended its piece of work, or (neither) that the piece is done."""

    result: Any = None
    error: Exception | None = None
    done: bool = False


@contextmanager
def spread(
    work: Callable[[T], Iterable[R]], pieces: Sequence[T], *, weigh: Callable[[T], float], jobs: int | None = None
) -> Iterator[Iterator[R]]:
    """The results of ``work(piece)`` for all `pieces`, in their order, made by up to `jobs` processes.

    `jobs` is the number of cores, where it is None; `weigh` tells how long a piece takes, next to the others. What
    `work` raises is raised where its results would have come; BuildError where a worker was killed. No worker is left
    when the context ends, however it ends.
    """
    count = min(usable_cores() if jobs is None else jobs, len(pieces))
    crew = _Crew(work, pieces, sorted(range(len(pieces)), key=lambda at: -weigh(pieces[at])))
    try:
        if count > 1 and _can_fork() and crew.hire(count):
            yield crew.results()
        else:
            yield (result for piece in pieces for result in work(piece))
    finally:
        crew.dismiss()


def usable_cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _can_fork() -> bool:
    # Frameworks of macOS break in a forked copy, and a lock that another thread holds stays locked in it for ever.
    return hasattr(os, "fork") and sys.platform != "darwin" and threading.active_count() == 1


class _Crew(Generic[T, R]):
    """Workers, the pieces that wait for them by number, and the results that are not asked for yet."""

    def __init__(self, work: Callable[[T], Iterable[R]], pieces: Sequence[T], order: Iterable[int]) -> None:
        self._work, self._pieces = work, pieces
        self._waiting = deque(order)
        self._workers: dict[Connection, int] = {}
        self._busy: dict[Connection, int] = {}
        self._said: list[deque[_Said]] = [deque() for _ in pieces]

    def hire(self, count: int) -> bool:
        """Start `count` workers, or as many as the system allows, each with its first piece; False where it is none."""
        for _ in range(count):
            # Ctrl-C waits until the new worker is among those that are dismissed.
            before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
            try:
                self._hire_one()
            except OSError:
                break
            finally:
                signal.pthread_sigmask(signal.SIG_SETMASK, before)
        return bool(self._workers)

    def _hire_one(self) -> None:
        from multiprocessing.connection import Pipe  # noqa: PLC0415 - slow to load, and not every command builds

        here, there = Pipe()
        process = os.fork()
        if process == 0:
            try:
                # An end of a pipe that a worker inherits would keep others waiting for a process that is gone.
                self._serve(there, [*self._workers, here])
            finally:
                os._exit(0)
        there.close()
        self._workers[here] = process
        self._hand_out(here)

    def results(self) -> Iterator[R]:
        """All results, in the order of the pieces."""
        for said in self._said:
            while True:
                while not said:
                    self._listen()
                result, error, done = said.popleft()
                if error is not None:
                    raise error
                if done:
                    break
                yield result

    def dismiss(self) -> None:
        """Leave no worker behind."""
        for pipe, process in self._workers.items():
            pipe.close()
            with suppress(ProcessLookupError, ChildProcessError):
                os.kill(process, signal.SIGTERM)
                os.waitpid(process, 0)

    def _hand_out(self, pipe: Connection) -> None:
        if self._waiting:
            self._busy[pipe] = self._waiting.popleft()
            pipe.send(self._busy[pipe])

    def _listen(self) -> None:
        """Take in what the workers say, waiting for the first of them."""
        from multiprocessing.connection import wait  # noqa: PLC0415 - slow to load, as Pipe is

        ready = wait(list(self._busy))
        for pipe in [pipe for pipe in self._busy if pipe in ready]:
            try:
                said = pipe.recv()
            except (EOFError, OSError):
                message = "a process of the build was killed, perhaps since memory ran out; nothing was changed"
                raise BuildError(f"{message}; --jobs 1 builds in one process") from None
            self._said[self._busy[pipe]].append(said)
            if said.done:
                del self._busy[pipe]
                self._hand_out(pipe)

    def _serve(self, pipe: Connection, others: Iterable[Connection]) -> None:
        """What a worker does: piece after piece, until it is dismissed or nobody is left to listen."""
        # Ctrl-C reaches every process of the terminal; the one that was started ends the others.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        # What was there before is the other process's to clear away; to look through it would copy all its memory.
        gc.freeze()
        for other in others:
            other.close()
        try:
            while True:
                piece = self._pieces[pipe.recv()]
                try:
                    for result in self._work(piece):
                        pipe.send(_Said(result))
                    pipe.send(_Said(done=True))
                except Exception as error:
                    pipe.send(_Said(error=_portable(error), done=True))
        except (EOFError, OSError):
            return


def _portable(error: Exception) -> Exception:
    """The error, or what it says where it cannot be sent."""
    import pickle  # noqa: PLC0415 - only an error that a worker sends home needs it

    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - made here
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error
