"""What stands in how much room: letters in a line, and text in the largest type of several that it fits in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from authoring.deck.text import Run

if TYPE_CHECKING:
    from collections.abc import Sequence

LINE = 1.2207  # Calibri's height of a line, in its size
_LETTER = 0.42  # and the mean width of a letter of prose, with a little to spare


class Fit(NamedTuple):
    """So many lines of so many letters at a size in points; 0 is the placeholder's own size."""

    lines: int
    letters: int
    size: float


def letters(width: float, size: float, *, bold: bool = False) -> int:
    """How many letters stand in a line of `width` inches at `size` points."""
    return max(int(width * 72 / (size * (_LETTER + 0.012 * bold))), 1)


def fits(width: float, height: float, sizes: Sequence[float], *, bold: bool = False, spacing: float = 1) -> list[Fit]:
    """What a box of `width` and `height` inches holds at each of `sizes`, which fall."""
    return [
        Fit(int(height * 72 / (size * LINE * spacing) + 0.02), letters(width, size, bold=bold), size) for size in sizes
    ]


def fitted(text: str, sizes: Sequence[Fit], otherwise: str = "", *, behind: str = "") -> tuple[Run, ...]:
    """Runs that print `text` in the first of `sizes` that holds all of it; nothing is ever cut.

    `behind` is an expression of what stands before the text in its first line, and counts, too.
    What is too long for the last of them prints `otherwise`, or without it all the same: that is for texts such as
    headlines, which nobody writes that long.
    """
    runs = [Run(f"{{% set words %}}{text}{{% endset %}}")]
    for number, (most, wide, size) in enumerate(sizes if otherwise else sizes[:-1]):
        counted = f"({behind} ~ words)" if behind else "words"
        test = f"{{% {'elif' if number else 'if'} {counted} | lines({wide}) <= {most} %}}"
        runs += [Run(test), Run("{{ words | trim }}", size=size)]
    last = Run(otherwise) if otherwise else Run("{{ words | trim }}", size=sizes[-1].size)
    return (*runs, Run("{% else %}"), last, Run("{% endif %}"))
