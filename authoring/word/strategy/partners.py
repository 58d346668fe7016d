"""With whom: segments, the portfolio with its chart, and the heatmaps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from authoring.deck.charts import ChartPlan
from authoring.deck.say import PLAN, given, names
from authoring.palette import AMBER_TINT, BLUE_DEEP, BLUE_FAINT, BLUE_TINT, GREEN_TINT, RED_TINT
from authoring.word.charts import draw_chart
from authoring.word.draft import capital
from authoring.word.tables import Cell, Column, DataTable, end_chain, row, table

if TYPE_CHECKING:
    from authoring.word.report import Report

_PAID = 'partners | selectattr("spend") | sort(attribute="spend", reverse=true)'

SEGMENTS = DataTable(
    heading="Segmentation",
    intro="Each partner is in exactly one segment. The segment says what we want from it, what makes a partner belong "
    "there and how we look after it.",
    loop="segment in strategy.segments",
    columns=(
        Column("Segment", 12, "{{ segment.name }}", "TableLabel"),
        Column("Purpose", 27, "{{ segment.purpose }}"),
        Column("Criterion", 22, capital("segment.criterion")),
        Column("Coverage", 19, capital("segment.coverage")),
        Column("Partners", 20, names("segment.partners", "None")),
    ),
)

PORTFOLIO = DataTable(
    heading="Partners",
    intro="Functions are the critical or important ones that the partner supports. Spend of this year and the plan "
    "are in millions of {{ pack.currency }}, without VAT.",
    loop="partner in partners",
    columns=(
        Column("Partner", 8.5, "{{ partner.name }}", "TableLabel"),
        Column("Kind", 8.8, capital("partner.kind_label")),
        Column("Segment", 7.6, "{{ partner.segment.name }}"),
        Column("What we depend on", 27.3, "{{ partner.dependency or partner.description or 'Not described yet' }}"),
        Column("Functions", 17.5, names("partner.functions", "None")),
        Column("Owner", 9.4, "{{ partner.owner.name }}"),
        Column("Sponsor", 10.4, "{% if partner.sponsor %}{{ partner.sponsor.name }}{% else %}Not named{% endif %}"),
        Column("Spend", 6.7, "{% if partner.spend %}{{ (partner.spend / 1000000) | number(2) }}"
               "{% else %}–{% endif %}", align="right"),
        Column("Share", 5.7, "{% if partner.share_pct %}{{ partner.share_pct | percent(1) }}"
               "{% else %}–{% endif %}", align="right"),
        Column("Plan", 6.7, "{% if partner.plan %}{{ (partner.plan / 1000000) | number(2) }}"
               "{% else %}–{% endif %}", align="right"),
    ),
)  # fmt: skip

BY_SEGMENT = DataTable(
    heading="Spend by segment",
    intro="Spend is that of this year in millions of {{ pack.currency }}, without VAT.",
    when="figures.spend_total",
    loop="segment in strategy.segments",
    columns=(
        Column("Segment", 30, "{{ segment.name }}", "TableLabel"),
        Column("Partners", 20, "{{ segment.partners | length }}", align="right"),
        Column("Spend", 25, "{{ (segment.spend / 1000000) | number(2) }}", align="right"),
        Column("Share of spend", 25, "{{ segment.share_pct | percent(1) }}", align="right"),
    ),
)

_SHADE = f'{{"low": "{GREEN_TINT}", "watch": "{AMBER_TINT}", "act": "{RED_TINT}"}}'
_SAID = '{"low": "in\u00a0order", "watch": "watch", "act": "act"}'
_STRENGTH = f'{{"none": "", "some": "{BLUE_FAINT}", "strong": "{BLUE_TINT}", "lead": "{BLUE_DEEP}"}}'


def draw_segmentation(report: Report) -> None:
    """The segments, who is in them and what they are paid."""
    report.section(SEGMENTS, level=1)
    report.optional_section(BY_SEGMENT)


def draw_portfolio(report: Report) -> None:
    """All partners, and a chart of spend and plan."""
    report.write("Portfolio", "Heading 1")
    report.section(PORTFOLIO)
    partners = f'{_PAID} | map(attribute="name")'
    spend, plan = f'{_PAID} | map(attribute="spend")', f'{_PAID} | map(attribute="plan")'
    report.tag("if figures.spend_total")
    report.write("Spend and plan by partner", "Heading 2").paragraph_format.keep_with_next = True
    report.write(
        "In millions of {{ pack.currency }}, without VAT, the largest partner first: forecast spend of this year "
        "beside the plan.",
        "Table Intro",
    )
    draw_chart(
        report,
        ChartPlan(
            "Chart: spend and plan by partner",
            f'{{{{ chart({partners} | list, [{{"name": "Spend " ~ pack.as_of.year, "values": {spend} | list}}, '
            f'{{"name": {PLAN}, "values": {plan} | list}}], '
            '"Column chart of spend and plan by partner, largest first: " '
            f'~ ({partners} | join(", ")) ~ ". Spend in " ~ pack.currency ~ ": " ~ ({spend} | map("number") | '
            'join("; "))) }}',
            ("First", "Second"),
            {"Spend": (2_000_000, 1_000_000), "Plan": (1_500_000, 1_200_000)},
            "#,##0.00,,",
            size=9,
        ),
        width=report.width,
        height=7300,
    )
    report.tag("endif")


def draw_heatmaps(report: Report) -> None:
    """Strategic value against health of the relation, and which partner brings which capability."""
    report.write("Heatmap", "Heading 1")
    report.write("Strategic value and relationship health", "Heading 2")
    report.tag("if partners | selectattr('value') | selectattr('health') | list")
    report.write(
        "Strategic value and health of the relation each run from 1 to 5. Where health lags three points or more "
        "behind value we act, at two points we watch, else the relation is in order. Each cell says which, after the "
        "names of the partners that stand in it.",
        "Table Intro",
    )
    report.grid(
        "Heatmap of strategic value and relationship health",
        ("Strategic value", *(f"Health {number}" for number in range(1, 6))),
        "strategy.heatmap",
        "value",
        _cell,
        height=1150,
    )
    report.tag("else")
    report.write("No partner has a strategic value and a health of its relation yet.")
    report.tag("endif")
    _draw_capabilities(report)


def _cell(path: str) -> Cell:
    """One value and one health: the partners there, and what their place means."""
    names = given(f"{path}.partners", f"**{{{{ {path}.partners | join(', ') }}}}**: ")
    return Cell(f"{names}{{{{ {_SAID}[{path}.shade] }}}}", "GridText", ground=f"{_SHADE}[{path}.shade]")


def _draw_capabilities(report: Report) -> None:
    report.write("Capabilities and partners", "Heading 2")
    report.tag("if strategy.capability_map and strategy.capability_partners")
    report.write(
        "How strong each partner is in what we need partners for: some, strong or lead; a dash is none. Where a "
        "critical function rests on a capability in which fewer than two partners are strong, cover is thin: nobody "
        "could take over.",
        "Table Intro",
    )
    # The cells of tags vanish and the third column repeats, once for each partner.
    widths = [2530, 700, 930, 700, 1420]
    head = [
        Cell("Capability", "TableHead"),
        Cell("{% for partner in strategy.capability_partners %}", "GridHead"),
        Cell("{{ partner.name }}", "GridHead"),
        Cell("{% endfor %}", "GridHead"),
        Cell("Cover", "GridHead"),
    ]
    body = [
        Cell("{% for line in strategy.capability_map %}{{ line.capability }}"
             "{% if line.critical %} (critical){% endif %}", "TableLabel"),
        Cell("{% for cell in line.cells %}", "GridText"),
        Cell("{{ cell.word if cell.strength else '–' }}", "GridText", ground=f"{_STRENGTH}[cell.word]"),
        Cell("{% endfor %}", "GridText"),
        Cell("{{ line.strong_count }} strong{% if line.thin %}: **thin**{% endif %}{% endfor %}", "GridText",
             ground=f'"{RED_TINT}" if line.thin else ""'),
    ]  # fmt: skip
    rows = [row(head, widths, head=True), row(body, widths, keep=True)]
    report.append(table("Heatmap of capabilities and partners", widths, rows, width=report.width, layout="autofit"))
    end_chain(report)
    report.tag("else")
    report.write("No capabilities are mapped to partners yet.")
    report.tag("endif")
