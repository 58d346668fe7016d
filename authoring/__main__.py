"""``python -m authoring [WORD …]``: draw the templates whose path holds one of the words, or all of them."""

from __future__ import annotations

import sys
from pathlib import Path

from authoring import DRAWINGS


def main(words: list[str]) -> None:
    """Draw into the repository that this package lies in, and say what was drawn."""
    root = Path(__file__).resolve().parent.parent
    for path, draw in DRAWINGS.items():
        if not words or any(word in path for word in words):
            (root / path).write_bytes(draw())
            print(path)


main(sys.argv[1:])
