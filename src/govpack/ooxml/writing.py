"""Office packages put into files, the same way every time.

Members that nobody changes keep their deflated bytes, so writing a package costs no more than deflating what changed.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from govpack.ooxml.package import CONTENT_TYPES, LOCAL, Deflated

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# 1980-01-01 00:00, the earliest date a zip can hold: the same inputs give the same file on any day.
_DOS_TIME, _DOS_DATE = 0, 0x0021
_CENTRAL = struct.Struct("<4s6H3L5HL")  # the offset follows
_END = struct.Struct("<4s4H2LH")


class PackageWriter:
    """Writes packages that have most of their members in common: the entries of `known` are made once."""

    def __init__(self, known: Mapping[str, Deflated]) -> None:
        self._known = {name: (member, *_entry(name, member)) for name, member in known.items()}

    def write(self, members: Mapping[str, Deflated]) -> bytes:
        """A zip of `members` in their order, but the content types first, as OPC readers like it; reproducible."""
        chunks: list[bytes] = []
        index: list[bytes] = []
        offset = 0
        names: Iterable[str] = members
        if next(iter(members), "") != CONTENT_TYPES:
            names = sorted(members, key=CONTENT_TYPES.__ne__)
        for name in names:
            member = members[name]
            known = self._known.get(name)
            if known is not None and known[0] is member:
                _, local, central, encoded = known
            else:
                local, central, encoded = _entry(name, member)
            chunks += (local, member.data)
            index += (central, offset.to_bytes(4, "little"), encoded)
            offset += len(local) + len(member.data)
        size = sum(map(len, index))
        end = _END.pack(b"PK\x05\x06", 0, 0, len(members), len(members), size, offset, 0)
        return b"".join([*chunks, *index, end])


def _entry(name: str, member: Deflated) -> tuple[bytes, bytes, bytes]:
    """What stands in a zip before the member's data; in its index before the offset, and after it."""
    encoded = name.encode()
    flags = 0 if name.isascii() else 0x800
    common = (flags, 8, _DOS_TIME, _DOS_DATE, member.crc, len(member.data), member.size, len(encoded), 0)
    return (
        LOCAL.pack(b"PK\x03\x04", 20, *common) + encoded,
        _CENTRAL.pack(b"PK\x01\x02", 20, 20, *common, 0, 0, 0, 0),
        encoded,
    )


def write_package(members: Iterable[tuple[str, bytes | Deflated]]) -> bytes:
    """A zip of `members` in their order, as `PackageWriter` writes it."""
    made = {name: content if isinstance(content, Deflated) else Deflated.of(content) for name, content in members}
    return PackageWriter({}).write(made)
