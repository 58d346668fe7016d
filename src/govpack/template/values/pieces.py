"""Pieces of markup that a template makes of itself: the bodies of macros, call blocks and block assignments."""

from __future__ import annotations

import re
from enum import Enum

from govpack.template.values.binding import HYPHEN

_TEXT = re.compile(
    r"<(?:w|a):t(?:\s[^>]*)?>([^<]*)</|(<(?:w:br|w:cr|a:br)[ />])|(<w:tab/>)|(</(?:w|a):p>)|(<w:noBreakHyphen/>)"
)
_RUN = re.compile(
    r"<(?P<n>w|a):r>(?P<look><(?P=n):rPr(?:/>|\s[^>]*/>|(?:\s[^>]*)?>(?:(?!</(?P=n):rPr>).)*</(?P=n):rPr>))?"
    r"(?:<(?P=n):t(?:\s[^>]*)?>[^<]*</(?P=n):t>|<(?P=n):t(?:\s[^>]*)?/>|<w:(?:br|tab|noBreakHyphen)/>)*</(?P=n):r>|<a:br/>",
    re.DOTALL,
)


class Level(Enum):
    """What a tag, or a piece, stands among. The value is how a person says it."""

    TEXT = "text of a field or property"
    RUNS = "text within a paragraph"
    PARAGRAPHS = "whole paragraphs"
    CELLS = "whole cells"
    ROWS = "whole rows"


class Piece(str):
    """What a body of the template gave. As text it reads plainly; `markup` is what goes into the part.

    `origin` is the number of the slot of the tag that opens the body.
    """

    markup: str
    origin: int

    @classmethod
    def of(cls, origin: int, markup: str, *, is_text: bool) -> Piece:
        """The piece that `markup` is; with `is_text` it holds escaped text and no elements."""
        from html import unescape  # noqa: PLC0415 - all of HTML's names come along

        made = cls(unescape(markup) if is_text else plain_text(markup))
        made.markup, made.origin = markup, origin
        return made


def plain_text(markup: str) -> str:
    """The text that a reader sees in `markup`: breaks and ends of paragraphs are line feeds."""
    from html import unescape  # noqa: PLC0415

    pieces = []
    for text, line_break, tab, end, hyphen in _TEXT.findall(markup):
        sign = "\n" if line_break or end else "\t" if tab else HYPHEN if hyphen else ""
        pieces.append(unescape(text) if text else sign)
    return "".join(pieces).removesuffix("\n") if markup.endswith(":p>") else "".join(pieces)


def only_look(markup: str) -> str | None:
    """The run properties that all runs of `markup` share; None where they differ, or it is more than runs of text."""
    looks: set[str] = set()
    position = 0
    for found in _RUN.finditer(markup):
        if found.start() != position:
            return None
        position = found.end()
        if found["n"]:
            looks.add(found["look"] or "")
    if position != len(markup) or len(looks) > 1:
        return None
    return looks.pop() if looks else ""
