"""Rich text, links, included documents and Markdown: in Word and decks, with relationships of their own."""

from __future__ import annotations

import base64
import io
import zipfile
from decimal import Decimal
from typing import Any

import docx
import pptx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from tests.template.builders import deck, docx_bytes, filled, saved, texts

from govpack.template import Document, Listing, RichText, RichTextParagraph, TemplateError, compile_template

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def refused(data: bytes, **context: Any) -> str:
    with pytest.raises(TemplateError) as caught:
        compile_template(data).render(context)
    return str(caught.value.findings[0])


def filled_deck(title: str, **context: Any) -> Any:
    data = compile_template(saved(deck(title))).render(context).data
    return pptx.Presentation(io.BytesIO(data)).slides[0].shapes.title.text_frame


def links(document: Any) -> list[tuple[str, str]]:
    return [(link.text, link.address) for paragraph in document.paragraphs for link in paragraph.hyperlinks]


def test_links_in_headers_and_loops_have_relationships_of_their_own() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "{{ x }}"
    for text in ("{% for i in '12' %}", "{{ x }} {{ y }}", "{% endfor %}"):
        document.add_paragraph(text)
    x, y = (RichText(t, url=f"https://example.org/{t}?a=1&b=ü") for t in "xy")
    made = filled(saved(document), {"x": x, "y": y})
    assert links(made.sections[0].header) == [("x", "https://example.org/x?a=1&b=%C3%BC")]
    assert [text for text, _ in links(made)] == ["x", "y", "x", "y"]
    assert sum(r.reltype.endswith("/hyperlink") for r in made.part.rels.values()) == 2


@pytest.mark.parametrize(
    "look", [{"url": "javascript:x()"}, {"url": "file:///etc"}, {"color": "red"}, {"size": 0.5}, {"highlight": "#12"}]
)
def test_a_look_that_is_none_is_refused_where_it_is_made(look: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="found"):
        RichText("x", **look)


def test_what_a_rich_value_needs_and_the_place_lacks_is_named() -> None:
    assert "did you mean 'strong'?" in refused(docx_bytes("{{ x }}"), x=RichText("x", style="Strnog"))
    assert "stand alone in a paragraph" in refused(docx_bytes("a {{ x }}"), x=RichTextParagraph("x"))
    assert "U+0001" in refused(docx_bytes("a {{ x }}"), x=RichText("\x01"))
    document = docx.Document()
    document.core_properties.title = "{{ x }}"
    assert "stand in a paragraph" in refused(saved(document), x=Listing("a\ab"))
    assert "no character styles" in refused(saved(deck("{{ x }}")), x=RichText("x", style="Strong"))
    assert "a slide has none" in refused(saved(deck("a {{ x }}")), x=Listing("a\fb"))


def test_templates_cannot_look_into_rich_values() -> None:
    value = RichText("x")
    assert "{{ x.add('y') }}" in refused(docx_bytes("{{ x.add('y') }}"), x=value)
    assert [run[0] for run in value.runs] == ["x"]


def test_rich_text_in_a_deck_has_looks_and_links() -> None:
    text = RichText("bold ", bold=True, size=40).add("red", color="AA0000", url="https://example.org")
    frame = filled_deck("a {{ x }} b", x=text)
    runs = frame.paragraphs[0].runs
    assert [run.text for run in runs] == ["a ", "bold ", "red", " b"]
    assert (runs[1].font.bold, runs[1].font.size.pt) == (True, 20)
    assert runs[2].hyperlink.address == "https://example.org"


def test_a_filter_makes_rich_text() -> None:
    made = filled(docx_bytes("a {{ x | richtext(bold=True) }}"), {"x": "A & B"}).paragraphs[0]
    assert [(run.text, run.bold) for run in made.runs] == [("a ", None), ("A & B", True)]


def annex() -> bytes:
    document = docx.Document()
    document.styles.add_style("Annex Text", 1).base_style = document.styles["Quote"]
    document.add_paragraph("styled", style="Annex Text")
    document.add_paragraph("one", style="List Number")
    document.add_picture(io.BytesIO(PNG))
    paragraph = document.add_paragraph()
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), document.part.relate_to("https://example.org", RELATIONSHIP_TYPE.HYPERLINK, True))
    run = OxmlElement("w:r")
    run.append(OxmlElement("w:t"))
    run[0].text = "link"
    link.append(run)
    paragraph._p.append(link)
    return saved(document)


def test_an_included_document_brings_styles_lists_pictures_and_links_along() -> None:
    made = filled(docx_bytes("{% for i in '12' %}", "{{ doc }}", "{% endfor %}", "end"), {"doc": Document(annex())})
    assert texts(made) == ["styled", "one", "", "link"] * 2 + ["end"]
    assert made.paragraphs[0].style.name == "Annex Text"
    assert made.paragraphs[0].style.base_style.name == "Quote"
    assert links(made) == [("link", "https://example.org")] * 2
    ids = [node.get("id") for node in made.element.iter(qn("wp:docPr"))]
    assert len(ids) == len(set(ids)) == 2
    blips = [node.get(qn("r:embed")) for node in made.element.iter(qn("a:blip"))]
    assert len(blips) == 2
    assert set(blips) <= set(made.part.rels)
    with zipfile.ZipFile(io.BytesIO(saved(made))) as package:
        assert sum("media/" in name for name in package.namelist()) == 1


