"""Templates and data that mean harm: each ends in words or in the right document, in bounded time and memory."""

from __future__ import annotations

import datetime
import io
import json
import subprocess
import sys
import unicodedata
import zipfile
from pathlib import Path
from typing import Any

import docx
import pptx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.command import run_govpack
from tests.template.builders import deck, docx_bytes, filled, saved, texts

from govpack.errors import GovpackError
from govpack.template import compile_template

HOGS = Path(__file__).with_name("hogs.py")


def _patched(data: bytes, name: str, old: str, new: str) -> bytes:
    """The package with `old` replaced in the member `name`; with no `old`, with a member more."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as after:
        for member in before.namelist():
            held = before.read(member)
            if member == name and old:
                assert old in held.decode()
                held = held.decode().replace(old, new).encode()
            after.writestr(member, held)
        if not old:
            after.writestr(zipfile.ZipInfo(name), new)
    return buffer.getvalue()


def _refusal(data: bytes, context: dict[str, Any] | None = None) -> str:
    with pytest.raises(GovpackError) as caught:
        compile_template(data).render(context or {})
    return "\n".join([str(caught.value), *map(str, caught.value.findings)])


# --- sandbox ---

ESCAPES = [
    "{{ x.__class__ }}",
    "{{ x['__class__'] }}",
    "{{ x | attr('__class__') }}",
    "{{ [x] | map(attribute='__class__') | first }}",
    "{{ [x] | map(attribute='a.__class__') | first }}",
    "{{ [x] | map('attr', '__class__') | first }}",
    "{{ [x] | selectattr('a.__class__') | list | length }}",
    "{{ [x] | groupby('__class__') | first | first }}",
    "{{ [x] | sum(attribute='__class__') }}",
    "{{ '{0.__class__}'.format(x) }}",
    "{{ '{0.__class__}' | format(x) }}",
    "{{ '{a.__class__}'.format_map({'a': x}) }}",
    "{{ cycler.__init__.__globals__ }}",
    "{{ joiner.__init__ }}",
    "{{ lipsum.__globals__['os'] }}",
    "{{ self.__init__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ caller.__class__ }}",
    "{% for i in [1] %}{{ loop._iterable }}{% endfor %}",
    "{% for i in [1] %}{{ loop.__class__ }}{% endfor %}",
    "{% set n = namespace() %}{{ n._Namespace__attrs }}",
    "{% macro m() %}{% endmacro %}{{ m._func }}",
    "{{ items.append(1) }}",
    "{{ items.pop() }}",
    "{{ x.update({'a': 2}) }}",
    "{{ _budget }}",
    "{{ _put(0, 1) }}",
    "{% set _put = 1 %}{{ 1 }}",
    "{% for _put in [1] %}{{ 1 }}{% endfor %}",
    "{% with _put = 1 %}{{ 1 }}{% endwith %}",
    "{% macro _put(a, b) %}{% endmacro %}{{ 1 }}",
    "{% macro m(_put) %}{{ 1 }}{% endmacro %}{{ m(2) }}",
    "{% import 'x' as y %}",
    "{% from 'x' import y %}",
    "{% include '/etc/passwd' %}",
    "{% debug %}",
    "{{ image('/etc/passwd') }}",
    "{{ when.strftime('%Y' * 1000000) }}",
    "{{ x.a.to_bytes(10 ** 9, 'big') }}",
]


@pytest.mark.parametrize("tag", ESCAPES)
def test_no_tag_leaves_the_sandbox_or_changes_the_data(tag: str) -> None:
    data = {"x": {"a": 1}, "items": [1], "when": datetime.date(2027, 1, 2)}
    said = _refusal(docx_bytes(tag), data)
    assert "Traceback" not in said
    assert "<class" not in said
    assert data == {"x": {"a": 1}, "items": [1], "when": datetime.date(2027, 1, 2)}


@pytest.mark.parametrize("tag", ["{{ 1e308 | money }}", "{{ (10 ** 30) | duration('months') }}"])
def test_a_number_too_large_to_write_is_refused_in_words(tag: str) -> None:
    assert "too large" in _refusal(docx_bytes(tag))


# --- packages ---


@pytest.mark.parametrize(
    "name",
    ["../evil.xml", "/evil.xml", "word//x.xml", "word/../../x.xml", "word/./x.xml", "word\\x.xml", "a\x07.xml"],
)
def test_a_member_whose_name_leads_elsewhere_is_refused(name: str) -> None:
    assert "no Office file has" in _refusal(_patched(docx_bytes("{{ 1 }}"), name, "", "<a/>"))


def test_a_member_without_a_name_is_refused() -> None:
    """Python's own reader of zip files stumbles over it."""
    data = bytearray(_patched(docx_bytes("{{ 1 }}"), "Q", "", "<a/>"))
    # The name, one letter long, is taken out of the index and of the member: both say then that it has no letters.
    local, central = data.rindex(b"PK\x03\x04"), data.rindex(b"PK\x01\x02")
    data[central + 28 : central + 30] = b"\0\0"
    del data[central + 46]
    data[local + 26 : local + 28] = b"\0\0"
    del data[local + 30]
    end = data.rindex(b"PK\x05\x06")
    for at, less in ((end + 12, 1), (end + 16, 1)):
        data[at : at + 4] = (int.from_bytes(data[at : at + 4], "little") - less).to_bytes(4, "little")
    assert "without a name" in _refusal(bytes(data))


