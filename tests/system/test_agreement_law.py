"""What the law asks of a contract is done by its words: each row of the map leads to a provision that says it.

The phrases are the substance of each letter; a row whose reference leads elsewhere, or to a text without them, fails.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from tests.support.agreement import Agreement
from tests.support.command import run_govpack

DORA = {
    "Art. 28(7)(a)": ["Customer may also terminate", "significant breach of Applicable Law or of the terms"],
    "Art. 28(7)(b)": ["monitoring of ICT third-party risk", "capable of altering the performance of the functions"],
    "Art. 28(7)(c)": ["weaknesses in its overall ICT risk management", "authenticity, integrity and confidentiality"],
    "Art. 28(7)(d)": ["competent authority can no longer effectively supervise the Customer"],
    "Art. 30(1)": ["in writing, in one document", "durable and accessible format", "download"],
    "Art. 30(2)(a)": [
        "clear and complete description of the Services",
        "which of them support a Critical or Important Function",
        "A service that supports a Critical or Important Function, or a material part of it, may be subcontracted only",
        "subcontract a part of the Services only as this clause allows",
    ],
    "Art. 30(2)(b)": [
        "store Customer Data only in the following countries: Ireland, Germany",
        "process Customer Data only from the following countries",
        "at least 90 days’ written notice before it intends to make the change",
    ],
    "Art. 30(2)(c)": ["availability, authenticity, integrity and confidentiality of Customer Data, personal or not"],
    "Art. 30(2)(d)": [
        "insolvency, resolution or discontinuation of the business operations of the Partner",
        "termination or expiry of this Agreement",
        "access to all Customer Data, personal and not personal",
        "shall recover and return it in an easily accessible",
    ],
    "Art. 30(2)(e)": ["meet or exceed each Service Level", "update and revise them"],
    "Art. 30(2)(f)": ["When an Incident related to the Services occurs", "at no additional cost"],
    "Art. 30(2)(g)": [
        "fully cooperate with the competent authorities and the resolution authorities of the Customer",
        "persons whom they appoint",
    ],
    "Art. 30(2)(h)": [
        "at least 60 days’ written notice",
        "at least 540 days’ written notice",
        "an Authority requires the Customer to end this Agreement",
    ],
    "Art. 30(2)(i)": [
        "ICT security awareness programmes and digital operational resilience training, on these conditions",
    ],
    "Art. 30(3)(a)": [
        "quantitative and qualitative targets",
        "99.95%",
        "shall without delay: tell the Customer",
        "written plan with actions, owners and dates",
    ],
    "Art. 30(3)(b)": [
        "any development that might have a material impact on its ability to provide the Services effectively",
        "in line with the Service Levels",
        "at the latest 2 hours after it becomes aware",
    ],
    "Art. 30(3)(c)": [
        "implement, maintain and test a Business Continuity Plan",
        "ICT security measures, tools and policies",
        "at least once in each Contract Year",
    ],
    "Art. 30(3)(d)": ["take part in, and fully cooperate with", "threat-led penetration testing", "Articles 26 and 27"],
    "Art. 30(3)(e)": ["monitor the Partner’s performance on an ongoing basis"],
    "Art. 30(3)(e)(i)": [
        "The Customer, a third party that it appoints and each Authority may access, inspect and audit",
        "take copies of relevant documents on the spot",
        "unrestricted",
        "no other term of this Agreement, arrangement or policy of the Partner impedes or limits",
    ],
    "Art. 30(3)(e)(ii)": ["rights of other customers", "agree on an alternative level of assurance"],
    "Art. 30(3)(e)(iii)": ["fully cooperate during on-site inspections and audits", "Authority", "lead overseer"],
    "Art. 30(3)(e)(iv)": ["details of the scope, the procedures to be followed and the frequency"],
    "Art. 30(3)(f)(i)": [
        "Transition Period of up to 18 months",
        "continue the Services",
        "reduce the risk of disruption at the Customer",
        "effective resolution and restructuring",
    ],
    "Art. 30(3)(f)(ii)": [
        "migrate to a Replacement Provider or to solutions of its own",
        "in line with the complexity of the Services",
    ],
}
GDPR = {
    "Art. 28(2), (4)": [
        "chance to object before the engagement",
        "same data protection obligations",
        "fully liable",
    ],
    "Art. 28(3)": [
        "subject matter, duration, nature and purpose of the processing, the types of personal data and the categories",
    ],
    "Art. 28(3)(a)": [
        "only on the documented instructions of the Customer",
        "transfer to a third country or an international organisation",
        "tell the Customer before it starts",
        "important grounds of public interest",
    ],
    "Art. 28(3)(b)": ["everyone authorised to process", "committed to confidentiality", "statutory duty"],
    "Art. 28(3)(c)": ["all measures that Article 32 of the GDPR requires"],
    "Art. 28(3)(d)": ["engage another processor only as follows", "chance to object", "bind each of them by contract"],
    "Art. 28(3)(e)": [
        "Taking into account the nature of the processing",
        "appropriate technical and organisational measures",
        "requests of data subjects",
    ],
    "Art. 28(3)(f)": ["Articles 32 to 36 of the GDPR", "impact assessments", "prior consultation"],
    "Art. 28(3)(g)": [
        "as the Customer chooses, delete all Customer Personal Data or return it",
        "delete existing copies",
    ],
    "Art. 28(3)(h)": [
        "all information needed to show compliance with Article 28 of the GDPR",
        "allow for and contribute to audits, including inspections",
        "tell the Customer at once if it thinks that an instruction infringes",
    ],
}
DATA_ACT = {
    "Art. 25(1)": ["switch", "download, store and reproduce"],
    "Art. 25(2)(a)": [
        "switch to a data processing service of another provider",
        "its own on-premises infrastructure",
        "without undue delay and in any event no later than 30 days after that notice period ends",
        "In that time this Agreement applies",
        "reasonable assistance to the Customer and to third parties that it authorises",
        "due care to maintain business continuity, and continue the functions and Services",
        "clear information on known risks to continuity",
        "high level of security",
    ],
    "Art. 25(2)(b)": ["support the Customer’s exit strategy", "all relevant information"],
    "Art. 25(2)(c)": [
        "counts as terminated",
        "notify the Customer of the termination",
        "when the switch has been completed successfully",
        "where the Customer chose erasure, when the notice period ends",
    ],
    "Art. 25(2)(d)": ["The notice period is 2 months, in no case longer than two months"],
    "Art. 25(2)(e)": [
        "exhaustively specifies",
        "include all Exportable Data",
        "These categories of data and digital assets",
    ],
    "Art. 25(2)(f)": [
        "specific to the internal functioning",
        "trade secret of the Partner",
        "No exemption impedes or delays a switch",
        "Only the following is exempt",
    ],
    "Art. 25(2)(g)": ["retrieve its data for at least 30 days", "When the transition period is over"],
    "Art. 25(2)(h)": ["erase in full all Exportable Data and digital assets", "if the switch has been completed"],
    "Art. 25(2)(i), 29": [
        "The Partner shall not impose switching charges at any time",
        "transfer of data out of the Services",
    ],
    "Art. 25(3)": ["switch to another provider, giving the details", "move to on-premises", "erased"],
    "Art. 25(4)": ["technically unfeasible", "within 14 working days", "at most seven months", "ensures continuity"],
    "Art. 25(5)": ["extend the transition period once", "considers more appropriate for its own purposes"],
    "Art. 26–28, 30": [
        "procedures, methods and formats for switching and porting",
        "online register of data structures",
        "the jurisdiction to which the infrastructure is subject",
        "cooperate in good faith",
        "functional equivalence",
        "open interfaces free of charge",
        "commonly used and machine-readable format",
    ],
    "Art. 31": ["before signature", "Article 31 of the Data Act", "custom-built", "testing"],
    "Art. 32": ["public body of a third country"],
}
SUBCONTRACTING = {
    "Art. 4": [
        "fully responsible for the Services",
        "monitor the whole chain of the Services",
        "cover it in the reports",
        "keep the Services going if a Subcontractor fails",
        "rights of access, inspection and audit",
        "the reports of performance and Incidents, and the business continuity plans",
        "security measures and standards",
        "service levels that allow the Partner to meet its own",
        "state where Customer Data is processed and stored, and that it belongs to the Customer",
    ],
    "Art. 5": [
        "written notice of a material change to its subcontracting",
        "approve the change, object to it, or ask for modifications",
        "shall not make the change before the Customer has approved it",
    ],
    "Art. 6": ["in spite of an objection, before the notice period is over, or without the consent"],
}
LETTERS = [
    (f"{law} {article}", phrases)
    for law, articles in (
        ("DORA", DORA),
        ("Regulation (EU) 2025/532", SUBCONTRACTING),
        ("GDPR", GDPR),
        ("Data Act", DATA_ACT),
    )
    for article, phrases in articles.items()
]


@pytest.fixture(scope="module")
def nimbus(nordhaven_pack: Path) -> Agreement:
    return Agreement.read(nordhaven_pack / "counterparty" / "nimbus" / "partnership-agreement.docx")


def flat(text: str) -> str:
    return " ".join(text.split()).casefold()


@pytest.mark.parametrize(("row", "phrases"), LETTERS, ids=[row for row, _ in LETTERS])
def test_the_words_that_a_row_refers_to_do_what_the_law_asks(nimbus: Agreement, row: str, phrases: list[str]) -> None:
    answer = flat(nimbus.answer_of(row))
    missing = [phrase for phrase in phrases if flat(phrase) not in answer]
    assert not missing


def test_every_row_about_those_laws_is_held_against_its_words(nimbus: Agreement) -> None:
    """A row that nobody looks at is a promise that nobody keeps."""
    others = {
        "DORA Art. 28(3)",
        "DORA Art. 30(4)",
        "DORA Art. 28(8)",
        "DORA Art. 29(2)",
        "GDPR Art. 33(2)",
        "GDPR Chapter V",
    }
    assert set(nimbus.rows) == {row for row, _ in LETTERS} | others


@pytest.mark.parametrize(
    ("row", "phrases"),
    [
        (
            "AI Act Art. 25(4)",
            [
                "in writing",
                "information, capabilities, technical access and other assistance",
                "acknowledged state of the",
            ],
        ),
        ("AI Act Art. 53(1)(b)", ["general-purpose AI model that the Customer integrates in its own AI system"]),
    ],
)
def test_a_supplier_of_models_answers_the_ai_act(nordhaven_pack: Path, row: str, phrases: list[str]) -> None:
    lumenar = Agreement.read(nordhaven_pack / "counterparty" / "lumenar" / "partnership-agreement.docx")
    answer = flat(lumenar.answer_of(row))
    assert [phrase for phrase in phrases if flat(phrase) not in answer] == []


@pytest.mark.parametrize(
    ("charge", "says"),
    [
        ("0", "The Partner shall not impose switching charges at any time, including charges for the transfer of data"),
        ("20000", "From 12 January 2027 on the Partner shall not impose switching charges, including charges"),
    ],
)
def test_switching_charges_before_the_law_forbids_them_are_spoken_of_only_where_there_are_any(
    nordhaven: Path, tmp_path: Path, charge: str, says: str
) -> None:
    inputs = shutil.copytree(nordhaven, tmp_path / "nordhaven")
    text = (inputs / "contracts.yaml").read_text(encoding="utf-8")
    (inputs / "contracts.yaml").write_text(
        text.replace("switching_charge: 0", f"switching_charge: {charge}"), encoding="utf-8"
    )
    done = run_govpack("build", inputs, "-o", tmp_path / "out", "--only", "partnership-agreement")
    assert done.returncode == 0, done.stderr
    found = Agreement.read(tmp_path / "out" / "counterparty" / "nimbus" / "partnership-agreement.docx")
    words = found.provision_at("switching_charges")
    assert says in words
    assert ("Before that date they are reduced" in words) == (charge != "0")


def laws(agreement: Agreement) -> set[str]:
    """The laws of an agreement's map; of DORA, also whether terms for critical functions are there."""
    found = {re.split(r" (?:Art\.|Chapter)", row)[0] for row in agreement.rows}
    return found | ({"DORA, critical"} if any(row.startswith("DORA Art. 30(3)") for row in agreement.rows) else set())


