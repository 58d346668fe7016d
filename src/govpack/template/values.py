"""Values that are more than text: what tags such as ``ref`` and ``markdown`` hand to the place that prints them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

# Every process that renders loads these, and slots double the time that Python takes to make such a class.


@dataclass(frozen=True)
class Markdown:
    """Text to be read as Markdown where it is printed."""

    text: str


@dataclass(frozen=True)
class Bookmark:
    """The start of a bookmark that goes by `id` in the template."""

    id: str


@dataclass(frozen=True)
class Reference:
    """A live reference to the number of the paragraph that bears the bookmark `id`."""

    id: str


@dataclass(frozen=True)
class Note:
    """A comment on the rest of its paragraph, said by `author`; none where `text` is empty."""

    text: str
    author: str


@dataclass(frozen=True)
class Contents:
    """A table of contents over the headings down to `levels`."""

    levels: int


@dataclass(frozen=True)
class Chart:
    """What a native chart shows: `categories`, then (name, values) of each series, and what a reader hears.

    `sizes` are those of each series' bubbles, or None where it has none.
    """

    categories: tuple[Any, ...]
    series: tuple[tuple[str, tuple[Any, ...]], ...]
    text: str
    sizes: tuple[tuple[Any, ...] | None, ...] = ()


@dataclass(frozen=True)
class Image:
    """A picture for ``{{ image(…) }}``: the bytes of a PNG, JPEG or SVG, and what a reader hears.

    `fallback` is a PNG of an SVG, for programs that can't show it. Templates never open files: who calls the engine
    reads the picture and hands it over in the context.
    """

    data: bytes
    text: str = ""
    fallback: bytes | None = None
