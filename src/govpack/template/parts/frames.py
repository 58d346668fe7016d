"""Charts and pictures bound by their alternative text: the tag moves to the head of its frame, so that everything the
frame says of its content (size, relationship, what a reader hears) is known when it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from govpack.ooxml.names import RT_CHART, qn
from govpack.ooxml.xml import parse_xml
from govpack.template.language.slots import Form
from govpack.template.markup.paragraphs import put_before
from govpack.template.parts.positioning import PositionBinder

if TYPE_CHECKING:
    from govpack.findings import Location
    from govpack.template.blocks.scope import Block, Site
    from govpack.template.language.said import Said
    from govpack.template.language.tags import Tag
    from govpack.template.parts.compiling import Workshop
    from govpack.template.values.positions import Stand

_FRAMES = ("inline", "anchor", "graphicFrame", "pic")
# What a frame that is left out takes with it, where it stands in one.
_SHELLS = (qn("w:drawing"), qn("mc:AlternateContent"))
# What else a frame may show, by its element; the charts that came with Office 2016, by what they call themselves.
_UNFILLABLE = {"relIds": "SmartArt", "oleObj": "an embedded object", "tbl": "a table"}
_LAYOUTS = {
    "boxWhisker": "box and whisker",
    "clusteredColumn": "histogram",
    "paretoLine": "Pareto",
    "regionMap": "map",
}
_FILLABLE = "use a column, bar, line, area, pie, radar, scatter or bubble chart"
_POSITIONS = {"x": "wp:positionH", "y": "wp:positionV"}


class Frame(NamedTuple):
    """What a tag in an alternative text fills: a chart by its part, or a picture within `box`.

    The box is x, y, width and height in EMU, 914,400 to the inch.
    """

    slot: int
    chart: str = ""
    box: tuple[int, int, int, int] = (0, 0, 0, 0)


class _Bound:
    """A tag of the alternative text that is being read, which fills `frame`; `show` is the mark that does."""

    def __init__(self, number: int, index: int, frame: etree._Element, show: str) -> None:
        self.number = number
        self.index = index
        self.frame = frame
        self.show = show


class FrameBinder:
    """Binds the alternative texts of a template. `frames` are known to generated code by their numbers."""

    def __init__(self, workshop: Workshop) -> None:
        self.frames: list[Frame | Stand] = []
        self.charts: dict[str, int] = {}
        self.replaced: set[str] = set()
        self._shop = workshop
        self._waiting: list[tuple[etree._Element, int]] = []
        self._bound: list[_Bound] = []
        self._positions = PositionBinder(workshop)

    def bind(self, part: str, number: int, tag: Tag, element: etree._Element, said: Said) -> str:
        """Bind the frame whose alternative text `element` holds `tag`; the mark for what a reader hears.

        `put_shown` is to be called when the whole text was read.
        """
        if "place" in said.called:
            stand = self._positions.bind(part, number, tag, element, said, len(self.frames))
            self.frames += [stand] if stand is not None else []
            return ""
        chart = "chart" in said.called
        slot = self._shop.slots[number]
        frame = self._frame_of(element, chart)
        if frame is None:
            reason = self._unfillable(part, element) if chart else ""
            what = "a native chart" if chart else "a picture"
            reason = reason or f"this is not the alternative text of {what}"
            self._shop.report(slot.raw, reason, slot.location)
            return ""
        found = (
            self._chart(part, number, frame, slot.location) if chart else self._picture(number, frame, slot.location)
        )
        if found is None:
            return ""
        self.frames.append(found)
        index = len(self.frames) - 1
        slot.form = Form.HELD
        show = self._shop.marks.value(number, f"_show({index}, ({tag.source}))")
        self._bound.append(_Bound(number, index, frame, show))
        if not chart:
            self._waiting.append((frame, index))
        return self._get(index, "text")

    def put_shown(self, sites: list[Site], blocks: list[Block]) -> set[int]:
        """Put what fills the frames of one alternative text, whose statements `sites` make `blocks`, at their head.

        Where a condition of the text stands around the tag, it decides whether the frame is there. Gives the numbers of
        the statements that have left the text.
        """
        if self._positions.is_waiting:
            return self._positions.put(sites, blocks)
        bound, self._bound = self._bound, []
        if bound:
            self._put_shown(bound, sites, blocks)
        return set()

    def _put_shown(self, bound: list[_Bound], sites: list[Site], blocks: list[Block]) -> None:
        around = [block for block in blocks if any(_encloses(block, one.number) for one in bound)]
        if repeated := next((block for block in around if block.word not in ("if", "with")), None):
            slot = self._shop.slots[repeated.sites[0].number]
            reason = f"a '{repeated.word}' in an alternative text can't hold its chart or picture"
            self._shop.report(slot.raw, f"{reason}; put it around the frame", slot.location)
            return
        kept = {site.number for block in around for site in block.sites}
        kept |= {site.number for site in sites if site.tag.is_single and site.tag.word == "set"}
        marks = [
            (site.number, self._shop.marks.block(site.number, site.tag.source)) for site in sites if site.number in kept
        ]
        marks += [(one.number, one.show) for one in bound]
        frame = bound[0].frame
        if not around:
            frame.text = "".join(mark for _, mark in sorted(marks)) + (frame.text or "")
            return
        shell = frame
        while (parent := shell.getparent()) is not None and (parent.tag in _SHELLS or shell.tag == qn("mc:Choice")):
            shell = parent
        asked = ", ".join(str(one.index) for one in bound)
        slot_number = self._shop.engine_slot()
        begun = self._shop.marks.value(slot_number, f"_begin({asked})")
        marks += [(one.number, self._shop.marks.value(slot_number, f"_ask({one.index})")) for one in bound]
        condition = self._shop.marks.block(slot_number, f"if _is_asked({asked})")
        put_before(shell, "".join([begun, *(mark for _, mark in sorted(marks)), condition]))
        shell.tail = self._shop.marks.block(slot_number, "endif") + (shell.tail or "")

    def _frame_of(self, element: etree._Element, chart: bool) -> etree._Element | None:
        for ancestor in element.iterancestors():
            name = etree.QName(ancestor).localname
            if name not in _FRAMES or (name == "pic" and (chart or self._is_alone(ancestor))):
                continue
            inside = qn("c:chart") if chart else qn("a:blip")
            return ancestor if next(ancestor.iter(inside), None) is not None else None
        return None

    def _unfillable(self, part: str, element: etree._Element) -> str:
        """What stands in the chart's place, whose alternative text `element` holds, and what to do; or nothing."""
        frame = next((a for a in element.iterancestors() if etree.QName(a).localname in _FRAMES), None)
        for node in frame.iter() if frame is not None else ():
            kind = _UNFILLABLE.get(etree.QName(node).localname, "")
            if node.tag == qn("cx:chart"):
                kind = self._newer_kind(part, node.get(qn("r:id"), ""))
            if kind:
                return f"this is {kind}, which can't be filled; {_FILLABLE}"
        return ""

    def _newer_kind(self, part: str, identifier: str) -> str:
        relation = self._shop.family.relation(part, identifier)
        kind = ""
        if relation is not None and relation.target in self._shop.package:
            root = parse_xml(self._shop.package.read(relation.target), relation.target)
            kind = next((series.get("layoutId", "") for series in root.iter(qn("cx:series"))), "")
        name = _LAYOUTS.get(kind, kind)
        return f"a {name} chart" if name else "a chart of a newer kind"

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
        from govpack.template.parts.charts import compile_chart  # noqa: PLC0415 - few templates hold a chart

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


def _encloses(block: Block, number: int) -> bool:
    """Whether the tag `number` stands in `block`: tags are numbered as they come."""
    return block.sites[0].number < number < block.sites[-1].number
