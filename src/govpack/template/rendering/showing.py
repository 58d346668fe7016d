"""What generated code calls for charts, pictures, slides and links, besides printing values: `functions` by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2 import Undefined

from govpack.ooxml.names import NS, RT_NOTES_SLIDE
from govpack.template.parts.targets import build_target
from govpack.template.values.pictures import CONTENT_TYPES, NEEDS_PNG, NOTHING, fit, measure
from govpack.template.values.positions import Stand, stand
from govpack.template.values.undefined import Blank
from govpack.template.values.values import Chart, Image, Place

if TYPE_CHECKING:
    from collections.abc import Callable

    from govpack.template.parts.frames import Frame
    from govpack.template.parts.plans import Family
    from govpack.template.parts.series import ChartData
    from govpack.template.rendering.instances import Instances
    from govpack.template.rendering.rendering import Rendering

_SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"


class Showing:
    """The frames, slides and links of one rendering."""

    def __init__(self, rendering: Rendering, instances: Instances, family: Family, frames: list[Frame | Stand]) -> None:
        self._rendering = rendering
        self._instances = instances
        self._family = family
        self._frames = frames
        self._shown: dict[int, dict[str, str]] = {}
        self._asked: set[int] = set()
        self._slides = dict.fromkeys(family.slides, 0)

    @property
    def functions(self) -> dict[str, Callable[..., Any]]:
        """By the names that generated code calls them by."""
        instances = self._instances
        return {
            "_own": instances.own,
            "_again": instances.again,
            "_use": instances.use,
            "_identify": instances.identify,
            "_target": self._link,
            "_begin": self._begin,
            "_ask": self._ask,
            "_is_asked": lambda *indices: not self._asked.isdisjoint(indices),
            "_show": self._show,
            "_frame": lambda index, what: self._shown[index][what] if index in self._shown else self._gap(index, what),
            "_plot": lambda plot: self._plan().write_plot(plot, self._data()),
            "_has_plot": lambda plot: self._plan().shows(plot, self._data()),
            "_has_axis": lambda axis: self._plan().shows_axis(axis, self._data()),
            "_slide_id": self._slide_id,
            "_section": lambda slide, name: "".join(
                f'<{name} id="{identifier}"/>' for identifier, _ in instances.slide_ids.get(slide, [])
            ),
            "_show_slides": self._show_slides,
            "_count_slides": self._count_slides,
        }

    # -- frames

    def _begin(self, *indices: int) -> str:
        """A frame that one of `indices` may fill comes next; nothing is written here."""
        self._asked.difference_update(indices)
        for index in indices:
            self._shown.pop(index, None)
        return ""

    def _ask(self, index: int) -> str:
        """The frame is there, and `index` is to fill it; nothing is written here."""
        self._asked.add(index)
        return ""

    def _show(self, index: int, value: Any) -> str:
        """Take the content of the frame `index`; nothing is written here."""
        frame = self._frames[index]
        report = self._rendering.faults.report
        if isinstance(frame, Stand):
            self._show_place(index, frame, value)
        elif isinstance(value, Blank):
            kept = (
                {} if frame.chart else {what: self._gap(index, what) for what in ("embed", "svg", "x", "y", "cx", "cy")}
            )
            self._shown[index] = kept | {"text": self._rendering.text_of(frame.slot, str(value))}
        elif isinstance(value, Undefined) or value is None:
            report(frame.slot, getattr(value, "_undefined_hint", "") or "the value is missing", gap=True)
            self._shown.pop(index, None)
        elif frame.chart:
            self._show_chart(index, frame, value)
        elif not isinstance(value, Image):
            report(frame.slot, "a picture's alternative text takes one 'image(…)' and nothing around it")
        else:
            try:
                self._show_picture(index, frame, value)
            except ValueError as error:
                report(frame.slot, str(error))
        return ""

    def _show_place(self, index: int, frame: Stand, value: Any) -> None:
        # Where nobody can say yet where it stands, it stays as it is drawn.
        if isinstance(value, Place):
            try:
                self._shown[index] = stand(value, frame)
            except ValueError as error:
                self._rendering.faults.report(frame.slot, str(error))
        elif not isinstance(value, Blank):
            hint = getattr(value, "_undefined_hint", "") or "the value is missing"
            self._rendering.faults.report(frame.slot, hint, gap=True)

    def _show_chart(self, index: int, frame: Frame, value: Any) -> None:
        plan = self._family.plans[frame.chart].chart
        if not isinstance(value, Chart) or plan is None:
            self._rendering.faults.report(
                frame.slot, "a chart's alternative text takes one 'chart(…)' and nothing around it"
            )
            return
        try:
            self._instances.pending[frame.chart] = plan.prepare(
                value, lambda text: self._rendering.text_of(frame.slot, text)
            )
        except ValueError as error:
            self._rendering.faults.report(frame.slot, str(error))
        self._shown[index] = {"text": self._rendering.text_of(frame.slot, value.text)}

    def _show_picture(self, index: int, frame: Frame, value: Image) -> None:
        measured = measure(value.data)
        data, kind, svg = value.data, measured.kind, ""
        if kind == "svg":
            if value.fallback is None:
                raise ValueError(f"{NEEDS_PNG}; give it as image(…, fallback=…)")
            if measure(value.fallback).kind != "png":
                raise ValueError("the fallback of an SVG must be a PNG")
            identifier = self._instances.picture(data, kind, CONTENT_TYPES[kind])
            svg = (
                f'<a:extLst xmlns:a="{NS["a"]}"><a:ext uri="{_SVG_EXTENSION}"><asvg:svgBlip xmlns:asvg="{NS["asvg"]}" '
                f'xmlns:r="{NS["r"]}" r:embed="{identifier}"/></a:ext></a:extLst>'
            )
            data, kind = value.fallback, "png"
        x, y, width, height = frame.box
        cx, cy = fit(measured.width, measured.height, (width, height))
        self._shown[index] = {
            "text": self._rendering.text_of(frame.slot, value.text),
            "embed": self._instances.picture(data, kind, CONTENT_TYPES[kind]),
            "svg": svg,
            "cx": str(cx),
            "cy": str(cy),
            "x": str(x + (width - cx) // 2),
            "y": str(y + (height - cy) // 2),
        }

    def _gap(self, index: int, what: str) -> str:
        """What a frame without content says, where gaps may stand: nothing to see, and a text that says so."""
        frame = self._frames[index]
        if what == "text":
            return self._rendering.text_of(frame.slot, self._rendering.missing_at(frame.slot))
        if what == "embed":
            return self._instances.picture(NOTHING, "png", CONTENT_TYPES["png"])
        sizes = dict(zip(("x", "y", "cx", "cy"), map(str, frame.box), strict=True))
        return sizes.get(what, "")

    def _plan(self) -> Any:
        return self._instances.current.plan.chart

    def _data(self) -> ChartData:
        held = self._instances.current.data
        if held is None:
            held = self._instances.current.data = self._plan().prepare(Chart((), (), ""), str)
        return held

    # -- slides

    def _slide_id(self, slide: str, identifier: int, highest: int) -> str:
        """The id of the next copy of `slide`; the first keeps that of the template."""
        known = self._instances.slide_ids.setdefault(slide, [])
        if known:
            identifier = (
                max(highest, *(int(number) for ids in self._instances.slide_ids.values() for number, _ in ids)) + 1
            )
        known.append((identifier, slide))
        return str(identifier)

    def _show_slides(self, slide: str, name: str) -> str:
        """The entries of a custom show for the copies of `slide`."""
        copies = [identifier for identifier, _, target, _ in self._copies_of(slide) if target]
        return "".join(f'<{name} r:id="{identifier}"/>' for identifier in copies)

    def _copies_of(self, slide: str) -> list[tuple[str, str, str, bool]]:
        holder = self._instances.current
        found: list[tuple[str, str, str, bool]] = []
        for relation in holder.plan.relations:
            if relation.target == slide and relation.id in holder.children:
                found.append((relation.id, relation.type, holder.children[relation.id], False))
        made = self._instances.made
        return found + [entry for entry in holder.added if entry[2] in made and made[entry[2]].plan.part == slide]

    def _count_slides(self, what: str) -> str:
        """How many slides the deck has, or those of them with notes, or hidden ones."""
        shown: list[str] = []
        for slide in self._family.slides:
            copies = len(self._instances.slide_ids.get(slide, [])) if slide in self._family.repeated_slides else 1
            shown += [slide] * copies
        if what == "Notes":
            notes = {
                slide
                for slide in self._family.slides
                if any(r.type == RT_NOTES_SLIDE for r in self._family.plans[slide].relations)
            }
            shown = [slide for slide in shown if slide in notes]
        elif what == "HiddenSlides":
            shown = [slide for slide in shown if slide in self._family.hidden_slides]
        return str(len(shown))

    # -- links

    def _link(self, slot: int, gap: str, *pieces: Any) -> str:
        """The id of a link to the target that `pieces` make; `gap` is that of a link to nowhere."""
        missing = next(
            (p[0] for p in pieces if isinstance(p, list) and (p[0] is None or isinstance(p[0], Undefined))), 0
        )
        if isinstance(missing, Blank):
            return gap
        if missing != 0:
            hint = getattr(missing, "_undefined_hint", "") or "the value is missing"
            self._rendering.faults.report(slot, hint, gap=True)
            return gap
        try:
            return self._instances.link(build_target(pieces))
        except ValueError as error:
            self._rendering.faults.report(slot, str(error))
            return gap
