"""What the Open XML SDK's validator lets pass and a legal reviewer does not: lints over the Word templates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from lxml import etree

from authoring import palette
from govpack.check import CheckReport, Verdict
from govpack.check.verdicts import Evidence, ItemVerdict, Outcome, Result
from govpack.inputs import read_pack
from govpack.kits import clauses_for, read_kit
from govpack.model.view import plain_view
from govpack.ooxml.names import NS, qn
from govpack.ooxml.package import Package, read_package
from govpack.ooxml.xml import parse_xml
from govpack.report.document import check_view
from govpack.template import Fragment, Template, compile_template

ROOT = Path(__file__).parents[2]
KIT = ROOT / "templates" / "partnership"
SENT = ("partnership-agreement.docx", "governance-charter.docx", "joint-roadmap.docx")
INTERNAL = (
    "partnership-strategy.docx",
    "governance-framework.docx",
    "ecosystem-roadmap.docx",
    "vendor-performance-review.docx",
    "negotiation-playbook.docx",
    "exit-plan.docx",
    "panel-rubric.docx",
    "enablement-handoff.docx",
    "review-register.docx",
    "quality-checklist.docx",
)
EACH = ("negotiation-playbook.docx", "exit-plan.docx")  # made for a contract or a partner
NAMES = SENT + INTERNAL
VAL = qn("w:val")
GROUNDS = {
    palette.TINT,
    palette.GREEN_TINT,
    palette.AMBER_TINT,
    palette.RED_TINT,
    palette.BLUE_FAINT,
    palette.BLUE_TINT,
    palette.BLUE_DEEP,
}


@dataclass(frozen=True)
class Word:
    """A Word template, read."""

    name: str
    package: Package

    def part(self, name: str) -> etree._Element:
        return parse_xml(self.package.read(f"word/{name}.xml"), name)

    def stories(self) -> Iterator[tuple[str, etree._Element]]:
        """Body, headers and footers."""
        for name in self.package.names:
            if re.fullmatch(r"word/(document|header\d+|footer\d+)\.xml", name):
                yield name, parse_xml(self.package.read(name), name)


@pytest.fixture(params=NAMES)
def word(request: pytest.FixtureRequest) -> Word:
    return Word(request.param, read_package(KIT / request.param))


def values(root: etree._Element, *names: str) -> set[str]:
    return {node.get(VAL, "") for node in root.iter(*map(qn, names))}


def styles_by_id(word: Word) -> dict[str, etree._Element]:
    return {node.get(qn("w:styleId"), ""): node for node in word.part("styles").iter(qn("w:style"))}


def test_every_style_that_is_named_is_defined(word: Word) -> None:
    styles = word.part("styles")
    defined = set(styles_by_id(word))
    named = values(styles, "w:basedOn", "w:next", "w:link") | values(word.part("numbering"), "w:pStyle")
    for _, story in word.stories():
        named |= values(story, "w:pStyle", "w:rStyle", "w:tblStyle")
    assert named <= defined


def test_every_numbered_style_and_its_list_level_name_each_other(word: Word) -> None:
    """A level that its style does not know numbers nothing when somebody applies the style in Word."""
    numbering = word.part("numbering")
    instances = {
        node.get(qn("w:numId")): node.find(qn("w:abstractNumId")).get(VAL) for node in numbering.iter(qn("w:num"))
    }
    levels = {
        (definition.get(qn("w:abstractNumId")), level.get(qn("w:ilvl"))): level.find(qn("w:pStyle")).get(VAL)
        for definition in numbering.iter(qn("w:abstractNum"))
        for level in definition.iter(qn("w:lvl"))
    }
    numbered = {}
    for identifier, style in styles_by_id(word).items():
        properties = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if properties is not None:
            number, depth = properties.find(qn("w:numId")), properties.find(qn("w:ilvl"))
            numbered[instances[number.get(VAL)], depth.get(VAL)] = identifier
    assert numbered == levels


def test_no_number_is_typed_and_no_list_is_made_by_hand(word: Word) -> None:
    for name, story in word.stories():
        assert not list(story.iter(qn("w:numPr"))), name
        for paragraph in story.iter(qn("w:p")):
            text = "".join(paragraph.itertext()).strip()
            assert not re.match(r"(\d+(\.\d+)*[.)]|\([a-z]\)|Schedule \d)\s", text), f"{name}: {text}"


def test_headings_step_down_one_level_at_a_time(word: Word) -> None:
    levels = {
        identifier: int(node.get(VAL))
        for identifier, style in styles_by_id(word).items()
        if (node := style.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")) is not None
    }
    seen = -1
    for style in word.part("document").iter(qn("w:pStyle")):
        if (level := levels.get(style.get(VAL, ""))) is not None:
            assert level <= seen + 1
            seen = level


def test_word_neither_repairs_nor_asks(word: Word) -> None:
    """Compatibility mode 15, no fields updated on opening, and every field with a result of its own."""
    settings = word.part("settings")
    modes = [n.get(VAL) for n in settings.iter(qn("w:compatSetting")) if n.get(qn("w:name")) == "compatibilityMode"]
    assert modes == ["15"]
    assert settings.find(qn("w:updateFields")) is None
    for name, story in word.stories():
        assert not list(story.iter(qn("w:fldSimple"))), name
        for paragraph in story.iter(qn("w:p")):
            state = ""
            for node in paragraph.iter(qn("w:fldChar"), qn("w:t")):
                kind = node.get(qn("w:fldCharType"), "text")
                if kind == "end":
                    assert state == "result", f"{name}: a field without a result"
                if kind != "text" or state == "separate":
                    state = "result" if kind == "text" else kind


def test_every_page_says_which_it_is_of_how_many(word: Word) -> None:
    fields = [{n.text.strip() for n in story.iter(qn("w:instrText")) if n.text} for _, story in word.stories()]
    assert {"PAGE", "NUMPAGES"} in fields


def section_widths(document: etree._Element) -> Iterator[tuple[etree._Element, int]]:
    """Each table of the body with the width of the text of its section, in twips."""
    waiting: list[etree._Element] = []
    for element in document[0]:
        if element.tag == qn("w:tbl"):
            waiting.append(element)
        ends = element if element.tag == qn("w:sectPr") else element.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
        if ends is not None:
            page, margins = ends.find(qn("w:pgSz")), ends.find(qn("w:pgMar"))
            width = int(page.get(qn("w:w"))) - sum(int(margins.get(qn(side))) for side in ("w:left", "w:right"))
            yield from ((table, width) for table in waiting)
            waiting.clear()


def test_tables_fit_the_page_repeat_their_head_and_keep_rows_whole(word: Word) -> None:
    tables = list(section_widths(word.part("document")))
    assert len(tables) == len(list(word.part("document").iter(qn("w:tbl"))))
    for table, width in tables:
        heard = table.find(f"{qn('w:tblPr')}/{qn('w:tblCaption')}").get(VAL)
        columns = [int(column.get(qn("w:w"))) for column in table.iter(qn("w:gridCol"))]
        assert sum(columns) <= width, heard
        rows = list(table.iter(qn("w:tr")))
        assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows), heard
        for row in rows:
            cells = list(row.iter(qn("w:tc")))
            assert sum(int(cell.find(f"{qn('w:tcPr')}/{qn('w:tcW')}").get(qn("w:w"))) for cell in cells) == sum(columns)
            assert all(cell[-1].tag == qn("w:p") for cell in cells), heard
        if table.find(f"{qn('w:tblPr')}/{qn('w:tblStyle')}").get(VAL) == "HouseTable":
            assert rows[0].find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None, heard
            assert all("".join(cell.itertext()) for cell in rows[0].iter(qn("w:tc"))), heard


def test_signature_blocks_cannot_break_across_pages(word: Word) -> None:
    tables = [
        table
        for table in word.part("document").iter(qn("w:tbl"))
        if "Sign" in table.find(f"{qn('w:tblPr')}/{qn('w:tblCaption')}").get(VAL, "")
    ]
    assert tables or word.name == "ecosystem-roadmap.docx"  # nobody signs it
    for table in tables:
        rows = list(table.iter(qn("w:tr")))
        first = 0 if "tblHeader" not in etree.tostring(rows[0], encoding="unicode") else 1  # its style keeps a head
        for row in rows[first:-1]:
            assert all(p.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None for p in row.iter(qn("w:p")))


def test_nothing_of_whoever_drew_it_is_left(word: Word) -> None:
    package = word.package
    assert not [name for name in package.names if "thumbnail" in name or "custom" in name or "vba" in name]
    core = parse_xml(package.read("docProps/core.xml"))
    said = {etree.QName(node).localname: node.text for node in core}
    assert said["creator"] == "{{ organisation.name }}"
    assert not {"lastModifiedBy", "created", "modified", "revision"} & set(said)
    assert "{{" in said["title"]
    for name in package.names:
        assert b"rsid" not in package.read(name), name
        assert b"python-docx" not in package.read(name), name
        external = (
            [link for link in package.relationships(name).values() if link.external] if "rels" not in name else []
        )
        assert not external, name


def test_the_paper_is_a4_and_the_language_english_as_in_ireland(word: Word) -> None:
    for page in word.part("document").iter(qn("w:pgSz")):
        assert {page.get(qn("w:w")), page.get(qn("w:h"))} == {"11906", "16838"}
    assert {node.get(VAL) for node in word.part("styles").iter(qn("w:lang"))} == {"en-IE"}


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        *((colour, palette.PAPER) for colour in (palette.INK, palette.NAVY, palette.ACCENT, palette.MUTED)),
        *((colour, palette.TINT) for colour in (palette.INK, palette.NAVY)),
        *((palette.INK, ground) for ground in (palette.WATERMARK, *sorted(GROUNDS))),
        *((palette.PAPER, ground) for ground in (palette.NAVY, palette.ACCENT, palette.GREEN, palette.RED)),
    ],
)
def test_text_can_be_told_from_its_ground(text: str, ground: str) -> None:
    """WCAG 2.1 AA: 4.5 to 1."""
    assert palette.contrast(text, ground) >= 4.5


# What a check might say: the quality checklist is made from it.
_SEEN = Outcome(Verdict.MET, (Evidence("internal/partnership-strategy.docx", "7 Risks › table 1", "15 rows"),))
REPORT = CheckReport(
    "Quality checklist",
    (
        ItemVerdict(
            "risks",
            "The strategy treats its risks.",
            "module 407",
            Verdict.MET,
            (Result("table", "partnership-strategy", "internal/partnership-strategy.docx", _SEEN),),
        ),
    ),
)


@pytest.fixture(scope="module")
def templates() -> dict[str, Template]:
    """The templates, compiled with the kit's own clauses."""
    kit = read_kit(KIT)
    fragments = {
        f"{name}.{variant}": Fragment(wording.text, str(clause.file), wording.line)
        for name, clause in kit.clauses.items()
        for variant, wording in clause.variants.items()
    }
    return {name: compile_template(KIT / name, fragments=fragments) for name in NAMES}


