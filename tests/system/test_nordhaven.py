"""The main job on the whole example: documents that hold, for people, for Word and LibreOffice, and every time."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import docx
import pytest
from tests.support.command import run_govpack
from tests.support.validator import Validator

from govpack.inputs import read_pack


def documents(pack: Path) -> list[Path]:
    return sorted(path for path in pack.rglob("*") if path.suffix in (".docx", ".pptx", ".xlsx"))


def members(data: bytes, name: str) -> Iterator[tuple[str, bytes]]:
    """Every part of an Office file, and of the workbooks embedded in it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for member in archive.namelist():
            content = archive.read(member)
            # Deflated bytes may hold any two signs by chance: what counts is what they inflate to.
            if content.startswith(b"PK"):
                yield from members(content, f"{name}!{member}")
            else:
                yield f"{name}!{member}", content


def verdicts(path: Path) -> dict[str, dict[str, object]]:
    done = run_govpack("check", path, "--kit", "partnership", "--format", "json")
    assert done.stderr == ""
    return {item["id"]: item for item in json.loads(done.stdout)["items"]}


INSIDE = {
    "internal/executive-briefing.pptx",
    "internal/partnership-strategy.docx",
    "internal/governance-framework.docx",
    "internal/ecosystem-roadmap.docx",
    "internal/vendor-performance-review.docx",
    "internal/panel-rubric.docx",
    "internal/enablement-handoff.docx",
    "internal/review-register.docx",
    "internal/quality-checklist.docx",
    "internal/vendor-scorecard.xlsx",
}
DATA = {"internal/enablement.json"}


def test_each_contract_has_its_documents_each_critical_partner_a_plan_and_the_pack_its_own(
    nordhaven: Path, nordhaven_pack: Path
) -> None:
    pack, _ = read_pack(nordhaven)
    assert pack is not None
    expected = {
        f"{name.format(contract.partner)}.docx"
        for contract in pack.contracts
        for name in (
            "counterparty/{}/partnership-agreement",
            "counterparty/{}/governance-charter",
            "counterparty/{}/joint-roadmap",
            "internal/{}/partnership-agreement-review-copy",
            "internal/{}/negotiation-playbook",
        )
    }
    expected |= {f"internal/{partner.id}/exit-plan.docx" for partner in pack.partners if partner.supports_cif}
    found = {path.relative_to(nordhaven_pack).as_posix() for path in documents(nordhaven_pack)}
    assert found == {*expected, *INSIDE}
    record = json.loads((nordhaven_pack / "pack.json").read_text(encoding="utf-8"))
    assert set(record["files"]) == found | DATA | {"index.html"}
    assert len(pack.contracts) >= 4


def test_no_tag_and_no_placeholder_is_left_in_any_part(nordhaven_pack: Path) -> None:
    for path in documents(nordhaven_pack):
        for name, content in members(path.read_bytes(), path.name):
            for sign in ("{{", "{%", "{#", "[●"):
                assert sign.encode() not in content, f"{sign} in {path.parent.name}/{name}"


def test_nothing_is_missing_from_the_inputs_and_no_checklist_item_of_these_documents_fails(
    nordhaven_pack: Path,
) -> None:
    record = json.loads((nordhaven_pack / "pack.json").read_text(encoding="utf-8"))
    assert record["findings"] == []
    by_item = {item["id"]: item["verdict"] for item in record["verdicts"]["items"]}
    for item in (
        "strategy-complete",
        "governance-complete",
        "agreement-complete",
        "charter-complete",
        "briefing-complete",
        "enablement-ready",
        "scorecard-complete",
    ):
        assert by_item[item] == "met", item


def test_the_record_names_nothing_of_this_machine(nordhaven_pack: Path) -> None:
    text = (nordhaven_pack / "pack.json").read_text(encoding="utf-8")
    assert str(Path.cwd()) not in text
    assert str(nordhaven_pack.parent) not in text
    assert ".govpack-" not in text


def test_two_builds_are_the_same_whatever_the_hash_seed_the_time_zone_and_the_folder(
    nordhaven: Path, nordhaven_pack: Path, tmp_path: Path
) -> None:
    moved = shutil.copytree(nordhaven, tmp_path / "elsewhere" / "nordhaven")
    done = run_govpack(
        "build", moved, "-o", "again", cwd=tmp_path, PYTHONHASHSEED="4711", TZ="Asia/Tokyo", LC_ALL="C", COLUMNS="40"
    )
    assert done.returncode == 0, done.stderr
    for path in (*documents(nordhaven_pack), nordhaven_pack / "pack.json"):
        name = path.relative_to(nordhaven_pack)
        assert (tmp_path / "again" / name).read_bytes() == path.read_bytes(), name


@pytest.mark.parametrize("heading", ["Escalation", "Meeting rhythm", "Roles"])
def test_cutting_a_section_out_of_a_charter_turns_its_item_and_names_the_place(
    nordhaven_pack: Path, tmp_path: Path, heading: str
) -> None:
    pack = shutil.copytree(nordhaven_pack, tmp_path / "pack")
    charter = next(pack.rglob("nimbus*/governance-charter.docx"))
    document = docx.Document(str(charter))
    cutting = cut = 0
    for element in list(document.element.body):
        style = getattr(element, "style", None)
        if element.tag.endswith("}p") and str(style).startswith("Heading1"):
            cutting = heading.lower() in "".join(element.itertext()).lower()
        if cutting and not element.tag.endswith("}sectPr"):
            document.element.body.remove(element)
            cut += 1
    assert cut > 1, "the charter has no such section"
    document.save(str(charter))
    item = verdicts(pack)["governance-complete"]
    assert item["verdict"] == "partly met"
    assert item["failing"] == [charter.relative_to(pack).as_posix()]
    assert heading in json.dumps(item["requirements"])


@pytest.mark.validator
def test_the_open_xml_sdk_finds_no_error_in_any_document(nordhaven_pack: Path, validator: Validator) -> None:
    files = documents(nordhaven_pack)
    with ThreadPoolExecutor(2) as workers:
        found = dict(zip(files, workers.map(validator.errors_of, files), strict=True))
    assert not {path.name: errors for path, errors in found.items() if errors}


@pytest.mark.office
def test_libreoffice_renders_each_document_with_its_references(
    nordhaven_pack: Path, nordhaven_pages: dict[Path, Path]
) -> None:
    for file in documents(nordhaven_pack):
        pdf = nordhaven_pages[file]
        text = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
        assert len(text) > 2_000, file
        for wrong in ("Error:", "Error!", "{{", "[●"):
            assert wrong not in text, f"{wrong} in {file}"


def test_an_edited_agreement_is_kept_until_the_user_says_otherwise(
    nordhaven: Path, nordhaven_pack: Path, tmp_path: Path
) -> None:
    pack = shutil.copytree(nordhaven_pack, tmp_path / "pack")
    agreement = next(pack.rglob("partnership-agreement.docx"))
    document = docx.Document(str(agreement))
    document.add_paragraph("Agreed by telephone.")
    document.save(str(agreement))
    edited = agreement.read_bytes()
    done = run_govpack("build", nordhaven, "-o", pack)
    assert done.returncode == 2
    assert "partnership-agreement.docx: is in the way and was edited since" in done.stderr
    assert agreement.read_bytes() == edited
    assert run_govpack("build", nordhaven, "-o", pack, "--replace").returncode == 0
    assert agreement.with_name("partnership-agreement.edited-1.docx").read_bytes() == edited