def test_members_that_differ_in_capitals_only_are_refused() -> None:
    assert "twice" in _refusal(_patched(docx_bytes("{{ 1 }}"), "word/Document.xml", "", "<a/>"))


def test_a_file_that_lies_about_its_kind_is_refused() -> None:
    lie = _patched(
        docx_bytes("{{ 1 }}"), "[Content_Types].xml", "wordprocessingml.document", "presentationml.presentation"
    )
    assert "says that it is a .pptx, and its main part is a 'document'" in _refusal(lie)
    root = _patched(docx_bytes("{{ 1 }}"), "_rels/.rels", "word/document.xml", "word/styles.xml")
    assert "its main part is a 'styles'" in _refusal(root)


def test_strict_open_xml_is_refused_by_name_whole_or_in_part() -> None:
    transitional = "http://schemas.openxmlformats.org/"
    tagged = docx_bytes(["{", "{ x }}"])
    word = (f"{transitional}wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main")
    assert "Strict Open XML" in _refusal(_patched(tagged, "word/document.xml", *word))
    links = (
        f"{transitional}officeDocument/2006/relationships",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    )
    assert "Strict Open XML" in _refusal(_patched(tagged, "_rels/.rels", *links))


ENTITIES = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("name", ["word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"])
def test_entities_are_never_read(name: str) -> None:
    assert "declares a document type" in _refusal(_patched(docx_bytes("{{ 1 }}"), name, "?>", f"?>{ENTITIES}"))


def test_relationships_that_go_round_or_out_are_harmless() -> None:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = "".join(
        f'<Relationship Id="rIdX{number}" Type="{office}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate([("header", "document.xml"), ("header", "../../../etc/passwd")])
    )
    data = _patched(
        docx_bytes("{{ 1 }}"), "word/_rels/document.xml.rels", "</Relationships>", f"{links}</Relationships>"
    )
    with zipfile.ZipFile(io.BytesIO(compile_template(data).render({}).data)) as package:
        assert "<w:t>1</w:t>" in package.read("word/document.xml").decode().replace(' xml:space="preserve"', "")


NUMBERS = {
    "a giant span": '<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc><w:tcPr>'
    '<w:gridSpan w:val="2000000000"/></w:tcPr>'
    '<w:p><w:r><w:t>{% colspan 2 %}{{ x }}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>',
    "a negative bookmark": '<w:p><w:bookmarkStart w:id="-5" w:name="a"/><w:r><w:t>{{ bookmark("b") }}{{ x }}</w:t>'
    '</w:r><w:bookmarkEnd w:id="-5"/></w:p>',
    "a giant bookmark": '<w:p><w:bookmarkStart w:id="99999999999999999999" w:name="a"/><w:r><w:t>{{ bookmark("b") }}'
    '{{ x }}</w:t></w:r><w:bookmarkEnd w:id="99999999999999999999"/></w:p>',
    "an odd bookmark": '<w:p><w:bookmarkStart w:id="x" w:name="a"/><w:r><w:t>{{ bookmark("b") }}{{ x }}</w:t></w:r>'
    '<w:bookmarkEnd w:id="x"/></w:p>',
    "an odd list": '<w:p><w:pPr><w:numPr><w:ilvl w:val="-9"/><w:numId w:val="99999999999"/></w:numPr></w:pPr><w:r><w:t>'
    "{{ x }}</w:t></w:r></w:p>",
    "an instruction to programs": "<w:p><w:r><w:t>{{ x }}<?go {{ y }}?><!-- {{ z }} --></w:t></w:r></w:p>",
    "signs by number": "<w:p><w:r><w:t>&#123;&#x7b; x &#125;}</w:t></w:r></w:p>",
}  # fmt: skip


@pytest.mark.parametrize("body", NUMBERS.values(), ids=NUMBERS)
def test_odd_markup_comes_out_filled(body: str) -> None:
    data = _patched(docx_bytes(""), "word/document.xml", "<w:body>", f"<w:body>{body}")
    with zipfile.ZipFile(io.BytesIO(compile_template(data).render({"x": "seen"}).data)) as package:
        assert "seen" in package.read("word/document.xml").decode()


