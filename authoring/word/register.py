"""The review register: who was asked before drafting, who reviewed what, what came out, and what is still missing."""

from __future__ import annotations

from docx.shared import Pt

from authoring.deck.say import short_date
from authoring.word.draft import SHORT_DATE, capital, person
from authoring.word.register_forms import STATED, blank_form, review_form
from authoring.word.report import Report
from authoring.word.tables import Cell, Column, DataTable, row, share_out, table

TITLE = "Review register"
# Every kind of review that a pack goes through, in the order in which it is shown.
KINDS = '["executive", "legal", "procurement", "finance", "vendor governance", "panel"]'
_FUNCTIONS = '["legal", "procurement", "finance"]'
_OF_KIND = "(reviews | selectattr('type', 'equalto', kind) | list)"
# In a template to fill in by hand every form is one of a review that nobody has planned.
_BY_HAND = "pack.version is blank"
_PLANNED = f"([] if {_BY_HAND} else {_OF_KIND})"

CONSULTATIONS = DataTable(
    heading="Consultations before drafting",
    intro="Who was asked before the first draft, when, and what they advised"
    "{% if pack.version is not blank %}, as the inputs state it{% endif %}.",
    loop="consultation in consultations",
    columns=(
        Column("Function", 15.5, "{{ consultation.function }}", "TableLabel"),
        Column("Asked", 15.5, person("consultation.person", "Not named")),
        Column("Date", 12, short_date("consultation.date", "Open")),
        Column("Advice", 57, "{{ consultation.advice or 'Not recorded yet' }}"),
    ),
)

CONDITIONS = DataTable(
    heading="Conditions of approval",
    intro="An approval with conditions is worth what its conditions are: tick one only when its owner has shown that "
    "it is met.",
    when="reviews | map(attribute='conditions') | map('length') | sum",
    loop="review in reviews | selectattr('conditions')",
    inner="condition in review.conditions",
    columns=(
        Column("Review", 10, "{{ review.id }}", "TableLabel"),
        Column("Condition", 40, "{{ condition.text }}"),
        Column("Owner", 18, person("condition.owner", "Not named yet")),
        Column("Due", 13, short_date("condition.due", "Open")),
        Column("Met", 19, "[[tick: Condition met]] met on [[write: Met on | date]]"),
    ),
)


def draw_register() -> bytes:
    """The template as a file: how it is kept, consultations, the state of reviews, conditions, then the forms."""
    report = Report(
        TITLE,
        purpose="Which advice was taken before drafting, who reviewed which version of what, what came out, and which "
        "review has not been held",
    )
    _draw_rules(report)
    _draw_consultations(report)
    _draw_state(report)
    report.section(CONDITIONS, level=1, otherwise="No review has been approved with conditions.")
    _draw_forms(report)
    return report.finish()


def _draw_rules(report: Report) -> None:
    report.write("How this register is kept", "Heading 1", page_break=True)
    report.tag(f"if {_BY_HAND}")
    report.write(
        "It is kept by hand: write, tick and choose in it. A row of a table or a form that is needed again is copied."
    )
    report.write(
        "An outcome counts as confirmed when the reviewer has signed the form below, for the version and the file that "
        "the form names."
    )
    report.tag("else")
    report.write(
        "It begins with what the inputs of the pack say on {{ pack.as_of | date }}. From then on it is yours: tick, "
        "choose and write in it. A later build leaves it as it is once somebody has."
    )
    report.write(
        f"An outcome that comes from the inputs is marked **{STATED}**: somebody has written it down, and nothing here "
        "has seen the approval. It counts as confirmed when the reviewer has signed the form below, for the version "
        "and the file that the form names."
    )
    report.tag("endif")
    report.write(
        "A sign-off of a template is not a sign-off of a contract. A review of the clause library "
        "approves no agreement made from it: each needs its own, of the text as negotiated, and its form says what was "
        "covered."
    )
    report.write(
        "The hash is the SHA-256 of the file that was reviewed, at least its first 12 characters"
        f"{{% if {_BY_HAND} %}}: a fingerprint of the file as it was read, which an IT desk can take. What was changed "
        "afterwards has not been approved.{% else %}; pack.json gives that of every file of a build. A form gives "
        "today’s hash of each file that its review names, for the reviewer to sign for, and says where another was "
        "reviewed: what was changed afterwards has not been approved.{% endif %}"
    )


def _draw_consultations(report: Report) -> None:
    report.section(CONSULTATIONS, level=1, otherwise="No advice is recorded before drafting.")
    asked = "(consultations | map(attribute='function') | map('lower') | list)"
    missing = "**{{ function | upper_first }}:** not asked yet, or not recorded."
    report.tag(f"for function in {_FUNCTIONS} if function not in {asked} and not {_BY_HAND}", "if loop.first")
    report.write(missing, "List Bullet").paragraph_format.space_before = Pt(6)
    report.tag("else")
    report.write(missing, "List Bullet")
    report.tag("endif", "endfor")


def _draw_state(report: Report) -> None:
    report.write("State of reviews", "Heading 1")
    report.write(
        "Each kind of review has its row, also where none has been held. The forms for all of them follow.",
        "Table Intro",
    )
    # A kind without a review has one row all the same.
    opener = f"{{% for kind in {KINDS} %}}{{% for review in {_OF_KIND} or [none] %}}"
    cells = (
        ("Kind", 13, opener + capital("kind")),
        ("Review", 8, "{% if review %}{{ review.id }}{% else %}None{% endif %}"),
        ("Of", 25.5, "{% if review %}{{ review.document or 'Not stated' }}{% else %}Not planned yet{% endif %}"),
        ("Covers", 10.3, "{% if review %}" + capital("review.covers", "Not stated") + "{% else %}None{% endif %}"),
        ("Version", 8.7, "{% if review %}{{ review.version or 'Not stated' }}{% else %}None{% endif %}"),
        (
            "Date",
            13,
            f"{{% if review and review.date %}}{{{{ review.date | date({SHORT_DATE}) }}}}{{% else %}}Open{{% endif %}}",
        ),
        (
            "Outcome",
            22.8,
            "{% if review and review.outcome != 'pending' %}"
            + capital("review.outcome")
            + f"{{% if not {_BY_HAND} %}} ({STATED}){{% endif %}}"
            + "{% else %}Not yet held{% endif %}{% endfor %}{% endfor %}",
        ),
    )
    widths = share_out(report.width, [share for _, share, _ in cells])
    heads = [Cell(head, "TableHead") for head, _, _ in cells]
    line = [Cell(text, "TableText" if at else "TableLabel") for at, (_, _, text) in enumerate(cells)]
    report.append(table("State of reviews", widths, [row(heads, widths, head=True), row(line, widths)]))


def _draw_forms(report: Report) -> None:
    report.write("Forms", "Heading 1")
    report.write(
        f"{{% if {_BY_HAND} %}}One for each kind of review.{{% else %}}One for each review, and one for each kind that "
        "has none yet.{% endif %} The reviewers fill in what is open, and sign.",
        "Table Intro",
    )
    report.tag(f"for kind in {KINDS}")
    report.write(f"{capital('kind')} review", "Heading 2")
    report.tag(f"for review in {_PLANNED}")
    review_form(report)
    report.tag("endfor", f"if not {_PLANNED}", f"if not {_BY_HAND}")
    report.write("**Not yet held**, and not planned in the inputs.").paragraph_format.keep_with_next = True
    report.tag("endif")
    blank_form(report)
    report.tag("endif", "endfor")
