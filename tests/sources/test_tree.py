"""The marked tree finds the place of anything, and of what is not there."""

from __future__ import annotations

import copy

from govpack.findings import Location
from govpack.sources import MergedDict, column_of, line_of, locate, pack_mark
from govpack.sources.yaml import parse_yaml

TREE = parse_yaml("people:\n  cio:\n    name: Tomas\npartners:\n  - id: nimbus\n", "f.yaml")


def test_a_missing_key_points_at_its_parent() -> None:
    """There is nothing else to point at; deeper steps make no difference."""
    assert locate(TREE, ("people", "cio", "role")) == Location("f.yaml", 3, 5)
    assert locate(TREE, ("people", "cio", "role", "deeper")) == Location("f.yaml", 3, 5)
    assert locate(TREE, ("partners", 7)) == Location("f.yaml", 5, 3)
    assert locate(TREE, ("partners", 0, "name")) == Location("f.yaml", 5, 5)
    assert locate(TREE, ("risks",)) == Location("f.yaml", 1, 1)
    assert locate(TREE, ()) == Location("f.yaml", 1, 1)
    assert locate("text", ("a",)) == Location("")


def test_a_step_of_the_wrong_kind_is_a_missing_one() -> None:
    """A name into a list, a number into a mapping."""
    assert locate(TREE, ("partners", "id")) == Location("f.yaml", 5, 3)
    assert locate(TREE, ("people", 0)) == Location("f.yaml", 2, 3)


def test_a_merged_tree_knows_the_file_of_each_key() -> None:
    """Only the top comes from several files; below, every mapping has its own."""
    merged = MergedDict("folder")
    merged.put("people", TREE["people"], TREE.marks["people"], TREE.key_marks["people"])
    merged.files["people"] = "f.yaml"
    assert locate(merged, ("people", "cio", "name")) == Location("f.yaml", 3, 11)
    assert merged.key_location("people") == Location("f.yaml", 1, 1)
    assert locate(merged, ("risks",)) == Location("folder")


def test_positions_fit_one_int() -> None:
    """Line and column come out as they went in."""
    mark = pack_mark(100_000, 67_108_864)
    assert (line_of(mark), column_of(mark)) == (100_000, 67_108_864)


def test_a_tree_is_plain_data_to_everyone_else() -> None:
    """It equals, copies and reads like the dicts and lists that it is."""
    assert TREE == {"people": {"cio": {"name": "Tomas"}}, "partners": [{"id": "nimbus"}]}
    assert copy.deepcopy(TREE) == TREE
