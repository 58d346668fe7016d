"""What a reader finds in the documents about one partner: joint roadmap, negotiation playbook and exit plan."""

from __future__ import annotations

import datetime
import json
import re
import shutil
from decimal import Decimal
from pathlib import Path

import docx
import pytest
from babel.dates import format_date
from docx.document import Document
from docx.oxml.ns import qn
from tests.support.command import run_govpack
from tests.support.kit import edit
from tests.support.reading import headings, rows, tables, text_of, title_of

from govpack.inputs import read_pack
from govpack.kits import find_kit, read_kit
from govpack.model.contracts import Contract
from govpack.model.negotiations import Issue
from govpack.model.pack import Pack
from govpack.ooxml.package import read_package
from govpack.ooxml.xml import parse_xml

JOINT, PLAYBOOK, EXIT = (
    "counterparty/{}/joint-roadmap.docx",
    "internal/{}/negotiation-playbook.docx",
    "internal/{}/exit-plan.docx",
)
# Wordings that are none of their own in a type of agreement, so that nobody is offered them.
IDLE: dict[str, set[tuple[str, str]]] = {
    "services agreement": set(),
    "co-innovation agreement": {("fees", "fallback_2")},
}
CLOSED = "Closed: beyond our walk\u2011away"
PARTNERS = ("nimbus", "lumenar", "halden", "ostermark")
CRITICAL = ("nimbus", "stratora", "halden", "lumenar", "tidewater")


@pytest.fixture(scope="module")
def pack(nordhaven: Path) -> Pack:
    found, _ = read_pack(nordhaven)
    assert found is not None
    return found


def opened(folder: Path, pattern: str, partner: str) -> Document:
    return docx.Document(str(folder / pattern.format(partner)))


def contract_with(pack: Pack, partner: str) -> Contract:
    (found,) = pack.contracts_of(partner)
    return found


def short(day: datetime.date | None) -> str:
    """A date as tables write it: 30 Sept 2027."""
    assert day is not None
    return format_date(day, "d MMM y", locale="en_IE")


def shaded(document: Document, title: str) -> set[tuple[int, int]]:
    """Row and column of each shaded cell of the table `title`."""
    (table,) = (table for table in document.tables if title_of(table) == title)
    return {
        (number, place)
        for number, row in enumerate(table.rows)
        for place, cell in enumerate(row.cells)
        if (shade := cell._tc.find(f"{qn('w:tcPr')}/{qn('w:shd')}")) is not None and shade.get(qn("w:fill")) != "auto"
    }


@pytest.mark.parametrize("partner", PARTNERS)
def test_a_joint_roadmap_lists_what_each_side_commits_to(nordhaven_pack: Path, pack: Pack, partner: str) -> None:
    plan = contract_with(pack, partner).joint_roadmap
    document = opened(nordhaven_pack, JOINT, partner)
    name = pack.partner(partner).name
    for heading, promises in (("Nordhaven commits", plan.from_bank), (f"{name} commits", plan.from_partner)):
        found = rows(document, heading)
        assert [(row["Ref"], row["Commitment"], row["Due"]) for row in found] == [
            (each.id, each.what, short(each.due)) for each in promises
        ]
        assert [(row["Gate"], row["Measure"]) for row in found] == [
            (each.gate or "–", each.measure) for each in promises
        ]
    assert [row["Theme"] for row in rows(document, "Themes")] == [theme.name for theme in plan.themes]
    assert [row["Aim"] for row in rows(document, "Horizons")] == [horizon.aim for horizon in plan.horizons]
    said = text_of(document)
    assert all(assumption in said for assumption in plan.assumptions)
    assert f"Both sides review the roadmap {plan.review}." in said
    assert headings(document)[-1] == "Sign-off"