CRITICAL = {"DORA", "DORA, critical", "Regulation (EU) 2025/532"}


@pytest.mark.parametrize(
    ("partner", "expected"),
    [
        ("nimbus", {*CRITICAL, "GDPR", "Data Act"}),
        ("lumenar", {*CRITICAL, "GDPR", "Data Act", "AI Act"}),
        ("halden", {*CRITICAL, "GDPR", "Data Act"}),
    ],
)
def test_the_map_has_the_law_that_binds_the_contract_and_no_other(
    nordhaven_pack: Path, partner: str, expected: set[str]
) -> None:
    found = Agreement.read(nordhaven_pack / "counterparty" / partner / "partnership-agreement.docx")
    assert laws(found) == expected


def test_an_agreement_with_a_university_has_no_regulatory_schedule(nordhaven_pack: Path) -> None:
    (file,) = (nordhaven_pack / "counterparty").glob("o*/partnership-agreement.docx")
    found = Agreement.read(file)
    assert found.rows == {}
    assert "Regulatory terms" not in found.text
    assert "DORA" not in found.text
    assert "Data Act" not in found.text


NOT_CRITICAL = [
    ("partners.yaml", "supports_cif: true", "supports_cif: false"),
    ("partners.yaml", "functions: [F-PAY, F-CRD, F-SRV]", "functions: []"),
    *(("contracts.yaml", f"        critical_function: {name}\n", "") for name in ("F-PAY", "F-CRD", "F-SRV")),
]


