"""What the clauses say fits what stands beside them: other clauses, the schedules, the tables and the playbook."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree
from tests.support.agreement import Agreement, W
from tests.support.choices import build_agreements, lay_choices

SERVICES = ("nimbus", "lumenar", "halden")
PARTNERS = (*SERVICES, "ostermark")
LONGEST = 60  # words from one full stop, colon or semicolon to the next
_PROSE = re.compile(r"Clause\d(Text)?|ScheduleLevel\d(Text)?|Party|Recital")


def agreement(pack: Path, partner: str) -> Agreement:
    return Agreement.read(pack / "counterparty" / partner / "partnership-agreement.docx")


@pytest.fixture(scope="module", params=["fallback_1", "fallback_2"])
def fallen_back(request: pytest.FixtureRequest, with_fallbacks: Callable[[str], Path]) -> Path:
    """The agreements of the example with a fallback in every clause that has it."""
    return with_fallbacks(request.param)


@pytest.fixture(scope="module")
def second(with_fallbacks: Callable[[str], Path]) -> Path:
    """The agreements with fallback 2 where there is one."""
    return with_fallbacks("fallback_2")


def long_sentences(found: Agreement) -> list[str]:
    sentences = [
        sentence
        for provision in found.provisions
        if _PROSE.fullmatch(provision.style)
        for sentence in re.split(r"(?<=[.:;]) ", provision.words)
    ]
    assert len(sentences) > 400
    return [sentence for sentence in sentences if len(sentence.split()) > LONGEST]


@pytest.mark.parametrize("partner", PARTNERS)
def test_no_sentence_is_longer_than_a_reader_can_hold(nordhaven_pack: Path, fallen_back: Path, partner: str) -> None:
    assert long_sentences(agreement(nordhaven_pack, partner)) == []
    assert long_sentences(agreement(fallen_back, partner)) == []


def test_the_templates_to_sign_have_no_longer_sentences_either(blanks: Path) -> None:
    files = sorted(blanks.glob("partnership-agreement-*.docx"))
    assert len(files) == 4
    for file in files:
        assert long_sentences(Agreement.read(file)) == [], file.name


@pytest.mark.parametrize("partner", PARTNERS)
def test_an_agreement_counts_business_days_wherever_the_law_does_not_count_otherwise(
    nordhaven_pack: Path, partner: str
) -> None:
    """“Working days” is no term of the agreement; only the Data Act’s own period of 14 is counted so."""
    words = agreement(nordhaven_pack, partner).text
    assert words.count("Business Days") > 15
    assert set(re.findall(r"(\S+) working days?", words)) == ({"14"} if partner in SERVICES else set())


def test_the_agreement_of_a_new_pack_uses_the_terms_that_it_defines(starter_pack: Path) -> None:
    """Whoever begins with the starter copies what its tables say."""
    (file,) = starter_pack.glob("counterparty/*/partnership-agreement.docx")
    words = Agreement.read(file).text
    assert set(re.findall(r"(\S+) working days?", words, re.IGNORECASE)) == {"14"}
    assert "5 Business Days" in words
    assert "For the Customer to use the Services during the Term" in words


@pytest.mark.parametrize("partner", PARTNERS)
def test_a_defined_term_means_the_same_in_a_table_that_writes_it_small(
    nordhaven_pack: Path, fallen_back: Path, partner: str
) -> None:
    """The tables come from data that charter and framework print too, in sentence case."""
    for pack in (nordhaven_pack, fallen_back):
        scope = agreement(pack, partner).provision_at("definitions_scope")
        assert "in the tables of the Schedules, a defined term has its meaning with or without capitals" in scope


@pytest.mark.parametrize("partner", PARTNERS)
def test_a_cap_does_not_shrink_with_a_short_last_year(nordhaven_pack: Path, partner: str) -> None:
    """An exit of a month after the last anniversary is when a twelfth of a cap would be worth nothing."""
    (year,) = (p.words for p in agreement(nordhaven_pack, partner).provisions if p.words.startswith("“Contract Year”"))
    assert "reduced in proportion to its length, and a cap is not" in year


@pytest.mark.parametrize("partner", SERVICES)
def test_models_that_serve_the_customer_alone_may_learn_as_the_clause_allows(
    nordhaven_pack: Path, partner: str
) -> None:
    """A workspace for fine-tuning would break a schedule that lets data serve for answers and nothing else."""
    words = agreement(nordhaven_pack, partner).provision_at("schedule_ai")
    assert re.search(r"and for nothing else, except as clause \d+\.\d+ allows", words)


def test_a_result_without_customer_data_can_be_owned_together_as_the_register_says(nordhaven_pack: Path) -> None:
    research = agreement(nordhaven_pack, "ostermark")
    assert re.search(
        r"from which no Customer Data can be recovered, the register in Schedule \d may say otherwise",
        research.provision_at("data_models"),
    )
    assert "gives to the Customer is no Joint Result" in research.provision_at("joint_data")
    assert "may say otherwise" not in agreement(nordhaven_pack, "nimbus").provision_at("data_models")


def test_joint_research_speaks_of_nothing_that_only_services_have(nordhaven_pack: Path, second: Path) -> None:
    expert = agreement(nordhaven_pack, "ostermark").provision_at("dispute_expert")
    assert "benchmark" not in expert
    assert "benchmark" in agreement(nordhaven_pack, "nimbus").provision_at("dispute_expert")
    assert "unit prices" not in agreement(second, "ostermark").provision_at("fees_adjustment")
    assert "unit prices" in agreement(second, "nimbus").provision_at("fees_adjustment")


def test_a_schedule_allows_the_subcontractors_that_a_fallback_allows(second: Path) -> None:
    """Fallback 2 lets minor Subcontractors in by notice, so the Schedule must not ask for consent to each."""
    found = agreement(second, "nimbus")
    assert "within which the Customer may object" in found.provision_at("subcontracting_permission")
    words = found.provision_at("schedule_services")
    assert "No other part may be subcontracted except as that clause allows" in words
    assert "without a consent under that clause" not in words


def test_a_year_without_termination_for_convenience_leaves_the_right_to_switch(nordhaven_pack: Path) -> None:
    """Halden’s agreement takes the fallback; the Data Act’s right to switch cannot be put off by it."""
    words = agreement(nordhaven_pack, "halden").provision_at("termination_convenience")
    assert "60 days’ written notice given after the first 12 months" in words
    assert re.search(r"Clause \d+\.1 remains open to it at any time", words)


def test_what_the_law_wants_signed_is_not_changed_by_e_mail(nordhaven: Path, tmp_path: Path) -> None:
    """Delegated Regulation (EU) 2024/1773 Art. 8(4): material changes stand in a document, dated and signed."""
    inputs = lay_choices(nordhaven, tmp_path / "in", clauses={"general": "fallback_1"})
    found = agreement(build_agreements(inputs, tmp_path / "out"), "nimbus")
    assert "if the change is not material for a Critical or Important Function" in found.provision_at(
        "general_variation"
    )
    assert "signed and dated a change note" in found.provision_at("change_request")


def test_mediation_waits_until_the_highest_level_has_had_its_hours(nordhaven_pack: Path) -> None:
    """The ladder of joint research takes longer than a fixed period that would suit the one of services."""
    for partner in PARTNERS:
        words = agreement(nordhaven_pack, partner).provision_at("dispute_mediation")
        assert "If the highest level on both sides has not settled the Dispute within its time" in words


def test_dates_that_are_a_red_line_stand_in_the_draft_agreement(nordhaven_pack: Path) -> None:
    """The playbook signs no commitment without dates for the late nodes."""
    words = agreement(nordhaven_pack, "halden").text
    assert "80 at the Effective Date, all 96 by 31 March 2027" in words
    assert "where either date is missed, the Customer may terminate" in words


def test_a_services_agreement_with_milestones_says_what_its_table_of_them_means(
    nordhaven: Path, nordhaven_pack: Path, tmp_path: Path
) -> None:
    inputs = lay_choices(nordhaven, tmp_path / "in")
    file = inputs / "contracts.yaml"
    text = file.read_text(encoding="utf-8")
    given = "    milestones:\n      - {name: Migration done, due: 2027-09-30, gate: Traffic moved}\n"
    file.write_text(text.replace("  - id: C-NIM\n", "  - id: C-NIM\n" + given, 1), encoding="utf-8")
    said = "The table of milestones in this Schedule gives for each Milestone its date"
    with_them = agreement(build_agreements(inputs, tmp_path / "out"), "nimbus").provision_at("schedule_ip")
    assert said in with_them
    assert "plan of work" not in with_them
    assert said not in agreement(nordhaven_pack, "nimbus").provision_at("schedule_ip")


@pytest.mark.parametrize("partner", PARTNERS)
def test_formal_notices_go_to_the_signatory_in_agreement_and_charter(nordhaven_pack: Path, partner: str) -> None:
    assert "marked for the signatory named in this Agreement" in agreement(nordhaven_pack, partner).text
    charter = Agreement.read(nordhaven_pack / "counterparty" / partner / "governance-charter.docx").text
    assert "prepares and answers formal notices" in charter
    assert not re.search(r"(gives and )?receives (formal )?notices", charter)


def test_what_fallbacks_let_the_partner_do_is_forbidden_by_no_other_clause(fallen_back: Path) -> None:
    """A fallback suspends what supports no critical function; the duties of the Customer must leave room for it."""
    found = agreement(fallen_back, "nimbus")
    number = found.headings.index("No suspension") + 1
    assert f"except as clauses {number}, " in found.provision_at("customer_no_other")


def test_the_declaration_that_was_received_for_fewer_audits_stands_in_the_draft(nordhaven_pack: Path) -> None:
    """The playbook counts it as received, so the agreement must hold it; volunteers’ data has its controller too."""
    words = agreement(nordhaven_pack, "ostermark").provision_at("dp_roles")
    assert "the Partner declares in writing in each Contract Year that it held no other" in words
    assert "Volunteers give their data to the party that carries out the test with them, as its controller" in words


def test_what_the_risk_register_says_of_the_agreement_with_lumenar_stands_in_it(nordhaven_pack: Path) -> None:
    """Risk R05 is lessened by a choice of hosting in the agreement; a joint roadmap binds nobody."""
    scope = agreement(nordhaven_pack, "lumenar").text
    assert "from 30 November 2027 at least 20% of the assistant’s requests are served from a second host" in scope
    assert "from the later date that Schedule 1 gives for a part of them" in scope


@pytest.mark.parametrize("partner", SERVICES)
def test_a_target_of_recovery_cannot_be_read_as_one_sum_of_hours_and_minutes(
    nordhaven_pack: Path, partner: str
) -> None:
    words = agreement(nordhaven_pack, partner).text
    assert re.search(r"Running again within \d hours, with at most \d+ minutes of data lost", words)
    assert not re.search(r"\d hours and \d+ minutes", words)


def test_one_function_is_not_spoken_of_as_several(nordhaven_pack: Path) -> None:
    halden, lumenar = (agreement(nordhaven_pack, partner).text for partner in ("halden", "lumenar"))
    assert "and support a Critical or Important Function: Consumer credit decisioning." in halden
    assert "The Services support a Critical or Important Function of the Customer" in halden
    assert "and support Critical or Important Functions: Consumer credit decisioning; Customer" in lumenar
    assert "The Services support Critical or Important Functions of the Customer" in lumenar


def test_what_a_partner_offers_is_listed_as_the_rest_of_the_agreement_lists(nordhaven_pack: Path) -> None:
    assert "offers foundation models, inference and fine-tuning, and knows that the Customer relies on this" in (
        agreement(nordhaven_pack, "lumenar").text
    )
    assert "data platform, and identity and key management, and knows" in agreement(nordhaven_pack, "nimbus").text


@pytest.mark.parametrize("partner", SERVICES)
def test_the_table_of_locations_says_where_the_services_come_from(nordhaven_pack: Path, partner: str) -> None:
    """DORA Art. 30(2)(b) asks for the places of the services, and not only for those of the data."""
    found = agreement(nordhaven_pack, partner).provision_at("schedule_services")
    assert re.search(r"Provision of the Services\n\w+", found)


def test_messages_in_writing_may_be_mails_though_the_clause_on_notices_speaks_of_them(nordhaven_pack: Path) -> None:
    """Only the formal notices of its first sub-clause need paper; its fourth lets other messages go by e-mail."""
    found = agreement(nordhaven_pack, "halden")
    number = found.headings.index("Notices") + 1
    assert f"“in writing” includes e-mail, except for a notice to which clause {number}.1 applies" in found.text


@pytest.mark.parametrize("partner", SERVICES)
def test_the_rows_of_one_law_in_the_map_stand_in_the_order_of_its_articles(nordhaven_pack: Path, partner: str) -> None:
    rows = [row.removeprefix("DORA Art. ") for row in agreement(nordhaven_pack, partner).rows if row.startswith("DORA")]
    numbers = [[int(number) for number in re.findall(r"\d+", row)] for row in rows]
    assert len(numbers) > 20
    assert numbers == sorted(numbers)


@pytest.mark.parametrize("partner", PARTNERS)
def test_no_line_of_a_clause_ends_between_a_figure_and_its_unit(nordhaven_pack: Path, partner: str) -> None:
    with ZipFile(nordhaven_pack / "counterparty" / partner / "partnership-agreement.docx") as archive:
        body = etree.fromstring(archive.read("word/document.xml"))[0]
    styles = [(p, p.find(f"{W}pPr/{W}pStyle")) for p in body.iter(f"{W}p")]
    prose = [
        "".join(paragraph.itertext(f"{W}t"))
        for paragraph, style in styles
        if style is not None and _PROSE.fullmatch(style.get(f"{W}val", ""))
    ]
    unit = r"(?:days?|hours?|minutes?|months?|(?:Business|working)[ \u00a0]days?)\b"
    figures = [re.findall(rf"\d([ \u00a0]){unit}", words, re.IGNORECASE) for words in prose]
    assert sum(map(len, figures)) > 40
    assert [words for words, spaces in zip(prose, figures, strict=True) if " " in spaces] == []
