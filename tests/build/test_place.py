"""Files come into the output folder by rename, all of them or none, and never over what a person wrote."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from govpack.build.place import hash_of, plan_moves, put_in_place
from govpack.build.stage import open_stage
from govpack.errors import BuildError


def lay(folder: Path, **files: str) -> dict[str, str]:
    """Write files (underscores in names become slashes) and return their hashes by path."""
    hashes = {}
    for name, text in files.items():
        path = name.replace("_", "/") + ".docx"
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)
        hashes[path] = hash_of(target)
    return hashes


def tree(folder: Path) -> dict[str, str]:
    """Everything below a folder: files with their text, folders with a slash."""
    return {
        path.relative_to(folder).as_posix() + ("/" if path.is_dir() else ""): "" if path.is_dir() else path.read_text()
        for path in sorted(folder.rglob("*"))
    }


def put(out: Path, old: dict[str, str], *, replace: bool = False, **files: str) -> list[str]:
    """Stage files and put them in place where `old` ones were recorded; returns the warnings."""
    with open_stage(out) as stage:
        new = lay(stage.pack, **files)
        moves = plan_moves(out, new, old, [path for path in old if path not in new], replace=replace)
        put_in_place(stage.pack, stage.backup, out, moves)
    return [str(finding) for finding in moves.findings]


def test_new_files_appear_in_a_folder_that_was_not_there(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "out"
    put(out, {}, a="A", b_c="C")
    assert tree(tmp_path) == {
        "deep/": "",
        "deep/out/": "",
        "deep/out/a.docx": "A",
        "deep/out/b/": "",
        "deep/out/b/c.docx": "C",
    }


def test_an_unedited_file_is_rewritten_and_one_no_longer_made_goes_with_its_folder(tmp_path: Path) -> None:
    old = lay(tmp_path / "out", a="old", gone_x="x")
    put(tmp_path / "out", old, a="new")
    assert tree(tmp_path) == {"out/": "", "out/a.docx": "new"}


def test_a_file_that_stays_the_same_is_not_touched(tmp_path: Path) -> None:
    out = tmp_path / "out"
    old = lay(out, a="same")
    os.utime(out / "a.docx", (1, 1))
    put(out, old, a="same")
    assert (out / "a.docx").stat().st_mtime == 1


def test_an_edited_file_and_a_strange_one_stop_the_build_and_are_both_named(tmp_path: Path) -> None:
    out = tmp_path / "out"
    old = lay(out, a="old", strange="mine")
    del old["strange.docx"]
    (out / "a.docx").write_text("signed")
    before = tree(out)
    with pytest.raises(BuildError) as caught:
        put(out, old, a="new", strange="theirs")
    said = [str(finding) for finding in caught.value.findings]
    assert "a.docx: is in the way and was edited since govpack wrote it" in said[0]
    assert "strange.docx: is in the way and was not written by govpack" in said[1]
    assert "--replace" in said[0]
    assert tree(tmp_path / "out") == before
    assert list(tmp_path.iterdir()) == [out]


def test_replace_moves_an_edited_file_aside_and_never_over_an_earlier_one(tmp_path: Path) -> None:
    out = tmp_path / "out"
    old = lay(out, a="old")
    lay(out, a="edited")
    (out / "a.edited-1.docx").write_text("edited before")
    put(out, old, replace=True, a="new")
    assert tree(out) == {"a.docx": "new", "a.edited-1.docx": "edited before", "a.edited-2.docx": "edited"}


def test_an_edited_file_that_is_no_longer_made_stays_and_is_named(tmp_path: Path) -> None:
    out = tmp_path / "out"
    old = lay(out, a="old", gone="x")
    (out / "gone.docx").write_text("signed")
    warnings = put(out, old, a="new")
    assert tree(out) == {"a.docx": "new", "gone.docx": "signed"}
    assert len(warnings) == 1
    assert "gone.docx" in warnings[0]


def test_files_beside_the_pack_are_left_alone(tmp_path: Path) -> None:
    out = tmp_path / "out"
    old = lay(out, a="old")
    (out / ".~lock.a.docx#").write_text("open in LibreOffice")
    (out / "~$a.docx").write_text("open in Word")
    put(out, old, a="new")
    assert set(tree(out)) == {".~lock.a.docx#", "a.docx", "~$a.docx"}


@pytest.mark.parametrize("fails_at", range(1, 7))
def test_a_rename_that_fails_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails_at: int
) -> None:
    out = tmp_path / "out"
    old = lay(out, a="old", b="old", gone_x="x")
    (out / "b.docx").write_text("edited")
    before = tree(tmp_path)
    real, calls = Path.rename, 0

    def rename(self: Path, target: Path) -> Path:
        nonlocal calls
        calls += 1
        if calls == fails_at:
            raise OSError(28, "No space left on device", str(self), None, str(target))
        return real(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(BuildError, match="No space left on device"):
        put(out, old, replace=True, a="new", b="new", c_d="new")
    assert calls >= fails_at
    assert tree(tmp_path) == before


def test_an_interrupt_between_two_renames_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    old = lay(out, a="old", b="old")
    before = tree(tmp_path)
    real, calls = Path.rename, 0

    def rename(self: Path, target: Path) -> Path:
        nonlocal calls
        calls += 1
        moved = real(self, target)
        if calls == 3:
            raise KeyboardInterrupt
        return moved

    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(KeyboardInterrupt):
        put(out, old, a="new", b="new")
    assert tree(tmp_path) == before


def test_what_cannot_be_put_back_is_kept_and_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    old = lay(out, a="old")
    real, calls = Path.rename, 0

    def rename(self: Path, target: Path) -> Path:
        nonlocal calls
        calls += 1
        if calls > 1:
            raise OSError(5, "Input/output error", str(self), None, str(target))
        return real(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(BuildError, match="is kept in") as caught:
        put(out, old, a="new")
    kept = Path(str(caught.value).split("is kept in ")[1])
    assert (kept / "a.docx").read_text() == "old"


def test_a_folder_that_leads_elsewhere_is_not_followed(tmp_path: Path) -> None:
    out, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    lay(elsewhere, a="theirs")
    out.mkdir()
    (out / "sub").symlink_to(elsewhere, target_is_directory=True)
    with pytest.raises(BuildError, match="leads out of the output folder"):
        put(out, {}, sub_a="new")
    assert tree(elsewhere) == {"a.docx": "theirs"}


def test_a_link_where_a_document_goes_is_in_the_way(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "a.docx").symlink_to(tmp_path / "nowhere")
    with pytest.raises(BuildError):
        put(out, {}, a="new")


def test_a_file_cannot_be_built_into(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(BuildError, match="is a file"), open_stage(tmp_path / "out"):
        pass
    with pytest.raises(BuildError, match="choose another folder"), open_stage(tmp_path / "out" / "deeper"):
        pass
    assert tree(tmp_path) == {"out": "mine"}
