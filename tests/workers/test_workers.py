"""Work shared out to other processes: the same results in the same order, and nobody left behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(not hasattr(os, "fork") or sys.platform == "darwin", reason="no safe fork here")

# A process of its own, with one thread: the one that runs the tests may have others.
HEAD = """\
import json, os, signal, sys, threading, time
from govpack.workers import spread
from govpack.errors import *
from govpack.findings import *

def shared(work, pieces, jobs=2, weigh=lambda piece: 1):
    with spread(work, pieces, weigh=weigh, jobs=jobs) as results:
        return list(results)

def childless():
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return True
    return False

"""


def run(code: str) -> list[object]:
    """What a program says, a line of JSON each."""
    done = subprocess.run(
        [sys.executable, "-c", HEAD + textwrap.dedent(code)], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return [json.loads(line) for line in done.stdout.splitlines()]


def is_running(process: int) -> bool:
    try:
        # A dead one that nobody has asked after yet is a Z.
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_results_come_in_order_whichever_is_done_first_and_from_other_processes() -> None:
    (pieces,) = run("""
        def work(piece):
            time.sleep(0.2 if piece == 0 else 0)
            yield piece, os.getpid()
            yield piece + 0.5, os.getpid()
        found = shared(work, [0, 1, 2, 3])
        print(json.dumps([[value for value, _ in found], len({at for _, at in found} - {os.getpid()}), childless()]))
    """)
    assert pieces == [[0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5], 2, True]


def test_the_longest_pieces_are_begun_first() -> None:
    (order,) = run("""
        def work(piece):
            began = time.monotonic()
            time.sleep(0.1)
            yield began, piece
        print(json.dumps([piece for _, piece in sorted(shared(work, [1, 5, 2, 9], weigh=lambda piece: piece))]))
    """)
    assert isinstance(order, list)
    assert set(order[:2]) == {9, 5}


def test_one_job_and_one_piece_and_another_thread_stay_in_this_process() -> None:
    assert run("""
        def work(piece):
            yield os.getpid() == here
        here = os.getpid()
        print(json.dumps(shared(work, [1, 2], jobs=1)))
        print(json.dumps(shared(work, [1])))
        halt = threading.Event()
        threading.Thread(target=halt.wait).start()
        print(json.dumps(shared(work, [1, 2])))
        halt.set()
    """) == [[True, True], [True], [True, True]]


def test_a_system_that_allows_no_more_processes_gets_the_work_done_all_the_same() -> None:
    assert run("""
        def refuse():
            raise BlockingIOError(11, "Resource temporarily unavailable")
        os.fork = refuse
        print(json.dumps(shared(lambda piece: [piece], [1, 2, 3])))
    """) == [[1, 2, 3]]


def test_an_error_comes_back_as_it_was_with_its_findings_after_the_results_before_it() -> None:
    assert run("""
        def work(piece):
            yield piece
            if piece == 1:
                raise TemplateError("it is wrong", [Finding("no end", Location("a.docx", 3), remedy="end it")])
        found = []
        try:
            with spread(work, [0, 1, 2], weigh=float, jobs=2) as results:
                found += results
        except GovpackError as error:
            said = str(error), [str(each) for each in error.findings], type(error).__name__
        print(json.dumps([found, said, childless()]))
    """) == [[[0, 1], ["it is wrong", ["a.docx:3: no end (end it)"], "TemplateError"], True]]


def test_an_error_that_cannot_be_sent_is_said_in_words() -> None:
    assert run("""
        class Odd(Exception):
            def __init__(self, one, two):
                super().__init__(f"{one} and {two}")
        def work(piece):
            raise Odd("this", "that")
        try:
            shared(work, [0, 1])
        except RuntimeError as error:
            print(json.dumps(str(error)))
    """) == ["Odd: this and that"]


def test_a_worker_that_is_killed_ends_the_work_in_words() -> None:
    assert run("""
        def work(piece):
            if piece == 1:
                os.kill(os.getpid(), signal.SIGKILL)
            yield piece
        try:
            shared(work, [0, 1, 2])
        except BuildError as error:
            print(json.dumps([str(error), childless()]))
    """) == [
        [
            "a process of the build was killed, perhaps since memory ran out; nothing was changed; "
            "--jobs 1 builds in one process",
            True,
        ]
    ]


def test_workers_end_when_the_work_is_left_in_the_middle() -> None:
    assert run("""
        def work(piece):
            yield piece
            time.sleep(60)
        try:
            with spread(work, [0, 1], weigh=float, jobs=2) as results:
                first = next(results)
                raise KeyboardInterrupt
        except KeyboardInterrupt:
            print(json.dumps([first, childless()]))
    """) == [[0, True]]


def test_workers_end_by_themselves_when_nobody_is_left_to_listen() -> None:
    code = """
        def work(piece):
            os.write(1, f"{os.getpid()}\\n".encode())  # at once, since all of them write
            time.sleep(0.5)
            yield piece
        shared(work, range(1000), jobs=3)
    """
    with subprocess.Popen(
        [sys.executable, "-c", HEAD + textwrap.dedent(code)], stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        workers: set[int] = set()
        while len(workers) < 3:  # on a busy machine one is at its second piece before another is at its first
            workers.add(int(program.stdout.readline()))
        program.send_signal(signal.SIGKILL)
        deadline = time.monotonic() + 20
        while any(map(is_running, workers)) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not [worker for worker in workers if is_running(worker)]
