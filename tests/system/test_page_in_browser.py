"""The page of a built pack in Chromium: searched, filtered, sorted, on a phone, on paper, by keyboard, by axe-core."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.support.browser import Browser, Visit
from tests.support.html import read_html
from tests.support.scorecards import example, with_partners

from govpack.model.view import plain_view
from govpack.report.page import PackPage, PageDocument, write_pack_page

pytestmark = pytest.mark.browser

_UNFOLD = "document.querySelectorAll('details').forEach(part => part.open = true)"
_WIDTHS = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"


@pytest.fixture(scope="module")
def page_file(nordhaven_pack: Path) -> Path:
    return nordhaven_pack / "index.html"


@pytest.fixture(scope="module")
def gappy(incomplete: Callable[[str], Path]) -> Path:
    """The page of a draft with missing values and unmet items."""
    return incomplete("contract-without-term") / "out" / "index.html"


@contextmanager
def quietly(browser: Browser, file: Path, **how: object) -> Iterator[Visit]:
    """A visit that says nothing on the console and asks for nothing."""
    with browser.visit(file, **how) as visit:  # type: ignore[arg-type]
        yield visit
        assert (visit.said, visit.asked) == ([], [])


def shown(visit: Visit, kind: str) -> list[str]:
    """What starts each entry of a kind that is to be seen."""
    return [entry.inner_text() for entry in visit.page.locator(f"[data-entry={kind}]").all() if entry.is_visible()]


_NAMES = {
    "document": ("document", "documents"),
    "item": ("checklist item", "checklist items"),
    "scorecard": ("scorecard", "scorecards"),
    "kpi": ("KPI", "KPIs"),
    "risk": ("risk", "risks"),
    "criterion": ("criterion", "criteria"),
}


def told(file: Path, *words: str, partner: str = "", audience: str = "", verdict: str = "") -> str:
    """What the page must say of a search: how many entries hold all the words, and are what the filters ask for."""
    whole = read_html(file.read_text(encoding="utf-8"))
    entries = whole.having(lambda one: "data-entry" in one.attributes)

    # The documents of a partner stand in its row, and those for one audience in one cell.
    def around(name: str) -> dict[int, dict[str, str]]:
        holders = whole.having(lambda one: name in one.attributes)
        return {
            id(entry): one.attributes
            for one in holders
            for entry in (one, *one.having(lambda one: "data-entry" in one.attributes))
        }

    of, to = around("data-partner"), around("data-audience")
    if not (words or partner or audience or verdict):
        return f"{len(entries)} entries."
    found = Counter(
        entry.attributes["data-entry"]
        for entry in entries
        if all(word in f"{entry.text} {of.get(id(entry), {}).get('data-about', '')}".lower() for word in words)
        and (not partner or partner in of.get(id(entry), {}).get("data-partner", "").split())
        and audience in ("", to.get(id(entry), {}).get("data-audience"))
        and verdict in ("", entry.attributes.get("data-verdict"))
    )
    counts = [f"{found[kind]} {names[found[kind] > 1]}" for kind, names in _NAMES.items() if found[kind]]
    assert set(found) <= set(_NAMES)
    return f"{found.total()} of {len(entries)} entries: {', '.join(counts)}."


def counted(visit: Visit, what: str) -> None:
    """Wait for what the page says of its entries; it answers a moment after the last key."""
    visit.page.get_by_role("status").filter(has_text=re.compile(f"^{re.escape(what)}$")).wait_for(timeout=5000)


@pytest.mark.parametrize(
    ("width", "dark", "unfolded"), [(1280, False, True), (1280, True, False), (360, False, False), (360, True, True)]
)
def test_everyone_can_read_it(browser: Browser, page_file: Path, width: int, dark: bool, unfolded: bool) -> None:
    with quietly(browser, page_file, width=width, dark=dark) as visit:
        if unfolded:
            visit.page.evaluate(_UNFOLD)
        assert browser.violations(visit) == []
        visit.page.evaluate(_UNFOLD)
        wide, room = visit.page.evaluate(_WIDTHS)
        assert wide <= room


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (360, True)])
def test_gaps_and_unmet_items_can_be_read_too(browser: Browser, gappy: Path, width: int, dark: bool) -> None:
    with quietly(browser, gappy, width=width, dark=dark) as visit:
        assert shown(visit, "gap")
        assert visit.page.locator("details[data-verdict='not met'][open]").count()
        assert browser.violations(visit) == []
        visit.page.evaluate(_UNFOLD)
        wide, room = visit.page.evaluate(_WIDTHS)
        assert wide <= room


def test_forty_partners_with_long_names_fit_a_phone(browser: Browser, nordhaven: Path, tmp_path: Path) -> None:
    def stretch(data: dict[str, Any]) -> None:
        names = (
            f"{partner['name']} {'Unbreakable' * 5 if number % 2 else ''}"
            for number, partner in enumerate(data["partners"])
        )
        data["partners"] = [dict(partner, name=name) for partner, name in zip(data["partners"], names, strict=True)]

    pack = with_partners(example(nordhaven), 40, stretch)
    documents = tuple(
        PageDocument(
            "Agreement", "The contract.", f"counterparty/{partner.id}/agreement.docx", "counterparty", partner.id
        )
        for partner in pack.partners
    )
    file = tmp_path / "index.html"
    view = plain_view(pack, audience="internal")
    file.write_text(write_pack_page(PackPage(view, documents, {})), encoding="utf-8")
    with quietly(browser, file, width=360) as visit:
        visit.page.evaluate(_UNFOLD)
        wide, room = visit.page.evaluate(_WIDTHS)
        assert wide <= room
        assert len(shown(visit, "scorecard")) == 40


@pytest.mark.parametrize("width", [360, 800, 1280])
def test_no_word_of_the_key_figures_is_broken_in_two(browser: Browser, page_file: Path, width: int) -> None:
    lines = """Array.from(document.querySelectorAll('.figures dd')).flatMap(each => {
        const text = each.firstChild, range = document.createRange();
        return Array.from(text.data.matchAll(/\\S+/g), word => {
            range.setStart(text, word.index);
            range.setEnd(text, word.index + word[0].length);
            return [word[0], range.getClientRects().length];
        });
    })"""
    with quietly(browser, page_file, width=width) as visit:
        found = visit.page.evaluate(lines)
    assert len(found) >= 8
    assert [word for word, rows in found if rows != 1] == []


def test_forty_agreements_leave_room_below_what_can_be_mailed(browser: Browser, crowded_pack: Path) -> None:
    """The page of forty partners with an agreement each: it fits a phone, and says what is the same once."""
    file = crowded_pack / "index.html"
    assert len([*crowded_pack.rglob("partnership-agreement.docx")]) == 40
    assert file.stat().st_size < 420_000
    with quietly(browser, file, width=360) as visit:
        visit.page.evaluate(_UNFOLD)
        wide, room = visit.page.evaluate(_WIDTHS)
        assert wide <= room
        assert len(shown(visit, "document")) == len(
            [one for name in ("internal", "counterparty") for one in (crowded_pack / name).rglob("*") if one.is_file()]
        )


@pytest.mark.parametrize("width", [360, 960, 1280])
@pytest.mark.parametrize("target", ["risk-R14", "score-stratora", "item-strategy-complete"])
def test_what_a_link_leads_to_is_not_covered_by_the_controls(
    browser: Browser, page_file: Path, width: int, target: str
) -> None:
    with quietly(browser, page_file, width=width, at=target) as visit:
        top = visit.page.locator(f"#{target}").bounding_box()
        assert top is not None
        bar = visit.page.get_by_role("search").bounding_box()
        assert bar is not None
        assert 0 <= top["y"] < 700, "it is to be seen"
        assert bar["y"] + bar["height"] <= top["y"] + 1


def test_each_verdict_is_a_word_with_a_sign_that_is_not_read_out(browser: Browser, page_file: Path) -> None:
    signs = {
        "met": "✓", "for-a-person": "☐", "not-met": "✗", "partly-met": "◐",
        "green": "●", "amber": "▲", "red": "■", "low": "●", "medium": "▲", "high": "■",
    }  # fmt: skip
    drawn = "one => getComputedStyle(one, '::before').content"
    with quietly(browser, page_file) as visit:
        for name, sign in signs.items():
            badge = visit.page.locator(f"b.{name}").first
            assert badge.text_content() == name.replace("-", " ")
            assert badge.evaluate(drawn) == f'"{sign} " / ""'
        visit.page.emulate_media(forced_colors="active")
        edge = "one => getComputedStyle(one).borderTopWidth"
        assert visit.page.locator("#scores b.red").first.evaluate(edge) == "1px", (
            "a frame where colours are the reader's"
        )


def test_nothing_on_the_page_moves_by_itself(browser: Browser, page_file: Path) -> None:
    moving = """[...document.querySelectorAll('*')].filter(one => {
        const style = getComputedStyle(one), turns = style.animationName !== 'none';
        return turns || style.scrollBehavior === 'smooth' || parseFloat(style.transitionDuration);
    }).length"""
    with quietly(browser, page_file) as visit:
        assert visit.page.evaluate(moving) == 0


def test_by_keyboard_alone_one_searches_hears_that_nothing_is_found_and_clears(
    browser: Browser, page_file: Path
) -> None:
    with quietly(browser, page_file) as visit:
        page = visit.page
        for _ in range(12):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.id") == "q":
                break
        page.keyboard.type("no such words")
        counted(visit, f"No entry of {told(page_file).split()[0]} matches.")
        assert page.get_by_role("status").get_attribute("aria-live") == "polite"
        assert page.locator(".none:visible").count() == page.locator("main > section").count() - 1
        for _ in range(8):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.id") == "clear":
                break
        page.keyboard.press("Enter")
        counted(visit, told(page_file))
        assert page.locator("#glance").is_visible()


def test_it_is_small(page_file: Path, gappy: Path) -> None:
    assert page_file.stat().st_size < 500_000
    assert gappy.stat().st_size < 500_000


def test_a_search_keeps_what_matches_says_how_much_and_opens_where_it_was_found(
    browser: Browser, page_file: Path
) -> None:
    with quietly(browser, page_file) as visit:
        page = visit.page
        page.get_by_label("Search", exact=True).fill("kestrel call-off")
        counted(visit, told(page_file, "kestrel", "call-off"))
        assert shown(visit, "document") == []
        (risk,) = shown(visit, "risk")
        assert "Reserved GPU capacity is delivered late" in risk
        assert "Improvement plan with capacity credits and a Kestrel call-off" in risk, (
            "found in a part that was closed"
        )
        assert page.locator("#documents .none").is_visible()
        assert not page.locator("#glance").is_visible(), "the summary makes way for what was found"
        assert page.url.endswith("#q=kestrel+call-off")
        page.get_by_role("button", name="Clear").click()
        counted(visit, told(page_file))
        assert len(shown(visit, "risk")) == 15
        assert page.locator("#risk-R02 details[open]").count() == 0
        assert "#" not in page.url


def test_accents_and_case_make_no_difference(browser: Browser, page_file: Path) -> None:
    with quietly(browser, page_file) as visit:
        visit.page.get_by_label("Search", exact=True).fill("GPÜ CAPÀCITY")
        counted(visit, told(page_file, "gpu", "capacity"))


def test_filters_narrow_by_partner_audience_and_verdict(browser: Browser, page_file: Path) -> None:
    with quietly(browser, page_file) as visit:
        page = visit.page
        page.get_by_label("Partner").select_option("Ostermark")
        page.get_by_label("Audience").select_option("Counterparty")
        counted(visit, told(page_file, partner="ostermark", audience="counterparty"))
        assert [text.split("\t")[0] for text in shown(visit, "document")] == [
            "Partnership agreement",
            "Governance charter",
            "Joint roadmap",
        ]
        page.get_by_label("Audience").select_option("All")
        page.get_by_label("Partner").select_option("Halden")
        counted(visit, told(page_file, partner="halden"))
        assert [len(shown(visit, kind)) for kind in ("document", "scorecard", "risk")] == [6, 1, 4]
        assert page.locator("#scores tbody tr:visible").all_inner_texts()[0].startswith("Halden")
        page.get_by_label("Verdict").select_option("met")
        counted(visit, told(page_file, partner="halden", verdict="met"))
        assert shown(visit, "item")
        assert [shown(visit, kind) for kind in ("document", "scorecard", "risk")] == [[], [], []]
        assert page.url.endswith("#verdict=met&partner=halden")


def test_the_address_brings_back_what_was_filtered(browser: Browser, page_file: Path) -> None:
    with quietly(browser, page_file, at="q=exit&partner=nimbus&at=risks") as visit:
        counted(visit, told(page_file, "exit", partner="nimbus"))
        assert visit.page.get_by_label("Search", exact=True).input_value() == "exit"
        assert visit.page.get_by_label("Partner").input_value() == "nimbus"
        assert visit.page.evaluate("document.activeElement.id") == "risks"


@pytest.mark.parametrize("at", ["partner=nobody&verdict=perfect", "%", "nowhere"])
def test_an_address_that_means_nothing_here_shows_everything(browser: Browser, page_file: Path, at: str) -> None:
    with quietly(browser, page_file, at=at) as visit:
        counted(visit, told(page_file))
        assert len(shown(visit, "risk")) == 15


def test_a_link_to_an_entry_that_is_filtered_out_shows_it(browser: Browser, page_file: Path) -> None:
    with quietly(browser, page_file, at="q=R01") as visit:
        assert not visit.page.locator("#risk-R02").is_visible()
        visit.page.locator(".matrix a", has_text="R02").first.click()
        assert visit.page.locator("#risk-R02").is_visible()
        assert visit.page.get_by_label("Search", exact=True).input_value() == ""
        assert visit.page.url.endswith("#risk-R02")


def test_a_link_to_a_scorecard_opens_it(browser: Browser, page_file: Path) -> None:
    with quietly(browser, page_file) as visit:
        visit.page.locator("#scores").get_by_role("link", name="Halden").click()
        assert visit.page.locator("#score-halden[open]").is_visible()
        assert visit.page.get_by_text("Put 16 of the 32 late nodes into service").is_visible()


def test_the_register_sorts_both_ways_and_says_so(browser: Browser, page_file: Path) -> None:
    with quietly(browser, page_file) as visit:
        register = visit.page.locator("#register")
        head = register.get_by_role("columnheader", name="After")
        head.get_by_role("button").click()
        assert head.get_attribute("aria-sort") == "ascending"
        figures = [int(text.split()[0]) for text in register.locator("tbody tr td:nth-child(4)").all_inner_texts()]
        assert figures == sorted(figures)
        head.get_by_role("button").click()
        assert head.get_attribute("aria-sort") == "descending"
        assert register.locator("tbody tr").first.inner_text().startswith(("R01", "R05"))


@pytest.mark.parametrize("dark", [False, True])
def test_the_theme_turns_and_is_remembered(browser: Browser, page_file: Path, dark: bool) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    with quietly(browser, page_file, dark=dark) as visit:
        page = visit.page
        button = page.get_by_role("button", name="Dark theme")
        assert button.get_attribute("aria-pressed") == str(dark).lower()
        before = page.evaluate(ground)
        button.click()
        after = page.evaluate(ground)
        assert after != before
        page.reload()
        assert page.evaluate(ground) == after
        assert button.get_attribute("aria-pressed") == str(not dark).lower()


def test_without_scripts_everything_is_there_and_no_control_is(browser: Browser, page_file: Path) -> None:
    folders = ("internal", "counterparty")
    documents = [one for name in folders for one in (page_file.parent / name).rglob("*") if one.is_file()]
    with quietly(browser, page_file, scripts=False) as visit:
        assert not visit.page.get_by_role("search").is_visible()
        assert len(shown(visit, "document")) == len(documents)
        assert len(shown(visit, "risk")) == 15
        visit.page.locator("#risk-R01 summary").click()
        assert visit.page.get_by_text("Invoke the 18-month transition").is_visible()
    with quietly(browser, page_file, scripts=False, width=360) as visit:
        body = visit.page.locator("body").bounding_box()
        tables = (table.bounding_box() for table in visit.page.locator("table.stack:visible").all())
        assert body is not None
        assert all(box is not None and box["width"] <= body["width"] for box in tables)


def test_the_keyboard_reaches_everything_from_the_skip_link_on(browser: Browser, page_file: Path) -> None:
    with quietly(browser, page_file) as visit:
        page = visit.page
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
        assert page.get_by_text("Skip to the content").bounding_box()["x"] >= 0  # type: ignore[index]
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"
        page.locator("#item-strategy-complete > summary").focus()
        page.keyboard.press("Enter")
        assert page.locator("#item-strategy-complete[open]").count() == 1
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid", "one sees where one is"


def test_on_paper_it_is_light_and_without_controls_and_no_part_stays_closed(browser: Browser, page_file: Path) -> None:
    with quietly(browser, page_file, dark=True) as visit:
        page = visit.page
        page.emulate_media(media="print", color_scheme="dark")
        for name in ("search", "navigation"):
            assert not page.get_by_role(name).is_visible()  # type: ignore[arg-type]
        assert not page.get_by_role("status").is_visible()
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        # What is met, and the metrics of who is green, are told in brief.
        brief = "[data-verdict=met] > :is(.of, h4), .metrics"
        contents = f"[...document.querySelectorAll('details > :not(summary)')].filter(one => !one.matches('{brief}'))"
        assert page.evaluate(f"{contents}.length") > 60
        assert page.evaluate(f"{contents}.every(one => one.checkVisibility({{contentVisibilityAuto: true}}))")
        assert page.evaluate(f"{contents}.every(one => one.getBoundingClientRect().height > 0)")


def test_on_paper_a_filter_is_told(browser: Browser, page_file: Path) -> None:
    with quietly(browser, page_file, at="partner=halden") as visit:
        visit.page.emulate_media(media="print")
        assert visit.page.get_by_role("status").is_visible()
        assert not visit.page.get_by_label("Partner").is_visible()
        assert not visit.page.locator("#score-nimbus").is_visible()


def test_a_document_is_found_by_its_partners_name(browser: Browser, page_file: Path) -> None:
    with quietly(browser, page_file, at="q=stratora+exit+plan") as visit:
        assert [text.split("\t")[0] for text in shown(visit, "document")] == ["Exit plan"]


def test_what_judges_the_page_here_does_find_faults(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "bad.html"
    file.write_text(
        "<html><body><button></button><p style='color: #ddd; background: #eee'>pale</p>"
        "<img src='missing.png'><script>console.error('oh')</script></body></html>"
    )
    with browser.visit(file) as visit:
        found = browser.violations(visit)
        for rule in ("button-name", "color-contrast", "image-alt", "html-has-lang"):
            assert any(said.startswith(f"{rule}: ") for said in found), rule
        assert "oh" in visit.said
        assert [url.rpartition("/")[2] for url in visit.asked] == ["missing.png"]
