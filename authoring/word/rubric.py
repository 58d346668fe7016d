"""The panel's rubric: what is judged with which weight, what a score looks like, and a form for each assessor."""

from __future__ import annotations

from docx.shared import Pt

from authoring.deck.say import counted, given, short_date
from authoring.word.draft import by_hand
from authoring.word.report import Report
from authoring.word.tables import Cell, Column, DataTable, row, rows_table, share_out, table

TITLE = "Panel rubric"
_R = "rubric"
# The scores of nearly every rubric; where there are others, the form has a line to write on.
_USUAL = 5
_COUNTED = f"{{{{ assessor.scores | length }}}} of {{{{ {_R}.criteria | length }}}}"
_WHO = "{% if assessor.display_name %}{{ assessor.display_name }}{% else %}[[write: Name | Write your name]]{% endif %}"
_DAY = (
    "{% if assessor.date %}{{ assessor.date | date('d MMM y') }}{% else %}[[write: Date | Write the date]]{% endif %}"
)


def _shown(total: str) -> str:
    """A tag for a total with two decimals; with all it has, where two would lift it to the line that it is below."""
    lifted = f"{total} < {_R}.pass_pct and {total} | round(2) >= {_R}.pass_pct"
    return f"{{% if {lifted} %}}{{{{ {total} | percent }}}}{{% else %}}{{{{ {total} | percent(2) }}}}{{% endif %}}"


CRITERIA = DataTable(
    heading="Criteria and weights",
    intro="Each criterion is a question that the panel answers from the documents named beside it.",
    loop=f"criterion in {_R}.criteria",
    columns=(
        Column("Ref", 7, "{{ criterion.id }}", "TableLabel"),
        Column("Criterion", 22, "{{ criterion.name }}", "TableLabel"),
        Column("Weight", 10, "{{ criterion.weight | percent }}", align="right"),
        Column("The panel asks", 36, "{{ criterion.asks or 'Not put as a question yet' }}"),
        Column("Answered in", 25, "{{ criterion.where or 'Not stated' }}"),
    ),
)

LEVELS = DataTable(
    heading="What each score looks like",
    intro="",
    loop="level in criterion.levels | sort(attribute='score', reverse=true)",
    columns=(
        Column("Score", 10, "{{ level.score }}", "TableLabel"),
        Column("What it looks like", 90, "{{ level.looks_like }}"),
    ),
    together=True,
)

ASSESSORS = DataTable(
    heading="Totals",
    intro="Each total is Σ weight × score ÷ highest score. The panel’s total is the mean of all assessors’ totals.",
    loop=f"assessor in {_R}.assessors",
    columns=(
        Column("Assessor", 40, "{{ assessor.display_name or 'Not named' }}", "TableLabel"),
        Column("Scored on", 20, short_date("assessor.date", "Open")),
        Column(
            "Criteria scored",
            20,
            by_hand("assessor.display_name", "write: Criteria scored | Write how many", _COUNTED),
            align="right",
        ),
        Column(
            "Total",
            20,
            "{% if assessor.total_pct is not none %}" + _shown("assessor.total_pct") + "{% else %}None yet{% endif %}",
            align="right",
        ),
    ),
)  # fmt: skip


def draw_rubric() -> bytes:
    """The template as a file: how it is judged and what came out, criteria, levels, forms."""
    report = Report(
        TITLE,
        purpose="What the executive panel judges in the partnership pitch, with which weight, what each score looks "
        "like, and from which total it is passed",
    )
    _draw_rules(report)
    _draw_result(report)
    _draw_criteria(report)
    report.tag(f"if {_R}.criteria | map(attribute='levels') | map('length') | sum")
    report.write(LEVELS.heading, "Heading 1")
    report.tag(f"for criterion in {_R}.criteria if criterion.levels")
    report.write("{{ criterion.id }} {{ criterion.name }}, {{ criterion.weight | percent }}", "Heading 2")
    rows_table(report, LEVELS, width=report.width)
    report.tag("endfor", "endif")
    _draw_forms(report)
    return report.finish()


def _draw_criteria(report: Report) -> None:
    report.tag(f"if {_R}.criteria")
    report.write(CRITERIA.heading, "Heading 1")
    report.write(CRITERIA.intro, "Table Intro")
    rows_table(report, CRITERIA, width=report.width)
    report.tag("else")
    report.write(CRITERIA.heading, "Heading 1")
    report.write(
        "No criteria have been set yet; they stand under rubric in the inputs. Forms follow once there are some."
    )
    report.tag("endif")


def _draw_rules(report: Report) -> None:
    report.write("How the panel judges", "Heading 1", page_break=True)
    report.bullets(
        "rule in ["
        '"Each assessor reads the documents first and scores alone; nobody sees the scores of others before all have '
        'handed in their forms.",'
        '"Every criterion gets one score, and each score a reason that names the document and place it rests on.",'
        '"Anyone who wrote a document, or has an interest in a partner, does not score the criteria concerned.",'
        '"An assessor’s total is the sum of weight × score ÷ highest score, in percent; the panel’s total is the mean '
        'of the totals of all its assessors."]',
        "{{ rule }}",
    )
    report.write(
        f"The pitch is passed from **{{{{ {_R}.pass_pct | percent }}}}** on. The total is held against this line as it "
        "is, before any rounding: where the line is 80%, a total of 79.96% does not pass, though it rounds to 80%. "
        "Totals are shown with two decimals so that this can be seen."
    ).paragraph_format.space_before = Pt(6)


