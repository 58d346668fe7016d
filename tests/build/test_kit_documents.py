"""What a kit may say of its documents: for whom each is made, when, with which controls, and what people keep."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import docx
import pytest
from docx.oxml.ns import qn
from openpyxl import load_workbook
from tests.support.kit import docx_of, edit, lay_pack, text_of

from govpack.build import build_pack
from govpack.build.job import read_job
from govpack.build.plan import plan_build
from govpack.errors import BuildError, KitError

if TYPE_CHECKING:
    from pathlib import Path

NOTE = """\
  - name: note
    title: Note
    template: note.docx
    output: internal/note.docx
    audience: internal
    purpose: One for the pack.
"""
EACH = """\
  - name: note
    title: Note
    template: note.docx
    output: internal/{partner}/note.docx
    audience: internal
    for_each: partner
    when: partner.kind == "gpu_cloud"
    purpose: One for each partner that lends processors.
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return lay_pack(tmp_path / "mine")


def manifest(pack: Path) -> Path:
    return pack / "kit" / "kit.yaml"


def test_a_document_is_made_for_each_partner_that_its_condition_holds_of(tmp_path: Path, pack: Path) -> None:
    edit(manifest(pack), (NOTE, EACH))
    (pack / "kit" / "note.docx").write_bytes(docx_of("About {{ partner.legal_name }}: {{ partners | length }}"))
    build_pack(pack, tmp_path / "out")
    assert text_of(tmp_path / "out" / "internal" / "zeta" / "note.docx") == "About Zeta AB: 2"
    assert not (tmp_path / "out" / "internal" / "acme").exists()
    record = json.loads((tmp_path / "out" / "pack.json").read_text())
    assert record["files"]["internal/zeta/note.docx"]["partner"] == "zeta"


def test_a_condition_that_cannot_be_told_is_named_at_the_manifest(pack: Path) -> None:
    edit(manifest(pack), (NOTE, EACH.replace("partner.kind", "partner.knd")))
    with pytest.raises(BuildError, match=r"'note' is wanted cannot be told: there is no 'knd' here .*'kind'") as caught:
        plan_build(read_job(pack))
    (finding,) = caught.value.findings
    assert finding.location is not None
    line = manifest(pack).read_text(encoding="utf-8").splitlines()[(finding.location.line or 0) - 1]
    assert "when: partner.knd" in line


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("internal/{partner}/note.docx", "internal/note.docx"), "put {partner} into it"),
        (("internal/{partner}/note.docx", "internal/{contract}/note.docx"), "has no contract in its name"),
        (("internal/{partner}/note.docx", "internal/{partner}/note.pdf"), "must end as that of its template"),
        (
            ("audience: internal\n    for_each: partner", "audience: counterparty\n    for_each: partner"),
            "for_each: contract",
        ),
    ],
)
def test_a_manifest_that_does_not_fit_is_refused_in_words(pack: Path, change: tuple[str, str], message: str) -> None:
    edit(manifest(pack), (NOTE, EACH.replace(*change)))
    with pytest.raises(KitError) as caught:
        read_job(pack)
    assert any(message in finding.message for finding in caught.value.findings)


def test_negotiable_values_of_a_counterpartys_copy_stand_in_neutral_controls_that_pack_json_explains(
    tmp_path: Path, pack: Path
) -> None:
    edit(manifest(pack), ("    for_each: contract\n", "    for_each: contract\n    controls: neutral\n"))
    build_pack(pack, tmp_path / "out")
    letter = "counterparty/acme/letter.docx"
    found = [
        (
            control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val")),
            "".join(text.text or "" for text in control.iter(qn("w:t"))),
        )
        for control in docx.Document(str(tmp_path / "out" / letter)).element.iter(qn("w:sdt"))
    ]
    assert found == [("V0001", "36")], "the term is negotiable; the partner's name is not"
    record = json.loads((tmp_path / "out" / "pack.json").read_text())
    assert record["files"][letter]["controls"] == {"V0001": "contract.term"}


def test_a_counterpartys_copy_may_not_name_the_paths_of_its_values(pack: Path) -> None:
    edit(manifest(pack), ("    for_each: contract\n", "    for_each: contract\n    controls: named\n"))
    with pytest.raises(KitError) as caught:
        read_job(pack)
    assert "controls: neutral" in caught.value.findings[0].message


