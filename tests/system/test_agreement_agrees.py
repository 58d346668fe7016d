"""Agreement, schedules and charter of one contract agree, as a lawyer who reads the built files side by side sees."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from tests.support.agreement import Agreement
from tests.support.choices import build_agreements, lay_choices
from tests.support.reading import words_of

PARTNERS = ("nimbus", "lumenar", "halden", "ostermark")
SUPPLIERS = PARTNERS[:3]


def agreement(pack: Path, partner: str) -> Agreement:
    return Agreement.read(pack / "counterparty" / partner / "partnership-agreement.docx")


def table(pack: Path, partner: str, document: str, *heads: str) -> list[list[str]]:
    """The rows below the head of the one table whose head begins with `heads`."""
    (found,) = (rows for rows in tables(pack, partner, document) if tuple(rows[0][: len(heads)]) == heads)
    return found[1:]


def seen(cell: Any) -> str:
    """The text of a cell, that of content controls included."""
    return words_of(cell._tc)


def tables(pack: Path, partner: str, document: str) -> list[list[list[str]]]:
    """The words of each table of a counterparty document, row by row."""
    file = Document(str(pack / "counterparty" / partner / f"{document}.docx"))
    return [[[seen(cell) for cell in row.cells] for row in each.rows] for each in file.tables]


@pytest.mark.parametrize("partner", SUPPLIERS)
def test_whoever_may_process_personal_data_is_named_as_a_subcontractor(nordhaven_pack: Path, partner: str) -> None:
    """Schedule 1 lets nobody work who is not in its table, so a name in Schedule 3 alone would be allowed and not."""
    subcontractors = {row[0] for row in table(nordhaven_pack, partner, "partnership-agreement", "Subcontractor")}
    processors = {row[0] for row in table(nordhaven_pack, partner, "partnership-agreement", "Sub-processor")}
    assert processors <= subcontractors


def test_every_cover_term_and_every_period_names_the_clause_that_gives_it_effect(
    nordhaven_pack: Path, blanks: Path
) -> None:
    files = [agreement(nordhaven_pack, partner).file for partner in PARTNERS]
    files += sorted(blanks.glob("partnership-agreement-*.docx"))
    assert len(files) == len(PARTNERS) + 4
    for file in files:
        found = [each for each in Document(str(file)).tables if each.rows[0].cells[-1].text == "Clause"]
        rows = [[seen(cell) for cell in row.cells] for each in found for row in each.rows[1:]]
        assert len(found) == 2, file
        assert len(rows) > 15, file
        assert [row for row in rows if not row[-1].isdecimal()] == [], file


@pytest.mark.parametrize("partner", PARTNERS)
def test_the_clause_beside_a_cover_term_gives_its_conditions(nordhaven_pack: Path, partner: str) -> None:
    """The cover terms are short and stand above the clauses: without this, they would wipe out each exception."""
    order = agreement(nordhaven_pack, partner).provision_at("precedence_order")
    assert "the clause named beside each gives its conditions and exceptions" in order
    training = {row[0]: row[1] for row in table(nordhaven_pack, partner, "partnership-agreement", "Term")}
    assert "written instruction" in training["Training of AI Components on Customer Data"]


def test_results_made_together_and_beside_the_project_are_entered_as_such(nordhaven_pack: Path) -> None:
    register = {row[0]: row[1] for row in table(nordhaven_pack, "ostermark", "partnership-agreement", "Item", "Kind")}
    kinds = {kind: [item for item, its in register.items() if its == kind] for kind in register.values()}
    assert set(kinds) == {"Background", "Foreground", "Joint result", "Sideground"}
    assert any(item.startswith("Synthetic data generator") for item in kinds["Joint result"])
    assert not any("sideground" in item for item in register)


def test_stopping_a_project_pays_what_cannot_be_cancelled_although_no_gate_was_passed(nordhaven_pack: Path) -> None:
    """The clauses stand above the Schedules, so the clause on funding must leave room for what the Schedule grants."""
    funding = agreement(nordhaven_pack, "ostermark").provision_at("fees_funding")
    assert re.search(r"not before, except as Schedule \d provides where the Project is stopped", funding)
    refund = agreement(nordhaven_pack, "ostermark").provision_at("consequences_refund")
    assert re.search(r"compensation is due .*, except as Schedule \d provides where the Project is stopped", refund)


@pytest.mark.parametrize("partner", ["nimbus", "lumenar"])
def test_an_option_to_renew_ends_with_the_term_and_not_with_the_transition(nordhaven_pack: Path, partner: str) -> None:
    """“Term” includes the Transition Period, which is too late to renew."""
    option = agreement(nordhaven_pack, partner).provision_at("term_option")
    assert re.search(r"the date that clause 3\.1 states", option)
    assert "the Term would otherwise end" not in option


def test_an_agreement_that_does_not_renew_says_nothing_of_an_option(nordhaven_pack: Path) -> None:
    halden = agreement(nordhaven_pack, "halden")
    assert "does not renew unless the parties agree so in writing" in halden.provision_at("term_renewal")
    assert "option to renew" not in halden.text


def test_an_agreement_that_both_renew_together_gives_nobody_an_option(nordhaven_pack: Path) -> None:
    research = agreement(nordhaven_pack, "ostermark")
    assert "only by a written agreement of both parties" in research.provision_at("term_renewal")
    assert "option to renew" not in research.text


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
    (raci,) = (rows for rows in tables(nordhaven_pack, partner, "governance-charter") if rows[0][0] == "Activity")
    (letters,) = (row for row in raci if "location" in row[0])
    accountable = [head.split(" (")[0] for head, its in zip(raci[0], letters, strict=True) if its in {"A", "A/R"}]
    assert accountable == ["Vendor lead"]


@pytest.mark.parametrize("partner", PARTNERS)
@pytest.mark.parametrize("document", ["partnership-agreement", "governance-charter"])
def test_a_decision_without_a_limit_says_that_it_has_none(nordhaven_pack: Path, partner: str, document: str) -> None:
    """A dash would leave open whether there is no limit or nobody wrote it; the framework inside says None too."""
    limits = {row[0]: row[-1] for row in table(nordhaven_pack, partner, document, "Decision")}
    assert limits["Ownership and licence of a joint result"] == "None"
    assert "–" not in limits.values()


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
    numbers = [int(re.findall(r"Art\. (\d+)", row)[0]) for row in rows]
    assert len(numbers) > 20
    assert numbers == sorted(numbers)


@pytest.mark.parametrize("partner", PARTNERS)
def test_countries_are_listed_in_sentences_of_their_own(nordhaven_pack: Path, partner: str) -> None:
    """“Ireland, Germany, and shall provide …” reads as if the list went on."""
    place = agreement(nordhaven_pack, partner).provision_at("services_locations")
    assert re.search(r"shall store Customer Data only in [^.]+\. It shall provide the Services", place)


@pytest.mark.parametrize("partner", SUPPLIERS)
def test_a_service_credit_says_of_which_charge_it_is_a_share(nordhaven_pack: Path, partner: str) -> None:
    levels = agreement(nordhaven_pack, partner).provision_at("schedule_service_levels")
    assert "A monthly charge in the tables of this Schedule means the Charges for the month of the miss" in levels


def test_a_schedule_may_take_another_wording_for_one_of_its_parts(nordhaven: Path, tmp_path: Path) -> None:
    inputs = lay_choices(nordhaven, tmp_path / "in", clauses={"schedule-service-levels": "fallback_1"})
    words = agreement(build_agreements(inputs, tmp_path / "out"), "nimbus").provision_at("schedule_service_levels")
    assert "stay within eight hours a month" in words
    assert "stay within four hours a month" not in words
    assert words.count("Measurement") == 1


@pytest.mark.parametrize("partner", PARTNERS)
def test_the_charter_gives_a_clause_the_number_and_the_title_that_it_has_in_the_agreement(
    nordhaven_pack: Path, partner: str
) -> None:
    """The charter cannot follow the agreement's numbers, so they must be right on the day when both are made."""
    duties = table(nordhaven_pack, partner, "governance-charter", "Ref", "Obligation")
    titles = agreement(nordhaven_pack, partner).headings
    numbered = [f"{number} {title}" for number, title in enumerate(titles, 1)]
    named = {" ".join(row[4].split()) for row in duties}
    assert len(named) >= 5
    assert named <= set(numbered)


