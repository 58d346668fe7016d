"""Files made to eat the machine end with a message, or are judged; in 500 MB and 10 s, each in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.check.hogs import CASES

_HOGS = Path(__file__).with_name("hogs.py")
_JUDGED = {
    "tables as deep as XML may be",
    "as many tables as are read",
    "a table of very many rows",
    "very many tables with one first column",
    "labels of its own in each cell",
    "labels of its own under each heading",
    "very many headings",
    "lists in a circle",
    "parts in a circle",
    "10,000 bookmarks with one name",
    "10,000 references to nothing",
    "references to each other",
    "very long words",
    "very many quotation marks",
    "very many brackets",
    "very many numbers",
    "very many blanks",
    "links to other places",
    "a sheet that says it is all of Excel",
    "a cell in the last corner",
    "cells far apart",
    "a staircase of cells",
    "very many texts",
    "a merge over the whole sheet",
    "very many merges",
    "very many hidden columns",
    "very many rows",
    "groups in groups",
    "very many boxes",
    "a page of very many cells",
    "a page of very many lines",
}


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is told by Linux only")
@pytest.mark.parametrize("case", CASES)
def test_a_hostile_file_takes_neither_memory_nor_time(case: str, tmp_path: Path) -> None:
    name, make = CASES[case]
    (tmp_path / name).write_bytes(make())
    run = subprocess.run(
        [sys.executable, str(_HOGS), str(tmp_path / name)], capture_output=True, text=True, timeout=120, check=True
    )
    end = json.loads(run.stdout)
    assert end["code"] == (1 if case in _JUDGED else 2), end
    # A page alone has nothing that it could disagree with.
    assert name in end["said"] or (case in _JUDGED and name == "index.html")
    assert "Traceback" not in end["said"]
    assert end["seconds"] < 10, end
    assert end["megabytes"] < 500, end
