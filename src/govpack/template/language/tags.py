"""Tags in a piece of text, found by Jinja's own lexer: a ``}}`` inside a string is text, nested braces balance.

A tag may say its scope as docxtpl's do: ``{%p``, ``{%tr``, ``{%tc``, ``{%r``, ``{{p``, ``{{r``, ``{#p``.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from jinja2 import TemplateSyntaxError

from govpack.template.language.lexing import LEXER, read_words
from govpack.template.markup.paragraphs import PAGE_BREAK

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPEN = re.compile(r"\{\{|\{%|\{#")
_WORD = re.compile(r"[+-]?\s*(\w+)")
# Word turns straight quotes into these as one types; inside a tag they can only be meant as delimiters.
_TYPED = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "\u00a0": " ", "\u202f": " "})
_LINES = str.maketrans("\n\r\t", "   ")
# A longer tag is not closed: the lexer need not read the rest of a long text to find that out.
_LONGEST = 20_000
# Texts with more are no texts that a person wrote; to go on would take time that grows with the square.
_MOST_TAGS, _MOST_FAULTS = 1_000, 20

OPENERS = {word: f"end{word}" for word in ("for", "if", "macro", "call", "filter", "with", "set", "raw")}
BRANCHES = {"elif": ("if",), "else": ("if", "for")}
CLOSERS = {end: start for start, end in OPENERS.items()}
# Words that stand alone: an assignment, the inclusion of a named fragment, a call for its effect, jumps of a loop.
JUMPS = frozenset(("break", "continue"))
SINGLE = frozenset(("set", "include", "do", *JUMPS))
# What a tag says of the table cell it stands in, or of its row.
CELL_WORDS = frozenset(("cellbg", "colspan", "hm", "vm", "keepnext"))
# Words that make up blocks of several tags.
PAIRED = frozenset((*OPENERS, *BRANCHES, *CLOSERS)) - {"set", "raw", "endraw"}
STATEMENTS = frozenset((*OPENERS, *BRANCHES, *CLOSERS, *SINGLE, *CELL_WORDS))
# Words of Jinja that a template in one file has no use for, with what to do instead.
REFUSED = {
    "import": "it reads another file; a template is one file, so define the macro in it",
    "from": "it reads another file; a template is one file, so define the macro in it",
    "extends": "it reads another file; a template is one file, so start from a copy of the other",
    "block": "it is for templates that others extend; a template is one file, so leave the tag out",
    "autoescape": "values are always escaped, so leave the tag out",
    "trans": "there are no translations here; write the text, or choose it with an if",
    "debug": "it shows what is not for readers; 'govpack fields' lists the values",
}
_SET_BLOCK = re.compile(r"set\s+[\w.]+\s*(?:\|.*)?", re.DOTALL)
_RAW = re.compile(r"\{%[-+]?\s*raw\s*[-+]?%\}")
_END_RAW = re.compile(r"\{%(?:(p|tr|tc|r)\s)?[-+]?\s*endraw\s*[-+]?%\}")
# A tag as far as its first closing mark, with no sign that trims the text beside it.
_PLAIN = re.compile(r"\{(?:\{(?!-)[^\0]{0,2000}?(?<!-)\}\}|%(?!-)[^\0]{0,2000}?(?<!-)%\})")
_SIGNS = ("-", "+")
_SCOPED = re.compile(r"(p|tr|tc|r)\s+(?=\S)")
# A name before an operator is a value: "{{r if x else y}}" prints r.
_SCOPED_VALUE = re.compile(r"(p|tr|tc|r)\s+(?!(?:if|in|is|and|or|not\s+in)\b)(?=[\w\"'(\[{“‘])")


class Kind(Enum):
    """What a tag is: a value to print, a statement, a word on its table cell, or nothing (comments, raw marks)."""

    VALUE = "value"
    BLOCK = "block"
    CELL = "cell"
    SILENT = "silent"

    __hash__ = object.__hash__  # each is one; Python's own for enumerations goes by the name, which takes longer


@lru_cache(maxsize=8_192)
def first_word(source: str) -> str:
    """The word that says which statement the `source` of a tag is; the empty text where there is none."""
    found = _WORD.match(source)
    return found[1] if found else ""


class Tag(NamedTuple):
    """One tag: where it stands in its text (`start`, `end`), as typed (`raw`), and what it says (`source`).

    `scope` is the element that the tag says it stands for: p, tr, tc or r; empty where it finds its own.
    """

    start: int
    end: int
    kind: Kind
    raw: str
    source: str
    scope: str = ""

    @property
    def word(self) -> str:
        """The first word of a statement: ``for``, ``endif``."""
        return first_word(self.source)

    @property
    def opens(self) -> bool:
        """Whether the tag opens a block. ``set`` does where it gives no value: what stands between is the value."""
        if self.kind is not Kind.BLOCK:
            return False
        return _SET_BLOCK.fullmatch(self.source) is not None if self.word == "set" else self.word in OPENERS

    @property
    def closes(self) -> bool:
        """Whether the tag closes a block."""
        return self.kind is Kind.BLOCK and self.word in CLOSERS

    @property
    def is_raw(self) -> bool:
        """Whether the tag begins or ends text that is left as it is."""
        return self.kind is Kind.BLOCK and self.word in ("raw", "endraw")

    @property
    def is_single(self) -> bool:
        """Whether the tag is a statement that stands alone."""
        return self.kind is Kind.BLOCK and self.word in SINGLE and not self.opens


class TagError(Exception):
    """A tag that cannot be read: `tag` as typed, and why."""

    def __init__(self, tag: str, reason: str) -> None:
        super().__init__(reason)
        self.tag = tag
        self.reason = reason


def has_tag(text: str) -> bool:
    """Whether a tag begins anywhere in `text`."""
    return _OPEN.search(text) is not None


class TagFinder:
    """Finds the tags of the texts of one part, in order; it remembers a raw block that goes on in the next text."""

    def __init__(self) -> None:
        self.in_raw = False

    def find(self, text: str, most: int = _MOST_TAGS) -> Iterator[Tag | TagError]:
        """The tags of `text`. A tag that can't be read comes as a TagError, and the search goes on behind it."""
        position = count = faults = 0
        flat = text.translate(_LINES)
        while True:
            if self.in_raw:
                ended = _END_RAW.search(text, position)
                if ended is None:
                    return
                self.in_raw, position = False, ended.end()
                yield Tag(ended.start(), position, Kind.BLOCK, ended[0], "endraw", ended[1] or "")
            found = _OPEN.search(text, position)
            if found is None:
                return
            count += 1
            if count > most or faults > _MOST_FAULTS:
                what = f"more than {most} tags" if count > most else f"more than {_MOST_FAULTS} tags that can't be read"
                yield TagError(_excerpt(text, found.start()), f"the paragraph holds {what}, of which this is the next")
                return
            try:
                tags = _read_tag(flat, found.start())
            except TagError as error:
                faults += 1
                yield error
                position = found.start() + 2
                continue
            yield from tags
            position = tags[-1].end
            self.in_raw = tags[-1].kind is Kind.BLOCK and tags[-1].word == "raw"


