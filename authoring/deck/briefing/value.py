"""What it is worth, in the executive briefing: goals with their KPIs, and the economics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from authoring.deck.charts import ChartPlan, add_chart
from authoring.deck.geometry import EXHIBIT, MARGIN, Box
from authoring.deck.master import EXHIBIT_AND_TEXT, EXHIBIT_ONLY, PANEL_INDEX
from authoring.deck.say import (
    ECONOMICS,
    MINUTE,
    NBSP,
    counted,
    cut,
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
from authoring.deck.slides import add_text, fill
from authoring.deck.tables import Column, add_table, paged
from authoring.deck.text import Para

if TYPE_CHECKING:
    from authoring.deck.slides import Deck

_KPI_COUNT = 'strategy.goals | map(attribute="kpis") | map("length") | sum'
_GOALS = 'strategy.goals | selectattr("kpis")'
_LEADING = "goal.leading_kpi"
_WHOLE = f"({_GOALS} | selectattr('owner')"
_WHOLE += "".join(f" | rejectattr('leading_kpi.{each}', 'none')" for each in ("baseline", "target", "due"))
_WHOLE += " | list | length)"
_MEASURED = "strategy.measured_kpis"
_PROGRESS = "strategy.tracked_kpis"
# So many bars have room for labels that take no line, one, two and so on; what is more stands on the next slide.
_BARS = f"[9, 9, 9, 6, 5, 4, 3][[{_PROGRESS} | map(attribute='label') | map('lines', 20) | max, 6] | min]"
_TABLE, _CHART = 8.23, 3.7
_SHORT = f"{ECONOMICS}.downside.case | lines(36) <= 5"
_SERIES = {
    "Without the programme": "no_programme_spend",
    "With the programme": "programme_spend",
    "Net benefit": "net_benefit",
}


def add_value(deck: Deck) -> None:
    """Goals with their KPIs, and the economics."""
    _goals(deck)
    _economics(deck)


def _measured(field: str, kpi: str = _LEADING) -> str:
    """A figure of a KPI, of a goal's leading one if not said, with its unit: 35%, EUR 17.9 million, 8 pilots."""
    figure, unit = tag(f"{kpi}.{field} | number({kpi}.decimals)"), f"{kpi}.unit"
    in_money = f"{tag('pack.currency')}{NBSP}{figure}{tag(f'{unit}[3:]')}"
    return (
        f'{{% if {unit} == "%" %}}{figure}%{{% elif {unit}[:3] == pack.currency %}}{in_money}'
        f"{{% else %}}{figure} {tag(unit)}{{% endif %}}"
    )


def _goals(deck: Deck) -> None:
    columns = [
        Column(
            "Goal and owner",
            2.2,
            f"{{{{ goal.id }}}} {{{{ goal.name }}}}, {person('goal.owner')}",
            fits="id name owner.name",
        ),
        Column(
            "KPI", 2.05, f"{tag(f'{_LEADING}.id')} {tag(f'{_LEADING}.name')}", fits="leading_kpi.id leading_kpi.name"
        ),
        Column(
            "Baseline",
            0.95,
            given(f"{_LEADING}.baseline is not none", _measured("baseline"), "open"),
            fits="leading_kpi.unit id",
        ),
        Column("Latest", 0.95, given(f"{_LEADING}.latest", _measured("latest.value"), "–")),
        Column("Target", 0.95, given(f"{_LEADING}.target is not none", _measured("target"), "open")),
        Column("Due", 1.08, short_date(f"{_LEADING}.due")),
    ]
    goals = given(
        "strategy.goals",
        given(
            f"{_WHOLE} == strategy.goals | length",
            f"{counted('strategy.goals | length', 'goal')}, each with an owner, a baseline and a dated target",
            f"{tag(_WHOLE)} of {counted('strategy.goals | length', 'goal')} {given(f'{_WHOLE} == 1', 'has', 'have')} "
            "an owner, a baseline and a dated target",
        ),
        "No goals in the inputs yet",
    )
    slide = deck.add_slide(
        EXHIBIT_ONLY,
        "goals",
        goals + given(_MEASURED, f"; {tag(f'{_MEASURED} | length')} of {counted(_KPI_COUNT, 'KPI')} measured since"),
        notes=[
            MINUTE,
            "You see one measure of each goal. I read one of them aloud and leave the rest to the table.",
            *repeated(
                "goal in strategy.goals[:7]",
                f"{tag('goal.name')}, owned by {person('goal.owner')}.{given('goal.why', ' {{ goal.why }}')}",
            ),
            *repeated(
                f"kpi in ({_MEASURED})[:5]",
                f"{{{{ kpi.id }}}}, {{{{ kpi.name }}}}, stands at {_measured('latest.value', 'kpi')} on "
                "{{ kpi.latest.date | date }}"
                + given(
                    "kpi.progress_pct is not none",
                    given(
                        "kpi.progress_pct < 0",
                        ": it has moved away from its target",
                        ": {{ kpi.progress_pct | number(1) }}% of the way to its target",
                    ),
                )
                + ".",
            ),
            *either(f"not ({_MEASURED})", ["Nothing has been measured since the baselines were taken."]),
            "If asked how progress is reported: each owner brings the figures to the forums, at the cadence set for "
            "each KPI.",
        ],
        each=f"page in {paged(_GOALS, columns, size=12, padding=0.05)}",
        note=f"{source('goals and KPIs')} One KPI of each goal, of {counted(_KPI_COUNT, 'KPI')} in the strategy. "
        "Progress: (latest − baseline) ÷ (target − baseline); below 0% it moved away from the target."
        + given(
            _PROGRESS, cut(_PROGRESS, f"{_PROGRESS}[:{_BARS} * loop.length]", "measured KPIs", "partnership strategy")
        ),
    )
    add_table(
        slide,
        "Table: goals and KPIs",
        "Table of goals with their owners: a KPI of each, its baseline, latest figure, target, and when that is due.",
        (MARGIN, 1.7),
        columns,
        loop="goal in page",
        padding=0.05,
    )
    _progress_chart(deck)


