"""A slide for each strategic partner in the executive briefing: how it does, what binds it, what leaving would take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from authoring.deck.fit import letters
from authoring.deck.geometry import MARGIN
from authoring.deck.master import EXHIBIT_AND_TEXT, PANEL_INDEX
from authoring.deck.say import (
    MINUTE,
    NBSP,
    PLAN,
    STRATEGIC,
    cut,
    either,
    fitting,
    given,
    million,
    months,
    number,
    person,
    repeated,
    share,
    short_date,
    source,
    tag,
)
from authoring.deck.slides import fill
from authoring.deck.tables import add_grid
from authoring.deck.text import Para

if TYPE_CHECKING:
    from authoring.deck.slides import Deck

_CARD = "partner.scorecard"
_FACT = 13  # points
# What we depend on and the cause of a score are told whole, or where they stand; both together in so many lines.
_LINES = "(4 if partner.contracts | length < 2 else 2)"
_DEPENDENCY, _CAUSE = (
    f"(partner.dependency | lines({letters(6, _FACT)}))",
    f"({_CARD}.cause | lines({letters(6, _FACT)}))",
)
# What fits into the panel beside the facts: a line more than its words take is for the bands behind them.
_SHOWN = '({}) | pages(17.5, {{"id title band residual_band status": 42}}, 1.35)'
_RISKS = 'partner.risks | rejectattr("status", "equalto", "closed") | sort(attribute="exposure", reverse=true)'
_FIRST = f"({_SHOWN.format(_RISKS)})[0][:6]"


def add_strategic_partners(deck: Deck) -> None:
    """One slide, repeated for each partner of the strategic segment; the loop stands in its notes."""
    slide = deck.add_slide(
        EXHIBIT_AND_TEXT,
        "",
        "{{ partner.name }}"
        + given("partner.share_pct is not none", f": {share('partner.share_pct')} of spend")
        + given(_CARD, f", rated {tag(f'{_CARD}.rating')} at {number(f'{_CARD}.score')} points", ", not scored yet"),
        notes=[
            f"{{% slide for partner in {STRATEGIC} %}}",
            MINUTE,
            f"{{{{ partner.name }}}} is owned by {person('partner.owner')}"
            + given("partner.sponsor", " and sponsored by {{ partner.sponsor.name }}")
            + ". One sentence on how it does, one on what we ask of it.",
            *either(f"{_CARD} and {_CARD}.cause", [f"Behind the score: {tag(f'{_CARD}.cause')}."]),
            *either(f"{_CARD} and {_CARD}.plan", [f"The plan: {tag(f'{_CARD}.plan')}."]),
            *repeated(
                f"risk in ({_RISKS})[:3]",
                "{{ risk.id }}, {{ risk.title }}." + given("risk.mitigation", " What we do: {{ risk.mitigation }}."),
            ),
        ],
        note=f"{source('partners, scorecards and risks')} Spend of this year, without VAT. Exit: our own time "
        f"and cost." + given(f"{_RISKS} | list", cut(_RISKS, f"({_FIRST})", "risks", "partnership strategy")),
    )
    add_grid(
        slide,
        "Table: strategic partner",
        "Table of what matters with this partner: what we depend on, spend, score, agreement, exit.",
        (MARGIN, 1.75),
        [1.55, 6.15],
        [["About", "Where we stand"], *_facts()],
        size=_FACT,
        padding=0.06,
    )
    fill(
        slide,
        PANEL_INDEX,
        [
            Para("Largest risks", bold=True, colour="tx2", mark="none"),
            *either(
                f"{_RISKS} | list",
                repeated(
                    f"risk in {_FIRST}",
                    Para(
                        "**{{ risk.id }}** {{ risk.title }}: {{ risk.exposure }} {{ risk.band }}"
                        + given("risk.residual", ", {{ risk.residual }} {{ risk.residual_band }} after treatment")
                        + given('risk.status == "triggered"', " (**triggered**)"),
                        space_before=6,
                    ),
                ),
                ["No risk names this partner"],
            ),
        ],
        size=14,
    )


def _facts() -> list[list[str]]:
    """Rows of label and fact."""
    functions = fitting('partner.functions | map(attribute="name")', 90, "of them")
    depends = given(
        "partner.dependency",
        given(
            f"{_DEPENDENCY} <= {_LINES}",
            tag("partner.dependency | upper_first"),
            "See the partnership strategy.",
        ),
        "Not described yet.",
    ) + given("partner.functions", f" Critical functions: {functions}.")
    spend = given(
        "partner.spend is not none",
        f"{million('partner.spend')} this year, {share('partner.share_pct')} of all",
        "Not given",
    ) + given("partner.plan is not none", f"; {tag(f'({PLAN}) | lower')}: {million('partner.plan')}")
    score = given(
        _CARD,
        f"{number(f'{_CARD}.score')} of 100, {tag(f'{_CARD}.rating')}: technical {number(f'{_CARD}.technical')}, "
        f"financial {number(f'{_CARD}.financial')}, innovation {number(f'{_CARD}.innovation')}"
        + given(
            f"{_CARD}.cause",
            given(
                f"{_CAUSE} + ({_DEPENDENCY} if {_DEPENDENCY} <= {_LINES} else 1) <= {_LINES} + 1",
                f". {tag(f'{_CARD}.cause')}",
                ". The cause is in the vendor performance review",
            ),
        ),
        "Not scored yet",
    )
    agreement = (
        "{% if partner.contracts %}{% for contract in partner.contracts[:2] %}{{ contract.name }}: "
        + months("contract.term")
        + given("contract.effective", f" from {short_date('contract.effective')}")
        + given("contract.commitment_total", f", {million('contract.commitment_total')} in all")
        + given("contract.cap is not none", f", liability capped at {million('contract.cap')} a year")
        + "; {{ contract.status }}{% if not loop.last %}. {% endif %}{% endfor %}"
        + given("partner.contracts | length > 2", f"; and {tag('partner.contracts | length - 2')}{NBSP}more")
        + "{% else %}None in this pack{% endif %}"
    )
    alternatives = given(
        "partner.alternatives",
        fitting('partner.alternatives | map(attribute="name")', 60, "others"),
        "nobody named yet",
    )
    leaving = (
        f"To {alternatives}: {months('partner.exit_months')}"
        + given("partner.exit_cost is not none", f", {million('partner.exit_cost')} of our own")
        + given(
            "partner.last_exit_test",
            f"; last tested on {short_date('partner.last_exit_test')}"
            + given("partner.supports_cif and not partner.exit_tested", " (overdue)"),
            "; never tested",
        )
    )
    return [
        ["We depend on", depends],
        ["Spend", spend],
        ["Score", score],
        ["Agreement", agreement],
        ["Leaving", leaving],
        ["Owner", f"{person('partner.owner')}; sponsor: {person('partner.sponsor')}"],
    ]
