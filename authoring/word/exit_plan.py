"""The exit plan for one partner: what makes us leave, where to, in which steps, with what coming back, at what cost."""

from __future__ import annotations

from authoring.deck.say import counted, given, names
from authoring.palette import BLUE_DEEP
from authoring.word.draft import capital, person
from authoring.word.report import Report
from authoring.word.tables import Cell, Column, DataTable, Term, row, table, terms_table

TITLE = "Exit plan"
_PLAN = "partner.exit_plan"
_SHORT = '"d MMM y"'
_CLOSED = "{{{{ {0} }}}}{{% if {0}[-1:] not in '.!?' %}}.{{% endif %}}"
_AMOUNT = "{{{{ {0} | money }}}}"

STEPS = DataTable(
    heading="Steps",
    intro="Weeks count from the decision to leave. A step is done when what its last column says is true, not when its "
    "weeks have passed.",
    when=f"{_PLAN}.steps",
    loop=f"line in {_PLAN}.timeline",
    columns=(
        Column("Step", 6, "{{ line.number }}", "TableLabel"),
        Column("What is done", 34, "{{ line.step.step }}"),
        Column("Owner", 17, person("line.step.owner", "not named yet")),
        Column(
            "Weeks",
            13,
            "{{ line.step.starts_week }}{% if line.step.last_week > line.step.starts_week %} to "
            "{{ line.step.last_week | number }}{% endif %}",
        ),
        Column("Takes", 10, "{{ line.step.weeks | duration('weeks') }}"),
        Column("Done when", 30, "{{ line.step.done_when or 'Not stated yet' }}"),
    ),
)

INVENTORY = DataTable(
    heading="Inventory",
    intro="Data, embeddings, model weights and configuration of ours that the partner holds or runs on, and how each "
    "comes back.",
    loop=f"asset in {_PLAN}.inventory",
    columns=(
        Column("Asset", 22, "{{ asset.asset }}", "TableLabel"),
        Column("Kind", 13, capital("asset.kind")),
        Column("Held where", 17, "{{ asset.held_where or 'Not stated yet' }}"),
        Column(
            "Format and volume",
            20,
            "{{ asset.format or 'Not stated yet' }}" + given("asset.volume", ", {{ asset.volume }}"),
        ),
        Column("How it comes back", 28, "{{ asset.returned_by or 'Not stated yet' }}"),
    ),
)

TESTS = DataTable(
    heading="Tests held",
    intro="",
    loop=f"test in {_PLAN}.tests | reverse",
    columns=(
        Column("Date", 13, f"{{{{ test.date | date({_SHORT}) }}}}", "TableLabel"),
        Column("Scope", 29, "{{ test.scope }}"),
        Column("Result", 25, "{{ test.result }}"),
        Column("Findings, and what is done about them", 33, "{{ test.findings or 'None' }}"),
    ),
)

TRANSITION = DataTable(
    heading="Transition that our agreements give",
    intro="Leaving needs the partner’s help for as long as it takes. This is the transition that each agreement with "
    "it gives, held against that time.",
    when="partner.contracts and partner.exit_months",
    loop="each in partner.contracts",
    columns=(
        Column("Agreement", 32, "{{ each.id }} {{ each.name }}", "TableLabel"),
        Column("Status", 17, capital("each.status")),
        Column(
            "Transition",
            17,
            "{% if each.transition_months is not none %}{{ each.transition_months | duration('months') }}"
            "{% else %}not agreed{% endif %}",
        ),
        Column("Leaving takes", 17, "{{ partner.exit_months | duration('months') }}"),
        Column(
            "It covers",
            17,
            "{% if not each.transition_months %}Nothing{% elif each.transition_months >= partner.exit_months %}"
            "The whole exit{% else %}All but {{ (partner.exit_months - each.transition_months) | duration('months') }}{% endif %}",
        ),
    ),
)


