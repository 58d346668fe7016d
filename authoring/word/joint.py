"""The joint roadmap of one contract: what both sides expect and commit to, for this partner's eyes and ours alone."""

from __future__ import annotations

from authoring.palette import BLUE_TINT, TINT
from authoring.word.base import TEXT_PORTRAIT
from authoring.word.charter_tables import OURS, THEIRS
from authoring.word.draft import Draft, capital, given, narrow
from authoring.word.furniture import furnish
from authoring.word.opening import draw_opening
from authoring.word.sign_off import draw_signatures
from authoring.word.tables import Cell, Column, DataTable, Term, row, rows_table, table

TITLE = "Joint roadmap"
_PLAN = "contract.joint_roadmap"
_SHORT = '"d MMM y"'
_NOT_SET = "Not set yet"
_REVIEW = (
    "A review says of each commitment whether it was kept, moves a date only when both sides agree, and adds the next "
    "quarters to the plan. What the review cannot settle goes the way of escalation that the governance charter sets "
    "out."
)

THEMES = DataTable(
    heading="Themes",
    intro="The subjects on which both sides work together, what comes out of each, and what each side brings.",
    loop=f"theme in {_PLAN}.themes",
    columns=(
        Column("Theme", 20, "{{ theme.name }}", "TableLabel"),
        Column("Outcome", 28, narrow("theme.outcome")),
        Column(f"{OURS} brings", 26, narrow("theme.bank")),
        Column(f"{THEIRS} brings", 26, narrow("theme.partner")),
    ),
)

HORIZONS = DataTable(
    heading="Horizons",
    intro="Each horizon has an aim that both sides share and that holds at its end.",
    loop=f"horizon in {_PLAN}.horizons",
    columns=(
        Column("Horizon", 20, "{{ horizon.name }}", "TableLabel"),
        Column("From", 15, f"{{{{ horizon.start | date({_SHORT}) }}}}"),
        Column("To", 15, f"{{{{ horizon.end | date({_SHORT}) }}}}"),
        Column("Aim", 50, narrow("horizon.aim")),
    ),
)

FORUMS = DataTable(
    heading="Forums",
    intro="The meetings of both sides, as the governance charter sets them out with their inputs, outputs and quorum.",
    loop="forum in contract.forums",
    followed=True,
    columns=(
        Column("Ref", 8, "{{ forum.id }}", "TableLabel"),
        Column("Forum", 32, "{{ forum.name }}"),
        Column("Frequency", 22, capital("forum.frequency")),
        Column("Chair", 38, "{{ forum.chair.name }}, {{ forum.chair.role }}"),
    ),
)


def _commitments(who: str, path: str) -> DataTable:
    return DataTable(
        heading=f"{who} commits",
        intro="",
        loop=f"promise in {_PLAN}.{path}",
        together=True,
        columns=(
            Column("Ref", 7, "{{ promise.id }}", "TableLabel"),
            Column("Commitment", 38, "{{ promise.what }}"),
            Column("Due", 14, f"{{{{ promise.due | date({_SHORT}) }}}}"),
            Column("Gate", 22, given("promise.gate", narrow=True)),
            Column("Measure", 19, narrow("promise.measure")),
        ),
    )


def draw_joint_roadmap() -> bytes:
    """The template as a file, in portrait."""
    draft = Draft(
        "report",
        title=f"{TITLE}: {{{{ organisation.name }}}} and {THEIRS}",
        subject="{{ pack.title }}, contract {{ contract.id }}",
    )
    furnish(
        draft.document.sections[0], title=f"{TITLE} · {{{{ contract.name }}}}", width=TEXT_PORTRAIT, first_shape=2049
    )
    period = f"{{{{ {_PLAN}.starts | date }}}} to {{{{ {_PLAN}.ends | date }}}}"
    draw_opening(draft, TITLE, particulars=[Term("Period", period)])
    _draw_purpose(draft)
    for each in (THEMES, HORIZONS):
        draft.write(each.heading, "Heading 1")
        draft.write(each.intro, "Table Intro")
        _draw_rows(draft, each)
    # The whole at a glance, then what it is made of; and it fits where a table of commitments would leave a gap.
    _draw_timeline(draft)
    draft.write("Commitments", "Heading 1")
    intro = draft.write(
        "A commitment counts as kept when its measure is met by the due date and, where it has a gate, the gate holds. "
        "A side that sees that it will miss a date tells the other at once, with a new date and what it needs."
    )
    intro.paragraph_format.keep_with_next = True
    for who, path in ((OURS, "from_bank"), (THEIRS, "from_partner")):
        each = _commitments(who, path)
        draft.write(each.heading, "Heading 2")
        _draw_rows(draft, each)
    _draw_assumptions(draft)
    _draw_review(draft)
    _draw_sign_off(draft)
    return draft.finish()


