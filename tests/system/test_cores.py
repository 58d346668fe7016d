"""A build on several cores is the same build: its files, its words, and how it ends when it is stopped."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.support.command import run_govpack
from tests.support.kit import docx_of, edit, lay_pack

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux makes documents side by side")

# The command with a first worker that never gets to its piece: no build is over before what the test does to it. And
# with Ctrl-C as a terminal has it: what a shell starts in the background inherits that it is ignored.
HELD = """
import os, signal, time
signal.signal(signal.SIGINT, signal.default_int_handler)
forks = []
os.register_at_fork(before=lambda: forks.append(1), after_in_child=lambda: len(forks) == 1 and time.sleep(600))
from govpack.cli import main
main()
"""


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@contextmanager
def building(pack: Path, out: Path) -> Iterator[tuple[subprocess.Popen[str], set[int]]]:
    """A build on two cores that cannot end, with its workers, one of them at work; in a process group of its own."""
    command = [sys.executable, "-c", HELD, "build", str(pack), "-o", str(out), "--jobs", "2"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, process_group=0) as build:
        children = Path(f"/proc/{build.pid}/task/{build.pid}/children")
        workers: set[int] = set()
        while len(workers) < 2 and build.poll() is None:
            workers = {int(child) for child in children.read_text(encoding="ascii").split()}
            time.sleep(0.01)
        assert len(workers) == 2
        yield build, workers


def assert_nothing_is_left(build: subprocess.Popen[str], home: Path, *inputs: str) -> None:
    """No process of the build, no stage, no pack."""
    with pytest.raises(ProcessLookupError):
        os.killpg(build.pid, 0)
    assert sorted(path.name for path in home.iterdir()) == sorted(inputs)


def test_one_process_and_two_make_the_same_pack(nordhaven: Path, nordhaven_pack: Path, tmp_path: Path) -> None:
    done = run_govpack("build", nordhaven, "-o", "out", "--jobs", "1", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stderr + done.stdout == (nordhaven_pack.parent / "said").read_text(encoding="utf-8")
    assert tree(tmp_path / "out") == tree(nordhaven_pack)


def test_progress_and_findings_come_in_the_same_order_whatever_is_made_first(tmp_path: Path) -> None:
    """The small kit's letters have gaps; each build says what it makes in the order of the plan."""
    pack = lay_pack(tmp_path / "mine")
    code = """
        import json, sys
        from pathlib import Path
        from govpack.build import build_pack
        for jobs in (1, 2):
            steps = []
            out = Path(sys.argv[2]) / str(jobs)
            result = build_pack(Path(sys.argv[1]), out, progress=lambda *step: steps.append(step), jobs=jobs)
            print(json.dumps([steps, [str(finding) for finding in result.findings], result.files]))
    """
    command = [sys.executable, "-c", textwrap.dedent(code), str(pack), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    one, two = map(json.loads, done.stdout.splitlines())
    assert one == two
    steps, findings, files = one
    assert [what for what, _, _ in steps] == [*files, "", "Judging"]
    assert len(findings) == 2


def test_what_is_wrong_with_several_templates_is_said_in_one_order(tmp_path: Path) -> None:
    pack = lay_pack(tmp_path / "mine")
    (pack / "kit" / "letter.docx").write_bytes(docx_of("{{ contract.trem }}"))
    (pack / "kit" / "note.docx").write_bytes(docx_of("{% for x in contracts %}"))
    edit(pack / "pack.yaml", ("kit: small", "kit: small, status: issued"))
    said = [run_govpack("build", pack, "-o", tmp_path / "out", "--jobs", jobs).stderr for jobs in ("1", "2")]
    assert said[0] == said[1]
    assert said[0].index("trem") < said[0].index("endfor")
    assert "could not be built; nothing was changed" in said[0]


def test_ctrl_c_ends_every_process_and_leaves_nothing(nordhaven: Path, tmp_path: Path) -> None:
    with building(nordhaven, tmp_path / "out") as (build, _):
        os.killpg(build.pid, signal.SIGINT)
        stdout, stderr = build.communicate(timeout=60)
    assert (build.returncode, stdout, stderr.strip()) == (130, "", "govpack: interrupted")
    assert_nothing_is_left(build, tmp_path)


def test_a_killed_worker_ends_the_build_in_words_and_leaves_nothing(nordhaven: Path, tmp_path: Path) -> None:
    with building(nordhaven, tmp_path / "out") as (build, workers):
        os.kill(min(workers), signal.SIGKILL)
        stdout, stderr = build.communicate(timeout=60)
    assert (build.returncode, stdout) == (2, "")
    assert stderr == (
        "govpack: a process of the build was killed, perhaps since memory ran out; nothing was changed; "
        "--jobs 1 builds in one process\n"
    )
    assert_nothing_is_left(build, tmp_path)
