"""The vendor performance review: the scorecards as a paper for the board that governs vendors, vendor by vendor."""

from __future__ import annotations

from dataclasses import replace

from authoring.deck.charts import ChartPlan
from authoring.deck.say import counted, given
from authoring.word.charts import draw_chart
from authoring.word.draft import SHORT_DATE, by_hand, capital, person
from authoring.word.report import Report
from authoring.word.tables import Column, DataTable, rows_table

TITLE = "Vendor performance review"
_STOP = "{{% if card.{0}[-1:] not in '.!?' %}}.{{% endif %}}"
_SIGNED = "{{% if {0} > 0 %}}+{{% endif %}}{{{{ {0} | number }}}}"

DECISIONS = DataTable(
    heading="Decisions asked of the board",
    intro="Each decision names who carries it out, and by when.",
    loop="asked in scorecards.decisions",
    columns=(
        Column("Decision", 60, "{{ asked.decision }}"),
        Column("Carried out by", 22, person("asked.owner", "Not named yet")),
        Column("By", 18, f"{{% if asked.due %}}{{{{ asked.due | date({SHORT_DATE}) }}}}{{% else %}}Open{{% endif %}}"),
    ),
)

OVERVIEW = DataTable(
    heading="Overview",
    intro="Scores run from 0 to 100. A metric earns 100 points at its target, none at its least acceptable value, and "
    "in proportion between. Change is against the quarter before. Each partner has its page; the metrics follow.",
    loop="card in scorecards.cards",
    columns=(
        Column("Partner", 18, "{{ card.partner.name }}", "TableLabel"),
        Column("Rating", 11, capital("card.rating")),
        Column("Technical", 12, "{{ card.technical | number }}", align="right"),
        Column("Financial", 12, "{{ card.financial | number }}", align="right"),
        Column("Innovation", 12, "{{ card.innovation | number }}", align="right"),
        Column("Score", 10, "**{{ card.score | number }}**", align="right"),
        Column(
            "Change",
            11,
            "{% if card.change is not none %}" + _SIGNED.format("card.change") + "{% else %}No trend{% endif %}",
            align="right",
        ),
        Column(
            "Open actions",
            14,
            "{{ card.actions | rejectattr('status', 'equalto', 'done') | list | length }}",
            align="right",
        ),
    ),
)

_FIGURE = "{{% if metric.{0} is not none %}}{{{{ metric.{0} | number }}}}{{% else %}}None{{% endif %}}"
_METRIC = Column("Metric", 44, "**{{ metric.name }}**\u00a0({{ metric.unit }})")
_TARGET = Column("Target", 8, "{{ metric.target | number }}", align="right")
_LEAST = Column("Least", 8, "{{ metric.threshold | number }}", align="right")
_ACTUAL = Column("Actual", 8, _FIGURE.format("actual"), align="right")
_POINTS = Column("Points", 8, _FIGURE.format("score"), align="right")
_TREND = Column("Trend", 11, capital("metric.trend_label", "Not known"), align="right")
METRICS = DataTable(
    heading="Metrics",
    intro="What each score is made of; the weight is that within the category, and the least is what earns no points.",
    when="scorecards.cards | map(attribute='metrics') | map('length') | sum",
    loop="card in scorecards.cards | selectattr('metrics')",
    inner="metric in card.metrics",
    columns=(
        Column("Partner", 10.5, "{{ card.partner.name }}", "TableLabel"),
        replace(_METRIC, share=34),
        Column("Category", 12, capital("metric.category")),
        Column("Weight", 9.5, "{{ metric.weight | percent }}", align="right"),
        _TARGET,
        _LEAST,
        _ACTUAL,
        _POINTS,
        _TREND,
    ),
)

_BELOW = "card.metrics | rejectattr('score', 'none') | selectattr('score', 'lt', 100) | list"
BELOW = DataTable(
    heading="Below target",
    intro="No plan is asked of a green partner. What keeps its score from 100, the fewest points first:",
    when=f"not card.actions and card.rating == 'green' and ({_BELOW})",
    loop=f"metric in {_BELOW} | sort(attribute='score')",
    columns=(_METRIC, Column("Category", 13, capital("metric.category")), _TARGET, _LEAST, _ACTUAL, _POINTS, _TREND),
)

