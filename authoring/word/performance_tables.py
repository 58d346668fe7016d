"""The tables of the vendor performance review: scores, metrics, evidence, and what is asked and planned."""

from __future__ import annotations

from dataclasses import replace

from authoring.word.draft import SHORT_DATE, by_hand, capital, person
from authoring.word.tables import Column, DataTable

_SIGNED = "{{% if {0} > 0 %}}+{{% endif %}}{{{{ {0} | number }}}}"

_MEASURED = "scorecards.cards | map(attribute='metrics') | map('length') | sum"

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
    "in proportion between. Change is against the quarter before. Each partner has its page"
    f"{{% if {_MEASURED} %}}; the metrics follow{{% endif %}}.",
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
    when=_MEASURED,
    loop="card in scorecards.cards | selectattr('metrics')",
    inner="metric in card.metrics",
    columns=(
        Column("Partner", 12, "{{ card.partner.name }}", "TableLabel"),
        replace(_METRIC, share=29),
        Column("Category", 10.5, capital("metric.category")),
        Column("Weight", 8, "{{ metric.weight | percent }}", align="right"),
        *(replace(column, share=7.5) for column in (_TARGET, _LEAST, _ACTUAL, _POINTS)),
        replace(_TREND, share=10.5),
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
    when=_MEASURED,
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
