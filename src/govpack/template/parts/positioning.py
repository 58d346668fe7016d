"""Shapes that data puts in their places and repeats: ``{{ place("Plan", across=0.4) }}`` in an alternative text.

What holds the tag in that text, a loop or a condition, goes around the shape; what else the text says is what a reader
hears of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import nodes

from govpack.findings import did_you_mean
from govpack.ooxml.names import qn
from govpack.ooxml.xml import parse_xml
from govpack.template.language.slots import Form
from govpack.template.markup.paragraphs import put_before
from govpack.template.values.positions import HELP, Stand

if TYPE_CHECKING:
    from lxml import etree

    from govpack.template.blocks.scope import Block, Site
    from govpack.template.language.said import Said
    from govpack.template.language.tags import Tag
    from govpack.template.parts.compiling import Workshop
    from govpack.template.values.positions import Box

_SHAPES = (qn("p:sp"), qn("p:cxnSp"))
_DRAWN = (*_SHAPES, qn("p:pic"), qn("p:graphicFrame"))


class PositionBinder:
    """Binds the alternative texts that place a shape, one text at a time: `bind` its tag, then `put` its statements."""

    def __init__(self, workshop: Workshop) -> None:
        self._shop = workshop
        self._bound: list[tuple[int, int, etree._Element, str]] = []
        # What stands around a shape, outermost first, each with what closes it: for shapes repeated together.
        self._around: dict[etree._Element, list[tuple[str, str]]] = {}
        self._drawn: dict[etree._Element, Box] = {}
        self._sizes: dict[str, tuple[int, int]] = {}

    @property
    def is_waiting(self) -> bool:
        """Whether the text that is being read places a shape."""
        return bool(self._bound)

    def bind(self, part: str, number: int, tag: Tag, element: etree._Element, said: Said, index: int) -> Stand | None:
        """The shape whose alternative text `element` holds `tag`, known to generated code as `index`, or a finding."""
        slot = self._shop.slots[number]
        shape = next((each for each in element.iterancestors() if each.tag in _DRAWN), None)
        head, _, text = slot.location.at.rpartition(", ")
        slot.location = self._shop.location(f"{head}, shape “{element.get('name', '')}”, {text}")
        try:
            found = self._read(part, number, shape, said)
        except ValueError as error:
            self._shop.report(slot.raw, str(error), slot.location)
            return None
        assert shape is not None
        slot.form = Form.HELD
        # What the item before left is forgotten, should the tag say nothing of this one.
        begun = self._shop.marks.value(self._shop.engine_slot(), f"_begin({index})")
        show = begun + self._shop.marks.value(number, f"_show({index}, ({tag.source}))")
        self._bound.append((number, index, shape, show))
        return found

    def _read(self, part: str, number: int, shape: etree._Element | None, said: Said) -> Stand:
        if shape is None or shape.tag not in _SHAPES or part not in self._shop.family.slides:
            raise ValueError("'place' belongs into the alternative text of a shape, line or text box on a slide")
        tree = shape.getparent()
        if tree is None or tree.tag != qn("p:spTree"):
            raise ValueError("the shape stands in a group, which has measures of its own; take it out of the group")
        box = _box_of(shape)
        if box is None:
            raise ValueError("the shape takes its place from the layout; move or size it once, so that it has its own")
        name = _area_named(said)
        areas = [each for each in tree.iterchildren(*_DRAWN) if _name_of(each) == name]
        if not areas:
            known = [_name_of(each) for each in tree.iterchildren(*_DRAWN)]
            raise ValueError(
                f"no shape of this slide is called '{name}'{did_you_mean(name, known)}; the selection pane shows names"
            )
        area = self._drawn.get(areas[0]) or _box_of(areas[0])
        if len(areas) > 1 or area is None:
            more = "two shapes of this slide are called" if area else "this shape has no place of its own:"
            raise ValueError(f"{more} '{name}', so nothing can be counted in it")
        self._drawn[shape] = box
        return Stand(number, box, area, name, self._slide_size())

    def put(self, sites: list[Site], blocks: list[Block]) -> set[int]:
        """Put what holds the tag around its shape; the numbers of the statements that have left the text."""
        bound, self._bound = self._bound, []
        number, index, shape, show = bound[0]
        slot = self._shop.slots[number]
        if len(bound) > 1:
            self._shop.report(slot.raw, "one shape has one 'place'; put its conditions into it", slot.location)
            return set()
        holding = [b for b in blocks if b.sites[0].number < number < b.sites[-1].number]
        refused = next((b for b in holding if b.word not in ("for", "if", "with") or len(b.sites) > 2), None)
        if refused is not None:
            reason = f"the '{refused.word}' around a 'place' has no other branch, and is a loop or a condition"
            self._shop.report(slot.raw, reason, slot.location)
            return set()
        around = sorted(
            [(block.sites[0].number, block.sites[0], block.sites[-1]) for block in holding]
            + [(s.number, s, None) for s in sites if s.tag.is_single and s.tag.word == "set" and s.number < number]
        )
        self._put_around(shape, [(opens, closes) for _, opens, closes in around])
        shape.text = show + (shape.text or "")
        transform = next(shape.iter(qn("a:xfrm")))
        for node, names in ((transform.find(qn("a:off")), ("x", "y")), (transform.find(qn("a:ext")), ("cx", "cy"))):
            for name in names:
                assert node is not None
                node.set(name, self._shop.marks.value(self._shop.engine_slot(), f'_frame({index}, "{name}")'))
        return {site.number for _, *pair in around for site in pair if site is not None}

    def _put_around(self, shape: etree._Element, statements: list[tuple[Site, Site | None]]) -> None:
        """Open `statements` before the shape and close them behind it, those it shares with the shape before once."""
        opened = [(site.tag.source, self._mark(closes) if closes else "") for site, closes in statements]
        before = shape.getprevious()
        shared = 0
        if before is not None and (earlier := self._around.get(before)):
            while shared < min(len(earlier), len(opened)) and earlier[shared][0] == opened[shared][0]:
                shared += 1
            left = "".join(closes for _, closes in reversed(earlier))
            stays = "".join(closes for _, closes in reversed(earlier[shared:]))
            before.tail = stays + (before.tail or "").removeprefix(left)
        put_before(shape, "".join(self._mark(site) for site, _ in statements[shared:]))
        shape.tail = "".join(closes for _, closes in reversed(opened)) + (shape.tail or "")
        self._around[shape] = opened

    def _mark(self, site: Site) -> str:
        return self._shop.marks.block(site.number, site.tag.source)

    def _slide_size(self) -> tuple[int, int]:
        main = self._shop.package.main_part
        if main not in self._sizes:
            node = parse_xml(self._shop.package.read(main), main).find(qn("p:sldSz"))
            width, height = (node.get("cx", "0"), node.get("cy", "0")) if node is not None else ("9144000", "6858000")
            self._sizes[main] = (int(width), int(height))
        return self._sizes[main]


def _area_named(said: Said) -> str:
    """The name of the area that a tag places its shape in, which is written out so that it is known before any data."""
    body = said.tree.body if said.tree is not None else []
    output = body[0].nodes[0] if len(body) == 1 and isinstance(body[0], nodes.Output) and body[0].nodes else None
    if not isinstance(output, nodes.Call) or not isinstance(output.node, nodes.Name) or output.node.name != "place":
        raise ValueError(f"nothing stands around 'place' in its tag; {HELP}")
    first = output.args[0] if output.args else None
    if not isinstance(first, nodes.Const) or not isinstance(first.value, str):
        raise ValueError(HELP)
    return first.value


def _name_of(shape: etree._Element) -> str:
    return next((node.get("name", "") for node in shape.iter(qn("p:cNvPr"))), "")


def _box_of(shape: etree._Element) -> Box | None:
    """The shape's own place; none where a layout gives it."""
    transform = next(iter(shape.iter(qn("a:xfrm"), qn("p:xfrm"))), None)
    offset = transform.find(qn("a:off")) if transform is not None else None
    extent = transform.find(qn("a:ext")) if transform is not None else None
    if offset is None or extent is None:
        return None
    x, y, cx, cy = offset.get("x", "0"), offset.get("y", "0"), extent.get("cx", "0"), extent.get("cy", "0")
    return int(x), int(y), int(cx), int(cy)
