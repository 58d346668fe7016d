"""Packages are read under limits, and written the same every time."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govpack.errors import PackageError
from govpack.ooxml import Limits, parse_xml, read_package, write_package


def word_file() -> bytes:
    buffer = io.BytesIO()
    docx.Document().save(buffer)
    return buffer.getvalue()


def zipped(*members: tuple[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return buffer.getvalue()


def test_a_word_file_is_known_by_its_main_part() -> None:
    package = read_package(word_file())
    assert (package.kind, package.main_part) == ("docx", "word/document.xml")
    assert any(r.target == "word/styles.xml" for r in package.relationships(package.main_part).values())


def test_what_is_written_reads_back_the_same_with_content_types_first() -> None:
    package = read_package(word_file())
    data = write_package((name, package.read(name)) for name in reversed(package.names))
    again = read_package(data)
    assert again.names[0] == "[Content_Types].xml"
    assert {name: again.read(name) for name in again} == {name: package.read(name) for name in package}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_same_members_give_the_same_bytes() -> None:
    members = [("a.xml", b"<a/>"), ("ü.xml", b"<b/>")]
    assert write_package(members) == write_package(members)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b"plain text", "no Office file"),
        (b"PK\x03\x04 cut off", "no Office file"),
        (b"\xd0\xcf\x11\xe0 rest", "encrypted or pre-2007"),
        (zipped(("x.txt", b"x")), "names no main part|has no part"),
    ],
)
def test_what_is_no_office_file_is_refused_in_words(data: bytes, said: str) -> None:
    with pytest.raises(PackageError, match=said):
        _ = read_package(data).kind


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match=r"gone\.docx"):
        read_package(tmp_path / "gone.docx")


def test_a_member_given_twice_is_refused() -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        data = zipped(("a.xml", b"1"), ("a.xml", b"2"))
    with pytest.raises(PackageError, match="twice"):
        read_package(data)


def test_a_member_without_a_name_is_refused() -> None:
    with pytest.raises(PackageError, match="a member without a name"):
        read_package(write_package([("", b"x"), ("a.xml", b"<a/>")]))


def test_a_strict_file_is_refused_with_the_way_to_mend_it() -> None:
    kind = "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"
    relation = f'<Relationship Id="rId1" Type="{kind}" Target="word/document.xml"/>'
    listed = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relation}'
    package = read_package(write_package([("_rels/.rels", f"{listed}</Relationships>".encode())]))
    with pytest.raises(PackageError, match=r"Strict Open XML.*\(\.docx\)"):
        _ = package.kind


def test_a_bomb_is_refused_before_it_inflates() -> None:
    data = zipped(("bomb.xml", b"0" * 8_000_000))
    with pytest.raises(PackageError, match="times its size"):
        read_package(data)
    with pytest.raises(PackageError, match="MB"):
        read_package(zipped(("big.xml", bytes(range(256)) * 9000)), limits=Limits(member_bytes=2**20))


def test_markup_may_be_held_to_less_than_pictures() -> None:
    """A parsed part takes many times its size."""
    data = write_package([("word/document.xml", b"<a/>" * 2_000), ("word/media/picture.png", bytes(9_000))])
    assert read_package(data, limits=Limits(markup_bytes=8_000)).names == (
        "word/document.xml",
        "word/media/picture.png",
    )
    with pytest.raises(PackageError, match="holds more than 0 MB of markup"):
        read_package(data, limits=Limits(markup_bytes=7_999))


def test_a_damaged_member_is_refused() -> None:
    data = bytearray(zipped(("a.xml", b"hello hello hello hello")))
    data[40] ^= 0xFF
    with pytest.raises(PackageError, match=r"damaged|no Office file"):
        read_package(bytes(data))


@given(st.binary(max_size=300))
def test_random_bytes_never_give_anything_but_a_clear_refusal(data: bytes) -> None:
    with pytest.raises(PackageError):
        _ = read_package(data).main_part


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>',
        '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        "<a><b></a>",
        "",
    ],
)
def test_document_types_entities_and_broken_xml_are_refused(text: str) -> None:
    with pytest.raises(PackageError):
        parse_xml(text.encode(), "word/document.xml")
