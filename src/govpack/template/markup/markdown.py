"""Markdown as blocks of a document: paragraphs, list items, bold, italic, links; parsed by markdown-it-py (CommonMark).

The same blocks serve a value printed with ``| markdown`` and a clause file compiled into a template, whose tags have
been replaced by marks before the Markdown is read, so that a value can never turn into markup.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_LISTS = ("ordered_list_open", "bullet_list_open")
# Definitions of references would leave text out: "[Note]: see the annex" is a paragraph here.
_NOT_READ = ["html_block", "html_inline", "code", "fence", "reference"]
# The parser leaves out what is nested past its own limit, so that is far off, and less is refused.
_LEVELS, _PARSED_LEVELS = 40, 100
# What Markdown knows and documents are not given, with what to do instead.
_REFUSED = {
    "table_open": "the Markdown holds a table; make it a table of the template, with a loop over its rows",
    "hr": "the Markdown holds a rule (a line of dashes or asterisks); leave it out",
    "image": "the Markdown holds a picture; place it in the template",
}


class Span(NamedTuple):
    """A piece of text in one look; `link` is where it leads, if anywhere."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""


class TextBlock(NamedTuple):
    """One paragraph. `depth` counts the lists around it (0: none); `first` says that it begins its item.

    `list_number` tells lists apart, so that each ordered list restarts, at `start`; `heading` is 1 to 6, or 0.
    """

    spans: tuple[Span, ...]
    depth: int = 0
    ordered: bool = False
    first: bool = True
    list_number: int = 0
    heading: int = 0
    start: int = 1


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415 - slow to load, and many a document has no Markdown

    # HTML is text here: nothing but the Markdown that a contract needs may make markup.
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": _PARSED_LEVELS}).disable(_NOT_READ)
    parser.enable("table")
    # Addresses are kept as typed, and checked where they become links, so that a refused one has its place named.
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
    return parser


def read_markdown(text: str) -> Iterator[TextBlock]:
    """The blocks of `text` in order. LookupError says what it holds that a document is not given."""
    lists: list[tuple[bool, int, int]] = []
    begun = 0
    first = heading = 0
    tokens = _parser().parse(text)
    if any(token.level >= _LEVELS for token in tokens):
        raise LookupError("the Markdown nests lists or quotations too deeply")
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type in _REFUSED:
            raise LookupError(_REFUSED[token.type])
        if token.type in _LISTS:
            begun += 1
            lists.append((token.type == _LISTS[0], begun, int(token.attrs.get("start", 1))))
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            lists.pop()
        elif token.type == "list_item_close" and before is not None and before.type == "list_item_open":
            ordered, number, start = lists[-1]
            yield TextBlock((), len(lists), ordered, True, number, 0, start)
            first = 0
        elif token.type == "list_item_open":
            first = 1
        elif token.type == "heading_open":
            heading = int(token.tag[1])
        elif token.type == "inline":
            ordered, number, start = lists[-1] if lists else (False, 0, 1)
            spans = tuple(_spans(token.children or ()))
            yield TextBlock(spans, len(lists), ordered, bool(first) or not lists, number, heading, start)
            first = heading = 0


def _spans(tokens: tuple[Token, ...] | list[Token]) -> Iterator[Span]:
    bold = italic = 0
    link = ""
    for token in tokens:
        if token.type in _REFUSED:
            raise LookupError(_REFUSED[token.type])
        if token.type == "strong_open":
            bold += 1
        elif token.type == "strong_close":
            bold -= 1
        elif token.type == "em_open":
            italic += 1
        elif token.type == "em_close":
            italic -= 1
        elif token.type == "softbreak":
            yield Span(" ", bool(bold), bool(italic), link)
        elif token.type == "hardbreak":
            yield Span("\n", bool(bold), bool(italic), link)
        elif token.type == "link_open":
            link = str(token.attrs.get("href", ""))
        elif token.type == "link_close":
            link = ""
        elif token.content:
            yield Span(token.content, bool(bold), bool(italic), link)
