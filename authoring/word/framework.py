"""The governance framework: how all partners are run, with what stays inside, up to the board."""

from __future__ import annotations

from authoring.deck.say import counted
from authoring.word.draft import capital, person
from authoring.word.draft import given as printed
from authoring.word.raci import introduce_raci, raci_table
from authoring.word.report import Report
from authoring.word.tables import Column, DataTable, rows_table

TITLE = "Governance framework"
# Rows for one type of agreement say so.
_ONLY = "{{% if {0}.applies != 'all' %}} ({{{{ {0}.applies }}}}){{% endif %}}"
_KINDS = '{"services": "Services agreements", "co-innovation": "Co-innovation agreements"}'
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
            "{% if contract.effective and contract.expires %}{{ contract.effective | date('d MMM y') }} to "
            "{{ contract.expires | date('d MMM y') }}{% else %}dates open{% endif %}",
        ),
    ),
)

ROLES = DataTable(
    heading="Roles and responsibilities",
    intro="Each role has a holder, and a deputy with power to act for the holder. Partners name their people in each "
    "agreement; they are listed near the end.",
    loop="role in governance.roles",
    columns=(
        Column("Role", 17, "{{ role.name }}" + _ONLY.format("role"), "TableLabel"),
        Column("Side", 11, f'{{% if role.side == "bank" %}}{_OURS}{{% else %}}Partner{{% endif %}}'),
        Column("Duties", 38, "{{ role.duties }}"),
        Column(
            "Holder", 17, '{% if role.side == "bank" %}{{ role.holder.name }}{% else %}Named by each partner{% endif %}'
        ),
        Column(
            "Deputy", 17, '{% if role.side == "bank" %}{{ role.deputy.name }}{% else %}Named by each partner{% endif %}'
        ),
    ),
)

TEAMS = DataTable(
    heading="People on the partners' side",
    intro="Who holds the partners' roles, agreement by agreement.",
    when="contracts | map(attribute='roles') | map('length') | sum",
    loop="contract in contracts",
    inner="role in contract.roles | selectattr('side', 'equalto', 'partner')",
    columns=(
        Column("Partner", 18, "{{ contract.partner.name }}", "TableLabel"),
        Column("Agreement", 14, "{{ contract.id }}"),
        Column("Role", 24, "{{ role.name }}"),
        Column("Holder", 22, person("role.holder", "not named yet")),
        Column("Deputy", 22, person("role.deputy", "not named yet")),
    ),
)

DECISIONS = DataTable(
    heading="Decision rights",
    intro="Who may decide what, and up to where. What is marked as inside is not shown to partners.",
    loop="right in governance.decision_rights",
    columns=(
        Column("Decision", 28, "{{ right.decision }}" + _ONLY.format("right"), "TableLabel"),
        Column("Decides", 28, "{{ right.decides }}"),
        Column("Consulted", 18, printed("right.consulted", "nobody")),
        Column("Limit", 18, capital("right.limit", "none")),
        Column("Shown to", 8, "{% if right.internal %}Inside{% else %}Partners{% endif %}"),
    ),
)

LIMITS = DataTable(
    heading="Approval limits",
    intro="What somebody may commit us to alone. Above the limit the next in line decides.",
    loop="limit in governance.approval_limits",
    columns=(
        Column("What", 40, "{{ limit.what }}", "TableLabel"),
        Column("Limit", 30, capital("limit.limit", "none")),
        Column("Approver", 30, capital("limit.approver", "not named")),
    ),
)

