"""In which signs a part is written. Office writes UTF-8, XML allows for more, and what looks for bytes must know."""

from __future__ import annotations

import re

_DECLARED = re.compile(rb"""(?:\xef\xbb\xbf)?\s*<\?xml\b[^>]*?\bencoding\s*=\s*["']([\w.:-]+)""")
_ASCII_BASED = ("utf-8", "utf8", "us-ascii", "ascii", "iso-8859-", "windows-125", "cp125", "latin1")


def is_ascii_based(data: bytes) -> bool:
    """Whether a brace of the XML part `data` is the byte of a brace: not in UTF-16, UTF-7 and their like."""
    if b"\0" in data[:256]:
        return False
    declared = _DECLARED.match(data)
    return declared is None or declared[1].decode().lower().startswith(_ASCII_BASED)
