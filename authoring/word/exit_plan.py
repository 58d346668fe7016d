"""The exit plan for one partner: what makes us leave, where to, in which steps, with what coming back, at what cost."""

from __future__ import annotations

from authoring.deck.say import counted, given, names
from authoring.palette import BLUE_DEEP
from authoring.word.draft import capital, narrow
from authoring.word.exit_plan_tables import INVENTORY, PLAN, STEPS, TESTS, TRANSITION
from authoring.word.report import Report
from authoring.word.tables import Cell, Term, row, rows_table, table, terms_table

TITLE = "Exit plan"
_CLOSED = "{{{{ {0} | unbroken }}}}{{% if {0}[-1:] not in '.!?' %}}.{{% endif %}}"
_FUNCTIONS = (
    "{% if partner.functions %}the critical function{% if partner.functions | length > 1 %}s{% endif %} {% endif %}"
    "{% for function in partner.functions %}{{ function.name }}{% if loop.revindex == 2 %} and "
    "{% elif not loop.last %}, {% endif %}{% else %}a critical or important function{% endfor %}"
)
_AMOUNT = "{{{{ {0} | money }}}}"


def draw_exit_plan() -> bytes:
    """The template as a file: the plan in portrait, its steps and their timeline in landscape between."""
    report = Report(
        TITLE,
        about="{{ partner.name }}",
        purpose="How we would leave this partner without harm to a critical function: triggers, steps, what comes "
        "back, cost, and what tests have shown",
        particulars=[Term("Partner", "{{ partner.legal_name }}")],
    )
    _draw_summary(report)
    report.tag(f"if {PLAN}")
    _draw_way_out(report)
    report.turn(landscape=True)
    report.section(STEPS, level=1)
    _draw_timeline(report)
    report.turn(landscape=False)
    _draw_what_it_takes(report)
    report.sign_off(
        "Whoever owns the relation answers for the plan, and the sponsor for its being tested. Signing approves the "
        "plan, not an exit.",
        [("Plan owner", "partner.owner", ""), ("Sponsor of the relation", "partner.sponsor", "")],
    )
    report.tag("endif")
    return report.finish()


def _draw_summary(report: Report) -> None:
    report.write("At a glance", "Heading 1", page_break=True)
    report.tag(f"if not {PLAN}")
    intro = report.write(
        f"**There is no exit plan for {{{{ partner.name }}}}.** It supports {_FUNCTIONS}, so a plan is needed that is "
        "documented and tested{% if partner.ict_service %} (DORA Art. 28(8)){% endif %}, and none is given: "
        f"{{{{ {PLAN} }}}}. Until there is one, what "
        "follows is all that is known of the way out."
    )
    intro.paragraph_format.keep_with_next = True
    report.tag("else")
    intro = report.write(
        f"{{{{ partner.name }}}} supports {_FUNCTIONS}. Leaving it takes "
        + given("partner.exit_months", "{{ partner.exit_months | duration('months') }}", "a time that is not known")
        + " and costs us "
        + given("partner.exit_cost is not none", _AMOUNT.format("partner.exit_cost"), "an amount that is not known")
        + given(
            f"{PLAN}.steps",
            f"; the {counted(f'{PLAN}.steps | length', 'step')} of this plan "
            + given(f"{PLAN}.steps | length == 1", "ends", "end")
            + f" in week\u00a0{{{{ {PLAN}.total_weeks | number }}}}",
        )
        + ". "
        + _TESTED
    )
    intro.paragraph_format.keep_with_next = True
    report.tag("endif")
    terms_table(
        report,
        "The way out at a glance",
        ("The way out", "What is known"),
        [
            Term(
                "Critical functions",
                "{% for function in partner.functions %}{{ function.name }}{% if function.rto_hours is not none %} "
                "(back within {{ function.rto_hours | duration('hours') | unbroken }}){% endif %}"
                "{% if not loop.last %}, {% endif %}"
                "{% endfor %}",
                when="partner.functions",
            ),
            Term("Dependency", narrow("partner.dependency"), when="partner.dependency"),
            Term(
                "How hard to replace",
                capital("partner.substitutability")
                + given("partner.substitutability_reason", ": {{ partner.substitutability_reason | unbroken }}"),
                when="partner.substitutability",
            ),
            Term("Plan owner", "{{ partner.owner.name }}, {{ partner.owner.role }}"),
            Term("Alternatives", names("partner.alternatives", "None is named yet")),
            Term("Leaving takes", "{{ partner.exit_months | duration('months') }}"),
            Term("Own cost of leaving", _AMOUNT.format("partner.exit_cost")),
            Term(
                "Spend of this year",
                _AMOUNT.format("partner.spend")
                + given("partner.share_pct is not none", ", {{ partner.share_pct | percent }} of all spend"),
                when="partner.spend is not none",
            ),
            Term(
                "Spend that rests on it",
                _AMOUNT.format("partner.reliant_spend") + " with the partners hosted on it",
                when="partner.spend is not none and partner.reliant_spend > partner.spend",
            ),
            Term("Hosted on", "{{ partner.hosted_on.name }}", when="partner.hosted_on"),
            Term("Last exit test", _LAST_TEST),
            Term("Next exit test", f"{{{{ {PLAN}.next_test | date }}}}", when=f"{PLAN} and {PLAN}.next_test"),
        ],
        shares=(26, 74),
    )
    report.section(
        TRANSITION,
        otherwise="This pack holds no agreement with {{ partner.name }}, so none that promises a transition.",
    )


