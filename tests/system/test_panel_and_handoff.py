"""What a panel, the next project and a reviewer find: a line held unrounded, the strategy's KPIs, open forms."""

from __future__ import annotations

import json
import re
import shutil
from decimal import Decimal
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table
from tests.support.command import run_govpack

from govpack.inputs import read_pack
from govpack.model.pack import Pack

W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
ONE_CRITERION = """\
rubric:
  criteria:
    - id: P1
      name: Everything
      weight: 100
      levels: [{{score: 100, looks_like: All of it}}, {{score: 0, looks_like: Nothing}}]
  assessors:
{assessors}
"""


@pytest.fixture(scope="module")
def pack(nordhaven: Path) -> Pack:
    found, _ = read_pack(nordhaven)
    assert found is not None
    return found


def opened(folder: Path, name: str) -> Document:
    return docx.Document(str(folder / "internal" / f"{name}.docx"))


def titled(document: Document, title: str) -> list[Table]:
    """The tables whose alternative text is `title`."""
    return [
        table
        for table in document.tables
        if (caption := table._tbl.tblPr.find(qn("w:tblCaption"))) is not None and caption.get(qn("w:val")) == title
    ]


def cells(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def rows(document: Document, title: str) -> list[dict[str, str]]:
    """The rows of the one table `title`, by the heads of its columns."""
    (found,) = titled(document, title)
    heads, *body = cells(found)
    return [dict(zip(heads, line, strict=True)) for line in body]


def text_of(document: Document) -> str:
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


def controls(table: Table, kind: str) -> list[str]:
    """The names of the content controls of one kind in a table."""
    return [str(name) for name in table._tbl.xpath(f".//w:sdtPr[*[local-name()='{kind}']]/w:alias/@w:val")]


def judged(nordhaven: Path, tmp_path: Path, *scores: str) -> Document:
    """The rubric of the example with one criterion, and an assessor for each score."""
    inputs = shutil.copytree(nordhaven, tmp_path / "inputs")
    lines = "\n".join(
        f"    - {{person: {person}, date: 2026-09-25, scores: {{P1: {score}}}}}"
        for person, score in zip(("coo", "cio", "cro"), scores, strict=False)
    )
    (inputs / "rubric.yaml").write_text(ONE_CRITERION.format(assessors=lines), encoding="utf-8")
    done = run_govpack("build", inputs, "-o", tmp_path / "out", "--only", "panel-rubric")
    assert done.returncode == 0, done.stderr
    return opened(tmp_path / "out", "panel-rubric")


@pytest.mark.parametrize(
    ("scores", "said"),
    [
        (("79.96",), "Not passed: 79.96% against the line of 80.00%, from 1 assessor."),
        (("80",), "Passed: 80.00% against the line of 80.00%, from 1 assessor."),
        (("79.96", "80.06"), "Passed: 80.01% against the line of 80.00%, from 2 assessors."),
        # What two decimals would round up to the line is shown with all that it has.
        (("79.996",), "Not passed: 79.996% against the line of 80.00%, from 1 assessor."),
    ],
)
def test_the_total_is_held_against_the_line_before_any_rounding(
    nordhaven: Path, tmp_path: Path, scores: tuple[str, ...], said: str
) -> None:
    rubric = judged(nordhaven, tmp_path, *scores)
    assert said in text_of(rubric)
    assert "must score" not in text_of(rubric)
    totals = [line[-1] for line in cells(rubric.tables[1])[1:]]
    assert totals == [f"{Decimal(score):.{max(2, len(score.partition('.')[2]))}f}%" for score in scores]
    # The signed form of each shows what was given, and no place to choose is left beside it.
    forms = titled(rubric, "Assessment form")
    assert [cells(form)[1][3] for form in forms] == [f"{Decimal(score).normalize():f}" for score in scores]
    assert not [name for form in forms for name in controls(form, "dropDownList")]


def test_without_scores_the_rubric_says_that_a_panel_must_score_and_has_a_form_for_each_assessor(
    nordhaven_pack: Path, pack: Pack
) -> None:
    rubric = opened(nordhaven_pack, "panel-rubric")
    assert "There is no result yet: a panel must score the pitch." in text_of(rubric)
    assert "Forms complete so far: 0 of 4." in text_of(rubric)
    assert not re.search(r"\bPassed:|Not passed:", text_of(rubric))
    criteria = rows(rubric, "Criteria and weights")
    assert [row["Ref"] for row in criteria] == [each.id for each in pack.rubric.criteria]
    assert sum(int(row["Weight"].rstrip("%")) for row in criteria) == 100
    levels = titled(rubric, "What each score looks like")
    assert [len(table.rows) - 1 for table in levels] == [len(each.levels) for each in pack.rubric.criteria]
    forms = titled(rubric, "Assessment form")
    assert len(forms) == len(pack.rubric.assessors) == 4
    for form in forms:
        assert controls(form, "dropDownList") == ["Score"] * len(criteria)
        entries = form._tbl.xpath("(.//w:dropDownList)[1]/w:listItem/@w:value")
        assert entries == ["5", "4", "3", "2", "1"]
        assert cells(form)[-1][1:3] == ["Total", "100%"]
        assert "80.00%" in cells(form)[-1][-1]


def test_without_assessors_there_is_one_form_for_whoever_comes(nordhaven: Path, tmp_path: Path) -> None:
    inputs = shutil.copytree(nordhaven, tmp_path / "inputs")
    text = (inputs / "rubric.yaml").read_text(encoding="utf-8")
    (inputs / "rubric.yaml").write_text(text.partition("  assessors:")[0], encoding="utf-8")
    done = run_govpack("build", inputs, "-o", tmp_path / "out", "--only", "panel-rubric")
    assert done.returncode == 0, done.stderr
    rubric = opened(tmp_path / "out", "panel-rubric")
    assert "No assessor has been named yet." in text_of(rubric)
    assert len(titled(rubric, "Assessment form")) == 1
    (signature,) = titled(rubric, "Signature of the assessor")
    assert [node.get(qn("w:val")) for node in signature._tbl.iter(qn("w:alias"))] == ["Name", "Date"]


def test_the_hand_off_has_the_strategys_kpis_by_id_and_value(nordhaven_pack: Path, pack: Pack) -> None:
    handoff = rows(opened(nordhaven_pack, "enablement-handoff"), "KPIs")
    strategy = rows(opened(nordhaven_pack, "partnership-strategy"), "KPIs")
    shared = ("Id", "KPI", "Unit", "Baseline", "Target", "Due", "Owner")
    assert [[row[name] for name in shared] for row in handoff] == [[row[name] for name in shared] for row in strategy]
    data = json.loads((nordhaven_pack / "internal" / "enablement.json").read_bytes())
    kpis = [kpi for goal in pack.strategy.goals for kpi in goal.kpis]
    assert [(kpi["id"], kpi["name"], kpi["unit"], kpi["due"], kpi["owner"]) for kpi in data["kpis"]] == [
        (kpi.id, kpi.name, kpi.unit, str(kpi.due), kpi.owner) for kpi in kpis
    ]
    for made, kpi in zip(data["kpis"], kpis, strict=True):
        assert (Decimal(str(made["baseline"])), Decimal(str(made["target"]))) == (kpi.baseline, kpi.target)


def test_word_and_json_hand_over_the_same(nordhaven_pack: Path, pack: Pack) -> None:
    handoff = opened(nordhaven_pack, "enablement-handoff")
    data = json.loads((nordhaven_pack / "internal" / "enablement.json").read_bytes())
    said = text_of(handoff).replace("\u00a0", " ")
    assert data["project"] in said
    assert data["owner"]["name"] in said
    assert f"EUR {data['budget']['total']:,}" in said
    assert data["budget"]["total"] == sum(line["amount"] for line in data["budget"]["lines"])
    pilots = rows(handoff, "Pilots")
    assert all(value.strip() for row in pilots for value in row.values())
    assert [(row["Ref"], row["Gate"], row["IP position"], row["Exit criterion"]) for row in pilots] == [
        (pilot["id"], pilot["gate"], pilot["ip"], pilot["exit_criterion"]) for pilot in data["pilots"]
    ]
    for title, name, column in (
        ("Reusable templates", "templates", "Template"),
        ("IP position", "ip_position", "Result"),
        ("Exit criteria", "exit_criteria", "Criterion"),
        ("Open decisions", "open_decisions", "Decision"),
        ("Budget", "budget", "For"),
    ):
        listed = data[name]["lines"] if name == "budget" else data[name]
        assert [row[column] for row in rows(handoff, title)] == [next(iter(item.values())) for item in listed], title
    promised = [line[0] for table in titled(handoff, "Joint roadmap") for line in cells(table)[1:]]
    assert sorted(promised) == sorted(item["id"] for item in data["joint_roadmap"])
    planned = [contract.joint_roadmap for contract in pack.contracts if contract.joint_roadmap]
    assert len(promised) == sum(len(plan.commitments) for plan in planned) > 0
    signing = rows(handoff, "Sign-off")
    assert [row["Signs as"] for row in signing] == ["Hands over", "Takes over", "Accepts"]
    assert all(row["Name"] and not row["Signature"] and not row["Date"] for row in signing)


def test_an_approval_is_stated_and_not_verified_and_waits_for_its_reviewers(nordhaven_pack: Path, pack: Pack) -> None:
    register = opened(nordhaven_pack, "review-register")
    state = rows(register, "State of reviews")
    kinds = ["executive", "legal", "procurement", "finance", "vendor governance", "panel"]
    assert list(dict.fromkeys(row["Kind"].lower() for row in state)) == kinds
    by_id = {review.id: review for review in pack.reviews}
    assert {row["Review"] for row in state} == set(by_id)
    for row in state:
        outcome = by_id[row["Review"]].outcome
        expected = "Not yet held" if outcome == "pending" else f"{outcome.capitalize()} (stated, not verified)"
        assert row["Outcome"] == expected
    assert "A sign-off of a template is not a sign-off of a contract." in text_of(register)
    forms, signatures = titled(register, "Review"), titled(register, "Signatures of the reviewers")
    assert len(forms) == len(signatures) == len(by_id)
    covered = {"template": "A template or", "contract": "A contract as negotiated", "report": "A strategy, report"}
    for review, form in zip(sorted(pack.reviews, key=lambda each: kinds.index(each.type)), forms, strict=True):
        lines = {row.cells[0].text: row.cells[1].text for row in form.rows}
        assert review.covers is not None
        assert lines["What it covered"].startswith(covered[review.covers])
        assert lines["Hash of the file"].count(" in this build") == len(review.of)
    for review, table in zip(sorted(pack.reviews, key=lambda each: kinds.index(each.type)), signatures, strict=True):
        names = [line[0].partition(",")[0] for line in cells(table)[1:]]
        assert names == [pack.people[person].name for person in review.reviewers]
        assert controls(table, "dropDownList") == ["Outcome"] * len(names)
        assert controls(table, "checkbox") == ["This version was read"] * len(names)
    ticked = [node.get(f"{W14}val") for node in register.element.body.iter(f"{W14}checked")]
    assert set(ticked) == {"0"}, "nothing is ticked for a person"
    conditions = rows(register, "Conditions of approval")
    assert len(conditions) == sum(len(review.conditions) for review in pack.reviews) == 3
    assert all(row["Owner"] and row["Due"] for row in conditions)


def test_a_review_that_was_never_held_has_its_row_and_an_open_form(tmp_path: Path) -> None:
    minimal = Path(__file__).parents[2] / "fixtures" / "minimal"
    done = run_govpack("build", minimal, "-o", tmp_path / "out", "--only", "review-register")
    assert done.returncode == 0, done.stderr
    register = opened(tmp_path / "out", "review-register")
    assert [row["Outcome"] for row in rows(register, "State of reviews")] == ["Not yet held"] * 6
    assert len(titled(register, "Signatures of the reviewers")) == 6
    for form in titled(register, "Review"):
        assert controls(form, "checkbox")[:2] == ["Covers a template", "Covers a contract"]
    for function in ("Legal", "Procurement", "Finance"):
        assert f"{function}: not asked yet, or not recorded." in text_of(register)
    identifiers = [node.get(qn("w:val")) for node in register.element.body.iterfind(f".//{qn('w:sdtPr')}/{qn('w:id')}")]
    assert len(identifiers) == len(set(identifiers)) > 40


def test_what_reviewers_wrote_in_the_register_survives_the_next_build(
    nordhaven: Path, nordhaven_pack: Path, tmp_path: Path
) -> None:
    out = shutil.copytree(nordhaven_pack, tmp_path / "pack")
    file = out / "internal" / "review-register.docx"
    register = docx.Document(str(file))
    box = next(register.element.body.iter(f"{W14}checked"))
    box.set(f"{W14}val", "1")
    titled(register, "Signatures of the reviewers")[0].rows[1].cells[4].text = "20 October 2026"
    register.save(str(file))
    edited = file.read_bytes()
    done = run_govpack("build", nordhaven, "-o", out)
    assert done.returncode == 0, done.stderr
    assert "review-register.docx" in done.stderr
    assert file.read_bytes() == edited
