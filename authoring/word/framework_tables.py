"""The tables of the governance framework, as data: heading, intro, and what the cells say."""

from __future__ import annotations

from authoring.word.charter_tables import SOURCE
from authoring.word.draft import SHORT_DATE, by_hand, capital, narrow, person
from authoring.word.draft import given as printed
from authoring.word.tables import Column, DataTable

# Rows for one type of agreement say so.
_ONLY = "{{% if {0}.applies != 'all' %}} ({{{{ {0}.applies | unbroken }}}}){{% endif %}}"
_OURS = "{{ organisation.short_name }}"

CONTRACTS = DataTable(
    heading="Agreements under this framework",
    intro="Each agreement has a charter of its own, which shows its partner what concerns it and no more.",
    loop="contract in contracts",
    columns=(
        Column("Ref", 10, "{{ contract.id }}", "TableLabel"),
        Column("Partner", 15, "{{ contract.partner.name }}", "TableLabel"),
        Column("Agreement", 27, capital("contract.name")),
        Column("Status", 15, capital("contract.status")),
        Column(
            "Runs",
            33,
            f"{{% if contract.effective and contract.expires %}}{{{{ contract.effective | date({SHORT_DATE}) }}}} to "
            f"{{{{ contract.expires | date({SHORT_DATE}) }}}}{{% else %}}Dates open{{% endif %}}",
        ),
    ),
)

ROLES = DataTable(
    heading="Roles and responsibilities",
    intro="Each role has a holder, and a deputy with power to act for the holder. Partners name their people in each "
    "agreement; they are listed near the end.",
    loop="role in governance.roles",
    columns=(
        Column("Role", 19, "{{ role.name }}" + _ONLY.format("role"), "TableLabel"),
        Column(
            "Side",
            12.3,
            by_hand(
                "role.side",
                "choose: Side | Our own | Partner",
                f'{{% if role.side == "bank" %}}{_OURS}{{% else %}}Partner{{% endif %}}',
            ),
        ),
        Column("Duties", 35.7, "{{ role.duties }}"),
        Column(
            "Holder",
            16,
            '{% if role.side == "partner" %}Named by each partner{% else %}{{ role.holder.name }}{% endif %}',
        ),
        Column(
            "Deputy",
            17,
            '{% if role.side == "partner" %}Named by each partner{% else %}{{ role.deputy.name }}{% endif %}',
        ),
    ),
)

TEAMS = DataTable(
    heading="People on the partners’ side",
    intro="Who holds the partners’ roles, agreement by agreement.",
    when="contracts | map(attribute='roles') | map('length') | sum",
    loop="contract in contracts",
    inner="role in contract.roles | selectattr('side', 'equalto', 'partner')",
    closing=True,
    columns=(
        Column("Partner", 18, "{{ contract.partner.name }}", "TableLabel"),
        Column("Agreement", 14, "{{ contract.id }}"),
        Column("Role", 24, "{{ role.name }}"),
        Column("Holder", 22, person("role.holder", "Not named yet")),
        Column("Deputy", 22, person("role.deputy", "Not named yet")),
    ),
)

DECISIONS = DataTable(
    heading="Decision rights",
    intro="Who may decide what, and up to where. What is marked as inside is not shown to partners.",
    loop="right in governance.decision_rights",
    columns=(
        Column("Decision", 28, narrow("right.decision") + _ONLY.format("right"), "TableLabel"),
        Column("Decides", 28, "{{ right.decides }}"),
        Column("Consulted", 18, printed("right.consulted", "Nobody")),
        Column("Limit", 18, capital("right.limit", "None", narrow=True)),
        Column(
            "Shown to",
            8,
            by_hand(
                "right.decides",
                "choose: Shown to | Partners | Inside",
                "{% if right.internal %}Inside{% else %}Partners{% endif %}",
            ),
        ),
    ),
)

