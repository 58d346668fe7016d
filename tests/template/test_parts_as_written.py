"""A part is read in whatever way it is written: its encoding, references, and Strict Open XML."""

from __future__ import annotations

import io

import docx
import pytest
from tests.template.builders import docx_bytes, saved
from tests.template.packages import changed, readings, refusal, said
from tests.template.word_places import word_file

from govpack.errors import PackageError, TemplateError
from govpack.ooxml.package import read_package
from govpack.template import compile_template


def rewritten(text: str, encoding: str, signs: bytes | None = None) -> bytes:
    """A Word file whose header says `text`, written in `encoding`."""

    def write(held: bytes) -> bytes:
        page = held.decode().replace('encoding="UTF-8"', f'encoding="{encoding}"').replace(">plain<", f">{text}<", 1)
        return page.encode(encoding) if signs is None else page.encode().replace(text.encode(), signs)

    return changed(word_file(said({})), {"word/header1.xml": write})


@pytest.mark.parametrize(
    "data",
    [
        rewritten("{{ x }} größer", "UTF-16"),
        rewritten("&#123;&#123; x }} größer", "UTF-16"),
        rewritten("{{ x }} größer", "ISO-8859-1"),
        rewritten("{{ x }} größer", "UTF-7", b"+AHsAew- x +AH0AfQ- gr+APYA3w-er"),
        rewritten("&#x7b;&#123; x }} größer", "UTF-8"),
        rewritten("<![CDATA[{{ x }} größer]]>", "UTF-8"),
    ],
    ids=["UTF-16", "UTF-16 and references", "Latin-1", "UTF-7", "references", "CDATA"],
)
def test_a_part_is_read_in_its_own_encoding(data: bytes) -> None:
    written = compile_template(data).render({"x": "VALUE"}).data
    assert "VALUE größer" in readings(written, "word/header1.xml")[0]


@pytest.mark.parametrize("data", [rewritten("&#xFDD0;0&#64977;", "UTF-8"), rewritten("\ufdd00\ufdd1", "UTF-16")])
def test_the_engines_own_marks_in_a_part_are_refused_however_they_are_written(data: bytes) -> None:
    with pytest.raises(TemplateError, match="noncharacter"):
        compile_template(data)


_WORD, _STRICT = (
    b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/wordprocessingml/main",
)


def test_a_strict_file_is_refused_with_the_way_to_mend_it() -> None:
    kind = (b"http://schemas.openxmlformats.org/officeDocument/2006/", b"http://purl.oclc.org/ooxml/officeDocument/")
    data = changed(
        docx_bytes(["{", "{ x }}"]),
        {
            "_rels/.rels": lambda held: held.replace(*kind),
            "word/document.xml": lambda held: held.replace(_WORD, _STRICT),
        },
    )
    with pytest.raises(PackageError, match=r"Strict Open XML.*save it as the ordinary document \(\.docx\)"):
        compile_template(data)


def test_a_strict_part_with_a_tag_is_refused_and_one_without_stays() -> None:
    strict = {"word/header1.xml": lambda held: held.replace(_WORD, _STRICT)}
    assert "Strict Open XML" in refusal(changed(word_file(said({"header": ["{", "{ x }}"]})), strict))
    data = compile_template(changed(word_file(said({})), strict)).render({}).data
    assert _STRICT in read_package(data).read("word/header1.xml")


def test_an_empty_table_behind_one_of_thousands_of_rows_is_mended() -> None:
    document = docx.Document()
    for name in ("many", "few"):
        first, last = document.add_table(rows=1, cols=2).rows[0].cells
        first.text, last.text = f"{{% for x in {name} %}}{{{{ x }}}}", "{% endfor %}"
    rows = [f"row {number}" for number in range(5_000)]
    data = compile_template(saved(document)).render({"many": rows, "few": []}).data
    first_table, *others = docx.Document(io.BytesIO(data)).tables
    assert [cell.text for cell in first_table.columns[0].cells] == rows
    assert not others, "a table without rows is no table that Word opens"
