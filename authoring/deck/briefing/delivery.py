"""How it goes, in the executive briefing: risks, performance of partners, next steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from authoring.deck.briefing.roadmap import add_roadmap
from authoring.deck.charts import ChartPlan, add_chart
from authoring.deck.geometry import MARGIN, WIDTH, Box
from authoring.deck.master import EXHIBIT_ONLY
from authoring.deck.say import (
    AS_OF,
    MINUTE,
    counted,
    cut,
    date,
    either,
    given,
    names,
    number,
    person,
    repeated,
    short_date,
    tag,
    verb,
)
from authoring.deck.slides import add_text
from authoring.deck.tables import Column, add_table
from authoring.deck.text import Para, Run, worded

if TYPE_CHECKING:
    from authoring.deck.slides import Deck

_OPEN_RISKS = '(risks | rejectattr("status", "equalto", "closed") | sort(attribute="exposure", reverse=true))'
_APPETITE = "strategy.risk_appetite"
_CARDS = '(scorecards.cards | sort(attribute="score", reverse=true))'
_RED = 'scorecards.cards | selectattr("rating", "equalto", "red")'
_PLANNED = 'scorecards.cards | selectattr("plan") | sort(attribute="score")'
_PENDING = 'reviews | selectattr("outcome", "equalto", "pending")'


def add_delivery(deck: Deck) -> None:
    """Risks, roadmap, performance of partners, next steps."""
    _risks(deck)
    add_roadmap(deck)
    _performance(deck)
    _next_steps(deck)


def _banded(exposure: str, band: str) -> tuple[Run, ...]:
    """An exposure with its band in words: 20 High."""
    bands = [(f'{band} == "high"', "High", "accent5"), (f'{band} == "medium"', "Medium", "accent4-dark")]
    return (Run(f"{tag(exposure)} "), *worded(bands, ("Low", "accent6-dark")))


def _risks(deck: Deck) -> None:
    above, limit = "figures.residual_above_appetite_count", tag(f"{_APPETITE}.residual_limit")
    treated = given(above, f"{tag(above)} {verb(above, 'stay')}", "none stays")
    slide = deck.add_slide(
        EXHIBIT_ONLY,
        "risks",
        given(
            "risks",
            "{{ figures.risk_high_count }} of {{ figures.risk_count }} risks are high today; once treated, "
            f"{treated} above the limit of {limit}",
            "No risks in the inputs yet",
        ),
        notes=[
            MINUTE,
            "These are the largest by exposure, which is likelihood times impact, each from 1 to 5. I go through those "
            "that have been triggered.",
            *repeated(
                'risk in risks | selectattr("status", "equalto", "triggered")',
                "{{ risk.id }}, {{ risk.title }}."
                + given("risk.contingency", " What we do now: {{ risk.contingency }}."),
            ),
            *either(f"{_APPETITE}.statement", [f"Our appetite, in words: {tag(f'{_APPETITE}.statement')}."]),
        ],
        note=f"Exposure: likelihood × impact, 1 to 25. High from {tag(f'{_APPETITE}.high_from')}, medium from "
        f"{tag(f'{_APPETITE}.medium_from')}. The largest of {tag('figures.risk_count')} by exposure are shown. {AS_OF}",
    )
    after = (
        Run("{% if risk.residual %}"),
        *_banded("risk.residual", "risk.residual_band"),
        Run("{% else %}not assessed{% endif %}"),
    )
    add_table(
        slide,
        "Table: largest risks",
        "Table of the largest risks: risk, exposure and band before and after treatment, owner, mitigation, status.",
        (MARGIN, 1.7),
        [
            Column("ID", 0.6, tag("risk.id")),
            Column("Risk", 3.05, tag("risk.title")),
            Column("Before", 1.12, _banded("risk.exposure", "risk.band")),
            Column("After", 1.15, after),
            Column("Owner", 1.55, person("risk.owner")),
            Column("Mitigation", 3.53, tag('risk.mitigation | default("none yet")')),
            Column("Status", 1.13, worded([('risk.status == "triggered"', "Triggered", "accent5")], ("Open", "tx1"))),
        ],
        loop=f"risk in {_OPEN_RISKS}[:7]",
        size=14,
    )


def _performance(deck: Deck) -> None:
    red_names = tag(f'{_RED} | map(attribute="partner.name") | join(", ")')
    are = given(f"{_RED} | list | length == 1", "is", "are")
    weights = ", ".join(
        f"{number(f'scorecards.weights.{name}')}% {name}" for name in ("technical", "financial", "innovation")
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
                f"card in {_RED}",
                f"{tag('card.partner.name')} is red at {number('card.score')} points."
                + given("card.cause", " Cause: {{ card.cause }}.")
                + given("card.plan", " Plan: {{ card.plan }}."),
            ),
            *repeated(
                'card in scorecards.cards | selectattr("disputed")',
                "{{ card.partner.name }} disputes its score: {{ card.disputed }}",
            ),
            "If asked why scores are close to each other: weights even out single failures, so look at the three "
            "columns as well.",
        ],
        note=f"Green from {number('governance.performance.rating_bands.green_from')} points, amber from "
        f"{number('governance.performance.rating_bands.amber_from')}, red below. Change: in points since the "
        f"first quarter on record{given('scorecards.quarters', ' ({{ scorecards.quarters[0] }})')}. {AS_OF}"
        + cut("scorecards.cards", 7, "scores"),
    )
    partners, scores = f'{_CARDS} | map(attribute="partner.name")', f'{_CARDS} | map(attribute="score")'
    heard = (
        f'"Bar chart of the weighted score of each scored partner, best first: " ~ ({partners} | join(", ")) ~ '
        f'". Scores: " ~ ({scores} | map("number") | join("; "))'
    )
    add_chart(
        slide,
        Box(MARGIN, 1.65, 4.7, 3.3),
        ChartPlan(
            name="Chart: weighted score by partner",
            tag=given(
                "scorecards.cards",
                tag(f'chart({partners} | list, [{{"name": "Weighted score", "values": {scores} | list}}], {heard})'),
            ),
            categories=["Partner A", "Partner B", "Partner C"],
            sample={"Weighted score": (82, 74, 61)},
            number_format="General",
            horizontal=True,
            maximum=100,
        ),
    )
    ratings = [('card.rating == "green"', "Green", "accent6-dark"), ('card.rating == "amber"', "Amber", "accent4-dark")]
    change = given(
        "card.change_first is none", "open", given("card.change_first > 0", "+") + number("card.change_first")
    )
    add_table(
        slide,
        "Table: scorecards",
        "Table of scored partners: technical, financial and innovation score, weighted score, rating in words, change.",
        (5.55, 1.75),
        [
            Column("Partner", 1.45, tag("card.partner.name")),
            Column("Technical", 1.1, number("card.technical"), "r"),
            Column("Financial", 1.05, number("card.financial"), "r"),
            Column("Innovation", 1.15, number("card.innovation"), "r"),
            Column("Score", 0.8, number("card.score"), "r"),
            Column("Rating", 0.8, worded(ratings, ("Red", "accent5")), "ctr"),
            Column("Change", 0.83, change, "r"),
        ],
        loop=f"card in {_CARDS}[:7]",
        size=14,
        padding=0.08,
    )
    plan = "**{{ card.partner.name }}.**" + given("card.cause", " Cause: {{ card.cause }}.") + " Plan: {{ card.plan }}."
    add_text(
        slide,
        "Improvement plans",
        Box(MARGIN, 5.05, WIDTH, 1.3),
        either(
            f"{_PLANNED} | list",
            repeated(f"card in ({_PLANNED})[:2]", Para(plan, space_before=4)),
            ["No improvement plan in the inputs yet."],
        ),
    )


def _next_steps(deck: Deck) -> None:
    dated = 'briefing.next_steps | selectattr("due") | sort(attribute="due")'
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
                ["Reviews still pending: " + tag(_PENDING + ' | map(attribute="type") | join(", ")') + "."],
            ),
            *repeated(
                "step in briefing.next_steps[:3]",
                f"{tag('step.action')}: {person('step.owner')}" + given("step.due", f", by {date('step.due')}") + ".",
            ),
            "Then back to the decisions: "
            + given("briefing.decisions", "do you approve?", "none is asked in the inputs yet."),
        ],
        note=f"Outcomes of reviews are as stated in the inputs; this deck does not verify them. {AS_OF}"
        + cut("briefing.next_steps", 10, "next steps")
        + cut("reviews", 10, "reviews"),
    )
    add_table(
        slide,
        "Table: next steps",
        "Table of next steps: due date, action, owner.",
        (MARGIN, 1.7),
        [
            Column("Due", 1.15, short_date("step.due")),
            Column("Action", 4.7, tag("step.action")),
            Column("Owner", 1.45, person("step.owner")),
        ],
        loop="step in briefing.next_steps[:10]",
    )
    outcomes = [
        ('review.outcome == "approved"', "Approved", "accent6-dark"),
        ('review.outcome == "approved with conditions"', "Approved with conditions", "accent4-dark"),
        ('review.outcome == "rejected"', "Rejected", "accent5"),
    ]
    add_table(
        slide,
        "Table: reviews",
        "Table of reviews: kind, reviewers, outcome as stated.",
        (8.2, 1.7),
        [
            Column("Review", 1.35, tag("review.type | capitalize")),
            Column("Reviewers", 1.68, names("review.reviewers", "not named")),
            Column("Outcome", 1.5, worded(outcomes, ("Pending", "tx1"))),
        ],
        loop="review in reviews[:10]",
    )
