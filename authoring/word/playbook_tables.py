"""The tables that are sections of the negotiation playbook, as data: heading, intro, and what the cells say."""

from __future__ import annotations

from authoring.deck.say import given
from authoring.word.draft import by_hand, capital, narrow
from authoring.word.tables import Column, DataTable

GAME = "contract.negotiation"
LIBRARY = "(clauses + schedules)"
_SHORT = '"d MMM y"'

OVERVIEW = DataTable(
    heading="Issues at a glance",
    intro="Target is what we ask for, walk-away what we would not sign. The next section takes the issues one by one, "
    "with what we would accept and the wordings that we may fall back on.",
    when=f"{GAME}.issues",
    loop=f"issue in {GAME}.issues",
    columns=(
        Column("Ref", 9, "{{ issue.id }}", "TableLabel"),
        Column("Issue", 21, "{{ issue.issue }}"),
        Column("Priority", 10, capital("issue.priority")),
        Column("Target", 31, narrow("issue.target")),
        Column("Walk-away", 29, narrow("issue.walk_away")),
    ),
)

TAKEN = DataTable(
    heading="Fallbacks already in the draft",
    intro="Clauses that no longer stand in the preferred wording, as all others do, and who had to approve it.",
    when=f"{LIBRARY} | rejectattr('variant', 'equalto', 'preferred') | list",
    loop=f"clause in {LIBRARY} | rejectattr('variant', 'equalto', 'preferred')",
    inner="wording in clause.wordings if wording.chosen",
    columns=(
        Column("Clause", 24, "{{ clause.title }}", "TableLabel"),
        Column("Wording", 14, capital("wording.name")),
        Column("Risk", 38, capital("wording.risk", "Not stated", narrow=True)),
        Column("Approval", 24, given("wording.owner", "{{ wording.owner }}", "None beyond the signature")),
    ),
)

CONCESSIONS = DataTable(
    heading="Concession plan",
    intro="Nothing is given without the return beside it, and no step before the one above it. Who approves a step is "
    "asked before it is offered.",
    loop=f"step in {GAME}.concessions",
    together=True,
    columns=(
        Column("Step", 7, "{{ step.step }}", "TableLabel"),
        Column("We give", 35, narrow("step.give")),
        Column("We get", 35, narrow("step.get")),
        Column(
            "Approves",
            23,
            "{% if step.approver %}{{ step.approver.name }}, {{ step.approver.role }}{% else %}Not named yet"
            "{% endif %}",
        ),
    ),
)

TEAM = DataTable(
    heading="Team",
    intro="",
    loop=f"member in {GAME}.team",
    columns=(
        Column("Name", 22, "{{ member.person.name }}", "TableLabel"),
        Column("Role", 33, "{{ member.person.role }}"),
        Column("Part in the negotiation", 45, capital("member.part")),
    ),
)

CALENDAR = DataTable(
    heading="Calendar",
    intro="",
    loop=f"day in {GAME}.calendar",
    followed=True,
    columns=(
        Column("Date", 20, "{{ day.date | date }}", "TableLabel"),
        Column("Event", 60, "{{ day.event }}"),
        Column(
            f"On {{{{ pack.as_of | date({_SHORT}) }}}}",
            20,
            by_hand(
                "day.date",
                "choose: Past or ahead | Past | Ahead",
                "{% if day.date <= pack.as_of %}Past{% else %}Ahead{% endif %}",
            ),
        ),
    ),
)
