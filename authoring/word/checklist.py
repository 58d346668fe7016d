"""The quality checklist: each item ticked or not as this build's check found it, with evidence and what is missing."""

from __future__ import annotations

from authoring.deck.say import counted
from authoring.word.draft import capital
from authoring.word.report import Report
from authoring.word.tables import Cell, Column, DataTable, row, rows_table, share_out, table

TITLE = "Quality checklist"
_TICK = "[[tick: Met | item.met]]"
_OPEN = "[[tick: Confirmed]]"

SUMMARY = DataTable(
    heading="The items at a glance",
    intro="A box is ticked where every requirement of the item holds in every document that it is asked of. Each item "
    "has its evidence below, or what is missing and how to mend it.",
    loop="item in check.items",
    columns=(
        Column("Met", 7, _TICK),
        Column("Item", 23, "{{ item.id }}", "TableLabel"),
        Column("What is asked", 42, "{{ item.asks }}"),
        Column("Verdict", 14, capital("item.verdict")),
        Column(
            "To mend",
            14,
            "{% if item.met %}Nothing{% elif item.for_a_person %}To be confirmed{% else %}"
            "{{ item.steps | length }}{% endif %}",
        ),
    ),
)

EVIDENCE = DataTable(
    heading="Evidence",
    intro="",
    loop="found in item.evidence",
    columns=(
        Column("What was looked for", 32, "{{ found.what }}", "TableLabel"),
        Column(
            "Where it was found",
            34,
            "{{ found.file }}{% if found.at %}, {{ found.at }}{% endif %}"
            "{% if found.more %}; and in {{ found.more }} more{% endif %}",
        ),
        Column(
            "What stands there",
            34,
            "{{ (found.words or 'as asked') | upper_first }}{% if found.near %} (nearly: {{ found.near }}){% endif %}",
        ),
    ),
)

MISSING = DataTable(
    heading="What is missing",
    intro="",
    loop="step in item.steps",
    columns=(
        Column("What is open", 32, "{{ step.messages | join('; ') | upper_first }}", "TableLabel"),
        Column(
            "Where",
            32,
            "{{ step.places | join('; ') }}{% if step.more %}; and {{ step.more }} more{% endif %}",
        ),
        Column("How to mend it", 36, "{{ (step.remedy or 'look at it there') | upper_first }}"),
    ),
)

_STEP_COLUMNS = (
    Column("What was seen", 36, "{{ step.messages | join('; ') | upper_first }}", "TableLabel"),
    Column("Where", 32, "{{ step.places | join('; ') }}{% if step.more %}; and {{ step.more }} more{% endif %}"),
    Column("How to mend it", 32, "{{ (step.remedy or 'look at it there') | upper_first }}"),
)
WEAK = DataTable(
    heading="What is there, and weak",
    intro="These cost no verdict. Each makes the programme easier to question.",
    loop="step in check.weak",
    closing=True,
    columns=_STEP_COLUMNS,
)
UNREAD = DataTable(
    heading="What could not be judged",
    intro="These files could not be read, so nothing is known of them.",
    loop="step in check.problems",
    columns=_STEP_COLUMNS,
)


def draw_checklist() -> bytes:
    """The template as a file: how it came about, the items at a glance, then each with its evidence."""
    report = Report(
        TITLE,
        purpose="Which items of the quality checklist the documents of this build meet, on what evidence, and what is "
        "still missing",
    )
    _draw_summary(report)
    _draw_items(report)
    report.section(WEAK, level=1, otherwise="Nothing was found that is there and weak.")
    report.optional_section(UNREAD, level=1)
    _draw_confirmation(report)
    return report.finish()


def _draw_summary(report: Report) -> None:
    report.write("What was judged", "Heading 1", page_break=True)
    report.write(
        "{{ check.title }}: of "
        + counted("check.items_total", "item")
        + ", **{{ check.met }} met**"
        + "".join(
            f"{{% if check.{name} %}}, {{{{ check.{name} }}}} {words}{{% endif %}}"
            for name, words in (
                ("partly_met", "partly met"),
                ("not_met", "not met"),
                ("for_a_person", "for a person"),
            )
        )
        + ", over "
        + counted("check.documents", "document")
        + "."
    )
    report.write(
        "govpack read the finished documents of this build as a reviewer would, and ticked what it found. This "
        "checklist and the page of the pack were made from that verdict and are not judged themselves. Where a "
        "document was changed since, the command govpack check gives the verdict of today."
    )
    report.write(
        "What only a person can judge is left open, with a line for name and date. Approvals are recorded and signed "
        "in the review register, which a later build does not overwrite; a later check reads them there."
    )
    report.section(SUMMARY, level=2)


def _draw_items(report: Report) -> None:
    report.write("The items", "Heading 1", page_break=True)
    report.tag("for item in check.items")
    report.write("{{ item.id }}", "Heading 2").paragraph_format.keep_with_next = True
    _draw_item(report)
    report.tag("if item.steps")
    report.write(
        "{% if item.met or item.for_a_person %}What a person is to look at{% else %}What is missing{% endif %}",
        "Heading 3",
    )
    rows_table(report, MISSING, width=report.width)
    report.tag("endif", "if item.evidence")
    report.write("Evidence", "Heading 3")
    rows_table(report, EVIDENCE, width=report.width)
    report.tag("endif", "endfor")


def _draw_item(report: Report) -> None:
    """What is asked, the verdict, and for what a person judges a line to confirm it."""
    widths = share_out(report.width, (26, 74))
    lines = [
        ("Asked", "{{ item.asks }}"),
        ("By", "{{ item.source or 'the checklist' }}"),
        ("Verdict", f"{_TICK} " + capital("item.verdict")),
    ]
    rows = [row([Cell("Item", "TableHead"), Cell("Particulars", "TableHead")], widths, head=True)]
    rows += [row([Cell(label, "TableLabel"), Cell(text)], widths, keep=True) for label, text in lines]
    person = Cell(
        f"{_OPEN} confirmed by [[write: Name | Write the name]] on [[write: Date | Write the date]]{{% endif %}}"
    )
    rows.append(row([Cell("{% if item.for_a_person %}For a person", "TableLabel"), person], widths))
    report.append(table("Item of the checklist", widths, rows))


def _draw_confirmation(report: Report) -> None:
    report.sign_off(
        "Whoever answers for the pack signs that the open points above are accepted as they stand.",
        [("Owner of the pack", "pack.owner", "")],
    )
