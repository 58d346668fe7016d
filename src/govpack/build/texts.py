"""Every text of an Office file, wherever it stands: paragraphs, attributes, properties, embedded packages.

The files of a pack share most of their parts and many of their texts, so each part, by its bytes, is read only once.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from itertools import accumulate, chain
from typing import TYPE_CHECKING, NamedTuple, cast

from lxml import etree

from govpack.ooxml.names import qn
from govpack.ooxml.package import read_package

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from govpack.ooxml.package import Package

ACROSS = 8
"""So many words on each side of the end of a paragraph or cell are read in one: a sentence may go on there."""

_PARAGRAPHS = tuple(map(qn, ("w:p", "a:p", "s:si")))
_TEXTS = tuple(map(qn, ("w:t", "a:t", "m:t", "s:t")))
_UNSEEN = tuple(map(qn, ("w:delText", "w:instrText", "w:delInstrText")))
_BLANKS = dict.fromkeys(map(qn, ("w:tab", "w:br", "w:cr", "w:ptab", "a:br")), " ") | {qn("w:noBreakHyphen"): "-"}
_ATTRIBUTES = etree.XPath("//@*", smart_strings=False)
_EVERY_TEXT = etree.XPath("//text()", smart_strings=False)
_CONTROLS = (qn("w:tag"), qn("w:alias"))
_NAMED = tuple(map(qn, ("w:bookmarkStart", "w:docVar", "wp:docPr", "pic:cNvPr", "p:cNvPr")))
_VALUE, _NAME = qn("w:val"), qn("w:name")
_MARKUP = (".xml", ".rels", ".vml")
# Pictures, sounds and fonts hold no text.
_MUTE = (
    "image/",
    "audio/",
    "video/",
    "font/",
    "application/x-font",
    "application/vnd.openxmlformats-officedocument.obf",
)
# What a reader does not see within a word: soft hyphens, and blanks and joints of no width.
_UNPRINTED = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")


class PartTexts(NamedTuple):
    """What one part says: its texts, each once and plain; the words around the ends of paragraphs and cells; its names
    of controls, and of whatever else has a name.
    """

    texts: tuple[str, ...] = ()
    across: tuple[str, ...] = ()
    controls: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


def plain(text: str) -> str:
    """A text as it is compared: blanks and apostrophes of every kind are the usual ones, and nothing is unprinted."""
    text = text.replace("_", " ")
    if text.isascii():
        return text
    return unicodedata.normalize("NFKC", _UNPRINTED.sub("", text)).replace("’", "'").replace("‘", "'")


@dataclass(slots=True)
class TextReader:
    """Reads the texts of files that have much in common."""

    _parts: dict[bytes, PartTexts] = field(default_factory=dict)

    def read(self, package: Package, inside: str = "") -> Iterator[tuple[str, PartTexts | None]]:
        """Each part of `package` and what it says, None where that cannot be known.

        Those of an embedded package stand behind its own name and a comma.
        """
        for part in package.names:
            place = f"{inside}{part}"
            kind = package.content_type(part)
            if part.endswith(_MARKUP) or kind.endswith("xml"):
                data = package.read(part)
                found = self._parts.get(data)
                if found is None:
                    found = self._parts[data] = _read_part(package.tree(part))
                yield place, found
            elif kind.startswith(_MUTE):
                yield place, PartTexts()
            elif (data := package.read(part)).startswith(b"PK\x03\x04"):
                yield from self.read(read_package(data, name=place), f"{place}, ")
            else:
                yield place, None


def _read_part(root: etree._Element) -> PartTexts:
    # Lists of the parser's own making: to look at each element here takes four times as long.
    blanks, unseen = _holders(root, _BLANKS), _holders(root, _UNSEEN)
    lines = []
    said = []
    for paragraph in root.iter(*_PARAGRAPHS):
        wanted = (*_TEXTS, *_BLANKS) if paragraph in blanks else _TEXTS
        lines.append("".join([_BLANKS.get(node.tag) or node.text or "" for node in paragraph.iter(*wanted)]))
        if paragraph in unseen:
            said.append("".join([node.text or "" for node in paragraph.iter(*_TEXTS, *_UNSEEN)]))
    found = dict.fromkeys(chain(lines, said, *(cast("list[str]", find(root)) for find in (_ATTRIBUTES, _EVERY_TEXT))))
    return PartTexts(
        tuple(dict.fromkeys(map(plain, found))),
        tuple(dict.fromkeys(map(plain, _across(lines)))),
        tuple(element.get(_VALUE, "") for element in root.iter(*_CONTROLS)),
        tuple(dict.fromkeys(element.get(_NAME) or element.get("name") or "" for element in root.iter(*_NAMED))),
    )


def _holders(root: etree._Element, tags: Iterable[str]) -> set[etree._Element | None]:
    """The paragraphs in which an element of these tags stands."""
    return {next(element.iterancestors(*_PARAGRAPHS), None) for element in root.iter(*tags)}


def _across(lines: Iterable[str]) -> Iterator[str]:
    """The words on both sides of the end of each line."""
    split = [words for line in lines if (words := line.split())]
    words = list(chain.from_iterable(split))
    for end in list(accumulate(map(len, split)))[:-1]:
        yield " ".join(words[max(end - ACROSS, 0) : end + ACROSS])
