"""What is costly to make is made once for a test run, by whichever of its processes asks first."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock


@dataclass(frozen=True)
class Shared:
    """A folder that all processes of a test run share."""

    folder: Path

    def once(self, name: str, make: Callable[[Path], object]) -> Path:
        """The folder `name`, which `make` fills, given a path where nothing stands yet; others wait until it is done.

        Where `make` raises, the next who asks tries again, and fails for the same reason.
        """
        place, done = self.folder / name, self.folder / f"{name}.done"
        with FileLock(self.folder / f"{name}.lock"):
            if not done.exists():
                shutil.rmtree(place, ignore_errors=True)
                make(place)
                done.touch()
        return place
