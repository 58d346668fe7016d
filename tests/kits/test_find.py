"""Kits are found where the user says, beside the pack, or among the bundled ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.kit import lay_kit

from govpack.errors import KitError
from govpack.kits import bundled_kits, find_kit


def test_the_bundled_kits_are_found_from_a_checkout() -> None:
    assert [folder.name for folder in bundled_kits()] == ["partnership"]


def test_without_a_word_the_pack_names_a_bundled_kit() -> None:
    assert find_kit(name="partnership").name == "partnership"


def test_a_kit_beside_the_pack_comes_before_the_bundled_one(tmp_path: Path) -> None:
    lay_kit(tmp_path / "kit")
    assert find_kit(name="partnership", pack_folder=tmp_path) == tmp_path / "kit"


def test_a_kit_that_is_given_comes_before_one_beside_the_pack(tmp_path: Path) -> None:
    lay_kit(tmp_path / "kit")
    lay_kit(tmp_path / "mine")
    assert find_kit(str(tmp_path / "mine"), pack_folder=tmp_path) == tmp_path / "mine"
    assert find_kit("partnership", pack_folder=tmp_path) == bundled_kits()[0]


def test_an_unknown_kit_is_named_with_the_nearest_one_and_the_list() -> None:
    with pytest.raises(KitError) as caught:
        find_kit("partnershp")
    assert [str(finding) for finding in caught.value.findings] == [
        "there is no kit 'partnershp' (did you mean 'partnership'?) (bundled: partnership; or give a folder)"
    ]


@pytest.mark.parametrize("beside", [True, False])
def test_a_folder_without_a_manifest_is_no_kit(tmp_path: Path, beside: bool) -> None:
    (tmp_path / "kit").mkdir()
    with pytest.raises(KitError, match="is no kit"):
        find_kit(None if beside else str(tmp_path / "kit"), pack_folder=tmp_path)
