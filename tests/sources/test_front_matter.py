"""Front matter and text are taken apart, and each keeps its lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from govpack.errors import SourceError
from govpack.findings import Location
from govpack.sources import read_front_matter

if TYPE_CHECKING:
    from pathlib import Path


def test_front_matter_and_text(tmp_path: Path) -> None:
    """The places of the front matter and the first line of the text are those of the file."""
    file = tmp_path / "term.md"
    file.write_text("---\nid: term\norder: 4\n---\n\n## preferred\n--- \n")
    front, text, first_line = read_front_matter(file)
    assert front == {"id": "term", "order": 4}
    assert front.location("order") == Location(str(file), 3, 8)
    assert text == "\n## preferred\n--- \n"
    assert first_line == 5


def test_windows_lines_and_no_text(tmp_path: Path) -> None:
    """A clause whose text is still to be written."""
    file = tmp_path / "term.md"
    file.write_bytes(b"---\r\nid: term\r\n---")
    assert read_front_matter(file)[1:] == ("", 3)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# Term\n", "term.md:1:1: this file must start with front matter (write '---' in its first line)"),
        ("---\nid: term\n", "term.md:1:1: the front matter that opens here is never closed"),
        ("---\n- a\n---\n", "term.md:2:1: the front matter must be a mapping"),
        ("---\n---\n", "term.md:2:1: the front matter must be a mapping"),
        ("---\nid: a: b\n---\n", "term.md:2:6: there is a second ': ' in this line"),
    ],
)
def test_broken_front_matter_is_explained(tmp_path: Path, text: str, said: str) -> None:
    """Each slip has its sentence and its place."""
    file = tmp_path / "term.md"
    file.write_text(text)
    with pytest.raises(SourceError) as refusal:
        read_front_matter(file)
    assert said in str(refusal.value)
