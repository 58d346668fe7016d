"""Files that would eat the machine that checks them, and a process that checks one: ``hogs.py FILE`` says how it ended.

`CASES` makes each from its name; a file is named for the document of the bundled checklist that it claims to be.
"""

from __future__ import annotations

import contextlib
import io
import json
import random
import sys
import time
import zipfile
from collections.abc import Callable, Iterable, Sequence
from itertools import repeat
from pathlib import Path

from govpack.cli import main as command

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_P = (
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_MAIN = {
    "docx": ("word/document.xml", "wordprocessingml.document.main"),
    "xlsx": ("xl/workbook.xml", "spreadsheetml.sheet.main"),
    "pptx": ("ppt/presentation.xml", "presentationml.presentation.main"),
}
_TABLE = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl><w:p/>"
_WORD = "<w:p><w:r><w:t>word</w:t></w:r></w:p>"

Pieces = Iterable[str]
Members = dict[str, Pieces]


def _package(kind: str, members: Members, *, main: str = "", content_type: str = "") -> bytes:
    part, word = _MAIN[kind]
    kept = f"application/vnd.openxmlformats-officedocument.{content_type or word}+xml"
    frame: Members = {
        "[Content_Types].xml": [
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/{part}" ContentType="{kept}"/></Types>'
        ],
        "_rels/.rels": _links(("officeDocument", main or part)),
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, pieces in {**frame, **members}.items():
            with archive.open(name, "w") as member:
                for piece in pieces:
                    member.write(piece.encode())
    return made.getvalue()


def _links(*links: tuple[str, str], external: bool = False) -> list[str]:
    mode = ' TargetMode="External"' if external else ""
    rows = "".join(
        f'<Relationship Id="r{number}" Type="{_TYPE}{kind}" Target="{target if external else "/" + target}"{mode}/>'
        for number, (kind, target) in enumerate(links)
    )
    return [f'<Relationships xmlns="{_RELS}">{rows}</Relationships>']


def _word(*body: Pieces, **members: Pieces) -> bytes:
    def whole() -> Pieces:
        yield f"<w:document {_W} {_R}><w:body>"
        for pieces in body:
            yield from pieces
        yield "</w:body></w:document>"

    return _package("docx", {"word/document.xml": whole(), **members})


def _book(sheet: Pieces, *, strings: Pieces = (), sheets: int = 1) -> bytes:
    entries = "".join(f'<sheet name="S{number}" sheetId="{number + 1}" r:id="r0"/>' for number in range(sheets))
    members: Members = {
        "xl/workbook.xml": [f"<workbook {_S} {_R}><sheets>{entries}</sheets></workbook>"],
        "xl/_rels/workbook.xml.rels": _links(
            ("worksheet", "xl/worksheets/sheet1.xml"), ("sharedStrings", "xl/sharedStrings.xml")
        ),
        "xl/worksheets/sheet1.xml": _wrap(f"<worksheet {_S}>", sheet, "</worksheet>"),
        "xl/sharedStrings.xml": _wrap(f"<sst {_S}>", strings, "</sst>"),
    }
    return _package("xlsx", members)


def _wrap(before: str, pieces: Pieces, after: str) -> Pieces:
    yield before
    yield from pieces
    yield after


def _deck(slide: Pieces, *, times: int = 1) -> bytes:
    entries = "".join(f'<p:sldId id="{256 + number}" r:id="r0"/>' for number in range(times))
    return _package(
        "pptx",
        {
            "ppt/presentation.xml": [f"<p:presentation {_P} {_R}><p:sldIdLst>{entries}</p:sldIdLst></p:presentation>"],
            "ppt/_rels/presentation.xml.rels": _links(("slide", "ppt/slides/slide1.xml")),
            "ppt/slides/slide1.xml": _wrap(f"<p:sld {_P}><p:cSld><p:spTree>", slide, "</p:spTree></p:cSld></p:sld>"),
            "ppt/slides/_rels/slide1.xml.rels": _links(("notesSlide", "ppt/slides/slide1.xml")),
        },
    )


def _part(name: str, pieces: Pieces, relation: str) -> dict[str, Pieces]:
    """A further part of a Word document, and its relationship."""
    return {name: pieces, "word/_rels/document.xml.rels": _links((relation, name))}


def _doctype(body: str, entity: str) -> bytes:
    text = f"<!DOCTYPE w:document [{entity}]><w:document {_W}><w:body><w:p><w:r><w:t>{body}</w:t></w:r></w:p></w:body>"
    return _package("docx", {"word/document.xml": [text, "</w:document>"]})


_LAUGHS = '<!ENTITY a "ha">' + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(10))
_STYLES = (
    f"<w:styles {_W}>"
    + "".join(
        f'<w:style w:type="paragraph" w:styleId="S{n}"><w:name w:val="S{n}"/><w:basedOn w:val="S{(n + 1) % 20000}"/>'
        "</w:style>"
        for n in range(20_000)
    )
    + "</w:styles>"
)
_STYLED = '<w:p><w:pPr><w:pStyle w:val="S0"/></w:pPr><w:r><w:t>word</w:t></w:r></w:p>'
_LINKED = (
    f"<w:numbering {_W}>"
    '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="L"/><w:styleLink w:val="L"/></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
)
_LISTED = (
    '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>word</w:t></w:r></w:p>'
)
_MARK = '<w:p><w:bookmarkStart w:id="1" w:name="one"/><w:r><w:t>word</w:t></w:r><w:bookmarkEnd w:id="1"/></w:p>'
_FIELD = '<w:p><w:fldSimple w:instr=" REF {} \\w \\h "><w:r><w:t>{}</w:t></w:r></w:fldSimple></w:p>'
_WIDE = '<w:tr><w:tc><w:tcPr><w:gridSpan w:val="63"/></w:tcPr><w:p><w:r><w:t>word</w:t></w:r></w:p></w:tc></w:tr>'
_HEADED = '<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:r><w:t>Escalation</w:t></w:r></w:p>'
_ROW = "<w:tr>" + "<w:tc><w:p><w:r><w:t>one two</w:t></w:r></w:p></w:tc>" * 6 + "</w:tr>"
_CELL = '<c r="{}" t="inlineStr"><is><t>word</t></is></c>'
_TEXT_BOX = "<p:sp><p:txBody><a:p><a:r><a:t>word</a:t></a:r></a:p></p:txBody></p:sp>"


def _varied(piece: str, count: int) -> Pieces:
    """`piece` so many times, each with an attribute of its own, as Word writes them: no ratio gives it away."""
    chance = random.Random(407)
    start, rest = piece.split(">", 1)
    return (f'{start} rsidR="{chance.getrandbits(32):08X}">{rest}' for _ in range(count))


def _noise(signs: Sequence[str], count: int) -> str:
    """So many signs in no order."""
    return "".join(random.Random(407).choices(signs, k=count))


def _lines(signs: Sequence[str], count: int) -> Pieces:
    """Paragraphs of signs in no order, each as long as one may be."""
    noise = _noise(signs, count)
    return (_line(noise[at : at + 39_000]) for at in range(0, len(noise), 39_000))


def _line(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def _cells(*cells: str) -> list[str]:
    return ["<sheetData>", *cells, "</sheetData>"]


CASES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a bomb of one part": ("governance-charter.docx", lambda: _word(repeat("<w:p/>" * 10_000, 2_000))),
    "a million tables of a page in each other": ("index.html", lambda: b"<table><tr><td>" * 1_000_000),
    "as many tables of a page as may be, in each other": ("index.html", lambda: b"<table><tr><td>" * 130_000),
    "a page of very many cells": ("index.html", lambda: b"<table>" + b"<tr><td>a<td>b" * 130_000),
    "a page of very many lines": ("index.html", lambda: b"<p>" * 390_000 + b"<h2>Risks</h2>"),
    "an element of very many attributes": (
        "index.html",
        lambda: b"<p " + b" ".join(b"a%d=''" % number for number in range(1_000_000)) + b">",
    ),
    "cells of a page that span all": ("index.html", lambda: b"<table>" + b"<tr><td colspan=999 rowspan=0>x" * 100_000),
    "a bomb under the ratio": (
        "governance-charter.docx",
        lambda: _word(_varied(_WORD, 1_000_000)),
    ),
    "a bomb of many parts": (
        "governance-charter.docx",
        lambda: _word(
            [_WORD], **{f"word/header{n}.xml": ["<x>", _noise("abcdefgh ", 900_000), "</x>"] for n in range(60)}
        ),
    ),
    "entities": ("governance-charter.docx", lambda: _doctype("&k;", _LAUGHS)),
    "a file from outside": (
        "governance-charter.docx",
        lambda: _doctype("&k;", '<!ENTITY k SYSTEM "file:///etc/hosts">'),
    ),
    "a million tables in each other": (
        "governance-charter.docx",
        lambda: _word(_varied(_TABLE[0], 100_000), [_WORD, _TABLE[1] * 100_000]),
    ),
    "tables as deep as XML may be": (
        "governance-charter.docx",
        lambda: _word([_TABLE[0] * 80, _WORD, _TABLE[1] * 80]),
    ),
    "a million tables in a row": (
        "governance-charter.docx",
        lambda: _word([_HEADED], _varied(_TABLE[0] + _WORD + _TABLE[1], 1_000_000)),
    ),
    "as many tables as are read": (
        "governance-charter.docx",
        lambda: _word([_HEADED], _varied(_TABLE[0] + _WORD + _TABLE[1], 49_000)),
    ),
    "a table of very many rows": (
        "governance-charter.docx",
        lambda: _word([_HEADED, "<w:tbl>"], _varied(_ROW, 12_500), ["</w:tbl>"]),
    ),
    "very many tables with one first column": (
        "governance-charter.docx",
        lambda: _word([_HEADED], _varied(f"<w:tbl>{_ROW * 12}</w:tbl><w:p/>", 1_050)),
    ),
    "cells that span all columns": (
        "governance-charter.docx",
        lambda: _word(["<w:tbl>"], _varied(_WIDE, 60_000), ["</w:tbl>"]),
    ),
    "labels of its own in each cell": (
        "governance-charter.docx",
        lambda: _word(
            [_HEADED, "<w:tbl>"],
            (f"<w:tr>{_cell('one')}{_cell(f'label {n}: one')}</w:tr>" for n in range(10_000)),
            ["</w:tbl>"],
        ),
    ),
    "labels of its own under each heading": (
        "partnership-strategy.docx",
        lambda: _word(
            _HEADED.replace("Escalation", f"Heading {n}")
            + "".join(_line(f"label {10 * n + more}: one") for more in range(10))
            for n in range(3_000)
        ),
    ),
    "very many headings": ("governance-charter.docx", lambda: _word(_varied(_HEADED, 60_000))),
    "styles in a circle": (
        "governance-charter.docx",
        lambda: _word([_STYLED], **_part("word/styles.xml", [_STYLES], "styles")),
    ),
    "lists in a circle": (
        "governance-charter.docx",
        lambda: _word([_LISTED], **_part("word/numbering.xml", [_LINKED], "numbering")),
    ),
    "parts in a circle": (
        "governance-charter.docx",
        lambda: _word(
            [_WORD], **_part("word/_rels/document.xml.rels", _links(("header", "word/document.xml")), "header")
        ),
    ),
    "10,000 bookmarks with one name": (
        "partnership-agreement.docx",
        lambda: _word(repeat(_MARK, 10_000), repeat(_FIELD.format("one", "7"), 10_000)),
    ),
    "10,000 references to nothing": (
        "partnership-agreement.docx",
        lambda: _word(_FIELD.format(f"gone{n}", n) for n in range(10_000)),
    ),
    "references to each other": (
        "partnership-agreement.docx",
        lambda: _word(
            f'<w:p><w:bookmarkStart w:id="{n}" w:name="b{n}"/>{_FIELD.format(f"b{n ^ 1}", n)[5:-6]}'
            f'<w:bookmarkEnd w:id="{n}"/></w:p>'
            for n in range(10_000)
        ),
    ),
    "a very long line": ("partnership-agreement.docx", lambda: _word([_line(_noise("word  ", 5_000_000))])),
    "very long words": ("partnership-agreement.docx", lambda: _word(_lines("abc", 2_000_000))),
    "very many quotation marks": ("partnership-agreement.docx", lambda: _word(_lines('"a ', 2_000_000))),
    "very many brackets": (
        "partnership-agreement.docx",
        lambda: _word(_lines("[({a", 2_000_000), _lines("{%", 500_000)),
    ),
    "very many numbers": (
        "partnership-agreement.docx",
        lambda: _word(_lines("1.", 1_000_000), _lines(("clause ", "1", "."), 1_000_000)),
    ),
    "very many blanks": ("partnership-agreement.docx", lambda: _word(_lines(" \t", 2_000_000))),
    "a deck that says it is a document": (
        "governance-charter.docx",
        lambda: _package("docx", {"word/document.xml": [f"<p:presentation {_P}/>"]}, content_type=_MAIN["pptx"][1]),
    ),
    "a picture that says it is a document": (
        "governance-charter.docx",
        lambda: _package("docx", {"word/document.xml": ["\x89PNG not XML at all"]}),
    ),
    "a main part that is not there": ("governance-charter.docx", lambda: _package("docx", {}, main="word/none.xml")),
    "a main part that is the list of parts": (
        "governance-charter.docx",
        lambda: _package("docx", {}, main="[Content_Types].xml"),
    ),
    "links to other places": (
        "governance-charter.docx",
        lambda: _word(
            [_WORD],
            **{
                "word/_rels/document.xml.rels": _links(
                    ("attachedTemplate", "http://192.0.2.1/evil.dotm"), ("image", "file:///dev/zero"), external=True
                )
            },
        ),
    ),
    "a sheet that says it is all of Excel": (
        "vendor-scorecard.xlsx",
        lambda: _book(['<dimension ref="A1:XFD1048576"/>', *_cells(f'<row r="1">{_CELL.format("A1")}</row>')]),
    ),
    "a cell in the last corner": (
        "vendor-scorecard.xlsx",
        lambda: _book(
            _cells(f'<row r="1">{_CELL.format("A1")}</row>', f'<row r="1048576">{_CELL.format("XFD1048576")}</row>')
        ),
    ),
    "cells far apart": (
        "vendor-scorecard.xlsx",
        lambda: _book(
            _cells(
                *(
                    f'<row r="{n * 40 + 1}">{_CELL.format(f"{chr(65 + n % 26)}{n * 40 + 1}")}</row>'
                    for n in range(20_000)
                )
            )
        ),
    ),
    "a staircase of cells": (
        "vendor-scorecard.xlsx",
        lambda: _book(
            _cells(
                *(
                    f'<row r="{n}">{_CELL.format(f"{_column(n)}{n}")}{_CELL.format(f"{_column(n + 1)}{n}")}</row>'
                    for n in range(1, 10_000)
                )
            )
        ),
    ),
    "a long text in every cell": (
        "vendor-scorecard.xlsx",
        lambda: _book(
            _cells(
                *(
                    f"<row>{''.join(repeat('<c t=' + chr(34) + 's' + chr(34) + '><v>0</v></c>', 10))}</row>"
                    for _ in range(5_000)
                )
            ),
            strings=["<si><t>", _noise("long words", 3_000_000), "</t></si>"],
        ),
    ),
    "very many texts": (
        "vendor-scorecard.xlsx",
        lambda: _book(_cells(f'<row r="1">{_CELL.format("A1")}</row>'), strings=_varied("<si><t/></si>", 220_000)),
    ),
    "a merge over the whole sheet": (
        "vendor-scorecard.xlsx",
        lambda: _book(
            [
                *_cells(f'<row r="1">{_CELL.format("A1")}</row>'),
                '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
            ]
        ),
    ),
    "very many merges": (
        "vendor-scorecard.xlsx",
        lambda: _book(
            [
                *_cells(f'<row r="1">{_CELL.format("A1")}</row>'),
                "<mergeCells>",
                *repeat('<mergeCell ref="A1:XFD6"/>', 100_000),
                "</mergeCells>",
            ]
        ),
    ),
    "very many hidden columns": (
        "vendor-scorecard.xlsx",
        lambda: _book(
            ["<cols>", *repeat('<col min="1" max="16384" hidden="1"/>', 20_000), "</cols>", *_cells("<row/>")]
        ),
    ),
    "very many rows": (
        "vendor-scorecard.xlsx",
        lambda: _book(_cells(*(f'<row r="{n + 1}"><c><v>{n}</v></c><c><v>{n}</v></c></row>' for n in range(48_000)))),
    ),
    "one sheet under 10,000 names": (
        "vendor-scorecard.xlsx",
        lambda: _book(_cells(f'<row r="1">{_CELL.format("A1")}</row>' * 20), sheets=10_000),
    ),
    "one slide 10,000 times": ("executive-briefing.pptx", lambda: _deck([_TEXT_BOX * 20], times=10_000)),
    "groups in groups": ("executive-briefing.pptx", lambda: _deck(["<p:grpSp>" * 200, _TEXT_BOX, "</p:grpSp>" * 200])),
    "very many boxes": ("executive-briefing.pptx", lambda: _deck(_varied(_TEXT_BOX, 69_000))),
}


def _line(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def _cell(text: str) -> str:
    return f"<w:tc>{_line(text)}</w:tc>"


def _column(number: int) -> str:
    letters, number = "", number + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _megabytes() -> int:
    """The most memory that this process held, its own alone: ru_maxrss begins at that of the parent."""
    status = Path("/proc/self/status").read_text()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))) // 1024


def main(file: str) -> None:
    """Run ``govpack check FILE`` and print its exit code, its last words, the CPU seconds and the megabytes."""
    said = io.StringIO()
    started = time.process_time()
    code: object = 0
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            sys.argv[1:] = ["check", file]
            command()
        except SystemExit as end:
            code = end.code
    print(
        json.dumps(
            {
                "code": code,
                "said": said.getvalue(),
                "seconds": time.process_time() - started,
                "megabytes": _megabytes(),
            }
        )
    )


if __name__ == "__main__":
    main(sys.argv[1])