_LAST_TEST = (
    "{% if partner.last_exit_test %}{{ partner.last_exit_test | date }}"
    "{% if not partner.exit_tested %}; more than 12 months ago, so the test is overdue{% endif %}"
    "{% else %}Never tested{% endif %}"
)
_TESTED = (
    "{% if partner.exit_tested %}The plan was last tested on {{ partner.last_exit_test | date | unbroken }}."
    "{% elif partner.last_exit_test %}**It was last tested on {{ partner.last_exit_test | date | unbroken }}, more "
    "than 12 months before {{ pack.as_of | date }}: the test is overdue.**"
    "{% else %}**It has never been tested.**{% endif %}"
    f"{{% if {PLAN}.next_test %}} The next test is on {{{{ {PLAN}.next_test | date | unbroken }}}}.{{% endif %}}"
)


def _draw_way_out(report: Report) -> None:
    report.write("Triggers", "Heading 1")
    report.tag(f"if {PLAN}.triggers")
    report.write("Any one of these brings the question of leaving before those who decide it:", "Table Intro")
    report.bullets(f"trigger in {PLAN}.triggers", _CLOSED.format("trigger"))
    report.tag("else")
    report.write(f"{{{{ {PLAN}.triggers | default(none, true) }}}}")
    report.tag("endif")
    report.write("Where to, and how", "Heading 1")
    report.write(f"{{{{ {PLAN}.strategy | markdown }}}}")


def _draw_timeline(report: Report) -> None:
    report.tag(f"if {PLAN}.timeline")
    report.write("Timeline", "Heading 1")
    report.write(
        f"A column stands for {{% if {PLAN}.band_weeks == 1 %}}a week{{% else %}}"
        f"{{{{ {PLAN}.band_weeks | duration('weeks') }}}} and is headed by the first of them{{% endif %}}. A shaded "
        "cell says how many weeks of work on the step fall in it.",
        "Table Intro",
    )
    widths = [3400, 400, 430, 400]
    band = f"{{% for band in {PLAN}.bands %}}"
    head = [
        Cell("Step", "TableHead"),
        Cell(band, "GridHead"),
        Cell("{{ band.first }}", "GridHead"),
        Cell("{% endfor %}", "GridHead"),
    ]
    weeks = "line.weeks[loop.index0]"
    body = [
        Cell(f"{{% for line in {PLAN}.timeline %}}{{{{ line.number }}}} {{{{ line.step.step }}}}", "TableLabel"),
        Cell(band, "GridText"),
        Cell(given(weeks, f"{{{{ {weeks} | number }}}}"), "GridText", ground=f'"{BLUE_DEEP}" if {weeks} else ""'),
        Cell("{% endfor %}{% endfor %}", "GridText"),
    ]
    rows = [row(head, widths, head=True), row(body, widths, height=430, keep=True)]
    report.append(table("Timeline of the exit by weeks", widths, rows, width=report.width, layout="autofit"))
    report.tag("endif")


def _draw_what_it_takes(report: Report) -> None:
    report.section(INVENTORY, level=1)
    report.write("Cost", "Heading 1")
    report.tag(f"if {PLAN}.costs")
    widths = [7000, 2298]
    lines = [
        row([Cell("What is paid for", "TableHead"), Cell("Amount", "TableHead", "right")], widths, head=True),
        row(
            [
                Cell(f"{{% for cost in {PLAN}.costs %}}{{{{ cost.item }}}}"),
                Cell(_AMOUNT.format("cost.amount") + "{% endfor %}", align="right"),
            ],
            widths,
            keep=True,
        ),
        row([Cell("Total", "TableLabel"), Cell(f"**{_AMOUNT.format(f'{PLAN}.cost_total')}**", align="right")], widths),
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
    report.write(f"{{{{ {PLAN}.reintegration | markdown }}}}")
    report.write("Shared hosting", "Heading 2")
    report.tag(f"if {PLAN}.shared_hosting")
    report.write(f"{{{{ {PLAN}.shared_hosting | markdown }}}}")
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
    report.tag(f"if {PLAN}.tests")
    report.write(_TESTED, "Table Intro")
    report.tag("else")
    report.write(
        "The plan has never been tested, so its times and cost are estimates."
        f"{{% if {PLAN}.next_test %}} The first test is on {{{{ {PLAN}.next_test | date | unbroken }}}}.{{% else %}} "
        "No date is set for a first test.{% endif %}"
    )
    report.tag("endif")
    report.tag(f"if {PLAN}.tests")
    rows_table(report, TESTS, width=report.width)
    report.tag("endif")
    report.write("Communication", "Heading 1")
    # A place to sign never stands on a page of its own.
    report.write(f"{{{{ {PLAN}.communication | markdown }}}}").paragraph_format.keep_with_next = True
