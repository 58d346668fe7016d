"""Revision ids of styles go, whether the part can be told by its bytes or must be parsed, and nothing else goes."""

from __future__ import annotations

import pytest
from lxml import etree
from tests.template.builders import docx_bytes
from tests.template.packages import changed

from govpack.ooxml.package import read_package
from govpack.template import compile_template

_STYLES = "word/styles.xml"
_REVISION = b'<w:rsid w:val="00FC693F"/>'


def styles_of(data: bytes) -> bytes:
    """What the finished document of the template `data` holds as its styles."""
    return read_package(compile_template(data).render({"x": "y"}).data).read(_STYLES)


@pytest.mark.parametrize(
    ("name", "revision"),
    [
        ("Plain", _REVISION),
        ("Terms &amp; conditions", _REVISION),
        ("Ours? Yours!", _REVISION),
        ("Ours", b"<w:rsid w:val='00FC693F'></w:rsid>"),
        ("Ours", b'<s:rsid xmlns:s="http://schemas.openxmlformats.org/wordprocessingml/2006/main" s:val="00FC693F"/>'),
    ],
)
def test_a_style_loses_its_revision_id_and_nothing_else(name: str, revision: bytes) -> None:
    style = f'<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="{name}"/>'.encode()
    with_id = style + revision + b"</w:style></w:styles>"
    without = style + b"</w:style></w:styles>"
    documents = [
        changed(docx_bytes("{{ x }}"), {_STYLES: lambda held, end=end: held.replace(b"</w:styles>", end)})
        for end in (with_id, without)
    ]
    made, wanted = map(styles_of, documents)
    assert b"rsid" not in made
    assert etree.tostring(etree.fromstring(made), method="c14n") == etree.tostring(
        etree.fromstring(wanted), method="c14n"
    )


def test_a_style_that_is_called_like_a_revision_id_keeps_its_name() -> None:
    style = b'<w:style w:type="paragraph" w:styleId="rsid"><w:name w:val="rsid"/></w:style></w:styles>'
    data = changed(docx_bytes("{{ x }}"), {_STYLES: lambda held: held.replace(b"</w:styles>", style)})
    assert b'<w:name w:val="rsid"/>' in styles_of(data)
