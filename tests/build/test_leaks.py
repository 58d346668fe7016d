"""What is internal never reaches a counterparty, whatever way it came into the file."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from tests.support.kit import docx_of, edit, lay_pack

from govpack.build import build_pack
from govpack.errors import BuildError, GovpackError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from docx.document import Document

VISION = "We intend to leave them for a cheaper source before the second year is over."


_FORMULAS = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
RUN = "leave them for a cheaper source before noon"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = lay_pack(tmp_path / "mine")
    edit(
        folder / "pack.yaml",
        ("strategy: {", f'strategy: {{vision: "{VISION}", '),
        ("side: bank}", "side: bank}\n  zoe: {name: Zoe Zander, role: Account manager, side: zeta}"),
    )
    return folder


def refused(pack: Path, tmp_path: Path) -> str:
    """Why the pack is not built."""
    with pytest.raises(BuildError, match="internal would reach a counterparty; nothing was changed") as caught:
        build_pack(pack, tmp_path / "out")
    assert not (tmp_path / "out").exists()
    return "\n".join(str(finding) for finding in caught.value.findings)


def bookmark(document: Document, name: str) -> None:
    """Mark the first paragraph with a bookmark."""
    mark = OxmlElement("w:bookmarkStart", attrs={qn("w:id"): "7", qn("w:name"): name})
    document.paragraphs[0].runs[0]._r.addnext(mark)


def lay_letter(pack: Path, change: Callable[[Document], None]) -> None:
    """Let a person change the letter's template in Word."""
    document = docx.Document(io.BytesIO(docx_of("To {{ partner.name }}", "{{ contract.purpose or 'Nothing more.' }}")))
    change(document)
    document.save(str(pack / "kit" / "letter.docx"))


def test_a_pack_that_gives_nothing_away_is_built(pack: Path, tmp_path: Path) -> None:
    assert build_pack(pack, tmp_path / "out").files


def test_internal_prose_pasted_into_a_contract_is_named_with_both_places(pack: Path, tmp_path: Path) -> None:
    purpose = 'purpose: "Hosting; and leave them for a CHEAPER source before long", term: 36'
    edit(pack / "pack.yaml", ("term: 36", purpose))
    said = refused(pack, tmp_path)
    assert "counterparty/acme/letter.docx, opening › paragraph 2: “… leave them for a cheaper source …”" in said
    assert f"is internal ({pack / 'pack.yaml'}:9:" in said