def _draw_result(report: Report) -> None:
    scored = f"({_R}.assessors | selectattr('complete') | list | length)"
    report.write("Result", "Heading 1")
    report.tag(f"if {_R}.verdict")
    report.write(
        f"**{{% if {_R}.verdict is blank %}}{{{{ {_R}.verdict }}}}{{% elif {_R}.verdict == 'passed' %}}Passed"
        f"{{% else %}}Not passed{{% endif %}}: "
        f"{_shown(f'{_R}.total_pct')}** against the line of {{{{ {_R}.pass_pct | percent(2) }}}}, from "
        f"{counted(f'{_R}.assessors | length', 'assessor')}. The total was compared before rounding. "
        f"{{% if {_R}.verdict is blank %}}The{{% else %}}The scores are those that the inputs state; the{{% endif %}} "
        "signed forms are the evidence."
    )
    report.tag("else")
    report.write(
        "**There is no result yet: a panel must score the pitch.** Nothing in this pack can do that for it, and no "
        "total is shown until every assessor has scored every criterion."
        + given(
            f"{_R}.assessors",
            f" Forms complete so far: {{{{ {scored} }}}} of {{{{ {_R}.assessors | length }}}}.",
            " No assessor has been named yet.",
        )
    )
    report.tag("endif", f"if {_R}.assessors")
    report.write(ASSESSORS.intro, "Table Intro")
    rows_table(report, ASSESSORS, width=report.width)
    report.tag("endif")


def _draw_forms(report: Report) -> None:
    report.tag(f"if {_R}.criteria")
    report.write("Assessment forms", "Heading 1", page_break=True)
    # Without assessors there is one form, for whoever comes; with them each has a page.
    nobody = '{"display_name": none, "person": none, "date": none, "scores": {}, "total_pct": none}'
    report.tag(f"for assessor in {_R}.assessors or [{nobody}]", "if loop.first")
    _draw_head(report)
    report.tag("else")
    _draw_head(report, page_break=True)
    report.tag("endif")
    _draw_form(report)
    report.tag("endfor", "endif")


def _draw_head(report: Report, *, page_break: bool = False) -> None:
    report.write(
        "{% if assessor.display_name %}Form of {{ assessor.display_name }}{% if assessor.person %}, "
        "{{ assessor.person.role }}{% endif %}{% else %}Form of an assessor{% endif %}",
        "Heading 2",
        page_break=page_break,
    )


def _draw_form(report: Report) -> None:
    most = f"{{{{ {_R}.max_score }}}}"
    report.write(
        given(
            f"{_R}.max_score",
            f"A score is {most} at most; the weighted score is weight × score ÷ {most}.",
            "The weighted score is weight × score ÷ highest score.",
        ),
        "Table Intro",
    )
    widths = share_out(report.width, (6, 21, 11, 11, 12, 39))
    heads = ("Ref", "Criterion", "Weight", "Score", "Weighted score", "Reason, with document and place")
    sides = ("left", "left", "center", "center", "center", "left")
    given_score = "assessor.scores[criterion.id]"
    is_given = f"{given_score} is defined and {given_score} is not blank"
    scores = " | ".join(str(score) for score in range(_USUAL, 0, -1))
    choice = (
        f"{{% if {is_given} %}}{{{{ {given_score} | number }}}}{{% elif {_R}.max_score == {_USUAL} %}}"
        f"[[choose: Score | {scores}]]{{% else %}}[[write: Score | Write the score]]{{% endif %}}"
    )
    points = (
        f"{{% if {is_given} and {_R}.max_score %}}"
        f"{{{{ (criterion.weight * {given_score} / {_R}.max_score) | percent(2) }}}}"
        "{% else %}[[write: Weighted score | %]]{% endif %}"
    )
    total = "{% if assessor.total_pct is not none %}**" + _shown("assessor.total_pct") + "**{% else %}" \
        "[[write: Total | %]]{% endif %}"  # fmt: skip
    texts = (
        "{% for criterion in " + f"{_R}.criteria" + " %}{{ criterion.id }}",
        "{{ criterion.name }}",
        "{{ criterion.weight | percent }}",
        choice,
        points,
        "[[write: Reason | Write the reason]]{% endfor %}",
    )
    styles = ("TableLabel", "TableLabel", *("TableText",) * 4)
    rows = [
        row([Cell(head, "TableHead", side) for head, side in zip(heads, sides, strict=True)], widths, head=True),
        row([Cell(*cell) for cell in zip(texts, styles, sides, strict=True)], widths, keep=True, height=1100),
        row(
            [
                Cell("–", "TableLabel"),
                Cell("Total", "TableLabel"),
                Cell(f"**{{{{ {_R}.weight_total | percent }}}}**", align="center"),
                Cell("–", align="center"),
                Cell(total, align="center"),
                Cell(f"The panel’s mean passes from {{{{ {_R}.pass_pct | percent(2) }}}} on"),
            ],
            widths,
            keep=True,
            height=1100,
        ),
    ]
    report.append(table("Assessment form", widths, rows))
    report.write("", "Normal")
    lines = share_out(report.width, (40, 34, 26))
    signing = [
        row([Cell(head, "TableHead") for head in ("Assessor", "Signature", "Date")], lines, head=True),
        row(
            [Cell(_WHO, "TableLabel"), Cell(""), Cell(_DAY)],
            lines,
            height=794,
        ),
    ]  # fmt: skip
    report.append(table("Signature of the assessor", lines, signing))
