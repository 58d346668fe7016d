"""Controls that a reader ticks, chooses from or writes in are Word's own."""

from __future__ import annotations

from pathlib import Path

import pytest
from authoring.word.native import split_controls

from govpack.ooxml.names import qn
from govpack.ooxml.package import read_package
from govpack.ooxml.xml import parse_xml

KIT = Path(__file__).parents[2] / "templates" / "partnership"


def test_controls_stand_where_the_text_names_them() -> None:
    pieces = split_controls("Read: [[tick: Read it]] yes, [[choose: Outcome | Good | Bad & ugly]]")
    assert [words for words, _ in pieces] == ["Read: ", "", " yes, ", ""]
    tick, choose = (markup for _, markup in pieces if markup)
    assert 'w14:checked w14:val="0"' in tick
    assert 'w:alias w:val="Read it"' in tick
    assert 'w:value="Good"' in choose
    assert 'w:displayText="Bad &amp; ugly"' in choose
    assert "Choose" in choose


@pytest.mark.parametrize(
    ("name", "least"),
    [("review-register.docx", {"checkbox": 10, "dropDownList": 2}), ("panel-rubric.docx", {"dropDownList": 1})],
)
def test_each_control_of_a_template_has_an_id_of_its_own(name: str, least: dict[str, int]) -> None:
    document = parse_xml(read_package(KIT / name).read("word/document.xml"))
    properties = list(document.iter(qn("w:sdtPr")))
    identifiers = [each.find(qn("w:id")).get(qn("w:val")) for each in properties]
    assert len(set(identifiers)) == len(identifiers)
    for kind, count in least.items():
        found = [each for each in properties if any(child.tag.endswith(f"}}{kind}") for child in each)]
        assert len(found) >= count, kind


def test_who_does_not_know_checkboxes_may_read_past_them() -> None:
    """Word writes the prefix of its 2010 additions as ignorable; without that, an older reader must refuse the file."""
    document = parse_xml(read_package(KIT / "review-register.docx").read("word/document.xml"))
    assert document.get(qn("mc:Ignorable")) == "w14"
    assert "w14" in document.nsmap
