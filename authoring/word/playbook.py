"""The negotiation playbook of one contract: what we want, where we may give way, who must agree, where we stop."""

from __future__ import annotations

from authoring.deck.say import given
from authoring.palette import GREEN_TINT
from authoring.word.draft import capital, person
from authoring.word.report import Report
from authoring.word.tables import Cell, Column, DataTable, Term, row, share_out, table, terms_table

TITLE = "Negotiation playbook"
_GAME = "contract.negotiation"
_SHORT = '"d MMM y"'
_LIBRARY = "(clauses + schedules)"

OVERVIEW = DataTable(
    heading="Issues at a glance",
    intro="In the order of the inputs; the next section takes them one by one. Between target and walk-away lies what "
    "the team may settle, with the approvals that each wording asks for.",
    when=f"{_GAME}.issues",
    loop=f"issue in {_GAME}.issues",
    columns=(
        Column("Ref", 9, "{{ issue.id }}", "TableLabel"),
        Column("Issue", 21, "{{ issue.issue }}"),
        Column("Priority", 10, capital("issue.priority")),
        Column("Target", 31, "{{ issue.target }}"),
        Column("Walk-away", 29, "{{ issue.walk_away }}"),
    ),
)

TAKEN = DataTable(
    heading="Wordings that the draft has taken instead",
    intro="Clauses that stand in the draft in another wording than the preferred one, each approved by whom it names. "
    "All others stand in the preferred wording.",
    when=f"{_LIBRARY} | rejectattr('variant', 'equalto', 'preferred') | list",
    loop=f"clause in {_LIBRARY} | rejectattr('variant', 'equalto', 'preferred')",
    inner="wording in clause.wordings if wording.chosen",
    columns=(
        Column("Clause", 24, "{{ clause.title }}", "TableLabel"),
        Column("Wording", 14, capital("wording.name")),
        Column("Risk", 38, capital("wording.risk", "Not stated")),
        Column("Approval", 24, given("wording.owner", "{{ wording.owner }}", "None beyond the signature")),
    ),
)

CONCESSIONS = DataTable(
    heading="Concession plan",
    intro="Nothing is given without the return beside it, and no step before the one above it. Who approves a step is "
    "asked before it is offered.",
    loop=f"step in {_GAME}.concessions",
    columns=(
        Column("Step", 7, "{{ step.step }}", "TableLabel"),
        Column("We give", 35, "{{ step.give }}"),
        Column("We get", 35, "{{ step.get }}"),
        Column(
            "Approves",
            23,
            "{% if step.approver %}{{ step.approver.name }}, {{ step.approver.role }}{% else %}not named yet{% endif %}",
        ),
    ),
)

TEAM = DataTable(
    heading="Team",
    intro="",
    loop=f"member in {_GAME}.team",
    columns=(
        Column("Name", 22, "{{ member.person.name }}", "TableLabel"),
        Column("Role", 33, "{{ member.person.role }}"),
        Column("Part in the negotiation", 45, capital("member.part")),
    ),
)

CALENDAR = DataTable(
    heading="Calendar",
    intro="",
    loop=f"day in {_GAME}.calendar",
    columns=(
        Column("Date", 20, "{{ day.date | date }}", "TableLabel"),
        Column("Event", 60, "{{ day.event }}"),
        Column("On {{ pack.as_of | date }}", 20, "{% if day.date <= pack.as_of %}Past{% else %}Ahead{% endif %}"),
    ),
)


def draw_playbook() -> bytes:
    """The template as a file, in portrait."""
    report = Report(
        TITLE,
        about="{{ contract.partner.name }}, {{ contract.name }}",
        purpose="What we want from this agreement, where we may give way, who must approve it, and where we walk away",
        particulars=[
            Term("Agreement", "{{ contract.id }} with {{ contract.partner.legal_name }}, {{ contract.status }}"),
        ],
    )
    _draw_position(report)
    _draw_issues(report)
    report.section(CONCESSIONS, level=1, otherwise="No concessions are planned yet: none may be offered.")
    _draw_lists(report)
    report.write("Team and mandate", "Heading 1")
    report.section(TEAM, otherwise="Nobody is named yet.")
    report.write("Mandate", "Heading 2")
    report.write(
        "The team may settle what lies between target and acceptable. What a wording or a step of the concession plan "
        "asks to be approved is approved in writing first, and nobody may agree to less than a walk-away point."
        + given("contract.approval_limit", " The agreement is approved by: {{ contract.approval_limit }}.")
        + given(
            "contract.signatory_bank",
            " {{ contract.signatory_bank.name }}, {{ contract.signatory_bank.role }}, signs it.",
        )
    )
    report.section(CALENDAR, otherwise="No days are set yet.")
    report.sign_off(
        "Signing it gives the team this mandate. It ends when the agreement is signed or this playbook is replaced.",
        [("Executive sponsor", "partner.sponsor", ""), ("Relation owner", "partner.owner", "")],
    )
    return report.finish()


