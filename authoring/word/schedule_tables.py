"""The tables of each schedule, as data: where they stand, when, and what their cells say.

The prose of the schedules speaks of these tables by their headings (“the table of fees in this Schedule”).
"""

from __future__ import annotations

from authoring.word.draft import by_hand, capital, given, money, narrow, person
from authoring.word.regulatory_map import REGULATORY_MAP
from authoring.word.tables import Column, DataTable, Term

SERVICES_ONLY = 'contract.type == "services agreement"'
TO_BE_COMPLETED = "To be completed before processing starts"
_DATA_ACT = "contract.data_act.in_scope and contract.data_act"

_SERVICES = (
    DataTable(
        heading="Table of services",
        intro="Each Service, and the Critical or Important Function that it supports, if any.",
        when=f"contract.services and {SERVICES_ONLY}",
        loop="service in contract.services",
        together=True,
        columns=(
            Column("Service", 26, "{{ service.name }}", "TableLabel"),
            Column("Description", 48, given("service.description", narrow=True)),
            Column("Critical or Important Function", 26, person("service.critical_function", "None")),
        ),
    ),
    DataTable(
        heading="Table of services",
        intro="The areas of work of the Project, and the Partner’s part in each.",
        when=f"contract.services and not {SERVICES_ONLY}",
        loop="service in contract.services",
        together=True,
        columns=(
            Column("Area of work", 32, "{{ service.name }}", "TableLabel"),
            Column("The Partner’s part", 68, given("service.description")),
        ),
    ),
    DataTable(
        heading="Table of measures",
        intro="These measures show whether the Project is on course.",
        when=f"contract.service_levels and not {SERVICES_ONLY}",
        loop="level in contract.service_levels",
        columns=(
            Column("Measure", 20, "{{ level.metric }}", "TableLabel"),
            Column("How it is measured", 36, given("level.measured", narrow=True)),
            Column("Target", 20, narrow("level.target")),
            Column("What follows from a miss", 24, capital("level.credit", "–", narrow=True)),
        ),
    ),
    DataTable(
        heading="Table of fees",
        intro="The Charges and the basis of each. Amounts do not include VAT.",
        when="contract.fees",
        loop="fee in contract.fees",
        together=True,
        columns=(
            Column("Item", 36, "{{ fee.item }}", "TableLabel"),
            Column("Basis", 44, capital("fee.basis", narrow=True)),
            Column("Amount", 20, money("fee.amount", "By use"), align="right"),
        ),
    ),
    DataTable(
        heading="Table of Locations",
        intro="The countries from which the Services are provided, and in which Customer Data is stored and processed.",
        when="contract.storage or contract.processing",
        heads=("Activity", "Countries"),
        terms=(
            Term("Provision of the Services", "{{ contract.processing_names | join(', ') }}", "contract.processing"),
            Term("Storage of Customer Data", "{{ contract.storage_names | join(', ') }}", "contract.storage"),
            Term("Processing of Customer Data", "{{ contract.processing_names | join(', ') }}", "contract.processing"),
        ),
    ),
    DataTable(
        heading="Table of subcontractors",
        intro="Rank 1 works for the Partner, rank 2 for a Subcontractor of rank 1.",
        when="contract.partner.subcontractors",
        loop="subcontractor in contract.partner.subcontractors",
        together=True,
        columns=(
            Column("Subcontractor", 36, "{{ subcontractor.name }}", "TableLabel"),
            Column("Rank", 8, "{{ subcontractor.rank }}"),
            Column("Country", 18, "{{ subcontractor.country_name }}"),
            Column("Part of the Services", 38, "{{ subcontractor.service }}"),
        ),
    ),
)

