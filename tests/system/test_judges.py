"""Outer judges and our own lints find nothing wrong: not in a built pack, the templates, or what the engine makes."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.support.judges import JUDGES, judged
from tests.support.lints import faults_of
from tests.support.validator import Validator
from tests.template.corpus import corpus

ROOT = Path(__file__).parents[2]


def _office(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".docx", ".pptx", ".xlsx"):
            yield path.relative_to(folder).as_posix(), path


def _written(folder: Path) -> Iterator[tuple[str, Path]]:
    """What is filled from a template."""
    return ((name, path) for name, path in _office(folder) if path.suffix != ".xlsx")


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the engine makes of the corpus, in a folder."""
    folder = tmp_path_factory.mktemp("corpus")
    for name, (draw, fill) in corpus().items():
        (folder / name).write_bytes(fill(draw()).data)
    return folder


@pytest.mark.parametrize("judge", JUDGES)
def test_an_outer_judge_says_nothing_that_the_list_of_false_alarms_does_not_explain(
    judge: str, nordhaven_pack: Path, minimal_pack: Path, small_pack: Path, large_pack: Path, made: Path
) -> None:
    places = {
        "pack": nordhaven_pack,
        "minimal": minimal_pack,
        "templates": ROOT / "templates",
        "corpus": made,
    }
    files = [(f"{place}/{name}", path) for place, folder in places.items() for name, path in _office(folder)]
    # Of other sizes, what changes most with the number of partners.
    files += [
        (f"{place}/{name}", path)
        for place, folder in (("small", small_pack), ("large", large_pack))
        for name, path in _office(folder)
        if path.suffix != ".docx"
    ]
    assert len(files) > 20
    unexplained, unneeded = judged(judge, files)
    assert unexplained == []
    assert unneeded == [], "these entries of tests/support/false_alarms.yaml can go"


def test_our_own_lints_find_nothing_in_the_example(nordhaven_pack: Path) -> None:
    assert {name: faults for name, path in _written(nordhaven_pack) if (faults := faults_of(path.read_bytes()))} == {}


def test_our_own_lints_find_only_marked_gaps_in_a_draft(minimal_pack: Path) -> None:
    found = {name: faults_of(path.read_bytes(), draft=True) for name, path in _written(minimal_pack)}
    assert {name: faults for name, faults in found.items() if faults} == {}


def test_our_own_lints_find_nothing_in_what_the_engine_makes(made: Path) -> None:
    found = {name: faults_of(path.read_bytes(), draft=name == "rich.docx") for name, path in _office(made)}
    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.validator
def test_the_open_xml_sdk_finds_no_error_in_what_the_engine_makes(made: Path, validator: Validator) -> None:
    files = [path for _, path in _office(made)]
    with ThreadPoolExecutor(2) as workers:
        found = dict(zip(files, workers.map(validator.errors_of, files), strict=True))
    assert not {path.name: errors for path, errors in found.items() if errors}
