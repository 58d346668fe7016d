"""Real widths of text: the fonts that LibreOffice takes for Calibri, as the system has them, and lines of words.

Carlito has Calibri's metrics, so what fits here fits in PowerPoint and Excel.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont

FAMILY = "Carlito"


@dataclass(frozen=True)
class Face:
    """One font file; lengths are in points at a size in points."""

    file: Path

    @cached_property
    def _font(self) -> Any:
        return TTFont(self.file)

    @cached_property
    def _advances(self) -> dict[int, float]:
        glyphs = self._font["hmtx"].metrics
        unit = self._font["head"].unitsPerEm
        return {code: glyphs[name][0] / unit for code, name in self._font.getBestCmap().items()}

    @cached_property
    def line(self) -> float:
        """The height of a line, in the size of its text."""
        head, unit = self._font["hhea"], self._font["head"].unitsPerEm
        return float((head.ascent - head.descent + head.lineGap) / unit)

    def width(self, text: str, size: float) -> float:
        """How wide `text` is; a sign that the font lacks counts as a wide one."""
        return sum(self._advances.get(ord(sign), 1.0) for sign in text.replace("\u00a0", " ")) * size


@dataclass(frozen=True)
class Fonts:
    """The regular and the bold face."""

    regular: Face
    bold: Face

    def face(self, *, bold: bool) -> Face:
        """The one or the other."""
        return self.bold if bold else self.regular


@dataclass(frozen=True)
class Span:
    """Text of one look."""

    text: str
    size: float
    bold: bool = False


@dataclass(frozen=True)
class Lines:
    """Wrapped text: the height of each line in points, and the widest word that no line holds."""

    heights: tuple[float, ...]
    too_wide: str = ""

    @property
    def height(self) -> float:
        """All of them."""
        return sum(self.heights)


def find_fonts() -> Fonts | None:
    """The two faces, or None where the system has none with Calibri's metrics."""
    if shutil.which("fc-match") is None:
        return None
    files = []
    for weight in ("regular", "bold"):
        asked = ["fc-match", "-f", "%{file}", f"{FAMILY}:{weight}"]
        file = Path(subprocess.run(asked, capture_output=True, text=True, check=True).stdout)
        if FAMILY.lower() not in file.name.lower():
            return None
        files.append(file)
    return Fonts(*map(Face, files))


def wrap(spans: Iterable[Span], width: float, fonts: Fonts, *, empty: float = 0) -> Lines:
    """The lines of a paragraph in `width` points; `empty` is the size of one without text.

    Lines break between words and behind hyphens, as office programs do. A word that no line holds is cut there.
    """
    heights: list[float] = []
    high = left = 0.0
    too_wide = ""
    for word, gap in _words(spans):
        wide = sum(fonts.face(bold=span.bold).width(span.text, span.size) for span in word)
        tall = max(fonts.face(bold=span.bold).line * span.size for span in word)
        if high and wide > left + 0.01:
            heights.append(high)
            high = 0.0
        if not high:
            left = width
        if wide > width + 0.01:
            too_wide = "".join(span.text for span in word)
        high = max(high, tall)
        left -= wide + gap.size * fonts.regular.width(" ", 1)
    return Lines((*heights, high or empty * fonts.regular.line), too_wide)


def _words(spans: Iterable[Span]) -> Iterable[tuple[Sequence[Span], Span]]:
    """Words, which may change their look on the way, each with the blank behind it (of size 0 behind a hyphen)."""
    word: list[Span] = []
    for span in spans:
        piece = ""
        for sign in span.text:
            if sign in " \t\n":
                if piece or word:
                    yield [*word, Span(piece, span.size, span.bold)], Span(" ", span.size)
                word, piece = [], ""
                continue
            piece += sign
            if sign in "-–/" and len(piece) > 1 and piece[-2].isalpha():
                yield [*word, Span(piece, span.size, span.bold)], Span("", 0)
                word, piece = [], ""
        if piece:
            word.append(Span(piece, span.size, span.bold))
    if word:
        yield word, Span("", 0)
