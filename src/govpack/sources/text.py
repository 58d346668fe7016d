"""Reads a file as text, under limits, and says what a file is that is no text."""

from __future__ import annotations

import codecs
import re
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from govpack.errors import SourceError
from govpack.findings import Finding, Location

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_BYTES = 64 * 2**20
MAX_DEPTH = 64

# What XML 1.0 cannot hold (section 2.2, production 2), so no Office file can: refused where it is written.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SAVE_AS_UTF8 = "open it in the program that wrote it and save it as UTF-8"
_MAGIC = (
    (b"PK\x03\x04", "a zip archive, perhaps a Word, PowerPoint or Excel file"),
    (b"\xd0\xcf\x11\xe0", "an old or encrypted Office file"),
    (b"%PDF", "a PDF file"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"{\\rtf", "a rich text file"),
)
_UTF16_OR_32 = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")


def fail(message: str, location: Location, remedy: str = "") -> NoReturn:
    """Raise a SourceError with one finding."""
    give_up([Finding(message, location, remedy=remedy)])


def give_up(findings: Sequence[Finding]) -> NoReturn:
    """Raise a SourceError with all of `findings`; its message is the first, and how many more there are."""
    more = f" (and {len(findings) - 1} more)" if len(findings) > 1 else ""
    raise SourceError(f"{findings[0]}{more}", findings)


def place(file: str, text: str, offset: int) -> Location:
    """The line and column, from 1, of the character at `offset`; lines end at LF, CR LF or a lone CR."""
    before = text[:offset]
    if "\r" in before:
        ends_in_half_break = before.endswith("\r") and text[offset : offset + 1] == "\n"
        before = (before[:-1] if ends_in_half_break else before).replace("\r\n", "\n").replace("\r", "\n")
    return Location(file, before.count("\n") + 1, len(before) - before.rfind("\n"))


def read_text(path: str | Path) -> str:
    """The text of `path`: UTF-8, with or without a byte order mark, at most 64 MB.

    Raises SourceError, saying where and how to mend it, if it is missing, unreadable, too large, empty, binary,
    in another encoding, or holds characters that no document can hold.
    """
    file = str(path)
    data = _read_bytes(Path(path), file)
    for magic, what in _MAGIC:
        if data.startswith(magic):
            fail(f"this is {what}, not a text file", Location(file), "give the data as YAML, JSON or CSV")
    data = data.removeprefix(codecs.BOM_UTF8)
    if data.startswith(_UTF16_OR_32) or _looks_like_utf16(data):
        fail("this file is saved as UTF-16 or UTF-32, not as UTF-8", Location(file, 1, 1), _SAVE_AS_UTF8)
    try:
        text = data.decode()
    except UnicodeDecodeError as problem:
        _fail_encoding(file, data, problem)
    if bad := UNPRINTABLE.search(text):
        _fail_unprintable(file, text, bad.start())
    if not text.strip():
        fail("the file is empty", Location(file), "write something into it, or delete it")
    return text


def _read_bytes(path: Path, file: str) -> bytes:
    try:
        if path.is_dir():
            fail("this is a folder, and a file is needed here", Location(file))
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        fail("there is no such file", Location(file), "check its name and folder")
    except (OSError, ValueError) as problem:  # ValueError: a NUL in the name
        fail(f"the file cannot be read: {getattr(problem, 'strerror', None) or problem}", Location(file))
    if len(data) > MAX_BYTES:
        fail("the file is larger than 64 MB, the most an input may be", Location(file), "split it into several files")
    return data


def _looks_like_utf16(data: bytes) -> bool:
    """Whether every second byte of the start is NUL: UTF-16 of Western text without its byte order mark."""
    start = data[:64]
    return len(start) >= 4 and (not any(start[1::2]) or not any(start[0::2])) and any(start)


def _fail_encoding(file: str, data: bytes, problem: UnicodeDecodeError) -> NoReturn:
    before = data[: problem.start].decode()
    spot = place(file, before, len(before))
    if b"\x00" in data:
        fail("this is a binary file, not a text file", Location(file), "give the data as YAML, JSON or CSV")
    byte = data[problem.start : problem.start + 1]
    guess = byte.decode("cp1252", "replace")
    meant = f", perhaps '{guess}' in Windows-1252 or Latin-1" if guess.isprintable() and guess != "�" else ""
    fail(f"the byte 0x{byte.hex().upper()} is not UTF-8{meant}", spot, _SAVE_AS_UTF8)


def _fail_unprintable(file: str, text: str, offset: int) -> NoReturn:
    spot = place(file, text, offset)
    if text[offset] == "\0":
        fail("there is a NUL character here, so this is hardly a text file", spot, "delete it, or check the file")
    fail(f"there is an invisible control character here (U+{ord(text[offset]):04X})", spot, "delete it")
