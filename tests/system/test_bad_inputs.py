"""What a user may get wrong: each has its own clear message, exit code 2, and leaves what was there."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.support.command import run_build, run_govpack
from tests.support.kit import edit, lay_pack

Spoil = Callable[[Path], None]


def _append(text: str) -> Spoil:
    def spoil(folder: Path) -> None:
        with (folder / "pack.yaml").open("a", encoding="utf-8") as file:
            file.write(text)

    return spoil


def _write(data: bytes) -> Spoil:
    return lambda folder: (folder / "pack.yaml").write_bytes(data) and None


def _change(old: str, new: str) -> Spoil:
    return lambda folder: edit(folder / "pack.yaml", (old, new))


def _empty_folder(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.mkdir()
    (folder / "notes.txt").write_text("nothing here")


def _no_zip(folder: Path) -> None:
    (folder / "kit" / "note.docx").write_bytes(b"this is no zip")


# What is done to a good pack, more arguments, and what must be said of it.
CASES: dict[str, tuple[Spoil, tuple[str, ...], tuple[str, ...]]] = {
    "a missing file": (shutil.rmtree, (), ("mine", "there is no such file or folder")),
    "an empty file": (_write(b""), (), ("pack.yaml", "empty")),
    "a folder without inputs": (_empty_folder, (), ("mine", "holds no inputs", "govpack init")),
    "binary as YAML": (_write(bytes(range(256))), (), ("pack.yaml", "binary")),
    "YAML with tabs": (_append("custom:\n\ta: b\n"), (), ("pack.yaml:13:1", "tab")),
    "a wrong encoding": (_write("pack: {title: Café}\n".encode("latin-1")), (), ("pack.yaml:1:18", "UTF-8")),
    "a duplicate key": (_append("people: {}\n"), (), ("pack.yaml:12:1", "'people'", "twice")),
    "an unknown key": (_append("contrats: []\n"), (), ("pack.yaml:12:1", "'contrats'", "did you mean 'contracts'?")),
    "a wrong type": (_change("term: 36", "term: many"), (), ("pack.yaml:10:", "whole number", "'many'")),
    "an unknown reference": (_change("partner: zeta", "partner: zetta"), (), ("pack.yaml:11:", "'zetta'", "'zeta'?")),
    "an unknown kit": (lambda _: None, ("--kit", "partnershp"), ("there is no kit", "did you mean 'partnership'?")),
    "an unknown document": (lambda _: None, ("--only", "leter"), ("there is no document 'leter'", "'letter'?")),
    "a template that is not a zip": (_no_zip, (), ("note.docx", "no Office file")),
}


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pack of the good inputs."""
    folder = tmp_path_factory.mktemp("good")
    return run_build(lay_pack(folder / "mine"), folder / "out")


@pytest.mark.parametrize("case", CASES)
def test_a_bad_input_is_2_with_its_own_message_and_leaves_what_was_there(good: Path, tmp_path: Path, case: str) -> None:
    spoil, arguments, says = CASES[case]
    folder = lay_pack(tmp_path / "mine")
    out = shutil.copytree(good, tmp_path / "out")
    before = tree(out)
    spoil(folder)
    done = run_govpack("build", folder, "-o", out, *arguments)
    assert done.returncode == 2, done.stdout
    for words in says:
        assert words in done.stderr, done.stderr
    others = [name for name, (_, _, words) in CASES.items() if all(word in done.stderr for word in words)]
    assert others == [case], "the message is not its own"
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert tree(out) == before
    assert {path.name for path in tmp_path.iterdir()} <= {"mine", "out"}


def test_an_output_that_cannot_be_written_is_2(tmp_path: Path) -> None:
    folder = lay_pack(tmp_path / "mine")
    (tmp_path / "out").write_text("a file of mine")
    for out in (tmp_path / "out", tmp_path / "out" / "deeper"):
        done = run_govpack("build", folder, "-o", out)
        assert done.returncode == 2
        assert str(out) in done.stderr
        assert "Traceback" not in done.stderr
    assert (tmp_path / "out").read_text() == "a file of mine"


@pytest.mark.skipif(not hasattr(shutil.os, "geteuid") or shutil.os.geteuid() == 0, reason="the superuser may write")
def test_an_output_that_may_not_be_written_is_2(tmp_path: Path) -> None:
    folder = lay_pack(tmp_path / "mine")
    out = tmp_path / "out"
    out.mkdir(mode=0o555)
    done = run_govpack("build", folder, "-o", out)
    assert done.returncode == 2
    assert "permission denied" in done.stderr.lower()


def test_all_problems_of_the_inputs_come_at_once(tmp_path: Path) -> None:
    folder = lay_pack(tmp_path / "mine")
    for case in ("an unknown key", "a wrong type", "an unknown reference"):
        CASES[case][0](folder)
    done = run_govpack("validate", folder)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 4
