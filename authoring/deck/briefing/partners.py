"""Who we work with, in the executive briefing: strategy on a page, concentration and the way out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from authoring.deck.briefing.heatmap import add_heatmap
from authoring.deck.briefing.strategic import add_strategic_partners
from authoring.deck.charts import ChartPlan, add_chart
from authoring.deck.fit import fits, fitted
from authoring.deck.geometry import CONTENT, MARGIN, WIDTH, Box
from authoring.deck.master import EXHIBIT_AND_TEXT, PANEL_INDEX
from authoring.deck.say import (
    MINUTE,
    NBSP,
    PLAN,
    capitalised,
    counted,
    cut,
    date,
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
    verb,
    words,
)
from authoring.deck.slides import add_text, fill
from authoring.deck.tables import Column, add_table, paged, paged_texts
from authoring.deck.text import Para, Run, worded

if TYPE_CHECKING:
    from authoring.deck.slides import Deck

_PAID = 'partners | selectattr("spend") | sort(attribute="spend", reverse=true)'
# So many bars have room for names that take no line, one, two, three or more; the last is what is behind them together.
_BARS = f"[11, 11, 10, 7, 5][[({_PAID} | list)[:11] | map(attribute='name') | map('lines', 30) | max, 4] | min]"
# Critical partners, those first whose exit was not tested.
_LEAVING = (
    'partners | selectattr("supports_cif") | sort(attribute="spend", reverse=true) | sort(attribute="exit_tested")'
)
_SEGMENTS = "strategy.segments | length"
_TOP, _PLAN_TOP = "figures.top1_share_pct", "figures.plan_top1_share_pct"
_HOST = "figures.look_through"
_FALLS = f"{_PLAN_TOP} and {_PLAN_TOP} < {_TOP}"
_CHART = Box(MARGIN, 1.95, 5.4, 4.4)
_RIGHT = 6.35
_PRINCIPLES = Box(MARGIN, 2.7, 4.2, 3.65)
_SEGMENTS_ROOM = 3.65
_VISION = Box(MARGIN, 1.6, CONTENT.w, 1.04)


def add_partners(deck: Deck) -> None:
    """Strategy on a page, heatmap, concentration and exit readiness, a slide for each strategic partner."""
    _strategy(deck)
    add_heatmap(deck)
    _portfolio(deck)
    add_strategic_partners(deck)


def _strategy(deck: Deck) -> None:
    within = Box(_PRINCIPLES.x, _PRINCIPLES.y, _PRINCIPLES.w, _PRINCIPLES.h - 0.15)
    principles = f"({paged_texts('strategy.principles', within, size=12, apart=5, indent=0.65)})[0]"
    columns = [
        Column("Segment", 1.22, tag("segment.name"), fits="name"),
        Column("Who belongs here", 2.1, capitalised("segment.criterion"), fits="criterion"),
        Column("How we look after them", 1.95, capitalised("segment.coverage"), fits="coverage"),
        Column(
            "Partners",
            1.7,
            given("segment.partners", fitting('segment.partners | map(attribute="name")', 60, "partners"), "–"),
            fits=" ".join(f"partners.{number}.name" for number in range(2)),
        ),
        Column("Share of spend", 0.81, words("segment.share_pct | percent(1)"), "r"),
    ]
    slide = deck.add_slide(
        EXHIBIT_AND_TEXT,
        "strategy",
        given(
            "strategy.segments",
            f"Strategy on a page: {counted(_SEGMENTS, 'segment')} {verb(_SEGMENTS, 'decide')} how we work with "
            f"{counted('figures.partner_count', 'partner')}",
            "No strategy in the inputs yet",
        ),
        notes=[
            MINUTE,
            "Read the vision once, then go to the table. Each partner is in exactly one segment, and the segment says "
            "what we want from it and who looks after it.",
            *repeated(
                "segment in strategy.segments",
                f"{tag('segment.name')}: {counted('segment.partners | length', 'partner')}"
                + given("segment.share_pct is not none", f", {share('segment.share_pct')} of spend")
                + "."
                + given("segment.purpose", " {{ segment.purpose }}"),
            ),
        ],
        each=f"page in ({paged('strategy.segments', columns, size=12, padding=0.05, height=_SEGMENTS_ROOM)})",
        note=source("strategy and partners")
        + given("figures.spend_total", f" Spend of this year: {million('figures.spend_total')} in all, without VAT.")
        + cut("strategy.principles", principles, "principles", "strategy"),
    )
    vision = given("strategy.vision", tag("strategy.vision"), "No vision in the inputs yet.")
    sizes = fits(_VISION.w, _VISION.h, (16, 14, 12))
    told = fitted(vision, sizes, "It stands in the partnership strategy.", behind='"Vision. "')
    add_text(slide, "Vision", _VISION, [Para((Run("Vision. ", bold=True), *told))], size=16)
    fill(
        slide,
        PANEL_INDEX,
        either(
            "strategy.principles",
            repeated(f"principle in {principles}", Para(tag("principle"), space_before=5)),
            ["No principles in the inputs yet."],
        ),
        box=_PRINCIPLES,
        size=12,
    )
    add_table(
        slide,
        "Table: segments",
        "Table of the segments of partners: name, criterion, how they are looked after, partners, share of spend.",
        (4.95, 2.7),
        columns,
        loop="segment in page",
        padding=0.05,
    )


def _portfolio(deck: Deck) -> None:
    alternative = given(
        "partner.alternatives", fitting('partner.alternatives | map(attribute="name")', 60, "others"), "none named"
    )
    cost = given("partner.exit_cost is not none", million("partner.exit_cost", NBSP), "open")
    columns = [
        Column("Partner", 1.16, tag("partner.name"), fits="name"),
        Column("Alternative", 1.26, alternative, fits=_first_names("alternatives")),
        Column("Time to leave", 0.92, months("partner.exit_months")),
        Column("Our cost of exit", 1.21, cost),
        Column("Last exit test", 1.08, given("partner.last_exit_test", short_date("partner.last_exit_test"), "Never")),
        Column("In 12 months", 0.75, worded([("partner.exit_tested", "Yes", "accent6-dark")], ("No", "accent5"))),
    ]
    shown = f"({paged(_LEAVING, columns, size=12, padding=0.06, height=2.68)})[0]"
    slide = deck.add_slide(
        EXHIBIT_AND_TEXT,
        "portfolio",
        _portfolio_headline(),
        notes=[
            MINUTE,
            f"We spend {million('figures.spend_total')} a year with {counted('figures.partner_count', 'partner')}."
            + given("figures.plan_total", f" The plan ends at {million('figures.plan_total')}."),
            *either(
                f"{_FALLS} and figures.plan_total > figures.spend_total",
                ["The largest share falls although we buy more in all: the others grow faster."],
            ),
            "For each critical partner there are three questions: if it stops tomorrow, who takes over, how long does "
            "it take, and have we tried it?",
            *repeated(
                f'partner in ({_LEAVING} | rejectattr("exit_tested") | list)[:4]',
                f"{tag('partner.name')}: "
                + given("partner.last_exit_test", f"last tested on {date('partner.last_exit_test')}", "never tested")
                + f". Owner: {person('partner.owner')}.",
            ),
            "If asked why not faster: moving load without a tested exit adds risk before it takes any away.",
        ],
        note=f"{source('partners')} HHI: each partner’s share of spend in percent, squared and summed. Critical: "
        "supports a critical or important function. Time and cost are our own."
        + cut(_LEAVING, shown, "critical partners", "appendix"),
    )
    _heading(deck, "Heading: exits", _RIGHT, "The way out of partners behind critical functions")
    _spend_chart(deck)
    add_table(
        slide,
        "Table: exit readiness",
        "Table of partners that support critical functions: alternative, time and cost to leave, exit test.",
        (_RIGHT, 1.98),
        columns,
        loop=f"partner in {shown}",
        padding=0.06,
    )
    planned = given("figures.plan_hhi", f", **{number('figures.plan_hhi')}** in the plan")
    fill(
        slide,
        PANEL_INDEX,
        [
            *either(
                "figures.top2_share_pct",
                [
                    f"**{share('figures.top2_share_pct')}** of spend goes to the two largest partners; "
                    f"HHI of **{number('figures.hhi')}** now{planned}",
                ],
            ),
            *either(
                _HOST,
                [
                    f"**{share(f'{_HOST}.share_pct')}** rests on {tag(f'{_HOST}.name')}, looked through: "
                    f"{million(f'{_HOST}.spend')}"
                ],
            ),
            *either(
                "figures.exit_cost_total",
                [f"**{million('figures.exit_cost_total')}** is our own cost of leaving all partners"],
                ["No cost of exit in the inputs yet"],
            ),
        ],
        box=Box(_RIGHT, 4.7, MARGIN + WIDTH - _RIGHT, 1.68),
        size=14,
    )


def _portfolio_headline() -> str:
    """The share of the largest partner, and how many exits were tested."""
    tested = given(
        "figures.cif_partner_count",
        given(
            "figures.cif_exit_tested_count",
            "{{ figures.cif_exit_tested_count }} of {{ figures.cif_partner_count }} critical partners had their exit "
            "tested in the last 12 months",
            "no critical partner had its exit tested in the last 12 months",
        ),
        "no partner supports a critical function",
    )
    return (
        f"{{% if {_FALLS} %}}The plan lowers the largest partner’s share of spend from {share(_TOP)} to "
        f"{share(_PLAN_TOP)}{{% elif {_TOP} %}}The largest partner holds {share(_TOP)} of spend"
        f"{{% else %}}No spend in the inputs yet{{% endif %}}; {tested}"
    )


def _heading(deck: Deck, name: str, left: float, text: str) -> None:
    """What an exhibit of the last slide shows, above it."""
    add_text(deck.last_slide, name, Box(left, 1.66, _CHART.w, 0.3), [Para(text, bold=True, colour="tx2")])


def _spend_chart(deck: Deck) -> None:
    others = f"({_PAID} | list)[{_BARS} - 1:]"
    rest = f"{_PAID} | list | length > {_BARS}"
    partners = f"""({_first("name")} | list + ([({others} | length) ~ " others"] if {rest} else []))"""
    spend, plan = _bars("spend", others, rest), _bars("plan", others, rest)
    series = f'[{{"name": "Spend " ~ pack.as_of.year, "values": {spend}}}, {{"name": {PLAN}, "values": {plan}}}]'
    heard = (
        f'"Bar chart of spend and plan by partner, largest first: " ~ ({partners} | join(", ")) ~ ". Spend in " ~ '
        f'pack.currency ~ ": " ~ ({spend} | map("number") | join("; "))'
    )
    _heading(
        deck,
        "Heading: spend by partner",
        MARGIN,
        given(f"{_PAID} | list", f"Spend and plan by partner, {tag('pack.currency')}{NBSP}million"),
    )
    add_chart(
        deck.last_slide,
        _CHART,
        ChartPlan(
            name="Chart: spend by partner",
            tag=given(f"{_PAID} | list", tag(f"chart({partners}, {series}, {heard})")),
            categories=["Partner A", "Partner B", "Partner C", "Partner D"],
            sample={"Spend": (12e6, 6e6, 4e6, 1e6), "Plan": (10e6, 7e6, 4.5e6, 1.2e6)},
            number_format="0.0,,",
            horizontal=True,
            size=11,
            gap=25,
        ),
    )


def _first(field: str) -> str:
    """A field of the partners that have a bar of their own."""
    count = f"{_BARS} - (1 if {_PAID} | list | length > {_BARS} else 0)"
    return f'({_PAID} | list)[:({count})] | map(attribute="{field}")'


def _bars(field: str, others: str, rest: str) -> str:
    """The amounts of the chart, the last of them that of all `others` where there is a `rest`."""
    return (
        f'({_first(field)} | list + ([{others} | selectattr("{field}") | sum(attribute="{field}")] if {rest} else []))'
    )


def _first_names(field: str) -> str:
    return " ".join(f"{field}.{number}.name" for number in range(3))
