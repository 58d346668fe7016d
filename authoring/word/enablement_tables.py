"""The tables of the hand-off, as data: heading, intro, and what the cells say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from authoring.deck.say import short_date
from authoring.word.draft import SHORT_DATE, money, person
from authoring.word.strategy.goals import KPI_NAME, KPI_UNIT
from authoring.word.tables import Column, DataTable, rows_table

if TYPE_CHECKING:
    from authoring.word.report import Report

_E = "enablement"
_SIDE = "{% if promise.by == 'bank' %}{{ organisation.short_name }}{% else %}{{ contract.partner.name }}{% endif %}"
_KPI = "{{% if {0}.kpi %}}{{{{ {0}.kpi.id }}}}{{% else %}}None{{% endif %}}"

TEMPLATES = DataTable(
    heading="Reusable templates",
    intro="What the project uses again, each in the version named, so that both sides work from the same text.",
    loop=f"item in {_E}.templates",
    columns=(
        Column("Template", 26, "{{ item.name }}", "TableLabel"),
        Column("Version", 10, "{{ item.version }}"),
        Column("Document of the kit", 24, "{{ item.document or 'Not one of the kit' }}"),
        Column("Use", 40, "{{ item.use or 'Not described yet' }}"),
    ),
)

KPIS = DataTable(
    heading="KPIs",
    intro="All KPIs of the partnership strategy, with its ids and values. The last column names the pilots that are to "
    "move a KPI.",
    loop=f"kpi in {_E}.kpis",
    columns=(
        Column("Id", 4.5, "{{ kpi.id }}", "TableLabel"),
        Column("KPI", 34, KPI_NAME, "TableLabel"),
        Column("Unit", 10.5, KPI_UNIT),
        Column("Baseline", 8.5, "{{ kpi.baseline | number(kpi.decimals) }}", align="right"),
        Column("Target", 8, "{{ kpi.target | number(kpi.decimals) }}", align="right", apart=True),
        Column("Due", 10.5, f"{{{{ kpi.due | date({SHORT_DATE}) }}}}"),
        Column("Owner", 13, "{{ kpi.owner.name }}"),
        Column(
            "Moved by",
            11,
            f"{{{{ {_E}.pilots | selectattr('kpi') | selectattr('kpi.id', 'equalto', kpi.id) | map(attribute='id') "
            "| join(', ') | default('No pilot', true) }}",
        ),
    ),
)

PILOTS = DataTable(
    heading="Pilots",
    intro="A pilot goes on only when its gate holds on the day of the gate; its owner then says so in writing, with "
    f"the figures. By its exit criterion it ends, one way or the other. Together the pilots may cost "
    f"{{{{ {_E}.pilot_budget_total | money }}}}.",
    loop=f"pilot in {_E}.pilots",
    columns=(
        Column("Ref", 4.5, "{{ pilot.id }}", "TableLabel"),
        Column("Pilot", 10, "{{ pilot.name }}", "TableLabel"),
        Column("Partner", 8, person("pilot.partner", "None")),
        Column("Purpose", 14, "{{ pilot.purpose or 'Not stated yet' }}"),
        Column("KPI", 4, _KPI.format("pilot")),
        Column("Gate", 13, "{{ pilot.gate }}"),
        Column("Gate on", 8.4, f"{{{{ pilot.gate_date | date({SHORT_DATE}) }}}}"),
        Column("Exit criterion", 12.5, "{{ pilot.exit_criterion }}"),
        Column("Budget", 9, "{{ pilot.budget | money }}", align="right"),
        Column("IP position", 16.4, "{{ pilot.ip }}"),
        Column("Owner", 8.2, "{{ pilot.owner.name }}"),
    ),
)

JOINT = DataTable(
    heading="Joint roadmap",
    intro="",
    loop="promise in contract.joint_roadmap.from_bank + contract.joint_roadmap.from_partner",
    columns=(
        Column("Ref", 5, "{{ promise.id }}", "TableLabel"),
        Column("Due", 9, short_date("promise.due", "Open")),
        Column("Committed by", 11, _SIDE),
        Column("What", 37, "{{ promise.what }}"),
        Column("Gate", 20, "{{ promise.gate or 'None' }}"),
        Column("Measure", 18, "{{ promise.measure or 'None' }}"),
    ),
)

BUDGET = DataTable(
    heading="Budget",
    intro="What goes with the hand-over, by what it is for and the year in which it may be spent.",
    loop=f"line in {_E}.budget_lines",
    columns=(
        Column("For", 60, "{{ line.item }}", "TableLabel"),
        Column("Year", 15, "{{ line.year or 'Open' }}", align="right"),
        Column("Amount", 25, money("line.amount", "Open"), align="right"),
    ),
)

IP = DataTable(
    heading="IP position",
    intro="Who owns what was made together, and what may be done with it. The agreements prevail over this summary.",
    loop=f"item in {_E}.ip_position",
    columns=(
        Column("Result", 36, "{{ item.item }}", "TableLabel"),
        Column("Position", 64, "{{ item.position }}"),
    ),
)

CRITERIA = DataTable(
    heading="Exit criteria",
    intro="The hand-over counts as done when each of these has been measured and reached.",
    loop=f"item in {_E}.exit_criteria",
    columns=(
        Column("Criterion", 38, "{{ item.criterion }}", "TableLabel"),
        Column("KPI", 8, _KPI.format("item")),
        Column("Measure", 38, "{{ item.measure }}"),
        Column("Due", 16, f"{{{{ item.due | date({SHORT_DATE}) }}}}"),
    ),
)

OPEN_DECISIONS = DataTable(
    heading="Open decisions",
    intro="What still has to be decided, by whom and by when.",
    loop=f"item in {_E}.open_decisions",
    closing=True,
    columns=(
        Column("Decision", 58, "{{ item.decision }}", "TableLabel"),
        Column("Owner", 24, "{{ item.owner.name }}"),
        Column("Due", 18, f"{{{{ item.due | date({SHORT_DATE}) }}}}"),
    ),
)


def joint_roadmap(report: Report) -> None:
    """The commitments of `contract`, by date."""
    rows_table(report, JOINT, width=report.width)
