"""What a finding about a document that govpack built tells to write, and in which input."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import yaml
from tests.support.documents import docx, heading, text

from govpack.build import build_pack, check_files
from govpack.check import CheckReport, ItemVerdict, Verdict, read_checklist
from govpack.findings import Finding

ROOT = Path(__file__).parents[2]
CHECKLIST = ROOT / "templates" / "partnership" / "checklist.yaml"
INCOMPLETE = ROOT / "fixtures" / "incomplete"


def copied(name: str, folder: Path) -> Path:
    return shutil.copytree(INCOMPLETE / name, folder / name)


def built(source: Path, out: Path, *only: str) -> CheckReport:
    report = build_pack(source, out, only=only).report
    assert report is not None
    return report


def item(report: CheckReport, name: str) -> ItemVerdict:
    return next(each for each in report.verdicts if each.id == name)


def finding(report: CheckReport, name: str, words: str) -> Finding:
    return next(each for each in item(report, name).findings if words in each.message)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> CheckReport:
    """The verdict on a pack whose escalation ends at the second of four levels, and that has much else to add."""
    folder = tmp_path_factory.mktemp("short")
    return built(copied("no-escalation", folder), folder / "out")


def test_rows_that_lack_are_asked_for_in_the_list_that_gives_them(report: CheckReport) -> None:
    found = finding(report, "governance-complete", "2 of at least 4 rows")
    assert found.remedy == (
        "Give at least four levels, each with trigger, times, and an owner on both sides; add 2 more entries to "
        "governance › escalation in governance.yaml, below the entry that begins at line 32"
    )
    assert found.snippet.startswith("    # governance › escalation, at its end; 2 of these\n    - level:  # Number")


def test_the_yaml_pasted_as_it_is_told_and_filled_in_closes_the_gap(tmp_path: Path) -> None:
    source = copied("no-escalation", tmp_path)
    found = finding(built(source, tmp_path / "out", "governance-charter"), "governance-complete", "2 of at least 4")
    lines = (source / "governance.yaml").read_text(encoding="utf-8").splitlines()
    values = {
        3: {"level": "3", "name": "Directors", "trigger": "Level 2 out of time", "respond_hours": "8"},
        4: {"level": "4", "name": "Sponsors", "trigger": "Level 3 out of time", "respond_hours": "24"},
    }
    for level, given in values.items():
        more = {"resolve_hours": str(level * 24), "bank": "coo", "partner": "director", "partner_role": "p_sponsor"}
        filled = []
        for line in found.snippet.splitlines():
            key = line.partition(":")[0].strip(" -")
            filled.append(line.replace(f"{key}:", f"{key}: {(given | more)[key]}") if ":" in line else line)
        at = 32 + (level - 3) * len(filled)
        lines[at:at] = filled
    (source / "governance.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    again = built(source, tmp_path / "again", "governance-charter")
    assert item(again, "governance-complete").verdict is Verdict.MET


def test_every_snippet_is_yaml_and_names_only_what_the_inputs_may_hold(report: CheckReport) -> None:
    snippets = {found.snippet for found in report.findings if found.snippet}
    assert len(snippets) > 5
    for snippet in snippets:
        yaml.safe_load(snippet)
        assert max(len(line) for line in snippet.splitlines()) <= 80, snippet


def test_what_is_not_there_at_all_is_written_into_a_file_of_its_own_once_with_all_that_is_asked(
    report: CheckReport,
) -> None:
    pilots = finding(report, "enablement-ready", "Pilot, Gate")
    assert pilots.remedy.endswith("enablement › pilots yet: write it in a new file enablement.yaml, beside pack.yaml")
    templates = finding(report, "enablement-ready", "Template and Version")
    assert pilots.snippet == templates.snippet
    assert list(yaml.safe_load(pilots.snippet)["enablement"]) == [
        "owner",
        "summary",
        "templates",
        "pilots",
        "open_decisions",
    ]


def test_a_pack_of_one_file_gets_all_of_it_there(tmp_path: Path) -> None:
    source = copied("mitigation-that-only-watches", tmp_path)
    report = built(source / "pack.yaml", tmp_path / "out", "enablement-handoff")
    found = finding(report, "enablement-ready", "Pilot, Gate")
    assert found.remedy == "the inputs do not give enablement › pilots yet: write it at the end of pack.yaml"
    with (source / "pack.yaml").open("a", encoding="utf-8") as file:
        file.write(f"\n{found.snippet}\n")
    pasted = yaml.safe_load((source / "pack.yaml").read_text(encoding="utf-8"))
    assert list(pasted["enablement"]["pilots"][0]) == ["id", "name", "gate", "budget", "exit_criterion", "ip"]


def test_inputs_that_are_no_yaml_are_named_without_any(tmp_path: Path) -> None:
    source = copied("no-escalation", tmp_path)
    governance = yaml.safe_load((source / "governance.yaml").read_text(encoding="utf-8"))
    (source / "governance.json").write_text(json.dumps(governance), encoding="utf-8")
    (source / "governance.yaml").unlink()
    found = finding(built(source, tmp_path / "out", "governance-charter"), "governance-complete", "2 of at least 4")
    assert found.remedy.endswith("add 2 more entries to governance › escalation in governance.json")
    assert found.snippet == ""


def test_a_blank_cell_is_a_field_of_the_entry_that_the_row_shows(report: CheckReport) -> None:
    found = finding(report, "strategy-complete", "‘Purpose’ is blank for ‘Core’")
    assert found.remedy == "give purpose, criterion and coverage of ‘Core’ in pack.yaml, line 26"
    assert yaml.safe_load(found.snippet) == [
        {"id": "core", "name": "Core", "purpose": None, "criterion": None, "coverage": None}
    ]


def test_a_role_on_the_partners_side_is_filled_in_the_team_of_the_contract(tmp_path: Path) -> None:
    report = built(copied("missing-deputies", tmp_path), tmp_path / "out", "governance-charter")
    found = finding(report, "governance-complete", "‘Deputy’ is blank for ‘Partner sponsor’")
    assert found.remedy.endswith("give deputy of ‘p_sponsor’ in pack.yaml, line 74")
    assert yaml.safe_load(found.snippet) == {"p_sponsor": {"holder": "oat_director", "deputy": None}}


def test_a_value_that_a_placeholder_stands_for_is_given_in_the_entry_of_its_contract(tmp_path: Path) -> None:
    report = built(copied("contract-without-term", tmp_path), tmp_path / "out", "partnership-agreement")
    found = finding(report, "agreement-complete", "[● length of the agreement in months]")
    assert found.remedy == "give term of ‘C-OAT’ in pack.yaml, line 34"
    assert "    term:  # Length of the agreement in months" in found.snippet.splitlines()
    worked_out = finding(report, "agreement-complete", "[● last day of the agreement]")
    assert worked_out.remedy == "give term of ‘C-OAT’ in pack.yaml, line 34, from which expires is worked out"


def test_a_weak_mitigation_is_found_where_the_inputs_say_it(tmp_path: Path) -> None:
    source = copied("mitigation-that-only-watches", tmp_path)
    report = built(source, tmp_path / "out", "partnership-strategy")
    line = (source / "pack.yaml").read_text(encoding="utf-8")[:-1].split("\n")
    at = next(number for number, words in enumerate(line, 1) if "Monitor closely" in words)
    told = [found.remedy for found in report.weak if "only watches" in found.message]
    assert told
    assert all(f"mitigation in pack.yaml, line {at}" in remedy for remedy in told)


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("packs")
    source = copied("no-escalation", folder)
    built(source, folder / "out" / "pack")
    return source, folder / "out" / "pack"


def remedy_of(report: CheckReport) -> str:
    return finding(report, "governance-complete", "2 of at least 4 rows").remedy


def test_a_pack_checked_later_tells_the_file_and_with_its_inputs_the_line(pack: tuple[Path, Path]) -> None:
    source, out = pack
    checklist = read_checklist(CHECKLIST)
    assert remedy_of(check_files([out], checklist)).endswith("; add to governance › escalation in governance.yaml")
    assert remedy_of(check_files([out], checklist, source)).endswith("begins at line 32")


def test_inputs_that_lie_beside_their_pack_are_found(pack: tuple[Path, Path], tmp_path: Path) -> None:
    source, out = pack
    shutil.copytree(source, tmp_path / "mine")
    beside = shutil.copytree(out, tmp_path / "mine-pack")
    checklist = read_checklist(CHECKLIST)
    assert remedy_of(check_files([beside], checklist)).endswith("begins at line 32")
    charter = beside / "counterparty" / "oatgrid" / "governance-charter.docx"
    assert remedy_of(check_files([charter], checklist)).endswith("begins at line 32")


def test_a_document_that_someone_edited_is_mended_where_it_was_edited(pack: tuple[Path, Path], tmp_path: Path) -> None:
    source, out = pack
    edited = shutil.copytree(out, tmp_path / "edited")
    charter = edited / "counterparty" / "oatgrid" / "governance-charter.docx"
    charter.write_bytes(docx(heading("Governance charter"), heading("Roles"), text("Cut out by somebody.")))
    report = check_files([charter], read_checklist(CHECKLIST), source)
    found = item(report, "governance-complete").findings
    assert found
    assert all("it was edited since govpack built it" in each.remedy for each in found)
    assert not any(each.snippet for each in found)


def test_a_document_that_govpack_did_not_build_keeps_its_own_remedies(tmp_path: Path) -> None:
    (tmp_path / "governance-charter.docx").write_bytes(docx(heading("Governance charter"), heading("Roles")))
    report = check_files([tmp_path], read_checklist(CHECKLIST))
    found = item(report, "governance-complete").findings
    assert found
    assert not any(".yaml" in each.remedy or each.snippet for each in found)