# --- values ---


def test_a_sign_of_every_unicode_category_comes_out_everywhere_or_is_named() -> None:
    """One of each, and those known to do harm, in text, a header, a property, a link, a deck and its notes."""
    first: dict[str, str] = {}
    for point in range(0x20, 0x110000):
        first.setdefault(unicodedata.category(chr(point)), chr(point))
    surrogate = first.pop("Cs")
    signs = "".join(first.values()) + "\u202e\u200f\u2066\u2028\u00ad\u200d\U000e0001]]>&lt;{{ 7*7 }}</w:t>"
    document = docx.Document()
    document.core_properties.title = "{{ x }}"
    document.sections[0].header.paragraphs[0].text = "{{ x }}"
    document.add_paragraph("{{ x }}")
    made = filled(saved(document), {"x": signs})
    assert made.core_properties.title == made.sections[0].header.paragraphs[0].text == texts(made)[0] == signs
    slide = pptx.Presentation(io.BytesIO(compile_template(saved(deck("{{ x }}", "{{ x }}"))).render({"x": signs}).data))
    assert slide.slides[0].shapes.title.text == slide.slides[0].notes_slide.notes_text_frame.text == signs
    for refused in (surrogate, "\x0b", "\x00", "\ufffe"):
        assert f"U+{ord(refused):04X}" in _refusal(docx_bytes("{{ x }}"), {"x": f"a{refused}"})


def test_a_value_of_a_million_characters_comes_out() -> None:
    value = "<&>\"'" * 200_000
    assert texts(filled(docx_bytes("{{ x }}"), {"x": value})) == [value]


_words = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=6)
_pieces = st.lists(st.tuples(st.sampled_from(["text", "tag", "if", "loop"]), _words), max_size=4)
_blocks = st.lists(st.one_of(_pieces, st.lists(_pieces, min_size=1, max_size=3).map(tuple)), min_size=1, max_size=4)


@settings(max_examples=15, deadline=None)
@given(_blocks, st.integers(1, 5))
def test_wherever_tags_stand_the_text_comes_out_in_order(blocks: list[Any], size: int) -> None:
    """Paragraphs and rows of cells with text, values, conditions and loops between, in runs of `size` characters."""
    document = docx.Document()
    values: list[str] = []
    expected: list[str] = []

    def write(paragraph: Any, pieces: list[tuple[str, str]]) -> None:
        source = shown = "|"  # so that no paragraph holds statements alone, and goes
        for kind, words in pieces:
            number = len(values)
            values.append(words)
            literal = words.replace("{", "(").replace("}", ")").replace("%", "").replace("#", "")
            written, said = {
                "text": (literal, literal),
                "tag": (f"{{{{ v[{number}] }}}}", words),
                "if": (f"{{% if v[{number}] %}}yes{{% else %}}no{{% endif %}}", "yes" if words else "no"),
                "loop": (f"{{% for c in v[{number}] %}}{{{{ c }}}},{{% endfor %}}", "".join(f"{c}," for c in words)),
            }[kind]
            source, shown = source + written, shown + said
        for at in range(0, len(source), size):
            paragraph.add_run(source[at : at + size]).bold = bool(at % 2)
        expected.append(shown)

    for block in blocks:
        if isinstance(block, list):
            write(document.add_paragraph(), block)
        else:
            for cell, pieces in zip(document.add_table(1, len(block)).rows[0].cells, block, strict=True):
                write(cell.paragraphs[0], pieces)
    made = filled(saved(document), {"v": values})
    found = []
    for block in made.iter_inner_content():
        found += [block.text] if hasattr(block, "runs") else [cell.text for cell in block.rows[0].cells]
    assert found == expected


# --- time and memory ---


@pytest.mark.parametrize(
    ("case", "end"),
    {
        "bomb": "refused",
        "depth": "refused",
        "tables": "rendered",
        "tags": "refused",
        "output": "refused",
        "values": "refused",
        "attributes": "rendered",
    }.items(),
)
def test_no_template_takes_ten_seconds_or_half_a_gigabyte(case: str, end: str) -> None:
    done = subprocess.run([sys.executable, str(HOGS), case], capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["end"] == end
    assert said["seconds"] < 10
    assert said["megabytes"] < 500


# --- the command ---


@pytest.mark.parametrize(
    "data", [_patched(docx_bytes("{{ 1 }}"), "../x", "", "x"), docx_bytes("{{ x.__class__ }}"), b"PK"]
)
def test_the_command_says_it_in_words(data: bytes, tmp_path: Path) -> None:
    template = tmp_path / "hostile.docx"
    template.write_bytes(data)
    done = run_govpack("lint", template)
    assert done.returncode in (1, 2)
    assert "hostile.docx" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
