"""What the parts beside comments.xml say of each comment: which one it answers, whether it is done, its lasting id.

They know a comment by the id of its last paragraph, and that by another; a comment that is written again needs both
anew, and an answer belongs to the comment that was written before it.
"""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING

from lxml import etree

from govpack.ooxml.package import Deflated
from govpack.ooxml.xml import parse_xml, serialise

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_PARAGRAPH = re.compile(' w14:paraId="([0-9A-Fa-f]{8})"')
# Ids stay below 80000000; the engine's own begin where Word's random ones seldom are ([MS-DOCX] 2.6.2.3).
_FIRST = 0x7F000000


class CommentThreads:
    """The comments of one rendering as they are written, in the order of the text."""

    def __init__(self) -> None:
        self._written: list[tuple[dict[str, str], bool]] = []
        self._last = _FIRST

    def note_taken(self, texts: Iterable[str]) -> None:
        """Know the ids that the paragraphs of `texts` have."""
        for text in texts:
            self._last = max([self._last, *(int(found, 16) for found in _PARAGRAPH.findall(text))])

    def add(self, text: str, *, again: bool) -> str:
        """`text` of a comment; one that was written before gets other ids."""
        ids: dict[str, str] = {}

        def own(found: re.Match[str]) -> str:
            ids[found[1].upper()] = self._fresh() if again else found[1]
            return f' w14:paraId="{ids[found[1].upper()]}"'

        text = _PARAGRAPH.sub(own, text)
        self._written.append((ids, again))
        return text

    def _fresh(self) -> str:
        self._last += 1
        return f"{self._last:08X}"

    def write(self, parts: Mapping[str, str], members: dict[str, Deflated]) -> None:
        """Put the `parts` (by kind) among `members` anew."""
        lasting: list[dict[str, str]] = [{} for _ in self._written]
        for kind in ("commentsExtended", "commentsIds", "commentsExtensible"):
            part = parts.get(kind, "")
            if part not in members:
                continue
            root = parse_xml(members[part].inflate(), part)
            known = {_get(node, _KEYS[kind]).upper(): node for node in root}
            root[:] = []
            latest: dict[str, str] = {}
            for (ids, again), durable in zip(self._written, lasting, strict=True):
                own = durable if kind == "commentsExtensible" else ids
                for origin, identifier in own.items():
                    if (node := known.get(origin)) is None:
                        continue
                    made = deepcopy(node)
                    _put(made, _KEYS[kind], identifier)
                    latest[origin] = identifier
                    if kind == "commentsExtended" and (parent := _get(made, "paraIdParent")):
                        _put(made, "paraIdParent", latest.get(parent.upper(), ""))
                    if kind == "commentsIds" and (found := _get(made, "durableId")):
                        durable[found.upper()] = self._fresh() if again else found
                        _put(made, "durableId", durable[found.upper()])
                    root.append(made)
            members[part] = Deflated.of(serialise(root))


_KEYS = {"commentsExtended": "paraId", "commentsIds": "paraId", "commentsExtensible": "durableId"}


def _name(node: etree._Element, local: str) -> str:
    return next((str(name) for name in node.attrib if etree.QName(str(name)).localname == local), "")


def _get(node: etree._Element, local: str) -> str:
    name = _name(node, local)
    return node.get(name, "") if name else ""


def _put(node: etree._Element, local: str, value: str) -> None:
    """Set the attribute `local`; without a value, take it away."""
    name = _name(node, local)
    if value:
        node.set(name, value)
    else:
        del node.attrib[name]
