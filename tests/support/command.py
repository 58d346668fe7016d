"""Running the command as a user does: another process, with nothing of this one's state."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def run_govpack(
    *arguments: str | Path, cwd: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run ``python -m govpack`` and return what it said, and its exit code."""
    return subprocess.run(
        [sys.executable, "-m", "govpack", *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )


def run_build(inputs: Path, out: Path, *arguments: str) -> Path:
    """Build the pack of `inputs` into `out`, which comes back. AssertionError where that fails, with what it said."""
    done = run_govpack("build", inputs, "-o", out, *arguments)
    assert done.returncode == 0, done.stderr
    return out
