"""A deck in the making: slides with title, footer and talk track, and the shapes that stand on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pptx import Presentation
from pptx.oxml import parse_xml

from authoring.deck.fit import fits, fitted
from authoring.deck.geometry import TITLE
from authoring.deck.master import (
    NOTE_INDEX,
    TITLE_SLIDE,
    apply_master,
    footer_shapes_xml,
    number_field_xml,
)
from authoring.deck.say import CONTINUED, NBSP, either, given
from authoring.deck.text import LANGUAGE, Para, write_paragraphs
from govpack.ooxml.names import NS, qn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pptx import presentation
    from pptx.shapes.base import BaseShape
    from pptx.slide import Slide

    from authoring.deck.geometry import Box
    from authoring.deck.text import Content


# In which sizes a title may stand, in points; the first is the layout's own.
_TITLES = fits(TITLE.w, TITLE.h, (26, 20, 16, 13, 12), bold=True, spacing=0.95)
_COVERS = fits(11.2, 1.7, (44, 30, 22, 16), bold=True, spacing=0.95)


class Deck:
    """Slides in order, on our master."""

    def __init__(self) -> None:
        self.presentation = Presentation()
        apply_master(self.presentation)
        self._drawn: set[int] = set()

    def add_slide(
        self,
        layout: int,
        key: str,
        title: str,
        *,
        notes: Sequence[Content],
        note: str = "",
        each: str = "",
        more: str = "",
    ) -> Slide:
        """A slide on the layout with that number, with its message as title and a talk track, paragraph by paragraph.

        `key` names the slide in briefing.messages, where a person may put a headline of their own; the cover has none.
        `note` is the line of sources and definitions at the foot. `each` repeats the slide (``page in …``) for what
        does not fit on one; the first has the talk track, and those that follow say in their titles that they do.
        With `more` the slide is the second and last of its kind, in a form of its own, and stands where that holds.
        """
        place: Any = self.presentation.slide_layouts[layout]
        slide: Slide = self.presentation.slides.add_slide(place)
        self._last = slide
        names = {placeholder.placeholder_format.idx: placeholder.name for placeholder in place.placeholders}
        title_shape: Any = slide.shapes.title
        for placeholder in slide.placeholders:
            placeholder.name = names[placeholder.placeholder_format.idx]
        own = f"briefing.messages.{key}"
        headline = given(f"{own} is defined", f"{{{{ {own} }}}}", title) if key else title
        if each:
            of = f"{NBSP}{{{{ loop.index }}}}{NBSP}of{NBSP}{{{{ loop.length }}}}"
            headline += given("not loop.first", f" (continued,{of})")
            notes = [f"{{% slide for {each} %}}", *either("loop.first", notes, [CONTINUED])]
        if more:
            headline += f" (continued,{NBSP}2{NBSP}of{NBSP}2)"
            notes = [f"{{% slide if {more} %}}", *notes]
        first, *smaller = _COVERS if layout == TITLE_SLIDE else _TITLES
        write_paragraphs(title_shape._element.txBody, [Para(fitted(headline, [first._replace(size=0), *smaller]))])
        if note:
            fill(slide, NOTE_INDEX, [note])
        self._write_notes(slide, notes)
        return slide

    def keep_order(self, slide: Slide) -> None:
        """Read the shapes of `slide` as they were added, where a drawing has an order of its own."""
        self._drawn.add(slide.slide_id)

    @property
    def last_slide(self) -> Slide:
        """The slide that was added last."""
        return self._last

    def _write_notes(self, slide: Slide, notes: Sequence[Content]) -> None:
        page: Any = slide.notes_slide  # python-pptx's types know nothing of what lies beneath
        write_paragraphs(page.notes_text_frame._txBody, notes)
        for placeholder in page.placeholders:
            if "Slide Number" in placeholder.name:
                body = placeholder._element.get_or_add_txBody()
                for old in body.findall(qn("a:p")):
                    body.remove(old)
                body.append(parse_xml(number_field_xml().replace("<a:p>", f'<a:p xmlns:a="{NS["a"]}">', 1)))

    def finish(self) -> presentation.Presentation:
        """The presentation in reading order: title, matter from the top left, note, and the footers last of all."""
        for index, slide in enumerate(self.presentation.slides):
            tree = slide.shapes._spTree
            for shape in sorted(slide.shapes, key=_drawn_place if slide.slide_id in self._drawn else _reading_place):
                tree.append(shape._element)
            if index != TITLE_SLIDE:
                spaces = f'xmlns:p="{NS["p"]}" xmlns:a="{NS["a"]}"'
                tree.extend(parse_xml(f"<p:spTree {spaces}>{footer_shapes_xml(tree.max_shape_id + 1)}</p:spTree>"))
        return self.presentation


def _reading_place(shape: BaseShape) -> tuple[bool, int, int]:
    is_title = shape.is_placeholder and shape.placeholder_format.idx == 0
    return (not is_title, shape.top, shape.left)


def _drawn_place(shape: BaseShape) -> tuple[bool, bool]:
    index = shape.placeholder_format.idx if shape.is_placeholder else None
    return (index != 0, index == NOTE_INDEX)


def fill(slide: Slide, index: int, contents: Sequence[Content], *, box: Box | None = None, size: float = 0) -> None:
    """Write `contents` into the placeholder with that index, and move it to `box` where the layout's place won't do."""
    placeholder: Any = next(p for p in slide.placeholders if p.placeholder_format.idx == index)
    write_paragraphs(placeholder._element.txBody, contents, size=size)
    if box:
        placeholder.left, placeholder.top, placeholder.width, placeholder.height = box.emu


def add_text(slide: Slide, name: str, box: Box, contents: Sequence[Content], *, size: float = 14) -> None:
    """A text box without a frame, its text starting at the box's edge."""
    _add_shape(slide, name, box, contents, size, insets=(0, 0, 0, 0), ground="", anchor="t")


def add_tile(slide: Slide, name: str, box: Box, figure: str, label: str, *, size: float) -> None:
    """A key figure: the number in `size` points, what it is below, on a tinted ground."""
    contents = [Para(figure, bold=True, colour="tx2", size=size), Para(label, size=14)]
    _add_shape(slide, name, box, contents, 14, insets=(137160, 45720, 137160, 45720), ground="bg2", anchor="ctr")


def _add_shape(
    slide: Slide,
    name: str,
    box: Box,
    contents: Sequence[Content],
    size: float,
    *,
    insets: tuple[int, int, int, int],
    ground: str,
    anchor: str,
) -> None:
    tree = slide.shapes._spTree
    sides = " ".join(f'{side}="{inset}"' for side, inset in zip(("lIns", "tIns", "rIns", "bIns"), insets, strict=True))
    fill_xml = f'<a:solidFill><a:schemeClr val="{ground}"/></a:solidFill>' if ground else "<a:noFill/>"
    shape = parse_xml(
        f'<p:sp xmlns:p="{NS["p"]}" xmlns:a="{NS["a"]}"><p:nvSpPr><p:cNvPr id="{tree.max_shape_id + 1}" name="{name}"/>'
        f'<p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr>{box.xfrm}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        f'{fill_xml}</p:spPr><p:txBody><a:bodyPr wrap="square" {sides} anchor="{anchor}"><a:noAutofit/></a:bodyPr>'
        f'<a:lstStyle/><a:p><a:endParaRPr lang="{LANGUAGE}"/></a:p></p:txBody></p:sp>'
    )
    tree.append(shape)
    write_paragraphs(shape.find(qn("p:txBody")), contents, size=size)
