"""A file that is no text is told what it is, and how to mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from govpack.errors import SourceError
from govpack.findings import Location
from govpack.sources import read_source, read_yaml
from govpack.sources import text as text_module

if TYPE_CHECKING:
    from pathlib import Path


def complaint(tmp_path: Path, data: bytes, name: str = "f.yaml") -> str:
    """What is said against a file with `data`, its folder left out."""
    file = tmp_path / name
    file.write_bytes(data)
    with pytest.raises(SourceError) as refusal:
        read_source(file)
    (finding,) = refusal.value.findings
    assert str(finding) == str(refusal.value)
    assert isinstance(finding.location, Location)
    return str(finding).removeprefix(f"{tmp_path}/")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "f.yaml: the file is empty (write something into it, or delete it)"),
        (b" \n\n", "f.yaml: the file is empty"),
        (b"\xef\xbb\xbf", "f.yaml: the file is empty"),
        (b"PK\x03\x04rest", "f.yaml: this is a zip archive, perhaps a Word, PowerPoint or Excel file, not a text file"),
        (b"%PDF-1.7", "f.yaml: this is a PDF file"),
        (b"\xd0\xcf\x11\xe0\xa1", "f.yaml: this is an old or encrypted Office file"),
        (b"\x80\x81\x00\x02", "f.yaml: this is a binary file, not a text file"),
        (b"a: 1\nb: \x00\n", "f.yaml:2:4: there is a NUL character here"),
        (b"a: 1\nb: x\x0by\n", "f.yaml:2:5: there is an invisible control character here (U+000B) (delete it)"),
        ("a: 1\n".encode("utf-16"), "f.yaml:1:1: this file is saved as UTF-16 or UTF-32, not as UTF-8"),
        ("a: 1\n".encode("utf-16-le"), "f.yaml:1:1: this file is saved as UTF-16"),
        ("a: 1\n".encode("utf-16-be"), "f.yaml:1:1: this file is saved as UTF-16"),
        ("a: 1\n".encode("utf-32"), "f.yaml:1:1: this file is saved as UTF-16 or UTF-32"),
        ("a: 1\nb: café\n".encode("latin-1"), "f.yaml:2:7: the byte 0xE9 is not UTF-8, perhaps 'é' in Windows-1252"),
        (b"\xef\xbb\xbfa: \xff\n", "f.yaml:1:4: the byte 0xFF is not UTF-8"),
    ],
)
def test_what_is_no_text_is_named(tmp_path: Path, data: bytes, said: str) -> None:
    """Empty, binary, another encoding: each has its own message."""
    assert complaint(tmp_path, data).startswith(said)


def test_json_and_csv_are_read_as_strictly(tmp_path: Path) -> None:
    """One reader of text serves all formats."""
    assert "UTF-16" in complaint(tmp_path, "[1]".encode("utf-16"), "f.json")
    assert "0xE9" in complaint(tmp_path, "id\ncafé\n".encode("latin-1"), "f.csv")


def test_a_byte_order_mark_is_no_character(tmp_path: Path) -> None:
    """Windows editors write one; columns count as if it were not there."""
    file = tmp_path / "f.yaml"
    file.write_bytes(b"\xef\xbb\xbfa: 1\n")
    assert read_yaml(file).location("a") == Location(str(file), 1, 4)


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    """The two commonest slips."""
    with pytest.raises(SourceError, match=r"gone\.yaml: there is no such file"):
        read_yaml(tmp_path / "gone.yaml")
    with pytest.raises(SourceError, match="this is a folder, and a file is needed here"):
        read_yaml(tmp_path)
    with pytest.raises(SourceError, match="the file cannot be read"):
        read_yaml("\0.yaml")


def test_a_file_beyond_the_limit_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit keeps one mistaken file from filling the memory."""
    monkeypatch.setattr(text_module, "MAX_BYTES", 10)
    assert "larger than 64 MB" in complaint(tmp_path, b"a: 12345678\n")


def test_another_suffix_is_no_input(tmp_path: Path) -> None:
    """The suffix says how to read."""
    with pytest.raises(SourceError, match=r"'notes\.txt' is no input that govpack reads"):
        read_source(tmp_path / "notes.txt")
