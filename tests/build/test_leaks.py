"""What is internal never reaches a counterparty, whatever way it came into the file."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from tests.support.kit import docx_of, edit, lay_pack

from govpack.build import build_pack
from govpack.errors import BuildError, GovpackError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from docx.document import Document

VISION = "We intend to leave them for a cheaper source before the second year is over."


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
    assert "counterparty/acme/letter.docx, word/document.xml: “… leave them for a cheaper source …”" in said
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
    assert "comments would reach the counterparty (delete them in " in said
    assert "letter.docx" in said
