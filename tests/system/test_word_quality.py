"""What a legal reviewer expects of a Word file, row by row, of every one that a rich pack builds.

Every document of the example is read (agreements of both types, review copies, charters, joint roadmaps, playbooks,
exit plans, strategy, framework, roadmap, review, rubric, hand-off, checklist and register), and all templates that
``govpack blank`` writes. `test_word_quality_proof` breaks a document in each of these ways and sees it found.

| what is expected | where it is held |
| --- | --- |
| clause numbers are Word's own | `test_clause_numbers_are_words_own_and_linked_to_styles` |
| references are live | `test_every_reference_…`, `test_libreoffice_counts_…`, `test_a_services_agreement_…` |
| table of contents | `test_the_table_of_contents_…`, `test_word_neither_repairs_nor_asks` |
| PAGE and NUMPAGES | `test_every_page_says_…`, `test_word_neither_repairs_nor_asks` (a cached result) |
| defined terms | `test_agreement_agrees` |
| values that may be negotiated | `test_negotiable_terms`; `tests/template/test_controls.py` |
| missing values | `tests/build/test_gaps.py`, `test_incomplete`; in templates, `test_blank_templates` |
| drafting notes | `test_only_review_copies_carry_comments`, `test_review_copy` |
| signature blocks | `test_signature_blocks_and_table_rows_do_not_break`, `test_each_party_has_a_place_to_sign` |
| document control | `test_every_page_says_…`, `test_a_draft_carries_its_watermark`, `test_marking` |
| tables | `test_tables_repeat_their_head_and_fit_the_page`, `test_sizes` |
| accessibility | `test_title_language_headings_…`; a heatmap's words: `test_internal_documents` |
| nothing leaks | `test_nothing_leaks`, `test_marking`, `tests/build/test_leaks.py` |
| opens cleanly | `test_word_neither_repairs_nor_asks`, `test_nothing_dangles`, `test_judges`, `test_nordhaven` |
"""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from govpack.ooxml.names import NS, qn
from govpack.ooxml.numbering import Numbering, read_numbering
from govpack.ooxml.package import Package, read_package
from govpack.ooxml.xml import parse_xml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.office import Office

VAL = qn("w:val")
P, T, STYLE = qn("w:p"), qn("w:t"), f"{qn('w:pPr')}/{qn('w:pStyle')}"