def filled(
    template: Template, status: str, contract_id: str = "C-NIM", *, internal: bool = False, each: bool = False
) -> Package:
    """The template with the example's data: of one contract if it is to be sent, or if there is one for `each`."""
    pack, _ = read_pack(ROOT / "fixtures" / "nordhaven")
    assert pack is not None
    pack = pack.model_copy(update={"pack": pack.pack.model_copy(update={"status": status})})
    if internal and not each:
        view = plain_view(pack, audience="internal") | {"check": check_view(REPORT)}
    else:
        contract = next(each for each in pack.contracts if each.id == contract_id)
        view = plain_view(pack, audience="internal" if internal else "counterparty", contract=contract)
        view |= clauses_for(read_kit(KIT), view, contract.clauses, contract.omit_clauses, internal=internal)
    return read_package(template.render(view, strict=True, locale="en-IE", currency="EUR").data)


@pytest.mark.parametrize("name", NAMES)
def test_only_a_draft_carries_the_watermark(templates: dict[str, Template], name: str) -> None:
    internal = name in INTERNAL
    draft, issued = (
        filled(templates[name], status, internal=internal, each=name in EACH) for status in ("draft", "issued")
    )
    headers = [part for part in draft.names if part.startswith("word/header")]
    assert headers
    assert all(b'string="DRAFT"' in draft.read(part) for part in headers)
    assert not any(b"<v:shape" in issued.read(part) for part in headers)
    marked = "Draft · Internal" if internal else "Draft – subject to contract"
    assert marked in text_of(draft)
    assert marked not in text_of(issued)


