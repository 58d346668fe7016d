"""The page of a pack as Chromium prints it: few pages, none with a title alone at its foot, what is not met in full."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.support.browser import Browser
from tests.support.html import read_html

pytestmark = pytest.mark.browser


def printed(browser: Browser, page: Path, out: Path, *, scripts: bool = True) -> list[str]:
    """The text of each sheet, lines as they stand."""
    with browser.visit(page, scripts=scripts) as visit:
        visit.page.pdf(path=out, prefer_css_page_size=True, print_background=True)
    said = subprocess.run(["pdftotext", "-layout", out, "-"], check=True, capture_output=True, text=True).stdout
    return said.split("\f")[:-1]


def plain(text: str) -> str:
    """On one line, without the signs that the style sheet draws."""
    return " ".join(re.sub("[✓◐✗☐●▲■]", " ", text).split())


@pytest.mark.parametrize(
    ("name", "most"), [("nordhaven_pack", 15), ("small_pack", 13), ("large_pack", 30), ("crowded_pack", 36)]
)
def test_it_is_filed_on_few_sheets_and_no_title_stands_alone_at_a_foot(
    browser: Browser, request: pytest.FixtureRequest, tmp_path: Path, name: str, most: int
) -> None:
    page: Path = request.getfixturevalue(name) / "index.html"
    sheets = printed(browser, page, tmp_path / "page.pdf")
    assert len(sheets) <= most
    whole = read_html(page.read_text(encoding="utf-8"))
    # Of a partner that is green and has no plan nothing but its title is printed.
    bare = {
        one.one("h3").text
        for one in whole.all("details", data_entry="scorecard")
        if not one.all("p") and not one.all("h4")
    }
    titles = {one.text for one in whole.having(lambda one: re.fullmatch("h[2-4]|caption", one.tag) is not None)} - bare
    for number, sheet in enumerate(sheets, 1):
        *_, last, foot = [plain(line) for line in sheet.splitlines() if line.strip()]
        assert foot == f"Internal: never goes to a counterparty {number} of {len(sheets)}"
        assert last not in titles
        assert not any(title.endswith(last) for title in titles if len(last) > 25)


def test_what_is_met_is_told_in_brief_and_every_verdict_stands(
    browser: Browser, nordhaven_pack: Path, tmp_path: Path
) -> None:
    page = nordhaven_pack / "index.html"
    said = plain(" ".join(printed(browser, page, tmp_path / "page.pdf")))
    items = read_html(page.read_text(encoding="utf-8")).all("details", data_entry="item")
    assert len(items) > 30
    assert [item.attributes["id"] for item in items if plain(item.one("summary").text)[:60] not in said] == []
    assert "On paper, what is met is told in brief: the page on a screen shows each proof." in said
    with browser.visit(page) as visit:
        visit.page.emulate_media(media="print")
        held = visit.page.locator("[data-verdict=met] .asked")
        assert held.count() > 20
        assert all(one.is_visible() for one in held.all()), "where it was found is told by the documents' names"
        assert held.locator("q:visible").count() == 0
        assert visit.page.locator("[data-verdict='for a person'] .asked q:visible").count() > 0


def test_what_is_missing_is_filed_whole_with_the_way_to_close_it(
    browser: Browser, incomplete: Callable[[str], Path]
) -> None:
    with browser.visit(incomplete("contract-without-term") / "out" / "index.html") as visit:
        visit.page.emulate_media(media="print")
        for part in (".findings > li", ".findings .mend", ".findings pre", "[data-entry=gap]"):
            found = visit.page.locator(part).all()
            assert found, part
            assert all(one.is_visible() for one in found), part
        unmet = visit.page.locator("[data-verdict='not met'] .asked > .not-met > ul > li").all()
        assert unmet
        assert all(one.is_visible() for one in unmet)


def test_it_prints_without_scripts_too(browser: Browser, nordhaven_pack: Path, tmp_path: Path) -> None:
    """Sorting and labels are for the screen: paper misses nothing of them, and no more parts are closed."""
    page = nordhaven_pack / "index.html"
    sheets = printed(browser, page, tmp_path / "page.pdf", scripts=False)
    assert len(sheets) <= 15
    said = plain(" ".join(sheets))
    whole = read_html(page.read_text(encoding="utf-8"))
    assert [one.text for one in whole.all("h2") if one.text not in said] == []
    assert "Announce each schema change through the bank’s change log at least 10 working days ahead" in said
