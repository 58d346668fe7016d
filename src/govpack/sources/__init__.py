"""YAML, JSON, CSV and front matter, read to trees that remember file, line and column of every value."""

from govpack.sources.csv import read_csv
from govpack.sources.files import read_source
from govpack.sources.front_matter import read_front_matter
from govpack.sources.json import read_json
from govpack.sources.tree import (
    MarkedDict,
    MarkedList,
    MergedDict,
    column_of,
    line_of,
    locate,
    location_of,
    pack_mark,
)
from govpack.sources.yaml import read_yaml

__all__ = [
    "MarkedDict",
    "MarkedList",
    "MergedDict",
    "column_of",
    "line_of",
    "locate",
    "location_of",
    "pack_mark",
    "read_csv",
    "read_front_matter",
    "read_json",
    "read_source",
    "read_yaml",
]
