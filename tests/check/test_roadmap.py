"""A checklist drafted from the roadmap of a module: every line of it, valid as it stands."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from tests.support.documents import docx, heading, text

from govpack.check import Verdict, check_paths, draft_checklist, read_checklist, read_roadmap
from govpack.cli import run
from govpack.errors import ChecklistError

ROADMAPS = sorted((Path(__file__).parents[1] / "data" / "roadmaps").glob("*.md"))
M407, M412 = ROADMAPS


def drafted(roadmap: Path, folder: Path) -> Path:
    file = folder / "checklist.yaml"
    file.write_text(draft_checklist(read_roadmap(roadmap)), encoding="utf-8")
    return file


@pytest.mark.parametrize("roadmap", ROADMAPS, ids=lambda path: path.stem)
def test_every_line_of_the_roadmap_is_an_item_with_its_source(roadmap: Path, tmp_path: Path) -> None:
    checklist = yaml.safe_load(drafted(roadmap, tmp_path).read_text(encoding="utf-8"))
    asked = "\n".join(item["asks"] for item in checklist["items"]).replace("*", "")
    lines = roadmap.read_text(encoding="utf-8").splitlines()
    section, wanted = "", 0
    for number, line in enumerate(lines, 1):
        section = line.removeprefix("## ") if line.startswith("## ") else section
        if section in ("Quality Checklist", "Content Outline", "Learning Objectives") and line[:1] in "-0123456789":
            if not line.strip():
                continue
            words = line.lstrip("-0123456789. ").removeprefix("[ ] ").removeprefix("[x] ").replace("*", "")
            assert words in asked, words
            assert any(item["source"].endswith(f"{section}, line {number}") for item in checklist["items"]), line
            wanted += 1
        if section == "Practical Components" and line.startswith(("| Lab", "| Assessment")):
            for cell in line.strip("| ").split(" | "):
                assert cell.strip() in asked, cell
            wanted += 1
    assert wanted >= 8


@pytest.mark.parametrize("roadmap", ROADMAPS, ids=lambda path: path.stem)
def test_the_draft_is_valid_as_it_stands_and_documents_can_be_judged_by_it(roadmap: Path, tmp_path: Path) -> None:
    checklist = read_checklist(drafted(roadmap, tmp_path))
    assert len({item.id for item in checklist.items}) == len(checklist.items)
    assert all(item.requires for item in checklist.items)
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "notes.docx").write_bytes(docx(heading("Notes"), text("Nothing of it.")))
    report = check_paths([tmp_path / "pack"], checklist)
    assert {verdict.verdict for verdict in report.verdicts} == {Verdict.NOT_MET}
    assert report.exit_code == 1


def test_what_a_line_names_is_looked_for_and_what_it_does_not_is_for_a_person(tmp_path: Path) -> None:
    checklist = read_checklist(drafted(M407, tmp_path))
    (tmp_path / "pack").mkdir()
    strategy = docx(
        heading("Partnership strategy"),
        text("Segmentation in three tiers, goals with KPIs. Risk mitigation is shared. It informs PROJ-504."),
    )
    (tmp_path / "pack" / "our-partnership-strategy.docx").write_bytes(strategy)
    verdicts = {each.asks: each.verdict for each in check_paths([tmp_path / "pack"], checklist).verdicts}
    assert verdicts["Strategy includes segmentation, goals, KPIs, and risk mitigation."] is Verdict.MET
    assert verdicts["Output informs PROJ-504 enablement materials."] is Verdict.MET
    assert verdicts["Ecosystem strategy and partner segmentation."] is Verdict.FOR_A_PERSON
    assert verdicts["Governance templates cover roles, cadence, escalation, and compliance."] is Verdict.NOT_MET


def test_deliverables_are_documents_of_the_format_that_their_words_mean(tmp_path: Path) -> None:
    documents = read_checklist(drafted(M412, tmp_path)).documents
    endings = {name: {glob.rpartition(".")[2] for glob in pattern.files} for name, pattern in documents.items()}
    assert endings == {
        "service-level-workbook": {"xlsx"},
        "incident-review-report": {"docx"},
        "reliability-briefing": {"pptx"},
    }


def test_the_command_writes_a_checklist_that_check_takes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "ours.yaml"
    assert run(["checklist", "from", str(M407), "-o", str(file)]) == 0
    assert f"Wrote {file}" in capsys.readouterr().err
    assert file.read_text(encoding="utf-8") == draft_checklist(read_roadmap(M407))
    (tmp_path / "strategy.docx").write_bytes(docx(heading("Partnership strategy & heatmap"), text("Goals.")))
    assert run(["check", str(tmp_path / "strategy.docx"), "--checklist", str(file)]) == 1
    said = capsys.readouterr().out
    assert "strategy.docx was taken for the partnership-strategy-heatmap: by its title" in said


def test_sections_that_are_missing_are_named_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = M412.read_text(encoding="utf-8").replace("## Quality Checklist", "## Quality Checks")
    file = tmp_path / "roadmap.md"
    file.write_text(text.replace("- [ ] ", "").replace("## Content Outline", "## Nothing"), encoding="utf-8")
    with pytest.raises(ChecklistError) as caught:
        read_roadmap(file)
    said = [finding.message for finding in caught.value.findings]
    assert said == [
        "there is no section 'Quality Checklist' (did you mean 'Quality Checks'?)",
        "there is no section 'Content Outline'",
    ]
    assert run(["checklist", "from", str(file)]) == 2
    assert "there is no section 'Content Outline'" in capsys.readouterr().err


def test_a_section_without_a_list_is_told_apart_from_one_that_is_missing(tmp_path: Path) -> None:
    file = tmp_path / "roadmap.md"
    head, _, _ = M412.read_text(encoding="utf-8").partition("- [ ] ")
    file.write_text(f"{head}To be written.\n", encoding="utf-8")
    with pytest.raises(ChecklistError) as caught:
        read_roadmap(file)
    assert [finding.message for finding in caught.value.findings] == [
        "the section 'Quality Checklist' holds no list and no table"
    ]
