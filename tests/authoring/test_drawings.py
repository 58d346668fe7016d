"""The committed templates are what their scripts draw."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.support.validator import Validator

from authoring import DRAWINGS
from govpack.ooxml.package import read_package

ROOT = Path(__file__).parents[2]
drawings = pytest.mark.parametrize(("path", "draw"), DRAWINGS.items(), ids=[Path(path).name for path in DRAWINGS])


@drawings
def test_each_committed_template_is_what_its_script_draws(path: str, draw: Callable[[], bytes]) -> None:
    """Members and their bytes, in their order; how they are deflated is the business of this machine's zlib."""
    drawn, committed = read_package(draw()), read_package(ROOT / path)
    assert committed.names == drawn.names, "run `python -m authoring`"
    for name in drawn.names:
        assert committed.read(name) == drawn.read(name), f"{name} differs: run `python -m authoring`"


@drawings
def test_drawing_twice_gives_the_same_file(path: str, draw: Callable[[], bytes]) -> None:
    assert draw() == draw()


def test_every_template_of_the_bundled_kits_is_drawn() -> None:
    """A template that nobody can draw again would drift from the others."""
    found = {
        file.relative_to(ROOT).as_posix()
        for file in (ROOT / "templates").rglob("*")
        if file.suffix in (".docx", ".pptx") and not file.name.startswith("~")
    }
    assert found == set(DRAWINGS)


@pytest.mark.validator
@drawings
def test_each_template_is_valid_before_it_is_filled(path: str, draw: Callable[[], bytes], validator: Validator) -> None:
    """Anyone may open a template in Word and edit it, so it must be sound with its tags in it."""
    assert validator.errors_of(ROOT / path) == []