@dataclass(frozen=True)
class Word:
    """A built Word file, read."""

    path: Path
    name: str
    package: Package

    def part(self, name: str) -> etree._Element:
        return parse_xml(self.package.read(name), name)

    @cached_property
    def body(self) -> etree._Element:
        return self.part("word/document.xml")

    @cached_property
    def stories(self) -> dict[str, etree._Element]:
        """Body, headers, footers and notes, by part."""
        pattern = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
        return {name: self.part(name) for name in self.package.names if pattern.fullmatch(name)}

    @cached_property
    def styles(self) -> dict[str, etree._Element]:
        return {node.get(qn("w:styleId"), ""): node for node in self.part("word/styles.xml").iter(qn("w:style"))}

    def listed(self, style: str) -> tuple[str, int] | None:
        """The list and level that a style belongs to, its own or inherited."""
        node = self.styles.get(style)
        while node is not None:
            properties = node.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            if properties is not None:
                number, depth = properties.find(qn("w:numId")), properties.find(qn("w:ilvl"))
                return number.get(VAL), int(depth.get(VAL)) if depth is not None else 0
            based = node.find(qn("w:basedOn"))
            node = self.styles.get(based.get(VAL)) if based is not None else None
        return None

    @cached_property
    def numbers(self) -> dict[etree._Element, str]:
        """Each numbered paragraph of the body with its number in full, counted from the list as Word does."""
        numbering: Numbering = read_numbering(self.part("word/numbering.xml"))
        found = {}
        for paragraph in self.body.iter(P):
            style = paragraph.find(STYLE)
            place = self.listed(style.get(VAL)) if style is not None else None
            own = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            if own is not None and own.find(qn("w:numId")) is not None:
                depth = own.find(qn("w:ilvl"))
                place = own.find(qn("w:numId")).get(VAL), int(depth.get(VAL)) if depth is not None else 0
            if place is not None and place[0] != "0" and (counted := numbering.count(*place)) is not None:
                found[paragraph] = counted.full
        return found

    @cached_property
    def bookmarks(self) -> dict[str, etree._Element]:
        """Each bookmark with the paragraph that it begins in."""
        return {
            mark.get(qn("w:name")): next(mark.iterancestors(P), None) for mark in self.body.iter(qn("w:bookmarkStart"))
        }

    def fields(self) -> Iterator[tuple[str, str]]:
        """Each complex field of the body: its instruction, and its cached result."""
        for root in self.stories.values():
            yield from fields_of(root)

    def headings(self) -> Iterator[tuple[int, etree._Element]]:
        for paragraph in self.body.iter(P):
            style = paragraph.find(STYLE)
            level = self.outline_level(style.get(VAL)) if style is not None else None
            if level is not None and text_of(paragraph):
                yield level, paragraph

    def stays_with_next(self, paragraph: etree._Element) -> bool:
        """Whether a paragraph keeps with the next one, by itself or by its style."""
        style = paragraph.find(STYLE)
        holders = [paragraph]
        node = self.styles.get(style.get(VAL)) if style is not None else None
        while node is not None:
            holders.append(node)
            based = node.find(qn("w:basedOn"))
            node = self.styles.get(based.get(VAL)) if based is not None else None
        found = (holder.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") for holder in holders)
        keep = next((each for each in found if each is not None), None)
        return keep is not None and keep.get(VAL) not in ("0", "false")

    def outline_level(self, style: str) -> int | None:
        node = self.styles.get(style)
        while node is not None:
            level = node.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
            if level is not None:
                return int(level.get(VAL)) if int(level.get(VAL)) < 9 else None
            based = node.find(qn("w:basedOn"))
            node = self.styles.get(based.get(VAL)) if based is not None else None
        return None


def fields_of(root: etree._Element) -> Iterator[tuple[str, str]]:
    open_fields: list[list[str]] = []
    for node in root.iter(qn("w:fldChar"), qn("w:instrText"), T):
        kind = node.get(qn("w:fldCharType"))
        if kind == "begin":
            open_fields.append(["instruction", "", ""])
        elif kind == "separate":
            open_fields[-1][0] = "result"
        elif kind == "end":
            _, instruction, result = open_fields.pop()
            yield instruction.strip(), result
        elif open_fields and node.tag == qn("w:instrText"):
            open_fields[-1][1] += node.text or ""
        elif node.tag == T:
            for each in open_fields:
                each[2] += node.text or ""
    assert not open_fields, "a field that does not end"


def text_of(element: etree._Element) -> str:
    return "".join(node.text or "" for node in element.iter(T)).strip()


def typed_text(paragraph: etree._Element) -> str:
    """The text of a paragraph without what its fields show."""
    text, depth = "", 0
    for node in paragraph.iter(qn("w:fldChar"), T):
        depth += {"begin": 1, "end": -1}.get(node.get(qn("w:fldCharType")), 0)
        text += (node.text or "") if node.tag == T and depth == 0 else ""
    return text.strip()


def words_in(folder: Path) -> list[Word]:
    files = sorted(folder.rglob("*.docx"))
    assert len(files) >= 8
    return [Word(file, file.relative_to(folder).as_posix(), read_package(file)) for file in files]


@pytest.fixture(scope="session", params=["nordhaven_pack", "blanks"])
def words(request: pytest.FixtureRequest) -> list[Word]:
    """The Word documents of the example, and the templates to fill in by hand."""
    return words_in(request.getfixturevalue(request.param))


@pytest.fixture(scope="session")
def built(nordhaven_pack: Path) -> list[Word]:
    """The Word documents of the example."""
    return words_in(nordhaven_pack)


def agreements(words: list[Word]) -> list[Word]:
    return [word for word in words if "partnership-agreement" in word.name]


def test_clause_numbers_are_words_own_and_linked_to_styles(words: list[Word]) -> None:
    for word in words:
        if word.name.endswith("quality-checklist.docx"):
            continue  # it quotes what others say, numbers and all
        numbering = word.part("word/numbering.xml")
        linked = {
            level.find(qn("w:pStyle")).get(VAL)
            for definition in numbering.iter(qn("w:abstractNum"))
            for level in definition.iter(qn("w:lvl"))
            if level.find(qn("w:pStyle")) is not None
        }
        for paragraph in word.numbers:
            style = paragraph.find(STYLE)
            own = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            assert own is not None or word.styles[style.get(VAL)].get(qn("w:styleId")) in linked, word.name
        for paragraph in word.body.iter(P):
            # A figure may open a cell: "73.8 of 100".
            in_cell = any(True for _ in paragraph.iterancestors(qn("w:tc")))
            number = r"\d+[.)]" if in_cell else r"\d+(\.\d+)+\.?|\d+[.)]"
            typed = re.match(rf"({number}|\([a-z]\)|\([ivx]+\)|Schedule \d+[:.]?)\s", typed_text(paragraph))
            in_contents = any(style.get(VAL, "").startswith("TOC") for style in paragraph.iter(qn("w:pStyle")))
            assert typed is None or in_contents, f"{word.name}: {text_of(paragraph)[:80]}"


def test_every_reference_is_live_and_its_cached_number_is_that_of_the_list(words: list[Word]) -> None:
    counted = 0
    for word in words:
        for instruction, result in word.fields():
            if not instruction.startswith("REF "):
                continue
            _, name, *switches = instruction.split()
            assert {"\\w", "\\h"} <= set(switches), f"{word.name}: {instruction}"
            target = word.bookmarks.get(name)
            assert target is not None, f"{word.name}: {instruction} leads nowhere"
            assert result == word.numbers[target], f"{word.name}: {instruction}"
            counted += 1
    assert counted > 100


def test_a_services_agreement_has_many_clauses_and_refers_to_them_often(words: list[Word]) -> None:
    for word in agreements(words):
        is_services = "ostermark" not in word.name and "co-innovation" not in word.name
        references = [instruction for instruction, _ in word.fields() if instruction.startswith("REF ")]
        clauses = [p for level, p in word.headings() if level == 0 and word.numbers.get(p, "").isdigit()]
        assert len(references) >= (30 if is_services else 15), word.name
        assert len(clauses) >= (40 if is_services else 30), word.name
        assert [word.numbers[clause] for clause in clauses] == [str(n) for n in range(1, len(clauses) + 1)], word.name


def test_the_table_of_contents_is_a_field_whose_entries_are_the_headings(words: list[Word]) -> None:
    for word in words:
        (instruction,) = [i for i, _ in word.fields() if i.startswith("TOC ")]
        assert "\\n" in instruction
        assert "\\h" in instruction
        deepest = int(re.search(r'\\o "1-(\d)"', instruction)[1])  # type: ignore[index]
        entries = [
            # The list's number may end in a point; what is held against it is the number.
            re.sub(
                r"^([\w.]*\d)\. ", r"\1 ", " ".join(text_of(run) for run in paragraph.iter(qn("w:r")) if text_of(run))
            ).replace("\u00a0", " ")
            for paragraph in word.body.iter(P)
            if (style := paragraph.find(STYLE)) is not None and style.get(VAL, "").startswith("TOC")
            if style.get(VAL) not in ("TOCHeading",)
        ]
        headings = [
            re.sub(r"\s+", " ", f"{word.numbers.get(paragraph, '')} {text_of(paragraph)}").strip()
            for level, paragraph in word.headings()
            if level < deepest
        ]
        assert entries == headings, word.name


def test_word_neither_repairs_nor_asks(words: list[Word]) -> None:
    for word in words:
        settings = word.part("word/settings.xml")
        modes = [n.get(VAL) for n in settings.iter(qn("w:compatSetting")) if n.get(qn("w:name")) == "compatibilityMode"]
        assert modes == ["15"], word.name
        assert settings.find(qn("w:updateFields")) is None, word.name
        for name, root in word.stories.items():
            assert not list(root.iter(qn("w:fldSimple"))), f"{word.name}: {name}"
        assert all(result for _, result in word.fields()), word.name


def test_every_page_says_which_it_is_of_how_many_and_where_the_document_stands(built: list[Word]) -> None:
    for word in built:
        footers = [root for name, root in word.stories.items() if re.match(r"word/(footer|header)", name)]
        instructions = {instruction.split()[0] for root in footers for instruction, _ in fields_of(root)}
        assert {"PAGE", "NUMPAGES"} <= instructions, word.name
        said = " ".join(text_of(root) for root in footers)
        assert "Draft" in said, word.name
        assert "1.0" in said, word.name
        assert re.search(r"30 September 2026", said + text_of(word.body)), word.name
        if word.name.startswith("internal/"):
            assert "internal" in said.casefold(), f"{word.name} does not say on its pages that it is internal"


def test_a_draft_carries_its_watermark(built: list[Word]) -> None:
    for word in built:
        headers = [root for name, root in word.stories.items() if name.startswith("word/header")]
        assert any(node.get("string") == "DRAFT" for root in headers for node in root.iter(f"{{{NS['v']}}}textpath")), (
            word.name
        )


def test_only_review_copies_carry_comments(built: list[Word]) -> None:
    for word in built:
        comments = [name for name in word.package.names if "comments" in name]
        assert bool(comments) == ("review-copy" in word.name), word.name


def test_signature_blocks_and_table_rows_do_not_break(words: list[Word]) -> None:
    for word in words:
        for table in word.body.iter(qn("w:tbl")):
            rows = table.findall(qn("w:tr"))
            for row in rows:
                assert row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None, f"{word.name}: {text_of(row)[:60]}"
            caption = table.find(f"{qn('w:tblPr')}/{qn('w:tblCaption')}")
            if caption is not None and "Sign" in caption.get(VAL, ""):
                # The style of a head keeps it with what follows.
                first = 0 if rows[0].find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is None else 1
                held = [p for row in rows[first:-1] for p in row.iter(P)]
                assert all(p.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None for p in held), word.name


def test_each_party_has_a_place_to_sign(words: list[Word]) -> None:
    for word in words:
        if not re.search(r"partnership-agreement|governance-charter", word.name):
            continue
        captions = [node.get(VAL, "") for node in word.body.iter(qn("w:tblCaption"))]
        signing = [caption for caption in captions if "Sign" in caption]
        assert signing, word.name
        said = " ".join(text_of(t) for t in word.body.iter(qn("w:tbl")) if "Sign" in (caption_of(t) or ""))
        for label in ("Name", "Date"):
            assert len(re.findall(label, said)) >= (1 if "charter" in word.name else 2), f"{word.name}: {label}"


def caption_of(table: etree._Element) -> str | None:
    caption = table.find(f"{qn('w:tblPr')}/{qn('w:tblCaption')}")
    return caption.get(VAL) if caption is not None else None


def test_tables_repeat_their_head_and_fit_the_page(words: list[Word]) -> None:
    for word in words:
        sections = list(word.body.iter(qn("w:sectPr")))
        for table in word.body.iter(qn("w:tbl")):
            rows = table.findall(qn("w:tr"))
            if len(rows) > 6:
                assert rows[0].find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None, (
                    f"{word.name}: {text_of(rows[0])[:60]}"
                )
            grid = [int(column.get(qn("w:w"))) for column in table.find(qn("w:tblGrid"))]
            assert all(width > 0 for width in grid), word.name
            if any(True for _ in table.iterancestors(qn("w:tbl"))):
                continue
            section = next((s for s in sections if follows(table, s)), sections[-1])
            page, margins = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
            room = int(page.get(qn("w:w"))) - int(margins.get(qn("w:left"))) - int(margins.get(qn("w:right")))
            assert sum(grid) <= room + 20, f"{word.name}: {text_of(rows[0])[:60]}: {sum(grid)} twips of {room}"


def follows(table: etree._Element, section: etree._Element) -> bool:
    """Whether `section` ends the part of the document that `table` stands in."""
    body = next(table.iterancestors(qn("w:body")))
    order = list(body)
    top = table
    while top.getparent() is not body:
        top = top.getparent()
    end = section
    while end.getparent() is not body:
        end = end.getparent()
    return order.index(end) >= order.index(top)


def test_what_a_heading_says_of_its_table_or_subheading_stays_with_it(words: list[Word]) -> None:
    """Else a page ends with a heading and a sentence, and what they announce begins the next."""
    for word in words:
        levels = {paragraph: level for level, paragraph in word.headings()}
        blocks = [block for block in word.body if block.tag in (P, qn("w:tbl"))]
        for before, block, after in zip(blocks, blocks[1:], blocks[2:], strict=False):
            if before in levels and block.tag == P and block not in levels:
                announced = after.tag == qn("w:tbl") or levels.get(after, -1) > levels[before]
                assert not announced or word.stays_with_next(block), f"{word.name}: {text_of(block)}"


def test_title_language_headings_and_alternative_texts_serve_who_listens(words: list[Word]) -> None:
    for word in words:
        core = word.part("docProps/core.xml")
        assert core.findtext(f"{{{NS['dc']}}}title"), word.name
        assert core.findtext(f"{{{NS['dc']}}}language") == "en-IE", word.name
        defaults = word.part("word/styles.xml").find(
            f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}/{qn('w:lang')}"
        )
        assert defaults.get(VAL) == "en-IE", word.name
        last = -1
        for level, paragraph in word.headings():
            assert level <= last + 1, f"{word.name}: {text_of(paragraph)}"
            last = level
        for properties in word.body.iter(f"{{{NS['wp']}}}docPr"):
            assert properties.get("descr") or properties.get("title"), word.name


