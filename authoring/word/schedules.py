"""The schedules of the agreement: their numbered prose from the clause library, then tables from the data.

The kit says which schedules a contract has, and in which order; Word numbers them. A schedule that the kit adds needs
nothing here unless it has a table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from authoring.word.draft import note_on
from authoring.word.schedule_tables import TABLES
from authoring.word.tables import rows_table, terms_table

if TYPE_CHECKING:
    from authoring.word.draft import Draft
    from authoring.word.tables import DataTable


def draw_schedules(draft: Draft) -> None:
    """A loop over the schedules: heading, prose, and the tables of the one that it is."""
    draft.tag("for schedule in schedules")
    draft.write(f"{{{{ bookmark(schedule.id) }}}}{note_on('schedule')}{{{{ schedule.title }}}}", "Schedule Heading")
    draft.write("{% include schedule.fragment %}", "Schedule Level 1")
    for index, (identifier, tables) in enumerate(TABLES.items()):
        draft.tag(f'{"elif" if index else "if"} schedule.id == "{identifier}"')
        for each in tables:
            _draw_table(draft, each)
    draft.tag("endif", "endfor")


def _draw_table(draft: Draft, each: DataTable) -> None:
    if each.when:
        draft.tag(f"if {each.when}")
    draft.write(each.heading, "Schedule Part")
    draft.write(each.intro, "Table Intro")
    if each.loop:
        rows_table(draft, each)
    else:
        terms_table(draft, each.heading, each.heads, each.terms, shares=each.shares)
    if each.when:
        draft.tag("endif")
