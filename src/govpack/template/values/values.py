"""Values that are more than text: what tags such as ``ref`` and ``markdown`` hand to the place that prints them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

# Every process that renders loads these, and slots double the time that Python takes to make such a class.


class Markdown:
    """Text to be read as Markdown where it is printed."""

    def __init__(self, text: str) -> None:
        self.text = text


class Bookmark:
    """The start of a bookmark that goes by `id` in the template."""

    def __init__(self, id: str) -> None:  # noqa: A002 - the format's own word
        self.id = id


class Reference:
    """A live reference to the number of the paragraph that bears the bookmark `id`."""

    def __init__(self, id: str) -> None:  # noqa: A002 - the format's own word
        self.id = id


class Note:
    """A comment on the rest of its paragraph, said by `author`; none where `text` is empty."""

    def __init__(self, text: str, author: str) -> None:
        self.text = text
        self.author = author


class Contents:
    """A table of contents over the headings down to `levels`."""

    def __init__(self, levels: int) -> None:
        self.levels = levels


class Chart:
    """What a native chart shows: `categories`, then (name, values) of each series, and what a reader hears.

    `sizes` are those of each series' bubbles, or None where it has none.
    """

    def __init__(
        self,
        categories: tuple[Any, ...],
        series: tuple[tuple[str, tuple[Any, ...]], ...],
        text: str,
        sizes: tuple[tuple[Any, ...] | None, ...] = (),
    ) -> None:
        self.categories = categories
        self.series = series
        self.text = text
        self.sizes = sizes


@dataclass(frozen=True)
class Image:
    """A picture for ``{{ image(…) }}``: the bytes of a PNG, JPEG or SVG, and what a reader hears.

    `fallback` is a PNG of an SVG, for programs that can't show it. Templates never open files: who calls the engine
    reads the picture and hands it over in the context.
    """

    data: bytes
    text: str = ""
    fallback: bytes | None = None


class Place:
    """Where a shape of a slide stands in an area: ``()`` as drawn, its middle, or its two edges, in parts of that."""

    def __init__(self, across: tuple[float, ...], down: tuple[float, ...]) -> None:
        self.across = across
        self.down = down