def test_nothing_leaks(words: list[Word]) -> None:
    for word in words:
        core = word.part("docProps/core.xml")
        assert core.findtext(f"{{{NS['cp']}}}lastModifiedBy") in (None, "", "Nordhaven Bank plc", "Nordhaven Bank"), (
            word.name
        )
        creator = core.findtext(f"{{{NS['dc']}}}creator") or ""
        assert "Nordhaven" in creator or creator == "[organisation: name]", word.name
        for name in word.package.names:
            assert not re.search(r"thumbnail|vbaProject|oleObject|people\.xml", name), f"{word.name}: {name}"
            if name.endswith(".xml"):
                content = word.package.read(name)
                assert not re.search(rb'w:rsid\w*=|<w:vanish(?! w:val="(0|false))', content), f"{word.name}: {name}"
            if name.endswith(".rels"):
                assert b'TargetMode="External"' not in word.package.read(name), f"{word.name}: {name}"


def test_nothing_dangles(words: list[Word]) -> None:
    for word in words:
        named = {node.get(VAL) for root in word.stories.values() for node in root.iter(qn("w:pStyle"), qn("w:rStyle"))}
        assert named <= set(word.styles), word.name
        lists = {node.get(qn("w:numId")) for node in word.part("word/numbering.xml").iter(qn("w:num"))}
        used = {node.get(VAL) for root in word.stories.values() for node in root.iter(qn("w:numId"))}
        assert used <= lists | {"0"}, word.name
        starts = [mark.get(qn("w:id")) for mark in word.body.iter(qn("w:bookmarkStart"))]
        ends = [mark.get(qn("w:id")) for mark in word.body.iter(qn("w:bookmarkEnd"))]
        assert sorted(starts) == sorted(ends), word.name
        assert len(set(starts)) == len(starts), word.name
        names = [mark.get(qn("w:name")) for mark in word.body.iter(qn("w:bookmarkStart"))]
        assert len({name.casefold() for name in names}) == len(names), word.name
        assert all(re.fullmatch(r"\w{1,40}", name) for name in names), word.name
        for link in word.body.iter(qn("w:hyperlink")):
            assert link.get(qn("w:anchor"), names[0]) in names, word.name
        controls = [
            node.get(VAL)
            for root in word.stories.values()
            for node in root.iterfind(f".//{qn('w:sdtPr')}/{qn('w:id')}")
        ]
        assert len(set(controls)) == len(controls), word.name


