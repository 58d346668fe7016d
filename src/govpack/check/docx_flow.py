"""A Word body as a flow of paragraphs and tables in reading order, each with its list number; no headings yet.

Content controls, custom XML and tracked insertions may wrap paragraphs, whole tables, rows or cells: their contents
count. Deleted rows don't. Text boxes follow the paragraph that anchors them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from govpack.check.docx_styles import (
    BEFORE,
    DELETED,
    HEADER,
    MERGE,
    SPAN,
    VAL,
    Formats,
    Styles,
    flag,
    numbering_of,
)
from govpack.check.docx_text import (
    MC_ALTERNATE,
    W_ID,
    W_NAME,
    W_P,
    W_SDT,
    W_SDT_CONTENT,
    RawControl,
    RawParagraph,
    TextReader,
    chosen,
)
from govpack.ooxml.names import qn
from govpack.ooxml.xml import child_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from govpack.ooxml.numbering import ListNumber, Numbering

_TBL, _TR, _TC, _TC_PR = (qn(f"w:{tag}") for tag in ("tbl", "tr", "tc", "tcPr"))
_SDT_PR, _BOOKMARK = qn("w:sdtPr"), qn("w:bookmarkStart")
_COLUMNS, _LEVELS = 63, 9  # the most that Word allows
_WRAPPERS = {qn("w:customXml"), qn("w:ins"), qn("w:moveTo"), qn("w:smartTag")}


@dataclass(slots=True)
class FlowParagraph:
    """A paragraph with its list number (None outside lists and for bullets); `listed` where any list holds it."""

    raw: RawParagraph
    number: ListNumber | None = None
    listed: bool = False


@dataclass(slots=True)
class FlowCell:
    """A cell as drawn: the columns it spans, whether it continues the cell above, and its contents."""

    span: int
    continues: bool
    flow: list[FlowParagraph | FlowTable]


@dataclass(slots=True)
class FlowRow:
    """A row as drawn; `header` where Word repeats it on each page; `before` counts the columns it leaves out."""

    cells: list[FlowCell]
    header: bool
    before: int


@dataclass(slots=True)
class FlowTable:
    """A table as drawn."""

    rows: list[FlowRow] = field(default_factory=list)


Flow = FlowParagraph | FlowTable


class FlowReader:
    """Reads the body of a document, once, in order: list numbers count up as paragraphs are met."""

    def __init__(self, styles: Styles, numbering: Numbering, formats: Formats) -> None:
        self._numbering, self._formats = numbering, formats
        self._depths: dict[tuple[str, str], int | None] = {}
        self._texts = TextReader(styles, formats)
        self._controls: list[RawControl] = []
        self._starts: list[tuple[str, str]] = []
        self._contents_depth = 0

    def read(self, container: etree._Element) -> list[Flow]:
        """The flow of `container` (w:body, w:tc, w:txbxContent, w:hdr …)."""
        flow: list[Flow] = []
        for node in container:
            tag = node.tag
            if tag == W_P:
                flow += self._paragraph(node)
            elif tag == _TC_PR:
                continue
            elif tag == _TBL:
                flow.append(self._table(node))
            elif tag == W_SDT:
                flow += self._control(node)
            elif tag in _WRAPPERS:
                flow += self.read(node)
            elif tag == MC_ALTERNATE:
                branch = chosen(node)
                flow += () if branch is None else self.read(branch)
            elif tag == _BOOKMARK:
                self._starts.append((node.get(W_ID, ""), node.get(W_NAME, "")))
        return flow

    def _paragraph(self, node: etree._Element) -> list[Flow]:
        raw = self._texts.read(node)
        if self._starts or self._controls:
            raw.starts = (*((identifier, name, 0) for identifier, name in self._starts), *raw.starts)
            raw.controls = (*self._controls, *raw.controls)
            self._starts, self._controls = [], []
        if self._contents_depth:
            raw.contents = True
        number, listed = self._number(raw)
        flow: list[Flow] = [FlowParagraph(raw, number, listed)]
        for box in raw.boxes:
            flow += self.read(box)
        return flow

    def _number(self, raw: RawParagraph) -> tuple[ListNumber | None, bool]:
        num_id, depth = numbering_of(raw.properties)
        if num_id is None:
            num_id = raw.style.num_id
            if depth is None and num_id:
                depth = self._depth_of(num_id, raw.style_id)
            if depth is None:
                depth = raw.style.level
        if not num_id or num_id == "0":
            return None, False
        depth = depth or 0
        if not 0 <= depth < _LEVELS:
            return None, False
        if not raw.text.strip() and any(text == "¶" for _, _, text in raw.changes):
            return None, False  # the whole paragraph is a tracked deletion: Word's clean view does not count it
        number = self._numbering.count(num_id, depth)
        return (None if self._numbering.is_bullet(num_id, depth) else number), number is not None

    def _depth_of(self, num_id: str, style_id: str) -> int | None:
        """The level of a list that is linked to a style."""
        key = num_id, style_id
        if key not in self._depths:
            self._depths[key] = self._numbering.level_of_style(num_id, style_id)
        return self._depths[key]

    def _control(self, node: etree._Element) -> list[Flow]:
        properties, content = child_of(node, _SDT_PR), child_of(node, W_SDT_CONTENT)
        if content is None:
            return []
        gallery = None if properties is None else properties.find(f"{qn('w:docPartObj')}/{qn('w:docPartGallery')}")
        contents = gallery is not None and gallery.get(VAL, "") == "Table of Contents"
        self._contents_depth += contents
        control = RawControl(properties, "")
        if not contents:
            self._controls.append(control)
        flow = self.read(content)
        control.value = "\n".join(item.raw.text for item in paragraphs_of(flow))
        self._contents_depth -= contents
        return flow

    def _table(self, node: etree._Element) -> FlowTable:
        table = FlowTable()
        for row, control in self._wrapped(node, _TR):
            properties = self._formats.of(row)
            if DELETED in properties:
                continue
            if control is not None:
                self._controls.append(control)
            header = flag(properties, HEADER)
            before = properties.get(BEFORE)
            cells = [self._cell(cell, wrapping) for cell, wrapping in self._wrapped(row, _TC)]
            if cells:
                table.rows.append(
                    FlowRow(cells, header, 0 if before is None else min(int(before.get(VAL, "0")), _COLUMNS))
                )
            if control is not None:
                control.value = "\n".join(p.raw.text for cell in cells for p in paragraphs_of(cell.flow))
        return table

    def _wrapped(self, node: etree._Element, tag: str) -> Iterator[tuple[etree._Element, RawControl | None]]:
        # w:sdt may wrap whole rows and cells, not only text.
        for child in node:
            if child.tag == tag:
                yield child, None
            elif child.tag == W_SDT and (content := child_of(child, W_SDT_CONTENT)) is not None:
                for found, inner in self._wrapped(content, tag):
                    yield found, inner or RawControl(child_of(child, _SDT_PR), "")
            elif child.tag in _WRAPPERS:
                yield from self._wrapped(child, tag)

    def _cell(self, node: etree._Element, control: RawControl | None) -> FlowCell:
        if control is not None:
            self._controls.append(control)
        properties = self._formats.of(node)
        span, merge = properties.get(SPAN), properties.get(MERGE)
        flow = self.read(node)
        if control is not None:
            control.value = "\n".join(item.raw.text for item in paragraphs_of(flow))
        return FlowCell(
            span=1 if span is None else min(max(int(span.get(VAL, "1")), 1), _COLUMNS),
            continues=merge is not None and merge.get(VAL, "continue") == "continue",
            flow=flow,
        )


def paragraphs_of(flow: list[Flow]) -> Iterator[FlowParagraph]:
    """All paragraphs of a flow, those in tables too."""
    for item in flow:
        if isinstance(item, FlowParagraph):
            yield item
        else:
            for row in item.rows:
                for cell in row.cells:
                    yield from paragraphs_of(cell.flow)
