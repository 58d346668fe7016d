"""What binds us, in the executive briefing: the agreements, their terms that matter, governance and escalation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from authoring.deck.geometry import MARGIN, WIDTH
from authoring.deck.master import EXHIBIT_ONLY
from authoring.deck.say import (
    MINUTE,
    capitalised,
    counted,
    cut,
    either,
    given,
    million,
    millions,
    months,
    percent,
    person,
    repeated,
    share,
    short_date,
    source,
    tag,
    verb,
    words,
)
from authoring.deck.tables import Column, add_table, paged

if TYPE_CHECKING:
    from authoring.deck.slides import Deck

_TOP_LEVEL = "governance.services_escalation[-1]"


def add_agreements(deck: Deck) -> None:
    """The agreements, their terms that matter, governance and escalation."""
    _agreements(deck)
    _terms(deck)
    _governance(deck)


def _agreements(deck: Deck) -> None:
    count = "figures.contract_count"
    whom = given(
        "figures.contracted_share_pct", f" to partners with {share('figures.contracted_share_pct')} of today’s spend"
    )
    commitment = given(
        "contract.annual_commitment and contract.commitment_total",
        f"{millions('contract.annual_commitment')} / {millions('contract.commitment_total')}",
        "none",
    )
    supercap = given("contract.supercap is not none", f" / {millions('contract.supercap')}")
    notice = given(
        "contract.notice_bank_days is not none and contract.notice_provider_days is not none",
        "{{ contract.notice_bank_days }} / {{ contract.notice_provider_days }}",
        "open",
    )
    columns = [
        Column("Agreement", 2.87, "{{ contract.partner.name }}: {{ contract.name }}", fits="partner.name name"),
        Column("Term", 1.1, months("contract.term")),
        Column("From", 1.12, short_date("contract.effective")),
        Column("Commitment", 1.3, commitment),
        Column("Availability", 1.24, given("contract.uptime_pct", percent("contract.uptime_pct"), "–")),
        Column("Liability caps", 1.33, given("contract.cap is not none", millions("contract.cap") + supercap, "open")),
        Column("Notice", 0.95, notice),
        Column("Transition", 1.1, months("contract.transition_months")),
        Column("Status", 1.12, tag("contract.status | capitalize"), fits="status"),
    ]
    slide = deck.add_slide(
        EXHIBIT_ONLY,
        "agreements",
        given(
            "contracts",
            f"{counted(count, 'agreement')} "
            + given(
                "figures.commitment_total",
                f"{verb(count, 'commit')} {million('figures.commitment_total')}{whom}",
                "in preparation",
            ),
            "No agreements in the inputs yet",
        ),
        notes=[
            MINUTE,
            "Four things matter in each agreement: how long we are bound, what the partner stands for when it fails, "
            "how long it must go on serving us when we leave, and who signs.",
            *repeated(
                "contract in contracts[:6]",
                f"{tag('contract.partner.name')}: "
                + given("contract.transition_months", f"{months('contract.transition_months')} of transition on exit; ")
                + f"signed for us by {person('contract.signatory_bank')}, for the partner by "
                f"{person('contract.signatory_partner')}.",
            ),
        ],
        each=f"page in {paged('contracts', columns, size=14, padding=0.1)}",
        note=f"{source('agreements')} Amounts in {{{{ pack.currency }}}} million. Commitment: a year, then in all. "
        "Liability: general cap a contract year, then data and security. Notice in days: ours, then the partner’s.",
    )
    add_table(
        slide,
        "Table: agreements",
        "Table of agreements: partner, term, commitment, availability, liability caps, notice, transition, status.",
        (MARGIN, 1.7),
        columns,
        loop="contract in page",
        size=14,
        padding=0.1,
    )


def _terms(deck: Deck) -> None:
    count = "briefing.terms | length"
    columns = [
        Column("Term", 2.2, tag("term.term"), fits="term"),
        Column("Our position", WIDTH - 2.2, tag("term.position"), fits="position"),
    ]
    slide = deck.add_slide(
        EXHIBIT_ONLY,
        "terms",
        given(
            "briefing.terms",
            f"{counted(count, 'term')} {verb(count, 'decide')} whether the agreements protect us, and this is where "
            "we stand",
            "No agreement terms are picked out in the inputs yet",
        ),
        notes=[
            MINUTE,
            "You need not read the agreements to decide. These are the terms on which they would hurt us if we gave "
            "way.",
            *repeated("term in briefing.terms[:2]", "{{ term.term }}: {{ term.position }}."),
            "If asked who may give way on them: the decision rights of the programme say so.",
        ],
        each=f"page in {paged('briefing.terms', columns, size=14, padding=0.08)}",
        note=f"{source('agreements and briefing')} The full wording is in the agreements.",
    )
    add_table(
        slide,
        "Table: terms that matter",
        "Table of agreement terms that matter to executives, and our position on each.",
        (MARGIN, 1.7),
        columns,
        loop="term in page",
        size=14,
        padding=0.08,
    )


def _governance(deck: Deck) -> None:
    forums, levels = "governance.services_forums | length", "governance.services_escalation | length"
    outcome = given("forum.outputs", capitalised("forum.outputs"), capitalised("forum.decides"))
    rhythm = [
        Column("Forum", 1.75, tag("forum.name"), fits="name"),
        Column("How often", 1.05, capitalised("forum.frequency"), fits="frequency"),
        Column("Chair", 1.25, person("forum.chair"), fits="chair.name"),
        Column("What comes out", 2.0, outcome, fits="outputs"),
    ]
    steps = [
        Column("Level", 1.65, "{{ level.level }} {{ level.name }}", fits="level name"),
        Column("Trigger", 2.0, words("level.trigger"), fits="trigger"),
        Column("Hours", 0.88, "{{ level.respond_hours }} / {{ level.resolve_hours }}"),
        Column("Our owner", 1.25, person("level.bank"), fits="bank.name"),
    ]
    shown = f"({paged('governance.services_forums', rhythm, size=13, padding=0.07)})[0]"
    taken = f"({paged('governance.services_escalation', steps, size=13, padding=0.07)})[0]"
    slide = deck.add_slide(
        EXHIBIT_ONLY,
        "governance",
        given(
            "governance.services_forums and governance.services_escalation",
            f"{counted(forums, 'forum')} {verb(forums, 'keep')} the cadence, and {counted(levels, 'level')} "
            f"{verb(levels, 'take')} a problem up to the {tag(f'{_TOP_LEVEL}.name')}",
            "Governance is not complete in the inputs yet",
        ),
        notes=[
            MINUTE,
            "On the left is the rhythm, on the right what happens when the rhythm is not enough.",
            *either(
                "governance.services_escalation",
                [
                    f"A matter that reaches the last level, the {tag(f'{_TOP_LEVEL}.name')}, gets an answer within "
                    f"{tag(f'{_TOP_LEVEL}.respond_hours')} hours. Hours count from the moment the level is reached."
                ],
            ),
            "If asked who acts for the partner: its agreement and charter name the people of each level that it takes "
            "part in.",
        ],
        note=f"{source('forums and escalation')} Hours are calendar hours from the moment the level is "
        "reached: first to respond, then to resolve."
        + cut("governance.services_forums", shown, "forums", "governance framework")
        + cut("governance.services_escalation", taken, "levels", "governance framework"),
    )
    add_table(
        slide,
        "Table: forums",
        "Table of forums: name, how often, who chairs, and what comes out.",
        (MARGIN, 1.7),
        rhythm,
        loop=f"forum in {shown}",
        size=13,
        padding=0.07,
    )
    add_table(
        slide,
        "Table: escalation",
        "Table of escalation levels: who meets, what brings a matter there, hours to respond and resolve, our owner.",
        (6.95, 1.7),
        steps,
        loop=f"level in {taken}",
        size=13,
        padding=0.07,
    )
