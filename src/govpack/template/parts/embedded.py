"""Tags in the files that a file holds: embedded workbooks and documents, inserted texts, macros, OLE objects.

Nothing fills those, so a tag in one is refused. Office's own files are looked through as they read (a tag may be split
over runs); of other binary data only what stands there as plain text can be found.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING

from govpack.errors import PackageError
from govpack.ooxml.names import qn
from govpack.ooxml.package import Limits, Package, read_package
from govpack.ooxml.xml import parse_xml
from govpack.template.markup.encodings import is_ascii_based
from govpack.template.markup.members import is_mute

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

_PAIRS = (("{{", "}}"), ("{%", "%}"), ("{#", "#}"))
_LONGEST = 2_000
# In binary data a tag is what looks like one: any two bytes may be two braces.
_IN_BYTES = re.compile(rb"\{\{[-+]?\s{0,3}[\w\"'(\[][ -~]{0,200}?\}\}|\{%[-+]?\s{0,3}[a-z][ -~]{1,200}?%\}")
_IN_UTF_16 = re.compile(rb"(?:\{\0){2}(?:[ -~]\0){1,200}?(?:\}\0){2}|\{\0%\0(?:[ -~]\0){1,200}?%\0\}\0")
_BRACES = ((b"{{", _IN_BYTES), (b"{%", _IN_BYTES), (b"{\0{\0", _IN_UTF_16), (b"{\0%\0", _IN_UTF_16))
# Binary data with more braces than this is made to be slow to look through.
_MOST_BRACES = 20_000
# What is larger than this is no text that a person wrote: it is searched as it stands, and not taken apart.
_LARGEST = 16 * 2**20
# A part of an embedded file is parsed where a brace stands in its text or begins a tag; ids in braces are no reason.
_WORTH_PARSING = re.compile(rb">[^<>{]*\{|\{[{%#]|&#")
# Elements whose text a reader sees as one: paragraphs, and the texts of a workbook's cells.
_BLOCKS = (*map(qn, ("w:p", "a:p", "s:si", "s:is")), "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}p")
_RTF = re.compile(r"\\'[0-9a-fA-F]{2}|\\([{}\\])|\\[a-zA-Z]+-?\d* ?|\\[^a-zA-Z]|[{}\r\n]")
_MARKUP = re.compile(r"<[^<>]*>")
_HYPERTEXT = ("htm", "html", "xhtml", "mht", "mhtml")
_TEXTS = ("txt", "csv", "json", "md")
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Held:
    """A tag in a file within the file, or, where `tag` is empty, why the file can't be looked through.

    `inside` is the part of the embedded file that it stands in, if that has parts.
    """

    inside: str
    tag: str
    reason: str = ""


@dataclass(slots=True)
class Search:
    """Looks for tags in files within a file; all that it inflates is bounded together."""

    left: int = field(default_factory=lambda: Limits().total_bytes)

    def first(self, name: str, data: bytes, depth: int = 1) -> Held | None:
        """The first tag in the file `data`, if there is one."""
        if data.startswith(b"PK\x03\x04"):
            return self._in_zip(name, data, depth)
        suffix = name.rpartition(".")[2].lower()
        try:
            if len(data) > _LARGEST:
                tag = _tag(data.decode("latin-1")) or _in_bytes(data)
            elif data.startswith(b"{\\rtf"):
                tag = _tag(_RTF.sub(lambda found: found[1] or "", data.decode("latin-1")))
            elif suffix in _HYPERTEXT or suffix in _TEXTS:
                tag = next((tag for text in _texts(suffix, data) if (tag := _tag(text))), "")
            else:
                tag = _in_bytes(data)
        except OverflowError as error:
            return Held("", "", str(error))
        return Held("", tag) if tag else None

    def in_package(self, package: Package, depth: int = 1) -> Held | None:
        """The first tag in the parts of an embedded `package`."""
        for part in package:
            if is_mute(part):
                continue
            data = package.read(part)
            if part.rpartition(".")[2].lower() in ("xml", "rels", "vml"):
                if tag := _in_xml(data):
                    return Held(part, tag)
            elif held := self.first(part, data, depth + 1):
                return Held(f"{part} › {held.inside}" if held.inside else part, held.tag, held.reason)
        return None

    def _in_zip(self, name: str, data: bytes, depth: int) -> Held | None:
        if depth > _DEEPEST:
            return Held("", "", "it holds files within files, more deeply than is looked through")
        try:
            package = read_package(data, limits=Limits(total_bytes=self.left), name=name.rpartition("/")[2])
        except PackageError as error:
            return Held("", "", f"it can't be looked through for tags: {error}")
        self.left -= sum(package.members[part].size for part in package)
        return self.in_package(package, depth)


def _tag(text: str) -> str:
    """The first tag in `text`: braces, and their like behind them within the length of a tag."""
    for opening, closing in _PAIRS:
        start = text.find(opening)
        while start >= 0:
            end = text.find(closing, start + 3, start + _LONGEST)
            if end >= 0:
                return " ".join(text[start : end + 2].split())[:60]
            # Only the next sign that may close one can make a tag.
            close = text.find(closing, start + 3)
            start = text.find(opening, max(start + 1, close - _LONGEST)) if close >= 0 else -1
    return ""


def _in_bytes(data: bytes) -> str:
    """The first tag that stands in binary data as plain text. OverflowError where there are too many braces."""
    tried = 0
    for braces, pattern in _BRACES:
        start = data.find(braces)
        while start >= 0:
            if found := pattern.match(data, start):
                return found[0].decode("latin-1").replace("\0", "")
            tried += 1
            if tried > _MOST_BRACES:
                raise OverflowError(f"it holds more than {_MOST_BRACES} braces, and can't be looked through for tags")
            start = data.find(braces, start + 1)
    return ""


def _in_xml(data: bytes) -> str:
    if is_ascii_based(data) and not _WORTH_PARSING.search(data):
        return ""
    if len(data) > _LARGEST:
        return _tag(data.decode("utf-8", errors="replace"))
    try:
        root = parse_xml(data)
    except PackageError:
        return _tag(data.decode("utf-8", errors="replace"))
    return next((tag for text in _readings(root) if (tag := _tag(text))), "")


def _readings(root: etree._Element) -> Iterator[str]:
    """The texts of a part: of each paragraph or cell, and of each element and attribute."""
    for element in root.iter("*"):
        if element.tag in _BLOCKS:
            yield str(element.xpath("string()"))
        elif element.text:
            yield element.text
        yield from map(str, element.attrib.values())


def _texts(suffix: str, data: bytes) -> Iterator[str]:
    """What a text or a web page reads, with its markup and without."""
    if suffix in ("mht", "mhtml"):
        import email  # noqa: PLC0415 - for a kind of file that hardly anybody embeds

        pages = [part.get_payload(decode=True) for part in email.message_from_bytes(data).walk()]
        found = [page for page in pages if isinstance(page, bytes)]
    else:
        found = [data]
    for page in found:
        text = page.decode("utf-16" if page[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", errors="replace")
        yield text
        if suffix in _HYPERTEXT:
            yield unescape(_MARKUP.sub("", text))
