"""A deck on a master of one's own: the kit's deck with the user's branding in its place, built as before."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from pptx import Presentation
from pptx.util import Inches
from tests.template.pictures import png

from govpack.build import build_pack
from govpack.kits import copy_kit, find_kit

MINIMAL = Path(__file__).parents[2] / "fixtures" / "minimal"
LAYOUTS = ["Title", "Title and text", "Title and exhibit", "Title, exhibit and key points"]
TITLE_AT = Inches(0.9)


def test_slides_stand_on_a_branded_master_with_the_same_names(tmp_path: Path) -> None:
    kit = tmp_path / "kit"
    copy_kit(find_kit("partnership"), kit)
    file = kit / "executive-briefing.pptx"
    deck = Presentation(str(file))
    assert [layout.name for layout in deck.slide_layouts] == LAYOUTS
    master = deck.slide_master
    next(shape for shape in master.placeholders if shape.name == "Title").top = TITLE_AT
    # python-pptx puts pictures on slides only: the logo comes onto the master by way of its part.
    _, identifier = master.part.get_or_add_image_part(BytesIO(png(40, 10)))
    next(shape for shape in master.shapes if shape.name == "Title rule").name = "Our rule"
    deck.save(str(file))
    out = tmp_path / "out"
    build_pack(MINIMAL, out, kit=str(kit), only=("executive-briefing",))
    built = Presentation(str(out / "internal" / "executive-briefing.pptx"))
    assert [layout.name for layout in built.slide_layouts] == LAYOUTS
    assert "Our rule" in [shape.name for shape in built.slide_master.shapes]
    assert identifier in built.slide_master.part.rels
    told = [slide for slide in built.slides if slide.slide_layout.name != "Title"]
    assert len(told) >= 15
    for slide in told:
        assert slide.shapes.title.top == TITLE_AT, "no slide has a place of its own for what the master places"
        names = {shape.name for shape in slide.placeholders}
        assert {"Title", "Note", "Footer", "Slide number"} <= names
