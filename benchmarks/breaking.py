"""How far the checker can be trusted: every requirement broken in every way, and how many of them it found.

Run it by hand: ``python benchmarks/breaking.py``. It builds fixtures/nordhaven, breaks its files as tests/breaking
does, and prints both rates: breaks found with their place, alarms on the unbroken pack. Exit code 1 where one is
missed.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.breaking.proof import Proof  # noqa: E402 - the tests are no package that is installed

from govpack.build import build_pack  # noqa: E402


def main() -> int:
    """Print the rates and what was missed; 1 where something was."""
    proof = Proof(ROOT / "templates" / "partnership" / "checklist.yaml")
    names = [name for name, (_, wanted) in proof.requirements.items() if wanted.kind.name != "for_a_person"]
    with tempfile.TemporaryDirectory() as folder:
        pack = Path(folder) / "pack"
        build_pack(ROOT / "fixtures" / "nordhaven", pack)
        tried = [way for name in names for way in proof.break_each_way(name, pack, Path(folder) / "broken")]
        alarms = [alarm for name in names for alarm in proof.alarms(name, pack)]
    missed = [way for way in tried if not way.detected]
    print(f"{len(names)} requirements, {len(tried)} breaks: {len(tried) - len(missed)} found with their place")
    print(f"{len(alarms)} false alarms on the unbroken pack")
    for line in (*missed, *alarms):
        print(f"  {line}")
    return 1 if missed or alarms else 0


if __name__ == "__main__":
    sys.exit(main())
