"""LibreOffice, as far as tests need it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Office:
    """A LibreOffice of its own: `folder` holds its profile, so that no other one is in the way."""

    program: str
    folder: Path

    def convert(self, files: Sequence[Path], form: str, out: Path) -> list[Path]:
        """Save each file again as `form` (``pdf``, ``docx``, ``pptx``) under `out`; where they are, in their order.

        AssertionError names those that LibreOffice could not open. All go through one start of it, under numbered
        names, since many documents of a pack share one.
        """
        numbered = out / "given"
        numbered.mkdir(parents=True)
        copies = [shutil.copy(file, numbered / f"{number}-{file.name}") for number, file in enumerate(files)]
        profile = (self.folder / "profile").as_uri()
        command = [self.program, f"-env:UserInstallation={profile}", "--headless", "--convert-to", form]
        # Seconds on a quiet machine for what takes minutes on a busy one.
        limit = 120 + 60 * len(files)
        subprocess.run(
            [*command, "--outdir", str(out), *map(str, copies)], check=True, capture_output=True, timeout=limit
        )
        made = [out / Path(copy).with_suffix(f".{form}").name for copy in copies]
        missing = [str(file) for file, result in zip(files, made, strict=True) if not result.is_file()]
        assert not missing, f"LibreOffice could not open {missing}"
        return made