@pytest.mark.parametrize("partner", PARTNERS)
def test_the_joint_timeline_shades_the_quarter_in_which_a_side_must_deliver(
    nordhaven_pack: Path, pack: Pack, partner: str
) -> None:
    plan = contract_with(pack, partner).joint_roadmap
    document = opened(nordhaven_pack, JOINT, partner)
    title = "Timeline of commitments by quarter and side"
    ((heads, horizons, ours, theirs),) = tables(document, title)
    assert heads[1:] == [quarter.label for quarter in plan.timeline]
    assert "Q1 2027" in heads
    assert horizons[1:] == [quarter.horizon for quarter in plan.timeline]
    for number, (line, promises) in enumerate(((ours, plan.from_bank), (theirs, plan.from_partner)), 2):
        placed = {ref: heads[place] for place, cell in enumerate(line[1:], 1) for ref in cell.replace(",", " ").split()}
        assert placed == {each.id: f"Q{(each.due.month + 2) // 3} {each.due.year}" for each in promises if each.due}
        filled = {place for place, cell in enumerate(line) if place and cell}
        assert {place for row, place in shaded(document, title) if row == number} == filled


def test_what_may_still_change_in_a_joint_roadmap_stands_in_neutral_controls(nordhaven_pack: Path) -> None:
    path = JOINT.format("nimbus")
    tags = [
        node.get(qn("w:val"))
        for node in opened(nordhaven_pack, JOINT, "nimbus").element.body.iterfind(f".//{qn('w:sdtPr')}/{qn('w:tag')}")
    ]
    record = json.loads((nordhaven_pack / "pack.json").read_text(encoding="utf-8"))
    meant = record["files"][path]["controls"]
    assert set(tags) == set(meant)
    assert not any("." in tag for tag in tags)
    assert {value.rsplit(".", 1)[-1] for value in meant.values()} >= {"due", "gate", "measure"}


@pytest.mark.parametrize("partner", PARTNERS)
def test_a_playbook_takes_each_issue_from_interest_to_walk_away(nordhaven_pack: Path, pack: Pack, partner: str) -> None:
    record = contract_with(pack, partner).negotiation
    assert record is not None
    document = opened(nordhaven_pack, PLAYBOOK, partner)
    assert [row["Ref"] for row in rows(document, "Issues at a glance")] == [issue.id for issue in record.issues]
    positions = tables(document, "Positions on an issue")
    assert len(positions) == len(record.issues)
    for issue, (head, *lines) in zip(record.issues, positions, strict=True):
        assert head[0] == f"{issue.priority.capitalize()} priority"
        assert {line[0]: line[1] for line in lines} == expected_positions(issue, pack.partner(partner).name)
    steps = [(row["Step"], row["We give"], row["We get"]) for row in rows(document, "Concession plan")]
    assert steps == [(str(step.step), step.give, step.get) for step in record.concessions]
    said = text_of(document)
    assert all(line in said for line in (*record.objectives, *record.red_lines, *record.questions))
    zone = {
        row["If there is no agreement"]: row["What happens"]
        for row in rows(document, "Best alternatives to an agreement")
    }
    assert zone["Our best alternative (BATNA)"] == record.batna_bank
    assert zone["Zone of possible agreement"] == record.zone
    assert [row["Name"] for row in rows(document, "Team")] == [
        pack.people[member.person].name for member in record.team
    ]
    assert [row["Event"] for row in rows(document, "Calendar")] == [day.event for day in record.calendar]


def expected_positions(issue: Issue, partner: str) -> dict[str, str | None]:
    told = {
        "Our interest": issue.interest_bank,
        f"{partner}’s interest": issue.interest_partner,
        "Target": issue.target,
        "Acceptable": issue.acceptable,
        "Walk-away": issue.walk_away,
    }
    return told | ({"Trades": issue.trades} if issue.trades else {})


