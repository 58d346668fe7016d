"""The table of who does what, with a column for each role; it needs a landscape page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from authoring.word.base import TEXT_LANDSCAPE
from authoring.word.draft import by_hand
from authoring.word.tables import Cell, row, table

if TYPE_CHECKING:
    from authoring.word.draft import Draft

_OURS = "{{ organisation.short_name }}"


def draw_raci(draft: Draft, source: str, *, theirs: str) -> None:
    """The section with the RACI at the path `source`; `theirs` says whose the partner's roles are."""
    introduce_raci(draft)
    draft.tag(f"if {source}.rows")
    raci_table(draft, source, theirs=theirs)
    draft.tag("else")
    draft.write(f"{{{{ {source}.rows | default(none, true) }}}}")
    draft.tag("endif")


def introduce_raci(draft: Draft) -> None:
    """The heading, and what the letters mean."""
    draft.write("Responsibility assignment (RACI)", "Heading 1")
    draft.write(
        "**R**, responsible: does the work. **A**, accountable: answers for the outcome; one role for each activity. "
        "**C**, consulted: is asked before. **I**, informed: is told afterwards. **A/R** answers for it and does it; "
        "a dash means no part in it.",
        "Table Intro",
    )


def raci_table(draft: Draft, source: str, *, theirs: str) -> None:
    """The table alone: `source` has columns, which are roles, and rows with a letter for each."""
    # The cells of tags vanish and the third column repeats, so its width is what nine roles leave room for.
    widths = [3880, 850, 1150, 850]
    head = [
        Cell("Activity", "TableHead"),
        Cell(f"{{% for column in {source}.columns %}}", "GridHead"),
        Cell(
            "{{ column.name }} ("
            + by_hand(
                "column.name",
                "choose: Side | Customer | Partner",
                f'{{% if column.side == "bank" %}}{_OURS}{{% else %}}{theirs}{{% endif %}}',
            )
            + ")",
            "GridHead",
        ),
        Cell("{% endfor %}", "GridHead"),
    ]
    body = [
        Cell(f"{{% for line in {source}.rows %}}{{{{ line.activity }}}}"),
        Cell("{% for letter in line.letters %}", "GridText"),
        Cell("{{ letter }}", "GridText"),
        Cell("{% endfor %}{% endfor %}", "GridText"),
    ]
    rows = [row(head, widths, head=True), row(body, widths)]
    draft.append(table("Responsibility assignment", widths, rows, width=TEXT_LANDSCAPE, layout="autofit"))
