"""Cached numbers are those that Word shows, and a table of contents lists every heading wherever it came from."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from tests.template.builders import multilevel, saved

from govpack.template import Document, Fragment, compile_template
from govpack.template.values.richtext import RichText, RichTextParagraph

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.support.office import Office
    from tests.support.validator import Validator

LEVELS = {"Heading 1": ("decimal", "%1."), "Heading 2": ("decimal", "%1.%2"), "Clause 3": ("lowerLetter", "(%3)")}


def numbered(levels: list[tuple[str, str, str]], overrides: str, paragraphs: list[tuple[int, int]]) -> bytes:
    """A Word template whose paragraphs stand in lists 91 and 92 of these levels, each with a reference to it.

    `levels` are (format, text, more of the level); `overrides` stand in list 92; `paragraphs` are (list, level).
    """
    document = docx.Document()
    numbering = document.part.numbering_part.element
    made = "".join(
        f'<w:lvl w:ilvl="{depth}">{more if "w:start" in more else "<w:start w:val=" + chr(34) + "1" + chr(34) + "/>"}'
        f'<w:numFmt w:val="{form}"/>{"" if "w:start" in more else more}<w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (form, text, more) in enumerate(levels)
    )
    abstract = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="91">{made}</w:abstractNum>')
    numbering.insert(0, abstract)
    for number, inside in ((91, ""), (92, overrides)):
        numbering.append(
            parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="91"/>{inside}</w:num>')
        )
    for at, (number, depth) in enumerate(paragraphs):
        paragraph = document.add_paragraph(f"{{{{ bookmark('p{at}') }}}}text")
        numbers = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        numbers.get_or_add_ilvl().val = depth
        numbers.get_or_add_numId().val = number
    for at in range(len(paragraphs)):
        document.add_paragraph(f"{{{{ ref('p{at}') }}}}")
    return saved(document)


def cached(data: bytes) -> list[str]:
    """What each REF field of the document has cached, in order."""
    xml = docx.Document(io.BytesIO(data)).element.xml
    return re.findall(r" REF \w+ \\w \\h .*?<w:t>([^<]*)</w:t>", xml, re.DOTALL)


OVERRIDE = '<w:lvlOverride w:ilvl="{}"><w:startOverride w:val="{}"/></w:lvlOverride>'
CASES: Mapping[str, tuple[list[tuple[str, str, str]], str, list[tuple[int, int]], list[str]]] = {
    "levels that start elsewhere": (
        [("decimal", "%1.", '<w:start w:val="4"/>'), ("lowerLetter", "%1%2", '<w:start w:val="3"/>')],
        "",
        [(91, 0), (91, 1), (91, 1), (91, 0), (91, 1)],
        ["4", "4c", "4d", "5", "5c"],
    ),
    "Roman, ordinal and zeros": (
        [("upperRoman", "%1", ""), ("lowerRoman", "%1.%2", ""), ("ordinal", "%3", ""), ("decimalZero", "%3.%4", "")],
        "",
        [(91, 0), (91, 0), (91, 0), (91, 0), (91, 1), (91, 1), (91, 2), (91, 2), (91, 2), (91, 3)],
        ["I", "II", "III", "IV", "IV.i", "IV.ii", "IV.ii.1st", "IV.ii.2nd", "IV.ii.3rd", "IV.ii.3rd.01"],
    ),
    "a list that overrides its start": (
        [("decimal", "%1.", ""), ("decimal", "%1.%2", "")],
        OVERRIDE.format(0, 7),
        [(91, 0), (91, 1), (92, 0), (92, 1), (92, 0)],
        ["1", "1.1", "7", "7.1", "8"],
    ),
    "an override holds each time the level restarts": (
        [("decimal", "%1.", ""), ("decimal", "%1.%2", "")],
        OVERRIDE.format(1, 5),
        [(92, 0), (92, 1), (92, 1), (92, 0), (92, 1)],
        ["1", "1.5", "1.6", "2", "2.5"],
    ),
    "a level that goes on through its parents": (
        [("decimal", "%1.", ""), ("decimal", "%1.%2", '<w:lvlRestart w:val="0"/>')],
        "",
        [(91, 0), (91, 1), (91, 0), (91, 1)],
        ["1", "1.1", "2", "2.2"],
    ),
    "a level that only the first restarts": (
        [("decimal", "%1.", ""), ("decimal", "%1.%2", ""), ("decimal", "%1.%2.%3", '<w:lvlRestart w:val="1"/>')],
        "",
        [(91, 0), (91, 1), (91, 2), (91, 1), (91, 2), (91, 0), (91, 1), (91, 2)],
        ["1", "1.1", "1.1.1", "1.2", "1.2.2", "2", "2.1", "2.1.1"],
    ),
    "legal numbering": (
        [("upperRoman", "Article %1", ""), ("decimal", "%1.%2", "<w:isLgl/>")],
        "",
        [(91, 0), (91, 0), (91, 1)],
        ["Article I", "Article II", "2.1"],
    ),
    "a level of its own": (
        [("decimal", "%1.", "")],
        '<w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperLetter"/>'
        '<w:lvlText w:val="%1)"/></w:lvl></w:lvlOverride>' + "",
        [(92, 0), (92, 0)],
        ["A)", "B)"],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_cached_numbers_are_those_of_the_list(case: str) -> None:
    levels, overrides, paragraphs, expected = CASES[case]
    made = compile_template(numbered(levels, overrides, paragraphs)).render({})
    assert cached(made.data) == expected


def test_libreoffice_shows_the_numbers_that_are_cached(tmp_path: Path, office: Office) -> None:
    files = []
    # LibreOffice takes no notice of w:lvlRestart and w:isLgl, and of an override only where the list begins.
    unlike = ("through", "only the first", "holds", "legal")
    shared = [case for case in CASES if not any(word in case for word in unlike)]
    for number, case in enumerate(shared):
        files.append(tmp_path / f"{number}.docx")
        files[-1].write_bytes(compile_template(numbered(*CASES[case][:3])).render({}).data)
    for case, made in zip(shared, office.convert(files, "txt", tmp_path / "out"), strict=True):
        lines = made.read_text(encoding="utf-8-sig").split("\n")
        shown = [line.strip().removesuffix(" text").rstrip(".") for line in lines if line.endswith(" text")]
        own = [full.rpartition("IV.ii.")[2] if "Roman, " in case and at > 5 else full
               for at, full in enumerate(CASES[case][3])]  # fmt: skip
        assert shown == own, case


# -- the table of contents


def contents(data: bytes) -> list[tuple[str, str]]:
    """The entries of the table of contents: number and text; each must lead to the bookmark around its heading."""
    document = docx.Document(io.BytesIO(data))
    headings = {}
    for paragraph in document.paragraphs:
        for start in paragraph._p.iter(qn("w:bookmarkStart")):
            headings[start.get(qn("w:name"))] = paragraph.text
    entries = []
    for link in document.element.iter(qn("w:hyperlink")):
        if link.get(qn("w:anchor"), "").startswith("_Toc"):
            pieces = [t.text or "" for t in link.iter(qn("w:t"))]
            assert headings[link.get(qn("w:anchor"))] == pieces[-1]
            entries.append(("".join(pieces[:-1]), pieces[-1]))
    return entries


def included() -> bytes:
    """A document with headings of its own, one in a style and a list that only it has."""
    document = docx.Document()
    document.add_heading("Brought", 1)
    document.add_paragraph("text")
    multilevel(document, {"Annex": ("upperLetter", "Annex %1")})
    style = document.styles["Annex"].element.get_or_add_pPr()
    style.append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="0"/>'))
    document.add_paragraph("First", style="Annex")
    document.add_paragraph("Second", style="Annex")
    return saved(document)


def test_contents_list_headings_of_markdown_fragments_rich_values_and_documents(
    tmp_path: Path, validator: Validator
) -> None:
    document = docx.Document()
    multilevel(document, LEVELS)
    document.add_paragraph("{{ toc(2) }}")
    document.add_paragraph("{{ title }}", style="Heading 1")
    document.add_paragraph("{{ text | markdown }}")
    document.add_paragraph("{% include 'clause' %}")
    document.add_paragraph("{{p rich }}")
    document.add_paragraph("{{p other }}")
    document.add_paragraph("Last", style="Heading 1")
    rich = RichTextParagraph()
    rich.add(RichText("Rich"), parastyle="Heading 2")
    made = compile_template(
        saved(document), fragments={"clause": Fragment("# About {{ who }}\n\ntext\n\n## More\n")}
    ).render(
        {
            "title": "Opening",
            "text": "# Of *value*\n\ntext\n\n## Deeper & down\n\n### Too deep\n",
            "who": "us",
            "rich": rich,
            "other": Document(included()),
        }
    )
    assert contents(made.data) == [
        ("1.", "Opening"),
        ("2.", "Of value"),
        ("2.1", "Deeper & down"),
        ("3.", "About us"),
        ("3.1", "More"),
        ("3.2", "Rich"),
        ("4.", "Brought"),
        ("Annex A", "First"),
        ("Annex B", "Second"),
        ("5.", "Last"),
    ]
    (tmp_path / "made.docx").write_bytes(made.data)
    assert validator.errors_of(tmp_path / "made.docx") == []


def test_bookmarks_of_an_included_document_keep_apart_from_those_of_the_template() -> None:
    other = docx.Document()
    paragraph = other.add_paragraph()
    for piece in (
        '<w:bookmarkStart {} w:id="1" w:name="spot"/>', "<w:r {}><w:t>there</w:t></w:r>",
        '<w:bookmarkEnd {} w:id="1"/>', '<w:hyperlink {} w:anchor="spot"><w:r><w:t>link</w:t></w:r></w:hyperlink>',
    ):  # fmt: skip
        paragraph._p.append(parse_xml(piece.format(nsdecls("w"))))
    template = docx.Document(io.BytesIO(saved(other)))
    template.add_paragraph("{{p one }}")
    template.add_paragraph("{{p one }}")
    made = docx.Document(
        io.BytesIO(compile_template(saved(template)).render({"one": Document(saved(other))}).data)
    ).element
    names = [start.get(qn("w:name")) for start in made.iter(qn("w:bookmarkStart"))]
    assert len(set(names)) == 3
    assert [link.get(qn("w:anchor")) for link in made.iter(qn("w:hyperlink"))] == names
