"""What the PowerPoint reader makes of decks."""

from __future__ import annotations

from tests.support.documents import Slide, pptx

from govpack.check import read_outline
from govpack.check.outline import Chart, Table


def test_slides_have_number_title_body_and_notes() -> None:
    outline = read_outline(pptx(Slide("Why now", ("One reason",), notes="Say it slowly"), Slide("Risks")))
    first, second = outline.slides
    assert first.address == "slide 1 “Why now”"
    assert [getattr(block, "text", "") for block in first.blocks] == ["One reason"]
    assert [note.text for note in first.notes] == ["Say it slowly"]
    assert second.number == "2"


def test_tables_and_charts_are_read_with_their_addresses() -> None:
    outline = read_outline(
        pptx(Slide("Figures", rows=(("Partner", "Share"), ("Nimbus", "35 %")), chart=(("2027", 2.5), ("2028", 6.0))))
    )
    table, chart = outline.slides[0].blocks
    assert isinstance(table, Table)
    assert isinstance(chart, Chart)
    assert table.rows[0].address == "slide 1 “Figures” › table 1, row 2"
    assert (chart.kind, chart.alt) == ("bar", "What the chart shows")
    assert chart.series[0].points == (2.5, 6.0)
    assert chart.categories == ("2027", "2028")


def test_the_topmost_text_is_the_title_where_the_placeholder_is_empty() -> None:
    outline = read_outline(pptx(Slide("", ("We ask for two decisions", "One and two"))))
    assert outline.slides[0].heading.startswith("We ask for two decisions")