def draw_exit_plan() -> bytes:
    """The template as a file: the plan in portrait, its timeline on a landscape page between."""
    report = Report(
        TITLE,
        about="{{ partner.name }}",
        purpose="How we would leave this partner without harm to a critical function: triggers, steps, what comes "
        "back, cost, and what tests have shown",
        particulars=[
            Term("Partner", "{{ partner.legal_name }}"),
            Term("Plan owner", person("partner.owner", "not named yet"), when="partner.owner"),
        ],
    )
    _draw_summary(report)
    report.tag(f"if {_PLAN}")
    _draw_way_out(report)
    report.tag(f"if {_PLAN}.timeline")
    report.turn(landscape=True)
    _draw_timeline(report)
    report.turn(landscape=False)
    report.tag("endif")
    _draw_what_it_takes(report)
    report.tag("endif")
    report.sign_off(
        "Who owns the relation answers for the plan, and the sponsor for its being tested. Signing it approves the plan, "
        "not an exit.",
        [("Plan owner", "partner.owner", ""), ("Executive sponsor", "partner.sponsor", "")],
    )
    return report.finish()


def _draw_summary(report: Report) -> None:
    report.write("At a glance", "Heading 1", page_break=True)
    functions = names("partner.functions", "a critical or important function")
    report.tag(f"if not {_PLAN}")
    report.write(
        f"**There is no exit plan for {{{{ partner.name }}}}.** It supports {functions}, so the law asks for a plan that "
        f"is tested (DORA Art. 28(8)), and none is given: {{{{ {_PLAN} }}}}. Until there is one, what follows is all that "
        "is known of the way out."
    )
    report.tag("else")
    report.write(
        f"{{{{ partner.name }}}} supports {functions}. Leaving it takes "
        + given("partner.exit_months", "{{ partner.exit_months | duration('months') }}", "a time that is not known")
        + " and costs "
        + given("partner.exit_cost is not none", _AMOUNT.format("partner.exit_cost"), "an amount that is not known")
        + " of our own"
        + given(
            f"{_PLAN}.steps",
            f"; the {counted(f'{_PLAN}.steps | length', 'step')} of this plan "
            + given(f"{_PLAN}.steps | length == 1", "ends", "end")
            + f" in week {{{{ {_PLAN}.total_weeks | number }}}}",
        )
        + ". "
        + _TESTED
    )
    report.tag("endif")
    terms_table(
        report,
        "The way out at a glance",
        ("The way out", "What is known"),
        [
            Term("Critical functions", names("partner.functions"), when="partner.functions"),
            Term("Dependency", "{{ partner.dependency }}", when="partner.dependency"),
            Term(
                "How hard to replace",
                capital("partner.substitutability")
                + given("partner.substitutability_reason", ": {{ partner.substitutability_reason }}"),
                when="partner.substitutability",
            ),
            Term("Alternatives", names("partner.alternatives", "None is named yet")),
            Term("Leaving takes", "{{ partner.exit_months | duration('months') }}"),
            Term("Own cost of leaving", _AMOUNT.format("partner.exit_cost")),
            Term(
                "Spend of this year",
                _AMOUNT.format("partner.spend")
                + given("partner.share_pct is not none", ", {{ partner.share_pct | percent }} of the programme"),
                when="partner.spend is not none",
            ),
            Term("Hosted on", "{{ partner.hosted_on.name }}", when="partner.hosted_on"),
            Term("Last exit test", _LAST_TEST),
            Term("Next exit test", f"{{{{ {_PLAN}.next_test | date }}}}", when=f"{_PLAN} and {_PLAN}.next_test"),
        ],
        shares=(26, 74),
    )
    report.optional_section(TRANSITION)


_LAST_TEST = (
    "{% if partner.last_exit_test %}{{ partner.last_exit_test | date }}"
    "{% if not partner.exit_tested %}; more than 12 months ago, so the test is overdue{% endif %}"
    "{% else %}Never tested{% endif %}"
)
_TESTED = (
    "{% if partner.exit_tested %}The plan was last tested on {{ partner.last_exit_test | date }}."
    "{% elif partner.last_exit_test %}**It was last tested on {{ partner.last_exit_test | date }}, more than 12 months "
    "before {{ pack.as_of | date }}: the test is overdue.**{% else %}**It has never been tested.**{% endif %}"
    f"{{% if {_PLAN}.next_test %}} The next test is on {{{{ {_PLAN}.next_test | date }}}}.{{% endif %}}"
)


