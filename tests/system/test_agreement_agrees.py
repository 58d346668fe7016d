"""Agreement, schedules and charter of one contract say the same, as a partner's lawyer who reads them side by side sees.

Held against the built files of the example.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from docx import Document
from tests.support.agreement import Agreement

PARTNERS = ("nimbus", "lumenar", "halden", "ostermark")
SUPPLIERS = PARTNERS[:3]


def agreement(pack: Path, partner: str) -> Agreement:
    return Agreement.read(pack / "counterparty" / partner / "partnership-agreement.docx")


def table(pack: Path, partner: str, document: str, head: str) -> list[list[str]]:
    """The rows below the head of the one table whose first head is `head`."""
    file = Document(str(pack / "counterparty" / partner / f"{document}.docx"))
    found = [each for each in file.tables if each.rows[0].cells[0].text == head]
    assert len(found) == 1, head
    return [[cell.text for cell in row.cells] for row in found[0].rows[1:]]


@pytest.mark.parametrize("partner", SUPPLIERS)
def test_whoever_may_process_personal_data_is_named_as_a_subcontractor(nordhaven_pack: Path, partner: str) -> None:
    """Schedule 1 lets nobody work who is not in its table, so a name in Schedule 3 alone would be allowed and not."""
    subcontractors = {row[0] for row in table(nordhaven_pack, partner, "partnership-agreement", "Subcontractor")}
    processors = {row[0] for row in table(nordhaven_pack, partner, "partnership-agreement", "Sub-processor")}
    assert processors <= subcontractors


@pytest.mark.parametrize("partner", PARTNERS)
def test_the_clause_beside_a_cover_term_gives_its_conditions(nordhaven_pack: Path, partner: str) -> None:
    """The cover terms are short and stand above the clauses: without this, they would wipe out each exception."""
    order = agreement(nordhaven_pack, partner).provision_at("precedence_order")
    assert "the clause named beside each gives its conditions and exceptions" in order
    training = {row[0]: row[1] for row in table(nordhaven_pack, partner, "partnership-agreement", "Term")}
    assert "written instruction" in training["Training of AI Components on Customer Data"]


def test_results_made_together_and_beside_the_project_are_entered_as_such(nordhaven_pack: Path) -> None:
    register = {
        row[0]: row[1]
        for document in ("partnership-agreement",)
        for file in [Document(str(nordhaven_pack / "counterparty" / "ostermark" / f"{document}.docx"))]
        for each in file.tables
        if [cell.text for cell in each.rows[0].cells][:2] == ["Item", "Kind"]
        for row in ([cell.text for cell in line.cells] for line in each.rows[1:])
    }
    kinds = {kind: [item for item, its in register.items() if its == kind] for kind in register.values()}
    assert set(kinds) == {"Background", "Foreground", "Joint result", "Sideground"}
    assert any(item.startswith("Synthetic data generator") for item in kinds["Joint result"])
    assert not any("sideground" in item for item in register)


def test_stopping_a_project_pays_what_cannot_be_cancelled_although_no_gate_was_passed(nordhaven_pack: Path) -> None:
    """The clauses stand above the Schedules, so the clause on funding must leave room for what the Schedule grants."""
    funding = agreement(nordhaven_pack, "ostermark").provision_at("fees_funding")
    assert re.search(r"not before, except as Schedule \d provides where the Project is stopped", funding)


@pytest.mark.parametrize("partner", PARTNERS)
def test_an_option_to_renew_ends_with_the_term_and_not_with_the_transition(nordhaven_pack: Path, partner: str) -> None:
    """“Term” includes the Transition Period, which is too late to renew."""
    option = agreement(nordhaven_pack, partner).provision_at("term_option")
    assert re.search(r"the date that clause 3\.1 states", option)
    assert "the Term would otherwise end" not in option


@pytest.mark.parametrize("partner", PARTNERS)
def test_an_excluded_loss_never_is_the_price_of_the_services(nordhaven_pack: Path, partner: str) -> None:
    found = agreement(nordhaven_pack, partner)
    number = found.provision_at("liability_counting")
    assert "this clause neither limits nor excludes them" in number
    excluded = next(provision for provision in found.provisions if "liability_excluded" in provision.names)
    assert "liability_counting" in excluded.targets


@pytest.mark.parametrize("partner", PARTNERS)
def test_both_parties_are_registered_somewhere(nordhaven_pack: Path, partner: str) -> None:
    parties = [each.words for each in agreement(nordhaven_pack, partner).provisions if each.style == "Party"]
    assert len(parties) == 2
    assert all(re.search(r", registered in (?:Ireland|France|Sweden|Denmark), ", party) for party in parties)


@pytest.mark.parametrize("partner", SUPPLIERS)
def test_what_must_be_published_under_the_data_act_has_an_address(nordhaven_pack: Path, partner: str) -> None:
    """Data Act Art. 28(2): the contract lists the website."""
    found = agreement(nordhaven_pack, partner).provision_at("schedule_exit")
    assert f"{partner}.example" in found


@pytest.mark.parametrize("partner", PARTNERS)
def test_the_charter_uses_the_terms_of_the_agreement_and_names_no_project_of_the_bank(
    nordhaven_pack: Path, partner: str
) -> None:
    charter = Agreement.read(nordhaven_pack / "counterparty" / partner / "governance-charter.docx").text
    assert "Terms that the agreement defines mean the same here" in charter
    assert not re.search(r"PROJ-\d", charter)


@pytest.mark.parametrize("partner", SUPPLIERS)
def test_one_role_decides_on_a_new_location_in_the_assignment_and_in_the_decision_rights(
    nordhaven_pack: Path, partner: str
) -> None:
    decides = {row[0]: row[1] for row in table(nordhaven_pack, partner, "governance-charter", "Decision")}
    assert decides["New location, subcontractor or sub-processor"].startswith("Vendor lead")
    rows = {
        row[0]: row[1:]
        for row in table(nordhaven_pack, partner, "governance-charter", "Activity")
        if "location" in row[0]
    }
    file = Document(str(nordhaven_pack / "counterparty" / partner / "governance-charter.docx"))
    heads = next(
        [cell.text for cell in each.rows[0].cells][1:]
        for each in file.tables
        if each.rows[0].cells[0].text == "Activity"
    )
    accountable = {
        heads[at].split(" (")[0] for letters in rows.values() for at, its in enumerate(letters) if "A" in its
    }
    assert accountable == {"Vendor lead"}


@pytest.mark.parametrize("partner", PARTNERS)
def test_the_charter_lets_the_partner_write_the_record_as_the_agreement_does(
    nordhaven_pack: Path, partner: str
) -> None:
    record = "The Partner shall circulate a record of decisions and actions within five Business Days"
    assert record in agreement(nordhaven_pack, partner).text
    charter = Agreement.read(nordhaven_pack / "counterparty" / partner / "governance-charter.docx").text
    assert re.search(r"the record of decisions and actions within five working days", charter)
    assert "the outputs five working days after" not in charter


def test_the_rows_of_a_law_stand_in_the_order_of_its_articles(nordhaven_pack: Path) -> None:
    rows = [row for row in agreement(nordhaven_pack, "nimbus").rows if row.startswith("DORA")]
    articles = [tuple(re.findall(r"\d+|\((\w+)\)", row)) for row in rows]
    numbers = [int(re.findall(r"Art\. (\d+)", row)[0]) for row in rows]
    assert articles
    assert numbers == sorted(numbers)