_SERVICE_LEVELS = (
    DataTable(
        heading="Table of targets",
        intro="Each Service Level, how it is measured, its target, and the Service Credit for a miss.",
        when="contract.service_levels",
        loop="level in contract.service_levels",
        columns=(
            Column("Service Level", 21, "{{ level.metric }}", "TableLabel"),
            Column("How it is measured", 34, given("level.measured", narrow=True)),
            Column("Target", 20, narrow("level.target")),
            Column("Service Credit", 25, capital("level.credit", "None", narrow=True)),
        ),
    ),
    DataTable(
        heading="Table of service credits",
        intro="The Service Credit that is due when availability in a calendar month falls below a threshold.",
        when="contract.credits",
        loop="credit in contract.credits",
        together=True,
        columns=(
            Column("Availability below", 28, "{{ credit.below | percent }}", "TableLabel"),
            Column("Service Credit", 24, "{{ credit.pct | percent }}"),
            Column("Of", 48, capital("contract.credit_basis", "Monthly charge for the Service affected")),
        ),
    ),
)

_DATA_PROTECTION = (
    DataTable(
        heading="Annex of processing",
        intro="The personal data that is processed under this Agreement.",
        when="contract.personal_data",
        heads=("Particular", "Description"),
        terms=(
            Term("Role of the Partner", capital("contract.data_role")),
            Term("Subject matter", "{{ contract.personal_data.subject }}"),
            Term("Nature and purpose", "{{ contract.personal_data.nature }}"),
            Term(
                "Types of personal data", capital("(contract.personal_data.data_types | join('; '))", TO_BE_COMPLETED)
            ),
            Term(
                "Categories of data subjects",
                capital("(contract.personal_data.data_subjects | join('; '))", TO_BE_COMPLETED),
            ),
            Term("Retention", "{{ contract.personal_data.retention | unbroken }}"),
            Term("Transfers", "{{ contract.personal_data.transfers }}", "contract.personal_data.transfers"),
            Term("Note", capital("contract.data_note"), "contract.data_note"),
        ),
    ),
    DataTable(
        heading="Table of sub-processors",
        intro="The sub-processors that the Customer has authorised.",
        when="contract.personal_data and contract.personal_data.subprocessors",
        loop="subprocessor in contract.personal_data.subprocessors",
        together=True,
        columns=(
            Column("Sub-processor", 38, "{{ subprocessor.name }}", "TableLabel"),
            Column("Country", 18, "{{ subprocessor.country_name }}"),
            Column("Service", 44, "{{ subprocessor.service }}"),
        ),
    ),
)

_IP = (
    DataTable(
        heading="Register",
        intro="Background IP is brought along; Foreground IP is created under this Agreement, and a Joint Result by "
        "both parties together; Sideground IP is created outside this Agreement.",
        when="contract.ip_items",
        loop="entry in contract.ip_items",
        columns=(
            Column("Item", 33, "{{ entry.item }}", "TableLabel"),
            Column("Kind", 13, capital("entry.kind")),
            Column("Owner", 19, capital("entry.owner")),
            Column("Licence of the other party", 35, capital("entry.licence", "None")),
        ),
    ),
    DataTable(
        heading="Table of milestones",
        intro="Each Milestone, its date, the gate to be passed and the payment that depends on it.",
        when="contract.milestones",
        loop="milestone in contract.milestones",
        together=True,
        columns=(
            Column("Milestone", 26, "{{ milestone.name }}", "TableLabel"),
            Column("Date", 17, "{{ milestone.due | date }}"),
            Column("Gate", 40, given("milestone.gate", narrow=True)),
            Column("Payment", 17, money("milestone.amount", "None"), align="right"),
        ),
    ),
)

