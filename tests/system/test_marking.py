"""Who may read a file stands on each of its pages; and what stays inside is in no file for a partner."""

from __future__ import annotations

import re
import subprocess
import zipfile
from pathlib import Path

import docx
import pytest
from pptx import Presentation
from tests.support.figures.reading import read

# Words of our own house that no partner has to read, whatever they stand beside.
INSIDE = (
    "INTERNAL",
    "not for partners",
    "Inside only",
    "Board Risk Committee",
    "BATNA",
    "walk-away",
    "fallback",
    "concession",
    "heatmap",
    "strategic value",
    "relationship health",
    "HHI",
    "look-through",
    "exit cost",
    "negotiation playbook",
    "scorecard of",
)


def files(pack: Path, folder: str, *suffixes: str) -> list[Path]:
    found = sorted(path for path in (pack / folder).rglob("*") if path.suffix in suffixes)
    assert found
    return found


def test_every_section_of_an_internal_document_is_marked(nordhaven_pack: Path) -> None:
    for path in files(nordhaven_pack, "internal", ".docx"):
        document = docx.Document(str(path))
        for number, section in enumerate(document.sections, 1):
            feet = [section.footer]
            if section.different_first_page_header_footer:
                feet.append(section.first_page_footer)
            if document.settings.odd_and_even_pages_header_footer:
                feet.append(section.even_page_footer)
            for foot in feet:
                said = " ".join(paragraph.text for paragraph in foot.paragraphs)
                assert said.lower().startswith("internal"), f"{path.name}, section {number}"


def test_every_slide_of_an_internal_deck_is_marked(nordhaven_pack: Path) -> None:
    for path in files(nordhaven_pack, "internal", ".pptx"):
        for number, slide in enumerate(Presentation(str(path)).slides, 1):
            said = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
            assert any("INTERNAL" in text for text in said), f"{path.name}, slide {number}"


@pytest.mark.office
def test_every_page_that_is_printed_of_an_internal_file_says_so(
    nordhaven_pack: Path, nordhaven_pages: dict[Path, Path]
) -> None:
    paths = [path for path in files(nordhaven_pack, "internal", ".docx", ".pptx") if path.parent.name == "internal"]
    for path in paths:
        pdf = nordhaven_pages[path]
        printed = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
        pages = printed.removesuffix("\f").split("\f")
        assert len(pages) > 3
        unmarked = [number for number, page in enumerate(pages, 1) if "INTERNAL" not in page]
        assert not unmarked, f"{path.name}, pages {unmarked}"


def test_no_file_for_a_partner_holds_a_word_of_our_own_house(nordhaven_pack: Path) -> None:
    """Looked for in what is shown, and in every part: properties, alternative texts, notes, headers and footers."""
    for path in files(nordhaven_pack, "counterparty", ".docx"):
        with zipfile.ZipFile(path) as archive:
            parts = [archive.read(name).decode() for name in archive.namelist() if name.endswith((".xml", ".rels"))]
        texts = [*read(path).texts, *(re.sub(r"<[^>]*>", "", part) for part in parts), *parts]
        for word in INSIDE:
            assert not any(word in text for text in texts), f"'{word}' in {path.parent.name}/{path.name}"


def test_a_word_of_our_own_house_would_be_found(nordhaven_pack: Path) -> None:
    """The same words do stand in what stays inside, so that looking for them means something."""
    said = "\n".join(text for path in files(nordhaven_pack, "internal", ".docx", ".pptx") for text in read(path).texts)
    for word in ("Inside only", "Board Risk Committee", "HHI", "relationship health", "not for partners"):
        assert word in said, word