@pytest.mark.office
def test_libreoffice_counts_every_reference_as_it_is_cached(
    words: list[Word], nordhaven_pages: dict[Path, Path], office: Office, tmp_path: Path
) -> None:
    """LibreOffice works the numbers out by itself, so its page is an independent witness."""
    chosen = [word for word in agreements(words) if re.search(r"(nimbus|halden)/p|-co-innovation|-services", word.name)]
    assert len(chosen) >= 2
    blank = [word.path for word in chosen if word.path not in nordhaven_pages]
    pages = nordhaven_pages | dict(zip(blank, office.convert(blank, "pdf", tmp_path) if blank else [], strict=True))
    for word in chosen:
        page = pages[word.path]
        seen = subprocess.run(["pdftotext", "-raw", str(page), "-"], capture_output=True, text=True, check=True).stdout
        flat = re.sub(r"\s+", " ", seen)
        compared = 0
        for paragraph in word.body.iter(P):
            if any(" REF " in (node.text or "") for node in paragraph.iter(qn("w:instrText"))):
                whole = re.sub(r"\s+", " ", text_of(paragraph))
                # A placeholder's label may be broken over lines in its own way: there, one end of the paragraph tells.
                is_blank = "/" not in word.name
                found = whole in flat or (is_blank and (whole[:60] in flat or whole[-60:] in flat))
                assert found, f"{word.name}: {whole}"
                compared += 1
        assert compared >= 30, word.name