_GOVERNANCE = (
    DataTable(
        heading="Table of roles",
        intro="The roles on each side, with their holders and deputies.",
        when="contract.roles",
        loop="role in contract.roles",
        together=True,
        columns=(
            Column("Role", 30, "{{ role.name }}", "TableLabel"),
            Column(
                "Party",
                16,
                by_hand(
                    "role.name",
                    "choose: Party | Customer | Partner",
                    '{% if role.side == "bank" %}Customer{% else %}Partner{% endif %}',
                ),
            ),
            Column("Holder", 27, person("role.holder", "To be named")),
            Column("Deputy", 27, person("role.deputy", "To be named")),
        ),
    ),
    DataTable(
        heading="Table of meetings",
        intro="The forums of both parties.",
        when="contract.forums",
        loop="forum in contract.forums",
        columns=(
            Column("Forum", 20, "{{ forum.name }}", "TableLabel"),
            Column("Frequency", 13, capital("forum.frequency", "–")),
            Column("Chair", 17, person("forum.chair", "To be named")),
            Column("Quorum", 21, capital("forum.quorum", "–")),
            Column("Decides", 29, capital("forum.decides", "–", narrow=True)),
        ),
    ),
    DataTable(
        heading="Table of decision rights",
        intro="Who decides what, after whom has been consulted, and up to which limit.",
        when="contract.decision_rights",
        loop="right in contract.decision_rights",
        columns=(
            Column("Decision", 26, narrow("right.decision"), "TableLabel"),
            Column("Decides", 30, "{{ right.decides }}"),
            Column("Consulted", 22, given("right.consulted", narrow=True)),
            Column("Limit", 22, capital("right.limit", "None", narrow=True)),
        ),
    ),
    DataTable(
        heading="Table of escalation",
        intro="Hours run continuously from the moment when a matter reaches the level.",
        when="contract.escalation",
        loop="level in contract.escalation",
        together=True,
        columns=(
            Column("Level", 19, "{{ level.level }} {{ level.name }}", "TableLabel"),
            Column("Trigger", 25, given("level.trigger")),
            Column("Respond within", 12, "{{ level.respond_hours | duration('hours') }}"),
            Column("Resolve within", 12, "{{ level.resolve_hours | duration('hours') }}"),
            Column("Customer", 16, person("level.bank", "To be named")),
            Column("Partner", 16, person("level.partner_holder", capital("level.partner"))),
        ),
    ),
)

_EXIT = (
    DataTable(
        heading="Table of periods",
        intro="The periods that apply when this Agreement ends, each with the clause that gives it effect.",
        heads=("Period", "Length", "Clause"),
        shares=(45, 44, 11),
        terms=(
            Term(
                "Notice of termination by the Customer",
                "{{ contract.notice_bank_days | duration('days') }}",
                clause="termination",
            ),
            Term(
                "Notice of termination by the Partner",
                "{{ contract.notice_provider_days | duration('days') }}",
                clause="termination",
            ),
            Term("Transition Period", "Up to {{ contract.transition_months | duration('months') }}", clause="exit"),
            Term(
                "Notice of switching",
                "At most {{ contract.data_act.switching_notice_months | duration('months') }}",
                f"{_DATA_ACT}.switching_notice_months is not none",
                "switching",
            ),
            Term(
                "Switching, after that notice",
                "At most {{ contract.data_act.transition_days | duration('days') }}",
                f"{_DATA_ACT}.transition_days is not none",
                "switching",
            ),
            Term(
                "Extension of switching by the Customer, once",
                "{{ contract.data_act.customer_extension_months | duration('months') }} planned",
                f"{_DATA_ACT}.customer_extension_months is not none",
                "switching",
            ),
            Term(
                "Retrieval of data, after switching",
                "At least {{ contract.data_act.retrieval_days | duration('days') }}",
                f"{_DATA_ACT}.retrieval_days is not none",
                "switching",
            ),
        ),
    ),
)

TABLES: dict[str, tuple[DataTable, ...]] = {
    "schedule-services": _SERVICES,
    "schedule-service-levels": _SERVICE_LEVELS,
    "schedule-data-protection": _DATA_PROTECTION,
    "schedule-ip": _IP,
    "schedule-governance": _GOVERNANCE,
    "schedule-exit": _EXIT,
    "schedule-regulatory": (REGULATORY_MAP,),
}
