"""The files of a pack become one tree, and each key remembers its file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from govpack.errors import SourceError
from govpack.findings import Location
from govpack.inputs import read_tree
from govpack.sources import locate

if TYPE_CHECKING:
    from pathlib import Path


def write(folder: Path, **files: str) -> Path:
    """Files in `folder`; ``__`` in a name stands for its dot."""
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text)
    return folder


def complaint(path: Path) -> list[str]:
    """Everything that is said against the pack, the folder left out."""
    with pytest.raises(SourceError) as refusal:
        read_tree(path)
    return [str(finding).replace(f"{path}/", "") for finding in refusal.value.findings]


def test_the_top_level_keys_of_all_files_are_merged(tmp_path: Path) -> None:
    """YAML under both suffixes, JSON and tables, each with its own places."""
    write(tmp_path, a__yaml="pack:\n  title: T\n", b__yml="risks: []\n", c__JSON='{"people": {}}')
    write(tmp_path, partners__csv="id,name\nnimbus,Nimbus\n")
    tree = read_tree(tmp_path)
    assert tree == {"pack": {"title": "T"}, "risks": [], "people": {}, "partners": [{"id": "nimbus", "name": "Nimbus"}]}
    assert locate(tree, ("pack", "title")) == Location(str(tmp_path / "a.yaml"), 2, 10)
    assert locate(tree, ("risks",)) == Location(str(tmp_path / "b.yml"), 1, 8)
    assert locate(tree, ("partners", 0, "name")) == Location(str(tmp_path / "partners.csv"), 2, 8)
    assert locate(tree, ("strategy",)) == Location(str(tmp_path))


def test_a_single_file_is_a_pack_too(tmp_path: Path) -> None:
    """The smallest packs need no folder."""
    write(tmp_path, one__yaml="pack: {title: T}\n", two__yaml="risks: []\n")
    assert read_tree(tmp_path / "one.yaml") == {"pack": {"title": "T"}}


def test_what_is_no_input_is_left_alone(tmp_path: Path) -> None:
    """Hidden files, drafts that start with _, other kinds of files, other folders."""
    write(tmp_path, a__yaml="risks: []\n", _b__yaml="\t", __c__yaml="\t", notes__txt="\t", d__md="x")
    for name in ("kit", "out", "sub.yaml"):
        (tmp_path / name).mkdir()
        write(tmp_path / name, e__yaml="\t")
    assert read_tree(tmp_path) == {"risks": []}


def test_a_key_given_twice_names_both_places(tmp_path: Path) -> None:
    """Whichever files give it."""
    write(tmp_path, a__yaml="partners: []\n", b__yaml="risks: []\npartners: []\n", partners__csv="id\nx\n")
    first = f"the first is at {tmp_path / 'a.yaml'}:1:1"
    with pytest.raises(SourceError) as refusal:
        read_tree(tmp_path)
    said = [(finding.location, finding.message) for finding in refusal.value.findings]
    assert said == [
        (Location(str(tmp_path / "b.yaml"), 2, 1), f"'partners' is given twice; {first}"),
        (Location(str(tmp_path / "partners.csv"), 1, 1), f"'partners' is given twice; {first}"),
    ]


def test_all_broken_files_are_told_at_once(tmp_path: Path) -> None:
    """One run shows what is wrong in each of them."""
    write(tmp_path, a__yaml="", b__yaml="a: [\n", c__json="{,}", d__csv="id,id\n", e__yaml="- 1\n", f__yaml="ok: 1\n")
    assert [line.split(": ")[0] for line in complaint(tmp_path)] == [
        "a.yaml",
        "b.yaml:1:4",
        "c.json:1:2",
        "d.csv:1:4",
        "e.yaml:1:1",
    ]


def test_the_top_of_a_file_must_be_names(tmp_path: Path) -> None:
    """A list has no name under which it could be merged."""
    write(tmp_path, risks__yaml="- id: R1\n")
    said = "risks.yaml:1:1: the top of this file must be names with values, not a list or a single value"
    assert complaint(tmp_path) == [f"{said} (start it with a name, such as 'risks:')"]


def test_a_folder_without_inputs_says_what_to_put_there(tmp_path: Path) -> None:
    """An empty folder is the first thing that many people try."""
    assert complaint(tmp_path) == [
        f"{tmp_path}: this folder holds no inputs (.yaml, .json or .csv) "
        "(put a pack.yaml into it, or lay out a new pack with 'govpack init')"
    ]


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    """And a file of a kind that is no input."""
    assert "there is no such file or folder" in complaint(tmp_path / "gone")[0]
    write(tmp_path, pack__docx="x")
    assert "'pack.docx' is no input that govpack reads" in complaint(tmp_path / "pack.docx")[0]
