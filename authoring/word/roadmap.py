"""The ecosystem roadmap: lanes of partners, customers, regulators and our own, on a timeline with gates."""

from __future__ import annotations

from authoring.deck.say import counted, given, names
from authoring.palette import BLUE_TINT, TINT
from authoring.word.draft import SHORT_DATE, capital, person
from authoring.word.report import Report
from authoring.word.tables import Cell, Column, DataTable, row, table

TITLE = "Ecosystem roadmap"
_GROUPS = (
    ("partners", "Partners"),
    ("customers", "Customers"),
    ("regulators", "Regulators"),
    ("bank", "{{ organisation.name }}"),
)
_LABELS = (
    '{"partners": "Partners", "customers": "Customers", "regulators": "Regulators", "bank": organisation.short_name}'
)

HORIZONS = DataTable(
    heading="Horizons",
    intro="Each horizon has an aim that holds at its end; a milestone belongs to the horizon in which it is due.",
    loop="horizon in roadmap.horizons",
    columns=(
        Column("Horizon", 20, "{{ horizon.name }}", "TableLabel"),
        Column("From", 14, f"{{{{ horizon.start | date({SHORT_DATE}) }}}}"),
        Column("To", 14, f"{{{{ horizon.end | date({SHORT_DATE}) }}}}"),
        Column("Aim", 52, "{{ horizon.aim or 'Not stated yet' }}"),
    ),
)

NEXT = DataTable(
    heading="Next milestones",
    intro="The first that are not done, by date; all of them stand further on with their gates.",
    when="roadmap.milestones",
    loop="step in (roadmap.milestones | rejectattr('status', 'equalto', 'done') | sort(attribute='due'))[:8]",
    columns=(
        Column("Ref", 9, "{{ step.id }}", "TableLabel"),
        Column("Milestone", 40, "{{ step.name }}"),
        Column("Lane", 19, "{{ step.lane_name }}"),
        Column("Due", 15, f"{{{{ step.due | date({SHORT_DATE}) }}}}"),
        Column("Owner", 17, person("step.owner", "Not named yet")),
    ),
)

DEPENDENCIES = DataTable(
    heading="Dependencies",
    intro="What must come first. When one of these slips, its owner tells the owners of what waits for it.",
    when="roadmap.milestones | selectattr('depends_on') | list",
    loop="step in roadmap.milestones | selectattr('depends_on')",
    inner="before in step.depends_on",
    columns=(
        Column("Milestone", 35, "{{ step.id }} {{ step.name }}", "TableLabel"),
        Column("Due", 12, f"{{{{ step.due | date({SHORT_DATE}) }}}}"),
        Column("Waits for", 35, "{{ before.id }} {{ before.name }}"),
        Column("Which is due", 12, f"{{{{ before.due | date({SHORT_DATE}) }}}}"),
        Column("Status", 10, capital("before.status")),
    ),
)


def _lane_table(group: str, heading: str) -> DataTable:
    lanes = f"roadmap.lanes | selectattr('group', 'equalto', '{group}')"
    return DataTable(
        heading=heading,
        intro="",
        when=f"({lanes} | map(attribute='milestones') | map('length') | sum)",
        loop=f"lane in {lanes} | selectattr('milestones')",
        inner="step in lane.milestones",
        columns=(
            Column("Ref", 4.6, "{{ step.id }}", "TableLabel"),
            Column("Milestone", 16.4, "{{ step.name }}", "TableLabel"),
            Column("Lane", 8.8, "{{ lane.name }}"),
            Column(
                "Start",
                8.3,
                f"{{% if step.start %}}{{{{ step.start | date({SHORT_DATE}) }}}}{{% else %}}–{{% endif %}}",
            ),
            Column("Due", 8.4, f"{{{{ step.due | date({SHORT_DATE}) }}}}"),
            Column("Gate", 17.9, "{{ step.gate or 'No gate set yet' }}"),
            Column("Waits for", 8.5, "{{ step.depends_on | map(attribute='id') | join(', ') | default('–', true) }}"),
            Column("Owner", 9, person("step.owner", "Not named yet")),
            Column("Partners", 11.8, names("step.partners", "–")),
            Column("Status", 6.8, capital("step.status")),
        ),
    )


def draw_roadmap() -> bytes:
    """The template as a file: summary in portrait, then timeline, milestones and dependencies in landscape."""
    report = Report(
        TITLE,
        purpose="What partners, customers, regulators and we do by when, with the gates that decide whether a "
        "milestone is reached and what waits for what",
    )
    _draw_summary(report)
    report.turn(landscape=True)
    _draw_timeline(report)
    report.write("Milestones and gates", "Heading 1")
    report.tag("if roadmap.milestones")
    report.write("A milestone counts as reached when its gate holds, not when its date has come.", "Table Intro")
    for group, heading in _GROUPS:
        report.optional_section(_lane_table(group, heading))
    report.tag("else")
    report.write("No milestones are planned yet.")
    report.tag("endif")
    report.section(DEPENDENCIES, level=1, otherwise="No milestone waits for another.")
    return report.finish()


