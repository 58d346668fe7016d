"""The opening of the executive briefing: title, decisions asked, why now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from authoring.deck.fit import fits, fitted
from authoring.deck.geometry import CONTENT, MARGIN, Box
from authoring.deck.master import DETAIL_INDEX, TEXT, TITLE_SLIDE
from authoring.deck.say import (
    ECONOMICS,
    MINUTE,
    STRATEGIC,
    counted,
    date,
    economic,
    either,
    given,
    million,
    person,
    repeated,
    share,
    source,
    tag,
    verb,
)
from authoring.deck.slides import add_tile, fill
from authoring.deck.tables import paged_texts
from authoring.deck.text import Para, Run

if TYPE_CHECKING:
    from authoring.deck.slides import Deck

_DECISIONS = "briefing.decisions | length"
_HOST = "figures.look_through"
_LARGEST = "figures.largest_partner.name"
_CONTRACTS = "figures.contract_count"
_TRIGGERED = "figures.risk_triggered_count"
# A minute for each slide that is told, the title apart, and one more for each strategic partner.
_TOLD = 13
_MINUTES = f"{_TOLD} + (1 if {ECONOMICS} else 0) + ({STRATEGIC} | list | length)"
_ASKED = Box(MARGIN, 1.75, CONTENT.w, 3.0)
_REASONS = Box(MARGIN, 1.75, 6.9, 4.6)
_IN_A_PIECE = fits(_REASONS.w - 0.25, _REASONS.h, (17, 14, 12))


def add_opening(deck: Deck) -> None:
    """Title, decisions asked, why now."""
    _title(deck)
    _decisions(deck)
    _why_now(deck)


def _title(deck: Deck) -> None:
    asked = given("briefing.decisions", counted(_DECISIONS, "decision"), "no decision")
    slide = deck.add_slide(
        TITLE_SLIDE,
        "",
        tag("pack.title"),
        notes=[
            "Time: 30 seconds.",
            f"Thank you for the time. This briefing takes about {tag(_MINUTES)} minutes and ends with {asked} asked of "
            "you.",
            "All figures are those of the governance pack of {{ organisation.name }}, version {{ pack.version }}, "
            f"as of {date('pack.as_of')}. The pack’s status is: {tag('pack.status_label')}.",
        ],
    )
    fill(slide, 1, ["Executive briefing" + given("briefing.audience", " for the {{ briefing.audience }}")])
    fill(
        slide,
        DETAIL_INDEX,
        [
            tag("organisation.legal_name"),
            given("briefing.date", date("briefing.date"), date("pack.as_of")),
            "INTERNAL · {{ pack.confidentiality }} · {{ pack.status_label }}, version {{ pack.version }}",
            f"Owner: {person('pack.owner')}{given('pack.owner', ', {{ pack.owner.role }}')}",
        ],
    )


def _decisions(deck: Deck) -> None:
    commitment = (
        f"; {counted(_CONTRACTS, 'agreement')} {verb(_CONTRACTS, 'commit')} {million('figures.commitment_total')}"
    )
    slide = deck.add_slide(
        TEXT,
        "decisions",
        each=f"page in {paged_texts('briefing.decisions', _ASKED, size=20, apart=9, indent=0.5)}",
        title=given(
            "briefing.decisions",
            f"We ask for {counted(_DECISIONS, 'decision')}{given('figures.commitment_total', commitment)}",
            "No decision is asked in the inputs yet",
        ),
        notes=[
            MINUTE,
            "I start with what we need from you, so that you can hold everything that follows against it.",
            *repeated("decision in briefing.decisions", "{{ loop.index }}. {{ decision }}"),
            "If asked whether they can be taken one by one: say which of them depends on another, and what is lost "
            "without it.",
        ],
        note=f"{source('agreements and economics')} Commitments are those of the agreements’ whole terms, without VAT.",
    )
    number = f"{tag('briefing.decisions.index(decision) + 1')}.\t"
    fill(
        slide,
        1,
        either(
            "briefing.decisions",
            # A list of PowerPoint's own begins at 1 on each slide: where there are several, the numbers are text.
            either(
                "loop.length == 1",
                repeated("decision in page", Para(tag("decision"), mark="number")),
                repeated("decision in page", Para((Run(number, colour="accent2"), Run(tag("decision"))), mark="hung")),
            ),
            ["State the decisions under briefing.decisions."],
        ),
        box=_ASKED,
        size=20,
    )
    years = given(ECONOMICS, f" over {tag(f'{ECONOMICS}.years | length')} years")
    tiles = [
        ("Agreements", tag(_CONTRACTS), f"agreement{given(f'{_CONTRACTS} != 1', 's')} in the pack"),
        ("Commitment", _amount("figures.commitment_total"), "committed over their terms"),
        ("Investment", given(ECONOMICS, economic("cost_total"), "not given"), f"one-off and running cost{years}"),
        ("Net benefit", given(ECONOMICS, economic("net_benefit_total"), "not given"), "net benefit in the same years"),
    ]
    for index, (name, figure, label) in enumerate(tiles):
        box = Box(MARGIN + index * 3.075, 4.9, 2.905, 1.25)
        add_tile(slide, f"Key figure: {name}", box, figure, label, size=24)


def _amount(value: str) -> str:
    return given(value, million(value), "not given")


def _why_now(deck: Deck) -> None:
    host_share = f"{_HOST}.share_pct"
    who = given(f"{_HOST}.name == {_LARGEST}", "it", tag(f"{_HOST}.name"))
    have = given(f"{_TRIGGERED} == 1", "has", "have")
    hosting = given(_HOST, f", and {share(host_share)} depends on {who} once hosting is counted")
    slide = deck.add_slide(
        TEXT,
        "why_now",
        each=f"page in {paged_texts('briefing.why_now', _REASONS, size=17, apart=9)}",
        title=given(
            "figures.top1_share_pct",
            f"Why now: {share('figures.top1_share_pct')} of spend sits with {tag(_LARGEST)}{hosting}",
            "Why now",
        ),
        notes=[
            MINUTE,
            *either("strategy.why_now", [tag("strategy.why_now")]),
            given(
                _HOST,
                "The figure to remember is how much depends on one host. Partners that we buy separately run on "
                f"{tag(f'{_HOST}.name')}, too, so one failure there reaches {million(f'{_HOST}.spend')} of our spend.",
                "The four figures on the right show where we stand today.",
            ),
            *either(
                _TRIGGERED,
                [f"{counted(_TRIGGERED, 'risk')} {have} been triggered: see the slide on risks."],
            ),
        ],
        note=f"{source('partners and risks')} Look-through: a partner’s own spend and that of partners hosted on it.",
    )
    fill(
        slide,
        1,
        either(
            "briefing.why_now",
            repeated("point in page", tag("point")),
            either(
                "strategy.why_now",
                [Para(fitted(tag("strategy.why_now"), _IN_A_PIECE, "The reasons are in the partnership strategy."))],
                ["No reasons in the inputs yet."],
            ),
        ),
        box=_REASONS,
        size=17,
    )
    top = "figures.top1_share_pct"
    looked_through = given(host_share, "of spend on one host, looked through", "of our partners hosts another")
    tested = "{{ figures.cif_exit_tested_count }} of {{ figures.cif_partner_count }}"
    high = "{{ figures.risk_high_count }} of {{ figures.risk_count }}"
    tiles = [
        ("Largest partner", given(top, share(top), "not given"), "of spend with the largest partner"),
        ("Look-through", given(host_share, share(host_share), "none"), looked_through),
        (
            "Exit tests",
            given("figures.cif_partner_count", tested, "none"),
            "critical partners with an exit tested in 12 months",
        ),
        ("High risks", given("figures.risk_count", high, "none"), "risks are high before treatment"),
    ]
    for index, (name, figure, label) in enumerate(tiles):
        row, column = divmod(index, 2)
        box = Box(7.95 + column * 2.44, 1.75 + row * 2.22, 2.34, 2.12)
        add_tile(slide, f"Key figure: {name}", box, figure, label, size=32)
