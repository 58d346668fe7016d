"""What a printed page holds: sheets are scaled and broken by hand, so that they print alike in every program.

Excel passes breaks over on sheets that it fits to a page's width, so those that need one have their scale worked out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

SIDE, TOP, BOTTOM = 0.4, 0.75, 0.65
"""Margins of all pages, in inches."""
_WIDE, _HIGH = 11.69, 8.27  # inches: A4 across
# LibreOffice does not round the width of a digit to 7 pixels as Excel does: its columns are 7.44 / 7 times as wide.
_PAGE_WIDTH = (_WIDE - 2 * SIDE) * 96 * 7 / 7.44
_PAGE_HEIGHT = (_HIGH - TOP - BOTTOM) * 72
_SPARE = 0.97  # of a page's height: programs differ a little in what they round


def scale_for(width: int) -> int:
    """How large columns of `width` pixels together are printed, in percent, so that a page holds them."""
    return min(100, int(100 * _PAGE_WIDTH / width))


def width_at(scale: int) -> int:
    """How many pixels stand beside each other on a page that is printed at `scale` percent."""
    return int(100 * _PAGE_WIDTH / scale)


def height_at(scale: int) -> float:
    """How many points of rows stand on a page that is printed at `scale` percent."""
    return _SPARE * 100 * _PAGE_HEIGHT / scale


def ends_below(heights: Sequence[float], page: float, head: float) -> float:
    """How far the last page is filled by rows of these heights; `head` is repeated on each page but the first."""
    used = 0.0
    for height in heights:
        if used + height > page:
            used = head
        used += height
    return used
