"""The executive briefing: what a board needs to decide, with a slide for each strategic partner."""

from __future__ import annotations

from authoring.deck.briefing.agreements import add_agreements
from authoring.deck.briefing.appendix import add_appendix
from authoring.deck.briefing.delivery import add_delivery
from authoring.deck.briefing.opening import add_opening
from authoring.deck.briefing.partners import add_partners
from authoring.deck.briefing.value import add_value
from authoring.deck.finish import finished
from authoring.deck.slides import Deck


def draw_executive_briefing() -> bytes:
    """The deck as PowerPoint stores it."""
    deck = Deck()
    for add_slides in (add_opening, add_partners, add_value, add_agreements, add_delivery, add_appendix):
        add_slides(deck)
    return finished(
        deck.finish(),
        title="{{ pack.title }}: executive briefing",
        creator="{{ organisation.name }}",
        subject="Version {{ pack.version }}, {{ pack.status_label }}",
    )
