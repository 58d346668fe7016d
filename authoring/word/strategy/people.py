"""Whom the programme concerns, and who is told what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from authoring.deck.say import given
from authoring.word.draft import capital, person
from authoring.word.tables import Column, DataTable

if TYPE_CHECKING:
    from authoring.word.report import Report

STAKEHOLDERS = DataTable(
    heading="Stakeholders",
    intro="Who can change the programme, or is changed by it, and which of us keeps in touch.",
    loop="stakeholder in strategy.stakeholders",
    columns=(
        Column("Stakeholder", 19, "{{ stakeholder.name }}", "TableLabel"),
        Column("Interest", 27, "{{ stakeholder.interest or 'Not stated yet' }}"),
        Column("Influence", 11, capital("stakeholder.influence", "Open")),
        Column("How we work with them", 28, "{{ stakeholder.approach or 'Not settled yet' }}"),
        Column("Owner", 15, person("stakeholder.owner", "Not named")),
    ),
)

COMMUNICATIONS = DataTable(
    heading="Communication plan",
    intro="What goes out regularly. A partner hears about itself only: scores, plans and terms of one partner never "
    "reach another.",
    loop="message in strategy.communications",
    columns=(
        Column("Audience", 19, "{{ message.audience }}", "TableLabel"),
        Column("Message", 31, "{{ message.message }}"),
        Column("Channel", 19, capital("message.channel", "Open")),
        Column("Frequency", 14, capital("message.frequency", "Open")),
        Column("Owner", 17, person("message.owner", "Not named")),
    ),
)

_COUNCIL = "customer_council"


def draw_people(report: Report) -> None:
    """Stakeholder map with the customer council, then the communication plan."""
    report.section(STAKEHOLDERS, level=1, otherwise="No stakeholders are named yet.")
    report.tag(f"if {_COUNCIL}")
    report.write("Customer council", "Heading 2")
    report.write(
        "{{ organisation.short_name }} hears its customers in a council"
        + given(f"{_COUNCIL}.members", f" of {{{{ {_COUNCIL}.members }}}} members")
        + given(f"{_COUNCIL}.meets", f" that meets {{{{ {_COUNCIL}.meets }}}}")
        + given(f"{_COUNCIL}.chair", f", chaired by {{{{ {_COUNCIL}.chair.name }}}}, {{{{ {_COUNCIL}.chair.role }}}}")
        + "."
        + given(f"{_COUNCIL}.purpose", f" Its purpose: {{{{ {_COUNCIL}.purpose }}}}.")
        + given(
            f"{_COUNCIL}.csat is not none", f" Its satisfaction stands at {{{{ {_COUNCIL}.csat | number }}}} of 10."
        )
    )
    report.tag("endif")
    report.section(COMMUNICATIONS, level=1, otherwise="No regular messages are planned yet.")