FORUMS = DataTable(
    heading="Meeting rhythm",
    intro="A forum with partners meets each of them separately; competing partners never share a meeting. Without its "
    "quorum a forum may discuss, and decides nothing.",
    loop="forum in governance.forums",
    columns=(
        Column("Ref", 4, "{{ forum.id }}", "TableLabel"),
        Column("Forum", 12, "{{ forum.name }}", "TableLabel"),
        Column(
            "Who meets", 8, "{% if forum.with_partner %}Each partner{% else %}Inside{% endif %}" + _ONLY.format("forum")
        ),
        Column("Purpose", 13, "{{ forum.purpose }}"),
        Column(
            "Frequency",
            9,
            capital("forum.frequency") + "{% if forum.minutes %}, {{ forum.minutes | duration('minutes') }}{% endif %}",
        ),
        Column("Chair", 8, "{{ forum.chair.name }}"),
        Column("Quorum", 11, capital("forum.quorum")),
        Column("Inputs", 13, "{{ forum.inputs }}"),
        Column("Outputs", 9, capital("forum.outputs")),
        Column("Decides", 13, "{{ forum.decides }}"),
    ),
)

ESCALATION = DataTable(
    heading="Escalation",
    intro="Hours run continuously from the moment when a matter reaches the level; one that is not resolved in time rises "
    "to the next. The highest levels are our own, and partners do not see them.",
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
    '{{ {"all": "Every agreement", "ict": "ICT services", "cif": "Critical functions", "personal_data": "Personal data", '
    '"data_act": "Data processing", "ai": "AI"}[duty.applies] }}'
)
# Internal documents know a clause by its id only: change-control is Change control, ai-terms AI terms.
_CLAUSE = (
    "{% if duty.clause %}{{ (duty.clause[:1] | upper ~ duty.clause[1:] | replace('-', ' ')) | replace('Ai ', 'AI ') }}"
    "{% else %}None{% endif %}"
)
OBLIGATIONS = DataTable(
    heading="Compliance obligations",
    intro="What law asks of us, and what we took on ourselves, over all partners. A voluntary duty binds us only, and no "
    "agreement calls it law.",
    loop="duty in governance.obligations",
    columns=(
        Column("Ref", 4, "{{ duty.id }}", "TableLabel"),
        Column("Obligation", 25, "{{ duty.duty }}"),
        Column("Source", 15, "{{ duty.source }}"),
        Column("Force", 7, capital("duty.force")),
        Column("Applies to", 9, _APPLIES),
        Column("Clause", 10, _CLAUSE),
        Column("Evidence", 12, capital("duty.evidence")),
        Column("Owner", 8, "{{ duty.owner.name }}"),
        Column("Frequency", 11, capital("duty.frequency")),
    ),
)


def draw_framework() -> bytes:
    """The template as a file. The wide tables lie on landscape pages between two portrait sections."""
    report = Report(
        TITLE,
        purpose="One framework over all partners and the board: who answers, who decides, when we meet, where a matter "
        "goes, which duties we must be able to show",
    )
    _draw_scope(report)
    report.section(ROLES, level=1)
    report.turn(landscape=True)
    _draw_raci(report)
    report.section(DECISIONS, level=1)
    report.section(LIMITS, level=1, otherwise="No approval limits are set beyond the decision rights above.")
    report.section(FORUMS, level=1)
    _draw_escalation(report)
    report.section(OBLIGATIONS, level=1)
    report.turn(landscape=False)
    _draw_performance(report)
    _draw_change_control(report)
    report.optional_section(TEAMS, level=1)
    report.sign_off(
        "The framework takes effect when those who hold its highest roles have signed.",
        [
            ("Owner", "pack.owner", ""),
            (
                "{% for role in governance.roles if role.side == 'bank' and role.holder and role.id in "
                "['sponsor', 'executive'] %}{{ role.name }}",
                "role.holder",
                "{% endfor %}",
            ),
        ],
    )
    return report.finish()