EVIDENCE = DataTable(
    heading="Evidence behind the metrics",
    intro="Where each figure comes from, what shows it, and whether we or the partner supplied it.",
    when="scorecards.cards | map(attribute='metrics') | map('length') | sum",
    loop="card in scorecards.cards | selectattr('metrics')",
    inner="metric in card.metrics",
    closing=True,
    columns=(
        Column("Partner", 10.5, "{{ card.partner.name }}", "TableLabel"),
        Column("Metric", 28.5, "{{ metric.name }}"),
        Column("Source", 25, "{{ (metric.source or 'Not stated yet') | unbroken }}"),
        Column("Evidence", 27, "{{ (metric.evidence or 'None given yet') | unbroken }}"),
        Column(
            "From",
            9,
            by_hand(
                "metric.provided_by",
                "choose: From | Us | Partner",
                '{% if metric.provided_by == "bank" %}Us{% else %}Partner{% endif %}',
            ),
        ),
    ),
)

ACTIONS = DataTable(
    heading="Improvement plan",
    intro="",
    when="card.actions",
    loop="step in card.actions",
    columns=(
        Column("Ref", 6, "{{ step.id }}", "TableLabel"),
        Column(
            "Gap and action",
            36,
            "{% if step.gap %}Gap: {{ step.gap }}{% else %}Gap: not stated{% endif %}\n**{{ step.action }}**",
        ),
        Column(
            "Owner, due, status",
            14.5,
            person("step.owner", "Not named yet")
            + f"\n{{% if step.due %}}{{{{ step.due | date({SHORT_DATE}) }}}}{{% else %}}No date{{% endif %}}\n"
            + capital("step.status"),
        ),
        Column("Expected effect", 25.5, "{{ step.effect or 'Not stated yet' }}"),
        Column("Done when", 18, "{{ step.exit_criterion or 'Not stated yet' }}"),
    ),
)


def draw_performance() -> bytes:
    """The template as a file: overview and decisions, then a page for each vendor, then what the figures rest on."""
    report = Report(
        TITLE,
        purpose="How the scored partners perform, what is done where they fall short, and what the vendor governance "
        "board "
        "is asked to decide",
    )
    _draw_overview(report)
    report.tag("for card in scorecards.cards")
    _draw_vendor(report)
    report.tag("endfor")
    report.optional_section(METRICS, level=1)
    report.optional_section(EVIDENCE, level=1)
    report.tag("if scorecards.cards")
    report.sign_off(
        "The board’s chair records what was decided.",
        [
            ("Owner", "pack.owner", ""),
            (
                "{% for forum in governance.forums if forum.id is blank or not forum.with_partner and forum.chair %}"
                "Chair, {{ forum.name }}",
                "forum.chair",
                "{% endfor %}",
            ),
        ],
    )
    report.tag("endif")
    return report.finish()


def _draw_overview(report: Report) -> None:
    bands = "governance.performance.rating_bands"
    report.write("Overview and decisions", "Heading 1", page_break=True)
    report.tag("if scorecards.cards")
    rated = "scorecards.cards | selectattr('rating', 'equalto', '{}') | list | length"
    report.write(
        "We score "
        + counted("figures.scorecard_count", "partner")
        + given("scorecards.quarters", " for {{ scorecards.quarters | last }}")
        + f": {{{{ {rated.format('green')} }}}} green, {{{{ {rated.format('amber')} }}}} amber and "
        f"{{{{ {rated.format('red')} }}}} red. The mean score is {{{{ figures.mean_score | number }}}}. A score of "
        f"{{{{ {bands}.green_from | number }}}} or more is green, of {{{{ {bands}.amber_from | number }}}} or more "
        "amber, below "
        "that red. Technical counts {{ scorecards.weights.technical | percent }}, financial "
        "{{ scorecards.weights.financial | percent }} and innovation {{ scorecards.weights.innovation | percent }}."
    )
    report.tag("for card in scorecards.cards if card.rating == 'red'")
    report.write(
        "**{{ card.partner.name }} is red at {{ card.score | number }}.**"
        + given("card.cause", f" {{{{ card.cause }}}}{_STOP.format('cause')}")
        + given("card.plan", f" The plan: {{{{ card.plan }}}}{_STOP.format('plan')}")
    )
    report.tag("endfor")
    report.section(OVERVIEW)
    report.section(DECISIONS, otherwise="No decision is asked this time; the board takes note.")
    report.tag("else")
    report.write(
        "No partner is scored yet, so there is nothing to review. Scores stand under scorecards in the inputs."
    )
    report.tag("endif")


