"""The tests of `test_word_quality` can fail: an agreement spoilt in one way is found by the one that holds it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.system import test_word_quality as quality
from tests.system.test_word_quality import Word

from govpack.ooxml.package import read_package

Check = Callable[[list[Word]], None]
BODY, SETTINGS, FOOTER = "word/document.xml", "word/settings.xml", r"word/footer\d*\.xml"

SPOILT: dict[str, tuple[Check, str, str, str, str]] = {
    "a number typed": (
        quality.test_clause_numbers_are_words_own_and_linked_to_styles,
        BODY, r'(<w:pStyle w:val="Clause2"/></w:pPr>.*?<w:t[^>]*>)', r"\g<1>(a) ", r"\(a\)",
    ),
    "a reference to nowhere": (
        quality.test_every_reference_is_live_and_its_cached_number_is_that_of_the_list,
        BODY, r" REF \w+ ", " REF gone ", "leads nowhere",
    ),
    "a stale number": (
        quality.test_every_reference_is_live_and_its_cached_number_is_that_of_the_list,
        BODY, r"( REF \w+ .*?<w:t>)\d[\d.]*(</w:t>)", r"\g<1>99\g<2>", "REF",
    ),
    "a reference that depends on where it stands": (
        quality.test_every_reference_is_live_and_its_cached_number_is_that_of_the_list,
        BODY, r"( REF \w+ )\\w", r"\g<1>\\r", r"\\r",
    ),
    "another heading than in the contents": (
        quality.test_the_table_of_contents_is_a_field_whose_entries_are_the_headings,
        BODY, r'(<w:pStyle w:val="Heading1"/></w:pPr>.*?<w:t[^>]*>)', r"\g<1>Other ", "partnership-agreement",
    ),
    "fields that Word is to update": (
        quality.test_word_neither_repairs_nor_asks, SETTINGS, r"(<w:compat>)", r"<w:updateFields/>\g<1>", "agreement",
    ),
    "another compatibility mode": (
        quality.test_word_neither_repairs_nor_asks, SETTINGS, r'(compatibilityMode"[^>]*w:val=")15', r"\g<1>12", "12",
    ),
    "no count of pages": (
        quality.test_every_page_says_which_it_is_of_how_many_and_where_the_document_stands,
        FOOTER, "NUMPAGES", "DATE", "agreement",
    ),
    "no watermark": (quality.test_a_draft_carries_its_watermark, r"word/header\d*\.xml", "DRAFT", "", "agreement"),
    "a row that breaks": (
        quality.test_signature_blocks_and_table_rows_do_not_break, BODY, "<w:cantSplit/>", "", "agreement",
    ),
    "a signature block that breaks": (
        quality.test_signature_blocks_and_table_rows_do_not_break,
        BODY, r'(?s)(<w:tblCaption w:val="Sign.*?)<w:keepNext/>', r"\g<1>", "agreement",
    ),
    "no place to sign": (quality.test_each_party_has_a_place_to_sign, BODY, "Sign", "Sing", "agreement"),
    "a head that does not repeat": (
        quality.test_tables_repeat_their_head_and_fit_the_page, BODY, "<w:tblHeader/>", "", "agreement",
    ),
    "a table wider than the page": (
        quality.test_tables_repeat_their_head_and_fit_the_page, BODY, r'(<w:gridCol w:w=")', r"\g<1>9", "twips of",
    ),
    "no language": (
        quality.test_title_language_headings_and_alternative_texts_serve_who_listens,
        "docProps/core.xml", "en-IE", "", "agreement",
    ),
    "a personal property": (
        quality.test_nothing_leaks,
        "docProps/core.xml", "(</cp:core)", r"<cp:lastModifiedBy>Ann</cp:lastModifiedBy>\g<1>", "agreement",
    ),
    "a revision id": (quality.test_nothing_leaks, BODY, "<w:p>", '<w:p w:rsidR="00A1">', "agreement"),
    "hidden text": (
        quality.test_nothing_leaks, BODY, "<w:r><w:t>", "<w:r><w:rPr><w:vanish/></w:rPr><w:t>", "agreement",
    ),
    "an unknown style": (quality.test_nothing_dangles, BODY, '"Clause2"', '"Clause99"', "agreement"),
    "half a bookmark": (quality.test_nothing_dangles, BODY, "<w:bookmarkEnd [^>]*/>", "", "agreement"),
    "two controls of one id": (
        quality.test_nothing_dangles,
        BODY, r'(<w:tag [^>]*/>)<w:id w:val="3"/>', r'\g<1><w:id w:val="2"/>', "agreement",
    ),
}  # fmt: skip


def spoil(source: Path, target: Path, part: str, old: str, new: str) -> Word:
    """The document with what `old` finds, in all parts that `part` matches, replaced; it must be there."""
    count = 0
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(target, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            if re.fullmatch(part, name):
                text, found = re.subn(old, new, data.decode())
                data, count = text.encode(), count + found
            after.writestr(name, data)
    assert count, f"{part} has no {old}"
    return Word(target, "counterparty/nimbus/partnership-agreement.docx", read_package(target))


@pytest.mark.parametrize(("check", "part", "old", "new", "said"), SPOILT.values(), ids=SPOILT)
def test_a_spoilt_agreement_is_found(
    nordhaven_pack: Path, tmp_path: Path, check: Check, part: str, old: str, new: str, said: str
) -> None:
    source = nordhaven_pack / "counterparty" / "nimbus" / "partnership-agreement.docx"
    check([Word(source, "counterparty/nimbus/partnership-agreement.docx", read_package(source))])
    with pytest.raises(AssertionError, match=said):
        check([spoil(source, tmp_path / "spoilt.docx", part, old, new)])
