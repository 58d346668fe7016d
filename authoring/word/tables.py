"""Tables that stand on the page: fixed widths, a header row that repeats, rows that do not break.

Widths of columns are given as shares; they are laid out to the width of the text, in twips.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from docx.shared import Pt

from authoring.word.base import TEXT_PORTRAIT
from authoring.word.native import split_controls

if TYPE_CHECKING:
    from collections.abc import Sequence

    from authoring.word.draft import Draft


_SHORT = 12  # rows
_APART = 120  # twips


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of a cell, a paragraph a line, in which ``**words**`` are bold; its style by id, and how it is aligned.

    The text may hold controls as `authoring.word.native` writes them. `ground` is an expression that gives the colour
    behind it, six hexadecimal digits, or an empty text for none. A figure at the right stands `apart` from a text at
    the left of the next cell, or the two read as one.
    """

    text: str
    style: str = "TableText"
    align: str = "left"
    ground: str = ""
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table with a row for each of many things: its head, share of the width, and what a cell says.

    Its style, how it is aligned and whether it stands `apart` are those of its cells.
    """

    head: str
    share: float
    cell: str
    style: str = "TableText"
    align: str = "left"
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """A row of a table of terms: label, what is agreed, when the row is there, and the clause it comes from."""

    label: str
    value: str
    when: str = ""
    clause: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DataTable:
    """A table under its heading and intro. `loop` makes a row for each of many things; else `terms` are the rows.

    With `inner`, a loop within the loop, each turn of that makes a row.
    """

    heading: str
    intro: str
    when: str = ""
    loop: str = ""
    inner: str = ""
    columns: tuple[Column, ...] = ()
    heads: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    shares: tuple[float, ...] = (32, 68)  # of the columns of terms
    together: bool = False  # on one page, for a table of few rows
    short: int = 0  # on one page where it has no more rows than this, for a table of few rows or many
    followed: bool = False  # on one page also with what comes after it, such as the places to sign
    closing: bool = False  # its last two rows on one page with what comes after it, for a table of any length

    @property
    def rows(self) -> str:
        """The path of what the rows are made of."""
        return self.loop.partition(" in ")[2]


def rows_table(draft: Draft, each: DataTable, *, width: int = TEXT_PORTRAIT) -> None:
    """A table with one row for each turn of the loop; its heading is what a reader hears.

    It may break between rows, but not so that a single one of them stands on a page.
    """
    columns = each.columns
    whole = each.together or each.followed
    texts = [column.cell for column in columns]
    if each.short:
        texts[0] = f"{{% keepnext loop.length <= {each.short} and not loop.last %}}{texts[0]}"
    if each.closing:
        texts[0] = f"{{% keepnext loop.revindex <= 2 %}}{texts[0]}"
    for loop in filter(None, (each.inner, each.loop)):
        texts[0] = f"{{% for {loop} %}}{texts[0]}"
        texts[-1] += "{% endfor %}"
    widths = share_out(width, [column.share for column in columns])
    heads = [Cell(column.head, "TableHead", column.align, apart=column.apart) for column in columns]
    cells = [
        Cell(text, column.style, column.align, apart=column.apart) for text, column in zip(texts, columns, strict=True)
    ]
    rows = [row(heads, widths, head=True), row(cells, widths, keep=whole)]
    draft.append(table(each.heading, widths, rows))
    if each.together and not each.followed:
        end_chain(draft)


def end_chain(draft: Draft) -> None:
    """End a chain of rows that all keep with the next: the last would draw what follows the table onto its page."""
    end = draft.write("", "Normal").paragraph_format
    end.space_after, end.line_spacing = Pt(0), Pt(1)


def terms_table(
    draft: Draft,
    title: str,
    heads: Sequence[str],
    terms: Sequence[Term],
    *,
    shares: Sequence[float] = (32, 68),
    followed: bool = False,
) -> None:
    """A table of labels and what is agreed; a row with a condition goes where it does not hold.

    With a third head, the number of each term's clause. A short table is kept on one page; one that is `followed` also
    with what comes after it.
    """
    widths = share_out(TEXT_PORTRAIT, shares)
    rows = [row([Cell(head, "TableHead") for head in heads], widths, head=True)]
    for index, term in enumerate(terms, 1):
        texts = [term.label, term.value]
        if len(heads) > 2:
            texts.append(_clause_number(term.clause) if term.clause else "–")
        if term.when:
            texts[0] = f"{{% if {term.when} %}}{texts[0]}"
            texts[-1] += "{% endif %}"
        styles = ["TableLabel", "TableText", "TableText"]
        cells = [Cell(text, style) for text, style in zip(texts, styles, strict=False)]
        rows.append(row(cells, widths, keep=len(terms) <= _SHORT and (followed or index < len(terms))))
    draft.append(table(title, widths, rows))


def _clause_number(identifier: str) -> str:
    # A contract may leave a clause out; `present` is set above the table.
    return f'{{% if "{identifier}" in present %}}{{{{ ref("{identifier}") }}}}{{% else %}}–{{% endif %}}'


def signature_table(draft: Draft, title: str, heading: str, signatory: str) -> None:
    """A signature block that stays on one page: who signs for whom, and lines for signature and date."""
    widths = share_out(TEXT_PORTRAIT, (30, 70))
    lines = [
        ("Signature", "", 794),
        ("Name", f"{{{{ {signatory}.name }}}}", 0),
        ("Title", f"{{{{ {signatory}.role }}}}", 0),
        ("Date", "", 0),
    ]
    rows = [_spanning_row(heading, widths)]
    for index, (label, value, height) in enumerate(lines, 1):
        cells = [Cell(label, "TableLabel"), Cell(value)]
        rows.append(row(cells, widths, height=height, keep=index < len(lines)))
    draft.append(table(title, widths, rows, style="SignatureTable", first_row=False))


def table(
    title: str,
    widths: Sequence[int],
    rows: Sequence[str],
    *,
    style: str = "HouseTable",
    layout: str = "fixed",
    width: int = 0,
    first_row: bool = True,
) -> str:
    """A table of `rows`, as wide as its columns or `width` twips; `title` is its alternative text."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    look = f'w:firstRow="{int(first_row)}" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"'
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{width or sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="{layout}"/><w:tblLook w:val="{"0620" if first_row else "0600"}" {look}/>'
        f"<w:tblCaption w:val={quoteattr(title)}/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def row(
    cells: Sequence[Cell],
    widths: Sequence[int],
    *,
    head: bool = False,
    keep: bool = False,
    height: int = 0,
    middle: bool = False,
) -> str:
    """A row that does not break; `keep` holds it with the next, `height` is the least height in twips.

    Texts stand at the top of their cells, those of a `head` at the bottom, in the `middle` where that is said.
    """
    properties = "<w:cantSplit/>"
    properties += f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>' if height else ""
    properties += "<w:tblHeader/>" if head else ""
    side = "bottom" if head else "center" if middle else ""
    upright = f'<w:vAlign w:val="{side}"/>' if side else ""
    made = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{upright}</w:tcPr>{_paragraphs(cell, keep=keep)}</w:tc>'
        for cell, width in zip(cells, widths, strict=True)
    )
    return f"<w:tr><w:trPr>{properties}</w:trPr>{made}</w:tr>"


