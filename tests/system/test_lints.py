"""Our own lints see what they are for: each fault, put into a sound file, is named."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import pytest
from tests.support.documents import Slide as Page
from tests.support.documents import comment, docx, paragraph, pptx, ref, table, xml
from tests.support.lints import faults_of

from govpack.template import compile_template

_RUN = "<w:r><w:t>x</w:t></w:r>"
_CONTROL = '<w:sdt><w:sdtPr><w:id w:val="7"/></w:sdtPr><w:sdtContent><w:p/></w:sdtContent></w:sdt>'
_DRAWING = '<w:p><w:r><w:drawing><wp:inline><wp:docPr id="5" name="d"/></wp:inline></w:drawing></w:r></w:p>'


def _changed(data: bytes, name: str, old: str, new: str) -> bytes:
    """The package with `old`, a pattern, replaced once in the member `name`; with no `old`, the member anew."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
        for member in before.namelist():
            text = before.read(member)
            if member == name:
                changed = re.sub(old, new, text.decode(), count=1, flags=re.DOTALL)
                assert changed != text.decode(), f"{name} has no {old}"
                text = changed.encode()
            after.writestr(member, text)
        if not old:
            after.writestr(name, new)
    return out.getvalue()


def _sound() -> bytes:
    """What the engine makes of a template without tags: python-docx's leftovers are gone."""
    drawn = docx(paragraph("One", bookmark="one", inner=ref("one", "1")), table(["a", "b"]), paragraph("end"))
    return compile_template(drawn).render({}).data


def test_a_sound_file_has_no_fault() -> None:
    assert faults_of(_sound()) == []


IN_WORD = {
    "two controls": (_CONTROL * 2, "two controls have the id 7"),
    "two drawings": (_DRAWING * 2, "two drawings have the id 5"),
    "two bookmarks": ('<w:p><w:bookmarkStart w:id="9" w:name="ONE"/><w:bookmarkEnd w:id="9"/></w:p>', "the name one"),
    "an odd bookmark": ('<w:p><w:bookmarkStart w:id="9" w:name="1 b"/><w:bookmarkEnd w:id="9"/></w:p>', "Word refuses"),
    "an open bookmark": ('<w:p><w:bookmarkStart w:id="9" w:name="b"/></w:p>', "do not end"),
    "a dangling field": (f"<w:p>{ref('gone', '1')}</w:p>", "'REF gone"),
    "a dangling link": (f'<w:p><w:hyperlink w:anchor="gone">{_RUN}</w:hyperlink></w:p>', "the bookmark gone"),
    "half a field": ('<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>', "never ends"),
    "the end of a field": ('<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>', "never began"),
    "a note that is not there": ('<w:p><w:r><w:footnoteReference w:id="3"/></w:r></w:p>', "the footnote 3"),
    "half a comment": ('<w:p><w:commentRangeStart w:id="0"/></w:p>', "ranges of comments"),
    "an unknown style": ('<w:p><w:pPr><w:pStyle w:val="Nope"/></w:pPr></w:p>', "the style Nope"),
    "an unknown list": ('<w:p><w:pPr><w:numPr><w:numId w:val="77"/></w:numPr></w:pPr></w:p>', "the list 77"),
    "an empty cell": ("<w:tbl><w:tr><w:tc><w:tcPr/></w:tc></w:tr></w:tbl>", "a tc does not end"),
    "no row": ("<w:tbl><w:tblPr/></w:tbl>", "no row"),
    "no cell": ("<w:tbl><w:tr/></w:tbl>", "no cell"),
    "an empty control": ("<w:sdt><w:sdtContent/></w:sdt>", "holds nothing"),
    "loose text": ("<w:p>loose</w:p>", "loose text at a p"),
    "text after a run": (f"<w:p>{_RUN}loose</w:p>", "loose text at a r"),
    "a run on its own": (_RUN, "outside a paragraph"),
    "blanks": ("<w:p><w:r><w:t> x</w:t></w:r></w:p>", "blanks around ' x'"),
    "hidden text": ("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r></w:p>", "text is hidden: 'x'"),
    "revision ids": ('<w:p w:rsidR="00AA"/>', "revision ids"),
    "a spelling mark": ('<w:p><w:proofErr w:type="spellStart"/></w:p>', "proofErr"),
    "a tag": ("<w:p><w:r><w:t>{{ x }}</w:t></w:r></w:p>", "the tag"),
    "a tag in two runs": ("<w:p><w:r><w:t>{</w:t></w:r><w:r><w:t>{ x</w:t></w:r></w:p>", "the tag"),
    "a gap": ("<w:p><w:r><w:t>[● x]</w:t></w:r></w:p>", "holds a gap"),
    "an unknown relationship": ('<w:p><w:hyperlink r:id="rId99"/></w:p>', "'rId99', which it does not have"),
}  # fmt: skip