def test_a_document_that_cannot_be_searched_goes_to_no_counterparty(pack: Path, tmp_path: Path) -> None:
    edit(pack / "kit" / "kit.yaml", ("template: letter.docx", "template: letter.json"), ("letter.docx", "letter.json"))
    (pack / "kit" / "letter.json").write_text('{"to": {{ partner.name }}}', encoding="utf-8")
    with pytest.raises(GovpackError, match=r"letter\.json is no Office file"):
        build_pack(pack, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_five_words_in_common_are_no_leak(pack: Path, tmp_path: Path) -> None:
    edit(pack / "pack.yaml", ("term: 36", 'purpose: "Hosting for a cheaper source before noon", term: 36'))
    assert build_pack(pack, tmp_path / "out").files


def test_the_name_of_another_partner_or_of_its_people_is_refused(pack: Path, tmp_path: Path) -> None:
    edit(pack / "pack.yaml", ("term: 36", 'purpose: "As good as Zeta and Zoe Zander.", term: 36'))
    said = refused(pack, tmp_path)
    assert "the name “Zeta” is internal" in said
    assert "the name “Zoe Zander” is internal" in said
    assert "letter.docx" in said
    assert "counterparty/zeta" not in said, "Zeta may read its own name"


def test_a_name_within_a_longer_word_or_in_a_name_that_the_partner_may_see_is_no_leak(
    pack: Path, tmp_path: Path
) -> None:
    edit(
        pack / "pack.yaml",
        (
            "kind: model_vendor, segment: all}",
            "kind: model_vendor, segment: all, subcontractors: [{name: Zeta AB, country: SE, service: hosting}]}",
        ),
        ("term: 36", 'purpose: "Zeta AB hosts it, in Zetaville.", term: 36'),
    )
    assert build_pack(pack, tmp_path / "out").files


@pytest.mark.parametrize(
    "change",
    [
        lambda document: setattr(document.core_properties, "comments", "Ask Zeta first"),
        lambda document: document.sections[0].footer.paragraphs[0].add_run("Zeta"),
        lambda document: bookmark(document, "Zeta"),
        lambda document: [document.paragraphs[1].add_run(part) for part in ("Ze", "ta")],
    ],
    ids=["properties", "footer", "attribute", "split over runs"],
)
def test_every_part_is_searched(pack: Path, tmp_path: Path, change: Callable[[Document], None]) -> None:
    lay_letter(pack, change)
    assert "the name “Zeta” is internal" in refused(pack, tmp_path)


def test_a_comment_left_in_a_template_does_not_go_out(pack: Path, tmp_path: Path) -> None:
    lay_letter(pack, lambda document: document.add_comment(document.paragraphs[0].runs, text="Check", author="Ann"))
    said = refused(pack, tmp_path)
    assert "comments (“Check”) would reach the counterparty (delete them in " in said
    assert "letter.docx" in said


def body(document: Document, *blocks: str) -> None:
    """Add blocks of Word's own markup to the letter."""
    around = f"<w:body {nsdecls('w')} {_FORMULAS}>{''.join(blocks)}</w:body>"
    document.element.body[-1:-1] = list(parse_xml(around))


def runs(*pieces: str) -> str:
    """A paragraph of markup in which each plain piece is a run of its own."""
    said = (p if p.startswith("<") else f'<w:r><w:t xml:space="preserve">{p}</w:t></w:r>' for p in pieces)
    return f"<w:p>{''.join(said)}</w:p>"


def cell(text: str) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="900" w:type="dxa"/></w:tcPr>{runs(text)}</w:tc>'


FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
HALVES = "leave them for", "a cheaper source before"
WRITTEN_OTHERWISE = {
    "as it is": [runs(RUN)],
    "in capitals, with other signs": [runs("LEAVE THEM, for a “cheaper” source; before!")],
    "with hard blanks and hyphens": [runs("leave\u00a0them\u202ffor a‑cheaper-source before")],
    "with soft hyphens": [runs("leave them for a chea\u00adper source before")],
    "over runs": [runs("leave th", "em for a cheaper sou", "rce before")],
    "with a line break": [runs(HALVES[0], "<w:r><w:br/></w:r>", HALVES[1])],
    "with a tab": [runs(HALVES[0], "<w:r><w:tab/></w:r>", HALVES[1])],
    "around a field": [runs("leave them for ", FIELD, HALVES[1])],
    "over two paragraphs": [runs(HALVES[0]), runs(HALVES[1])],
    "over two cells": [
        '<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="900"/><w:gridCol w:w="900"/></w:tblGrid>'
        f"<w:tr>{cell(HALVES[0])}{cell(HALVES[1])}</w:tr></w:tbl>"
    ],
}  # fmt: skip


@pytest.mark.parametrize("blocks", WRITTEN_OTHERWISE.values(), ids=WRITTEN_OTHERWISE)
def test_internal_prose_typed_into_a_template_is_found_however_it_is_written(
    pack: Path, tmp_path: Path, blocks: list[str]
) -> None:
    lay_letter(pack, lambda document: body(document, *blocks))
    said = refused(pack, tmp_path)
    assert "opening ›" in said
    assert f"is internal ({pack / 'pack.yaml'}:9:" in said


def test_internal_prose_typed_into_a_clause_of_ones_own_is_found(pack: Path, tmp_path: Path) -> None:
    edit(pack / "kit" / "clauses" / "term.md", ("## preferred\n", f"## preferred\n\nOr we {RUN}.\n"))
    letter = docx_of("To {{ partner.name }}", "{% for clause in clauses %}{% include clause.fragment %}{% endfor %}")
    (pack / "kit" / "letter.docx").write_bytes(letter)
    assert "“… leave them for a cheaper source …” is internal" in refused(pack, tmp_path)


def test_cells_that_the_partner_may_see_make_no_sentence_of_ours(pack: Path, tmp_path: Path) -> None:
    sla = "service_levels: [{metric: leave them for, target: a cheaper source before}]"
    edit(pack / "pack.yaml", ("term: 36", f"term: 36, {sla}"))
    table = '<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="900"/><w:gridCol w:w="900"/></w:tblGrid>'
    cells = cell("{% for s in contract.service_levels %}{{ s.metric }}") + cell("{{ s.target }}{% endfor %}")
    lay_letter(pack, lambda document: body(document, f"{table}<w:tr>{cells}</w:tr></w:tbl>", runs("")))
    assert build_pack(pack, tmp_path / "out").files


HIDDEN = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>{}</w:t></w:r>"
NAMES = {
    "in capitals": ([runs("BETTER THAN ZETA")], "ZETA"),
    "with a hard blank": ([runs("Ask Zoe\u00a0Zander")], "Zoe Zander"),
    "with two blanks": ([runs("Ask Zoe  Zander")], "Zoe  Zander"),
    "in small letters": ([runs("ask zoe zander")], "zoe zander"),
    "over two paragraphs": ([runs("Zoe"), runs("Zander")], "Zoe Zander"),
    "with an apostrophe": ([runs("Zeta’s terms")], "Zeta"),
    "by an address": ([runs("zoe@zeta.example")], "zoe@zeta.example"),
    "in a formula": (["<w:p><m:oMath><m:r><m:t>Ze</m:t></m:r><m:r><m:t>ta</m:t></m:r></m:oMath></w:p>"], "Zeta"),
    "in a bookmark": ([runs('<w:bookmarkStart w:id="7" w:name="zeta_p2"/><w:bookmarkEnd w:id="7"/>')], "zeta_p2"),
    "in hidden text": ([runs(HIDDEN.format("Zeta"))], "Zeta"),
}  # fmt: skip


@pytest.mark.parametrize(("blocks", "said"), NAMES.values(), ids=NAMES)
def test_the_name_of_another_partner_is_found_however_it_is_written(
    pack: Path, tmp_path: Path, blocks: list[str], said: str
) -> None:
    edit(pack / "pack.yaml", ("side: zeta}", "side: zeta, email: zoe@zeta.example}"))
    lay_letter(pack, lambda document: body(document, *blocks))
    assert f"“{said}” is internal" in refused(pack, tmp_path)


def test_a_file_name_that_tells_another_partner_is_refused(pack: Path, tmp_path: Path) -> None:
    edit(pack / "kit" / "kit.yaml", ("{partner}/letter.docx", "{partner}/better-than-zeta.docx"))
    assert "its own name: “counterparty/acme/better-than-zeta.docx” is internal" in refused(pack, tmp_path)


REVISED = '<w:ins w:id="1" w:author="Ann Lee" w:date="2020-01-01T00:00:00Z"><w:r><w:t>not</w:t></w:r></w:ins>'
CARRIED = {
    "a tracked change": (runs("We do ", REVISED), "tracked changes (“not”) would reach"),
    "hidden text": (runs(HIDDEN.format("12 %")), "hidden text (“12 %”) would reach"),
}  # fmt: skip


@pytest.mark.parametrize(("block", "said"), CARRIED.values(), ids=CARRIED)
def test_what_a_template_carries_unseen_does_not_go_out(pack: Path, tmp_path: Path, block: str, said: str) -> None:
    lay_letter(pack, lambda document: body(document, block))
    found = refused(pack, tmp_path)
    assert said in found
    assert str(pack / "kit" / "letter.docx") in found


@pytest.mark.parametrize(
    ("target", "is_sound"), [("https://example.org/terms", True), ("file:///C:/Users/ann/positions.docx", False)]
)
def test_a_link_may_lead_to_the_web_but_not_to_somebodys_own_machine(
    pack: Path, tmp_path: Path, target: str, is_sound: bool
) -> None:
    lay_letter(pack, lambda document: document.part.relate_to(target, RT.HYPERLINK, is_external=True))
    if is_sound:
        assert build_pack(pack, tmp_path / "out").files
    else:
        assert f"the target {target} would reach the counterparty (break the link in" in refused(pack, tmp_path)


@pytest.mark.parametrize("part", ["word/embeddings/object1.bin", "word/chunk1.htm"])
def test_what_cannot_be_searched_goes_to_no_counterparty(pack: Path, tmp_path: Path, part: str) -> None:
    def embed(document: Document) -> None:
        kind = "text/html" if part.endswith("htm") else "application/vnd.openxmlformats-officedocument.oleObject"
        held = Part(PackURI(f"/{part}"), kind, b"<p>12 %</p>", document.part.package)
        document.part.relate_to(held, RT.OLE_OBJECT)

    lay_letter(pack, embed)
    assert f"{part}, which cannot be searched, would reach the counterparty" in refused(pack, tmp_path)


def test_a_refused_build_leaves_the_former_pack_whole(pack: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build_pack(pack, out)
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    edit(pack / "pack.yaml", ("term: 36", f'purpose: "{RUN}", term: 24'))
    with pytest.raises(BuildError, match="internal would reach a counterparty; nothing was changed"):
        build_pack(pack, out, replace=True)
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before
