"""Office packages: zip files of parts, read under limits.

Members keep their deflated bytes (`Deflated`). Zip layout: PKWARE APPNOTE 6.3; parts and relationships: ECMA-376 part 2
(OPC).
"""

from __future__ import annotations

import posixpath
import re
import struct
import zipfile
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast
from urllib.parse import unquote

from zlib_ng import zlib_ng as zlib

from govpack.errors import PackageError
from govpack.ooxml.names import RT_OFFICE_DOCUMENT, STRICT, qn
from govpack.ooxml.xml import parse_xml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

CONTENT_TYPES = "[Content_Types].xml"
STRICT_FORM = (
    "is written in Strict Open XML, which is not read here; in Office, save it as the ordinary document (.docx), "
    "presentation (.pptx) or workbook (.xlsx)"
)
_LEGACY = b"\xd0\xcf\x11\xe0"  # OLE compound file: a .doc of old, or an encrypted .docx
# What lies in it, by the names of its streams ([MS-OFFCRYPTO] 2.3.4.4; [MS-DOC], [MS-XLS], [MS-PPT]).
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_OLD = tuple(name.encode("utf-16-le") for name in ("WordDocument", "Workbook", "PowerPoint Document"))
# How many deflated bytes are inflated at a time to be held against their checksum.
_AT_ONCE = 2**16
MARKUP = (".xml", ".rels", ".svg", ".vml")
_KINDS = {"wordprocessingml": "docx", "presentationml": "pptx", "spreadsheetml": "xlsx"}
# What no name of a part holds (ECMA-376 part 2): empty segments, ways out of the package, backslashes, controls.
_NO_SEGMENTS = frozenset(("", ".", ".."))
_NO_SIGNS = re.compile(r"[\\\x00-\x1f\x7f\ud800-\udfff]")
LOCAL = struct.Struct("<4s5H3L2H")  # what stands before a member's name and data
# Next to level 6, level 5 makes texts a fiftieth longer in three quarters of the time.
_QUICK = 5
# Its stub declares an exception, and it is a class of them.
_INFLATE_ERROR = cast("type[Exception]", zlib.error)


class Limits(NamedTuple):
    """How much a package may ask for: members, bytes of one member and of all, inflated, and their ratio.

    Markup takes ten times its size and more once it is parsed, so what is to be parsed as a whole may be held to less.
    """

    members: int = 5_000
    markup_bytes: int = 128 * 2**20
    member_bytes: int = 128 * 2**20
    total_bytes: int = 256 * 2**20
    ratio: int = 200
    ratio_from: int = 4 * 2**20


DEFAULT_LIMITS = Limits()


class Deflated(NamedTuple):
    """A member as it lies in the zip: raw deflate stream, CRC-32 and inflated size in bytes."""

    data: bytes
    crc: int
    size: int

    @classmethod
    def of(cls, data: bytes, level: int = 6) -> Deflated:
        """Deflate `data` at `level`."""
        squeezer = zlib.compressobj(level, zlib.DEFLATED, -15)
        return cls(squeezer.compress(data) + squeezer.flush(), zlib.crc32(data), len(data))

    @classmethod
    def quick(cls, data: bytes) -> Deflated:
        """Deflate `data`, which is made anew for each file."""
        return cls.of(data, _QUICK)

    def inflate(self) -> bytes:
        """The bytes that were deflated."""
        return zlib.decompress(self.data, -15)


class Relationship(NamedTuple):
    """What one part says of another. `target` is a member's name, or a URL where `external`."""

    id: str
    type: str
    target: str
    external: bool


