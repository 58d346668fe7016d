"""Places that can't be filled are refused by their names: nothing with a tag in it comes out."""

from __future__ import annotations

import io
import time
from typing import TYPE_CHECKING

import docx
import openpyxl
import pytest
from pptx import Presentation
from tests.template.builders import deck, docx_bytes, saved, table_bytes
from tests.template.packages import braces, changed, refusal

from govpack.ooxml.package import read_package
from govpack.ooxml.writing import write_package
from govpack.template import compile_template

if TYPE_CHECKING:
    from collections.abc import Callable

_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_TO_PACKAGE = '<Relationship Id="rId90" Type="{kind}" Target="{target}"{mode}/></Relationships>'


def holding(part: str, data: bytes, kind: str = "package", text: str = "{{ x }}") -> bytes:
    """A Word file of `text` that holds the file `data` as its `part`."""
    relation = _TO_PACKAGE.format(kind=_REL + kind, target=f"/{part}", mode="").encode()
    types = f'<Default Extension="{part.rpartition(".")[2]}" ContentType="application/x"/></Types>'.encode()
    return changed(
        docx_bytes(text),
        {
            part: data,
            "word/_rels/document.xml.rels": lambda held: held.replace(b"</Relationships>", relation),
            "[Content_Types].xml": lambda held: held.replace(b"</Types>", types),
        },
    )


def workbook(*texts: object, name: str = "Data") -> bytes:
    book = openpyxl.Workbook()
    book.active.title = name
    for text in texts:
        book.active.append([text])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def slides(text: str) -> bytes:
    return saved(deck(text))


def within(data: bytes) -> bytes:
    """A Word file without tags of its own that holds another."""
    return holding("word/embeddings/inner.docx", data, text="plain")


_QUOTED = (
    b"MIME-Version: 1.0\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n<p>=7B=7B x }}</p>"
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)

HOLDS_A_TAG = {
    "a document": ("word/embeddings/a.docx", docx_bytes("a {{ x }}")),
    "a document, over runs": ("word/embeddings/a.docx", docx_bytes(["a {", "{ ", "x", " }", "}"])),
    "a document, in a cell": ("word/embeddings/a.docx", table_bytes(["{%", "b"], ["{% if x %}", "c"])),
    "a document within a document": ("word/embeddings/a.docx", within(docx_bytes("{{ x }}"))),
    "a deck": ("word/embeddings/a.pptx", slides("{{ x }}")),
    "a workbook": ("word/embeddings/a.xlsx", workbook(1, "{{ x }}")),
    "the name of a sheet": ("word/embeddings/a.xlsx", workbook(1, name="{{ x }}")),
    "rich text": ("word/embeddings/a.rtf", rb"{\rtf1\ansi{\b a \{}\{ x \}\} }"),
    "plain text": ("word/afchunk.txt", b"a {{ x }}"),
    "plain text in UTF-16": ("word/afchunk.txt", "a {{ größe }}".encode("utf-16")),
    "a web page": ("word/afchunk.htm", b"<p>{{ x }}</p>"),
    "a web page, with markup within": ("word/afchunk.html", b"<p>{<b>{ x }</b>}</p>"),
    "a web page, by references": ("word/afchunk.html", b"<p>&#123;&lbrace; x }}</p>"),
    "a web page as XML": ("word/afchunk.xhtml", b"<p>{<b>{ x }}</b></p>"),
    "an archived web page": ("word/afchunk.mht", _QUOTED),
    "macros": ("word/vbaProject.bin", b'\x01\x02Const Title = "{{ x.title }}"\x00'),
    "an OLE object": ("word/embeddings/oleObject1.bin", _OLE + "Dear {{ x.name }},".encode("utf-16-le")),
}


@pytest.mark.parametrize(("part", "data"), HOLDS_A_TAG.values(), ids=HOLDS_A_TAG)
def test_a_tag_in_a_file_within_the_file_is_refused_by_its_name(part: str, data: bytes) -> None:
    message = refusal(holding(part, data))
    assert part.rpartition("/")[2] in message
    assert "a file within the file is not filled" in message


