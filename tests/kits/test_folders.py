"""`govpack init` lays out a kit's starter, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.kit import lay_kit

from govpack.errors import KitError
from govpack.kits import bundled_kits, copy_kit, copy_starter, read_kit


@pytest.fixture
def kit(tmp_path: Path) -> Path:
    folder = lay_kit(tmp_path / "kit")
    (folder / "starter" / "deep").mkdir(parents=True)
    (folder / "starter" / "pack.yaml").write_text("pack: {}\n")
    (folder / "starter" / "deep" / "partners.csv").write_text("id\n")
    return folder


@pytest.mark.parametrize("there_already", [True, False])
def test_the_starter_is_copied_to_a_new_or_empty_folder(tmp_path: Path, kit: Path, there_already: bool) -> None:
    if there_already:
        (tmp_path / "mine").mkdir()
    assert copy_starter(kit, tmp_path / "mine") == ("deep/partners.csv", "pack.yaml")
    assert (tmp_path / "mine" / "pack.yaml").read_text() == "pack: {}\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kit", "mine"]


def test_a_folder_with_files_is_left_alone(tmp_path: Path, kit: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    with pytest.raises(KitError, match="holds files already"):
        copy_starter(kit, tmp_path / "mine")
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["thesis.txt"]


def test_a_file_is_no_folder(tmp_path: Path, kit: Path) -> None:
    (tmp_path / "mine").write_text("")
    with pytest.raises(KitError, match="is a file"):
        copy_starter(kit, tmp_path / "mine")


def test_a_kit_without_a_starter_says_so(tmp_path: Path) -> None:
    with pytest.raises(KitError, match="no 'starter' folder"):
        copy_starter(lay_kit(tmp_path / "kit"), tmp_path / "mine")


def test_the_bundled_kits_have_a_starter(tmp_path: Path) -> None:
    for folder in bundled_kits():
        assert "pack.yaml" in copy_starter(folder, tmp_path / folder.name)


def test_a_bundled_kit_is_copied_whole_and_reads_like_the_one_it_came_from(tmp_path: Path) -> None:
    for folder in bundled_kits():
        copied = copy_kit(folder, tmp_path / folder.name)
        assert {"kit.yaml", "checklist.yaml", "starter/pack.yaml"} <= set(copied)
        one, other = read_kit(folder), read_kit(tmp_path / folder.name)
        assert one.documents == other.documents
        assert list(one.clauses) == list(other.clauses)


def test_what_office_leaves_beside_its_files_is_not_copied(tmp_path: Path, kit: Path) -> None:
    (kit / "~$letter.docx").write_text("lock")
    (kit / ".DS_Store").write_text("")
    assert not {"~$letter.docx", ".DS_Store"} & set(copy_kit(kit, tmp_path / "mine"))


def test_a_kit_is_not_copied_into_itself(tmp_path: Path, kit: Path) -> None:
    with pytest.raises(KitError, match="give a folder elsewhere"):
        copy_kit(kit, kit / "copy")
    assert not (kit / "copy").exists()