class Package:
    """A package in memory: its members, in their order, and what OPC says about them."""

    def __init__(self, members: dict[str, Deflated], name: str = "") -> None:
        self.name = name
        self.members = members
        self._relationships: dict[str, dict[str, Relationship]] = {}
        self._trees: dict[str, etree._Element] = {}

    def __contains__(self, part: str) -> bool:
        return part in self.members

    def __iter__(self) -> Iterator[str]:
        return iter(self.members)

    @property
    def names(self) -> tuple[str, ...]:
        """The members' names, in the order they lie in the file."""
        return tuple(self.members)

    def read(self, part: str) -> bytes:
        """The inflated bytes of `part`. PackageError where there is none."""
        try:
            return self.members[part].inflate()
        except KeyError:
            raise PackageError(f"{self.name or 'the package'} has no part '{part}'") from None

    def tree(self, part: str) -> etree._Element:
        """The root of `part`, parsed once for all who only read it. PackageError where it is missing or no XML."""
        if part not in self._trees:
            self._trees[part] = parse_xml(self.read(part), part)
        return self._trees[part]

    def relationships(self, part: str = "") -> dict[str, Relationship]:
        """The relationships of `part` by id; of the package itself where `part` is empty."""
        if part not in self._relationships:
            self._relationships[part] = self._read_relationships(part)
        return self._relationships[part]

    def _read_relationships(self, part: str) -> dict[str, Relationship]:
        folder, _, file = part.rpartition("/")
        member = posixpath.join(folder, "_rels", f"{file}.rels")
        if member not in self.members:
            return {}
        found = {}
        for node in parse_xml(self.read(member), member).iter(qn("rel:Relationship")):
            external = node.get("TargetMode") == "External"
            target = node.get("Target", "")
            if not external:
                # Targets are URIs: relative to the part's folder, or from the root with a leading slash.
                target = posixpath.normpath(posixpath.join("/" + folder, unquote(target))).lstrip("/")
            identifier = node.get("Id", "")
            found[identifier] = Relationship(identifier, node.get("Type", ""), target, external)
        return found

    @cached_property
    def _content_types(self) -> tuple[dict[str, str], dict[str, str]]:
        root = parse_xml(self.read(CONTENT_TYPES), CONTENT_TYPES)
        defaults = {n.get("Extension", "").lower(): n.get("ContentType", "") for n in root.iter(qn("ct:Default"))}
        overrides = {n.get("PartName", "").lstrip("/"): n.get("ContentType", "") for n in root.iter(qn("ct:Override"))}
        return defaults, overrides

    def content_type(self, part: str) -> str:
        """The content type of `part`, or an empty text where the package gives none."""
        defaults, overrides = self._content_types
        return overrides.get(part) or defaults.get(part.rpartition(".")[2].lower(), "")

    @cached_property
    def main_part(self) -> str:
        """The document, presentation or workbook part. PackageError where there is none."""
        for relationship in self.relationships().values():
            if relationship.type == RT_OFFICE_DOCUMENT and relationship.target in self.members:
                return relationship.target
            if relationship.type.startswith(STRICT):
                raise PackageError(f"{self.name or 'the file'} {STRICT_FORM}")
        raise PackageError(f"{self.name or 'the package'} is a zip file but no Office document: it names no main part")

    @cached_property
    def kind(self) -> str:
        """``docx``, ``pptx`` or ``xlsx``. PackageError for any other package."""
        content_type = self.content_type(self.main_part)
        for word, kind in _KINDS.items():
            if word in content_type:
                return kind
        raise PackageError(f"{self.name or 'the package'} is no Word, PowerPoint or Excel file ({content_type})")


def read_package(source: Path | bytes, *, limits: Limits = DEFAULT_LIMITS, name: str = "") -> Package:
    """Read an Office file under `limits`.

    PackageError where it is missing, no zip, encrypted, damaged, holds one name twice, or asks for more than
    the limits allow.
    """
    if isinstance(source, Path):
        name = name or source.name
        try:
            data = source.read_bytes()
        except OSError as error:
            raise PackageError(f"cannot read {source}: {error.strerror}") from None
    else:
        data = source
    what = name or "the file"
    if data.startswith(_LEGACY):
        if _LOCKED in data:
            raise PackageError(f"{what} is protected by a password; open it with that and save it without")
        if any(stream in data for stream in _OLD):
            raise PackageError(f"{what} is an Office file of before 2007; save it as .docx, .pptx or .xlsx")
        raise PackageError(f"{what} is an encrypted or pre-2007 Office file; save it as .docx, .pptx or .xlsx")
    if not data:
        raise PackageError(f"{what} is empty")
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return Package(_read_members(archive, data, limits, what), name)
    except (zipfile.BadZipFile, _INFLATE_ERROR, struct.error, EOFError, NotImplementedError) as error:
        raise PackageError(f"{what} is no Office file: not a readable zip ({error})") from None


