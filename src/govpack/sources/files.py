"""Picks the reader by a file's suffix."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from govpack.findings import Location
from govpack.sources.csv import read_csv
from govpack.sources.json import read_json
from govpack.sources.text import fail
from govpack.sources.yaml import read_yaml

_READERS = {".yaml": read_yaml, ".yml": read_yaml, ".json": read_json, ".csv": read_csv}


def read_source(path: str | Path) -> Any:
    """The marked tree (or scalar) of a .yaml, .yml, .json or .csv file; SourceError for anything else."""
    reader = _READERS.get(Path(path).suffix.lower())
    if reader is None:
        fail(
            f"'{Path(path).name}' is no input that govpack reads",
            Location(str(path)),
            "give YAML (.yaml, .yml), JSON (.json) or CSV (.csv)",
        )
    return reader(path)
