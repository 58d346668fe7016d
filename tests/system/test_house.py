"""The house stands: imports point down its rooms, and what it says of itself is so."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import govpack

ROOT = Path(__file__).parents[2]


def test_imports_point_down_the_rooms() -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command; lint_imports_command()",
            "--no-cache",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_the_changelog_knows_this_version_or_what_comes_next() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "## [Unreleased]" in text or f"## [{govpack.__version__}]" in text


def test_every_file_and_folder_that_the_papers_name_is_there() -> None:
    for paper in ("README.md", "CONTRIBUTING.md"):
        text = (ROOT / paper).read_text(encoding="utf-8")
        for name in re.findall(r"`((?:fixtures|templates|src|authoring|benchmarks|docs|tests|\.ci)/?[\w./-]*)`", text):
            assert (ROOT / name.replace("<room>/", "")).exists(), f"{paper} names {name}"


def test_the_readme_has_both_commands_where_ci_takes_them_from() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for name, ends in (("build", "-o nordhaven-pack"), ("test", ".venv/bin/pytest")):
        found = re.findall(rf"<!-- command: {name} -->\n```sh\n(.+)\n```", text)
        assert len(found) == 1
        assert found[0].endswith(ends)


def test_the_wheel_carries_the_kits(tmp_path: Path) -> None:
    """hatchling's forced files are absent from an editable install, so only a wheel shows them."""
    if shutil.which("git") is None:
        pytest.skip("the copy is taken from git's list")
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    listing = subprocess.run(
        [sys.executable, "-m", "zipfile", "-l", str(next(tmp_path.glob("*.whl")))],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    page = [f"govpack/report/page/{name}" for name in ("page.html.jinja", "page.css", "page.js")]
    for name in ("govpack/templates/partnership/kit.yaml", "partnership/starter/pack.yaml", *page):
        assert name in listing
    for name in ("authoring/", "tests/", "fixtures/"):
        assert name not in listing