def _read_members(archive: zipfile.ZipFile, data: bytes, limits: Limits, what: str) -> dict[str, Deflated]:
    entries = [entry for entry in archive.infolist() if not entry.filename.endswith("/")]
    if len(entries) > limits.members:
        raise PackageError(f"{what} holds {len(entries)} members; at most {limits.members} are read")
    if sum(entry.file_size for entry in entries) > limits.total_bytes:
        raise PackageError(f"{what} inflates to more than {limits.total_bytes // 2**20} MB; it is not read")
    members: dict[str, Deflated] = {}
    taken: set[str] = set()
    for entry in entries:
        member = entry.filename
        if not member:
            raise PackageError(f"{what} is a damaged zip: it holds a member without a name")
        if any(segment in _NO_SEGMENTS for segment in member.split("/")) or _NO_SIGNS.search(member):
            raise PackageError(
                f"{what} holds a member with the name '{member}', which no Office file has; it is not read"
            )
        # Names that differ in capitals only are one and the same to Office.
        if member.lower() in taken:
            raise PackageError(f"{what} holds the member '{member}' twice; it is not read")
        taken.add(member.lower())
        if entry.flag_bits & 1:
            raise PackageError(f"{what} is encrypted; save it without a password")
        if entry.file_size > limits.member_bytes:
            raise PackageError(f"{what}: '{member}' inflates to more than {limits.member_bytes // 2**20} MB")
        if entry.file_size > limits.markup_bytes and member.lower().endswith(MARKUP):
            raise PackageError(f"{what}: '{member}' holds more than {limits.markup_bytes // 2**20} MB of markup")
        if entry.file_size > limits.ratio_from and entry.file_size > limits.ratio * max(entry.compress_size, 1):
            raise PackageError(
                f"{what}: '{member}' inflates to more than {limits.ratio} times its size; it is not read"
            )
        members[member] = _read_member(data, entry, what)
    return members


def _read_member(data: bytes, entry: zipfile.ZipInfo, what: str) -> Deflated:
    signature, *_, name_length, extra_length = LOCAL.unpack_from(data, entry.header_offset)
    if signature != b"PK\x03\x04":
        raise PackageError(f"{what} is a damaged zip: '{entry.filename}' is not where its index says")
    start = entry.header_offset + LOCAL.size + name_length + extra_length
    raw = data[start : start + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        if len(raw) != entry.file_size or zlib.crc32(raw) != entry.CRC:
            raise PackageError(f"{what} is a damaged zip: '{entry.filename}' fails its checksum")
        return Deflated.of(raw)
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        raise PackageError(f"{what}: '{entry.filename}' is packed by a method that Office does not use")
    # The header's word for the size is not trusted: inflate no further than it, and hold both against the stream.
    stream = zlib.decompressobj(-15)
    size = crc = 0
    for start in range(0, len(raw), _AT_ONCE):
        piece = stream.decompress(raw[start : start + _AT_ONCE], entry.file_size + 1 - size)
        size += len(piece)
        crc = zlib.crc32(piece, crc)
        if size > entry.file_size:
            break
    if size != entry.file_size or crc != entry.CRC:
        raise PackageError(f"{what} is a damaged zip: '{entry.filename}' fails its checksum")
    return Deflated(raw, entry.CRC, entry.file_size)