def _draw_scope(report: Report) -> None:
    report.write("Purpose and scope", "Heading 1", page_break=True)
    report.write(
        "This framework says how {{ organisation.name }} runs its partnerships: which roles there are and who holds them, "
        "who decides what and up to which limit, which forums meet, where a matter goes that is not resolved, up to the "
        "highest level inside, and which duties must be shown to be met. It holds for the whole "
        f"portfolio of {counted('figures.partner_count', 'partner')}, each within its segment."
    )
    report.write(
        "It is internal. What a partner sees of it stands in the charter of its agreement, and in the governance schedule "
        "of the agreement itself; where a charter and an agreement differ, the agreement prevails."
    )
    report.tag("if organisation.regulators")
    report.write("We are supervised by:").paragraph_format.keep_with_next = True
    report.bullets("authority in organisation.regulators", "{{ authority }}")
    report.tag("endif", "if organisation.supervisor_note")
    report.write(capital("organisation.supervisor_note") + ".")
    report.tag("endif")
    report.section(CONTRACTS, otherwise="No agreement is in the portfolio yet.")


def _draw_raci(report: Report) -> None:
    introduce_raci(report)
    tables = "governance.raci.tables"
    report.tag(f"if not {tables}")
    report.write("{{ governance.raci.rows | default(none, true) }}")
    report.tag("endif", f"for raci in {tables}", "if raci.applies != 'all'")
    report.write(f"{{{{ {_KINDS}[raci.applies] }}}}", "Heading 2")
    report.tag("endif")
    raci_table(report, "raci", theirs="partner")
    report.tag("endfor")


def _draw_escalation(report: Report) -> None:
    report.write(ESCALATION.heading, "Heading 1")
    report.tag("if not governance.escalation")
    report.write("{{ governance.escalation | default(none, true) }}")
    report.tag("else")
    report.write(ESCALATION.intro, "Table Intro")
    special = (
        "governance.escalation | rejectattr('applies', 'equalto', 'all') | map(attribute='applies') | unique | list"
    )
    # Where no level is for one type only, one ladder serves all.
    report.tag(f"for kind in ({special}) or ['all']", "if kind != 'all'")
    report.write(f"{{{{ {_KINDS}[kind] }}}}", "Heading 2")
    report.tag("endif")
    rows_table(report, ESCALATION, width=report.width)
    report.tag("endfor", "endif")


def _draw_performance(report: Report) -> None:
    bands = "governance.performance.rating_bands"
    report.write("Vendor performance management", "Heading 1")
    report.write("How performance is judged", "Heading 2")
    report.tag("if governance.performance.process")
    report.write("{{ governance.performance.process | markdown }}")
    report.tag("else")
    report.write(
        "The owner of a partner scores it each quarter on technical, financial and innovation metrics, and agrees the "
        "result with the partner before it goes to the vendor governance board."
    )
    report.tag("endif", "if governance.performance.cycle")
    report.write("The cycle", "Heading 2")
    report.write("{{ governance.performance.cycle | markdown }}")
    report.tag("endif")
    report.write("Weights and ratings", "Heading 2")
    report.write(
        "A score of 0 to 100 is the weighted sum of three: technical "
        "{{ scorecards.weights.technical | percent }}, financial {{ scorecards.weights.financial | percent }}, innovation "
        "{{ scorecards.weights.innovation | percent }}. The score gives the rating.",
        "Table Intro",
    )
    report.facts(
        "Rating bands",
        (30, 70),
        ("Rating", "Score"),
        [
            ("Green", f"{{{{ {bands}.green_from | number }}}} or more"),
            (
                "Amber",
                f"{{{{ {bands}.amber_from | number }}}} or more, and below {{{{ {bands}.green_from | number }}}}",
            ),
            ("Red", f"Below {{{{ {bands}.amber_from | number }}}}"),
        ],
    )
    report.tag("if governance.performance.consequences")
    report.write("What follows from a rating", "Heading 2")
    report.write("{{ governance.performance.consequences | markdown }}")
    report.tag("endif")


def _draw_change_control(report: Report) -> None:
    report.write("Change control", "Heading 1")
    report.tag("if governance.change_control")
    report.write("{{ governance.change_control | markdown }}")
    report.tag("else")
    report.write(
        "A change to an agreement, a service, a location or this framework is asked for in writing, saying what changes, "
        "why, from when, and what it does to cost, risk and data. Nobody starts work on it before those who may decide it "
        "have signed it."
    )
    report.tag("endif")
