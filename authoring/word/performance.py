"""The vendor performance review: the scorecards as a paper for the board that governs vendors, vendor by vendor."""

from __future__ import annotations

from authoring.deck.charts import ChartPlan
from authoring.deck.say import counted, given
from authoring.word.charts import draw_chart
from authoring.word.performance_tables import ACTIONS, BELOW, DECISIONS, EVIDENCE, METRICS, OVERVIEW
from authoring.word.report import Report
from authoring.word.tables import DataTable, rows_table

TITLE = "Vendor performance review"
_STOP = "{{% if card.{0}[-1:] not in '.!?' %}}.{{% endif %}}"


def draw_performance() -> bytes:
    """The template as a file: overview and decisions, then a page for each vendor, then what the figures rest on."""
    report = Report(
        TITLE,
        purpose="How the scored partners perform, what is done where they fall short, and what the vendor governance "
        "board is asked to decide",
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
