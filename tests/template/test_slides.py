"""Slides that are repeated, kept or left out by tags in their notes, each copy with all that it owns."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

import openpyxl
import pptx
import pytest
from lxml import etree
from pptx.util import Inches
from tests.template.builders import deck, saved
from tests.template.pictures import png

from govpack.template import Image, TemplateError, compile_template

if TYPE_CHECKING:
    from pathlib import Path

    from pptx.presentation import Presentation
    from tests.support.validator import Validator

PARTNERS = [{"name": f"P{n} & co", "keep": n != 1, "values": [n, 2]} for n in range(4)]
CHART = "{{ chart(['a', 'b'], [{'name': p.name, 'values': p['values']}], 'Spend of ' ~ p.name) }}"


def partner_deck(notes: str = "{% slide for p in partners if p.keep %}\nSay {{ p.name }}") -> Presentation:
    """A slide for each partner, a slide that links to it and to a third, and that third, which may be left out."""
    presentation = deck("{{ loop.index }} {{ p.name }}", notes, CHART)
    first = presentation.slides[0]
    layout = presentation.slide_layouts[5]
    second, third = presentation.slides.add_slide(layout), presentation.slides.add_slide(layout)
    second.shapes.title.text = "Links"
    third.shapes.title.text = "Maybe"
    third.notes_slide.notes_text_frame.text = "{% slide if show %}"
    third.shapes.add_picture(io.BytesIO(png(9, 9)), Inches(7), Inches(1))
    for top, target in ((2, first), (3, third)):
        box = second.shapes.add_textbox(Inches(1), Inches(top), Inches(4), Inches(1))
        box.text_frame.text = "jump"
        box.click_action.target_slide = target
    return presentation


def render(presentation: Presentation, **context: Any) -> bytes:
    return compile_template(saved(presentation)).render({"partners": PARTNERS, "show": True, **context}).data


def opened(data: bytes) -> Presentation:
    return pptx.Presentation(io.BytesIO(data))


def titles(presentation: Presentation) -> list[str]:
    return [slide.shapes.title.text for slide in presentation.slides]


def test_a_slide_is_repeated_with_its_notes_chart_and_workbook() -> None:
    made = opened(render(partner_deck()))
    assert titles(made) == ["1 P0 & co", "2 P2 & co", "3 P3 & co", "Links", "Maybe"]
    copies = list(made.slides)[:3]
    assert [slide.notes_slide.notes_text_frame.text for slide in copies] == [
        "Say P0 & co",
        "Say P2 & co",
        "Say P3 & co",
    ]
    for slide, first in zip(copies, (0, 2, 3), strict=True):
        frame: Any = next(shape for shape in slide.shapes if shape.has_chart)
        assert list(frame.chart.plots[0].series[0].values) == [first, 2]
        assert frame._element.nvGraphicFramePr.cNvPr.get("descr") == f"Spend of P{first} & co"
        book = openpyxl.load_workbook(io.BytesIO(frame.chart.part.chart_workbook.xlsx_part.blob))
        assert book.active["B2"].value == first
        assert slide.notes_slide.part.part_related_by(pptx.opc.constants.RELATIONSHIP_TYPE.SLIDE) is slide.part


def test_slide_ids_are_unique_and_the_template_keeps_its_own() -> None:
    ids = [slide.slide_id for slide in opened(render(partner_deck())).slides]
    assert ids == [256, 259, 260, 257, 258]


def test_a_slide_that_is_left_out_takes_all_it_owns_along() -> None:
    data = render(partner_deck(), show=False)
    assert titles(opened(data)) == ["1 P0 & co", "2 P2 & co", "3 P3 & co", "Links"]
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = package.namelist()
        types = package.read("[Content_Types].xml").decode()
    assert not [name for name in names if "/media/" in name]
    assert "slide3.xml" not in types.replace("notesSlide3.xml", "")
    assert set(re.findall(r'PartName="/([^"]*)"', types)) <= set(names)


def test_links_go_to_the_first_copy_and_those_to_a_missing_slide_go() -> None:
    both = opened(render(partner_deck()))
    targets = [shape.click_action.target_slide for shape in both.slides[3].shapes if shape.name.startswith("TextBox")]
    assert [target.slide_id for target in targets] == [256, 258]
    one = opened(render(partner_deck(), show=False))
    texts = [shape for shape in one.slides[3].shapes if shape.name.startswith("TextBox")]
    assert [box.click_action.target_slide for box in texts][1:] == [None]
    assert b"hlinkClick" not in etree.tostring(texts[1]._element)


def test_no_item_leaves_no_slide_and_no_link() -> None:
    made = opened(render(partner_deck(), partners=[]))
    assert titles(made) == ["Links", "Maybe"]


def test_sections_hold_every_copy_and_custom_shows_too() -> None:
    presentation = partner_deck()
    p14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"
    relation = presentation.slides._sldIdLst[0].rId
    show = etree.fromstring(
        f'<p:custShowLst xmlns:p="{presentation._element.nsmap["p"]}" xmlns:r="{presentation._element.nsmap["r"]}">'
        f'<p:custShow name="s" id="0"><p:sldLst><p:sld r:id="{relation}"/></p:sldLst></p:custShow></p:custShowLst>'
    )
    section = etree.fromstring(
        f'<p:extLst xmlns:p="{presentation._element.nsmap["p"]}"><p:ext uri="{{521415D9-36F7-43E2-AB2F-B90AF26B5E84}}">'
        f'<p14:sectionLst xmlns:p14="{p14}"><p14:section name="a" id="{{00000000-0000-0000-0000-000000000001}}">'
        '<p14:sldIdLst><p14:sldId id="256"/><p14:sldId id="257"/><p14:sldId id="258"/></p14:sldIdLst></p14:section>'
        "</p14:sectionLst></p:ext></p:extLst>"
    )
    presentation._element.insert(4, show)
    presentation._element.append(section)
    made = opened(render(presentation, show=False))
    assert [node.get("id") for node in made._element.iter(f"{{{p14}}}sldId")] == ["256", "259", "260", "257"]
    shown = [node.get(f"{{{made._element.nsmap['r']}}}id") for node in made._element.iter(f"{{{show.nsmap['p']}}}sld")]
    assert shown == [node.rId for node in made.slides._sldIdLst][:3]


def test_the_properties_count_the_slides_that_are_there() -> None:
    with zipfile.ZipFile(io.BytesIO(render(partner_deck(), show=False))) as package:
        properties = package.read("docProps/app.xml").decode()
    assert "<Slides>4</Slides>" in properties
    assert "<Notes>3</Notes>" in properties
    assert "TitlesOfParts" not in properties


def test_two_statements_nest_in_their_order() -> None:
    made = opened(render(partner_deck("{% slide for p in partners %}\n{% slide if p.keep %}")))
    assert len(made.slides) == 5


@pytest.mark.parametrize(
    ("notes", "said"),
    [
        ("Say {% slide for p in partners %}", "alone in a paragraph of the notes"),
        ("{% slide with x %}", "write 'slide for"),
        ("{% slide endfor %}", "write 'slide for"),
    ],
)
def test_a_slide_tag_that_cannot_be_read_is_refused(notes: str, said: str) -> None:
    with pytest.raises(TemplateError) as caught:
        compile_template(saved(deck("x", notes)))
    assert said in str(caught.value.findings[0])
    assert "slide 1 “x”, notes" in str(caught.value.findings[0])


def test_a_slide_tag_on_the_slide_itself_is_refused() -> None:
    with pytest.raises(TemplateError) as caught:
        compile_template(saved(deck("{% slide if x %}")))
    assert "notes of the slide" in str(caught.value.findings[0])


def test_a_picture_is_swapped_in_each_copy_within_its_frame_and_held_once() -> None:
    presentation = deck("x", "{% slide for p in partners %}")
    box = (Inches(7), Inches(1), Inches(2), Inches(1))
    picture = presentation.slides[0].shapes.add_picture(io.BytesIO(png(40, 40)), *box)
    picture._element.nvPicPr.cNvPr.set("descr", "{{ image(p.logo, 'Logo of ' ~ p.name) }}")
    logos = [png(30, 60), png(90, 30), png(30, 60)]
    data = render(presentation, partners=[{"name": f"P{n}", "logo": Image(logo)} for n, logo in enumerate(logos)])
    shown: list[Any] = [slide.shapes[1] for slide in opened(data).slides]
    assert [picture.image.blob for picture in shown] == logos
    inches = [[round(size / 914400, 2) for size in (p.left, p.top, p.width, p.height)] for p in shown]
    assert inches == [[7.75, 1, 0.5, 1], [7, 1.17, 2, 0.67], [7.75, 1, 0.5, 1]]
    assert [p._element.nvPicPr.cNvPr.get("descr") for p in shown] == [f"Logo of P{n}" for n in range(3)]
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert len([name for name in package.namelist() if "/media/" in name]) == 2


def test_fields_of_a_repeated_slide_are_named_by_the_list_they_come_from() -> None:
    paths = [field.path for field in compile_template(saved(partner_deck())).fields()]
    assert paths == ["partners", "partners[].keep", "partners[].name", "partners[].values", "show"]


def test_the_same_input_gives_the_same_bytes() -> None:
    template = compile_template(saved(partner_deck()))
    context = {"partners": PARTNERS, "show": True}
    assert template.render(context).data == template.render(context).data


@pytest.mark.validator
@pytest.mark.parametrize("show", [True, False])
def test_the_validator_finds_nothing_wrong(validator: Validator, tmp_path: Path, show: bool) -> None:
    file = tmp_path / "made.pptx"
    file.write_bytes(render(partner_deck(), show=show))
    assert validator.errors_of(file) == []