def _draw_rows(draft: Draft, each: DataTable) -> None:
    """A table, or a gap that says what is missing."""
    draft.tag(f"if {each.rows}")
    rows_table(draft, each)
    draft.tag("else")
    draft.write(f"{{{{ {each.rows} | default(none, true) }}}}")
    draft.tag("endif")


def _draw_purpose(draft: Draft) -> None:
    draft.write("Purpose", "Heading 1", page_break=True)
    draft.write(
        f"This roadmap says what {{{{ organisation.legal_name }}}} (**{OURS}**, the Customer) and "
        f"{{{{ contract.partner.legal_name }}}} (**{THEIRS}**, the Partner) expect of each other and commit to under "
        f"their {{{{ contract.name | unbroken }}}}, from {{{{ {_PLAN}.starts | date | unbroken }}}} to "
        f"{{{{ {_PLAN}.ends | date | unbroken }}}}."
    )
    draft.tag(f"if {_PLAN}.purpose")
    draft.write(f"{{{{ {_PLAN}.purpose | markdown }}}}")
    draft.tag("endif")
    draft.write(
        "It is a plan, kept in good faith, and no part of the agreement: it adds no duty to it and takes none away, "
        "and where the two differ the agreement prevails. What is to bind in law is put into the agreement by a change "
        "that both sides sign. It concerns these two parties alone and is confidential under the agreement."
    )


def _draw_timeline(draft: Draft) -> None:
    draft.write("Timeline", "Heading 1")
    draft.tag(f"if {_PLAN}.timeline")
    draft.write(
        "A column is a quarter; a shaded cell names the commitments of a side that fall due in it, set out below.",
        "Table Intro",
    )
    widths = [1050, 300, 600, 300]
    quarter = f"{{% for quarter in {_PLAN}.timeline %}}"

    def line(label: str, text: str, ground: str, *, style: str = "GridText", last: bool = False) -> str:
        head = label == "Quarter"
        cells = [
            Cell(label, "TableHead" if head else "TableLabel"),
            Cell(quarter, style),
            Cell(text, style, ground=ground),
            Cell("{% endfor %}", style),
        ]
        return row(cells, widths, head=head, keep=not last, height=0 if head else 480)

    def due(side: str) -> tuple[str, str]:
        refs = f"quarter.{side}"
        return f"{{{{ {refs} | map(attribute='id') | join(', ') }}}}", f'"{BLUE_TINT}" if {refs} else ""'

    rows = [
        line("Quarter", "{{ quarter.label }}", "", style="GridHead"),
        line("Horizon", "{{ quarter.horizon or '' }}", f'"{TINT}" if quarter.horizon else ""', style="GridHead"),
        line(OURS, *due("from_bank")),
        line(THEIRS, *due("from_partner"), last=True),
    ]
    draft.append(
        table("Timeline of commitments by quarter and side", widths, rows, width=TEXT_PORTRAIT, layout="autofit")
    )
    draft.tag("else")
    draft.write("No horizon and no commitment has a date yet, so there is nothing to draw.")
    draft.tag("endif")


def _draw_assumptions(draft: Draft) -> None:
    draft.write("Assumptions", "Heading 1")
    draft.tag(f"if {_PLAN}.assumptions")
    draft.write("The plan rests on these. Where one no longer holds, both sides look at the plan again:", "Table Intro")
    # All but the last are held with the next, so that the few lines stay on one page.
    draft.tag(f"for each in {_PLAN}.assumptions")
    for last in (False, True):
        draft.tag("if loop.last" if last else "if not loop.last")
        bullet = draft.write("{{ each | unbroken }}{% if each[-1:] not in '.!?' %}.{% endif %}", "List Bullet")
        bullet.paragraph_format.keep_with_next = None if last else True
        draft.tag("endif")
    draft.tag("endfor", "else")
    draft.write("The plan rests on no assumption that both sides have noted.")
    draft.tag("endif")


def _draw_review(draft: Draft) -> None:
    draft.write("Review", "Heading 1")
    draft.write(f"Both sides review the roadmap {{{{ {_PLAN}.review }}}}.")
    # A place to sign never stands on a page of its own: what comes before it, with or without forums, stays with it.
    draft.tag("if contract.forums")
    draft.write(_REVIEW)
    draft.write(FORUMS.heading, "Heading 2")
    draft.write(FORUMS.intro, "Table Intro")
    rows_table(draft, FORUMS)
    draft.tag("else")
    draft.write(_REVIEW).paragraph_format.keep_with_next = True
    draft.tag("endif")


def _draw_sign_off(draft: Draft) -> None:
    draft.write("Sign-off", "Heading 1")
    draft.write("Both sides will work to this plan until a review replaces it.", "Table Intro")
    draw_signatures(draft)
