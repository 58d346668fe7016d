"""The governance charter: how both sides run one contract."""

from __future__ import annotations

from authoring.word.base import TEXT_LANDSCAPE, TEXT_PORTRAIT
from authoring.word.charter_tables import DECISIONS, ESCALATION, FORUMS, OBLIGATIONS, OURS, ROLES, THEIRS
from authoring.word.draft import Draft
from authoring.word.furniture import furnish
from authoring.word.opening import draw_opening
from authoring.word.raci import draw_raci
from authoring.word.sign_off import draw_signatures
from authoring.word.tables import DataTable, rows_table

TITLE = "Governance charter"
HEADER = f"{TITLE} · {{{{ contract.name }}}}"


def draw_charter() -> bytes:
    """The template as a file. The wide tables lie on landscape pages between two portrait sections."""
    draft = Draft(
        "report",
        title=f"{TITLE}: {{{{ organisation.name }}}} and {THEIRS}",
        subject="{{ pack.title }}, contract {{ contract.id }}",
    )
    furnish(draft.document.sections[0], title=HEADER, width=TEXT_PORTRAIT, first_shape=2049)
    draw_opening(draft, TITLE)
    _draw_purpose(draft)
    _draw_section(draft, ROLES, width=TEXT_PORTRAIT)
    furnish(draft.new_section(landscape=True), title=HEADER, width=TEXT_LANDSCAPE, first_shape=2051)
    draw_raci(draft, "contract.raci", theirs=THEIRS)
    for each in (DECISIONS, FORUMS, ESCALATION, OBLIGATIONS):
        _draw_section(draft, each)
    furnish(draft.new_section(landscape=False), title=HEADER, width=TEXT_PORTRAIT, first_shape=2053)
    _draw_performance(draft)
    _draw_change_control(draft)
    _draw_sign_off(draft)
    return draft.finish()


def _draw_purpose(draft: Draft) -> None:
    draft.write("Purpose and scope", "Heading 1")
    draft.write(
        "This charter says how {{ organisation.legal_name }} (**" + OURS + "**) and {{ contract.partner.legal_name }} "
        "(**" + THEIRS + "**) run their {{ contract.name }} together: who holds which role, who decides what, when "
        "both sides meet, where a matter goes that is not resolved, and which duties each side must be able to show "
        "that it meets."
    )  # fmt: skip
    draft.write(
        "It puts the governance schedule of the agreement into practice and applies until the agreement, and any "
        "transition after it, has ended. Where the two differ, the agreement prevails. Nothing here changes what the "
        "agreement says of fees, liability or termination. Terms that the agreement defines mean the same here: "
        f"{OURS} is its Customer, {THEIRS} its Partner, and a working day is its Business Day."
    )
    draft.tag("if contract.services")
    intro = draft.write(f"It covers everything that {THEIRS} provides under the agreement:")
    intro.paragraph_format.keep_with_next = True
    draft.tag("for service in contract.services")
    draft.write(
        "**{{ service.name }}**{% if service.description %}: {{ service.description }}{% endif %}", "List Bullet"
    )
    draft.tag("endfor", "endif")


def _draw_section(draft: Draft, each: DataTable, *, width: int = TEXT_LANDSCAPE) -> None:
    """A section that is a table; where it would have no rows, a gap says what is missing."""
    draft.write(each.heading, "Heading 1")
    draft.write(each.intro, "Table Intro")
    draft.tag(f"if {each.rows}")
    rows_table(draft, each, width=width)
    draft.tag("else")
    draft.write(f"{{{{ {each.rows} | default(none, true) }}}}")
    draft.tag("endif")


def _draw_performance(draft: Draft) -> None:
    draft.write("Performance management", "Heading 1")
    draft.write("How performance is judged", "Heading 2")
    draft.tag("if contract.performance.process")
    draft.write("{{ contract.performance.process | markdown }}")
    draft.tag("else")
    draft.write(
        f"{THEIRS} reports each month on what the agreement measures. {OURS} checks the report against its own "
        "records, and both sides agree the result at the next forum that may decide it."
    )
    draft.tag("endif")
    # Joint work is judged at its gates, so a co-innovation agreement brings no rating.
    draft.tag("if contract.performance.rating_bands")
    bands = "contract.performance.rating_bands"
    draft.write(
        "**Rating.** The weighted score of a quarter, out of 100, gives the rating: green from "
        f"{{{{ {bands}.green_from | number }}}} on, amber from {{{{ {bands}.amber_from | number }}}} on, red below."
    )
    draft.tag("endif")
    draft.tag("if contract.performance.consequences")
    draft.write("What follows from the result", "Heading 2")
    draft.write("{{ contract.performance.consequences | markdown }}")
    draft.tag("endif")


def _draw_change_control(draft: Draft) -> None:
    # All of it stays with what comes after it: a place to sign never stands on a page of its own.
    draft.write("Change control", "Heading 1")
    draft.tag("if contract.change_control")
    agreed = draft.write("{{ contract.change_control | markdown }}")
    draft.tag("else")
    usual = draft.write(
        "Either side may ask for a change in writing, saying what changes, why, from when, and what it does to fees, "
        "service levels, security, data and locations. Nobody starts work on a change before those who may decide it "
        "have signed it."
    )
    draft.tag("endif")
    for paragraph in (agreed, usual):
        paragraph.paragraph_format.keep_with_next = True


def _draw_sign_off(draft: Draft) -> None:
    draft.write("Sign-off", "Heading 1")
    draft.write(
        "Both sides undertake to run the agreement as this charter says. It takes effect when both have signed.",
        "Table Intro",
    )
    draw_signatures(draft)
