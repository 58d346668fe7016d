"""Charts and pictures bound by their alternative text: the tag moves to the head of its frame, so that everything the
frame says of its content (size, relationship, what a reader hears) is known when it is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from govpack.ooxml.names import RT_CHART, qn
from govpack.template.slots import Form

if TYPE_CHECKING:
    from govpack.findings import Location
    from govpack.template.compiling import Workshop
    from govpack.template.tags import Tag

_FRAMES = ("inline", "anchor", "graphicFrame", "pic")
_POSITIONS = {"x": "wp:positionH", "y": "wp:positionV"}


@dataclass(slots=True, eq=False)
class Frame:
    """What a tag in an alternative text fills: a chart by its part, or a picture within `box`.

    The box is x, y, width and height in EMU, 914,400 to the inch.
    """

    slot: int
    chart: str = ""
    box: tuple[int, int, int, int] = (0, 0, 0, 0)


class FrameBinder:
    """Binds the alternative texts of a template. `frames` are known to generated code by their numbers."""

    def __init__(self, workshop: Workshop) -> None:
        self.frames: list[Frame] = []
        self.charts: dict[str, int] = {}
        self.replaced: set[str] = set()
        self._shop = workshop
        self._waiting: list[tuple[etree._Element, int]] = []

    def bind(self, part: str, number: int, tag: Tag, element: etree._Element, *, chart: bool) -> str:
        """Bind the frame whose alternative text `element` holds `tag`; the mark for what a reader hears."""
        slot = self._shop.slots[number]
        frame = self._frame_of(element, chart)
        if frame is None:
            what = "a native chart" if chart else "a picture"
            self._shop.report(slot.raw, f"this is not the alternative text of {what}", slot.location)
            return ""
        found = (
            self._chart(part, number, frame, slot.location) if chart else self._picture(number, frame, slot.location)
        )
        if found is None:
            return ""
        self.frames.append(found)
        index = len(self.frames) - 1
        slot.form = Form.HELD
        frame.text = self._shop.marks.value(number, f"_show({index}, ({tag.source}))") + (frame.text or "")
        if not chart:
            self._waiting.append((frame, index))
        return self._get(index, "text")

    def _frame_of(self, element: etree._Element, chart: bool) -> etree._Element | None:
        for ancestor in element.iterancestors():
            name = etree.QName(ancestor).localname
            if name not in _FRAMES or (name == "pic" and (chart or self._is_alone(ancestor))):
                continue
            inside = qn("c:chart") if chart else qn("a:blip")
            return ancestor if next(ancestor.iter(inside), None) is not None else None
        return None

    @staticmethod
    def _is_alone(picture: etree._Element) -> bool:
        """Whether the picture is all that a drawing of Word holds, whose frame is the drawing's then."""
        parent = picture.getparent()
        return parent is not None and parent.tag == qn("a:graphicData")

    def _chart(self, part: str, number: int, frame: etree._Element, location: Location) -> Frame | None:
        node = next(frame.iter(qn("c:chart")))
        relation = self._shop.family.relation(part, node.get(qn("r:id"), ""))
        slot = self._shop.slots[number]
        if relation is None or relation.type != RT_CHART or relation.target not in self._shop.package:
            self._shop.report(slot.raw, "the frame's chart is missing from the file", location)
            return None
        if self._shop.family.owner_of(relation.target) != part:
            self._shop.report(slot.raw, "the chart is shown in two parts of the file; give each a copy", location)
            return None
        self.charts.setdefault(relation.target, number)
        return Frame(number, chart=relation.target)

    def _picture(self, number: int, frame: etree._Element, location: Location) -> Frame | None:
        slot = self._shop.slots[number]
        extent = frame.find(qn("wp:extent"))
        transform = next((x for x in frame.iter(qn("a:xfrm")) if x.find(qn("a:ext")) is not None), None)
        if extent is None and transform is not None:
            extent = transform.find(qn("a:ext"))
        if extent is None:
            reason = "the picture takes its size from the layout; move or size it once, so that it has one of its own"
            self._shop.report(slot.raw, reason, location)
            return None
        offset = transform.find(qn("a:off")) if transform is not None else None
        places = {"x": 0, "y": 0}
        for axis, name in _POSITIONS.items():
            node = frame.find(f"{qn(name)}/{qn('wp:posOffset')}")
            if node is not None:
                places[axis] = int(node.text or "0")
            elif offset is not None and frame.find(qn("wp:extent")) is None:
                places[axis] = int(offset.get(axis, "0"))
        return Frame(number, box=(places["x"], places["y"], int(extent.get("cx", "1")), int(extent.get("cy", "1"))))

    def put_pictures(self) -> None:
        """Put the marks of the pictures' sizes and relationships, once nobody walks the tree any more."""
        for frame, index in self._waiting:
            self._put_picture(frame, index)
        self._waiting.clear()

    def _put_picture(self, frame: etree._Element, index: int) -> None:
        blip = next(frame.iter(qn("a:blip")))
        # The template's own picture: where nothing else shows it, it does not come along.
        self.replaced.update(
            str(node.get(name)) for node in blip.iter() for name in (qn("r:embed"), qn("r:link")) if node.get(name)
        )
        for name in ("cstate", qn("r:link")):
            blip.attrib.pop(name, "")
        blip.set(qn("r:embed"), self._get(index, "embed"))
        for child in blip.findall(qn("a:extLst")):
            blip.remove(child)
        if len(blip):
            blip[-1].tail = self._get(index, "svg")
        else:
            blip.text = self._get(index, "svg")
        for cropped in list(frame.iter(qn("a:srcRect"))):
            parent = cropped.getparent()
            if parent is not None:
                parent.remove(cropped)
        inside_word = frame.find(qn("wp:extent")) is not None
        for extent in frame.iter(qn("wp:extent"), qn("a:ext")):
            if extent.get("cx") is not None:
                extent.set("cx", self._get(index, "cx"))
                extent.set("cy", self._get(index, "cy"))
        if not inside_word:
            for offset in frame.iter(qn("a:off")):
                offset.set("x", self._get(index, "x"))
                offset.set("y", self._get(index, "y"))
        for axis, name in _POSITIONS.items():
            node = frame.find(f"{qn(name)}/{qn('wp:posOffset')}")
            if node is not None:
                node.text = self._get(index, axis)

    def _get(self, index: int, what: str) -> str:
        return self._shop.marks.value(self._shop.engine_slot(), f'_frame({index}, "{what}")')

    def compile_chart(self, part: str, root: etree._Element) -> None:
        """Make the chart in `part` ready to be filled, if an alternative text binds it."""
        if part not in self.charts:
            return
        from govpack.template.charts import compile_chart  # noqa: PLC0415 - few templates have a chart

        slot = self._shop.slots[self.charts[part]]
        family = self._shop.family
        try:
            plan = compile_chart(self._shop.package, part, root, self._shop.marks, self._shop.engine_slot())
        except ValueError as error:
            self._shop.report(slot.raw, str(error), slot.location)
            return
        family.plans[part].chart = plan
        kept = {node.get(qn("r:id")) for node in root.iter(qn("c:externalData"))}
        for relation in list(family.plans[part].relations):
            if relation.type.endswith("/package") and relation.id not in kept:
                family.plans[part].relations.remove(relation)
            elif plan.workbook is not None and relation.target == plan.workbook.part:
                family.plans[part].relations[family.plans[part].relations.index(relation)].marked = False
                family.plans[relation.target].is_workbook = True
