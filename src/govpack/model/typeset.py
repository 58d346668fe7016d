"""How wide text is in a proportional face, where a drawing must know it before an office program sets it.

Widths are in ems and a little more than those of Calibri, Carlito and Arial Narrow, so that what fits by them fits.
"""

from __future__ import annotations

_WIDTHS = dict.fromkeys(" ijlI.,:;!|'’()", 0.27) | dict.fromkeys("frtcsz-/J", 0.4) | dict.fromkeys("mwMW@%", 0.86)
_CAPITAL, _FIGURE, _LETTER, _OTHER = 0.6, 0.51, 0.53, 0.65
_BOLD = 1.03
_KEPT = 1_000  # signs, as many as texts of any one language have, however odd a text is


class _Known(dict[str, float]):
    """Widths by sign; one that is not there yet is worked out and kept, since texts are measured sign by sign."""

    def __missing__(self, sign: str) -> float:
        known = _FIGURE if sign.isdigit() else _CAPITAL if sign.isupper() else _LETTER if sign.isascii() else _OTHER
        if len(self) < _KEPT:
            self[sign] = known
        return known


_sign_width = _Known(_WIDTHS).__getitem__


def width_of(text: str, *, bold: bool = False) -> float:
    """The width of `text` in one line."""
    return sum(map(_sign_width, text)) * (_BOLD if bold else 1)


def lines_of(text: str, room: float, *, bold: bool = False) -> int:
    """The lines that `text` takes where each holds `room` ems; words are kept whole, but for those that no line holds.

    Zero is never the answer: an empty text is as high as a line.
    """
    lines, left = 1, room
    for word in text.split():
        wide = width_of(word, bold=bold)
        if wide > left and left < room:
            lines, left = lines + 1, room
        while wide > max(left, 1):
            lines, wide, left = lines + 1, wide - max(left, 1), room
        left -= wide + _WIDTHS[" "]
    return lines


def broken(text: str, room: float, *, bold: bool = False) -> bool:
    """Whether a word of `text` is wider than `room` ems, so that it would be broken somewhere."""
    return any(width_of(word, bold=bold) > room for word in text.split())
