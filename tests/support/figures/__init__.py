"""Whether the files of a built pack show the same figures, and those of the model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.figures.expected import expected
from tests.support.figures.sightings import Sighting, sightings

if TYPE_CHECKING:
    from pathlib import Path

    from govpack.model.pack import Pack

__all__ = ["Sighting", "disagreements", "sightings"]


def disagreements(folder: Path, pack: Pack) -> list[str]:
    """A sentence for each figure in the files of `folder` that isn't the model's, with its file and the words there."""
    right = expected(pack)
    return [
        f"{seen.file}: {seen.what} is {seen.written.value} in ‘{seen.words[:160]}’; "
        f"the model says {right.get(seen.what, 'nothing of it')}"
        for seen in sightings(folder)
        if seen.what not in right or not seen.written.stands_for(right[seen.what])
    ]