def _draw_summary(report: Report) -> None:
    report.write("Summary", "Heading 1", page_break=True)
    report.tag("if roadmap.summary")
    report.write("{{ roadmap.summary | markdown }}")
    report.tag("endif", "if roadmap.milestones")
    count = "(roadmap.milestones | selectattr('status', 'equalto', '{}') | list | length)"
    report.write(
        f"The roadmap has {counted('roadmap.milestones | length', 'milestone')} in "
        f"{counted('roadmap.lanes | length', 'lane')}, from {{{{ roadmap.quarters[0].label }}}} to "
        "{{ roadmap.quarters[-1].label }}. As of {{ pack.as_of | date }}: "
        + f"{{{{ {count.format('done')} or 'none' }}}} done, {{{{ {count.format('under way')} or 'none' }}}} under "
        "way, "
        f"{{{{ {count.format('late')} or 'none' }}}} late and {{{{ {count.format('planned')} or 'none' }}}} still "
        "planned."
    )
    report.tag("else")
    report.write("No milestones are planned yet; they stand under roadmap in the inputs.")
    report.tag("endif")
    report.write(
        "It is internal and shows all partners together. What we expect of one partner and promise to it stands in the "
        "joint roadmap with that partner alone."
    )
    report.section(HORIZONS, otherwise="No horizons are set yet.")
    report.optional_section(NEXT)
    report.write("How the roadmap is kept", "Heading 2")
    report.write(
        "Each milestone has one owner, who says each quarter whether its gate holds. A milestone moves only when its "
        "owner, and the owners of what waits for it, have agreed on the new date; the vendor governance board sees "
        "every move."
    )


def _draw_timeline(report: Report) -> None:
    report.write("Timeline", "Heading 1")
    report.tag("if roadmap.grid and roadmap.quarters")
    report.write(
        "A row is a lane, a column a quarter. A milestone in **bold** is due in that quarter; one followed by dots is "
        "being worked on. Quarters with work or a due date are shaded.",
        "Table Intro",
    )
    running = (
        "line.lane.milestones | selectattr('start_index', 'le', loop.index0) "
        "| selectattr('quarter_index', '{}', loop.index0)"
    )
    due = "line.cells[loop.index0]"
    ongoing = running.format("gt")
    # The cells of tags vanish and the fourth column repeats, once for each quarter.
    widths = [1300, 2300, 500, 800, 500]
    head = [
        Cell("For", "TableHead"),
        Cell("Lane", "TableHead"),
        Cell("{% for quarter in roadmap.quarters %}", "GridHead"),
        Cell("{{ quarter.label }}", "TableHead", "center"),
        Cell("{% endfor %}", "GridHead"),
    ]
    body = [
        Cell(f"{{% for line in roadmap.grid %}}{{{{ {_LABELS}[line.group] }}}}"),
        Cell("{{ line.lane.name }}", "TableLabel"),
        Cell("{% for quarter in roadmap.quarters %}", "GridText"),
        Cell(
            f"**{{{{ {due} | map(attribute='id') | join(' ') }}}}**"
            + given(f"{due} and ({ongoing} | list)", " ")
            + given(
                f"{ongoing} | list",
                f"{{{{ {ongoing} | map(attribute='id') | join('… ') }}}}…",
                given(f"not ({due})", "–"),
            ),
            "GridText",
            ground=f'"{BLUE_TINT}" if {running.format("ge")} | list else ""',
        ),
        Cell("{% endfor %}{% endfor %}", "GridText"),
    ]
    horizon = "roadmap.horizons | selectattr('start', 'le', quarter.end) | selectattr('end', 'ge', quarter.end)"
    aims = [
        Cell("{% if roadmap.horizons %}All"),
        Cell("Horizon", "TableLabel"),
        Cell("{% for quarter in roadmap.quarters %}", "GridText"),
        Cell(f"{{{{ {horizon} | map(attribute='name') | join(', ') }}}}", "GridText", ground=f'"{TINT}"'),
        Cell("{% endfor %}{% endif %}", "GridText"),
    ]
    rows = [row(head, widths, head=True), row(aims, widths, keep=True), row(body, widths, height=480)]
    report.append(
        table("Timeline of milestones by lane and quarter", widths, rows, width=report.width, layout="autofit")
    )
    report.tag("else")
    report.write("There is nothing to draw yet: the roadmap has no lanes with milestones.")
    report.tag("endif")