@pytest.mark.parametrize(("body", "said"), IN_WORD.values(), ids=IN_WORD)
def test_a_fault_in_word_is_named(body: str, said: str) -> None:
    spoilt = docx(paragraph("One", bookmark="one"), xml(body), paragraph("end"))
    assert [fault for fault in faults_of(spoilt) if said in fault]


_OUTSIDE = '<Relationship Id="rId98" Type="http://x/{}" Target="http://y" TargetMode="External"/>\\g<0>'
_RELS = "word/_rels/document.xml.rels"
IN_PACKAGE = {
    "an update": ("word/settings.xml", "<w:zoom", "<w:updateFields/><w:zoom", "w:updateFields"),
    "a person": ("docProps/core.xml", "</cp:core", "<cp:lastModifiedBy>Ann</cp:lastModifiedBy>\\g<0>", "Ann"),
    "a leftover": ("word/left.xml", "", "<a/>", "reached from nowhere"),
    "no content type": ("word/left.odd", "", "x", "no content type"),
    "a type without part": ("[Content_Types].xml", "/word/styles.xml", "/word/gone.xml", "is not there"),
    "a link to nowhere": (_RELS, '"styles.xml"', '"gone.xml"', "which is not there"),
    "a spare link": (_RELS, "</Relationships>", _OUTSIDE.format("hyperlink"), "uses 'rId98'"),
    "a fetched picture": (_RELS, "</Relationships>", _OUTSIDE.format("image"), "from outside"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "said"), IN_PACKAGE.values(), ids=IN_PACKAGE)
def test_a_fault_of_the_package_is_named(name: str, old: str, new: str, said: str) -> None:
    assert [fault for fault in faults_of(_changed(_sound(), name, old, new)) if said in fault]


def test_a_comment_that_nothing_refers_to_is_named() -> None:
    commented = docx(paragraph("One"), comment("Why?"))
    assert not [fault for fault in faults_of(commented) if "refers to" in fault]
    spoilt = _changed(commented, "word/document.xml", "<w:commentReference [^>]*/>", "")
    assert [fault for fault in faults_of(spoilt) if "nothing refers to the comment" in fault]


IN_DECKS = {
    "two shapes": ("ppt/slides/slide1.xml", r'<p:cNvPr id="2"', '<p:cNvPr id="1"', "two shapes"),
    "two slides": ("ppt/presentation.xml", 'id="257"', 'id="256"', "two slides have the id 256"),
    "a shared chart": ("ppt/slides/_rels/slide2.xml.rels", r"charts/chart\d+", "charts/{first}", "two slides share"),
    "a slide not shown": ("ppt/presentation.xml", r'<p:sldId [^>]*id="257"[^>]*/>', "", "never shown"),
    "a short row": ("ppt/slides/slide1.xml", "<a:gridCol [^>]*/>|<a:gridCol .*?</a:gridCol>", "", "cells of 1"),
    "no paragraph": ("ppt/slides/slide1.xml", "<a:p>.*?</a:p>", "", "no paragraph"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "said"), IN_DECKS.values(), ids=IN_DECKS)
def test_a_fault_of_a_deck_is_named(name: str, old: str, new: str, said: str) -> None:
    deck = pptx(*(Page(f"S{n}", rows=(("a", "b"),), chart=(("x", 1), ("y", 2))) for n in (1, 2)))
    with zipfile.ZipFile(BytesIO(deck)) as archive:
        links = archive.read("ppt/slides/_rels/slide1.xml.rels").decode()
    first = re.search(r"charts/(chart\d+)", links)
    assert first is not None
    sound = set(faults_of(deck))
    spoilt = _changed(deck, name, old, new.replace("{first}", first[1]))
    assert [fault for fault in set(faults_of(spoilt)) - sound if said in fault]