@pytest.mark.parametrize("partner", PARTNERS)
def test_each_issue_shows_its_clauses_wordings_in_order_with_who_approves_them(
    nordhaven_pack: Path, pack: Pack, partner: str
) -> None:
    """The library is the source; the wording that the contract chose is marked, and that one only."""
    library = read_kit(find_kit("partnership")).clauses
    contract = contract_with(pack, partner)
    assert contract.negotiation is not None
    document = opened(nordhaven_pack, PLAYBOOK, partner)
    held = [issue for issue in contract.negotiation.issues if issue.clause is not None]
    found = tables(document, "Wordings of a clause")
    assert len(found) == len(held) > 5
    assert text_of(document).count("No clause of the library holds it") == len(contract.negotiation.issues) - len(held)
    for issue, (_, *lines) in zip(held, found, strict=True):
        assert issue.clause is not None
        variants = library[issue.clause].head.variants
        offered = [name for name in variants if (issue.clause, name) not in IDLE[contract.type]]
        assert [line[0].lower().replace(" ", "_") for line in lines] == offered
        approved = [CLOSED if name in issue.closed else variants[name].owner for name in offered]
        assert [line[2] for line in lines] == [each or "None beyond the signature" for each in approved]
        grades = [line[1].partition(":")[0].lower() for line in lines]
        assert grades == [str(variants[name].risk).partition(":")[0] for name in offered]
        chosen = contract.clauses.get(issue.clause, "preferred")
        assert [line[3] for line in lines] == ["Chosen" if name == chosen else "–" for name in offered]


def test_a_playbook_says_of_a_wording_what_it_changes_in_this_type_of_agreement(nordhaven_pack: Path) -> None:
    advance = "A third of each Milestone is paid in advance"
    carried = "Carry-over of the commitment falls from 10% to 5%"
    services, research = (
        str(tables(opened(nordhaven_pack, PLAYBOOK, partner), "Wordings of a clause"))
        for partner in ("nimbus", "ostermark")
    )
    assert carried in services.replace("\u2011", "-")
    assert advance not in services
    assert advance in research
    assert carried not in research.replace("\u2011", "-")
    assert "consumer price index" in services
    assert "consumer price index" not in research


def test_a_wording_beyond_the_walk_away_is_closed_whoever_could_approve_it(nordhaven_pack: Path) -> None:
    """The playbook said that nobody may agree to one cap for the whole term, and who approves it."""
    ((_, *lines),) = (
        table
        for table in tables(opened(nordhaven_pack, PLAYBOOK, "nimbus"), "Wordings of a clause")
        if any("one amount for the whole Term" in line[1] for line in table)
    )
    assert [line[2] for line in lines] == ["None beyond the signature", "Head of Technology Legal", CLOSED]


def test_the_terms_from_which_a_playbook_starts_are_those_of_the_contract(nordhaven_pack: Path) -> None:
    document = opened(nordhaven_pack, PLAYBOOK, "nimbus")
    terms = {row["Term"]: row["In the draft"] for row in rows(document, "Terms of the draft")}
    assert terms["Commitment a year"] == "EUR 12,800,000, EUR 38,400,000 in total"
    assert terms["General cap a year"] == "EUR 16,000,000, 125% of a year’s amount"
    assert terms["Transition"] == "18 months"
    assert [row["Clause"] for row in rows(document, "Fallbacks already in the draft")] == ["Subcontracting"]
    research = {row["Term"] for row in rows(opened(nordhaven_pack, PLAYBOOK, "ostermark"), "Terms of the draft")}
    assert "Contribution a year" in research
    assert not {"Commitment a year", "Uptime"} & research


def test_no_position_of_a_negotiation_and_no_step_of_an_exit_reaches_a_partner(
    nordhaven_pack: Path, pack: Pack
) -> None:
    secrets = {
        words
        for record in pack.negotiations
        for words in (
            *(text for issue in record.issues for text in (issue.walk_away, issue.acceptable, issue.trades)),
            *(record.batna_bank, record.batna_partner, record.zone, *record.red_lines, *record.questions),
        )
        if words and len(words.split()) > 2
    }
    secrets |= {words for plan in pack.exit_plans for words in (*plan.triggers, *(step.step for step in plan.steps))}
    assert len(secrets) > 100
    files = sorted((nordhaven_pack / "counterparty").rglob("*.docx"))
    assert len(files) == 12
    for file in files:
        package = read_package(file)
        said = " ".join(
            "".join(str(text) for text in parse_xml(package.read(name)).itertext())
            for name in package.names
            if name.endswith(".xml")
        )
        assert [words for words in secrets if words in said] == [], file
        assert not re.search(r"BATNA|walk-away|red line|playbook|exit cost", said, re.IGNORECASE), file


