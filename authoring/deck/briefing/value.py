"""What it is worth, in the executive briefing: goals with their KPIs, and the economics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from authoring.deck.charts import ChartPlan, add_chart
from authoring.deck.geometry import EXHIBIT, MARGIN
from authoring.deck.master import EXHIBIT_AND_TEXT, EXHIBIT_ONLY, PANEL_INDEX
from authoring.deck.say import (
    ECONOMICS,
    MINUTE,
    NBSP,
    counted,
    economic,
    either,
    given,
    percent,
    person,
    repeated,
    short_date,
    source,
    tag,
)
from authoring.deck.slides import fill
from authoring.deck.tables import Column, add_table, paged

if TYPE_CHECKING:
    from authoring.deck.slides import Deck

_KPI_COUNT = 'strategy.goals | map(attribute="kpis") | map("length") | sum'
_GOALS = 'strategy.goals | selectattr("kpis")'
_FIRST = "goal.kpis[0]"
_SERIES = {"Without the programme": "no_programme_spend", "With it": "programme_spend", "Net benefit": "net_benefit"}


def add_value(deck: Deck) -> None:
    """Goals with their KPIs, and the economics."""
    _goals(deck)
    _economics(deck)


def _measured(field: str) -> str:
    """A KPI's figure with its unit: 35%, EUR 17.9 million, 8 pilots, or "open"."""
    figure, unit = tag(f"{_FIRST}.{field} | number({_FIRST}.decimals)"), f"{_FIRST}.unit"
    in_money = f"{tag('pack.currency')}{NBSP}{figure}{tag(f'{unit}[3:]')}"
    written = (
        f'{{% if {unit} == "%" %}}{figure}%{{% elif {unit}[:3] == pack.currency %}}{in_money}'
        f"{{% else %}}{figure} {tag(unit)}{{% endif %}}"
    )
    return given(f"{_FIRST}.{field} is not none", written, "open")


def _goals(deck: Deck) -> None:
    columns = [
        Column("Goal", 2.75, "{{ goal.id }} {{ goal.name }}", fits="id name"),
        Column("KPI", 3.55, f"{tag(f'{_FIRST}.id')} {tag(f'{_FIRST}.name')}", fits="kpis.0.id kpis.0.name"),
        Column("Baseline", 1.45, _measured("baseline"), fits="kpis.0.unit kpis.0.id"),
        Column("Target", 1.5, _measured("target")),
        Column("Due", 1.33, short_date(f"{_FIRST}.due")),
        Column("Owner of the goal", 1.55, person("goal.owner"), fits="owner.name"),
    ]
    slide = deck.add_slide(
        EXHIBIT_ONLY,
        "goals",
        given(
            "strategy.goals",
            f"{counted('strategy.goals | length', 'goal')}, each with an owner, a baseline and a dated target",
            "No goals in the inputs yet",
        ),
        notes=[
            MINUTE,
            "You see the leading measure of each goal. I read one of them aloud and leave the rest to the table.",
            *repeated(
                "goal in strategy.goals[:7]",
                f"{tag('goal.name')}, owned by {person('goal.owner')}.{given('goal.why', ' {{ goal.why }}')}",
            ),
            "If asked how progress is reported: each owner brings the figures to the forums, at the cadence set for "
            "each KPI.",
        ],
        each=f"page in {paged(_GOALS, columns, size=14, padding=0.09)}",
        note=f"{source('goals and KPIs')} The first KPI of each goal, of {counted(_KPI_COUNT, 'KPI')} in the strategy, "
        "which names the system that each comes from.",
    )
    add_table(
        slide,
        "Table: goals and KPIs",
        "Table of goals: the leading KPI of each, its baseline, its target, when that is due, and who owns the goal.",
        (MARGIN, 1.75),
        columns,
        loop="goal in page",
        size=14,
        padding=0.09,
    )


def _economics(deck: Deck) -> None:
    rate = percent(f"{ECONOMICS}.discount_rate_pct")
    payback = given(f"{ECONOMICS}.payback_month", f" and pays back in month {tag(f'{ECONOMICS}.payback_month')}")
    slide = deck.add_slide(
        EXHIBIT_AND_TEXT,
        "economics",
        given(
            ECONOMICS,
            f"The programme brings a net benefit of {economic('net_benefit_total')} over "
            f"{counted(f'{ECONOMICS}.years | length', 'year')}{payback}",
            "No economics in the inputs yet",
        ),
        notes=either(
            ECONOMICS,
            [
                MINUTE,
                f"Without the programme we would spend {economic('no_programme_spend_total')} over the period; with "
                f"it, {economic('programme_spend_total')}. The difference is the saving of {economic('saving_total')}.",
                f"Innovation adds {economic('innovation_benefit_total')}. One-off cost is "
                f"{economic('one_off_cost_total')}, running cost {economic('run_cost_total')}.",
                *either(
                    f"{ECONOMICS}.downside",
                    [
                        "We also worked out what happens if less goes well: "
                        f"{tag(f'{ECONOMICS}.downside.case')}. The programme then brings {economic('downside_total')}."
                    ],
                ),
                f"If asked about the discount rate: {rate} a year, applied at the end of each year.",
            ],
            ["There are no economics in the inputs yet; leave this slide out."],
        ),
        note=given(
            ECONOMICS,
            f"{source('economics')} {tag(f'{ECONOMICS}.currency_unit')}, by year. Net benefit: saving and innovation "
            f"benefit, less one-off and running cost. Present value at {rate}, discounted at the end of each year.",
            "State them under strategy.economics.",
        ),
    )
    _economics_chart(deck)
    fill(
        slide,
        PANEL_INDEX,
        either(
            ECONOMICS,
            [
                f"**{economic('npv')}** net present value",
                *either(
                    f"{ECONOMICS}.benefit_cost_ratio",
                    [f"**{tag(f'{ECONOMICS}.benefit_cost_ratio | number(1)')}** benefit-cost ratio"],
                ),
                f"**{economic('saving_total')}** saving, **{economic('innovation_benefit_total')}** innovation benefit",
                f"**{economic('cost_total')}** cost, one-off and running",
                *either(
                    f"{ECONOMICS}.downside",
                    [
                        f"Downside ({tag(f'{ECONOMICS}.downside.case | truncate(90)')}): "
                        f"**{economic('downside_total')}** net, "
                        f"**{economic('downside_npv')}** present value"
                    ],
                ),
            ],
            ["No economics in the inputs yet."],
        ),
    )


def _economics_chart(deck: Deck) -> None:
    """Spend without and with the programme, and the net benefit, on the last slide."""
    series = ", ".join(f'{{"name": "{name}", "values": {ECONOMICS}.{field}}}' for name, field in _SERIES.items())
    heard = (
        '("Column chart of spend without and with the programme, and net benefit, by year in " ~ '
        f'{ECONOMICS}.currency_unit ~ ". Net benefit: " ~ ({ECONOMICS}.net_benefit | map("number") | join("; ")))'
    )
    add_chart(
        deck.last_slide,
        EXHIBIT,
        ChartPlan(
            name="Chart: spend and net benefit by year",
            tag=given(ECONOMICS, tag(f"chart({ECONOMICS}.years, [{series}], {heard})")),
            categories=["Year 1", "Year 2", "Year 3"],
            sample={"Without the programme": (40, 44, 48), "With it": (38, 39, 40), "Net benefit": (-0.5, 3, 7)},
            number_format="0.0",
        ),
    )