def test_what_of_a_document_cannot_be_carried_is_named() -> None:
    document = docx.Document()
    document.add_paragraph()._p.append(OxmlElement("w:footnoteReference"))
    with pytest.raises(ValueError, match="footnotes"):
        Document(saved(document))
    assert "alone in a paragraph" in refused(docx_bytes("x {{ doc }}"), doc=Document(annex()))
    assert "alone in a paragraph of Word" in refused(saved(deck("{{ doc }}")), doc=Document(annex()))


MARKDOWN = """See [the **plan**](https://example.org/a?b=1&c=2) and <mailto:a@b.org>.

3. three
   - in
4. four

x\\
y
"""


def test_markdown_has_links_nested_lists_that_start_where_it_says_and_hard_breaks() -> None:
    made = filled(docx_bytes("{{ t | markdown }}"), {"t": MARKDOWN})
    assert texts(made) == ["See the plan and mailto:a@b.org.", "three", "in", "four", "x\ny"]
    assert links(made) == [
        ("the ", "https://example.org/a?b=1&c=2"),
        ("plan", "https://example.org/a?b=1&c=2"),
        ("mailto:a@b.org", "mailto:a@b.org"),
    ]
    numbering = made.part.numbering_part.element
    number = made.paragraphs[1]._p.pPr.numPr.numId.val
    assert numbering.num_having_numId(number).find(f".//{qn('w:startOverride')}").get(qn("w:val")) == "3"


def test_markdown_in_a_deck_has_links_and_numbers() -> None:
    frame = filled_deck("{{ t | markdown }}", t=MARKDOWN)
    assert [p.text for p in frame.paragraphs][1:] == ["three", "in", "four", "x\vy"]
    assert "https://example.org/a?b=1&c=2" in [run.hyperlink.address for run in frame.paragraphs[0].runs]
    assert b'startAt="3"' in b"".join(p._p.xml.encode() for p in frame.paragraphs)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[x](javascript:y)", "http:, https: or mailto:"),
        ("[x](page.html)", "http:, https: or mailto:"),
        ("a | b\n--|--\n1 | 2", "a table"),
        ("a\n\n---\n\nb", "a rule"),
        ("![x](https://example.org/x.png)", "a picture"),
    ],
)
def test_what_markdown_cannot_bring_is_named(text: str, said: str) -> None:
    assert said in refused(docx_bytes("{{ t | markdown }}"), t=text)


def test_links_in_fragments_are_filled() -> None:
    template = compile_template(
        docx_bytes("{% include 'f' %}"), fragments={"f": "See [{{ name }}](https://example.org/{{ path }}) now."}
    )
    made = docx.Document(io.BytesIO(template.render({"name": "A & B", "path": "x y"}).data))
    assert texts(made) == ["See A & B now."]
    assert links(made) == [("A & B", "https://example.org/x%20y")]
    assert "there is no 'path'" in str(_findings(template, {"name": "n"}))
    rendered = template.render({"name": "n"}, strict=False)
    assert texts(docx.Document(io.BytesIO(rendered.data))) == ["See n now."]


def _findings(template: Any, context: dict[str, Any]) -> list[Any]:
    with pytest.raises(TemplateError) as caught:
        template.render(context)
    return [str(finding) for finding in caught.value.findings]


@pytest.mark.parametrize(
    ("tag", "value", "locale", "expected"),
    [
        ("money", Decimal("-1234.5"), "en-IE", "EUR \u22121,234.50"),
        ("money", 0, "en-IE", "EUR 0"),
        ("money", Decimal("-0.00"), "en-IE", "EUR 0"),
        ("money", Decimal("1234567890123456789.01"), "en-IE", "EUR 1,234,567,890,123,456,789.01"),
        ("money", 1_234_567, "fr-FR", "EUR 1\u202f234\u202f567"),
        ("money", -1_000, "sv-SE", "EUR \u22121 000"),
        ("money('million')", -12_340_000, "de-DE", "EUR \u221212,3 million"),
        ("money", Decimal("1E+30"), "en-IE", "EUR 1" + ",000" * 10),
        ("number", Decimal("1E+3"), "en-IE", "1,000"),
        ("number(2)", Decimal("-0.005"), "en-IE", "\u22120.01"),
        ("number", Decimal("0.1234567891"), "fr-FR", "0,1234567891"),
        ("number", 1_234_567, "en-IN", "12,34,567"),
        ("percent", Decimal("99.95"), "fr-FR", "99,95\u00a0%"),
        ("percent", Decimal("-1.5"), "tr-TR", "%\u22121,5"),
        ("duration('months')", 1, "en-IE", "1 month"),
        ("duration('days')", 0, "fr-FR", "0 jour"),
        ("duration('months')", 2, "pl-PL", "2 miesiące"),
    ],
)
def test_figures_at_the_edges(tag: str, value: Any, locale: str, expected: str) -> None:
    made = texts(filled(docx_bytes(f"{{{{ x | {tag} }}}}"), {"x": value}, locale=locale))[0]
    assert made.replace("\u00a0", " ") == expected.replace("\u00a0", " ")
