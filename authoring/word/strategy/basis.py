"""What the strategy rests on: standards, earlier deliverables, advice, reviews; and who signs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from authoring.deck.say import given, names, short_date
from authoring.word.draft import capital, person
from authoring.word.draft import given as printed
from authoring.word.tables import Column, DataTable

if TYPE_CHECKING:
    from authoring.word.report import Report

STANDARDS = DataTable(
    heading="Voluntary standards",
    intro="We follow these by choice. None of them is law, and none is written into a partner’s agreement as a legal "
    "duty.",
    loop="standard in strategy.standards",
    columns=(
        Column("Standard", 35, "{{ standard.name }}", "TableLabel"),
        Column("How we use it", 65, "{{ standard.use or 'Not described yet' }}"),
    ),
)

SOURCES = DataTable(
    heading="Earlier deliverables",
    intro="What this strategy takes over from earlier work, in the version that was used.",
    loop="source in pack.sources",
    columns=(
        Column("Module", 14, printed("source.module", "None named"), "TableLabel"),
        Column("Deliverable", 36, "{{ source.title }}"),
        Column("Version", 10, printed("source.version", "Open")),
        Column("Used in", 40, printed("source.used_in", "Not stated")),
    ),
)

CONSULTATIONS = DataTable(
    heading="Consultations before drafting",
    intro="Who was asked before the first draft, and what they advised.",
    loop="consultation in consultations",
    columns=(
        Column("Function", 15, "{{ consultation.function }}", "TableLabel"),
        Column("Asked", 19, person("consultation.person", "Not named")),
        Column("Date", 14, short_date("consultation.date", "Open")),
        Column("Advice", 52, "{{ consultation.advice or 'Not recorded yet' }}"),
    ),
)

REVIEWS = DataTable(
    heading="Reviews",
    intro="{% if pack.version is not blank %}Outcomes are stated by the inputs of this pack; nothing here verifies "
    "them. {% endif %}The review register holds the "
    "conditions with their owners.",
    loop="review in reviews",
    closing=True,
    columns=(
        Column("Review", 16, capital("review.type"), "TableLabel"),
        Column("Of", 30, printed("review.document", "Not stated")),
        Column("Reviewers", 23, names("review.reviewers", "Not named")),
        Column("Date", 14, short_date("review.date", "Open")),
        Column(
            "Outcome",
            17,
            capital("review.outcome")
            + given("review.outcome is not blank and review.outcome != 'pending'", " (stated)"),
        ),
    ),
)


def draw_basis(report: Report) -> None:
    """Standards, basis, sign-off."""
    report.section(STANDARDS, level=1, otherwise="No voluntary standard has been chosen.")
    report.write("What the strategy rests on", "Heading 1")
    report.section(SOURCES, otherwise="The strategy takes over nothing from earlier deliverables.")
    report.section(CONSULTATIONS, otherwise="No advice was recorded before drafting.")
    report.section(REVIEWS, otherwise="No review has been planned yet.")
    report.sign_off(
        "The owner submits the strategy; it takes effect when those who decide on it have signed.",
        [
            ("Owner", "pack.owner", ""),
            (
                "{% for review in reviews if review.type == 'executive' or review.type is blank %}"
                "{% for signer in review.reviewers %}Decides",
                "signer",
                "{% endfor %}{% endfor %}",
            ),
        ],
    )