@pytest.mark.parametrize("partner", CRITICAL)
def test_an_exit_plan_agrees_with_what_the_partner_says_of_leaving(
    nordhaven_pack: Path, pack: Pack, partner: str
) -> None:
    plan, about = pack.partner(partner).exit_plan, pack.partner(partner)
    assert plan is not None
    document = opened(nordhaven_pack, EXIT, partner)
    known = {row["The way out"]: row["What is known"] for row in rows(document, "The way out at a glance")}
    assert known["Leaving takes"] == f"{about.exit_months} months"
    assert known["Own cost of leaving"] == f"EUR {about.exit_cost:,}"
    assert known["Alternatives"].split(", ") == [pack.partner(each).name for each in about.alternatives]
    costs = rows(document, "Cost of leaving")
    assert costs[-1] == {"What is paid for": "Total", "Amount": f"EUR {about.exit_cost:,}"}
    assert sum(Decimal(re.sub(r"\D", "", row["Amount"])) for row in costs[:-1]) == about.exit_cost
    steps = rows(document, "Steps")
    assert [row["What is done"] for row in steps] == [step.step for step in plan.steps]
    assert all(value.strip() for row in steps for value in row.values())
    assert [row["Owner"] for row in steps] == [pack.people[str(step.owner)].name for step in plan.steps]
    inventory = rows(document, "Inventory")
    assert [(row["Asset"], row["Kind"].lower()) for row in inventory] == [(a.asset, a.kind) for a in plan.inventory]
    said = text_of(document)
    assert all(
        str(words) in said for words in (plan.strategy, plan.reintegration, plan.shared_hosting, plan.communication)
    )


@pytest.mark.parametrize("partner", CRITICAL)
def test_the_timeline_of_an_exit_shades_the_weeks_of_each_step(nordhaven_pack: Path, pack: Pack, partner: str) -> None:
    plan = pack.partner(partner).exit_plan
    assert plan is not None
    document = opened(nordhaven_pack, EXIT, partner)
    title = "Timeline of the exit by weeks"
    ((heads, *lines),) = tables(document, title)
    firsts = [int(head) for head in heads[1:]]
    assert firsts[0] == 1
    assert firsts[-1] <= plan.total_weeks < firsts[-1] + plan.band_weeks
    for line, step in zip(lines, plan.steps, strict=True):
        worked = [Decimal(cell or 0) for cell in line[1:]]
        assert sum(worked) == step.weeks
        begun = firsts[next(place for place, weeks in enumerate(worked) if weeks)]
        assert begun <= step.starts_week < begun + plan.band_weeks
    filled = {(r, c) for r, line in enumerate(lines, 1) for c, cell in enumerate(line) if c and cell}
    assert shaded(document, title) == filled


def test_an_exit_plan_says_plainly_when_it_was_tested_and_when_the_test_is_overdue(nordhaven_pack: Path) -> None:
    said = {partner: text_of(opened(nordhaven_pack, EXIT, partner)) for partner in CRITICAL}
    assert "The plan was last tested on 20 May 2026." in said["nimbus"]
    assert "2 July 2025, more than 12 months before 30 September 2026: the test is overdue." in said["lumenar"]
    for partner, day in (("halden", "11 December 2026"), ("tidewater", "23 April 2027")):
        assert "It has never been tested." in said[partner]
        assert f"The first test is on {day}." in said[partner]
    (test,) = rows(opened(nordhaven_pack, EXIT, "nimbus"), "Tests held")
    assert test["Result"] == "Passed with findings; recovered in 102 minutes against 120"


