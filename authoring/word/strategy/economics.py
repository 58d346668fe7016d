"""What the programme costs and brings, year by year, with a downside case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from authoring.deck.charts import ChartPlan
from authoring.deck.say import NBSP, economic, given, tag
from authoring.word.charts import draw_chart
from authoring.word.tables import Cell, row, table

if TYPE_CHECKING:
    from authoring.word.report import Report

_E = "strategy.economics"
# Label, the figures of the years, and their total; what may be left out of the inputs goes with its row.
_LINES = (
    ("Spend without the programme", "no_programme_spend", ""),
    ("Spend with the programme", "programme_spend", ""),
    ("Saving", "saving", ""),
    ("Innovation benefit", "innovation_benefit", "innovation_benefit"),
    ("One-off cost", "one_off_cost", "one_off_cost"),
    ("Running cost", "run_cost", "run_cost"),
    ("Net benefit", "net_benefit", ""),
)


def draw_economics(report: Report) -> None:
    """The yearly figures, a chart of plan and downside, what follows from them, and the levers."""
    report.write("Economics", "Heading 1")
    report.tag(f"if {_E}")
    report.write(
        f"All figures are in {{{{ {_E}.currency_unit }}}}. Saving is spend without the programme less spend with it; "
        "net "
        "benefit is saving and innovation benefit less one-off and running cost.",
        "Table Intro",
    )
    _draw_years(report)
    report.tag(f"if {_E}.downside")
    report.write(
        f"Net benefit by year in {{{{ {_E}.currency_unit }}}}, as planned and in the downside case.", "Table Intro"
    )
    _draw_chart(report)
    report.tag("endif")
    report.write("What follows", "Heading 2")
    report.write(
        f"The net present value is {economic('npv')}, each year discounted at its end by "
        f"{{{{ {_E}.discount_rate_pct | percent }}}}."
        + given(
            f"{_E}.benefit_cost_ratio",
            f" Each {tag('pack.currency')}{NBSP}1 of cost brings {tag('pack.currency')}{NBSP}"
            f"{{{{ {_E}.benefit_cost_ratio | number(1) }}}} of benefit.",
        )
        + given(
            f"{_E}.payback_month",
            f" The programme pays for itself in month {{{{ {_E}.payback_month }}}}.",
            " The programme does not pay for itself in these years.",
        )
    )
    report.tag(f"if {_E}.downside")
    report.write(
        f"If less goes well ({{{{ {_E}.downside.case }}}}), the net benefit falls from "
        f"{economic('net_benefit_total')} to "
        f"{economic('downside_total')} and the net present value to {economic('downside_npv')}."
    )
    report.tag("endif", f"if {_E}.saving_by_lever")
    report.write("Where the saving comes from", "Heading 2")
    report.tag(f"for lever, amount in {_E}.saving_by_lever.items()")
    report.write(
        f"{{{{ lever[:1] | upper }}}}{{{{ lever[1:] | replace('_', ' ') }}}}: {_lever()}",
        "List Bullet",
    )
    report.tag("endfor", "endif", "else")
    report.write("The economics of the programme have not been worked out yet.")
    report.tag("endif")


def _lever() -> str:
    """The saving of one lever, to one decimal like the saving they add up to."""
    return economic("saving_by_lever[lever]").replace("| number", "| number(1)")


def _draw_years(report: Report) -> None:
    # The cells of tags vanish and the third column repeats, once for each year.
    widths = [3500, 700, 1300, 700, 1300]
    head = [
        Cell("{{ " + _E + ".currency_unit }}", "TableHead"),
        Cell(f"{{% for year in {_E}.years %}}", "TableHead"),
        Cell("{{ year }}", "TableHead", "right"),
        Cell("{% endfor %}", "TableHead"),
        Cell("Total", "TableHead", "right"),
    ]
    rows = [row(head, widths, head=True)]
    downside = ("Net benefit in the downside case", "downside.net_benefit", "downside")
    for label, name, needs in (*_LINES, downside):
        total = "downside_total" if needs == "downside" else f"{name}_total"
        opener, closer = (f"{{% if {_E}.{needs} %}}", "{% endif %}") if needs else ("", "")
        cells = [
            Cell(opener + label, "TableLabel"),
            Cell(f"{{% for figure in {_E}.{name} %}}"),
            Cell("{{ figure | number(2) }}", align="right"),
            Cell("{% endfor %}"),
            Cell(f"{{{{ {_E}.{total} | number(2) }}}}{closer}", align="right"),
        ]
        rows.append(row(cells, widths, keep=True))
    report.append(table("Economics by year", widths, rows, width=report.width, layout="autofit"))


def _draw_chart(report: Report) -> None:
    years = f"{_E}.years"
    heard = (
        f'"Column chart of the net benefit in " ~ {_E}.currency_unit ~ ", plan and downside case, " '
        f'~ ({years} | join(", ")) '
        f'~ ". Plan: " ~ ({_E}.net_benefit | map("number") | join("; ")) ~ ". Downside: " ~ '
        f'({_E}.downside.net_benefit | map("number") | join("; "))'
    )
    draw_chart(
        report,
        ChartPlan(
            "Chart: net benefit by year",
            f'{{{{ chart({years} | map("string") | list, [{{"name": "Plan", "values": {_E}.net_benefit}}, '
            f'{{"name": "Downside case", "values": {_E}.downside.net_benefit}}], {heard}) }}}}',
            ("2027", "2028"),
            {"Plan": (1, 2), "Downside case": (0.5, 1)},
            '#,##0.00;"−"#,##0.00',
            size=9,
        ),
        width=report.width,
        height=3700,
    )