@pytest.mark.parametrize("partner", SUPPLIERS)
def test_who_works_for_the_partner_has_a_country_and_not_a_code(nordhaven_pack: Path, partner: str) -> None:
    for head, column in (("Subcontractor", 2), ("Sub-processor", 1)):
        rows = table(nordhaven_pack, partner, "partnership-agreement", head)
        assert rows
        assert all(re.fullmatch(r"(the )?[A-Z][a-z]{3,}( [A-Z][a-z]+)*", row[column]) for row in rows), rows
    assert "ISO 3166" not in agreement(nordhaven_pack, partner).text


@pytest.mark.parametrize("partner", PARTNERS)
def test_the_schedule_says_who_may_license_joint_results_and_what_holds_until_the_owners_agree(
    nordhaven_pack: Path, partner: str
) -> None:
    terms = agreement(nordhaven_pack, partner).provision_at("joint_exploitation")
    for words in (
        "in writing, at arm’s length, and non-exclusive",  # on which terms
        "pay the other its share, in proportion to ownership, with an account",  # accounting
        "no answer is a refusal",  # who decides
        "If the owners do not agree on an exploitation within 60 days",  # default
        "In that field it needs the Customer’s consent",
        "remain in force after the end of this Agreement",
    ):
        assert words in terms, words


@pytest.mark.parametrize("partner", PARTNERS)
def test_the_contents_fit_on_the_page_that_they_begin(nordhaven_pack: Path, partner: str) -> None:
    """A line of contents is as high as the font's line (1.22 of its size in Carlito and Calibri) times the spacing."""
    file = Document(str(nordhaven_pack / "counterparty" / partner / "partnership-agreement.docx"))
    lines = [p for p in file.paragraphs if p.style is not None and p.style.name == "toc 1"]
    style, section = file.styles["toc 1"], file.sections[0]
    spacing = style.paragraph_format.line_spacing  # type: ignore[attr-defined]
    height = len(lines) * 1.22 * style.font.size.pt * spacing  # type: ignore[attr-defined]
    heading = 1.22 * 18 + 6
    assert None not in (section.page_height, section.top_margin, section.bottom_margin)
    room = (section.page_height - section.top_margin - section.bottom_margin) / 12700  # type: ignore[operator]
    assert len(lines) > 50
    assert height + heading <= room