def _progress_chart(deck: Deck) -> None:
    """Bars of what is done of the way to each target, or a sentence where nothing was measured yet."""
    start = f"{_BARS} * loop.index0"
    rows = f"({_PROGRESS} and {_PROGRESS}[{start}:{start} + {_BARS}])"
    left = MARGIN + _TABLE + 0.2
    add_text(
        deck.last_slide,
        "Heading: progress of KPIs",
        Box(left, 1.66, _CHART, 0.42),
        [
            Para(
                given(
                    rows,
                    "Progress from baseline to target, %",
                    given("loop.first", "Nothing measured since the baselines"),
                ),
                bold=True,
                colour="tx2",
            )
        ],
    )
    # The sign is one that a line does not break behind.
    done = ".progress_pct | number(1) | replace('-', '\u2212')"
    said = " + ".join(
        f'([({_PROGRESS}[{start} + {at}].label) ~ ": " ~ ({_PROGRESS}[{start} + {at}]{done}) ~ "%"] '
        f"if {rows} | length > {at} else [])"
        for at in range(9)
    )
    names = f"({said})"
    values = f'({rows} | map(attribute="progress_pct") | list)'
    heard = (
        '"Bar chart of the progress of KPIs from baseline to target, in percent: " ~ '
        f'({rows} | map(attribute="label") | join(", ")) ~ ". Progress: " ~ ({values} | map("number") | join("; "))'
    )
    add_chart(
        deck.last_slide,
        Box(left, 2.1, _CHART, 4.2),
        ChartPlan(
            name="Chart: progress of KPIs",
            tag=given(
                rows,
                tag(f'chart({names}, [{{"name": "Progress", "values": {values}}}], {heard})'),
            ),
            categories=["K1 First KPI", "K2 Second KPI", "K3 Third KPI"],
            sample={"Progress": (60, 25, -5)},
            number_format='0.0"%"',
            horizontal=True,
            labels=False,
        ),
    )


def _economics(deck: Deck) -> None:
    case = tag(f"{ECONOMICS}.downside.case")
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
                f"**{economic('npv', NBSP)}** net present value",
                *either(
                    f"{ECONOMICS}.benefit_cost_ratio",
                    [f"**{tag(f'{ECONOMICS}.benefit_cost_ratio | number(1)')}** benefit-cost ratio"],
                ),
                f"**{economic('saving_total', NBSP)}** saving, **{economic('innovation_benefit_total', NBSP)}** "
                "innovation benefit",
                f"**{economic('cost_total', NBSP)}** cost, one-off and running",
                *either(
                    f"{ECONOMICS}.downside",
                    [
                        f"Downside{given(_SHORT, f' ({case})', ', as the partnership strategy puts it')}: "
                        f"**{economic('downside_total', NBSP)}** net, "
                        f"**{economic('downside_npv', NBSP)}** present value"
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
            sample={
                "Without the programme": (40, 44, 48),
                "With the programme": (38, 39, 40),
                "Net benefit": (-0.5, 3, 7),
            },
            number_format="0.0",
        ),
    )