def _spanning_row(text: str, widths: Sequence[int]) -> str:
    return (
        f'<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:gridSpan w:val="{len(widths)}"/></w:tcPr>{_paragraphs(Cell(text), keep=True)}</w:tc></w:tr>'
    )


def _paragraphs(cell: Cell, *, keep: bool) -> str:
    properties = f'<w:pStyle w:val="{cell.style}"/>'
    properties += "<w:keepNext/>" if keep else ""
    properties += f'<w:ind w:right="{_APART}"/>' if cell.apart else ""
    properties += f'<w:jc w:val="{cell.align}"/>' if cell.align != "left" else ""
    first, *rest = cell.text.split("\n")
    lines = [first + (f"{{% cellbg {cell.ground} %}}" if cell.ground else ""), *rest]
    return "".join(f"<w:p><w:pPr>{properties}</w:pPr>{_runs(line)}</w:p>" for line in lines)


def _runs(text: str) -> str:
    strong = '<w:rPr><w:rStyle w:val="Strong"/></w:rPr>'
    return "".join(
        control
        or "".join(
            f'<w:r>{strong if index % 2 else ""}<w:t xml:space="preserve">{escape(piece)}</w:t></w:r>'
            for index, piece in enumerate(words.split("**"))
            if piece
        )
        for words, control in split_controls(text)
    )


def share_out(width: int, shares: Sequence[float]) -> list[int]:
    """`width` in whole twips over columns by `shares`; what rounding leaves goes to the last."""
    widths = [int(width * share / sum(shares)) for share in shares]
    widths[-1] += width - sum(widths)
    return widths
