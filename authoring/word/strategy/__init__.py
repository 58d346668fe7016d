"""The partnership strategy: where it leads, with whom, how we see it, what may go wrong, what it is worth."""

from __future__ import annotations

from authoring.word.report import Report
from authoring.word.strategy.basis import draw_basis
from authoring.word.strategy.dependence import draw_dependence
from authoring.word.strategy.economics import draw_economics
from authoring.word.strategy.goals import draw_goals
from authoring.word.strategy.opening import draw_opening
from authoring.word.strategy.partners import draw_heatmaps, draw_portfolio, draw_segmentation
from authoring.word.strategy.people import draw_people
from authoring.word.strategy.risks import draw_risks

TITLE = "Partnership strategy"


def draw_strategy() -> bytes:
    """The template as a file. Wide tables lie on landscape pages between two portrait sections."""
    report = Report(
        TITLE,
        purpose="What we want from our partners, how we choose and look after them, what we measure, what may go "
        "wrong and what the programme is worth",
    )
    draw_opening(report)
    report.turn(landscape=True)
    draw_segmentation(report)
    draw_portfolio(report)
    draw_heatmaps(report)
    draw_goals(report)
    draw_risks(report)
    draw_dependence(report)
    report.turn(landscape=False)
    draw_people(report)
    draw_economics(report)
    draw_basis(report)
    return report.finish()