LIMITS = DataTable(
    heading="Approval limits",
    intro="Who may commit us, and up to where. Above a limit the next in line decides.",
    loop="limit in governance.approval_limits",
    columns=(
        Column("What", 40, "{{ limit.what }}", "TableLabel"),
        Column("Limit", 30, capital("limit.limit", "None", narrow=True)),
        Column("Approver", 30, capital("limit.approver", "Not named")),
    ),
)

FORUMS = DataTable(
    heading="Meeting rhythm",
    intro="A forum with partners meets each of them separately; competing partners never share a meeting. Without its "
    "quorum a forum may discuss, and decides nothing.",
    loop="forum in governance.forums",
    columns=(
        Column("Ref", 3.8, "{{ forum.id }}", "TableLabel"),
        Column(
            "Forum",
            12.7,
            "**{{ forum.name }}**\n"
            + by_hand(
                "forum.id",
                "choose: With | Each partner | Inside",
                "{% if forum.with_partner %}Each partner{% else %}Inside{% endif %}",
            )
            + _ONLY.format("forum"),
        ),
        Column("Purpose", 13.5, "{{ forum.purpose }}"),
        Column(
            "Frequency",
            8.2,
            capital("forum.frequency")
            + "{% if forum.minutes %}, {{ forum.minutes | duration('minutes') | unbroken }}{% endif %}",
        ),
        Column("Chair", 9.4, "{{ forum.chair.name }}"),
        Column("Quorum", 10.6, capital("forum.quorum")),
        Column("Inputs", 16.5, narrow("forum.inputs")),
        Column("Outputs", 9.6, capital("forum.outputs", narrow=True)),
        Column("Decides", 17, narrow("forum.decides")),
    ),
)

ESCALATION = DataTable(
    heading="Escalation",
    intro="Hours run continuously from the moment when a matter reaches the level; one that is not resolved in time "
    "rises to the next. Partners do not see a level that is inside only.",
    loop="level in governance.escalation | selectattr('applies', 'in', [kind, 'all']) | sort(attribute='level')",
    columns=(
        Column("Level", 6, "{{ level.level }}", "TableLabel"),
        Column("Name", 16, "{{ level.name }}"),
        Column("Trigger", 24, "{{ level.trigger }}"),
        Column("Respond within", 10, "{{ level.respond_hours | duration('hours') }}"),
        Column("Resolve within", 10, "{{ level.resolve_hours | duration('hours') }}"),
        Column(f"{_OURS} owner", 18, "{{ level.bank.name }}, {{ level.bank.role }}"),
        Column(
            "Partner owner",
            16,
            "{% if level.internal %}Inside only{% elif level.partner %}" + capital("level.partner")
            + "{% elif level.partner_role %}{{ level.partner_role.name }}{% endif %}",
        ),
    ),
)  # fmt: skip

_APPLIES = (
    '{{ {"all": "Every agreement", "ict": "ICT services", "cif": "Critical functions", '
    '"personal_data": "Personal data", '
    '"data_act": "Data processing", "ai": "AI"}[duty.applies] }}'
)
# Internal documents know a clause by its id only: change-control is Change control, ai-terms AI terms.
_CLAUSE = (
    "{% if duty.clause %}{{ (duty.clause[:1] | upper ~ duty.clause[1:] | replace('-', ' ')) | replace('Ai ', 'AI ') }}"
    "{% else %}None{% endif %}"
)
OBLIGATIONS = DataTable(
    heading="Compliance obligations",
    intro="What law asks of us, and what we took on ourselves, over all partners. A voluntary duty binds us only, and "
    "no agreement calls it law.",
    loop="duty in governance.obligations",
    columns=(
        Column("Ref", 3.6, "{{ duty.id }}", "TableLabel"),
        Column("Obligation", 21, narrow("duty.duty")),
        Column("Source", 20.9, SOURCE),
        Column("Force", 6.4, capital("duty.force")),
        Column("Applies to", 8.4, _APPLIES),
        Column("Clause", 9.6, _CLAUSE),
        Column("Evidence", 12, capital("duty.evidence", narrow=True)),
        Column("Owner", 9.2, "{{ duty.owner.name }}"),
        Column("Frequency", 9.5, capital("duty.frequency", narrow=True)),
    ),
)