def _draw_position(report: Report) -> None:
    report.write("Our position", "Heading 1", page_break=True)
    report.write("Objectives", "Heading 2")
    report.tag(f"if {_GAME}.objectives")
    report.write("What we want from the agreement, most important first:", "Table Intro")
    report.tag(f"for objective in {_GAME}.objectives")
    report.write("{{ objective }}", "List Number")
    report.tag("endfor", "else")
    report.write(f"{{{{ {_GAME}.objectives | default(none, true) }}}}")
    report.tag("endif")
    report.write("Best alternatives and where an agreement is possible", "Heading 2")
    terms_table(
        report,
        "Best alternatives to an agreement",
        ("If there is no agreement", "What happens"),
        [
            Term("Our best alternative (BATNA)", f"{{{{ {_GAME}.batna_bank }}}}"),
            Term("{{ contract.partner.name }}’s best alternative", f"{{{{ {_GAME}.batna_partner }}}}"),
            Term("Zone of possible agreement", f"{{{{ {_GAME}.zone }}}}"),
        ],
        shares=(26, 74),
    )
    report.write("What the draft says", "Heading 2")
    report.write("The terms of the draft as they stand on {{ pack.as_of | date }}, from which we start.", "Table Intro")
    services = 'contract.type == "services agreement"'
    amounts = [
        Term(
            given(services, "Commitment a year", "Contribution a year"),
            "{{ contract.annual_commitment | money }}"
            + given("contract.commitment_total is not none", ", {{ contract.commitment_total | money }} in total"),
            when="contract.annual_commitment is not none",
        ),
        Term("Payment", "{{ contract.payment_days | duration('days') }}", when="contract.payment_days is not none"),
        Term(
            "General cap a year",
            "{{ contract.cap | money }}"
            + given("contract.cap_pct", ", {{ contract.cap_pct | percent }} of a year’s amount"),
            when="contract.cap is not none",
        ),
        Term(
            "Super cap a year",
            "{{ contract.supercap | money }}"
            + given("contract.supercap_pct", ", {{ contract.supercap_pct | percent }} of a year’s amount"),
            when="contract.supercap is not none",
        ),
    ]
    terms_table(
        report,
        "Terms of the draft",
        ("Term", "In the draft"),
        [
            Term(
                "In effect",
                "{{ contract.effective | date }} to {{ contract.expires | date }}, {{ contract.term | duration('months') }}",
                when="contract.effective and contract.expires and contract.term",
            ),
            *amounts,
            Term("Uptime", "{{ contract.uptime_pct | percent }}", when="contract.uptime_pct is not none"),
            Term(
                "Notice of termination",
                "{{ contract.notice_bank_days | duration('days') }} by us, {{ contract.notice_provider_days | duration('days') }} by {{ contract.partner.name }}",
                when="contract.notice_bank_days is not none and contract.notice_provider_days is not none",
            ),
            Term(
                "Transition",
                "{{ contract.transition_months | duration('months') }}",
                when="contract.transition_months is not none",
            ),
            Term("Renewal", capital("contract.renewal"), when="contract.renewal"),
        ],
        shares=(26, 74),
    )
    report.optional_section(TAKEN)


def _draw_issues(report: Report) -> None:
    report.section(OVERVIEW, level=1)
    report.tag(f"if {_GAME}.issues")
    report.write("Issue by issue", "Heading 1")
    report.tag(f"for issue in {_GAME}.issues")
    report.write("{{ issue.id }}: {{ issue.issue }}", "Heading 2")
    terms_table(
        report,
        "Positions on an issue",
        ("{{ issue.priority[:1] | upper }}{{ issue.priority[1:] }} priority", "Position"),
        [
            Term("Our interest", "{{ issue.interest_bank }}"),
            Term("{{ contract.partner.name }}’s interest", "{{ issue.interest_partner }}"),
            Term("Target", "{{ issue.target }}"),
            Term("Acceptable", "{{ issue.acceptable }}"),
            Term("Walk-away", "**{{ issue.walk_away }}**"),
            Term("Trades", "{{ issue.trades }}", when="issue.trades"),
        ],
        shares=(22, 78),
    )
    _draw_wordings(report)
    report.tag("endfor", "endif")


def _draw_wordings(report: Report) -> None:
    """The wordings of the issue's clause in the order in which we fall back on them, the one in the draft marked."""
    report.tag("if issue.clause")
    report.tag(f"for clause in {_LIBRARY} if clause.id == issue.clause")
    report.write(
        "Wordings of the clause “{{ clause.title }}” (clause group: {{ clause.group }}), in the order in which we may fall back on them:",
        "Table Intro",
    )
    widths = share_out(report.width, (16, 42, 26, 16))
    heads = [Cell(head, "TableHead") for head in ("Wording", "Risk", "Approval", "In the draft")]
    cells = [
        Cell("{% for wording in clause.wordings %}" + capital("wording.name"), "TableLabel"),
        Cell(capital("wording.risk", "Not stated")),
        Cell(given("wording.owner", "{{ wording.owner }}", "None beyond the signature")),
        Cell(
            "{% if wording.chosen %}**Chosen**{% else %}–{% endif %}{% endfor %}",
            ground=f'"{GREEN_TINT}" if wording.chosen else ""',
        ),
    ]
    report.append(table("Wordings of a clause", widths, [row(heads, widths, head=True), row(cells, widths)]))
    report.tag("else")
    report.write("The clause that holds it, “{{ issue.clause | replace('-', ' ') }}”, is not part of this agreement.")
    report.tag("endfor", "else")
    report.write("No clause of the library holds it: ask counsel before a wording is offered.")
    report.tag("endif")


def _draw_lists(report: Report) -> None:
    for heading, intro, path, missing in (
        ("Questions", "What we want to know from them before we move:", "questions", "None are noted yet."),
        (
            "Red lines",
            "We do not sign an agreement that holds one of these, whatever is offered for it:",
            "red_lines",
            "",
        ),
    ):
        report.write(heading, "Heading 1")
        report.tag(f"if {_GAME}.{path}")
        report.write(intro, "Table Intro")
        report.bullets(f"each in {_GAME}.{path}", "{{ each }}")
        report.tag("else")
        report.write(missing or f"{{{{ {_GAME}.{path} | default(none, true) }}}}")
        report.tag("endif")
