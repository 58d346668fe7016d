"""The appendix of the executive briefing: where the panel finds its answers, and every partner in a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from authoring.deck.geometry import MARGIN
from authoring.deck.master import EXHIBIT_ONLY
from authoring.deck.say import (
    counted,
    fitting,
    given,
    millions,
    number,
    person,
    share,
    short_date,
    source,
    tag,
    words,
)
from authoring.deck.tables import Column, add_table, paged

if TYPE_CHECKING:
    from authoring.deck.slides import Deck

_UNTOLD = "Time: none of its own. The appendix is for questions."
_ALL = 'partners | sort(attribute="name") | sort(attribute="spend", reverse=true)'


def add_appendix(deck: Deck) -> None:
    """The criteria of the panel with where each is answered, and the whole portfolio."""
    _criteria(deck)
    _portfolio(deck)


def _criteria(deck: Deck) -> None:
    columns = [
        Column("Criterion", 2.25, "{{ criterion.id }} {{ criterion.name }}", fits="id name"),
        Column("Weight", 0.85, number("criterion.weight") + "%", "r"),
        Column("What the panel asks", 4.63, words("criterion.asks"), fits="asks"),
        Column("Where it is answered", 4.4, words("criterion.where"), fits="where"),
    ]
    slide = deck.add_slide(
        EXHIBIT_ONLY,
        "criteria",
        f"Appendix: where each of the panel’s {counted('rubric.criteria | length', 'criterion', 'criteria')} is "
        f"answered",
        each=f"page in {paged('rubric.criteria', columns, size=13, padding=0.06)} if page",
        notes=[
            _UNTOLD,
            "Each row is a question that the panel scores, with the slides and documents that answer it. Go to "
            "the slide "
            "that is named rather than read from the table.",
        ],
        note=f"{source('panel rubric')} The pitch passes from {number('rubric.pass_pct')}% of the highest "
        f"total, compared "
        "before any rounding.",
    )
    add_table(
        slide,
        "Table: criteria",
        "Table of the panel’s criteria: name, weight, what is asked, and which slides and documents answer it.",
        (MARGIN, 1.7),
        columns,
        loop="criterion in page",
        size=13,
    )


def _portfolio(deck: Deck) -> None:
    score = given("partner.scorecard", number("partner.scorecard.score"), "–")
    functions = 'partner.functions | map(attribute="name")'
    critical = given(
        "partner.supports_cif", given("partner.functions", fitting(functions, 80, "functions"), "Yes"), "–"
    )
    tested = given("partner.last_exit_test", short_date("partner.last_exit_test"), "Never")
    columns = [
        Column("Partner", 2.3, tag("partner.name"), fits="name"),
        Column("Segment", 1.78, tag("partner.segment.name"), fits="segment.name"),
        Column("Spend", 0.8, given("partner.spend is not none", millions("partner.spend"), "–"), "r"),
        Column("Plan", 0.8, given("partner.plan is not none", millions("partner.plan"), "–"), "r"),
        Column("Share", 0.8, given("partner.share_pct is not none", share("partner.share_pct"), "–"), "r"),
        Column("Score", 0.75, score, "ctr"),
        Column("Critical functions", 2.32, critical, fits="functions.0.name functions.1.name functions.2.name"),
        Column("Last exit test", 1.1, given("partner.supports_cif", tested, "–")),
        Column("Owner", 1.48, person("partner.owner"), fits="owner.name"),
    ]
    slide = deck.add_slide(
        EXHIBIT_ONLY,
        "partners",
        f"Appendix: {counted('figures.partner_count', 'partner')}, the largest spend first",
        each=f"page in {paged(_ALL, columns, size=12, padding=0.04)}",
        notes=[
            _UNTOLD,
            "Every partner of the programme stands here, also those that charts and tables before sum up as "
            "others. Each "
            "strategic one has a slide of its own.",
        ],
        note=f"{source('partners and scorecards')} Spend and plan in {{{{ pack.currency }}}} million a year, "
        f"without VAT. "
        "Critical: supports a critical or important function.",
    )
    add_table(
        slide,
        "Table: all partners",
        "Table of all partners: segment, spend, plan, share of spend, score, critical functions, exit test, owner.",
        (MARGIN, 1.7),
        columns,
        loop="partner in page",
        padding=0.04,
    )
