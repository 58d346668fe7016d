"""How it goes, in the executive briefing: risks, performance of partners, next steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from authoring.deck.briefing.risks import add_risks
from authoring.deck.briefing.roadmap import add_roadmap
from authoring.deck.charts import ChartPlan, add_chart
from authoring.deck.fit import LINE, fits, fitted, letters
from authoring.deck.geometry import MARGIN, WIDTH, Box
from authoring.deck.master import EXHIBIT_ONLY
from authoring.deck.say import (
    MINUTE,
    counted,
    cut,
    date,
    either,
    fitting,
    given,
    number,
    person,
    repeated,
    short_date,
    source,
    tag,
)
from authoring.deck.slides import add_text
from authoring.deck.tables import Column, add_table, paged
from authoring.deck.text import Para, Run, worded

if TYPE_CHECKING:
    from pptx.slide import Slide

    from authoring.deck.slides import Deck

_CARDS = '(scorecards.cards | sort(attribute="score", reverse=true))'
# Where not all fit, those that need attention are shown: the lowest scores, still the best of them first.
_LINES = 6
_TRENDS = '(scorecards.cards | selectattr("trend") | sort(attribute="score"))'
# Three short names stand beside each other in the legend; of long ones each takes a line of it.
_NAMED = f"({_LINES} if {_TRENDS} and {_TRENDS}[:{_LINES}] | map(attribute='partner.name') | map('length') | max <= 14"
_NAMED += " else 4)"
_LOWEST = f"{_TRENDS}[:{_NAMED}]"
_LEGEND = letters(4.2, 12)  # what a line of the legend holds of a name
_SHORTEST, _LONGEST = (f"| map(attribute='partner.name') | map('lines', {_LEGEND}) | {end}" for end in ("min", "max"))
# The sign is one that a line does not break behind.
_CHANGE = "card.change_first | number | replace('-', '−')"
_RED = 'scorecards.cards | selectattr("rating", "equalto", "red")'
_PLANNED = 'scorecards.cards | selectattr("plan") | sort(attribute="score")'
# Plans are told whole, as many as have room; one that has none at all stands where it is named.
_ROOM = Box(MARGIN, 5.05, WIDTH, 1.3)
_PLANS = fits(_ROOM.w, _ROOM.h, (14, 12))
_APART = 0.23  # of a line, between plans
_SPARE = 5  # letters: the words "cause" and "plan" between them
_SHOWN_PLANS = (
    f"(({_PLANNED}) | pages({_ROOM.h * 72 / (14 * LINE) + _APART:.2f}, "
    f'{{"partner.name cause plan": {_PLANS[0].letters - _SPARE}}}, {_APART}))[0][:3]'
)
_PENDING = 'reviews | selectattr("outcome", "equalto", "pending")'
# Two reviews of a kind differ in what they cover: legal (template), legal (contract).
_COVERED = given('review.covers not in (none, "other")', f" ({tag('review.covers')})")
_PENDING_NAMES = (
    f"{{% for review in {_PENDING} %}}{tag('review.type')}{_COVERED}{given('not loop.last', ', ')}{{% endfor %}}"
)


def add_delivery(deck: Deck) -> None:
    """Risks with their matrix, roadmap, performance of partners, next steps."""
    add_risks(deck)
    add_roadmap(deck)
    _performance(deck)
    _next_steps(deck)


def _performance(deck: Deck) -> None:
    red_names = fitting(f'{_RED} | map(attribute="partner.name") | list', 60, "partners")
    are = given(f"{_RED} | list | length == 1", "is", "are")
    weights = ", ".join(
        f"{number(f'scorecards.weights.{name}')}% {name}" for name in ("technical", "financial", "innovation")
    )
    ratings = [('card.rating == "green"', "Green", "accent6-dark"), ('card.rating == "amber"', "Amber", "accent4-dark")]
    change = given("card.change_first is none", "open", given("card.change_first > 0", "+") + tag(_CHANGE))
    columns = [
        Column("Partner", 2.0, tag("card.partner.name"), fits="partner.name"),
        Column("Technical", 0.97, number("card.technical"), "r"),
        Column("Financial", 0.95, number("card.financial"), "r"),
        Column("Innovation", 1.04, number("card.innovation"), "r"),
        Column("Score", 0.7, number("card.score"), "r"),
        Column("Rating", 0.74, worded(ratings, ("Red", "accent5")), "ctr"),
        Column("Change", 0.78, change, "r"),
    ]
    best, lowest = (
        paged(rows, columns, size=13, padding=0.07, height=3.2)
        for rows in (_CARDS, 'scorecards.cards | sort(attribute="score")')
    )
    slide = deck.add_slide(
        EXHIBIT_ONLY,
        "performance",
        given(
            "scorecards.cards",
            f"Scored partners average {number('figures.mean_score')} points; "
            + given(f"{_RED} | list", f"{red_names} {are} rated red", "none is rated red"),
            "No scorecards in the inputs yet",
        ),
        notes=[
            MINUTE,
            f"Scores are weighted: {weights}.",
            *repeated(
                f"card in ({_RED} | list)[:4]",
                f"{tag('card.partner.name')} is red at {number('card.score')} points."
                + given("card.cause", " Cause: {{ card.cause }}.")
                + given("card.plan", " Plan: {{ card.plan }}."),
            ),
            *repeated(
                'card in (scorecards.cards | selectattr("disputed") | list)[:4]',
                "{{ card.partner.name }} disputes its score: {{ card.disputed }}",
            ),
            "If asked why scores are close to each other: weights even out single failures, so look at the three "
            "columns as well.",
        ],
        each=f"page in (({best}) if ({best}) | length == 1 else ({lowest})[:1])",
        note=f"{source('scorecards')} Green from {number('governance.performance.rating_bands.green_from')} "
        f"points, amber "
        f"from {number('governance.performance.rating_bands.amber_from')}, red below. Change: in points since "
        f"the first "
        f"quarter on record{given('scorecards.quarters', ' ({{ scorecards.quarters[0] }})')}."
        + cut("scorecards.cards", "page", "scored partners", "scorecard workbook")
        + given(f"{_TRENDS} and {_LOWEST} {_LONGEST} > 1", " Who is not in the legend has a line in the workbook."),
    )
    add_text(
        slide,
        "Heading: scores by quarter",
        Box(MARGIN, 1.66, 4.75, 0.3),
        [Para(given(_TRENDS, "Weighted score by quarter"), bold=True, colour="tx2")],
    )
    _trend(slide)
    add_table(
        slide,
        "Table: scorecards",
        "Table of scored partners: technical, financial and innovation score, weighted score, rating in words, change.",
        (5.55, 1.75),
        columns,
        loop="card in page",
        size=13,
        padding=0.07,
    )
    cause = given("card.cause", "Cause: {{ card.cause }}. ")
    told = fitted(
        f"{cause}Plan: {tag('card.plan')}", _PLANS, "See the vendor performance review.", behind="card.partner.name"
    )
    add_text(
        slide,
        "Improvement plans",
        _ROOM,
        either(
            f"{_PLANNED} | list",
            repeated(
                f"card in ({_SHOWN_PLANS})", Para((Run("{{ card.partner.name }}. ", bold=True), *told), space_before=4)
            ),
            ["No improvement plan in the inputs yet."],
        ),
    )


def _trend(slide: Slide) -> None:
    """Lines of the weighted score, of the partners with the lowest where there are many."""
    quarters = "scorecards.quarters"
    lines = " + ".join(
        f'([{{"name": {_LOWEST}[{at}].partner.name, "values": {_LOWEST}[{at}].trend}}] '
        f"if {_LOWEST} | length > {at} and {_LOWEST}[{at}].partner.name | lines({_LEGEND}) == 1 else [])"
        for at in range(_LINES)
    )
    told = ' ~ "; " ~ '.join(
        f'({_LOWEST}[{at}].partner.name ~ " " ~ ({_LOWEST}[{at}].score | number) if {_LOWEST} | length > {at} else "")'
        for at in range(_LINES)
    )
    heard = (
        f'"Line chart of the weighted score by quarter, from " ~ {quarters} | first ~ " to " ~ {quarters} | last ~ '
        f'", of the partners with the lowest scores. Scores now: " ~ ({told}) | trim("; ")'
    )
    add_chart(
        slide,
        Box(MARGIN, 1.95, 4.75, 3.0),
        ChartPlan(
            name="Chart: weighted score by quarter",
            tag=given(
                f"{_LOWEST} and {quarters} and {_LOWEST} {_SHORTEST} == 1", tag(f"chart({quarters}, {lines}, {heard})")
            ),
            categories=["Quarter 1", "Quarter 2", "Quarter 3"],
            sample={"Partner A": (82, 83, 84), "Partner B": (70, 72, 74), "Partner C": (66, 63, 61)},
            number_format="0",
            minimum=40,
            maximum=100,
            line=True,
            axis=True,
        ),
    )


def _next_steps(deck: Deck) -> None:
    dated = 'briefing.next_steps | selectattr("due") | sort(attribute="due")'
    ordered = f"(({dated} | list) + (briefing.next_steps | rejectattr('due') | list))"
    columns = [
        Column("Due", 1.05, short_date("step.due")),
        Column("Action", 5.0, tag("step.action"), fits="action"),
        Column("Owner", 1.3, person("step.owner"), fits="owner.name"),
    ]
    outcomes = [
        ('review.outcome == "approved"', "Approved", "accent6-dark"),
        ('review.outcome == "approved with conditions"', "Approved with conditions", "accent4-dark"),
        ('review.outcome == "rejected"', "Rejected", "accent5"),
    ]
    judged = [
        Column("Review", 1.27, tag("review.type | capitalize") + _COVERED, fits="type covers"),
        Column(
            "Reviewers",
            1.93,
            fitting('review.reviewers | map(attribute="name")', 90, "reviewers"),
            fits=" ".join(f"reviewers.{number}.name" for number in range(5)),
        ),
        Column("Outcome", 1.33, worded(outcomes, ("Pending", "tx1")), fits="outcome"),
    ]
    shown = f"({paged('reviews', judged, size=12, padding=0.06)})[0]"
    first = f"{{% for step in ({dated})[:1] %}}, the first due on {date('step.due')}{{% endfor %}}"
    slide = deck.add_slide(
        EXHIBIT_ONLY,
        "next_steps",
        given(
            "briefing.next_steps",
            f"What happens next: {counted('briefing.next_steps | length', 'action')}{first}",
            "No next steps in the inputs yet",
        ),
        notes=[
            MINUTE,
            "With your decision, this is what happens and who does it.",
            *either(
                f"{_PENDING} | list",
                ["Reviews still pending: " + _PENDING_NAMES + "."],
            ),
            *repeated(
                f"step in {ordered}[:3]",
                f"{tag('step.action')}: {person('step.owner')}" + given("step.due", f", by {date('step.due')}") + ".",
            ),
            "Then back to the decisions: "
            + given("briefing.decisions", "do you approve?", "none is asked in the inputs yet."),
        ],
        each=f"page in {paged(ordered, columns, size=12, padding=0.05)}",
        note=f"{source('briefing and reviews')} Outcomes are as stated there; this deck does not verify them."
        + cut("reviews", shown, "reviews", "review register"),
    )
    add_table(
        slide,
        "Table: next steps",
        "Table of next steps: due date, action, owner.",
        (MARGIN, 1.7),
        columns,
        loop="step in page",
        padding=0.05,
    )
    add_table(
        slide,
        "Table: reviews",
        "Table of reviews: kind and what was reviewed, reviewers, outcome as stated.",
        (8.2, 1.7),
        judged,
        loop=f"review in {shown}",
    )
