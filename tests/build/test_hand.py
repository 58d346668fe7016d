"""What a person did to the built files outlives the next build, whichever way it was done, and the message says so."""

from __future__ import annotations

import io
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from tests.support.kit import edit, lay_pack
from tests.template.pictures import png

from govpack.build import build_pack
from govpack.errors import BuildError
from govpack.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.office import Office

LETTER = "counterparty/acme/letter.docx"
ADVICE = "close it where it is open, or see that you may read and write there, or build elsewhere with -o"
W_LOCK, LO_LOCK = b"\x04Ann" + b" " * 158, b",ann,desk,01.10.2026 09:00,file:///home/ann;"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return lay_pack(tmp_path / "mine")


@pytest.fixture
def out(tmp_path: Path, pack: Path) -> Path:
    """The pack as it was built; then its inputs changed, so that the next build writes every document anew."""
    folder = tmp_path / "out"
    build_pack(pack, folder)
    edit(pack / "pack.yaml", ("Small programme", "Programme"), ("term: 36", "term: 24"), ("term: 12", "term: 6"))
    return folder


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def refused(pack: Path, out: Path) -> str:
    """What a build says that stops; all that was there must still be there, and nothing beside it."""
    before = tree(out.parent)
    with pytest.raises(BuildError) as caught:
        build_pack(pack, out)
    assert tree(out.parent) == before
    return "\n".join([str(caught.value), *map(str, caught.value.findings)])


def sign(file: Path) -> None:
    """A picture of a signature in a cell."""
    document = docx.Document(str(file))
    cell = document.add_table(1, 2).rows[0].cells[1]
    cell.paragraphs[0].add_run().add_picture(io.BytesIO(png(120, 40)))
    document.save(str(file))


def insert(file: Path) -> None:
    """A tracked insertion: nothing of what was there goes."""
    document = docx.Document(str(file))
    head = f'<w:ins {nsdecls("w")} w:id="900" w:author="Ann" w:date="2026-10-01T09:00:00Z">'
    document.paragraphs[0]._p.append(parse_xml(f"{head}<w:r><w:t> not</w:t></w:r></w:ins>"))
    document.save(str(file))


def comment(file: Path) -> None:
    """The marks of a comment; its words lie in a part of their own."""
    document = docx.Document(str(file))
    for name in ("w:commentRangeStart", "w:commentRangeEnd"):
        mark = OxmlElement(name)
        mark.set(qn("w:id"), "7")
        document.paragraphs[0]._p.append(mark)
    document.save(str(file))


@pytest.mark.parametrize("by_hand", [sign, insert, comment])
def test_what_was_signed_changed_or_remarked_on_stays_until_it_is_moved_aside(
    pack: Path, out: Path, by_hand: Callable[[Path], None]
) -> None:
    by_hand(out / LETTER)
    theirs = (out / LETTER).read_bytes()
    said = refused(pack, out)
    assert "letter.docx: is in the way and was edited since govpack wrote it" in said
    assert "--replace moves it aside, or build elsewhere with -o" in said
    build_pack(pack, out, replace=True)
    assert (out / "counterparty/acme/letter.edited-1.docx").read_bytes() == theirs
    assert (out / LETTER).read_bytes() != theirs


@pytest.mark.office
def test_what_libreoffice_saved_over_itself_counts_as_edited(
    pack: Path, out: Path, office: Office, tmp_path: Path
) -> None:
    (again,) = office.convert([out / LETTER], "docx", tmp_path / "again")
    shutil.copy(again, out / LETTER)
    assert "letter.docx: is in the way and was edited since" in refused(pack, out)


def test_a_file_that_was_given_another_name_or_place_stays_there(pack: Path, out: Path) -> None:
    old = tree(out)
    (out / LETTER).rename(out / "counterparty" / "acme" / "letter signed.docx")
    (out / "counterparty" / "zeta").rename(out / "counterparty" / "Zeta AB")
    (out / "internal" / "note.docx").unlink()
    build_pack(pack, out)
    now = tree(out)
    assert now["counterparty/acme/letter signed.docx"] == old[LETTER]
    assert now["counterparty/Zeta AB/letter.docx"] == old["counterparty/zeta/letter.docx"]
    assert set(old) < set(now)


def test_a_document_that_was_put_in_the_place_of_another_is_not_overwritten(pack: Path, out: Path) -> None:
    shutil.copy(out / "counterparty/zeta/letter.docx", out / LETTER)
    assert "acme/letter.docx: is in the way and was edited since" in refused(pack, out)


