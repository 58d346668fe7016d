"""The tables that are sections of the charter, as data: heading, intro, and what the cells say."""

from __future__ import annotations

from authoring.word.draft import by_hand, capital, given, narrow
from authoring.word.tables import Column, DataTable

OURS = "{{ organisation.short_name }}"
THEIRS = "{{ contract.partner.name }}"

ROLES = DataTable(
    heading="Roles and responsibilities",
    intro="Each role has a holder and a deputy with power to act for the holder. Either side may replace its own "
    "people by written notice, as the agreement allows, and hands over within 30 days.",
    loop="role in contract.roles",
    columns=(
        Column("Role", 16.5, "{{ role.name }}", "TableLabel"),
        Column(
            "Side",
            13,
            by_hand(
                "role.name",
                "choose: Side | Customer | Partner",
                f'{{% if role.side == "bank" %}}{OURS}{{% else %}}{THEIRS}{{% endif %}}',
            ),
        ),
        Column("Duties", 36.5, narrow("role.duties")),
        Column("Holder", 17, "{{ role.holder.name }}"),
        Column("Deputy", 17, "{{ role.deputy.name }}"),
    ),
)

DECISIONS = DataTable(
    heading="Decision rights",
    intro="A decision that is taken within these limits binds both sides. What lies beyond them goes to the executive "
    "sponsors, unless the limit names someone else.",
    loop="right in contract.decision_rights",
    together=True,
    columns=(
        Column("Decision", 29, narrow("right.decision"), "TableLabel"),
        Column("Decides", 31, "{{ right.decides }}"),
        Column("Consulted", 20, given("right.consulted")),
        Column("Limit", 20, capital("right.limit", "None", narrow=True)),
    ),
)

FORUMS = DataTable(
    heading="Meeting rhythm",
    intro=f"The chair sends the agenda and the inputs two working days before; {THEIRS} sends the record of decisions "
    "and actions within five working days after. Without its quorum a forum may discuss, and decides nothing.",
    loop="forum in contract.forums",
    columns=(
        Column("Forum", 12, "{{ forum.name }}", "TableLabel"),
        Column("Purpose", 15, "{{ forum.purpose }}"),
        Column(
            "Frequency",
            10,
            capital("forum.frequency")
            + "{% if forum.minutes %}, {{ forum.minutes | duration('minutes') | unbroken }}{% endif %}",
        ),
        Column("Chair", 10, "{{ forum.chair.name }}"),
        Column("Quorum", 12, capital("forum.quorum")),
        Column("Inputs", 16, narrow("forum.inputs")),
        Column("Outputs", 11, capital("forum.outputs", narrow=True)),
        Column("Decides", 16, narrow("forum.decides")),
    ),
)

ESCALATION = DataTable(
    heading="Escalation",
    intro="Either side may raise a matter that meets a trigger. Hours run continuously once it reaches the level; what "
    "is not resolved in time rises to the next.",
    loop="level in contract.escalation",
    together=True,
    columns=(
        Column("Level", 6, "{{ level.level }}", "TableLabel"),
        Column("Name", 14, "{{ level.name }}"),
        Column("Trigger", 24, "{{ level.trigger }}"),
        Column("Respond within", 10, "{{ level.respond_hours | duration('hours') }}"),
        Column("Resolve within", 10, "{{ level.resolve_hours | duration('hours') }}"),
        Column(f"{OURS} owner", 18, "{{ level.bank.name }}, {{ level.bank.role | unbroken }}"),
        Column(
            f"{THEIRS} owner",
            18,
            "{% if level.partner_holder %}{{ level.partner_holder.name }}, {{ level.partner_holder.role | unbroken }}"
            "{% else %}" + capital("level.partner") + "{% endif %}",
        ),
    ),
)

# A duty names its clause by id; readers know it by its number in the agreement of the same build, and by its title. The
# agreement is another file, so the number is text, without a reference to follow. What is no clause stands as it is.
_CLAUSE_TITLE = (
    "{% for clause in clauses + schedules if clause.id == duty.clause %}"
    "{% if clause in schedules %}Schedule\u00a0{% endif %}{{ clause.number }} {{ clause.title }}"
    "{% else %}{% if duty.clause %}{{ duty.clause[:1] | upper }}{{ duty.clause[1:] | replace('-', ' ') }}"
    "{% else %}–{% endif %}{% endfor %}"
)

SOURCE = narrow("duty.source")

OBLIGATIONS = DataTable(
    heading="Compliance obligations",
    intro="The legal duties that touch the agreement. The owner keeps the evidence and shows it on request; the clause "
    "named gives the duty effect between the parties.",
    loop="duty in contract.obligations",
    short=9,
    columns=(
        Column("Ref", 3.5, "{{ duty.id }}", "TableLabel"),
        Column("Obligation", 27.1, narrow("duty.duty")),
        Column("Source", 19.7, SOURCE),
        Column("Force", 4.8, capital("duty.force")),
        Column("Clause", 11.9, _CLAUSE_TITLE),
        Column("Evidence", 12.2, capital("duty.evidence", narrow=True)),
        Column("Owner", 9.6, "{{ duty.owner.name }}"),
        Column("Frequency", 11.2, capital("duty.frequency", narrow=True)),
    ),
)