def _draw_vendor(report: Report) -> None:
    report.write("{{ card.partner.name }}: {{ card.rating }}", "Heading 1", page_break=True)
    verdict = report.write(
        "**{{ card.partner.name }} scores {{ card.score | number }} of 100"
        + given("scorecards.quarters", " in {{ scorecards.quarters | last }}")
        + " and is rated {{ card.rating }}.** "
        + given(
            "card.change is not none",
            "{% if card.change is blank %}That is {{ card.change }} points up or down on the quarter before"
            "{% elif card.change == 0 %}That is unchanged against the quarter before{% else %}"
            "That is {{ card.change | abs | number }} {% if card.change | abs == 1 %}point{% else %}points{% endif %} "
            "{% if card.change > 0 %}more{% else %}less{% endif %} than in the quarter before{% endif %}"
            + given(
                "scorecards.quarters | length > 1 and card.trend | length == scorecards.quarters | length",
                ", and {% if card.change_first == 0 %}as much as{% else %}{{ card.change_first | abs | number }} "
                "{% if card.change_first > 0 %}more{% else %}less{% endif %} than{% endif %} in {{ "
                "scorecards.quarters | first }}",
            )
            + ". ",
        )
        + given("card.partner.owner", "{{ card.partner.owner.name }} owns the relation.")
    )
    verdict.paragraph_format.keep_with_next = True
    for label, path in (("Why", "cause"), ("What is done", "plan"), ("What the partner disputes", "disputed")):
        # The actions of a plan say more than its summary.
        report.tag(f"if card.{path} and not card.actions" if path == "plan" else f"if card.{path}")
        report.write(f"**{label}.** {{{{ card.{path} }}}}{_STOP.format(path)}")
        report.tag("endif")
    report.bullets(
        "metric in card.metrics if metric.disputed", "**{{ metric.name }}** (disputed): {{ metric.disputed }}"
    )
    _draw_scores(report)
    _draw_rows(report, ACTIONS)
    report.tag("if not card.actions and card.rating != 'green'")
    report.write("Improvement plan", "Heading 2")
    # The places to sign may follow.
    nothing = report.write("No action is recorded yet, though the rating asks for a plan.")
    nothing.paragraph_format.keep_with_next = True
    report.tag("endif")
    report.optional_section(BELOW)


def _draw_rows(report: Report, each: DataTable) -> None:
    report.tag(f"if {each.when}")
    report.write(each.heading, "Heading 2")
    rows_table(report, each, width=report.width)
    report.tag("endif")


def _draw_scores(report: Report) -> None:
    report.write("Scores", "Heading 2")
    quarters = "(scorecards.quarters[-(card.trend | length):] if scorecards.quarters else card.trend)"
    drawn = "card.trend and scorecards.quarters"
    bands = "governance.performance.rating_bands"
    guides = ", ".join(
        f'{{"name": "{word} from " ~ ({bands}.{field} | number), "values": [{bands}.{field}] * (card.trend | length)}}'
        for word, field in (("Green", "green_from"), ("Amber", "amber_from"))
    )
    # A change of a few points shows on an axis that begins at 40; a lower score would fall off it.
    for lowest, opener in ((40, f"if {drawn} and card.trend | min >= 40"), (0, f"elif {drawn}")):
        report.tag(opener)
        _draw_trend(report, quarters, guides, lowest)
    report.tag("endif")
    names = ("technical", "financial", "innovation")
    report.facts(
        "Score by category",
        (22, 18, 18, 18, 24),
        ("Category", *(name.capitalize() for name in names), "Weighted score"),
        [
            (
                "Score",
                *(f"{{{{ card.{name} | number }}}}" for name in names),
                "**{{ card.score | number }}** ({{ card.rating }})",
            ),
            ("Weight", *(f"{{{{ scorecards.weights.{name} | percent }}}}" for name in names), "100%"),
        ],
        aligned=range(1, 5),
    )


def _draw_trend(report: Report, quarters: str, guides: str, lowest: int) -> None:
    """The score by quarter as a line on an axis from `lowest` to 100, with the limits of the ratings."""
    intro = report.write(
        "The weighted score of each quarter, in points of 100, against the limits of the ratings"
        + (f"; the axis begins at {lowest}." if lowest else ".")
    )
    intro.paragraph_format.keep_with_next = True
    draw_chart(
        report,
        ChartPlan(
            "Chart: score by quarter",
            f'{{{{ chart({quarters}, [{{"name": card.partner.name, "values": card.trend}}, {guides}], '
            f'"Line chart of the weighted '
            f'score of " ~ card.partner.name ~ " by quarter, " ~ ({quarters} | join(", ")) ~ ": " ~ '
            '(card.trend | map("number") | join("; "))) }}',
            ("Q1 2026", "Q2 2026"),
            {"Score": (70, 72), "Green from": (80, 80), "Amber from": (65, 65)},
            "0",
            minimum=lowest,
            maximum=100,
            line=True,
            guides=2,
            size=9,
        ),
        width=report.width,
        height=2300,
        followed=True,
    )
