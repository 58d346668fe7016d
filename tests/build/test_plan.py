"""Which documents a build makes, and where each goes."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.kit import edit, lay_pack

from govpack.build.job import read_job
from govpack.build.plan import default_out, plan_build
from govpack.errors import BuildError, GovpackError

C_3 = "  - {id: C-3, partner: acme, type: services agreement, term: 6}\n"


def paths(folder: Path, *only: str) -> list[str]:
    return [target.path for target in plan_build(read_job(folder), only).made]


def test_a_document_is_made_once_for_the_pack_or_once_for_each_contract(tmp_path: Path) -> None:
    assert paths(lay_pack(tmp_path / "mine")) == [
        "counterparty/acme/letter.docx",
        "counterparty/zeta/letter.docx",
        "internal/note.docx",
    ]


def test_two_contracts_of_one_partner_get_a_folder_each(tmp_path: Path) -> None:
    folder = lay_pack(tmp_path / "mine")
    with (folder / "pack.yaml").open("a") as file:
        file.write(C_3)
    assert paths(folder, "letter") == [
        "counterparty/acme-C-1/letter.docx",
        "counterparty/zeta/letter.docx",
        "counterparty/acme-C-3/letter.docx",
    ]


def test_a_kit_may_name_the_contract_itself(tmp_path: Path) -> None:
    folder = lay_pack(tmp_path / "mine")
    edit(folder / "kit" / "kit.yaml", ("{partner}/letter", "{partner}/{contract}-letter"))
    with (folder / "pack.yaml").open("a") as file:
        file.write(C_3)
    assert paths(folder, "letter")[2] == "counterparty/acme/C-3-letter.docx"


def test_documents_that_differ_in_case_only_would_be_one_file_elsewhere(tmp_path: Path) -> None:
    folder = lay_pack(tmp_path / "mine")
    edit(folder / "pack.yaml", ("id: zeta", "id: ACME-C-3"), ("partner: zeta", "partner: ACME-C-3"))
    with (folder / "pack.yaml").open("a") as file:
        file.write(C_3)
    with pytest.raises(BuildError) as caught:
        paths(folder)
    assert "two documents would be written to 'counterparty/ACME-C-3/letter.docx'" in str(caught.value.findings[0])


def test_no_document_may_take_the_place_of_pack_json(tmp_path: Path) -> None:
    folder = lay_pack(tmp_path / "mine")
    (folder / "kit" / "note.json").write_text("{}")
    edit(
        folder / "kit" / "kit.yaml", ("internal/note.docx", "Pack.json"), ("template: note.docx", "template: note.json")
    )
    with pytest.raises(BuildError, match="cannot be laid out"):
        paths(folder)


def test_an_unknown_document_is_named_with_the_nearest_and_the_list(tmp_path: Path) -> None:
    with pytest.raises(BuildError) as caught:
        paths(lay_pack(tmp_path / "mine"), "leter", "note")
    assert [str(finding) for finding in caught.value.findings] == [
        "there is no document 'leter' (did you mean 'letter'?) (the kit 'small' makes letter, note)"
    ]


def test_a_pack_goes_beside_the_work_under_its_own_name(tmp_path: Path) -> None:
    folder = lay_pack(tmp_path / "mine")
    assert default_out(folder) == Path("mine-pack")
    assert default_out(folder / "pack.yaml") == Path("pack-pack")


def test_inputs_and_kit_are_held_against_each_other(tmp_path: Path) -> None:
    """What a contract asks of the clauses is said with its line, all at once."""
    folder = lay_pack(tmp_path / "mine")
    edit(
        folder / "pack.yaml",
        ("term: 36, ", "term: 36, clauses: {trem: preferred, term: fallback_2}, omit_clauses: [switch], "),
    )
    edit(folder / "kit" / "clauses" / "switching.md", ("in_scope", "in_scop"))
    with pytest.raises(GovpackError) as caught:
        read_job(folder)
    said = [str(finding).removeprefix(f"{folder}/") for finding in caught.value.findings]
    assert [line.split(": ")[0] for line in said] == [
        "pack.yaml:10:82",
        "pack.yaml:10:99",
        "pack.yaml:10:127",
        "kit/clauses/switching.md:7:7",
        "kit/clauses/switching.md:7:7",
    ]


def test_a_kit_that_the_inputs_name_wrongly_is_said_with_its_line(tmp_path: Path) -> None:
    folder = lay_pack(tmp_path / "mine")
    (folder / "kit").rename(tmp_path / "elsewhere")
    with pytest.raises(GovpackError) as caught:
        read_job(folder)
    assert str(caught.value.findings[0]).startswith(f"{folder}/pack.yaml:1:70: there is no kit 'small'")


def test_a_pack_without_contracts_says_what_is_not_made(tmp_path: Path) -> None:
    folder = lay_pack(tmp_path / "mine")
    text = (folder / "pack.yaml").read_text()
    (folder / "pack.yaml").write_text(text[: text.index("contracts:")])
    job = read_job(folder)
    assert [target.path for target in plan_build(job).made] == ["internal/note.docx"]
    assert [finding.message for finding in job.findings] == ["no contract is given, so there is no letter"]
