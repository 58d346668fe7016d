"""Fonts and colours that every drawn template shares, so that the pack looks like one.

Colours are RGB in hex, without a hash. Each text colour has a contrast of at least 4.5:1 on the grounds it is
used on (WCAG 2.1 AA); the tests hold that.
"""

from __future__ import annotations

FONT_HEADING = "Calibri"  # Carlito has the same metrics where Calibri is missing
FONT_BODY = "Calibri"

INK = "1F2933"  # body text
NAVY = "1B2A49"  # headings, table heads
ACCENT = "1F6F78"  # status, rules that lead the eye
MUTED = "55606E"  # headers, footers, captions
RULE = "C5CCD6"  # hairlines
TINT = "E9EDF3"  # ground of table heads
PAPER = "FFFFFF"
WATERMARK = "ECEFF3"

# Ratings always come with a word or a number beside them; these are the grounds, each carrying INK or PAPER text.
GREEN = "2E7D4F"
AMBER = "B7791F"
RED = "A63A3A"

# Grounds of the cells of a shaded table, each under INK text and a word or a number. Each is a step darker than the one
# before, so that they can be told apart on a grey printer, too.
GREEN_TINT = "E6F3EA"
AMBER_TINT = "F9E0A6"
RED_TINT = "EFB9B4"
BLUE_FAINT, BLUE_TINT, BLUE_DEEP = "EAF1F8", "CFE0EF", "A9C8E4"


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1, of an RGB hex colour (WCAG 2.1, definition of relative luminance)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio, 1 to 21, of two RGB hex colours (WCAG 2.1, definition of contrast ratio)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