def find_tags(text: str) -> Iterator[Tag | TagError]:
    """The tags of `text` in order, where it stands for itself."""
    return TagFinder().find(text, most=len(text))


def _read_tag(text: str, start: int) -> list[Tag]:
    try:
        return _lex(text, start)
    except TagError:
        typed = text.translate(_TYPED)
        if typed == text:
            raise
        return _lex(typed, start)


def _lex(text: str, start: int) -> list[Tag]:
    """The tag at `start`, or the two marks of a raw block."""
    if plain := _PLAIN.match(text, start):
        # The same tags come again and again; one that takes nothing beside it along is the same wherever it stands.
        tag = _plain_tag(plain[0])
        if tag is not None:
            return [Tag(start, plain.end(), *tag[2:])]
    return _lex_in(text, start)


@lru_cache(maxsize=8_192)
def _plain_tag(text: str) -> Tag | None:
    """The tag that `text` is as a whole; None where it is none, or takes blanks beside it along."""
    inner = text[2:-2]
    if inner[:1] in _SIGNS or inner[-1:] in _SIGNS or read_words(inner.strip()) is None:
        return None
    tag = _tag_of(Kind.VALUE if text[1] == "{" else Kind.BLOCK, inner, text, (0, len(text)))
    return None if tag.is_raw else tag


def _tag_of(kind: Kind, inner: str, typed: str, place: tuple[int, int], *, may_be_scoped: bool = True) -> Tag:
    """The tag that says `inner` between its marks, where a scope may come first."""
    prefix = (_SCOPED_VALUE if kind is Kind.VALUE else _SCOPED).match(inner) if may_be_scoped else None
    said = inner[prefix.end() :] if prefix else inner
    tag = Tag(*place, kind, typed.strip(), said.strip(), prefix[1] if prefix else "")
    return tag._replace(kind=Kind.CELL) if kind is Kind.BLOCK and tag.word in CELL_WORDS else tag


def _lex_in(text: str, start: int) -> list[Tag]:
    position = start
    begun, opening = "", ""
    marks: list[Tag] = []
    inner_start = start
    try:
        for _, token, value in LEXER.tokeniter(text[start : start + _LONGEST], None):
            position += len(value)
            if not begun:
                begun, opening, inner_start = token, value, position
            elif token in ("variable_end", "block_end", "comment_end"):
                # "{%-" and "-%}" take the blanks beside the tag along, as in Jinja.
                first = len(_trimmed(text[:start])) if text[start + 2 : start + 3] == "-" else start
                sign = len(value.rstrip())
                end = position - len(value) + (value.find(PAGE_BREAK, sign) if PAGE_BREAK in value else len(value))
                end = end if value.startswith("-") else position - len(value) + sign
                kind = {"variable_end": Kind.VALUE, "block_end": Kind.BLOCK, "comment_end": Kind.SILENT}[token]
                inner = text[inner_start : position - len(value)]
                return [_tag_of(kind, inner, text[start:end], (first, end), may_be_scoped=len(opening) == 2)]
            elif token == "raw_end":  # noqa: S105 - a token of Jinja's lexer, not a secret
                end = position - len(value) + len(value.rstrip())
                marks.append(Tag(start, inner_start, Kind.SILENT, text[start:inner_start], ""))
                marks.append(Tag(position - len(value), end, Kind.SILENT, value.rstrip(), ""))
                return marks
    except TemplateSyntaxError as error:
        if not _RAW.match(text, start):
            raise TagError(_excerpt(text, start), _reason(error.message or "it cannot be read")) from None
    if raw := _RAW.match(text, start):  # it goes on in another paragraph
        return [Tag(start, raw.end(), Kind.BLOCK, raw[0], "raw")]
    raise TagError(_excerpt(text, start), "the tag is not closed in its paragraph")


def _trimmed(text: str) -> str:
    """`text` without the blanks at its end, as Jinja takes them for; a page break is none."""
    return text[: max(len(text.rstrip()), text.rfind(PAGE_BREAK) + 1)]


def _reason(message: str) -> str:
    if "unexpected end of" in message or "Missing end of" in message:
        return "the tag is not closed in its paragraph"
    return message


def _excerpt(text: str, start: int) -> str:
    end = re.compile(r"[}%#]\}").search(text, start)
    stop = end.end() if end else len(text)
    return text[start : min(stop, start + 60)]