@pytest.mark.parametrize("name", INTERNAL)
def test_what_stays_inside_says_so_on_each_page(templates: dict[str, Template], name: str) -> None:
    """Status, version and date stand in each header; marking, owner and page in each footer."""
    made = filled(templates[name], "draft", internal=True, each=name in EACH)
    headers = [part for part in made.names if part.startswith("word/header")]
    footers = [part for part in made.names if part.startswith("word/footer")]
    sections = list(parse_xml(made.read("word/document.xml")).iter(qn("w:sectPr")))
    assert len(headers) == len(footers) == len(sections)
    for part in headers:
        assert "Draft · version 1.0 · 30 September 2026" in words_of(made, part)
    for part in footers:
        assert words_of(made, part) == "INTERNAL · Confidential · Nordhaven Bank · Owner: Jonas MeyerPage 1 of 1"
    assert all(len(section.findall(qn("w:footerReference"))) == 1 for section in sections)
    assert not any(section.find(qn("w:titlePg")) is not None for section in sections)


@pytest.mark.parametrize("name", INTERNAL)
def test_no_table_of_an_internal_document_has_a_ragged_row(templates: dict[str, Template], name: str) -> None:
    """Columns come from years, quarters, roles and partners; each row has as many cells as the grid has columns."""
    made = filled(templates[name], "draft", internal=True, each=name in EACH)
    document = parse_xml(made.read("word/document.xml"))
    for table in document.iter(qn("w:tbl")):
        columns = len(list(table.iter(qn("w:gridCol"))))
        assert {len(list(row.iter(qn("w:tc")))) for row in table.iter(qn("w:tr"))} == {columns}


