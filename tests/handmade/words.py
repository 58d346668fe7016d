"""Word documents as two kinds of author leave them: with headings by look only, and with everything that Word has."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor
from tests.handmade.markup import Block, Fence, Grid, Heading, Text, pieces, read_blocks

_NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"'
)


def write_by_look(source: str, path: Path) -> None:
    """Headings are larger bold text with typed numbers, all in the style Normal; tables have a bold first row."""
    document = Document()
    titles = 0
    for block in read_blocks(source):
        if isinstance(block, Heading):
            paragraph = document.add_paragraph()
            run = paragraph.add_run(block.text)
            run.bold = True
            run.font.size = Pt({1: 20, 2: 14, 3: 12}[block.level])
            if block.level == 1:
                titles += 1
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        elif isinstance(block, Text):
            document.add_paragraph(("\u2022 " if block.item else "") + block.text)
        elif isinstance(block, Grid):
            _plain_table(document, block)
    document.save(str(path))


def _plain_table(holder: Any, grid: Grid) -> Any:
    table = holder.add_table(rows=len(grid.rows), cols=len(grid.rows[0]))
    table.style = "Table Grid"
    for row, texts in zip(table.rows, grid.rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.paragraphs[0].add_run(text).bold = row is table.rows[0] or row._index == 0
    return table


class Crafted:
    """As a shared document comes out of a browser's editor and then through Word: direct formatting on every run,
    words cut into runs, tracked changes, content controls, text boxes, a table within a table, merged cells."""

    def __init__(self) -> None:
        self.document = Document()
        self.marks = 0

    def write(self, source: str, path: Path) -> None:
        for block in read_blocks(source):
            self._block(block)
        self.document.save(str(path))

    def _block(self, block: Block) -> None:
        if isinstance(block, Heading):
            style = "Title" if block.level == 1 else f"Heading {block.level - 1}"
            paragraph = self.document.add_paragraph(style=style)
            self.marks += 1
            name = f"_heading=h.{self.marks:06x}"
            paragraph._p.append(parse_xml(f'<w:bookmarkStart {nsdecls("w")} w:id="{self.marks}" w:name="{name}"/>'))
            paragraph._p.append(parse_xml(f'<w:bookmarkEnd {nsdecls("w")} w:id="{self.marks}"/>'))
            self._runs(paragraph, block.text)
        elif isinstance(block, Text):
            paragraph = self.document.add_paragraph(style="List Bullet" if block.item else None)
            self._runs(paragraph, block.text)
        elif isinstance(block, Grid):
            self._table(self.document, block)
        else:
            self._fence(block)

    def _fence(self, fence: Fence) -> None:
        if fence.name == "textbox":
            self._text_box(" ".join(block.text for block in fence.blocks if isinstance(block, Text)))
            return
        for block in fence.blocks:
            assert isinstance(block, Grid)
            if fence.name == "nested":
                outer = self.document.add_table(rows=1, cols=1)
                outer.cell(0, 0).paragraphs[0].add_run("Overview:")
                self._table(outer.cell(0, 0), block)
                outer.cell(0, 0).add_paragraph()
            else:
                table = self._table(self.document, block)
                self._control(table._tbl)

    def _control(self, element: Any) -> None:
        control = parse_xml(
            f'<w:sdt {nsdecls("w")}><w:sdtPr><w:alias w:val="Table"/><w:tag w:val="block"/></w:sdtPr>'
            "<w:sdtContent/></w:sdt>"
        )
        element.addprevious(control)
        control.find(qn("w:sdtContent")).append(element)

    def _table(self, holder: Any, grid: Grid) -> Any:
        rows, columns = len(grid.rows), len(grid.rows[0])
        table = holder.add_table(rows=rows, cols=columns)
        if holder is self.document:
            table.style = "Table Grid"
        for number, texts in enumerate(grid.rows):
            cells = table.rows[number].cells
            for cell, text in zip(cells, texts, strict=True):
                self._runs(cell.paragraphs[0], text)
            if number == rows - 1 and rows > 4:  # the last row came with a tracked change
                properties = table.rows[number]._tr.get_or_add_trPr()
                properties.append(
                    parse_xml(f'<w:ins {nsdecls("w")} w:id="9" w:author="Editor" w:date="2026-11-20T09:00:00Z"/>')
                )
        if grid.rows[0][0] == "Goal":
            self._merge_repeats(table, grid)
        return table

    def _merge_repeats(self, table: Any, grid: Grid) -> None:
        start = 1
        while start < len(grid.rows):
            end = start
            while end + 1 < len(grid.rows) and grid.rows[end + 1][0] == grid.rows[start][0]:
                end += 1
            for number in range(start + 1, end + 1):
                for paragraph in table.cell(number, 0).paragraphs:
                    for run in paragraph.runs:
                        run.text = ""
            table.cell(start, 0).merge(table.cell(end, 0))
            start = end + 1

    def _runs(self, paragraph: Any, text: str) -> None:
        for kind, piece in pieces(text):
            half = max(1, len(piece) // 2)
            for part in (piece[:half], piece[half:]):
                if not part:
                    continue
                run = paragraph.add_run(part)
                run.font.name = "Arial"
                run.font.color.rgb = RGBColor(0x43, 0x43, 0x43)
                if kind:
                    self._track(run._r, kind)

    def _track(self, run: Any, kind: str) -> None:
        name = "ins" if kind == "+" else "del"
        change = parse_xml(
            f'<w:{name} {nsdecls("w")} w:id="{self.marks}" w:author="Editor" w:date="2026-11-20T09:00:00Z"/>'
        )
        run.addprevious(change)
        change.append(run)
        if kind == "-":
            for text in run.findall(qn("w:t")):
                text.tag = qn("w:delText")

    def _text_box(self, text: str) -> None:
        content = f"<w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent>"
        self.document.add_paragraph()._p.append(
            parse_xml(
                f"<w:r {_NAMES}><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>"
                '<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="5400000" cy="900000"/>'
                '<wp:docPr id="7" name="Box"/><a:graphic><a:graphicData '
                'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr '
                'txBox="1"/><wps:spPr><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr><wps:txbx>'
                f"{content}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>"
                '</mc:Choice><mc:Fallback><w:pict><v:rect style="width:425pt;height:70pt"><v:textbox>'
                f"{content}</v:textbox></v:rect></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
            )
        )
