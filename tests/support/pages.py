"""Documents as the documentation describes them: Markdown for Word, slides and data, built in memory.

``# 7. Escalation {#escalation}`` is a heading with a bookmark, ``[2](#escalation)`` a live reference to it,
``[Approved]{drop-down: Outcome}`` a content control, ``{comment: …}`` a comment on the paragraph before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docx.oxml.ns import qn
from tests.support.documents import Piece, Slide, comment, docx, paragraph, pptx, ref, xml

_CONTROL = re.compile(r"\[([^\]]*)\]\{([a-z-]+): ([^}]+)\}")
_REFERENCE = re.compile(r"\[([^\]]+)\]\(#(\w+)\)")
_HEADING = re.compile(r"^(#+) (.*?)(?: \{#(\w+)\})?$")


def word(page: str) -> bytes:
    """The Word document that a page in Markdown describes."""
    found = re.match(r"---\ntitle: (.*)\n---\n", page)
    body = page[found.end() :] if found else page
    return docx(*(piece for block in blocks(body) for piece in _pieces(block)), title=found[1] if found else "")


def deck(page: str) -> bytes:
    """The deck that a page describes: a slide for each heading."""
    slides = []
    for part in re.split(r"^# ", page, flags=re.M)[1:]:
        title, _, rest = part.partition("\n")
        lines: list[str] = []
        rows: tuple[tuple[str, ...], ...] = ()
        chart: tuple[tuple[str, float], ...] = ()
        alt, notes = "", ""
        for block in blocks(rest):
            if block.startswith("|"):
                rows = tuple(tuple(row) for row in cells(block))
            elif image := re.fullmatch(r"!\[(.*)\]\((.*)\)", block):
                alt = image[1]
                pairs = (pair.split("=") for pair in image[2].split(", "))
                chart = tuple((name, float(value)) for name, value in pairs)
            elif block.startswith("Notes: "):
                notes = block.removeprefix("Notes: ")
            else:
                lines.append(block)
        slides.append(Slide(title.strip(), tuple(lines), rows, chart, alt, notes))
    return pptx(*slides)


def blocks(text: str) -> Iterator[str]:
    """The blocks of a page, parted by blank lines."""
    return (block.strip() for block in re.split(r"\n\s*\n", text) if block.strip())


def cells(block: str) -> list[list[str]]:
    """The rows of a table in Markdown, without the line that parts its header."""
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in block.split("\n")]
    return [row for row in rows if not all(re.fullmatch(r":?-+:?", cell) for cell in row)]


def _pieces(block: str) -> Iterator[Piece]:
    if found := _HEADING.match(block):
        yield paragraph(found[2], style=f"Heading{len(found[1])}", bookmark=found[3] or "")
    elif block.startswith("|"):
        yield _table(cells(block))
    elif found := re.fullmatch(r"\{comment: (.*)\}", block):
        yield comment(found[1])
    elif _CONTROL.search(block) or _REFERENCE.search(block):
        yield xml(f"<w:p>{''.join(_inline(block))}</w:p>")
    else:
        yield _text(block)


def _text(block: str) -> Piece:
    def write(document: object) -> None:
        line = document.add_paragraph()  # type: ignore[attr-defined]
        for at, words in enumerate(re.split(r"\*\*", block)):
            line.add_run(words).bold = bool(at % 2) or None

    return write


def _table(rows: list[list[str]]) -> Piece:
    """A table whose first row is marked as its header, as Word does it."""

    def write(document: object) -> None:
        grid = document.add_table(rows=0, cols=len(rows[0]))  # type: ignore[attr-defined]
        for values in rows:
            for cell, value in zip(grid.add_row().cells, values, strict=True):
                cell.text = value
        properties = grid.rows[0]._tr.get_or_add_trPr()
        properties.append(properties.makeelement(qn("w:tblHeader"), {}))

    return write


def _inline(text: str) -> Iterator[str]:
    at = 0
    for found in sorted([*_CONTROL.finditer(text), *_REFERENCE.finditer(text)], key=lambda hit: hit.start()):
        yield _run(text[at : found.start()])
        yield ref(found[2], found[1]) if found.re is _REFERENCE else _control(*found.groups())
        at = found.end()
    yield _run(text[at:])


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""


def _control(value: str, sort: str, title: str) -> str:
    ticked = int(value.strip() == "x")
    look = {
        "checkbox": f'<w14:checkbox><w14:checked w14:val="{ticked}"/></w14:checkbox>',
        "drop-down": "<w:dropDownList/>",
        "date": "<w:date/>",
        "text": "<w:text/>",
    }[sort]
    shown = "☒" if ticked else "☐"
    words = _run(shown if sort == "checkbox" else value)
    return f'<w:sdt><w:sdtPr><w:alias w:val="{title}"/>{look}</w:sdtPr><w:sdtContent>{words}</w:sdtContent></w:sdt>'
