"""What the programme wants to reach, and the KPIs that say whether it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from authoring.word.draft import SHORT_DATE, capital, narrow
from authoring.word.tables import Column, DataTable

if TYPE_CHECKING:
    from authoring.word.report import Report

GOALS = DataTable(
    heading="Goals",
    intro="Each goal has one owner, who answers for it to the executive committee.",
    loop="goal in strategy.goals",
    short=8,
    columns=(
        Column("Ref", 6, "{{ goal.id }}", "TableLabel"),
        Column("Goal", 26, "{{ goal.name }}", "TableLabel"),
        Column("Why it matters", 36, "{{ goal.why or 'Not stated yet' }}"),
        Column("Owner", 16, "{{ goal.owner.name }}"),
        Column("KPIs", 16, "{{ goal.kpis | map(attribute='id') | join(', ') | default('None yet', true) }}"),
    ),
)

# A number stays with the words that it belongs to.
KPI_NAME = "{{ kpi.name | replace('Art. ', 'Art.\u00a0') }}"
KPI_UNIT = "{{ kpi.unit | replace(' of ', ' of\u00a0') }}"
_NUMBER = "{{{{ kpi.{} | number(kpi.decimals) }}}}"
KPIS = DataTable(
    heading="KPIs",
    when="strategy.goals | map(attribute='kpis') | map('length') | sum",
    intro="The baseline is where we stood on the date beside it. Figures are reported with the cadence given, from the "
    "source named and by the formula stated, so that two people who work one out find the same.",
    loop="goal in strategy.goals | selectattr('kpis')",
    inner="kpi in goal.kpis",
    columns=(
        Column("Id", 3.8, "{{ kpi.id }}", "TableLabel"),
        Column("KPI", 14, KPI_NAME, "TableLabel"),
        Column("Unit", 6.5, KPI_UNIT),
        Column("Baseline", 7.1, _NUMBER.format("baseline"), align="right", apart=True),
        Column("Taken on", 8.3, f"{{{{ kpi.baseline_date | date({SHORT_DATE}) }}}}"),
        Column("Target", 6.1, _NUMBER.format("target"), align="right", apart=True),
        Column("Due", 8.1, f"{{{{ kpi.due | date({SHORT_DATE}) }}}}"),
        Column("Formula", 19.1, "{{ kpi.formula | replace(' × ', ' ×\u00a0') | unbroken }}"),
        Column("Source", 11, narrow("kpi.source")),
        Column("Cadence", 6.8, capital("kpi.cadence")),
        Column("Owner", 9.3, "{{ kpi.owner.name }}"),
    ),
)

PROGRESS = DataTable(
    heading="Progress",
    when="strategy.measured_kpis",
    intro="What was measured since the baselines were taken; the other KPIs still stand at theirs. Progress is the "
    "part of the way from baseline to target that is done: (latest − baseline) ÷ (target − baseline). Below 0% the "
    "figure has moved away from its target.",
    loop="kpi in strategy.measured_kpis",
    columns=(
        Column("Id", 6, "{{ kpi.id }}", "TableLabel"),
        Column("KPI", 34, KPI_NAME, "TableLabel"),
        Column("Unit", 10, KPI_UNIT),
        Column("Baseline", 9, _NUMBER.format("baseline"), align="right"),
        Column("Latest", 9, _NUMBER.format("latest.value"), align="right", apart=True),
        Column("Measured on", 12, f"{{{{ kpi.latest.date | date({SHORT_DATE}) }}}}"),
        Column("Target", 9, _NUMBER.format("target"), align="right"),
        Column(
            "Progress",
            11,
            "{% if kpi.progress_pct is not none %}{{ kpi.progress_pct | percent(1) }}{% else %}–{% endif %}",
            align="right",
        ),
    ),
)


def draw_goals(report: Report) -> None:
    """Goals, then a row for each KPI, then what was measured of them."""
    report.write("Goals and KPIs", "Heading 1")
    report.section(GOALS)
    report.section(KPIS, otherwise="No goal has a KPI yet.")
    report.section(PROGRESS, otherwise="Nothing has been measured since the baselines were taken.")