def test_a_document_that_people_keep_writing_in_stays_as_they_left_it(tmp_path: Path, pack: Path) -> None:
    edit(manifest(pack), (NOTE, NOTE + "    keep_edited: true\n"))
    out = tmp_path / "out"
    build_pack(pack, out)
    document = docx.Document(str(out / "internal" / "note.docx"))
    document.add_paragraph("Approved. Ann")
    document.save(str(out / "internal" / "note.docx"))
    edit(pack / "pack.yaml", ("Small programme", "Renamed programme"))
    for _ in range(2):
        result = build_pack(pack, out)
        assert text_of(out / "internal" / "note.docx").endswith("Approved. Ann")
        assert any("stays as it is" in finding.message for finding in result.findings)
    build_pack(pack, out, replace=True)
    assert text_of(out / "internal" / "note.docx") == "Renamed programme has 2 contracts"
    assert text_of(out / "internal" / "note.edited-1.docx").endswith("Approved. Ann")


def test_what_is_wrong_with_a_document_that_is_made_later_stops_the_build(tmp_path: Path, pack: Path) -> None:
    """Its template is compiled while the first documents are made, and nobody waits for it then."""
    edit(manifest(pack), (NOTE, NOTE + "    keep_edited: true\n"))
    (pack / "kit" / "note.docx").write_bytes(docx_of("{{ pack.title | uper }}"))
    with pytest.raises(BuildError) as caught:
        build_pack(pack, tmp_path / "out")
    assert [finding.location.file for finding in caught.value.findings] == [str(pack / "kit" / "note.docx")]
    assert "did you mean 'upper'?" in caught.value.findings[0].message
    assert not (tmp_path / "out").exists()


DATA = """\
{
  "title": {{ pack.title }},
  "as_of": {{ pack.as_of }},
  "lei": {{ organisation.lei }},
  "contracts": [
    {% for contract in contracts %}
    {"id": {{ contract.id }}, "term": {{ contract.term }}, "partner": {{ contract.partner.name }}},
    {% endfor %}
  ]
}
"""


def lay_data(pack: Path, text: str) -> None:
    (pack / "kit" / "note.json").write_text(text, encoding="utf-8")
    edit(manifest(pack), ("template: note.docx", "template: note.json"), ("internal/note.docx", "internal/note.json"))


def test_a_json_template_prints_every_value_as_json(tmp_path: Path, pack: Path) -> None:
    lay_data(pack, DATA)
    edit(pack / "pack.yaml", ("Small programme", r'"A \"quoted\" {{ name }}, with [brackets]"'))
    build_pack(pack, tmp_path / "out")
    assert json.loads((tmp_path / "out" / "internal" / "note.json").read_bytes()) == {
        "title": 'A "quoted" {{ name }}, with [brackets]',
        "as_of": "2026-09-30",
        "lei": None,
        "contracts": [
            {"id": "C-1", "term": 36, "partner": "Acme"},
            {"id": "C-2", "term": 12, "partner": "Zeta"},
        ],
    }


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ('{\n"a": {{ pack.titel }}\n}', "note.json:2", "there is no 'titel' here (did you mean 'title'?)"),
        ('{\n"a": {% for %}\n}', "note.json:2", "Expected"),
        ('{\n"a": {{ partners }}\n}', "note.json", "holds itself"),
        ('{\n"a": [}\n', "note.json:2", ""),
    ],
)
def test_a_json_template_that_cannot_be_filled_is_refused_with_its_line(
    tmp_path: Path, pack: Path, text: str, place: str, message: str
) -> None:
    lay_data(pack, text)
    with pytest.raises(BuildError) as caught:
        build_pack(pack, tmp_path / "out")
    said = str(caught.value.findings[0])
    assert place in said
    assert message in said
    assert not (tmp_path / "out").exists()


BOOK = """\
  - name: scores
    title: Scores
    workbook: scorecard
    output: internal/scores.xlsx
    audience: internal
    purpose: The scores of all partners.
"""
SCORES = """
scorecards:
  quarters: [2026Q2, 2026Q3]
  partners:
    acme: {technical: 90, financial: 80, innovation: 70, trend: [80, 81]}
"""


def test_the_scorecard_workbook_is_made_without_a_template(tmp_path: Path, pack: Path) -> None:
    edit(manifest(pack), (NOTE, BOOK))
    (pack / "scorecards.yaml").write_text(SCORES)
    build_pack(pack, tmp_path / "out")
    board = load_workbook(tmp_path / "out" / "internal" / "scores.xlsx", data_only=True)["Dashboard"]
    assert [cell.value for cell in board[5]][1:7] == ["Green", 81, 1, 90, 80, 70]


def test_a_workbook_of_scores_without_any_score_is_refused_with_the_way_out(tmp_path: Path, pack: Path) -> None:
    edit(manifest(pack), (NOTE, BOOK))
    with pytest.raises(BuildError) as refused:
        build_pack(pack, tmp_path / "out")
    (finding,) = refused.value.findings
    assert "no partner is scored" in finding.message
    assert "when: scorecards.cards" in (finding.remedy or "")
    assert not (tmp_path / "out").exists()
