"""The page at the root of a pack: what it says is what the model and the check say, and nothing in it is markup."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from decimal import Decimal
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from tests.support.html import Element, read_html
from tests.support.partnership import charter, judge
from tests.support.scorecards import Change, example, with_partners

from govpack.check import CheckReport, Evidence, ItemVerdict, Outcome, Result, Verdict
from govpack.findings import Finding, Location, Severity
from govpack.model.pack import Pack
from govpack.model.view import plain_view
from govpack.report.page import PackPage, PageDocument, write_check_page, write_pack_page


@pytest.fixture(scope="module")
def pack(nordhaven: Path) -> Pack:
    return example(nordhaven)


def changed(pack: Pack, change: Change) -> Pack:
    """`pack` with its data edited before it is read again."""
    return with_partners(pack, len(pack.scorecards.cards), change)


def written(pack: Pack, **given: Any) -> str:
    """The page of `pack` without documents, checklist or gaps, but for what is `given`."""
    titles: Mapping[str, str] = given.pop("titles", {})
    documents = given.pop("documents", ())
    return write_pack_page(PackPage(plain_view(pack, audience="internal"), documents, titles, **given))


def page_of(pack: Pack, **given: Any) -> Element:
    """The same, read again."""
    return read_html(written(pack, **given))


def section(page: Element, name: str) -> Element:
    return page.one("section", id=name)


def test_it_says_what_the_pack_is_and_that_it_stays_inside(pack: Pack) -> None:
    head = page_of(pack).one("header").text
    assert head.startswith("Internal. This page names every partner")
    assert "AI Platform Partnership Programme Draft" in head
    assert "Nordhaven Bank, Confidential" in head
    assert "Version 1.0. Status: draft. As of 30 September 2026. Owner: Jonas Meyer" in head


def test_an_issued_pack_bears_no_draft_mark(pack: Pack) -> None:
    issued = changed(pack, lambda data: data["pack"].update(status="issued"))
    page = page_of(issued)
    assert page.all("span", class_="mark") == []
    assert "no value may be missing, and none is" in section(page, "gaps").text


def test_the_decisions_asked_for_are_those_of_the_briefing(pack: Pack) -> None:
    (box,) = section(page_of(pack), "glance").having(
        lambda one: one.attributes.get("class") == "box" and "Decision asked for" in one.text
    )
    assert [point.text for point in box.all("li")] == list(pack.briefing.decisions)
    assert "Of the executive committee on 20 October 2026:" in box.text


def test_the_scores_of_all_partners_are_the_models(pack: Pack) -> None:
    heads, *rows = section(page_of(pack), "scorecards").tables()["Scores of all partners"]
    assert heads == ["Partner", "Score", "Rating", "Technical", "Financial", "Innovation", "Change", "Trend"]
    expected = []
    for card in pack.scorecards.cards:
        change = f"+{card.change}" if card.change and card.change > 0 else str(card.change).replace("-", "−")
        figures = [str(figure) for figure in (card.technical, card.financial, card.innovation)]
        expected.append([card.partner.name, str(card.score), card.rating, *figures, change, ""])
    assert rows == expected


def test_each_trend_is_told_in_words_in_a_picture_and_in_a_table(pack: Pack) -> None:
    scores = section(page_of(pack), "scorecards")
    pictures = scores.all("svg")
    assert len(pictures) == len(pack.scorecards.cards)
    for card, picture in zip(pack.scorecards.cards, pictures, strict=True):
        quarters = pack.scorecards.quarters
        assert picture.attributes["aria-label"] == (
            f"{card.partner.name} from {card.trend[0]} in {quarters[0]} to {card.trend[-1]} in {quarters[-1]}"
        )
        heights = [float(point.split(",")[1]) for point in picture.one("polyline").attributes["points"].split()]
        # Down the screen is up the scale: a higher score is never drawn lower.
        ranked = sorted(zip(card.trend, heights, strict=True))
        assert [height for _, height in ranked] == sorted(heights, reverse=True)
    heads, *rows = scores.tables()["Weighted scores by quarter"]
    assert heads == ["Partner", *pack.scorecards.quarters, "Since the first"]
    signed = [
        f"+{card.change_first}" if (card.change_first or 0) > 0 else str(card.change_first).replace("-", "−")
        for card in pack.scorecards.cards
    ]
    assert rows == [
        [card.partner.name, *(str(score) for score in card.trend), change]
        for card, change in zip(pack.scorecards.cards, signed, strict=True)
    ]


def test_metrics_and_actions_of_a_partner_stand_with_its_scores(pack: Pack) -> None:
    card = pack.scorecards.partners["halden"]
    own = section(page_of(pack), "scorecards").one(id="score-halden")
    _, *rows = own.tables()["Metrics behind the scores"]
    assert [(row[0], row[6]) for row in rows] == [
        (f"{each.name} ({each.unit})", str(each.score)) for each in card.metrics
    ]
    for action in card.actions:
        assert action.action in own.text
        assert action.exit_criterion is None or action.exit_criterion in own.text


def test_every_kpi_stands_with_what_was_measured_of_it(pack: Pack) -> None:
    goals = section(page_of(pack), "goals")
    heads, *rows = goals.tables()["KPIs of all goals"]
    assert heads == ["Id", "KPI", "Goal", "Baseline", "Latest", "Target", "Progress", "Due", "Owner"]
    assert [row[0] for row in rows] == [kpi.id for goal in pack.strategy.goals for kpi in goal.kpis]
    told = {row[0]: (row[3], row[4], row[5], row[6]) for row in rows}
    assert told["K05"] == ("0.42", "0.40 30 September 2026", "0.27", "13.3%")
    assert told["K14"] == ("118", "121 30 September 2026", "60", "−5.2%")
    assert told["K01"] == ("35.0", "–", "30.0", "–")
    assert "4 KPIs were measured since the baselines were taken" in goals.text


def test_where_no_kpi_was_measured_the_page_says_so_and_has_no_columns_for_it(pack: Pack) -> None:
    def unmeasured(data: Any) -> None:
        for goal in data["strategy"]["goals"]:
            for kpi in goal["kpis"]:
                kpi.pop("actuals", None)

    goals = section(page_of(changed(pack, unmeasured)), "goals")
    heads, *_ = goals.tables()["KPIs of all goals"]
    assert heads == ["Id", "KPI", "Goal", "Baseline", "Target", "Due", "Owner"]
    assert "Nothing has been measured since the baselines were taken." in goals.text


def test_both_matrices_hold_the_risks_where_the_model_puts_them(pack: Pack) -> None:
    tables = section(page_of(pack), "risks").tables()
    for caption, rows in (
        ("Before treatment", pack.figures.risk_matrix),
        ("After treatment", pack.figures.residual_matrix),
    ):
        _, *shown = tables[f"{caption}: likelihood by impact"]
        assert shown == [
            [str(row.likelihood), *(" ".join([f"{cell.exposure} {cell.band}", *cell.risks]) for cell in row.cells)]
            for row in rows
        ]


def test_the_register_holds_every_risk_with_both_exposures_in_words(pack: Pack) -> None:
    risks = section(page_of(pack), "risks")
    _, *rows = risks.tables()["Risk register"]
    assert [(row[0], row[2], row[3], row[5]) for row in rows] == [
        (
            risk.id,
            f"{risk.exposure} {risk.band}",
            f"{risk.residual} {risk.residual_band}",
            risk.status,
        )
        for risk in pack.risks
    ]
    for risk in pack.risks:
        row = risks.one(id=f"risk-{risk.id}")
        assert row.attributes["data-partner"] == " ".join(risk.partners)
        for words in (risk.title, risk.trigger, risk.mitigation, risk.contingency):
            assert words is None or words in row.text


def test_documents_are_listed_in_the_order_to_open_them_with_what_each_is_for(pack: Pack) -> None:
    documents = (
        PageDocument("Agreement", "What both sides sign.", "counterparty/nimbus/a b.docx", "counterparty", "nimbus"),
        PageDocument("Briefing", "The pitch.", "internal/briefing.pptx", "internal"),
        PageDocument("Workbook", "The quarter.", "internal/workbook.xlsx", "internal", present=False),
    )
    listed = section(page_of(pack, documents=documents), "documents")
    tables = listed.tables()
    assert tables["For the whole programme, in the order to open them"][1:] == [
        ["1", "Briefing", "The pitch.", "Internal", "PowerPoint"],
        ["2", "Workbook not built yet", "The quarter.", "Internal", "Excel"],
    ]
    assert tables["What there is for each partner"][1:] == [
        ["Agreement", "What both sides sign.", "Goes to the partner", "Word"]
    ]
    assert tables["The documents of each partner"][1:] == [["Nimbus Cloud Services Agreement", "Agreement", "–"]]
    assert [link.attributes["href"] for link in listed.all("a")] == [
        "internal/briefing.pptx",
        "counterparty/nimbus/a%20b.docx",
    ]


def test_the_checklist_tells_verdict_evidence_and_what_to_mend(pack: Pack, tmp_path: Path) -> None:
    report = judge(
        tmp_path, {"a/governance-charter.docx": charter(), "b/governance-charter.docx": charter(escalation=None)}
    )
    page = page_of(pack, report=report, titles={"governance-charter": "Governance charter"})
    told = section(page, "checklist").one(id="item-governance-complete")
    assert told.attributes["data-verdict"] == "partly met"
    assert "open" in told.attributes, "what is not met is unfolded"
    assert told.one("summary").text.startswith("partly met Governance templates cover")
    assert "Not met in: b/governance-charter.docx" in told.text
    (missing,) = [li for li in told.all("li") if "there is no section ‘Escalation’" in li.text]
    assert "To mend: Give at least four levels" in missing.text
    assert "RACI › table 1 8 rows: Approve the yearly plan" in told.text
    both = "a/governance-charter.docx, b/governance-charter.docx"
    assert f"Governance charter met in 2 of 2: {both}" in told.text
    assert f"Governance charter partly met in 1 of 2: {both}" in told.text
    counts = [entry.text for entry in section(page, "glance").one("ul", class_="counts").all("li")]
    assert counts[1:3] == [
        f"{report.count(Verdict.PARTLY_MET)} partly met",
        f"{report.count(Verdict.NOT_MET)} not met",
    ]


def test_a_near_match_is_told_as_one_and_a_snippet_can_be_pasted(pack: Pack) -> None:
    seen = Evidence("internal/x.docx", "2 Roles", "3 rows", near="‘Tasks’ for ‘Roles’")
    finding = Finding(
        "there is no forum", Location("internal/x.docx"), remedy="add one", snippet="forums:\n  - id: M1\n"
    )
    outcome = Outcome(Verdict.NOT_MET, (seen,), (finding,), 2)
    item = ItemVerdict(
        "roles", "Roles are named.", "", Verdict.NOT_MET, (Result("table", "x", "internal/x.docx", outcome),)
    )
    told = section(page_of(pack, report=CheckReport("A list", (item,))), "checklist")
    assert "Near match: ‘Tasks’ for ‘Roles’" in told.text
    assert told.one("pre").all("code")[0].children == ["forums:\n  - id: M1\n"]


def test_lines_to_paste_that_several_findings_ask_for_stand_once_and_are_linked(pack: Pack) -> None:
    def missed(item: str, *snippets: str) -> ItemVerdict:
        findings = tuple(
            Finding(f"{item} {number} is missing", Location("internal/x.docx"), remedy="add it", snippet=snippet)
            for number, snippet in enumerate(snippets)
        )
        outcome = Outcome(Verdict.NOT_MET, (), findings, 2)
        return ItemVerdict(item, "It is there.", "", Verdict.NOT_MET, (Result("x", "x", "x.docx", outcome),))

    goals, risks = "goals:\n  - id:\n", "risks:\n  - id:\n"
    report = CheckReport("A list", (missed("first", goals, goals), missed("second", risks, goals, "")))
    told = section(page_of(pack, report=report), "checklist")
    assert [(one.attributes["id"], one.all("code")[0].children) for one in told.all("pre")] == [
        ("paste-1", [goals]),
        ("paste-2", [risks]),
    ]
    again = [one for one in told.all("a") if one.attributes["href"].startswith("#paste")]
    assert [one.attributes["href"] for one in again] == ["#paste-1", "#paste-1"]
    assert "second 1 is missing in internal/x.docx The lines to paste are those of snippet 1" in told.text


def judged(pack: Pack, *results: Result) -> list[str]:
    """What the page says of one item with these results, group by group."""
    item = ItemVerdict("all", "All of it.", "", Verdict.MET, results)
    asked = section(page_of(pack, report=CheckReport("A list", (item,))), "checklist").one("ul", class_="asked")
    return [one.text for one in asked.children if isinstance(one, Element)]


def test_a_requirement_goes_by_what_it_asks(pack: Pack) -> None:
    met = Outcome(Verdict.MET, (Evidence("internal/x.docx", "2 Exit", "3 rows"),))
    told = judged(
        pack,
        Result("table", "charter", "internal/x.docx", met, name="the register that DORA asks for"),
        Result("table", "charter", "internal/x.docx", met, name="A table under ‘RACI’"),
    )
    assert told == ["Charter met The register that DORA asks for: 2 Exit 3 rows A table under ‘RACI’: 2 Exit 3 rows"], (
        "document and verdict stand once over what they are the same for"
    )


def test_requirements_of_a_kind_are_not_taken_for_one_since_other_files_hold_them(pack: Pack) -> None:
    files = ("a/x.docx", "b/x.docx")
    results = (
        Result("table", "charter", file, Outcome(Verdict.MET, (Evidence(file, "2", "rows"),)), name=name)
        for file, name in zip(files, ("A table ‘RACI’", "A table ‘Risks’"), strict=True)
    )
    told = judged(pack, *results)
    assert told == ["Charter met A table ‘RACI’: 2 rows", "Charter met A table ‘Risks’: 2 rows"]


def test_what_is_not_met_is_told_apart_from_what_is_and_nothing_is_lost(pack: Pack) -> None:
    """The groups stand where their first requirement does."""
    files = ("a/x.docx", "b/x.docx")

    def asked(name: str, *verdicts: Verdict) -> list[Result]:
        return [
            Result("table", "charter", file, Outcome(verdict, (Evidence(file, name, f"words of {file}"),)), name=name)
            for file, verdict in zip(files, verdicts, strict=True)
        ]

    met, missed, again = (
        asked("Roles", Verdict.MET, Verdict.MET),
        asked("Exit", Verdict.MET, Verdict.NOT_MET),
        asked("Risks", Verdict.MET, Verdict.MET),
    )
    assert judged(pack, *met, *missed, *again) == [
        "Charter met in 2 of 2: a/x.docx, b/x.docx "
        "Roles a/x.docx: Roles words of a/x.docx b/x.docx: Roles words of b/x.docx "
        "Risks a/x.docx: Risks words of a/x.docx b/x.docx: Risks words of b/x.docx",
        "Charter partly met in 1 of 2: a/x.docx, b/x.docx "
        "Exit a/x.docx: Exit words of a/x.docx b/x.docx: Exit words of b/x.docx",
    ]


def test_documents_that_say_the_same_are_named_once_and_of_many_the_first(pack: Pack) -> None:
    def alike(number: int, *more: str) -> str:
        files = [f"counterparty/p{one}/agreement.docx" for one in range(number)]
        results = (
            Result("section", "agreement", file, Outcome(Verdict.MET, (Evidence(file, "6 Exit", "at once"),)))
            for file in [*files, *more]
        )
        (told,) = judged(pack, *results)
        return told

    assert alike(4).endswith("in 4 of 4: p0/agreement.docx, p1/agreement.docx, p2/agreement.docx, p3/agreement.docx "
                             "6 Exit at once")  # fmt: skip
    assert alike(5).endswith("in 5 of 5: p0/agreement.docx and 4 more documents 6 Exit at once")
    assert alike(40).endswith("in 40 of 40: p0/agreement.docx and 39 more documents 6 Exit at once")


def test_a_proof_that_only_some_documents_show_says_which_by_their_partners(pack: Pack) -> None:
    partners = ("nimbus", "halden", "lumenar")
    documents = tuple(
        PageDocument("Agreement", "It binds.", f"counterparty/{one}/agreement.docx", "counterparty", one)
        for one in partners
    )
    results = tuple(
        Result("section", "agreement", each.path, Outcome(Verdict.MET, (Evidence(each.path, place, "at once"),)))
        for each, place in zip(documents, ("6 Exit", "6 Exit", "7 Exit"), strict=True)
    )
    report = CheckReport("A list", (ItemVerdict("all", "All of it.", "", Verdict.MET, results),))
    asked = section(page_of(pack, report=report, documents=documents), "checklist").one("ul", class_="asked")
    assert asked.text == (
        "Agreement met in 3 of 3: Nimbus, Halden, Lumenar Nimbus, Halden: 6 Exit at once Lumenar: 7 Exit at once"
    )
    assert [link.attributes["href"] for link in asked.all("a")] == [each.path for each in documents]


@pytest.mark.parametrize(
    ("verdict", "left"), [(Verdict.MET, 5), (Verdict.PARTLY_MET, 2), (Verdict.NOT_MET, 2), (Verdict.FOR_A_PERSON, 2)]
)
def test_what_is_not_met_is_shown_in_more_places_than_what_is(pack: Pack, verdict: Verdict, left: int) -> None:
    seen = tuple(Evidence("internal/x.docx", f"slide {number}", "words") for number in range(8))
    (told,) = judged(pack, Result("covers", "briefing", "internal/x.docx", Outcome(verdict, seen)))
    assert told.count("slide") == 8 - left
    assert f"and {left} more places" in told


@pytest.mark.parametrize(("documents", "shown"), [(11, 3), (12, 1), (40, 1)])
def test_of_what_many_documents_hold_each_in_its_own_words_one_proof_is_shown(
    pack: Pack, documents: int, shown: int
) -> None:
    files = [f"counterparty/p{number}/agreement.docx" for number in range(documents)]
    results = (
        Result("section", "agreement", file, Outcome(Verdict.MET, (Evidence(file, "6 Exit", f"words of {file}"),)))
        for file in files
    )
    (told,) = judged(pack, *results)
    assert told.count("words of") == shown
    assert f"and {documents - shown} more places" in told
    assert f"in {documents} of {documents}" in told


def test_a_requirement_of_one_document_names_it_once_however_many_proofs_there_are(pack: Pack) -> None:
    seen = tuple(Evidence("internal/charter.docx", f"{number} Roles", "words") for number in range(3))
    result = Result("table", "charter", "internal/charter.docx", Outcome(Verdict.MET, seen))
    report = CheckReport("A list", (ItemVerdict("ok", "It holds.", "", Verdict.MET, (result,)),))
    documents = (PageDocument("Charter", "How.", "internal/charter.docx", "internal"),)
    asked = section(page_of(pack, report=report, documents=documents), "checklist").one("ul", class_="asked")
    assert [link.attributes["href"] for link in asked.all("a")] == ["internal/charter.docx"]
    assert "0 Roles words" in asked.text


def test_findings_that_are_mended_alike_say_how_once(pack: Pack) -> None:
    findings = tuple(
        Finding(f"row {number} has no owner", Location("internal/x.docx"), Severity.ERROR, remedy)
        for number, remedy in enumerate(("name one", "name one", "name two", "name one"))
    )
    result = Result("filled", "x", "internal/x.docx", Outcome(Verdict.NOT_MET, (), findings))
    report = CheckReport("A list", (ItemVerdict("ok", "It holds.", "", Verdict.NOT_MET, (result,)),))
    told = [
        each.text for each in section(page_of(pack, report=report), "checklist").one("ul", class_="findings").all("li")
    ]
    assert told == [
        "row 0 has no owner in internal/x.docx",
        "row 1 has no owner in internal/x.docx To mend each of these: name one",
        "row 2 has no owner in internal/x.docx To mend: name two",
        "row 3 has no owner in internal/x.docx To mend: name one",
    ]


def test_what_waits_for_a_person_is_not_called_missing(pack: Pack) -> None:
    finding = Finding("the board must approve it", Location("internal/x.docx"), Severity.NOTE)
    result = Result("for_a_person", "x", "internal/x.docx", Outcome(Verdict.FOR_A_PERSON, (), (finding,)))
    report = CheckReport("A list", (ItemVerdict("ok", "It is approved.", "", Verdict.FOR_A_PERSON, (result,)),))
    told = section(page_of(pack, report=report), "checklist").text
    assert "For a person to judge the board must approve it" in told
    assert "What is missing" not in told


def test_gaps_say_where_each_is_closed(pack: Pack) -> None:
    gap = Finding(
        "contract.term has no value: [● contract.term] in counterparty/nimbus/agreement.docx",
        Location("contracts.yaml", 12, 5),
        Severity.WARNING,
        "give contract.term here",
    )
    gaps = section(page_of(pack, gaps=(gap,)), "gaps")
    assert "1 value is missing" in gaps.text
    (entry,) = gaps.all("li", data_entry="gap")
    assert entry.text == f"{gap.message} in contracts.yaml:12:5 To mend: give contract.term here"
    assert "No value is missing in the documents." in section(page_of(pack), "gaps").text
    assert "This build made only some" in section(page_of(pack, complete=False), "gaps").text


def scored(pack: Pack, *panel: dict[str, Decimal]) -> Pack:
    """`pack` with an assessor for each of these scores."""
    return changed(
        pack, lambda data: data["rubric"].update(assessors=[{"name": "A", "scores": scores} for scores in panel])
    )


def just_below(pack: Pack, points: str) -> dict[str, Decimal]:
    """Scores that give `points` percent: the first criterion makes up for what the others, at 4 of 5, leave."""
    first, *others = pack.rubric.criteria
    rest = sum((each.weight * 4 for each in others), Decimal(0))
    return {first.id: (Decimal(points) * 5 - rest) / first.weight} | {each.id: Decimal(4) for each in others}


def test_without_scores_a_panel_must_score_it(pack: Pack) -> None:
    rubric = section(page_of(pack), "rubric")
    assert "Not scored yet: a panel must score it." in rubric.text
    _, *rows = rubric.tables()["What the panel judges"]
    assert [(row[0], row[1], row[2]) for row in rows] == [
        (each.id, each.name, f"{each.weight}%") for each in pack.rubric.criteria
    ]


@pytest.mark.parametrize(
    ("points", "verdict", "shown"),
    [
        ("80", "passed", "80.00%"),
        ("79.96", "not passed", "79.96%"),
        ("79.996", "not passed", "79.996%"),
        ("91.5", "passed", "91.50%"),
    ],
)
def test_the_panels_total_is_compared_before_any_rounding(pack: Pack, points: str, verdict: str, shown: str) -> None:
    rubric = section(page_of(scored(pack, just_below(pack, points))), "rubric")
    assert rubric.one("p", class_="lead").text == f"{verdict} {shown} against the line of 80.00%"


def test_a_partner_whose_name_is_markup_shows_as_text(pack: Pack) -> None:
    name = '<script>alert("x")</script>'

    def spoil(data: dict[str, Any]) -> None:
        data["partners"] = [
            dict(partner, name=name) if partner["id"] == "halden" else partner for partner in data["partners"]
        ]
        data["pack"]["title"] = "\"><img src=x onerror='alert(1)'>{{ 7 * 7 }}"

    plain, page = page_of(pack), page_of(changed(pack, spoil))
    assert [one.tag for one in page.having(lambda one: True)] == [one.tag for one in plain.having(lambda one: True)]
    assert name in section(page, "scorecards").one("table", id="scores").one("tr", data_with="score-halden").text
    assert "\"><img src=x onerror='alert(1)'>{{ 7 * 7 }}" in page.one("h1").text


def test_the_page_asks_for_nothing_and_runs_no_script_but_its_own(pack: Pack) -> None:
    text = written(pack)
    page = read_html(text)
    policy = page.one("meta", http_equiv="Content-Security-Policy").attributes["content"]
    assert policy.startswith("default-src 'none'; img-src data:;")
    assert "unsafe" not in policy
    inline = [*page.all("style"), *page.all("script")]
    assert len(inline) == 3
    for one in inline:
        (content,) = one.children
        assert f"'sha256-{b64encode(sha256(str(content).encode()).digest()).decode()}'" in policy
    assert page.having(lambda one: "style" in one.attributes or "src" in one.attributes) == []
    assert not re.search(r"https?://|@import|url\(", text)


def test_the_same_pack_gives_the_same_bytes(nordhaven: Path) -> None:
    assert written(example(nordhaven)) == written(example(nordhaven))


def test_landmarks_headings_and_tables_are_in_order(pack: Pack) -> None:
    page = page_of(pack)
    for landmark in ("header", "nav", "main", "footer"):
        page.one(landmark)
    levels = [int(one.tag[1]) for one in page.having(lambda one: re.fullmatch("h[1-6]", one.tag) is not None)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    for table in page.all("table"):
        assert table.one("caption").text
        assert all(head.attributes.get("scope") in ("col", "row") for head in table.all("th"))


def test_a_pack_with_nothing_in_it_yet_says_so(pack: Pack) -> None:
    kept = ("pack", "organisation", "people")
    data = {key: value for key, value in pack.model_dump(exclude_unset=True).items() if key in kept} | {"partners": []}
    page = page_of(Pack.model_validate(data))
    assert "This kit has no quality checklist" in section(page, "glance").text
    assert "No partner is scored" in section(page, "scorecards").text
    assert "No risk is recorded" in section(page, "risks").text
    assert page.all("section", id="checklist") == []
    assert page.all("section", id="rubric") == []


def test_forty_partners_with_their_contracts_stay_under_500_kb(pack: Pack) -> None:
    """Every requirement of forty agreements says something of its own; the page tells the first and counts the rest."""
    many = with_partners(pack, 40)
    ids = [card.partner.id for card in many.scorecards.cards]
    purpose = "What it is for, in one sentence of the usual length."
    documents = tuple(
        PageDocument(f"Document {number}", purpose, f"x/{one}/{number}.docx", "internal", one)
        for one in ids
        for number in range(6)
    )
    results = []
    for number in range(80):
        for one in ids:
            file = f"x/{one}/{number % 6}.docx"
            seen = Evidence(file, f"Schedule {number}", f"{one} and {number} say {'much ' * 25}")
            results.append(Result("table", f"document-{number % 6}", file, Outcome(Verdict.MET, (seen,))))
    report = CheckReport("A list", (ItemVerdict("all", "All of it.", "", Verdict.MET, tuple(results)),))
    text = written(many, documents=documents, report=report)
    assert len(text.encode()) < 500_000
    page = read_html(text)
    assert len(page.all(data_entry="scorecard")) == 40
    assert len(page.all(data_entry="document")) == 240
    asked = section(page, "checklist").one("ul", class_="asked")
    assert asked.text.count("in 40 of 40") == 6, "once for the requirements of each kind of document"
    assert [number for number in range(80) if f"Schedule {number} " not in asked.text] == []
    assert asked.text.count("and 39 more places") == 80


def test_a_check_alone_is_a_page_too(tmp_path: Path) -> None:
    report = judge(tmp_path, {"governance-charter.docx": charter(), "broken.docx": b"nonsense"})
    page = read_html(write_check_page(report))
    assert page.one("h1").text == report.checklist
    assert [one.attributes["data-verdict"] for one in page.all(data_entry="item")] == [
        item.verdict.value for item in report.verdicts
    ]
    assert "Could not be judged" in section(page, "checklist").text
    assert page.one("select", id="verdict")
    assert page.all("select", id="partner") == []
