"""A note of a template is a real comment of Word, anchored on its paragraph, and absent where there is none."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from tests.support.validator import Validator
from tests.template.builders import multilevel, saved

from govpack.ooxml.package import read_package
from govpack.template import TemplateError, compile_template

if TYPE_CHECKING:
    from docx.document import Document

HEADING = "{{ bookmark(c.id) }}{{ note(c.why, 'Legal team') }}{{ c.title }}"


def template(*paragraphs: str) -> bytes:
    document = docx.Document()
    multilevel(document, {"Heading 1": ("decimal", "%1.")})
    for text in paragraphs:
        document.add_paragraph(text, style="Heading 1" if "c.title" in text else None)
    return saved(document)


def clauses(**whys: str | None) -> dict[str, Any]:
    return {"clauses": [{"id": name, "title": name.title(), "why": why} for name, why in whys.items()]}


def made(data: bytes, context: dict[str, Any]) -> Document:
    return docx.Document(io.BytesIO(compile_template(data).render(context).data))


def agreement() -> bytes:
    return template("{{ toc() }}", "{% for c in clauses %}", HEADING, "{% endfor %}")


def test_each_note_is_a_comment_on_its_own_heading_with_author_and_without_a_date() -> None:
    document = made(agreement(), clauses(term="Ends.\nNo silent renewal.", cap="Holds & limits."))
    found = [(c.comment_id, c.author, c.initials, c.text, c.timestamp) for c in document.comments]
    assert found == [
        (0, "Legal team", "LT", "Ends.\nNo silent renewal.", None),
        (1, "Legal team", "LT", "Holds & limits.", None),
    ]
    anchored = {}
    for paragraph in document.paragraphs:
        for start in paragraph._p.iter(qn("w:commentRangeStart")):
            number = start.get(qn("w:id"))
            inside = []
            for node in start.itersiblings():
                if node.tag == qn("w:commentRangeEnd") and node.get(qn("w:id")) == number:
                    assert node.getnext().find(qn("w:commentReference")).get(qn("w:id")) == number
                    break
                inside += [leaf.text or "" for leaf in node.iter(qn("w:t"))]
            anchored[number] = "".join(inside)
    assert anchored == {"0": "Term", "1": "Cap"}


def test_a_comment_is_not_among_the_words_of_the_heading_or_the_contents() -> None:
    document = made(agreement(), clauses(term="Ends.", cap="Limits."))
    assert [p.text for p in document.paragraphs if p.style.name == "Heading 1"] == ["Term", "Cap"]
    assert [p.text for p in document.paragraphs if p.style.name != "Heading 1"] == ["1.\tTerm", "2.\tCap"]


@pytest.mark.parametrize("nothing", [None, "", "  "])
def test_a_note_without_text_leaves_no_trace(nothing: str | None) -> None:
    data = compile_template(agreement()).render(clauses(term=nothing)).data
    package = read_package(data)
    assert not [name for name in package.names if "comments" in name]
    assert b"comment" not in package.read("word/document.xml")
    assert b"comments" not in package.read("[Content_Types].xml")
    assert b"comments" not in package.read("word/_rels/document.xml.rels")


def test_notes_stand_beside_the_comments_that_the_template_has() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Kept")
    document.add_comment(paragraph.runs, text="From the author of the template", author="A", initials="A")
    document.add_paragraph("{{ note('Added', 'B') }}New")
    found = made(saved(document), {})
    assert [(c.comment_id, c.text) for c in found.comments] == [
        (0, "From the author of the template"),
        (1_000_001, "Added"),
    ]


def test_the_comment_wears_words_own_styles_where_the_template_has_them() -> None:
    document = docx.Document()
    document.styles.add_style("annotation text", WD_STYLE_TYPE.PARAGRAPH)
    document.styles.add_style("annotation reference", WD_STYLE_TYPE.CHARACTER)
    document.add_paragraph("{{ note('Said', 'B') }}New")
    found = made(saved(document), {})
    (comment,) = found.comments
    assert comment.paragraphs[0].style.name == "annotation text"
    marks = [run.style.name for run in found.paragraphs[0].runs if run._r.find(qn("w:commentReference")) is not None]
    assert marks == ["annotation reference"]


def test_a_note_in_a_fragment_is_a_comment_on_its_item() -> None:
    document = docx.Document()
    multilevel(document, {"Heading 1": ("decimal", "%1.")})
    document.add_paragraph("{% include 'x' %}", style="Heading 1")
    text = "1. {{ note('Why', 'B') }}First.\n1. Second.\n"
    data = compile_template(saved(document), fragments={"x": text}).render({}).data
    found = docx.Document(io.BytesIO(data))
    assert [bool(list(p._p.iter(qn("w:commentReference")))) for p in found.paragraphs] == [True, False]
    assert [c.text for c in found.comments] == ["Why"]


@pytest.mark.parametrize(
    ("tag", "says"),
    [
        ("{{ note(why, '') }}", "the name of who says them"),
        ("{{ note(3, 'B') }}", "'note' takes words"),
        ("{{ note(wy, 'B') }}", "there is no 'wy' here (did you mean 'why'?)"),
        ("{{ note(why, 'B') ~ 'x' }}", "a comment is no text"),
        ("{{ note('a\x00b', 'B') }}".replace("'a\x00b'", "bad"), "no Office file can hold"),
    ],
)
def test_a_note_that_cannot_be_made_is_named(tag: str, says: str) -> None:
    with pytest.raises(TemplateError) as caught:
        compile_template(template(tag + "Text")).render({"why": "Because", "bad": "a\x00b"})
    assert says in str(caught.value.findings[0])


def test_a_note_in_a_header_is_refused() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "{{ note('Why', 'B') }}Header"
    with pytest.raises(TemplateError) as caught:
        compile_template(saved(document)).render({})
    assert "in the body of a document only" in str(caught.value.findings[0])


@pytest.mark.validator
def test_the_open_xml_sdk_finds_no_error(validator: Validator, tmp_path: Any) -> None:
    file = tmp_path / "notes.docx"
    file.write_bytes(compile_template(agreement()).render(clauses(term="Ends.", cap="Limits & more.")).data)
    assert validator.errors_of(file) == []