@pytest.mark.parametrize(
    ("part", "data"),
    [
        ("word/embeddings/a.docx", docx_bytes("{ x }", "{", "{ y")),
        ("word/embeddings/a.xlsx", workbook("{", "{ x }}", "={1,2;3,4}")),
        ("word/embeddings/a.rtf", rb"{\rtf1{{\b a}} \{ x \}}"),
        ("word/afchunk.html", b"<style>a{b{c}}</style>"),
        ("word/embeddings/oleObject1.bin", _OLE + b"{{\x00\x01}}" + "{{".encode("utf-16-le")),
        ("word/media/image1.png", b"\x89PNG {{ x }}"),
    ],
)
def test_braces_that_are_no_tag_are_no_reason_to_refuse_a_file_within(part: str, data: bytes) -> None:
    written = compile_template(holding(part, data)).render({"x": 1}).data
    assert read_package(written).read(part) == data


def test_a_tag_in_a_picture_is_filled_and_one_split_over_pieces_of_its_text_is_refused() -> None:
    picture = b'<svg xmlns="http://www.w3.org/2000/svg"><text>a {{ x }}<tspan>b</tspan></text></svg>'
    data = compile_template(holding("word/media/image1.svg", picture, "image")).render({"x": "VALUE"}).data
    assert b"<text>a VALUE<tspan>b" in read_package(data).read("word/media/image1.svg")
    message = refusal(holding("word/media/image1.svg", picture.replace(b"{ x", b"<tspan>{ x</tspan>"), "image"))
    assert "word/media/image1.svg: '{{ x }}'" in message
    assert "split" in message


def test_the_message_says_where_in_the_file_within_the_tag_stands() -> None:
    message = refusal(holding("word/embeddings/Budget.xlsx", workbook("{{ plan.total }}")))
    assert "embedded file “Budget.xlsx”" in message
    assert "'{{ plan.total }}'" in message


def test_files_within_files_are_looked_through_to_a_bound() -> None:
    data = docx_bytes("plain")
    for _ in range(6):
        data = within(data)
    assert "more deeply than is looked through" in refusal(data)


def test_a_file_within_that_inflates_past_the_bounds_is_refused() -> None:
    bomb = write_package({"word/document.xml": bytes(5 * 2**20)}.items())
    assert "can't be looked through" in refusal(holding("word/embeddings/a.docx", bomb))


@pytest.mark.parametrize(
    ("part", "data", "said"),
    [
        ("word/embeddings/a.bin", b"{{\0" * 1_200_000, "more than 20000 braces"),
        ("word/embeddings/a.bin", b"{{aaa" * 800_000, "more than 20000 braces"),
        ("word/afchunk.txt", b"{{" * 1_900_000 + b"{{ x }}", "is not filled"),
        ("word/afchunk.html", b"<{{" * 1_200_000 + b"{{ x }}", "is not filled"),
        ("word/afchunk.txt", b"{{" + b"a" * 3_900_000 + b"{{ x }}", "is not filled"),
    ],
    ids=["braces", "braces and letters", "text", "page", "long"],
)
def test_a_file_within_that_is_made_to_be_slow_is_refused_soon(part: str, data: bytes, said: str) -> None:
    started = time.process_time()
    assert said in refusal(holding(part, data))
    assert time.process_time() - started < 5


def with_workbook(alternative: str, edit: Callable[[openpyxl.Workbook], None]) -> bytes:
    """A deck with a chart whose embedded workbook was edited."""
    presentation = deck(alternative=alternative)
    chart = next(shape.chart for shape in presentation.slides[0].shapes if shape.has_chart)
    part = chart.part.chart_workbook.xlsx_part
    book = openpyxl.load_workbook(io.BytesIO(part.blob))
    edit(book)
    buffer = io.BytesIO()
    book.save(buffer)
    part._blob = buffer.getvalue()
    return saved(presentation)


def test_a_tag_in_the_workbook_of_a_chart_that_nothing_fills_is_refused() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        book.active["B1"] = "{{ x }}"

    message = refusal(with_workbook("a chart", edit))
    assert "slide 1 “Title”, chart" in message
    assert "{{ chart(...) }}" in message