def test_the_transition_of_the_agreement_is_held_against_the_time_that_leaving_takes(
    nordhaven: Path, nordhaven_pack: Path, tmp_path: Path
) -> None:
    (row,) = rows(opened(nordhaven_pack, EXIT, "nimbus"), "Transition that our agreements give")
    assert (row["Transition"], row["Leaving takes"], row["It covers"]) == ("18 months", "18 months", "The whole exit")
    assert "This pack holds no agreement with Stratora" in text_of(opened(nordhaven_pack, EXIT, "stratora"))
    mine = shutil.copytree(nordhaven, tmp_path / "mine")
    edit(mine / "contracts.yaml", ("transition_months: 18", "transition_months: 12"))
    assert run_govpack("build", mine, "-o", tmp_path / "out", "--only", "exit-plan").returncode == 0
    (row,) = rows(opened(tmp_path / "out", EXIT, "nimbus"), "Transition that our agreements give")
    assert row["It covers"] == "All but 6 months"


def test_a_critical_partner_without_a_plan_is_told_plainly_and_is_a_gap(nordhaven: Path, tmp_path: Path) -> None:
    mine = shutil.copytree(nordhaven, tmp_path / "mine")
    plans = mine / "exit-plans.yaml"
    before, _, after = plans.read_text(encoding="utf-8").partition("  - partner: stratora\n")
    plans.write_text(before + after[after.index("  - partner: halden\n") :], encoding="utf-8")
    done = run_govpack("build", mine, "-o", tmp_path / "out", "--only", "exit-plan")
    assert done.returncode == 0, done.stderr
    document = opened(tmp_path / "out", EXIT, "stratora")
    said = text_of(document)
    function = "the critical function Payment fraud scoring"
    assert f"There is no exit plan for Stratora. It supports {function}, so a plan is needed" in said
    assert "[● partner.exit_plan]" in said
    assert headings(document) == ["At a glance"]
    record = json.loads((tmp_path / "out" / "pack.json").read_text(encoding="utf-8"))
    (finding,) = record["findings"]
    assert "exit_plan" in json.dumps(finding)
    edit(mine / "pack.yaml", ("status: draft", "status: issued"))
    refused = run_govpack("build", mine, "-o", tmp_path / "issued", "--only", "exit-plan")
    assert refused.returncode != 0
    assert "exit_plan" in refused.stderr


def test_without_their_data_none_of_these_documents_is_made(minimal_pack: Path) -> None:
    made = {path.name for path in minimal_pack.rglob("*.docx")}
    assert not made & {"joint-roadmap.docx", "negotiation-playbook.docx", "exit-plan.docx"}


def test_an_issue_that_names_no_clause_of_the_kit_is_refused_at_its_place(nordhaven: Path, tmp_path: Path) -> None:
    mine = shutil.copytree(nordhaven, tmp_path / "mine")
    edit(mine / "negotiations.yaml", ("clause: benchmarking", "clause: benchmark"))
    done = run_govpack("build", mine, "-o", tmp_path / "out")
    assert done.returncode != 0
    assert "has no clause 'benchmark' (did you mean 'benchmarking'?)" in done.stderr
    assert re.search(r"negotiations\.yaml:\d+:17", done.stderr)


def test_an_issue_without_a_clause_or_with_one_that_the_agreement_leaves_out_says_so(
    nordhaven: Path, tmp_path: Path
) -> None:
    mine = shutil.copytree(nordhaven, tmp_path / "mine")
    edit(mine / "negotiations.yaml", ("        clause: benchmarking\n", ""))
    taken = "    clauses: {subcontracting: fallback_1}"
    edit(mine / "contracts.yaml", (taken, f"    omit_clauses: [payment]\n{taken}"))
    done = run_govpack("build", mine, "-o", tmp_path / "out", "--only", "negotiation-playbook")
    assert done.returncode == 0, done.stderr
    said = text_of(opened(tmp_path / "out", PLAYBOOK, "nimbus"))
    assert "No clause of the library holds it: ask counsel before a wording is offered." in said
    assert "The clause that holds it, “payment”, is not part of this agreement." in said