def test_a_file_where_a_folder_goes_is_named(pack: Path, out: Path) -> None:
    shutil.rmtree(out / "counterparty")
    (out / "counterparty").write_text("notes")
    said = refused(pack, out)
    assert f"{out / 'counterparty'}: a file stands where a folder goes (move it, or build elsewhere with -o)" in said


def test_a_file_that_is_protected_from_writing_is_not_replaced(pack: Path, out: Path) -> None:
    (out / LETTER).chmod(0o444)
    old = (out / LETTER).read_bytes()
    said = refused(pack, out)
    assert (
        "letter.docx: is in the way and is protected from writing (lift the protection to have it written anew; "
        in said
    )
    build_pack(pack, out, replace=True)
    aside = out / "counterparty/acme/letter.edited-1.docx"
    assert (aside.read_bytes(), os.access(out / LETTER, os.W_OK)) == (old, True)
    assert aside.stat().st_mode & 0o777 == 0o444


def test_a_protected_file_that_would_stay_the_same_is_in_nobodys_way(tmp_path: Path, pack: Path) -> None:
    out = tmp_path / "out"
    build_pack(pack, out)
    (out / LETTER).chmod(0o444)
    assert build_pack(pack, out).unchanged == 3


def test_a_protected_file_that_is_no_longer_made_stays_and_is_named(pack: Path, out: Path) -> None:
    (out / LETTER).chmod(0o444)
    edit(pack / "pack.yaml", ("  - {id: C-1,", "#"))
    (found,) = (each for each in build_pack(pack, out).findings if "no longer makes it" in each.message)
    assert "acme/letter.docx: this pack no longer makes it, and it is protected from writing: it stays" in str(found)
    assert (out / LETTER).exists()


@pytest.mark.parametrize(
    ("owner", "holds"),
    [("~$letter.docx", W_LOCK), ("~$etter.docx", W_LOCK), ("~$tter.docx", W_LOCK), (".~lock.letter.docx#", LO_LOCK)],
)
def test_a_file_that_is_open_in_an_office_program_is_named_with_what_to_do(
    pack: Path, out: Path, owner: str, holds: bytes
) -> None:
    """A program that crashed leaves such a file, too, so it warns and stops nothing."""
    beside = out / "counterparty" / "acme" / owner
    beside.write_bytes(holds)
    (found,) = (each for each in build_pack(pack, out).findings if owner in each.message)
    assert found.severity is Severity.WARNING
    assert f"was written anew while a program seems to have it open, as {owner} beside it says" in str(found)
    assert "close it there without saving, or save it under another name" in str(found)
    assert beside.read_bytes() == holds


def test_a_file_that_its_program_does_not_let_go_stops_the_build_and_is_named(
    pack: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows refuses to move a file that Word has open; what was moved before it goes back."""
    real = Path.rename

    def rename(self: Path, target: Path) -> Path:
        if self == out / LETTER:
            raise PermissionError(13, "The process cannot access the file", str(self), 32, str(target))
        return real(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    said = refused(pack, out)
    assert f"cannot write {out / LETTER}: The process cannot access the file; {out} is as it was: {ADVICE}" in said


@pytest.mark.parametrize("name", [LETTER, "pack.json"])
def test_a_file_that_cannot_be_read_stops_the_build_and_is_named(
    pack: Path, out: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Nobody can tell whether a person edited it."""
    real = Path.read_bytes

    def read_bytes(self: Path) -> bytes:
        if self == out / name:
            raise PermissionError(13, "Permission denied", str(self))
        return real(self)

    before = tree(out.parent)
    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    with pytest.raises(BuildError) as caught:
        build_pack(pack, out)
    monkeypatch.undo()
    assert f"cannot read {out / name}" in str(caught.value)
    assert f"Permission denied; nothing was changed: {ADVICE}" in str(caught.value)
    assert tree(out.parent) == before


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write where nobody else may")
@pytest.mark.parametrize("folder", ["", "counterparty/acme"])
def test_a_folder_that_may_not_be_written_stops_the_build_and_is_as_it_was(pack: Path, out: Path, folder: str) -> None:
    (out / folder).chmod(0o555)
    try:
        said = refused(pack, out)
    finally:
        (out / folder).chmod(0o755)
    assert f"cannot write {'to ' if folder == '' else ''}{out / folder}" in said
    assert "with -o" in said
