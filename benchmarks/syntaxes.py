"""Writes the contract of `contract.py` down as a Word template in each engine's own tags.

Every template has the same paragraphs, runs, styles, revision ids and spelling marks, as Word would leave them; only
the tags differ, and where an engine wants them. What an engine lacks is given to it as ready text, which spares it the
work. The one called *floor* is no engine's: it is the parts' own XML with Jinja's tags between, as it would be compiled
by an engine that costs nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.shared import Cm, Pt

from contract import Each, Paragraph, Table, Value, When

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from contract import Block, Contract

BODY, HEADER, FOOTER = "word/document.xml", "word/header1.xml", "word/footer1.xml"
PARTS = (BODY, HEADER, FOOTER)


class Rows(Enum):
    """Where the tags of a loop over rows stand."""

    IN_CELLS = "in the first and the last cell"
    OWN_ROWS = "in rows of their own"
    TWICE = "nowhere: the item is shown twice, as the first and as the next"
    BESIDE = "outside the row"
    NONE = "nowhere: the row is named in the call"


@dataclass(frozen=True, slots=True)
class Syntax:
    """An engine's tags: NAME stands for the name of a value, a flag or a list, LIST for the list that is gone through.

    Without `when`, conditions are settled beforehand; without `each`, paragraphs are repeated beforehand, except where
    rows are shown twice, as paragraphs are then too.
    """

    value: str
    field: str
    rows: Rows
    when: tuple[str, str] = ("", "")
    each: tuple[str, str] = ("", "")
    row: tuple[str, str] = ("", "")


_HASH = ("{#NAME}", "{/NAME}")
_FOR, _IF = ("{% for item in NAME %}", "{% endfor %}"), ("{% if NAME %}", "{% endif %}")
_P_FOR, _P_IF = ("{%p for item in NAME %}", "{%p endfor %}"), ("{%p if NAME %}", "{%p endif %}")
_TR_FOR = ("{%tr for item in NAME %}", "{%tr endfor %}")
_SHOW = ("{d.NAME:ifEQ(true):showBegin}", "{d.NAME:showEnd}")
_MERGE = "MERGEFIELD NAME"

_DOCXTPL = Syntax("{{ NAME }}", "{{ item.NAME }}", Rows.OWN_ROWS, _P_IF, _P_FOR, _TR_FOR)
_DOCXTEMPLATER = Syntax("{NAME}", "{NAME}", Rows.IN_CELLS, _HASH, _HASH, _HASH)
FLOOR = Syntax("{{ NAME }}", "{{ item.NAME }}", Rows.BESIDE, _IF, _FOR, _FOR)
SYNTAXES = {
    "govpack": Syntax("{{ NAME }}", "{{ item.NAME }}", Rows.IN_CELLS, _IF, _FOR, _FOR),
    "docxtpl": _DOCXTPL,
    "rust-docxtpl": _DOCXTPL,
    "docx-mailmerge2": Syntax(_MERGE, _MERGE, Rows.NONE),
    "docxtemplater": _DOCXTEMPLATER,
    "carbone": Syntax("{d.NAME}", "{d.LIST[i].NAME}", Rows.TWICE, _SHOW),
    "easy-template-x": _DOCXTEMPLATER,
}

LACKS = {
    "docx-mailmerge2": "no conditions, no loops over paragraphs: it gets the clauses that stay and definitions as text",
}


class Writer:
    """Writes blocks as WordprocessingML with the tags of one syntax. `filled` is what it settles beforehand."""

    def __init__(self, syntax: Syntax, filled: Mapping[str, Any]) -> None:
        self._syntax = syntax
        self._filled = filled
        self._revision = 0x00A10000

    def blocks(self, blocks: tuple[Block, ...]) -> str:
        """All of `blocks`, one after another."""
        return "".join(self._block(block) for block in blocks)

    def paragraph(self, paragraph: Paragraph, write: Callable[[Value], str] | None = None) -> str:
        """One paragraph; `write` says what a value looks like, else it is one of the data."""
        write = write or (lambda value: self._syntax.value.replace("NAME", value.name))
        runs = "".join(
            self._run(piece) if isinstance(piece, str) else self._tag(write(piece), split=piece.split)
            for piece in paragraph.pieces
        )
        return f'<w:p{self._mark("R")}><w:pPr><w:pStyle w:val="{paragraph.style}"/></w:pPr>{runs}</w:p>'

    def _block(self, block: Block) -> str:
        match block:
            case Paragraph():
                return self.paragraph(block)
            case When():
                inside = self.blocks(block.paragraphs)
                if self._syntax.when[0]:
                    return self._between(self._syntax.when, block.flag, inside)
                return inside if block.holds else ""
            case Each():
                return self._each(block)
            case Table():
                return self._table(block)

    def _each(self, block: Each) -> str:
        if self._syntax.rows is Rows.TWICE:
            return "".join(
                self.paragraph(block.paragraph, self._item(block.name, index=index)) for index in ("[i]", "[i+1]")
            )
        if self._syntax.each[0]:
            inside = self.paragraph(block.paragraph, self._item(block.name))
            return self._between(self._syntax.each, block.name, inside)
        return "".join(
            self.paragraph(block.paragraph, lambda value, item=item: item[value.name])  # type: ignore[misc]
            for item in self._filled[block.name]
        )

    def _item(self, name: str, index: str = "[i]") -> Callable[[Value], str]:
        field = self._syntax.field.replace("LIST", name).replace("[i]", index)
        return lambda value: field.replace("NAME", value.name)

    def _between(self, tags: tuple[str, str], name: str, inside: str) -> str:
        """`inside` between two tags, each alone in a paragraph unless they stand beside."""
        opener, closer = (tag.replace("NAME", name) for tag in tags)
        if self._syntax.rows is Rows.BESIDE:
            return f"{opener}{inside}{closer}"
        first, last = (self.paragraph(Paragraph("Normal", (tag,))) for tag in (opener, closer))
        return f"{first}{inside}{last}"

    def _table(self, table: Table) -> str:
        syntax = self._syntax
        opener, closer = (tag.replace("NAME", table.name) for tag in syntax.row)
        grid = "".join('<w:gridCol w:w="2200"/>' for _ in table.head)
        look = '<w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="0" w:type="auto"/></w:tblPr>'
        head = self._row([self._run(text) for text in table.head])
        item = self._item(table.name)
        cells = [self._tag(item(value)) for value in table.cells]
        blank = [""] * (len(cells) - 1)
        match syntax.rows:
            case Rows.IN_CELLS:
                cells[0], cells[-1] = f"{self._run(opener)}{cells[0]}", f"{cells[-1]}{self._run(closer)}"
                rows = self._row(cells)
            case Rows.OWN_ROWS:
                around = [self._row([self._run(tag), *blank]) for tag in (opener, closer)]
                rows = around[0] + self._row(cells) + around[1]
            case Rows.TWICE:
                following = self._item(table.name, index="[i+1]")
                rows = self._row(cells) + self._row([self._tag(following(value)) for value in table.cells])
            case Rows.BESIDE:
                rows = f"{opener}{self._row(cells)}{closer}"
            case Rows.NONE:
                rows = self._row(cells)
        return f"<w:tbl>{look}<w:tblGrid>{grid}</w:tblGrid>{head}{rows}</w:tbl>"

    def _row(self, cells: list[str]) -> str:
        width = '<w:tcPr><w:tcW w:w="2200" w:type="dxa"/></w:tcPr>'
        inner = "".join(f"<w:tc>{width}<w:p{self._mark('R')}>{cell}</w:p></w:tc>" for cell in cells)
        return f"<w:tr{self._mark('R')}>{inner}</w:tr>"

    def _mark(self, which: str) -> str:
        """A revision id, as Word writes one; the floor has none, as govpack takes them out."""
        if self._syntax.rows is Rows.BESIDE:
            return ""
        self._revision += 0x11
        return f' w:rsid{which}="{self._revision:08X}"'

    def _run(self, text: str, kind: str = "t") -> str:
        look = '<w:rPr><w:lang w:val="en-IE"/></w:rPr>'
        return f'<w:r{self._mark("RPr")}>{look}<w:{kind} xml:space="preserve">{escape(text)}</w:{kind}></w:r>'

    def _tag(self, tag: str, *, split: bool = False) -> str:
        """The run of a value; split, three of them with a spelling mark between."""
        field = tag.startswith("MERGEFIELD ")
        kind = "instrText" if field else "t"
        tag = f" {tag} " if field else tag
        if split and self._syntax.rows is not Rows.BESIDE:
            middle = len(tag) // 2
            runs = [self._run(piece, kind) for piece in (tag[:1], tag[1:middle], tag[middle:])]
            inside = f'{runs[0]}<w:proofErr w:type="spellStart"/>{runs[1]}{runs[2]}<w:proofErr w:type="spellEnd"/>'
        else:
            inside = self._run(tag, kind)
        if not field:
            return inside
        shown = self._run(f"«{tag.split()[1]}»")
        begin, between, end = map(self._field_mark, ("begin", "separate", "end"))
        return f"{begin}{inside}{between}{shown}{end}"

    def _field_mark(self, word: str) -> str:
        return f'<w:r{self._mark("RPr")}><w:fldChar w:fldCharType="{word}"/></w:r>'


def write_parts(contract: Contract, syntax: Syntax, filled: Mapping[str, Any]) -> dict[str, str]:
    """The XML of the body, the header and the footer, in the tags of `syntax`, by the part's name."""
    writer = Writer(syntax, filled)
    inside = {
        BODY: writer.blocks(contract.blocks),
        HEADER: writer.paragraph(contract.header),
        FOOTER: writer.paragraph(contract.footer),
    }
    parts = {}
    with ZipFile(BytesIO(_blank())) as blank:
        for name, content in inside.items():
            text = blank.read(name).decode()
            start = text.index("<w:body>") + len("<w:body>") if name == BODY else text.index("<w:p>")
            end = text.index("<w:sectPr") if name == BODY else text.rindex("</w:p>") + len("</w:p>")
            parts[name] = f"{text[:start]}{content}{text[end:]}"
    return parts


def write_template(contract: Contract, syntax: Syntax, filled: Mapping[str, Any]) -> bytes:
    """The contract as a Word template in the tags of `syntax`."""
    parts = write_parts(contract, syntax, filled)
    target = BytesIO()
    with ZipFile(BytesIO(_blank())) as blank, ZipFile(target, "w", ZIP_DEFLATED) as made:
        for name in blank.namelist():
            content = parts[name].encode() if name in parts else blank.read(name)
            made.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return target.getvalue()


def _blank() -> bytes:
    """python-docx's own blank document, with a header and a footer, set as contracts are."""
    document = docx.Document()
    section = document.sections[0]
    section.left_margin = section.right_margin = Cm(2.5)
    document.styles["Normal"].font.size = Pt(10)
    document.styles["Normal"].paragraph_format.space_after = Pt(4)
    section.header.paragraphs[0].text = section.footer.paragraphs[0].text = "text"
    target = BytesIO()
    document.save(target)
    return target.getvalue()
