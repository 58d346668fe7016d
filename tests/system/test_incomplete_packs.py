"""What a learner reads who knows nothing of govpack but its report: in plain words what is missing, and how to mend it.

Every pack with a known gap is built by the command itself; what it prints is all that the tests look at.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.support.command import run_govpack

from govpack.check.kinds import REGISTRY

INCOMPLETE = sorted(path for path in (Path(__file__).parents[2] / "fixtures" / "incomplete").iterdir() if path.is_dir())
# Words of the trade within: names in code, kinds of requirement that are no English words, and marks of templates.
INNER = re.compile(
    r"\{\{|\{%|\}\}|%\}|<class|Traceback|\b(?:jinja|pydantic|regex|glob|outline|stem|enum|tuple|dict|str|NoneType)\b",
    re.I,
)
KINDS = [name for name in REGISTRY if "_" in name]


def report_of(place: Path, name: str) -> str:
    """All that `govpack build` printed of the pack, and all that `govpack check` says after it."""
    said = (place / "said").read_text(encoding="utf-8")
    if (place / "out").exists():
        checked = run_govpack("check", place / "out", "--inputs", place / name)
        said += checked.stderr + checked.stdout
    return said.replace(f"{place}/", "")


@pytest.mark.parametrize("folder", INCOMPLETE, ids=lambda path: path.name)
def test_the_report_of_a_pack_with_a_gap_says_in_plain_words_what_to_write_where(
    folder: Path, incomplete: Callable[[str], Path]
) -> None:
    said = report_of(incomplete(folder.name), folder.name)
    assert _inner_words(said) == []
    assert _not_told_how_to_mend(said) == []
    assert _without_a_file(said, folder.name) == []


def _inner_words(said: str) -> list[str]:
    """Kinds of requirement, also those that are English words and quoted as if a reader had to know them, and code."""
    kinds = [name for name in KINDS if re.search(rf"\b{name}\b", said)]
    quoted = re.findall(rf"‘(?:{'|'.join(REGISTRY)})’", said)
    return [*kinds, *quoted, *(line for line in said.splitlines() if INNER.search(line))]


def _not_told_how_to_mend(said: str) -> list[str]:
    """What stands in the list with no remedy, its own or that of those that one step mends with it."""
    if "To mend, what costs most first" not in said:
        assert "nothing was built" in said
        line = r"[\w-]+/[\w.]+:\d+:\d+: .*(?:\(.+\)$|: change |: give |must be )"
        return [each for each in said.splitlines()[:-1] if not re.match(line, each)]
    items = re.split(r"\n(?=\S+: (?:not|partly) met)", said.partition("To mend, what costs most first")[2])[1:]
    return [item for item in items if "\n  - " in item and not re.search(r"\n    (?:To mend|For a person): ", item)]


def _without_a_file(said: str, folder: str) -> list[str]:
    """What the inputs are to give that is told with no file of theirs."""
    lacking = r"\s*To mend: (?:.*the inputs do not give|give |add \d+ more entries to )"
    found = [line for line in said.splitlines() if re.match(lacking, line)]
    warned = re.findall(r"^warning: .*", said, re.M)
    return [line for line in found if not re.search(r"\b[a-z-]+\.yaml\b", line)] + [
        line for line in warned if not re.match(rf"warning: {folder}/[a-z-]+\.yaml:", line)
    ]
