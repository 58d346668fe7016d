"""Pictures and links from data in Word: told apart, fitted, escaped, and never read from a path."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Cm
from tests.template.builders import docx_bytes, saved, texts
from tests.template.pictures import JPEG, SVG, png

from govpack.template import Image, TemplateError, compile_template, read_image

if TYPE_CHECKING:
    from pathlib import Path

LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


def picture_bytes(tag: str = "{{ image(logo, 'Logo') }}") -> bytes:
    document = docx.Document()
    inline = document.add_paragraph().add_run().add_picture(io.BytesIO(png(40, 40)), Cm(4), Cm(2))._inline
    inline.docPr.set("descr", tag)
    return saved(document)


def shown(logo: Any, tag: str = "{{ image(logo, 'Logo') }}", **options: Any) -> tuple[Any, list[str]]:
    """The picture that comes out, and the media of its file."""
    data = compile_template(picture_bytes(tag)).render({"logo": logo}, **options).data
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        media = sorted(name.rpartition(".")[2] for name in package.namelist() if "/media/" in name)
    return docx.Document(io.BytesIO(data)).inline_shapes[0], media


@pytest.mark.parametrize(
    ("data", "kinds", "size"),
    [
        (png(10, 20), ["png"], (1, 2)),
        (JPEG, ["jpeg"], (4, 2)),
        (Image(SVG, fallback=png(40, 10)), ["png", "svg"], (4, 1)),
    ],
)
def test_a_picture_fits_its_frame_and_keeps_its_proportions(data: Any, kinds: list[str], size: Any) -> None:
    picture, media = shown(data)
    assert media == kinds
    assert (round(picture.width / 360000, 1), round(picture.height / 360000, 1)) == size
    assert picture._inline.docPr.get("descr") == "Logo"


def test_an_svg_is_shown_by_those_who_can_and_its_fallback_by_others() -> None:
    fallback = png(40, 10)
    data = compile_template(picture_bytes("{{ image(logo, 'Logo', fallback=spare) }}")).render(
        {"logo": SVG, "spare": fallback}
    )
    document = docx.Document(io.BytesIO(data.data))
    (blip,) = document.element.iter(qn("a:blip"))
    assert document.part.related_parts[blip.get(qn("r:embed"))].blob == fallback
    (other,) = blip.iter("{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip")
    assert document.part.related_parts[other.get(qn("r:embed"))].blob == SVG


def test_an_svg_alone_is_refused_with_what_to_do() -> None:
    with pytest.raises(TemplateError) as caught:
        shown(SVG)
    assert "an SVG needs a PNG beside it" in str(caught.value.findings[0])
    assert "fallback=" in str(caught.value.findings[0])


def test_a_fallback_that_is_no_png_is_refused() -> None:
    with pytest.raises(TemplateError) as caught:
        shown(Image(SVG, fallback=JPEG))
    assert "must be a PNG" in str(caught.value.findings[0])


def test_a_picture_read_from_a_file_brings_the_png_of_its_name(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_bytes(SVG)
    with pytest.raises(ValueError, match=r"logo\.svg: .* save it as logo\.png too"):
        read_image(tmp_path / "logo.svg")
    (tmp_path / "logo.png").write_bytes(png(40, 10))
    read = read_image(tmp_path / "logo.svg", "Logo of Acme")
    assert read == Image(SVG, "Logo of Acme", png(40, 10))
    assert shown(read)[1] == ["png", "svg"]
    assert read_image(tmp_path / "logo.png") == Image(png(40, 10))
    with pytest.raises(ValueError, match=r"logo\.gif"):
        read_image(tmp_path / "logo.gif")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"GIF89a....", "a GIF picture"),
        (b"RIFF0000WEBPVP8 ", "a WebP picture"),
        (b"BM000000", "a BMP picture"),
        (b"", "empty"),
        (b"nonsense", "no picture"),
        (b"\x89PNG\r\n\x1a\n", "damaged PNG"),
        (b"\xff\xd8\xff\xe0", "damaged JPEG"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "how large it is"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg"/>', "(DTD)"),
        (b"<svg", "not well-formed"),
        ("/etc/passwd", "can't open files"),
        (12, "found int"),
    ],
)
def test_what_is_no_picture_is_refused_by_name(data: Any, said: str) -> None:
    with pytest.raises(TemplateError) as caught:
        shown(data)
    assert said in str(caught.value.findings[0])
    assert "alternative text" in str(caught.value.findings[0])


def test_a_missing_picture_is_an_error_or_where_gaps_may_stand_a_marked_one() -> None:
    with pytest.raises(TemplateError, match="error"):
        shown(None)
    picture, _ = shown(None, strict=False)
    assert picture._inline.docPr.get("descr").startswith("[● image(logo")


def test_a_picture_tag_in_text_is_refused() -> None:
    with pytest.raises(TemplateError) as caught:
        compile_template(docx_bytes("{{ image(logo) }}")).render({"logo": png(1, 1)})
    assert "alternative text of a picture" in str(caught.value.findings[0])


def linked(target: str) -> bytes:
    document = docx.Document()
    relation = document.part.relate_to(target, LINK, is_external=True)
    document.add_paragraph("{% for v in values %}")
    document.add_paragraph()._p.append(
        parse_xml(
            '<w:hyperlink xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.'
            f'openxmlformats.org/officeDocument/2006/relationships" r:id="{relation}"><w:r><w:t>{{{{ v }}}}</w:t></w:r>'
            "</w:hyperlink>"
        )
    )
    document.add_paragraph("{% endfor %}")
    return saved(document)


def targets(template: bytes, values: list[str]) -> list[str]:
    document = docx.Document(io.BytesIO(compile_template(template).render({"values": values}).data))
    assert texts(document) == values
    return [link.address for paragraph in document.paragraphs for link in paragraph.hyperlinks]


@pytest.mark.parametrize(
    ("target", "value", "made"),
    [
        ("https://e.example/{{ v }}/x", "a b/c?d", "https://e.example/a%20b/c%3Fd/x"),
        ("https://e.example/?q={{ v }}&z=1", "a&b=c d", "https://e.example/?q=a%26b%3Dc%20d&z=1"),
        ("%7B%7B%20v%20%7D%7D", "https://e.example/a?b=1&c=é", "https://e.example/a?b=1&c=%C3%A9"),
        ("mailto:{{ v }}", "jo@e.example", "mailto:jo@e.example"),
        ("{{ v }}", 'https://e.example/"<x>', "https://e.example/%22%3Cx%3E"),
    ],
)
def test_each_repetition_has_a_link_of_its_own_written_as_an_address(target: str, value: str, made: str) -> None:
    other = value.replace("a", "z")
    assert targets(linked(target), [value, other])[0] == made
    assert len(set(targets(linked(target), [value, other]))) == len({value, other})


@pytest.mark.parametrize("value", ["javascript:alert(1)", " JavaScript:x", "file:///etc/passwd", "vbscript:x"])
def test_data_cannot_make_a_link_do_more_than_lead_somewhere(value: str) -> None:
    with pytest.raises(TemplateError) as caught:
        targets(linked("{{ v }}"), [value])
    assert "a link may not lead to" in str(caught.value.findings[0])
