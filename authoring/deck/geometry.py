"""Where things stand on a slide of 13.333 × 7.5 inches (16:9)."""

from __future__ import annotations

from dataclasses import dataclass

EMU = 914400  # English Metric Units in an inch
SLIDE_WIDTH, SLIDE_HEIGHT = 12192000, 6858000


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in inches from the slide's top left corner."""

    x: float
    y: float
    w: float
    h: float

    @property
    def emu(self) -> tuple[int, int, int, int]:
        """Left, top, width and height in EMU."""
        return (round(self.x * EMU), round(self.y * EMU), round(self.w * EMU), round(self.h * EMU))

    @property
    def xfrm(self) -> str:
        """The rectangle as DrawingML writes it."""
        x, y, w, h = self.emu
        return f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{w}" cy="{h}"/></a:xfrm>'


MARGIN = 0.6
WIDTH = 12.13
TITLE = Box(MARGIN, 0.4, WIDTH, 0.98)
TITLE_RULE = Box(MARGIN, 1.42, 1.2, 0.05)
CONTENT = Box(MARGIN, 1.7, WIDTH, 4.65)
EXHIBIT = Box(MARGIN, 1.7, 7.7, 4.65)
ROOM = 4.6  # how high a table may grow below the title, before the line of sources
PANEL = Box(8.6, 1.7, 4.13, 4.65)
NOTE = Box(MARGIN, 6.42, WIDTH, 0.5)
FOOTER_RULE = Box(MARGIN, 6.98, WIDTH, 0)
FOOTER = Box(MARGIN, 7.03, 11.0, 0.3)
SLIDE_NUMBER = Box(11.73, 7.03, 1.0, 0.3)
