"""The example with other clauses chosen: its inputs copied, and what its contracts choose and leave out replaced."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.support.command import run_build

from govpack.kits import find_kit, read_kit


def lay_choices(
    inputs: Path, folder: Path, *, clauses: Mapping[str, str] | None = None, omit: Sequence[str] = ()
) -> Path:
    """A copy of `inputs` at `folder` in which every contract chooses `clauses` and leaves out `omit`, no others."""
    made = shutil.copytree(inputs, folder)
    file = made / "contracts.yaml"
    text = re.sub(r"^    clauses: .*\n", "", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
    chosen = ", ".join(f"{name}: {variant}" for name, variant in (clauses or {}).items())
    added = f"    clauses: {{{chosen}}}\n    omit_clauses: [{', '.join(omit)}]\n"
    text = re.sub(r"^(  - id: C-\w+\n)", rf"\1{added}", text, flags=re.MULTILINE)
    file.write_text(text, encoding="utf-8")
    return made


def build_agreements(inputs: Path, out: Path, *names: str) -> Path:
    """The agreements of `inputs` (or the documents `names`), built into `out`."""
    only = [word for name in names or ("partnership-agreement",) for word in ("--only", name)]
    return run_build(inputs, out, *only)


def build_fallbacks(inputs: Path, folder: Path, variant: str) -> Path:
    """The agreements of `inputs` with `variant` in every clause that has it, built in `folder`."""
    clauses = read_kit(find_kit()).clauses
    chosen = {name: variant for name, clause in clauses.items() if variant in clause.variants}
    assert chosen
    return build_agreements(lay_choices(inputs, folder / "inputs", clauses=chosen), folder / "out")
