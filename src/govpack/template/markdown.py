"""Markdown as blocks of a document: paragraphs, list items, bold, italic; parsed by markdown-it-py (CommonMark).

The same blocks serve a value printed with ``| markdown`` and a clause file compiled into a template, whose tags have
been replaced by marks before the Markdown is read, so that a value can never turn into markup.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text in one look."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class TextBlock:
    """One paragraph. `depth` counts the lists around it (0: none); `first` says that it begins its item.

    `list_number` tells lists apart, so that each ordered list restarts; `heading` is 1 to 6, or 0.
    """

    spans: tuple[Span, ...]
    depth: int = 0
    ordered: bool = False
    first: bool = True
    list_number: int = 0
    heading: int = 0


@cache
def _parser() -> MarkdownIt:
    # HTML is text here: nothing but the Markdown that a contract needs may make markup.
    return MarkdownIt("commonmark", {"html": False}).disable(["html_block", "html_inline", "image", "code", "fence"])


def read_markdown(text: str) -> Iterator[TextBlock]:
    """The blocks of `text` in order."""
    lists: list[tuple[bool, int]] = []
    begun = 0
    first = heading = 0
    for token in _parser().parse(text):
        if token.type in ("ordered_list_open", "bullet_list_open"):
            begun += 1
            lists.append((token.type == "ordered_list_open", begun))
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            lists.pop()
        elif token.type == "list_item_open":
            first = 1
        elif token.type == "heading_open":
            heading = int(token.tag[1])
        elif token.type == "inline":
            ordered, number = lists[-1] if lists else (False, 0)
            spans = tuple(_spans(token.children or ()))
            yield TextBlock(spans, len(lists), ordered, bool(first) or not lists, number, heading)
            first = heading = 0


def _spans(tokens: tuple[Token, ...] | list[Token]) -> Iterator[Span]:
    bold = italic = 0
    target = ""
    for token in tokens:
        if token.type == "strong_open":
            bold += 1
        elif token.type == "strong_close":
            bold -= 1
        elif token.type == "em_open":
            italic += 1
        elif token.type == "em_close":
            italic -= 1
        elif token.type == "softbreak":
            yield Span(" ", bool(bold), bool(italic))
        elif token.type == "hardbreak":
            yield Span("\n", bool(bold), bool(italic))
        elif token.type == "link_open":
            target = str(token.attrs.get("href", ""))
        elif token.type == "link_close":
            if target:
                yield Span(f" ({target})", bool(bold), bool(italic))
        elif token.content:
            if token.content == target:
                target = ""  # an address written out needs no second showing
            yield Span(token.content, bool(bold), bool(italic))