def _draw_way_out(report: Report) -> None:
    report.write("Triggers", "Heading 1")
    report.tag(f"if {_PLAN}.triggers")
    report.write("Any one of these puts the decision to leave before the body that takes it:", "Table Intro")
    report.bullets(f"trigger in {_PLAN}.triggers", _CLOSED.format("trigger"))
    report.tag("else")
    report.write(f"{{{{ {_PLAN}.triggers | default(none, true) }}}}")
    report.tag("endif")
    report.write("Where to, and how", "Heading 1")
    report.write(f"{{{{ {_PLAN}.strategy | markdown }}}}")
    report.section(STEPS, level=1)


def _draw_timeline(report: Report) -> None:
    report.write("Timeline", "Heading 1")
    report.write(
        f"A column is {{% if {_PLAN}.band_weeks == 1 %}}a week{{% else %}}{{{{ {_PLAN}.band_weeks | duration('weeks') }}}}"
        ", headed by the first of them{% endif %}. A shaded cell says how many weeks of work on the step fall in it.",
        "Table Intro",
    )
    widths = [3400, 400, 430, 400]
    band = f"{{% for band in {_PLAN}.bands %}}"
    head = [
        Cell("Step", "TableHead"),
        Cell(band, "GridHead"),
        Cell("{{ band.first }}", "GridHead"),
        Cell("{% endfor %}", "GridHead"),
    ]
    weeks = "line.weeks[loop.index0]"
    body = [
        Cell(f"{{% for line in {_PLAN}.timeline %}}{{{{ line.number }}}} {{{{ line.step.step }}}}", "TableLabel"),
        Cell(band, "GridText"),
        Cell(given(weeks, f"{{{{ {weeks} | number }}}}"), "GridText", ground=f'"{BLUE_DEEP}" if {weeks} else ""'),
        Cell("{% endfor %}{% endfor %}", "GridText"),
    ]
    rows = [row(head, widths, head=True), row(body, widths, height=430)]
    report.append(table("Timeline of the exit by weeks", widths, rows, width=report.width, layout="autofit"))


def _draw_what_it_takes(report: Report) -> None:
    report.section(INVENTORY, level=1)
    report.write("Cost", "Heading 1")
    report.tag(f"if {_PLAN}.costs")
    widths = [7000, 2298]
    lines = [
        row([Cell("What is paid for", "TableHead"), Cell("Amount", "TableHead", "right")], widths, head=True),
        row(
            [
                Cell(f"{{% for cost in {_PLAN}.costs %}}{{{{ cost.item }}}}"),
                Cell(_AMOUNT.format("cost.amount") + "{% endfor %}", align="right"),
            ],
            widths,
            keep=True,
        ),
        row([Cell("Total", "TableLabel"), Cell(f"**{_AMOUNT.format(f'{_PLAN}.cost_total')}**", align="right")], widths),
    ]
    report.append(table("Cost of leaving", widths, lines))
    report.tag("else")
    report.write(
        "Leaving is put at " + _AMOUNT.format("partner.exit_cost") + " of our own cost; what makes it up has not been "
        "worked out yet."
    )
    report.tag("endif")
    report.write("Fallback and dependencies", "Heading 1")
    report.write("Reintegration", "Heading 2")
    report.write(f"{{{{ {_PLAN}.reintegration | markdown }}}}")
    report.write("Shared hosting", "Heading 2")
    report.tag(f"if {_PLAN}.shared_hosting")
    report.write(f"{{{{ {_PLAN}.shared_hosting | markdown }}}}")
    report.tag("else")
    report.write(
        "{{ partner.name }} "
        + given(
            "partner.hosted_on",
            "runs on {{ partner.hosted_on.name }}; whether an alternative does, too, is not stated yet.",
            "is hosted on no other partner of the programme, as far as is known.",
        )
    )
    report.tag("endif")
    report.write("Tests", "Heading 1")
    report.tag(f"if {_PLAN}.tests")
    report.write(_TESTED)
    report.tag("else")
    report.write(
        "The plan has never been tested, so its times and cost are estimates."
        f"{{% if {_PLAN}.next_test %}} The first test is on {{{{ {_PLAN}.next_test | date }}}}.{{% else %}} No date is "
        "set for a first test.{% endif %}"
    )
    report.tag("endif")
    report.optional_section(TESTS)
    report.write("Communication", "Heading 1")
    report.write(f"{{{{ {_PLAN}.communication | markdown }}}}")
