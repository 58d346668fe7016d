"""How wide text is in Calibri and how high the rows are that hold it, so that no text is cut off and no row is empty.

Programs do not all work out the height of a row when they open a workbook, and where text is wrapped it depends on the
widths of its letters.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Advance widths of the signs from blank to tilde, in thousandths of the size of the text.
_REGULAR, _BOLD = (
    dict(zip(map(chr, range(32, 127)), map(int, widths.split()), strict=True))
    for widths in (
        "226 326 401 498 507 715 682 221 303 303 498 498 250 306 252 386 507 507 507 507 507 507 507 507 507 507 268 "
        "268 498 498 498 463 894 579 544 533 615 488 459 631 623 252 319 520 420 855 646 662 517 673 543 459 487 642 "
        "567 890 519 487 468 307 386 307 498 498 291 479 525 423 525 498 305 471 525 229 239 455 229 799 525 527 525 "
        "525 349 391 335 525 452 715 433 453 395 314 460 314 498",
        "226 326 438 498 507 729 705 233 312 312 498 498 258 306 267 430 507 507 507 507 507 507 507 507 507 507 276 "
        "276 498 498 498 463 898 606 561 529 630 488 459 637 631 267 331 547 423 874 659 676 532 686 563 473 495 653 "
        "591 906 551 520 478 325 430 325 498 498 300 494 537 418 537 503 316 474 537 246 255 480 246 813 537 538 537 "
        "537 355 399 347 537 473 745 459 474 397 344 475 344 498",
    )
)
_MARKS = {"–": 498, "—": 905, "‘": 258, "’": 258, "“": 435, "”": 435, "…": 711, "•": 498, "×": 498, "−": 498, "·": 268}
_OTHER = 1_000  # what a sign counts that has none of these letters under its accent: as wide as any is
_SIZE = 10.0  # points, of the ordinary text
_LINE = 1.35  # of the size of the text: what a line takes, with a little to spare
_LEAST, _MOST = 17.0, 409.0
_POINT = 0.75  # of a pixel
# Pixels that the borders of a cell and an indent keep free; what programs differ by when they print is kept free, too.
_BESIDE, _SPARE = 5 + 9, 0.96


def pixels(width: float) -> int:
    """How wide a column of that width, in signs, is on the screen."""
    return int(7 * width + 0.5) + 5


@lru_cache(maxsize=8_192)
def text_width(text: str, size: float = _SIZE, *, bold: bool = False) -> float:
    """How wide a line of text is, in points."""
    known = _BOLD if bold else _REGULAR
    return sum(known.get(sign) or _width_of_other(sign, known) for sign in text) * size / 1_000


def _width_of_other(sign: str, known: dict[str, int]) -> int:
    return _MARKS.get(sign) or known.get(unicodedata.normalize("NFD", sign)[0], _OTHER)


def line_count(text: str, width: int, size: float = _SIZE, *, bold: bool = False) -> int:
    """The lines of a text that is wrapped between its words into cells of `width` pixels together."""
    room = (width - _BESIDE) * _POINT * _SPARE
    blank = text_width(" ", size)
    count = 0
    for paragraph in text.split("\n"):
        count += 1
        left = room
        for word in paragraph.split():
            wide = text_width(word, size, bold=bold)
            if wide > left and left < room:
                count += 1
                left = room
            # A word that no line holds is broken into several.
            count += int(wide / room)
            left -= wide % room + blank
    return count


def height_of(*texts: tuple[str | None, float], bold: bool = False) -> float:
    """The height in points of a row in which each text is wrapped into a column of that width in signs."""
    most = max((line_count(text, pixels(width), bold=bold) for text, width in texts if text), default=1)
    return max(_LEAST, text_height(most))


def text_height(lines: int, size: float = _SIZE) -> float:
    """The height in points of a row that holds so many lines."""
    return min(_MOST, lines * size * _LINE + 2)