@pytest.mark.parametrize(
    ("changes", "gone", "also_gone"),
    [
        (
            [("contracts.yaml", "in_scope: true", "in_scope: false")],
            "Data Act",
            "Switching of data processing services",
        ),
        ([("contracts.yaml", "data_role: processor", "data_role: controller")], "GDPR", "Customer Personal Data"),
        ([("partners.yaml", "ict_service: true", "ict_service: false")], "DORA", "threat-led penetration testing"),
        (NOT_CRITICAL, "DORA, critical", "threat-led penetration testing"),
    ],
)
def test_a_contract_that_a_law_does_not_bind_has_neither_its_rows_nor_its_terms(
    nordhaven: Path, tmp_path: Path, changes: list[tuple[str, str, str]], gone: str, also_gone: str
) -> None:
    inputs = shutil.copytree(nordhaven, tmp_path / "nordhaven")
    for file, old, new in changes:
        text = (inputs / file).read_text(encoding="utf-8")
        assert old in text
        (inputs / file).write_text(text.replace(old, new, 1), encoding="utf-8")  # the first of each file is Nimbus
    done = run_govpack("build", inputs, "-o", tmp_path / "out", "--only", "partnership-agreement")
    assert done.returncode == 0, done.stderr
    found = Agreement.read(tmp_path / "out" / "counterparty" / "nimbus" / "partnership-agreement.docx")
    assert gone not in laws(found)
    assert also_gone not in found.text
