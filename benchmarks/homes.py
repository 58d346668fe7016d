"""Where the engines of benchmarks/engine.py live: each peer in a folder of its own, installed there when it is missing.

The folder is ``$GOVPACK_BENCH_HOME``, or one beside the machine's temporary files. It is a cache: delete it, and the
newest versions are installed again. A peer that can't be had is reported, and the others are measured.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).resolve().parent
PYTHON_PEERS = ("docxtpl", "rust-docxtpl", "docx-mailmerge2")
# What a Node.js peer needs beside itself.
NODE_PEERS = {"docxtemplater": ("pizzip",), "carbone": (), "easy-template-x": ()}
_PATIENCE = 300


class PeerError(Exception):
    """A peer can't be installed, or failed; the text says why."""


@dataclass(frozen=True, slots=True)
class Engine:
    """How to start an engine's worker: `command` and the environment, to which the engine's name comes."""

    name: str
    version: str
    command: tuple[str, ...]
    environment: dict[str, str]


def home() -> Path:
    """The folder for the peers."""
    named = os.environ.get("GOVPACK_BENCH_HOME")
    return Path(named).expanduser() if named else Path(tempfile.gettempdir()) / "govpack-benchmark-peers"


def own(name: str, distribution: str = "govpack") -> Engine:
    """An engine that runs in the environment of govpack, by its distribution if it has one.

    pip compiles what it installs, as it did the peers; a checkout is compiled by the workers before anything counts.
    """
    command = (sys.executable, str(HERE / "worker.py"))
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = str(home() / "bytecode")
    return Engine(name, version(distribution) if distribution else "", command, environment)


def find(name: str) -> Engine:
    """The peer `name`, installed if it was not. PeerError says why it can't be had."""
    return _find_python(name) if name in PYTHON_PEERS else _find_node(name)


def _find_python(name: str) -> Engine:
    folder = home() / name
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    asked = [str(python), "-c", f"from importlib.metadata import version; print(version({name!r}))"]
    if not (folder / "ready").exists():
        shutil.rmtree(folder, ignore_errors=True)
        venv.create(folder, with_pip=True)
        _run([str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", name])
        (folder / "ready").touch()
    # Nothing of govpack's own environment is to be found from there.
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    return Engine(name, _run(asked), (str(python), str(HERE / "worker.py")), environment)


def _find_node(name: str) -> Engine:
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        raise PeerError("there is no Node.js with npm on this machine")
    folder = home() / name
    if not (folder / "ready").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        (folder / "package.json").write_text('{"private": true}')
        _run([npm, "install", "--no-audit", "--no-fund", "--loglevel=error", name, *NODE_PEERS[name]], folder)
        (folder / "ready").touch()
    modules = folder / "node_modules"
    found = json.loads((modules / name / "package.json").read_text())["version"]
    environment = os.environ | {"NODE_PATH": str(modules)}
    return Engine(name, found, (node, str(HERE / "node" / "worker.js")), environment)


def _run(command: list[str], folder: Path | None = None) -> str:
    """What `command` prints. PeerError with the last line of its complaint where it fails."""
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=_PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise PeerError(str(error)) from None
    if done.returncode:
        complaint = (done.stderr or done.stdout).strip().splitlines() or [f"exit code {done.returncode}"]
        raise PeerError(complaint[-1])
    return done.stdout.strip()