def test_the_grounds_of_shaded_cells_stand_under_words(templates: dict[str, Template]) -> None:
    """Colour is never the only sign: a cell with a ground of its own is never empty."""
    for name, least in (
        ("partnership-strategy.docx", 20),
        ("ecosystem-roadmap.docx", 20),
        ("joint-roadmap.docx", 12),
        ("negotiation-playbook.docx", 7),
        ("exit-plan.docx", 20),
    ):
        made = filled(templates[name], "draft", internal=name not in SENT, each=name in EACH)
        document = parse_xml(made.read("word/document.xml"))
        shaded = [
            (shade.get(qn("w:fill")), "".join(cell.itertext()).strip())
            for cell in document.iter(qn("w:tc"))
            for shade in cell.iterfind(f"{qn('w:tcPr')}/{qn('w:shd')}")
            if shade.get(qn("w:fill")) != "auto"
        ]
        assert len(shaded) > least, name
        assert all(words for _, words in shaded), name
        assert {fill for fill, _ in shaded} <= GROUNDS, name


def test_a_table_has_as_many_columns_in_its_grid_as_its_rows_have_cells(templates: dict[str, Template]) -> None:
    """The columns of the RACI come from the data; its grid must follow them."""
    document = parse_xml(filled(templates["governance-charter.docx"], "draft").read("word/document.xml"))
    widest = 0
    for table in document.iter(qn("w:tbl")):
        columns = len(list(table.iter(qn("w:gridCol"))))
        assert {len(list(row.iter(qn("w:tc")))) for row in table.iter(qn("w:tr"))} == {columns}
        widest = max(widest, columns)
    assert widest == 10


def test_a_co_innovation_agreement_has_no_service_levels_and_no_regulatory_map(templates: dict[str, Template]) -> None:
    services, research = (
        text_of(filled(templates["partnership-agreement.docx"], "draft", each)) for each in ("C-NIM", "C-OST")
    )
    for words in ("Table of targets", "Regulatory map", "Annual Commitment"):
        assert words in services
        assert words not in research
    for words in ("Table of milestones", "Table of measures", "Yearly contribution"):
        assert words in research
        assert words not in services


def words_of(package: Package, part: str) -> str:
    return "".join(node.text or "" for node in parse_xml(package.read(part)).iter(qn("w:t")))


def text_of(package: Package) -> str:
    document = parse_xml(package.read("word/document.xml"))
    paragraphs = document.iterfind(f".//{{{NS['w']}}}p")
    return "\n".join("".join(node.text or "" for node in p.iter(qn("w:t"))) for p in paragraphs)