def test_a_chart_that_is_filled_leaves_no_tag_of_its_sample_data() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        book.active["B1"] = "{{ x }}"

    series = '[{"name": "n", "values": [1]}]'
    data = compile_template(with_workbook(f"{{{{ chart(['c'], {series}, 'said') }}}}", edit)).render({}).data
    assert not list(braces(data))
    part = next(name for name in read_package(data).names if name.endswith(".xlsx"))
    assert not list(braces(read_package(data).read(part)))


def test_a_tag_on_another_sheet_of_a_filled_chart_is_refused() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        book.create_sheet("Notes")["A1"] = "{{ x }}"

    assert "workbook" in refusal(with_workbook("{{ chart([], [], 'said') }}", edit))


def test_a_tag_in_an_embedded_document_of_a_slide_is_refused_by_the_slide() -> None:
    presentation = Presentation(io.BytesIO(saved(deck("Risks"))))
    presentation.slides[0].shapes.add_ole_object(io.BytesIO(docx_bytes("{{ x }}")), "Word.Document.12", 0, 0)
    message = refusal(saved(presentation))
    assert "slide 1 “Risks”" in message
    assert "'{{ x }}'" in message


@pytest.mark.parametrize(
    ("target", "mode", "where"),
    [("{{ x }}.xml", "", "relationships of the body"), ("media/%7B%7B x %7D%7D.png", "", "relationships of the body")],
)
def test_a_tag_in_a_relationship_that_is_no_link_is_refused(target: str, mode: str, where: str) -> None:
    relation = _TO_PACKAGE.format(kind=f"{_REL}image", target=target, mode=mode).encode()
    data = changed(
        docx_bytes("b"), {"word/_rels/document.xml.rels": lambda held: held.replace(b"</Relationships>", relation)}
    )
    assert where in refusal(data)


def test_a_tag_in_a_link_of_the_whole_file_or_in_its_content_types_is_refused() -> None:
    mode = ' TargetMode="External"'
    link = _TO_PACKAGE.format(kind=f"{_REL}hyperlink", target="http://a/{{ x }}", mode=mode).encode()
    data = changed(docx_bytes("b"), {"_rels/.rels": lambda held: held.replace(b"</Relationships>", link)})
    assert "relationships of the file" in refusal(data)
    kind = b'<Default Extension="q" ContentType="{{ x }}"/></Types>'
    data = changed(docx_bytes("b"), {"[Content_Types].xml": lambda held: held.replace(b"</Types>", kind)})
    assert "content types" in refusal(data)


def test_a_tag_in_the_name_of_a_part_is_refused() -> None:
    assert "the name of a part" in refusal(changed(docx_bytes("b"), {"word/media/{{ x }}.png": b"p"}))


def test_a_tag_in_a_comment_of_the_markup_is_left_behind() -> None:
    comment, end = b"<!-- {{ x }} -->", b"</Relationships>"
    data = changed(
        docx_bytes("b"),
        {
            "word/document.xml": lambda held: held.replace(b"<w:body>", b"<w:body>" + comment),
            "word/_rels/document.xml.rels": lambda held: held.replace(end, comment + end),
        },
    )
    written = read_package(compile_template(data).render({}).data)
    assert not any(b"{{" in written.read(name) for name in written.names)


@pytest.mark.parametrize(
    "text",
    [
        "{% for i in [1] %}" * 25 + "{% endfor %}" * 25,
        "{% if 1 %}" * 25 + "{% endif %}" * 25,
        "{{ " + "+".join(["x"] * 300) + " }}",
        "{% set a = " + "+".join(["x"] * 300) + " %}",
    ],
    ids=["loops", "conditions", "sum", "assignment"],
)
def test_what_nests_too_deeply_is_named_with_its_place(text: str) -> None:
    document = docx.Document(io.BytesIO(table_bytes(["a", "b {{ y }} " + text])))
    message = refusal(saved(document))
    assert "table 1, row 1, cell 2" in message
    assert f"'{text[:10]}" in message
